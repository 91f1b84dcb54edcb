//! Pre-orders, orders and policies: what each can become.

use crate::endpoints::create_pre_order::{CreatePreOrderRequest, InsuredInfo, PayType};
use crate::sandbox::catalogue::{Plan, Product};

/// A pre-order, and the order it became.
#[derive(Debug)]
pub(super) struct PreOrder {
    pub(super) code: String,
    /// In the page's address: who has it is the buyer.
    pub(super) token: String,
    pub(super) request: CreatePreOrderRequest,
    pub(super) product: &'static Product,
    pub(super) order: Option<Order>,
}

impl PreOrder {
    /// Whom the policies are for: the insured people, or one nameless where none was given.
    pub(super) fn people(&self) -> Vec<InsuredInfo> {
        match &self.request.insured_info_list {
            Some(people) if !people.is_empty() => people.clone(),
            _ => vec![self.holder_as_insured()],
        }
    }

    fn holder_as_insured(&self) -> InsuredInfo {
        let holder = self.request.holder_info.clone();
        let part = |take: fn(&crate::endpoints::create_pre_order::HolderInfo) -> Option<String>| {
            holder.as_ref().and_then(take)
        };
        InsuredInfo {
            insured_name: part(|holder| holder.holder_name.clone()),
            insured_card_type: holder.as_ref().and_then(|holder| holder.holder_card_type),
            insured_card_no: part(|holder| holder.holder_card_no.clone()),
            insured_birthday: part(|holder| holder.holder_birthday.clone()),
            insured_gender: holder.as_ref().and_then(|holder| holder.holder_gender),
            insured_mobile: part(|holder| holder.holder_mobile.clone()),
            insured_email: part(|holder| holder.holder_email.clone()),
            insured_relation: None,
        }
    }

    pub(super) fn on_credit(&self) -> bool {
        self.request.pay_type == PayType::Credit
    }
}

/// What the buyer made of a pre-order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) code: String,
    pub(super) created: i64,
    pub(super) plan: &'static Plan,
    pub(super) status: OrderStatus,
    pub(super) policies: Vec<Policy>,
    pub(super) invoice: Option<Invoice>,
}

/// How an order stands. The document names 待支付 and 已退款; the others are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderStatus {
    Unpaid,
    Paid,
    Cancelled,
    PartlySurrendered,
    Refunded,
}

impl OrderStatus {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Unpaid => "待支付",
            Self::Paid => "已支付",
            Self::Cancelled => "已取消",
            Self::PartlySurrendered => "部分退保",
            Self::Refunded => "已退款",
        }
    }
}

/// One insured's policy.
#[derive(Debug)]
pub(super) struct Policy {
    pub(super) insured: InsuredInfo,
    pub(super) status: PolicyStatus,
    /// Once issued.
    pub(super) code: Option<String>,
    /// In its documents' addresses.
    pub(super) token: String,
}

/// How a policy stands. The document names 未投保; the others are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PolicyStatus {
    NotIssued,
    InForce,
    Surrendered,
}

impl PolicyStatus {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::NotIssued => "未投保",
            Self::InForce => "已承保",
            Self::Surrendered => "已退保",
        }
    }
}

/// An invoice for the whole order.
#[derive(Debug)]
pub(super) struct Invoice {
    pub(super) title: String,
    pub(super) token: String,
}

impl Order {
    /// Whether policies were issued, surrendered or not.
    pub(super) fn was_paid(&self) -> bool {
        !matches!(self.status, OrderStatus::Unpaid | OrderStatus::Cancelled)
    }

    pub(super) fn cents(&self) -> i64 {
        self.plan.cents.saturating_mul(i64::try_from(self.policies.len()).unwrap_or(i64::MAX))
    }

    /// Surrenders the policies at `places`, which the caller has checked, and settles the order's state.
    pub(super) fn surrender(&mut self, is_meant: impl Fn(&Policy) -> bool) {
        for policy in self.policies.iter_mut().filter(|policy| is_meant(policy)) {
            policy.status = PolicyStatus::Surrendered;
        }
        let in_force = self.policies.iter().any(|policy| policy.status == PolicyStatus::InForce);
        self.status = if in_force { OrderStatus::PartlySurrendered } else { OrderStatus::Refunded };
    }
}
