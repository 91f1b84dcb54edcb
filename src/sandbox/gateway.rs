//! The gateway: it checks the envelope before anything else, and answers each fault with the code of its real cause.

use crate::endpoints::{self, Endpoint};
use crate::envelope::{self, Envelope, MAX_AGE_MS};
use crate::error::{EnvelopeReason, Error};
use crate::exchange::{answer, request, transport};
use crate::model::CheckOptions;
use crate::response_codes::message;
use crate::sandbox::log::Call;
use crate::sandbox::refusal::{Refusal, refuse};
use crate::sandbox::state::State;
use crate::sandbox::{Config, Request, Response, calls};
use crate::value::{Map, Value};

/// The most calls in a period, and its length (document section 3).
const QUOTA: usize = 400;
const PERIOD_MS: i64 = 60_000;

/// The time, and the time by which the gateway judges an envelope, which a fault may have set wrong.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) now: i64,
    pub(super) shown: i64,
}

/// Answers a call, and notes the answer in `log`.
pub(super) fn handle(
    config: &Config,
    state: &mut State,
    request: &Request,
    envelope: Result<Envelope, Error>,
    log: &mut Call,
    times: Times,
) -> Response {
    let answered = admit(config, state, request, envelope, times)
        .and_then(|(endpoint, body)| calls::call(config, state, endpoint, &body, times.now));
    let (code, text, data) = match answered {
        Ok(data) => ("0000", "成功".to_owned(), data),
        Err(Refusal { code, about }) if about.is_empty() => (code, message(code).to_owned(), Value::Null),
        Err(Refusal { code, about }) => (code, format!("{}: {about}", message(code)), Value::Null),
    };
    let body = answer(code, &text, data).into();
    code.clone_into(&mut log.code);
    log.message = text;
    Response { body, ..Response::json() }
}

/// The endpoint and its checked parameters.
fn admit(
    config: &Config,
    state: &mut State,
    request: &Request,
    envelope: Result<Envelope, Error>,
    Times { now, shown }: Times,
) -> Result<(&'static Endpoint, Map), Refusal> {
    if request.method != "POST" {
        return Err(refuse("2008", "only POST is served"));
    }
    let endpoint = endpoints::by_path(&request.path).ok_or_else(|| refuse("2008", "no such path"))?;
    let Config { dialect, insists, .. } = config;
    if *insists && transport(&request.content_type, &request.body) != dialect.transport {
        return Err(refuse("2008", format!("no envelope; the transport here is {}", dialect.transport.name())));
    }
    let envelope = envelope.map_err(|error| by_cause(&error))?;
    if *insists && envelope.version != dialect.version {
        return Err(refuse("2008", format!("version must be {}", dialect.version)));
    }
    envelope::check_token(envelope.received(), &config.credentials).map_err(|error| by_cause(&error))?;
    envelope::check_age(envelope.received(), shown, MAX_AGE_MS).map_err(|error| by_cause(&error))?;
    within_quota(state, now)?;
    // Twice, since a timestamp may be as far in the future as in the past.
    if !state.nonces.admit(&envelope.nonce, now, 2 * MAX_AGE_MS) {
        return Err(refuse("2008", "nonce was used before"));
    }
    Ok((endpoint, parameters(config, endpoint, &envelope)?))
}

fn parameters(config: &Config, endpoint: &Endpoint, envelope: &Envelope) -> Result<Map, Refusal> {
    let body =
        envelope::open_body_json(envelope.received(), &config.credentials, &config.dialect).map_err(|error| {
            match &error {
                // It decrypts to something other than a JSON object, which the platform does not accept as a message.
                Error::Envelope { reason: EnvelopeReason::Shape, .. } => refuse("2009", error.to_string()),
                _ => by_cause(&error),
            }
        })?;
    // The live platform accepts longer texts than its document allows.
    let options = CheckOptions { ignore_lengths: true, ..CheckOptions::default() };
    request(endpoint, body, &options).and_then(|body| Map::parse(body.as_str())).map_err(|error| match error {
        Error::Validation(issues) => {
            let faults: Vec<_> = issues.iter().map(|issue| format!("{} {}", issue.path, issue.message)).collect();
            refuse("9999", faults.join("; "))
        }
        error => by_cause(&error),
    })
}

fn by_cause(error: &Error) -> Refusal {
    let code = match error {
        Error::Envelope { reason: EnvelopeReason::Token, .. } => "5000",
        Error::Envelope { reason: EnvelopeReason::Decrypt, .. } => "2009",
        Error::Envelope { reason: EnvelopeReason::Sign, .. } => "2000",
        Error::Envelope { .. } => "2008",
        _ => "9999",
    };
    refuse(code, error.to_string())
}

/// At most 400 in any 60 seconds; a refused call does not count.
fn within_quota(state: &mut State, now: i64) -> Result<(), Refusal> {
    // Drops calls after `now`: the clock has been set back.
    while state.calls.pop_back_if(|call| *call > now).is_some() {}
    while state.calls.pop_front_if(|call| now.saturating_sub(*call) >= PERIOD_MS).is_some() {}
    if state.calls.len() >= QUOTA {
        return Err(refuse("0002", format!("{QUOTA} calls in {} seconds", PERIOD_MS / 1000)));
    }
    state.calls.push_back(now);
    Ok(())
}
