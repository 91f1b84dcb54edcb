//! Nested values as JSON, in the ways of several libraries.

use crate::doctor::sign::nested::Json;
use crate::doctor::sign::print::{each, scalar};
use crate::prelude::*;
use crate::value::Value;

/// A text as JSON, with its quotes.
fn quoted(text: &str, how: Json, out: &mut String) {
    let start = out.len();
    Value::from(text).write_json(out);
    if !(how.ascii && !text.is_ascii() || how.slashes && text.contains('/')) {
        return;
    }
    let plain = out.split_off(start);
    for c in plain.chars() {
        match c {
            '/' if how.slashes => out.push_str("\\/"),
            c if how.ascii && !c.is_ascii() => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
            }
            c => out.push(c),
        }
    }
}

pub(super) fn json(value: &Value, how: Json, out: &mut String) {
    let (comma, colon) = if how.spaced { (", ", ": ") } else { (",", ":") };
    match value {
        Value::Text(text) => quoted(text, how, out),
        Value::List(items) => {
            out.push('[');
            each(items, comma, out, |item, out| json(item, how, out));
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            each(map.iter(), comma, out, |(name, item), out| {
                quoted(name, how, out);
                out.push_str(colon);
                json(item, how, out);
            });
            out.push('}');
        }
        _ => scalar(value, out),
    }
}

pub(super) fn json_lines(value: &Value, depth: usize, out: &mut String) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    let between = format!(",\n{}", "  ".repeat(depth + 1));
    match value {
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            line(depth + 1, out);
            each(items, &between, out, |item, out| json_lines(item, depth + 1, out));
            line(depth, out);
            out.push(']');
        }
        Value::Map(map) if !map.is_empty() => {
            out.push('{');
            line(depth + 1, out);
            each(map.iter(), &between, out, |(name, item), out| {
                Value::from(name).write_json(out);
                out.push_str(": ");
                json_lines(item, depth + 1, out);
            });
            line(depth, out);
            out.push('}');
        }
        _ => value.write_json(out),
    }
}
