//! Our base64 against the `base64` crate's.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking, and is no public API")]

use aigobo_engine::base64::{decode, encode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

proptest! {
    #[test]
    fn bytes_are_written_as_the_crate_writes_them(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut out = b"before".to_vec();
        encode(&bytes, &mut out);
        prop_assert_eq!(&out, &format!("before{}", STANDARD.encode(&bytes)).into_bytes());
        prop_assert_eq!(decode(&out[6..]), Some(bytes));
    }

    /// Slips among them: a digit too many or too few, padding in between, bits that padding cuts off.
    #[test]
    fn texts_are_read_or_refused_as_by_the_crate(text in "([A-Za-z0-9+/]{4}){0,6}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[AQgw=]{0,5})[-_=A ]{0,2}", wrap in 1_usize..30) {
        let tight = text.replace(' ', "");
        let theirs = STANDARD.decode(&tight).ok();
        prop_assert_eq!(decode(text.as_bytes()), theirs.clone());
        let lines: Vec<_> = tight.as_bytes().chunks(wrap).map(|line| str::from_utf8(line).unwrap()).collect();
        prop_assert_eq!(decode(format!(" {}\r\n", lines.join("\r\n")).as_bytes()), theirs);
    }

    #[test]
    fn any_text_is_read_or_refused_as_by_the_crate(text in any::<String>()) {
        let tight: Vec<_> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        prop_assert_eq!(decode(text.as_bytes()), STANDARD.decode(tight).ok());
    }
}
