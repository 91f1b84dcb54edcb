//! Everything the platform remembers, and the steps that change it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::endpoints::create_pre_order::CreatePreOrderRequest;
use crate::sandbox::catalogue::{Product, yuan};
use crate::sandbox::keep;
use crate::sandbox::log::Log;
use crate::sandbox::order::{Order, OrderStatus, Policy, PolicyStatus, PreOrder, Stage};
use crate::sandbox::outbox::Outbox;
use crate::sandbox::time::compact;
use crate::value::{Map, Value};

/// So many pre-orders with so many insured are remembered, and so many members: with one more the oldest is forgotten.
pub(super) const MOST_ORDERS: usize = 10_000;
const MOST_PEOPLE: usize = 100_000;
const MOST_MEMBERS: usize = 10_000;

/// How long a pre-order can be bought, and an order be paid.
const LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// How long the address of an order list page works.
const LIST_LIFE_MS: i64 = 30 * 60 * 1000;

/// The platform's memory.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(with = "keep::rng")]
    rng: fastrand::Rng,
    /// How far the clock was moved, in milliseconds.
    pub(super) offset: i64,
    /// What the distributor's credit account holds, in cents.
    pub(super) credit: i64,
    members: BTreeMap<String, Member>,
    /// memberIds, oldest first.
    members_by_age: VecDeque<String>,
    /// memberId by mobile.
    mobiles: BTreeMap<String, String>,
    /// By tempOrderCode.
    pre_orders: BTreeMap<String, PreOrder>,
    /// tempOrderCodes, oldest first; the place of the next to expire.
    by_age: VecDeque<String>,
    alive_from: usize,
    people: usize,
    /// tempOrderCode by orderCode.
    orders: BTreeMap<String, String>,
    /// tempOrderCode by policyCode.
    policies: BTreeMap<String, String>,
    /// memberId and outSerialNo of every pre-order.
    serials: BTreeSet<(String, String)>,
    /// memberId by the order list page's token, and until when.
    lists: BTreeMap<String, (String, i64)>,
    pub(super) nonces: Nonces,
    /// When the calls of the running period came.
    pub(super) calls: VecDeque<i64>,
    pub(super) outbox: Outbox,
    pub(super) log: Log,
    counter: u64,
}

/// A registered organisation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) mobile: String,
    pub(super) company: String,
}

impl State {
    pub(super) fn new(seed: u64, credit: i64) -> Self {
        Self {
            rng: fastrand::Rng::with_seed(seed),
            offset: 0,
            credit,
            members: BTreeMap::new(),
            members_by_age: VecDeque::new(),
            mobiles: BTreeMap::new(),
            pre_orders: BTreeMap::new(),
            by_age: VecDeque::new(),
            alive_from: 0,
            people: 0,
            orders: BTreeMap::new(),
            policies: BTreeMap::new(),
            serials: BTreeSet::new(),
            lists: BTreeMap::new(),
            nonces: Nonces::default(),
            calls: VecDeque::new(),
            outbox: Outbox::default(),
            log: Log::default(),
            counter: 0,
        }
    }

    /// 32 hex digits: what stands in an address so that it cannot be guessed, were the seed a secret.
    fn token(&mut self) -> String {
        token(&mut self.rng)
    }

    /// The member of that mobile, registered now where it is new.
    pub(super) fn register(&mut self, mobile: &str, company: &str) -> String {
        if let Some(id) = self.mobiles.get(mobile) {
            return id.clone();
        }
        self.counter += 1;
        let id = (100_000 + self.counter).to_string();
        self.members.insert(id.clone(), Member { mobile: mobile.to_owned(), company: company.to_owned() });
        self.mobiles.insert(mobile.to_owned(), id.clone());
        self.members_by_age.push_back(id.clone());
        if self.members.len() > MOST_MEMBERS
            && let Some(gone) = self.members_by_age.pop_front().and_then(|oldest| self.members.remove(&oldest))
        {
            self.mobiles.remove(&gone.mobile);
        }
        id
    }

    pub(super) fn member(&self, id: &str) -> Option<&Member> {
        self.members.get(id)
    }

    /// Whether that member has used that outSerialNo.
    pub(super) fn serial_was_used(&self, request: &CreatePreOrderRequest) -> bool {
        self.serials.contains(&serial(request))
    }

    /// Keeps a pre-order; returns its code and token.
    pub(super) fn pre_order(
        &mut self,
        request: CreatePreOrderRequest,
        product: &'static Product,
        now: i64,
    ) -> (String, String) {
        let code = self.number("1010", now);
        let token = self.token();
        self.serials.insert(serial(&request));
        let pre_order = PreOrder {
            code: code.clone(),
            token: token.clone(),
            request,
            product,
            order: None,
            expired: false,
            history: vec![(Stage::PreOrder, now)],
        };
        self.people += pre_order.count();
        self.pre_orders.insert(code.clone(), pre_order);
        self.by_age.push_back(code.clone());
        while self.by_age.len() > MOST_ORDERS || (self.people > MOST_PEOPLE && self.by_age.len() > 1) {
            self.forget_oldest();
        }
        (code, token)
    }

    fn forget_oldest(&mut self) {
        let gone = self.by_age.pop_front().and_then(|code| self.pre_orders.remove(&code));
        self.alive_from = self.alive_from.saturating_sub(1);
        let Some(gone) = gone else { return };
        self.people -= gone.count();
        self.serials.remove(&serial(&gone.request));
        if let Some(order) = gone.order {
            self.orders.remove(&order.code);
            for code in order.policies.into_iter().filter_map(|policy| policy.code) {
                self.policies.remove(&code);
            }
        }
    }

    /// What time does by itself: pre-orders expire, unpaid orders are cancelled, addresses of lists end.
    pub(super) fn pass(&mut self, now: i64) {
        while let Some(pre_order) = self.by_age.get(self.alive_from).and_then(|code| self.pre_orders.get_mut(code)) {
            let since = pre_order.history.first().map_or(0, |(_, at)| *at);
            if now.saturating_sub(since) < LIFE_MS {
                break;
            }
            match pre_order.order.as_mut() {
                None => {
                    pre_order.expired = true;
                    pre_order.history.push((Stage::Expired, now));
                }
                Some(order) if order.status == OrderStatus::Unpaid => {
                    order.status = OrderStatus::Cancelled;
                    pre_order.history.push((Stage::Cancelled, now));
                }
                Some(_) => {}
            }
            self.alive_from += 1;
        }
        self.lists.retain(|_, (_, until)| *until > now);
    }

    /// The buyer buys: an order comes into being, paid at the cashier (payType 2) or owed to the distributor.
    pub(super) fn buy(&mut self, temp_order_code: &str, plan: usize, now: i64) -> Result<String, &'static str> {
        self.pass(now);
        let on_credit = self.open_pre_order(temp_order_code)?.on_credit();
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
            let plans = pre_order.product.plans;
            if let Some(plan) = plans.get(plan).or_else(|| plans.first()) {
                pre_order.order =
                    Some(Order { code: code.clone(), created: now, plan, status, policies, invoicing: None });
                pre_order.history.push((status.stage(), now));
            }
        }
        self.orders.insert(code.clone(), temp_order_code.to_owned());
        code
    }

    /// The distributor's customer has paid: its credit account is charged and the policies are issued.
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

    /// Paid: the policies are issued and the distributor is told.
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

    /// The token of a page that lists a member's orders.
    pub(super) fn list(&mut self, member_id: &str, now: i64) -> String {
        let token = self.token();
        self.lists.insert(token.clone(), (member_id.to_owned(), now.saturating_add(LIST_LIFE_MS)));
        token
    }

    /// Whose orders that token lists.
    pub(super) fn listed(&self, token: &str) -> Option<&str> {
        self.lists.get(token).map(|(member_id, _)| member_id.as_str())
    }

    /// A member's pre-orders, oldest first.
    pub(super) fn of_member<'a>(&'a self, member_id: &'a str) -> impl Iterator<Item = &'a PreOrder> {
        let all = self.by_age.iter().filter_map(|code| self.pre_orders.get(code));
        all.filter(move |pre_order| pre_order.request.member_id == member_id)
    }

    pub(super) fn by_code(&self, temp_order_code: &str) -> Option<&PreOrder> {
        self.pre_orders.get(temp_order_code)
    }

    /// The pre-order of an order code.
    pub(super) fn by_order(&self, order_code: &str) -> Option<&PreOrder> {
        self.orders.get(order_code).and_then(|code| self.pre_orders.get(code))
    }

    /// The pre-order of a policy code.
    pub(super) fn by_policy(&self, policy_code: &str) -> Option<&PreOrder> {
        self.policies.get(policy_code).and_then(|code| self.pre_orders.get(code))
    }

    /// A code as the platform makes them: what it is, when, and which.
    fn number(&mut self, prefix: &str, now: i64) -> String {
        self.counter += 1;
        format!("{prefix}{}{:06}", compact(now), self.counter)
    }

    /// The latest of each list, oldest first.
    pub(super) fn snapshot(&self, now: i64, latest: usize) -> Map {
        let members = self.members_by_age.iter().map(|id| Value::from(id.as_str()));
        let skipped = self.by_age.len().saturating_sub(latest);
        let orders = self.by_age.iter().skip(skipped).filter_map(|code| self.pre_orders.get(code));
        let mut map = Map::new();
        map.push("now", now.into());
        map.push("creditBalance", yuan(self.credit).into());
        map.push("members", Value::List(members.collect()));
        map.push("orders", Value::List(orders.map(|pre_order| summary(pre_order, now)).collect()));
        map.push("notifications", self.outbox.snapshot(latest));
        map
    }
}

fn token(rng: &mut fastrand::Rng) -> String {
    format!("{:032x}", rng.u128(..))
}

fn serial(request: &CreatePreOrderRequest) -> (String, String) {
    (request.member_id.clone(), request.out_serial_no.clone())
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

/// What the platform tells of a policy; the same keys for all three kinds, only the address differs.
fn callback(pre_order: &PreOrder, policy_code: &str) -> String {
    let mut map = Map::new();
    map.push("outSerialNo", pre_order.request.out_serial_no.as_str().into());
    map.push("tempOrderCode", pre_order.code.as_str().into());
    map.push("orderCode", pre_order.order.as_ref().map_or(Value::Null, |order| order.code.as_str().into()));
    map.push("policyCode", policy_code.into());
    map.push("success", Value::Bool(true));
    map.to_json()
}

/// The nonces of the last minutes: older envelopes are refused by their timestamp.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Nonces {
    seen: BTreeSet<String>,
    by_age: VecDeque<(i64, String)>,
}

impl Nonces {
    /// Whether `nonce` is new; remembers it for `keep_ms`.
    pub(super) fn admit(&mut self, nonce: &str, now: i64, keep_ms: i64) -> bool {
        while let Some((_, old)) = self.by_age.pop_front_if(|(since, _)| now.saturating_sub(*since) > keep_ms) {
            self.seen.remove(&old);
        }
        let new = self.seen.insert(nonce.to_owned());
        if new {
            self.by_age.push_back((now, nonce.to_owned()));
        }
        new
    }
}
