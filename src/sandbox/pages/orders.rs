//! The member's list of orders, with surrender and invoices.

use maud::{Markup, html};

use crate::sandbox::catalogue::{Invoicing, yuan};
use crate::sandbox::invoice::InvoiceStatus;
use crate::sandbox::order::{Order, Policy, PreOrder};
use crate::sandbox::pages::{given, go, page};
use crate::sandbox::replies::{invoice_address, name};
use crate::sandbox::state::State;
use crate::sandbox::{Config, Response};
use crate::value::Map;

pub(super) fn show(config: &Config, state: &State, query: &Map, now: i64) -> Option<Response> {
    let token = given(query, "creditToken");
    let member = state.listed(token)?;
    let mut orders: Vec<_> =
        state.of_member(member).filter_map(|pre_order| Some((pre_order, pre_order.order.as_ref()?))).collect();
    orders.reverse();
    let body = html! {
        h1 { "我的订单" }
        @if !given(query, "refused").is_empty() { p.refused role="alert" { (given(query, "refused")) } }
        @if orders.is_empty() { p { "还没有订单" } }
        @for (pre_order, order) in orders {
            article {
                h2 { (pre_order.product.name) }
                p { b { (order.status.text()) } " · ¥" (yuan(order.cents())) " · " small { (order.code) } }
                ul.policies { @for policy in &order.policies { (row(config, token, order, policy)) } }
                @if order.in_force().len() > 1 { (surrender_form(token, "orderCode", &order.code, "整单退保")) }
                (invoices(config, token, pre_order, order, now))
            }
        }
    };
    Some(page("我的订单", &body))
}

fn row(config: &Config, token: &str, order: &Order, policy: &Policy) -> Markup {
    let first = policy.insured.first().map_or("", name);
    html! {
        li {
            span {
                (first) @if policy.insured.len() > 1 { " 等 " (policy.insured.len()) " 人" } " · " (policy.status.text())
            }
            @if let Some(code) = &policy.code {
                a href={ (config.base_url) "/files/policy.pdf?policyCode=" (code) "&token=" (policy.token) } { "电子保单" }
            }
            @if let Some(code) = policy.in_force() {
                (surrender_form(token, "policyCode", code, if order.policies.len() > 1 { "退此保单" } else { "退保" }))
            }
        }
    }
}

fn surrender_form(token: &str, field: &str, code: &str, label: &str) -> Markup {
    html! {
        form method="post" action="/pages/distr/myorder/surrender" {
            input type="hidden" name="creditToken" value=(token);
            input type="hidden" name=(field) value=(code);
            button.quiet { (label) }
        }
    }
}

fn invoices(config: &Config, token: &str, pre_order: &PreOrder, order: &Order, now: i64) -> Markup {
    if pre_order.product.invoicing == Invoicing::Never || order.in_force().is_empty() {
        return html! {};
    }
    let status = order.invoice_status(now);
    let text = match status {
        InvoiceStatus::NotYet => "未开票",
        InvoiceStatus::Done => "已开票",
        InvoiceStatus::Failed => "开票失败，请重新申请",
        InvoiceStatus::UnderWay => "开票中",
        InvoiceStatus::InPart => "部分开票",
    };
    html! {
        p { "发票：" (text) }
        ul { @for (place, invoice) in order.invoices(now).enumerate() {
            li { a href=(invoice_address(config, order, invoice)) { "电子发票 " (place + 1) } " ¥" (yuan(invoice.cents)) }
        } }
        @if matches!(status, InvoiceStatus::NotYet | InvoiceStatus::Failed) {
            details {
                summary { "申请发票" }
                form method="post" action="/pages/distr/myorder/invoice" {
                    input type="hidden" name="creditToken" value=(token);
                    input type="hidden" name="orderCode" value=(order.code);
                    label { "类型" select name="invoiceType" { option value="1" { "个人" } option value="2" { "公司" } } }
                    label { "发票抬头" input name="invoiceTitle" required maxlength="32"; }
                    label { "纳税人识别号（公司）" input name="taxpayerNo" maxlength="32"; }
                    button { "提交" }
                }
            }
        }
    }
}

pub(super) fn surrender(state: &mut State, posted: &Map, now: i64) -> Option<Response> {
    let token = given(posted, "creditToken");
    let (order_code, policy_code) = (given(posted, "orderCode"), given(posted, "policyCode"));
    let pre_order = state.by_order(order_code).or_else(|| state.by_policy(policy_code));
    let pre_order = pre_order.filter(|pre_order| Some(pre_order.request.member_id.as_str()) == state.listed(token))?;
    let mut codes = pre_order.order.as_ref().map(Order::in_force).unwrap_or_default();
    codes.retain(|code| policy_code.is_empty() || code == policy_code);
    let code = pre_order.code.clone();
    if codes.is_empty() {
        return Some(back(token, "订单状态不符合退保条件"));
    }
    state.surrender(&code, &codes, now);
    Some(back(token, ""))
}

pub(super) fn invoice(state: &mut State, posted: &Map, now: i64) -> Option<Response> {
    let token = given(posted, "creditToken");
    let pre_order = state.by_order(given(posted, "orderCode"));
    let pre_order = pre_order.filter(|pre_order| Some(pre_order.request.member_id.as_str()) == state.listed(token))?;
    let order_code = pre_order.order.as_ref()?.code.clone();
    let title = given(posted, "invoiceTitle").trim();
    let taxpayer_no = Some(given(posted, "taxpayerNo").trim()).filter(|number| !number.is_empty());
    let refused = match (title, given(posted, "invoiceType"), taxpayer_no) {
        ("", _, _) => "请填写发票抬头",
        (_, "2", None) => "公司发票请填写纳税人识别号",
        _ => match state.apply_for_invoices(&order_code, title.to_owned(), taxpayer_no.map(str::to_owned), now) {
            Ok(()) => "",
            Err(_) => "该订单现在不能申请发票",
        },
    };
    Some(back(token, refused))
}

fn back(token: &str, refused: &str) -> Response {
    let mut query = Map::new();
    query.push("creditToken", token.into());
    if !refused.is_empty() {
        query.push("refused", refused.into());
    }
    go(format!("/pages/distr/myorder/list?{}", crate::form::encode(&query)))
}
