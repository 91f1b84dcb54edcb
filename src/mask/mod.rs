//! Finds what must not be shown from a call: the keys and the people in it. Used on the few foreign texts that enter an
//! error.

mod lookalike;
mod people;

use crate::canonical::Body;
use crate::endpoints::ENDPOINTS;
use crate::model::{Kind, Schema, Spec};
use crate::prelude::*;
use crate::replace::replace_all;
use crate::secret::Credentials;
use crate::spelling::is_field_name;
use crate::value::{Json, Map, Value};
pub(crate) use lookalike::replace_people;
#[cfg(feature = "sandbox")]
pub(crate) use people::held;
use people::{fits, people};

const SHOWN: &str = "***";

/// The secrets and people of one call. They are looked up only when something is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Mask<'a> {
    credentials: &'a Credentials,
    schema: Option<&'static Schema>,
    body: &'a Body,
}

impl<'a> Mask<'a> {
    /// People are found in the schema's personal fields. Where there is no schema or no field, or a value is of another
    /// kind than its field, every text counts as a person.
    pub fn new(credentials: &'a Credentials, schema: Option<&'static Schema>, body: &'a Body) -> Self {
        Self { credentials, schema, body }
    }

    /// `text` without the keys and people, and without anything that looks like a mobile number, a resident id or a
    /// mail address.
    pub fn hide(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let shown = self.credentials.mask(text);
        // The body is parsed again here, because something hardly ever has to be shown.
        let Ok(body) = Json::parse(self.body.as_str().to_owned()) else { return SHOWN.into() };
        let mut found = Vec::new();
        people(self.schema.map(Kind::Object), body.root(), &mut found);
        let pairs: Vec<_> = found.iter().map(|form| (form.as_str(), SHOWN)).collect();
        hide_lookalikes(&replace_all(&shown, &pairs))
    }
}

/// `body` with its people hidden, for when the endpoint is unknown. Texts stay in fields that some request has and that
/// are never personal, unless they look like a person; everything else is hidden.
pub fn without_people(body: &Map) -> Map {
    let mut shown = Map::new();
    for (name, value) in body.iter() {
        shown.push(if is_field_name(name) { name } else { SHOWN }, hide_value(value, &uses(name)));
    }
    shown
}

fn hide_value(value: &Value, uses: &[Spec]) -> Value {
    let harmless = |text: &str| uses.iter().any(|spec| fits(spec.kind, text)) && uses.iter().all(|spec| !spec.personal);
    match value {
        Value::Map(map) => Value::Map(without_people(map)),
        Value::List(items) => Value::List(items.iter().map(|item| hide_value(item, uses)).collect()),
        Value::Text(text) if text.is_empty() || harmless(text) => Value::Text(hide_lookalikes(text)),
        Value::Number(number) if harmless(number) && hide_lookalikes(number) == *number => value.clone(),
        Value::Text(_) | Value::Number(_) => Value::Text(SHOWN.into()),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

/// The specs of every request field with this name.
fn uses(name: &str) -> Vec<Spec> {
    let mut uses = Vec::new();
    ENDPOINTS.iter().for_each(|endpoint| uses_of(name, endpoint.request, &mut uses));
    uses
}

fn uses_of(name: &str, schema: &Schema, uses: &mut Vec<Spec>) {
    for field in schema.fields {
        if field.name == name {
            uses.push(field.spec);
        }
        if let Kind::Object(inner) | Kind::List(inner) = field.spec.kind {
            uses_of(name, inner, uses);
        }
    }
}

/// `text` without anything that looks like a person's data.
fn hide_lookalikes(text: &str) -> String {
    replace_people(text, &mut |_| SHOWN.to_owned())
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

    /// A call by path is not checked, so people named in places where the document expects none are hidden as well.
    #[test]
    fn people_are_found_where_the_schema_has_none() {
        let keys = keys();
        for body in [
            r#"{"holderInfo":{"holderName":"王小明"}}"#,
            r#"{"holderInfo":"{\"holderName\":\"王小明\"}"}"#,
            r#"{"holderInfo":" [{\"a\":\"{\\\"b\\\":\\\"王小明\\\"}\"}]"}"#,
            r#"{"holderInfo":"王小明"}"#,
            r#"{"holderInfo":["王小明"]}"#,
            r#"{"holderInfo":[{"holderName":"王小明"}]}"#,
            r#"{"insuredInfoList":{"insuredName":"王小明"}}"#,
            r#"{"insuredInfoList":["王小明"]}"#,
            r#"{"insuredInfoList":[[{"insuredName":"王小明"}]]}"#,
            r#"{"insuredInfoList":[{"nickname":"王小明"}]}"#,
            r#"{"insuredInfoList":[{"insuredGender":"王小明"}]}"#,
            r#"{"insuredInfoList":"[{\"insuredName\":\"王小明\"}]"}"#,
            r#"{"contactName":"王小明"}"#,
            r#"{"contact":{"name":["王小明"]}}"#,
            r#"{"contacts":{"王小明":1}}"#,
            r#"{"王小明":1}"#,
            r#"{"mobile":{"of":"王小明"}}"#,
            r#"{"memberId":{"name":"王小明"}}"#,
            r#"{"memberId":["王小明"]}"#,
            r#"{"productName":"{\"for\":\"王小明\"}"}"#,
            r#"{"payType":"王小明"}"#,
            r#"{"safeguardStartTime":"王小明"}"#,
            r#"{"returnPage":"王小明"}"#,
            r#"{"contactName":" 王小明\n"}"#,
        ] {
            let parsed = Body::parse(body.into()).unwrap();
            for schema in [by_name("createPreOrder").map(|endpoint| endpoint.request), None] {
                let shown = Mask::new(&keys, schema, &parsed).hide("被保人王小明年龄不符");
                assert_eq!(shown, "被保人***年龄不符", "{body}");
            }
        }
        let codes = r#"{"productCode":200437,"payType":"22","productName":"旅途无忧","safeguardStartTime":"2021/07/18","returnPage":"https://a.cn/","policyCodes":["P1"],"insuredInfoList":[{"insuredGender":"M"}]}"#;
        let (codes, text) = (Body::parse(codes.into()).unwrap(), "200437 22 旅途无忧 2021/07/18 https://a.cn/ M");
        assert_eq!(
            Mask::new(&keys, by_name("createPreOrder").map(|endpoint| endpoint.request), &codes).hide(text),
            text
        );
        let policies =
            Body::parse(r#"{"policyCodes":["PDAA1",{"name":"王小明"},"[\"李四\"]",["赵六"]]}"#.into()).unwrap();
        let schema = by_name("surrenderByPolicyCode").map(|endpoint| endpoint.request);
        assert_eq!(Mask::new(&keys, schema, &policies).hide("PDAA1 王小明 李四 赵六"), "PDAA1 *** *** ***");
        let bare = Body::parse(r#"{"policyCodes":"王小明"}"#.into()).unwrap();
        assert_eq!(Mask::new(&keys, schema, &bare).hide("王小明"), "***");
    }

    #[test]
    fn of_a_body_from_nowhere_nothing_is_shown_that_is_elsewhere_harmless() {
        let body = r#"{"holderInfo":"王小明","insuredInfoList":["王小明"],"productName":"{\"for\":\"王小明\"}","payType":"王小明","memberId":["M1",{"a":"王小明"}],"王小明":1,"insuredGender":"男","safeguardStartTime":"2021/07/18"}"#;
        assert_eq!(
            without_people(&Map::parse(body).unwrap()).to_json(),
            r#"{"holderInfo":"***","insuredInfoList":["***"],"productName":"***","payType":"***","memberId":["M1",{"a":"***"}],"***":"***","insuredGender":"***","safeguardStartTime":"2021/07/18"}"#
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
