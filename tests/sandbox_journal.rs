//! A sandbox that is killed and restored.
#![cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs, unreachable_pub)]

mod platform;

use aigobo::value::Value;
use platform::{DAY, Platform, list, text};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Act {
    PreOrder(usize, bool),
    Pay(usize),
    Report(usize, i64),
    Surrender(usize),
    Invoice(usize),
    Advance(i64),
    Fault(&'static str),
    Delivered(u64),
    Resend(u64),
    Credit,
    Reset,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (1usize..4, any::<bool>()).prop_map(|(people, credit)| Act::PreOrder(people, credit)),
        5 => (0usize..6).prop_map(Act::Pay),
        2 => (0usize..6, prop_oneof![Just(1), Just(2), Just(-1)]).prop_map(|(place, status)| Act::Report(place, status)),
        2 => (0usize..6).prop_map(Act::Surrender),
        2 => (0usize..6).prop_map(Act::Invoice),
        2 => (0i64..DAY).prop_map(Act::Advance),
        2 => prop_oneof![
            Just(r#"[{"fault":"code","code":"1001","chance":0.5}]"#),
            Just(r#"[{"fault":"notification-lost","chance":0.3},{"fault":"notification-reorder","times":1}]"#),
            Just(r#"[{"fault":"code","code":"1001","chance":0.3},{"fault":"notification-duplicate","chance":0.5}]"#),
            Just("[]"),
        ].prop_map(Act::Fault),
        2 => (0u64..8).prop_map(Act::Delivered),
        1 => (0u64..8).prop_map(Act::Resend),
        1 => Just(Act::Credit),
        1 => Just(Act::Reset),
    ]
}

fn take(platform: &mut Platform, act: &Act, temps: &mut Vec<String>) {
    let at = |place: usize| temps.get(place).cloned().unwrap_or_default();
    match act {
        Act::PreOrder(people, credit) => {
            let serial = platform.nonce.to_string();
            temps.push(platform.pre_order(&serial, "100434", 2 - i64::from(*credit), *people));
        }
        Act::Pay(place) => drop(platform.sandbox.pay(&at(*place), platform.clock)),
        Act::Report(place, status) => drop(platform.notify_payment(&at(*place), *status)),
        Act::Surrender(place) => {
            let order = text(&platform.detail(&at(*place)).1, "orderCode").to_owned();
            let body = format!(r#"{{"orderCode":"{order}","distrCode":"DL1000100","memberId":"100001"}}"#);
            platform.code("/api/policy/surrenderByOrderCode", &body);
        }
        Act::Invoice(place) => {
            let order = text(&platform.detail(&at(*place)).1, "orderCode").to_owned();
            platform.apply(&order, "个人");
        }
        Act::Advance(ms) => platform.sandbox.advance(*ms),
        Act::Fault(rules) => platform.sandbox.faults(&list(&Value::parse(rules).unwrap())).unwrap(),
        Act::Delivered(id) => platform.sandbox.delivered(*id, Some(200)),
        Act::Resend(id) => drop(platform.sandbox.resend(*id)),
        Act::Credit => platform.sandbox.credit("12.50").unwrap(),
        Act::Reset => {
            platform.sandbox.reset();
            platform.member();
        }
    }
    platform.sandbox.take_notifications();
}

fn seen(platform: &mut Platform) -> Value {
    platform.sandbox.snapshot(platform.clock, usize::MAX)
}

/// Restores a state as a process does: sends callbacks that were on their way, and writes the memory anew.
fn taken_up(kept: &str, as_of: &Platform) -> (Platform, String) {
    let mut platform = Platform { clock: as_of.clock, nonce: as_of.nonce, ..Platform::usual() };
    platform.sandbox.restore(kept).unwrap();
    platform.sandbox.take_notifications();
    let kept = platform.sandbox.save().unwrap();
    (platform, kept)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However and whenever the sandbox is killed, memory and journal restore it, and it goes on as it would have.
    #[test]
    fn memory_and_journal_bring_everything_back(
        lives in prop::collection::vec(prop::collection::vec(act(), 0..15), 3..4),
    ) {
        let mut platform = Platform::usual();
        let mut kept = platform.sandbox.save().unwrap();
        platform.member();
        kept += &platform.sandbox.take_journal();
        let mut temps = Vec::new();
        for acts in &lives {
            for act in acts {
                take(&mut platform, act, &mut temps);
                kept += &platform.sandbox.take_journal();
            }
            // The line that was being written when the sandbox was killed.
            let torn = format!(r#"{kept}{{"step":"adv"#);
            let mut again = Platform { clock: platform.clock, nonce: platform.nonce, ..Platform::usual() };
            again.sandbox.restore(&torn).unwrap();
            let (before, after) = (seen(&mut platform), seen(&mut again));
            // Only one thing differs, and is not visible: callbacks that were on their way are sent again.
            prop_assert_eq!(before, after);
            (platform, kept) = taken_up(&torn, &platform);
        }
    }
}

/// Callbacks that are on their way go out once more, each once, even one that a fault held back.
#[test]
fn what_was_on_its_way_goes_out_once_more() {
    let mut platform = Platform::usual();
    let mut kept = platform.sandbox.save().unwrap();
    platform.member();
    platform.sandbox.add_fault(&Value::parse(r#"{"fault":"notification-reorder","times":1}"#).unwrap()).unwrap();
    platform.paid("A", "200437", 1);
    assert_eq!(platform.told().len(), 0, "held back for the next");
    kept += &platform.sandbox.take_journal();
    let mut again = Platform::usual();
    again.sandbox.restore(&kept).unwrap();
    assert_eq!(again.told().len(), 1);
    assert_eq!(again.told().len(), 0);
}

#[test]
fn a_state_that_is_none_says_so() {
    let mut platform = Platform::usual();
    let mut whole = platform.sandbox.save().unwrap();
    platform.member();
    whole += &platform.sandbox.take_journal();
    let other = || Platform::new(r#"{"baseUrl":"http://127.0.0.1:1","desKey":"another8"}"#);
    for (text, why) in [
        ("", "line 1 is missing"),
        ("{}\n", "line 1"),
        ("not json\n", "line 1"),
        (&whole.replacen("\"aigobo_sandbox\":1", "\"aigobo_sandbox\":2", 1), "format 2"),
        (&format!("{whole}{{}}\n"), "line 3"),
    ] {
        let error = Platform::usual().sandbox.restore(text).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    // Steps signed with other keys cannot be repeated; a closed memory can be restored with any keys.
    assert!(other().sandbox.restore(&whole).unwrap_err().to_string().contains("other credentials"));
    let closed = platform.sandbox.save().unwrap();
    assert!(other().sandbox.restore(&closed).is_ok());
}
