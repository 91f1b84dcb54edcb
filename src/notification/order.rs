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
    if SURRENDERED.contains(&status) {
        Standing::Surrendered
    } else if code(policy).is_some() && !NOT_ISSUED.contains(&status) {
        Standing::Issued
    } else {
        Standing::NotIssued
    }
}

fn policies(detail: &Map) -> Vec<&Map> {
    let Some(Value::List(list)) = detail.get("insuredInfoList") else { return Vec::new() };
    let maps = list.iter().filter_map(|item| match item {
        Value::Map(policy) => Some(policy),
        _ => None,
    });
    maps.collect()
}

fn code(policy: &Map) -> Option<&str> {
    policy.text("policyCode").filter(|code| !code.is_empty())
}

fn refunded(detail: &Map) -> bool {
    detail.text("orderStatus").is_some_and(|status| REFUNDED.contains(&status))
}

/// Checks that `detail`, the result of `getOrderDetail`, confirms the callback, and returns what it concerns, never
/// nothing: the policy it names. If it names none, `None` stands for the order, and a success concerns each policy of
/// the order: their codes, each once, and at last `None` for those that have no code, or if there are none.
///
/// # Errors
/// [`NotificationReason::Unconfirmed`] says what the order shows instead.
pub fn confirm<'a>(kind: NotificationKind, told: &'a Told, detail: &'a Map) -> Result<Vec<Option<&'a str>>, Error> {
    let named = told.text("policyCode");
    let mut concerned = Vec::new();
    let [mut not_issued, mut issued, mut surrendered, mut in_force] = [0; 4];
    let mut without_code = false;
    for policy in policies(detail) {
        let (code, standing) = (code(policy), standing(policy));
        in_force += u32::from(standing == Standing::Issued);
        if named.is_some() && named != code {
            continue;
        }
        match standing {
            Standing::NotIssued => not_issued += 1,
            Standing::Issued => issued += 1,
            Standing::Surrendered => surrendered += 1,
        }
        without_code |= code.is_none();
        // A group's insured share one policy.
        if code.is_some() && !concerned.contains(&code) {
            concerned.push(code);
        }
    }
    if let Some(against) = objection(kind, told, detail, [not_issued, issued, surrendered, in_force]) {
        return Err(Error::notification(NotificationReason::Unconfirmed, format!("the order {against}")));
    }
    if named.is_some() || !told.success() {
        concerned = vec![named];
    } else if without_code || concerned.is_empty() {
        concerned.push(None);
    }
    Ok(concerned)
}

/// What the order shows instead of what the callback says. How many of the policies that it means are not issued, issued
/// and surrendered, and how many of all are in force.
fn objection(
    kind: NotificationKind,
    told: &Told,
    detail: &Map,
    [not_issued, issued, surrendered, in_force]: [u32; 4],
) -> Option<&'static str> {
    use NotificationKind::{Deliver, Refund, Return};
    let none = not_issued + issued + surrendered == 0;
    let gone = surrendered > 0 && not_issued + issued == 0;
    let objection = match (kind, told.success()) {
        _ if differ(told.text("orderCode"), detail.text("orderCode")) => "has another orderCode",
        (Deliver, true) if none || not_issued > 0 => "does not show this policy as issued",
        // A callback that names no policy of the order can only be confirmed by the whole order.
        (Deliver, false) if issued > 0 || (none && in_force > 0) => "shows a policy in force",
        // Refunded is the money of the whole order: of each policy, even of one whose status is behind.
        (Refund, true) if told.text("policyCode").is_none() && refunded(detail) => return None,
        (Return | Refund, true) if !gone => "does not show this policy as surrendered",
        (Return, false) if none || gone => "shows the policy as surrendered, or none of that code",
        (Refund, false) if refunded(detail) => "shows the money as refunded",
        _ => return None,
    };
    Some(objection)
}

fn differ(told: Option<&str>, known: Option<&str>) -> bool {
    told.is_some() && known.is_some() && told != known
}

/// Something the platform has reported, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News<'a> {
    /// 投保, 退保 or 退款.
    pub kind: NotificationKind,
    /// The pre-order that was asked about.
    pub out_serial_no: &'a str,
    /// The pre-order that was asked about.
    pub temp_order_code: &'a str,
    /// The platform's order code.
    pub order_code: Option<&'a str>,
    /// The policy's code.
    pub policy_code: &'a str,
}

impl News<'_> {
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
        key(self.kind, [self.out_serial_no, self.temp_order_code, self.policy_code].map(Some), None)
    }
}

/// Every success that an order shows, by policy, in the order in which it happened.
pub fn news<'a>(out_serial_no: &'a str, temp_order_code: &'a str, detail: &'a Map) -> Vec<News<'a>> {
    let mut news = Vec::new();
    for policy in policies(detail) {
        let Some(policy_code) = code(policy) else { continue };
        let so_far = match standing(policy) {
            Standing::NotIssued => 0,
            Standing::Issued => 1,
            Standing::Surrendered => 2 + usize::from(refunded(detail)),
        };
        news.extend(NotificationKind::ALL.into_iter().take(so_far).map(|kind| News {
            kind,
            out_serial_no,
            temp_order_code,
            order_code: detail.text("orderCode"),
            policy_code,
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
