//! Decides what to do when the network, the gateway or the caller misbehaves. The decisions are pure: the caller passes
//! in time and chance, and does the waiting.

mod clock;
mod failure;
mod pace;
mod retry;
mod retry_after;

pub use clock::GatewayClock;
pub use pace::{Asked, Pace, Priority, Quota, Ticket};
pub use retry::{Allowed, Limits, Tries, Verdict};
pub use retry_after::retry_after_ms;
