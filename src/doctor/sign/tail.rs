//! From the string to the hashed bytes: its encoding, and the place of the secret.

use alloc::borrow::Cow;

use crate::doctor::cause::{Entry, entry};
use crate::prelude::*;

/// In which encoding the string is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Charset {
    /// UTF-8.
    Utf8,
    /// GBK.
    Gbk,
    /// ISO-8859-1, in which Java writes `?` for each Chinese character.
    Latin1,
    /// UTF-8 misread as ISO-8859-1 and encoded again.
    Twice,
}

const UTF8: [&str; 2] = [
    "Hash the bytes of UTF-8: getBytes(StandardCharsets.UTF_8), never the system's default.",
    "按 UTF-8 取字节再做摘要：getBytes(StandardCharsets.UTF_8)，不要用系统默认编码。",
];

/// In which encoding the string is hashed.
pub(in crate::doctor) const CHARSET: &[Entry<Charset>] = &[
    entry(Charset::Utf8, "charset.utf8", ["Hashed as UTF-8.", "按 UTF-8 做摘要。"], UTF8),
    entry(
        Charset::Gbk,
        "charset.gbk-signature",
        ["The signature was made over GBK instead of UTF-8.", "签名时用了 GBK 编码，而不是 UTF-8。"],
        UTF8,
    ),
    entry(
        Charset::Latin1,
        "charset.latin1-signature",
        [
            "The signature was made over ISO-8859-1, where each Chinese character becomes a question mark.",
            "签名时用了 ISO-8859-1 编码，每个汉字都变成了问号。",
        ],
        UTF8,
    ),
    entry(
        Charset::Twice,
        "charset.twice-signature",
        ["The string was encoded to UTF-8 twice before it was hashed.", "待签名串做摘要前被做了两次 UTF-8 编码。"],
        UTF8,
    ),
];

impl Charset {
    /// The bytes of `text`. Characters that the encoding lacks are written as Java writes them.
    pub(super) fn bytes(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => text.as_bytes().into(),
            Self::Gbk => encoding_rs::GBK.encode(text).0,
            Self::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            Self::Twice => text.bytes().map(char::from).collect::<String>().into_bytes().into(),
        }
    }
}

/// Where the secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Place {
    /// After the string and this separator.
    After(&'static str),
    /// Before the string, with this separator between them.
    Before(&'static str),
    /// On both sides.
    Both,
    /// Nowhere.
    Nowhere,
    /// As the key of an HMAC.
    Hmac,
    /// As another field: `&key=…`, upper-cased with the others.
    Field(&'static str),
}

const APPEND: [&str; 2] = [
    "Append md5SecretKey directly to the upper-cased S1, with nothing between them.",
    "把 md5SecretKey 直接拼在大写的 S1 后面，中间不加任何字符。",
];

/// Where the secret goes.
pub(in crate::doctor) const PLACE: &[Entry<Place>] = &[
    entry(Place::After(""), "secret.appended", ["The secret is appended.", "密钥拼在末尾。"], APPEND),
    entry(
        Place::After("&key="),
        "secret.key-before",
        ["&key= was put before md5SecretKey.", "md5SecretKey 前面加了 &key=。"],
        APPEND,
    ),
    entry(
        Place::After("&KEY="),
        "secret.key-before-upper",
        ["&KEY= was put before md5SecretKey.", "md5SecretKey 前面加了 &KEY=。"],
        APPEND,
    ),
    entry(
        Place::Field("&key="),
        "secret.key-field",
        [
            "&key= and md5SecretKey were appended first and upper-cased together with S1.",
            "先拼上 &key= 和 md5SecretKey，再与 S1 一起转成了大写。",
        ],
        APPEND,
    ),
    entry(
        Place::After("&"),
        "secret.ampersand-before",
        [
            "& was put before md5SecretKey, or is left over behind the last pair.",
            "md5SecretKey 前面多了一个 &，也可能是最后一个键值对后面的 & 没有去掉。",
        ],
        APPEND,
    ),
    entry(
        Place::After("key="),
        "secret.bare-key-before",
        ["key= was put before md5SecretKey.", "md5SecretKey 前面加了 key=。"],
        APPEND,
    ),
    entry(
        Place::After("&secret="),
        "secret.secret-before",
        ["&secret= was put before md5SecretKey.", "md5SecretKey 前面加了 &secret=。"],
        APPEND,
    ),
    entry(
        Place::After("&md5SecretKey="),
        "secret.name-before",
        ["&md5SecretKey= was put before md5SecretKey.", "md5SecretKey 前面加了 &md5SecretKey=。"],
        APPEND,
    ),
    entry(
        Place::After("&MD5SECRETKEY="),
        "secret.name-before-upper",
        ["&MD5SECRETKEY= was put before md5SecretKey.", "md5SecretKey 前面加了 &MD5SECRETKEY=。"],
        APPEND,
    ),
    entry(
        Place::Before(""),
        "secret.in-front",
        ["md5SecretKey was put in front of S1 instead of behind it.", "md5SecretKey 拼在了 S1 前面，而不是后面。"],
        APPEND,
    ),
    entry(
        Place::Both,
        "secret.both-sides",
        ["md5SecretKey was put on both sides of S1.", "md5SecretKey 在 S1 前后各拼了一次。"],
        APPEND,
    ),
    entry(
        Place::Nowhere,
        "secret.missing",
        ["S1 was hashed without md5SecretKey.", "S1 做摘要时没有拼接 md5SecretKey。"],
        APPEND,
    ),
    entry(
        Place::Hmac,
        "secret.hmac",
        ["HMAC-MD5 was used instead of MD5 over S1 and the secret.", "用了 HMAC-MD5，而不是对 S1 加密钥做 MD5。"],
        APPEND,
    ),
];
