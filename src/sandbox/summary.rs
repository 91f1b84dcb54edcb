//! The sandbox's memory, for people and tests.

use crate::sandbox::catalogue::yuan;
use crate::sandbox::order::PreOrder;
use crate::sandbox::state::State;
use crate::value::{Map, Value};

impl State {
    /// The latest of each list, oldest first.
    pub(super) fn snapshot(&self, now: i64, latest: usize) -> Map {
        let members = self.newest_members(latest).map(Value::from);
        let orders = self.newest_orders(latest);
        let mut map = Map::new();
        map.push("now", now.into());
        map.push("creditBalance", yuan(self.credit).into());
        map.push("members", Value::List(members.collect()));
        map.push("orders", Value::List(orders.map(|pre_order| summary(pre_order, now)).collect()));
        map.push("notifications", self.outbox.snapshot(latest));
        map
    }
}

fn summary(pre_order: &PreOrder, now: i64) -> Value {
    let mut map = Map::new();
    map.push("tempOrderCode", pre_order.code.as_str().into());
    map.push("outSerialNo", pre_order.request.out_serial_no.as_str().into());
    map.push("memberId", pre_order.request.member_id.as_str().into());
    map.push("productName", pre_order.product.name.into());
    map.push("payType", pre_order.request.pay_type.wire().parse().unwrap_or(0).into());
    map.push("page", format!("/pages/distr/order?tempOrderCode={}&token={}", pre_order.code, pre_order.token).into());
    let history = pre_order.history.iter().map(|(stage, at)| {
        let mut map = Map::new();
        map.push("stage", stage.name().into());
        map.push("at", (*at).into());
        Value::Map(map)
    });
    map.push("history", Value::List(history.collect()));
    if let Some(order) = &pre_order.order {
        map.push("orderCode", order.code.as_str().into());
        map.push("orderStatus", order.status.text().into());
        map.push("orderTotalAmt", yuan(order.cents()).into());
        map.push("invoiceStatus", order.invoice_status(now).wire().into());
        let policies = order.policies.iter().map(|policy| {
            let mut map = Map::new();
            map.push("policyCode", policy.code.as_deref().map_or(Value::Null, Value::from));
            map.push("policyStatus", policy.status.text().into());
            Value::Map(map)
        });
        map.push("policies", Value::List(policies.collect()));
    }
    Value::Map(map)
}
