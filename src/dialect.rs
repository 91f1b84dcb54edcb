//! What a gateway may expect differently where the document is silent or contradicts itself, as data.

pub use aigobo_engine::body::Nested;

use crate::crypto::HexCase;
use crate::error::Error;
use crate::prelude::*;
use crate::spelling::suggestion;
use crate::value::{Map, Value, mistyped};

/// How to address this distributor's gateway. The default is what the live platform accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// How the envelope travels.
    pub transport: Transport,
    /// How a nested value is printed for the signature.
    pub nested: Nested,
    /// How both MD5 digests are written as hex.
    pub digest: HexCase,
    /// The envelope's `version`: `1.0` in the document's table, `1.0.0` in its example.
    pub version: String,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            transport: Transport::default(),
            nested: Nested::default(),
            digest: HexCase::default(),
            version: "1.0".into(),
        }
    }
}

/// How the envelope travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// A JSON body: what the public client does against the live platform.
    #[default]
    Json,
    /// A form body, `application/x-www-form-urlencoded`.
    Form,
    /// In the query string with an empty body, as the document's section 2 says.
    Query,
}

impl Transport {
    /// Its name in a dialect.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Query => "query",
        }
    }
}

const PARTS: &[&str] = &["transport", "nested", "digest", "version"];

impl Dialect {
    /// What differs from the default, as [`Dialect::from_map`] reads it.
    pub fn differences(&self) -> Map {
        let Self { transport, nested, digest, version } = self;
        let usual = Self::default();
        let mut map = Map::new();
        if *transport != usual.transport {
            map.push("transport", transport.name().into());
        }
        if *nested != usual.nested {
            map.push("nested", "json".into());
        }
        if *digest != usual.digest {
            map.push("digest", "upper".into());
        }
        if *version != usual.version {
            map.push("version", version.as_str().into());
        }
        map
    }

    /// Reads `{ transport, nested, digest, version }`, each optional.
    ///
    /// # Errors
    /// [`Error::Config`] that names the option, `dialect.transport` for example.
    pub fn from_map(map: &Map) -> Result<Self, Error> {
        let mut dialect = Self::default();
        for (name, value) in map.iter() {
            if !PARTS.contains(&name) {
                let message = format!("is not an option here{}", suggestion(name, PARTS));
                return Err(Error::config(format!("dialect.{name}"), message));
            }
            let Value::Text(text) = value else {
                return Err(Error::config(format!("dialect.{name}"), mistyped("text", value.kind())));
            };
            let unknown = |allowed: &str| Error::config(format!("dialect.{name}"), format!("must be one of {allowed}"));
            match name {
                "transport" => {
                    dialect.transport = match text.as_str() {
                        "json" => Transport::Json,
                        "form" => Transport::Form,
                        "query" => Transport::Query,
                        _ => return Err(unknown("json, form, query")),
                    }
                }
                "nested" => {
                    dialect.nested = match text.as_str() {
                        "java" => Nested::Java,
                        "json" => Nested::Json,
                        _ => return Err(unknown("java, json")),
                    }
                }
                "digest" => {
                    dialect.digest = match text.as_str() {
                        "lower" => HexCase::Lower,
                        "upper" => HexCase::Upper,
                        _ => return Err(unknown("lower, upper")),
                    }
                }
                _ if !text.is_empty() && text.len() <= 32 => dialect.version.clone_from(text),
                _ => return Err(Error::config("dialect.version", "must have 1 to 32 characters")),
            }
        }
        Ok(dialect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_and_it_is_read_again() {
        for text in [
            "{}",
            r#"{"transport":"form"}"#,
            r#"{"transport":"query","nested":"json","digest":"upper","version":"1.0.0"}"#,
        ] {
            let dialect = Dialect::from_map(&Map::parse(text).unwrap()).unwrap();
            assert_eq!(dialect.differences().to_json(), text);
        }
        let usual = Map::parse(r#"{"transport":"json","nested":"java","digest":"lower","version":"1.0"}"#).unwrap();
        assert!(Dialect::from_map(&usual).unwrap().differences().is_empty());
    }
}
