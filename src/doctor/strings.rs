//! Another program's signing string: removes the secret and reads what its form reveals.

use crate::doctor::cause::{Entry, Finding, Lang};
use crate::doctor::keys::Secrets;
use crate::doctor::sign::fields::{EMPTIES, ORDER, Order};
use crate::doctor::sign::join::{CASE, Case};
use crate::doctor::sign::nested::{NESTED, Nested};
use crate::doctor::sign::scalars::{TEXTS, Texts};
use crate::doctor::sign::secret::SECRET;
use crate::doctor::sign::tail::{PLACE, Place};
use crate::prelude::*;

/// A signing string without the secret.
pub(super) struct Bare {
    /// S1, as the other program has it.
    pub(super) text: String,
    /// How the secret appeared, if it was there but not as it should be.
    pub(super) findings: Vec<Finding>,
    /// Whether the secret was there.
    pub(super) had_secret: bool,
}

/// Removes the secret.
pub(super) fn bare(text: &str, secrets: Option<&Secrets>, lang: Lang) -> Bare {
    // `explain()` shows the secret like this.
    if let Some(before) = text.strip_suffix("***") {
        return Bare { text: before.to_owned(), findings: Vec::new(), had_secret: true };
    }
    let untouched = || Bare { text: text.to_owned(), findings: Vec::new(), had_secret: false };
    let Some(secrets) = secrets.filter(|secrets| !secrets.md5_secret.is_empty()) else { return untouched() };
    let mut places: Vec<_> = PLACE.iter().collect();
    // The longest goes first: each &key= begins with &.
    places.sort_by_key(|entry| {
        core::cmp::Reverse(if let Place::After(between) = entry.what { between.len() } else { 0 })
    });
    for taken in SECRET {
        let secret = taken.what.bytes(secrets).and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else { continue };
        for place in &places {
            let rest = match place.what {
                Place::After(between) => text.strip_suffix(secret.as_str()).and_then(|rest| rest.strip_suffix(between)),
                Place::Before(between) => {
                    text.strip_prefix(secret.as_str()).and_then(|rest| rest.strip_prefix(between))
                }
                _ => None,
            };
            let Some(rest) = rest else { continue };
            let own = SECRET.first().is_some_and(|first| core::ptr::eq(first, taken));
            let plain = PLACE.first().is_some_and(|first| core::ptr::eq(first, *place));
            let causes = [(!own).then_some(&taken.cause), (!plain).then_some(&place.cause)];
            let findings = causes.into_iter().flatten().map(|cause| cause.found(lang, &[])).collect();
            return Bare { text: rest.to_owned(), findings, had_secret: true };
        }
    }
    untouched()
}

/// What a string reveals on its own, without the body it was made from.
pub(super) fn by_its_form(text: &str, lang: Lang) -> Vec<Finding> {
    fn of<T: PartialEq + Copy>(table: &'static [Entry<T>], what: T, lang: Lang) -> Option<Finding> {
        table.iter().find(|entry| entry.what == what).map(|entry| entry.cause.found(lang, &[]))
    }
    let names: Vec<&str> = top_level_names(text);
    let sorted = |order: Order| names.is_sorted_by(|a, b| order.compare(a, b).is_le());
    let order = match (sorted(Order::Java), sorted(Order::CaseBlind), sorted(Order::Descending)) {
        (true, ..) => None,
        (_, true, _) => Some(Order::CaseBlind),
        (.., true) => Some(Order::Descending),
        _ => Some(Order::Body),
    };
    let small = |text: &str| text.chars().any(|c| c.is_ascii_lowercase());
    let names_small = names.iter().any(|name| small(name));
    let capitals = text.chars().any(|c| c.is_ascii_uppercase());
    let case = match (names_small, small(text), capitals) {
        (true, _, true) => Some(Case::Kept),
        (true, _, false) => Some(if names.iter().all(|name| name.to_lowercase() == *name) && names.len() > 2 {
            Case::Lower
        } else {
            Case::Kept
        }),
        (false, true, _) => Some(Case::Names),
        _ => None,
    };
    let upper = text.to_uppercase();
    let nested = [
        ("{\"", Nested::Json(crate::doctor::sign::nested::Json { spaced: false, ascii: false, slashes: false })),
        ("[\"", Nested::Json(crate::doctor::sign::nested::Json { spaced: false, ascii: false, slashes: false })),
        ("{'", Nested::Python),
        ("['", Nested::Python),
        ("[OBJECT OBJECT]", Nested::JavaScript),
        ("=ARRAY\n(", Nested::PhpPrintR),
        ("=ARRAY", Nested::PhpArray),
        ("MAP[", Nested::Go),
        ("{0=", Nested::Indexed),
    ];
    let nested = nested.into_iter().find(|(mark, _)| upper.contains(mark)).map(|(_, nested)| nested);
    let encoded = ["%E", "%2F", "%3A", "%20"].iter().any(|code| upper.contains(code));
    let empty = text.split('&').any(|pair| pair.ends_with('='));
    [
        empty.then(|| EMPTIES.get(3).map(|entry| entry.cause.found(lang, &[]))).flatten(),
        order.and_then(|order| of(ORDER, order, lang)),
        nested.and_then(|nested| of(NESTED, nested, lang)),
        encoded.then(|| of(TEXTS, Texts::Form, lang)).flatten(),
        case.and_then(|case| of(CASE, case, lang)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The names before = at the top level. A value may contain & and =, but seldom a whole name between them.
fn top_level_names(text: &str) -> Vec<&str> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, _)| name);
    pairs.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).collect()
}
