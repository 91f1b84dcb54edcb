//! Errors on their way to JavaScript: plain objects that name their class and carry its fields.

use std::borrow::Cow;

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::error::{Error, Issue, Rule};
use crate::response_codes::remedy;
use crate::wasm::convert::to_js;

/// Why JavaScript gets no result.
pub(super) enum Failure {
    /// An error of the core, with what it was caused by.
    Ours { error: Error, cause: Option<JsValue> },
    /// Thrown as it is: an abort's own reason, or what the caller's own code threw.
    #[cfg(feature = "client")]
    Verbatim(JsValue),
}

/// Which call failed.
#[cfg(feature = "client")]
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The client's method, or the path of an untyped call.
    pub(super) endpoint: String,
    /// The last envelope's nonce, by which the platform's support can find the call.
    pub(super) nonce: String,
    /// How many tries were sent, of how many; 0 where nothing was.
    pub(super) attempts: u32,
    pub(super) most: u32,
    /// Of the last try.
    pub(super) status: Option<u16>,
    pub(super) retry_after_ms: Option<u32>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    /// How JavaScript tells our objects from a caller's.
    aigobo: bool,
    name: &'static str,
    code: String,
    message: String,
    retryable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<Cow<'a, [Issue]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_ms: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_ms: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
}

impl Failure {
    /// An error of the core that something of JavaScript's caused.
    #[cfg(feature = "client")]
    pub(super) fn caused(error: Error, cause: JsValue) -> Self {
        Self::Ours { error, cause: Some(cause) }
    }

    /// As it is thrown, with the call in fields and message.
    #[cfg(feature = "client")]
    pub(super) fn during(self, context: &Context) -> JsValue {
        match self {
            Self::Ours { error, cause } => thrown(&error, cause, context),
            Self::Verbatim(value) => value,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours { error, cause: None }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours { error, cause } => attach(to_js(&fields(&error)), cause),
            #[cfg(feature = "client")]
            Failure::Verbatim(value) => value,
        }
    }
}

#[cfg(feature = "client")]
fn thrown(error: &Error, cause: Option<JsValue>, context: &Context) -> JsValue {
    let mut fields = fields(error);
    fields.message = format!("{}: {}", context.call(), fields.message);
    fields.endpoint = Some(&context.endpoint);
    fields.nonce = Some(context.nonce.as_str()).filter(|nonce| !nonce.is_empty());
    fields.attempts = Some(context.attempts);
    fields.status = fields.status.or(context.status);
    fields.retry_after_ms = context.retry_after_ms;
    // The cause of an unknown outcome is an error of ours, and happened in the same call.
    let cause = match error {
        Error::OutcomeUnknown { cause: inner, .. } => Some(thrown(inner, cause, context)),
        _ => cause,
    };
    attach(to_js(&fields), cause)
}

fn attach(object: JsValue, cause: Option<JsValue>) -> JsValue {
    if let Some(cause) = cause {
        // Cannot fail on a plain object of our own; without a cause the error still stands.
        let _ = Reflect::set(&object, &"cause".into(), &cause);
    }
    object
}

#[cfg(feature = "client")]
impl Context {
    /// A try begins; nothing is known of its end.
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

fn fields(error: &Error) -> Fields<'_> {
    let fields = Fields {
        aigobo: true,
        code: error.code(),
        message: error.to_string(),
        retryable: error.retryable(),
        ..Fields::default()
    };
    match error {
        Error::Config { option, .. } => Fields { name: "ConfigError", option: Some(option), ..fields },
        Error::Validation(issues) => Fields { name: "ValidationError", issues: Some(Cow::Borrowed(issues)), ..fields },
        Error::Connection { .. } => Fields { name: "ConnectionError", ..fields },
        Error::Timeout { ms, .. } => Fields { name: "TimeoutError", timeout_ms: Some(*ms), ..fields },
        Error::OutcomeUnknown { remedy, .. } => Fields { name: "OutcomeUnknownError", remedy: Some(remedy), ..fields },
        Error::RateLimit { wait_ms } => Fields { name: "RateLimitError", wait_ms: *wait_ms, ..fields },
        Error::Http { status, body } => Fields { name: "HttpError", status: Some(*status), body: Some(body), ..fields },
        Error::Gateway { code, message } => Fields {
            name: "GatewayError",
            remedy: Some(remedy(code)),
            gateway_code: Some(code),
            gateway_message: Some(message),
            ..fields
        },
        Error::Reply { path, .. } => Fields { name: "ReplyError", path: Some(path), ..fields },
        Error::Envelope { .. } => Fields { name: "EnvelopeError", ..fields },
        Error::Notification { .. } => Fields { name: "NotificationError", ..fields },
        Error::Json(message) => {
            // A text that is no JSON object has one issue, at no path.
            let issue = Issue { path: String::new(), rule: Rule::Type, message: message.clone(), label: String::new() };
            Fields { name: "ValidationError", issues: Some(Cow::Owned(vec![issue])), ..fields }
        }
    }
}
