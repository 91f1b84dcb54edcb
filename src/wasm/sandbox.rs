//! The sandbox's own wasm: the state machine, whose clock is passed in.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::sandbox::{Fate, Notification, Request, Sandbox};
use crate::value::Value;
use crate::wasm::convert::options;
use crate::wasm::error::throw;

/// What the package's sandbox holds.
#[wasm_bindgen]
pub struct SandboxCore(Sandbox);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    status: u16,
    content_type: &'a str,
    location: Option<&'a str>,
    #[serde(serialize_with = "as_bytes")]
    body: &'a [u8],
    /// What happens to the answer: `hangs` or `resets`; otherwise it arrives after `delayMs`.
    fate: &'static str,
    delay_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Queued<'a> {
    id: f64,
    order: &'a str,
    url: &'a str,
    body: &'a str,
    delay_ms: f64,
}

#[wasm_bindgen]
impl SandboxCore {
    /// Takes the options as JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(options_json: &str, seed: f64) -> Result<SandboxCore, JsValue> {
        let run = || Sandbox::new(&options(options_json, "options")?, seed as u64).map(Self);
        run().map_err(throw)
    }

    /// What a client needs, as JSON text.
    #[wasm_bindgen(js_name = clientOptions)]
    pub fn client_options(&self) -> String {
        self.0.client_options().to_json()
    }

    /// `{ status, contentType, location?, body, fate, delayMs }`
    pub fn handle(
        &mut self,
        method: String,
        path: String,
        query: String,
        content_type: String,
        body: Vec<u8>,
        clock: f64,
    ) -> JsValue {
        let (response, fate) = self.0.handle(&Request { method, path, query, content_type, body }, clock as i64);
        let (fate, delay_ms) = match fate {
            Fate::Arrives => ("arrives", 0),
            Fate::Late(ms) => ("arrives", ms),
            Fate::Hangs => ("hangs", 0),
            Fate::Resets => ("resets", 0),
        };
        let answer = Answer {
            status: response.status,
            content_type: response.content_type,
            location: response.location.as_deref(),
            body: &response.body,
            fate,
            delay_ms: delay_ms as f64,
        };
        // The body crosses as a Uint8Array; a JSON-compatible serialiser would make it an array of numbers.
        answer.serialize(&Serializer::new()).unwrap_or(JsValue::NULL)
    }

    /// `[{ id, order, url, body, delayMs }]`. Each is returned once.
    #[wasm_bindgen(js_name = takeNotifications)]
    pub fn take_notifications(&mut self) -> JsValue {
        let taken = self.0.take_notifications();
        let queued: Vec<_> = taken
            .iter()
            .map(|Notification { id, order, url, body, delay_ms, .. }| Queued {
                id: *id as f64,
                order,
                url,
                body,
                delay_ms: *delay_ms as f64,
            })
            .collect();
        queued.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
    }

    pub fn delivered(&mut self, id: f64, status: Option<u16>) {
        self.0.delivered(id as u64, status);
    }

    /// The whole memory as one line. The journal starts here.
    pub fn save(&mut self) -> Result<String, JsValue> {
        self.0.save().map_err(throw)
    }

    /// The journal's lines since the last call.
    #[wasm_bindgen(js_name = takeJournal)]
    pub fn take_journal(&mut self) -> String {
        self.0.take_journal()
    }

    pub fn restore(&mut self, text: &str) -> Result<(), JsValue> {
        self.0.restore(text).map_err(throw)
    }

    pub fn credit(&mut self, yuan: &str) -> Result<(), JsValue> {
        self.0.credit(yuan).map_err(throw)
    }

    pub fn pay(&mut self, temp_order_code: &str, clock: f64) -> Result<String, JsValue> {
        self.0.pay(temp_order_code, clock as i64).map_err(throw)
    }

    pub fn advance(&mut self, ms: f64) {
        self.0.advance(ms as i64);
    }

    /// A JSON list of faults.
    pub fn faults(&mut self, rules: &str) -> Result<(), JsValue> {
        let mut run = || match Value::parse(rules)? {
            Value::List(rules) => self.0.faults(&rules),
            _ => Err(Error::config("faults", "must be a list")),
        };
        run().map_err(throw)
    }

    /// The time by the gateway's own clock, which a fault may have set wrong.
    #[wasm_bindgen(js_name = gatewayNow)]
    pub fn gateway_now(&self, clock: f64) -> f64 {
        self.0.gateway_now(clock as i64) as f64
    }

    pub fn now(&self, clock: f64) -> f64 {
        self.0.now(clock as i64) as f64
    }

    pub fn reset(&mut self) {
        self.0.reset();
    }

    /// JSON text.
    pub fn snapshot(&mut self, clock: f64) -> String {
        self.0.snapshot(clock as i64, usize::MAX).to_json()
    }
}

fn as_bytes<S: serde::Serializer>(bytes: &&[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}
