//! What other than the right bytes was used as the 8-byte key.

use des::cipher::{Array, BlockCipherDecrypt as _, KeyInit as _};
use des::{Des, TdesEde3};

use crate::doctor::bytes::{from_base64, from_hex, hex, to_base64};
use crate::doctor::cause::{Entry, entry};
use crate::doctor::keys::{Secrets, TIGHT};
use crate::doctor::sign::digest::Algorithm;
use crate::prelude::*;

/// What was used as the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Taken {
    /// The first 8 bytes of the text.
    Text,
    /// The first 8 bytes of the text as given, including leading white space.
    Loose,
    /// The first 8 bytes of the text after this prefix.
    Behind(&'static str),
    /// The text padded to 8 bytes with this byte.
    Filled(u8),
    /// The text repeated.
    Repeated,
    /// The last 8 bytes.
    Last,
    Upper,
    Lower,
    FromHex,
    FromBase64,
    ToHex,
    ToBase64,
    /// The first 8 bytes of its MD5, raw.
    Md5,
    /// The first 8 characters of its MD5 in hex, lower or upper case.
    Md5Hex {
        upper: bool,
    },
    /// What Java's SHA1PRNG draws if it is seeded with the text, as `KeyGenerator.init(secureRandom)` does.
    JavaRandom,
    /// Triple DES with 24 or 16 bytes of the text.
    Triple,
    /// Each byte with its bits reversed, as VNC-style DES implementations use it.
    Reversed,
}

const FIRST_8: [&str; 2] = [
    "Take the first 8 bytes of desKey's UTF-8 text as the DES key: not decoded, not hashed, not filled up.",
    "取 desKey 文本（UTF-8）的前 8 个字节作为 DES 密钥：不解码、不做摘要、不补位。",
];

/// What was used as the key.
pub(in crate::doctor) const KEY: &[Entry<Taken>] = &[
    entry(Taken::Text, "des-key.text", ["The first 8 bytes are the key.", "前 8 个字节是密钥。"], FIRST_8),
    entry(
        Taken::Loose,
        "keys.blanks",
        ["The white space before desKey was taken for part of it.", "desKey 开头的空白被当作密钥的一部分。"],
        TIGHT,
    ),
    entry(
        Taken::Behind(" "),
        "keys.blanks",
        ["A blank before desKey was taken for part of it.", "desKey 开头的空格被当作密钥的一部分。"],
        TIGHT,
    ),
    entry(
        Taken::Behind("\n"),
        "keys.blanks",
        ["A line break before desKey was taken for part of it.", "desKey 开头的换行被当作密钥的一部分。"],
        TIGHT,
    ),
    entry(
        Taken::Behind("\u{feff}"),
        "keys.blanks",
        ["A byte order mark before desKey was taken for part of it.", "desKey 开头的 BOM 被当作密钥的一部分。"],
        TIGHT,
    ),
    entry(
        Taken::Behind("\""),
        "des-key.quoted",
        ["A quote before desKey was taken for part of it.", "desKey 两边的引号被当作密钥的一部分。"],
        ["Take the quotes off the key.", "去掉密钥两边的引号。"],
    ),
    entry(
        Taken::FromHex,
        "des-key.hex-decoded",
        ["desKey was decoded from hex, but it is a text.", "desKey 被当作十六进制解码了，但它就是文本。"],
        FIRST_8,
    ),
    entry(
        Taken::FromBase64,
        "des-key.base64-decoded",
        ["desKey was decoded from base64, but it is a text.", "desKey 被当作 base64 解码了，但它就是文本。"],
        FIRST_8,
    ),
    entry(
        Taken::ToHex,
        "des-key.hex-encoded",
        ["The hex of desKey was taken for the key instead of its text.", "把 desKey 的十六进制形式当成了密钥。"],
        FIRST_8,
    ),
    entry(
        Taken::ToBase64,
        "des-key.base64-encoded",
        ["The base64 of desKey was taken for the key instead of its text.", "把 desKey 的 base64 形式当成了密钥。"],
        FIRST_8,
    ),
    entry(
        Taken::Md5,
        "des-key.md5",
        ["The MD5 of desKey was taken for the key.", "把 desKey 的 MD5 当成了密钥。"],
        FIRST_8,
    ),
    entry(
        Taken::Md5Hex { upper: false },
        "des-key.md5-hex",
        ["The MD5 of desKey in hex was taken for the key.", "把 desKey 的 MD5（十六进制）当成了密钥。"],
        FIRST_8,
    ),
    entry(
        Taken::Md5Hex { upper: true },
        "des-key.md5-hex-upper",
        ["The MD5 of desKey in upper-case hex was taken for the key.", "把 desKey 的 MD5（大写十六进制）当成了密钥。"],
        FIRST_8,
    ),
    entry(Taken::Upper, "des-key.upper", ["desKey was upper-cased.", "desKey 被转成了大写。"], FIRST_8),
    entry(Taken::Lower, "des-key.lower", ["desKey was lower-cased.", "desKey 被转成了小写。"], FIRST_8),
    entry(
        Taken::Filled(0),
        "des-key.zero-filled",
        ["A desKey of fewer than 8 bytes was filled up with zero bytes.", "desKey 不足 8 字节，被用 0 字节补齐了。"],
        FIRST_8,
    ),
    entry(
        Taken::Filled(b'0'),
        "des-key.digit-filled",
        ["A desKey of fewer than 8 bytes was filled up with the digit 0.", "desKey 不足 8 字节，被用字符 0 补齐了。"],
        FIRST_8,
    ),
    entry(
        Taken::Filled(b' '),
        "des-key.blank-filled",
        ["A desKey of fewer than 8 bytes was filled up with blanks.", "desKey 不足 8 字节，被用空格补齐了。"],
        FIRST_8,
    ),
    entry(
        Taken::Repeated,
        "des-key.repeated",
        ["A desKey of fewer than 8 bytes was repeated.", "desKey 不足 8 字节，被重复补齐了。"],
        FIRST_8,
    ),
    entry(
        Taken::Last,
        "des-key.last",
        ["The last 8 bytes of desKey were taken instead of the first.", "取了 desKey 的最后 8 个字节，应当取前 8 个。"],
        FIRST_8,
    ),
    entry(
        Taken::JavaRandom,
        "des-key.java-random",
        [
            "desKey was taken for the seed of a random key: Java's KeyGenerator with a SecureRandom (SHA1PRNG).",
            "desKey 被当作随机密钥的种子：Java 的 KeyGenerator 配合 SecureRandom（SHA1PRNG）。",
        ],
        [
            "Make the key with SecretKeyFactory and new DESKeySpec(desKey.getBytes(StandardCharsets.UTF_8)).",
            "用 SecretKeyFactory 和 new DESKeySpec(desKey.getBytes(StandardCharsets.UTF_8)) 生成密钥。",
        ],
    ),
    entry(
        Taken::Triple,
        "cipher.triple-des",
        [
            "Triple DES was used over all of desKey instead of DES over its first 8 bytes.",
            "用了 3DES（整个 desKey），应当用 DES（前 8 个字节）。",
        ],
        ["Encrypt with DES/ECB/PKCS5Padding.", "使用 DES/ECB/PKCS5Padding 加密。"],
    ),
    entry(
        Taken::Reversed,
        "des-key.bits-reversed",
        ["The bits of each byte of desKey were reversed.", "desKey 每个字节的比特顺序被颠倒了。"],
        FIRST_8,
    ),
];

/// A cipher with its key.
pub(super) enum Cipher {
    Single(Box<Des>),
    Triple(Box<TdesEde3>),
}

impl Cipher {
    pub(super) fn decrypt(&self, block: [u8; 8]) -> [u8; 8] {
        let mut block = Array(block);
        match self {
            Self::Single(des) => des.decrypt_block(&mut block),
            Self::Triple(des) => des.decrypt_block(&mut block),
        }
        block.0
    }
}

impl Taken {
    /// The cipher and its key's first 8 bytes, which some programs also use as the initial vector. `None` if the entry
    /// does not apply to this key.
    pub(super) fn cipher(self, secrets: &Secrets) -> Option<(Cipher, [u8; 8])> {
        let text = secrets.des_key.as_str();
        let first = |bytes: &[u8]| bytes.first_chunk::<8>().copied();
        let changed = |other: String| if other == text { None } else { first(other.as_bytes()) };
        let short = !text.is_empty() && text.len() < 8;
        let key = match self {
            Self::Text => first(text.as_bytes()),
            Self::Loose => changed(secrets.loose_des_key.to_string()),
            Self::Behind(before) => first(format!("{before}{text}").as_bytes()),
            Self::Filled(with) if short => {
                let mut bytes = text.as_bytes().to_vec();
                bytes.resize(8, with);
                first(&bytes)
            }
            Self::Repeated if short => first(text.repeat(8).as_bytes()),
            Self::Filled(_) | Self::Repeated => None,
            Self::Last => text.as_bytes().last_chunk::<8>().copied().filter(|_| text.len() > 8),
            Self::Upper => changed(text.to_uppercase()),
            Self::Lower => changed(text.to_lowercase()),
            Self::FromHex => first(&from_hex(text)?),
            Self::FromBase64 => first(&from_base64(text)?),
            Self::ToHex => first(hex(text.as_bytes(), false).as_bytes()),
            Self::ToBase64 => first(to_base64(text.as_bytes()).as_bytes()),
            Self::Md5 => first(&from_hex(&crate::crypto::md5_hex(text.as_bytes()))?),
            Self::Md5Hex { upper } => {
                let hex = crate::crypto::md5_hex(text.as_bytes());
                first(if upper { hex.to_uppercase() } else { hex }.as_bytes())
            }
            // Its state is the SHA-1 of the seed, and its first output is the SHA-1 of the state.
            Self::JavaRandom => first(&Algorithm::Sha1.hash(&[&Algorithm::Sha1.hash(&[text.as_bytes()])])),
            Self::Reversed => first(text.as_bytes()).map(|bytes| bytes.map(u8::reverse_bits)),
            Self::Triple => {
                let bytes = text.as_bytes();
                let long = bytes.first_chunk::<24>().copied().or_else(|| {
                    let (start, two) = (bytes.first_chunk::<8>()?, bytes.first_chunk::<16>()?);
                    <[u8; 24]>::try_from([two.as_slice(), start].concat()).ok()
                })?;
                return Some((Cipher::Triple(Box::new(TdesEde3::new(&Array(long)))), first(&long)?));
            }
        }?;
        Some((Cipher::Single(Box::new(Des::new(&Array(key)))), key))
    }
}
