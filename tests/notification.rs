//! The key by which a callback is recognised: the same for the same news, different for other news, and free of
//! anybody's words. And what a callback concerns: never nothing, and no policy twice.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use aigobo::notification::{NotificationKind, Told, confirm, news, parse};
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

/// The statuses that count alike, by a letter; a small letter stands for a policy without a code.
const STATUSES: [(&str, &[&str]); 5] = [
    ("W", &["未投保", "待投保", "投保中", "投保失败", "承保失败"]),
    ("w", &["未投保", "承保失败", "已承保", "退保中", ""]),
    ("I", &["已承保", "保障中", "退保中", "退保失败", "什么都不是", ""]),
    ("G", &["已退保", "退保成功", "已注销", "已退款"]),
    ("g", &["已退保", "退保成功", "已注销", "已退款"]),
];
const UNREFUNDED: [&str; 8] = ["待支付", "已支付", "已取消", "已退保", "部分退保", "退款中", "退款失败", ""];
const REFUNDED: [&str; 2] = ["已退款", "退款成功"];

/// The policies, by these letters, and what a successful callback that names no policy concerns: 投保, 退保, 退款, and
/// 退款 where the order is refunded. `*` stands for what has no code, `-` for nothing: it is not confirmed.
const CONCERNED: [(&str, [&str; 4]); 21] = [
    ("", ["-", "-", "-", "*"]),
    ("W", ["-", "-", "-", "P1"]),
    ("w", ["-", "-", "-", "*"]),
    ("I", ["P1", "-", "-", "P1"]),
    ("G", ["P1", "P1", "P1", "P1"]),
    ("g", ["*", "*", "*", "*"]),
    ("WW", ["-", "-", "-", "P1 P2"]),
    ("Ww", ["-", "-", "-", "P1 *"]),
    ("WI", ["-", "-", "-", "P1 P2"]),
    ("WG", ["-", "-", "-", "P1 P2"]),
    ("Wg", ["-", "-", "-", "P1 *"]),
    ("ww", ["-", "-", "-", "*"]),
    ("wI", ["-", "-", "-", "P2 *"]),
    ("wG", ["-", "-", "-", "P2 *"]),
    ("wg", ["-", "-", "-", "*"]),
    ("II", ["P1 P2", "-", "-", "P1 P2"]),
    ("IG", ["P1 P2", "-", "-", "P1 P2"]),
    ("Ig", ["P1 *", "-", "-", "P1 *"]),
    ("GG", ["P1 P2", "P1 P2", "P1 P2", "P1 P2"]),
    ("Gg", ["P1 *", "P1 *", "P1 *", "P1 *"]),
    ("gg", ["*", "*", "*", "*"]),
];

/// An order of these policies, each a code and a status.
fn order(status: &str, policies: &[(Option<String>, String)]) -> Map {
    let policies = policies.iter().map(|(code, status)| {
        let entries = [("policyCode", code.as_deref()), ("policyStatus", Some(status.as_str()))];
        Value::Map(entries.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))).collect())
    });
    let list = Value::List(policies.collect());
    [("orderStatus".to_owned(), status.into()), ("insuredInfoList".to_owned(), list)].into_iter().collect()
}

fn callback(policy: Option<&str>, success: bool) -> Told {
    let told =
        (NotificationKind::Deliver, None, "T1".into(), policy.map(str::to_owned), (!success).then(|| "x".into()));
    parse(body(&told).to_json().as_bytes()).unwrap().0
}

/// What it concerns, as in [`CONCERNED`].
fn concerned(kind: NotificationKind, told: &Told, order: &Map) -> String {
    let confirmed = confirm(kind, told, order);
    confirmed.map_or("-".into(), |list| list.iter().map(|code| code.unwrap_or("*")).collect::<Vec<_>>().join(" "))
}

/// All ways to give each letter one of its statuses.
fn drawn(letters: &str) -> Vec<Vec<(Option<String>, String)>> {
    letters.chars().enumerate().fold(vec![Vec::new()], |before, (place, letter)| {
        let (_, statuses) = STATUSES.iter().find(|(name, _)| name.chars().eq([letter])).unwrap();
        let code = letter.is_uppercase().then(|| format!("P{}", place + 1));
        let next = |status: &&str| (code.clone(), (*status).to_owned());
        before
            .iter()
            .flat_map(|some| statuses.iter().map(move |status| [some.as_slice(), &[next(status)]].concat()))
            .collect()
    })
}

#[test]
fn a_callback_of_the_whole_order_concerns_each_of_its_policies() {
    use NotificationKind::{Deliver, Refund, Return};
    let mut count = 0;
    for (letters, [deliver, surrender, refund, refunded]) in CONCERNED {
        for policies in drawn(letters) {
            for status in UNREFUNDED.into_iter().chain(REFUNDED) {
                let is_refunded = REFUNDED.contains(&status);
                let order = order(status, &policies);
                for (kind, wanted) in
                    [(Deliver, deliver), (Return, surrender), (Refund, if is_refunded { refunded } else { refund })]
                {
                    assert_eq!(
                        concerned(kind, &callback(None, true), &order),
                        wanted,
                        "{kind:?} {status} {policies:?}"
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 10_000, "{count}");
}

#[test]
fn a_group_s_policy_is_one_however_many_it_insures() {
    let insured = |code: &str| (Some(code.to_owned()), "已承保".to_owned());
    let order = order("已支付", &["P1", "P2", "P1", "P1"].map(insured));
    assert_eq!(concerned(NotificationKind::Deliver, &callback(None, true), &order), "P1 P2");
}

/// Orders of up to five insured, some of whom share a policy, and so its status.
fn orders() -> impl Strategy<Value = (Vec<(Option<String>, String)>, Map)> {
    let status = || {
        prop::sample::select(
            STATUSES.iter().flat_map(|(_, all)| all.iter()).map(|text| (*text).to_owned()).collect::<Vec<_>>(),
        )
    };
    let code = || prop_oneof![3 => "P[1-3]".prop_map(Some), 1 => Just(None), 1 => Just(Some(String::new()))];
    let shown = prop::sample::select([&UNREFUNDED[..], &REFUNDED[..]].concat());
    (prop::collection::vec((code(), status()), 0..6), shown).prop_map(|(mut policies, shown)| {
        let mut known = BTreeMap::new();
        for (code, status) in policies.iter_mut().filter(|(code, _)| code.as_ref().is_some_and(|code| !code.is_empty()))
        {
            *status = known.entry(code.clone()).or_insert_with(|| status.clone()).clone();
        }
        let order = order(shown, &policies);
        (policies, order)
    })
}

proptest! {
    /// A confirmed success leads to at least one event. The events concern each policy exactly once: by its code, or,
    /// if it has none, by the one event without a code, which comes last.
    #[test]
    fn a_confirmed_success_is_told_and_no_policy_twice(
        (policies, order) in orders(),
        kind in prop::sample::select(NotificationKind::ALL.to_vec()),
    ) {
        let told = callback(None, true);
        if let Ok(events) = confirm(kind, &told, &order) {
            prop_assert!(!events.is_empty());
            let codes: BTreeSet<_> = policies.iter().map(|(code, _)| code.as_deref().filter(|code| !code.is_empty())).collect();
            prop_assert_eq!(events.len(), codes.len().max(1), "each once: {:?}", events);
            let events_of: BTreeSet<_> = events.iter().copied().collect();
            prop_assert_eq!(events_of, if codes.is_empty() { BTreeSet::from([None]) } else { codes });
            prop_assert!(events.iter().rev().skip(1).all(Option::is_some));
        }
    }

    /// What names a policy concerns that policy, and what failed concerns what it names, though it be nothing.
    #[test]
    fn what_a_callback_names_is_what_it_concerns(
        (_, order) in orders(),
        kind in prop::sample::select(NotificationKind::ALL.to_vec()),
        named in prop::option::of("P[1-4]"),
        success in any::<bool>(),
    ) {
        prop_assume!(named.is_some() || !success);
        let told = callback(named.as_deref(), success);
        if let Ok(events) = confirm(kind, &told, &order) {
            prop_assert_eq!(events, [named.as_deref()]);
        }
    }

    /// The reconciler tells nothing that the order would not have confirmed of a callback.
    #[test]
    fn news_of_an_order_is_what_its_callbacks_would_be_believed((_, order) in orders()) {
        for shown in news("S1", "T1", &order) {
            let told = callback(Some(shown.policy_code), true);
            prop_assert!(confirm(shown.kind, &told, &order).is_ok(), "{:?}", shown);
        }
    }

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
        let order = Map::parse(&order).unwrap();
        let shown = news(&serial, &temp, &order);
        let callback = (NotificationKind::Deliver, Some(serial.clone()), temp.clone(), Some(policy), None);
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
