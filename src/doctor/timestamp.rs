//! What can be wrong with an envelope's time.

use crate::doctor::cause::{Cause, Finding, Lang, cause};
use crate::envelope::MAX_AGE_MS;
use crate::prelude::*;
use crate::types::parse_whole;
use crate::value::{Map, Value};

const MILLISECONDS: [&str; 2] = [
    "Send the time now in milliseconds since 1970 (13 digits): System.currentTimeMillis(), Date.now().",
    "发送当前时间，1970 年以来的毫秒数（13 位）：System.currentTimeMillis()、Date.now()。",
];
const CLOCK: [&str; 2] = [
    "Set this machine's clock (NTP), and make the envelope anew for each try; if it was sent at once and only looked at later, the timestamp was right.",
    "校准本机时钟（NTP），每次重试都重新生成报文；如果当时是立即发送、只是后来才检查的，那么时间戳没有问题。",
];
pub(super) const SECONDS: Cause = cause(
    "time.seconds",
    ["timestamp is in seconds instead of milliseconds.", "timestamp 用了秒，应当用毫秒。"],
    MILLISECONDS,
);
pub(super) const FINER: Cause = cause(
    "time.finer",
    ["timestamp is in micro- or nanoseconds instead of milliseconds.", "timestamp 用了微秒或纳秒，应当用毫秒。"],
    MILLISECONDS,
);
pub(super) const FORMAT: Cause =
    cause("time.format", ["timestamp is no whole number.", "timestamp 不是整数。"], MILLISECONDS);
pub(super) const STALE: Cause = cause(
    "time.stale",
    ["timestamp is {age} old; a request lives 5 minutes.", "timestamp 是 {age}前的；请求只在 5 分钟内有效。"],
    CLOCK,
);
pub(super) const FUTURE: Cause =
    cause("time.future", ["timestamp is {age} in the future.", "timestamp 比现在晚 {age}。"], CLOCK);
pub(super) const ZONE: Cause = cause(
    "time.zone",
    [
        "timestamp is {age} off, whole hours: local time was taken for UTC.",
        "timestamp 正好差 {age}：把本地时间当成了 UTC。",
    ],
    MILLISECONDS,
);

const HOUR: i64 = 3_600_000;

/// What is wrong with the envelope's timestamp at time `now`.
pub(super) fn fault(envelope: &Map, now: i64, lang: Lang) -> Option<Finding> {
    let timestamp = match envelope.get("timestamp")? {
        Value::Number(literal) => parse_whole::<i64>(literal),
        Value::Text(text) if text.is_empty() => return None,
        Value::Text(text) => parse_whole::<i64>(text),
        _ => None,
    };
    let Some(timestamp) = timestamp else { return Some(FORMAT.found(lang, &[])) };
    // A unit is recognised by its size: the time must be within thirty years of now.
    let years = 30 * 365 * 24 * HOUR;
    let near = |ms: i64| ms.saturating_sub(now).saturating_abs() < years;
    if !near(timestamp) {
        if timestamp.checked_mul(1000).is_some_and(near) {
            return Some(SECONDS.found(lang, &[]));
        }
        if near(timestamp / 1000) || near(timestamp / 1_000_000) {
            return Some(FINER.found(lang, &[]));
        }
    }
    let age = now.saturating_sub(timestamp);
    let off = age.saturating_abs();
    if off <= MAX_AGE_MS {
        return None;
    }
    let hours = off.saturating_add(HOUR / 2) / HOUR;
    let whole = (1..=14).contains(&hours) && (off - hours * HOUR).abs() < 60_000;
    let cause = match (whole, age > 0) {
        (true, _) => &ZONE,
        (false, true) => &STALE,
        (false, false) => &FUTURE,
    };
    let shown = if whole { hours * HOUR } else { off };
    Some(cause.found(lang, &[("age", &length_of(shown, lang))]))
}

fn length_of(ms: i64, lang: Lang) -> String {
    let units = [(24 * HOUR, ["days", "天"]), (HOUR, ["hours", "小时"]), (60_000, ["minutes", "分钟"])];
    // For one hour and a half, it says 90 minutes.
    let (unit, names) =
        units.into_iter().find(|(unit, _)| ms >= 2 * unit || ms == *unit).unwrap_or((1000, ["seconds", "秒"]));
    format!("{} {}", ms / unit, lang.of(names))
}
