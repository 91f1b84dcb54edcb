//! Upper case as Java's `toUpperCase(Locale.ROOT)` and `str::to_uppercase` have it: Unicode's default conversion, whole
//! texts where a letter has no single capital (ß → SS).
//!
//! Our own search, because std's tables are a twentieth of the wasm; `tests/generated.rs` writes these from std's and
//! holds every character against it.

mod table;

use crate::prelude::*;
use table::{RUNS, TEXTS};

/// Letters whose capitals lie equally far from them: the first, how many, every how manyth, how far.
struct Run(u32, u8, u8, i32);

/// No letter in between has a capital; nearly all Chinese is here.
const WITHOUT_CASE: core::ops::Range<char> = '\u{2d2e}'..'\u{a641}';

/// How many times as many bytes as a letter its capitals take at most: three letters for ΐ.
const LONGEST: usize = 3;

/// `text` in upper case; no copy of it, or of a part, stays behind in memory.
pub fn upper_case(text: &str) -> String {
    let of_another_alphabet = |c: char| !c.is_ascii() && !WITHOUT_CASE.contains(&c);
    if !text.chars().any(of_another_alphabet) {
        return text.to_ascii_uppercase();
    }
    // Room for all: what a growing text leaves behind is not wiped, and this may be a secret.
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

/// The capital that is more than a letter.
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
            // A later std knows letters that were none when the table was written; those that were never change.
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
