//! From the parameters of an endpoint to the string that is signed, and the signature (document section 5.1).

use aigobo_engine::{body, text};

use crate::crypto::Md5Text;
use crate::dialect::{Dialect, Nested};
use crate::error::Error;
use crate::prelude::*;
use crate::secret::Secret;
use crate::upper::upper_case;
use crate::value::{Map, Value};

/// S1 in upper case: the non-empty parameters sorted by name as `K1=V1&K2=V2`, values raw. The secret is
/// not part of it, but a buyer's data is: don't log it.
pub fn signing_string(body: &Map, dialect: &Dialect) -> String {
    let mut joined = String::new();
    for (index, (name, value)) in signed_fields(body).into_iter().enumerate() {
        if index > 0 {
            joined.push('&');
        }
        joined.push_str(name);
        joined.push('=');
        print(value, dialect.nested, &mut joined);
    }
    // Full Unicode (ß → SS), independent of locale: what Java's toUpperCase does.
    upper_case(&joined)
}

/// A body as it is sent and as it is signed.
pub struct Canonical {
    /// Compact JSON: what is encrypted.
    pub json: String,
    /// The [`signing_string`], in UTF-8.
    pub signed: Vec<u8>,
}

impl Canonical {
    /// Takes a JSON text, which must be an object. Nearly every text is already compact, and is taken as it is; of any
    /// other a [`Map`] is made.
    ///
    /// # Errors
    /// Those of [`Map::parse`].
    pub fn of(json: String, dialect: &Dialect) -> Result<Self, Error> {
        let nested = match dialect.nested {
            Nested::Java => body::Nested::Java,
            Nested::Json => body::Nested::Json,
        };
        let Some(mut signed) = body::joined(&json, nested) else {
            let map = Map::parse(&json)?;
            return Ok(Self { json: map.to_json(), signed: signing_string(&map, dialect).into_bytes() });
        };
        if !text::upper_case(&mut signed) {
            signed = upper_case(&String::from_utf8_lossy(&signed)).into_bytes();
        }
        Ok(Self { json, signed })
    }

    /// The envelope's `sign`.
    pub fn sign(&self, secret: &Secret, dialect: &Dialect) -> String {
        digests(&self.signed, secret, dialect).sign
    }
}

/// The fields that take part, in the order of signing.
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

/// Signs a signing string.
pub fn digests(signing_string: &[u8], secret: &Secret, dialect: &Dialect) -> Digests {
    let md5 = Md5Text::default().then(signing_string).then(secret.expose().as_bytes());
    let first = md5.hex(dialect.digest);
    let sign = Md5Text::default().then(first.as_bytes()).hex(dialect.digest);
    Digests { first, sign }
}

/// The envelope's `sign` for `body`.
pub fn sign(body: &Map, secret: &Secret, dialect: &Dialect) -> String {
    digests(signing_string(body, dialect).as_bytes(), secret, dialect).sign
}

/// A value at the top level: a text is raw in every dialect.
fn print(value: &Value, nested: Nested, out: &mut String) {
    match (value, nested) {
        (Value::List(_) | Value::Map(_), Nested::Json) => value.write_json(out),
        _ => print_java(value, out),
    }
}

/// What the `toString` of Java's collections prints. Nested names are not sorted, nested empties not left out.
fn print_java(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(literal) => out.push_str(literal),
        Value::Text(text) => out.push_str(text),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, out);
                print_java(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (name, item)) in map.iter().enumerate() {
                separate(index, out);
                out.push_str(name);
                out.push('=');
                print_java(item, out);
            }
            out.push('}');
        }
    }
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push_str(", ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
