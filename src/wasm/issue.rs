//! The issues of a request, in the form JavaScript gets.

use crate::error::{Error, Issue, Rule};
use crate::prelude::*;
use crate::value::{Map, Value};

/// The issues of an error of the `ValidationError` class; any other error has none.
pub(super) fn issues_of(error: &Error) -> Value {
    match error {
        Error::Validation(issues) => issues_to_value(issues),
        // A text that is not a JSON object has one issue, without a path.
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
