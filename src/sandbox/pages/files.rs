//! The documents at the addresses given in replies, for whoever has the token.

use crate::endpoints::create_pre_order::{CardType, InsuredInfo};
use crate::sandbox::Response;
use crate::sandbox::catalogue::yuan;
use crate::sandbox::document::Document;
use crate::sandbox::order::{Order, Policy, PolicyStatus, PreOrder};
use crate::sandbox::pages::given;
use crate::sandbox::replies::{masked, name, period};
use crate::sandbox::state::State;
use crate::sandbox::time::china;
use crate::value::Map;

pub(super) fn policy(state: &State, query: &Map) -> Option<Response> {
    let (pre_order, order, policy) = found(state, query)?;
    let mut rows = head(state, pre_order, order, policy);
    for (place, person) in (1..).zip(&policy.insured) {
        rows.push(("被保人", format!("{place}. {}  {}", name(person), document_no(person))));
    }
    rows.push(("保费", format!("¥{}", yuan(order.price(policy.insured.len())))));
    Some(pdf(pre_order, "电子保单", rows, policy.status))
}

pub(super) fn certificate(state: &State, query: &Map) -> Option<Response> {
    let (pre_order, order, policy) = found(state, query)?;
    let person = policy.insured.get(given(query, "insured").parse::<usize>().ok()?)?;
    let mut rows = head(state, pre_order, order, policy);
    rows.push(("被保人", name(person).to_owned()));
    rows.push(("证件", document_no(person)));
    rows.push(("保费", format!("¥{}", yuan(order.price(1)))));
    Some(pdf(pre_order, "保险凭证", rows, policy.status))
}

pub(super) fn invoice(state: &State, query: &Map, now: i64) -> Option<Response> {
    let pre_order = state.by_order(given(query, "orderCode"))?;
    let order = pre_order.order.as_ref()?;
    let application = order.invoicing.as_ref()?;
    let invoice = order.invoices(now).find(|invoice| invoice.token == given(query, "token"))?;
    let mut rows = vec![("抬头", application.title.clone())];
    rows.extend(application.taxpayer_no.iter().map(|number| ("纳税人识别号", number.clone())));
    rows.push(("项目", format!("保险费 · {}", pre_order.product.name)));
    rows.push(("订单号", order.code.clone()));
    rows.extend(invoice.policies.iter().map(|code| ("保单号", code.clone())));
    rows.push(("金额", format!("¥{}", yuan(invoice.cents))));
    rows.push(("开票时间", china(invoice.ready)));
    Some(pdf(pre_order, "电子发票", rows, PolicyStatus::InForce))
}

fn found<'a>(state: &'a State, query: &Map) -> Option<(&'a PreOrder, &'a Order, &'a Policy)> {
    let code = given(query, "policyCode");
    let pre_order = state.by_policy(code)?;
    let order = pre_order.order.as_ref()?;
    let is_meant = |policy: &&Policy| policy.code.as_deref() == Some(code) && policy.token == given(query, "token");
    Some((pre_order, order, order.policies.iter().find(is_meant)?))
}

fn head(state: &State, pre_order: &PreOrder, order: &Order, policy: &Policy) -> Vec<(&'static str, String)> {
    let (start, end) = period(pre_order, order);
    let member = state.member(&pre_order.request.member_id).filter(|_| pre_order.is_group());
    let person = pre_order.request.holder_info.as_ref().and_then(|holder| holder.holder_name.clone());
    let holder = member.map_or(person, |member| Some(member.company.clone()));
    let mut rows = vec![
        ("保单号", policy.code.clone().unwrap_or_default()),
        ("产品", pre_order.product.name.to_owned()),
        ("计划", order.plan.name.to_owned()),
        ("保障期限", format!("{start} 至 {end}")),
        ("状态", policy.status.text().to_owned()),
    ];
    rows.extend(holder.map(|holder| ("投保人", holder)));
    rows
}

fn document_no(person: &InsuredInfo) -> String {
    let kind = person.insured_card_type.map_or("", CardType::label);
    format!("{kind} {}", masked(person.insured_card_no.as_deref().unwrap_or(""))).trim().to_owned()
}

fn pdf(pre_order: &PreOrder, title: &str, rows: Vec<(&str, String)>, status: PolicyStatus) -> Response {
    let mark = if status == PolicyStatus::Surrendered { "已退保" } else { "沙箱样本" };
    let body = Document { title, company: pre_order.product.company, rows, mark }.pdf();
    Response { content_type: "application/pdf", body, ..Response::json() }
}
