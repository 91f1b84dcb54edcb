//! The eleven endpoints, behind the gateway, which has already checked parameters against the endpoint's schema.

use crate::endpoints::apply_invoice::{ApplyInvoice, ApplyInvoiceRequest};
use crate::endpoints::create_pre_order::{CreatePreOrder, CreatePreOrderRequest};
use crate::endpoints::invoice_url::{InvoiceUrl, InvoiceUrlRequest};
use crate::endpoints::notify_payment::{NotifyPayment, NotifyPaymentRequest, TxnStatus};
use crate::endpoints::order_detail::{OrderDetail, OrderDetailRequest};
use crate::endpoints::order_list_url::{OrderListUrl, OrderListUrlRequest};
use crate::endpoints::policy_url::{PolicyUrl, PolicyUrlRequest};
use crate::endpoints::product_detail::{ProductDetail, ProductDetailRequest};
use crate::endpoints::register_member::{RegisterMember, RegisterMemberRequest};
use crate::endpoints::surrender_by_order_code::{SurrenderByOrderCode, SurrenderByOrderCodeRequest};
use crate::endpoints::surrender_by_policy_code::{SurrenderByPolicyCode, SurrenderByPolicyCodeRequest};
use crate::endpoints::{Call, Endpoint};
use crate::model::Model;
use crate::sandbox::catalogue::{product, yuan};
use crate::sandbox::order::{Order, OrderStatus, PreOrder};
use crate::sandbox::refusal::{Refusal, refuse};
use crate::sandbox::state::State;
use crate::sandbox::{Config, replies};
use crate::value::{Map, Value};

type Answer = Result<Value, Refusal>;

pub(super) fn call(config: &Config, state: &mut State, endpoint: &Endpoint, body: &Map, now: i64) -> Answer {
    let codes = &config.codes;
    for (name, ours) in [
        ("distrCode", &codes.distr_code),
        ("employeeCode", &codes.employee_code),
        ("invitateCode", &codes.invitate_code),
    ] {
        if body.text(name).is_some_and(|given| Some(given) != ours.as_deref()) {
            return Err(refuse("9999", format!("{name} is not yours")));
        }
    }
    if body.text("memberId").is_some_and(|id| state.member(id).is_none()) {
        return Err(refuse("9999", "memberId names no member; register first"));
    }
    match endpoint.name {
        name if name == RegisterMember::ENDPOINT.name => typed(body, |request| register_member(state, &request)),
        name if name == ApplyInvoice::ENDPOINT.name => typed(body, |request| apply_invoice(state, request, now)),
        name if name == InvoiceUrl::ENDPOINT.name => typed(body, |request| invoice_url(config, state, &request, now)),
        name if name == CreatePreOrder::ENDPOINT.name => {
            typed(body, |request| create_pre_order(config, state, request, now))
        }
        name if name == ProductDetail::ENDPOINT.name => typed(body, |request| product_detail(&request)),
        name if name == PolicyUrl::ENDPOINT.name => typed(body, |request| policy_url(config, state, &request)),
        name if name == NotifyPayment::ENDPOINT.name => typed(body, |request| notify_payment(state, &request, now)),
        name if name == OrderListUrl::ENDPOINT.name => {
            typed(body, |request| order_list_url(config, state, &request, now))
        }
        name if name == SurrenderByPolicyCode::ENDPOINT.name => {
            typed(body, |request| surrender_policies(state, &request, now))
        }
        name if name == SurrenderByOrderCode::ENDPOINT.name => {
            typed(body, |request| surrender_order(state, &request, now))
        }
        name if name == OrderDetail::ENDPOINT.name => typed(body, |request| order_detail(config, state, &request, now)),
        _ => Err(refuse("2008", "no such path")),
    }
}

/// The checked parameters as their Rust type.
fn typed<M: Model>(body: &Map, call: impl FnOnce(M) -> Answer) -> Answer {
    M::from_map(body).map_or_else(|| Err(refuse("9999", "parameters")), call)
}

fn register_member(state: &mut State, request: &RegisterMemberRequest) -> Answer {
    let mut data = Map::new();
    data.push("memberId", state.register(&request.mobile, &request.company).into());
    Ok(Value::Map(data))
}

fn create_pre_order(config: &Config, state: &mut State, request: CreatePreOrderRequest, now: i64) -> Answer {
    let product = product(&request.product_code).ok_or_else(|| refuse("3000", "productCode"))?;
    if state.serial_was_used(&request) {
        return Err(refuse("9999", "outSerialNo was used before"));
    }
    let (code, token) = state.pre_order(request, product, now);
    let mut data = Map::new();
    data.push("url", format!("{}/pages/distr/order?tempOrderCode={code}&token={token}", config.base_url).into());
    data.push("tempOrderCode", code.into());
    Ok(Value::Map(data))
}

fn product_detail(request: &ProductDetailRequest) -> Answer {
    let product = product(&request.product_code).ok_or_else(|| refuse("3000", "productCode"))?;
    let names = if product.like_example {
        ["safeguardPlanCode", "safeguardPlanName", "defaultMinPrice"]
    } else {
        ["planCode", "planName", "minPrice"]
    };
    let wanted = |code: &str| request.plan_code.as_deref().is_none_or(|wanted| wanted == code);
    let plans: Vec<_> = product
        .plans
        .iter()
        .filter(|plan| wanted(plan.code))
        .map(|plan| {
            let values = [plan.code.to_owned(), plan.name.to_owned(), yuan(plan.cents)];
            Value::Map(names.iter().zip(values).map(|(name, value)| ((*name).to_owned(), Value::Text(value))).collect())
        })
        .collect();
    if plans.is_empty() {
        return Err(refuse("3000", "planCode"));
    }
    let mut data = Map::new();
    data.push("productCode", product.code.into());
    data.push("productName", product.name.into());
    data.push("insuranceCompanyLogo", product.logo.into());
    data.push("plans", Value::List(plans));
    Ok(Value::Map(data))
}

fn policy_url(config: &Config, state: &State, request: &PolicyUrlRequest) -> Answer {
    let (pre_order, order) = bought(state, &request.temp_order_code, &request.member_id)?;
    if !order.was_paid() {
        return Err(refuse("1001", "the order is not paid"));
    }
    Ok(replies::policy_urls(config, pre_order, order))
}

fn order_detail(config: &Config, state: &State, request: &OrderDetailRequest, now: i64) -> Answer {
    let (pre_order, order) = bought(state, &request.temp_order_code, &request.member_id)?;
    Ok(replies::order_detail(config, pre_order, order, state.member(&request.member_id), now))
}

/// An order that belongs to the member; there is none until the buyer has bought.
fn bought<'a>(state: &'a State, temp_order_code: &str, member_id: &str) -> Result<(&'a PreOrder, &'a Order), Refusal> {
    let pre_order = state.by_code(temp_order_code).filter(|pre_order| pre_order.request.member_id == member_id);
    let found = pre_order.and_then(|pre_order| Some((pre_order, pre_order.order.as_ref()?)));
    found.ok_or_else(|| refuse("1000", "tempOrderCode"))
}

/// The same by the platform's order code.
fn ordered<'a>(state: &'a State, order_code: &str, member_id: &str) -> Result<(&'a PreOrder, &'a Order), Refusal> {
    let pre_order = state.by_order(order_code).filter(|pre_order| pre_order.request.member_id == member_id);
    let found = pre_order.and_then(|pre_order| Some((pre_order, pre_order.order.as_ref()?)));
    found.ok_or_else(|| refuse("1000", "orderCode"))
}

fn notify_payment(state: &mut State, request: &NotifyPaymentRequest, now: i64) -> Answer {
    let (pre_order, order) = bought(state, &request.temp_order_code, &request.member_id)?;
    if !pre_order.on_credit() {
        return Err(refuse("9999", "tempOrderCode is paid at the platform's cashier (payType 2)"));
    }
    match (request.txn_status, order.status) {
        // Reports may come late or twice: then what they say has already been done, or no longer matters.
        (TxnStatus::Processing, _) => {}
        (TxnStatus::Succeeded, _) if order.was_paid() => {}
        (TxnStatus::Failed, OrderStatus::Cancelled) => {}
        (TxnStatus::Succeeded, OrderStatus::Unpaid) => {
            state.charge(&request.temp_order_code, now).map_err(|about| refuse("9999", about))?;
        }
        (TxnStatus::Failed, OrderStatus::Unpaid) => state.fail(&request.temp_order_code, now),
        (TxnStatus::Succeeded, _) => return Err(refuse("9999", "the order was cancelled; create a new pre-order")),
        (TxnStatus::Failed, _) => return Err(refuse("9999", "the order is paid; surrender its policies instead")),
    }
    Ok(Value::Null)
}

fn order_list_url(config: &Config, state: &mut State, request: &OrderListUrlRequest, now: i64) -> Answer {
    if state.member(&request.member_id).is_none_or(|member| member.mobile != request.account) {
        return Err(refuse("9999", "account is not the member's mobile"));
    }
    let token = state.list(&request.member_id, now);
    let mut data = Map::new();
    data.push("orderListUrl", format!("{}/pages/distr/myorder/list?creditToken={token}", config.base_url).into());
    Ok(Value::Map(data))
}

fn apply_invoice(state: &mut State, request: ApplyInvoiceRequest, now: i64) -> Answer {
    ordered(state, &request.order_code, &request.member_id)?;
    let ApplyInvoiceRequest { order_code, invoice_title, taxpayer_no, .. } = request;
    state.apply_for_invoices(&order_code, invoice_title, taxpayer_no, now).map_err(|about| refuse("9999", about))?;
    Ok(Value::Null)
}

fn invoice_url(config: &Config, state: &State, request: &InvoiceUrlRequest, now: i64) -> Answer {
    let (pre_order, order) = ordered(state, &request.order_code, &request.member_id)?;
    Ok(replies::invoices(config, pre_order, order, now))
}

fn surrender_order(state: &mut State, request: &SurrenderByOrderCodeRequest, now: i64) -> Answer {
    let (pre_order, order) = ordered(state, &request.order_code, &request.member_id)?;
    let (temp_order_code, codes) = (pre_order.code.clone(), order.in_force());
    if codes.is_empty() {
        return Err(refuse("4001", ""));
    }
    state.surrender(&temp_order_code, &codes, now);
    Ok(Value::Null)
}

/// Surrenders all of the policies or none.
fn surrender_policies(state: &mut State, request: &SurrenderByPolicyCodeRequest, now: i64) -> Answer {
    let mut orders = Vec::new();
    for code in &request.policy_codes {
        let pre_order = state.by_policy(code).filter(|pre_order| pre_order.request.member_id == request.member_id);
        let pre_order = pre_order.ok_or_else(|| refuse("1000", "policyCodes names a policy that is not yours"))?;
        if !pre_order.order.as_ref().is_some_and(|order| order.in_force().contains(code)) {
            return Err(refuse("4001", "policyCodes"));
        }
        if !orders.contains(&pre_order.code) {
            orders.push(pre_order.code.clone());
        }
    }
    for temp_order_code in orders {
        state.surrender(&temp_order_code, &request.policy_codes, now);
    }
    Ok(Value::Null)
}
