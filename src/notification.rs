//! The platform's callbacks (投保, 退保, 退款): what they say, and whether an order bears them out. The document names
//! their addresses (section 7.4) and no more; they come unsigned, so each is a hint and `getOrderDetail` the truth.

use crate::error::{Error, NotificationReason};
use crate::form;
use crate::model::{Model, Shape, Spec, model, read};
use crate::value::{Map, Value};

/// A larger body is no notification: the known ones have some 200 bytes.
pub const MAX_BYTES: usize = 64 << 10;

model! {
    /// What is read of a callback, in either of the forms that were seen.
    Told {
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

/// What a callback is about. Its body does not say: only the address tells.
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
    let told = read(Shape::One(Told::SCHEMA), &Value::Map(raw.clone())).map_err(|error| match error {
        Error::Reply { path, message } => shape(format!("{} {message}", path.trim_start_matches("data."))),
        other => other,
    })?;
    match told {
        Value::Map(map) => Told::from_map(&map).map(|told| (told, raw)),
        _ => None,
    }
    .ok_or_else(|| shape("the body is no notification".into()))
}

impl Told {
    /// As JavaScript sees it: `success` is true or false, and `raw` is the body as it came.
    pub fn into_map(self, raw: Map) -> Map {
        let success = self.success != 0;
        let fields = Model::into_map(self);
        let mut map: Map = fields
            .iter()
            .map(|(name, value)| match name {
                "success" => (name.to_owned(), Value::Bool(success)),
                _ => (name.to_owned(), value.clone()),
            })
            .collect();
        map.push("raw", Value::Map(raw));
        map
    }

    /// By which the same news is known again, whoever brings it. What failed may fail again for another reason.
    pub fn key(&self, kind: NotificationKind) -> String {
        let serial = self.out_serial_no.as_deref().unwrap_or("*");
        let policy = self.policy_code.as_deref().unwrap_or("*");
        match self.success {
            0 => {
                let why = self.message.as_deref().unwrap_or_default();
                format!("{}:{serial}:{}:{policy}:failed:{why}", kind.as_str(), self.temp_order_code)
            }
            _ => done(kind, serial, &self.temp_order_code, policy),
        }
    }
}

fn done(kind: NotificationKind, out_serial_no: &str, temp_order_code: &str, policy_code: &str) -> String {
    format!("{}:{out_serial_no}:{temp_order_code}:{policy_code}:done", kind.as_str())
}

/// How a policy stands. The platform's texts are an open list: what is not known as the end of a surrender is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    NotIssued,
    Issued,
    Surrendered,
}

const NOT_ISSUED: [&str; 5] = ["未投保", "待投保", "投保中", "投保失败", "承保失败"];
const SURRENDERED: [&str; 4] = ["已退保", "退保成功", "已注销", "已退款"];
const REFUNDED: [&str; 2] = ["已退款", "退款成功"];

fn standing(policy: &Map) -> Standing {
    let status = policy.text("policyStatus").unwrap_or_default();
    let issued = policy.text("policyCode").is_some_and(|code| !code.is_empty());
    if SURRENDERED.contains(&status) {
        Standing::Surrendered
    } else if issued && !NOT_ISSUED.contains(&status) {
        Standing::Issued
    } else {
        Standing::NotIssued
    }
}

fn policies(detail: &Map) -> impl Iterator<Item = &Map> {
    let list = match detail.get("insuredInfoList") {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    list.iter().filter_map(|item| match item {
        Value::Map(policy) => Some(policy),
        _ => None,
    })
}

fn refunded(detail: &Map) -> bool {
    detail.text("orderStatus").is_some_and(|status| REFUNDED.contains(&status))
}

/// Whether `detail`, what `getOrderDetail` returned, bears the callback out.
///
/// # Errors
/// [`NotificationReason::Unconfirmed`] tells what the order shows instead.
pub fn confirm(kind: NotificationKind, told: &Told, detail: &Map) -> Result<(), Error> {
    let unconfirmed = |what: &str| Error::notification(NotificationReason::Unconfirmed, format!("the order {what}"));
    if let (Some(told), Some(known)) = (&told.order_code, detail.text("orderCode"))
        && told != known
    {
        return Err(unconfirmed("has another orderCode"));
    }
    let named = told.policy_code.as_deref();
    let of = |code: Option<&str>| -> Vec<_> {
        policies(detail)
            .filter(|policy| code.is_none_or(|code| policy.text("policyCode") == Some(code)))
            .map(standing)
            .collect()
    };
    let meant = of(named);
    // What does not name a policy of the order can only be borne out by the whole order.
    let seen = if meant.is_empty() { of(None) } else { meant.clone() };
    let all = |wanted: fn(Standing) -> bool| !meant.is_empty() && meant.iter().all(|standing| wanted(*standing));
    match (kind, told.success != 0) {
        (NotificationKind::Deliver, true) if all(|is| is != Standing::NotIssued) => Ok(()),
        (NotificationKind::Deliver, true) => Err(unconfirmed("does not show this policy as issued")),
        (NotificationKind::Deliver, false) if !seen.contains(&Standing::Issued) => Ok(()),
        (NotificationKind::Deliver, false) => Err(unconfirmed("shows a policy in force")),
        (_, true) if all(|is| is == Standing::Surrendered) => Ok(()),
        (NotificationKind::Refund, true) if named.is_none() && refunded(detail) => Ok(()),
        (_, true) => Err(unconfirmed("does not show this policy as surrendered")),
        (NotificationKind::Return, false) if !meant.is_empty() && !all(|is| is == Standing::Surrendered) => Ok(()),
        (NotificationKind::Return, false) => Err(unconfirmed("shows the policy as surrendered, or none of that code")),
        (NotificationKind::Refund, false) if !refunded(detail) => Ok(()),
        (NotificationKind::Refund, false) => Err(unconfirmed("shows the money as refunded")),
    }
}

/// Something that the platform will have told, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// 投保, 退保 or 退款.
    pub kind: NotificationKind,
    /// Of the pre-order that was asked about.
    pub out_serial_no: String,
    /// Of the pre-order that was asked about.
    pub temp_order_code: String,
    /// The platform's order code.
    pub order_code: Option<String>,
    /// Which policy.
    pub policy_code: String,
}

impl News {
    /// As JavaScript sees it.
    pub fn into_map(self) -> Map {
        let mut map = Map::new();
        map.push("key", self.key().into());
        map.push("kind", self.kind.as_str().into());
        map.push("outSerialNo", self.out_serial_no.into());
        map.push("tempOrderCode", self.temp_order_code.into());
        if let Some(code) = self.order_code {
            map.push("orderCode", code.into());
        }
        map.push("policyCode", self.policy_code.into());
        map.push("success", Value::Bool(true));
        map
    }

    /// The same as that of the callback that brings it.
    pub fn key(&self) -> String {
        done(self.kind, &self.out_serial_no, &self.temp_order_code, &self.policy_code)
    }
}

/// Every success that an order shows, by policy, in the order in which it happened.
pub fn news(out_serial_no: &str, temp_order_code: &str, detail: &Map) -> Vec<News> {
    let refunded = refunded(detail);
    let mut news = Vec::new();
    for policy in policies(detail) {
        let Some(code) = policy.text("policyCode").filter(|code| !code.is_empty()) else { continue };
        let kinds: &[NotificationKind] = match (standing(policy), refunded) {
            (Standing::NotIssued, _) => &[],
            (Standing::Issued, _) => &[NotificationKind::Deliver],
            (Standing::Surrendered, false) => &[NotificationKind::Deliver, NotificationKind::Return],
            (Standing::Surrendered, true) => &NotificationKind::ALL,
        };
        news.extend(kinds.iter().map(|kind| News {
            kind: *kind,
            out_serial_no: out_serial_no.to_owned(),
            temp_order_code: temp_order_code.to_owned(),
            order_code: detail.text("orderCode").map(str::to_owned),
            policy_code: code.to_owned(),
        }));
    }
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Told {
        parse(body.as_bytes()).unwrap().0
    }

    fn reason(result: Result<impl Sized, Error>) -> &'static str {
        match result {
            Err(Error::Notification { reason, .. }) => reason.as_str(),
            Err(other) => panic!("{other}"),
            Ok(_) => "",
        }
    }

    /// An order of two policies: their statuses, and the order's.
    fn order(first: &str, second: &str, status: &str) -> Map {
        Map::parse(&format!(
            r#"{{"orderCode":"O1","orderStatus":"{status}","insuredInfoList":[
                {{"policyCode":"P1","policyStatus":"{first}"}},{{"policyCode":"P2","policyStatus":"{second}"}}]}}"#
        ))
        .unwrap()
    }

    #[test]
    fn each_known_form_is_read() {
        for body in [
            r#"{"outSerialNo":"GP1","tempOrderCode":"T1","orderCode":"O1","policyCode":"P1","success":true}"#,
            "\u{feff} {\"tempOrderCode\":\"T1\",\"policyCode\":\"P1\",\"outSerialNo\":\"GP1\",\"success\":\"true\",\"orderCode\":\"O1\"}",
            "outSerialNo=GP1&tempOrderCode=T1&orderCode=O1&policyCode=P1&success=true",
            "success=1&tempOrderCode=T1&policyCode=P1&orderCode=O1&outSerialNo=GP1",
        ] {
            let told = told(body);
            assert_eq!(told.out_serial_no.as_deref(), Some("GP1"), "{body}");
            assert_eq!(
                (told.success, told.key(NotificationKind::Deliver).as_str()),
                (1, "deliver:GP1:T1:P1:done"),
                "{body}"
            );
        }
        let earlier = told(
            r#"{"memberId":"106225","tempOrderCode":"TE21","policyCode":8379,"surrenderSuccess":false,"errMsg":"x"}"#,
        );
        assert_eq!((earlier.member_id.as_deref(), earlier.success), (Some("106225"), 0));
        assert_eq!((earlier.policy_code.as_deref(), earlier.message.as_deref()), (Some("8379"), Some("x")));
        assert_eq!(earlier.key(NotificationKind::Return), "return:*:TE21:8379:failed:x");
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

    /// Kind, policy, success; the order; whether it bears the callback out.
    #[test]
    fn an_order_bears_a_callback_out_or_does_not() {
        use NotificationKind::{Deliver, Refund, Return};
        let paid = || order("已承保", "未投保", "已支付");
        let part = || order("已退保", "已承保", "部分退保");
        let gone = || order("已退保", "退保成功", "已退款");
        let trying = || order("退保失败", "退保中", "退款失败");
        for (kind, policy, success, detail, borne_out) in [
            (Deliver, "P1", 1, paid(), true),
            (Deliver, "P1", 1, order("保障中", "", "已支付"), true),
            (Deliver, "P2", 1, paid(), false),
            (Deliver, "P3", 1, paid(), false),
            (Deliver, "", 1, paid(), false),
            (Deliver, "", 1, part(), true),
            (Deliver, "P1", 1, gone(), true),
            (Deliver, "P1", 0, paid(), false),
            (Deliver, "P2", 0, paid(), true),
            (Return, "P1", 1, paid(), false),
            (Return, "P1", 1, part(), true),
            (Return, "P2", 1, part(), false),
            (Return, "", 1, part(), false),
            (Return, "", 1, gone(), true),
            (Return, "P2", 0, part(), true),
            (Return, "P1", 0, part(), false),
            (Return, "P3", 0, part(), false),
            (Refund, "P1", 1, part(), true),
            (Refund, "P2", 1, part(), false),
            (Refund, "", 1, gone(), true),
            (Refund, "P1", 0, gone(), false),
            (Refund, "P1", 0, part(), true),
            (Deliver, "P1", 1, trying(), true),
            (Return, "P1", 1, trying(), false),
            (Return, "P2", 1, trying(), false),
            (Refund, "", 1, trying(), false),
            (Deliver, "P3", 0, paid(), false),
            (Deliver, "P3", 0, order("未投保", "投保失败", "已支付"), true),
            (Refund, "P2", 1, order("已退保", "已承保", "已退款"), false),
        ] {
            let told = told(&format!(r#"{{"tempOrderCode":"T1","policyCode":"{policy}","success":{success}}}"#));
            let verdict = confirm(kind, &told, &detail);
            assert_eq!(verdict.is_ok(), borne_out, "{kind:?} {policy} {success} {detail:?}");
            assert!(verdict.is_ok() || reason(verdict) == "unconfirmed");
        }
        let other = told(r#"{"tempOrderCode":"T1","orderCode":"O2","policyCode":"P1","success":true}"#);
        assert_eq!(reason(confirm(Deliver, &other, &paid())), "unconfirmed");
        assert_eq!(reason(confirm(Deliver, &other, &Map::new())), "unconfirmed");
    }

    #[test]
    fn news_has_the_keys_of_its_callbacks() {
        let keys = |detail: &Map| news("S1", "T1", detail).iter().map(News::key).collect::<Vec<_>>();
        assert_eq!(keys(&order("已承保", "未投保", "已支付")), ["deliver:S1:T1:P1:done"]);
        assert_eq!(
            keys(&order("已退保", "已承保", "部分退保")),
            ["deliver:S1:T1:P1:done", "return:S1:T1:P1:done", "deliver:S1:T1:P2:done"]
        );
        assert_eq!(keys(&order("已退保", "", "已退款")).last().unwrap(), "deliver:S1:T1:P2:done");
        assert!(keys(&order("已退保", "", "已退款")).contains(&"refund:S1:T1:P1:done".to_owned()));
        assert_eq!(keys(&Map::new()), [""; 0]);
        let told = told(r#"{"outSerialNo":"S1","tempOrderCode":"T1","policyCode":"P1","success":true}"#);
        assert_eq!(told.key(NotificationKind::Deliver), keys(&order("已承保", "", "已支付"))[0]);
    }
}
