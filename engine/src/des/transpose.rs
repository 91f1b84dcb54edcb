//! Blocks into bits and back: 64 blocks are a square of 64 by 64 bits, whose rows become its columns.

use super::word::Word;

/// Block by block as numbers, 64 to a lane; where there are fewer, zeros.
pub(super) fn load<W: Word>(blocks: &[[u8; 8]]) -> [W; 64] {
    core::array::from_fn(|row| {
        W::from_lanes(|lane| blocks.get(64 * lane + row).map_or(0, |block| u64::from_be_bytes(*block)))
    })
}

/// Back into as many blocks as there are.
pub(super) fn store<W: Word>(mut rows: [W; 64], blocks: &mut [[u8; 8]]) {
    transpose(&mut rows);
    for (row, word) in rows.into_iter().enumerate() {
        word.each_lane(|lane, number| {
            if let Some(block) = blocks.get_mut(64 * lane + row) {
                *block = number.to_be_bytes();
            }
        });
    }
}

/// The first row's most significant bit stays; the upper right quarter changes places with the lower left one, and so on
/// within each quarter, down to single bits.
#[inline(never)]
pub(super) fn transpose<W: Word>(rows: &mut [W; 64]) {
    let (mut size, mut mask) = (32, u64::MAX >> 32);
    while size > 0 {
        for both in rows.chunks_exact_mut(2 * size) {
            let (upper, lower) = both.split_at_mut(size);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let differing = (*upper ^ (*lower >> size as u32)) & W::splat(mask);
                *upper = *upper ^ differing;
                *lower = *lower ^ (differing << size as u32);
            }
        }
        size /= 2;
        mask ^= mask << size;
    }
}
