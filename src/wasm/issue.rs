//! What is wrong with a request, as JavaScript is told it.

use crate::error::Issue;
use crate::value::{Map, Value};

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
