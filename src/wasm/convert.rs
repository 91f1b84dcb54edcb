//! From JSON text to the core's types and back.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::error::Error;
use crate::value::Map;

/// An options object as JSON text.
pub(super) fn options(json: &str, name: &str) -> Result<Map, Error> {
    Map::parse(json).map_err(|error| Error::config(name, error.to_string()))
}

/// A plain JavaScript object. Our own types always serialize; should one not, the caller sees null.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
