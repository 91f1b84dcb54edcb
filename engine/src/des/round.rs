//! One of the sixteen rounds.

use super::sboxes::{s1, s2, s3, s4, s5, s6, s7, s8};
use super::schedule::RoundKey;
use super::tables::{E, P};
use super::word::Word;

/// Adds f(`right`, `key`) to `left` (section "The Cipher Function f").
#[inline(never)]
pub(super) fn round<W: Word>(left: &mut [W; 32], right: &[W; 32], key: &RoundKey) {
    let input = |entry: usize| right[E[entry] as usize] ^ W::splat(key[entry]);
    let six = |s: usize| core::array::from_fn(|entry| input(6 * s + entry));
    let outputs = [s1(six(0)), s2(six(1)), s3(six(2)), s4(six(3)), s5(six(4)), s6(six(5)), s7(six(6)), s8(six(7))];
    for (word, bit) in left.iter_mut().zip(P) {
        *word = *word ^ outputs[bit as usize / 4][bit as usize % 4];
    }
}
