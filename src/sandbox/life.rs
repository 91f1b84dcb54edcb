//! The life of a pre-order: how the buyer, the distributor and time change it.

use crate::sandbox::order::{Order, OrderStatus, Policy, PolicyStatus, PreOrder, Stage};
use crate::sandbox::state::{State, token};
use crate::value::{Map, Value};

/// How long a pre-order can be bought and its order can be paid, both counted from the pre-order.
const LIFE_MS: i64 = 24 * 60 * 60 * 1000;

impl State {
    /// Lets time pass: pre-orders expire, unpaid orders are cancelled, addresses of lists become invalid.
    pub(super) fn pass(&mut self, now: i64) {
        while let Some(pre_order) = self.by_age.get(self.alive_from).and_then(|code| self.pre_orders.get_mut(code)) {
            // The history notes when it expired, not when somebody looked.
            let over = pre_order.history.first().map_or(0, |(_, at)| at.saturating_add(LIFE_MS));
            if now < over {
                break;
            }
            match pre_order.order.as_mut() {
                None => {
                    pre_order.expired = true;
                    pre_order.history.push((Stage::Expired, over));
                }
                Some(order) if order.status == OrderStatus::Unpaid => {
                    order.status = OrderStatus::Cancelled;
                    pre_order.history.push((Stage::Cancelled, over));
                }
                Some(_) => {}
            }
            self.alive_from += 1;
        }
        self.lists.retain(|_, (_, until)| *until > now);
    }

    /// The buyer buys, which creates an order: paid at the cashier (payType 2) or owed to the distributor.
    pub(super) fn buy(&mut self, temp_order_code: &str, plan: usize, now: i64) -> Result<String, &'static str> {
        self.pass(now);
        let pre_order = self.open_pre_order(temp_order_code)?;
        let on_credit = pre_order.on_credit();
        if plan >= pre_order.product.plans.len() {
            return Err("has no such plan");
        }
        let code = self.place(temp_order_code, plan, OrderStatus::Unpaid, now);
        if !on_credit {
            self.issue(temp_order_code, now);
        }
        Ok(code)
    }

    /// The buyer gives up.
    pub(super) fn cancel(&mut self, temp_order_code: &str, now: i64) -> Result<(), &'static str> {
        self.pass(now);
        self.open_pre_order(temp_order_code)?;
        self.place(temp_order_code, 0, OrderStatus::Cancelled, now);
        Ok(())
    }

    fn open_pre_order(&self, temp_order_code: &str) -> Result<&PreOrder, &'static str> {
        match self.pre_orders.get(temp_order_code) {
            None => Err("names no pre-order"),
            Some(PreOrder { order: Some(_), .. }) => Err("names a pre-order that was bought or cancelled before"),
            Some(PreOrder { expired: true, .. }) => Err("names a pre-order that has expired; create a new one"),
            Some(pre_order) => Ok(pre_order),
        }
    }

    fn place(&mut self, temp_order_code: &str, plan: usize, status: OrderStatus, now: i64) -> String {
        let code = self.number("1011", now);
        if let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) {
            let people = pre_order.people();
            let each: Vec<_> = if pre_order.is_group() {
                vec![people]
            } else {
                people.into_iter().map(|insured| vec![insured]).collect()
            };
            let new =
                |insured| Policy { insured, status: PolicyStatus::NotIssued, code: None, token: token(&mut self.rng) };
            let policies: Vec<_> = each.into_iter().map(new).collect();
            if let Some(plan) = pre_order.product.plans.get(plan) {
                pre_order.order =
                    Some(Order { code: code.clone(), created: now, plan, status, policies, invoicing: None });
                pre_order.history.push((status.stage(), now));
            }
        }
        self.orders.insert(code.clone(), temp_order_code.to_owned());
        code
    }

    /// The distributor's customer has paid: charges the distributor's credit account and issues the policies.
    pub(super) fn charge(&mut self, temp_order_code: &str, now: i64) -> Result<(), &'static str> {
        let order = self.pre_orders.get(temp_order_code).and_then(|pre_order| pre_order.order.as_ref());
        let cents = order.map_or(0, Order::cents);
        if cents > self.credit {
            return Err("the distributor's credit balance is too low");
        }
        self.credit -= cents;
        self.issue(temp_order_code, now);
        Ok(())
    }

    /// Marks the order as paid, issues the policies and queues the callbacks to the distributor.
    fn issue(&mut self, temp_order_code: &str, now: i64) {
        let order = self.pre_orders.get(temp_order_code).and_then(|pre_order| pre_order.order.as_ref());
        let count = order.map_or(0, |order| order.policies.len());
        let codes: Vec<_> = (0..count).map(|_| self.number("PDAA", now)).collect();
        let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) else { return };
        let Some(order) = pre_order.order.as_mut() else { return };
        order.status = OrderStatus::Paid;
        for (policy, code) in order.policies.iter_mut().zip(&codes) {
            policy.status = PolicyStatus::InForce;
            policy.code = Some(code.clone());
        }
        pre_order.history.push((Stage::Paid, now));
        for code in &codes {
            self.outbox.queue(
                temp_order_code,
                "deliver",
                &pre_order.request.deliver_notify_url,
                callback(pre_order, code),
                now,
            );
            self.policies.insert(code.clone(), temp_order_code.to_owned());
        }
    }

    /// The distributor's customer did not pay.
    pub(super) fn fail(&mut self, temp_order_code: &str, now: i64) {
        let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) else { return };
        if let Some(order) = pre_order.order.as_mut() {
            order.status = OrderStatus::Cancelled;
            pre_order.history.push((Stage::Cancelled, now));
        }
    }

    /// Surrenders those of `codes` that belong to one pre-order, which the caller has checked.
    pub(super) fn surrender(&mut self, temp_order_code: &str, codes: &[String], now: i64) {
        let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) else { return };
        let on_credit = pre_order.on_credit();
        let Some(order) = pre_order.order.as_mut() else { return };
        let surrendered: Vec<_> = order.in_force().into_iter().filter(|code| codes.contains(code)).collect();
        let refund = order.surrender(&surrendered);
        let stage = order.status.stage();
        pre_order.history.push((stage, now));
        if on_credit {
            self.credit = self.credit.saturating_add(refund);
        }
        for code in surrendered {
            self.outbox.queue(
                temp_order_code,
                "return",
                &pre_order.request.return_notify_url,
                callback(pre_order, &code),
                now,
            );
            if let Some(url) = &pre_order.request.refund_notify_url {
                self.outbox.queue(temp_order_code, "refund", url, callback(pre_order, &code), now);
            }
        }
    }

    /// Applies for an order's invoices.
    pub(super) fn apply_for_invoices(
        &mut self,
        order_code: &str,
        title: String,
        taxpayer_no: Option<String>,
        now: i64,
    ) -> Result<(), &'static str> {
        let pre_order = self.orders.get(order_code).and_then(|code| self.pre_orders.get_mut(code));
        let found = pre_order.and_then(|pre_order| Some((pre_order.product.invoicing, pre_order.order.as_mut()?)));
        let (invoicing, order) = found.ok_or("orderCode names no order")?;
        order.apply_for_invoices(invoicing, title, taxpayer_no, || token(&mut self.rng), now)
    }
}

/// The callback about a policy; it has the same keys for all three kinds, only the address differs.
fn callback(pre_order: &PreOrder, policy_code: &str) -> String {
    let mut map = Map::new();
    map.push("outSerialNo", pre_order.request.out_serial_no.as_str().into());
    map.push("tempOrderCode", pre_order.code.as_str().into());
    map.push("orderCode", pre_order.order.as_ref().map_or(Value::Null, |order| order.code.as_str().into()));
    map.push("policyCode", policy_code.into());
    map.push("success", Value::Bool(true));
    map.to_json()
}
