//! Decides which texts of a request or reply are replaced: those that the endpoints' tables name, and all that the
//! tables do not know.

use std::borrow::Cow;

use crate::form;
use crate::mask::held;
use crate::model::{Field, Kind, Schema, Shape};
use crate::recording::address::{Address, is_plain};
use crate::recording::pseudonym::Pseudonyms;
use crate::sandbox::default;
use crate::spelling::is_field_name;
use crate::value::{Map, Value};

/// Fields that say which member, order or policy is meant.
const IDS: [&str; 6] = ["memberId", "outSerialNo", "orderCode", "tempOrderCode", "policyCode", "policyCodes"];
/// Addresses that the tables declare as plain text.
const ADDRESSES: [&str; 5] = ["url", "orderListUrl", "invoiceUrl", "policyUrl", "certificateUrl"];

/// How a field is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// Says who somebody is or which contract is meant. It is replaced, and compared by what it stands for.
    Replaced,
    /// An address: its secrets are replaced, and only the rest is compared.
    Address,
    /// The account's code: replaced by the sandbox's.
    Code,
    /// Says nothing about anybody.
    Kept,
}

pub(super) fn treatment(field: &Field) -> Treatment {
    match field.spec {
        spec if spec.personal => Treatment::Replaced,
        spec if matches!(spec.kind, Kind::Url) => Treatment::Address,
        spec if spec.fill.is_some() => Treatment::Code,
        // The value is not the object that the table expects.
        _ if inner(field).is_some() => Treatment::Replaced,
        _ if IDS.contains(&field.name) => Treatment::Replaced,
        _ if ADDRESSES.contains(&field.name) => Treatment::Address,
        _ => Treatment::Kept,
    }
}

/// The field with that name or alias.
pub(super) fn field_of(schema: Option<&'static Schema>, name: &str) -> Option<&'static Field> {
    schema?.fields.iter().find(|field| field.name == name || field.spec.alias == Some(name))
}

/// Whether a name may be that of a person, or a number of theirs: no table has it, and a program would hardly choose it.
pub(super) fn is_somebody(schema: Option<&'static Schema>, name: &str) -> bool {
    field_of(schema, name).is_none() && !is_field_name(name)
}

/// A single digit, or its negative, in a field that no table has stays: it is a kind or a count. A longer number may be
/// somebody's.
pub(super) fn is_digit(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.trim_start_matches('-').len() == 1)
}

/// The objects in a field.
pub(super) fn inner(field: &Field) -> Option<&'static Schema> {
    match field.spec.kind {
        Kind::Object(schema) | Kind::List(schema) => Some(schema),
        _ => None,
    }
}

/// The object or list that a text holds as JSON; any other value unchanged.
pub(super) fn opened(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Text(text) => held(text).map_or(Cow::Borrowed(value), |json| Cow::Owned(json.root().to_value())),
        _ => Cow::Borrowed(value),
    }
}

impl Pseudonyms {
    /// An object with its people replaced, those that are its keys included. Nothing is known about an object without a
    /// schema, so every text in it is replaced.
    pub(super) fn map(&mut self, schema: Option<&'static Schema>, map: &Map) -> Map {
        map.iter().map(|(name, value)| (self.name(schema, name), self.field(field_of(schema, name), value))).collect()
    }

    /// The name of an object's entry.
    pub(super) fn name(&mut self, schema: Option<&'static Schema>, name: &str) -> String {
        if is_somebody(schema, name) { self.of(name) } else { name.to_owned() }
    }

    /// The value of a field. An unknown field may hold anything.
    pub(super) fn field(&mut self, field: Option<&'static Field>, value: &Value) -> Value {
        if let Cow::Owned(inside) = opened(value) {
            return Value::Text(self.field(field, &inside).to_json());
        }
        match (field, value) {
            (Some(field), Value::Map(map)) => Value::Map(self.map(inner(field), map)),
            (_, Value::Map(map)) => Value::Map(self.map(None, map)),
            (_, Value::List(items)) => {
                let schema = field.and_then(inner);
                Value::List(items.iter().map(|item| self.item(field, schema, item)).collect())
            }
            (_, Value::Null | Value::Bool(_)) => value.clone(),
            (Some(field), Value::Text(text)) => match treatment(field) {
                Treatment::Replaced => Value::Text(self.of(text)),
                Treatment::Address => Value::Text(self.address(text)),
                Treatment::Code => Value::Text(default(field.name).to_owned()),
                Treatment::Kept => value.clone(),
            },
            (Some(field), Value::Number(number)) if treatment(field) == Treatment::Replaced => {
                Value::Number(self.of(number))
            }
            (Some(_), Value::Number(_)) => value.clone(),
            (None, Value::Text(text)) => Value::Text(self.of(text)),
            (None, Value::Number(_)) if is_digit(value) => value.clone(),
            (None, Value::Number(number)) => Value::Number(self.of(number)),
        }
    }

    /// The `data` of a reply.
    pub(super) fn data(&mut self, shape: Option<Shape>, data: &Value) -> Value {
        match (shape, data) {
            (Some(Shape::One(schema) | Shape::Many(schema)), Value::Map(map)) => {
                Value::Map(self.map(Some(schema), map))
            }
            (Some(Shape::Many(schema)), Value::List(items)) => {
                Value::List(items.iter().map(|item| self.item(None, Some(schema), item)).collect())
            }
            (_, other) => self.field(None, other),
        }
    }

    /// An item of a list of objects. A reply may give a bare text instead.
    fn item(&mut self, field: Option<&'static Field>, schema: Option<&'static Schema>, item: &Value) -> Value {
        match (item, schema.and_then(|schema| schema.bare)) {
            (Value::Map(map), _) => Value::Map(self.map(schema, map)),
            (Value::Text(_), Some(name)) => self.field(field_of(schema, name), item),
            _ => self.field(field, item),
        }
    }

    /// The host and the names stay; anything that can be a token, a code or a person is replaced, in the path too.
    pub(super) fn address(&mut self, url: &str) -> String {
        match Address::parse(url) {
            Some(address) => address.with(|part| self.word(part)),
            None => self.of(url),
        }
    }

    /// Part of an address: a short lower-case word is a name that a program chose; anything else may identify somebody.
    fn word(&mut self, part: &str) -> String {
        let (stem, ending) = match part.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 4 => (stem, format!(".{ending}")),
            _ => (part, String::new()),
        };
        if is_plain(stem) {
            return part.to_owned();
        }
        let meant = form::decode(&format!("a={stem}")).text("a").unwrap_or(stem).to_owned();
        let mut shown = String::new();
        form::escape(&self.of(&meant), &mut shown);
        shown + &ending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::ENDPOINTS;
    use crate::secret::Credentials;

    fn names() -> Pseudonyms {
        Pseudonyms::of_account(&Credentials::parse("token", "12345678", "secret").unwrap()).unwrap()
    }

    fn kept(schema: &'static Schema, found: &mut Vec<&'static str>) {
        for field in schema.fields {
            match field.spec.kind {
                Kind::Object(inner) | Kind::List(inner) => kept(inner, found),
                Kind::Text | Kind::Texts if treatment(field) == Treatment::Kept => found.push(field.name),
                _ => {}
            }
        }
    }

    /// A new field is recorded unchanged only after somebody has looked at it.
    #[test]
    fn what_is_kept_was_looked_at() {
        let mut found = Vec::new();
        for endpoint in ENDPOINTS {
            kept(endpoint.request, &mut found);
            if let Some(schema) = endpoint.reply.schema() {
                kept(schema, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        assert_eq!(
            found,
            [
                "benefitType",
                "city",
                "companyName",
                "createTime",
                "enterpriseCredType",
                "holderCredType",
                "insuranceCompanyLogo",
                "isGroup",
                "planCode",
                "planName",
                "productCode",
                "productName",
                "province",
                "safeguardPeriod",
            ]
        );
    }

    #[test]
    fn of_an_address_host_and_names_stay() {
        let mut names = names();
        let member = names.of("106225");
        let shown = names.address("https://u:p@shop.example.com:8443/hooks/deliver?kind=deliver&memberId=106225&token=Zm9vYmFyYmF6cXV4&page=18#done");
        assert!(
            shown.starts_with(&format!(
                "https://shop.example.com:8443/hooks/deliver?kind=deliver&memberId={member}&token="
            )),
            "{shown}"
        );
        assert!(shown.ends_with("&page=18#done") && !shown.contains("Zm9v") && !shown.contains("u:p"), "{shown}");
        let file = names.address("//static.example.com/policy/PDAA20210718000001.pdf?name=%E7%8E%8B%E5%B0%8F%E6%98%8E");
        assert!(
            file.starts_with("//static.example.com/policy/")
                && file.contains(".pdf?name=%E")
                && !file.contains("PDAA2021")
                && !file.contains("%E5%B0%8F%E6%98%8E"),
            "{file}"
        );
    }
}
