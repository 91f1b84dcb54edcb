//! One event for each try: what happened and what comes next, without a key and without a person in it.

use js_sys::Function;
use serde::Serialize;

use crate::wasm::caller::Caller;
use crate::wasm::convert::to_js;

/// What `observe` is told of a try. Times are milliseconds; see `ClientEvent` in index.d.ts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientEvent<'a> {
    pub(super) endpoint: &'a str,
    pub(super) nonce: &'a str,
    pub(super) attempt: u32,
    pub(super) max_attempts: u32,
    pub(super) waited_ms: f64,
    pub(super) sent_at: f64,
    pub(super) took_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gateway_code: Option<&'a str>,
    /// `ok`, `aborted`, or an error's code.
    pub(super) outcome: &'a str,
    /// `done`, `retry` or `fail`.
    pub(super) next: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_in_ms: Option<u32>,
}

/// Tells the caller's observer, whose errors the package's JavaScript keeps to itself.
pub(super) fn tell(caller: &Caller, observe: &Function, event: &ClientEvent<'_>) {
    drop(caller.run(observe, &[to_js(event)]));
}
