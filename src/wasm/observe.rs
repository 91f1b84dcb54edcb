//! One event for each try: what happened and what comes next, without a key and without a person in it.

use js_sys::Function;

use crate::wasm::caller::Caller;
use crate::wasm::convert::object;

/// What `observe` is told of a try. Times are milliseconds; see `ClientEvent` in index.d.ts.
pub(super) struct ClientEvent<'a> {
    pub(super) endpoint: &'a str,
    pub(super) nonce: &'a str,
    pub(super) attempt: u32,
    pub(super) max_attempts: u32,
    pub(super) waited_ms: f64,
    pub(super) sent_at: f64,
    pub(super) took_ms: f64,
    pub(super) status: Option<u16>,
    pub(super) gateway_code: Option<&'a str>,
    /// `ok`, `aborted`, or an error's code.
    pub(super) outcome: &'a str,
    /// `done`, `retry` or `fail`.
    pub(super) next: &'static str,
    pub(super) retry_in_ms: Option<u32>,
}

/// Tells the caller's observer, whose errors the package's JavaScript keeps to itself.
pub(super) fn tell(caller: &Caller, observe: &Function, event: &ClientEvent<'_>) {
    let told = object(&[
        ("endpoint", event.endpoint.into()),
        ("nonce", event.nonce.into()),
        ("attempt", event.attempt.into()),
        ("maxAttempts", event.max_attempts.into()),
        ("waitedMs", event.waited_ms.into()),
        ("sentAt", event.sent_at.into()),
        ("tookMs", event.took_ms.into()),
        ("status", event.status.into()),
        ("gatewayCode", event.gateway_code.into()),
        ("outcome", event.outcome.into()),
        ("next", event.next.into()),
        ("retryInMs", event.retry_in_ms.into()),
    ]);
    drop(caller.run(observe, &[told]));
}
