//! What was most likely meant by a name that nobody knows.

/// The name out of `known` that is one or two slips of the pen from `name`.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let slips = |other: &str| strsim::osa_distance(&name, &other.to_ascii_lowercase());
    // Of a short name two slips leave nothing.
    let most = if name.chars().count() < 5 { 1 } else { 2 };
    known
        .into_iter()
        .map(|other| (slips(other), other))
        .filter(|(slips, _)| *slips <= most)
        .min()
        .map(|(_, other)| other)
}

/// The longest first: who replaces texts in this order leaves no part of one that holds another.
pub(crate) fn longest_first(texts: &mut [&str]) {
    texts.sort_unstable_by_key(|text| core::cmp::Reverse(text.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_and_other_words_are_not() {
        let known = ["company", "contact", "city", "observe", "ip"];
        for (name, meant) in [
            ("compnay", Some("company")),
            ("Company", Some("company")),
            ("observer", Some("observe")),
            ("cty", Some("city")),
            ("comapnies", None),
            ("retries", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
