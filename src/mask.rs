//! What must not be shown of a call: the keys, and the people in it. For the few foreign texts that enter an error.

use alloc::borrow::Cow;

use crate::canonical::Body;
use crate::endpoints::ENDPOINTS;
use crate::model::{Kind, Schema};
use crate::prelude::*;
use crate::resident_id;
use crate::secret::Credentials;
use crate::spelling::{longest_first, replace};
use crate::upper::upper_case;
use crate::value::{Json, JsonKind, Map, Value, View};

const SHOWN: &str = "***";

/// The secrets and people of one call, looked up when something is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Mask<'a> {
    credentials: &'a Credentials,
    schema: Option<&'static Schema>,
    body: &'a Body,
}

impl<'a> Mask<'a> {
    /// The people are found by the schema's personal fields. Of a body without a schema every text is one.
    pub fn new(credentials: &'a Credentials, schema: Option<&'static Schema>, body: &'a Body) -> Self {
        Self { credentials, schema, body }
    }

    /// `text` without them, nor anything that looks like a mobile number, a resident id or a mail address.
    pub fn hide(&self, text: &str) -> String {
        let mut shown = self.credentials.mask(text);
        // Read again, since hardly ever anything is to be shown.
        let Ok(body) = Json::parse(self.body.as_str().to_owned()) else { return SHOWN.into() };
        let mut people = Vec::new();
        match self.schema {
            Some(schema) => personal(schema, body.root(), &mut people),
            None => texts(body.root(), &mut people),
        }
        // A single character is everywhere.
        for person in longest_first(people.iter().map(|text| &**text).filter(|text| text.chars().nth(1).is_some())) {
            // The signing string is in upper case, and a refusal may quote it.
            for form in [person.to_owned(), upper_case(person)] {
                shown = replace(&shown, &form, SHOWN);
            }
        }
        hide_lookalikes(&shown)
    }
}

/// `body` with its people hidden, where nobody knows which endpoint it was sent to: of the fields that some request has
/// and that are never personal the texts stay, unless they look like a person; everything else is hidden.
pub fn without_people(body: &Map) -> Map {
    let mut shown = Map::new();
    for (name, value) in body.iter() {
        shown.push(name, hide_value(value, is_harmless(name)));
    }
    shown
}

fn hide_value(value: &Value, harmless: bool) -> Value {
    match value {
        Value::Map(map) => Value::Map(without_people(map)),
        Value::List(items) => Value::List(items.iter().map(|item| hide_value(item, harmless)).collect()),
        Value::Text(text) if harmless || text.is_empty() => Value::Text(hide_lookalikes(text)),
        Value::Number(number) if harmless && !is_person(number) => value.clone(),
        Value::Text(_) | Value::Number(_) => Value::Text(SHOWN.into()),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

/// Whether requests have a field of this name, and none has it for a person.
fn is_harmless(name: &str) -> bool {
    let mut uses = Vec::new();
    ENDPOINTS.iter().for_each(|endpoint| uses_of(name, endpoint.request, &mut uses));
    !uses.is_empty() && !uses.contains(&true)
}

fn uses_of(name: &str, schema: &Schema, uses: &mut Vec<bool>) {
    for field in schema.fields {
        if field.name == name {
            uses.push(field.spec.personal);
        }
        if let Kind::Object(inner) | Kind::List(inner) = field.spec.kind {
            uses_of(name, inner, uses);
        }
    }
}

fn personal<'a>(schema: &Schema, body: View<'a>, found: &mut Vec<Cow<'a, str>>) {
    for field in schema.fields {
        let Some(value) = body.get(field.name) else { continue };
        match field.spec.kind {
            Kind::Object(inner) => personal(inner, value, found),
            Kind::List(inner) => value.inside().for_each(|item| personal(inner, item, found)),
            _ if field.spec.personal => texts(value, found),
            _ => {}
        }
    }
}

fn texts<'a>(value: View<'a>, found: &mut Vec<Cow<'a, str>>) {
    found.extend(value.scalar());
    match value.kind() {
        JsonKind::List => value.inside().for_each(|item| texts(item, found)),
        JsonKind::Map => value.entries().for_each(|(_, item)| texts(item, found)),
        _ => {}
    }
}

/// `text` without what looks like a person's.
fn hide_lookalikes(text: &str) -> String {
    replace_people(text, |_| SHOWN.to_owned())
}

/// `text` with another word for each that looks like a person's. Words are of ASCII letters, digits and what a mail
/// address holds; everything between them stays.
pub(crate) fn replace_people(text: &str, mut other: impl FnMut(&str) -> String) -> String {
    let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !of_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let bare = word.trim_matches(['.', '-', '_', '+']);
        if is_person(bare) {
            shown.push_str(&other(bare));
        } else {
            shown.push_str(word);
        }
        let next = after.find(of_word).unwrap_or(after.len());
        let (between, following) = after.split_at_checked(next).unwrap_or((after, ""));
        shown.push_str(between);
        rest = following;
    }
    shown
}

fn is_person(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = digits && word.len() == 11 && matches!(word.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    mobile || mail || resident_id::parse(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::by_name;

    fn keys() -> Credentials {
        Credentials::parse("tok-1", "deskey-12", "md5-3").unwrap()
    }

    #[test]
    fn keys_and_people_are_hidden_and_codes_are_not() {
        let body = Body::parse(
            r#"{"mobile":"013800","memberId":"M77","productCode":"200437",
                "holderInfo":{"holderName":"王小明","holderCardType":"1"},"insuredInfoList":[{"insuredName":"straße"}]}"#
                .into(),
        )
        .unwrap();
        let keys = keys();
        let mask = Mask::new(&keys, by_name("createPreOrder").map(|endpoint| endpoint.request), &body);
        assert_eq!(
            mask.hide("200437 王小明 (013800) STRASSE tok-1 of M77: holderCardType 1"),
            "200437 *** (***) *** *** of M77: holderCardType 1"
        );
        let untyped = Mask::new(&keys, None, &body);
        assert_eq!(untyped.hide("200437 王小明 M77"), "*** *** ***");
    }

    #[test]
    fn what_looks_like_a_person_is_hidden() {
        let (keys, body) = (keys(), Body::from(&Map::new()));
        let mask = Mask::new(&keys, None, &body);
        assert_eq!(
            mask.hide("手机13800000001已注册, a.b@example.com, 11010119900307001X; 订单1011202107180001 (plan 13800)."),
            "手机***已注册, ***, ***; 订单1011202107180001 (plan 13800)."
        );
    }

    #[test]
    fn of_a_body_from_nowhere_only_what_is_known_to_be_harmless_is_shown() {
        let body = Map::parse(
            r#"{"memberId":"M77","payType":2,"mobile":"013800","holderInfo":{"holderName":"王小明","holderCardType":"1"},
                "insuredInfoList":[{"insuredName":"李四","insuredRelation":"1","nickname":"小四"}],"policyCodes":["P1"],
                "productName":"for a.b@example.com","returnPage":"","age":44,"vip":true,"note":null,"txnStatus":13800000001}"#,
        )
        .unwrap();
        assert_eq!(
            without_people(&body).to_json(),
            r#"{"memberId":"M77","payType":2,"mobile":"***","holderInfo":{"holderName":"***","holderCardType":"1"},"insuredInfoList":[{"insuredName":"***","insuredRelation":"1","nickname":"***"}],"policyCodes":["P1"],"productName":"for ***","returnPage":"","age":"***","vip":true,"note":null,"txnStatus":"***"}"#
        );
    }
}
