//! Who is named in a body: what its schema says is personal, and all of which the schema says nothing.

use alloc::borrow::Cow;

use crate::model::{Kind, Schema, Spec};
use crate::prelude::*;
use crate::types::is_http_url;
use crate::value::{Json, JsonKind, View};

/// Appends every text that may name somebody. Of what has no schema that is each text, and each name that a program would hardly
/// give: an object may be keyed by people.
pub(super) fn people<'a>(schema: Option<&Schema>, value: View<'a>, found: &mut Vec<Cow<'a, str>>) {
    match value.kind() {
        JsonKind::Map => {
            for (name, value) in value.entries() {
                let name = name.text().unwrap_or_default();
                match schema.and_then(|schema| schema.fields.iter().find(|field| field.name == name)) {
                    Some(field) => of_field(&field.spec, value, found),
                    None => {
                        if !is_plain_name(&name) {
                            found.push(name);
                        }
                        people(None, value, found);
                    }
                }
            }
        }
        JsonKind::List => value.inside().for_each(|item| people(schema, item, found)),
        _ => {
            let Some(text) = value.scalar() else { return };
            if let Some(json) = held(&text) {
                let mut inner = Vec::new();
                people(schema, json.root(), &mut inner);
                found.extend(inner.into_iter().map(|text| text.into_owned().into()));
            }
            found.push(text);
        }
    }
}

fn of_field<'a>(spec: &Spec, value: View<'a>, found: &mut Vec<Cow<'a, str>>) {
    match spec.kind {
        Kind::Object(inner) | Kind::List(inner) => people(Some(inner), value, found),
        Kind::Texts if value.kind() == JsonKind::List => {
            let item = Spec { kind: Kind::Text, ..*spec };
            value.inside().for_each(|text| of_field(&item, text, found));
        }
        kind => {
            let nested = matches!(value.kind(), JsonKind::Map | JsonKind::List);
            if spec.personal || nested || value.scalar().is_some_and(|text| !fits(kind, &text)) {
                people(None, value, found);
            }
        }
    }
}

/// Whether a text, or a number's digits, is what such a field is for, or nearly: nobody's name has no letter.
pub(super) fn fits(kind: Kind, text: &str) -> bool {
    let nameless = || text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
    match kind {
        Kind::TextChoice(choices) | Kind::IntegerChoice(choices)
            if choices.iter().any(|choice| choice.wire == text) =>
        {
            true
        }
        Kind::TextChoice(_) | Kind::IntegerChoice(_) | Kind::Date => nameless(),
        Kind::Url => is_http_url(text),
        Kind::Object(_) | Kind::List(_) => false,
        _ => held(text).is_none(),
    }
}

/// The object or list whose JSON a text is.
pub(crate) fn held(text: &str) -> Option<Json> {
    let may = text.trim_start().starts_with(['{', '[']);
    if may { Json::of(text.to_owned()).ok() } else { None }
}

/// Whether a program may have called a field so.
pub(super) fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
