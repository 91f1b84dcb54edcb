//! Records calls for tests, without people and without keys, and serves them again.
//!
//! Each text that says who somebody is, or which contract is meant, is replaced by another of the same form; the same
//! text always gets the same replacement ([`pseudonym`]). The endpoints' own tables say which texts those are
//! ([`masker`]). Serving needs no keys of the account: a test's own texts are matched with the recorded ones as the
//! calls come in ([`replay`]).

mod address;
mod file;
mod keys;
mod masker;
mod pseudonym;
mod recorder;
mod replay;
mod shapes;
mod unify;

pub use recorder::Recorder;
pub use replay::{Refusal, Replay, Served};
pub use unify::Difference;
