//! What was used as the secret.

use crate::doctor::bytes::hex;
use crate::doctor::cause::{Entry, entry};
use crate::doctor::keys::{RIGHT_KEY, Secrets, TIGHT};
use crate::prelude::*;

/// What was used as the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Taken {
    /// The secret.
    Own,
    /// As it was given, with the white space around it.
    Loose,
    /// With these texts before and after it.
    With(&'static str, &'static str),
    /// accessToken.
    Token,
    /// desKey.
    DesKey,
    /// In upper case.
    Upper,
    /// In lower case.
    Lower,
    /// Decoded from hex or base64.
    FromHex,
    FromBase64,
    /// Encoded as hex or base64.
    ToHex,
    ToBase64,
    /// The hex MD5 of it.
    Md5,
}

const AS_IT_IS: [&str; 2] = [
    "Append md5SecretKey as the text it was issued as: not upper-cased, not decoded, not hashed.",
    "md5SecretKey 按下发的文本原样拼接：不转大小写、不解码、不做摘要。",
];

/// What was used as the secret.
pub(in crate::doctor) const SECRET: &[Entry<Taken>] = &[
    entry(Taken::Own, "md5-key.own", ["The secret is taken as it is.", "密钥原样使用。"], AS_IT_IS),
    entry(
        Taken::Loose,
        "keys.blanks",
        [
            "The white space around md5SecretKey was taken for part of it.",
            "md5SecretKey 首尾的空白被当作密钥的一部分参与了签名。",
        ],
        TIGHT,
    ),
    entry(
        Taken::With("", "\n"),
        "keys.blanks",
        [
            "A line break behind md5SecretKey was taken for part of it.",
            "md5SecretKey 末尾的换行被当作密钥的一部分参与了签名。",
        ],
        TIGHT,
    ),
    entry(
        Taken::With("", "\r\n"),
        "keys.blanks",
        [
            "A line break (CR LF) behind md5SecretKey was taken for part of it.",
            "md5SecretKey 末尾的回车换行被当作密钥的一部分参与了签名。",
        ],
        TIGHT,
    ),
    entry(
        Taken::With("", " "),
        "keys.blanks",
        [
            "A blank behind md5SecretKey was taken for part of it.",
            "md5SecretKey 末尾的空格被当作密钥的一部分参与了签名。",
        ],
        TIGHT,
    ),
    entry(
        Taken::With(" ", ""),
        "keys.blanks",
        [
            "A blank before md5SecretKey was taken for part of it.",
            "md5SecretKey 开头的空格被当作密钥的一部分参与了签名。",
        ],
        TIGHT,
    ),
    entry(
        Taken::With("\"", "\""),
        "md5-key.quoted",
        [
            "Quotes around md5SecretKey were taken for part of it.",
            "md5SecretKey 两边的引号被当作密钥的一部分参与了签名。",
        ],
        ["Take the quotes off the key.", "去掉密钥两边的引号。"],
    ),
    entry(
        Taken::Token,
        "keys.swapped",
        [
            "The sign was made with accessToken in the place of md5SecretKey.",
            "签名时把 accessToken 当成了 md5SecretKey。",
        ],
        RIGHT_KEY,
    ),
    entry(
        Taken::DesKey,
        "keys.swapped",
        ["The sign was made with desKey in the place of md5SecretKey.", "签名时把 desKey 当成了 md5SecretKey。"],
        RIGHT_KEY,
    ),
    entry(
        Taken::Upper,
        "secret.upper",
        ["md5SecretKey was upper-cased together with S1.", "md5SecretKey 与 S1 一起被转成了大写。"],
        AS_IT_IS,
    ),
    entry(Taken::Lower, "secret.lower", ["md5SecretKey was lower-cased.", "md5SecretKey 被转成了小写。"], AS_IT_IS),
    entry(
        Taken::FromHex,
        "md5-key.hex-decoded",
        ["md5SecretKey was decoded from hex before it was appended.", "md5SecretKey 拼接前做了十六进制解码。"],
        AS_IT_IS,
    ),
    entry(
        Taken::FromBase64,
        "md5-key.base64-decoded",
        ["md5SecretKey was decoded from base64 before it was appended.", "md5SecretKey 拼接前做了 base64 解码。"],
        AS_IT_IS,
    ),
    entry(
        Taken::ToHex,
        "md5-key.hex-encoded",
        [
            "The hex of md5SecretKey was appended instead of itself.",
            "拼接的是 md5SecretKey 的十六进制形式，而不是它本身。",
        ],
        AS_IT_IS,
    ),
    entry(
        Taken::ToBase64,
        "md5-key.base64-encoded",
        [
            "The base64 of md5SecretKey was appended instead of itself.",
            "拼接的是 md5SecretKey 的 base64 形式，而不是它本身。",
        ],
        AS_IT_IS,
    ),
    entry(
        Taken::Md5,
        "md5-key.hashed",
        ["The MD5 of md5SecretKey was appended instead of itself.", "拼接的是 md5SecretKey 的 MD5，而不是它本身。"],
        AS_IT_IS,
    ),
];

impl Taken {
    /// The bytes used; `None` if the entry does not apply to these keys.
    pub(in crate::doctor) fn bytes(self, secrets: &Secrets) -> Option<Vec<u8>> {
        let own = secrets.md5_secret.as_str();
        let changed = |text: String| (text != own).then(|| text.into_bytes());
        match self {
            Self::Own => Some(own.as_bytes().to_vec()),
            Self::Loose => changed(secrets.loose_md5_secret.to_string()),
            Self::With(before, behind) => Some(format!("{before}{own}{behind}").into_bytes()),
            Self::Token => changed(secrets.access_token.to_string()).filter(|text| !text.is_empty()),
            Self::DesKey => changed(secrets.des_key.to_string()).filter(|text| !text.is_empty()),
            Self::Upper => changed(crate::upper::upper_case(own)),
            Self::Lower => changed(own.to_lowercase()),
            Self::FromHex => crate::doctor::bytes::from_hex(own),
            Self::FromBase64 => crate::doctor::bytes::from_base64(own),
            Self::ToHex => Some(hex(own.as_bytes(), false).into_bytes()),
            Self::ToBase64 => Some(crate::doctor::bytes::to_base64(own.as_bytes()).into_bytes()),
            Self::Md5 => Some(crate::crypto::md5_hex(own.as_bytes()).into_bytes()),
        }
    }
}
