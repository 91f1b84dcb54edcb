//! The platform's callbacks (投保, 退保, 退款): what they say, and whether an order confirms them. The document names only
//! their addresses (section 7.4). They are unsigned, so each is a hint, and `getOrderDetail` is the truth.

mod order;

pub use order::{News, confirm, news};

use crate::crypto::md5_hex;
use crate::error::{Error, NotificationReason};
use crate::form;
use crate::model::{Model, Shape, Spec, model, read};
use crate::prelude::*;
use crate::spelling::is_plain;
use crate::value::{Json, Map, Value};

/// A larger body is not a notification: the known ones have about 200 bytes.
pub const MAX_BYTES: usize = 64 << 10;
/// The longest code in the document is a policy's.
const LONGEST_CODE: usize = 64;

model! {
    /// What is read of a callback, in either of the forms that were seen.
    Callback {
        /// The distributor's own number of the pre-order.
        out_serial_no: Option<String> = "outSerialNo" "外部流水号" Spec::text(32),
        /// The pre-order's number.
        temp_order_code: String = "tempOrderCode" "预订单号" Spec::text(32),
        /// The platform's order code.
        order_code: Option<String> = "orderCode" "订单号" Spec::text(64),
        /// The policy's code.
        policy_code: Option<String> = "policyCode" "保单号" Spec::text(64),
        /// Whether it went well: `true`, `"true"`, 1.
        success: i64 = "success" "是否成功" Spec::integer().or("surrenderSuccess"),
        /// The platform's words.
        message: Option<String> = "message" "信息" Spec::text(512).or("errMsg"),
        /// The member's number.
        member_id: Option<String> = "memberId" "会员号" Spec::text(32),
    }
}

/// What a callback is about. Only its address says so; its body does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotificationKind {
    /// 投保, to deliverNotifyUrl.
    Deliver,
    /// 退保, to returnNotifyUrl.
    Return,
    /// 退款, to refundNotifyUrl.
    Refund,
}

impl NotificationKind {
    /// All, in the document's order.
    pub const ALL: [Self; 3] = [Self::Deliver, Self::Return, Self::Refund];

    /// `deliver`, `return`, `refund`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deliver => "deliver",
            Self::Return => "return",
            Self::Refund => "refund",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Reads a callback: JSON, or a form.
///
/// # Errors
/// [`NotificationReason::Shape`] names what is missing; never the content.
pub fn parse(body: &[u8]) -> Result<(Told, Map), Error> {
    let shape = |message: String| Error::notification(NotificationReason::Shape, message);
    if body.len() > MAX_BYTES {
        return Err(shape(format!("the body is larger than {} KiB", MAX_BYTES >> 10)));
    }
    let text = core::str::from_utf8(body).map_err(|_| shape("the body is not UTF-8 text".into()))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let raw = match text.chars().next() {
        None => return Err(shape("the body is empty".into())),
        Some('{') => Map::parse(text).map_err(|error| shape(format!("the body is {error}")))?,
        Some(_) => form::decode(text),
    };
    let told = Json::parse(raw.to_json()).and_then(|json| read(Shape::One(Callback::SCHEMA), Some(json.root())));
    let told = told.map_err(|error| match error {
        Error::Reply { path, message } => shape(format!("{} {message}", path.strip_prefix("data.").unwrap_or(&path))),
        other => other,
    })?;
    let known = |name: &str| Callback::SCHEMA.fields.iter().any(|field| field.name == name);
    let told = Map::parse(&told)?.into_iter().filter(|(name, _)| known(name)).collect();
    Ok((Told(told), raw))
}

/// What a callback says: the fields of [`Callback`] by the names on the wire. A typed copy of them would cost every
/// page a third of a kilobyte.
#[derive(Clone, PartialEq, Eq)]
pub struct Told(Map);

impl core::fmt::Debug for Told {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Told").finish_non_exhaustive()
    }
}

impl Told {
    /// A field that is a text, unless the callback left it out or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.text(name)
    }

    /// Whether it went well.
    pub fn success(&self) -> bool {
        !matches!(self.0.get("success"), Some(Value::Number(number)) if number == "0")
    }

    /// The notification as JavaScript sees it: `success` is true or false, and `raw` is the body as it came.
    pub fn into_map(self, raw: Map) -> Map {
        let success = self.success();
        let Self(mut map) = self;
        map.replace("success", Value::Bool(success));
        map.push("raw", Value::Map(raw));
        map
    }

    /// Identifies the same news again, whichever way it arrives: [`key`]. Something that failed may fail again for
    /// another reason, so the platform's words count too. Only their hash is used: they may name people, and a store
    /// keeps its keys for weeks.
    pub fn key(&self, kind: NotificationKind) -> String {
        let why = (!self.success()).then(|| md5_hex(self.text("message").unwrap_or_default().as_bytes()));
        key(kind, ["outSerialNo", "tempOrderCode", "policyCode"].map(|name| self.text(name)), why.as_deref())
    }
}

/// `deliver:GP18:1010:PDAA1:done`, with `*` for a part the callback does not name. A part is replaced by its hash if it
/// contains anything but letters, digits, `_`, `-` and `.`, or is too long for a code. So different notifications never
/// share a key, and no key is longer than 242 characters.
fn key(kind: NotificationKind, parts: [Option<&str>; 3], why: Option<&str>) -> String {
    let mut key = kind.as_str().to_owned();
    for part in parts {
        key.push(':');
        match part {
            Some(other) if !is_code(other) => {
                key.push('#');
                key.push_str(&md5_hex(other.as_bytes()));
            }
            code => key.push_str(code.unwrap_or("*")),
        }
    }
    key.push_str(if why.is_some() { ":failed:" } else { ":done" });
    key.push_str(why.unwrap_or_default());
    key
}

fn is_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.len()) && is_plain(text)
}

/// What the tests of this folder share.
#[cfg(test)]
mod testing {
    use super::*;

    pub(super) fn told(body: &str) -> Told {
        parse(body.as_bytes()).unwrap().0
    }

    pub(super) fn reason(result: Result<impl Sized, Error>) -> &'static str {
        match result {
            Err(Error::Notification { reason, .. }) => reason.as_str(),
            Err(other) => panic!("{other}"),
            Ok(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{reason, told};
    use super::*;

    #[test]
    fn each_known_form_is_read() {
        for body in [
            r#"{"outSerialNo":"GP1","tempOrderCode":"T1","orderCode":"O1","policyCode":"P1","success":true}"#,
            "\u{feff} {\"tempOrderCode\":\"T1\",\"policyCode\":\"P1\",\"outSerialNo\":\"GP1\",\"success\":\"true\",\"orderCode\":\"O1\"}",
            "outSerialNo=GP1&tempOrderCode=T1&orderCode=O1&policyCode=P1&success=true",
            "success=1&tempOrderCode=T1&policyCode=P1&orderCode=O1&outSerialNo=GP1",
        ] {
            let told = told(body);
            assert_eq!(told.text("outSerialNo"), Some("GP1"), "{body}");
            assert_eq!(
                (told.success(), told.key(NotificationKind::Deliver).as_str()),
                (true, "deliver:GP1:T1:P1:done"),
                "{body}"
            );
        }
        let earlier = told(
            r#"{"memberId":"106225","tempOrderCode":"TE21","policyCode":8379,"surrenderSuccess":false,"errMsg":"x"}"#,
        );
        assert_eq!((earlier.text("memberId"), earlier.success()), (Some("106225"), false));
        assert_eq!((earlier.text("policyCode"), earlier.text("message")), (Some("8379"), Some("x")));
        assert_eq!(earlier.key(NotificationKind::Return), "return:*:TE21:8379:failed:9dd4e461268c8034f5c8564e155c67a6");
    }

    #[test]
    fn what_is_no_notification_is_named() {
        for (body, word) in [
            ("", "empty"),
            ("[1]", "tempOrderCode"),
            ("{", "cut short"),
            (r#"{"tempOrderCode":"T1"}"#, "success"),
            (r#"{"success":true}"#, "tempOrderCode"),
            (r#"{"tempOrderCode":"T1","success":"perhaps"}"#, "success"),
            (r#"{"tempOrderCode":["T1"],"success":true}"#, "tempOrderCode"),
        ] {
            let refused = parse(body.as_bytes()).map(|(told, _)| told);
            assert!(refused.as_ref().is_err_and(|error| error.to_string().contains(word)), "{body}: {refused:?}");
            assert_eq!(reason(refused), "shape");
        }
        assert_eq!(reason(parse(&[0xc4, 0xe3])), "shape");
    }
}
