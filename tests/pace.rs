//! The quota under load, on a simulated clock: what the gateway counts if calls travel for unknown times.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use aigobo::policy::{Asked, Pace, Priority, Quota, Ticket};
use proptest::prelude::*;

/// One caller: when it asks, how long its call travels, how long the answer takes, and whether it gives up waiting.
#[derive(Debug, Clone)]
struct Caller {
    asks: u32,
    out: u32,
    back: u32,
    patience: Option<u32>,
}

/// The result: arrivals at the gateway in order, and the callers in the order in which they were let through.
#[derive(Debug, Default)]
struct Day {
    arrivals: Vec<f64>,
    let_through: Vec<usize>,
    gave_up: usize,
}

/// Simulates the callers against a pace, event by event.
fn play(quota: Quota, callers: &[Caller]) -> Day {
    let mut pace = Pace::new(quota);
    let mut day = Day::default();
    let mut asking: BTreeSet<(u32, usize)> =
        callers.iter().enumerate().map(|(index, caller)| (caller.asks, index)).collect();
    let mut waiting: BTreeMap<Ticket, (usize, Option<u32>)> = BTreeMap::new();
    let mut ending: BTreeSet<(u32, usize)> = BTreeSet::new();
    let mut now: u32 = 0;
    loop {
        let wake = pace.wake_in().map(|ms| now + ms);
        let gives_up = waiting.values().filter_map(|(_, until)| *until).min();
        let next = [asking.first().map(|(at, _)| *at), ending.first().map(|(at, _)| *at), wake, gives_up];
        let Some(next) = next.into_iter().flatten().min() else { break };
        now = now.max(next);
        let clock = f64::from(now);
        let mut granted = Vec::new();
        while ending.first().is_some_and(|(at, _)| *at <= now) {
            ending.pop_first();
            pace.ended(clock);
        }
        granted.extend(pace.due(clock).into_iter().map(|ticket| waiting.remove(&ticket).unwrap().0));
        let impatient: Vec<_> =
            waiting.iter().filter(|(_, (_, until))| until.is_some_and(|until| until <= now)).map(|(t, _)| *t).collect();
        for ticket in impatient {
            pace.cancel(ticket);
            waiting.remove(&ticket);
            day.gave_up += 1;
        }
        while let Some((_, index)) = asking.first().copied().filter(|(at, _)| *at <= now) {
            asking.pop_first();
            match pace.ask(clock, None, Priority::Normal) {
                Asked::Granted => granted.push(index),
                Asked::Queued(ticket) => {
                    waiting.insert(ticket, (index, callers[index].patience.map(|patience| now + patience)));
                }
                Asked::TooLong { .. } => panic!("nobody set a limit"),
            }
        }
        for index in granted {
            let Caller { out, back, .. } = callers[index];
            day.let_through.push(index);
            day.arrivals.push(f64::from(now + out));
            ending.insert((now + out + back, index));
        }
    }
    assert!(waiting.is_empty(), "somebody waits for ever");
    day.arrivals.sort_by(f64::total_cmp);
    day
}

/// The most calls that any period saw.
fn fullest(arrivals: &[f64], period: f64) -> usize {
    (0..arrivals.len())
        .map(|first| arrivals[first..].iter().take_while(|at| **at - arrivals[first] < period).count())
        .max()
        .unwrap_or(0)
}

fn callers() -> impl Strategy<Value = Vec<Caller>> {
    let caller = (0_u32..5_000, 0_u32..900, 0_u32..900, prop::option::of(0_u32..3_000))
        .prop_map(|(asks, out, back, patience)| Caller { asks, out, back, patience });
    prop::collection::vec(caller, 1..80)
}

proptest! {
    #[test]
    fn no_period_of_the_gateway_ever_sees_more(calls in 1_u32..12, callers in callers()) {
        let day = play(Quota { calls, period_ms: 1_000 }, &callers);
        prop_assert!(fullest(&day.arrivals, 1_000.0) <= calls as usize);
        prop_assert_eq!(day.let_through.len() + day.gave_up, callers.len());
    }

    #[test]
    fn whoever_asks_first_is_let_through_first(calls in 1_u32..12, callers in callers()) {
        let patient: Vec<_> = callers.into_iter().map(|caller| Caller { patience: None, ..caller }).collect();
        let day = play(Quota { calls, period_ms: 1_000 }, &patient);
        let asked: Vec<_> = day.let_through.iter().map(|index| patient[*index].asks).collect();
        prop_assert!(asked.is_sorted(), "{:?}", asked);
    }
}

#[test]
fn two_thousand_at_once_use_the_whole_quota() {
    let callers = vec![Caller { asks: 0, out: 20, back: 20, patience: None }; 2_000];
    let day = play(Quota::default(), &callers);
    assert_eq!(fullest(&day.arrivals, 60_000.0), 400);
    let allowed = 400.0 * (1.0 + (day.arrivals[1_999] - day.arrivals[0]) / 60_000.0);
    let use_ = 2_000.0 / allowed;
    assert!(use_ >= 0.999, "{use_}");
}
