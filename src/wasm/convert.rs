//! Converts JSON text to the core's types and back.

#[cfg(feature = "client")]
use js_sys::Array;
use js_sys::JSON;
#[cfg(feature = "client")]
use js_sys::Reflect;
#[cfg(feature = "client")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
#[cfg(feature = "client")]
use zeroize::Zeroizing;

use crate::error::Error;
use crate::prelude::*;
use crate::value::Map;

/// A function's arguments, by position. Passing one list takes a fraction of the code that separate arguments would
/// need.
#[cfg(feature = "client")]
pub(super) struct Args(pub(super) Array);

#[cfg(feature = "client")]
impl Args {
    /// A text, already checked by JavaScript. It is wiped when dropped, because it may be a key.
    pub(super) fn text(&self, place: u32) -> Zeroizing<String> {
        Zeroizing::new(self.optional(place).unwrap_or_default())
    }

    pub(super) fn optional(&self, place: u32) -> Option<String> {
        self.0.get(place).as_string()
    }

    /// A request, which holds no keys.
    pub(super) fn request(&self, place: u32) -> String {
        self.optional(place).unwrap_or_default()
    }

    pub(super) fn number(&self, place: u32) -> Option<f64> {
        self.0.get(place).as_f64()
    }

    pub(super) fn truthy(&self, place: u32) -> bool {
        self.0.get(place).is_truthy()
    }

    /// A function or a signal, already checked by JavaScript.
    pub(super) fn object<T: JsCast>(&self, place: u32) -> Option<T> {
        Some(self.0.get(place)).filter(|value| !value.is_undefined()).map(JsCast::unchecked_into)
    }

    /// Empties the list, because its maker may hold on to it.
    pub(super) fn clear(self) {
        self.0.set_length(0);
    }

    /// An object, given as JSON text.
    pub(super) fn map(&self, place: u32) -> Result<Map, Error> {
        Map::parse(&self.text(place))
    }
}

/// An options object, given as JSON text.
pub(super) fn options(json: &str, name: &str) -> Result<Map, Error> {
    Map::parse(json).map_err(|error| Error::config(name, error.to_string()))
}

/// A plain JavaScript object, made by the engine's own JSON reader: setting each field separately would need more code.
pub(super) fn object(fields: &Map) -> JsValue {
    // This cannot fail, because the JSON is our own.
    JSON::parse(&fields.to_json()).unwrap_or_default()
}

/// A property of a value that is not ours. An exception thrown by a getter is returned as an error: a foreign exception
/// that passed through the wasm would skip the callers' clean-up and leave the instance unreliable.
#[cfg(feature = "client")]
pub(super) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}
