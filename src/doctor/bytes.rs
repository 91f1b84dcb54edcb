//! Hex and base64 as people write them.

use aigobo_engine::text::push_hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::prelude::*;

/// Accepts base64 with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Hex digits to bytes; `None` if it is not hex.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() || pairs.is_empty() {
        return None;
    }
    let nibble = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?)).collect()
}

/// Standard base64, padded or not; `None` if it is not base64 or is empty.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text).ok().filter(|bytes| !bytes.is_empty())
}

/// Standard base64.
pub(super) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Bytes as hex.
pub(super) fn hex(bytes: &[u8], upper: bool) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    push_hex(bytes, upper, &mut out);
    out
}
