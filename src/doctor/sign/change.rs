//! Changes that a body may have undergone between signing and encryption, as far as they can be tried.

use crate::doctor::cause::{Cause, cause};
use crate::endpoints::ENDPOINTS;
use crate::prelude::*;
use crate::value::{Map, Value};

/// One change. Places are the positions of fields in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// None.
    Nothing,
    /// The field was not there yet.
    Without(usize),
    /// The named field inside that field was not there yet.
    WithoutInner(usize, String),
    /// The item of the list was not there yet.
    WithoutItem(usize, usize),
    /// The list was in reverse order.
    Backwards(usize),
    /// Documented fields that the body lacks were signed, printed as given.
    Absent(Vec<&'static str>, &'static str),
    /// Fields of the envelope were signed as well.
    With(Vec<(&'static str, Value)>),
    /// Fields of the envelope were signed instead of the body's.
    Instead(Vec<(&'static str, Value)>),
}

const SAME_BODY: [&str; 2] = [
    "Make the body once, then sign and encrypt that same object: nothing may be added, removed or moved in between.",
    "请求参数只生成一次，签名和加密用同一个对象：中间不能增加、删除或移动任何内容。",
];
const PARAMETERS_ALONE: [&str; 2] = [
    "Sign the parameters of the endpoint alone, those inside requestBody; the envelope's own fields take no part.",
    "只对接口参数（requestBody 里的内容）签名；报文自身的字段不参与签名。",
];

const SIGN_WHAT_IS_THERE: [&str; 2] = [
    "Sign only the fields that have a value: leave out those that are null or empty before you sort and join.",
    "只对有值的字段签名：排序拼接之前去掉 null 和空值的字段。",
];

pub(super) const FIELD: Cause = cause(
    "body.field-added",
    [
        "requestBody holds the field {field}, but the sign was made without it: the body was changed between signing and encrypting.",
        "requestBody 里有字段 {field}，但签名时没有它：请求参数在签名之后、加密之前被修改了。",
    ],
    SAME_BODY,
);
pub(super) const INNER: Cause = cause(
    "body.nested-field-added",
    [
        "requestBody holds {field}, but the sign was made without it: the body was changed between signing and encrypting.",
        "requestBody 里有 {field}，但签名时没有它：请求参数在签名之后、加密之前被修改了。",
    ],
    SAME_BODY,
);
pub(super) const ITEM: Cause = cause(
    "body.item-added",
    [
        "The list {field} has an item in requestBody that was not there when the sign was made.",
        "requestBody 里的列表 {field} 比签名时多一项。",
    ],
    SAME_BODY,
);
pub(super) const MOVED: Cause = cause(
    "body.items-moved",
    ["The list {field} was signed in the opposite order.", "列表 {field} 签名时的顺序是相反的。"],
    SAME_BODY,
);
pub(super) const ENVELOPE: Cause = cause(
    "envelope.fields-signed",
    [
        "The envelope's own fields were signed together with the parameters: {field}.",
        "报文自身的字段也参与了签名：{field}。",
    ],
    PARAMETERS_ALONE,
);

pub(super) const INSTEAD: Cause = cause(
    "envelope.signed-instead",
    [
        "The envelope's own fields were signed instead of the parameters: {field}.",
        "签名用的是报文自身的字段，而不是接口参数：{field}。",
    ],
    PARAMETERS_ALONE,
);

pub(super) const ABSENT_NULL: Cause = cause(
    "empties.absent-null",
    [
        "Fields that the body does not have were signed as the word null: {field}.",
        "请求参数里没有的字段被当作文字 null 参与了签名：{field}。",
    ],
    SIGN_WHAT_IS_THERE,
);
pub(super) const ABSENT: Cause = cause(
    "empties.absent-as-empty",
    [
        "Fields that the body does not have were signed with an empty value: {field}.",
        "请求参数里没有的字段被当作空值参与了签名：{field}。",
    ],
    SIGN_WHAT_IS_THERE,
);

pub(super) const ALL: &[&Cause] = &[&FIELD, &INNER, &ITEM, &MOVED, &ENVELOPE, &INSTEAD, &ABSENT_NULL, &ABSENT];

/// No more changes than this are tried: a body has about twenty fields.
const MOST: usize = 120;

/// The changes worth trying, for each field, each nested name, the ends of each list, and the envelope's fields.
pub(super) fn all(body: &Map, envelope: Option<&Map>) -> Vec<Change> {
    let mut found = vec![Change::Nothing];
    for (place, (_, value)) in body.iter().enumerate() {
        if !value.is_empty() {
            found.push(Change::Without(place));
        }
    }
    for (place, (_, value)) in body.iter().enumerate() {
        let mut names = Vec::new();
        inner_names(value, &mut names);
        found.extend(names.into_iter().map(|name| Change::WithoutInner(place, name)));
        if let Value::List(items) = value
            && let Some(last) = items.len().checked_sub(1).filter(|last| *last > 0)
        {
            found.extend([Change::WithoutItem(place, last), Change::WithoutItem(place, 0), Change::Backwards(place)]);
        }
    }
    found.truncate(MOST);
    found.extend(absent(body));
    found.extend(envelope.map(with_envelope).unwrap_or_default());
    found
}

fn inner_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| inner_names(item, names)),
        Value::Map(map) => {
            for (name, item) in map.iter() {
                if names.len() < MOST && !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
                inner_names(item, names);
            }
        }
        _ => {}
    }
}

/// The absent fields of each endpoint that these parameters may belong to: all of them together, and each one alone.
fn absent(body: &Map) -> Vec<Change> {
    let mut sets: Vec<Vec<&'static str>> = Vec::new();
    for endpoint in ENDPOINTS {
        let names = || endpoint.request.fields.iter().map(|field| field.name);
        if body.is_empty() || !body.iter().all(|(name, _)| names().any(|known| known == name)) {
            continue;
        }
        let missing: Vec<_> = names().filter(|name| body.get(name).is_none()).collect();
        let alone = missing.iter().map(|name| vec![*name]);
        for set in core::iter::once(missing.clone()).chain(alone) {
            if !set.is_empty() && !sets.contains(&set) {
                sets.push(set);
            }
        }
    }
    sets.into_iter().flat_map(|set| ["null", ""].map(|printed| Change::Absent(set.clone(), printed))).collect()
}

/// Each field alone, the usual pair, and all present ones, in addition to the body's fields or instead of them.
fn with_envelope(envelope: &Map) -> Vec<Change> {
    const SETS: &[&[&str]] = &[
        &["timestamp"],
        &["nonce"],
        &["accessToken"],
        &["version"],
        &["ip"],
        &["requestBody"],
        &["nonce", "timestamp"],
        &["accessToken", "timestamp"],
        &["accessToken", "nonce", "timestamp"],
        &["accessToken", "nonce", "timestamp", "version"],
        &["accessToken", "ip", "nonce", "timestamp", "version"],
        &["accessToken", "nonce", "requestBody", "timestamp"],
        &["accessToken", "nonce", "requestBody", "timestamp", "version"],
        &["accessToken", "ip", "nonce", "requestBody", "timestamp", "version"],
    ];
    let taken = |set: &&[&'static str]| {
        let fields = set.iter().map(|name| Some((*name, envelope.get(name)?.clone())));
        fields.collect::<Option<Vec<_>>>()
    };
    let sets: Vec<_> = SETS.iter().filter_map(taken).collect();
    sets.iter().cloned().map(Change::With).chain(sets.iter().cloned().map(Change::Instead)).collect()
}

/// `value` without the fields of this name, at any depth.
pub(super) fn without(value: &Value, dropped: &str) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| without(item, dropped)).collect()),
        Value::Map(map) => {
            let kept = map.iter().filter(|(name, _)| *name != dropped);
            Value::Map(kept.map(|(name, item)| (name.to_owned(), without(item, dropped))).collect())
        }
        _ => value.clone(),
    }
}
