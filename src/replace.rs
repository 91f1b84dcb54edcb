//! Replaces many texts in one pass. Of thousands of people hardly any appear in an error, and searching for each in
//! turn would block everything else for seconds.

use crate::prelude::*;

/// A text to look for, and its replacement.
pub(crate) type Pair<'a> = (&'a str, &'a str);

/// Any odd number whose powers are well spread.
const BASE: u32 = 0x0100_0193;

/// Replaces each of `pairs` in `text`. The longest goes first; among equal lengths, the first in the text. Replacements
/// are not searched again. The time is proportional to the length of the text times the number of different lengths,
/// plus the number of pairs.
pub(crate) fn replace_all(text: &str, pairs: &[Pair<'_>]) -> String {
    // The pairs by hash. The table has room for twice as many, so that few collide.
    let mut slots = vec![None; (2 * pairs.len() + 1).next_power_of_two()];
    // A pair longer than the text cannot be in it, and an empty one is not to be replaced.
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

    // For each byte that is replaced, the pair that replaces it.
    let mut gone: Vec<Option<&Pair<'_>>> = vec![None; text.len()];
    for length in (1..=text.len()).rev().filter(|length| lengths.get(length - 1) == Some(&true)) {
        let first = BASE.wrapping_pow(length as u32 - 1);
        let mut hash = 0;
        for (start, enters) in (1..).map(|end: usize| end.checked_sub(length)).zip(text.bytes()) {
            hash = roll(hash, enters);
            let Some(start) = start else { continue };
            let found = text.get(start..start + length).and_then(|here| *slot(&mut slots, hash, here)?);
            // What has been replaced already is no shorter than this, so it is enough to check both ends.
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

/// The slot where the pair of that text is, or would go. There are more slots than pairs, and their number is a power
/// of two.
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
