//! What was most likely meant by a name that nobody knows.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;
use core::str::Chars;

use crate::prelude::*;

/// The name out of `known` that is one or two slips of the pen from `name`.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    // Of a short name two slips leave nothing.
    let most = if name.chars().count() < 5 { 1 } else { 2 };
    let of = |other: &str| slips(name.chars(), other.to_ascii_lowercase().chars(), most);
    known.into_iter().filter_map(|other| Some((of(other)?, other))).min().map(|(_, other)| other)
}

/// How many letters were left out, added, mistaken or swapped with their neighbours; none where more than `most`.
/// (strsim counts the same for any distance; that and its need of `std` would be two hundredths of the wasm.)
fn slips(a: Chars<'_>, b: Chars<'_>, most: u8) -> Option<u8> {
    let (mut rest, mut others) = (a.clone(), b.clone());
    let (Some(first), Some(other)) = (rest.next(), others.next()) else {
        return u8::try_from(a.count().max(b.count())).ok().filter(|slips| *slips <= most);
    };
    if first == other {
        return slips(rest, others, most);
    }
    let most = most.checked_sub(1)?;
    let (mut after, mut afters) = (rest.clone(), others.clone());
    let swap = after.next() == Some(other) && afters.next() == Some(first);
    let swapped = if swap { slips(after, afters, most) } else { None };
    let least = [slips(rest.clone(), b, most), slips(a, others.clone(), most), slips(rest, others, most), swapped];
    least.into_iter().flatten().min().map(|slips| slips + 1)
}

/// Each text once, the longest first: who replaces texts in this order leaves no part of one that holds another.
pub(crate) fn longest_first<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let by_length: BinaryHeap<_> = texts.into_iter().map(|text| Reverse((text.len(), text))).collect();
    let mut sorted: Vec<_> = by_length.into_sorted_vec().into_iter().map(|Reverse((_, text))| text).collect();
    sorted.dedup();
    sorted
}

/// `text` with `stars` wherever `hidden` stands. (`str::replace` prepares each search in a hundredth of the wasm, for texts
/// as short as these in vain.)
pub(crate) fn replace(text: &str, hidden: &str, stars: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        match rest.as_str().strip_prefix(hidden).filter(|_| !hidden.is_empty()) {
            Some(after) => {
                shown.push_str(stars);
                rest = after.chars();
            }
            None => match rest.next() {
                Some(c) => shown.push(c),
                None => return shown,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_as_std_does() {
        for (text, hidden) in [("", "a"), ("aaa", "aa"), ("a王小明b王小明", "王小明"), ("王小", "王小明"), ("abc", "x")]
        {
            assert_eq!(replace(text, hidden, "***"), text.replace(hidden, "***"));
        }
        assert_eq!(replace("abc", "", "***"), "abc");
    }

    #[test]
    fn slips_are_forgiven_and_other_words_are_not() {
        let known = ["company", "contact", "city", "observe", "ip", "投保人", "被保人手机号"];
        for (name, meant) in [
            ("compnay", Some("company")),
            ("Company", Some("company")),
            ("observer", Some("observe")),
            ("cty", Some("city")),
            ("comapnies", None),
            ("retries", None),
            ("", None),
            // Letters count, not the bytes they are written in.
            ("投保八", Some("投保人")),
            ("被险人手机", Some("被保人手机号")),
            ("投八", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
