//! One try: a POST by the runtime's own fetch, within its time, up to a bound.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, RequestRedirect};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::exchange::{Incoming, MAX_REPLY_BYTES, Outgoing};
use crate::policy::Allowed;
use crate::prelude::*;
use crate::types::parse_whole;
use crate::wasm::caller::Caller;
use crate::wasm::convert::{get, invoke};
use crate::wasm::error::Failure;
use crate::wasm::event::{Abort, after};

/// What came back.
pub(super) struct Arrived {
    pub(super) incoming: Incoming,
    pub(super) headers: Headers,
}

/// Why nothing came back, or not all of it; with the HTTP status where that much came.
pub(super) struct Broken {
    pub(super) failure: Failure,
    pub(super) status: Option<u16>,
}

impl Broken {
    fn new(failure: impl Into<Failure>) -> Self {
        Self { failure: failure.into(), status: None }
    }
}

impl From<JsValue> for Broken {
    fn from(cause: JsValue) -> Self {
        Self::new(Failure::caused(Error::Connection { code: system_code(&cause) }, cause))
    }
}

/// `ECONNREFUSED` and the like, which runtimes hide in the cause of a cause.
fn system_code(cause: &JsValue) -> Option<String> {
    let inner = |of: &JsValue| Reflect::get(of, &"cause".into()).ok().filter(JsValue::is_object);
    let causes = core::iter::successors(Some(cause.clone()).filter(JsValue::is_object), inner).take(5);
    let codes = causes.filter_map(|cause| Reflect::get(&cause, &"code".into()).ok()?.as_string());
    // By its looks: a foreign text in the same place may hold anything.
    let of_system = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    codes.filter(|code| code.len() <= 40 && code.bytes().all(of_system)).last()
}

/// The fetch that was handed in, or the global one.
pub(super) fn find(given: Option<Function>) -> Result<Function, Error> {
    let found = given.or_else(|| Reflect::get(&js_sys::global(), &"fetch".into()).ok()?.dyn_into().ok());
    found.ok_or_else(|| Error::config("fetch", "this runtime has no global fetch; hand one in as the option fetch"))
}

/// POSTs `outgoing` below `base_url` and reads the whole body, in the time that is `allowed`.
pub(super) async fn post(
    fetch: &Function,
    base_url: &str,
    outgoing: &Outgoing,
    allowed: Allowed,
    abort: &Abort,
    caller: &Caller,
) -> Result<Arrived, Broken> {
    let controller = AbortController::new()?;
    let url = Zeroizing::new([base_url, &outgoing.path].concat());
    let arrived = {
        let work = exchange(caller, fetch, &url, outgoing, controller.signal());
        let (over, _timer) = after(allowed.ms);
        abort.event.unless(over.unless(work)).await
    };
    match arrived {
        Some(Some(Ok(arrived))) => Ok(arrived),
        Some(Some(Err(broken))) => {
            // What is left of the body is not wanted.
            controller.abort();
            Err(broken)
        }
        Some(None) => {
            controller.abort();
            Err(Broken::new(Error::Timeout { ms: allowed.ms, of_call: allowed.of_call }))
        }
        None => {
            controller.abort_with_reason(&abort.reason());
            Err(Broken::new(Failure::Verbatim(abort.reason())))
        }
    }
}

async fn exchange(
    caller: &Caller,
    fetch: &Function,
    url: &str,
    outgoing: &Outgoing,
    signal: AbortSignal,
) -> Result<Arrived, Broken> {
    let headers = Object::new();
    Reflect::set(&headers, &"content-type".into(), &outgoing.content_type.into())?;
    Reflect::set(&headers, &"accept".into(), &"application/json".into())?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&outgoing.body.as_str().into());
    // An envelope is for the gateway alone: a redirect is an answer, not a way.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&signal));
    let answer = caller.run(fetch, &[url.into(), init.into()])?.await?;
    let (status, headers) = head(&answer)?;
    match body(&answer, &headers).await {
        Ok(body) => {
            let content_type = header(&headers, "content-type").unwrap_or_default();
            Ok(Arrived { incoming: Incoming { status, content_type, body }, headers })
        }
        Err(broken) => Err(Broken { status: Some(status), ..broken }),
    }
}

/// Status and headers of what a fetch answered: by its looks, since a fetch from another realm, or from a library,
/// answers with a class of its own.
fn head(answer: &JsValue) -> Result<(u16, Headers), Broken> {
    let odd = || odd("must resolve to a Response, with status, headers and arrayBuffer()");
    if !answer.is_object() {
        return Err(odd());
    }
    let status = get(answer, "status")?.as_f64();
    let status = status.filter(|status| f64::from(*status as u16) == *status && *status < 1000.0);
    let headers = get(answer, "headers")?;
    let whole = headers.is_object() && get(&headers, "get")?.is_function() && get(answer, "arrayBuffer")?.is_function();
    match status {
        Some(status) if whole => Ok((status as u16, headers.unchecked_into())),
        _ => Err(odd()),
    }
}

/// The body, by the chunk unless its length is known beforehand.
async fn body(answer: &JsValue, headers: &Headers) -> Result<Vec<u8>, Broken> {
    let stream = get(answer, "body")?;
    let streams = stream.is_object() && get(&stream, "getReader")?.is_function();
    if get(answer, "bodyUsed")?.is_truthy() || (streams && get(&stream, "locked")?.is_truthy()) {
        return Err(odd("must leave the Response's body unread: read that of response.clone()"));
    }
    let length = header(headers, "content-length").and_then(|length| parse_whole::<usize>(&length));
    if length.is_some_and(|length| length > MAX_REPLY_BYTES) {
        return Err(too_large());
    }
    // Compressed, the length says nothing of what comes out.
    if streams && (length.is_none() || header(headers, "content-encoding").is_some()) {
        let reader = invoke(&stream, "getReader")?;
        let read = chunks(&reader).await;
        if read.is_err() {
            // What is left is not wanted; whether the stream minds does not matter.
            let _ = invoke(&reader, "cancel").map(|cancelled| settle(&cancelled));
        }
        return read;
    }
    let buffer = JsFuture::from(Promise::resolve(&invoke(answer, "arrayBuffer")?)).await?;
    append(Vec::new(), &buffer)
}

async fn chunks(reader: &JsValue) -> Result<Vec<u8>, Broken> {
    let mut body = Vec::new();
    loop {
        let chunk = JsFuture::from(Promise::resolve(&invoke(reader, "read")?)).await?;
        if get(&chunk, "done")?.is_truthy() {
            return Ok(body);
        }
        body = append(body, &get(&chunk, "value")?)?;
    }
}

/// Bytes from an ArrayBuffer or a view of one, of whichever realm.
fn append(mut body: Vec<u8>, bytes: &JsValue) -> Result<Vec<u8>, Broken> {
    let length = if bytes.is_object() { get(bytes, "byteLength")?.as_f64() } else { None };
    let Some(length) = length else { return Err(odd("must answer with bytes")) };
    if body.len() as f64 + length > MAX_REPLY_BYTES as f64 {
        return Err(too_large());
    }
    let bytes = Uint8Array::new(bytes);
    if f64::from(bytes.length()) != length {
        return Err(odd("must answer with bytes"));
    }
    body.extend_from_slice(&bytes.to_vec());
    Ok(body)
}

fn header(headers: &Headers, name: &str) -> Option<String> {
    headers.get(name).ok().flatten()
}

/// Nobody waits for it, and nobody is to hear that it failed.
fn settle(promise: &JsValue) {
    let settled = JsFuture::from(Promise::resolve(promise));
    wasm_bindgen_futures::spawn_local(async move {
        let _ = settled.await;
    });
}

/// What a fetch of the caller's own did that no fetch does.
fn odd(what: &str) -> Broken {
    Broken::new(Error::config("fetch", what))
}

fn too_large() -> Broken {
    let what = format!("the body is larger than {} MiB, and was not read", MAX_REPLY_BYTES >> 20);
    Broken::new(Error::reply("", what))
}
