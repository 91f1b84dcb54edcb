//! Decides whether a request matches a recorded one. The recorded texts are replacements, and a test has its own texts.
//! Where two texts identify somebody, each must always meet the same counterpart; everything else must be equal.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Field, Kind, Schema};
use crate::recording::address::{Address, is_plain};
use crate::recording::masker::{Treatment, field_of, inner, is_digit, is_somebody, opened, treatment};
use crate::spelling::is_field_name;
use crate::value::{Map, Value};

/// How many characters of a value are shown.
const SHOWN: usize = 60;

/// Pairs the test's texts with the recording's, one to one.
#[derive(Debug, Clone, Default)]
pub(super) struct Bonds {
    theirs_by_ours: BTreeMap<String, String>,
    ours_by_theirs: BTreeMap<String, String>,
}

impl Bonds {
    fn tie(&mut self, ours: &str, theirs: &str) {
        self.theirs_by_ours.insert(ours.to_owned(), theirs.to_owned());
        self.ours_by_theirs.insert(theirs.to_owned(), ours.to_owned());
    }

    /// A reply with the test's own texts.
    pub(super) fn in_our_texts(&self, value: &Value) -> Value {
        match value {
            Value::Text(theirs) => match (self.ours_by_theirs.get(theirs), opened(value)) {
                (Some(ours), _) => Value::Text(ours.clone()),
                (None, Cow::Owned(inside)) => Value::Text(self.in_our_texts(&inside).to_json()),
                (None, _) => value.clone(),
            },
            Value::List(items) => Value::List(items.iter().map(|item| self.in_our_texts(item)).collect()),
            Value::Map(map) => {
                Value::Map(map.iter().map(|(name, item)| (self.in_our_name(name), self.in_our_texts(item))).collect())
            }
            other => other.clone(),
        }
    }

    /// The name of an entry: people may be keys, too.
    fn in_our_name(&self, theirs: &str) -> String {
        let ours = if is_field_name(theirs) { None } else { self.ours_by_theirs.get(theirs) };
        ours.map_or(theirs, String::as_str).to_owned()
    }
}

/// Where a request differs from the recorded one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `insuredInfoList[1].insuredGender`
    pub path: String,
    /// As JSON; none if it is absent.
    pub recorded: Option<String>,
    /// As JSON; none if it is absent. `"***"` if it identifies somebody, or may.
    pub asked: Option<String>,
}

/// One comparison.
pub(super) struct Unifier<'a> {
    /// Every text of the recording that is a replacement.
    pub(super) recorded: &'a BTreeSet<String>,
    /// Fields that may differ.
    pub(super) ignored: &'a [String],
    pub(super) bonds: Bonds,
    /// How many new pairs were needed.
    pub(super) tied: usize,
    pub(super) differences: Vec<Difference>,
}

impl Unifier<'_> {
    pub(super) fn map(&mut self, schema: Option<&'static Schema>, recorded: &Map, asked: &Map, at: &str) {
        let mut met = BTreeSet::new();
        for (name, theirs) in recorded.iter().filter(|(_, value)| !value.is_empty()) {
            let own = self.own_name(schema, name, asked);
            let ours = own.and_then(|own| asked.get(own)).filter(|value| !value.is_empty());
            met.extend(own);
            self.field(field_of(schema, name), Some(theirs), ours, &join(at, name));
        }
        for (name, ours) in asked.iter().filter(|(name, value)| !value.is_empty() && !met.contains(name)) {
            let shown = if is_somebody(schema, name) { "***" } else { name };
            self.field(field_of(schema, name), None, Some(ours), &join(at, shown));
        }
    }

    /// The name that the test gave an entry: the recorded one, unless that stands for a person. People are paired as they
    /// are elsewhere, and otherwise in their order.
    fn own_name<'n>(&mut self, schema: Option<&'static Schema>, theirs: &'n str, asked: &'n Map) -> Option<&'n str> {
        if !is_somebody(schema, theirs) || asked.get(theirs).is_some() {
            return Some(theirs);
        }
        let mut names = asked.iter().filter(|(name, value)| !value.is_empty() && is_somebody(schema, name));
        names.find(|(ours, _)| self.stands_for(ours, theirs)).map(|(ours, _)| ours)
    }

    fn field(&mut self, field: Option<&'static Field>, theirs: Option<&Value>, ours: Option<&Value>, path: &str) {
        // A field that is not known was replaced as well.
        let treatment = field.map_or(Treatment::Replaced, treatment);
        if treatment == Treatment::Code || self.may_differ(path) {
            return;
        }
        let schema = field.and_then(inner);
        let (theirs, ours) = (theirs.map(opened), ours.map(opened));
        let (theirs, ours) = (theirs.as_deref(), ours.as_deref());
        match (theirs, ours) {
            (Some(Value::Map(theirs)), Some(Value::Map(ours))) => return self.map(schema, theirs, ours, path),
            (Some(Value::List(theirs)), Some(Value::List(ours))) => {
                for place in 0..theirs.len().max(ours.len()) {
                    self.field(field, theirs.get(place), ours.get(place), &format!("{path}[{place}]"));
                }
                return;
            }
            (Some(theirs), Some(ours)) => {
                let same = match (treatment, theirs.as_scalar(), ours.as_scalar()) {
                    _ if field.is_none() && is_digit(theirs) => theirs == ours,
                    (Treatment::Replaced, Some(theirs), Some(ours)) => self.stands_for(ours, theirs),
                    (Treatment::Address, Some(theirs), Some(ours)) => self.is_same_address(theirs, ours),
                    _ => theirs == ours,
                };
                if same {
                    return;
                }
            }
            _ => {}
        }
        let hidden = |value: &Value| if says_who(field, value) { "\"***\"".to_owned() } else { cut(value) };
        self.differences.push(Difference { path: path.to_owned(), recorded: theirs.map(cut), asked: ours.map(hidden) });
    }

    /// A text that is not an address was replaced as a whole.
    fn is_same_address(&mut self, theirs: &str, ours: &str) -> bool {
        match (Address::parse(theirs), Address::parse(ours)) {
            (Some(theirs), Some(ours)) => skeleton(theirs) == skeleton(ours),
            _ => self.stands_for(ours, theirs),
        }
    }

    /// Pairs the two if neither has another counterpart.
    fn stands_for(&mut self, ours: &str, theirs: &str) -> bool {
        if ours == theirs {
            return true;
        }
        match (self.bonds.theirs_by_ours.get(ours), self.bonds.ours_by_theirs.get(theirs)) {
            (Some(bound), _) => bound == theirs,
            // A text from the recording can only be paired with itself.
            (None, None) if !self.recorded.contains(ours) => {
                self.bonds.tie(ours, theirs);
                self.tied += 1;
                true
            }
            _ => false,
        }
    }

    fn may_differ(&self, path: &str) -> bool {
        let bare: String = path
            .split('[')
            .enumerate()
            .map(|(place, part)| if place == 0 { part } else { part.split_once(']').map_or("", |(_, rest)| rest) })
            .collect();
        let name = bare.rsplit('.').next().unwrap_or_default();
        self.ignored.iter().any(|ignored| *ignored == bare || ignored == name)
    }
}

/// Whether the test's own value may identify somebody. It may if the field is unknown or meant for something else.
fn says_who(field: Option<&'static Field>, value: &Value) -> bool {
    let own = |kind| match value {
        Value::Map(_) => false,
        Value::List(_) => matches!(kind, Kind::Texts),
        _ => true,
    };
    field.is_none_or(|field| field.spec.personal || inner(field).is_some() || !own(field.spec.kind))
}

/// The part of an address that must be equal: no port, because tests use free ones, and nothing that was replaced.
fn skeleton(address: Address<'_>) -> String {
    address.plain().with(|part| if is_plain(part) { part.to_owned() } else { "*".to_owned() })
}

fn cut(value: &Value) -> String {
    let text = value.to_json();
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
