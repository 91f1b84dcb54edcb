//! JSON whose order and digits are kept, because both are signed.

mod json;
mod quote;
mod splice;

pub use aigobo_engine::json::Kind as JsonKind;
use zeroize::Zeroize;

use crate::error::Error;
use crate::prelude::*;
use crate::spelling::{Ranked, sorted};
pub use json::{Inside, Json, View};
pub(crate) use quote::quote;
pub use splice::{Mark, Splice};

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq, Zeroize)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its JSON literal: `12.30` stays `12.30`.
    Number(String),
    /// A string, unescaped.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order in which it was written.
    Map(Map),
}

/// A JSON object that keeps its order. A repeated name keeps its first place and its last value, as in
/// Java's `LinkedHashMap` and in JavaScript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Zeroize)]
pub struct Map(Vec<(String, Value)>);

impl Map {
    /// An empty object.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a JSON text that must be an object.
    ///
    /// # Errors
    /// [`Error::Json`] says what is not JSON, or that it is no object.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut json = Json::of(text.to_owned())?;
        let map = match json.root().kind() {
            JsonKind::Map => Ok(json.root().to_map()),
            _ => Err(json::not_an_object(json.root().what())),
        };
        // A client's options hold its keys.
        json.wipe();
        map
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Takes the value of `name` out, and leaves null in its place.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let entry = self.0.iter_mut().find(|(key, _)| key == name);
        entry.map(|(_, value)| core::mem::replace(value, Value::Null))
    }

    /// The value of `name` where it is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Appends `name`; the caller knows that it is new.
    pub fn push(&mut self, name: impl Into<String>, value: Value) {
        self.0.push((name.into(), value));
    }

    /// Puts `value` in the place of that of `name`, where there is one.
    pub fn replace(&mut self, name: &str, value: Value) {
        if let Some((_, old)) = self.0.iter_mut().find(|(key, _)| key == name) {
            *old = value;
        }
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The entries sorted by name, as Java compares its strings.
    pub fn by_name(&self) -> impl Iterator<Item = (&str, &Value)> {
        let places = self.places_by_name().into_iter();
        places.filter_map(|place| self.0.get(place)).map(|(name, value)| (name.as_str(), value))
    }

    /// Where the entries stand, by name and then by place.
    fn places_by_name(&self) -> Vec<usize> {
        let names = self.0.iter().enumerate();
        sorted(names.map(|(place, (name, _))| Ranked { rank: 0, text: name, place })).map(|name| name.place).collect()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compact JSON.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(self.room());
        self.write_json(&mut out);
        out
    }

    /// How long the JSON gets where nothing is escaped: a text that has to grow leaves copies of itself behind.
    fn room(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + 4 + value.room()).sum::<usize>() + 2
    }

    pub(crate) fn write_json(&self, out: &mut String) {
        out.push('{');
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            quote(name, out);
            out.push(':');
            value.write_json(out);
        }
        out.push('}');
    }
}

impl FromIterator<(String, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        Self::of(entries.into_iter().collect())
    }
}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = alloc::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Map {
    /// Of names that may stand there twice.
    fn of(entries: Vec<(String, Value)>) -> Self {
        let mut map = Self(entries);
        let places = map.places_by_name();
        let mut repeated = vec![false; places.len()];
        // Of one name the first comes first: they are sorted by place, too.
        let mut first = places.first().copied().unwrap_or_default();
        for (place, before) in places.iter().skip(1).zip(&places) {
            if map.0.get(*place).map(|(name, _)| name) != map.0.get(*before).map(|(name, _)| name) {
                first = *place;
                continue;
            }
            let value = map.0.get_mut(*place).map(|(_, value)| core::mem::replace(value, Value::Null));
            if let (Some((_, kept)), Some(value), Some(mark)) = (map.0.get_mut(first), value, repeated.get_mut(*place))
            {
                (*kept, *mark) = (value, true);
            }
        }
        let mut marks = repeated.into_iter();
        map.0.retain(|_| marks.next() != Some(true));
        map
    }
}

impl Value {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// [`Error::Json`] says where the text stops being JSON, or that it nests too deep.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Json::of(text.to_owned()).map(|json| json.root().to_value())
    }

    /// Compact JSON.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(self.room());
        self.write_json(&mut out);
        out
    }

    fn room(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) => 5,
            Self::Number(literal) => literal.len(),
            Self::Text(text) => text.len() + 2,
            Self::List(items) => items.iter().map(|item| item.room() + 1).sum::<usize>() + 2,
            Self::Map(map) => map.room(),
        }
    }

    pub(crate) fn write_json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(literal) => out.push_str(literal),
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Map(map) => map.write_json(out),
        }
    }

    /// Absent for the platform: null, `""`, `[]` and `{}`.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// The text, or the number's digits.
    pub fn as_scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages: never its content.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_are_kept() {
        let text = r#"{"b":12.30,"a":[1e3,"\u4e2d\n",{"z":null,"y":true}],"A":-0}"#;
        let json = Value::parse(text).unwrap().to_json();
        assert_eq!(json, r#"{"b":12.30,"a":[1e3,"中\n",{"z":null,"y":true}],"A":-0}"#);
    }

    #[test]
    fn a_repeated_name_keeps_its_first_place_and_last_value() {
        assert_eq!(Map::parse(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_json(), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn faults_are_told_without_the_content() {
        for (text, word) in [
            ("", "cut short"),
            (r#"{"holderName":"王小明"#, "cut short"),
            (r#"{"holderName":王小明}"#, "not JSON at line 1"),
            (r#"{"a":"\ud800"}"#, "JSON"),
            ("[1]", "a list, not an object"),
            ("1 2", "not JSON"),
        ] {
            let message = Map::parse(text).unwrap_err().to_string();
            assert!(message.contains(word) && !message.contains('王'), "{text}: {message}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Value::parse(&nested(30)).is_ok());
        assert!(Value::parse(&nested(100)).unwrap_err().to_string().contains("deeper"));
        assert!(Value::parse(&nested(200_000)).is_err());
    }
}
