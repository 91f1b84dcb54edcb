//! The calls, as people want to see them: decrypted, with the signing string, and the reason of a refusal.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::canonical::{digests, signing_string};
use crate::crypto;
use crate::envelope::Envelope;
use crate::sandbox::Config;
use crate::value::{Map, Value};

/// How many calls are remembered, and up to how many bytes of a body.
const KEPT: usize = 500;
const LONGEST: usize = 32 << 10;

/// A call as it came: it is decoded when somebody looks.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Call {
    at: i64,
    path: String,
    envelope: Option<Parts>,
    pub(super) code: String,
    pub(super) message: String,
    /// The fault that was applied.
    pub(super) fault: Option<String>,
}

/// The parts of an envelope that people ask for.
#[derive(Debug, Serialize, Deserialize)]
struct Parts {
    nonce: String,
    timestamp: i64,
    sign: String,
    /// None if it was too long to keep.
    request_body: Option<String>,
}

impl Call {
    pub(super) fn new(path: &str, envelope: Option<&Envelope>, at: i64) -> Self {
        let parts = envelope.map(|envelope| Parts {
            nonce: envelope.nonce.clone(),
            timestamp: envelope.timestamp,
            sign: envelope.sign.chars().take(64).collect(),
            request_body: (envelope.request_body.len() <= LONGEST).then(|| envelope.request_body.clone()),
        });
        let path = path.chars().take(200).collect();
        Self { at, path, envelope: parts, code: String::new(), message: String::new(), fault: None }
    }

    fn describe(&self, id: i64, config: &Config) -> Map {
        let mut map = Map::new();
        map.push("id", id.into());
        map.push("at", self.at.into());
        map.push("path", self.path.as_str().into());
        if let Some(endpoint) = crate::endpoints::by_path(&self.path) {
            map.push("endpoint", endpoint.name.into());
        }
        map.push("code", self.code.as_str().into());
        map.push("message", self.message.as_str().into());
        if let Some(fault) = &self.fault {
            map.push("fault", fault.as_str().into());
        }
        let Some(Parts { nonce, timestamp, sign, request_body }) = &self.envelope else { return map };
        map.push("nonce", nonce.as_str().into());
        map.push("timestamp", (*timestamp).into());
        map.push("sign", sign.as_str().into());
        let credentials = &config.credentials;
        let text = request_body.as_ref().and_then(|text| crypto::decrypt(text, &credentials.des_key).ok());
        let body = text.as_deref().and_then(|text| Map::parse(text).ok());
        match (text, body) {
            (_, Some(body)) => {
                let signed = signing_string(&body, &config.dialect);
                let expected = digests(signed.as_bytes(), &credentials.md5_secret, &config.dialect).sign;
                map.push("body", Value::Map(body));
                map.push("signingString", signed.into());
                map.push("expectedSign", expected.into());
            }
            (Some(text), None) => map.push("body", text.as_str().into()),
            (None, None) => {}
        }
        map
    }
}

/// The latest calls, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Log {
    calls: VecDeque<Call>,
    count: i64,
}

impl Log {
    pub(super) fn push(&mut self, call: Call) {
        self.calls.push_back(call);
        self.count += 1;
        if self.calls.len() > KEPT {
            self.calls.pop_front();
        }
    }

    /// The latest, oldest first.
    pub(super) fn snapshot(&self, config: &Config, latest: usize) -> Value {
        let first = self.count - i64::try_from(self.calls.len()).unwrap_or(0);
        let skipped = self.calls.len().saturating_sub(latest);
        let rows = (first..).zip(&self.calls).skip(skipped).map(|(id, call)| Value::Map(call.describe(id, config)));
        Value::List(rows.collect())
    }
}
