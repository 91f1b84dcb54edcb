//! Many texts replaced in one pass: of thousands of people hardly anybody stands in an error, and to look for one after the other
//! would hold up everything else for seconds.

use alloc::borrow::Cow;

use crate::prelude::*;
use crate::spelling::{Ranked, sorted};
use crate::upper::upper_case;

/// Any odd number whose multiples are well spread.
const BASE: u32 = 0x0100_0193;

/// A text as it is looked for: a person's, or the same in upper case, since a refusal may quote the signing string.
struct Form<'a> {
    person: &'a str,
    written: Cow<'a, str>,
    /// The next of the same slot, counted from 1; 0 where there is none.
    next: usize,
}

/// The forms by their hash, each once, but for those that are longer than the text and so not in it.
struct Forms<'a> {
    forms: Vec<Form<'a>>,
    slots: Vec<usize>,
    /// Which lengths there are.
    lengths: Vec<bool>,
}

impl<'a> Forms<'a> {
    fn slot(&self, hash: u32) -> usize {
        // A power of two.
        hash as usize & (self.slots.len() - 1)
    }

    /// Those of a slot.
    fn at(&self, slot: usize) -> impl Iterator<Item = &Form<'a>> {
        let mut next = self.slots.get(slot).copied().unwrap_or_default();
        core::iter::from_fn(move || {
            let form = self.forms.get(next.checked_sub(1)?)?;
            next = form.next;
            Some(form)
        })
    }

    fn add(&mut self, person: &'a str, written: Cow<'a, str>) {
        let Some(length) = self.lengths.get_mut(written.len()) else { return };
        *length = true;
        let hash = written.bytes().rev().fold(0, |hash, byte| roll(hash, byte));
        let slot = self.slot(hash);
        if self.at(slot).any(|form| form.person == person && form.written == written) {
            return;
        }
        let place = self.forms.len() + 1;
        let next = self.slots.get_mut(slot).map_or(0, |first| core::mem::replace(first, place));
        self.forms.push(Form { person, written, next });
    }
}

fn roll(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(BASE).wrapping_add(u32::from(byte))
}

/// `text` with another for each of `people` that stands in it, also in upper case: as if one after the other were replaced, the
/// longest first, and nothing that came in by it. Takes as long as the text times the number of different lengths, and the people.
pub(crate) fn replace_each<'a>(text: &str, people: &[&'a str], other: &mut dyn FnMut(&str) -> String) -> String {
    let slots = vec![0; (2 * people.len()).next_power_of_two()];
    let mut forms = Forms { forms: Vec::new(), slots, lengths: vec![false; text.len() + 1] };
    for person in people {
        let upper = upper_case(person);
        if upper != *person {
            forms.add(person, upper.into());
        }
        forms.add(person, (*person).into());
    }

    let (mut spans, mut ranks) = (Vec::new(), Vec::new());
    for (length, _) in forms.lengths.iter().enumerate().filter(|(length, wanted)| *length > 0 && **wanted) {
        let leaving = BASE.wrapping_pow(length as u32);
        let mut hash = 0;
        // From the end: of one person the first in the text then ranks last here, and goes first below.
        let behind = core::iter::repeat_n(0, length).chain(text.bytes().rev());
        for (start, (enters, leaves)) in (0..text.len()).rev().zip(text.bytes().rev().zip(behind)) {
            hash = roll(hash, enters).wrapping_sub(u32::from(leaves).wrapping_mul(leaving));
            let Some(here) = text.get(start..start + length) else { continue };
            for form in forms.at(forms.slot(hash)).filter(|form| form.written == here) {
                // As it is it goes before upper case.
                let first = if here == form.person { 1 << (usize::BITS - 1) } else { 0 };
                ranks.push(Ranked { rank: form.person.len(), text: form.person, place: spans.len() | first });
                spans.push(start..start + length);
            }
        }
    }

    // To each place where somebody begins that is to be replaced.
    let mut taken = vec![None; text.len()];
    let mut hidden = vec![false; text.len()];
    for Ranked { text: person, place, .. } in sorted(ranks.into_iter()).rev() {
        let Some(span) = spans.get(place & (usize::MAX >> 1)) else { continue };
        let Some(cover) = hidden.get_mut(span.clone()) else { continue };
        if !cover.contains(&true) {
            cover.fill(true);
            if let Some(begins) = taken.get_mut(span.start) {
                *begins = Some((person, span.end));
            }
        }
    }
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (place, begins) in taken.into_iter().enumerate() {
        if let Some((person, end)) = begins {
            shown.push_str(text.get(from..place).unwrap_or_default());
            shown.push_str(&other(person));
            from = end;
        }
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}
