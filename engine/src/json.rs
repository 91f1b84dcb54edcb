//! Reads JSON text (RFC 8259) into a flat list of its values, in one pass and without a copy.
//!
//! Our own, because the signature depends on the order of fields and on the digits of numbers. serde_json preserves
//! them only through `RawValue`, and then reads every nested text again for each level. Property tests compare the two.

use alloc::vec::Vec;

use crate::text::same;
pub use crate::token::escaped;
use crate::token::{number, rest_of_string, run, word, wrong};

/// The greatest depth that is read: the platform nests two levels, and recursion must end somewhere.
pub const MAX_DEPTH: usize = 32;

/// An object with more names is left to the tree, which compares them in less than quadratic time.
const MAX_NAMES: usize = 64;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// `null`
    #[default]
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number.
    Number,
    /// A string without escapes.
    Text,
    /// A string with escapes.
    Escaped,
    /// An array.
    List,
    /// An object.
    Map,
}

/// A value, or the name of an object's entry, whose value comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Node {
    /// Its kind.
    pub kind: Kind,
    /// Where it begins in the text, with its quote or bracket.
    pub from: usize,
    /// Where it ends, behind its quote or bracket.
    pub to: usize,
    /// The place of the node that follows it and its content.
    pub next: usize,
}

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It ends too soon.
    CutShort,
    /// It is not JSON.
    NotJson,
    /// It nests deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub why: Why,
    /// The byte up to which it was read.
    pub at: usize,
}

/// The values in a text: the whole at place 0, after each object its names and values, after each list its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tape {
    nodes: Vec<Node>,
    /// The text has no white space and no escapes, as `JSON.stringify` writes it.
    pub compact: bool,
    /// An object may repeat a name. If false, no object does, and no name contains an escape.
    pub repeats: bool,
}

impl Tape {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn read(json: &str) -> Result<Self, Fault> {
        let text = json.as_bytes();
        // As many nodes as a list of objects with short texts has.
        let mut tape = Self { nodes: Vec::with_capacity(text.len() / 12 + 16), compact: true, repeats: false };
        let mut outer = Vec::new();
        let mut inner = Open::default();
        let (mut at, mut depth, mut naming) = (0, 0, false);
        loop {
            let (from, place) = (at, tape.nodes.len());
            let first = text.get(at).copied().unwrap_or_default();
            let mut kind = Kind::Text;
            if first == b'"' {
                at = run(text, from + 1);
                if text.get(at) == Some(&b'"') {
                    at += 1;
                } else {
                    (at, kind, tape.compact) = (rest_of_string(text, at)?, Kind::Escaped, false);
                }
                if naming {
                    tape.repeats |= kind == Kind::Escaped || tape.repeated(text, (from, at), &mut inner);
                }
            } else if is_blank(first) {
                (at, tape.compact) = (from + 1, false);
                continue;
            } else if naming {
                return Err(wrong(text, from));
            } else {
                (kind, at) = match first {
                    b'{' => (Kind::Map, from + 1),
                    b'[' => (Kind::List, from + 1),
                    b't' => (Kind::True, word(text, from, b"true")?),
                    b'f' => (Kind::False, word(text, from, b"false")?),
                    b'n' => (Kind::Null, word(text, from, b"null")?),
                    _ => (Kind::Number, number(text, from)?),
                };
            }
            tape.nodes.push(Node { kind, from, to: at, next: place + 1 });
            if naming {
                if text.get(at) != Some(&b':') {
                    at = tape.blanks(text, at);
                    if text.get(at) != Some(&b':') {
                        return Err(wrong(text, at));
                    }
                }
                (at, naming) = (at + 1, false);
                if depth > MAX_DEPTH {
                    return Err(Fault { why: Why::TooDeep, at });
                }
                continue;
            }
            if matches!(first, b'{' | b'[') {
                // Nothing surrounds the outermost.
                if depth > 0 {
                    outer.push(inner);
                }
                // In ASCII the closing bracket comes two after the opening one.
                inner = Open { place, close: first + 2, marks: 0 };
                depth += 1;
                at = tape.blanks(text, at);
                if text.get(at) != Some(&inner.close) {
                    naming = first == b'{';
                    if depth > MAX_DEPTH && !naming {
                        return Err(Fault { why: Why::TooDeep, at });
                    }
                    continue;
                }
            }
            // A value ends here, and perhaps the object or list around it.
            loop {
                let next = text.get(at).copied().unwrap_or_default();
                if next == b',' && depth > 0 {
                    (at, naming) = (at + 1, inner.close == b'}');
                    break;
                }
                if is_blank(next) {
                    (at, tape.compact) = (at + 1, false);
                    continue;
                }
                if depth == 0 && at == text.len() {
                    return Ok(tape);
                }
                if depth == 0 || next != inner.close {
                    return Err(wrong(text, at));
                }
                at += 1;
                let next = tape.nodes.len();
                if let Some(node) = tape.nodes.get_mut(inner.place) {
                    (node.to, node.next) = (at, next);
                }
                depth -= 1;
                inner = outer.pop().unwrap_or_default();
            }
        }
    }

    /// Whether the open object already has the name from `from` to `to`, or has too many names to compare here.
    #[inline(always)]
    fn repeated(&self, text: &[u8], (from, to): (usize, usize), object: &mut Open) -> bool {
        let last = text.get(to - 2).copied().unwrap_or_default();
        let mark = 1 << ((usize::from(last) + 5 * (to - from)) % 64);
        let known = object.marks & mark != 0;
        object.marks |= mark;
        known && self.among(text.get(from..to).unwrap_or_default(), text, object.place)
    }

    #[inline(never)]
    fn among(&self, name: &[u8], text: &[u8], map: usize) -> bool {
        let mut place = map + 1;
        for _ in 0..MAX_NAMES {
            let Some(other) = self.nodes.get(place) else { return false };
            if text.get(other.from..other.to).is_some_and(|other| same(name, other)) {
                return true;
            }
            place = self.node(place + 1).next;
        }
        true
    }

    /// Skips white space.
    #[inline(never)]
    fn blanks(&mut self, text: &[u8], mut at: usize) -> usize {
        while text.get(at).is_some_and(|byte| is_blank(*byte)) {
            (at, self.compact) = (at + 1, false);
        }
        at
    }

    /// The node at `place`; null if there is none.
    #[inline]
    pub fn node(&self, place: usize) -> Node {
        self.nodes.get(place).copied().unwrap_or_default()
    }

    /// The place of `name` among the names of the object at `map`. The search starts at the name at `first` and wraps
    /// around, so a caller that asks in the text's order finds each at once. Not for objects with escaped names.
    pub fn find(&self, text: &str, map: usize, name: &str, first: usize) -> Option<usize> {
        let end = self.node(map).next;
        for (mut place, end) in [(first, end), (map + 1, first)] {
            while place < end {
                let Node { from, to, .. } = *self.nodes.get(place)?;
                if text.as_bytes().get(from + 1..to - 1).is_some_and(|other| same(name.as_bytes(), other)) {
                    return Some(place);
                }
                place = self.nodes.get(place + 1)?.next;
            }
        }
        None
    }

    /// How many names the object at `map` has.
    pub fn count(&self, map: usize) -> usize {
        let end = self.node(map).next;
        let (mut place, mut count) = (map + 1, 0);
        while place < end {
            place = self.node(place + 1).next;
            count += 1;
        }
        count
    }
}

/// An object or a list that has not ended yet.
#[derive(Clone, Copy, Default)]
struct Open {
    place: usize,
    /// The bracket that ends it.
    close: u8,
    /// A bit for each of its names, by length and last letter, since most names differ in these.
    marks: u64,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}
