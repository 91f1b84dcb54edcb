//! One event for each try: what happened and what comes next, without keys or people.

use js_sys::Function;

use crate::wasm::caller::Caller;

/// What `observe` is told about a try. Times are in milliseconds; see `ClientEvent` in index.d.ts.
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

/// Calls the caller's observer. The package's JavaScript swallows its errors (see `EVENT` in `pkg-template/client.js`).
pub(super) fn tell(caller: &Caller, observe: &Function, event: &ClientEvent<'_>) {
    let told = [
        event.endpoint.into(),
        event.nonce.into(),
        event.attempt.into(),
        event.max_attempts.into(),
        event.waited_ms.into(),
        event.sent_at.into(),
        event.took_ms.into(),
        event.status.into(),
        event.gateway_code.into(),
        event.outcome.into(),
        event.next.into(),
        event.retry_in_ms.into(),
    ];
    drop(caller.run(observe, &told));
}
