//! The platform as a state machine: requests in, replies and notifications out. No clock, no randomness but the
//! seed's, no network, so that the same calls bring the same replies.

mod calls;
mod catalogue;
mod control;
mod fault;
mod gateway;
mod order;
mod pages;
mod replies;
mod state;
mod time;

use crate::dialect::Dialect;
use crate::error::Error;
use crate::model::Fills;
use crate::secret::Credentials;
use crate::value::{Map, Value};

use fault::Faults;
use state::State;

pub use fault::Fate;

/// The sandbox's keys and codes unless it is told others.
pub const DEFAULTS: [(&str, &str); 6] = [
    ("accessToken", "sandbox-access-token"),
    ("desKey", "sandbox8"),
    ("md5SecretKey", "sandbox-md5-secret"),
    ("distrCode", "DL1000100"),
    ("employeeCode", "GY66688"),
    ("invitateCode", "88888888"),
];

/// A request, on whatever it came.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `POST`, …
    pub method: String,
    /// The path, from the slash.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// The Content-Type header.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type header.
    pub content_type: &'static str,
    /// Where a browser is to go.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// What the gateway answers with, empty.
    pub(crate) fn json() -> Self {
        Self { status: 200, content_type: "application/json; charset=utf-8", location: None, body: String::new() }
    }
}

/// A callback that waits to be delivered: POST `body`, JSON, to `url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// By which [`Sandbox::delivered`] knows it again.
    pub id: usize,
    /// `deliver`, `return` or `refund`.
    pub kind: &'static str,
    /// The address the pre-order gave.
    pub url: String,
    /// The JSON text.
    pub body: String,
    /// How long it is on its way before it is sent, in milliseconds.
    pub delay_ms: i64,
}

/// The platform.
#[derive(Debug)]
pub struct Sandbox {
    config: Config,
    state: State,
    faults: Faults,
}

/// What a sandbox is made with.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    base_url: String,
    credentials: Credentials,
    codes: Fills,
    dialect: Dialect,
    options: Map,
    seed: u64,
}

impl Sandbox {
    /// Takes `baseUrl`, and what of [`DEFAULTS`] is to be otherwise. Same seed and clock, same replies.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name.
    pub fn new(options: &Map, seed: u64) -> Result<Self, Error> {
        let mut merged = Map::new();
        for (name, default) in DEFAULTS {
            merged.push(name, options.text(name).unwrap_or(default).into());
        }
        let base_url = options.text("baseUrl").unwrap_or_default().trim_end_matches('/').to_owned();
        if !crate::types::is_http_url(&base_url) {
            return Err(Error::config("baseUrl", "must be an absolute http or https address"));
        }
        let known = |name: &str| name == "baseUrl" || DEFAULTS.iter().any(|(default, _)| *default == name);
        if let Some((name, _)) = options.iter().find(|(name, _)| !known(name)) {
            return Err(Error::config(name, "is not an option of a sandbox"));
        }
        let text = |name: &str| merged.text(name).unwrap_or_default();
        let credentials = Credentials::parse(text("accessToken"), text("desKey"), text("md5SecretKey"))?;
        let code = |name: &str| Some(text(name).to_owned());
        let codes = Fills {
            distr_code: code("distrCode"),
            employee_code: code("employeeCode"),
            invitate_code: code("invitateCode"),
        };
        merged.push("baseUrl", base_url.as_str().into());
        let config = Config { base_url, credentials, codes, dialect: Dialect::default(), options: merged, seed };
        Ok(Self { state: State::new(seed), faults: Faults::new(seed), config })
    }

    /// What a client needs to talk to this sandbox: keys, codes and baseUrl.
    pub fn client_options(&self) -> &Map {
        &self.config.options
    }

    /// Answers a request that arrives at `clock`, milliseconds since 1970; faults strike the gateway's answers alone.
    pub fn handle(&mut self, request: &Request, clock: i64) -> (Response, Fate) {
        let now = self.now(clock);
        if request.path.starts_with("/_sandbox/") {
            return (control::handle(self, request, clock), Fate::Arrives);
        }
        if request.path.starts_with("/pages/") || request.path.starts_with("/files/") {
            return (pages::handle(&mut self.state, request, now), Fate::Arrives);
        }
        let endpoint = crate::endpoints::by_path(&request.path).map(|endpoint| endpoint.name);
        let (config, state) = (&self.config, &mut self.state);
        let gateway_now = now.saturating_add(self.faults.skew());
        self.faults.answer(endpoint, || gateway::handle(config, state, request, gateway_now))
    }

    /// What goes wrong from now on: a list of rules, each `{ fault, endpoint or kind, after, times, chance }` and what
    /// the fault takes. An empty list ends it.
    ///
    /// # Errors
    /// [`Error::Config`] names the rule and the field.
    pub fn faults(&mut self, rules: &[Value]) -> Result<(), Error> {
        self.faults.set(rules)
    }

    /// What the gateway takes for the time, as its Date header tells it.
    pub fn gateway_now(&self, clock: i64) -> i64 {
        self.now(clock).saturating_add(self.faults.skew())
    }

    /// Does what the buyer does at the returned url: pays (payType 2), or confirms an order that then waits for
    /// `notifyPayment` (payType 1). Returns the order code.
    ///
    /// # Errors
    /// [`Error::Config`] where there is no such pre-order, or it was bought or cancelled before.
    pub fn pay(&mut self, temp_order_code: &str, clock: i64) -> Result<String, Error> {
        let now = self.now(clock);
        self.state.buy(temp_order_code, 0, now).map_err(|message| Error::config("tempOrderCode", message))
    }

    /// Moves the clock forward by `ms`.
    pub fn advance(&mut self, ms: i64) {
        self.state.offset = self.state.offset.saturating_add(ms.max(0));
    }

    /// The sandbox's own time.
    pub fn now(&self, clock: i64) -> i64 {
        clock.saturating_add(self.state.offset)
    }

    /// Forgets everything and starts again from the seed.
    pub fn reset(&mut self) {
        self.state = State::new(self.config.seed);
        self.faults = Faults::new(self.config.seed);
    }

    /// The callbacks that are to be delivered now; each is handed out once, unless a fault says otherwise.
    pub fn take_notifications(&mut self) -> Vec<Notification> {
        let queued = self.state.outbox.take();
        self.faults.send(queued)
    }

    /// Records the HTTP status with which a callback was answered; none where nobody answered.
    pub fn delivered(&mut self, id: usize, status: Option<u16>) {
        self.state.outbox.delivered(id, status);
    }

    /// Everything that is kept, for people and tests.
    pub fn snapshot(&self, clock: i64) -> Value {
        self.state.snapshot(self.now(clock))
    }
}
