//! The S-boxes as boolean formulas of their six inputs: 353 gates of and, or, exclusive or and and-not.
//!
//! Roman Rusakov made the formulas for John the Ripper (`src/nonstd.c` in Openwall's repository), which says of
//! them: "Being mathematical formulas, they are not copyrighted and are free for reuse by anyone." The layout is this
//! file's own. A test compares each box with the standard's table on all 64 inputs.

use super::word::Word;

/// 49 gates.
#[inline(always)]
pub(super) fn s1<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a1 & !a5;
    let t2 = a4 ^ t1;
    let t3 = a3 | a6;
    let t4 = a1 ^ a3;
    let t5 = t3 & t4;
    let t6 = a4 ^ t5;
    let t7 = t6 & !t2;
    let t8 = a5 ^ a6;
    let t9 = (t2 & !(a3 ^ t8)) ^ (a6 | t5);
    let t10 = t9 & !t7;
    let t11 = a1 | a6;
    let t12 = t9 | t11;
    let t13 = a5 & !t6;
    let t14 = (t13 ^ (a4 & !t11)) | (t8 & !t4);
    let t15 = (t2 ^ t12) & !(a3 & !t1);
    let t16 = !t15 ^ (t3 & t9);
    let out3 = ((t12 ^ t13) & !a2) ^ t16;
    let t17 = t3 ^ (t13 | (t8 ^ t15));
    let t18 = a1 ^ t17;
    let t19 = t16 ^ t18;
    let out1 = (t7 | a2) ^ t19;
    let t20 = t18 ^ (t14 | (t3 ^ t12));
    let out2 = (t10 | a2) ^ (t20 ^ (t8 | t19));
    let t21 = ((a5 | t2) & !t20) ^ (t10 & t18);
    let out4 = (t21 | a2) ^ t14;
    [out1, out2, out3, out4]
}

/// 44 gates.
#[inline(always)]
pub(super) fn s2<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a2 ^ a5;
    let t2 = a5 & !(a1 & !a6);
    let t3 = a2 | t2;
    let t4 = t1 & !a6;
    let t5 = a5 ^ (a1 & t1);
    let t6 = a3 & a6;
    let t7 = t3 & (t2 ^ t4);
    let t8 = a3 & t7;
    let t9 = t8 ^ !a1;
    let t10 = a6 ^ t1;
    let t11 = t10 & !t6;
    let t12 = t9 ^ t11;
    let out2 = (a4 & !(t7 & !t6)) ^ t12;
    let t13 = a2 & !t11;
    let t14 = t5 ^ t13;
    let t15 = a3 ^ t10;
    let t16 = (t9 & !t14) ^ t15;
    let out1 = (t3 & !a4) ^ t16;
    let t17 = t15 | (t8 ^ t13);
    let t18 = t3 ^ t12;
    let t19 = t6 | t18;
    let t20 = t19 & (t16 ^ (t7 ^ t12));
    let t21 = t20 ^ (t1 & t17);
    let out3 = (t21 | a4) ^ (t17 ^ t19);
    let out4 = ((t5 & !t4) | a4) ^ ((t21 & !t14) ^ (t10 | t18));
    [out1, out2, out3, out4]
}

/// 46 gates.
#[inline(always)]
pub(super) fn s3<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a1 & !a2;
    let t2 = a3 ^ a6;
    let t3 = t1 | t2;
    let t4 = a4 ^ a6;
    let t5 = t4 & !a1;
    let t6 = t3 ^ t5;
    let t7 = a2 ^ t2;
    let t8 = t3 ^ (t7 & !a6);
    let t9 = a1 & (a4 | (a6 & t6));
    let t10 = t7 ^ t9;
    let out4 = (t6 & !a5) ^ t10;
    let t11 = a1 ^ a4;
    let t12 = (a3 | (t8 ^ t11)) & !(t2 & t4);
    let t13 = t5 | t11;
    let t14 = a4 & a6;
    let t15 = (t10 & !t13) ^ (t14 & !a2);
    let t16 = a1 ^ ((t7 | t14) & !(t8 & t15));
    let out2 = (t12 & a5) ^ t16;
    let t17 = !t6;
    let t18 = t7 ^ ((a2 | a3) | t17);
    let out1 = (a5 & !(t6 & !t8)) ^ (t13 ^ t18);
    let t19 = t18 | (t10 ^ (a4 & t17));
    let out3 = (t15 | a5) ^ (t19 ^ (t1 ^ t16));
    [out1, out2, out3, out4]
}

/// 33 gates.
#[inline(always)]
pub(super) fn s4<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a1 ^ a3;
    let t2 = a3 ^ a5;
    let t3 = t2 & !(a5 ^ (a2 | a4));
    let t4 = t2 & !a2;
    let t5 = a4 ^ t4;
    let t6 = (t1 | t5) & !t3;
    let t7 = a2 ^ t6;
    let t8 = t5 & t7;
    let t9 = t1 ^ t7;
    let t10 = t3 ^ (t9 & !(t2 & !t8));
    let t11 = a2 ^ a4;
    let t12 = t9 ^ (a5 | t4);
    let t13 = t6 ^ (t12 & !t11);
    let out1 = (a6 & !t10) ^ t13;
    let t14 = !t13;
    let out2 = (t10 & !a6) ^ t14;
    let t15 = t8 | ((t10 ^ t14) & !t11);
    let t16 = t12 ^ t15;
    let out3 = (t7 | a6) ^ t16;
    let out4 = (a6 & t7) ^ t16;
    [out1, out2, out3, out4]
}

/// 48 gates.
#[inline(always)]
pub(super) fn s5<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a1 | a3;
    let t2 = t1 & !a6;
    let t3 = a1 ^ t2;
    let t4 = a3 ^ t3;
    let t5 = a4 | t4;
    let t6 = a3 ^ (t2 & !a4);
    let t7 = a1 | t4;
    let t8 = a4 ^ ((a5 & t6) ^ t7);
    let t9 = a6 ^ t8;
    let t10 = t3 | t9;
    let t11 = a5 & t10;
    let t12 = (t3 ^ t11) ^ (a4 & t7);
    let t13 = t10 & !a1;
    let t14 = t6 ^ t13;
    let t15 = a5 ^ t5;
    let t16 = !(t15 & !t14) & !a2;
    let out3 = t16 ^ t8;
    let t17 = (t12 | (t13 ^ t15)) & !(t6 & !t11);
    let t18 = t15 ^ (t9 & t17);
    let t19 = t11 ^ (t18 | (t6 & t14));
    let out4 = (t19 & a2) ^ t12;
    let t20 = (a1 ^ (t1 ^ t17)) ^ (a4 & t18);
    let out1 = ((t5 & !t17) | a2) ^ t20;
    let t21 = ((t5 ^ t6) & !t20) ^ (t3 ^ t18);
    let out2 = (t5 & a2) ^ t21;
    [out1, out2, out3, out4]
}

/// 46 gates.
#[inline(always)]
pub(super) fn s6<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a1 & (a2 | a6);
    let t2 = (a2 ^ a5) ^ t1;
    let t3 = a6 ^ t2;
    let t4 = a5 & !t3;
    let t5 = a1 & t3;
    let t6 = a2 ^ t5;
    let t7 = a1 ^ a3;
    let t8 = t6 | t7;
    let t9 = t2 ^ t8;
    let t10 = a3 & t9;
    let t11 = t10 & !a6;
    let t12 = t4 | t6;
    let t13 = t11 ^ t12;
    let out4 = (t13 & a4) ^ t9;
    let t14 = a2 ^ t8;
    let t15 = a3 ^ (a6 & !t14);
    let t16 = t15 | (a5 & !t10);
    let t17 = a2 | t7;
    let t18 = t15 ^ (t12 & (a1 | t9));
    let out3 = (t4 | a4) ^ (t18 & !t11);
    let t19 = !(t14 ^ t17);
    let t20 = (a5 & !(t2 ^ t18)) ^ t19;
    let out2 = (t20 & !a4) ^ ((t13 ^ t17) ^ (t1 | t16));
    let t21 = ((a6 ^ t5) & (a1 ^ t15)) ^ (t10 ^ t19);
    let out1 = (t16 & !a4) ^ t21;
    [out1, out2, out3, out4]
}

/// 46 gates.
#[inline(always)]
pub(super) fn s7<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a4 ^ a5;
    let t2 = a3 ^ t1;
    let t3 = a6 & t2;
    let t4 = a4 & t1;
    let t5 = a2 ^ t4;
    let t6 = a6 & t4;
    let t7 = a3 ^ t6;
    let t8 = t5 | t7;
    let t9 = a6 ^ t1;
    let out4 = (a1 & !(t3 & t5)) ^ (t8 ^ t9);
    let t10 = a5 & !t2;
    let t11 = t3 ^ t7;
    let t12 = (t5 | t10) ^ t11;
    let t13 = t3 ^ t9;
    let t14 = a4 & !t13;
    let t15 = (t5 & !t14) ^ (a5 ^ t11);
    let t16 = t13 & !t6;
    let t17 = t14 | t16;
    let t18 = t17 ^ (t15 & (a2 ^ t8));
    let out3 = (t18 & a1) ^ t15;
    let t19 = (t16 | (t5 & !a3)) & (t4 | t15);
    let t20 = a6 & (t10 ^ (t12 | t17));
    let t21 = t19 ^ t20;
    let out1 = (t21 & !a1) ^ t12;
    let t22 = t21 ^ ((a2 & t20) ^ !t12);
    let out2 = ((t18 ^ t19) | a1) ^ t22;
    [out1, out2, out3, out4]
}

/// 41 gates.
#[inline(always)]
pub(super) fn s8<W: Word>([a1, a2, a3, a4, a5, a6]: [W; 6]) -> [W; 4] {
    let t1 = a3 & !a2;
    let t2 = a4 ^ (a5 & !a3);
    let t3 = a1 & t2;
    let t4 = t3 & !t1;
    let t5 = a2 & !t2;
    let t6 = a1 | t5;
    let t7 = a5 ^ (a2 & !a3);
    let t8 = t6 & t7;
    let t9 = t3 | t8;
    let t10 = (t8 ^ !t2) ^ (a3 & !t6);
    let t11 = t1 ^ t10;
    let out2 = (t4 | a6) ^ t11;
    let t12 = a2 ^ t10;
    let t13 = a1 ^ t11;
    let t14 = (t5 ^ t12) ^ (a5 & t13);
    let t15 = (a2 | (t9 ^ t14)) ^ (a5 ^ t13);
    let out3 = (t9 & a6) ^ t15;
    let t16 = t7 ^ t14;
    let t17 = t16 ^ (a4 | t12);
    let out4 = ((a1 ^ t17) & a6) ^ t14;
    let t18 = (t15 & (t16 & !a4)) ^ (t4 ^ t17);
    let out1 = (t18 | a6) ^ t14;
    [out1, out2, out3, out4]
}
#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix 1 of the standard, "Primitive functions": four rows of sixteen a box.
    const BOXES: [[u8; 64]; 8] = [
        [
            14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, //
            0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8, //
            4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, //
            15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13, //
        ],
        [
            15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, //
            3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5, //
            0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, //
            13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9, //
        ],
        [
            10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, //
            13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1, //
            13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, //
            1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12, //
        ],
        [
            7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, //
            13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9, //
            10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, //
            3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14, //
        ],
        [
            2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, //
            14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6, //
            4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, //
            11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3, //
        ],
        [
            12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, //
            10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8, //
            9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, //
            4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13, //
        ],
        [
            4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, //
            13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6, //
            1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, //
            6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12, //
        ],
        [
            13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, //
            1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2, //
            7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, //
            2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11, //
        ],
    ];

    #[test]
    fn the_formulas_are_the_tables() {
        let formulas = [s1, s2, s3, s4, s5, s6, s7, s8];
        for (s, (formula, table)) in formulas.into_iter().zip(BOXES).enumerate() {
            // Lane n holds input n.
            let inputs = core::array::from_fn(|bit| (0..64).map(|n: u64| (n >> (5 - bit) & 1) << n).sum::<u64>());
            let outputs = formula(inputs);
            for n in 0..64 {
                let row = (n >> 5) << 1 | n & 1;
                let column = n >> 1 & 15;
                let value = outputs.iter().fold(0, |value, output| value << 1 | (output >> n & 1) as u8);
                assert_eq!(value, table[16 * row + column], "S{} of {n:06b}", s + 1);
            }
        }
    }
}
