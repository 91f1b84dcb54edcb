//! Compares what an order shows with what was said about it.

use crate::error::{Error, NotificationReason};
use crate::notification::{NotificationKind, Told, key};
use crate::prelude::*;
use crate::value::{Map, Value};

/// The state of a policy. The platform's texts are an open list: a text that is not known as the end of a surrender is
/// not one.
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

/// Whether `detail`, the result of `getOrderDetail`, confirms the callback.
///
/// # Errors
/// [`NotificationReason::Unconfirmed`] says what the order shows instead.
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
    // A callback that names no policy of the order can only be confirmed by the whole order.
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

/// Something the platform has reported, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// 投保, 退保 or 退款.
    pub kind: NotificationKind,
    /// The pre-order that was asked about.
    pub out_serial_no: String,
    /// The pre-order that was asked about.
    pub temp_order_code: String,
    /// The platform's order code.
    pub order_code: Option<String>,
    /// The policy's code.
    pub policy_code: String,
}

impl News {
    /// The news as JavaScript sees it.
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

    /// The same key as the callback that brings this news.
    pub fn key(&self) -> String {
        key(self.kind, Some(&self.out_serial_no), &self.temp_order_code, Some(&self.policy_code), None)
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
    use crate::notification::testing::{reason, told};

    /// An order of two policies, with their statuses and its own.
    fn order(first: &str, second: &str, status: &str) -> Map {
        Map::parse(&format!(
            r#"{{"orderCode":"O1","orderStatus":"{status}","insuredInfoList":[
                {{"policyCode":"P1","policyStatus":"{first}"}},{{"policyCode":"P2","policyStatus":"{second}"}}]}}"#
        ))
        .unwrap()
    }

    /// Kind, policy, success; the order; whether the order confirms the callback.
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
