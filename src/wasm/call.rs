//! One call: tries until an answer arrives or another try is pointless. It carries out what `policy` decides.

use alloc::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use crate::canonical::Body;
use crate::config::Config;
use crate::endpoints::{self, Endpoint, EndpointKind};
use crate::envelope::Stamp;
use crate::error::Error;
use crate::exchange::{self, Answer};
use crate::mask::Mask;
use crate::policy::{Allowed, Limits, Tries, Verdict, retry_after_ms};
use crate::prelude::*;
use crate::types::parse_http_date;
use crate::wasm::caller::Caller;
use crate::wasm::clock::{Clock, steady};
use crate::wasm::convert::get;
use crate::wasm::error::{Context, Failure};
use crate::wasm::event::Abort;
use crate::wasm::fetch::{self, Arrived, Broken, Ways};
use crate::wasm::nonces::Nonces;
use crate::wasm::observe::{ClientEvent, tell};
use crate::wasm::quota::Limiter;

/// What every call of a client shares.
pub(super) struct Gateway {
    pub(super) config: Config,
    pub(super) ways: Ways,
    pub(super) observe: Option<Function>,
    pub(super) clock: Rc<Clock>,
    pub(super) limiter: Limiter,
    pub(super) nonces: Nonces,
}

/// What to send, where to send it, and how hard to try.
pub(super) struct Call {
    path: String,
    kind: EndpointKind,
    /// The endpoint whose table reads the reply; an untyped call has none.
    endpoint: Option<&'static Endpoint>,
    body: Body,
    limits: Limits,
}

/// A successful answer after parsing, with its status, headers and the like.
struct Reply {
    data: String,
    code: String,
    message: String,
    headers: JsValue,
}

/// What follows a try.
enum Next {
    Done(Reply),
    /// `otherwise` is what the caller gets when there is no room for another try.
    Again {
        wait_ms: u32,
        otherwise: Failure,
    },
    Fail(Failure),
}

impl Call {
    pub(super) fn typed(endpoint: &'static Endpoint, body: Body, limits: Limits) -> Self {
        Self { path: endpoint.path.to_owned(), kind: endpoint.kind, endpoint: Some(endpoint), body, limits }
    }

    pub(super) fn untyped(path: &str, kind: EndpointKind, body: Body, limits: Limits) -> Self {
        Self { path: path.to_owned(), kind, endpoint: None, body, limits }
    }

    /// Adds to a foreign cause what [`Gateway::mask`] needs, because JavaScript cleans it: the caller may have changed its
    /// own request meanwhile.
    pub(super) fn in_cause(&self, mut failure: Failure) -> Failure {
        if let Failure::Ours { cause: Some(cause), .. } = &mut failure {
            *cause =
                Array::<JsValue>::of(&[cause.clone(), self.path.as_str().into(), self.body.as_str().into()]).into();
        }
        failure
    }
}

impl Gateway {
    /// Sends until an answer arrives or another try is pointless.
    pub(super) async fn send(
        &self,
        call: &Call,
        signal: Option<AbortSignal>,
        caller: &Caller,
        context: &mut Context,
    ) -> Result<JsValue, Failure> {
        let abort = Abort::new(signal, &self.ways.listen).map_err(Failure::Verbatim)?;
        let mut tries = Tries::new(call.kind, call.limits, steady());
        context.most = tries.most();
        let mut last = None;
        loop {
            match self.attempt(call, &abort, caller, &mut tries, context).await {
                Ok(Next::Done(reply)) => return Ok(reply.into_js(context)),
                Ok(Next::Fail(failure)) => return Err(failure),
                Ok(Next::Again { wait_ms, otherwise }) => {
                    last = Some(otherwise);
                    let waited = abort.event.unless(self.clock.pause(wait_ms)).await;
                    waited.ok_or_else(|| Failure::Verbatim(abort.reason()))?;
                }
                Err(failure) => {
                    // There is no room for another try, and the reason the last one failed says more.
                    let no_room = failure.is_rate_limit();
                    return Err(last.filter(|_| no_room).unwrap_or(failure));
                }
            }
        }
    }

    /// Makes one try and decides what follows it. An error means that nothing was sent.
    async fn attempt(
        &self,
        call: &Call,
        abort: &Abort,
        caller: &Caller,
        tries: &mut Tries,
        context: &mut Context,
    ) -> Result<Next, Failure> {
        let asked = steady();
        let permit = self.limiter.acquire(tries.quota_wait(asked), call.limits.priority, abort, caller).await?;
        let sent = steady();
        let (nonce, system, allowed) = match self.stamp(tries, sent) {
            Ok(stamp) => stamp,
            Err(error) => {
                permit.unused();
                return Err(error.into());
            }
        };
        let clock = self.clock.gateway();
        context.begin(&nonce, tries.made());
        let stamp = Stamp { nonce, timestamp: clock.now(system), ip: self.config.ip.clone() };
        let outgoing = exchange::prepare(&call.path, &call.body, &self.config.credentials, stamp, &self.config.dialect);
        let arrived = fetch::post(&self.ways, &self.config.base_url, &outgoing, allowed, abort, caller).await;
        drop(permit);
        let took_ms = steady() - sent;

        let answer = self.finish(call, arrived, system, took_ms, context);
        let mut outcome = Outcome::of(&answer);
        let next = match answer {
            Ok((Answer { code, message, data }, headers)) => match data {
                Ok(data) => Next::Done(Reply { data, code, message, headers }),
                // The platform did what was asked, so there is nothing to repeat and the outcome is known.
                Err(error) => {
                    outcome.code = error.code();
                    Next::Fail(tries.done(error).into())
                }
            },
            Err(Failure::Ours { error, cause }) => {
                let restamp = self.clock.gateway().differs(clock);
                match tries.after(*error, context.retry_after_ms, restamp, steady(), js_sys::Math::random()) {
                    Verdict::Again { wait_ms, otherwise } => {
                        Next::Again { wait_ms, otherwise: Failure::Ours { error: Box::new(otherwise), cause } }
                    }
                    Verdict::Fail(error) => Next::Fail(Failure::Ours { error: Box::new(error), cause }),
                }
            }
            Err(failure) => Next::Fail(failure),
        };
        self.tell(caller, context, &outcome, &next, [sent - asked, system as f64, took_ms]);
        Ok(next)
    }

    /// The next try's nonce, the system time, and how long the try may take.
    fn stamp(&self, tries: &mut Tries, now: f64) -> Result<(String, i64, Allowed), Error> {
        let (nonce, system) = (self.nonces.next()?, self.clock.now()?);
        let allowed = tries.begin(now).ok_or(Error::RateLimit { wait_ms: None })?;
        Ok((nonce, system, allowed))
    }

    /// The result of a try: the platform's answer, or the reason there is none.
    fn finish(
        &self,
        call: &Call,
        arrived: Result<Arrived, Broken>,
        sent: i64,
        took_ms: f64,
        context: &mut Context,
    ) -> Result<(Answer, JsValue), Failure> {
        let Arrived { incoming, headers, date, retry_after } = arrived.map_err(|broken| {
            context.status = broken.status;
            broken.failure
        })?;
        context.status = Some(incoming.status);
        if let Some(date) = date.and_then(|date| parse_http_date(&date)) {
            self.clock.learn(date, sent, sent.saturating_add(took_ms as i64));
        }
        let mask = self.mask(&call.path, &call.body);
        match exchange::finish(incoming, call.endpoint.map(|endpoint| endpoint.reply), &mask) {
            Ok(answer) => Ok((answer, headers)),
            Err(error) => {
                let now = self.clock.gateway().now(sent.saturating_add(took_ms as i64));
                context.retry_after_ms = retry_after.and_then(|header| retry_after_ms(&header, now));
                Err(error.into())
            }
        }
    }

    /// The schema of a known path says where people are named, whichever way the path was called.
    pub(super) fn mask<'a>(&'a self, path: &str, body: &'a Body) -> Mask<'a> {
        Mask::new(&self.config.credentials, endpoints::by_path(path).map(|endpoint| endpoint.request), body)
    }

    fn tell(
        &self,
        caller: &Caller,
        context: &Context,
        outcome: &Outcome,
        next: &Next,
        [waited_ms, sent_at, took_ms]: [f64; 3],
    ) {
        let Some(observe) = &self.observe else { return };
        let (next, retry_in_ms) = match next {
            Next::Done(_) => ("done", None),
            Next::Again { wait_ms, .. } => ("retry", Some(*wait_ms)),
            Next::Fail(_) => ("fail", None),
        };
        let event = ClientEvent {
            endpoint: &context.endpoint,
            nonce: &context.nonce,
            attempt: context.attempts,
            max_attempts: context.most,
            waited_ms,
            sent_at,
            took_ms,
            status: context.status,
            gateway_code: outcome.gateway_code.as_deref(),
            outcome: &outcome.code,
            next,
            retry_in_ms,
        };
        tell(caller, observe, &event);
    }
}

/// A try, summed up in two words.
struct Outcome {
    code: String,
    gateway_code: Option<String>,
}

impl Outcome {
    fn of(answer: &Result<(Answer, JsValue), Failure>) -> Self {
        let (code, gateway_code) = match answer {
            Ok((answer, _)) => ("ok".to_owned(), Some(answer.code.clone())),
            Err(Failure::Ours { error, .. }) => {
                let gateway_code = match &**error {
                    Error::Gateway { code, .. } => Some(code.clone()),
                    _ => None,
                };
                (error.code(), gateway_code)
            }
            Err(Failure::Verbatim(_)) => ("aborted".to_owned(), None),
            Err(Failure::Own(error)) => {
                (get(error, "code").ok().and_then(|code| code.as_string()).unwrap_or_default(), None)
            }
        };
        Self { code, gateway_code }
    }
}

impl Reply {
    fn into_js(self, context: &Context) -> JsValue {
        let Self { data, code, message, headers } = self;
        Array::<JsValue>::of(&[
            data.into(),
            code.into(),
            message.into(),
            context.status.into(),
            headers,
            context.nonce.as_str().into(),
            context.attempts.into(),
        ])
        .into()
    }
}
