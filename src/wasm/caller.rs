//! The caller's own functions, run in the caller's asynchronous context (see `pkg-template/context.js`).

use core::future::Future;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Who made a call: `(function, ...arguments) => Promise` in its context.
pub(super) struct Caller(Function);

impl Caller {
    pub(super) fn new(run: Function) -> Self {
        Self(run)
    }

    /// What `function` returns, or what its promise comes to. It is called now, awaited or not.
    pub(super) fn run(
        &self,
        function: &Function,
        arguments: &[JsValue],
    ) -> impl Future<Output = Result<JsValue, JsValue>> + 'static {
        let all: Array = core::iter::once(function.as_ref()).chain(arguments).collect();
        let promise = self.0.apply(&JsValue::UNDEFINED, &all);
        async move { JsFuture::from(Promise::resolve(&promise?)).await }
    }
}
