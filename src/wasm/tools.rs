//! What the command line needs besides the client. It is in the sandbox's wasm, which no page loads.

use wasm_bindgen::prelude::*;

use crate::doctor;
use crate::endpoints::ENDPOINTS;
use crate::mask;
use crate::spelling;
use crate::value::{Map, Value};
use crate::wasm::error::throw;

/// A request's JSON text with its people hidden.
#[wasm_bindgen(js_name = withoutPeople)]
pub fn without_people(body: &str) -> Result<String, JsValue> {
    let body = Map::parse(body).map_err(throw)?;
    Ok(mask::without_people(&body).to_json())
}

/// Every envelope in a log's text, as a JSON list.
#[wasm_bindgen(js_name = envelopesIn)]
pub fn envelopes_in(text: &str) -> String {
    Value::List(doctor::envelopes(text).into_iter().map(Value::Map).collect()).to_json()
}

/// The endpoint whose name differs from this one by a typing error or two.
#[wasm_bindgen(js_name = nearestEndpoint)]
pub fn nearest_endpoint(name: &str) -> Option<String> {
    spelling::nearest(name, ENDPOINTS.iter().map(|endpoint| endpoint.name)).map(str::to_owned)
}
