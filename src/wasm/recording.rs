//! Recording and replay, in the sandbox's wasm: text and bytes in, JSON text out.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::recording::{Recorder, Replay};
use crate::sandbox::Request;
use crate::wasm::convert::options;
use crate::wasm::error::throw;

/// A recording in progress.
#[wasm_bindgen]
pub struct RecorderCore(Recorder);

#[wasm_bindgen]
impl RecorderCore {
    /// Takes the keys and the dialect as JSON text, and the text of an earlier recording or an empty text.
    #[wasm_bindgen(constructor)]
    pub fn new(options_json: &str, earlier: &str) -> Result<RecorderCore, JsValue> {
        let run = || Recorder::new(&options(options_json, "credentials")?, earlier).map(Self);
        run().map_err(throw)
    }

    /// The call's place; undefined if the request carries no envelope.
    pub fn sent(
        &mut self,
        path: String,
        query: String,
        content_type: String,
        body: Vec<u8>,
    ) -> Result<Option<u32>, JsValue> {
        let request = Request { method: "POST".into(), path, query, content_type, body };
        self.0.sent(&request).map(|place| place.and_then(|place| u32::try_from(place).ok())).map_err(throw)
    }

    pub fn answered(&mut self, place: u32, status: u16, content_type: &str, retry_after: Option<String>, body: &[u8]) {
        self.0.answered(place as usize, status, content_type, retry_after.as_deref(), body);
    }

    pub fn failed(&mut self, place: u32, kind: &str, code: Option<String>) {
        self.0.failed(place as usize, kind, code.as_deref());
    }

    /// The file's contents as of now.
    pub fn text(&self) -> String {
        self.0.text()
    }
}

/// A recording that is being served.
#[wasm_bindgen]
pub struct ReplayCore(Replay);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status: u16,
    content_type: String,
    retry_after: Option<String>,
    body: String,
    failure: Option<String>,
    code: Option<String>,
}

#[derive(Serialize)]
struct Refused {
    reason: &'static str,
    endpoint: String,
    message: String,
    differences: Vec<Difference>,
}

#[derive(Serialize)]
struct Difference {
    path: String,
    recorded: Option<String>,
    asked: Option<String>,
}

#[wasm_bindgen]
impl ReplayCore {
    /// Takes a recording's text, and the names of fields that may differ.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, ignored: Vec<String>) -> Result<ReplayCore, JsValue> {
        Replay::new(text, ignored).map(Self).map_err(throw)
    }

    /// What a client needs, as JSON text.
    #[wasm_bindgen(js_name = clientOptions)]
    pub fn client_options() -> String {
        Replay::client_options().to_json()
    }

    /// `{ status, contentType, retryAfter?, body, failure?, code? }`, or `{ reason, endpoint, message, differences }`.
    pub fn serve(&mut self, path: String, query: String, content_type: String, body: Vec<u8>) -> JsValue {
        let to = Serializer::json_compatible();
        let request = Request { method: "POST".into(), path, query, content_type, body };
        let crossed = match self.0.serve(&request) {
            Ok(served) => {
                let (failure, code) = served.failure.map_or((None, None), |(kind, code)| (Some(kind), code));
                let (status, content_type, retry_after) = (served.status, served.content_type, served.retry_after);
                Answer { status, content_type, retry_after, body: served.body, failure, code }.serialize(&to)
            }
            Err(refusal) => {
                let differences = refusal.differences.into_iter();
                let differences =
                    differences.map(|one| Difference { path: one.path, recorded: one.recorded, asked: one.asked });
                let (reason, endpoint, message) = (refusal.reason, refusal.endpoint, refusal.message);
                Refused { reason, endpoint, message, differences: differences.collect() }.serialize(&to)
            }
        };
        crossed.unwrap_or(JsValue::NULL)
    }

    /// A JSON list of `{ endpoint, request }`.
    pub fn unused(&self) -> String {
        self.0.unused().to_json()
    }
}
