//! A client's options, checked once.

use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::{CheckOptions, Fills};
use crate::policy::{Limits, Priority, Quota};
use crate::secret::Credentials;
use crate::spelling::nearest;
use crate::types::split_authority;
use crate::value::{Map, Value};

const PRODUCTION: &str = "https://apiagb.aigobo.cn";
const TEST: &str = "https://apiagb.qa.aigobo.cn";

/// Beyond an hour a time limit is a slip of the unit.
const LONGEST_MS: u32 = 60 * 60 * 1000;
const MOST_RETRIES: u32 = 10;
const DEFAULT_LIMITS: Limits =
    Limits { timeout_ms: 10_000, deadline_ms: None, quota_wait_ms: None, max_retries: 2, priority: Priority::Normal };

/// What a client knows before its first call.
#[derive(Debug, Clone)]
pub struct Config {
    /// The keys.
    pub credentials: Credentials,
    /// The gateway, without a slash at its end.
    pub base_url: String,
    /// The distributor's outgoing address.
    pub ip: String,
    /// How the gateway wants to be spoken to.
    pub dialect: Dialect,
    /// How requests are checked and filled in.
    pub check: CheckOptions,
    /// Whether the caller knows that keys in a browser are public.
    pub allow_browser: bool,
    /// What a call may take unless it says otherwise.
    pub limits: Limits,
    /// How many calls in which period; none: unlimited, or left to somebody else.
    pub quota: Option<Quota>,
    /// Whether the gateway's Date header corrects the system's clock.
    pub follow_gateway_clock: bool,
}

impl Config {
    /// The gateway in one spelling, however it was written: what is counted together.
    pub fn gateway(&self) -> String {
        let (scheme, rest) = self.base_url.split_once("://").unwrap_or(("", &self.base_url));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let scheme = scheme.to_ascii_lowercase();
        let authority = authority.to_ascii_lowercase();
        let default = if scheme == "http" { ":80" } else { ":443" };
        format!("{scheme}://{}/{path}", authority.strip_suffix(default).unwrap_or(&authority))
    }

    /// Reads a client's options, named as in JavaScript.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name. An option that this version does not know is an error too:
    /// an option never does nothing.
    pub fn from_map(map: &Map) -> Result<Self, Error> {
        let options = Options(map);
        options.only(OPTIONS)?;
        let credentials = Credentials::parse(
            options.text("accessToken")?.unwrap_or(""),
            options.text("desKey")?.unwrap_or(""),
            options.text("md5SecretKey")?.unwrap_or(""),
        )?;
        let distr_code = options.code("distrCode")?;
        if distr_code.is_none() {
            return Err(Error::config(
                "distrCode",
                "is missing; it is the distributor's code that the platform issued",
            ));
        }
        Ok(Self {
            credentials,
            base_url: options.base_url()?,
            ip: options.code("ip")?.unwrap_or_else(|| "127.0.0.1".into()),
            dialect: options.map("dialect")?.map_or(Ok(Dialect::default()), Dialect::from_map)?,
            check: CheckOptions {
                ignore_lengths: !options.flag("enforceLengths")?.unwrap_or(true),
                fills: Fills {
                    distr_code,
                    employee_code: options.code("employeeCode")?,
                    invitate_code: options.code("invitateCode")?,
                },
            },
            allow_browser: options.flag("allowBrowser")?.unwrap_or(false),
            limits: options.limits(DEFAULT_LIMITS)?,
            quota: options.quota()?,
            follow_gateway_clock: match options.text("clock")? {
                None | Some("auto") => true,
                Some("system") => false,
                Some(_) => {
                    return Err(Error::config(
                        "clock",
                        "must be 'auto', 'system' or a function that returns milliseconds",
                    ));
                }
            },
        })
    }

    /// What one call may take: its own `timeoutMs`, `deadlineMs` and `maxRetries` before the client's, and its `priority`.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name.
    pub fn limits_of_call(&self, options: &Map) -> Result<Limits, Error> {
        let options = Options(options);
        options.only(CALL_OPTIONS)?;
        let priority = match options.text("priority")? {
            None | Some("normal") => Priority::Normal,
            Some("low") => Priority::Low,
            Some(_) => return Err(Error::config("priority", "must be 'normal' or 'low'")),
        };
        Ok(Limits { priority, ..options.limits(self.limits)? })
    }
}

/// Every option of a client. Functions, and objects with methods, do not travel as JSON and are handed in apart.
pub const OPTIONS: &[&str] = &[
    "accessToken",
    "allowBrowser",
    "baseUrl",
    "clock",
    "deadlineMs",
    "desKey",
    "dialect",
    "distrCode",
    "employeeCode",
    "enforceLengths",
    "environment",
    "fetch",
    "invitateCode",
    "ip",
    "maxRetries",
    "md5SecretKey",
    "observe",
    "rateLimit",
    "timeoutMs",
];

/// Every option of a call.
pub const CALL_OPTIONS: &[&str] = &["deadlineMs", "maxRetries", "priority", "signal", "timeoutMs"];

struct Options<'a>(&'a Map);

impl<'a> Options<'a> {
    fn only(&self, known: &[&str]) -> Result<(), Error> {
        match self.0.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => {
                let meant = nearest(name, known.iter().copied()).map(|meant| format!("; did you mean {meant}?"));
                let message = format!(
                    "is not an option here{}",
                    meant.unwrap_or_else(|| format!("; there are {}", known.join(", ")))
                );
                Err(Error::config(name, message))
            }
            None => Ok(()),
        }
    }

    fn limits(&self, base: Limits) -> Result<Limits, Error> {
        let timeout = self.whole("timeoutMs", 1..=LONGEST_MS)?;
        let deadline = self.whole("deadlineMs", 1..=LONGEST_MS)?;
        let max_retries = self.whole("maxRetries", 0..=MOST_RETRIES)?;
        Ok(Limits {
            timeout_ms: timeout.unwrap_or(base.timeout_ms),
            deadline_ms: deadline.or(base.deadline_ms),
            // Whoever bounds a try has no more patience with the quota, unless the whole call is bounded.
            quota_wait_ms: match deadline.or(base.deadline_ms) {
                Some(_) => None,
                None => timeout.or(base.quota_wait_ms),
            },
            max_retries: max_retries.unwrap_or(base.max_retries),
            priority: base.priority,
        })
    }

    fn quota(&self) -> Result<Option<Quota>, Error> {
        match self.0.get("rateLimit") {
            None | Some(Value::Null) => Ok(Some(Quota::default())),
            Some(Value::Bool(false)) => Ok(None),
            Some(Value::Map(map)) => quota(&Options(map)).map(Some).map_err(|error| match error {
                Error::Config { option, message } => Error::config(format!("rateLimit.{option}"), message),
                other => other,
            }),
            Some(_) => Err(Error::config(
                "rateLimit",
                "must be { calls, periodMs }, an object with acquire({ signal, deadlineMs }), or false",
            )),
        }
    }

    fn whole(&self, name: &str, range: core::ops::RangeInclusive<u32>) -> Result<Option<u32>, Error> {
        let wrong = || Error::config(name, format!("must be a whole number from {} to {}", range.start(), range.end()));
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(literal)) => {
                literal.parse().ok().filter(|number| range.contains(number)).map(Some).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Err(Error::config(name, format!("must be text, not {}", other.kind()))),
        }
    }

    /// A code that enters every envelope: an empty one is as good as none, white space at its ends a slip.
    fn code(&self, name: &str) -> Result<Option<String>, Error> {
        match self.text(name)? {
            None | Some("") => Ok(None),
            Some(text) if text.trim() != text => {
                Err(Error::config(name, "has white space at its start or end; remove it"))
            }
            Some(text) if text.chars().count() > 32 => Err(Error::config(name, "is longer than 32 characters")),
            Some(text) => Ok(Some(text.to_owned())),
        }
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(other) => Err(Error::config(name, format!("must be true or false, not {}", other.kind()))),
        }
    }

    fn map(&self, name: &str) -> Result<Option<&'a Map>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Map(map)) => Ok(Some(map)),
            Some(other) => Err(Error::config(name, format!("must be an object, not {}", other.kind()))),
        }
    }

    fn base_url(&self) -> Result<String, Error> {
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

/// https, or http to this machine alone: DES and MD5 protect nothing on the way.
fn check_base_url(url: &str) -> Result<String, Error> {
    let wrong = |message: &str| Err(Error::config("baseUrl", message));
    let url = url.trim_end_matches('/');
    if !crate::types::is_http_url(url) || url.contains(['?', '#', '@']) {
        return wrong(
            "must be an absolute address like https://host or https://host/path, without query, fragment or user",
        );
    }
    let Some((scheme, rest)) = url.split_once("://") else { return wrong("must start with https://") };
    let loopback = split_authority(rest).is_some_and(|(host, _)| is_loopback(host));
    if scheme.eq_ignore_ascii_case("http") && !loopback {
        return wrong("must be https; plain http is only allowed to this machine (127.0.0.1, [::1], localhost)");
    }
    Ok(url.to_owned())
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || host.parse::<core::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(extra: &str) -> Result<Config, Error> {
        let json = format!(r#"{{"accessToken":"t","desKey":"12345678","md5SecretKey":"m","distrCode":"D"{extra}}}"#);
        Config::from_map(&Map::parse(&json).unwrap())
    }

    fn refused(extra: &str) -> String {
        match with(extra) {
            Err(Error::Config { option, .. }) => option,
            other => panic!("{extra}: {other:?}"),
        }
    }

    #[test]
    fn defaults() {
        let config = with("").unwrap();
        assert_eq!((config.base_url.as_str(), config.ip.as_str()), (TEST, "127.0.0.1"));
        assert_eq!(config.dialect, Dialect::default());
        assert_eq!(with(r#","environment":"production""#).unwrap().base_url, PRODUCTION);
    }

    #[test]
    fn base_urls() {
        for url in [
            "https://gw.example.com",
            "https://h/p/",
            "http://127.0.0.1:6062",
            "http://localhost:1",
            "http://[::1]:2",
            "HTTP://LOCALHOST",
        ] {
            assert!(with(&format!(r#","baseUrl":"{url}""#)).is_ok(), "{url}");
        }
        for url in [
            "http://gw.example.com",
            "http://127.0.0.1.evil.com",
            "http://10.0.0.1",
            "ftp://a",
            "gw",
            "https://a?b",
            "https://u:p@h",
            "http://127.0.0.1@evil.com",
        ] {
            assert_eq!(refused(&format!(r#","baseUrl":"{url}""#)), "baseUrl", "{url}");
        }
    }

    #[test]
    fn one_gateway_however_it_is_written() {
        let gateway = |url: &str| with(&format!(r#","baseUrl":"{url}""#)).unwrap().gateway();
        for (one, other) in
            [("https://Gw.Example.com/a/", "HTTPS://gw.example.com:443/a"), ("http://LOCALHOST:80", "http://localhost")]
        {
            assert_eq!(gateway(one), gateway(other));
        }
        assert_ne!(gateway("http://localhost:8080"), gateway("http://localhost"));
        assert_ne!(gateway("https://h/a"), gateway("https://h/A"));
    }

    #[test]
    fn each_wrong_option_is_named() {
        for (extra, option) in [
            (r#","distrcode":"x""#, "distrcode"),
            (r#","environment":"prod""#, "environment"),
            (r#","ip":" 1.2.3.4""#, "ip"),
            (r#","enforceLengths":"no""#, "enforceLengths"),
            (r#","dialect":{"nested":"php"}"#, "dialect.nested"),
            (r#","dialect":{"colour":"red"}"#, "dialect.colour"),
            (r#","timeoutMs":0"#, "timeoutMs"),
            (r#","timeoutMs":-1"#, "timeoutMs"),
            (r#","timeoutMs":1.5"#, "timeoutMs"),
            (r#","timeoutMs":"10""#, "timeoutMs"),
            (r#","timeoutMs":1e400"#, "timeoutMs"),
            (r#","timeoutMs":3600001"#, "timeoutMs"),
            (r#","deadlineMs":0"#, "deadlineMs"),
            (r#","maxRetries":11"#, "maxRetries"),
            (r#","maxRetries":-1"#, "maxRetries"),
            (r#","rateLimit":true"#, "rateLimit"),
            (r#","rateLimit":{"calls":0,"periodMs":1}"#, "rateLimit.calls"),
            (r#","rateLimit":{"calls":1}"#, "rateLimit.periodMs"),
            (r#","rateLimit":{"calls":1,"periodMs":1,"burst":2}"#, "rateLimit.burst"),
            (r#","clock":"gps""#, "clock"),
        ] {
            assert_eq!(refused(extra), option, "{extra}");
        }
    }

    #[test]
    fn a_call_goes_before_the_client_and_the_client_before_the_default() {
        let limits =
            |client: &str, call: &str| with(client).unwrap().limits_of_call(&Map::parse(call).unwrap()).unwrap();
        assert_eq!(limits("", "{}"), DEFAULT_LIMITS);
        let ours = limits(r#","timeoutMs":500,"maxRetries":0"#, "{}");
        assert_eq!((ours.timeout_ms, ours.max_retries, ours.quota_wait_ms), (500, 0, Some(500)));
        let ours = limits(r#","timeoutMs":500,"maxRetries":0"#, r#"{"timeoutMs":70,"maxRetries":3}"#);
        assert_eq!((ours.timeout_ms, ours.max_retries, ours.quota_wait_ms), (70, 3, Some(70)));
        let ours = limits(r#","timeoutMs":500"#, r#"{"deadlineMs":900}"#);
        assert_eq!((ours.timeout_ms, ours.deadline_ms, ours.quota_wait_ms), (500, Some(900), None));
        let ours = limits(r#","deadlineMs":900"#, r#"{"timeoutMs":70}"#);
        assert_eq!((ours.timeout_ms, ours.deadline_ms, ours.quota_wait_ms), (70, Some(900), None));
        assert_eq!(with("").unwrap().quota, Some(Quota::default()));
        assert_eq!(with(r#","rateLimit":false"#).unwrap().quota, None);
        let wrong = with("").unwrap().limits_of_call(&Map::parse(r#"{"retries":1}"#).unwrap());
        assert!(matches!(wrong, Err(Error::Config { option, .. }) if option == "retries"));
    }
}
