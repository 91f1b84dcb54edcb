//! Finds where a JSON string, number or word ends.

use crate::json::{Fault, Why};
use crate::text::plain;

/// The end of the characters that stand for themselves.
#[inline(never)]
pub(crate) fn run(text: &[u8], from: usize) -> usize {
    from + plain(text.get(from..).unwrap_or_default())
}

/// The end of a string that continues at `at` with an escape.
#[cold]
pub(crate) fn rest_of_string(text: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        match text.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = run(text, escaped(text, at + 1)?.1),
            _ => return Err(wrong(text, at)),
        }
    }
}

/// The character escaped after a backslash, from `at` on, and where the escape ends.
///
/// # Errors
/// A [`Fault`] if JSON has no such escape.
#[cold]
pub fn escaped(text: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let letter = *text.get(at).ok_or_else(|| wrong(text, at))?;
    let c = match letter {
        b'"' | b'\\' | b'/' => char::from(letter),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(text, at + 1),
        _ => return Err(wrong(text, at)),
    };
    Ok((c, at + 1))
}

/// Four hex digits, or twice four for a character beyond 16 bits; half of such a pair is not a character.
fn unicode(text: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let (first, mut at) = hex(text, at)?;
    let mut code = first;
    if (0xD800..0xDC00).contains(&first) {
        let second;
        (second, at) = hex(text, word(text, at, b"\\u")?)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(Fault { why: Why::NotJson, at });
        }
        code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }
    char::from_u32(code).map(|c| (c, at)).ok_or(Fault { why: Why::NotJson, at })
}

fn hex(text: &[u8], at: usize) -> Result<(u32, usize), Fault> {
    let digits = text.get(at..).unwrap_or_default().iter().take(4).map_while(|byte| char::from(*byte).to_digit(16));
    let (code, count) = digits.fold((0, 0), |(code, count), digit| (code * 16 + digit, count + 1));
    if count < 4 { Err(wrong(text, at + count)) } else { Ok((code, at + 4)) }
}

/// The end of `word`, which begins at `at`.
#[inline(never)]
pub(crate) fn word(text: &[u8], mut at: usize, word: &[u8]) -> Result<usize, Fault> {
    for expected in word {
        if text.get(at) != Some(expected) {
            return Err(wrong(text, at));
        }
        at += 1;
    }
    Ok(at)
}

/// The end of the number that begins at `at`.
#[inline(never)]
pub(crate) fn number(text: &[u8], mut at: usize) -> Result<usize, Fault> {
    let is = |at: usize, byte: u8| text.get(at) == Some(&byte);
    at += usize::from(is(at, b'-'));
    at = if is(at, b'0') { at + 1 } else { digits(text, at)? };
    if is(at, b'.') {
        at = digits(text, at + 1)?;
    }
    if is(at, b'e') || is(at, b'E') {
        at += 1;
        at = digits(text, at + usize::from(is(at, b'+') || is(at, b'-')))?;
    }
    Ok(at)
}

/// The end of the digits; there must be at least one.
#[inline(never)]
fn digits(text: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    while text.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == from { Err(wrong(text, at)) } else { Ok(at) }
}

/// The fault at `at`.
#[cold]
pub(crate) fn wrong(text: &[u8], at: usize) -> Fault {
    Fault { why: if at >= text.len() { Why::CutShort } else { Why::NotJson }, at }
}
