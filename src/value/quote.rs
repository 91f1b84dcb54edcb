//! Turns a text into a JSON string, and back.

use aigobo_engine::json::escaped;
use aigobo_engine::text::{plain, push_hex};

use crate::prelude::*;

/// The text that a string's content stands for.
pub(super) fn unescape(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    loop {
        let (plain, special) = rest.split_at_checked(plain(rest.as_bytes())).unwrap_or((rest, ""));
        text.push_str(plain);
        // The reader accepted it before, so this cannot fail.
        let Ok((c, end)) = escaped(special.as_bytes(), 1) else { return text };
        text.push(c);
        rest = special.get(end..).unwrap_or_default();
    }
}

/// Appends a text in quotes, and escapes only what must be escaped, as `JSON.stringify` does.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at_checked(plain(rest.as_bytes())).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(c) = special.chars().next() else { break };
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control => {
                out.push_str("\\u00");
                push_hex(&[control as u8], false, out);
            }
        }
        rest = special.get(1..).unwrap_or_default();
    }
    out.push('"');
}
