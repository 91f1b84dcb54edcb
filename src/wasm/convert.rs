//! From JSON text to the core's types and back.

#[cfg(feature = "client")]
use js_sys::Function;
use js_sys::{Object, Reflect};
#[cfg(feature = "client")]
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;

use crate::error::Error;
use crate::prelude::*;
use crate::value::Map;

/// An options object as JSON text.
pub(super) fn options(json: &str, name: &str) -> Result<Map, Error> {
    Map::parse(json).map_err(|error| Error::config(name, error.to_string()))
}

/// A plain JavaScript object; what is undefined is left out.
pub(super) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries.iter().filter(|(_, value)| !value.is_undefined()) {
        // Cannot fail on a plain object of our own.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A property of a value that is not ours: what a getter throws comes back as an error. A foreign exception that went
/// through the wasm would skip the callers' clean-up, and the instance could not be relied on any more.
#[cfg(feature = "client")]
pub(super) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// A method of a value that is not ours; what it throws comes back as an error.
#[cfg(feature = "client")]
pub(super) fn invoke(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    get(of, name)?.dyn_into::<Function>()?.call0(of)
}
