//! Reads one option at a time: its type, its bounds, and an error that names it.

use crate::error::Error;
use crate::policy::{Limits, Quota};
use crate::prelude::*;
use crate::spelling::suggestion;
use crate::types::{parse_whole, split_authority, split_scheme};
use crate::value::{Map, Value, mistyped};

/// The gateway for real policies.
pub const PRODUCTION: &str = "https://apiagb.aigobo.cn";
/// The gateway for development.
pub const TEST: &str = "https://apiagb.qa.aigobo.cn";

/// A time limit of more than an hour is a mistaken unit.
const LONGEST_MS: u32 = 60 * 60 * 1000;
const MOST_RETRIES: u32 = 10;

/// The options as given, read one by one.
pub(super) struct Options<'a>(pub(super) &'a Map);

impl<'a> Options<'a> {
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Error> {
        match self.0.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err(Error::config(name, format!("is not an option here{}", suggestion(name, known)))),
            None => Ok(()),
        }
    }

    pub(super) fn limits(&self, base: Limits) -> Result<Limits, Error> {
        let timeout = self.whole("timeoutMs", 1..=LONGEST_MS)?;
        let deadline = self.whole("deadlineMs", 1..=LONGEST_MS)?;
        let max_retries = self.whole("maxRetries", 0..=MOST_RETRIES)?;
        Ok(Limits {
            timeout_ms: timeout.unwrap_or(base.timeout_ms),
            deadline_ms: deadline.or(base.deadline_ms),
            // A limit for each try also limits the wait for the quota, unless the whole call has a limit.
            quota_wait_ms: match deadline.or(base.deadline_ms) {
                Some(_) => None,
                None => timeout.or(base.quota_wait_ms),
            },
            max_retries: max_retries.unwrap_or(base.max_retries),
            priority: base.priority,
        })
    }

    pub(super) fn quota(&self) -> Result<Option<Quota>, Error> {
        match self.0.get("rateLimit") {
            None | Some(Value::Null) => Ok(Some(Quota::default())),
            Some(Value::Bool(false)) => Ok(None),
            Some(Value::Map(map)) => quota(&Options(map)).map(Some).map_err(|error| match error {
                Error::Config { option, message } => Error::config(format!("rateLimit.{option}"), message),
                other => other,
            }),
            Some(_) => Err(Error::config(
                "rateLimit",
                "must be { calls, periodMs }, an object with acquire({ signal, deadlineMs, priority }), or false",
            )),
        }
    }

    fn whole(&self, name: &str, range: core::ops::RangeInclusive<u32>) -> Result<Option<u32>, Error> {
        let wrong = || Error::config(name, format!("must be a whole number from {} to {}", range.start(), range.end()));
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(literal)) => {
                parse_whole(literal).filter(|number| range.contains(number)).map(Some).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Err(Error::config(name, mistyped("text", other.kind()))),
        }
    }

    /// A code that enters every envelope. An empty one counts as none; white space at its ends is an error.
    pub(super) fn code(&self, name: &str) -> Result<Option<String>, Error> {
        match self.text(name)? {
            None | Some("") => Ok(None),
            Some(text) if text.trim() != text => {
                Err(Error::config(name, "has white space at its start or end; remove it"))
            }
            Some(text) if text.chars().count() > 32 => Err(Error::config(name, "is longer than 32 characters")),
            Some(text) => Ok(Some(text.to_owned())),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(other) => Err(Error::config(name, mistyped("true or false", other.kind()))),
        }
    }

    pub(super) fn map(&self, name: &str) -> Result<Option<&'a Map>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Map(map)) => Ok(Some(map)),
            Some(other) => Err(Error::config(name, mistyped("an object", other.kind()))),
        }
    }

    pub(super) fn base_url(&self) -> Result<String, Error> {
        let environment = match self.text("environment")? {
            None | Some("test") => TEST,
            Some("production") => PRODUCTION,
            Some(_) => return Err(Error::config("environment", "must be 'production' or 'test'")),
        };
        self.text("baseUrl")?.map_or(Ok(environment.to_owned()), check_base_url)
    }
}

fn quota(options: &Options<'_>) -> Result<Quota, Error> {
    options.only(&["calls", "periodMs"])?;
    let whole = |name: &str, most: u32| options.whole(name, 1..=most)?.ok_or_else(|| Error::config(name, "is missing"));
    Ok(Quota { calls: whole("calls", 100_000)?, period_ms: whole("periodMs", LONGEST_MS)? })
}

/// Accepts https, or http to this machine only: DES and MD5 protect nothing in transit.
fn check_base_url(url: &str) -> Result<String, Error> {
    let wrong = |message: &str| Err(Error::config("baseUrl", message));
    let url = url.trim_end_matches('/');
    if !crate::types::is_http_url(url) || url.contains(['?', '#', '@']) {
        return wrong(
            "must be an absolute address like https://host or https://host/path, without query, fragment or user",
        );
    }
    let Some((scheme, rest)) = split_scheme(url) else { return wrong("must start with https://") };
    let loopback = split_authority(rest).is_some_and(|(host, _)| is_loopback(host));
    if scheme.eq_ignore_ascii_case("http") && !loopback {
        return wrong("must be https; plain http is only allowed to this machine (127.0.0.1, [::1], localhost)");
    }
    Ok(url.to_owned())
}

fn is_loopback(host: &str) -> bool {
    // 127.0.0.0/8. In a URL, a number that begins with 0 is octal: 0127.0.0.1 is another machine.
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    let number = |part: &str| if plain(part) { parse_whole::<u8>(part) } else { None };
    let numbers: Option<Vec<u8>> = host.split('.').map(number).collect();
    let v4 = matches!(numbers.as_deref(), Some([127, _, _, _]));
    v4 || host.eq_ignore_ascii_case("localhost") || host == "[::1]"
}
