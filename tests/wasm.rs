//! The golden vectors in JavaScript runtimes: Node, Chromium and Firefox run the same tests.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use aigobo::canonical::{digests, signing_string};
use aigobo::crypto::{decrypt, encrypt, md5_hex};
use aigobo::dialect::Dialect;
use aigobo::envelope::{Stamp, open, seal};
use aigobo::secret::{Credentials, Secret, parse_des_key};
use aigobo::{Map, Value};
use wasm_bindgen_test::wasm_bindgen_test;

fn vectors() -> Vec<Map> {
    let Value::List(cases) = Value::parse(include_str!("vectors/envelope.json")).unwrap() else { panic!() };
    cases.into_iter().map(|case| if let Value::Map(map) = case { map } else { panic!() }).collect()
}

#[wasm_bindgen_test]
fn all_golden_vectors_agree_byte_for_byte() {
    let cases = vectors();
    assert_eq!(cases.len(), 25);
    for case in &cases {
        let field = |name: &str| case.text(name).unwrap();
        let name = field("name");
        let body = Map::parse(field("plaintext")).unwrap();
        let secret = Secret::parse("md5SecretKey", field("md5SecretKey")).unwrap();
        let key = parse_des_key(field("desKey")).unwrap();
        let s1 = signing_string(&body, &Dialect::default());
        assert_eq!(s1, field("signingString"), "{name}");
        let both = digests(s1.as_bytes(), &secret, &Dialect::default());
        assert_eq!(both.first, field("firstDigest"), "{name}");
        assert_eq!(both.sign, field("sign"), "{name}");
        assert_eq!(body.to_json(), field("plaintext"), "{name}");
        assert_eq!(encrypt(field("plaintext"), &key), field("requestBody"), "{name}");
        assert_eq!(decrypt(field("requestBody"), &key).unwrap(), field("plaintext"), "{name}");
    }
}

#[wasm_bindgen_test]
fn what_is_sealed_opens() {
    let credentials = Credentials::parse("token", "sandbox8", "secret").unwrap();
    for case in vectors() {
        let body = Map::parse(case.text("plaintext").unwrap()).unwrap();
        let stamp = Stamp { nonce: "n".into(), timestamp: 1_617_536_538_129, ip: "127.0.0.1".into() };
        let sealed = seal(&body, &credentials, stamp, &Dialect::default());
        assert_eq!(open(&sealed, &credentials, 1_617_536_538_129, 0, &Dialect::default()).unwrap(), body);
    }
}

#[wasm_bindgen_test]
fn rfc_1321_suite() {
    let Value::Map(file) = Value::parse(include_str!("vectors/md5-rfc1321.json")).unwrap() else { panic!() };
    let Some(Value::List(cases)) = file.get("vectors") else { panic!("vectors") };
    assert_eq!(cases.len(), 7);
    for case in cases {
        let Value::Map(case) = case else { panic!() };
        assert_eq!(md5_hex(case.text("message").unwrap().as_bytes()), case.text("digest").unwrap());
    }
}
