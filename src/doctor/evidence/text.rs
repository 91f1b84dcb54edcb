//! Unwraps evidence from the text around it.

use crate::doctor::evidence::ENVELOPE_FIELDS;
use crate::form;
use crate::prelude::*;
use crate::value::{Map, Value};

/// The text of an envelope held in a field of something else, such as a log record or a request.
pub(super) fn wrapped(map: &Map) -> Option<String> {
    map.iter().find_map(|(_, value)| match value {
        Value::Text(text) if text.contains("requestBody") => Some(text.clone()),
        Value::Map(inner) if inner.get("requestBody").is_some() => Some(inner.to_json()),
        Value::Map(inner) => wrapped(inner),
        _ => None,
    })
}

/// The JSON objects in a text, each with its own text. Objects inside another are not listed separately.
pub(super) fn objects(text: &str) -> Vec<(Map, String)> {
    let found = balanced(text);
    if !found.is_empty() || !text.contains("{\\\"") {
        return found;
    }
    // A log may quote its texts: \" is ", and \\ is \.
    let unquoted = Value::parse(&format!("\"{}\"", escaped_once(text)));
    match unquoted {
        Ok(Value::Text(inner)) => balanced(&inner),
        _ => balanced(&text.replace("\\\"", "\"").replace("\\\\", "\\")),
    }
}

/// The text from its first brace to its last, if its quotes are escaped.
fn escaped_once(text: &str) -> &str {
    let start = text.find("{\\\"").unwrap_or_default();
    let end = text.rfind('}').map_or(text.len(), |at| at + 1);
    text.get(start..end).unwrap_or_default()
}

fn balanced(text: &str) -> Vec<(Map, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    // A text of nothing but braces must not take quadratic time.
    for _ in 0..200 {
        let Some(start) = rest.find('{') else { break };
        let from = rest.get(start..).unwrap_or_default();
        let object = end_of_object(from).and_then(|end| from.get(..end));
        match object.and_then(|object| Some((Map::parse(object).ok()?, object))) {
            Some((map, object)) => {
                found.push((map, object.to_owned()));
                rest = from.get(object.len()..).unwrap_or_default();
            }
            None => rest = from.get(1..).unwrap_or_default(),
        }
    }
    found
}

/// The position after the brace that closes the first one, ignoring braces inside quotes.
fn end_of_object(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// An envelope as a form or in a query. A + means a blank, as it does for the gateway.
pub(super) fn query(text: &str) -> Option<(Map, [&'static str; 2])> {
    let start = text.find("requestBody=")?;
    let before = text.get(..start)?;
    if text.contains("requestBody=[") || before.ends_with(", ") || before.ends_with('{') {
        return None;
    }
    let from = before.rfind(|c: char| c.is_whitespace() || matches!(c, '?' | '"' | '\'')).map_or(0, |at| at + 1);
    let pairs = text.get(from..)?.split(['\r', '\n', '"', '\'']).next()?;
    let mut map = form::decode(pairs);
    // A log may go on after it: " HTTP/1.1".
    if let Some(last) =
        map.iter().last().and_then(|(name, value)| Some((name.to_owned(), value.as_scalar()?.to_owned())))
    {
        let (name, value) = last;
        if name != "requestBody"
            && let Some((kept, _)) = value.split_once(' ')
        {
            map.replace(&name, kept.into());
        }
    }
    Some((map, ["an envelope as a form or query", "表单或查询串形式的报文"]))
}

/// An envelope as other languages print one: `{accessToken=…, …}`, `{'accessToken': '…'}`, `accessToken: '…'`.
pub(super) fn loose(text: &str) -> Option<(Map, [&'static str; 2])> {
    let mut map = Map::new();
    for field in ENVELOPE_FIELDS {
        let starts = text.match_indices(field).map(|(at, _)| at);
        let mut values = starts.filter_map(|at| {
            let before = text.get(..at)?.chars().next_back();
            let rest = text.get(at + field.len()..)?;
            let rest = rest.trim_start_matches(['"', '\'', '\\', ']']).trim_start();
            let rest = rest.strip_prefix("=>").or_else(|| rest.strip_prefix([':', '=']))?;
            let rest = without_type(rest).trim_start_matches([' ', '"', '\'', '\\']);
            let end =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}' | '\\' | ')' | ';' | '&'));
            let value = rest.get(..end.unwrap_or(rest.len()))?;
            (!before.is_some_and(char::is_alphanumeric) && !value.is_empty()).then_some(value)
        });
        if let Some(value) = values.next() {
            map.push(field, value.into());
        }
    }
    let enough = map.get("requestBody").is_some() && map.iter().count() >= 3;
    enough.then_some((map, ["an envelope as a program prints it", "程序打印出来的报文"]))
}

/// A sign next to a body, if it is labelled as one: `sign: 0123…`, `sign=0123…`.
pub(super) fn named_sign(text: &str) -> Option<&str> {
    text.match_indices("sign").find_map(|(at, name)| {
        let rest = text.get(at + name.len()..)?;
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '"' | '\'' | '>'));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest.get(..end).filter(|word| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

/// What PHP's var_dump writes before a value: `string(20) "…"`, `int(1626570000000)`.
fn without_type(text: &str) -> &str {
    let typed = text.trim_start();
    let rest = typed.strip_prefix("string(").and_then(|rest| rest.split_once(')')).map(|(_, rest)| rest);
    rest.or_else(|| typed.strip_prefix("int(")).unwrap_or(text)
}

/// Whether a text begins as a JSON object does: `{"name":`.
pub(super) fn begins_as_json(text: &str) -> bool {
    let name = text.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('"'));
    name.and_then(|rest| rest.split_once('"')).is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// Whether a text is base64, even a damaged one.
pub(super) fn is_base64(text: &str) -> bool {
    let of_base64 =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_' | '%') || c.is_whitespace();
    let inner = text.trim_matches(['"', '\'']).replace("\\n", "\n").replace("\\r", "").replace("\\/", "/");
    let letters = inner.chars().filter(|c| c.is_ascii_alphanumeric()).count();
    let blanks = inner.chars().filter(|c| *c == ' ').count();
    let bare = inner.trim_end_matches(|c: char| c == '=' || c.is_whitespace());
    // A text without a mixture of characters is a word.
    let has = |kind: fn(char) -> bool| inner.chars().any(kind);
    let mixed = has(|c| c.is_ascii_uppercase()) && has(|c| c.is_ascii_lowercase()) && has(|c| !c.is_ascii_alphabetic());
    mixed
        && letters >= 10
        && inner.chars().all(of_base64)
        && blanks * 8 <= letters.max(8)
        && (bare.len() < 8 || !bare.contains('='))
}

/// Whether a text begins as `name=` does.
pub(super) fn begins_with_name(text: &str) -> bool {
    let name = text.trim_start_matches(['?', '&', '{']).split('=').next().unwrap_or_default();
    !name.is_empty()
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']'))
}

/// Whether a text consists of pairs joined by &, and is not a log line that contains an object.
pub(super) fn is_joined(text: &str) -> bool {
    let before = text.split('{').next().unwrap_or_default();
    begins_with_name(text) && text.contains('&') && !before.contains(char::is_whitespace)
}
