//! A client's options, checked once.

use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::{CheckOptions, Fills};
use crate::secret::Credentials;
use crate::types::split_authority;
use crate::value::{Map, Value};

const PRODUCTION: &str = "https://apiagb.aigobo.cn";
const TEST: &str = "https://apiagb.qa.aigobo.cn";

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
}

impl Config {
    /// Reads a client's options, named as in JavaScript.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name. An option that this version does not know is an error too:
    /// an option never does nothing.
    pub fn from_map(map: &Map) -> Result<Self, Error> {
        let options = Options(map);
        options.only_known()?;
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
        options.only("maxRetries", &Value::from(0), "only 0 is supported: each call is sent once")?;
        options.only("rateLimit", &Value::Bool(false), "only false is supported: calls are not paced")?;
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
        })
    }
}

struct Options<'a>(&'a Map);

impl<'a> Options<'a> {
    fn only_known(&self) -> Result<(), Error> {
        const KNOWN: &[&str] = &[
            "accessToken",
            "allowBrowser",
            "baseUrl",
            "desKey",
            "dialect",
            "distrCode",
            "employeeCode",
            "enforceLengths",
            "environment",
            "invitateCode",
            "ip",
            "maxRetries",
            "md5SecretKey",
            "rateLimit",
        ];
        match self.0.iter().find(|(name, value)| !KNOWN.contains(name) && **value != Value::Null) {
            Some((name, _)) => Err(Error::config(name, "is not an option of this version; remove it")),
            None => Ok(()),
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

    fn only(&self, name: &str, allowed: &Value, message: &str) -> Result<(), Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(()),
            Some(value) if value == allowed => Ok(()),
            Some(_) => Err(Error::config(name, message)),
        }
    }

    fn base_url(&self) -> Result<String, Error> {
        if let Some(url) = self.text("baseUrl")? {
            return check_base_url(url);
        }
        match self.text("environment")? {
            None | Some("test") => Ok(TEST.into()),
            Some("production") => Ok(PRODUCTION.into()),
            Some(_) => Err(Error::config("environment", "must be 'production' or 'test'")),
        }
    }
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
    fn each_wrong_option_is_named() {
        for (extra, option) in [
            (r#","distrcode":"x""#, "distrcode"),
            (r#","environment":"prod""#, "environment"),
            (r#","ip":" 1.2.3.4""#, "ip"),
            (r#","enforceLengths":"no""#, "enforceLengths"),
            (r#","dialect":{"nested":"php"}"#, "dialect.nested"),
            (r#","dialect":{"colour":"red"}"#, "dialect.colour"),
            (r#","maxRetries":3"#, "maxRetries"),
            (r#","rateLimit":{"calls":1,"periodMs":1}"#, "rateLimit"),
        ] {
            assert_eq!(refused(extra), option);
        }
        assert!(with(r#","maxRetries":0,"rateLimit":false"#).is_ok());
    }
}
