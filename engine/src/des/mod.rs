//! DES (FIPS 46-3) in ECB, bitsliced: a word holds one bit of each of 64 or more blocks, the permutations become a choice
//! of words, and the S-boxes boolean formulas. No table is read and no branch taken by data or key: it is constant-time.
//!
//! Bits are numbered here from 0, where the standard numbers them from 1, the most significant first.
#![expect(clippy::indexing_slicing, reason = "an index comes from a table or counts to a constant, never from data")]

mod round;
mod sboxes;
mod schedule;
mod tables;
mod transpose;
mod word;

pub use schedule::Schedule;
pub use word::{Wide, Word};

use tables::{INPUT, OUTPUT};

/// How many blocks a word of type `W` takes at once: what is left of a batch costs a whole one.
pub const fn batch<W: Word>() -> usize {
    64 * W::LANES
}

impl Schedule {
    /// Enciphers or deciphers, as the schedule was made for, each of `blocks` by itself: 64 at once.
    pub fn apply(&self, blocks: &mut [[u8; 8]]) {
        // Not generic, because generic code is compiled in the crate that uses it, and there for size.
        self.apply_by::<u64>(blocks);
    }

    /// The same by words of another type.
    pub fn apply_by<W: Word>(&self, blocks: &mut [[u8; 8]]) {
        let mut bits = [W::splat(0); 64];
        for batch in blocks.chunks_mut(batch::<W>()) {
            transpose::load(batch, &mut bits);
            transpose::transpose(&mut bits);
            self.sixteen_rounds(&mut bits);
            transpose::transpose(&mut bits);
            transpose::store(&bits, batch);
        }
    }

    /// The standard's figure 1, on a bit of all blocks at once.
    fn sixteen_rounds<W: Word>(&self, bits: &mut [W; 64]) {
        let mut halves = [[W::splat(0); 32]; 2];
        permute(bits, &INPUT, halves.as_flattened_mut());
        let [left, right] = &mut halves;
        for [odd, even] in self.rounds() {
            // Instead of swapping the halves after each round, every second one is run with them swapped.
            round::round(left, right, odd);
            round::round(right, left, even);
        }
        permute(halves.as_flattened(), &OUTPUT, bits);
    }
}

#[inline(never)]
fn permute<W: Word>(from: &[W], table: &[u8; 64], to: &mut [W]) {
    for (word, bit) in to.iter_mut().zip(table) {
        *word = from[*bit as usize];
    }
}
