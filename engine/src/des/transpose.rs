//! Blocks into bits and back: 64 blocks are a square of 64 by 64 bits, whose rows become its columns.

use super::word::Word;

/// Block by block as numbers, 64 to a lane; where there are fewer, zeros.
pub(super) fn load<W: Word>(blocks: &[[u8; 8]], rows: &mut [W; 64]) {
    for (row, word) in rows.iter_mut().enumerate() {
        *word = W::from_lanes(|lane| blocks.get(64 * lane + row).map_or(0, |block| u64::from_le_bytes(*block)));
    }
}

/// Back into as many blocks as there are.
pub(super) fn store<W: Word>(rows: &[W; 64], blocks: &mut [[u8; 8]]) {
    for (row, word) in rows.iter().enumerate() {
        word.each_lane(|lane, number| {
            if let Some(block) = blocks.get_mut(64 * lane + row) {
                *block = number.to_le_bytes();
            }
        });
    }
}

/// The first row's most significant bit stays; the upper right quarter changes places with the lower left one, and so on
/// within each quarter, down to single bits.
pub(super) fn transpose<W: Word>(rows: &mut [W; 64]) {
    for size in [32, 16, 8, 4, 2, 1] {
        exchange(rows, size);
    }
}

#[inline(never)]
fn exchange<W: Word>(rows: &mut [W; 64], size: usize) {
    let by = size as u32;
    // The right half of each 2 * size bits.
    let right = W::splat(u64::MAX / ((1 << size) + 1));
    for both in rows.chunks_exact_mut(2 * size) {
        let (upper, lower) = both.split_at_mut(size);
        for (upper, lower) in upper.iter_mut().zip(lower) {
            let differing = (*upper ^ (*lower >> by)) & right;
            *upper = *upper ^ differing;
            *lower = *lower ^ (differing << by);
        }
    }
}
