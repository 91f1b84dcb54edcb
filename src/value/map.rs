//! An object of a JSON tree.

use zeroize::Zeroize;

use crate::error::Error;
use crate::prelude::*;
use crate::spelling::{Ranked, sorted};
use crate::value::json::not_an_object;
use crate::value::{Json, JsonKind, Value, quote};

/// A JSON object that keeps its order. A repeated name keeps its first place and its last value, as in
/// Java's `LinkedHashMap` and in JavaScript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Zeroize)]
pub struct Map(pub(super) Vec<(String, Value)>);

impl Map {
    /// An empty object.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a JSON text that must be an object.
    ///
    /// # Errors
    /// [`Error::Json`] says what is not JSON, or that it is not an object.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut json = Json::of(text.to_owned())?;
        let map = match json.root().kind() {
            JsonKind::Map => Ok(json.root().to_map()),
            _ => Err(not_an_object(json.root().what())),
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

    /// The value of `name`, if it is a text.
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

    /// Replaces the value of `name`, if there is one.
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

    /// The places of the entries, sorted by name and then by place.
    fn places_by_name(&self) -> Vec<usize> {
        let names = self.0.iter().enumerate();
        sorted(names.map(|(place, (name, _))| Ranked { text: name, place })).map(|name| name.place).collect()
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

    /// The length of the JSON if nothing is escaped: a text that has to grow leaves copies of itself behind.
    pub(super) fn room(&self) -> usize {
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
    /// Makes an object of entries that may repeat a name.
    pub(super) fn of(entries: Vec<(String, Value)>) -> Self {
        let mut map = Self(entries);
        let places = map.places_by_name();
        let mut repeated = vec![false; places.len()];
        // Entries with the same name are sorted by place, so the first one comes first.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_name_keeps_its_first_place_and_last_value() {
        assert_eq!(Map::parse(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_json(), r#"{"a":3,"b":2}"#);
    }
}
