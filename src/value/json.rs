//! JSON text to values and back, in one pass each.
//!
//! Our own, because what is signed depends on the order of fields and on the digits of numbers: serde_json hands both
//! on only through `RawValue`, which reads every nested text once more for each level, and its way to f64 and back was
//! a tenth of the wasm. RFC 8259; `tests/properties.rs` holds it against serde_json.

use aigobo_engine::text::{plain, push_hex};

use crate::error::Error;
use crate::prelude::*;
use crate::value::{Map, Value};

/// Deeper texts are refused: the platform nests two levels, and recursion must end somewhere.
const MAX_DEPTH: usize = 32;

/// Why a text is not read; never what it holds, which may be a buyer's.
enum Fault {
    CutShort,
    NotJson,
    TooDeep,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// Reads one JSON text.
pub(super) fn read(text: &str) -> Result<Value, Error> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).and_then(|value| match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Fault::NotJson),
    });
    value.map_err(|fault| {
        let what = match fault {
            Fault::TooDeep => return Error::Json(format!("it nests deeper than {MAX_DEPTH} levels")),
            Fault::CutShort => "the text is cut short",
            Fault::NotJson => "it is not JSON",
        };
        let before = text.get(..reader.at).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, str::len) + 1;
        Error::Json(format!("{what} at line {line} column {column}"))
    })
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        match self.peek().ok_or(Fault::CutShort)? {
            b'{' => self.map(depth).map(Value::Map),
            b'[' => self.list(depth).map(Value::List),
            b'"' => self.string().map(Value::Text),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number().map(|literal| Value::Number(literal.to_owned())),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Map, Fault> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.ends(b'}') {
            return Ok(Map::new());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.fault());
            }
            let name = self.string()?;
            self.expect(b':')?;
            entries.push((name, self.value(depth + 1)?));
            if self.ends(b'}') {
                return Ok(entries.into_iter().collect());
            }
            self.expect(b',')?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Value>, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        if self.ends(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(b']') {
                return Ok(items);
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let length = plain(rest.as_bytes());
            text.push_str(rest.get(..length).unwrap_or_default());
            self.at += length;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escaped()?);
                }
                _ => return Err(self.fault()),
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Result<char, Fault> {
        let letter = self.byte().ok_or(Fault::CutShort)?;
        let c = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(Fault::NotJson),
        };
        self.at += 1;
        Ok(c)
    }

    /// Four hex digits, or twice four for a character beyond the sixteenth bit; half of such a pair is no character.
    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self.hex()?;
        let code = match first {
            0xD800..0xDC00 => {
                for expected in *b"\\u" {
                    if self.byte() != Some(expected) {
                        return Err(self.fault());
                    }
                    self.at += 1;
                }
                let second = self.hex()?;
                if !(0xDC00..0xE000).contains(&second) {
                    return Err(Fault::NotJson);
                }
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        char::from_u32(code).ok_or(Fault::NotJson)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(|| self.fault())?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// A number's literal, as it stands.
    fn number(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        self.skip(b"-");
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if self.while_(|byte| byte.is_ascii_digit()).is_empty() { Err(self.fault()) } else { Ok(()) }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        for expected in word.bytes() {
            if self.byte() != Some(expected) {
                return Err(self.fault());
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// Passes over one of `bytes` where it comes next.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let here = self.byte().is_some_and(|byte| bytes.contains(&byte));
        self.at += usize::from(here);
        here
    }

    /// Passes over `byte`, after white space, where it comes next.
    fn ends(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.ends(byte) { Ok(()) } else { Err(self.fault()) }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        self.while_(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        self.byte()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The bytes from here on that are `wanted`; it ends before an ASCII byte or with the text, so between characters.
    fn while_(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().position(|byte| !wanted(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// What is wrong here.
    fn fault(&self) -> Fault {
        if self.at >= self.text.len() { Fault::CutShort } else { Fault::NotJson }
    }
}

/// Writes a text with its quotes; escaped is what must be, the way `JSON.stringify` does.
pub(crate) fn write_text(text: &str, out: &mut String) {
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
