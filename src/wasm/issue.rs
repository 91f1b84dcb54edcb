//! What is wrong with a request, as JavaScript is told it.

use crate::error::{Error, Issue, Rule};
use crate::prelude::*;
use crate::value::{Map, Value};

/// Those that an error of the `ValidationError` class tells; of any other there are none.
pub(super) fn issues_of(error: &Error) -> Value {
    match error {
        Error::Validation(issues) => issues_to_value(issues),
        // A text that is no JSON object has one issue, at no path.
        Error::Json(message) => issues_to_value(&[Issue {
            path: String::new(),
            rule: Rule::Type,
            message: message.clone(),
            label: String::new(),
        }]),
        _ => Value::List(Vec::new()),
    }
}

/// `[{ path, rule, message, label }]`
pub(super) fn issues_to_value(issues: &[Issue]) -> Value {
    let issue = |Issue { path, rule, message, label }: &Issue| {
        let mut fields = Map::new();
        for (name, text) in [("path", path.as_str()), ("rule", rule.as_str()), ("message", message), ("label", label)] {
            fields.push(name, text.into());
        }
        Value::Map(fields)
    };
    Value::List(issues.iter().map(issue).collect())
}
