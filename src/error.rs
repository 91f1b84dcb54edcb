//! Everything that can go wrong, grouped by who must act on it.
//! No variant ever holds a key, or a person of a request: messages name the place and the rule, never the content. A place's
//! name is shown only if it may be a field's, because people may be keys, too; foreign text is masked before it comes here.

use crate::prelude::*;

/// Why an operation failed. [`Error::code`] is stable; the texts are for people and may change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The programmer must correct an option.
    #[error("{option}: {message}")]
    Config {
        /// The option's name as the caller spells it.
        option: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// The caller must correct a request. Nothing was sent.
    #[error("{}", summarise(.0))]
    Validation(Vec<Issue>),
    /// No answer came, or it broke off.
    #[error(
        "the connection failed{} before {}; see cause, and try again",
        .code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default(),
        if *.unsent { "anything was sent" } else { "the whole answer was there, so nothing is known of the outcome" }
    )]
    Connection {
        /// The system's name for it, if the runtime gives one: `ECONNREFUSED`.
        code: Option<String>,
        /// Whether it certainly failed before anything was sent.
        unsent: bool,
    },
    /// No answer came in time.
    #[error(
        "no complete answer came within {ms} ms, so nothing is known of the outcome; try again, or allow more time with {}",
        if *.of_call { "deadlineMs: that of the whole call is over" } else { "timeoutMs" }
    )]
    Timeout {
        /// The time allowed for this try.
        ms: u32,
        /// Whether that was all the time the call's deadline had left.
        of_call: bool,
    },
    /// A write was sent and the platform's answer never came.
    #[error("the request may have reached the platform, but its answer never came ({}); {remedy}", .cause.brief())]
    OutcomeUnknown {
        /// Why there is no answer.
        cause: Box<Error>,
        /// How to find out what became of it, and when to send it again.
        remedy: &'static str,
    },
    /// The wait for the quota would outlast the call, or the call's time was over before it was sent.
    #[error("not sent: {}; try again later, or allow more time with deadlineMs", match .wait_ms {
        Some(ms) => format!("the quota is used up for the next {ms} ms, longer than this call may wait"),
        None => "its turn did not come in time".to_owned(),
    })]
    RateLimit {
        /// The least time until the quota allows the call; none if a limiter supplied by the caller did not say, or if the
        /// time was over.
        wait_ms: Option<u32>,
    },
    /// The gateway's front (a proxy, a load balancer) answered instead of the gateway.
    #[error("the gateway's front answered HTTP {status}, not the platform; {}", http_advice(*.status))]
    Http {
        /// The HTTP status; 0 if a browser hides a redirect.
        status: u16,
        /// The beginning of the body, with secrets and people masked.
        body: String,
    },
    /// The platform understood the call and refused it (document section 8).
    #[error("the platform answered {code} {message} — {}", crate::response_codes::remedy(.code))]
    Gateway {
        /// The platform's response code, for example `"2000"`.
        code: String,
        /// The platform's own message.
        message: String,
    },
    /// The platform's reply breaks its own document.
    #[error(
        "the platform's reply is not as documented{}{path}: {message}",
        if .path.is_empty() { "" } else { " at " }
    )]
    Reply {
        /// Where, for example `data.url`.
        path: String,
        /// What was expected there.
        message: String,
    },
    /// [`crate::envelope::open`] refused an envelope.
    #[error("{message}")]
    Envelope {
        /// Which check failed.
        reason: EnvelopeReason,
        /// What is wrong and what to look at.
        message: String,
    },
    /// A callback is malformed, or the order does not confirm it.
    #[error("{message}")]
    Notification {
        /// Which check failed.
        reason: NotificationReason,
        /// What is wrong and what to look at.
        message: String,
    },
    /// The text is not a JSON object that can be signed.
    #[error("not a JSON object: {0}")]
    Json(String),
}

/// One thing wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where: `insuredInfoList[2].insuredBirthday`.
    pub path: String,
    /// Which rule is broken; stable.
    pub rule: Rule,
    /// What to do about it, in English.
    pub message: String,
    /// The field's Chinese name, from the document.
    pub label: String,
}

/// The rules a request can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A required field is absent, null or empty.
    Required,
    /// The value's type is not the document's.
    Type,
    /// The text is longer than the document allows.
    Length,
    /// The value is not one of the documented ones.
    Choice,
    /// Not a calendar date of the form `yyyy-MM-dd`.
    Date,
    /// Two dates are in the wrong order.
    Order,
    /// Not an absolute http or https address.
    Url,
    /// The endpoint has no such field.
    Unknown,
}

/// Why an envelope was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeReason {
    /// The accessToken does not match.
    Token,
    /// requestBody cannot be decrypted with this key.
    Decrypt,
    /// The signature does not belong to the body.
    Sign,
    /// The timestamp is too old, or in the future.
    Stale,
    /// A field is missing or has the wrong form.
    Shape,
}

/// Why a callback was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationReason {
    /// A field is missing or has the wrong form.
    Shape,
    /// The order shows something else.
    Unconfirmed,
}

impl Rule {
    /// The rule as it appears in an issue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Type => "type",
            Self::Length => "length",
            Self::Choice => "choice",
            Self::Date => "date",
            Self::Order => "order",
            Self::Url => "url",
            Self::Unknown => "unknown",
        }
    }
}

impl NotificationReason {
    /// The reason as it appears in the error's code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

impl EnvelopeReason {
    /// The reason as it appears in the error's code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Decrypt => "decrypt",
            Self::Sign => "sign",
            Self::Stale => "stale",
            Self::Shape => "shape",
        }
    }
}

impl Error {
    /// A [`Error::Config`] about `option`.
    pub fn config(option: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Config { option: option.into(), message: message.into() }
    }

    /// A [`Error::Reply`] at `path`.
    pub fn reply(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Reply { path: path.into(), message: message.into() }
    }

    /// A [`Error::Envelope`] for `reason`.
    pub fn envelope(reason: EnvelopeReason, message: impl Into<String>) -> Self {
        Self::Envelope { reason, message: message.into() }
    }

    /// A [`Error::Notification`] for `reason`.
    pub fn notification(reason: NotificationReason, message: impl Into<String>) -> Self {
        Self::Notification { reason, message: message.into() }
    }

    /// The class's stable code: `config`, `validation`, `http`, `gateway.2000`, `reply`, `envelope.sign`, ….
    pub fn code(&self) -> String {
        match self {
            Self::Config { .. } => "config".into(),
            Self::Validation(_) | Self::Json(_) => "validation".into(),
            Self::Connection { .. } => "connection".into(),
            Self::Timeout { .. } => "timeout".into(),
            Self::OutcomeUnknown { .. } => "outcome-unknown".into(),
            Self::RateLimit { .. } => "rate-limit".into(),
            Self::Http { .. } => "http".into(),
            Self::Gateway { code, .. } => format!("gateway.{code}"),
            Self::Reply { .. } => "reply".into(),
            Self::Envelope { reason, .. } => format!("envelope.{}", reason.as_str()),
            Self::Notification { reason, .. } => format!("notification.{}", reason.as_str()),
        }
    }

    /// The code, and the system's name for it.
    fn brief(&self) -> String {
        match self {
            Self::Connection { code: Some(code), .. } => format!("connection, {code}"),
            other => other.code(),
        }
    }

    /// Whether the same call may succeed later without any change by the caller.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Connection { .. } | Self::Timeout { .. } | Self::RateLimit { .. } => true,
            Self::Http { status, .. } => matches!(status, 408 | 429 | 500..=599),
            Self::Gateway { code, .. } => code == "0002",
            // What the callback says may yet come true.
            Self::Notification { reason, .. } => *reason == NotificationReason::Unconfirmed,
            _ => false,
        }
    }
}

fn http_advice(status: u16) -> &'static str {
    match status {
        0 | 300..=399 => "a redirect is not followed, since an envelope is for the gateway alone: check baseUrl",
        401 | 403 => "it does not let this caller in: ask the platform whether your outgoing address is allowed",
        404 | 405 => "check baseUrl and the path",
        413 => "the request is too large for it: split it",
        429 => "it takes no more calls for now: try again later",
        408 | 500..=599 => "try again later, or show the platform's support the status, the time and the nonce",
        _ => "show the platform's support the status, the time and the nonce",
    }
}

/// All paths and rules on one line, so that a log entry alone says what to fix.
fn summarise(issues: &[Issue]) -> String {
    let count = issues.len();
    let mut text = format!("nothing was sent, the request has {count} fault{}", if count == 1 { "" } else { "s" });
    for (index, issue) in issues.iter().enumerate() {
        text.push_str(if index == 0 { ": " } else { "; " });
        text.push_str(&issue.path);
        if !issue.label.is_empty() {
            text.push_str(&format!(" ({})", issue.label));
        }
        text.push(' ');
        text.push_str(&issue.message);
    }
    text
}
