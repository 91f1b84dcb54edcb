//! Turns a body's JSON text into the string that is signed, without a tree in between.
//!
//! It takes texts as `JSON.stringify` writes them: an object, compact, nothing escaped, no name repeated. Nearly all
//! bodies are such texts, and they are sent as they stand. For any other text it returns nothing, and the tree decides.

use alloc::vec::Vec;

use crate::json::{Kind, Tape, escaped};
use crate::text::copy_plain;

/// How a nested value is printed for the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nested {
    /// As Java's collections print themselves: `{k=v, k=v}` and `[v, v]`.
    #[default]
    Java,
    /// As compact JSON.
    Json,
}

/// Joins the non-empty parameters, sorted by name, as `k1=v1&k2=v2`, with raw values in their original case. Returns
/// nothing if `json` does not have the form that is read here.
pub fn joined(json: &str, nested: Nested) -> Option<Vec<u8>> {
    let parameters = parameters(json)?;
    // Enough room for the envelope that later replaces the string.
    let mut out = Vec::with_capacity(json.len() / 3 * 4 + 320);
    for (name, value) in parameters {
        if matches!(value, b"null" | b"\"\"" | b"[]" | b"{}") {
            continue;
        }
        if !out.is_empty() {
            out.push(b'&');
        }
        out.extend_from_slice(name);
        out.push(b'=');
        print(value, nested, &mut out);
    }
    Some(out)
}

/// Names and values as they stand in the text, sorted by name.
fn parameters(json: &str) -> Option<Vec<(&[u8], &[u8])>> {
    let tape = Tape::read(json).ok()?;
    if !tape.compact || tape.repeats || tape.node(0).kind != Kind::Map {
        return None;
    }
    let mut sorted: Vec<(&[u8], &[u8])> = Vec::new();
    let mut place = 1;
    while place < tape.node(0).next {
        let [name, value] = [place, place + 1].map(|place| tape.node(place));
        let name = json.as_bytes().get(name.from + 1..name.to - 1)?;
        // Java sorts by UTF-16 unit, so non-ASCII names have another order.
        if !name.is_ascii() {
            return None;
        }
        let place_of = sorted.iter().position(|(other, _)| *other >= name).unwrap_or(sorted.len());
        sorted.insert(place_of, (name, json.as_bytes().get(value.from..value.to)?));
        place = value.next;
    }
    Some(sorted)
}

/// Appends a parameter of compact JSON to `out`: a text raw, a nested value as `nested` says.
pub fn print(value: &[u8], nested: Nested, out: &mut Vec<u8>) {
    match value {
        [b'[' | b'{', ..] if nested == Nested::Json => out.extend_from_slice(value),
        _ => print_java(value, out),
    }
}

/// Prints as the `toString` of Java's collections does.
fn print_java(value: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(byte) = value.get(at) {
        at += 1;
        match byte {
            b'"' => at = print_text(value, at, out),
            b':' => out.push(b'='),
            b',' => out.extend_from_slice(b", "),
            _ => out.push(*byte),
        }
    }
}

/// Prints a text's content from `at`, and returns the place behind its closing quote.
fn print_text(value: &[u8], mut at: usize, out: &mut Vec<u8>) -> usize {
    loop {
        at += copy_plain(value.get(at..).unwrap_or_default(), out) + 1;
        if value.get(at - 1) != Some(&b'\\') {
            return at;
        }
        let (c, end) = escaped(value, at).unwrap_or((char::REPLACEMENT_CHARACTER, at + 1));
        at = end;
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}
