//! A client's options, checked once.

mod options;

use crate::config::options::Options;
use crate::dialect::Dialect;
use crate::envelope::NO_ADDRESS;
use crate::error::Error;
use crate::model::{CheckOptions, Fills};
use crate::policy::{Limits, Priority, Quota};
use crate::prelude::*;
use crate::secret::Credentials;
use crate::types::split_scheme;
use crate::value::{Map, Value};
pub use options::{PRODUCTION, TEST};

const DEFAULT_LIMITS: Limits =
    Limits { timeout_ms: 10_000, deadline_ms: None, quota_wait_ms: None, max_retries: 2, priority: Priority::Normal };

/// What a client knows before its first call.
#[derive(Debug, Clone)]
pub struct Config {
    /// The keys.
    pub credentials: Credentials,
    /// The gateway's address, without a slash at its end.
    pub base_url: String,
    /// The distributor's outgoing address.
    pub ip: String,
    /// The dialect that the gateway expects.
    pub dialect: Dialect,
    /// How requests are checked and filled in.
    pub check: CheckOptions,
    /// Whether the caller accepts that keys in a browser are public.
    pub allow_browser: bool,
    /// What a call may take unless it says otherwise.
    pub limits: Limits,
    /// How many calls in which period; none if calls are unlimited or another limiter counts them.
    pub quota: Option<Quota>,
    /// Whether the gateway's Date header corrects the system's clock.
    pub follow_gateway_clock: bool,
}

impl Config {
    /// The gateway in one spelling, however it was written: calls to the same gateway are counted together.
    pub fn gateway(&self) -> String {
        let (scheme, rest) = split_scheme(&self.base_url).unwrap_or(("", &self.base_url));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let scheme = scheme.to_ascii_lowercase();
        let authority = authority.to_ascii_lowercase();
        let default = if scheme == "http" { ":80" } else { ":443" };
        format!("{scheme}://{}/{path}", authority.strip_suffix(default).unwrap_or(&authority))
    }

    /// Reads a client's options, named as in JavaScript.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name. An option that this version does not know is an error too: no option
    /// is silently ignored.
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
            ip: options.code("ip")?.unwrap_or_else(|| NO_ADDRESS.into()),
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
            follow_gateway_clock: match (map.get("clock"), map.text("clock")) {
                (None | Some(Value::Null), _) | (_, Some("auto")) => true,
                (_, Some("system")) => false,
                _ => {
                    return Err(Error::config(
                        "clock",
                        "must be 'auto', 'system' or a function that returns milliseconds",
                    ));
                }
            },
        })
    }

    /// What one call may take. Its own `timeoutMs`, `deadlineMs` and `maxRetries` override the client's; `priority` is
    /// its own.
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

/// Every option of a client. Functions and objects with methods cannot travel as JSON and are passed separately.
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
            "http://0127.0.0.1",
            "http://127.0.0.01",
            "http://127.+0.0.1",
            "http://127.0.1",
            "https://[1:2:3:4:5:6:7:8:9]",
            "https://a:-0",
            "https://a:+80",
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
    fn what_was_meant_is_told() {
        for (extra, said) in [
            (r#","clock":5"#, "must be 'auto', 'system' or a function"),
            (r#","dialect":{"neste":1}"#, "did you mean nested?"),
            (r#","dialect":{"colour":1}"#, "there are transport, nested, digest, version"),
            (r#","timeoutMS":1"#, "did you mean timeoutMs?"),
        ] {
            let Err(Error::Config { message, .. }) = with(extra) else { panic!("{extra}") };
            assert!(message.contains(said), "{message}");
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
