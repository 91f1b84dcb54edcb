//! Errors on their way to JavaScript: plain objects that name their class and carry its fields.

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::error::{Error, Issue, Rule};
use crate::response_codes::remedy;
use crate::wasm::convert::to_js;

/// An error of the core, or one that only arises here, with the call it belongs to.
pub(super) struct Failure {
    fields: Fields,
    cause: Option<JsValue>,
    /// Thrown as it is: an abort's own reason.
    verbatim: bool,
}

/// Which call failed.
#[cfg(feature = "client")]
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The client's method, or the path of an untyped call.
    pub(super) endpoint: String,
    /// The envelope's nonce, by which the platform's support can find the call.
    pub(super) nonce: String,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Fields {
    /// How JavaScript tells our objects from a caller's.
    aigobo: bool,
    name: &'static str,
    code: String,
    message: String,
    retryable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<Vec<Issue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

impl Failure {
    /// No answer came; `cause` is what fetch rejected with.
    #[cfg(feature = "client")]
    pub(super) fn connection(cause: JsValue) -> Self {
        let fields = Fields {
            aigobo: true,
            name: "ConnectionError",
            code: "connection".into(),
            message: "no answer came from the gateway, so nothing is known of the outcome (see cause); \
                      before you send a write again, ask what became of it"
                .into(),
            retryable: true,
            ..Fields::default()
        };
        Self { fields, cause: Some(cause), verbatim: false }
    }

    /// The caller aborted: `reason` is the signal's own.
    #[cfg(feature = "client")]
    pub(super) fn aborted(reason: JsValue) -> Self {
        Self { fields: Fields::default(), cause: Some(reason), verbatim: true }
    }

    /// Adds the call to fields and message.
    #[cfg(feature = "client")]
    pub(super) fn during(mut self, context: &Context) -> Self {
        self.fields.message = format!("{}: {}", context.endpoint, self.fields.message);
        self.fields.endpoint = Some(context.endpoint.clone());
        if !context.nonce.is_empty() {
            self.fields.nonce = Some(context.nonce.clone());
        }
        self
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut fields = Fields {
            aigobo: true,
            code: error.code(),
            message: error.to_string(),
            retryable: error.retryable(),
            ..Fields::default()
        };
        match error {
            Error::Config { option, .. } => {
                fields.name = "ConfigError";
                fields.option = Some(option);
            }
            Error::Validation(issues) => {
                fields.name = "ValidationError";
                fields.issues = Some(issues);
            }
            Error::Json(message) => {
                fields.name = "ValidationError";
                fields.issues =
                    Some(vec![Issue { path: String::new(), rule: Rule::Type, message, label: String::new() }]);
            }
            Error::Http { status, body } => {
                fields.name = "HttpError";
                fields.status = Some(status);
                fields.body = Some(body);
            }
            Error::Gateway { code, message } => {
                fields.name = "GatewayError";
                fields.remedy = Some(remedy(&code));
                fields.gateway_code = Some(code);
                fields.gateway_message = Some(message);
            }
            Error::Reply { path, .. } => {
                fields.name = "ReplyError";
                fields.path = Some(path);
            }
            Error::Envelope { .. } => fields.name = "EnvelopeError",
        }
        Self { fields, cause: None, verbatim: false }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        match failure.cause {
            Some(reason) if failure.verbatim => reason,
            cause => {
                let object = to_js(&failure.fields);
                if let Some(cause) = cause {
                    // Cannot fail on a plain object of our own; without a cause the error still stands.
                    let _ = Reflect::set(&object, &"cause".into(), &cause);
                }
                object
            }
        }
    }
}
