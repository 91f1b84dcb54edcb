//! A recording as text: JSON that people can read and compare line by line, in the order in which the calls were sent.

use crate::error::Error;
use crate::value::{Map, Value};

/// The file's format: a program that knows only another one must not guess.
const FORMAT: &str = "1";

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) endpoint: Option<String>,
    pub(super) path: String,
    /// The parameters, with people replaced.
    pub(super) request: Map,
    pub(super) outcome: Outcome,
}

/// The outcome of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer came.
    Answer { status: u16, content_type: String, retry_after: Option<String>, body: Body },
    /// No answer came. The kind is `connection`, with the system's code; `unsent` if there was no connection to send
    /// over; or `aborted`, by the caller or its time limit.
    Failure { kind: String, code: Option<String> },
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    /// The platform's reply.
    Reply(Map),
    /// The beginning of anything else.
    Text(String),
}

/// The whole file.
pub(super) fn write<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let mut file = Map::new();
    file.push("aigoboRecording", Value::Number(FORMAT.into()));
    file.push("calls", Value::List(entries.map(|entry| Value::Map(entry.to_map())).collect()));
    let mut text = String::new();
    pretty(&Value::Map(file), 0, &mut text);
    text.push('\n');
    text
}

/// The calls of a file.
///
/// # Errors
/// [`Error::Config`] about `file`.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, Error> {
    let wrong = |what: &str| Error::config("file", format!("{what}; record it again"));
    let file = Map::parse(text).map_err(|error| wrong(&format!("is no recording ({error})")))?;
    match file.get("aigoboRecording") {
        Some(Value::Number(format)) if format == FORMAT => {}
        Some(_) => return Err(wrong("was written by another version")),
        None => return Err(wrong("is no recording")),
    }
    let Some(Value::List(calls)) = file.get("calls") else { return Err(wrong("has no list of calls")) };
    calls.iter().map(|call| Entry::from_value(call).ok_or_else(|| wrong("holds something that is no call"))).collect()
}

impl Entry {
    fn to_map(&self) -> Map {
        let mut map = Map::new();
        if let Some(endpoint) = &self.endpoint {
            map.push("endpoint", endpoint.as_str().into());
        }
        map.push("path", self.path.as_str().into());
        map.push("request", Value::Map(self.request.clone()));
        match &self.outcome {
            Outcome::Answer { status, content_type, retry_after, body } => {
                map.push("status", i64::from(*status).into());
                map.push("contentType", content_type.as_str().into());
                if let Some(retry_after) = retry_after {
                    map.push("retryAfter", retry_after.as_str().into());
                }
                match body {
                    Body::Reply(reply) => map.push("reply", Value::Map(reply.clone())),
                    Body::Text(text) => map.push("body", text.as_str().into()),
                }
            }
            Outcome::Failure { kind, code } => {
                map.push("failure", kind.as_str().into());
                if let Some(code) = code {
                    map.push("code", code.as_str().into());
                }
            }
        }
        map
    }

    fn from_value(value: &Value) -> Option<Self> {
        let Value::Map(map) = value else { return None };
        let owned = |name: &str| map.text(name).map(str::to_owned);
        let Some(Value::Map(request)) = map.get("request") else { return None };
        let outcome = match (owned("failure"), map.get("status")) {
            (Some(kind), None) => Outcome::Failure { kind, code: owned("code") },
            (None, Some(Value::Number(status))) => Outcome::Answer {
                status: status.parse().ok().filter(|status| (200..600).contains(status))?,
                content_type: owned("contentType")?,
                retry_after: owned("retryAfter"),
                body: match (map.get("reply"), owned("body")) {
                    (Some(Value::Map(reply)), None) => Body::Reply(reply.clone()),
                    (None, Some(text)) => Body::Text(text),
                    _ => return None,
                },
            },
            _ => return None,
        };
        Some(Self { endpoint: owned("endpoint"), path: owned("path")?, request: request.clone(), outcome })
    }
}

/// Writes one field per line. Numbers keep their digits, which JavaScript's own formatting would change.
fn pretty(value: &Value, depth: usize, out: &mut String) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    match value {
        Value::Map(map) if !map.is_empty() => {
            out.push('{');
            for (index, (name, value)) in map.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(depth + 1, out);
                Value::from(name).write_json(out);
                out.push_str(": ");
                pretty(value, depth + 1, out);
            }
            line(depth, out);
            out.push('}');
        }
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                line(depth + 1, out);
                pretty(item, depth + 1, out);
            }
            line(depth, out);
            out.push(']');
        }
        _ => value.write_json(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let request = Map::parse(r#"{"b":[],"a":{"x":12.30,"y":[{"z":null}]}}"#).unwrap();
        let entry =
            |outcome| Entry { endpoint: Some("e".into()), path: "/p".into(), request: request.clone(), outcome };
        let entries = [
            entry(Outcome::Answer {
                status: 200,
                content_type: "c".into(),
                retry_after: None,
                body: Body::Reply(request.clone()),
            }),
            entry(Outcome::Answer {
                status: 503,
                content_type: "".into(),
                retry_after: Some("1".into()),
                body: Body::Text("<p>".into()),
            }),
            entry(Outcome::Failure { kind: "connection".into(), code: Some("ECONNRESET".into()) }),
            Entry { endpoint: None, ..entry(Outcome::Failure { kind: "aborted".into(), code: None }) },
        ];
        let text = write(entries.iter());
        assert_eq!(read(&text).unwrap(), entries);
        assert!(text.contains("\n        \"a\": {\n          \"x\": 12.30,\n"), "{text}");
        assert!(read(&write([].into_iter())).unwrap().is_empty());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"aigoboRecording":2,"calls":[]}"#,
            r#"{"aigoboRecording":1}"#,
            r#"{"aigoboRecording":1,"calls":[{}]}"#,
        ] {
            assert!(matches!(read(text), Err(Error::Config { option, .. }) if option == "file"), "{text}");
        }
    }
}
