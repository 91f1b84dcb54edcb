//! Errors on their way to JavaScript: plain objects that name their class and carry its fields.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::error::Error;
use crate::prelude::*;
use crate::response_codes::remedy;
use crate::value::{Map, Value};
use crate::wasm::convert::object;
use crate::wasm::issue::issues_of;

/// Why JavaScript gets no result.
pub(super) enum Failure {
    /// An error of the core and its cause.
    Ours { error: Box<Error>, cause: Option<JsValue> },
    /// A value thrown unchanged: an abort's own reason, or what the caller's own code threw.
    #[cfg(feature = "client")]
    Verbatim(JsValue),
    /// One of this package's errors, thrown by the caller's fetch to report that nothing was sent.
    #[cfg(feature = "client")]
    Own(JsValue),
}

/// Which call failed.
#[cfg(feature = "client")]
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The client's method, or the path of an untyped call.
    pub(super) endpoint: String,
    /// The last envelope's nonce, with which the platform's support can find the call.
    pub(super) nonce: String,
    /// How many tries were sent, of at most `most`; 0 if nothing was sent.
    pub(super) attempts: u32,
    pub(super) most: u32,
    /// The HTTP status of the last try.
    pub(super) status: Option<u16>,
    pub(super) retry_after_ms: Option<u32>,
}

impl Failure {
    /// An error of the core with a JavaScript value as its cause.
    #[cfg(feature = "client")]
    pub(super) fn caused(error: Error, cause: JsValue) -> Self {
        Self::Ours { error: Box::new(error), cause: Some(cause) }
    }

    /// Whether there was no room for another call.
    #[cfg(feature = "client")]
    pub(super) fn is_rate_limit(&self) -> bool {
        matches!(self, Self::Ours { error, .. } if matches!(**error, Error::RateLimit { .. }))
    }

    /// The error as it is thrown, with the call named in its fields and message.
    #[cfg(feature = "client")]
    pub(super) fn during(self, context: &Context) -> JsValue {
        match self {
            Self::Ours { error, cause } => thrown(&error, cause, context),
            Self::Verbatim(value) | Self::Own(value) => value,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours { error: Box::new(error), cause: None }
    }
}

/// An error of the core as it is thrown when there is no call to name.
pub(super) fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours { error, cause } => attach(object(&fields(&error, error.to_string(), Map::new())), cause),
            #[cfg(feature = "client")]
            Failure::Verbatim(value) | Failure::Own(value) => value,
        }
    }
}

#[cfg(feature = "client")]
fn thrown(error: &Error, cause: Option<JsValue>, context: &Context) -> JsValue {
    let mut of_call = Map::new();
    of_call.push("endpoint", context.endpoint.as_str().into());
    if !context.nonce.is_empty() {
        of_call.push("nonce", context.nonce.as_str().into());
    }
    let numbers = [
        ("attempts", Some(context.attempts)),
        ("status", context.status.map(u32::from)),
        ("retryAfterMs", context.retry_after_ms),
    ];
    for (name, number) in numbers {
        push_number(&mut of_call, name, number);
    }
    let fields = fields(error, format!("{}: {error}", context.call()), of_call);
    // The cause of an unknown outcome is one of our own errors, from the same call.
    let cause = match error {
        Error::OutcomeUnknown { cause: inner, .. } => Some(thrown(inner, cause, context)),
        _ => cause,
    };
    attach(object(&fields), cause)
}

fn attach(object: JsValue, cause: Option<JsValue>) -> JsValue {
    if let Some(cause) = cause {
        // This cannot fail on a plain object of our own; without its cause the error is still usable.
        let _ = Reflect::set(&object, &"cause".into(), &cause);
    }
    object
}

#[cfg(feature = "client")]
impl Context {
    /// Records that a try begins; its result is not known yet.
    pub(super) fn begin(&mut self, nonce: &str, attempts: u32) {
        nonce.clone_into(&mut self.nonce);
        (self.attempts, self.status, self.retry_after_ms) = (attempts, None, None);
    }

    /// `createPreOrder (nonce 5f…, try 2 of 3)`
    fn call(&self) -> String {
        if self.nonce.is_empty() {
            return self.endpoint.clone();
        }
        format!("{} (nonce {}, try {} of {})", self.endpoint, self.nonce, self.attempts, self.most)
    }
}

/// The error's fields: first `fields`, from the context, then its own. If a name appears twice, JavaScript takes the
/// last.
fn fields(error: &Error, message: String, mut fields: Map) -> Map {
    let class = match error {
        Error::Config { option, .. } => {
            fields.push("option", option.as_str().into());
            "ConfigError"
        }
        Error::Validation(_) | Error::Json(_) => {
            fields.push("issues", issues_of(error));
            "ValidationError"
        }
        Error::Connection { .. } => "ConnectionError",
        Error::Timeout { ms, .. } => {
            fields.push("timeoutMs", i64::from(*ms).into());
            "TimeoutError"
        }
        Error::OutcomeUnknown { remedy, .. } => {
            fields.push("remedy", (*remedy).into());
            "OutcomeUnknownError"
        }
        Error::RateLimit { wait_ms } => {
            push_number(&mut fields, "waitMs", *wait_ms);
            "RateLimitError"
        }
        Error::Http { status, body } => {
            fields.push("status", i64::from(*status).into());
            fields.push("body", body.as_str().into());
            "HttpError"
        }
        Error::Gateway { code, message } => {
            fields.push("gatewayCode", code.as_str().into());
            fields.push("gatewayMessage", message.as_str().into());
            fields.push("remedy", remedy(code).into());
            "GatewayError"
        }
        Error::Reply { path, .. } => {
            fields.push("path", path.as_str().into());
            "ReplyError"
        }
        Error::Envelope { .. } => "EnvelopeError",
        Error::Notification { .. } => "NotificationError",
    };
    fields.push("name", class.into());
    fields.push("code", error.code().into());
    fields.push("message", message.into());
    fields.push("retryable", Value::Bool(error.retryable()));
    // This is how JavaScript tells our objects from a caller's.
    fields.push("aigobo", Value::Bool(true));
    fields
}

/// Leaves out a number that is not known.
fn push_number(fields: &mut Map, name: &str, number: Option<u32>) {
    if let Some(number) = number {
        fields.push(name, i64::from(number).into());
    }
}
