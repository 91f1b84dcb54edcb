//! MD5 written as hex, the way the platform's signature chains it.

use md5::{Digest as _, Md5};

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

/// An MD5 that is fed piece by piece, so that a secret need not be copied beside the text.
#[derive(Default)]
pub struct Md5Text(Md5);

impl Md5Text {
    /// Appends `piece`.
    #[must_use]
    pub fn then(mut self, piece: &[u8]) -> Self {
        self.0.update(piece);
        self
    }

    /// The digest as 32 hex characters.
    pub fn hex(self, case: HexCase) -> String {
        let digits = match case {
            HexCase::Lower => b"0123456789abcdef",
            HexCase::Upper => b"0123456789ABCDEF",
        };
        let digit = |nibble: u8| digits.get(usize::from(nibble)).copied().map_or('0', char::from);
        self.0.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }
}

/// MD5 of `bytes` as 32 lower-case hex characters.
pub fn md5_hex(bytes: &[u8]) -> String {
    Md5Text::default().then(bytes).hex(HexCase::Lower)
}
