//! Nonces: unpredictable, and new for every request.

use core::cell::RefCell;

use aigobo_engine::text::hex;

use crate::crypto::{Hex, hex_text};
use crate::error::Error;
use crate::prelude::*;

/// As many random bits as a UUID holds.
type Bits = [u8; 16];

/// What nonces are made of, drawn for several at once: a crossing for each would be a tenth of a small envelope's time.
#[derive(Default)]
pub(super) struct Nonces(RefCell<Vec<Bits>>);

impl Nonces {
    /// Takes random bytes.
    pub(super) fn supply(&self, random: &[u8]) {
        self.0.borrow_mut().extend_from_slice(random.as_chunks().0);
    }

    /// A nonce.
    pub(super) fn next(&self) -> Result<String, Error> {
        self.digits().map(|digits| hex_text(&digits))
    }

    /// Its 32 hex digits.
    pub(super) fn digits(&self) -> Result<Hex, Error> {
        #[cfg(feature = "client")]
        self.draw();
        let bits = self.0.borrow_mut().pop();
        let bits = bits.ok_or_else(|| {
            Error::config("nonce", "this runtime has no crypto.getRandomValues; pass a nonce of your own")
        })?;
        Ok(hex(&bits, false))
    }

    /// Where nothing is left.
    #[cfg(feature = "client")]
    fn draw(&self) {
        if self.0.borrow().is_empty() {
            let mut fresh = [Bits::default(); 128];
            if getrandom::fill(fresh.as_flattened_mut()).is_ok() {
                self.supply(fresh.as_flattened());
            }
        }
    }
}
