//! Builds the string that would be signed from a vector of choices.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;

use crate::doctor::cause::Entry;
use crate::doctor::sign::change::{Change, without};
use crate::doctor::sign::fields::{EMPTIES, ORDER, Order, bucket};
use crate::doctor::sign::inner::{INNER_EMPTIES, INNER_ORDER, InnerEmpties, InnerOrder};
use crate::doctor::sign::join::{CASE, JOIN, Join};
use crate::doctor::sign::nested::{NESTED, Nested};
use crate::doctor::sign::print::pairs;
use crate::doctor::sign::scalars::{FLAGS, Flags, NUMBERS, Numbers, TEXTS, rewritten};
use crate::doctor::sign::vector::{Axis, Vector};
use crate::prelude::*;
use crate::value::{Map, Value};

/// The most memory for remembered pieces, in bytes: a body with a thousand people would fill it.
const CACHE: usize = 32 << 20;

/// What a piece of the string depends on: the field and the axes that affect it.
type PieceKey = (usize, [u16; 9]);

/// A field's names and values, in the right case: one pair, many if a nested value is spread, or none.
type Pairs = Vec<[String; 2]>;

/// Builds strings for one body and remembers their pieces.
pub(super) struct Builder<'a> {
    body: &'a Map,
    plaintext: Option<&'a str>,
    pub(super) changes: Vec<Change>,
    pieces: BTreeMap<PieceKey, Rc<Pairs>>,
    held: usize,
    /// The longest string so far, in bytes.
    longest: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(body: &'a Map, plaintext: Option<&'a str>, changes: Vec<Change>) -> Self {
        Self { body, plaintext, changes, pieces: BTreeMap::new(), held: 0, longest: 0 }
    }

    /// The string to which a program with these choices would append the secret.
    pub(super) fn text(&mut self, vector: &Vector) -> String {
        let join = chosen(JOIN, vector, Axis::Join);
        let case = chosen(CASE, vector, Axis::Case);
        let change = self.changes.get(usize::from(vector.at(Axis::Change))).cloned().unwrap_or(Change::Nothing);
        if let (Join::Plaintext, Some(plaintext)) = (join, self.plaintext) {
            return case.whole(plaintext);
        }
        let body = self.body;
        let added: &[(&str, Value)] = match &change {
            Change::With(added) | Change::Instead(added) => added,
            _ => &[],
        };
        let own = body.iter().count();
        let takes_part = |place: usize| match change {
            Change::Without(gone) => place != gone,
            Change::Instead(_) => place >= own,
            _ => true,
        };
        let fields = body.iter().chain(added.iter().map(|(name, value)| (*name, value))).enumerate();
        let empties = chosen(EMPTIES, vector, Axis::Empties);
        let mut fields: Vec<_> = fields
            .filter(|(place, _)| takes_part(*place))
            .filter_map(|(place, (name, value))| Some((place, name, value, empties.of(value).ok()?)))
            .collect();
        if let Change::Absent(names, printed) = &change {
            fields.extend(names.iter().map(|name| (usize::MAX, *name, &Value::Null, Some(*printed))));
        }
        match chosen(ORDER, vector, Axis::Order) {
            Order::Pairs => {
                fields.sort_by(|(_, a, ..), (_, b, ..)| Order::Java.compare(&format!("{a}="), &format!("{b}=")))
            }
            Order::HashMap => fields.sort_by_key(|(_, name, ..)| bucket(name, own)),
            order => fields.sort_by(|(_, a, ..), (_, b, ..)| order.compare(a, b)),
        }
        if matches!(join, Join::Json | Join::Plaintext) {
            let map: Map = (fields.iter())
                .map(|(place, name, value, _)| {
                    ((*name).to_owned(), prepared(value, *place, vector, &change).into_owned())
                })
                .collect();
            return case.whole(&as_json(&map, chosen(NESTED, vector, Axis::Nested)));
        }
        let (equals, between, [before, after]) = match join {
            Join::Pairs { equals, between, around } => (Some(equals), between, around),
            _ => (None, "", ["", ""]),
        };
        let mut text = String::with_capacity(self.longest);
        text.push_str(before);
        let mut first = true;
        for (place, name, value, printed) in fields {
            for [name, value] in self.pairs(place, name, value, printed, vector, &change).iter() {
                if !core::mem::take(&mut first) {
                    text.push_str(between);
                }
                if let Some(equals) = equals {
                    text.push_str(name);
                    text.push_str(equals);
                }
                text.push_str(value);
            }
        }
        text.push_str(after);
        self.longest = self.longest.max(text.len());
        text
    }

    fn pairs(
        &mut self,
        place: usize,
        name: &str,
        value: &Value,
        printed: Option<&str>,
        vector: &Vector,
        change: &Change,
    ) -> Rc<Pairs> {
        if place == usize::MAX {
            return Rc::new(written(place, name, value, printed, vector, change));
        }
        let reaches = match change {
            Change::WithoutInner(at, _) | Change::WithoutItem(at, _) | Change::Backwards(at) => *at == place,
            Change::With(_) | Change::Instead(_) => true,
            Change::Nothing | Change::Without(_) | Change::Absent(..) => false,
        };
        let change_at = if reaches { vector.at(Axis::Change) } else { 0 };
        let own = [Axis::InnerOrder, Axis::Nested, Axis::InnerEmpties, Axis::Numbers, Axis::Flags, Axis::Texts];
        let [a, b, c, d, e, f] = own.map(|axis| vector.at(axis));
        // The axis of empty fields matters only to a field that is empty.
        let empty = if printed.is_some() { vector.at(Axis::Empties) + 1 } else { 0 };
        let key = (place, [a, b, c, d, e, f, vector.at(Axis::Case), change_at, empty]);
        if let Some(known) = self.pieces.get(&key) {
            return Rc::clone(known);
        }
        let pairs = Rc::new(written(place, name, value, printed, vector, change));
        if self.held > CACHE {
            self.pieces.clear();
            self.held = 0;
        }
        self.held += pairs.iter().flatten().map(|text| text.len() + 32).sum::<usize>() + 64;
        self.pieces.insert(key, Rc::clone(&pairs));
        pairs
    }
}

/// The vector's choice on an axis.
pub(super) fn chosen<T: Copy>(axis: &'static [Entry<T>], vector: &Vector, at: Axis) -> T {
    pick(axis, vector.at(at))
}

/// The table's entry at `place`; a vector is made from the tables' own lengths.
#[expect(clippy::indexing_slicing, reason = "no table is empty, and a const one knows its length")]
pub(super) fn pick<T: Copy>(axis: &'static [Entry<T>], place: u16) -> T {
    axis[usize::from(place).min(axis.len() - 1)].what
}

/// One field as it appears in the string.
fn written(place: usize, name: &str, value: &Value, printed: Option<&str>, vector: &Vector, change: &Change) -> Pairs {
    let (texts, case) = (chosen(TEXTS, vector, Axis::Texts), chosen(CASE, vector, Axis::Case));
    if let Some(printed) = printed {
        return vec![case.of(name, printed)];
    }
    let prepared = prepared(value, place, vector, change);
    let quotes = matches!(*prepared, Value::Text(_));
    let pairs = pairs(name, &prepared, chosen(NESTED, vector, Axis::Nested)).into_iter();
    pairs.map(|(name, value)| case.of(&texts.of_name(name), &texts.of(value, quotes))).collect()
}

/// The value before printing: changed, sorted, rewritten. It is copied only if necessary, because it may hold a
/// thousand people.
fn prepared<'v>(value: &'v Value, place: usize, vector: &Vector, change: &Change) -> Cow<'v, Value> {
    let mut value = match (change, value) {
        (Change::WithoutInner(at, name), _) if *at == place => Cow::Owned(without(value, name)),
        (Change::WithoutItem(at, item), Value::List(items)) if *at == place => {
            let kept = items.iter().enumerate().filter(|(index, _)| index != item);
            Cow::Owned(Value::List(kept.map(|(_, item)| item.clone()).collect()))
        }
        (Change::Backwards(at), Value::List(items)) if *at == place => {
            Cow::Owned(Value::List(items.iter().rev().cloned().collect()))
        }
        _ => Cow::Borrowed(value),
    };
    if matches!(*value, Value::List(_) | Value::Map(_)) {
        let empties = chosen(INNER_EMPTIES, vector, Axis::InnerEmpties);
        if empties != InnerEmpties::Kept {
            value = Cow::Owned(inner(&value, empties));
        }
        let order = chosen(INNER_ORDER, vector, Axis::InnerOrder);
        if order != InnerOrder::Body {
            value = Cow::Owned(sorted(&value, order));
        }
    }
    let (numbers, flags) = (chosen(NUMBERS, vector, Axis::Numbers), chosen(FLAGS, vector, Axis::Flags));
    if numbers != Numbers::Own || flags != Flags::Words {
        value = Cow::Owned(rewritten(&value, numbers, flags));
    }
    value
}

fn inner(value: &Value, empties: InnerEmpties) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| inner(item, empties)).collect()),
        Value::Map(map) => {
            let kept = map.iter().filter(|(_, item)| match empties {
                InnerEmpties::LeftOut => !item.is_empty(),
                InnerEmpties::NullLeftOut => **item != Value::Null,
                InnerEmpties::Kept | InnerEmpties::NullAsEmpty => true,
            });
            Value::Map(kept.map(|(name, item)| (name.to_owned(), inner(item, empties))).collect())
        }
        Value::Null if empties == InnerEmpties::NullAsEmpty => Value::Text(String::new()),
        _ => value.clone(),
    }
}

fn sorted(value: &Value, order: InnerOrder) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| sorted(item, order)).collect()),
        Value::Map(map) => {
            let mut fields: Vec<_> = map.by_name().collect();
            if order == InnerOrder::HashMap {
                fields = map.iter().collect();
                let entries = fields.len();
                fields.sort_by_key(|(name, _)| bucket(name, entries));
            }
            Value::Map(fields.into_iter().map(|(name, item)| (name.to_owned(), sorted(item, order))).collect())
        }
        _ => value.clone(),
    }
}

/// The whole body as JSON, written as the nested axis says if that is a kind of JSON.
fn as_json(map: &Map, nested: Nested) -> String {
    if !matches!(nested, Nested::Json(_) | Nested::JsonLines) {
        return map.to_json();
    }
    pairs("", &Value::Map(map.clone()), nested).into_iter().map(|(_, text)| text).collect()
}
