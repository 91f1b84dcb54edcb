//! The platform's pages, which the buyer's browser sees, and the documents.

mod cashier;
mod files;
mod orders;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::form;
use crate::sandbox::state::State;
use crate::sandbox::{Config, Request, Response};
use crate::value::Map;

const STYLE: &str = include_str!("style.css");
const HTML: &str = "text/html; charset=utf-8";

pub(super) fn handle(config: &Config, state: &mut State, request: &Request, now: i64) -> Response {
    let query = form::decode(&request.query);
    let posted = form::decode(core::str::from_utf8(&request.body).unwrap_or_default());
    let answer = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/pages/distr/order") => cashier::show(state, &query),
        ("POST", "/pages/distr/order/pay") => cashier::pay(state, &posted, now),
        ("POST", "/pages/distr/order/cancel") => cashier::cancel(state, &posted, now),
        ("GET", "/pages/distr/myorder/list") => orders::show(config, state, &query, now),
        ("POST", "/pages/distr/myorder/surrender") => orders::surrender(state, &posted, now),
        ("POST", "/pages/distr/myorder/invoice") => orders::invoice(state, &posted, now),
        ("GET", "/files/policy.pdf") => files::policy(state, &query),
        ("GET", "/files/certificate.pdf") => files::certificate(state, &query),
        ("GET", "/files/invoice.pdf") => files::invoice(state, &query, now),
        _ => None,
    };
    answer.unwrap_or_else(missing)
}

fn given<'a>(form: &'a Map, name: &str) -> &'a str {
    form.text(name).unwrap_or_default()
}

fn missing() -> Response {
    let body = html! {
        h1 { "页面不存在" }
        p { "链接不完整、已过期，或订单不在这里。" }
    };
    Response { status: 404, ..page("页面不存在", &body) }
}

/// Redirects to another page, with GET.
fn go(to: String) -> Response {
    Response { status: 303, content_type: HTML, location: Some(to), body: Vec::new() }
}

fn page(title: &str, body: &Markup) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // The addresses contain tokens.
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) " · 爱购保沙箱" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { "爱购保 " small { "沙箱环境 · 不产生真实扣款" } }
                main { (body) }
            }
        }
    };
    Response { content_type: HTML, body: markup.into_string().into(), ..Response::json() }
}
