//! A body's JSON text to the string that is signed, without a tree between them.
//!
//! It takes texts as `JSON.stringify` writes them: an object, compact, nothing escaped, no name repeated. Those are
//! nearly all there are, and they are sent as they stand. Of any other text it says nothing, and the tree decides.

use alloc::vec::Vec;
use core::slice::Iter;

use crate::text::{copy_plain, plain};

/// As deep as the tree goes.
const MAX_DEPTH: usize = 32;

/// More names in one object are compared elsewhere, in less than the square of the time.
const MAX_NAMES: usize = 64;

/// How a nested value is printed for the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nested {
    /// As Java's collections print themselves: `{k=v, k=v}` and `[v, v]`.
    #[default]
    Java,
    /// As compact JSON.
    Json,
}

/// The non-empty parameters sorted by name as `k1=v1&k2=v2`, values raw, in the case they came in; nothing where `json` is
/// not of the form that is read here, whatever it is instead.
pub fn joined(json: &str, nested: Nested) -> Option<Vec<u8>> {
    let parameters = Reader { rest: json.as_bytes(), names: Vec::new() }.parameters()?;
    // Room enough for the envelope that takes its place, too.
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

/// Appends a parameter of compact JSON to `out`: a text raw, what is nested as `nested` says.
pub fn print(value: &[u8], nested: Nested, out: &mut Vec<u8>) {
    match value {
        [b'[' | b'{', ..] if nested == Nested::Json => out.extend_from_slice(value),
        _ => print_java(value, out),
    }
}

/// What the `toString` of Java's collections prints.
fn print_java(value: &[u8], out: &mut Vec<u8>) {
    let mut rest = value.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => print_text(&mut rest, out),
            b':' => out.push(b'='),
            b',' => out.extend_from_slice(b", "),
            _ => out.push(*byte),
        }
    }
}

/// A text's inside, and its closing quote passed over.
fn print_text(rest: &mut Iter<'_, u8>, out: &mut Vec<u8>) {
    loop {
        let length = copy_plain(rest.as_slice(), out);
        if rest.nth(length) != Some(&b'\\') {
            return;
        }
        let hex = |digit: Option<&u8>| char::from(*digit.unwrap_or(&b'0')).to_digit(16).unwrap_or_default() as u8;
        out.push(match rest.next() {
            Some(b'b') => 8,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(b'f') => 12,
            Some(b'r') => b'\r',
            // Compact JSON writes only control characters by their number, of which two zeros come first.
            Some(b'u') => hex(rest.nth(2)) << 4 | hex(rest.next()),
            other => *other.unwrap_or(&b'\\'),
        });
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    /// Of the objects that are open, one after the other.
    names: Vec<&'a [u8]>,
}

impl<'a> Reader<'a> {
    /// The whole text: names and values, by name.
    fn parameters(mut self) -> Option<Vec<(&'a [u8], &'a [u8])>> {
        let mut sorted: Vec<(&[u8], &[u8])> = Vec::new();
        self.entries(|this, name| {
            let from = this.rest;
            this.value(1)?;
            let value = from.get(..from.len() - this.rest.len())?;
            // By UTF-16 unit Java sorts other names than ASCII ones otherwise.
            if !name.is_ascii() || sorted.len() == MAX_NAMES {
                return None;
            }
            let place = sorted.iter().position(|(other, _)| *other >= name).unwrap_or(sorted.len());
            if sorted.get(place).is_some_and(|(other, _)| *other == name) {
                return None;
            }
            sorted.insert(place, (name, value));
            Some(())
        })?;
        self.rest.is_empty().then_some(sorted)
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.rest {
            [b'"', ..] => self.string().map(drop),
            [b'{', ..] => {
                let open = self.names.len();
                self.entries(|this, name| {
                    let others = this.names.get(open..)?;
                    let repeated = |other: &&[u8]| other.len() == name.len() && *other == name;
                    if others.len() == MAX_NAMES || others.iter().any(repeated) {
                        return None;
                    }
                    this.names.push(name);
                    this.value(depth + 1)
                })?;
                self.names.truncate(open);
                Some(())
            }
            [b'[', ..] => self.all(b']', |this| this.value(depth + 1)),
            [b't', b'r', b'u', b'e', rest @ ..]
            | [b'n', b'u', b'l', b'l', rest @ ..]
            | [b'f', b'a', b'l', b's', b'e', rest @ ..] => {
                self.rest = rest;
                Some(())
            }
            _ => self.number(),
        }
    }

    /// An object; `value` reads what follows a name.
    fn entries(&mut self, mut value: impl FnMut(&mut Self, &'a [u8]) -> Option<()>) -> Option<()> {
        if self.rest.first() != Some(&b'{') {
            return None;
        }
        self.all(b'}', |this| {
            let name = this.string()?;
            this.pass(b':').then_some(())?;
            value(this, name)
        })
    }

    /// What stands between brackets, of which `close` is the second.
    fn all(&mut self, close: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.rest = self.rest.get(1..)?;
        if self.pass(close) {
            return Some(());
        }
        loop {
            one(self)?;
            if self.pass(close) {
                return Some(());
            }
            self.pass(b',').then_some(())?;
        }
    }

    /// A string in which nothing is escaped, without its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        let inside = self.rest.strip_prefix(b"\"")?;
        let (text, after) = inside.split_at_checked(plain(inside))?;
        self.rest = after.strip_prefix(b"\"")?;
        Some(text)
    }

    fn number(&mut self) -> Option<()> {
        self.pass(b'-');
        if !self.pass(b'0') {
            self.digits()?;
        }
        if self.pass(b'.') {
            self.digits()?;
        }
        if self.pass(b'e') || self.pass(b'E') {
            let _ = self.pass(b'+') || self.pass(b'-');
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.rest = self.rest.get(count..)?;
        (count > 0).then_some(())
    }

    /// Passes over `byte` where it comes next.
    fn pass(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }
}
