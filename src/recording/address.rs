//! Splits an address into its parts. A recording keeps what a program wrote in it and replaces what was drawn at
//! random.

use crate::types::{split_authority, split_scheme};

/// An address, without anything before an `@`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    /// Empty if the address begins with `//`.
    scheme: &'a str,
    host: &'a str,
    port: Option<u16>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// `None` if it is not an address with a host.
    pub(super) fn parse(url: &'a str) -> Option<Self> {
        let (scheme, rest) = split_scheme(url).or_else(|| Some(("", url.strip_prefix("//")?)))?;
        let (host, port) = split_authority(rest)?;
        let after = rest.find(['/', '?', '#']).and_then(|place| rest.get(place..)).unwrap_or_default();
        let (before, fragment) = after.split_once('#').map_or((after, None), |(before, after)| (before, Some(after)));
        let (path, query) = before.split_once('?').map_or((before, None), |(path, query)| (path, Some(query)));
        Some(Self { scheme, host, port, path, query, fragment })
    }

    /// The address without its port and without anything after `#`.
    pub(super) fn plain(self) -> Self {
        Self { port: None, fragment: None, ..self }
    }

    /// The address with each segment of its path, each value of its query, and its fragment replaced by another word.
    pub(super) fn with(&self, mut word: impl FnMut(&str) -> String) -> String {
        let mut shown = self.scheme.to_owned();
        shown.push_str(if self.scheme.is_empty() { "//" } else { "://" });
        shown.push_str(self.host);
        if let Some(port) = self.port {
            shown.push_str(&format!(":{port}"));
        }
        shown.push_str(&self.path.split('/').map(&mut word).collect::<Vec<_>>().join("/"));
        if let Some(query) = self.query {
            let pairs = query.split('&').map(|pair| match pair.split_once('=') {
                Some((name, value)) => format!("{name}={}", word(value)),
                None => word(pair),
            });
            shown.push('?');
            shown.push_str(&pairs.collect::<Vec<_>>().join("&"));
        }
        if let Some(fragment) = self.fragment {
            shown.push('#');
            shown.push_str(&word(fragment));
        }
        shown
    }
}

/// `order`, `deliver`, `v1`, `18`: nothing that had to be drawn at random.
pub(super) fn is_plain(word: &str) -> bool {
    let small = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_' | '~');
    let short = |count: usize| word.len() <= count;
    (short(15) && word.chars().all(small)) || (short(3) && word.chars().all(|c| c.is_ascii_alphanumeric()))
}
