//! A reply's data against its schema, read liberally: numbers as texts, texts as numbers, null and "" as absent,
//! unknown fields kept. An error only where the caller could do nothing without the field.

use crate::error::Error;
use crate::model::at::At;
use crate::model::{Field, Kind, Schema, Shape};
use crate::prelude::*;
use crate::types::{Decimal, parse_whole};
use crate::value::{Map, Value};

/// Reads `data` of a reply.
///
/// # Errors
/// [`Error::Reply`] with the path, for example `data.plans[0].planCode`.
pub fn read(shape: Shape, data: Value) -> Result<Value, Error> {
    let at = &At::Whole("data");
    match (shape, data) {
        (Shape::Nothing, _) => Ok(Value::Null),
        (Shape::One(schema), Value::Map(map)) => object(schema, map, at).map(Value::Map),
        (Shape::One(_), Value::Null) => Err(Error::reply("data", "is missing, though the code says success")),
        (Shape::One(_), other) => Err(Error::reply("data", format!("must be an object, not {}", other.kind()))),
        (Shape::Many(_), ref empty) if empty.is_empty() => Ok(Value::List(Vec::new())),
        (Shape::Many(schema), Value::List(items)) => list(schema, items, at),
        // A single object or text where a list was announced.
        (Shape::Many(schema), other) => list(schema, vec![other], at),
    }
}

fn object(schema: &Schema, mut map: Map, at: &At<'_>) -> Result<Map, Error> {
    let mut read = Map::new();
    for field in schema.fields {
        let path = At::Field(at, field.name);
        let mut names = core::iter::once(field.name).chain(field.spec.alias);
        let value = names.find_map(|name| map.take(name).filter(|value| !value.is_empty()));
        match value {
            Some(value) => read.push(field.name, self::value(field, value, &path)?),
            None if !field.required => {}
            None if matches!(field.spec.kind, Kind::List(_) | Kind::Texts) => {
                read.push(field.name, Value::List(Vec::new()))
            }
            None => return Err(Error::reply(path.to_string(), format!("is missing ({})", field.label))),
        }
    }
    let known = |name: &str| schema.fields.iter().any(|field| field.name == name || field.spec.alias == Some(name));
    for (name, value) in map.into_iter().filter(|(name, _)| !known(name)) {
        read.push(name, value);
    }
    Ok(read)
}

fn value(field: &Field, value: Value, at: &At<'_>) -> Result<Value, Error> {
    let kind = value.kind();
    let wrong = |expected: &str| Error::reply(at.to_string(), format!("must be {expected}, not {kind}"));
    match (field.spec.kind, value) {
        (Kind::Text | Kind::Status(_) | Kind::TextChoice(_) | Kind::Date | Kind::Url, value) => {
            scalar(value).map(Value::Text).ok_or_else(|| wrong("text"))
        }
        (Kind::Integer | Kind::IntegerChoice(_), value) => {
            scalar(value).and_then(|text| integer(&text)).map(Value::Number).ok_or_else(|| wrong("an integer"))
        }
        (Kind::Amount, value) => {
            let amount = scalar(value).and_then(|text| Decimal::parse(text.trim()));
            amount.map(|amount| amount.as_str().into()).ok_or_else(|| wrong("an amount"))
        }
        (Kind::Object(schema), Value::Map(map)) => object(schema, map, at).map(Value::Map),
        (Kind::Object(_), _) => Err(wrong("an object")),
        (Kind::List(schema), Value::List(items)) => list(schema, items, at),
        (Kind::List(_), _) => Err(wrong("a list")),
        (Kind::Texts, Value::List(items)) => {
            let texts =
                items.into_iter().map(|item| scalar(item).map(Value::Text).ok_or_else(|| wrong("a list of texts")));
            texts.collect::<Result<_, _>>().map(Value::List)
        }
        (Kind::Texts, _) => Err(wrong("a list of texts")),
    }
}

fn list(schema: &Schema, items: Vec<Value>, at: &At<'_>) -> Result<Value, Error> {
    let read = items.into_iter().enumerate().map(|(index, item)| {
        let path = At::Item(at, index);
        match (item, schema.bare) {
            (Value::Map(map), _) => object(schema, map, &path).map(Value::Map),
            (Value::Text(text), Some(field)) => {
                let mut map = Map::new();
                map.push(field, text.into());
                Ok(Value::Map(map))
            }
            (other, _) => Err(Error::reply(path.to_string(), format!("must be an object, not {}", other.kind()))),
        }
    });
    read.collect::<Result<_, _>>().map(Value::List)
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) => Some(text),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
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
