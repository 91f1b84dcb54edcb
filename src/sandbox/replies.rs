//! The platform's replies about an order, in the form of the document's examples.

use crate::endpoints::create_pre_order::{CardType, HolderInfo, InsuredInfo};
use crate::sandbox::Config;
use crate::sandbox::catalogue::{Invoicing, yuan};
use crate::sandbox::invoice::Invoice;
use crate::sandbox::order::{Order, Policy, PreOrder};
use crate::sandbox::state::Member;
use crate::sandbox::time::{china, china_date};
use crate::value::{Map, Value};

pub(super) fn order_detail(
    config: &Config,
    pre_order: &PreOrder,
    order: &Order,
    member: Option<&Member>,
    now: i64,
) -> Value {
    let (start, end) = period(pre_order, order);
    let mut data = Map::new();
    data.push("productName", pre_order.product.name.into());
    data.push("productCode", pre_order.product.code.into());
    data.push("safeguardPeriod", format!("{start}至{end}").into());
    data.push("orderCode", order.code.as_str().into());
    data.push("createTime", china(order.created).into());
    data.push("orderStatus", order.status.text().into());
    data.push("totalQty", count(order.people()));
    data.push("orderTotalAmt", Value::Number(yuan(order.cents())));
    data.push("orderReduceAmt", 0.into());
    data.push("insuranceCompanyLogo", pre_order.product.logo.into());
    data.push("companyName", pre_order.product.company.into());
    data.push("benefitType", "法定受益人".into());
    data.push("isGroup", i64::from(pre_order.is_group()).into());
    // The organisation is the holder of a group's policy.
    let enterprise = member.filter(|_| pre_order.is_group());
    data.push("isEnterprise", i64::from(enterprise.is_some()).into());
    if let Some(Member { mobile, company }) = enterprise {
        data.push("enterpriseName", company.as_str().into());
        data.push("enterpriseCredType", "统一社会信用代码证".into());
        data.push("enterprisePhone", mobile.as_str().into());
    }
    holder(pre_order.request.holder_info.as_ref().filter(|_| enterprise.is_none()), &mut data);
    let rows = each(order).map(|(place, policy, person)| {
        let mut map = insured(order, policy, person);
        documents(config, policy, place, &mut map);
        map.push("invoiceUrl", invoice_of(config, order, policy, now).unwrap_or_default().into());
        Value::Map(map)
    });
    data.push("insuredInfoList", Value::List(rows.collect()));
    data.push("isInvoice", pre_order.product.invoicing.wire().into());
    data.push("invoiceStatus", order.invoice_status(now).wire().into());
    Value::Map(data)
}

/// The period of cover: the pre-order's dates, or the day of the order.
pub(super) fn period(pre_order: &PreOrder, order: &Order) -> (String, String) {
    let request = &pre_order.request;
    let start = request.safeguard_start_time.clone().unwrap_or_else(|| china_date(order.created));
    let end = request.safeguard_end_time.clone().unwrap_or_else(|| start.clone());
    (start, end)
}

/// Every insured with their place in their policy, and the policy.
fn each(order: &Order) -> impl Iterator<Item = (usize, &Policy, &InsuredInfo)> {
    order
        .policies
        .iter()
        .flat_map(|policy| policy.insured.iter().enumerate().map(move |(place, person)| (place, policy, person)))
}

fn holder(holder: Option<&HolderInfo>, data: &mut Map) {
    let text = |take: fn(&HolderInfo) -> Option<&str>| holder.and_then(take).map_or(Value::Null, Value::from);
    data.push("holderName", text(|holder| holder.holder_name.as_deref()));
    data.push("holderCredType", text(|holder| holder.holder_card_type.map(CardType::label)));
    data.push(
        "holderCredNo",
        holder.and_then(|holder| holder.holder_card_no.as_deref()).map_or(Value::Null, |no| masked(no).into()),
    );
    data.push("holderBirthday", text(|holder| holder.holder_birthday.as_deref()));
    data.push("holderPhone", text(|holder| holder.holder_mobile.as_deref()));
    data.push("holderEmail", text(|holder| holder.holder_email.as_deref()));
    data.push("holderGender", text(|holder| holder.holder_gender.map(|gender| gender.label())));
}

fn insured(order: &Order, policy: &Policy, person: &InsuredInfo) -> Map {
    let mut map = Map::new();
    map.push("insuredName", name(person).into());
    map.push("insuredCardType", person.insured_card_type.map_or("身份证", CardType::label).into());
    map.push("insuredCardNo", masked(person.insured_card_no.as_deref().unwrap_or("")).into());
    map.push("insuredGender", person.insured_gender.map_or("", |gender| gender.label()).into());
    map.push("insuredBirthday", person.insured_birthday.as_deref().map_or(Value::Null, Value::from));
    map.push("insuredMobile", person.insured_mobile.as_deref().map_or(Value::Null, Value::from));
    map.push("insuredFee", Value::Number(yuan(order.plan.cents)));
    map.push("policyStatus", policy.status.text().into());
    map
}

/// A policy's code and its documents' addresses; empty until it is issued.
fn documents(config: &Config, policy: &Policy, place: usize, map: &mut Map) {
    let code = policy.code.as_deref().unwrap_or("");
    map.push("policyCode", code.into());
    let address = |path: &str| match code {
        "" => String::new(),
        code => format!("{}/files/{path}?policyCode={code}&token={}", config.base_url, policy.token),
    };
    map.push("policyUrl", address("policy.pdf").into());
    let certificate = match address("certificate.pdf") {
        address if address.is_empty() => address,
        address => format!("{address}&insured={place}"),
    };
    map.push("certificateUrl", certificate.into());
}

pub(super) fn policy_urls(config: &Config, pre_order: &PreOrder, order: &Order) -> Value {
    let rows = each(order).map(|(place, policy, person)| {
        let mut map = Map::new();
        map.push("insuredName", name(person).into());
        documents(config, policy, place, &mut map);
        Value::Map(map)
    });
    let mut data = Map::new();
    data.push("tempOrderCode", pre_order.code.as_str().into());
    data.push("orderCode", order.code.as_str().into());
    data.push("isGroup", if pre_order.is_group() { "1" } else { "0" }.into());
    data.push("companyName", pre_order.product.company.into());
    data.push("policyDetailList", Value::List(rows.collect()));
    Value::Map(data)
}

/// The available invoices: one per policy in the form of the document's 7.3.4, one for the order as in 7.3.3.
pub(super) fn invoices(config: &Config, pre_order: &PreOrder, order: &Order, now: i64) -> Value {
    let single = matches!(pre_order.product.invoicing, Invoicing::Single { .. });
    let rows = order.invoices(now).map(|invoice| {
        let address = invoice_address(config, order, invoice);
        match invoice.policies.first().filter(|_| single) {
            None => address.into(),
            Some(code) => {
                let mut map = Map::new();
                map.push("invoiceUrl", address.into());
                map.push("policyCode", code.as_str().into());
                Value::Map(map)
            }
        }
    });
    Value::List(rows.collect())
}

fn invoice_of(config: &Config, order: &Order, policy: &Policy, now: i64) -> Option<String> {
    let code = policy.code.as_ref()?;
    let invoice = order.invoices(now).find(|invoice| invoice.policies.contains(code))?;
    Some(invoice_address(config, order, invoice))
}

pub(super) fn invoice_address(config: &Config, order: &Order, invoice: &Invoice) -> String {
    format!("{}/files/invoice.pdf?orderCode={}&token={}", config.base_url, order.code, invoice.token)
}

/// The name, or a placeholder if the buyer gave none.
pub(super) fn name(person: &InsuredInfo) -> &str {
    person.insured_name.as_deref().unwrap_or("被保人")
}

/// `110**********72`: three characters and two.
pub(super) fn masked(number: &str) -> String {
    let length = number.chars().count();
    number.chars().enumerate().map(|(place, c)| if place < 3 || place + 2 >= length { c } else { '*' }).collect()
}

fn count(number: usize) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
