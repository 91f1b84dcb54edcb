//! Guesses what an unknown name was most likely meant to be.

use alloc::collections::BinaryHeap;
use core::cmp::Ordering;
use core::str::Chars;

use crate::prelude::*;

/// The name in `known` that is one or two slips of the pen from `name`.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    // Two slips leave nothing of a short name.
    let most = if name.chars().count() < 5 { 1 } else { 2 };
    let of = |other: &str| slips(name.chars(), other.to_ascii_lowercase().chars(), most);
    known.into_iter().filter_map(|other| Some((of(other)?, other))).min().map(|(_, other)| other)
}

/// What to say behind "there is no such name": the one that was most likely meant, or else all there are.
pub fn suggestion(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied())
        .map_or_else(|| format!("; there are {}", known.join(", ")), |meant| format!("; did you mean {meant}?"))
}

/// How many letters were left out, added, mistaken or swapped with their neighbours; none if more than `most`.
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

/// Whether `text` has only ASCII letters, digits, `_`, `-` and `.`, like the names and codes of programs.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// Whether a program may have given a field this name. People, their numbers and contracts may be keys, too.
pub(crate) fn is_field_name(name: &str) -> bool {
    is_plain(name) && name.bytes().filter(u8::is_ascii_digit).count() < 5
}

/// A text that is sorted as Java compares texts, then by place.
#[derive(PartialEq, Eq)]
pub(crate) struct Ranked<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: usize,
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // Java compares by UTF-16 unit: unlike in UTF-8, a character of two units comes before U+E000.
        let unit = |byte: u8| if matches!(byte, 0xEE | 0xEF) { byte + 10 } else { byte };
        let texts = || self.text.bytes().map(unit).cmp(other.text.bytes().map(unit));
        texts().then_with(|| self.place.cmp(&other.place))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorts with a heap, which is no slower than a slice's own sort; that would be a fiftieth of the wasm.
pub(crate) fn sorted<'a>(texts: impl Iterator<Item = Ranked<'a>>) -> alloc::vec::IntoIter<Ranked<'a>> {
    texts.collect::<BinaryHeap<_>>().into_sorted_vec().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sorted_as_java_sorts_them() {
        let texts = [
            "",
            "a",
            "aa",
            "b",
            "é",
            "中",
            "\u{d7ff}",
            "\u{10000}",
            "\u{10ffff}",
            "\u{e000}",
            "\u{ffff}",
            "中a",
            "中𐐨",
            "中\u{e000}",
        ];
        for (place, one) in texts.iter().enumerate() {
            for other in texts {
                let ranked = |text| Ranked { text, place };
                assert_eq!(
                    ranked(one).cmp(&ranked(other)),
                    one.encode_utf16().cmp(other.encode_utf16()),
                    "{one} {other}"
                );
            }
        }
    }

    #[test]
    fn names_of_fields_are_told_from_people() {
        for name in ["insuredName", "_x-1.b", "line2", "rate2024", "H", "1"] {
            assert!(is_field_name(name), "{name}");
        }
        for name in ["王小明", "José", "Zhang San", "a@b.cn", "13800000001", "m13800000001", "106225", "PDAA2021000001"]
        {
            assert!(!is_field_name(name), "{name}");
        }
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
            // Letters count, not their bytes.
            ("投保八", Some("投保人")),
            ("被险人手机", Some("被保人手机号")),
            ("投八", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
