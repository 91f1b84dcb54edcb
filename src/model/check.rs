//! Checks a request against its schema: reports every fault at once and returns the request as it will be signed.

use crate::error::{Issue, Rule};
use crate::model::at::At;
use crate::model::{Choice, Field, FieldRule, Fill, Kind, Schema};
use crate::prelude::*;
use crate::spelling::{is_field_name, nearest};
use crate::types::{is_http_url, parse_date};
use crate::value::{Json, JsonKind, Splice, Value, View, mistyped};

/// How strictly to check, and what to fill in.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Accept texts longer than the document says: not all of its limits are real.
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
    fn get(&self, fill: Fill) -> Option<&str> {
        let text = match fill {
            Fill::DistrCode => &self.distr_code,
            Fill::EmployeeCode => &self.employee_code,
            Fill::InvitateCode => &self.invitate_code,
        };
        text.as_deref()
    }
}

/// Checks `body`, an object, and returns it in the form that is signed and sent: compact, in the schema's order,
/// without empty fields (nested ones included), with integer choices as integers and the client's codes filled in.
///
/// # Errors
/// Every [`Issue`] at once.
pub fn check(schema: &Schema, body: &Json, options: &CheckOptions) -> Result<String, Vec<Issue>> {
    let mut checker = Checker { options, issues: Vec::new(), checked: body.root().splice() };
    checker.object(schema, body.root(), &At::Whole(""));
    if checker.issues.is_empty() { Ok(checker.checked.finish()) } else { Err(checker.issues) }
}

struct Checker<'a> {
    options: &'a CheckOptions,
    issues: Vec<Issue>,
    checked: Splice<'a>,
}

impl Checker<'_> {
    /// Returns whether the object has content: an object that holds only empty values is itself empty.
    fn object(&mut self, schema: &Schema, body: View<'_>, at: &At<'_>) -> bool {
        self.checked.push("{");
        let (mut last, mut known, mut empty) = (None, 0, true);
        for field in schema.fields {
            let path = At::Field(at, field.name);
            let entry = body.entry(field.name, last);
            if let Some((name, _)) = entry {
                (last, known) = (Some(name), known + 1);
            }
            let before = self.checked.mark();
            let given = entry.filter(|(_, value)| !value.is_empty());
            let fill = field.spec.fill.and_then(|fill| self.options.fills.get(fill)).filter(|code| !code.is_empty());
            let filled = match (given, fill) {
                (Some((name, value)), _) => {
                    self.checked.name(field.name, Some(name.node()), empty);
                    self.field(field, value, &path)
                }
                (None, Some(code)) => {
                    self.checked.name(field.name, None, empty);
                    self.checked.push(&Value::from(code).to_json());
                    self.length(field, code, &path);
                    true
                }
                (None, None) => {
                    if field.required {
                        self.report(&path, Rule::Required, missing(field), field.label);
                    }
                    false
                }
            };
            if filled {
                empty = false;
            } else {
                self.checked.back(before);
            }
        }
        self.checked.push("}");
        for rule in schema.rules {
            self.rule(schema, rule, body, at);
        }
        if body.count() > known {
            let names = body.entries().filter_map(|(name, _)| name.text());
            for name in names.filter(|name| schema.fields.iter().all(|field| field.name != *name)) {
                let shown = if is_field_name(&name) { &name } else { "***" };
                self.report(&At::Field(at, shown), Rule::Unknown, unknown(schema, &name), "");
            }
        }
        !empty
    }

    /// Returns whether the field has content.
    fn field(&mut self, field: &Field, value: View<'_>, path: &At<'_>) -> bool {
        let kind = field.spec.kind;
        match (kind, value.kind()) {
            (Kind::Object(schema), JsonKind::Map) => return self.object(schema, value, path),
            (Kind::List(_) | Kind::Texts, JsonKind::List) => self.items(field, value, path),
            (Kind::IntegerChoice(choices), JsonKind::Number | JsonKind::Text | JsonKind::Escaped) => {
                let wire = value.scalar().unwrap_or_default();
                if choices.iter().all(|choice| choice.wire != wire) {
                    self.report(path, Rule::Choice, one_of(choices, ""), field.label);
                }
                self.checked.push(&wire);
            }
            (
                Kind::Text | Kind::Status(_) | Kind::TextChoice(_) | Kind::Date | Kind::Url,
                JsonKind::Text | JsonKind::Escaped,
            ) => self.text(field, value, path),
            _ => self.mistyped(field, expected(kind), value, path),
        }
        true
    }

    /// An empty item would appear in the signature, and leaving it out would shift the items after it.
    fn items(&mut self, field: &Field, list: View<'_>, path: &At<'_>) {
        self.checked.push("[");
        for (index, item) in list.inside().enumerate() {
            let at = At::Item(path, index);
            if index > 0 {
                self.checked.push(",");
            }
            let filled = !item.is_empty()
                && match (field.spec.kind, item.kind()) {
                    (Kind::List(schema), JsonKind::Map) => self.object(schema, item, &at),
                    (Kind::Texts, JsonKind::Text | JsonKind::Escaped) => {
                        self.text(field, item, &at);
                        true
                    }
                    (kind, _) => {
                        let expected = if matches!(kind, Kind::Texts) { "text" } else { "an object" };
                        self.mistyped(field, expected, item, &at);
                        true
                    }
                };
            if !filled {
                self.report(&at, Rule::Required, "is empty; fill it in or remove it from the list".into(), field.label);
            }
        }
        self.checked.push("]");
    }

    fn text(&mut self, field: &Field, value: View<'_>, path: &At<'_>) {
        let text = value.text().unwrap_or_default();
        match field.spec.kind {
            Kind::Date if parse_date(&text).is_none() => {
                self.report(path, Rule::Date, "must be a date that exists, as yyyy-MM-dd".into(), field.label);
            }
            Kind::Url if !is_http_url(&text) => {
                let message = "must be an absolute address that starts with https:// or http://".into();
                self.report(path, Rule::Url, message, field.label);
            }
            Kind::TextChoice(choices) if choices.iter().all(|choice| choice.wire != text) => {
                self.report(path, Rule::Choice, one_of(choices, "'"), field.label);
            }
            _ => {}
        }
        self.length(field, &text, path);
        value.write(&mut self.checked);
    }

    fn length(&mut self, field: &Field, text: &str, path: &At<'_>) {
        let max = field.spec.max.filter(|_| !self.options.ignore_lengths);
        // A text never has more characters than bytes.
        if let Some(max) = max.filter(|max| text.len() > *max)
            && let length = text.chars().count()
            && length > max
        {
            let message =
                format!("has {length} characters, at most {max} are allowed (enforceLengths: false turns this off)");
            self.report(path, Rule::Length, message, field.label);
        }
    }

    fn mistyped(&mut self, field: &Field, expected: &str, value: View<'_>, path: &At<'_>) {
        self.report(path, Rule::Type, mistyped(expected, value.what()), field.label);
    }

    fn rule(&mut self, schema: &Schema, rule: &FieldRule, body: View<'_>, at: &At<'_>) {
        let label = |name: &str| schema.fields.iter().find(|field| field.name == name).map_or("", |field| field.label);
        match *rule {
            FieldRule::RequiredWhen { field, when, is } => {
                let decides = body.get(when).and_then(View::scalar).is_some_and(|wire| wire == is);
                if decides && body.get(field).is_none_or(View::is_empty) {
                    self.report(
                        &At::Field(at, field),
                        Rule::Required,
                        format!("is required when {when} is {is}"),
                        label(field),
                    );
                }
            }
            FieldRule::NotAfter { start, end } => {
                let date = |name| parse_date(&body.get(name)?.text()?);
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

/// Names the field that was most likely meant, but not the one that was given: it may be a buyer.
fn unknown(schema: &Schema, name: &str) -> String {
    let by_alias = schema.fields.iter().find(|field| field.spec.alias == Some(name)).map(|field| field.name);
    match by_alias.or_else(|| nearest(name, schema.fields.iter().map(|field| field.name))) {
        Some(meant) => format!("is not a field of {}; did you mean {meant}?", schema.name),
        None => format!("is not a field of {}; remove it", schema.name),
    }
}

fn one_of(choices: &[Choice], quote: &str) -> String {
    let mut list = String::from("must be one of ");
    for (index, choice) in choices.iter().enumerate() {
        let between = if index > 0 { ", " } else { "" };
        list.extend([between, quote, choice.wire, quote, " (", choice.label, ")"]);
    }
    list
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
