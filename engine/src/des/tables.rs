//! The standard's permutations: each entry says which bit of the input becomes that bit of the output. The tables count
//! from 1, as the standard prints them, and are compiled to indices from 0.

/// Initial permutation (section "Enciphering").
const IP: [u8; 64] = from_zero([
    58, 50, 42, 34, 26, 18, 10, 2, //
    60, 52, 44, 36, 28, 20, 12, 4, //
    62, 54, 46, 38, 30, 22, 14, 6, //
    64, 56, 48, 40, 32, 24, 16, 8, //
    57, 49, 41, 33, 25, 17, 9, 1, //
    59, 51, 43, 35, 27, 19, 11, 3, //
    61, 53, 45, 37, 29, 21, 13, 5, //
    63, 55, 47, 39, 31, 23, 15, 7, //
]);

/// IP for blocks read as little-endian numbers, so that their bytes need not be reversed.
pub(super) static INPUT: [u8; 64] = flipped(IP, 56);

/// The inverse of IP ("Enciphering"). The standard's preoutput is R16 L16; here the halves are L16 R16.
pub(super) static OUTPUT: [u8; 64] = flipped(inverse(INPUT), 32);

/// E bit-selection table ("The Cipher Function f"): the six inputs of each S-box.
pub(super) const E: [u8; 48] = from_zero([
    32, 1, 2, 3, 4, 5, //
    4, 5, 6, 7, 8, 9, //
    8, 9, 10, 11, 12, 13, //
    12, 13, 14, 15, 16, 17, //
    16, 17, 18, 19, 20, 21, //
    20, 21, 22, 23, 24, 25, //
    24, 25, 26, 27, 28, 29, //
    28, 29, 30, 31, 32, 1, //
]);

/// Permutation P ("The Cipher Function f") of the S-boxes' outputs.
pub(super) const P: [u8; 32] = from_zero([
    16, 7, 20, 21, //
    29, 12, 28, 17, //
    1, 15, 23, 26, //
    5, 18, 31, 10, //
    2, 8, 24, 14, //
    32, 27, 3, 9, //
    19, 13, 30, 6, //
    22, 11, 4, 25, //
]);

/// Where P puts each output of the S-boxes.
pub(super) const P_INVERSE: [u8; 32] = inverse(P);

/// Permuted choice 1 (appendix 1): the 56 bits of the key that count, C before D.
pub(super) static PC1: [u8; 56] = from_zero([
    57, 49, 41, 33, 25, 17, 9, //
    1, 58, 50, 42, 34, 26, 18, //
    10, 2, 59, 51, 43, 35, 27, //
    19, 11, 3, 60, 52, 44, 36, //
    63, 55, 47, 39, 31, 23, 15, //
    7, 62, 54, 46, 38, 30, 22, //
    14, 6, 61, 53, 45, 37, 29, //
    21, 13, 5, 28, 20, 12, 4, //
]);

/// Permuted choice 2 (appendix 1): the 48 bits of a round's key, out of C and D.
pub(super) static PC2: [u8; 48] = from_zero([
    14, 17, 11, 24, 1, 5, //
    3, 28, 15, 6, 21, 10, //
    23, 19, 12, 4, 26, 8, //
    16, 7, 27, 20, 13, 2, //
    41, 52, 31, 37, 47, 55, //
    30, 40, 51, 45, 33, 48, //
    44, 49, 39, 56, 34, 53, //
    46, 42, 50, 36, 29, 32, //
]);

/// How far C and D rotate to the left before each round (appendix 1).
pub(super) static SHIFTS: [u8; 16] = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

const fn from_zero<const N: usize>(mut table: [u8; N]) -> [u8; N] {
    let mut entry = 0;
    while entry < N {
        table[entry] -= 1;
        entry += 1;
    }
    table
}

const fn inverse<const N: usize>(table: [u8; N]) -> [u8; N] {
    let mut inverse = [0; N];
    let mut bit = 0;
    while bit < N {
        inverse[table[bit] as usize] = bit as u8;
        bit += 1;
    }
    inverse
}

/// Flips `bits` in each entry: 56 reverses the order of the bytes, 32 that of the halves.
const fn flipped(mut table: [u8; 64], bits: u8) -> [u8; 64] {
    let mut entry = 0;
    while entry < 64 {
        table[entry] ^= bits;
        entry += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    fn sorted<const N: usize>(table: [u8; N]) -> Vec<u8> {
        let mut table = table.to_vec();
        table.sort_unstable();
        table
    }

    #[test]
    fn the_initial_permutation_takes_the_columns_from_right_to_left_even_ones_first() {
        for (row, bits) in IP.chunks(8).enumerate() {
            let column = [1, 3, 5, 7, 0, 2, 4, 6][row];
            let bottom_up: Vec<u8> = (0..8).rev().map(|byte| 8 * byte + column).collect();
            assert_eq!(bits, bottom_up);
        }
    }

    #[test]
    fn each_box_shares_its_outer_inputs_with_its_neighbours() {
        for (s, bits) in E.chunks(6).enumerate() {
            let around: Vec<u8> = (0..6).map(|input| ((4 * s + input + 31) % 32) as u8).collect();
            assert_eq!(bits, around);
        }
    }

    #[test]
    fn each_box_reaches_six_others_in_the_next_round() {
        assert_eq!(sorted(P), (0..32).collect::<Vec<u8>>());
        for s in 0..8 {
            let places: Vec<u8> = (0..32).filter(|bit| P[usize::from(*bit)] / 4 == s).collect();
            let mut reached: Vec<_> =
                (0..48).filter(|input| places.contains(&E[*input])).map(|input| input / 6).collect();
            reached.dedup();
            assert_eq!(reached.len(), 6, "S{} reaches {reached:?}", s + 1);
            assert!(!reached.contains(&usize::from(s)));
        }
    }

    #[test]
    fn the_first_choice_leaves_the_parity_bits_out() {
        assert_eq!(sorted(PC1), (0..64).filter(|bit| bit % 8 != 7).collect::<Vec<u8>>());
        let column = |column| (0..8).rev().map(move |byte: u8| 8 * byte + column);
        let c = (0..4).flat_map(column).take(28);
        let d = [6, 5, 4].into_iter().flat_map(column).chain([27, 19, 11, 3]);
        assert_eq!(PC1.to_vec(), c.chain(d).collect::<Vec<u8>>());
    }

    #[test]
    fn the_second_choice_leaves_out_four_bits_of_each_half() {
        let left_out = [9, 18, 22, 25, 35, 38, 43, 54].map(|bit| bit - 1);
        assert_eq!(sorted(PC2), (0..56).filter(|bit| !left_out.contains(bit)).collect::<Vec<u8>>());
        assert!(PC2[..24].iter().all(|bit| *bit < 28));
    }

    #[test]
    fn the_halves_of_the_key_turn_once_around() {
        assert_eq!(SHIFTS.iter().sum::<u8>(), 28);
    }
}
