//! The options of a sandbox.

use crate::crypto::md5_hex;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::Fills;
use crate::sandbox::catalogue;
use crate::secret::Credentials;
use crate::value::{Map, Value};

/// The sandbox's keys and codes unless the options give others.
pub const DEFAULTS: [(&str, &str); 6] = [
    ("accessToken", "sandbox-access-token"),
    ("desKey", "sandbox8"),
    ("md5SecretKey", "sandbox-md5-secret"),
    ("distrCode", "DL1000100"),
    ("employeeCode", "GY66688"),
    ("invitateCode", "88888888"),
];

/// One of [`DEFAULTS`]; empty for an unknown name.
pub(crate) fn default(name: &str) -> &'static str {
    DEFAULTS.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// The options of a sandbox.
#[derive(Debug, Clone)]
pub(super) struct Config {
    pub(super) base_url: String,
    pub(super) credentials: Credentials,
    pub(super) codes: Fills,
    pub(super) dialect: Dialect,
    /// Whether transport and version must be the dialect's; otherwise any is read.
    pub(super) insists: bool,
    pub(super) options: Map,
    pub(super) seed: u64,
    /// The credit account's initial balance, in cents.
    pub(super) credit: i64,
}

impl Config {
    /// Checks the options by name.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name.
    pub(super) fn from_map(options: &Map, seed: u64) -> Result<Self, Error> {
        let mut merged = Map::new();
        for (name, default) in DEFAULTS {
            merged.push(name, options.text(name).unwrap_or(default).into());
        }
        let base_url = options.text("baseUrl").unwrap_or_default().trim_end_matches('/').to_owned();
        if !crate::types::is_http_url(&base_url) {
            return Err(Error::config("baseUrl", "must be an absolute http or https address"));
        }
        let known = |name: &str| {
            ["baseUrl", "creditBalance", "dialect"].contains(&name)
                || DEFAULTS.iter().any(|(default, _)| *default == name)
        };
        if let Some((name, _)) = options.iter().find(|(name, _)| !known(name)) {
            return Err(Error::config(name, "is not an option of a sandbox"));
        }
        let credit =
            balance("creditBalance", options.get("creditBalance").map_or(Some(CREDIT_BALANCE), Value::as_scalar))?;
        let text = |name: &str| merged.text(name).unwrap_or_default();
        let credentials = Credentials::parse(text("accessToken"), text("desKey"), text("md5SecretKey"))?;
        let code = |name: &str| Some(text(name).to_owned());
        let codes = Fills {
            distr_code: code("distrCode"),
            employee_code: code("employeeCode"),
            invitate_code: code("invitateCode"),
        };
        merged.push("baseUrl", base_url.as_str().into());
        let (dialect, insists) = match options.get("dialect") {
            None => (Dialect::default(), false),
            Some(Value::Map(map)) => (Dialect::from_map(map)?, true),
            Some(_) => return Err(Error::config("dialect", "must be an object: transport, nested, digest, version")),
        };
        let differences = dialect.differences();
        if !differences.is_empty() {
            merged.push("dialect", Value::Map(differences));
        }
        Ok(Self { base_url, credentials, codes, dialect, insists, options: merged, seed, credit })
    }

    /// Differs if the inputs of the replies differ (keys, codes, dialect, seed, credit balance), and does not reveal
    /// them.
    pub(super) fn fingerprint(&self) -> String {
        let options = self.options.iter().filter(|(name, _)| *name != "baseUrl").map(|(_, value)| value.to_json());
        let kept = options.chain([self.seed.to_string(), self.credit.to_string()]);
        md5_hex(kept.collect::<Vec<_>>().join(",").as_bytes())
    }
}

/// The distributor's credit balance unless the options give another, in yuan.
pub const CREDIT_BALANCE: &str = "100000.00";

/// An amount in yuan as cents.
pub(super) fn balance(option: &str, yuan: Option<&str>) -> Result<i64, Error> {
    let cents = yuan.and_then(catalogue::cents);
    cents.ok_or_else(|| Error::config(option, "must be an amount in yuan, such as \"1000.00\""))
}
