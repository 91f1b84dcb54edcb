//! JSON text to a flat list of what stands in it, in one pass and without a copy.
//!
//! Our own, because what is signed depends on the order of fields and on the digits of numbers, which serde_json hands on only
//! through `RawValue`, reading every nested text once more for each level. RFC 8259; property tests hold it against
//! serde_json.

use alloc::vec::Vec;

use crate::text::same;
pub use crate::token::escaped;
use crate::token::{number, rest_of_string, run, word, wrong};

/// Deeper texts are refused: the platform nests two levels, and recursion must end somewhere.
pub const MAX_DEPTH: usize = 32;

/// More names in one object are compared elsewhere, in less than the square of the time.
const MAX_NAMES: usize = 64;

/// What a value is.
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
    /// A string that stands for itself.
    Text,
    /// A string in which something is escaped.
    Escaped,
    /// An array.
    List,
    /// An object.
    Map,
}

/// A value, or the name of an object's entry, whose value comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it begins in the text, with its quote or bracket.
    pub from: usize,
    /// Where it ends, behind its quote or bracket.
    pub to: usize,
    /// The place of the node behind it and all that is in it.
    pub next: usize,
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It ends too soon.
    CutShort,
    /// What stands there is not JSON.
    NotJson,
    /// It nests deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub why: Why,
    /// Up to which byte it was read.
    pub at: usize,
}

/// What stands in a text: the whole at place 0, behind each object its names and values, behind each list its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tape {
    nodes: Vec<Node>,
    /// Nothing stands between values and signs, and nothing is escaped: as `JSON.stringify` writes.
    pub compact: bool,
    /// In some object a name may stand twice. Where not, it surely does not, and no name has anything escaped in it.
    pub repeats: bool,
}

impl Tape {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// A [`Fault`], the first.
    pub fn read(json: &str) -> Result<Self, Fault> {
        let text = json.as_bytes();
        // As many as there are in a list of objects with short texts.
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
                // Around the outermost there is nothing.
                if depth > 0 {
                    outer.push(inner);
                }
                // Each bracket's other half is two further on.
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
            // A value ends here, and maybe what it is in.
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

    /// Whether the object that is open has the name from `from` to `to` already, or so many that others have to look.
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

    /// Behind the white space.
    #[inline(never)]
    fn blanks(&mut self, text: &[u8], mut at: usize) -> usize {
        while text.get(at).is_some_and(|byte| is_blank(*byte)) {
            (at, self.compact) = (at + 1, false);
        }
        at
    }

    /// The node at `place`; null where there is none.
    #[inline]
    pub fn node(&self, place: usize) -> Node {
        self.nodes.get(place).copied().unwrap_or_default()
    }

    /// The place of `name` among the names of the object at `map`, sought from the name at `first` on and then before it: who
    /// asks in the text's order finds each at once. Not for objects in which names are escaped.
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

/// An object or a list whose end has not come yet.
#[derive(Clone, Copy, Default)]
struct Open {
    place: usize,
    /// What ends it.
    close: u8,
    /// A bit for each of its names, by length and last letter, in which most of them differ.
    marks: u64,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}
