//! MD5 as hex, as the platform's signature chains it.

use crate::prelude::*;

/// How a digest's hex digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HexCase {
    /// `0a1b…`
    #[default]
    Lower,
    /// `0A1B…`
    Upper,
}

/// A digest in hex digits.
pub type Hex = [u8; 32];

/// MD5 of the joined `pieces`.
pub fn md5(pieces: &[&[u8]], case: HexCase) -> Hex {
    aigobo_engine::md5::md5_hex(pieces, case == HexCase::Upper)
}

/// MD5 of `bytes` as 32 lower-case hex characters.
pub fn md5_hex(bytes: &[u8]) -> String {
    hex_text(&md5(&[bytes], HexCase::Lower))
}

/// A digest's digits as a text.
pub fn hex_text(digits: &Hex) -> String {
    String::from_utf8(digits.to_vec()).unwrap_or_default()
}
