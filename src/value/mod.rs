//! JSON that keeps its order and digits, because both are signed.

mod json;
mod map;
mod quote;
mod splice;

pub use aigobo_engine::json::Kind as JsonKind;
use zeroize::Zeroize;

use crate::error::Error;
use crate::prelude::*;
pub use json::{Inside, Json, View};
pub use map::Map;
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

impl Value {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// [`Error::Json`] says where the text stops being JSON, or that it nests too deeply.
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

    /// Whether the platform treats it as absent: null, `""`, `[]` and `{}`.
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

    /// Its kind in words, for messages; never its content.
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

/// What to say of a value that should be of another kind.
pub(crate) fn mistyped(expected: &str, found: &str) -> String {
    format!("must be {expected}, not {found}")
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
