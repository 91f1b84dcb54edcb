//! The platform as a state machine: requests in, replies and notifications out. It has no clock, no network and no
//! randomness except the seed's, so the same calls get the same replies.

mod calls;
mod catalogue;
mod config;
mod control;
mod document;
mod fault;
mod gateway;
mod invoice;
mod journal;
mod keep;
mod life;
mod log;
mod nonces;
mod order;
mod outbox;
mod pages;
mod refusal;
mod replies;
mod state;
mod summary;
mod time;

use crate::error::Error;
use crate::exchange::accept;
use crate::value::{Map, Value};

use config::{Config, balance};
use fault::Faults;
use journal::{Journal, Step};
use log::Call;
use state::State;

pub(crate) use config::default;
pub use config::{CREDIT_BALANCE, DEFAULTS};
pub use fault::Fate;
pub use outbox::Notification;

/// A request, whichever way it came.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `POST`, …
    pub method: String,
    /// The path, from the slash.
    pub path: String,
    /// The part after the question mark.
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
    /// Where a browser is redirected to.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The gateway's form of an answer, empty.
    pub(crate) fn json() -> Self {
        Self { status: 200, content_type: "application/json; charset=utf-8", location: None, body: Vec::new() }
    }
}

/// The platform.
#[derive(Debug)]
pub struct Sandbox {
    config: Config,
    state: State,
    faults: Faults,
    journal: Journal,
}

impl Sandbox {
    /// Takes `baseUrl`, `creditBalance` (yuan), `dialect`, and replacements for [`DEFAULTS`]. The same seed and clock
    /// give the same replies. The sandbox insists on a given dialect; without one it reads every transport and version.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name.
    pub fn new(options: &Map, seed: u64) -> Result<Self, Error> {
        let config = Config::from_map(options, seed)?;
        let (state, faults) = (State::new(seed, config.credit), Faults::new(seed));
        Ok(Self { state, faults, config, journal: Journal::default() })
    }

    /// What a client needs to talk to this sandbox: keys, codes and baseUrl.
    pub fn client_options(&self) -> &Map {
        &self.config.options
    }

    /// Answers a request that arrives at `clock`, milliseconds since 1970; faults affect only the gateway's answers.
    pub fn handle(&mut self, request: &Request, clock: i64) -> (Response, Fate) {
        if request.method == "HEAD" {
            let (response, fate) = self.handle(&Request { method: "GET".into(), ..request.clone() }, clock);
            return (Response { body: Vec::new(), ..response }, fate);
        }
        if request.path.starts_with("/_sandbox/") {
            return (control::handle(self, request, clock), Fate::Arrives);
        }
        let looks = request.method == "GET";
        let page = request.path.starts_with("/pages/") || request.path.starts_with("/files/");
        if !(looks && page) {
            self.journal.note(|| Step::handle(request, clock));
        }
        let now = self.now(clock);
        self.state.pass(now);
        if page {
            return (pages::handle(&self.config, &mut self.state, request, now), Fate::Arrives);
        }
        let envelope = accept(&request.query, &request.content_type, &request.body);
        let mut call = Call::new(&request.path, envelope.as_ref().ok(), now);
        let endpoint = crate::endpoints::by_path(&request.path).map(|endpoint| endpoint.name);
        let times = gateway::Times { now, shown: self.gateway_now(clock) };
        let fault = self.faults.of_call(endpoint);
        call.fault = fault.as_ref().map(|(name, _)| (*name).to_owned());
        let answer = match fault.as_ref().and_then(|(_, what)| what.instead()) {
            Some(answer) => answer,
            None => {
                let (config, state) = (&self.config, &mut self.state);
                let mut response = gateway::handle(config, state, request, envelope, &mut call, times);
                let fate = fault.map_or(Fate::Arrives, |(_, what)| what.bend(&mut response));
                (response, fate)
            }
        };
        self.state.log.push(call);
        answer
    }

    /// Sets what goes wrong from now on: a list of rules, each `{ fault, endpoint or kind, after, times, chance }` and
    /// the fault's own parameter. An empty list ends all faults.
    ///
    /// # Errors
    /// [`Error::Config`] names the rule and the field.
    pub fn faults(&mut self, rules: &[Value]) -> Result<(), Error> {
        self.journal.note(|| Step::Faults { rules: Value::List(rules.to_vec()).to_json() });
        self.faults.set(rules)
    }

    /// Adds a rule; the others keep their counts.
    ///
    /// # Errors
    /// [`Error::Config`] names the field.
    pub fn add_fault(&mut self, rule: &Value) -> Result<(), Error> {
        self.journal.note(|| Step::AddFault { rule: rule.to_json() });
        self.faults.add(rule)
    }

    /// Removes the rule at `place`, from 0.
    ///
    /// # Errors
    /// [`Error::Config`] if there is none.
    pub fn remove_fault(&mut self, place: usize) -> Result<(), Error> {
        self.journal.note(|| Step::RemoveFault { place });
        self.faults.remove(place)
    }

    /// The gateway's time, as in its Date header.
    pub fn gateway_now(&self, clock: i64) -> i64 {
        self.now(clock).saturating_add(self.faults.skew()).clamp(0, time::LAST)
    }

    /// Does what the buyer does at the returned url: pays (payType 2), or confirms an order that then waits for
    /// `notifyPayment` (payType 1). Returns the order code.
    ///
    /// # Errors
    /// [`Error::Config`] if there is no such pre-order, or it was bought or cancelled before.
    pub fn pay(&mut self, temp_order_code: &str, clock: i64) -> Result<String, Error> {
        self.journal.note(|| Step::Pay { temp_order_code: temp_order_code.to_owned(), clock });
        let now = self.now(clock);
        self.state.buy(temp_order_code, 0, now).map_err(|message| Error::config("tempOrderCode", message))
    }

    /// Sets the balance of the distributor's credit account, in yuan.
    ///
    /// # Errors
    /// [`Error::Config`] if it is not an amount.
    pub fn credit(&mut self, yuan: &str) -> Result<(), Error> {
        self.journal.note(|| Step::Credit { yuan: yuan.to_owned() });
        self.state.credit = balance("balance", Some(yuan))?;
        Ok(())
    }

    /// Moves the clock forward by `ms`.
    pub fn advance(&mut self, ms: i64) {
        self.journal.note(|| Step::Advance { ms });
        self.state.offset = self.state.offset.saturating_add(ms.max(0));
    }

    /// The sandbox's own time.
    pub fn now(&self, clock: i64) -> i64 {
        clock.saturating_add(self.state.offset).clamp(0, time::LAST)
    }

    /// Forgets everything and starts again from the seed.
    pub fn reset(&mut self) {
        self.journal.note(|| Step::Reset);
        self.state.reset(self.config.seed, self.config.credit);
        self.faults = Faults::new(self.config.seed);
    }

    /// Takes the callbacks to be delivered now; each is handed out once, unless a fault says otherwise.
    pub fn take_notifications(&mut self) -> Vec<Notification> {
        let queued = self.state.outbox.take();
        let (sent, lost) = self.faults.send(queued);
        for id in lost {
            self.state.outbox.lost(id);
        }
        sent
    }

    /// Records the HTTP status with which a callback was answered; none if nobody answered.
    pub fn delivered(&mut self, id: u64, status: Option<u16>) {
        self.journal.note(|| Step::Delivered { id, status });
        self.state.outbox.delivered(id, status);
    }

    /// Sends a callback once more.
    ///
    /// # Errors
    /// [`Error::Config`] if there is none with that id (any more).
    pub fn resend(&mut self, id: u64) -> Result<(), Error> {
        self.journal.note(|| Step::Resend { id });
        if self.state.outbox.again(id) {
            return Ok(());
        }
        Err(Error::config("id", "names no notification that is remembered"))
    }

    /// The memory, for people and tests: the `latest` entries of each list.
    pub fn snapshot(&mut self, clock: i64, latest: usize) -> Value {
        let now = self.now(clock);
        self.state.pass(now);
        let mut map = self.state.snapshot(now, latest);
        map.push("calls", self.state.log.snapshot(&self.config, latest));
        map.push("faults", self.faults.snapshot());
        Value::Map(map)
    }

    /// The whole memory as one line. From now on [`Sandbox::take_journal`] returns what follows it.
    ///
    /// # Errors
    /// [`Error::Config`] if it cannot be written.
    pub fn save(&mut self) -> Result<String, Error> {
        journal::save(self)
    }

    /// The lines since the last call. Append them to the line of [`Sandbox::save`], and nothing is lost.
    pub fn take_journal(&mut self) -> String {
        self.journal.take()
    }

    /// Restores what [`Sandbox::save`] and the journal wrote; callbacks that were on their way go out once more.
    ///
    /// # Errors
    /// [`Error::Config`] says what is wrong with it.
    pub fn restore(&mut self, text: &str) -> Result<(), Error> {
        journal::restore(self, text)
    }
}
