//! DES (FIPS 46-3) in ECB, bitsliced: a word holds one bit of each of 64 blocks, so the permutations become a choice
//! of words and the S-boxes boolean formulas. No table access and no branch depends on data or key, so the time does
//! not depend on them either.
//!
//! Bits are numbered from 0 (the standard numbers them from 1); the most significant comes first.
#![expect(clippy::indexing_slicing, reason = "an index comes from a table or counts to a constant, never from data")]

mod round;
mod sboxes;
mod schedule;
mod tables;
mod transpose;
mod word;

use alloc::boxed::Box;
use core::mem::swap;

use zeroize::Zeroize as _;

#[cfg(target_feature = "simd128")]
pub use word::Simd;
pub use word::{Wide, Word};

use round::round;
use schedule::{RoundKey, schedule};
use tables::{INPUT, OUTPUT};

/// A key, as masks for every bit of its sixteen rounds: 6 KiB, wiped when dropped.
#[derive(Clone)]
pub struct Des([RoundKey; 16]);

impl Des {
    /// Takes the 8-byte key and ignores its parity bits. By reference and boxed, because a move leaves a copy behind.
    pub fn new(key: &[u8; 8]) -> Box<Self> {
        let mut des = Box::new(Self([[0; 48]; 16]));
        schedule(key, &mut des.0);
        des
    }

    /// Enciphers each of `blocks` separately, 64 at once: fewer take nearly as long.
    // Not generic: generic code is compiled in the crate that uses it, which is compiled for size.
    pub fn encrypt(&self, blocks: &mut [[u8; 8]]) {
        self.run::<u64>(blocks, FORWARDS);
    }

    /// Deciphers each of `blocks` separately.
    pub fn decrypt(&self, blocks: &mut [[u8; 8]]) {
        self.run::<u64>(blocks, BACKWARDS);
    }

    /// Enciphers with words of another type, as many blocks at once as the word has bits.
    pub fn encrypt_by<W: Word>(&self, blocks: &mut [[u8; 8]]) {
        self.run::<W>(blocks, FORWARDS);
    }

    /// Deciphers with words of another type.
    pub fn decrypt_by<W: Word>(&self, blocks: &mut [[u8; 8]]) {
        self.run::<W>(blocks, BACKWARDS);
    }

    fn run<W: Word>(&self, blocks: &mut [[u8; 8]], order: usize) {
        let mut rows = [W::splat(0); 64];
        let mut halves = [[W::splat(0); 32]; 2];
        for batch in blocks.chunks_mut(64 * W::LANES) {
            let rows = &mut rows[..transpose::side(batch.len())];
            transpose::load(batch, rows);
            transpose::spread(rows, &INPUT, halves.as_flattened_mut());
            self.sixteen_rounds(&mut halves, order);
            transpose::gather(halves.as_flattened(), &OUTPUT, rows);
            transpose::store(rows, batch);
        }
        // After enciphering only the output is left here, which is no secret.
        if order == BACKWARDS {
            wipe(&mut rows);
            wipe(halves.as_flattened_mut());
        }
    }

    /// The standard's figure 1, on one bit of all blocks at once.
    fn sixteen_rounds<W: Word>(&self, halves: &mut [[W; 32]; 2], order: usize) {
        let [mut left, mut right] = halves.each_mut();
        for number in 0..16 {
            round(left, right, &self.0[number ^ order]);
            swap(&mut left, &mut right);
        }
    }
}

impl Drop for Des {
    fn drop(&mut self) {
        self.0.as_flattened_mut().zeroize();
    }
}

/// Combined with a round's number to find its key: `15 - number` is `number ^ 15`.
const FORWARDS: usize = 0;
const BACKWARDS: usize = 15;

/// Cold, so that it is compiled for size.
#[cold]
#[inline(never)]
fn wipe<W: Word>(words: &mut [W]) {
    words.zeroize();
}
