//! What can go wrong on purpose: rules that strike calls and callbacks, by count or by the seed's chance, so that the
//! same calls meet the same faults.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::exchange::answer;
use crate::notification::NotificationKind;
use crate::response_codes::message;
use crate::sandbox::{Notification, Response, keep};
use crate::value::{Map, Value};

/// What becomes of an answer on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// It arrives.
    #[default]
    Arrives,
    /// It arrives after so many milliseconds.
    Late(i64),
    /// Nothing comes, and the connection stays open.
    Hangs,
    /// The connection is reset.
    Resets,
    /// It arrives as GBK bytes: the body is what they say.
    Gbk,
}

/// What strikes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum What {
    Delay(i64),
    Hang,
    Reset,
    LostAnswer,
    Status(u16),
    Html(u16),
    Cut,
    Gbk,
    Code(String),
    Skew(i64),
    Lost,
    Duplicate,
    Late(i64),
    Reorder,
}

/// Every fault by its name, with the number it takes.
const NAMES: [(&str, &str); 14] = [
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

/// The names of all faults.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

#[derive(Debug, Serialize, Deserialize)]
struct Rule {
    /// As it was given, for people to see.
    given: String,
    what: What,
    /// The endpoint's name, or the callback's kind; none: any.
    only: Option<String>,
    /// So many pass first, …
    after: u64,
    /// … and so many are struck then.
    times: u64,
    chance: f64,
    /// How often it has struck.
    struck: i64,
}

/// The rules in force.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Faults {
    rules: Vec<Rule>,
    #[serde(with = "keep::rng")]
    rng: fastrand::Rng,
    /// Callbacks that wait for the next, to come after it.
    held: Vec<Notification>,
}

impl Faults {
    pub(super) fn new(seed: u64) -> Self {
        // Not the state's own numbers: faults must not change the codes and tokens that are drawn.
        Self { rules: Vec::new(), rng: fastrand::Rng::with_seed(seed ^ 0x00FA_0175), held: Vec::new() }
    }

    /// Replaces the rules; an empty list ends all faults.
    ///
    /// # Errors
    /// [`Error::Config`] names the rule and the field.
    pub(super) fn set(&mut self, list: &[Value]) -> Result<(), Error> {
        self.rules = list
            .iter()
            .enumerate()
            .map(|(index, item)| rule(item).map_err(|(field, message)| at(index, field, &message)))
            .collect::<Result<_, _>>()?;
        Ok(())
    }

    /// How far the gateway's clock is off, in milliseconds.
    pub(super) fn skew(&self) -> i64 {
        let skews = self.rules.iter().map(|rule| if let What::Skew(ms) = rule.what { ms } else { 0 });
        skews.sum()
    }

    /// The rules as they were given, and how often each has struck.
    pub(super) fn snapshot(&self) -> Value {
        let rows = self.rules.iter().map(|rule| {
            let mut map = Map::new();
            map.push("rule", Value::parse(&rule.given).unwrap_or(Value::Null));
            map.push("struck", rule.struck.into());
            Value::Map(map)
        });
        Value::List(rows.collect())
    }

    /// What strikes a call of `endpoint`.
    pub(super) fn of_call(&mut self, endpoint: Option<&str>) -> Option<What> {
        self.strike(endpoint, |what| !what.is_of_callbacks())
    }

    /// The callbacks as they go out: some never (their ids come second), some twice, some late, some after the next.
    pub(super) fn send(&mut self, queued: Vec<Notification>) -> (Vec<Notification>, Vec<u64>) {
        let (mut sent, mut lost) = (Vec::new(), Vec::new());
        for notification in queued {
            let struck = self.strike(Some(&notification.kind), What::is_of_callbacks);
            match struck {
                Some(What::Lost) => {
                    lost.push(notification.id);
                    continue;
                }
                Some(What::Reorder) => {
                    self.held.push(notification);
                    continue;
                }
                Some(What::Duplicate) => sent.push(notification.clone()),
                Some(What::Late(delay_ms)) => {
                    sent.push(Notification { delay_ms, ..notification });
                    continue;
                }
                _ => {}
            }
            sent.push(notification);
            sent.append(&mut self.held);
        }
        (sent, lost)
    }

    fn strike(&mut self, name: Option<&str>, fits: impl Fn(&What) -> bool) -> Option<What> {
        for rule in &mut self.rules {
            let meant = rule.only.as_deref().is_none_or(|only| Some(only) == name);
            if !meant || !fits(&rule.what) || matches!(rule.what, What::Skew(_)) || rule.times == 0 {
                continue;
            }
            if rule.after > 0 {
                rule.after -= 1;
                continue;
            }
            if rule.chance >= 1.0 || self.rng.f64() < rule.chance {
                rule.times -= 1;
                rule.struck += 1;
                return Some(rule.what.clone());
            }
        }
        None
    }
}

impl What {
    /// Its name, as rules give it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Delay(_) => "delay",
            Self::Hang => "hang",
            Self::Reset => "reset",
            Self::LostAnswer => "lost-answer",
            Self::Status(_) => "status",
            Self::Html(_) => "html",
            Self::Cut => "cut",
            Self::Gbk => "gbk",
            Self::Code(_) => "code",
            Self::Skew(_) => "skew",
            Self::Lost => "notification-lost",
            Self::Duplicate => "notification-duplicate",
            Self::Late(_) => "notification-late",
            Self::Reorder => "notification-reorder",
        }
    }

    /// What comes in the place of an answer, where it keeps the call from being done.
    pub(super) fn instead(&self) -> Option<(Response, Fate)> {
        let json = |body: String| Response { body: body.into(), ..Response::json() };
        let (response, fate) = match self {
            Self::Hang => (json(String::new()), Fate::Hangs),
            Self::Reset => (json(String::new()), Fate::Resets),
            Self::Status(status) => {
                (Response { status: *status, content_type: "text/plain", ..Response::json() }, Fate::Arrives)
            }
            Self::Html(status) => {
                let body = format!("<html><body><h1>{status}</h1><hr>nginx</body></html>").into();
                (Response { status: *status, content_type: "text/html", body, ..Response::json() }, Fate::Arrives)
            }
            Self::Gbk => (json(answer("9999", "系统异常", Value::Null)), Fate::Gbk),
            Self::Code(code) => (json(answer(code, message(code), Value::Null)), Fate::Arrives),
            _ => return None,
        };
        Some((response, fate))
    }

    /// What becomes of the answer to a call that was done.
    pub(super) fn bend(&self, response: &mut Response) -> Fate {
        match self {
            Self::Delay(ms) => Fate::Late(*ms),
            Self::LostAnswer => Fate::Resets,
            Self::Cut => {
                response.body.truncate(response.body.len() / 2);
                Fate::Arrives
            }
            _ => Fate::Arrives,
        }
    }

    fn is_of_callbacks(&self) -> bool {
        matches!(self, Self::Lost | Self::Duplicate | Self::Late(_) | Self::Reorder)
    }
}

fn at(index: usize, field: &str, message: &str) -> Error {
    Error::config(format!("faults[{index}]{}{field}", if field.is_empty() { "" } else { "." }), message)
}

type Wrong = (&'static str, String);

fn rule(item: &Value) -> Result<Rule, Wrong> {
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
        "delay" => What::Delay(whole(map, "ms")?),
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
        "notification-late" => What::Late(whole(map, "ms")?),
        _ => What::Reorder,
    };
    let (field, others) = if what.is_of_callbacks() { ("kind", "endpoint") } else { ("endpoint", "kind") };
    if map.get(others).is_some() {
        return Err((others, format!("says nothing of this fault; there is {field}")));
    }
    let only = map.text(field).map(str::to_owned);
    let exists = |name: &str| match field {
        "kind" => NotificationKind::parse(name).is_some(),
        _ => crate::endpoints::by_name(name).is_some(),
    };
    if map.get(field).is_some() && !only.as_deref().is_some_and(exists) {
        return Err((field, "names none that there is".into()));
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
    Ok(Rule { given: map.to_json(), what, only, after, times, chance, struck: 0 })
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
