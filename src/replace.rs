//! Many texts replaced in one pass. Of thousands of people hardly anybody stands in an error, and to look for one after the other
//! would hold up everything else for seconds.

use crate::prelude::*;

/// What is looked for, and what comes in its place.
pub(crate) type Pair<'a> = (&'a str, &'a str);

/// Any odd number whose powers are well spread.
const BASE: u32 = 0x0100_0193;

/// `text` with each of `pairs` replaced, the longest first, of those of one length the first in the text, and nothing that came
/// in by it. Takes as long as the text times the number of different lengths, and the pairs.
pub(crate) fn replace_all(text: &str, pairs: &[Pair<'_>]) -> String {
    // By their hash; room for twice as many, so that few meet.
    let mut slots = vec![None; (2 * pairs.len() + 1).next_power_of_two()];
    // Longer than the text is none that is in it; empty is none that is to be replaced.
    let mut lengths = vec![false; text.len()];
    for pair in pairs {
        if let Some(length) = pair.0.len().checked_sub(1).and_then(|place| lengths.get_mut(place)) {
            *length = true;
            let hash = pair.0.bytes().fold(0, roll);
            if let Some(slot) = slot(&mut slots, hash, pair.0) {
                slot.get_or_insert(pair);
            }
        }
    }

    // For each byte that goes the pair by which it does.
    let mut gone: Vec<Option<&Pair<'_>>> = vec![None; text.len()];
    for length in (1..=text.len()).rev().filter(|length| lengths.get(length - 1) == Some(&true)) {
        let first = BASE.wrapping_pow(length as u32 - 1);
        let mut hash = 0;
        for (start, enters) in (1..).map(|end: usize| end.checked_sub(length)).zip(text.bytes()) {
            hash = roll(hash, enters);
            let Some(start) = start else { continue };
            let found = text.get(start..start + length).and_then(|here| *slot(&mut slots, hash, here)?);
            // What is gone by now is no shorter: it reaches to an end of this, or is elsewhere.
            if let (Some(pair), Some(span)) = (found, gone.get_mut(start..start + length))
                && matches!(span, [None, .., None] | [None])
            {
                span.fill(Some(pair));
            }
            let leaves = text.as_bytes().get(start).copied().unwrap_or_default();
            hash = hash.wrapping_sub(first.wrapping_mul(u32::from(leaves)));
        }
    }

    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (place, pair) in gone.into_iter().enumerate() {
        if let Some((form, other)) = pair
            && place >= from
        {
            shown.push_str(text.get(from..place).unwrap_or_default());
            shown.push_str(other);
            from = place + form.len();
        }
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

fn roll(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(BASE).wrapping_add(u32::from(byte))
}

/// Where a pair of that text is, or would be; there are more slots than pairs, and their number is a power of two.
fn slot<'s, 'a>(slots: &'s mut [Option<&'a Pair<'a>>], hash: u32, text: &str) -> Option<&'s mut Option<&'a Pair<'a>>> {
    let mut place = hash as usize;
    loop {
        place &= slots.len() - 1;
        if slots.get(place)?.is_none_or(|pair| pair.0 == text) {
            return slots.get_mut(place);
        }
        place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_replaced_as_std_does() {
        for (text, one) in
            [("", "a"), ("aaa", "aa"), ("a王小明b王小明", "王小明"), ("王小", "王小明"), ("abc", "x"), ("abc", "abc")]
        {
            assert_eq!(replace_all(text, &[(one, "***")]), text.replace(one, "***"));
        }
        assert_eq!(replace_all("abc", &[("", "***")]), "abc");
        assert_eq!(replace_all("abc", &[]), "abc");
    }

    #[test]
    fn the_longest_goes_first_and_what_came_in_stays() {
        assert_eq!(replace_all("abcdefg abc", &[("abc", "1"), ("cdefg", "2")]), "ab2 1");
        assert_eq!(replace_all("ab", &[("a", "b"), ("b", "a")]), "ba");
        assert_eq!(replace_all("aa", &[("aa", "1"), ("aa", "2")]), "1");
    }
}
