//! Waits for the quota, either in this process or through the caller's own limiter.

use alloc::rc::{Rc, Weak};
use core::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::config::Config;
use crate::crypto::md5_hex;
use crate::error::Error;
use crate::policy::{Asked, Pace, Priority, Quota, Ticket};
use crate::prelude::*;
use crate::wasm::caller::Caller;
use crate::wasm::clock::Clock;
use crate::wasm::convert::get;
use crate::wasm::error::Failure;
use crate::wasm::event::{Abort, Event, Timer, after};

/// Who says when a call may be sent.
pub(super) enum Limiter {
    Unlimited,
    Own(Rc<Line>),
    Given(Given),
}

/// The caller's own limiter.
pub(super) struct Given {
    /// `(signal?, deadlineMs?, priority?) => Promise`
    pub(super) acquire: Function,
    /// Gives back a place that such a promise brought.
    pub(super) give_back: Function,
}

/// A pace and the calls that wait for it.
pub(super) struct Line {
    pace: RefCell<Pace>,
    clock: Rc<Clock>,
    /// By ticket, in the order of the pace's own queue.
    waiting: RefCell<Vec<(Ticket, Event)>>,
    timer: RefCell<Option<Timer>>,
}

/// The right to send one call. The quota counts the call from the moment this is dropped.
#[derive(Default)]
pub(super) struct Permit {
    line: Option<Rc<Line>>,
    /// The function that the caller's own limiter wants called at the end.
    over: Option<Function>,
}

/// A place in the queue. If it is dropped without [`Place::take`], the place is given up.
struct Place {
    line: Rc<Line>,
    ticket: Ticket,
    event: Event,
}

impl Limiter {
    /// `given` is the caller's own limiter; `alone` says that this client's clock or gateway is not shared.
    pub(super) fn new(config: &Config, given: Option<Given>, clock: &Rc<Clock>, alone: bool, lines: &Lines) -> Self {
        match (given, config.quota) {
            (Some(given), _) => Self::Given(given),
            (None, None) => Self::Unlimited,
            (None, Some(quota)) if alone || quota != Quota::default() => Self::Own(Line::new(quota, clock)),
            (None, Some(quota)) => Self::Own(lines.of(config, quota, clock)),
        }
    }

    /// Waits for the quota, for at most `within_ms`.
    pub(super) async fn acquire(
        &self,
        within_ms: Option<u32>,
        priority: Priority,
        abort: &Abort,
        caller: &Caller,
    ) -> Result<Permit, Failure> {
        let wait = async {
            match self {
                Self::Unlimited => Ok(Permit::default()),
                Self::Own(line) => Line::acquire(line, within_ms, priority).await,
                Self::Given(given) => acquire_given(given, within_ms, priority, abort, caller).await,
            }
        };
        abort.event.unless(wait).await.unwrap_or_else(|| Err(Failure::Verbatim(abort.reason())))
    }
}

/// The platform counts the calls of an account, not of a client, so clients of one account share the document's quota.
#[derive(Default)]
pub(super) struct Lines(RefCell<Vec<(String, Rc<Line>)>>);

impl Lines {
    fn of(&self, config: &Config, quota: Quota, clock: &Rc<Clock>) -> Rc<Line> {
        // Hashed, because what outlives the client must not hold its token.
        let account = format!("{} {}", config.gateway(), md5_hex(config.credentials.access_token.expose().as_bytes()));
        let mut lines = self.0.borrow_mut();
        lines.retain(|(_, line)| Rc::strong_count(line) > 1 || !line.pace.borrow_mut().is_idle(line.clock.pace()));
        if let Some((_, line)) = lines.iter().find(|(known, _)| *known == account) {
            return Rc::clone(line);
        }
        let line = Line::new(quota, clock);
        lines.push((account, Rc::clone(&line)));
        line
    }
}

impl Line {
    fn new(quota: Quota, clock: &Rc<Clock>) -> Rc<Self> {
        Rc::new(Self {
            pace: RefCell::new(Pace::new(quota)),
            clock: Rc::clone(clock),
            waiting: RefCell::default(),
            timer: RefCell::default(),
        })
    }

    async fn acquire(this: &Rc<Self>, within_ms: Option<u32>, priority: Priority) -> Result<Permit, Failure> {
        // Calls that came earlier and are due go first.
        Self::wake(this);
        let asked = this.pace.borrow_mut().ask(this.clock.pace(), within_ms, priority);
        let ticket = match asked {
            Asked::Granted => return Ok(Permit::of(this)),
            Asked::TooLong { wait_ms } => return Err(Error::RateLimit { wait_ms: Some(wait_ms) }.into()),
            Asked::Queued(ticket) => ticket,
        };
        let event = Event::default();
        this.enter(ticket, event.clone());
        let place = Place { line: Rc::clone(this), ticket, event };
        Self::wake(this);
        if in_time(within_ms, place.event.wait()).await.is_ok() {
            return Ok(place.take());
        }
        // Dropped first, or it would count itself among the waiting.
        drop(place);
        let wait_ms = this.pace.borrow_mut().wait_ms(this.clock.pace(), priority);
        Err(Error::RateLimit { wait_ms: Some(wait_ms) }.into())
    }

    /// Grants what is due and sets the timer for what is next.
    fn wake(this: &Rc<Self>) {
        let due = this.pace.borrow_mut().due(this.clock.pace());
        for ticket in due {
            // The waiting task takes the permit; a task that is gone has cancelled its ticket.
            let event = this.event_of(ticket);
            if let Some(event) = event {
                event.fire();
            }
        }
        let wake_in = this.pace.borrow().wake_in();
        let timer = wake_in.map(|ms| {
            let line: Weak<Self> = Rc::downgrade(this);
            Timer::new(ms.min(this.clock.look_again_ms()), move || {
                if let Some(line) = line.upgrade() {
                    Self::wake(&line);
                }
            })
        });
        // The old timer may be running this function: wasm-bindgen keeps a callback until it returns.
        this.timer.replace(timer);
    }

    fn event_of(&self, ticket: Ticket) -> Option<Event> {
        let waiting = self.waiting.borrow();
        let place = waiting.binary_search_by(|(other, _)| other.cmp(&ticket)).ok()?;
        waiting.get(place).map(|(_, event)| event.clone())
    }

    fn enter(&self, ticket: Ticket, event: Event) {
        let mut waiting = self.waiting.borrow_mut();
        let place = waiting.partition_point(|(other, _)| *other < ticket);
        waiting.insert(place, (ticket, event));
    }

    /// Whether `ticket` was still waiting.
    fn leave(&self, ticket: Ticket) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let place = waiting.binary_search_by(|(other, _)| other.cmp(&ticket));
        place.map(|place| waiting.remove(place)).is_ok()
    }
}

impl Place {
    fn take(self) -> Permit {
        self.line.leave(self.ticket);
        Permit::of(&self.line)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.line.leave(self.ticket) {
            return;
        }
        if self.event.fired() {
            self.line.pace.borrow_mut().unused();
        } else {
            self.line.pace.borrow_mut().cancel(self.ticket);
        }
        Line::wake(&self.line);
    }
}

impl Permit {
    fn of(line: &Rc<Line>) -> Self {
        Self { line: Some(Rc::clone(line)), over: None }
    }

    /// Nothing was sent with this permit.
    pub(super) fn unused(mut self) {
        if let Some(line) = self.line.take() {
            line.pace.borrow_mut().unused();
            Line::wake(&line);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            line.pace.borrow_mut().ended(line.clock.pace());
            Line::wake(&line);
        }
        if let Some(over) = self.over.take() {
            // Errors it throws are the limiter's own concern.
            drop(over.call0(&JsValue::UNDEFINED));
        }
    }
}

/// `acquire(signal?, deadlineMs?, priority?)`. A rejection is passed on as the caller's own.
async fn acquire_given(
    given: &Given,
    within_ms: Option<u32>,
    priority: Priority,
    abort: &Abort,
    caller: &Caller,
) -> Result<Permit, Failure> {
    let signal = abort.signal().into();
    let low = (priority == Priority::Low).then_some("low");
    let asked = caller.run(&given.acquire, &[signal, within_ms.into(), low.into()]).map_err(refused)?;
    let mut turn = Turn { given, waits_for: Some(asked.clone()) };
    let answer = in_time(within_ms, JsFuture::from(asked)).await.map_err(|timeout| timeout(None))?;
    turn.waits_for = None;
    Ok(Permit { line: None, over: answer.map_err(refused)?.dyn_into().ok() })
}

/// A request to the caller's own limiter. A place that arrives when nobody is waiting any more is given back at once.
struct Turn<'a> {
    given: &'a Given,
    waits_for: Option<Promise>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(place) = &self.waits_for {
            // This throws nothing.
            let _ = self.given.give_back.call1(&JsValue::UNDEFINED, place);
        }
    }
}

/// Runs `work` within its time limit, or returns what makes the error.
async fn in_time<T>(
    within_ms: Option<u32>,
    work: impl Future<Output = T>,
) -> Result<T, impl FnOnce(Option<u32>) -> Failure> {
    let too_long = |wait_ms| Failure::from(Error::RateLimit { wait_ms });
    let Some(within) = within_ms else { return Ok(work.await) };
    let (over, _timer) = after(within);
    over.unless(work).await.ok_or(too_long)
}

/// The caller's own limiter rejected. "No room" means the same, whichever limiter says it.
fn refused(thrown: JsValue) -> Failure {
    let field = |name: &str| if thrown.is_object() { get(&thrown, name).ok() } else { None };
    if field("code").and_then(|code| code.as_string()).as_deref() == Some("rate-limit") {
        let wait_ms = field("waitMs").and_then(|wait| wait.as_f64()).map(|wait| wait as u32);
        return Error::RateLimit { wait_ms }.into();
    }
    Failure::Verbatim(thrown)
}
