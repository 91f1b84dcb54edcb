//! The platform's pages, which the buyer's browser sees.

use crate::endpoints::create_pre_order::PayType;
use crate::form;
use crate::sandbox::catalogue::yuan;
use crate::sandbox::order::{Order, OrderStatus, PreOrder};
use crate::sandbox::replies::name;
use crate::sandbox::state::State;
use crate::sandbox::{Request, Response};

const LAYOUT: &str = include_str!("pages/layout.html");

pub(super) fn handle(state: &mut State, request: &Request, now: i64) -> Response {
    let query = form::decode(&request.query);
    let posted = form::decode(core::str::from_utf8(&request.body).unwrap_or_default());
    let given = if request.method == "POST" { &posted } else { &query };
    let text = |name: &str| given.text(name).unwrap_or_default();
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/pages/distr/order") => match owned(state, text("tempOrderCode"), text("token")) {
            Some(pre_order) => cashier(pre_order),
            None => missing(),
        },
        ("POST", path @ ("/pages/distr/order/pay" | "/pages/distr/order/cancel")) => {
            let code = text("tempOrderCode").to_owned();
            let plan = text("plan").parse().unwrap_or(0);
            if owned(state, &code, text("token")).is_none() {
                return missing();
            }
            // Pressed twice, it is done once; either way the buyer goes back.
            let _ =
                if path.ends_with("pay") { state.buy(&code, plan, now).map(drop) } else { state.cancel(&code, now) };
            state.pre_orders.get(&code).map_or_else(missing, |pre_order| back(&pre_order.request.return_page))
        }
        ("GET", "/pages/distr/myorder/list") => match state.lists.get(text("creditToken")) {
            Some(member) => order_list(state, member),
            None => missing(),
        },
        ("GET", "/files/policy") => document(state, "电子保单", text("policyCode"), text("token")),
        ("GET", "/files/certificate") => document(state, "保险凭证", text("policyCode"), text("token")),
        ("GET", "/files/invoice") => invoice(state, text("orderCode"), text("token")),
        _ => missing(),
    }
}

/// The pre-order of that page, for whoever has its token.
fn owned<'a>(state: &'a State, code: &str, token: &str) -> Option<&'a PreOrder> {
    state.pre_orders.get(code).filter(|pre_order| pre_order.token == token)
}

fn cashier(pre_order: &PreOrder) -> Response {
    let request = &pre_order.request;
    let people = pre_order.people();
    let names: Vec<_> = people.iter().map(|person| format!("<li>{}</li>", escape(&veiled(name(person))))).collect();
    let period = match (&request.safeguard_start_time, &request.safeguard_end_time) {
        (Some(start), Some(end)) => format!("{start} 至 {end}"),
        (Some(start), None) => format!("{start} 起"),
        _ => "以保单为准".into(),
    };
    let choice = match &pre_order.order {
        Some(order) => settled(order, &request.return_page),
        None => buttons(pre_order, people.len()),
    };
    let body = format!(
        "<h1>{}</h1><p class=company>{}</p><dl><dt>保障期限</dt><dd>{}</dd><dt>被保人（{} 人）</dt><dd><ul>{}</ul></dd></dl>{choice}",
        escape(pre_order.product.name),
        escape(pre_order.product.company),
        escape(&period),
        people.len(),
        names.concat(),
    );
    page(200, "收银台", &body)
}

fn buttons(pre_order: &PreOrder, people: usize) -> String {
    let count = i64::try_from(people).unwrap_or(i64::MAX);
    let plans: Vec<_> = pre_order
        .product
        .plans
        .iter()
        .enumerate()
        .map(|(index, plan)| {
            let checked = if index == 0 { " checked" } else { "" };
            format!(
                "<label class=plan><input type=radio name=plan value={index}{checked}><span>{}</span><b>¥{} × {people} = ¥{}</b></label>",
                escape(plan.name),
                yuan(plan.cents),
                yuan(plan.cents.saturating_mul(count)),
            )
        })
        .collect();
    let (go, hint) = match pre_order.request.pay_type {
        PayType::Cash => ("确认支付", "沙箱收银台：点击即视为已用微信或支付宝付款。"),
        PayType::Credit => ("确认投保", "由分销商收款：确认后请回到商家页面付款。"),
    };
    let hidden = format!(
        "<input type=hidden name=tempOrderCode value=\"{}\"><input type=hidden name=token value=\"{}\">",
        escape(&pre_order.code),
        escape(&pre_order.token)
    );
    format!(
        "<form method=post action=/pages/distr/order/pay>{hidden}<fieldset><legend>选择计划</legend>{}</fieldset><p class=hint>{hint}</p><button class=go>{go}</button></form>\
         <form method=post action=/pages/distr/order/cancel>{hidden}<button class=quiet>取消</button></form>",
        plans.concat()
    )
}

fn settled(order: &Order, return_page: &str) -> String {
    let what = match order.status {
        OrderStatus::Cancelled => "订单已取消",
        OrderStatus::Unpaid => "已确认投保，待支付",
        _ => "订单已支付",
    };
    format!("<p class=state role=status>{what}</p><a class=go href=\"{}\">返回商家</a>", escape(return_page))
}

fn order_list(state: &State, member: &str) -> Response {
    let mine = state.pre_orders.values().filter(|pre_order| pre_order.request.member_id == member);
    let rows: Vec<_> = mine
        .filter_map(|pre_order| {
            let order = pre_order.order.as_ref()?;
            Some(format!(
                "<li><b>{}</b><span>{}</span><span>¥{}</span><small>{}</small></li>",
                escape(pre_order.product.name),
                order.status.text(),
                yuan(order.cents()),
                escape(&order.code)
            ))
        })
        .collect();
    let list = if rows.is_empty() {
        "<p>还没有订单</p>".into()
    } else {
        format!("<ul class=orders>{}</ul>", rows.concat())
    };
    page(200, "我的订单", &format!("<h1>我的订单</h1>{list}"))
}

fn document(state: &State, title: &str, policy_code: &str, token: &str) -> Response {
    let found = state.by_policy(policy_code).and_then(|pre_order| {
        let order = pre_order.order.as_ref()?;
        let policy = order
            .policies
            .iter()
            .find(|policy| policy.code.as_deref() == Some(policy_code) && policy.token == token)?;
        Some((pre_order, order, policy))
    });
    let Some((pre_order, order, policy)) = found else { return missing() };
    let body = format!(
        "<h1>{title}</h1><p class=hint>沙箱样本，不具法律效力</p><dl><dt>产品</dt><dd>{}</dd><dt>承保公司</dt><dd>{}</dd><dt>保单号</dt><dd>{}</dd>\
         <dt>被保人</dt><dd>{}</dd><dt>保费</dt><dd>¥{}</dd><dt>状态</dt><dd>{}</dd></dl>",
        escape(pre_order.product.name),
        escape(pre_order.product.company),
        escape(policy_code),
        escape(name(&policy.insured)),
        yuan(order.plan.cents),
        policy.status.text(),
    );
    page(200, title, &body)
}

fn invoice(state: &mut State, order_code: &str, token: &str) -> Response {
    let order = state.by_order(order_code).and_then(|pre_order| pre_order.order.as_ref());
    let found = order.and_then(|order| Some((order, order.invoice.as_ref().filter(|invoice| invoice.token == token)?)));
    let Some((order, invoice)) = found else { return missing() };
    let body = format!(
        "<h1>电子发票</h1><p class=hint>沙箱样本，不具法律效力</p><dl><dt>抬头</dt><dd>{}</dd><dt>订单号</dt><dd>{}</dd><dt>金额</dt><dd>¥{}</dd></dl>",
        escape(&invoice.title),
        escape(&order.code),
        yuan(order.cents()),
    );
    page(200, "电子发票", &body)
}

fn missing() -> Response {
    page(404, "页面不存在", "<h1>页面不存在</h1><p>链接不完整，或订单不在这里。</p>")
}

/// Back to the shop, by GET.
fn back(to: &str) -> Response {
    Response {
        status: 303,
        content_type: "text/html; charset=utf-8",
        location: Some(to.to_owned()),
        body: String::new(),
    }
}

fn page(status: u16, title: &str, body: &str) -> Response {
    // The body last: what it holds is not searched for marks again.
    let (head, tail) = LAYOUT.split_once("{body}").unwrap_or((LAYOUT, ""));
    let html = format!("{}{body}{tail}", head.replace("{title}", title));
    Response { status, content_type: "text/html; charset=utf-8", location: None, body: html }
}

/// The family name and stars: the page's address may be seen by others.
fn veiled(name: &str) -> String {
    name.chars().enumerate().map(|(place, c)| if place == 0 { c } else { '*' }).collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
