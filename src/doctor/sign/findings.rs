//! Turns the vector that was found into sentences.

use crate::doctor::cause::{Entry, Finding, Lang};
use crate::doctor::difference::at;
use crate::doctor::names::Names;
use crate::doctor::sign::change::{self, Change};
use crate::doctor::sign::digest::DIGEST;
use crate::doctor::sign::fields::{EMPTIES, ORDER};
use crate::doctor::sign::inner::{INNER_EMPTIES, INNER_ORDER};
use crate::doctor::sign::join::{CASE, JOIN};
use crate::doctor::sign::nested::NESTED;
use crate::doctor::sign::scalars::{FLAGS, NUMBERS, TEXTS};
use crate::doctor::sign::secret::SECRET;
use crate::doctor::sign::tail::{CHARSET, PLACE};
use crate::doctor::sign::vector::{AXES, Axis, Vector};
use crate::doctor::sign::{Search, Tail};
use crate::prelude::*;
use crate::value::Value;

impl Search<'_, '_> {
    pub(super) fn findings(
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
        let named = |fields: &[(&str, Value)]| fields.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
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
                Some(Change::With(fields)) => (&change::ENVELOPE, named(fields)),
                Some(Change::Instead(fields)) => (&change::INSTEAD, named(fields)),
                Some(Change::Absent(names, "null")) => (&change::ABSENT_NULL, names.join(", ")),
                Some(Change::Absent(names, _)) => (&change::ABSENT, names.join(", ")),
                Some(Change::Nothing) | None => (&change::FIELD, String::new()),
            };
            cause.found(lang, &[("field", &field)])
        })
    }

    pub(super) fn tail_findings(&self, base: &Tail, tail: Tail, lang: Lang) -> Vec<Finding> {
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
