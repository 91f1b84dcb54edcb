//! Calls written down for tests without people and without keys, and served again.
//!
//! Each text that says who somebody is, or which contract is meant, is replaced by another of the same form, always the
//! same for the same text ([`pseudonym`]); which texts those are the endpoints' own tables say ([`masker`]). Serving
//! needs no key of the account: a test's own texts are matched with the recorded ones as it goes ([`replay`]).

mod address;
mod file;
mod keys;
mod masker;
mod pseudonym;
mod recorder;
mod replay;
mod unify;

pub use recorder::Recorder;
pub use replay::{Refusal, Replay, Served};
pub use unify::Difference;
