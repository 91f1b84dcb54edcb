//! Block modes.

use crate::doctor::cause::{Entry, entry};
use crate::doctor::cipher::key::Cipher;
use crate::prelude::*;

const ECB: [&str; 2] = [
    "Encrypt with DES/ECB/PKCS5Padding; ECB has no initial vector.",
    "使用 DES/ECB/PKCS5Padding 加密；ECB 模式没有初始向量。",
];

/// How blocks are chained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Mode {
    /// Not at all.
    Ecb,
    /// CBC with the key as the initial vector.
    CbcKey,
    /// CBC with zeros as the initial vector.
    CbcZero,
    /// CBC with the digits 12345678, which code examples copy from each other.
    CbcDigits,
    /// CBC with an unknown initial vector: the first block is lost.
    CbcOther,
}

/// How blocks are chained.
pub(in crate::doctor) const MODE: &[Entry<Mode>] = &[
    entry(Mode::Ecb, "cipher.ecb", ["Blocks are not chained.", "各块互不相关。"], ECB),
    entry(
        Mode::CbcKey,
        "cipher.cbc-key",
        [
            "CBC was used with desKey as initial vector instead of ECB.",
            "用了 CBC 模式（以 desKey 为初始向量），应当用 ECB。",
        ],
        ECB,
    ),
    entry(
        Mode::CbcZero,
        "cipher.cbc-zero",
        [
            "CBC was used with an initial vector of zeros instead of ECB.",
            "用了 CBC 模式（初始向量全为 0），应当用 ECB。",
        ],
        ECB,
    ),
    entry(
        Mode::CbcDigits,
        "cipher.cbc-digits",
        [
            "CBC was used with the initial vector 12345678 instead of ECB.",
            "用了 CBC 模式（初始向量 12345678），应当用 ECB。",
        ],
        ECB,
    ),
    entry(
        Mode::CbcOther,
        "cipher.cbc",
        ["CBC was used with some initial vector instead of ECB.", "用了 CBC 模式（初始向量未知），应当用 ECB。"],
        ECB,
    ),
];

impl Mode {
    /// Deciphers the first `most` blocks.
    pub(super) fn decrypt(self, cipher: &Cipher, key: [u8; 8], blocks: &[[u8; 8]], most: usize) -> Vec<u8> {
        let mut before = match self {
            Self::CbcKey => key,
            Self::CbcDigits => *b"12345678",
            Self::Ecb | Self::CbcZero | Self::CbcOther => [0; 8],
        };
        let mut out = Vec::with_capacity(8 * blocks.len().min(most));
        for block in blocks.iter().take(most) {
            let plain = cipher.decrypt(*block);
            if self == Self::Ecb {
                out.extend(plain);
            } else {
                out.extend(plain.iter().zip(before).map(|(byte, other)| byte ^ other));
                before = *block;
            }
        }
        out
    }
}
