//! The controls under /_sandbox/: what tests and people do that no distributor can.

use crate::sandbox::{Request, Response, Sandbox};
use crate::value::{Map, Value};

pub(super) fn handle(sandbox: &mut Sandbox, request: &Request, clock: i64) -> Response {
    let given = core::str::from_utf8(&request.body).ok().and_then(|text| Value::parse(text).ok());
    let (body, list) = match given {
        Some(Value::Map(map)) => (map, None),
        Some(Value::List(items)) => (Map::new(), Some(items)),
        _ => (Map::new(), None),
    };
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/_sandbox/state") => json(200, &sandbox.snapshot(clock)),
        ("POST", "/_sandbox/reset") => {
            sandbox.reset();
            json(200, &Value::Map(Map::new()))
        }
        ("POST", "/_sandbox/advance") => match body.get("ms") {
            Some(Value::Number(ms)) if ms.parse::<i64>().is_ok_and(|ms| ms >= 0) => {
                sandbox.advance(ms.parse().unwrap_or_default());
                json(200, &one("now", sandbox.now(clock).into()))
            }
            _ => json(400, &one("error", "ms must be a whole number of milliseconds, 0 or more".into())),
        },
        ("POST", "/_sandbox/pay") => match sandbox.pay(body.text("tempOrderCode").unwrap_or(""), clock) {
            Ok(order_code) => json(200, &one("orderCode", order_code.into())),
            Err(error) => json(400, &one("error", error.to_string().into())),
        },
        ("POST", "/_sandbox/faults") => match list.map(|rules| sandbox.faults(&rules)) {
            Some(Ok(())) => json(200, &Value::Map(Map::new())),
            Some(Err(error)) => json(400, &one("error", error.to_string().into())),
            None => json(400, &one("error", "the body must be a list of faults".into())),
        },
        _ => json(404, &one("error", "there are POST pay, advance, faults, reset and GET state".into())),
    }
}

fn one(name: &str, value: Value) -> Value {
    let mut map = Map::new();
    map.push(name, value);
    Value::Map(map)
}

fn json(status: u16, value: &Value) -> Response {
    Response { status, body: value.to_json(), ..Response::json() }
}
