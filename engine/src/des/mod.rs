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

use tables::IP;

/// How many blocks a word of type `W` takes at once: what is left of a batch costs a whole one.
pub const fn batch<W: Word>() -> usize {
    64 * W::LANES
}

impl Schedule {
    /// Enciphers or deciphers, as the schedule was made for, each of `blocks` by itself.
    pub fn apply<W: Word>(&self, blocks: &mut [[u8; 8]]) {
        for batch in blocks.chunks_mut(batch::<W>()) {
            let mut bits = transpose::load::<W>(batch);
            transpose::transpose(&mut bits);
            let bits = self.blocks(&bits);
            transpose::store(bits, batch);
        }
    }

    /// The standard's figure 1, on a bit of all blocks at once.
    #[inline(always)]
    fn blocks<W: Word>(&self, input: &[W; 64]) -> [W; 64] {
        let mut left = core::array::from_fn(|bit| input[IP[bit] as usize]);
        let mut right = core::array::from_fn(|bit| input[IP[bit + 32] as usize]);
        for [odd, even] in self.rounds() {
            // Instead of swapping the halves each round, every second one is run with them swapped.
            round::round(&mut left, &right, odd);
            round::round(&mut right, &left, even);
        }
        let mut output = *input;
        for (bit, word) in right.into_iter().chain(left).enumerate() {
            output[IP[bit] as usize] = word;
        }
        output
    }
}
