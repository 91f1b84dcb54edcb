//! Nonces: unpredictable, and new for every request.

use core::cell::RefCell;

use aigobo_engine::text::push_hex;

use crate::error::Error;
use crate::prelude::*;

/// As many random bits as a UUID has room for.
type Bits = [u8; 16];

/// What nonces are made of, drawn for several at once: a crossing for each would be a tenth of a small envelope's time.
#[derive(Default)]
pub(super) struct Nonces(RefCell<Vec<Bits>>);

impl Nonces {
    /// A nonce of 32 hex digits.
    pub(super) fn next(&self) -> Result<String, Error> {
        let mut drawn = self.0.borrow_mut();
        if drawn.is_empty() {
            let mut fresh = [Bits::default(); 32];
            getrandom::fill(fresh.as_flattened_mut()).map_err(|_| {
                Error::config("nonce", "this runtime has no crypto.getRandomValues; pass a nonce of your own")
            })?;
            drawn.extend(fresh);
        }
        let mut nonce = String::new();
        push_hex(&drawn.pop().unwrap_or_default(), false, &mut nonce);
        Ok(nonce)
    }
}
