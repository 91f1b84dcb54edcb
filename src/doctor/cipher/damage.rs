//! What can happen to base64 in transit, and how to repair it.

use crate::doctor::bytes::{from_base64, from_hex};
use crate::doctor::cause::{Cause, cause};
use crate::form;
use crate::prelude::*;

const AS_MADE: [&str; 2] = [
    "Send requestBody as it was made: standard base64 with +, / and =, in one line, and URL-encoded exactly once where it travels in a form or a query.",
    "requestBody 按原样发送：标准 base64（含 +、/、=），不换行；放在表单或查询串里时只做一次 URL 编码。",
];

pub(in crate::doctor) const PLUS: Cause = cause(
    "base64.plus",
    [
        "In requestBody each + was turned into a blank, as an unencoded + in a form or query is.",
        "requestBody 里的 + 变成了空格：放进表单或查询串时没有做 URL 编码。",
    ],
    AS_MADE,
);
pub(in crate::doctor) const URL_SAFE: Cause = cause(
    "base64.url-safe",
    [
        "requestBody is in the URL-safe alphabet of base64, with - and _ instead of + and /.",
        "requestBody 用了 URL 安全的 base64 字母表（- 和 _），应当用 + 和 /。",
    ],
    [
        "Use the standard encoder: Base64.getEncoder(), not getUrlEncoder().",
        "使用标准编码器：Base64.getEncoder()，不要用 getUrlEncoder()。",
    ],
);
pub(in crate::doctor) const URL_ENCODED: Cause = cause(
    "base64.url-encoded",
    [
        "requestBody is URL-encoded (%2B) where it stands: once too often.",
        "requestBody 多做了一次 URL 编码（出现了 %2B）。",
    ],
    AS_MADE,
);
pub(in crate::doctor) const LINES: Cause = cause(
    "base64.line-breaks",
    ["There are line breaks inside requestBody.", "requestBody 里有换行。"],
    [
        "Use an encoder without line breaks: Base64.getEncoder() instead of getMimeEncoder() or sun.misc.BASE64Encoder; in Python b64encode instead of encodebytes.",
        "使用不换行的编码器：Base64.getEncoder()，不要用 getMimeEncoder() 或 sun.misc.BASE64Encoder；Python 用 b64encode，不要用 encodebytes。",
    ],
);
pub(in crate::doctor) const UNPADDED: Cause = cause(
    "base64.unpadded",
    ["requestBody lacks the = at the end of its base64.", "requestBody 的 base64 末尾缺少 =。"],
    AS_MADE,
);
pub(in crate::doctor) const QUOTED: Cause = cause(
    "base64.quoted",
    ["There are quotes around the base64 inside requestBody.", "requestBody 的 base64 两边多了引号。"],
    AS_MADE,
);
pub(in crate::doctor) const TWICE: Cause = cause(
    "base64.twice",
    ["base64 was applied twice to requestBody.", "requestBody 做了两次 base64。"],
    [
        "Encode the encrypted bytes once; many libraries' encrypt functions already return base64.",
        "加密结果只做一次 base64；很多库的加密函数返回的已经是 base64。",
    ],
);
pub(in crate::doctor) const HEX: Cause = cause(
    "base64.hex",
    ["requestBody is hex instead of base64.", "requestBody 是十六进制，应当是 base64。"],
    ["Write the encrypted bytes as base64.", "把加密后的字节写成 base64。"],
);
pub(in crate::doctor) const CUT: Cause = cause(
    "base64.cut",
    [
        "requestBody is cut: desKey fits what is there ({bytes} bytes), but the end is missing.",
        "requestBody 被截断了：desKey 是对的，已有的 {bytes} 字节能解密，但缺少结尾。",
    ],
    [
        "Look for a limit of length on its way: a column, a log, a proxy, a copy; requestBody may be longer than 500 characters.",
        "检查传递途中的长度限制：数据库字段、日志、代理、复制粘贴；requestBody 可以超过 500 个字符。",
    ],
);
pub(in crate::doctor) const DAMAGED: Cause = cause(
    "base64.damaged",
    [
        "requestBody is damaged on its way: desKey fits its beginning, but from byte {bytes} of the plaintext on it does not decrypt.",
        "requestBody 在途中被改动了：desKey 是对的，开头能解密，但从明文第 {bytes} 字节起无法解密。",
    ],
    AS_MADE,
);
pub(in crate::doctor) const INVALID: Cause = cause(
    "base64.invalid",
    [
        "requestBody is no base64: there is a character at byte {bytes} that base64 does not have.",
        "requestBody 不是 base64：第 {bytes} 字节处的字符不属于 base64。",
    ],
    AS_MADE,
);
pub(in crate::doctor) const LENGTH: Cause = cause(
    "base64.length",
    [
        "requestBody is cut or altered: what it decodes to is no whole number of 8-byte blocks.",
        "requestBody 被截断或改动了：解码后的长度不是 8 字节的整数倍。",
    ],
    AS_MADE,
);
pub(in crate::doctor) const MISSING: Cause = cause(
    "request-body.empty",
    [
        "requestBody is empty, or false: the encryption failed, and what it gave back was sent.",
        "requestBody 为空或 false：加密失败，而失败的返回值被直接发送了。",
    ],
    [
        "OpenSSL 3 has DES switched off: PHP's openssl_encrypt returns false without an error, Node fails with ERR_OSSL_EVP_UNSUPPORTED, Python's cryptography with UnsupportedAlgorithm. Activate OpenSSL's legacy provider in openssl.cnf, or let this package encrypt (seal, or aigobo seal). Where the call has no parameters, encrypt {}.",
        "OpenSSL 3 默认停用了 DES：PHP 的 openssl_encrypt 不报错而返回 false，Node 抛出 ERR_OSSL_EVP_UNSUPPORTED，Python 的 cryptography 抛出 UnsupportedAlgorithm。请在 openssl.cnf 中启用 legacy provider，或改用本软件包加密（seal 或 aigobo seal）。接口没有参数时加密 {}。",
    ],
);

/// What languages print for the false that a failed encryption returns.
pub(in crate::doctor) fn is_nothing(text: &str) -> bool {
    // PHP's http_build_query writes false as 0.
    matches!(text.trim(), "" | "0" | "false" | "False")
}

pub(in crate::doctor) const ALL: &[&Cause] = &[
    &PLUS,
    &URL_SAFE,
    &URL_ENCODED,
    &LINES,
    &UNPADDED,
    &QUOTED,
    &TWICE,
    &HEX,
    &CUT,
    &DAMAGED,
    &INVALID,
    &LENGTH,
    &MISSING,
];

/// The encrypted bytes, and what had to be repaired to get them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bytes {
    pub(super) mended: Vec<&'static Cause>,
    pub(super) bytes: Vec<u8>,
}

/// Why there are no bytes.
pub(super) enum NoBytes {
    Empty,
    /// The byte offset of a character that base64 does not have.
    Invalid(usize),
    /// What remains after the repairs does not have a whole number of characters.
    Odd(Vec<&'static Cause>, Vec<u8>),
}

/// Undoes what happened to the text, one symptom at a time; returns several readings if several are possible.
pub(super) fn read(text: &str) -> Result<Vec<Bytes>, NoBytes> {
    if is_nothing(text) {
        return Err(NoBytes::Empty);
    }
    let mut mended = Vec::new();
    let mut text = text.trim_matches(|c| matches!(c, '\u{feff}' | '\t')).to_owned();
    let note = |cause: &'static Cause, mended: &mut Vec<&'static Cause>| {
        if !mended.contains(&cause) {
            mended.push(cause);
        }
    };
    for quotes in ['"', '\''] {
        if text.len() > 1 && text.starts_with(quotes) && text.ends_with(quotes) {
            text = text.trim_matches(quotes).to_owned();
            note(&QUOTED, &mut mended);
        }
    }
    // JSON's own escape does no harm.
    text = text.replace("\\/", "/");
    // Nobody encodes it four times, and a text of %2525… must not take quadratic time.
    for _ in 0..3 {
        let small = text.to_ascii_lowercase();
        if !["%2b", "%2f", "%3d", "%25", "%0a", "%0d"].iter().any(|code| small.contains(code)) {
            break;
        }
        text = percent_decoded(&text);
        note(&URL_ENCODED, &mut mended);
    }
    let lines = text.replace("\\r", "").replace("\\n", "").replace(['\r', '\n', '\t'], "");
    if lines != text {
        if lines.len() + 2 < text.len() || text.trim() == text {
            note(&LINES, &mut mended);
        }
        text = lines;
    }
    let tight = text.trim_start();
    if tight.contains(' ') {
        // At the end, a blank is a lost + only if the length says so.
        let ended = tight.trim_end();
        let whole = if ended.len() % 4 == 0 { ended } else { tight };
        if whole.contains(' ') {
            note(&PLUS, &mut mended);
        }
        text = whole.replace(' ', "+");
    }
    if text.contains(['-', '_']) && !text.contains(['+', '/']) {
        text = text.replace('-', "+").replace('_', "/");
        note(&URL_SAFE, &mut mended);
    }
    if text.is_empty() {
        return Err(NoBytes::Empty);
    }
    let bare = text.trim_end_matches('=');
    if let Some(at) = bare.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'/')) {
        return Err(NoBytes::Invalid(at));
    }
    let hex = from_hex(&text).filter(|bytes| bytes.len() % 8 == 0);
    let Some(bytes) = from_base64(&text).or_else(|| from_base64(bare)) else {
        if let Some(bytes) = hex {
            mended.push(&HEX);
            return Ok(vec![Bytes { mended, bytes }]);
        }
        // There is one character too many for whole bytes.
        let whole = bare.get(..bare.len() - bare.len() % 4).unwrap_or_default();
        return Err(NoBytes::Odd(mended, from_base64(whole).unwrap_or_default()));
    };
    let mut found = Vec::new();
    let with = |cause| {
        let mut mended = mended.clone();
        mended.push(cause);
        mended
    };
    if text.len() % 4 != 0 {
        if bytes.len() % 8 != 0 && hex.is_none() {
            return Err(NoBytes::Odd(mended, bytes));
        }
        found.push(Bytes { mended: with(&UNPADDED), bytes: bytes.clone() });
    } else {
        found.push(Bytes { mended: mended.clone(), bytes: bytes.clone() });
    }
    if let Some(inner) = core::str::from_utf8(&bytes).ok().and_then(|text| from_base64(text.trim())) {
        found.push(Bytes { mended: with(&TWICE), bytes: inner });
    }
    if let Some(bytes) = hex {
        found.push(Bytes { mended: with(&HEX), bytes });
    }
    if found.iter().all(|reading| reading.bytes.len() % 8 != 0) {
        return Err(NoBytes::Odd(mended, bytes));
    }
    Ok(found)
}

/// Decodes percent codes only: a + stays a +.
fn percent_decoded(text: &str) -> String {
    let safe = text.replace('+', "%2B");
    form::decode(&format!("a={safe}")).text("a").unwrap_or_default().to_owned()
}
