//! Pre-orders, orders and policies, and their states.

use serde::{Deserialize, Serialize};

use crate::endpoints::create_pre_order::{CreatePreOrderRequest, HolderInfo, InsuredInfo, PayType};
use crate::sandbox::catalogue::{Plan, Product};
use crate::sandbox::invoice::Application;
use crate::sandbox::keep;

/// A pre-order, and the order it became.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PreOrder {
    pub(super) code: String,
    /// Part of the page's address: whoever has it is the buyer.
    pub(super) token: String,
    #[serde(with = "keep::model")]
    pub(super) request: CreatePreOrderRequest,
    #[serde(with = "keep::product")]
    pub(super) product: &'static Product,
    pub(super) order: Option<Order>,
    pub(super) expired: bool,
    /// Its stages and their times; the last is the present one.
    pub(super) history: Vec<(Stage, i64)>,
}

/// The stages of a purchase, as the console draws them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    PreOrder,
    Expired,
    Unpaid,
    Cancelled,
    Paid,
    PartlySurrendered,
    Refunded,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PreOrder => "preOrder",
            Self::Expired => "expired",
            Self::Unpaid => "unpaid",
            Self::Cancelled => "cancelled",
            Self::Paid => "paid",
            Self::PartlySurrendered => "partlySurrendered",
            Self::Refunded => "refunded",
        }
    }
}

impl PreOrder {
    /// The people the policies are for: the insured, or the holder if none was given.
    pub(super) fn people(&self) -> Vec<InsuredInfo> {
        match &self.request.insured_info_list {
            Some(people) if !people.is_empty() => people.clone(),
            _ => vec![self.holder_as_insured()],
        }
    }

    /// How many people the policies are for.
    pub(super) fn count(&self) -> usize {
        self.request.insured_info_list.as_ref().map_or(1, |people| people.len().max(1))
    }

    fn holder_as_insured(&self) -> InsuredInfo {
        let holder = self.request.holder_info.clone();
        let part = |take: fn(&HolderInfo) -> Option<String>| holder.as_ref().and_then(take);
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

    /// Whether the insured share one policy.
    pub(super) fn is_group(&self) -> bool {
        self.product.group_from.is_some_and(|from| self.count() >= from)
    }
}

/// The order that the buyer made of a pre-order.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) code: String,
    pub(super) created: i64,
    #[serde(with = "keep::plan")]
    pub(super) plan: &'static Plan,
    pub(super) status: OrderStatus,
    pub(super) policies: Vec<Policy>,
    /// The last application; a failed one may be repeated.
    pub(super) invoicing: Option<Application>,
}

/// The state of an order. The document names 待支付 and 已退款; the other texts are our choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

    pub(super) fn stage(self) -> Stage {
        match self {
            Self::Unpaid => Stage::Unpaid,
            Self::Paid => Stage::Paid,
            Self::Cancelled => Stage::Cancelled,
            Self::PartlySurrendered => Stage::PartlySurrendered,
            Self::Refunded => Stage::Refunded,
        }
    }
}

/// A policy, of one insured or of a group.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Policy {
    #[serde(with = "keep::models")]
    pub(super) insured: Vec<InsuredInfo>,
    pub(super) status: PolicyStatus,
    /// Present once issued.
    pub(super) code: Option<String>,
    /// Part of its documents' addresses.
    pub(super) token: String,
}

impl Policy {
    /// Its code, if it can be surrendered.
    pub(super) fn in_force(&self) -> Option<&String> {
        self.code.as_ref().filter(|_| self.status == PolicyStatus::InForce)
    }
}

/// The state of a policy. The document names 未投保; the other texts are our choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

impl Order {
    /// Whether policies were issued, surrendered or not.
    pub(super) fn was_paid(&self) -> bool {
        !matches!(self.status, OrderStatus::Unpaid | OrderStatus::Cancelled)
    }

    pub(super) fn people(&self) -> usize {
        self.policies.iter().map(|policy| policy.insured.len()).sum()
    }

    pub(super) fn cents(&self) -> i64 {
        self.price(self.people())
    }

    /// The price for so many insured.
    pub(super) fn price(&self, people: usize) -> i64 {
        self.plan.cents.saturating_mul(i64::try_from(people).unwrap_or(i64::MAX))
    }

    /// The codes of the policies in force.
    pub(super) fn in_force(&self) -> Vec<String> {
        self.policies.iter().filter_map(Policy::in_force).cloned().collect()
    }

    /// Surrenders `codes`, which the caller has checked, and updates the order's state. Returns the refund.
    pub(super) fn surrender(&mut self, codes: &[String]) -> i64 {
        let mut people = 0;
        for policy in &mut self.policies {
            if policy.in_force().is_some_and(|code| codes.contains(code)) {
                policy.status = PolicyStatus::Surrendered;
                people += policy.insured.len();
            }
        }
        self.status = if self.in_force().is_empty() { OrderStatus::Refunded } else { OrderStatus::PartlySurrendered };
        self.price(people)
    }
}
