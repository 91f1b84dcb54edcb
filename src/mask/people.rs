//! Finds who is named in a body: whatever its schema says is personal, and everything the schema does not describe.

use crate::model::Kind;
use crate::prelude::*;
use crate::spelling::is_field_name;
use crate::types::is_http_url;
use crate::upper::upper_case;
use crate::value::{Json, JsonKind, View};

/// Appends every text that may name somebody. `kind` is that of a known field that is not personal; without one, every
/// text counts, and with one, every text that does not fit. Names that a program would be unlikely to use count too,
/// because people may be the keys of an object.
pub(super) fn people(kind: Option<Kind>, value: View<'_>, found: &mut Vec<String>) {
    match value.kind() {
        JsonKind::Map => {
            let fields = match kind {
                Some(Kind::Object(schema) | Kind::List(schema)) => schema.fields,
                _ => &[],
            };
            for (name, value) in value.entries() {
                let name = name.text().unwrap_or_default();
                let field = fields.iter().find(|field| field.name == name && !field.spec.personal);
                people(field.map(|field| field.spec.kind), value, found);
                if !is_field_name(&name) {
                    add(&name, found);
                }
            }
        }
        JsonKind::List => {
            let kind = match kind {
                Some(Kind::Texts) => Some(Kind::Text),
                _ => kind.filter(|kind| matches!(kind, Kind::List(_) | Kind::Object(_))),
            };
            value.inside().for_each(|item| people(kind, item, found));
        }
        _ => {
            if let Some(text) = value.scalar()
                && !kind.is_some_and(|kind| !matches!(kind, Kind::Texts) && fits(kind, &text))
            {
                if let Some(json) = held(&text) {
                    people(None, json.root(), found);
                }
                add(&text, found);
            }
        }
    }
}

/// Adds a text as it is and as it appears in the signing string, which a refusal may quote. A single character occurs
/// everywhere.
fn add(text: &str, found: &mut Vec<String>) {
    let text = text.trim();
    if text.chars().nth(1).is_some() {
        found.push(text.to_owned());
        found.push(upper_case(text));
    }
}

/// Whether a text or a number's digits are what such a field is for, or nearly: no person's name is a single letter.
pub(super) fn fits(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::TextChoice(_) | Kind::IntegerChoice(_) | Kind::Date => {
            text.bytes().filter(|byte| !byte.is_ascii() || byte.is_ascii_alphabetic()).count() < 2
        }
        Kind::Url => is_http_url(text),
        Kind::Object(_) | Kind::List(_) => false,
        _ => held(text).is_none(),
    }
}

/// The object or list that a text holds as JSON.
pub(crate) fn held(text: &str) -> Option<Json> {
    let may = matches!(text.as_bytes().trim_ascii_start(), [b'{' | b'[', ..]);
    if may { Json::of(text.to_owned()).ok() } else { None }
}
