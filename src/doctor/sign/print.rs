//! Prints values in every way of [`Nested`].

use crate::doctor::sign::json::{json, json_lines};
use crate::doctor::sign::nested::Nested;
use crate::prelude::*;
use crate::value::Value;

/// The pairs of one field: one, many if a nested value is spread, or none.
pub(super) fn pairs(name: &str, value: &Value, nested: Nested) -> Vec<(String, String)> {
    let mut found = Vec::new();
    match (value, nested) {
        (Value::List(_) | Value::Map(_), Nested::LeftOut) => {}
        (Value::List(_) | Value::Map(_), Nested::Query | Nested::Dotted) => spread(name, value, nested, &mut found),
        _ => found.push((name.to_owned(), text(value, nested))),
    }
    found
}

fn spread(path: &str, value: &Value, nested: Nested, found: &mut Vec<(String, String)>) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                spread(&format!("{path}[{index}]"), item, nested, found);
            }
        }
        Value::Map(map) => {
            for (name, item) in map.iter() {
                let inner = if nested == Nested::Dotted { format!("{path}.{name}") } else { format!("{path}[{name}]") };
                spread(&inner, item, nested, found);
            }
        }
        // http_build_query leaves null out.
        Value::Null => {}
        _ => found.push((path.to_owned(), text(value, nested))),
    }
}

/// A value at the top level, where a text is always raw.
fn text(value: &Value, nested: Nested) -> String {
    let mut out = String::new();
    match (value, nested) {
        (Value::Text(text), _) => out.push_str(text),
        (Value::List(_) | Value::Map(_), _) => write(value, nested, 0, &mut out),
        (Value::Bool(flag), Nested::Python) => out.push_str(if *flag { "True" } else { "False" }),
        _ => write(value, Nested::Java(""), 0, &mut out),
    }
    out
}

fn write(value: &Value, nested: Nested, depth: usize, out: &mut String) {
    match nested {
        Nested::Java(between) => java(value, between, false, out),
        Nested::Indexed => java(value, ", ", true, out),
        Nested::Json(how) => json(value, how, out),
        Nested::JsonLines => json_lines(value, depth, out),
        Nested::PhpArray => out.push_str("Array"),
        Nested::PhpPrintR => print_r(value, depth, out),
        Nested::Python => python(value, out),
        Nested::JavaScript => javascript(value, out),
        Nested::Go => go(value, out),
        Nested::Ruby => ruby(value, out),
        Nested::Query | Nested::Dotted | Nested::LeftOut => {}
    }
}

/// Writes entries with something between them.
pub(super) fn each<T>(
    items: impl IntoIterator<Item = T>,
    between: &str,
    out: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(item, out);
    }
}

pub(super) fn scalar(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(text) | Value::Text(text) => out.push_str(text),
        Value::List(_) | Value::Map(_) => {}
    }
}

fn java(value: &Value, between: &str, indexed: bool, out: &mut String) {
    match value {
        Value::List(items) if indexed => {
            out.push('{');
            each(items.iter().enumerate(), between, out, |(index, item), out| {
                out.push_str(&format!("{index}="));
                java(item, between, indexed, out);
            });
            out.push('}');
        }
        Value::List(items) => {
            out.push('[');
            each(items, between, out, |item, out| java(item, between, indexed, out));
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            each(map.iter(), between, out, |(name, item), out| {
                out.push_str(name);
                out.push('=');
                java(item, between, indexed, out);
            });
            out.push('}');
        }
        _ => scalar(value, out),
    }
}

/// The entries of a list or an object, named by index or name.
fn numbered(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::List(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        Value::Map(map) => map.iter().map(|(name, item)| (name.to_owned(), item)).collect(),
        _ => Vec::new(),
    }
}

fn print_r(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::List(_) | Value::Map(_) => {
            let indent = " ".repeat(8 * depth);
            out.push_str(&format!("Array\n{indent}(\n"));
            for (name, item) in numbered(value) {
                out.push_str(&format!("{indent}    [{name}] => "));
                print_r(item, depth + 1, out);
                out.push('\n');
            }
            out.push_str(&format!("{indent})\n"));
        }
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => out.push('1'),
        _ => scalar(value, out),
    }
}

fn python(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(flag) => out.push_str(if *flag { "True" } else { "False" }),
        Value::Text(text) => {
            let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
            out.push(quote);
            for c in text.chars() {
                match c {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    c if c == quote => out.extend(['\\', c]),
                    c => out.push(c),
                }
            }
            out.push(quote);
        }
        Value::List(items) => {
            out.push('[');
            each(items, ", ", out, python);
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            each(map.iter(), ", ", out, |(name, item), out| {
                python(&Value::from(name), out);
                out.push_str(": ");
                python(item, out);
            });
            out.push('}');
        }
        Value::Number(_) => scalar(value, out),
    }
}

fn javascript(value: &Value, out: &mut String) {
    match value {
        Value::Map(_) => out.push_str("[object Object]"),
        Value::List(items) => each(items, ",", out, |item, out| {
            if *item != Value::Null {
                javascript(item, out);
            }
        }),
        _ => scalar(value, out),
    }
}

fn go(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("<nil>"),
        Value::List(items) => {
            out.push('[');
            each(items, " ", out, go);
            out.push(']');
        }
        Value::Map(map) => {
            out.push_str("map[");
            each(map.by_name(), " ", out, |(name, item), out| {
                out.push_str(name);
                out.push(':');
                go(item, out);
            });
            out.push(']');
        }
        _ => scalar(value, out),
    }
}

fn ruby(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("nil"),
        Value::Text(_) => value.write_json(out),
        Value::List(items) => {
            out.push('[');
            each(items, ", ", out, ruby);
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            each(map.iter(), ", ", out, |(name, item), out| {
                Value::from(name).write_json(out);
                out.push_str("=>");
                ruby(item, out);
            });
            out.push('}');
        }
        _ => scalar(value, out),
    }
}
