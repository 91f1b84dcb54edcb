//! One try: a POST with the runtime's own fetch and a time limit. `pkg-template/exchange.js` carries it out.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::exchange::{Incoming, MAX_REPLY_BYTES, Outgoing};
use crate::policy::Allowed;
use crate::prelude::*;
use crate::wasm::caller::Caller;
use crate::wasm::convert::Args;
use crate::wasm::error::Failure;
use crate::wasm::event::Abort;

/// The JavaScript functions this module uses.
pub(super) struct Ways {
    /// The caller's fetch, or the global one.
    pub(super) fetch: Function,
    /// `(run, fetch, url, contentType, body, most, ms) => [Promise, end]`
    pub(super) post: Function,
    /// Listens to a signal: `(heard) => stop`.
    pub(super) listen: Function,
}

/// What came back.
pub(super) struct Arrived {
    pub(super) incoming: Incoming,
    pub(super) headers: JsValue,
    pub(super) date: Option<String>,
    pub(super) retry_after: Option<String>,
}

/// Why no reply arrived, or not all of it, with the HTTP status if it got that far.
pub(super) struct Broken {
    pub(super) failure: Failure,
    pub(super) status: Option<u16>,
}

/// The caller's fetch, or the global one.
pub(super) fn find(given: Option<Function>) -> Result<Function, Error> {
    let found = given.or_else(|| Reflect::get(&js_sys::global(), &"fetch".into()).ok()?.dyn_into().ok());
    found.ok_or_else(|| Error::config("fetch", "this runtime has no global fetch; hand one in as the option fetch"))
}

/// POSTs `outgoing` below `base_url` and reads the whole body within the time `allowed`.
pub(super) async fn post(
    ways: &Ways,
    base_url: &str,
    outgoing: &Outgoing,
    allowed: Allowed,
    abort: &Abort,
    caller: &Caller,
) -> Result<Arrived, Broken> {
    let broken = |failure: Failure| Broken { failure, status: None };
    let url = Zeroizing::new([base_url, &outgoing.path].concat());
    let arguments = Array::of(&[
        caller.function().into(),
        (&ways.fetch).into(),
        url.as_str().into(),
        outgoing.content_type.into(),
        outgoing.body.as_str().into(),
        (MAX_REPLY_BYTES as u32).into(),
        allowed.ms.into(),
    ]);
    let sent = ways.post.apply(&JsValue::UNDEFINED, &arguments).map_err(|thrown| broken(Failure::Own(thrown)))?;
    let sent: Array = sent.unchecked_into();
    let (answer, end): (Promise, Function) = (sent.get(0).unchecked_into(), sent.get(1).unchecked_into());
    match abort.event.unless(JsFuture::from(answer)).await {
        Some(Ok(outcome)) if outcome.is_undefined() => {
            Err(broken(Error::Timeout { ms: allowed.ms, of_call: allowed.of_call }.into()))
        }
        Some(outcome) => {
            outcome.map_err(|thrown| broken(Failure::Own(thrown))).and_then(|outcome| read(outcome.unchecked_into()))
        }
        None => {
            // `end` only aborts, which throws nothing.
            let _ = end.call1(&JsValue::UNDEFINED, &abort.reason());
            Err(broken(Failure::Verbatim(abort.reason())))
        }
    }
}

/// Reads the outcome by position: see `Outcome` in `pkg-template/exchange.js`.
fn read(outcome: Array) -> Result<Arrived, Broken> {
    let status = outcome.get(0).as_f64().map(|status| status as u16);
    let args = Args(outcome);
    let (Some(status), Some(bytes)) = (status, args.object::<Uint8Array>(2)) else {
        let failure = match (args.optional(3), args.object::<Array>(4)) {
            (Some(odd), _) => Error::config("fetch", odd).into(),
            (None, Some(thrown)) => {
                let unsent = args.truthy(9);
                Failure::caused(Error::Connection { code: args.optional(8), unsent }, thrown.get(0))
            }
            (None, None) => {
                let what = format!("the body is larger than {} MiB, and was not read", MAX_REPLY_BYTES >> 20);
                Error::reply("", what).into()
            }
        };
        return Err(Broken { failure, status });
    };
    let incoming = Incoming { status, content_type: args.optional(5).unwrap_or_default(), body: bytes.to_vec() };
    let headers = args.object(1).unwrap_or(JsValue::UNDEFINED);
    Ok(Arrived { incoming, headers, date: args.optional(6), retry_after: args.optional(7) })
}
