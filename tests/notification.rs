//! The key by which a callback is recognised: the same for the same news, different for other news, and free of
//! anybody's words.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use aigobo::notification::{NotificationKind, news, parse};
use aigobo::value::{Map, Value};
use proptest::prelude::*;

/// What matters in a callback: kind, outSerialNo, tempOrderCode, policyCode, and the reason if it failed.
type News = (NotificationKind, Option<String>, String, Option<String>, Option<String>);

fn body((_, serial, temp, policy, why): &News) -> Map {
    let mut body = Map::new();
    let parts =
        [("outSerialNo", serial), ("tempOrderCode", &Some(temp.clone())), ("policyCode", policy), ("message", why)];
    for (name, part) in parts {
        if let Some(part) = part {
            body.push(name, part.as_str().into());
        }
    }
    body.push("success", Value::Bool(why.is_none()));
    body
}

fn key(told: &News) -> String {
    parse(body(told).to_json().as_bytes()).unwrap().0.key(told.0)
}

/// Real codes, the characters of which the key itself is made, and anything.
fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[AB:]{1,4}",
        2 => "[a-zA-Z0-9_.-]{1,70}",
        1 => "[*#:]|#?0cc175b9c0f1b6a831c399e269772661|done|failed",
        1 => "\\PC{1,90}",
    ]
}

fn told() -> impl Strategy<Value = News> {
    let kind = prop::sample::select(NotificationKind::ALL.to_vec());
    (kind, prop::option::of(code()), code(), prop::option::of(code()), prop::option::of(code()))
}

/// The same news with one part changed.
fn nearly(told: &News, which: usize, other: String) -> News {
    let (kind, serial, temp, policy, why) = told.clone();
    match which {
        0 => (kind, Some(other), temp, policy, why),
        1 => (kind, serial, other, policy, why),
        2 => (kind, serial, temp, Some(other), why),
        3 => (kind, serial, temp, policy, Some(other)),
        4 => (kind, None, temp, policy, why),
        5 => (kind, serial, temp, None, why),
        6 => (kind, serial, temp, policy, None),
        _ => told.clone(),
    }
}

proptest! {
    #[test]
    fn two_share_a_key_only_where_they_are_the_same(one in told(), which in 0..8_usize, code in code(), stranger in told()) {
        for other in [nearly(&one, which, code), stranger] {
            prop_assert_eq!(key(&one) == key(&other), one == other, "{:?} {:?}", one, other);
        }
    }

    /// A separator within a part does not merge two parts.
    #[test]
    fn parts_that_are_divided_elsewhere_are_others(
        [a, b, c, d] in [code(), code(), code(), code()],
        between in prop::sample::select(vec![":", "\":\"", ",", "\",\"", "#", "*"]),
        failed in any::<bool>(),
    ) {
        let join = |one: &str, other: &str| format!("{one}{between}{other}");
        let told = |serial: &str, temp: &str, policy: &str, why: &str| {
            let key = key(&(NotificationKind::Return, Some(serial.into()), temp.into(), Some(policy.into()), failed.then(|| why.into())));
            (key, [serial.to_owned(), temp.to_owned(), policy.to_owned()])
        };
        let keys = [told(&a, &join(&b, &c), &d, "x"), told(&join(&a, &b), &c, &d, "x"), told(&a, &b, &join(&c, &d), "x")];
        for (place, (one, parts)) in keys.iter().enumerate() {
            for (other, others) in &keys[..place] {
                prop_assert_eq!(one == other, parts == others, "{} {}", one, other);
            }
        }
    }

    /// In any order and form, whatever other fields there are.
    #[test]
    fn a_callback_that_comes_again_has_its_key(one in told(), order_code in code()) {
        let mut again: Vec<_> = body(&one).into_iter().chain([("orderCode".to_owned(), order_code.into())]).collect();
        again.reverse();
        let again: Map = again.into_iter().collect();
        prop_assert_eq!(parse(again.to_json().as_bytes()).unwrap().0.key(one.0), key(&one));
    }

    #[test]
    fn a_key_is_short_and_holds_nobodys_words(
        kind in prop::sample::select(NotificationKind::ALL.to_vec()),
        codes in prop::collection::vec("[a-zA-Z0-9_-]{0,64}|\\PC{0,80}|.{0,2000}", 3),
        words in ".{0,300}王小明.{0,300}",
    ) {
        let [serial, temp, policy] = codes.try_into().unwrap();
        let key = key(&(kind, Some(serial), format!("T{temp}"), Some(policy), Some(words)));
        prop_assert!(key.len() <= 242 && key.is_ascii() && !key.contains(char::is_whitespace), "{}", key);
    }

    #[test]
    fn an_order_tells_news_by_the_keys_of_its_callbacks(serial in code(), temp in code(), policy in code()) {
        let order = format!(r#"{{"insuredInfoList":[{{"policyCode":{},"policyStatus":"已承保"}}]}}"#, Value::from(policy.as_str()).to_json());
        let shown = news(&serial, &temp, &Map::parse(&order).unwrap());
        let callback = (NotificationKind::Deliver, Some(serial), temp, Some(policy), None);
        prop_assert_eq!(shown.iter().map(|news| news.key()).collect::<Vec<_>>(), [key(&callback)]);
    }
}

#[test]
fn keys_that_stores_hold_already_stay() {
    let told = |serial: Option<&str>| {
        (NotificationKind::Deliver, serial.map(str::to_owned), "1010".into(), Some("PDAA1".into()), None)
    };
    assert_eq!(key(&told(Some("GP18"))), "deliver:GP18:1010:PDAA1:done");
    assert_eq!(key(&told(None)), "deliver:*:1010:PDAA1:done");
}
