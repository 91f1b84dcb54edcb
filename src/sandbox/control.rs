//! The controls under /_sandbox/: what tests and people do that no distributor can, and the page where people look.

use crate::error::Error;
use crate::form;
use crate::sandbox::{Request, Response, Sandbox};
use crate::value::{Map, Value};

const CONSOLE: &str = include_str!("pages/console.html");

pub(super) fn handle(sandbox: &mut Sandbox, request: &Request, clock: i64) -> Response {
    let given = core::str::from_utf8(&request.body).ok().and_then(|text| Value::parse(text).ok());
    let (body, list) = match given {
        Some(Value::Map(map)) => (map, None),
        Some(Value::List(items)) => (Map::new(), Some(items)),
        _ => (Map::new(), None),
    };
    let done = |result: Result<(), Error>| match result {
        Ok(()) => json(200, &Value::Map(Map::new())),
        Err(error) => refused(&error.to_string()),
    };
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/_sandbox/") => {
            Response { content_type: "text/html; charset=utf-8", body: CONSOLE.into(), ..Response::json() }
        }
        ("GET", "/_sandbox/state") => {
            let latest = form::decode(&request.query).text("latest").and_then(|latest| latest.parse().ok());
            json(200, &sandbox.snapshot(clock, latest.unwrap_or(usize::MAX)))
        }
        ("POST", "/_sandbox/reset") => {
            sandbox.reset();
            done(Ok(()))
        }
        ("POST", "/_sandbox/advance") => match whole(&body, "ms") {
            Some(ms) => {
                sandbox.advance(ms);
                json(200, &one("now", sandbox.now(clock).into()))
            }
            None => refused("ms must be a whole number of milliseconds, 0 or more"),
        },
        ("POST", "/_sandbox/pay") => match sandbox.pay(body.text("tempOrderCode").unwrap_or(""), clock) {
            Ok(order_code) => json(200, &one("orderCode", order_code.into())),
            Err(error) => refused(&error.to_string()),
        },
        ("POST", "/_sandbox/credit") => done(sandbox.credit(body.text("balance").unwrap_or(""))),
        ("POST", "/_sandbox/resend") => match whole(&body, "id") {
            Some(id) => done(sandbox.resend(u64::try_from(id).unwrap_or_default())),
            None => refused("id must be a notification's, as GET state gives it"),
        },
        ("POST", "/_sandbox/faults") => match list {
            Some(rules) => done(sandbox.faults(&rules)),
            None => refused("the body must be a list of faults"),
        },
        _ => {
            json(404, &one("error", "there are POST pay, advance, credit, faults, resend, reset and GET state".into()))
        }
    }
}

fn whole(body: &Map, name: &str) -> Option<i64> {
    match body.get(name) {
        Some(Value::Number(number)) => number.parse().ok().filter(|number| *number >= 0),
        _ => None,
    }
}

fn refused(message: &str) -> Response {
    json(400, &one("error", message.into()))
}

fn one(name: &str, value: Value) -> Value {
    let mut map = Map::new();
    map.push(name, value);
    Value::Map(map)
}

fn json(status: u16, value: &Value) -> Response {
    Response { status, body: value.to_json().into(), ..Response::json() }
}

#[cfg(test)]
mod tests {
    use super::CONSOLE;
    use crate::sandbox::fault;

    #[test]
    fn the_console_offers_every_fault_and_endpoint() {
        let names = crate::endpoints::ENDPOINTS.iter().map(|endpoint| endpoint.name).chain(fault::names());
        for name in names {
            let written = [format!("'{name}'"), format!(" {name}:")];
            assert!(written.iter().any(|written| CONSOLE.contains(written)), "{name}");
        }
    }
}
