//! A JSON text that has been read without copying anything out of it, and a value in it.

use alloc::borrow::Cow;

use aigobo_engine::json::{Fault, Kind, MAX_DEPTH, Node, Tape, Why};
use zeroize::Zeroize as _;

use crate::error::Error;
use crate::prelude::*;
use crate::value::quote::{quote, unescape};
use crate::value::{Map, Splice, Value};

/// The text of a JSON object and the list of its values. None of its objects repeats a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json {
    text: String,
    tape: Tape,
}

impl Json {
    /// Reads a JSON text that must be an object.
    ///
    /// # Errors
    /// [`Error::Json`] says where the text stops being JSON, that it nests too deeply, or that it is not an object.
    pub fn parse(text: String) -> Result<Self, Error> {
        let json = Self::of(text)?;
        if json.root().kind() != Kind::Map {
            return Err(not_an_object(json.root().what()));
        }
        if json.tape.repeats {
            // The tree decides which of the repeated names counts.
            return Self::of(json.root().to_value().to_json());
        }
        Ok(json)
    }

    /// Takes any JSON value, with or without repeated names.
    pub(crate) fn of(text: String) -> Result<Self, Error> {
        match Tape::read(&text) {
            Ok(tape) => Ok(Self { text, tape }),
            Err(fault) => Err(told(&text, fault)),
        }
    }

    /// The whole.
    pub fn root(&self) -> View<'_> {
        View { json: self, place: 0 }
    }

    /// Overwrites the text.
    pub(super) fn wipe(&mut self) {
        self.text.zeroize();
    }

    /// As compact JSON.
    pub fn into_compact(self) -> String {
        if self.tape.compact { self.text } else { self.root().to_json() }
    }
}

fn told(text: &str, Fault { why, at }: Fault) -> Error {
    let what = match why {
        Why::TooDeep => return Error::Json(format!("it nests deeper than {MAX_DEPTH} levels")),
        Why::CutShort => "the text is cut short",
        Why::NotJson => "it is not JSON",
    };
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, str::len) + 1;
    Error::Json(format!("{what} at line {line} column {column}"))
}

pub(super) fn not_an_object(what: &str) -> Error {
    Error::Json(format!("it is {what}, not an object"))
}

/// A value in a [`Json`], or the name of an object's entry.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    json: &'a Json,
    place: usize,
}

impl<'a> View<'a> {
    /// Its kind and its place in the text.
    pub fn node(self) -> Node {
        self.json.tape.node(self.place)
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// Its kind in words, for messages; never its content.
    pub fn what(self) -> &'static str {
        match self.kind() {
            Kind::Null => "null",
            Kind::True | Kind::False => "true or false",
            Kind::Number => "a number",
            Kind::Text | Kind::Escaped => "text",
            Kind::List => "a list",
            Kind::Map => "an object",
        }
    }

    /// Its JSON as it stands in the text.
    pub fn raw(self) -> &'a str {
        self.json.text.get(self.node().from..self.node().to).unwrap_or_default()
    }

    /// Whether the platform treats it as absent: null, `""`, `[]` and `{}`.
    pub fn is_empty(self) -> bool {
        let Node { kind, from, to, next } = self.node();
        match kind {
            Kind::Null => true,
            Kind::Text => to - from == 2,
            Kind::List | Kind::Map => next == self.place + 1,
            _ => false,
        }
    }

    /// Its content, if it is a text.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            Kind::Text => Some(self.inner().into()),
            Kind::Escaped => Some(unescape(self.inner()).into()),
            _ => None,
        }
    }

    /// A text without its quotes.
    fn inner(self) -> &'a str {
        let Node { from, to, .. } = self.node();
        self.json.text.get(from + 1..to.saturating_sub(1)).unwrap_or_default()
    }

    /// The text, or the number's digits.
    pub fn scalar(self) -> Option<Cow<'a, str>> {
        if self.kind() == Kind::Number { Some(self.raw().into()) } else { self.text() }
    }

    /// The items of a list, or the names of an object, each followed by its value.
    pub fn inside(self) -> Inside<'a> {
        let end = self.node().next;
        Inside(Self { place: self.place + 1, ..self }, end)
    }

    /// An object's names and values.
    pub fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let mut inside = if self.kind() == Kind::Map { self.inside() } else { Inside(self, 0) };
        core::iter::from_fn(move || Some((inside.next()?, inside.next()?)))
    }

    /// How many names an object has.
    pub fn count(self) -> usize {
        self.json.tape.count(self.place)
    }

    /// Name and value of the entry `name`. The search starts after the entry `after`, so a caller that asks in the
    /// text's order finds each at once.
    pub fn entry(self, name: &str, after: Option<Self>) -> Option<(Self, Self)> {
        if self.kind() != Kind::Map {
            return None;
        }
        let first = match after {
            Some(name) => self.json.tape.node(name.place + 1).next,
            None => self.place + 1,
        };
        let place = self.json.tape.find(&self.json.text, self.place, name, first)?;
        Some((Self { place, ..self }, Self { place: place + 1, ..self }))
    }

    /// The value of the entry `name`.
    pub fn get(self, name: &str) -> Option<Self> {
        self.entry(name, None).map(|(_, value)| value)
    }

    /// A [`Splice`] that assembles pieces of its text.
    pub fn splice(self) -> Splice<'a> {
        Splice::new(&self.json.text)
    }

    /// Appends it as compact JSON.
    pub fn write(self, out: &mut Splice<'_>) {
        let (Node { kind, from, to, .. }, map) = (self.node(), self.kind() == Kind::Map);
        match kind {
            Kind::Escaped => {
                let mut text = String::new();
                quote(&self.text().unwrap_or_default(), &mut text);
                out.push(&text);
            }
            Kind::List | Kind::Map if !self.json.tape.compact => {
                out.push(if map { "{" } else { "[" });
                for (index, part) in self.inside().enumerate() {
                    match index {
                        0 => {}
                        _ if map && index % 2 == 1 => out.push(":"),
                        _ => out.push(","),
                    }
                    part.write(out);
                }
                out.push(if map { "}" } else { "]" });
            }
            _ => out.copy(from, to),
        }
    }

    /// Appends the entry whose name it is to an object; `first` says whether it is the object's first.
    pub fn write_entry(self, value: Self, first: bool, out: &mut Splice<'_>) {
        if !first {
            out.push(",");
        }
        self.write(out);
        out.push(":");
        value.write(out);
    }

    /// As compact JSON.
    pub fn to_json(self) -> String {
        let mut out = self.splice();
        self.write(&mut out);
        out.finish()
    }

    /// As a tree.
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Number => Value::Number(self.raw().to_owned()),
            Kind::Text | Kind::Escaped => Value::Text(unescape(self.inner())),
            Kind::List => {
                let mut items = Vec::new();
                for item in self.inside() {
                    items.push(item.to_value());
                }
                Value::List(items)
            }
            Kind::Map => Value::Map(self.to_map()),
        }
    }

    /// An object as a tree.
    pub(super) fn to_map(self) -> Map {
        let mut entries = Vec::new();
        for (name, value) in self.entries() {
            entries.push((unescape(name.inner()), value.to_value()));
        }
        if self.json.tape.repeats { Map::of(entries) } else { Map(entries) }
    }
}

/// See [`View::inside`].
#[derive(Debug, Clone)]
pub struct Inside<'a>(View<'a>, usize);

impl<'a> Iterator for Inside<'a> {
    type Item = View<'a>;

    fn next(&mut self) -> Option<View<'a>> {
        let view = self.0;
        self.0.place = view.node().next;
        (view.place < self.1).then_some(view)
    }
}
