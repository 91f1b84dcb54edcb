//! Upper case as in Java's `toUpperCase(Locale.ROOT)` and `str::to_uppercase`: Unicode's default conversion, which uses
//! several letters if a letter has no single capital (ß → SS).
//!
//! Our own search, because std's tables would be a twentieth of the wasm; `tests/generated.rs` generates these from
//! std's and compares every character.

mod table;

use crate::prelude::*;
use table::{RUNS, TEXTS};

/// Letters whose capitals are equally far from them: the first letter, how many, their step, the distance.
struct Run(u32, u8, u8, i32);

/// No letter in this range has a capital; nearly all Chinese is in it.
const WITHOUT_CASE: core::ops::Range<char> = '\u{2d2e}'..'\u{a641}';

/// Capitals take at most this many times the bytes of their letter: three letters for ΐ.
const LONGEST: usize = 3;

/// `text` in upper case; leaves no copy of it, or of a part, behind in memory.
pub fn upper_case(text: &str) -> String {
    let of_another_alphabet = |c: char| !c.is_ascii() && !WITHOUT_CASE.contains(&c);
    if !text.chars().any(of_another_alphabet) {
        return text.to_ascii_uppercase();
    }
    // Room for everything: a growing text leaves parts behind that nobody wipes, and this may be a secret.
    let mut whole = String::with_capacity(LONGEST * text.len());
    for c in text.chars() {
        if !of_another_alphabet(c) {
            whole.push(c.to_ascii_uppercase());
        } else if let Some(capitals) = several(c) {
            whole.push_str(capitals);
        } else {
            whole.push(single(c));
        }
    }
    whole
}

/// A capital of several letters.
fn several(c: char) -> Option<&'static str> {
    TEXTS.split(' ').find_map(|pair| pair.strip_prefix(c))
}

fn single(c: char) -> char {
    let code = u32::from(c);
    let run = RUNS.partition_point(|run| run.0 <= code).checked_sub(1).and_then(|place| RUNS.get(place));
    let capital = run.and_then(|Run(first, count, step, far)| {
        let (place, step) = (code - first, u32::from(*step));
        let within = place % step == 0 && place / step < u32::from(*count);
        char::from_u32(code.checked_add_signed(*far)?).filter(|_| within)
    });
    capital.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_as_std_has_it() {
        for c in '\0'..=char::MAX {
            let (ours, theirs) = (upper_case(&c.to_string()), c.to_uppercase().to_string());
            assert!(ours.len() <= LONGEST * c.len_utf8(), "{c:?}");
            // A later std knows letters that are newer than the table; older ones never change.
            let new = char::UNICODE_VERSION != table::UNICODE && ours == c.to_string();
            assert!(ours == theirs || new, "{c:?}: {ours} is not {theirs}");
        }
    }

    #[test]
    fn whole_texts() {
        for text in ["", "mobile=1&a=王小明", "Straße ﬁn ǆ ΰ ÿ ᾳ", "ıi İ", "\u{10ffff}a"] {
            let upper = upper_case(text);
            assert_eq!(upper, text.to_uppercase());
            assert!(upper.capacity() <= LONGEST * text.len(), "it grew: {text}");
        }
    }
}
