//! One POST by the runtime's own fetch.

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, RequestRedirect, Response};

use crate::error::Error;
use crate::exchange::Outgoing;
use crate::wasm::error::Failure;

/// What came back.
pub(super) struct Arrived {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// The fetch that was handed in, or the global one.
pub(super) fn find(given: Option<Function>) -> Result<Function, Error> {
    let found = given.or_else(|| Reflect::get(&js_sys::global(), &"fetch".into()).ok()?.dyn_into().ok());
    found.ok_or_else(|| Error::config("fetch", "this runtime has no global fetch; hand one in as the option fetch"))
}

/// POSTs `outgoing` below `base_url` and reads the whole body.
pub(super) async fn post(
    fetch: &Function,
    base_url: &str,
    outgoing: &Outgoing,
    signal: Option<&AbortSignal>,
) -> Result<Arrived, Failure> {
    if let Some(signal) = signal.filter(|signal| signal.aborted()) {
        return Err(Failure::aborted(signal.reason()));
    }
    let url = format!("{base_url}{}", outgoing.path);
    exchange(fetch, &url, outgoing, signal).await.map_err(|error| match signal {
        Some(signal) if signal.aborted() => Failure::aborted(signal.reason()),
        _ => Failure::connection(error),
    })
}

async fn exchange(
    fetch: &Function,
    url: &str,
    outgoing: &Outgoing,
    signal: Option<&AbortSignal>,
) -> Result<Arrived, JsValue> {
    let headers = Object::new();
    Reflect::set(&headers, &"content-type".into(), &outgoing.content_type.into())?;
    Reflect::set(&headers, &"accept".into(), &"application/json".into())?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&outgoing.body.as_str().into());
    // An envelope is for the gateway alone: a redirect is an answer, not a way.
    init.set_redirect(RequestRedirect::Manual);
    if let Some(signal) = signal {
        init.set_signal(Some(signal));
    }
    let answer = fetch.call2(&JsValue::UNDEFINED, &url.into(), &init)?;
    // Not dyn_into: a fetch from another realm answers with another Response class.
    let response: Response = JsFuture::from(Promise::resolve(&answer)).await?.unchecked_into();
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Arrived { status: response.status(), body: Uint8Array::new(&buffer).to_vec() })
}
