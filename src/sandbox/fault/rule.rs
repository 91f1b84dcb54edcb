//! Reads and checks a rule.

use crate::endpoints::ENDPOINTS;
use crate::error::Error;
use crate::notification::NotificationKind;
use crate::sandbox::fault::{Rule, What};
use crate::spelling::suggestion;
use crate::value::{Map, Value};

/// Every fault by its name, with the number it takes.
pub(in crate::sandbox) const NAMES: [(&str, &str); 14] = [
    ("delay", "ms"),
    ("hang", ""),
    ("reset", ""),
    ("lost-answer", ""),
    ("status", "status"),
    ("html", "status"),
    ("cut", ""),
    ("gbk", ""),
    ("code", "code"),
    ("skew", "ms"),
    ("notification-lost", ""),
    ("notification-duplicate", ""),
    ("notification-late", "ms"),
    ("notification-reorder", ""),
];

pub(super) fn at(index: usize, field: &str, message: &str) -> Error {
    Error::config(format!("faults[{index}]{}{field}", if field.is_empty() { "" } else { "." }), message)
}

/// A field, and what is wrong with it.
pub(super) type Wrong = (&'static str, String);

pub(super) fn rule(item: &Value) -> Result<Rule, Wrong> {
    let Value::Map(map) = item else { return Err(("", "must be an object".into())) };
    let name = map.text("fault").unwrap_or_default();
    let Some((name, takes)) = NAMES.into_iter().find(|(known, _)| *known == name) else {
        return Err(("fault", format!("must be one of {}", NAMES.map(|(name, _)| name).join(", "))));
    };
    let known = ["fault", "endpoint", "kind", "after", "times", "chance", takes];
    if let Some((unknown, _)) = map.iter().find(|(field, _)| !known.contains(field)) {
        return Err(("", format!("{unknown} is no part of this fault; there are {}", known.join(" ").trim_end())));
    }
    let what = match name {
        "delay" => What::Delay(wait(map)?),
        "hang" => What::Hang,
        "reset" => What::Reset,
        "lost-answer" => What::LostAnswer,
        "status" => What::Status(status(map, 503)?),
        "html" => What::Html(status(map, 502)?),
        "cut" => What::Cut,
        "gbk" => What::Gbk,
        "code" => What::Code(map.text("code").ok_or(("code", "must be text".to_owned()))?.to_owned()),
        "skew" => What::Skew(number(map, "ms").ok_or(("ms", "must be a whole number".to_owned()))?),
        "notification-lost" => What::Lost,
        "notification-duplicate" => What::Duplicate,
        "notification-late" => What::Late(wait(map)?),
        _ => What::Reorder,
    };
    let (field, others) = if what.is_of_callbacks() { ("kind", "endpoint") } else { ("endpoint", "kind") };
    if map.get(others).is_some() {
        return Err((others, format!("says nothing of this fault; there is {field}")));
    }
    let only = map.text(field).map(str::to_owned);
    let known: Vec<&str> = match field {
        "kind" => NotificationKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        _ => ENDPOINTS.iter().map(|endpoint| endpoint.name).collect(),
    };
    if map.get(field).is_some() && !only.as_deref().is_some_and(|name| known.contains(&name)) {
        let name = only.as_deref().unwrap_or_default();
        return Err((field, format!("there is none of this name{}", suggestion(name, &known))));
    }
    let count = |field: &'static str, default: u64| match map.get(field) {
        None => Ok(default),
        Some(_) => whole(map, field).map(|count| u64::try_from(count).unwrap_or(default)),
    };
    let chance = match map.get("chance") {
        None => 1.0,
        Some(Value::Number(literal)) => {
            literal.parse().ok().filter(|chance| (0.0..=1.0).contains(chance)).unwrap_or(-1.0)
        }
        Some(_) => -1.0,
    };
    if chance < 0.0 {
        return Err(("chance", "must be a number from 0 to 1".into()));
    }
    let (after, times) = (count("after", 0)?, count("times", u64::MAX)?);
    Ok(Rule { given: map.to_json(), name: name.to_owned(), what, only, after, times, chance, struck: 0 })
}

fn number(map: &Map, field: &str) -> Option<i64> {
    match map.get(field) {
        Some(Value::Number(literal)) => literal.parse().ok(),
        _ => None,
    }
}

fn whole(map: &Map, field: &'static str) -> Result<i64, Wrong> {
    number(map, field).filter(|number| *number >= 0).ok_or((field, "must be a whole number, 0 or more".into()))
}

/// Timers cannot wait longer than this.
fn wait(map: &Map) -> Result<i64, Wrong> {
    let ms = whole(map, "ms")?;
    if ms <= i64::from(i32::MAX) { Ok(ms) } else { Err(("ms", "must be less than 25 days".into())) }
}

fn status(map: &Map, default: u16) -> Result<u16, Wrong> {
    match map.get("status") {
        None => Ok(default),
        Some(_) => {
            let status = number(map, "status").and_then(|status| u16::try_from(status).ok());
            status
                .filter(|status| (200..600).contains(status))
                .ok_or(("status", "must be an HTTP status from 200".into()))
        }
    }
}
