//! A plain program that speaks the protocol and uses nothing of the doctor's; the tests make it wrong.

use aigobo::crypto::DesKey;
use aigobo::doctor::{Diagnosis, Evidence, Keys, Options, Verdict, diagnose};
use aigobo::{Map, Value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub const TOKEN: &str = "token-7f3a9c";
pub const DES_KEY: &str = "deskey42-rest";
pub const SECRET: &str = "Md5-sEcret-01";
pub const NOW: i64 = 1_626_570_000_000;

/// Every kind of value, and what the causes need: empty values, a letter without a single capital, blanks, a slash, &
/// and =.
pub const BODY: &str = r#"{"memberId":"106225","productCode":"200437","payType":2,"remark":"","note":null,"tags":[],"holderInfo":{"holderName":"王小明","holderCardType":"1","holderEmail":"","holderGender":null},"policyCodes":["P1","P2"],"returnPage":"https://shop.example.com/o?a=1&b=straße","Zeta":" x ","express":true,"count":0}"#;

/// S1 of [`BODY`] before upper-casing, as the document describes it.
pub const JOINED: &str = "Zeta= x &count=0&express=true&holderInfo={holderName=王小明, holderCardType=1, holderEmail=, holderGender=null}&memberId=106225&payType=2&policyCodes=[P1, P2]&productCode=200437&returnPage=https://shop.example.com/o?a=1&b=straße";

pub fn md5(bytes: impl AsRef<[u8]>) -> String {
    use md5::Digest as _;
    md5::Md5::digest(bytes.as_ref()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn sign(s1: &str) -> String {
    md5(md5(format!("{s1}{SECRET}")))
}

pub fn right_s1() -> String {
    JOINED.to_uppercase()
}

/// PKCS5.
pub fn padded(bytes: &[u8]) -> Vec<u8> {
    let missing = 8 - bytes.len() % 8;
    [bytes, &vec![missing as u8; missing]].concat()
}

/// ECB over whole blocks.
pub fn ecb(bytes: &[u8], key: &[u8]) -> Vec<u8> {
    let key = DesKey::from_bytes(key[..8].try_into().unwrap());
    bytes.chunks(8).flat_map(|block| key.encrypt_block(block.try_into().unwrap())).collect()
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

pub fn encrypted(text: &str) -> String {
    base64(ecb(&padded(text.as_bytes()), DES_KEY.as_bytes()))
}

pub fn envelope(request_body: &str, sign: &str) -> Map {
    let mut map = Map::new();
    map.push("accessToken", TOKEN.into());
    map.push("ip", "127.0.0.1".into());
    map.push("nonce", "0f8fad5b-d9cb-469f-a165-70867728950e".into());
    map.push("requestBody", request_body.into());
    map.push("sign", sign.into());
    map.push("timestamp", Value::from(NOW));
    map.push("version", "1.0".into());
    map
}

pub fn keys() -> Keys {
    Keys::new(TOKEN, DES_KEY, SECRET)
}

pub fn options() -> Options {
    Options { now: NOW + 1000, ..Options::default() }
}

pub fn of_envelope(map: Map) -> Evidence {
    Evidence { envelope: Some(Value::Map(map)), ..Evidence::default() }
}

pub fn examined(evidence: &Evidence) -> Diagnosis {
    diagnose(evidence, &keys(), &options())
}

/// The causes found in an envelope.
pub fn causes(map: Map) -> Vec<&'static str> {
    causes_of(&examined(&of_envelope(map)))
}

pub fn causes_of(diagnosis: &Diagnosis) -> Vec<&'static str> {
    assert_eq!(diagnosis.verdict == Verdict::Found, !diagnosis.findings.is_empty(), "{diagnosis:?}");
    diagnosis.findings.iter().map(|finding| finding.cause).collect()
}

/// The causes found if [`BODY`] was encrypted correctly but signed like this.
pub fn signed(sign: &str) -> Vec<&'static str> {
    causes(envelope(&encrypted(BODY), sign))
}

/// The causes found if this requestBody holds [`BODY`] and was signed correctly.
pub fn sent(request_body: &str) -> Vec<&'static str> {
    causes(envelope(request_body, &sign(&right_s1())))
}

#[test]
fn what_is_right_is_sound() {
    let diagnosis = examined(&of_envelope(envelope(&encrypted(BODY), &sign(&right_s1()))));
    assert_eq!((diagnosis.verdict, diagnosis.findings, diagnosis.cannot_tell), (Verdict::Sound, vec![], vec![]));
    assert!(diagnosis.checked.len() >= 5 && !diagnosis.summary.is_empty());
}
