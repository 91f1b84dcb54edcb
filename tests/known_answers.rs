//! Published known answers: DES (NIST SP 800-17) and MD5 (RFC 1321).
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking, and is no public API"
)]

use aigobo::crypto::{DesKey, md5_hex};
use serde_json::Value;

fn file(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn block(case: &Value, name: &str) -> [u8; 8] {
    u64::from_str_radix(case[name].as_str().unwrap(), 16).unwrap().to_be_bytes()
}

fn des_table(table: &str, count: usize) {
    let tables = file(include_str!("vectors/des-sp800-17.json"));
    let cases = tables[table].as_array().unwrap();
    assert_eq!(cases.len(), count);
    for case in cases {
        let key = DesKey::from_bytes(&block(case, "key"));
        assert_eq!(key.encrypt_block(block(case, "plaintext")), block(case, "ciphertext"), "{case}");
        assert_eq!(key.decrypt_block(block(case, "ciphertext")), block(case, "plaintext"), "{case}");
    }
}

#[test]
fn des_variable_plaintext() {
    des_table("variablePlaintext", 64);
}

#[test]
fn des_variable_key() {
    des_table("variableKey", 56);
}

#[test]
fn des_permutation_operation() {
    des_table("permutation", 32);
}

#[test]
fn des_substitution_table() {
    des_table("substitution", 19);
}

#[test]
fn md5_suite() {
    let suite = file(include_str!("vectors/md5-rfc1321.json"));
    let cases = suite["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 7);
    for case in cases {
        assert_eq!(md5_hex(case["message"].as_str().unwrap().as_bytes()), case["digest"].as_str().unwrap());
    }
}
