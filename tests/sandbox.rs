//! The life of orders in the sandbox.
#![cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs, unreachable_pub)]

mod platform;

use aigobo::value::Value;
use platform::{DAY, Platform, field, list, of, text};

#[test]
fn reports_of_payment_in_every_order() {
    let reports = [1, 2, -1];
    for first in reports {
        for second in reports {
            for third in reports {
                let mut platform = Platform::usual();
                platform.member();
                let temp = platform.pre_order("S", "200437", 1, 1);
                assert_eq!(platform.notify_payment(&temp, 2), "1000", "before the buyer has bought");
                platform.sandbox.pay(&temp, platform.clock).unwrap();
                // The first report that decides counts; a contrary one is refused.
                let mut decided = 0;
                for report in [first, second, third] {
                    let refused = report != 1 && decided != 0 && decided != report;
                    let expected = if refused { "9999" } else { "0000" };
                    assert_eq!(platform.notify_payment(&temp, report), expected, "{first} {second} {third}");
                    decided = if decided == 0 && report != 1 { report } else { decided };
                }
                let status = match decided {
                    2 => "已支付",
                    -1 => "已取消",
                    _ => "待支付",
                };
                assert_eq!(platform.status(&temp), status, "{first} {second} {third}");
                assert_eq!(platform.told().len(), usize::from(decided == 2), "told once");
                let credit = if decided == 2 { "99999.00" } else { "100000.00" };
                assert_eq!(platform.credit(), credit, "charged once");
            }
        }
    }
}

#[test]
fn the_credit_account_pays_and_is_paid_back() {
    let mut platform = Platform::new(r#"{"baseUrl":"http://127.0.0.1:1","creditBalance":"2.50"}"#);
    platform.member();
    let (first, second) = (platform.pre_order("A", "200437", 1, 2), platform.pre_order("B", "200437", 1, 1));
    for temp in [&first, &second] {
        platform.sandbox.pay(temp, platform.clock).unwrap();
    }
    assert_eq!(platform.notify_payment(&first, 2), "0000");
    assert_eq!(platform.credit(), "0.50");
    assert_eq!(platform.notify_payment(&second, 2), "9999");
    assert_eq!(platform.status(&second), "待支付");
    let code = text(&list(field(&platform.detail(&first).1, "insuredInfoList"))[0], "policyCode").to_owned();
    assert_eq!(platform.surrender(&[&code]), "0000");
    assert_eq!(platform.credit(), "1.50");
    assert_eq!(platform.notify_payment(&second, 2), "0000");
    platform.sandbox.credit("7").unwrap();
    assert_eq!(platform.credit(), "7.00");
    for wrong in ["", "-1", "1e9", "1.234"] {
        assert!(platform.sandbox.credit(wrong).unwrap_err().to_string().contains("yuan"), "{wrong}");
    }
}

#[test]
fn what_is_not_bought_or_paid_in_a_day_is_over() {
    let mut platform = Platform::usual();
    platform.member();
    let bought = platform.pre_order("A", "200437", 2, 1);
    let owed = platform.pre_order("B", "200437", 1, 1);
    let left = platform.pre_order("C", "200437", 2, 1);
    platform.sandbox.pay(&bought, platform.clock).unwrap();
    platform.sandbox.pay(&owed, platform.clock).unwrap();
    platform.sandbox.advance(DAY);
    assert_eq!(platform.status(&bought), "已支付");
    assert_eq!(platform.status(&owed), "已取消");
    assert_eq!(platform.notify_payment(&owed, 2), "9999");
    assert_eq!(platform.detail(&left).0, "1000");
    assert!(platform.sandbox.pay(&left, platform.clock).unwrap_err().to_string().contains("expired"));
}

#[test]
fn a_group_shares_one_policy() {
    let mut platform = Platform::usual();
    platform.member();
    let (temp, _) = platform.paid("A", "100434", 3);
    let (_, detail) = platform.detail(&temp);
    let people = list(field(&detail, "insuredInfoList"));
    let codes: std::collections::BTreeSet<_> = people.iter().map(|row| text(row, "policyCode")).collect();
    assert_eq!((people.len(), codes.len(), platform.told().len()), (3, 1, 1));
    assert_eq!((text(&detail, "isGroup"), text(&detail, "isEnterprise")), ("1", "1"));
    assert_eq!(text(&detail, "enterpriseName"), "示例旅行社");
    assert_eq!((text(&detail, "totalQty"), text(&detail, "orderTotalAmt")), ("3", "26.40"));
    let (_, policies) = platform.call("/api/policy/getPolicyUrl", &of(&temp, ""));
    assert_eq!(text(&policies, "isGroup"), "1");
    let certificates: std::collections::BTreeSet<_> =
        list(field(&policies, "policyDetailList")).iter().map(|row| text(row, "certificateUrl").to_owned()).collect();
    assert_eq!(certificates.len(), 3);
    for certificate in certificates {
        let (status, body) = platform.get(&certificate);
        assert!(status == 200 && body.starts_with(b"%PDF-"));
    }
    assert_eq!(platform.surrender(&[codes.first().unwrap()]), "0000");
    assert_eq!(platform.status(&temp), "已退款");
    // Two insured are not a group.
    let (temp, _) = platform.paid("B", "100434", 2);
    assert_eq!(text(&platform.detail(&temp).1, "isGroup"), "0");
    assert_eq!(platform.told().len(), 2 + 2, "the group's 退保 and 退款, and two 投保");
}

#[test]
fn invoices_by_product_and_state() {
    let mut platform = Platform::usual();
    platform.member();
    let state = |platform: &mut Platform, temp: &str| {
        let (_, detail) = platform.detail(temp);
        format!("{}{}", text(&detail, "isInvoice"), text(&detail, "invoiceStatus"))
    };
    // One per policy.
    let (temp, order) = platform.paid("A", "200437", 2);
    assert_eq!(state(&mut platform, &temp), "10");
    assert_eq!(platform.apply(&order, "个人"), "0000");
    assert_eq!(platform.apply(&order, "个人"), "9999");
    assert_eq!(state(&mut platform, &temp), "11");
    let invoices = platform.invoices(&order);
    assert_eq!(invoices.len(), 2);
    assert!(invoices.iter().all(|row| !text(row, "policyCode").is_empty()));
    // One for the order, as a bare address.
    for product in ["100371", "200161"] {
        let (temp, order) = platform.paid(product, product, 2);
        assert_eq!(platform.apply(&order, "个人"), "0000");
        let invoices = platform.invoices(&order);
        assert!(matches!(invoices.as_slice(), [Value::Text(address)] if platform.get(address).1.starts_with(b"%PDF-")));
        assert_eq!(state(&mut platform, &temp), if product == "100371" { "21" } else { "31" });
    }
    // One per minute: under way, in part, done.
    let (temp, order) = platform.paid("C", "200104", 2);
    assert_eq!(platform.apply(&order, "个人"), "0000");
    for (expected, count) in [("13", 0), ("14", 1), ("11", 2)] {
        assert_eq!(state(&mut platform, &temp), expected);
        assert_eq!(platform.invoices(&order).len(), count);
        platform.sandbox.advance(60_000);
    }
    // It fails, and can be applied for again.
    let (temp, order) = platform.paid("D", "200437", 1);
    assert_eq!(platform.apply(&order, "开票失败"), "0000");
    assert_eq!(state(&mut platform, &temp), "12");
    assert_eq!(platform.apply(&order, "个人"), "0000");
    assert_eq!(state(&mut platform, &temp), "11");
    // No invoice: not paid, surrendered, or a product without invoices.
    let temp = platform.pre_order("E", "200437", 1, 1);
    let unpaid = platform.sandbox.pay(&temp, platform.clock).unwrap();
    assert_eq!(platform.apply(&unpaid, "个人"), "9999");
    let (_, order) = platform.paid("F", "200437", 1);
    let body = format!(r#"{{"orderCode":"{order}","distrCode":"DL1000100","memberId":"100001"}}"#);
    assert_eq!(platform.code("/api/policy/surrenderByOrderCode", &body), "0000");
    assert_eq!(platform.apply(&order, "个人"), "9999");
    let (temp, order) = platform.paid("G", "100434", 1);
    assert_eq!(platform.apply(&order, "个人"), "9999");
    assert_eq!(state(&mut platform, &temp), "00");
}

#[test]
fn the_list_page_surrenders_and_invoices() {
    let mut platform = Platform::usual();
    platform.member();
    let (temp, order) = platform.paid("A", "200437", 2);
    let account = r#"{"account":"13800000000","distrCode":"DL1000100","memberId":"100001"}"#;
    let address = text(&platform.call("/api/order/getOrderListUrl", account).1, "orderListUrl").to_owned();
    let token = address.split_once("creditToken=").unwrap().1.to_owned();
    let (status, page) = platform.get(&address);
    let page = String::from_utf8(page).unwrap();
    assert!(status == 200 && page.contains("整单退保") && page.contains("申请发票") && page.contains(&order));
    let (_, detail) = platform.detail(&temp);
    let policy = text(&list(field(&detail, "insuredInfoList"))[1], "policyCode").to_owned();
    let back = platform.post("/pages/distr/myorder/surrender", &format!("creditToken={token}&policyCode={policy}"));
    assert_eq!(back, format!("/pages/distr/myorder/list?creditToken={token}"));
    assert_eq!(platform.status(&temp), "部分退保");
    let again = platform.post("/pages/distr/myorder/surrender", &format!("creditToken={token}&policyCode={policy}"));
    assert!(again.contains("refused="));
    let company = format!("creditToken={token}&orderCode={order}&invoiceType=2&invoiceTitle=A");
    assert!(platform.post("/pages/distr/myorder/invoice", &company).contains("refused="));
    assert!(!platform.post("/pages/distr/myorder/invoice", &format!("{company}&taxpayerNo=9")).contains("refused="));
    assert_eq!(platform.invoices(&order).len(), 1);
    // Another token is refused, and the token expires.
    assert_eq!(platform.post("/pages/distr/myorder/surrender", &format!("creditToken=0&orderCode={order}")), "");
    platform.sandbox.advance(30 * 60_000);
    assert_eq!(platform.get(&address).0, 404);
}

#[test]
fn the_oldest_orders_are_forgotten() {
    let mut platform = Platform::usual();
    platform.member();
    let (first, order) = platform.paid("first", "200437", 1);
    platform.sandbox.take_notifications();
    for place in 0..10_000 {
        platform.pre_order(&place.to_string(), "200437", 2, 1);
    }
    assert_eq!(platform.detail(&first).0, "1000");
    assert_eq!(platform.apply(&order, "个人"), "1000");
    let snapshot = platform.sandbox.snapshot(platform.clock, usize::MAX);
    assert_eq!(list(field(&snapshot, "orders")).len(), 10_000);
    assert_eq!(list(field(&snapshot, "calls")).len(), 500);
    // The forgotten order's serial number is free again, and the remaining orders still expire.
    platform.pre_order("first", "200437", 2, 1);
    platform.sandbox.advance(DAY);
    let snapshot = platform.sandbox.snapshot(platform.clock, usize::MAX);
    let open = list(field(&snapshot, "orders"));
    let expired = open.iter().filter(|row| text(list(field(row, "history")).last().unwrap(), "stage") == "expired");
    assert_eq!(expired.count(), 10_000);
}

#[test]
fn what_time_did_is_stamped_when_it_was_over_not_when_somebody_looked() {
    let mut platform = Platform::usual();
    platform.member();
    platform.pre_order("A", "200437", 2, 1);
    let created = platform.clock;
    platform.sandbox.advance(3 * DAY);
    let order = list(field(&platform.sandbox.snapshot(platform.clock, 9), "orders")).remove(0);
    let history = list(field(&order, "history"));
    let [.., last] = history.as_slice() else { panic!("no history") };
    assert_eq!((text(last, "stage"), text(last, "at")), ("expired", (created + DAY).to_string().as_str()));
}

#[test]
fn a_late_answer_after_a_reset_is_no_other_callbacks() {
    let mut platform = Platform::usual();
    platform.member();
    platform.paid("A", "200437", 1);
    let before = platform.told().remove(0).id;
    platform.sandbox.reset();
    platform.member();
    platform.paid("B", "200437", 1);
    assert_eq!(platform.told().len(), 1);
    platform.sandbox.delivered(before, Some(200));
    let told = list(field(&platform.sandbox.snapshot(platform.clock, 9), "notifications"));
    assert_eq!(text(&told[0], "answer"), "waiting");
}

#[test]
fn faults_come_and_go_one_by_one() {
    let mut platform = Platform::usual();
    let rule = |text: &str| Value::parse(text).unwrap();
    platform.sandbox.add_fault(&rule(r#"{"fault":"code","code":"1001","times":1}"#)).unwrap();
    assert_eq!(platform.code("/api/member/register", "{}"), "1001");
    // After one more rule, the first is still used up.
    platform.sandbox.add_fault(&rule(r#"{"fault":"code","code":"1001","endpoint":"getOrderDetail"}"#)).unwrap();
    assert_eq!(platform.code("/api/member/register", "{}"), "9999");
    assert_eq!(platform.code("/api/order/getOrderDetail", "{}"), "1001");
    platform.sandbox.remove_fault(1).unwrap();
    assert_eq!(platform.code("/api/order/getOrderDetail", "{}"), "9999");
    assert!(platform.sandbox.remove_fault(1).unwrap_err().to_string().contains("place"));
    let error = platform.sandbox.add_fault(&rule(r#"{"fault":"delay"}"#)).unwrap_err();
    assert!(error.to_string().starts_with("faults[1].ms"), "{error}");
}

#[test]
fn a_plan_that_there_is_not_is_not_bought() {
    let mut platform = Platform::usual();
    platform.member();
    let temp = platform.pre_order("A", "200437", 2, 1);
    let snapshot = platform.sandbox.snapshot(platform.clock, 1);
    let page = text(&list(field(&snapshot, "orders"))[0], "page").to_owned();
    let form = page.split_once('?').unwrap().1;
    for plan in ["2", "x", "-1"] {
        platform.post("/pages/distr/order/pay", &format!("{form}&plan={plan}"));
        assert_eq!(platform.detail(&temp).0, "1000", "{plan}");
    }
    platform.post("/pages/distr/order/pay", &format!("{form}&plan=1"));
    assert_eq!(text(&platform.detail(&temp).1, "orderTotalAmt"), "3.50");
}

#[test]
fn the_eldest_members_are_forgotten_too() {
    let mut platform = Platform::usual();
    for place in 0..10_001 {
        let body = format!(
            r#"{{"distrCode":"DL1000100","mobile":"{}","employeeCode":"GY66688","invitateCode":"88888888","company":"c","province":"p","city":"c","contact":"c","address":"a"}}"#,
            13_000_000_000_u64 + place
        );
        assert_eq!(platform.code("/api/member/register", &body), "0000");
    }
    let snapshot = platform.sandbox.snapshot(platform.clock, usize::MAX);
    assert_eq!(list(field(&snapshot, "members")).len(), 10_000);
    assert_eq!(list(field(&platform.sandbox.snapshot(platform.clock, 7), "members")).len(), 7);
    let ask = |id: u32| format!(r#"{{"productCode":"200437","memberId":"{id}"}}"#);
    assert_eq!(platform.code("/api/product/getDistrProductDetail", &ask(100_001)), "9999");
    assert_eq!(platform.code("/api/product/getDistrProductDetail", &ask(110_001)), "0000");
}

#[test]
fn an_order_of_many_pushes_out_as_many_people() {
    let mut platform = Platform::usual();
    platform.member();
    for serial in ["A", "B", "C"] {
        platform.pre_order(serial, "200437", 2, 40_000);
    }
    let orders = list(field(&platform.sandbox.snapshot(platform.clock, 9), "orders"));
    assert_eq!(orders.len(), 2, "of 100,000 insured at most");
}
