//! The round keys, each bit as a mask.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::tables::{PC1, PC2, SHIFTS};

/// One round's key: each bit as a word of nothing but that bit.
pub(super) type RoundKey = [u64; 48];

/// The sixteen round keys in the order in which they are applied; wiped when dropped. It holds 6 KiB: make it where it
/// is used.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Schedule([RoundKey; 16]);

impl Schedule {
    /// To encipher under the 8-byte key, whose parity bits are ignored.
    pub fn to_encrypt(key: [u8; 8]) -> Self {
        let mut schedule = Self([[0; 48]; 16]);
        let key = u64::from_be_bytes(key);
        let chosen = PC1.iter().fold(0, |chosen, bit| chosen << 1 | key >> (63 - bit) & 1);
        let (mut c, mut d) = (chosen >> 28, chosen & HALF);
        for (round_key, shift) in schedule.0.iter_mut().zip(SHIFTS) {
            (c, d) = (turned(c, shift), turned(d, shift));
            for (mask, bit) in round_key.iter_mut().zip(PC2) {
                *mask = 0u64.wrapping_sub((c << 28 | d) >> (55 - bit) & 1);
            }
        }
        schedule
    }

    /// To decipher: the same keys from the last to the first.
    pub fn to_decrypt(key: [u8; 8]) -> Self {
        let mut schedule = Self::to_encrypt(key);
        schedule.0.reverse();
        schedule
    }

    /// The keys of two rounds at a time.
    pub(super) fn rounds(&self) -> &[[RoundKey; 2]] {
        self.0.as_chunks().0
    }
}

const HALF: u64 = (1 << 28) - 1;

/// 28 bits turned to the left.
const fn turned(half: u64, by: u32) -> u64 {
    (half << by | half >> (28 - by)) & HALF
}
