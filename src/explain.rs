//! Every step from a body to its envelope, to find out where two programs differ.

use crate::canonical::{digests, joined, signed_fields};
use crate::crypto;
use crate::dialect::Dialect;
use crate::prelude::*;
use crate::secret::Credentials;
use crate::upper::upper_case;
use crate::value::{Map, Value};

/// The steps, in order. It holds the body's data, so it is for a developer's screen and not for a log; it never
/// holds a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The fields that take no part in the signature.
    pub left_out: Vec<LeftOut>,
    /// The names in the order of signing.
    pub order: Vec<String>,
    /// S1 before it is upper-cased.
    pub joined: String,
    /// S1 in upper case.
    pub signing_string: String,
    /// The text that is hashed: S1, then the secret as `***`.
    pub hashed: String,
    /// `md5(S1 + secret)`.
    pub first_digest: String,
    /// `md5(firstDigest)`.
    pub sign: String,
    /// The JSON that is encrypted.
    pub plaintext: String,
    /// Its length in bytes of UTF-8.
    pub plaintext_bytes: usize,
    /// How many bytes of PKCS5 padding follow, 1 to 8.
    pub padding: usize,
    /// base64 of the encrypted JSON.
    pub request_body: String,
}

/// A field that takes no part in the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why: it is null, empty text, an empty list or an empty object.
    pub why: &'static str,
}

impl Explanation {
    /// As JavaScript sees it.
    pub fn into_map(self) -> Map {
        let left_out = self.left_out.into_iter().map(|LeftOut { name, why }| {
            let mut map = Map::new();
            map.push("name", name.into());
            map.push("why", why.into());
            Value::Map(map)
        });
        let mut map = Map::new();
        map.push("leftOut", Value::List(left_out.collect()));
        map.push("order", Value::List(self.order.into_iter().map(Value::Text).collect()));
        map.push("joined", self.joined.into());
        map.push("signingString", self.signing_string.into());
        map.push("hashed", self.hashed.into());
        map.push("firstDigest", self.first_digest.into());
        map.push("sign", self.sign.into());
        map.push("plaintext", self.plaintext.into());
        map.push("plaintextBytes", (self.plaintext_bytes as i64).into());
        map.push("padding", (self.padding as i64).into());
        map.push("requestBody", self.request_body.into());
        map
    }
}

/// Explains how `body` is signed and encrypted.
pub fn explain(body: &Map, credentials: &Credentials, dialect: &Dialect) -> Explanation {
    let left_out = body.iter().filter(|(_, value)| value.is_empty()).map(|(name, value)| LeftOut {
        name: name.to_owned(),
        why: match value {
            Value::Null => "null",
            Value::Text(_) => "empty text",
            Value::List(_) => "empty list",
            _ => "empty object",
        },
    });
    let joined = joined(body, dialect);
    let signing_string = upper_case(&joined);
    let digests = digests(signing_string.as_bytes(), &credentials.md5_secret, dialect);
    let plaintext = body.to_json();
    Explanation {
        left_out: left_out.collect(),
        order: signed_fields(body).into_iter().map(|(name, _)| name.to_owned()).collect(),
        joined,
        hashed: format!("{signing_string}***"),
        first_digest: digests.first,
        sign: digests.sign,
        plaintext_bytes: plaintext.len(),
        padding: 8 - plaintext.len() % 8,
        request_body: crypto::encrypt(plaintext.as_str(), &credentials.des_key),
        signing_string,
        plaintext,
    }
}
