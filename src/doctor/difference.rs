//! Finds where two texts first differ.

use crate::doctor::cause::At;
use crate::doctor::names::Names;
use crate::prelude::*;

/// Characters shown on each side.
const AROUND: usize = 12;

/// The first difference between two texts, for somebody who may see both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its offset in bytes of UTF-8; the same in both.
    pub byte: usize,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// A few characters of the first text around it.
    pub a: String,
    /// A few characters of the second text around it.
    pub b: String,
}

/// Where `a` and `b` first differ; `None` if they are the same.
pub fn difference(a: &str, b: &str) -> Option<Difference> {
    let byte = parting(a, b)?;
    let before = a.get(..byte).unwrap_or_default();
    Some(Difference {
        byte,
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
        a: around(a, byte),
        b: around(b, byte),
    })
}

/// The same as [`difference`], with values masked.
pub(super) fn at(ours: &str, theirs: &str, names: &Names<'_>) -> Option<At> {
    let byte = parting(ours, theirs)?;
    Some(At { byte, ours: masked(ours, byte, names), theirs: masked(theirs, byte, names) })
}

/// The start of the first character that differs.
fn parting(a: &str, b: &str) -> Option<usize> {
    let mut same = 0;
    let mut pairs = a.chars().zip(b.chars());
    for (one, other) in pairs.by_ref() {
        if one != other {
            return Some(same);
        }
        same += one.len_utf8();
    }
    (a.len() != b.len()).then_some(same)
}

fn around(text: &str, byte: usize) -> String {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let cut = [if start > 0 { "…" } else { "" }, if end < after.len() { "…" } else { "" }];
    let [left, right] = cut;
    let shown = [before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default()];
    format!("{left}{}{right}", shown.concat())
}

/// The text around the place. Every word that is not a known name is masked; punctuation stays, because it is often the
/// difference.
fn masked(text: &str, byte: usize, names: &Names<'_>) -> String {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    // Takes whole words, so that known ones are recognised.
    let of_word = |c: char| c.is_alphanumeric() || c == '_';
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let start = before
        .get(..start)
        .and_then(|head| head.rfind(|c| !of_word(c)))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let end = after.get(end..).and_then(|tail| tail.find(|c| !of_word(c))).map_or(after.len(), |more| end + more);
    let shown = [before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default()].concat();
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    let mut rest = shown.as_str();
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c| !of_word(c)).unwrap_or(rest.len());
        if length == 0 {
            out.push(if plain(c) { c } else { '*' });
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        out.push_str(&if names.is_known(word) {
            word.to_owned()
        } else {
            "*".repeat(word.chars().count().min(AROUND))
        });
        rest = after;
    }
    if end < after.len() {
        out.push('…');
    }
    out
}

/// Punctuation that programs write and people do not.
fn plain(c: char) -> bool {
    matches!(
        c,
        '=' | '&'
            | '{'
            | '}'
            | '['
            | ']'
            | '('
            | ')'
            | '"'
            | '\''
            | ','
            | ':'
            | '\\'
            | '/'
            | '%'
            | '+'
            | ' '
            | '\n'
            | '>'
            | '?'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_two_texts_part() {
        assert_eq!(difference("a", "a"), None);
        let found = difference("王小明\nabc", "王小明\naXc").unwrap();
        assert_eq!((found.byte, found.line, found.column), (11, 2, 2));
        assert_eq!((found.a.as_str(), found.b.as_str()), ("王小明\nabc", "王小明\naXc"));
        let longer = difference("ab", "abc").unwrap();
        assert_eq!((longer.byte, longer.a.as_str(), longer.b.as_str()), (2, "ab", "abc"));
        assert_eq!(difference(&"x".repeat(40), &format!("{}y", "x".repeat(30))).unwrap().a.chars().count(), 23);
    }
}
