//! The controls under /_sandbox/: actions for tests and people that a distributor does not have, and the console page.

use crate::endpoints::ENDPOINTS;
use crate::error::Error;
use crate::form;
use crate::sandbox::{Request, Response, Sandbox};
use crate::value::{Map, Value};

const CONSOLE: &str = include_str!("pages/console.html");

/// The answer to any other path. `events` never comes here: its answer is a stream.
const CONTROLS: &str =
    "there are POST pay, advance, credit, faults, faults/add, faults/remove, resend, reset and GET state, events";

pub(super) fn handle(sandbox: &mut Sandbox, request: &Request, clock: i64) -> Response {
    let text = core::str::from_utf8(&request.body).unwrap_or_default();
    let given = if text.trim().is_empty() { Ok(Value::Map(Map::new())) } else { Value::parse(text) };
    let Ok(given) = given else { return refused("the body must be JSON") };
    let (body, list) = match &given {
        Value::Map(map) => (map.clone(), None),
        Value::List(items) => (Map::new(), Some(items)),
        _ => return refused("the body must be an object or a list"),
    };
    let done = |result: Result<(), Error>| match result {
        Ok(()) => json(200, &Value::Map(Map::new())),
        Err(error) => refused(&error.to_string()),
    };
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/_sandbox/") => {
            Response { content_type: "text/html; charset=utf-8", body: console().into(), ..Response::json() }
        }
        ("GET", "/_sandbox/state") => {
            let latest = form::decode(&request.query).text("latest").map_or(Ok(usize::MAX), str::parse);
            latest.map_or_else(
                |_| refused("latest must be a whole number"),
                |latest| json(200, &sandbox.snapshot(clock, latest)),
            )
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
            Some(rules) => done(sandbox.faults(rules)),
            None => refused("the body must be a list of faults"),
        },
        ("POST", "/_sandbox/faults/add") => done(sandbox.add_fault(&given)),
        ("POST", "/_sandbox/faults/remove") => match whole(&body, "place") {
            Some(place) => done(sandbox.remove_fault(usize::try_from(place).unwrap_or(usize::MAX))),
            None => refused("place must be a fault's, from 0, as GET state lists them"),
        },
        _ => json(404, &one("error", CONTROLS.into())),
    }
}

/// The page, with the register's endpoints.
fn console() -> String {
    let names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
    CONSOLE.replace("[/* the register's */]", &format!("{names:?}"))
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
    use super::{CONSOLE, CONTROLS, console};
    use crate::notification::NotificationKind;
    use crate::sandbox::fault::NAMES;

    /// The text between `start` and the end of its line.
    fn line(start: &str) -> &'static str {
        CONSOLE.split_once(start).and_then(|(_, rest)| rest.lines().next()).unwrap()
    }

    #[test]
    fn a_path_that_is_none_hears_of_every_control() {
        let (posts, gets) = CONTROLS.strip_prefix("there are POST ").unwrap().split_once(" and GET ").unwrap();
        for (method, told) in [("POST", posts), ("GET", gets)] {
            let start = format!("(\"{method}\", \"/_sandbox/");
            let arms = include_str!("control.rs").split(start.as_str()).skip(1);
            let known: Vec<_> = arms.filter_map(|arm| arm.split('"').next()).filter(|name| !name.is_empty()).collect();
            let told: Vec<_> = told.split(", ").filter(|name| *name != "events").collect();
            assert!(!known.is_empty() && known.iter().all(|name| told.contains(name)), "{known:?} {told:?}");
            assert_eq!(known.len(), told.len());
        }
    }

    #[test]
    fn the_console_offers_every_fault_endpoint_and_kind() {
        let offered = line("const FAULTS = {");
        for (name, takes) in NAMES {
            let written = [format!("{name}: ["), format!("'{name}': [")];
            let found = written.iter().find_map(|written| offered.split_once(written.as_str())).unwrap().1;
            let parameter = found.split(']').next().unwrap();
            assert_eq!(parameter.split(',').next().unwrap().trim_matches('\''), takes, "{name}");
        }
        assert_eq!(offered.matches(": [").count(), NAMES.len());
        assert!(console().contains("const ENDPOINTS = [\"registerMember\", \"applyInvoice\", "));
        let kinds = line("const KINDS = [").trim_end_matches("];").split(", ");
        assert!(
            kinds.clone().all(|kind| NotificationKind::parse(kind.trim_matches('\'')).is_some()) && kinds.count() == 3
        );
    }
}
