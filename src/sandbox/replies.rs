//! What the platform tells of an order, in the form of the document's examples.

use crate::endpoints::create_pre_order::{CardType, HolderInfo, InsuredInfo};
use crate::sandbox::Config;
use crate::sandbox::catalogue::yuan;
use crate::sandbox::order::{Order, Policy, PreOrder};
use crate::sandbox::time::{china, china_date};
use crate::value::{Map, Value};

pub(super) fn order_detail(config: &Config, pre_order: &PreOrder, order: &Order) -> Value {
    let request = &pre_order.request;
    let day = |date: &Option<String>| date.clone().unwrap_or_else(|| china_date(order.created));
    let start = day(&request.safeguard_start_time);
    let end = request.safeguard_end_time.clone().unwrap_or_else(|| start.clone());
    let mut data = Map::new();
    data.push("productName", pre_order.product.name.into());
    data.push("productCode", pre_order.product.code.into());
    data.push("safeguardPeriod", format!("{start}至{end}").into());
    data.push("orderCode", order.code.as_str().into());
    data.push("createTime", china(order.created).into());
    data.push("orderStatus", order.status.text().into());
    data.push("totalQty", count(order.policies.len()));
    data.push("orderTotalAmt", Value::Number(yuan(order.cents())));
    data.push("orderReduceAmt", 0.into());
    data.push("insuranceCompanyLogo", pre_order.product.logo.into());
    data.push("companyName", pre_order.product.company.into());
    data.push("benefitType", "法定受益人".into());
    data.push("isGroup", 0.into());
    data.push("isEnterprise", 0.into());
    holder(request.holder_info.as_ref(), &mut data);
    let insured = order.policies.iter().map(|policy| insured(config, order, policy));
    data.push("insuredInfoList", Value::List(insured.collect()));
    data.push("isInvoice", 1.into());
    data.push("invoiceStatus", i64::from(order.invoice.is_some()).into());
    Value::Map(data)
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

fn insured(config: &Config, order: &Order, policy: &Policy) -> Value {
    let person = &policy.insured;
    let mut map = Map::new();
    map.push("insuredName", name(person).into());
    map.push("insuredCardType", person.insured_card_type.map_or("身份证", CardType::label).into());
    map.push("insuredCardNo", masked(person.insured_card_no.as_deref().unwrap_or("")).into());
    map.push("insuredGender", person.insured_gender.map_or("", |gender| gender.label()).into());
    map.push("insuredBirthday", person.insured_birthday.as_deref().map_or(Value::Null, Value::from));
    map.push("insuredMobile", person.insured_mobile.as_deref().map_or(Value::Null, Value::from));
    map.push("insuredFee", Value::Number(yuan(order.plan.cents)));
    map.push("policyStatus", policy.status.text().into());
    map.push("policyCode", policy.code.as_deref().unwrap_or("").into());
    map.push("policyUrl", document(config, "policy", policy).into());
    map.push("certificateUrl", document(config, "certificate", policy).into());
    map.push("invoiceUrl", invoice_address(config, order).unwrap_or_default().into());
    Value::Map(map)
}

pub(super) fn policy_urls(config: &Config, pre_order: &PreOrder, order: &Order) -> Value {
    let policies = order.policies.iter().map(|policy| {
        let mut map = Map::new();
        map.push("insuredName", name(&policy.insured).into());
        map.push("policyCode", policy.code.as_deref().unwrap_or("").into());
        map.push("policyUrl", document(config, "policy", policy).into());
        map.push("certificateUrl", document(config, "certificate", policy).into());
        Value::Map(map)
    });
    let mut data = Map::new();
    data.push("tempOrderCode", pre_order.code.as_str().into());
    data.push("orderCode", order.code.as_str().into());
    data.push("isGroup", "0".into());
    data.push("companyName", pre_order.product.company.into());
    data.push("policyDetailList", Value::List(policies.collect()));
    Value::Map(data)
}

/// One invoice for the order, listed with each policy it covers.
pub(super) fn invoices(config: &Config, pre_order: &PreOrder) -> Value {
    let order = pre_order.order.as_ref();
    let rows = order.and_then(|order| Some((order, invoice_address(config, order)?))).map(|(order, address)| {
        let row = |policy: &Policy| {
            let mut map = Map::new();
            map.push("invoiceUrl", address.as_str().into());
            map.push("policyCode", policy.code.as_deref().unwrap_or("").into());
            Value::Map(map)
        };
        order.policies.iter().map(row).collect()
    });
    Value::List(rows.unwrap_or_default())
}

/// The address of a policy's document; empty until it is issued.
fn document(config: &Config, kind: &str, policy: &Policy) -> String {
    match &policy.code {
        Some(code) => format!("{}/files/{kind}?policyCode={code}&token={}", config.base_url, policy.token),
        None => String::new(),
    }
}

fn invoice_address(config: &Config, order: &Order) -> Option<String> {
    let invoice = order.invoice.as_ref()?;
    Some(format!("{}/files/invoice?orderCode={}&token={}", config.base_url, order.code, invoice.token))
}

/// The name, or what stands for one the buyer never gave.
pub(super) fn name(person: &InsuredInfo) -> &str {
    person.insured_name.as_deref().unwrap_or("被保人")
}

/// `110**********72`: three characters and two.
fn masked(number: &str) -> String {
    let length = number.chars().count();
    number.chars().enumerate().map(|(place, c)| if place < 3 || place + 2 >= length { c } else { '*' }).collect()
}

fn count(number: usize) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
