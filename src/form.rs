//! `application/x-www-form-urlencoded`, for flat objects.

use aigobo_engine::text::push_hex;

use crate::prelude::*;
use crate::value::{Map, Value};

/// Encodes the texts and numbers of `map`.
pub fn encode(map: &Map) -> String {
    let scalars = || map.iter().filter_map(|(name, value)| Some((name, value.as_scalar()?)));
    // Every byte may become three; a text that has to grow leaves copies of itself behind.
    let room = scalars().map(|(name, text)| 3 * (name.len() + text.len()) + 2).sum();
    let mut out = String::with_capacity(room);
    for (name, text) in scalars() {
        if !out.is_empty() {
            out.push('&');
        }
        escape(name, &mut out);
        out.push('=');
        escape(text, &mut out);
    }
    out
}

/// Decodes to texts; a sequence that is not UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> Map {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name), Value::Text(unescape(value)))
        })
        .collect()
}

/// Appends `text` to `out`, percent-encoded.
pub(crate) fn escape(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                push_hex(&[byte], true, out);
            }
        }
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = after
            .first_chunk::<2>()
            .and_then(|pair| core::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
