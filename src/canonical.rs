//! Turns the parameters of an endpoint into the signing string and the signature (document section 5.1).

use aigobo_engine::{body, text};

use crate::crypto::{Hex, hex_text, md5};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::prelude::*;
use crate::secret::Secret;
use crate::upper::upper_case;
use crate::value::{Json, Map, Value};

/// S1 in upper case: the non-empty parameters sorted by name as `K1=V1&K2=V2`, with raw values. It does not contain
/// the secret, but it does contain a buyer's data: don't log it.
pub fn signing_string(body: &Map, dialect: &Dialect) -> String {
    String::from_utf8(capitals(join(body, dialect))).unwrap_or_default()
}

/// S1 before it is upper-cased.
pub fn joined(body: &Map, dialect: &Dialect) -> String {
    String::from_utf8(join(body, dialect)).unwrap_or_default()
}

fn join(body: &Map, dialect: &Dialect) -> Vec<u8> {
    let mut joined = Vec::new();
    for (index, (name, value)) in signed_fields(body).into_iter().enumerate() {
        if index > 0 {
            joined.push(b'&');
        }
        joined.extend_from_slice(name.as_bytes());
        joined.push(b'=');
        body::print(value.to_json().as_bytes(), dialect.nested, &mut joined);
    }
    joined
}

/// Upper case in full Unicode (ß → SS), independent of locale, as Java's toUpperCase does it.
fn capitals(mut text: Vec<u8>) -> Vec<u8> {
    match text::upper_case(&mut text) {
        true => text,
        false => other_capitals(text),
    }
}

/// Apart, so that an engine compiles it only for texts that need it.
#[cold]
#[inline(never)]
fn other_capitals(text: Vec<u8>) -> Vec<u8> {
    String::from_utf8(text).map(|text| upper_case(&text).into_bytes()).unwrap_or_default()
}

/// A body as it is sent and as it is signed.
#[derive(Default)]
pub struct Canonical {
    /// The compact JSON that is encrypted.
    pub json: String,
    /// The [`signing_string`], in UTF-8.
    pub signed: Vec<u8>,
}

impl Canonical {
    /// Takes a JSON text, which must be an object. Nearly every text is already compact and is taken as it is; any
    /// other becomes a [`Map`].
    ///
    /// # Errors
    /// Those of [`Map::parse`].
    pub fn of(json: String, dialect: &Dialect) -> Result<Self, Error> {
        match body::joined(&json, dialect.nested) {
            Some(joined) => Ok(Self { json, signed: capitals(joined) }),
            None => Map::parse(&json).map(|map| Self::of_map(&map, dialect)),
        }
    }

    /// The same for a body that is to be sealed: makes room for the padding before anything lies behind the text, which
    /// would later have to move.
    ///
    /// # Errors
    /// Those of [`Map::parse`].
    pub fn to_seal(mut json: String, dialect: &Dialect) -> Result<Self, Error> {
        json.reserve_exact(8);
        Self::of(json, dialect)
    }

    /// The same for a [`Body`].
    pub fn of_body(Body(json): Body, dialect: &Dialect) -> Self {
        // It was checked to be JSON when it became a body.
        Self::to_seal(json, dialect).unwrap_or_default()
    }

    /// The same for a [`Map`].
    pub fn of_map(map: &Map, dialect: &Dialect) -> Self {
        let json = map.to_json();
        let signed = capitals(body::joined(&json, dialect.nested).unwrap_or_else(|| join(map, dialect)));
        Self { json, signed }
    }

    /// The envelope's `sign`.
    pub fn sign(&self, secret: &Secret, dialect: &Dialect) -> Hex {
        signature(&self.signed, secret, dialect)
    }
}

/// The parameters of an endpoint: an object as compact JSON, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Takes a JSON text, which must be an object.
    ///
    /// # Errors
    /// Those of [`Json::parse`].
    pub fn parse(json: String) -> Result<Self, Error> {
        Json::parse(json).map(|json| Self(json.into_compact()))
    }

    /// Takes compact JSON that is known to be an object.
    pub(crate) fn of_compact(json: String) -> Self {
        Self(json)
    }

    /// The JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Map> for Body {
    fn from(map: &Map) -> Self {
        Self(map.to_json())
    }
}

/// The fields that take part in the signature, in the order of signing.
pub fn signed_fields(body: &Map) -> Vec<(&str, &Value)> {
    body.by_name().filter(|(_, value)| !value.is_empty()).collect()
}

/// The two digests over a signing string and the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// `md5(S1 + secret)`, 32 hex characters.
    pub first: String,
    /// `md5(first)`: the envelope's `sign`.
    pub sign: String,
}

/// Signs a signing string, in two steps.
pub fn digests(signing_string: &[u8], secret: &Secret, dialect: &Dialect) -> Digests {
    let first = first_digest(signing_string, secret, dialect);
    Digests { first: hex_text(&first), sign: hex_text(&md5(&[&first], dialect.digest)) }
}

/// Signs a signing string.
pub fn signature(signing_string: &[u8], secret: &Secret, dialect: &Dialect) -> Hex {
    md5(&[&first_digest(signing_string, secret, dialect)], dialect.digest)
}

fn first_digest(signing_string: &[u8], secret: &Secret, dialect: &Dialect) -> Hex {
    md5(&[signing_string, secret.expose().as_bytes()], dialect.digest)
}

/// The envelope's `sign` for `body`.
pub fn sign(body: &Map, secret: &Secret, dialect: &Dialect) -> String {
    hex_text(&signature(signing_string(body, dialect).as_bytes(), secret, dialect))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Nested;

    fn signed(text: &str, nested: Nested) -> String {
        signing_string(&Map::parse(text).unwrap(), &Dialect { nested, ..Dialect::default() })
    }

    #[test]
    fn nested_values_in_both_dialects() {
        let body = r#"{"l":["b","a",null],"m":{"z":"","a":{"k":1}},"t":"x"}"#;
        assert_eq!(signed(body, Nested::Java), "L=[B, A, NULL]&M={Z=, A={K=1}}&T=X");
        assert_eq!(signed(body, Nested::Json), r#"L=["B","A",NULL]&M={"Z":"","A":{"K":1}}&T=X"#);
    }

    #[test]
    fn empties_are_left_out() {
        assert_eq!(signed(r#"{"d":[],"c":{},"b":"","a":null,"z":0,"f":false}"#, Nested::Java), "F=FALSE&Z=0");
    }

    #[test]
    fn the_digest_case_reaches_both_digests() {
        let secret = Secret::parse("md5SecretKey", "s").unwrap();
        let upper = Dialect { digest: crate::crypto::HexCase::Upper, ..Dialect::default() };
        let Digests { first, sign } = digests(b"A=1", &secret, &upper);
        assert_eq!(first, first.to_uppercase());
        assert_eq!(sign, crate::crypto::md5_hex(first.as_bytes()).to_uppercase());
        assert_ne!(sign, digests(b"A=1", &secret, &Dialect::default()).sign.to_uppercase());
    }
}
