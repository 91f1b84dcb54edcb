//! A string, and the results of hashing it with a secret.

use alloc::borrow::Cow;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};

use crate::doctor::sign::build::pick;
use crate::doctor::sign::digest::Algorithm;
use crate::doctor::sign::prefix::Prefixes;
use crate::doctor::sign::tail::{CHARSET, Place};
use crate::prelude::*;

/// A string in one encoding and the MD5 state after it, because what follows is short.
pub(super) struct Hashed<'a> {
    pub(super) charset: u16,
    bytes: Cow<'a, [u8]>,
    after: Md5,
}

impl<'a> Hashed<'a> {
    pub(super) fn new(charset: u16, text: &'a str, known: &mut Prefixes) -> Self {
        let bytes = pick(CHARSET, charset).bytes(text);
        let after = known.after(&bytes);
        Self { charset, bytes, after }
    }

    pub(super) fn first(&self, place: Place, secret: &[u8], algorithm: Algorithm, work: &mut u64) -> Vec<u8> {
        let bytes = &*self.bytes;
        let mut all = |pieces: &[&[u8]]| {
            *work += bytes.len() as u64;
            algorithm.hash(pieces)
        };
        match place {
            Place::After(between) if algorithm == Algorithm::Md5 => {
                *work += 64;
                self.after.clone().chain_update(between).chain_update(secret).finalize().to_vec()
            }
            Place::After(between) => all(&[bytes, between.as_bytes(), secret]),
            Place::Before(between) => all(&[secret, between.as_bytes(), bytes]),
            Place::Both => all(&[secret, bytes, secret]),
            Place::Nowhere => all(&[bytes]),
            Place::Field(name) => {
                let upper = String::from_utf8_lossy(secret).to_uppercase();
                all(&[bytes, name.to_uppercase().as_bytes(), upper.as_bytes()])
            }
            Place::Hmac => {
                *work += bytes.len() as u64;
                // An HMAC accepts a key of any length.
                Hmac::<Md5>::new_from_slice(secret)
                    .map(|hmac| hmac.chain_update(bytes).finalize().into_bytes().to_vec())
                    .unwrap_or_default()
            }
        }
    }
}
