//! Explains "signature wrong": given the keys and whatever evidence there is, it finds the difference and its cure.
//!
//! A wrong program is a vector of choices on independent axes: which fields take part, in which order, how nested
//! values print, what is upper-cased, where the secret goes, how the digests follow each other (`sign/`); and what
//! happened to the base64, which key, mode, padding and encoding were used (`cipher/`). The tables hold the choices,
//! each with its transformation and its sentences. The search tries vectors with the fewest deviations first, so it
//! finds mixtures in the same way as single causes.
//!
//! Its messages hold no keys and nobody's data, only field names and excerpts with masked values.

mod bytes;
mod cause;
mod cipher;
mod difference;
mod envelope;
mod evidence;
mod examination;
mod keys;
mod names;
mod refusal;
mod screen;
mod sign;
mod strings;
mod timestamp;

use crate::dialect::Dialect;
use crate::prelude::*;

pub use cause::{At, Cause, Entry, Finding, Lang};
pub use difference::{Difference, difference};
pub use evidence::{Evidence, envelopes};
pub use keys::{Keys, Which};
pub use screen::{Changed, changed_letters, explain_text};

/// The result of a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// In one word.
    pub verdict: Verdict,
    /// What the evidence was recognised as.
    pub seen: Vec<String>,
    /// In one sentence.
    pub summary: String,
    /// The differences, the most telling first.
    pub findings: Vec<Finding>,
    /// What was examined.
    pub checked: Vec<String>,
    /// What could not be decided, and what would help.
    pub cannot_tell: Vec<String>,
}

/// A diagnosis in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong with what was shown.
    Sound,
    /// There are findings.
    Found,
    /// Something is wrong, or too little was shown, and the cause is not known.
    Unknown,
}

impl Verdict {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Found => "found",
            Self::Unknown => "unknown",
        }
    }
}

/// How a diagnosis is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The language of its sentences.
    pub lang: Lang,
    /// What is right for this gateway.
    pub dialect: Dialect,
}

/// Finds the difference between what `evidence` shows and what the platform takes.
pub fn diagnose(evidence: &Evidence, keys: &Keys, options: &Options) -> Diagnosis {
    examination::examine(evidence, keys, options)
}

/// Every cause that can be found, in groups: each group's title in both languages.
pub fn catalogue() -> Vec<([&'static str; 2], Vec<&'static Cause>)> {
    fn all<T>(table: &'static [Entry<T>]) -> impl Iterator<Item = &'static Cause> {
        table.iter().map(|entry| &entry.cause)
    }
    /// The entries without the first, which is the right one.
    fn wrong<T>(table: &'static [Entry<T>]) -> impl Iterator<Item = &'static Cause> {
        all(table).skip(1)
    }
    let mut groups: Vec<([&str; 2], Vec<&Cause>)> = vec![
        (["Keys", "密钥"], examination::KEY_CAUSES.to_vec()),
        (["The envelope", "报文"], envelope::ALL.to_vec()),
        (["The base64 of requestBody", "requestBody 的 base64"], cipher::damage::ALL.to_vec()),
        (["The DES key", "DES 密钥"], wrong(cipher::key::KEY).chain([&cipher::OTHER_KEY]).collect()),
        (
            ["Block mode, padding, encoding, plaintext", "分组模式、填充、编码、明文"],
            wrong(cipher::mode::MODE).chain(cipher::plain::ALL.iter().copied()).collect(),
        ),
        (["Which fields are signed, and in which order", "哪些字段参与签名，按什么顺序"], {
            let outer = wrong(sign::fields::EMPTIES).chain(wrong(sign::fields::ORDER));
            outer.chain(wrong(sign::inner::INNER_ORDER)).chain(wrong(sign::inner::INNER_EMPTIES)).collect()
        }),
        (["How values are written", "值的写法"], {
            let scalars =
                wrong(sign::scalars::NUMBERS).chain(wrong(sign::scalars::FLAGS)).chain(wrong(sign::scalars::TEXTS));
            // A dialect can make the platform's usual choice wrong, here and for the digests.
            all(sign::nested::NESTED).chain(scalars).collect()
        }),
        (
            ["How they are joined, and upper case", "拼接与大写"],
            wrong(sign::join::JOIN).chain(wrong(sign::join::CASE)).collect(),
        ),
        (["The secret", "签名密钥"], wrong(sign::tail::PLACE).chain(wrong(sign::secret::SECRET)).collect()),
        (
            ["Digests and their encoding", "摘要与编码"],
            wrong(sign::tail::CHARSET).chain(all(sign::digest::DIGEST)).collect(),
        ),
        (
            ["A body changed between signing and encrypting", "签名与加密之间请求参数被修改"],
            examination::BODY_CAUSES.iter().copied().chain(sign::CHANGES.iter().copied()).collect(),
        ),
    ];
    // Blanks around a key are found in several places but reported once.
    let mut told: Vec<&str> = Vec::new();
    for (_, causes) in &mut groups {
        causes.retain(|cause| {
            let new = !told.contains(&cause.id);
            told.push(cause.id);
            new
        });
    }
    groups
}
