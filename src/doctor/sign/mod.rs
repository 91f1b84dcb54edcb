//! Which program made this sign? A search over independent axes that tries the fewest deviations first.

mod build;
mod change;
pub(super) mod digest;
pub(super) mod fields;
mod findings;
mod hashed;
pub(super) mod inner;
pub(super) mod join;
mod json;
pub(super) mod nested;
mod prefix;
mod print;
pub(super) mod scalars;
pub(super) mod secret;
pub(super) mod tail;
mod vector;

use core::ops::ControlFlow;

use crate::crypto::HexCase;
use crate::dialect::{Dialect, Nested as DialectNested};
use crate::doctor::cause::{Cause, Finding, Lang};
use crate::doctor::keys::Secrets;
use crate::doctor::names::Names;
use crate::prelude::*;
use crate::value::Map;
use build::{Builder, pick};
use change::Change;
use digest::{Algorithm, DIGEST};
use fields::{EMPTIES, ORDER};
use hashed::Hashed;
use inner::{INNER_EMPTIES, INNER_ORDER};
use join::{CASE, JOIN};
use nested::NESTED;
use prefix::Prefixes;
use scalars::{FLAGS, NUMBERS, TEXTS};
use secret::SECRET;
use tail::{CHARSET, PLACE};
use vector::{AXES, Axis, Vector, each};

/// Changes that a body may have undergone after signing.
pub(super) const CHANGES: &[&Cause] = change::ALL;

/// How many axes may deviate at once.
const MOST: usize = 3;

/// How many bytes a search may write and hash: a second or two of a wasm's time.
const WORK: u64 = 700 << 20;

/// How many it may have written and hashed, all in all, while it tries three deviations: these have by far the most combinations.
const WORK_OF_THREE: u64 = 160 << 20;

/// The place of compact JSON in [`NESTED`].
const JSON: u16 = 1;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal<'a> {
    /// A sign.
    Sign(&'a str),
    /// A signing string, without the secret.
    Text(&'a str),
}

/// What was signed, as far as it is known.
pub(super) struct Signed<'a> {
    pub(super) body: &'a Map,
    pub(super) plaintext: Option<&'a str>,
    pub(super) envelope: Option<&'a Map>,
    pub(super) dialect: &'a Dialect,
}

/// The result of a search.
pub(super) enum Outcome {
    /// Made as the platform does it, or with these deviations.
    Found(Vec<Finding>),
    /// Made with none of the mixtures that were tried.
    NotFound { tried: usize },
}

/// charset, place, secret, digest
type Tail = [u16; 4];

struct Search<'a, 'b> {
    builder: Builder<'a>,
    secrets: Option<&'b Secrets>,
    /// In the order of [`SECRET`]; entries that do not apply are not tried.
    taken: Vec<Option<Vec<u8>>>,
    goal: Goal<'b>,
    work: u64,
    hashed: Prefixes,
}

/// Finds the program that made `goal` from `signed`.
pub(super) fn search(
    signed: &Signed<'_>,
    secrets: Option<&Secrets>,
    goal: Goal<'_>,
    names: &Names<'_>,
    lang: Lang,
) -> Outcome {
    let base = base(signed.dialect);
    let base_tail = base_tail(signed.dialect);
    let changes = change::all(signed.body, signed.envelope);
    let taken = SECRET.iter().map(|entry| secrets.and_then(|secrets| entry.what.bytes(secrets))).collect();
    let builder = Builder::new(signed.body, signed.plaintext, changes);
    let mut search = Search { builder, secrets, taken, goal, work: 0, hashed: Prefixes::default() };
    let mut choices = search.choices(&base);
    let tails = search.tails(&base_tail);
    let mut tried = MOST;
    for total in 0..=MOST {
        let limit = if total == MOST { WORK_OF_THREE } else { WORK };
        for of_text in 0..=total {
            let mut found = None;
            let _ = each(base.0, &choices, of_text, &mut |vector| {
                let vector = Vector(vector);
                if search.work > limit {
                    tried = tried.min(total.saturating_sub(1));
                    return ControlFlow::Break(());
                }
                match search.tail_of(&vector, &base_tail, &tails, total - of_text) {
                    Some(tail) => {
                        found = Some((vector, tail));
                        ControlFlow::Break(())
                    }
                    None => ControlFlow::Continue(()),
                }
            });
            if let Some((vector, tail)) = found {
                return Outcome::Found(search.findings(&base, vector, &base_tail, tail, names, lang));
            }
        }
        if total == 1 {
            search.prune(&base, &mut choices);
        }
    }
    Outcome::NotFound { tried }
}

/// Finds what makes `sign` from a signing string.
pub(super) fn tail_search(
    text: &str,
    sign: &str,
    secrets: &Secrets,
    dialect: &Dialect,
    lang: Lang,
) -> Option<Vec<Finding>> {
    let body = Map::new();
    let taken = SECRET.iter().map(|entry| entry.what.bytes(secrets)).collect();
    let builder = Builder::new(&body, Some(text), vec![Change::Nothing]);
    let mut search =
        Search { builder, secrets: Some(secrets), taken, goal: Goal::Sign(sign), work: 0, hashed: Prefixes::default() };
    let base_tail = base_tail(dialect);
    let tails = search.tails(&base_tail);
    // The string unchanged, in its own case, as it would be encrypted.
    let place = |of: usize| u16::try_from(of).unwrap_or_default();
    let plaintext = place(JOIN.iter().position(|entry| entry.what == join::Join::Plaintext)?);
    let kept = place(CASE.iter().position(|entry| entry.what == join::Case::Kept)?);
    let vector = Vector::default().with(Axis::Join, plaintext).with(Axis::Case, kept);
    let tail = (0..=MOST).find_map(|deviations| search.tail_of(&vector, &base_tail, &tails, deviations))?;
    Some(search.tail_findings(&base_tail, tail, lang))
}

fn base(dialect: &Dialect) -> Vector {
    Vector::default().with(Axis::Nested, if dialect.nested == DialectNested::Json { JSON } else { 0 })
}

fn base_tail(dialect: &Dialect) -> Tail {
    // The table begins with lower case twice; the entry after it is upper case twice.
    [0, 0, 0, u16::from(dialect.digest == HexCase::Upper)]
}

impl Search<'_, '_> {
    /// How many entries an axis has.
    fn length(&self, axis: Axis) -> usize {
        match axis {
            Axis::Empties => EMPTIES.len(),
            Axis::Order => ORDER.len(),
            Axis::InnerOrder => INNER_ORDER.len(),
            Axis::Nested => NESTED.len(),
            Axis::InnerEmpties => INNER_EMPTIES.len(),
            Axis::Numbers => NUMBERS.len(),
            Axis::Flags => FLAGS.len(),
            Axis::Texts => TEXTS.len(),
            Axis::Join => JOIN.len(),
            Axis::Case => CASE.len(),
            Axis::Change => self.builder.changes.len(),
        }
    }

    fn choices(&self, base: &Vector) -> [Vec<u16>; 11] {
        AXES.map(|axis| {
            let places = (0..self.length(axis)).filter_map(|place| u16::try_from(place).ok());
            places.filter(|place| *place != base.at(axis)).collect()
        })
    }

    fn tails(&self, base: &Tail) -> [Vec<u16>; 4] {
        let Goal::Sign(sign) = self.goal else { return Default::default() };
        let places = |length: usize| (0..length).filter_map(|place| u16::try_from(place).ok());
        let [.., digest] = *base;
        [
            places(CHARSET.len()).skip(1).collect(),
            places(PLACE.len()).skip(1).collect(),
            places(SECRET.len())
                .skip(1)
                .filter(|place| matches!(self.taken.get(usize::from(*place)), Some(Some(_))))
                .collect(),
            places(DIGEST.len()).filter(|place| *place != digest && pick(DIGEST, *place).fits(sign)).collect(),
        ]
    }

    /// Removes choices that alone change nothing in this body, or nothing but what an earlier choice of the same axis
    /// changes. They are not tried together with others.
    fn prune(&mut self, base: &Vector, choices: &mut [Vec<u16>; 11]) {
        for (axis, values) in AXES.into_iter().zip(choices) {
            let mut seen = vec![self.shows(base, axis)];
            values.retain(|value| {
                let shown = self.shows(&base.with(axis, *value), axis);
                let new = !seen.contains(&shown);
                seen.push(shown);
                new
            });
        }
    }

    /// The string of a vector. Whether a number is a text shows only in nested JSON.
    fn shows(&mut self, vector: &Vector, axis: Axis) -> Vec<u8> {
        let mut text = self.builder.text(vector);
        if axis == Axis::Numbers {
            text.push_str(&self.builder.text(&vector.with(Axis::Nested, JSON)));
        }
        self.work += text.len() as u64;
        Algorithm::Md5.hash(&[text.as_bytes()])
    }

    /// Finds the tail with this many deviations that leads from the vector's string to the goal.
    fn tail_of(&mut self, vector: &Vector, base: &Tail, tails: &[Vec<u16>; 4], deviations: usize) -> Option<Tail> {
        let text = self.builder.text(vector);
        self.work += text.len() as u64 + 64;
        let sign = match self.goal {
            Goal::Text(goal) => return (deviations == 0 && text == goal).then_some(*base),
            Goal::Sign(sign) => sign,
        };
        let ascii = text.is_ascii();
        let mut hashed = Hashed::new(0, &text, &mut self.hashed);
        let mut found = None;
        let _ = each(*base, tails, deviations, &mut |tail| {
            let [charset, place, secret, chain] = tail;
            if ascii && charset != 0 {
                return ControlFlow::Continue(());
            }
            if charset != hashed.charset {
                hashed = Hashed::new(charset, &text, &mut self.hashed);
                self.work += text.len() as u64;
            }
            let Some(Some(secret)) = self.taken.get(usize::from(secret)) else { return ControlFlow::Continue(()) };
            let chain = pick(DIGEST, chain);
            let first = hashed.first(pick(PLACE, place), secret, chain.algorithm, &mut self.work);
            if chain.sign(&first, secret) == sign {
                found = Some(tail);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        found
    }
}
