//! MD5 written as hex, the way the platform's signature chains it.

use aigobo_engine::text::push_hex;
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
        let mut hex = String::with_capacity(32);
        push_hex(&self.0.finalize(), case == HexCase::Upper, &mut hex);
        hex
    }
}

/// MD5 of `bytes` as 32 lower-case hex characters.
pub fn md5_hex(bytes: &[u8]) -> String {
    Md5Text::default().then(bytes).hex(HexCase::Lower)
}
