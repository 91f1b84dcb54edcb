//! The chain of digests.

use md5::Md5;

use crate::doctor::bytes::hex;
use crate::doctor::cause::{Entry, entry};
use crate::prelude::*;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Algorithm {
    Md5,
    Sha1,
    Sha256,
}

/// What happens to the first digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Then {
    /// Written as hex and hashed again; each of the two digests is upper-cased or not.
    Hex { first: bool, second: bool },
    /// Its 16 bytes are hashed again.
    Raw,
    /// Written as hex, upper-cased or not, without a second digest.
    Once { upper: bool },
    /// Three digests, in hex.
    Thrice,
    /// The middle 16 characters of a single digest.
    Short,
    /// A single digest as base64.
    Base64,
    /// Hashed again with the secret appended.
    Salted,
}

/// A chain of digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) struct Chain {
    /// The function.
    pub algorithm: Algorithm,
    /// What follows the first.
    pub then: Then,
}

const fn md5(then: Then) -> Chain {
    Chain { algorithm: Algorithm::Md5, then }
}

const TWICE: [&str; 2] = [
    "Take MD5 twice: write the first digest as 32 lower-case hex characters, and take the MD5 of those characters.",
    "做两次 MD5：第一次的结果写成 32 位小写十六进制，再对这 32 个字符做 MD5。",
];
const LOWER: [&str; 2] = [
    "Write both digests in lower-case hex; or, if your gateway takes it so, set dialect.digest.",
    "两次摘要都写成小写十六进制；如果您的网关确实接受大写，请设置 dialect.digest。",
];

/// The chains.
pub(in crate::doctor) const DIGEST: &[Entry<Chain>] = &[
    entry(
        md5(Then::Hex { first: false, second: false }),
        "digest.lower",
        ["The digests were written in lower-case hex.", "摘要写成了小写十六进制。"],
        LOWER,
    ),
    entry(
        md5(Then::Hex { first: true, second: true }),
        "digest.upper",
        ["Both digests were written in upper-case hex.", "两次摘要都写成了大写十六进制。"],
        LOWER,
    ),
    entry(
        md5(Then::Hex { first: false, second: true }),
        "digest.upper-second",
        ["The sign was written in upper-case hex.", "sign 写成了大写十六进制。"],
        LOWER,
    ),
    entry(
        md5(Then::Hex { first: true, second: false }),
        "digest.upper-first",
        [
            "The first digest was written in upper-case hex before the second was taken.",
            "第一次摘要写成了大写十六进制，再做第二次。",
        ],
        LOWER,
    ),
    entry(
        md5(Then::Once { upper: false }),
        "digest.once",
        ["MD5 was taken once instead of twice.", "只做了一次 MD5，应当做两次。"],
        TWICE,
    ),
    entry(
        md5(Then::Once { upper: true }),
        "digest.once-upper",
        [
            "MD5 was taken once instead of twice, and written in upper-case hex.",
            "只做了一次 MD5（应当两次），而且写成了大写。",
        ],
        TWICE,
    ),
    entry(
        md5(Then::Raw),
        "digest.raw",
        [
            "The second MD5 was taken over the 16 raw bytes of the first instead of its 32 hex characters.",
            "第二次 MD5 是对第一次的 16 个原始字节做的，应当对 32 个十六进制字符做。",
        ],
        TWICE,
    ),
    entry(
        md5(Then::Thrice),
        "digest.thrice",
        ["MD5 was taken three times instead of twice.", "做了三次 MD5，应当做两次。"],
        TWICE,
    ),
    entry(
        md5(Then::Short),
        "digest.short",
        ["The sign is the 16 characters in the middle of one MD5.", "sign 只取了一次 MD5 中间的 16 位。"],
        TWICE,
    ),
    entry(md5(Then::Base64), "digest.base64", ["The sign is one MD5 in base64.", "sign 是一次 MD5 的 base64。"], TWICE),
    entry(
        md5(Then::Salted),
        "digest.salted",
        [
            "md5SecretKey was appended to the first digest, too, before the second was taken.",
            "第二次 MD5 之前又拼了一次 md5SecretKey。",
        ],
        TWICE,
    ),
    entry(
        Chain { algorithm: Algorithm::Sha1, then: Then::Once { upper: false } },
        "digest.sha1",
        ["SHA-1 was used instead of two MD5.", "用了 SHA-1，应当用两次 MD5。"],
        TWICE,
    ),
    entry(
        Chain { algorithm: Algorithm::Sha1, then: Then::Hex { first: false, second: false } },
        "digest.sha1-twice",
        ["SHA-1 was used twice instead of MD5.", "用了两次 SHA-1，应当用 MD5。"],
        TWICE,
    ),
    entry(
        Chain { algorithm: Algorithm::Sha256, then: Then::Once { upper: false } },
        "digest.sha256",
        ["SHA-256 was used instead of two MD5.", "用了 SHA-256，应当用两次 MD5。"],
        TWICE,
    ),
    entry(
        Chain { algorithm: Algorithm::Sha256, then: Then::Hex { first: false, second: false } },
        "digest.sha256-twice",
        ["SHA-256 was used twice instead of MD5.", "用了两次 SHA-256，应当用 MD5。"],
        TWICE,
    ),
];

impl Algorithm {
    /// The digest of the pieces.
    pub(in crate::doctor) fn hash(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn all<D: md5::Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut hasher = D::new();
            pieces.iter().for_each(|piece| hasher.update(piece));
            hasher.finalize().to_vec()
        }
        match self {
            Self::Md5 => all::<Md5>(pieces),
            Self::Sha1 => all::<sha1::Sha1>(pieces),
            Self::Sha256 => all::<sha2::Sha256>(pieces),
        }
    }
}

impl Chain {
    /// Turns the first digest into the sign.
    pub(super) fn sign(self, first: &[u8], secret: &[u8]) -> String {
        let again = |bytes: &[u8], upper| hex(&self.algorithm.hash(&[bytes]), upper);
        match self.then {
            Then::Hex { first: one, second: two } => again(hex(first, one).as_bytes(), two),
            Then::Raw => again(first, false),
            Then::Once { upper } => hex(first, upper),
            Then::Thrice => again(again(hex(first, false).as_bytes(), false).as_bytes(), false),
            Then::Short => hex(first, false).get(8..24).unwrap_or_default().to_owned(),
            Then::Base64 => crate::doctor::bytes::to_base64(first),
            Then::Salted => hex(&self.algorithm.hash(&[hex(first, false).as_bytes(), secret]), false),
        }
    }

    /// Whether the chain can produce a sign of this form.
    pub(super) fn fits(self, sign: &str) -> bool {
        let digits = match (self.algorithm, self.then) {
            (_, Then::Short) => 16,
            (_, Then::Base64) => 24,
            (Algorithm::Md5, _) => 32,
            (Algorithm::Sha1, _) => 40,
            (Algorithm::Sha256, _) => 64,
        };
        sign.len() == digits
    }
}
