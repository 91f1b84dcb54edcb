//! People in a foreign text: one pass finds them all, as if each were looked for in turn.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::cmp::Reverse;
use std::time::Instant;

use aigobo::canonical::Body;
use aigobo::mask::Mask;
use aigobo::secret::Credentials;
use proptest::prelude::*;

fn hidden(people: &[String], text: &str) -> String {
    let keys = Credentials::parse("token", "12345678", "secret").unwrap();
    let body = serde_json::to_string(&serde_json::json!({ "people": people })).unwrap();
    Mask::new(&keys, None, &Body::parse(body).unwrap()).hide(text)
}

/// Replaces one person after the other: the longest first, as written or in upper case; among equal lengths, the first
/// in the text.
fn one_by_one(people: &[String], text: &str) -> String {
    let people = people.iter().filter(|person| person.chars().count() > 1);
    let mut forms: Vec<_> = people.flat_map(|person| [person.clone(), person.to_uppercase()]).collect();
    forms.sort_by_key(|form| Reverse(form.len()));
    let mut text = text.to_owned();
    for same_length in forms.chunk_by(|one, other| one.len() == other.len()) {
        let first = |text: &str| same_length.iter().filter_map(|form| Some((text.find(form)?, form.len()))).min();
        while let Some((at, length)) = first(&text) {
            text.replace_range(at..at + length, "\0");
        }
    }
    text.replace('\0', "***")
}

/// Uses so few letters that people overlap, contain each other, and are each other in upper case. ß and ﬁ have longer
/// capitals, ı a shorter one.
fn person() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[abAB]{1,4}", 2 => "[aßSﬁFIıé王小]{1,5}", 1 => "[ab王]{1,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn one_pass_hides_what_one_by_one_hides(
        people in prop::collection::vec(person(), 0..12),
        pieces in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, "[abABßSﬁFIıéÉ王小 ]{0,3}"), 0..12),
    ) {
        let text: String = pieces.iter().map(|(place, form, between)| match form {
            _ if people.is_empty() => between.clone(),
            0 => format!("{between}{}", people[place.index(people.len())]),
            1 => format!("{between}{}", people[place.index(people.len())].to_uppercase()),
            _ => between.clone(),
        }).collect();
        prop_assert_eq!(hidden(&people, &text), one_by_one(&people, &text));
    }

    /// People appear neither as written nor in upper case, and no key appears.
    #[test]
    fn nobody_and_no_key_is_left(before in "\\PC{0,12}", after in "\\PC{0,12}", name in "[\\p{Han}a-zß]{2,6}") {
        let upper = name.to_uppercase();
        let shown = hidden(std::slice::from_ref(&name), &format!("{before}{name}{after} secret {upper}"));
        for gone in [name, upper, "secret".into()] {
            prop_assert!(!shown.contains(&gone), "{}: {}", gone, shown);
        }
    }
}

/// A crowd and a long page together take about as long as each takes alone, even if all names begin alike or are the
/// same. The times must not multiply: that would block everything else for seconds.
#[test]
fn a_crowd_in_a_long_page_takes_what_both_take_alone() {
    let page = "<p>王小明13900000000 ".repeat(400);
    let took = |people: &[String], text: &str| {
        let once = || {
            let begin = Instant::now();
            let shown = hidden(people, text);
            let took = begin.elapsed();
            assert!(shown.contains("***") && !shown.contains("王小明"), "{shown}");
            took
        };
        (0..5).map(|_| once()).min().unwrap().as_secs_f64()
    };
    let kinds: [fn(usize) -> String; 3] =
        [|_| "李四".to_owned(), |place| format!("王小明{place}"), |place| format!("1390000{place:04}@x.cn")];
    for person in kinds {
        let crowd: Vec<_> = ["王小明".to_owned()].into_iter().chain((0..20_000).map(person)).collect();
        let (both, crowd, page) = (took(&crowd, &page), took(&crowd, "王小明"), took(&crowd[..2], &page));
        assert!(both < 5.0 * (crowd + page), "{both} {crowd} {page}");
    }
}
