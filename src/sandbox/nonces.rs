//! The nonces seen lately.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

/// The nonces of the last minutes; the timestamp check refuses older envelopes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Nonces {
    seen: BTreeSet<String>,
    by_age: VecDeque<(i64, String)>,
}

impl Nonces {
    /// Whether `nonce` is new; remembers it for `keep_ms`.
    pub(super) fn admit(&mut self, nonce: &str, now: i64, keep_ms: i64) -> bool {
        while let Some((_, old)) = self.by_age.pop_front_if(|(since, _)| now.saturating_sub(*since) > keep_ms) {
            self.seen.remove(&old);
        }
        let new = self.seen.insert(nonce.to_owned());
        if new {
            self.by_age.push_back((now, nonce.to_owned()));
        }
        new
    }
}
