//! The causes: what can be wrong, each with its cure, in two languages.

use crate::prelude::*;

/// The language of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// The text in this language.
    pub fn of<T: Copy>(self, both: [T; 2]) -> T {
        let [en, zh] = both;
        if self == Self::En { en } else { zh }
    }
}

/// Something that can be wrong. Both arrays hold English, then Chinese; `{…}` are places to fill in.
#[derive(Debug, PartialEq, Eq)]
pub struct Cause {
    /// Stable: `digest.once`.
    pub id: &'static str,
    /// One sentence that names the difference.
    pub says: [&'static str; 2],
    /// What to do.
    pub cure: [&'static str; 2],
}

/// One choice on an axis: what it does and what it is called. The first entry of an axis is what the platform does.
#[derive(Debug)]
pub struct Entry<T: 'static> {
    /// What it does.
    pub what: T,
    /// What it is called.
    pub cause: Cause,
}

/// An [`Entry`] on a few lines.
pub(super) const fn entry<T>(what: T, id: &'static str, says: [&'static str; 2], cure: [&'static str; 2]) -> Entry<T> {
    Entry { what, cause: cause(id, says, cure) }
}

/// A [`Cause`] on a few lines.
pub(super) const fn cause(id: &'static str, says: [&'static str; 2], cure: [&'static str; 2]) -> Cause {
    Cause { id, says, cure }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cause's id.
    pub cause: &'static str,
    /// One sentence that names the difference; never a key nor anybody's data.
    pub message: String,
    /// What to do.
    pub cure: String,
    /// Where two signing strings first differ.
    pub at: Option<At>,
}

/// Where two texts first differ: the offset in bytes of UTF-8, and a few characters of each with the values masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The offset of the first byte that differs.
    pub byte: usize,
    /// As this package has it.
    pub ours: String,
    /// As the other program has it.
    pub theirs: String,
}

impl Cause {
    /// The cause as found, with its places filled in.
    pub fn found(&self, lang: Lang, places: &[(&str, &str)]) -> Finding {
        let fill = |text: &str| {
            places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
        };
        Finding { cause: self.id, message: fill(lang.of(self.says)), cure: fill(lang.of(self.cure)), at: None }
    }
}
