//! One try: a POST by the runtime's own fetch, within its time, up to a bound.

use js_sys::{ArrayBuffer, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader};
use web_sys::{RequestInit, RequestRedirect, Response};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::exchange::{Incoming, MAX_REPLY_BYTES, Outgoing};
use crate::policy::Allowed;
use crate::wasm::caller::Caller;
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
            Err(Broken::new(Failure::aborted(abort.reason())))
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
    let answer = caller.run(fetch, &[url.into(), init.into()]).await?;
    if !is_response(&answer) {
        return Err(Broken::new(Error::config(
            "fetch",
            "must resolve to a Response, with status, headers and arrayBuffer()",
        )));
    }
    let response: Response = answer.unchecked_into();
    if response.body_used() || response.body().is_some_and(|stream| stream.locked()) {
        return Err(Broken::new(Error::config(
            "fetch",
            "must leave the Response's body unread: read that of response.clone()",
        )));
    }
    let (status, headers) = (response.status(), response.headers());
    let content_type = headers.get("content-type").ok().flatten().unwrap_or_default();
    match read(&response, &headers).await {
        Ok(body) => Ok(Arrived { incoming: Incoming { status, content_type, body }, headers }),
        Err(broken) => Err(Broken { status: Some(status), ..broken }),
    }
}

/// By its looks: a fetch from another realm, or from a library, answers with a class of its own.
fn is_response(answer: &JsValue) -> bool {
    let property = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let known = answer.is_object() && property(answer, "status").as_f64().is_some();
    known
        && property(answer, "arrayBuffer").is_function()
        && property(&property(answer, "headers"), "get").is_function()
}

/// The body, by the chunk unless its length is known beforehand.
async fn read(response: &Response, headers: &Headers) -> Result<Vec<u8>, Broken> {
    let header = |name| headers.get(name).ok().flatten();
    let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_REPLY_BYTES) {
        return Err(too_large());
    }
    match response.body() {
        // Compressed, the length says nothing of what comes out.
        Some(stream) if length.is_none() || header("content-encoding").is_some() => chunks(&stream).await,
        _ => {
            let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
            if buffer.byte_length() as usize > MAX_REPLY_BYTES {
                return Err(too_large());
            }
            Ok(Uint8Array::new(&buffer).to_vec())
        }
    }
}

async fn chunks(stream: &ReadableStream) -> Result<Vec<u8>, Broken> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.unchecked_into();
        if body.len().saturating_add(bytes.length() as usize) > MAX_REPLY_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&bytes.to_vec());
    }
}

fn too_large() -> Broken {
    let what = format!("the body is larger than {} MiB, and was not read", MAX_REPLY_BYTES >> 20);
    Broken::new(Error::reply("", what))
}
