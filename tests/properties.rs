//! Properties that hold for any body and any bytes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use aigobo::canonical::{Body, Canonical, signing_string};
use aigobo::crypto::decrypt;
use aigobo::dialect::{Dialect, Nested};
use aigobo::endpoints::ENDPOINTS;
use aigobo::envelope::{Envelope, Stamp, open, seal};
use aigobo::exchange::{Incoming, accept, finish};
use aigobo::mask::Mask;
use aigobo::model::{CheckOptions, Choice, Field, Kind, Schema, check, read};
use aigobo::secret::{Credentials, parse_des_key};
use aigobo::value::Json;
use aigobo::{Map, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        (any::<i32>(), 0_u8..100).prop_map(|(whole, part)| Value::Number(format!("{whole}.{part:02}"))),
        any::<String>().prop_map(Value::Text),
        "[a-z &={},\\[\\]ßﬁı中]{0,12}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| Value::Map(entries.into_iter().collect())),
        ]
    })
}

fn body() -> impl Strategy<Value = Map> {
    prop::collection::vec(("[a-zA-Z0-9_]{1,8}|\\PC{1,4}", value()), 0..8)
        .prop_map(|entries| entries.into_iter().collect())
}

fn credentials() -> Credentials {
    Credentials::parse("token", "12345678", "secret").unwrap()
}

/// The signing string again, made from the document's description and without the crate's code.
fn naive(body: &Map) -> String {
    fn print(value: &Value) -> String {
        match value {
            Value::Null => "null".into(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(text) | Value::Text(text) => text.clone(),
            Value::List(items) => format!("[{}]", items.iter().map(print).collect::<Vec<_>>().join(", ")),
            Value::Map(map) => {
                format!("{{{}}}", map.iter().map(|(k, v)| format!("{k}={}", print(v))).collect::<Vec<_>>().join(", "))
            }
        }
    }
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.iter().next().is_none(),
        _ => false,
    };
    let mut pairs: Vec<(Vec<u16>, String)> = body
        .iter()
        .filter(|(_, value)| !empty(value))
        .map(|(name, value)| (name.encode_utf16().collect(), format!("{name}={}", print(value))))
        .collect();
    pairs.sort();
    pairs.into_iter().map(|(_, pair)| pair).collect::<Vec<_>>().join("&").to_uppercase()
}

/// JSON as JavaScript writes it, with the letters that are hardest to upper-case, and with traps for a reader that
/// builds no tree: repeated names, only empty values, non-ASCII names.
fn of_javascript() -> impl Strategy<Value = String> {
    let text = prop_oneof!["[a-z&=ßﬁıé，中𐐨 ]{0,20}", Just(String::new()), Just("\"\\\n".to_owned())];
    let leaf = prop_oneof![
        3 => text.prop_map(|text| serde_json::to_string(&text).unwrap()),
        1 => prop::sample::select(vec!["0", "-0", "1.50", "1e3", "-2E-7", "null", "true", "false", "01", "1.", "-", "1e"]).prop_map(str::to_owned),
    ];
    let value = leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            entries("[a-c]{1,2}", inner),
        ]
    });
    entries("[a-cA-C]{0,3}|[é中𐐨ﬁ]{1,2}", value)
}

fn entries(names: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec((names, value), 0..6).prop_map(|entries| {
        let entries: Vec<_> = entries.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", entries.join(","))
    })
}

/// With and without a tree the texts to send and to sign, and the refusals, are the same.
fn same_with_and_without_a_tree(text: &str) -> Result<(), TestCaseError> {
    for nested in [Nested::Java, Nested::Json] {
        let dialect = Dialect { nested, ..Dialect::default() };
        let short = Canonical::of(text.to_owned(), &dialect).map(|canonical| (canonical.json, canonical.signed));
        let long = Map::parse(text).map(|map| (map.to_json(), signing_string(&map, &dialect).into_bytes()));
        prop_assert_eq!(short, long);
    }
    Ok(())
}

/// JSON with typing errors: a character too many, or (for a blank) one too few.
fn nearly_json() -> impl Strategy<Value = String> {
    let slip = (
        any::<prop::sample::Index>(),
        prop::sample::select(r#"{}[]",:\\/u0129dDeE+-. truefalsn"#.chars().collect::<Vec<_>>()),
    );
    (value(), prop::collection::vec(slip, 0..4), any::<bool>()).prop_map(|(value, slips, spaced)| {
        let json = value.to_json();
        let json = if spaced { json.replace(',', " ,\n\t").replace(':', " :\r ") } else { json };
        let mut chars: Vec<_> = json.chars().collect();
        for (place, c) in slips {
            let place = place.index(chars.len() + 1);
            match c {
                ' ' if place < chars.len() => drop(chars.remove(place)),
                _ => chars.insert(place, c),
            }
        }
        chars.into_iter().collect()
    })
}

/// A valid value of a request's or a reply's field, and sometimes anything; with `care` only a valid one.
fn field(field: &'static Field, care: bool) -> BoxedStrategy<serde_json::Value> {
    use serde_json::Value;
    let of = |choices: &[Choice]| prop::sample::select(choices.iter().map(|choice| choice.wire).collect::<Vec<_>>());
    let good = match field.spec.kind {
        Kind::TextChoice(choices) => of(choices).prop_map(Value::from).boxed(),
        Kind::IntegerChoice(choices) => of(choices).prop_map(|wire| Value::from(wire.parse::<i64>().unwrap())).boxed(),
        Kind::Integer => (0..3).prop_map(Value::from).boxed(),
        Kind::Amount => prop::sample::select(vec!["12.30", "5", "1.2E1"]).prop_map(Value::from).boxed(),
        Kind::Date => {
            let dates = ["2021-02-30", "2021-07-18", "2021-07-19"];
            prop::sample::select(dates[usize::from(care)..].to_vec()).prop_map(Value::from).boxed()
        }
        Kind::Url => Just(Value::from("https://shop.example.com/支付")).boxed(),
        Kind::Texts => prop::collection::vec("[王\"]{1,3}", 0..3).prop_map(Value::from).boxed(),
        Kind::Object(schema) => object(schema, care),
        Kind::List(schema) => prop::collection::vec(object(schema, care), 0..3).prop_map(Value::from).boxed(),
        _ => "[a-z王\n]{1,40}".prop_map(Value::from).boxed(),
    };
    if care {
        return good;
    }
    let odd = value().prop_map(|value| serde_json::from_str(&value.to_json()).unwrap_or_default());
    prop_oneof![30 => good, 1 => odd, 1 => Just(Value::from("")), 1 => Just(Value::Null)].boxed()
}

fn object(schema: &'static Schema, care: bool) -> BoxedStrategy<serde_json::Value> {
    let fields: Vec<_> = schema
        .fields
        .iter()
        .map(|one| {
            (prop::bool::weighted(0.9), prop::bool::weighted(0.1), field(one, care)).prop_map(
                move |(there, alias, value)| {
                    let name = one.spec.alias.filter(|_| alias && !care).unwrap_or(one.name);
                    (there || care && one.required).then(|| (name.to_owned(), value))
                },
            )
        })
        .collect();
    let other = prop::option::weighted(0.2, ("[a-z王]{1,6}", value())).prop_map(move |other| {
        other.filter(|_| !care).map(|(name, value)| (name, serde_json::from_str(&value.to_json()).unwrap_or_default()))
    });
    (fields, other).prop_map(|(fields, other)| fields.into_iter().flatten().chain(other).collect()).boxed()
}

/// The same JSON written differently: with white space, and with everything escaped that can be. Both repeat each outer
/// name, the first time with another value.
fn in_other_words(json: &serde_json::Value) -> [String; 2] {
    let escaped = |c: char| match c {
        ' '..='~' => c.to_string(),
        _ => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
    };
    let twice = |text: String| {
        let names: String = json
            .as_object()
            .unwrap()
            .keys()
            .map(|name| format!("{}:7,", serde_json::to_string(name).unwrap()))
            .collect();
        text.replacen('{', &format!("{{{}", names), 1)
    };
    let compact = serde_json::to_string(json).unwrap();
    [twice(serde_json::to_string_pretty(json).unwrap()), twice(compact).chars().map(escaped).collect()]
}

proptest! {
    /// However a request or a reply is written, it gives the same text or the same faults.
    #[test]
    fn requests_and_replies_are_read_alike_in_any_words(
        (place, request, reply) in (0..ENDPOINTS.len()).prop_flat_map(|place| {
            let reply = ENDPOINTS[place].reply.schema().map_or_else(|| Just(serde_json::json!({})).boxed(), |schema| object(schema, false));
            (Just(place), object(ENDPOINTS[place].request, false), reply)
        })
    ) {
        let (endpoint, lenient) = (&ENDPOINTS[place], CheckOptions { ignore_lengths: true, ..CheckOptions::default() });
        let checked = |text: &str| check(endpoint.request, &Json::parse(text.to_owned()).unwrap(), &lenient);
        let told = |text: &str| {
            let answer = Json::parse(format!(r#"{{"data":{text}}}"#)).unwrap();
            read(endpoint.reply, answer.root().get("data"))
        };
        let once = checked(&serde_json::to_string(&request).unwrap());
        for text in in_other_words(&request) {
            prop_assert_eq!(&checked(&text), &once);
        }
        let once = told(&serde_json::to_string(&reply).unwrap());
        for text in in_other_words(&reply) {
            prop_assert_eq!(&told(&text), &once);
        }
        if let Ok(json) = once {
            prop_assert_eq!(&told(&json).unwrap_or_default(), &json);
        }
    }

    #[test]
    fn what_is_sealed_opens_unchanged(body in body(), timestamp in 0_i64..4_000_000_000_000) {
        let stamp = Stamp { nonce: "n".into(), timestamp, ip: "127.0.0.1".into() };
        let envelope = seal(&body, &credentials(), stamp, &Dialect::default());
        let travelled = Envelope::from_map(&Map::parse(&envelope.clone().into_map().to_json()).unwrap()).unwrap();
        prop_assert_eq!(open(&travelled, &credentials(), timestamp, 0, &Dialect::default()).unwrap(), body);
    }

    #[test]
    fn the_signing_string_agrees_with_the_naive_one(body in body()) {
        prop_assert_eq!(signing_string(&body, &Dialect::default()), naive(&body));
    }

    #[test]
    fn javascripts_texts_are_signed_without_a_tree_as_with_one(text in of_javascript()) {
        same_with_and_without_a_tree(&text)?;
    }

    #[test]
    fn any_text_is_signed_without_a_tree_as_with_one(text in nearly_json(), body in body()) {
        same_with_and_without_a_tree(&text)?;
        same_with_and_without_a_tree(&body.to_json())?;
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any::<String>(), status in any::<u16>()) {
        let _ = accept(&text, "application/json", &bytes);
        let _ = accept(&text, &text, &bytes);
        let _ = decrypt(&text, &parse_des_key("12345678").unwrap());
        let (keys, body) = (credentials(), Body::from(&Map::new()));
        let mask = Mask::new(&keys, None, &body);
        let _ = finish(Incoming { status, content_type: text.clone(), body: bytes }, None, &mask);
        let _ = finish(Incoming { status: 200, content_type: String::new(), body: text.clone().into_bytes() }, None, &mask);
        let stamp = Stamp { nonce: "n".into(), timestamp: 0, ip: String::new() };
        let mut envelope = seal(&Map::new(), &credentials(), stamp, &Dialect::default());
        envelope.request_body = text;
        let _ = open(&envelope, &credentials(), 0, 0, &Dialect::default());
    }

    #[test]
    fn arbitrary_data_never_panics_a_reply_decoder(data in value()) {
        let answer = Json::parse(format!(r#"{{"data":{}}}"#, data.to_json())).unwrap();
        for endpoint in ENDPOINTS {
            let _ = read(endpoint.reply, answer.root().get("data"));
        }
    }

    /// We read the same texts as serde_json, with the same result, and refuse the same.
    #[test]
    fn json_is_read_as_serde_json_reads_it(text in nearly_json()) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // Some numbers are too large for serde_json; we keep their digits.
        prop_assume!(!theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range")));
        match (Value::parse(&text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&ours.to_json()).unwrap(), theirs);
            }
            (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{text}: {ours:?} {theirs:?}"),
        }
    }
}

/// A checked request is what will be sent: a second check leaves it as it is. Enough bodies are accepted to prove it.
#[test]
fn a_checked_request_is_a_fixed_point() {
    let lenient = CheckOptions { ignore_lengths: true, ..CheckOptions::default() };
    for endpoint in ENDPOINTS {
        let mut runner = TestRunner::deterministic();
        for (care, most, enough) in [(true, 100, 60), (false, 200, 1)] {
            let bodies = object(endpoint.request, care);
            let mut accepted = 0;
            for _ in 0..most {
                let body = bodies.new_tree(&mut runner).unwrap().current().to_string();
                for options in [&CheckOptions::default(), &lenient] {
                    let checked = check(endpoint.request, &Json::parse(body.clone()).unwrap(), options);
                    let Ok(checked) = checked else { continue };
                    let again = check(endpoint.request, &Json::parse(checked.clone()).unwrap(), options);
                    assert_eq!(again.as_ref(), Ok(&checked), "{} {body}", endpoint.name);
                    accepted += 1;
                }
            }

            assert!(accepted >= enough, "{}: {accepted} of {most} were accepted", endpoint.name);
        }
    }
}

/// Where the reader without a tree gives up: too many names for it, or a depth beyond either's limit.
#[test]
fn large_and_deep_bodies_are_signed_as_with_a_tree() {
    for count in [63, 64, 65, 200] {
        let names: Vec<_> = (0..count).rev().map(|number| format!("\"n{number}\":{number}")).collect();
        let object = format!("{{{}}}", names.join(","));
        same_with_and_without_a_tree(&object).unwrap();
        same_with_and_without_a_tree(&format!("{{\"a\":{object}}}")).unwrap();
    }
    for depth in 28..36 {
        same_with_and_without_a_tree(&format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth))).unwrap();
        same_with_and_without_a_tree(&format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth))).unwrap();
    }
}
