//! Finds every envelope in a text, for reading logs.

use crate::doctor::evidence::text::{objects, query};
use crate::prelude::*;
use crate::value::{Map, Value};

/// How many levels of JSON within JSON texts are searched.
const DEEPEST: usize = 4;

/// The envelopes in a text, whatever a log puts around them. They may be JSON, JSON held in a JSON text, escaped, or
/// surrounded by cut-off text. If there are none, the text may be a form or a query.
pub fn envelopes(text: &str) -> Vec<Map> {
    let mut found = Vec::new();
    in_text(text, 0, &mut found);
    found
}

fn in_text(text: &str, depth: usize, found: &mut Vec<Map>) {
    if depth > DEEPEST || !text.contains("requestBody") {
        return;
    }
    let before = found.len();
    objects(text).into_iter().for_each(|(map, _)| in_value(Value::Map(map), depth, found));
    if found.len() == before {
        found.extend(query(text).map(|(map, _)| map).filter(is_envelope));
    }
}

fn in_value(value: Value, depth: usize, found: &mut Vec<Map>) {
    match value {
        Value::Text(text) => in_text(&text, depth + 1, found),
        Value::List(items) => items.into_iter().for_each(|item| in_value(item, depth, found)),
        Value::Map(map) if is_envelope(&map) => found.push(map),
        Value::Map(map) => map.iter().for_each(|(_, item)| in_value(item.clone(), depth, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_envelope(map: &Map) -> bool {
    ["requestBody", "sign"].iter().all(|name| map.get(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: &str = r#"{"requestBody":"QUJD+/==","sign":"s","timestamp":1626570000000}"#;

    #[test]
    fn whatever_stands_around_it() {
        let quoted = Value::from(ENVELOPE).to_json();
        let twice = Value::from(format!(r#"{{"sent":{quoted}}}"#).as_str()).to_json();
        for text in [
            ENVELOPE.to_owned(),
            format!("INFO {{\"a\":{{}}}} sent {ENVELOPE} in 12 ms"),
            format!(r#"{{"level":30,"req":{{"body":[{ENVELOPE}]}}}}"#),
            format!(r#"{{"body":{quoted}}}"#),
            format!(r#"{{"msg":{twice}}}"#),
            format!(r#"sent {{"body":{} cut off"#, quoted.trim_end_matches('"')),
        ] {
            let found: Vec<_> = envelopes(&text).iter().map(Map::to_json).collect();
            assert_eq!(found, [ENVELOPE], "{text}");
        }
        assert_eq!(envelopes(&format!("{ENVELOPE} {ENVELOPE}")).len(), 2);
        for text in [
            "requestBody=QUJD%2B%2F%3D%3D&sign=s&timestamp=1626570000000",
            r#""POST /x?requestBody=QUJD%2B%2F%3D%3D&sign=s&timestamp=1626570000000 HTTP/1.1" 200"#,
        ] {
            let found = envelopes(text);
            let values = |name: &str| found.first().and_then(|map| map.text(name));
            assert_eq!(
                (values("requestBody"), values("timestamp")),
                (Some("QUJD+/=="), Some("1626570000000")),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_none_is_not_taken_for_one() {
        let deep = (0..6).fold(ENVELOPE.to_owned(), |text, _| {
            Value::Map([("m".to_owned(), text.as_str().into())].into_iter().collect()).to_json()
        });
        for text in
            ["", "requestBody", r#"{"requestBody":"QUJD"}"#, "requestBody=QUJD&nonce=1", &deep, &"{".repeat(10_000)]
        {
            assert!(envelopes(text).is_empty(), "{text:.60}");
        }
    }
}
