//! A sandbox that insists on a dialect accepts only calls in it, and answers others with the code of their cause.
#![cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use aigobo::canonical::Body;
use aigobo::crypto::HexCase;
use aigobo::dialect::{Dialect, Nested, Transport};
use aigobo::envelope::Stamp;
use aigobo::error::Error;
use aigobo::exchange::prepare;
use aigobo::sandbox::{Request, Sandbox};
use aigobo::secret::Credentials;
use aigobo::value::{Map, Value};

const CLOCK: i64 = 1_626_570_000_000;

fn dialects() -> Vec<Dialect> {
    let mut all = Vec::new();
    for transport in [Transport::Json, Transport::Form, Transport::Query] {
        for nested in [Nested::Java, Nested::Json] {
            for digest in [HexCase::Lower, HexCase::Upper] {
                for version in ["1.0", "1.0.0"] {
                    all.push(Dialect { transport, nested, digest, version: version.into() });
                }
            }
        }
    }
    all
}

fn sandbox(dialect: Option<&Dialect>) -> Sandbox {
    let mut options = Map::parse(r#"{"baseUrl":"http://127.0.0.1:1"}"#).unwrap();
    if let Some(dialect) = dialect {
        options.push("dialect", Value::Map(dialect.differences()));
    }
    Sandbox::new(&options, 1).unwrap()
}

/// The code of a pre-order of an unknown member, with nested people.
fn code(sandbox: &mut Sandbox, dialect: &Dialect) -> String {
    let body = r#"{"distrCode":"DL1000100","mobile":"1","memberId":"1","outSerialNo":"S","payType":2,"productCode":"1","productName":"x","deliverNotifyUrl":"https://s.example/","returnNotifyUrl":"https://s.example/","returnPage":"https://s.example/","holderInfo":{"holderName":"王","holderGender":"M"}}"#;
    let keys = Credentials::parse("sandbox-access-token", "sandbox8", "sandbox-md5-secret").unwrap();
    let stamp = Stamp { nonce: "n".into(), timestamp: CLOCK, ip: "127.0.0.1".into() };
    let sent = prepare("/api/order/addTemp", &Body::parse(body.into()).unwrap(), &keys, stamp, dialect);
    let (path, query) = sent.path.split_once('?').unwrap_or((&sent.path, ""));
    let request = Request {
        method: "POST".into(),
        path: path.into(),
        query: query.into(),
        content_type: sent.content_type.into(),
        body: sent.body.as_bytes().to_vec(),
    };
    let (response, _) = sandbox.handle(&request, CLOCK);
    Map::parse(core::str::from_utf8(&response.body).unwrap()).unwrap().text("code").unwrap().to_owned()
}

#[test]
fn each_dialect_is_understood_by_its_own_gateway_alone() {
    let all = dialects();
    assert_eq!(all.len(), 24);
    for theirs in &all {
        for ours in &all {
            let expected = if theirs.transport != ours.transport || theirs.version != ours.version {
                "2008"
            } else if theirs != ours {
                "2000"
            } else {
                // The envelope is right, but nobody has that memberId.
                "9999"
            };
            assert_eq!(code(&mut sandbox(Some(theirs)), ours), expected, "{theirs:?} {ours:?}");
        }
    }
}

#[test]
fn without_a_dialect_any_transport_and_version_is_read() {
    for ours in dialects() {
        let usual = ours.nested == Nested::Java && ours.digest == HexCase::Lower;
        assert_eq!(code(&mut sandbox(None), &ours), if usual { "9999" } else { "2000" }, "{ours:?}");
    }
}

#[test]
fn its_clients_are_told_what_differs() {
    for dialect in dialects() {
        let told = sandbox(Some(&dialect)).client_options().get("dialect").cloned();
        let differences = dialect.differences();
        assert_eq!(told, (!differences.is_empty()).then_some(Value::Map(differences)));
    }
    for (dialect, option) in [(r#"{"transport":"soap"}"#, "dialect.transport"), ("[]", "dialect")] {
        let options = format!(r#"{{"baseUrl":"http://127.0.0.1:1","dialect":{dialect}}}"#);
        let refused = Sandbox::new(&Map::parse(&options).unwrap(), 1).unwrap_err();
        assert!(matches!(refused, Error::Config { option: named, .. } if named == option));
    }
}
