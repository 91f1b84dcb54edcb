//! Everything the platform remembers, and the steps that change it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::endpoints::create_pre_order::CreatePreOrderRequest;
use crate::sandbox::Notification;
use crate::sandbox::catalogue::Product;
use crate::sandbox::order::{Order, OrderStatus, Policy, PolicyStatus, PreOrder};
use crate::sandbox::time::compact;
use crate::value::{Map, Value};

/// The platform's memory.
#[derive(Debug)]
pub(super) struct State {
    rng: fastrand::Rng,
    /// How far the clock was moved, in milliseconds.
    pub(super) offset: i64,
    /// Mobile by memberId.
    pub(super) members: BTreeMap<String, String>,
    /// By tempOrderCode.
    pub(super) pre_orders: BTreeMap<String, PreOrder>,
    /// tempOrderCode by orderCode.
    orders: BTreeMap<String, String>,
    /// tempOrderCode by policyCode.
    policies: BTreeMap<String, String>,
    /// memberId and outSerialNo of every pre-order.
    pub(super) serials: BTreeSet<(String, String)>,
    /// memberId by the order list page's token.
    pub(super) lists: BTreeMap<String, String>,
    pub(super) nonces: Nonces,
    /// When the calls of the running period came.
    pub(super) calls: VecDeque<i64>,
    pub(super) outbox: Outbox,
    counter: u32,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: fastrand::Rng::with_seed(seed),
            offset: 0,
            members: BTreeMap::new(),
            pre_orders: BTreeMap::new(),
            orders: BTreeMap::new(),
            policies: BTreeMap::new(),
            serials: BTreeSet::new(),
            lists: BTreeMap::new(),
            nonces: Nonces::default(),
            calls: VecDeque::new(),
            outbox: Outbox::default(),
            counter: 0,
        }
    }

    /// 32 hex digits: what stands in an address so that it cannot be guessed, were the seed a secret.
    pub(super) fn token(&mut self) -> String {
        format!("{:032x}", self.rng.u128(..))
    }

    /// The member of that mobile, registered now where it is new.
    pub(super) fn register(&mut self, mobile: &str) -> String {
        if let Some((id, _)) = self.members.iter().find(|(_, known)| *known == mobile) {
            return id.clone();
        }
        let id = (100_001 + self.members.len()).to_string();
        self.members.insert(id.clone(), mobile.to_owned());
        id
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
        self.serials.insert((request.member_id.clone(), request.out_serial_no.clone()));
        let pre_order = PreOrder { code: code.clone(), token: token.clone(), request, product, order: None };
        self.pre_orders.insert(code.clone(), pre_order);
        (code, token)
    }

    /// The buyer buys: an order comes into being, paid at the cashier (payType 2) or owed to the distributor.
    pub(super) fn buy(&mut self, temp_order_code: &str, plan: usize, now: i64) -> Result<String, &'static str> {
        let on_credit = self.open_pre_order(temp_order_code)?.on_credit();
        let code = self.place(temp_order_code, plan, OrderStatus::Unpaid, now);
        if !on_credit {
            self.issue(temp_order_code, now);
        }
        Ok(code)
    }

    /// The buyer gives up.
    pub(super) fn cancel(&mut self, temp_order_code: &str, now: i64) -> Result<(), &'static str> {
        self.open_pre_order(temp_order_code)?;
        self.place(temp_order_code, 0, OrderStatus::Cancelled, now);
        Ok(())
    }

    fn open_pre_order(&self, temp_order_code: &str) -> Result<&PreOrder, &'static str> {
        match self.pre_orders.get(temp_order_code) {
            None => Err("names no pre-order"),
            Some(PreOrder { order: Some(_), .. }) => Err("names a pre-order that was bought or cancelled before"),
            Some(pre_order) => Ok(pre_order),
        }
    }

    fn place(&mut self, temp_order_code: &str, plan: usize, status: OrderStatus, now: i64) -> String {
        let code = self.number("1011", now);
        let people = self.pre_orders.get(temp_order_code).map(PreOrder::people).unwrap_or_default();
        let policies: Vec<_> = people
            .into_iter()
            .map(|insured| Policy { insured, status: PolicyStatus::NotIssued, code: None, token: self.token() })
            .collect();
        if let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) {
            let plans = pre_order.product.plans;
            if let Some(plan) = plans.get(plan).or_else(|| plans.first()) {
                pre_order.order =
                    Some(Order { code: code.clone(), created: now, plan, status, policies, invoice: None });
            }
        }
        self.orders.insert(code.clone(), temp_order_code.to_owned());
        code
    }

    /// Paid: the policies are issued and the distributor is told.
    pub(super) fn issue(&mut self, temp_order_code: &str, now: i64) {
        let count = self
            .pre_orders
            .get(temp_order_code)
            .and_then(|pre_order| pre_order.order.as_ref())
            .map_or(0, |order| order.policies.len());
        let codes: Vec<_> = (0..count).map(|_| self.number("PDAA", now)).collect();
        let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) else { return };
        let Some(order) = pre_order.order.as_mut() else { return };
        order.status = OrderStatus::Paid;
        for (policy, code) in order.policies.iter_mut().zip(&codes) {
            policy.status = PolicyStatus::InForce;
            policy.code = Some(code.clone());
        }
        for code in &codes {
            self.outbox.queue("deliver", &pre_order.request.deliver_notify_url, callback(pre_order, code));
            self.policies.insert(code.clone(), temp_order_code.to_owned());
        }
    }

    /// The distributor's payment failed.
    pub(super) fn fail(&mut self, temp_order_code: &str) {
        if let Some(order) = self.pre_orders.get_mut(temp_order_code).and_then(|pre_order| pre_order.order.as_mut()) {
            order.status = OrderStatus::Cancelled;
        }
    }

    /// Surrenders those of `codes` that belong to one pre-order, which the caller has checked.
    pub(super) fn surrender(&mut self, temp_order_code: &str, codes: &[String]) {
        let Some(pre_order) = self.pre_orders.get_mut(temp_order_code) else { return };
        let Some(order) = pre_order.order.as_mut() else { return };
        let is_meant = |policy: &Policy| policy.code.as_ref().is_some_and(|code| codes.contains(code));
        let surrendered: Vec<_> =
            order.policies.iter().filter(|policy| is_meant(policy)).filter_map(|policy| policy.code.clone()).collect();
        order.surrender(is_meant);
        for code in surrendered {
            self.outbox.queue("return", &pre_order.request.return_notify_url, callback(pre_order, &code));
            if let Some(url) = &pre_order.request.refund_notify_url {
                self.outbox.queue("refund", url, callback(pre_order, &code));
            }
        }
    }

    /// The pre-order of an order code.
    pub(super) fn by_order(&mut self, order_code: &str) -> Option<&mut PreOrder> {
        self.orders.get(order_code).and_then(|code| self.pre_orders.get_mut(code))
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

    pub(super) fn snapshot(&self, now: i64) -> Value {
        let members = self.members.keys().map(|id| Value::from(id.as_str()));
        let orders = self.pre_orders.values().map(|pre_order| {
            let mut map = Map::new();
            map.push("tempOrderCode", pre_order.code.as_str().into());
            map.push("outSerialNo", pre_order.request.out_serial_no.as_str().into());
            map.push("memberId", pre_order.request.member_id.as_str().into());
            if let Some(order) = &pre_order.order {
                map.push("orderCode", order.code.as_str().into());
                map.push("orderStatus", order.status.text().into());
                let policies = order.policies.iter().map(|policy| {
                    let mut map = Map::new();
                    map.push("policyCode", policy.code.as_deref().map_or(Value::Null, Value::from));
                    map.push("policyStatus", policy.status.text().into());
                    Value::Map(map)
                });
                map.push("policies", Value::List(policies.collect()));
            }
            Value::Map(map)
        });
        let mut map = Map::new();
        map.push("now", now.into());
        map.push("members", Value::List(members.collect()));
        map.push("orders", Value::List(orders.collect()));
        map.push("notifications", self.outbox.snapshot());
        Value::Map(map)
    }
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
#[derive(Debug, Default)]
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

/// The callbacks and how they were answered.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    all: Vec<(Notification, Answered)>,
    taken: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Waiting,
    Nobody,
    Status(u16),
}

impl Outbox {
    fn queue(&mut self, kind: &'static str, url: &str, body: String) {
        let notification = Notification { id: self.all.len(), kind, url: url.to_owned(), body, delay_ms: 0 };
        self.all.push((notification, Answered::Waiting));
    }

    pub(super) fn take(&mut self) -> Vec<Notification> {
        let waiting = self.all.iter().skip(self.taken).map(|(notification, _)| notification.clone()).collect();
        self.taken = self.all.len();
        waiting
    }

    pub(super) fn delivered(&mut self, id: usize, status: Option<u16>) {
        if let Some((_, answered)) = self.all.get_mut(id) {
            *answered = status.map_or(Answered::Nobody, Answered::Status);
        }
    }

    fn snapshot(&self) -> Value {
        let rows = self.all.iter().map(|(notification, answered)| {
            let mut map = Map::new();
            map.push("kind", notification.kind.into());
            map.push("url", notification.url.as_str().into());
            map.push("body", Value::parse(&notification.body).unwrap_or(Value::Null));
            match answered {
                Answered::Waiting => map.push("answer", "waiting".into()),
                Answered::Nobody => map.push("answer", "nobody".into()),
                Answered::Status(status) => map.push("answer", i64::from(*status).into()),
            }
            Value::Map(map)
        });
        Value::List(rows.collect())
    }
}
