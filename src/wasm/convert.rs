//! From JSON text to the core's types and back.

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

/// A function's arguments, by place. One list crosses with a fraction of the code that each argument would bring.
#[cfg(feature = "client")]
pub(super) struct Args(pub(super) Array);

#[cfg(feature = "client")]
impl Args {
    /// A text that JavaScript has checked to be one, wiped when dropped: it may be a key.
    pub(super) fn text(&self, place: u32) -> Zeroizing<String> {
        Zeroizing::new(self.optional(place).unwrap_or_default())
    }

    pub(super) fn optional(&self, place: u32) -> Option<String> {
        self.0.get(place).as_string()
    }

    /// A request, which holds no key.
    pub(super) fn request(&self, place: u32) -> String {
        self.optional(place).unwrap_or_default()
    }

    pub(super) fn number(&self, place: u32) -> Option<f64> {
        self.0.get(place).as_f64()
    }

    pub(super) fn truthy(&self, place: u32) -> bool {
        self.0.get(place).is_truthy()
    }

    /// A function, a signal: what JavaScript has checked to be one.
    pub(super) fn object<T: JsCast>(&self, place: u32) -> Option<T> {
        Some(self.0.get(place)).filter(|value| !value.is_undefined()).map(JsCast::unchecked_into)
    }

    /// Empties the list, which its maker may hold on to.
    pub(super) fn clear(self) {
        self.0.set_length(0);
    }

    /// An object as JSON text.
    pub(super) fn map(&self, place: u32) -> Result<Map, Error> {
        Map::parse(&self.text(place))
    }
}

/// An options object as JSON text.
pub(super) fn options(json: &str, name: &str) -> Result<Map, Error> {
    Map::parse(json).map_err(|error| Error::config(name, error.to_string()))
}

/// A plain JavaScript object, by the engine's own reader: a crossing for each field would bring more code.
pub(super) fn object(fields: &Map) -> JsValue {
    // Cannot fail on JSON of our own.
    JSON::parse(&fields.to_json()).unwrap_or_default()
}

/// A property of a value that is not ours: what a getter throws comes back as an error. A foreign exception that went
/// through the wasm would skip the callers' clean-up, and the instance could not be relied on any more.
#[cfg(feature = "client")]
pub(super) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}
