//! Everything the platform remembers, and the indices to find it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::endpoints::create_pre_order::CreatePreOrderRequest;
use crate::sandbox::catalogue::Product;
use crate::sandbox::keep;
use crate::sandbox::log::Log;
use crate::sandbox::nonces::Nonces;
use crate::sandbox::order::{PreOrder, Stage};
use crate::sandbox::outbox::Outbox;
use crate::sandbox::time::compact;

/// The most pre-orders, insured and members that are remembered: beyond that the oldest is forgotten.
pub(super) const MOST_ORDERS: usize = 10_000;
const MOST_PEOPLE: usize = 100_000;
const MOST_MEMBERS: usize = 10_000;

/// How long the address of an order list page is valid.
const LIST_LIFE_MS: i64 = 30 * 60 * 1000;

/// The platform's memory.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(with = "keep::rng")]
    pub(super) rng: fastrand::Rng,
    /// By how much the clock was moved, in milliseconds.
    pub(super) offset: i64,
    /// The distributor's credit balance, in cents.
    pub(super) credit: i64,
    pub(super) members: BTreeMap<String, Member>,
    /// memberIds, oldest first.
    pub(super) members_by_age: VecDeque<String>,
    /// memberId by mobile.
    pub(super) mobiles: BTreeMap<String, String>,
    /// By tempOrderCode.
    pub(super) pre_orders: BTreeMap<String, PreOrder>,
    /// tempOrderCodes, oldest first; `alive_from` is the place of the next to expire.
    pub(super) by_age: VecDeque<String>,
    pub(super) alive_from: usize,
    pub(super) people: usize,
    /// tempOrderCode by orderCode.
    pub(super) orders: BTreeMap<String, String>,
    /// tempOrderCode by policyCode.
    pub(super) policies: BTreeMap<String, String>,
    /// memberId and outSerialNo of every pre-order.
    pub(super) serials: BTreeSet<(String, String)>,
    /// memberId by the order list page's token, and when the token ends.
    pub(super) lists: BTreeMap<String, (String, i64)>,
    pub(super) nonces: Nonces,
    /// When the calls of the current period came.
    pub(super) calls: VecDeque<i64>,
    pub(super) outbox: Outbox,
    pub(super) log: Log,
    pub(super) counter: u64,
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

    /// 32 hex digits that would make an address unguessable if the seed were secret.
    fn token(&mut self) -> String {
        token(&mut self.rng)
    }

    /// The member with that mobile; registers it if it is new.
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

    /// Forgets everything except the callbacks' numbers: some may still be on their way, and must not answer for others.
    pub(super) fn reset(&mut self, seed: u64, credit: i64) {
        let outbox = self.outbox.emptied();
        *self = Self { outbox, ..Self::new(seed, credit) };
    }

    /// The token of a page that lists a member's orders.
    pub(super) fn list(&mut self, member_id: &str, now: i64) -> String {
        let token = self.token();
        self.lists.insert(token.clone(), (member_id.to_owned(), now.saturating_add(LIST_LIFE_MS)));
        token
    }

    /// The member whose orders that token lists.
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

    /// The memberIds of the newest members, oldest first.
    pub(super) fn newest_members(&self, count: usize) -> impl Iterator<Item = &str> {
        self.members_by_age.iter().skip(self.members_by_age.len().saturating_sub(count)).map(String::as_str)
    }

    /// The newest pre-orders, oldest first.
    pub(super) fn newest_orders(&self, count: usize) -> impl Iterator<Item = &PreOrder> {
        let newest = self.by_age.iter().skip(self.by_age.len().saturating_sub(count));
        newest.filter_map(|code| self.pre_orders.get(code))
    }

    /// A code as the platform makes them: kind, time and number.
    pub(super) fn number(&mut self, prefix: &str, now: i64) -> String {
        self.counter += 1;
        format!("{prefix}{}{:06}", compact(now), self.counter)
    }
}

pub(super) fn token(rng: &mut fastrand::Rng) -> String {
    format!("{:032x}", rng.u128(..))
}

fn serial(request: &CreatePreOrderRequest) -> (String, String) {
    (request.member_id.clone(), request.out_serial_no.clone())
}
