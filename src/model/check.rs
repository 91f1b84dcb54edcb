//! A request against its schema: every fault at once, and the request as it will be signed.

use crate::error::{Issue, Rule};
use crate::model::at::At;
use crate::model::{Choice, Field, FieldRule, Fill, Kind, Schema};
use crate::prelude::*;
use crate::spelling::nearest;
use crate::types::{is_http_url, parse_date};
use crate::value::{Map, Value};

/// How strictly to check, and what to fill in.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Let texts be longer than the document says: not all of its figures are real.
    pub ignore_lengths: bool,
    /// The client's own codes.
    pub fills: Fills,
}

/// The client's own codes, filled into requests that leave them out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fills {
    /// `distrCode` 分销商编号
    pub distr_code: Option<String>,
    /// `employeeCode` 销售人员推荐码
    pub employee_code: Option<String>,
    /// `invitateCode` 分销商推荐码
    pub invitate_code: Option<String>,
}

impl Fills {
    fn get(&self, fill: Fill) -> Option<Value> {
        let text = match fill {
            Fill::DistrCode => &self.distr_code,
            Fill::EmployeeCode => &self.employee_code,
            Fill::InvitateCode => &self.invitate_code,
        };
        text.as_deref().map(Value::from)
    }
}

/// Checks `body` and returns it as it is signed and sent: the schema's order, empties left out (nested too),
/// integer choices as integers, the client's codes filled in.
///
/// # Errors
/// Every [`Issue`] at once.
pub fn check(schema: &Schema, body: Map, options: &CheckOptions) -> Result<Map, Vec<Issue>> {
    let mut checker = Checker { options, issues: Vec::new() };
    let checked = checker.object(schema, body, &At::Whole(""));
    if checker.issues.is_empty() { Ok(checked) } else { Err(checker.issues) }
}

struct Checker<'a> {
    options: &'a CheckOptions,
    issues: Vec<Issue>,
}

impl Checker<'_> {
    fn object(&mut self, schema: &Schema, mut body: Map, at: &At<'_>) -> Map {
        let mut checked = Map::new();
        for field in schema.fields {
            let path = At::Field(at, field.name);
            let given = body.take(field.name).filter(|value| !value.is_empty());
            let value = given.or_else(|| field.spec.fill.and_then(|fill| self.options.fills.get(fill)));
            match value {
                Some(value) => {
                    let value = self.field(field, value, &path);
                    // An object of nothing but empties is itself empty.
                    if !value.is_empty() {
                        checked.push(field.name, value);
                    }
                }
                None if field.required => self.report(&path, Rule::Required, missing(field), field.label),
                None => {}
            }
        }
        for rule in schema.rules {
            self.rule(schema, rule, &checked, at);
        }
        for (name, _) in body.iter().filter(|(name, _)| schema.fields.iter().all(|field| field.name != *name)) {
            self.report(&At::Field(at, name), Rule::Unknown, unknown(schema, name), "");
        }
        checked
    }

    fn field(&mut self, field: &Field, value: Value, path: &At<'_>) -> Value {
        let spec = &field.spec;
        match (spec.kind, value) {
            (Kind::Text | Kind::Status(_), Value::Text(text)) => self.text(field, text, path),
            (Kind::Date, Value::Text(text)) => {
                if parse_date(&text).is_none() {
                    self.report(path, Rule::Date, "must be a date that exists, as yyyy-MM-dd".into(), field.label);
                }
                Value::Text(text)
            }
            (Kind::Url, Value::Text(text)) => {
                if !is_http_url(&text) {
                    let message = "must be an absolute address that starts with https:// or http://".into();
                    self.report(path, Rule::Url, message, field.label);
                }
                self.text(field, text, path)
            }
            (Kind::TextChoice(choices), Value::Text(text)) => {
                if choices.iter().all(|choice| choice.wire != text) {
                    self.report(path, Rule::Choice, one_of(choices, "'"), field.label);
                }
                Value::Text(text)
            }
            (Kind::IntegerChoice(choices), Value::Number(text) | Value::Text(text)) => {
                if choices.iter().all(|choice| choice.wire != text) {
                    self.report(path, Rule::Choice, one_of(choices, ""), field.label);
                }
                Value::Number(text)
            }
            (Kind::Texts, Value::List(items)) => self.items(field, items, path, |this, item, at| match item {
                Value::Text(text) => this.text(field, text, at),
                other => this.mistyped(field, "text", other, at),
            }),
            (Kind::Object(schema), Value::Map(map)) => Value::Map(self.object(schema, map, path)),
            (Kind::List(schema), Value::List(items)) => self.items(field, items, path, |this, item, at| match item {
                Value::Map(map) => Value::Map(this.object(schema, map, at)),
                other => this.mistyped(field, "an object", other, at),
            }),
            (kind, other) => self.mistyped(field, expected(kind), other, path),
        }
    }

    /// An empty item would be printed into the signature, and leaving it out would shift its neighbours.
    fn items(
        &mut self,
        field: &Field,
        items: Vec<Value>,
        path: &At<'_>,
        one: impl Fn(&mut Self, Value, &At<'_>) -> Value,
    ) -> Value {
        let checked = items.into_iter().enumerate().map(|(index, item)| {
            let at = At::Item(path, index);
            let value = if item.is_empty() { item } else { one(self, item, &at) };
            if value.is_empty() {
                self.report(&at, Rule::Required, "is empty; fill it in or remove it from the list".into(), field.label);
            }
            value
        });
        Value::List(checked.collect())
    }

    fn text(&mut self, field: &Field, text: String, path: &At<'_>) -> Value {
        let max = field.spec.max.filter(|_| !self.options.ignore_lengths);
        let length = text.chars().count();
        if let Some(max) = max.filter(|max| length > *max) {
            let message =
                format!("has {length} characters, at most {max} are allowed (enforceLengths: false turns this off)");
            self.report(path, Rule::Length, message, field.label);
        }
        Value::Text(text)
    }

    fn mistyped(&mut self, field: &Field, expected: &str, value: Value, path: &At<'_>) -> Value {
        let message = format!("must be {expected}, not {}", value.kind());
        self.report(path, Rule::Type, message, field.label);
        value
    }

    fn rule(&mut self, schema: &Schema, rule: &FieldRule, checked: &Map, at: &At<'_>) {
        let label = |name: &str| schema.fields.iter().find(|field| field.name == name).map_or("", |field| field.label);
        match *rule {
            FieldRule::RequiredWhen { field, when, is } => {
                let decides = matches!(checked.get(when), Some(Value::Number(wire) | Value::Text(wire)) if wire == is);
                if decides && checked.get(field).is_none() {
                    self.report(
                        &At::Field(at, field),
                        Rule::Required,
                        format!("is required when {when} is {is}"),
                        label(field),
                    );
                }
            }
            FieldRule::NotAfter { start, end } => {
                let date = |name| checked.text(name).and_then(parse_date);
                if let (Some(first), Some(last)) = (date(start), date(end))
                    && first > last
                {
                    self.report(&At::Field(at, end), Rule::Order, format!("must not be before {start}"), label(end));
                }
            }
        }
    }

    fn report(&mut self, at: &At<'_>, rule: Rule, message: String, label: &str) {
        self.issues.push(Issue { path: at.to_string(), rule, message, label: label.to_owned() });
    }
}

fn missing(field: &Field) -> String {
    match field.spec.fill {
        Some(_) => format!("is required; give it here or give {} to the Client", field.name),
        None => "is required".into(),
    }
}

/// Names the field that was most likely meant. The unknown name is the caller's own and no buyer's data.
fn unknown(schema: &Schema, name: &str) -> String {
    let by_alias = schema.fields.iter().find(|field| field.spec.alias == Some(name)).map(|field| field.name);
    match by_alias.or_else(|| nearest(name, schema.fields.iter().map(|field| field.name))) {
        Some(meant) => format!("is not a field of {}; did you mean {meant}?", schema.name),
        None => format!("is not a field of {}; remove it", schema.name),
    }
}

fn one_of(choices: &[Choice], quote: &str) -> String {
    let list: Vec<_> =
        choices.iter().map(|choice| format!("{quote}{}{quote} ({})", choice.wire, choice.label)).collect();
    format!("must be one of {}", list.join(", "))
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Status(_) | Kind::TextChoice(_) | Kind::Date | Kind::Url => "text",
        Kind::Integer | Kind::IntegerChoice(_) => "an integer",
        Kind::Amount => "an amount",
        Kind::Texts => "a list of texts",
        Kind::Object(_) => "an object",
        Kind::List(_) => "a list of objects",
    }
}
