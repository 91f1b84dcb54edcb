//! Errors on their way to JavaScript: plain objects that name their class and carry its fields.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use crate::error::{Error, Issue, Rule};
use crate::prelude::*;
use crate::response_codes::remedy;
use crate::wasm::convert::object;

/// Why JavaScript gets no result.
pub(super) enum Failure {
    /// An error of the core, with what it was caused by.
    Ours { error: Box<Error>, cause: Option<JsValue> },
    /// Thrown as it is: an abort's own reason, or what the caller's own code threw.
    #[cfg(feature = "client")]
    Verbatim(JsValue),
    /// An error of this package from the fetch that was handed in, by whose word nothing was sent.
    #[cfg(feature = "client")]
    Own(JsValue),
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

impl Failure {
    /// An error of the core that something of JavaScript's caused.
    #[cfg(feature = "client")]
    pub(super) fn caused(error: Error, cause: JsValue) -> Self {
        Self::Ours { error: Box::new(error), cause: Some(cause) }
    }

    /// Whether there was no room for another call.
    #[cfg(feature = "client")]
    pub(super) fn is_rate_limit(&self) -> bool {
        matches!(self, Self::Ours { error, .. } if matches!(**error, Error::RateLimit { .. }))
    }

    /// As it is thrown, with the call in fields and message.
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

/// An error of the core as it is thrown, where no call is to be named.
#[cfg(any(feature = "doctor", feature = "sandbox"))]
pub(super) fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours { error, cause } => attach(object(&fields(&error, error.to_string(), Vec::new())), cause),
            #[cfg(feature = "client")]
            Failure::Verbatim(value) | Failure::Own(value) => value,
        }
    }
}

#[cfg(feature = "client")]
fn thrown(error: &Error, cause: Option<JsValue>, context: &Context) -> JsValue {
    let nonce = Some(context.nonce.as_str()).filter(|nonce| !nonce.is_empty());
    let of_call = vec![
        ("endpoint", context.endpoint.as_str().into()),
        ("nonce", nonce.into()),
        ("attempts", context.attempts.into()),
        ("status", context.status.into()),
        ("retryAfterMs", context.retry_after_ms.into()),
    ];
    let fields = fields(error, format!("{}: {error}", context.call()), of_call);
    // The cause of an unknown outcome is an error of ours, and happened in the same call.
    let cause = match error {
        Error::OutcomeUnknown { cause: inner, .. } => Some(thrown(inner, cause, context)),
        _ => cause,
    };
    attach(object(&fields), cause)
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

/// What the error carries: `fields` of its surroundings, then its own, which go before them.
fn fields(error: &Error, message: String, mut fields: Vec<(&'static str, JsValue)>) -> Vec<(&'static str, JsValue)> {
    let mut own = |name, value| fields.push((name, value));
    let class = match error {
        Error::Config { option, .. } => {
            own("option", option.into());
            "ConfigError"
        }
        Error::Validation(issues) => {
            own("issues", issues_to_js(issues));
            "ValidationError"
        }
        Error::Json(message) => {
            // A text that is no JSON object has one issue, at no path.
            let issue = Issue { path: String::new(), rule: Rule::Type, message: message.clone(), label: String::new() };
            own("issues", issues_to_js(&[issue]));
            "ValidationError"
        }
        Error::Connection { .. } => "ConnectionError",
        Error::Timeout { ms, .. } => {
            own("timeoutMs", (*ms).into());
            "TimeoutError"
        }
        Error::OutcomeUnknown { remedy, .. } => {
            own("remedy", (*remedy).into());
            "OutcomeUnknownError"
        }
        Error::RateLimit { wait_ms } => {
            own("waitMs", (*wait_ms).into());
            "RateLimitError"
        }
        Error::Http { status, body } => {
            own("status", (*status).into());
            own("body", body.into());
            "HttpError"
        }
        Error::Gateway { code, message } => {
            own("gatewayCode", code.into());
            own("gatewayMessage", message.into());
            own("remedy", remedy(code).into());
            "GatewayError"
        }
        Error::Reply { path, .. } => {
            own("path", path.into());
            "ReplyError"
        }
        Error::Envelope { .. } => "EnvelopeError",
        Error::Notification { .. } => "NotificationError",
    };
    own("name", class.into());
    own("code", error.code().into());
    own("message", message.into());
    own("retryable", error.retryable().into());
    // How JavaScript tells our objects from a caller's.
    own("aigobo", true.into());
    fields
}

/// `[{ path, rule, message, label }]`
pub(super) fn issues_to_js(issues: &[Issue]) -> JsValue {
    let issue = |Issue { path, rule, message, label }: &Issue| {
        object(&[
            ("path", path.into()),
            ("rule", rule.as_str().into()),
            ("message", message.into()),
            ("label", label.into()),
        ])
    };
    issues.iter().map(issue).collect::<Array>().into()
}
