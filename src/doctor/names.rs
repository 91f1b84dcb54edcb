//! Decides which names may be shown: names of fields, never text that somebody put there.

use alloc::collections::BTreeSet;

use crate::doctor::keys::Keys;
use crate::endpoints::ENDPOINTS;
use crate::model::{Kind, Schema};
use crate::prelude::*;
use crate::value::{Map, Value};

/// Words of programming languages and of JSON, which are nobody's data.
const WORDS: &[&str] = &["null", "true", "false", "none", "array", "object", "map", "key", "nil"];

/// The names of a body's fields.
pub(super) struct Names<'a> {
    body: Vec<&'a str>,
    known: Vec<&'a str>,
    values: BTreeSet<&'a str>,
    keys: &'a Keys,
}

impl<'a> Names<'a> {
    pub(super) fn new(body: Option<&'a Map>, keys: &'a Keys) -> Self {
        let mut known: Vec<&str> = WORDS.to_vec();
        ENDPOINTS.iter().for_each(|endpoint| of_schema(endpoint.request, &mut known));
        known.sort_unstable();
        known.dedup();
        let mut values = BTreeSet::new();
        if let Some(body) = body {
            body.iter().for_each(|(_, value)| scalars(value, &mut values));
        }
        Self {
            values,
            body: body.map(|body| body.iter().map(|(name, _)| name).collect()).unwrap_or_default(),
            known,
            keys,
        }
    }

    /// The field at a place of the body.
    pub(super) fn at(&self, place: usize) -> String {
        let name = self.body.get(place).copied().unwrap_or_default();
        if self.may_show(name) { name.to_owned() } else { format!("#{}", place + 1) }
    }

    /// A nested field's name.
    pub(super) fn shown(&self, name: &str) -> String {
        if self.may_show(name) { name.to_owned() } else { "…".to_owned() }
    }

    /// The field whose name this is in upper case.
    pub(super) fn shown_upper(&self, name: &str) -> String {
        let place = self.body.iter().position(|field| crate::upper::upper_case(field) == name);
        place.map_or_else(|| "…".to_owned(), |place| self.at(place))
    }

    /// Whether a name looks like one that a program gives a field: a short word of letters and digits that begins with
    /// a letter and is neither a key nor a value elsewhere.
    fn may_show(&self, name: &str) -> bool {
        self.is_known(name)
            || (1..=32).contains(&name.len())
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !self.keys.in_text(name)
                && !self.values.contains(name)
    }

    /// Whether a word, in any case, is a documented field's name or a word of a programming language.
    pub(super) fn is_known(&self, word: &str) -> bool {
        self.known.iter().any(|known| known.eq_ignore_ascii_case(word)) && !self.keys.in_text(word)
    }
}

fn scalars<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Text(text) | Value::Number(text) => {
            found.insert(text);
        }
        Value::List(items) => items.iter().for_each(|item| scalars(item, found)),
        Value::Map(map) => map.iter().for_each(|(_, item)| scalars(item, found)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn of_schema(schema: &'static Schema, known: &mut Vec<&str>) {
    for field in schema.fields {
        known.push(field.name);
        if let Kind::Object(inner) | Kind::List(inner) = field.spec.kind {
            of_schema(inner, known);
        }
    }
}

/// The fields in which two bodies differ, named by their place in the first or as "…".
pub(super) fn differing(ours: &Map, theirs: &Map, names: &Names<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |name: &str| {
        let shown = names.shown(name);
        if !found.contains(&shown) {
            found.push(shown);
        }
    };
    for (name, value) in ours.iter() {
        if theirs.get(name).unwrap_or(&Value::Null) != value {
            note(name);
        }
    }
    theirs.iter().filter(|(name, _)| ours.get(name).is_none()).for_each(|(name, _)| note(name));
    found
}
