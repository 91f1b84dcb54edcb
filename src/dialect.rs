//! Where the document is silent or contradicts itself: what may have to be said differently, as data.

use serde::{Deserialize, Serialize};

use crate::crypto::HexCase;

/// How this distributor's gateway wants to be spoken to. The default is what the live platform takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// A JSON body: what the public client does against the live platform.
    #[default]
    Json,
    /// A form body, `application/x-www-form-urlencoded`.
    Form,
    /// In the query string with an empty body: what the document's section 2 says.
    Query,
}

/// How a nested value is printed for the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nested {
    /// As Java's collections print themselves: `{k=v, k=v}` and `[v, v]`.
    #[default]
    Java,
    /// As compact JSON.
    Json,
}
