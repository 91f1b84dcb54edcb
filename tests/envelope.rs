//! The envelope: golden vectors and every refusal of `open`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use aigobo::canonical::{Canonical, digests, signing_string};
use aigobo::crypto::{decrypt, encrypt};
use aigobo::dialect::Dialect;
use aigobo::envelope::{Envelope, Stamp, open, seal};
use aigobo::error::{EnvelopeReason, Error};
use aigobo::secret::{Credentials, Secret, parse_des_key};
use aigobo::{Map, Value};

const NOW: i64 = 1_617_536_538_129;
const FIVE_MINUTES: i64 = 300_000;

fn credentials() -> Credentials {
    Credentials::parse("the-token", "sandbox8", "the-secret").unwrap()
}

fn sealed() -> Envelope {
    let stamp = Stamp { nonce: "nonce-1".into(), timestamp: NOW, ip: "127.0.0.1".into() };
    seal(&Map::parse(r#"{"memberId":"48495"}"#).unwrap(), &credentials(), stamp, &Dialect::default())
}

fn reason(envelope: &Envelope, now: i64) -> EnvelopeReason {
    match open(envelope, &credentials(), now, FIVE_MINUTES, &Dialect::default()) {
        Err(Error::Envelope { reason, message }) => {
            for secret in ["the-token", "sandbox8", "the-secret"] {
                assert!(!message.contains(secret), "{message}");
            }
            reason
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn golden_vectors() {
    let Value::List(cases) = Value::parse(include_str!("vectors/envelope.json")).unwrap() else { panic!() };
    assert_eq!(cases.len(), 25);
    for case in &cases {
        let Value::Map(case) = case else { panic!() };
        let field = |name: &str| case.text(name).unwrap();
        let body = Map::parse(field("plaintext")).unwrap();
        let secret = Secret::parse("md5SecretKey", field("md5SecretKey")).unwrap();
        let key = parse_des_key(field("desKey")).unwrap();
        let s1 = signing_string(&body, &Dialect::default());
        assert_eq!(s1, field("signingString"), "{}", field("name"));
        let without_tree = Canonical::of(body.to_json(), &Dialect::default()).unwrap();
        assert_eq!(String::from_utf8(without_tree.signed).unwrap(), s1);
        assert_eq!(without_tree.json, field("plaintext"));
        let both = digests(s1.as_bytes(), &secret, &Dialect::default());
        assert_eq!((both.first.as_str(), both.sign.as_str()), (field("firstDigest"), field("sign")));
        assert_eq!(encrypt(body.to_json(), &key), field("requestBody"), "{}", field("name"));
        assert_eq!(decrypt(field("requestBody"), &key).unwrap(), field("plaintext"));
    }
}

#[test]
fn what_is_untouched_opens() {
    assert_eq!(
        open(&sealed(), &credentials(), NOW + FIVE_MINUTES, FIVE_MINUTES, &Dialect::default()).unwrap().to_json(),
        r#"{"memberId":"48495"}"#
    );
}

#[test]
fn each_fault_has_its_reason() {
    let key = parse_des_key("sandbox8").unwrap();
    let changed = |change: fn(&mut Envelope)| {
        let mut envelope = sealed();
        change(&mut envelope);
        envelope
    };
    assert_eq!(reason(&changed(|e| e.access_token = "other".into()), NOW), EnvelopeReason::Token);
    assert_eq!(reason(&sealed(), NOW + FIVE_MINUTES + 1), EnvelopeReason::Stale);
    assert_eq!(reason(&sealed(), NOW - FIVE_MINUTES - 1), EnvelopeReason::Stale);
    assert_eq!(reason(&changed(|e| e.timestamp /= 1000), NOW), EnvelopeReason::Stale);
    assert_eq!(reason(&changed(|e| e.request_body.insert(0, '&')), NOW), EnvelopeReason::Decrypt);
    assert_eq!(reason(&changed(|e| e.request_body.truncate(8)), NOW), EnvelopeReason::Decrypt);
    assert_eq!(reason(&changed(|e| e.request_body = "AAAAAAAAAAA=".into()), NOW), EnvelopeReason::Decrypt);
    assert_eq!(reason(&changed(|e| e.sign = e.sign.to_uppercase()), NOW), EnvelopeReason::Sign);
    assert_eq!(reason(&changed(|e| e.sign.push('0')), NOW), EnvelopeReason::Sign);
    let other_body = encrypt(r#"{"memberId":"48496"}"#, &key);
    assert_eq!(reason(&Envelope { request_body: other_body, ..sealed() }, NOW), EnvelopeReason::Sign);
    let no_object = encrypt("[1]", &key);
    assert_eq!(reason(&Envelope { request_body: no_object, ..sealed() }, NOW), EnvelopeReason::Shape);
}

#[test]
fn a_malformed_envelope_names_the_field() {
    let whole = sealed().into_map();
    assert_eq!(Envelope::from_map(&whole).unwrap(), sealed());
    for name in ["accessToken", "nonce", "requestBody", "sign", "timestamp", "version"] {
        let without: Map =
            whole.iter().filter(|(key, _)| *key != name).map(|(k, v)| (k.to_owned(), v.clone())).collect();
        let Err(Error::Envelope { reason, message }) = Envelope::from_map(&without) else { panic!("{name}") };
        assert_eq!(reason, EnvelopeReason::Shape);
        assert!(message.contains(name), "{message}");
    }
    let without_ip: Map =
        whole.iter().filter(|(key, _)| *key != "ip").map(|(k, v)| (k.to_owned(), v.clone())).collect();
    assert!(Envelope::from_map(&without_ip).is_ok());
}
