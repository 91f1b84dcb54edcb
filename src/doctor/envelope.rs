//! What can be wrong with an envelope apart from its body: its fields and its token.

use crate::doctor::cause::{Cause, Finding, Lang, cause};
use crate::doctor::cipher::damage::{self, LINES, is_nothing};
use crate::doctor::evidence::{ENVELOPE_FIELDS, same_name};
use crate::doctor::keys::{Keys, Secrets, TIGHT, Which, trimmed};
use crate::doctor::timestamp::{FINER, FORMAT, FUTURE, SECONDS, STALE, ZONE};
use crate::prelude::*;
use crate::value::{Map, Value};

const SHAPE: [&str; 2] = [
    "Send accessToken, nonce, requestBody, sign, timestamp and version, spelled like this, and ip where you know it.",
    "报文应含 accessToken、nonce、requestBody、sign、timestamp 和 version，字段名与此完全一致；知道出口 IP 时再加 ip。",
];

pub(super) const MISSING: Cause =
    cause("envelope.missing", ["The envelope lacks {field}.", "报文里缺少 {field}。"], SHAPE);
pub(super) const NAME: Cause =
    cause("envelope.name", ["The envelope spells {field} in another way.", "报文里 {field} 的拼写不对。"], SHAPE);
pub(super) const TYPE: Cause = cause(
    "envelope.type",
    ["The envelope's {field} is {kind}, not text.", "报文里的 {field} 不是文本（{kind}）。"],
    SHAPE,
);
pub(super) const PLAIN: Cause = cause(
    "envelope.plain",
    [
        "requestBody holds the parameters themselves instead of their encryption.",
        "requestBody 里是参数本身，没有加密。",
    ],
    [
        "Encrypt the JSON of the parameters with desKey and send it as base64.",
        "用 desKey 加密参数的 JSON，以 base64 发送。",
    ],
);
pub(super) const NONCE: Cause = cause(
    "envelope.nonce",
    ["The nonce is longer than 64 characters.", "nonce 超过 64 个字符。"],
    ["Take a new UUID for each call.", "每次调用取一个新的 UUID。"],
);
pub(super) const SIGN_SHAPE: Cause = cause(
    "sign.shape",
    [
        "sign has {count} characters; two MD5 end in 32 hex characters.",
        "sign 有 {count} 个字符；两次 MD5 的结果应为 32 位十六进制。",
    ],
    [
        "Send the whole of md5(md5(S2)) as hex, with nothing around it.",
        "发送完整的 md5(md5(S2)) 十六进制结果，前后不加任何字符。",
    ],
);

const TOKEN_CURE: [&str; 2] = [
    "Send accessToken as the platform issued it, the one of this environment (test or production).",
    "accessToken 按平台下发的原样发送，并确认它属于当前环境（测试或生产）。",
];
pub(super) const TOKEN: Cause = cause(
    "token.other",
    ["The envelope's accessToken is another one.", "报文里的 accessToken 与您的不同。"],
    TOKEN_CURE,
);
pub(super) const TOKEN_KEY: Cause = cause(
    "token.another-key",
    ["The envelope's accessToken is the value of {key}.", "报文里的 accessToken 是 {key} 的值。"],
    TOKEN_CURE,
);
pub(super) const TOKEN_BLANKS: Cause = cause(
    "keys.blanks",
    ["There is white space around the envelope's accessToken.", "报文里的 accessToken 首尾有空白。"],
    TIGHT,
);
pub(super) const TOKEN_CASE: Cause = cause(
    "token.case",
    ["The envelope's accessToken is yours in another case.", "报文里的 accessToken 大小写与您的不同。"],
    TOKEN_CURE,
);
pub(super) const TOKEN_PREFIX: Cause = cause(
    "token.decorated",
    [
        "There is something around the accessToken in the envelope, such as Bearer or quotes.",
        "报文里的 accessToken 前后多了内容，例如 Bearer 或引号。",
    ],
    TOKEN_CURE,
);
pub(super) const TOKEN_CUT: Cause = cause(
    "token.cut",
    ["The envelope's accessToken is only the beginning of yours.", "报文里的 accessToken 不完整，只有开头一段。"],
    TOKEN_CURE,
);

pub(super) const VERSION: Cause = cause(
    "version.other",
    ["version is not {version}.", "version 不是 {version}。"],
    [
        "Send version as the text 1.0; or, if your gateway takes another, set dialect.version.",
        "version 发送文本 1.0；如果您的网关要求其他值，请设置 dialect.version。",
    ],
);

pub(super) const ALL: &[&Cause] = &[
    &MISSING,
    &NAME,
    &TYPE,
    &PLAIN,
    &NONCE,
    &SIGN_SHAPE,
    &TOKEN,
    &TOKEN_KEY,
    &TOKEN_BLANKS,
    &TOKEN_CASE,
    &TOKEN_PREFIX,
    &TOKEN_CUT,
    &SECONDS,
    &FINER,
    &FORMAT,
    &STALE,
    &FUTURE,
    &ZONE,
    &VERSION,
];

fn is_required(field: &str) -> bool {
    field != "ip"
}

/// The envelope with its field names corrected, and findings for what was corrected.
pub(super) fn shape(envelope: &Map, lang: Lang) -> (Map, Vec<Finding>) {
    let mut found = Vec::new();
    let mut whole = Map::new();
    for field in ENVELOPE_FIELDS {
        let place = [("field", field)];
        let other = || envelope.iter().find(|(name, _)| same_name(field, name)).map(|(_, value)| value);
        let value = match envelope.get(field) {
            Some(Value::Null) | None => match other().filter(|value| **value != Value::Null) {
                Some(value) => {
                    found.push(NAME.found(lang, &place));
                    value
                }
                None if is_required(field) => {
                    found.push(MISSING.found(lang, &place));
                    continue;
                }
                None => continue,
            },
            Some(value) => value,
        };
        match value {
            Value::Map(_) if field == "requestBody" => found.push(PLAIN.found(lang, &[])),
            Value::Text(text) if field == "requestBody" && text.trim_start().starts_with('{') => {
                found.push(PLAIN.found(lang, &[]));
            }
            Value::Bool(false) if field == "requestBody" => found.push(damage::MISSING.found(lang, &[])),
            Value::Text(text) if field == "requestBody" && is_nothing(text) => {
                found.push(damage::MISSING.found(lang, &[]));
            }
            Value::Text(text) if text.is_empty() && is_required(field) => {
                found.push(MISSING.found(lang, &place));
            }
            Value::Text(text) if field == "nonce" && text.chars().count() > 64 => found.push(NONCE.found(lang, &[])),
            // Only a sign that is otherwise whole: for any other, the search says more.
            Value::Text(text) if field == "sign" && text.len() > 32 && text.trim().len() == 32 => {
                found.push(SIGN_SHAPE.found(lang, &[("count", &text.chars().count().to_string())]));
            }
            // A pasted requestBody may end with a line break as well; here it was sent with one.
            Value::Text(text) if field == "requestBody" && text.ends_with(['\r', '\n']) => {
                found.push(LINES.found(lang, &[]));
            }
            Value::Text(_) => {}
            _ if field == "timestamp" => {}
            other => found.push(TYPE.found(lang, &[("field", field), ("kind", kind_of(other, lang))])),
        }
        whole.push(field, value.clone());
    }
    (whole, found)
}

fn kind_of(value: &Value, lang: Lang) -> &'static str {
    let chinese = match value {
        Value::Null => "null",
        Value::Bool(_) => "布尔值",
        Value::Number(_) => "数字",
        Value::Text(_) => "文本",
        Value::List(_) => "数组",
        Value::Map(_) => "对象",
    };
    lang.of([value.kind(), chinese])
}

/// How well a token fits: 0 if it is the same, 1 if it is nearly the same.
pub(super) fn token_cost(envelope: Option<&Map>, secrets: &Secrets) -> usize {
    let (Some(token), own) = (envelope.and_then(|map| map.text("accessToken")), secrets.access_token.as_str()) else {
        return 0;
    };
    if token == own || own.is_empty() {
        return 0;
    }
    if trimmed(token) == own || token.eq_ignore_ascii_case(own) || decorated(token, own) { 1 } else { 2 }
}

/// A token of a few letters occurs in many texts.
fn decorated(token: &str, own: &str) -> bool {
    own.len() >= 5 && token.contains(own)
}

/// What is wrong with the envelope's token.
pub(super) fn token(envelope: &Map, keys: &Keys, secrets: &Secrets, lang: Lang) -> Option<Finding> {
    let (token, own) = (envelope.text("accessToken")?, secrets.access_token.as_str());
    if token == own || own.is_empty() || token.is_empty() {
        return None;
    }
    let tight = trimmed(token);
    if tight == own {
        return Some(TOKEN_BLANKS.found(lang, &[]));
    }
    let other = [Which::DesKey, Which::Md5SecretKey].into_iter().find(|which| keys.tight(*which) == tight);
    if let Some(which) = other {
        return Some(TOKEN_KEY.found(lang, &[("key", which.name())]));
    }
    let cause = if tight.eq_ignore_ascii_case(own) {
        &TOKEN_CASE
    } else if decorated(token, own) {
        &TOKEN_PREFIX
    } else if own.starts_with(tight) {
        &TOKEN_CUT
    } else {
        &TOKEN
    };
    Some(cause.found(lang, &[]))
}

/// What is wrong with the envelope's version.
pub(super) fn version(envelope: &Map, expected: &str, lang: Lang) -> Option<Finding> {
    let right = match envelope.get("version")? {
        Value::Text(text) => text.is_empty() || text == expected,
        // The wrong type has already been reported.
        _ => true,
    };
    (!right).then(|| VERSION.found(lang, &[("version", expected)]))
}
