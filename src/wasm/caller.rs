//! Calls the caller's own functions in the caller's asynchronous context (see `pkg-template/context.js`).

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

/// The context of whoever made a call: `(function, ...arguments) => Promise`.
pub(super) struct Caller(Function);

impl Caller {
    pub(super) fn new(run: Function) -> Self {
        Self(run)
    }

    /// `(function, ...arguments) => Promise`
    pub(super) fn function(&self) -> &Function {
        &self.0
    }

    /// What `function` returns, or what its promise resolves to. The function is called immediately, awaited or not.
    pub(super) fn run(&self, function: &Function, arguments: &[JsValue]) -> Result<Promise, JsValue> {
        let all: Array = core::iter::once(function.as_ref()).chain(arguments).collect();
        Ok(Promise::resolve(&self.0.apply(&JsValue::UNDEFINED, &all)?))
    }
}
