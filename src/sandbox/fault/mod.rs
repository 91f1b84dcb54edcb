//! Deliberate faults: rules that strike calls and callbacks by count or by a seeded chance, so that the same calls meet
//! the same faults.

mod rule;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::exchange::answer;
use crate::response_codes::message;
use crate::sandbox::{Notification, Response, keep};
use crate::value::{Map, Value};

use rule::{at, rule};

#[cfg(test)]
pub(super) use rule::NAMES;

/// `{"code":"9999","message":"系统异常","data":null}` in GBK, which is not valid UTF-8.
const GBK: &[u8] = b"{\"code\":\"9999\",\"message\":\"\xcf\xb5\xcd\xb3\xd2\xec\xb3\xa3\",\"data\":null}";

/// What happens to an answer in transit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// It arrives.
    #[default]
    Arrives,
    /// It arrives after this many milliseconds.
    Late(i64),
    /// Nothing comes, and the connection stays open.
    Hangs,
    /// The connection is reset.
    Resets,
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

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rule {
    /// The rule as it was given, for people to read.
    given: String,
    name: String,
    what: What,
    /// The endpoint's name or the callback's kind; none means any.
    only: Option<String>,
    /// How many pass first.
    after: u64,
    /// How many are then struck.
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
    /// Callbacks held back until the next one, to be sent after it.
    held: Vec<Notification>,
    /// Callbacks that are no longer held back.
    released: Vec<Notification>,
}

impl Faults {
    pub(super) fn new(seed: u64) -> Self {
        // Separate from the state's random numbers: faults must not change the codes and tokens that are drawn.
        Self {
            rules: Vec::new(),
            rng: fastrand::Rng::with_seed(seed ^ 0x00FA_0175),
            held: Vec::new(),
            released: Vec::new(),
        }
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
        self.release();
        Ok(())
    }

    /// How far the gateway's clock is off, in milliseconds.
    pub(super) fn skew(&self) -> i64 {
        let skews = self.rules.iter().map(|rule| if let What::Skew(ms) = rule.what { ms } else { 0 });
        skews.fold(0, i64::saturating_add)
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

    pub(super) fn add(&mut self, item: &Value) -> Result<(), Error> {
        self.rules.push(rule(item).map_err(|(field, message)| at(self.rules.len(), field, &message))?);
        Ok(())
    }

    pub(super) fn remove(&mut self, place: usize) -> Result<(), Error> {
        if place >= self.rules.len() {
            return Err(Error::config("place", format!("there are {} faults, from 0", self.rules.len())));
        }
        self.rules.remove(place);
        self.release();
        Ok(())
    }

    /// Whoever restores a state resends every callback that was in transit, held back or not.
    pub(super) fn forget_held(&mut self) {
        self.held.clear();
        self.released.clear();
    }

    /// Releases the callbacks when no rule holds them back any more.
    fn release(&mut self) {
        if !self.rules.iter().any(|rule| rule.what == What::Reorder) {
            self.released.append(&mut self.held);
        }
    }

    /// The fault that strikes a call of `endpoint`, and the fault's name.
    pub(super) fn of_call(&mut self, endpoint: Option<&str>) -> Option<(&str, What)> {
        self.strike(endpoint, |what| !what.is_of_callbacks())
    }

    /// The callbacks as they go out: some never (their ids are returned second), some twice, some late, some after the
    /// next.
    pub(super) fn send(&mut self, queued: Vec<Notification>) -> (Vec<Notification>, Vec<u64>) {
        let (mut sent, mut lost) = (core::mem::take(&mut self.released), Vec::new());
        for notification in queued {
            let struck = self.strike(Some(&notification.kind), What::is_of_callbacks).map(|(_, what)| what);
            match struck {
                Some(What::Lost) => {
                    lost.push(notification.id);
                    continue;
                }
                // Only one at a time is held back; the next callback releases it.
                Some(What::Reorder) if self.held.is_empty() => {
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

    fn strike(&mut self, name: Option<&str>, fits: impl Fn(&What) -> bool) -> Option<(&str, What)> {
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
                return Some((&rule.name, rule.what.clone()));
            }
        }
        None
    }
}

impl What {
    /// What is returned instead of an answer, if the fault prevents the call from being carried out.
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
            Self::Gbk => (Response { body: GBK.to_vec(), ..Response::json() }, Fate::Arrives),
            Self::Code(code) => (json(answer(code, message(code), Value::Null)), Fate::Arrives),
            _ => return None,
        };
        Some((response, fate))
    }

    /// What happens to the answer of a call that was carried out.
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
