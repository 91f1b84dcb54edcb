//! The page of a pre-order: the buyer chooses a plan and pays, or confirms and pays the distributor.

use maud::{Markup, html};

use crate::endpoints::create_pre_order::PayType;
use crate::sandbox::Response;
use crate::sandbox::catalogue::yuan;
use crate::sandbox::order::{OrderStatus, PreOrder};
use crate::sandbox::pages::{given, go, page};
use crate::sandbox::replies::name;
use crate::sandbox::state::State;
use crate::value::Map;

pub(super) fn show(state: &State, query: &Map) -> Option<Response> {
    let pre_order = owned(state, query)?;
    let people = pre_order.people();
    let request = &pre_order.request;
    let period = match (&request.safeguard_start_time, &request.safeguard_end_time) {
        (Some(start), Some(end)) => format!("{start} 至 {end}"),
        (Some(start), None) => format!("{start} 起"),
        _ => "以保单为准".into(),
    };
    let body = html! {
        h1 { (pre_order.product.name) }
        p.company { (pre_order.product.company) }
        dl {
            dt { "保障期限" } dd { (period) }
            dt { "被保人（" (people.len()) " 人" @if pre_order.is_group() { "，团单" } "）" }
            dd { ul { @for person in &people { li { (veiled(name(person))) } } } }
        }
        @match ended(pre_order) {
            Some(what) => {
                p.state role="status" { (what) }
                a.go href=(request.return_page) { "返回商家" }
            }
            None => (buttons(pre_order, people.len())),
        }
    };
    Some(page("收银台", &body))
}

/// If it is pressed twice, the payment is made once; the buyer goes back either way.
pub(super) fn pay(state: &mut State, posted: &Map, now: i64) -> Option<Response> {
    let (code, return_page) = ours(state, posted)?;
    let plan = match given(posted, "plan") {
        "" => 0,
        plan => plan.parse().ok()?,
    };
    let _ = state.buy(&code, plan, now);
    Some(go(return_page))
}

pub(super) fn cancel(state: &mut State, posted: &Map, now: i64) -> Option<Response> {
    let (code, return_page) = ours(state, posted)?;
    let _ = state.cancel(&code, now);
    Some(go(return_page))
}

fn ours(state: &State, posted: &Map) -> Option<(String, String)> {
    owned(state, posted).map(|pre_order| (pre_order.code.clone(), pre_order.request.return_page.clone()))
}

/// The pre-order of that page, for a buyer who has its token.
fn owned<'a>(state: &'a State, form: &Map) -> Option<&'a PreOrder> {
    state.by_code(given(form, "tempOrderCode")).filter(|pre_order| pre_order.token == given(form, "token"))
}

/// The reason why the buyer can no longer change anything.
fn ended(pre_order: &PreOrder) -> Option<&'static str> {
    match &pre_order.order {
        None => pre_order.expired.then_some("预订单已过期，请返回商家重新下单"),
        Some(order) => Some(match order.status {
            OrderStatus::Cancelled => "订单已取消",
            OrderStatus::Unpaid => "已确认投保，待支付",
            _ => "订单已支付",
        }),
    }
}

fn buttons(pre_order: &PreOrder, people: usize) -> Markup {
    let count = i64::try_from(people).unwrap_or(i64::MAX);
    let (go, hint) = match pre_order.request.pay_type {
        PayType::Cash => ("确认支付", "沙箱收银台：点击即视为已用微信或支付宝付款。"),
        PayType::Credit => ("确认投保", "由分销商收款：确认后请回到商家页面付款。"),
    };
    let hidden = html! {
        input type="hidden" name="tempOrderCode" value=(pre_order.code);
        input type="hidden" name="token" value=(pre_order.token);
    };
    html! {
        form method="post" action="/pages/distr/order/pay" {
            (hidden)
            fieldset {
                legend { "选择计划" }
                @for (index, plan) in pre_order.product.plans.iter().enumerate() {
                    label.plan {
                        input type="radio" name="plan" value=(index) checked[index == 0];
                        span { (plan.name) }
                        b { "¥" (yuan(plan.cents)) " × " (people) " = ¥" (yuan(plan.cents.saturating_mul(count))) }
                    }
                }
            }
            p.hint { (hint) }
            button.go { (go) }
        }
        form method="post" action="/pages/distr/order/cancel" {
            (hidden)
            button.quiet { "取消" }
        }
    }
}

/// The family name followed by stars, because others may see the page's address.
fn veiled(name: &str) -> String {
    name.chars().enumerate().map(|(place, c)| if place == 0 { c } else { '*' }).collect()
}
