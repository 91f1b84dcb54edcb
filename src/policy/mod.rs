//! What to do when the network, the gateway or the caller misbehaves: pure decisions. Time and chance are handed
//! in; whoever asks does the waiting.

mod clock;
mod failure;
mod pace;
mod retry;
mod retry_after;

pub use clock::GatewayClock;
pub use pace::{Asked, Pace, Priority, Quota, Ticket};
pub use retry::{Allowed, Limits, Tries, Verdict};
pub use retry_after::retry_after_ms;
