//! The round keys (appendix 1), each bit as a mask.

use super::tables::{PC1, PC2, SHIFTS};

/// One round's key: each bit as a word that repeats it.
pub(super) type RoundKey = [u64; 48];

/// Fills in the sixteen round keys of the 8-byte `key`, and ignores its parity bits.
pub(super) fn schedule(key: &[u8; 8], rounds: &mut [RoundKey; 16]) {
    let key = u64::from_be_bytes(*key);
    let chosen = PC1.iter().fold(0, |chosen, bit| chosen << 1 | key >> (63 - bit) & 1);
    let (mut c, mut d) = (chosen >> 28, chosen & HALF);
    for (round, shift) in rounds.iter_mut().zip(&SHIFTS) {
        (c, d) = (turned(c, *shift), turned(d, *shift));
        // The 56 bits are at the top, so that each can be shifted to the sign bit and from there over the whole word.
        let both = c << 36 | d << 8;
        for (mask, bit) in round.iter_mut().zip(&PC2) {
            *mask = ((both << bit).cast_signed() >> 63).cast_unsigned();
        }
    }
}

const HALF: u64 = (1 << 28) - 1;

/// 28 bits rotated to the left.
const fn turned(half: u64, by: u8) -> u64 {
    (half << by | half >> (28 - by)) & HALF
}
