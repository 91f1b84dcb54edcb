//! One of the sixteen rounds.

use super::sboxes::{s1, s2, s3, s4, s5, s6, s7, s8};
use super::schedule::RoundKey;
use super::tables::{E, P_INVERSE};
use super::word::Word;

/// Adds f(`right`, `key`) to `left` (section "The Cipher Function f").
#[inline(never)]
pub(super) fn round<W: Word>(left: &mut [W; 32], right: &[W; 32], key: &RoundKey) {
    let six = |s: usize| core::array::from_fn(|i| right[E[6 * s + i] as usize] ^ W::splat(key[6 * s + i]));
    let mut add = |s: usize, four: [W; 4]| {
        for (i, output) in four.into_iter().enumerate() {
            let word = &mut left[P_INVERSE[4 * s + i] as usize];
            *word = *word ^ output;
        }
    };
    add(0, s1(six(0)));
    add(1, s2(six(1)));
    add(2, s3(six(2)));
    add(3, s4(six(3)));
    add(4, s5(six(4)));
    add(5, s6(six(5)));
    add(6, s7(six(6)));
    add(7, s8(six(7)));
}
