//! Which program made this sign? A search over independent axes, those with the fewest deviations first.

mod build;
mod change;
pub(super) mod digest;
pub(super) mod fields;
pub(super) mod join;
pub(super) mod nested;
mod print;
pub(super) mod scalars;
pub(super) mod tail;
mod vector;

use core::ops::ControlFlow;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};

use crate::crypto::HexCase;
use crate::dialect::{Dialect, Nested as DialectNested};
use crate::doctor::cause::{Cause, Entry, Finding, Lang};
use crate::doctor::difference::at;
use crate::doctor::keys::Secrets;
use crate::doctor::names::Names;
use crate::prelude::*;
use crate::value::Map;
use build::{Builder, pick};
use change::Change;
use digest::{Algorithm, DIGEST};
use fields::{EMPTIES, INNER_EMPTIES, INNER_ORDER, ORDER};
use join::{CASE, JOIN};
use nested::{NESTED, Nested};
use scalars::{FLAGS, NUMBERS, TEXTS};
use tail::{CHARSET, Charset, PLACE, Place, SECRET};
use vector::{AXES, Axis, Vector, each};

/// What may have become of a body after its signing.
pub(super) const CHANGES: &[&Cause] =
    &[&change::FIELD, &change::INNER, &change::ITEM, &change::MOVED, &change::ENVELOPE];

/// How many axes may deviate at once.
const MOST: usize = 3;

/// How many bytes may be written and hashed: a second or two of a wasm's time, and what three deviations may take of it.
const WORK: u64 = 700 << 20;
const WORK_OF_THREE: u64 = 60 << 20;

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

/// How a search ended.
pub(super) enum Outcome {
    /// As the platform does it, or with these deviations.
    Found(Vec<Finding>),
    /// With none of all that was tried; whether that was all there is.
    NotFound { complete: bool },
}

/// charset, place, secret, digest
type Tail = [u16; 4];

struct Search<'a, 'b> {
    builder: Builder<'a>,
    secrets: Option<&'b Secrets>,
    /// By the places of [`SECRET`]; those that do not apply are not tried.
    taken: Vec<Option<Vec<u8>>>,
    goal: Goal<'b>,
    work: u64,
}

/// The program that made `goal` out of `signed`.
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
    let mut search = Search { builder, secrets, taken, goal, work: 0 };
    let mut choices = search.choices(&base);
    let tails = search.tails(&base_tail);
    for total in 0..=MOST {
        for of_text in (0..=total).rev() {
            let limit = if total == MOST { WORK_OF_THREE } else { WORK };
            if total == MOST && of_text == MOST {
                // Three changes of the string are many; what follows of two and one is cheap.
                if search.work > WORK_OF_THREE / 4 {
                    continue;
                }
            }
            let mut found = None;
            let _ = each(base.0, &choices, of_text, &mut |vector| {
                let vector = Vector(vector);
                if search.work > limit {
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
    Outcome::NotFound { complete: search.work < WORK_OF_THREE }
}

/// What makes `sign` out of a signing string.
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
    let mut search = Search { builder, secrets: Some(secrets), taken, goal: Goal::Sign(sign), work: 0 };
    let base_tail = base_tail(dialect);
    let tails = search.tails(&base_tail);
    // The string as it stands: what would be encrypted, in its own case.
    let place = |of: usize| u16::try_from(of).unwrap_or_default();
    let plaintext = place(JOIN.iter().position(|entry| entry.what == join::Join::Plaintext)?);
    let kept = place(CASE.iter().position(|entry| entry.what == join::Case::Kept)?);
    let vector = Vector::default().with(Axis::Join, plaintext).with(Axis::Case, kept);
    let tail = (0..=MOST).find_map(|deviations| search.tail_of(&vector, &base_tail, &tails, deviations))?;
    Some(search.tail_findings(&base_tail, tail, lang))
}

fn base(dialect: &Dialect) -> Vector {
    let nested = NESTED.iter().position(|entry| match dialect.nested {
        DialectNested::Java => entry.what == Nested::Java(", "),
        DialectNested::Json => matches!(entry.what, Nested::Json(how) if !how.spaced && !how.ascii && !how.slashes),
    });
    Vector::default().with(Axis::Nested, u16::try_from(nested.unwrap_or_default()).unwrap_or_default())
}

fn base_tail(dialect: &Dialect) -> Tail {
    // The table begins with lower case, and with upper case for both.
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

    /// What changes nothing in this body by itself is not tried together with others, but for what shows only there.
    fn prune(&mut self, base: &Vector, choices: &mut [Vec<u16>; 11]) {
        for (axis, values) in AXES.into_iter().zip(choices) {
            let mut seen = vec![digest_of(&self.builder.text(base))];
            let json = base.with(Axis::Nested, if base.at(Axis::Nested) == 1 { 0 } else { 1 });
            values.retain(|value| {
                let text = self.builder.text(&base.with(axis, *value));
                self.work += text.len() as u64;
                // Whether a number is a text shows in JSON alone.
                let shown =
                    if axis == Axis::Numbers { self.builder.text(&json.with(axis, *value)) } else { String::new() };
                let digest = digest_of(&format!("{text}{shown}"));
                let plain = digest_of(&text);
                let inert = axis == Axis::Numbers && shown == self.builder.text(&json) && seen.contains(&plain)
                    || axis != Axis::Numbers && seen.contains(&plain)
                    || axis == Axis::Numbers && seen.contains(&digest);
                seen.push(if axis == Axis::Numbers { digest } else { plain });
                !inert
            });
        }
    }

    /// The tail of so many deviations that leads from the vector's string to the goal.
    fn tail_of(&mut self, vector: &Vector, base: &Tail, tails: &[Vec<u16>; 4], deviations: usize) -> Option<Tail> {
        let text = self.builder.text(vector);
        self.work += text.len() as u64 + 64;
        let sign = match self.goal {
            Goal::Text(goal) => return (deviations == 0 && text == goal).then_some(*base),
            Goal::Sign(sign) => sign,
        };
        let ascii = text.is_ascii();
        let mut hashed = Hashed::new(0, &text);
        let mut found = None;
        let _ = each(*base, tails, deviations, &mut |tail| {
            let [charset, place, secret, chain] = tail;
            if ascii && charset != 0 {
                return ControlFlow::Continue(());
            }
            if charset != hashed.charset {
                hashed = Hashed::new(charset, &text);
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

    fn findings(
        &mut self,
        base: &Vector,
        found: Vector,
        base_tail: &Tail,
        tail: Tail,
        names: &Names<'_>,
        lang: Lang,
    ) -> Vec<Finding> {
        let ours = self.builder.text(base);
        let mut findings = Vec::new();
        for axis in AXES.into_iter().filter(|axis| found.at(*axis) != base.at(*axis)) {
            let place = found.at(axis);
            let mut finding = self.finding(axis, place, names, lang);
            let alone = self.builder.text(&base.with(axis, place));
            let theirs = if alone == ours { self.builder.text(&found) } else { alone };
            finding.at = at(&ours, &theirs, names);
            findings.push(finding);
        }
        findings.extend(self.tail_findings(base_tail, tail, lang));
        findings
    }

    fn finding(&self, axis: Axis, place: u16, names: &Names<'_>, lang: Lang) -> Finding {
        fn of<T>(table: &'static [Entry<T>], place: u16, lang: Lang) -> Option<Finding> {
            table.get(usize::from(place)).map(|entry| entry.cause.found(lang, &[]))
        }
        let found = match axis {
            Axis::Empties => of(EMPTIES, place, lang),
            Axis::Order => of(ORDER, place, lang),
            Axis::InnerOrder => of(INNER_ORDER, place, lang),
            Axis::Nested => of(NESTED, place, lang),
            Axis::InnerEmpties => of(INNER_EMPTIES, place, lang),
            Axis::Numbers => of(NUMBERS, place, lang),
            Axis::Flags => of(FLAGS, place, lang),
            Axis::Texts => of(TEXTS, place, lang),
            Axis::Join => of(JOIN, place, lang),
            Axis::Case => of(CASE, place, lang),
            Axis::Change => None,
        };
        found.unwrap_or_else(|| {
            let (cause, field) = match self.builder.changes.get(usize::from(place)) {
                Some(Change::Without(at)) => (&change::FIELD, names.at(*at)),
                Some(Change::WithoutInner(at, name)) => {
                    (&change::INNER, format!("{} … {}", names.at(*at), names.shown(name)))
                }
                Some(Change::WithoutItem(at, _)) => (&change::ITEM, names.at(*at)),
                Some(Change::Backwards(at)) => (&change::MOVED, names.at(*at)),
                Some(Change::With(fields)) => {
                    (&change::ENVELOPE, fields.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
                }
                Some(Change::Nothing) | None => (&change::FIELD, String::new()),
            };
            cause.found(lang, &[("field", &field)])
        })
    }

    fn tail_findings(&self, base: &Tail, tail: Tail, lang: Lang) -> Vec<Finding> {
        let [charset, place, secret, digest] = tail;
        let [base_charset, base_place, base_secret, base_digest] = *base;
        let found = [
            CHARSET.get(usize::from(charset)).filter(|_| charset != base_charset).map(|entry| &entry.cause),
            SECRET.get(usize::from(secret)).filter(|_| secret != base_secret).map(|entry| &entry.cause),
            PLACE.get(usize::from(place)).filter(|_| place != base_place).map(|entry| &entry.cause),
            DIGEST.get(usize::from(digest)).filter(|_| digest != base_digest).map(|entry| &entry.cause),
        ];
        debug_assert!(self.secrets.is_some() || found.iter().all(Option::is_none));
        found.into_iter().flatten().map(|cause| cause.found(lang, &[])).collect()
    }
}

fn digest_of(text: &str) -> Vec<u8> {
    Algorithm::Md5.hash(&[text.as_bytes()])
}

/// A string in one encoding, and MD5 after it: what follows is short.
struct Hashed {
    charset: u16,
    bytes: Vec<u8>,
    after: Md5,
}

impl Hashed {
    fn new(charset: u16, text: &str) -> Self {
        let bytes = if charset == 0 { Charset::Utf8 } else { pick(CHARSET, charset) }.bytes(text);
        let after = Md5::new_with_prefix(&bytes);
        Self { charset, bytes, after }
    }

    fn first(&self, place: Place, secret: &[u8], algorithm: Algorithm, work: &mut u64) -> Vec<u8> {
        let bytes = self.bytes.as_slice();
        let mut all = |pieces: &[&[u8]]| {
            *work += bytes.len() as u64;
            algorithm.hash(pieces)
        };
        match place {
            Place::After(between) if algorithm == Algorithm::Md5 => {
                *work += 64;
                self.after.clone().chain_update(between).chain_update(secret).finalize().to_vec()
            }
            Place::After(between) => all(&[bytes, between.as_bytes(), secret]),
            Place::Before(between) => all(&[secret, between.as_bytes(), bytes]),
            Place::Both => all(&[secret, bytes, secret]),
            Place::Nowhere => all(&[bytes]),
            Place::Field(name) => {
                let upper = String::from_utf8_lossy(secret).to_uppercase();
                all(&[bytes, name.to_uppercase().as_bytes(), upper.as_bytes()])
            }
            Place::Hmac => {
                *work += bytes.len() as u64;
                // Any length of key will do.
                Hmac::<Md5>::new_from_slice(secret)
                    .map(|hmac| hmac.chain_update(bytes).finalize().into_bytes().to_vec())
                    .unwrap_or_default()
            }
        }
    }
}
