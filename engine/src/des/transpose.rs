//! Turns blocks into bits and back: 64 blocks are a square of 64 by 64 bits, whose rows become its columns.

use super::word::Word;

/// Loads the blocks as numbers, 64 to a lane; missing blocks are zeros.
pub(super) fn load<W: Word>(blocks: &[[u8; 8]], rows: &mut [W]) {
    for (row, word) in rows.iter_mut().enumerate() {
        *word = W::from_lanes(|lane| blocks.get(64 * lane + row).map_or(0, |block| u64::from_le_bytes(*block)));
    }
}

/// Stores the numbers back into `blocks`.
pub(super) fn store<W: Word>(rows: &[W], blocks: &mut [[u8; 8]]) {
    for (row, word) in rows.iter().enumerate() {
        word.each_lane(|lane, number| {
            if let Some(block) = blocks.get_mut(64 * lane + row) {
                *block = number.to_le_bytes();
            }
        });
    }
}

/// The side of the squares in which blocks are transposed: few blocks take a fraction of the steps in a smaller square.
pub(super) fn side(blocks: usize) -> usize {
    blocks.next_power_of_two().clamp(16, 64)
}

/// From rows to columns, which are chosen by `table`. A smaller square's columns continue in the square to its right, so
/// they are moved to the left; the bits to the right of the blocks' bits do not matter then.
pub(super) fn spread<W: Word>(rows: &mut [W], table: &[u8; 64], columns: &mut [W]) {
    transpose(rows);
    for (column, place) in columns.iter_mut().zip(table) {
        let (row, to_its_left) = square(usize::from(*place), rows.len());
        *column = rows[row] << to_its_left;
    }
}

/// From columns, which are chosen by `table`, to rows.
pub(super) fn gather<W: Word>(columns: &[W], table: &[u8; 64], rows: &mut [W]) {
    rows.fill(W::splat(0));
    let left = W::splat(u64::MAX << (64 - rows.len()));
    for (place, column) in table.iter().enumerate() {
        let (row, to_its_left) = square(place, rows.len());
        rows[row] = rows[row] | (columns[usize::from(*column)] & left) >> to_its_left;
    }
    transpose(rows);
}

/// The row of a column in its square, and how many columns lie in the squares to its left.
fn square(column: usize, side: usize) -> (usize, u32) {
    // The side is a power of two.
    let row = column & (side - 1);
    (row, (column - row) as u32)
}

/// The first row's most significant bit stays. The upper right quarter swaps places with the lower left one, and so on
/// within each quarter, down to single bits.
fn transpose<W: Word>(rows: &mut [W]) {
    let mut size = rows.len() / 2;
    while size > 0 {
        exchange(rows, size);
        size /= 2;
    }
}

#[inline(never)]
fn exchange<W: Word>(rows: &mut [W], size: usize) {
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
