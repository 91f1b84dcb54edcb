//! Reads a reply's data against its schema, leniently: it accepts numbers as texts and texts as numbers, treats null
//! and "" as absent, and keeps unknown fields. It fails only if the caller could do nothing without the field.

use alloc::borrow::Cow;

use crate::error::Error;
use crate::model::at::At;
use crate::model::{Field, Kind, Schema, Shape};
use crate::prelude::*;
use crate::types::{Decimal, parse_whole};
use crate::value::{JsonKind, Splice, View, mistyped};

/// Reads `data` of a reply and returns compact JSON.
///
/// # Errors
/// [`Error::Reply`] with the path, for example `data.plans[0].planCode`.
pub fn read(shape: Shape, data: Option<View<'_>>) -> Result<String, Error> {
    let at = &At::Whole("data");
    let data = match (shape, data.filter(|data| data.kind() != JsonKind::Null)) {
        (Shape::Nothing, _) => return Ok("null".into()),
        (Shape::Many(_), None) => return Ok("[]".into()),
        (Shape::Many(_), Some(empty)) if empty.is_empty() => return Ok("[]".into()),
        (Shape::One(_), None) => return Err(Error::reply("data", "is missing, though the code says success")),
        (_, Some(data)) => data,
    };
    let mut reader = Reader(data.splice());
    match (shape, data.kind()) {
        (Shape::One(schema), JsonKind::Map) => reader.object(schema, data, at)?,
        (Shape::Many(schema), JsonKind::List) => reader.list(schema, data, at)?,
        (Shape::Many(schema), _) => {
            // The reply gave a single object or text where the document announces a list.
            reader.0.push("[");
            reader.item(schema, data, &At::Item(at, 0))?;
            reader.0.push("]");
        }
        _ => return Err(wrong(at, "an object", data)),
    }
    Ok(reader.0.finish())
}

struct Reader<'a>(Splice<'a>);

impl<'a> Reader<'a> {
    fn object(&mut self, schema: &Schema, map: View<'a>, at: &At<'_>) -> Result<(), Error> {
        self.0.push("{");
        let (mut last, mut known, mut first) = (None, 0, true);
        for field in schema.fields {
            let path = At::Field(at, field.name);
            let [own, other] = [Some(field.name), field.spec.alias].map(|name| {
                let entry = map.entry(name?, last)?;
                (last, known) = (Some(entry.0), known + 1);
                Some(entry)
            });
            let filled = |(_, value): &(View<'_>, View<'_>)| !value.is_empty();
            let given = match own.filter(filled) {
                Some((name, value)) => Some((Some(name.node()), value)),
                None => other.filter(filled).map(|(_, value)| (None, value)),
            };
            match given {
                Some((entry, value)) => {
                    self.0.name(field.name, entry, first);
                    self.value(field, value, &path)?;
                }
                None if !field.required => continue,
                None if matches!(field.spec.kind, Kind::List(_) | Kind::Texts) => {
                    self.0.name(field.name, None, first);
                    self.0.push("[]");
                }
                None => return Err(Error::reply(path.to_string(), format!("is missing ({})", field.label))),
            }
            first = false;
        }
        if map.count() > known {
            let known =
                |name: &str| schema.fields.iter().any(|field| field.name == name || field.spec.alias == Some(name));
            for (name, value) in map.entries().filter(|(name, _)| !name.text().is_some_and(|name| known(&name))) {
                name.write_entry(value, first, &mut self.0);
                first = false;
            }
        }
        self.0.push("}");
        Ok(())
    }

    fn value(&mut self, field: &Field, value: View<'a>, at: &At<'_>) -> Result<(), Error> {
        let list = value.kind() == JsonKind::List;
        let (read, expected) = match field.spec.kind {
            Kind::Object(schema) if value.kind() == JsonKind::Map => return self.object(schema, value, at),
            Kind::List(schema) if list => return self.list(schema, value, at),
            Kind::Object(_) => (None, "an object"),
            Kind::List(_) => (None, "a list"),
            Kind::Texts => (if list { self.texts(value) } else { None }, "a list of texts"),
            Kind::Integer | Kind::IntegerChoice(_) => {
                (scalar(value).and_then(|text| integer(&text)).map(|number| self.0.push(&number)), "an integer")
            }
            Kind::Amount => {
                let amount = scalar(value).and_then(|text| Decimal::parse(text.trim()));
                (amount.map(|amount| self.quoted(amount.as_str())), "an amount")
            }
            Kind::Text | Kind::Status(_) | Kind::TextChoice(_) | Kind::Date | Kind::Url => (self.text(value), "text"),
        };
        read.ok_or_else(|| wrong(at, expected, value))
    }

    fn list(&mut self, schema: &Schema, list: View<'a>, at: &At<'_>) -> Result<(), Error> {
        self.0.push("[");
        for (index, item) in list.inside().enumerate() {
            if index > 0 {
                self.0.push(",");
            }
            self.item(schema, item, &At::Item(at, index))?;
        }
        self.0.push("]");
        Ok(())
    }

    fn item(&mut self, schema: &Schema, item: View<'a>, at: &At<'_>) -> Result<(), Error> {
        match (item.kind(), schema.bare) {
            (JsonKind::Map, _) => self.object(schema, item, at),
            (JsonKind::Text | JsonKind::Escaped, Some(field)) => {
                self.0.push("{");
                self.0.name(field, None, true);
                item.write(&mut self.0);
                self.0.push("}");
                Ok(())
            }
            _ => Err(wrong(at, "an object", item)),
        }
    }

    fn texts(&mut self, list: View<'a>) -> Option<()> {
        self.0.push("[");
        for (index, item) in list.inside().enumerate() {
            if index > 0 {
                self.0.push(",");
            }
            self.text(item)?;
        }
        self.0.push("]");
        Some(())
    }

    /// A scalar as text.
    fn text(&mut self, value: View<'a>) -> Option<()> {
        match value.kind() {
            JsonKind::Text | JsonKind::Escaped => value.write(&mut self.0),
            _ => self.quoted(&scalar(value)?),
        }
        Some(())
    }

    /// Writes a text that contains nothing to escape.
    fn quoted(&mut self, text: &str) {
        self.0.push("\"");
        self.0.push(text);
        self.0.push("\"");
    }
}

fn wrong(at: &At<'_>, expected: &str, found: View<'_>) -> Error {
    Error::reply(at.to_string(), mistyped(expected, found.what()))
}

fn scalar(value: View<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        JsonKind::True | JsonKind::False => Some(value.raw().into()),
        _ => value.scalar(),
    }
}

/// `2`, `"2"`, `2.0` and `true` (1).
fn integer(text: &str) -> Option<String> {
    let text = match text.trim() {
        "true" => "1",
        "false" => "0",
        other => other,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let zeros = !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    parse_whole::<i64>(whole).filter(|_| zeros).map(|number| number.to_string())
}
