//! Interprets deciphered bytes: their padding, their encoding and the text inside.

use crate::doctor::cause::{Cause, cause};
use crate::form;
use crate::prelude::*;
use crate::value::{Map, Value};

const PKCS5: [&str; 2] = [
    "Pad as PKCS5 does: 1 to 8 bytes, each holding their number.",
    "按 PKCS5 填充：补 1 到 8 个字节，每个字节的值等于补的个数。",
];

pub(in crate::doctor) const ZERO: Cause = cause(
    "padding.zero",
    ["The plaintext was padded with zero bytes instead of PKCS5.", "明文用 0 字节填充，应当用 PKCS5 填充。"],
    PKCS5,
);
pub(in crate::doctor) const BLANK: Cause = cause(
    "padding.blanks",
    ["The plaintext was padded with blanks instead of PKCS5.", "明文用空格填充，应当用 PKCS5 填充。"],
    PKCS5,
);
pub(in crate::doctor) const NO_PADDING: Cause = cause(
    "padding.none",
    [
        "The plaintext was not padded; PKCS5 adds a whole block where it fills the last one.",
        "明文没有填充；即使长度刚好是 8 的倍数，PKCS5 也要再补一整块。",
    ],
    PKCS5,
);
pub(in crate::doctor) const X923: Cause = cause(
    "padding.x923",
    [
        "The plaintext was padded as ANSI X9.23 does (zeros, then their number) instead of PKCS5.",
        "明文按 ANSI X9.23 填充（0 加个数），应当用 PKCS5 填充。",
    ],
    PKCS5,
);
pub(in crate::doctor) const ISO_10126: Cause = cause(
    "padding.iso10126",
    [
        "The plaintext was padded as ISO 10126 does (random bytes, then their number) instead of PKCS5.",
        "明文按 ISO 10126 填充（随机字节加个数），应当用 PKCS5 填充。",
    ],
    PKCS5,
);

const UTF8: [&str; 2] = [
    "Encrypt the bytes of UTF-8: getBytes(StandardCharsets.UTF_8), never the system's default.",
    "按 UTF-8 取字节再加密：getBytes(StandardCharsets.UTF_8)，不要用系统默认编码。",
];
pub(in crate::doctor) const GBK: Cause = cause(
    "charset.gbk-encryption",
    ["The plaintext was encrypted as GBK instead of UTF-8.", "加密时明文用了 GBK 编码，而不是 UTF-8。"],
    UTF8,
);
pub(in crate::doctor) const UTF16: Cause = cause(
    "charset.utf16-encryption",
    ["The plaintext was encrypted as UTF-16 instead of UTF-8.", "加密时明文用了 UTF-16 编码，而不是 UTF-8。"],
    UTF8,
);

const PLAIN_JSON: [&str; 2] = [
    "Encrypt the JSON object of the parameters, and nothing around it.",
    "加密的内容应当就是接口参数的 JSON 对象，前后不加任何内容。",
];
pub(in crate::doctor) const BOM: Cause = cause(
    "plaintext.bom",
    ["There is a byte order mark before the JSON that was encrypted.", "加密的 JSON 前面有 BOM。"],
    PLAIN_JSON,
);
pub(in crate::doctor) const WHITE_SPACE: Cause = cause(
    "plaintext.white-space",
    ["There is a line break or white space around the JSON that was encrypted.", "加密的 JSON 首尾有换行或空白。"],
    PLAIN_JSON,
);
pub(in crate::doctor) const JSON_TWICE: Cause = cause(
    "plaintext.json-twice",
    [
        "The JSON was made into JSON once more, a text in quotes, before it was encrypted.",
        "JSON 在加密前又被序列化了一次，变成了带引号的字符串。",
    ],
    PLAIN_JSON,
);
pub(in crate::doctor) const FORM: Cause = cause(
    "plaintext.form",
    ["A form (a=b&c=d) was encrypted instead of JSON.", "加密的是表单格式（a=b&c=d），应当是 JSON。"],
    PLAIN_JSON,
);
pub(in crate::doctor) const ENCODED: Cause = cause(
    "plaintext.url-encoded",
    ["The JSON was URL-encoded before it was encrypted.", "JSON 在加密前做了 URL 编码。"],
    PLAIN_JSON,
);
pub(in crate::doctor) const BASE64: Cause = cause(
    "plaintext.base64",
    ["The JSON was written as base64 before it was encrypted.", "JSON 在加密前做了 base64。"],
    PLAIN_JSON,
);
pub(in crate::doctor) const NOT_JSON: Cause = cause(
    "plaintext.not-json",
    ["requestBody decrypts, but what is inside is no JSON object.", "requestBody 能解密，但里面不是 JSON 对象。"],
    PLAIN_JSON,
);

pub(in crate::doctor) const ALL: &[&Cause] = &[
    &ZERO,
    &BLANK,
    &NO_PADDING,
    &X923,
    &ISO_10126,
    &GBK,
    &UTF16,
    &BOM,
    &WHITE_SPACE,
    &JSON_TWICE,
    &FORM,
    &ENCODED,
    &BASE64,
    &NOT_JSON,
];

/// A text, the JSON value in it, and how it deviates.
pub(in crate::doctor) struct Plain {
    pub(in crate::doctor) deviations: Vec<&'static Cause>,
    pub(in crate::doctor) text: String,
    pub(in crate::doctor) body: Option<Map>,
}

/// Interprets deciphered bytes; `None` if they are not text.
///
/// JSON proves that the key is right. Anything else must be padded UTF-8 and either longer than chance could produce or
/// `sure`.
pub(super) fn plain(bytes: &[u8], sure: bool) -> Option<Plain> {
    let (padding, bytes) = unpadded(bytes);
    let mut deviations: Vec<_> = padding.into_iter().collect();
    let text = decoded(bytes, &mut deviations)?;
    let weak = !deviations.is_empty() || !sure && bytes.len() < 16;
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return None;
    }
    let mut text = text;
    for _ in 0..3 {
        let (cause, inner) = match peeled(&text) {
            Peeled::Body(body) => return Some(Plain { deviations, text, body: Some(body) }),
            Peeled::Inner(cause, _) if *cause == FORM && weak => return None,
            Peeled::Inner(cause, inner) => (cause, inner),
            Peeled::Nothing => break,
        };
        deviations.push(cause);
        text = inner;
    }
    if weak {
        return None;
    }
    deviations.push(&NOT_JSON);
    Some(Plain { deviations, text, body: None })
}

enum Peeled {
    Body(Map),
    Inner(&'static Cause, String),
    Nothing,
}

fn peeled(text: &str) -> Peeled {
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        return Peeled::Inner(&BOM, rest.to_owned());
    }
    let tight = text.trim();
    if tight != text && tight.starts_with(['{', '"']) {
        return Peeled::Inner(&WHITE_SPACE, tight.to_owned());
    }
    match Value::parse(text) {
        Ok(Value::Map(body)) => return Peeled::Body(body),
        Ok(Value::Text(inner)) if inner.trim_start().starts_with('{') => return Peeled::Inner(&JSON_TWICE, inner),
        _ => {}
    }
    if text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%7b")) {
        let inner = form::decode(&format!("a={text}"));
        return Peeled::Inner(&ENCODED, inner.text("a").unwrap_or_default().to_owned());
    }
    let inner = crate::doctor::bytes::from_base64(text).and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(inner) = inner.filter(|inner| inner.starts_with('{')) {
        return Peeled::Inner(&BASE64, inner);
    }
    let name = text.split('=').next().unwrap_or_default();
    if text.contains('=') && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Peeled::Inner(&FORM, form::decode(text).to_json());
    }
    Peeled::Nothing
}

/// The bytes without their padding.
fn unpadded(bytes: &[u8]) -> (Option<&'static Cause>, &[u8]) {
    let last = bytes.last().copied().unwrap_or_default();
    let count = usize::from(last);
    let (text, padding) = bytes.split_at_checked(bytes.len().saturating_sub(count)).unwrap_or((bytes, &[]));
    if (1..=8).contains(&count) {
        if padding.iter().all(|byte| *byte == last) {
            return (None, text);
        }
        let (_, zeros) = padding.split_last().unwrap_or((&0, &[]));
        let cause = if zeros.iter().all(|byte| *byte == 0) { &X923 } else { &ISO_10126 };
        return (Some(cause), text);
    }
    let trimmed = |with: u8| {
        let kept = bytes.iter().rposition(|byte| *byte != with).map_or(0, |at| at + 1);
        bytes.get(..kept).unwrap_or_default()
    };
    match last {
        0 => (Some(&ZERO), trimmed(0)),
        b' ' => (Some(&BLANK), trimmed(b' ')),
        _ => (Some(&NO_PADDING), bytes),
    }
}

fn decoded(bytes: &[u8], deviations: &mut Vec<&'static Cause>) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    for (little, encoding) in [(true, encoding_rs::UTF_16LE), (false, encoding_rs::UTF_16BE)] {
        let zero = |pair: &[u8; 2]| if little { pair[1] == 0 && pair[0] != 0 } else { pair[0] == 0 && pair[1] != 0 };
        if pairs.len() > 3 && 2 * pairs.iter().filter(|pair| zero(pair)).count() > pairs.len() {
            deviations.push(&UTF16);
            return encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(|text| text.trim_start_matches('\u{feff}').to_owned());
        }
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes)?;
    deviations.push(&GBK);
    Some(text.into_owned())
}
