//! The platform as a state machine, called as the gateway is called.
#![cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    missing_docs
)]

use aigobo::dialect::Dialect;
use aigobo::envelope::Stamp;
use aigobo::exchange::prepare;
use aigobo::sandbox::{Notification, Request, Sandbox};
use aigobo::secret::Credentials;
use aigobo::value::{Map, Value};
use proptest::prelude::*;

const DAY: i64 = 24 * 60 * 60 * 1000;

struct Platform {
    sandbox: Sandbox,
    clock: i64,
    nonce: u32,
}

impl Platform {
    fn new(options: &str) -> Self {
        let options = Map::parse(options).unwrap();
        Self { sandbox: Sandbox::new(&options, 1).unwrap(), clock: 1_626_570_000_000, nonce: 0 }
    }

    fn usual() -> Self {
        Self::new(r#"{"baseUrl":"http://127.0.0.1:1"}"#)
    }

    /// The reply's code and data.
    fn call(&mut self, path: &str, body: &str) -> (String, Value) {
        self.nonce += 1;
        // Below the quota.
        self.clock += 200;
        let keys = Credentials::parse("sandbox-access-token", "sandbox8", "sandbox-md5-secret").unwrap();
        let timestamp = self.sandbox.now(self.clock);
        let stamp = Stamp { nonce: format!("n{}", self.nonce), timestamp, ip: "127.0.0.1".into() };
        let sent = prepare(path, &Map::parse(body).unwrap(), &keys, stamp, &Dialect::default());
        let request = Request {
            method: "POST".into(),
            path: path.into(),
            content_type: sent.content_type.into(),
            body: sent.body.as_bytes().to_vec(),
            ..Request::default()
        };
        let (response, _) = self.sandbox.handle(&request, self.clock);
        let reply = Map::parse(core::str::from_utf8(&response.body).unwrap()).unwrap();
        (reply.text("code").unwrap().to_owned(), reply.get("data").unwrap().clone())
    }

    fn code(&mut self, path: &str, body: &str) -> String {
        self.call(path, body).0
    }

    fn get(&mut self, address: &str) -> (u16, Vec<u8>) {
        let address = address.strip_prefix("http://127.0.0.1:1").unwrap_or(address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let request = Request { method: "GET".into(), path: path.into(), query: query.into(), ..Request::default() };
        let (response, _) = self.sandbox.handle(&request, self.clock);
        (response.status, response.body)
    }

    fn post(&mut self, path: &str, body: &str) -> String {
        let request = Request { method: "POST".into(), path: path.into(), body: body.into(), ..Request::default() };
        let (response, _) = self.sandbox.handle(&request, self.clock);
        response.location.unwrap_or_default()
    }

    fn member(&mut self) {
        let body = r#"{"distrCode":"DL1000100","mobile":"13800000000","employeeCode":"GY66688","invitateCode":"88888888","company":"示例旅行社","province":"江苏","city":"苏州","contact":"王小明","address":"路"}"#;
        let (code, data) = self.call("/api/member/register", body);
        assert_eq!((code.as_str(), text(&data, "memberId")), ("0000", "100001"));
    }

    /// A pre-order of so many insured.
    fn pre_order(&mut self, serial: &str, product: &str, pay_type: i64, insured: usize) -> String {
        let people: Vec<_> = (0..insured)
            .map(|place| {
                format!(r#"{{"insuredName":"人{place}","insuredCardType":"1","insuredCardNo":"110101199003070011"}}"#)
            })
            .collect();
        let body = format!(
            r#"{{"distrCode":"DL1000100","mobile":"13800000000","memberId":"100001","outSerialNo":"{serial}","payType":{pay_type},"productCode":"{product}","productName":"x","deliverNotifyUrl":"https://s.example/d","returnNotifyUrl":"https://s.example/r","refundNotifyUrl":"https://s.example/f","returnPage":"https://s.example/","insuredInfoList":[{}]}}"#,
            people.join(",")
        );
        let (code, data) = self.call("/api/order/addTemp", &body);
        assert_eq!(code, "0000");
        text(&data, "tempOrderCode").to_owned()
    }

    /// A paid order at the cashier: tempOrderCode and orderCode.
    fn paid(&mut self, serial: &str, product: &str, insured: usize) -> (String, String) {
        let temp = self.pre_order(serial, product, 2, insured);
        let order = self.sandbox.pay(&temp, self.clock).unwrap();
        (temp, order)
    }

    fn notify_payment(&mut self, temp: &str, status: i64) -> String {
        self.code("/api/pay/outNotify", &of(temp, &format!(r#","txnStatus":{status}"#)))
    }

    fn detail(&mut self, temp: &str) -> (String, Value) {
        self.call("/api/order/getOrderDetail", &of(temp, ""))
    }

    fn status(&mut self, temp: &str) -> String {
        text(&self.detail(temp).1, "orderStatus").to_owned()
    }

    fn apply(&mut self, order: &str, title: &str) -> String {
        let body = format!(r#"{{"memberId":"100001","orderCode":"{order}","invoiceType":1,"invoiceTitle":"{title}"}}"#);
        self.code("/api/order/applyInvoice", &body)
    }

    fn invoices(&mut self, order: &str) -> Vec<Value> {
        let body = format!(r#"{{"memberId":"100001","orderCode":"{order}"}}"#);
        list(&self.call("/api/order/getInvoiceUrl", &body).1)
    }

    fn surrender(&mut self, codes: &[&str]) -> String {
        let codes = codes.join("\",\"");
        let body = format!(r#"{{"distrCode":"DL1000100","memberId":"100001","policyCodes":["{codes}"]}}"#);
        self.code("/api/policy/surrenderByPolicyCode", &body)
    }

    fn credit(&self) -> String {
        text(&self.sandbox.snapshot(self.clock, 0), "creditBalance").to_owned()
    }

    fn told(&mut self) -> Vec<Notification> {
        self.sandbox.take_notifications()
    }
}

fn of(temp: &str, more: &str) -> String {
    format!(r#"{{"tempOrderCode":"{temp}","distrCode":"DL1000100","memberId":"100001"{more}}}"#)
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Map(map) => map.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    field(value, name).as_scalar().unwrap_or_default()
}

fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    }
}

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
                // The first that decides, decides; what contradicts it is refused.
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
    // Two are no group.
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
    // One a policy.
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
    // One a minute: under way, in part, done.
    let (temp, order) = platform.paid("C", "200104", 2);
    assert_eq!(platform.apply(&order, "个人"), "0000");
    for (expected, count) in [("13", 0), ("14", 1), ("11", 2)] {
        assert_eq!(state(&mut platform, &temp), expected);
        assert_eq!(platform.invoices(&order).len(), count);
        platform.sandbox.advance(60_000);
    }
    // It fails, and is applied for again.
    let (temp, order) = platform.paid("D", "200437", 1);
    assert_eq!(platform.apply(&order, "开票失败"), "0000");
    assert_eq!(state(&mut platform, &temp), "12");
    assert_eq!(platform.apply(&order, "个人"), "0000");
    assert_eq!(state(&mut platform, &temp), "11");
    // None: not paid, surrendered, no product for it.
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
    // Nobody else's token, and not for ever.
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
    // Its serial number is free again, and what is left still expires.
    platform.pre_order("first", "200437", 2, 1);
    platform.sandbox.advance(DAY);
    platform.detail(&first);
    let snapshot = platform.sandbox.snapshot(platform.clock, usize::MAX);
    let open = list(field(&snapshot, "orders"));
    let expired = open.iter().filter(|row| text(list(field(row, "history")).last().unwrap(), "stage") == "expired");
    assert_eq!(expired.count(), 10_000);
}

#[derive(Debug, Clone)]
enum Act {
    PreOrder(usize, bool),
    Pay(usize),
    Report(usize, i64),
    Surrender(usize),
    Invoice(usize),
    Advance(i64),
    Fault(&'static str),
    Delivered(u64),
    Resend(u64),
    Credit,
    Reset,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (1usize..4, any::<bool>()).prop_map(|(people, credit)| Act::PreOrder(people, credit)),
        5 => (0usize..6).prop_map(Act::Pay),
        2 => (0usize..6, prop_oneof![Just(1), Just(2), Just(-1)]).prop_map(|(place, status)| Act::Report(place, status)),
        2 => (0usize..6).prop_map(Act::Surrender),
        2 => (0usize..6).prop_map(Act::Invoice),
        2 => (0i64..DAY).prop_map(Act::Advance),
        2 => prop_oneof![
            Just(r#"[{"fault":"code","code":"1001","chance":0.5}]"#),
            Just(r#"[{"fault":"notification-lost","chance":0.3},{"fault":"notification-reorder","times":1}]"#),
            Just("[]"),
        ].prop_map(Act::Fault),
        2 => (0u64..8).prop_map(Act::Delivered),
        1 => (0u64..8).prop_map(Act::Resend),
        1 => Just(Act::Credit),
        1 => Just(Act::Reset),
    ]
}

impl Platform {
    fn take(&mut self, act: &Act, temps: &mut Vec<String>) {
        let at = |place: usize| temps.get(place).cloned().unwrap_or_default();
        match act {
            Act::PreOrder(people, credit) => {
                let body = format!(
                    r#"{{"distrCode":"DL1000100","mobile":"13800000000","memberId":"100001","outSerialNo":"{}","payType":{},"productCode":"100434","productName":"x","deliverNotifyUrl":"https://s.example/d","returnNotifyUrl":"https://s.example/r","refundNotifyUrl":"https://s.example/f","returnPage":"https://s.example/","insuredInfoList":[{}]}}"#,
                    self.nonce,
                    2 - i64::from(*credit),
                    vec!["{\"insuredName\":\"人\"}"; *people].join(",")
                );
                let (_, data) = self.call("/api/order/addTemp", &body);
                temps.push(text(&data, "tempOrderCode").to_owned());
            }
            Act::Pay(place) => drop(self.sandbox.pay(&at(*place), self.clock)),
            Act::Report(place, status) => drop(self.notify_payment(&at(*place), *status)),
            Act::Surrender(place) => {
                let order = text(&self.detail(&at(*place)).1, "orderCode").to_owned();
                let body = format!(r#"{{"orderCode":"{order}","distrCode":"DL1000100","memberId":"100001"}}"#);
                self.code("/api/policy/surrenderByOrderCode", &body);
            }
            Act::Invoice(place) => {
                let order = text(&self.detail(&at(*place)).1, "orderCode").to_owned();
                self.apply(&order, "个人");
            }
            Act::Advance(ms) => self.sandbox.advance(*ms),
            Act::Fault(rules) => {
                let Value::List(rules) = Value::parse(rules).unwrap() else { unreachable!() };
                self.sandbox.faults(&rules).unwrap();
            }
            Act::Delivered(id) => self.sandbox.delivered(*id, Some(200)),
            Act::Resend(id) => drop(self.sandbox.resend(*id)),
            Act::Credit => self.sandbox.credit("12.50").unwrap(),
            Act::Reset => {
                self.sandbox.reset();
                self.member();
            }
        }
        self.sandbox.take_notifications();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Killed at any moment, whatever had happened: memory and journal bring it back, and it goes on as it would have.
    #[test]
    fn memory_and_journal_bring_everything_back(
        before in prop::collection::vec(act(), 0..20),
        after in prop::collection::vec(act(), 0..20),
        later in prop::collection::vec(act(), 0..8),
    ) {
        let mut platform = Platform::usual();
        platform.member();
        let mut temps = Vec::new();
        for act in &before {
            platform.take(act, &mut temps);
        }
        let mut kept = platform.sandbox.save().unwrap();
        for act in &after {
            platform.take(act, &mut temps);
            kept += &platform.sandbox.take_journal();
        }
        // The line that was being written.
        kept += r#"{"step":"adv"#;
        let mut again = Platform { clock: platform.clock, nonce: platform.nonce, ..Platform::usual() };
        again.sandbox.restore(&kept).unwrap();
        let seen = |platform: &Platform| platform.sandbox.snapshot(platform.clock, usize::MAX);
        prop_assert_eq!(seen(&again), seen(&platform));
        // What was on its way goes out once more, by the one that took it up.
        let waiting = list(field(&seen(&platform), "notifications")).iter().filter(|row| text(row, "answer") == "waiting").count();
        let resumed = again.sandbox.save().unwrap();
        prop_assert_eq!(resumed.matches("\"Queued\"").count(), waiting);
        for act in &later {
            let mut same = temps.clone();
            platform.take(act, &mut temps);
            again.take(act, &mut same);
            prop_assert_eq!(&temps, &same);
        }
    }
}

#[test]
fn a_state_that_is_none_says_so() {
    let mut platform = Platform::usual();
    let mut whole = platform.sandbox.save().unwrap();
    platform.member();
    whole += &platform.sandbox.take_journal();
    let other = || Platform::new(r#"{"baseUrl":"http://127.0.0.1:1","desKey":"another8"}"#);
    for (text, why) in [
        ("", "no line"),
        ("{}\n", "line 1"),
        ("not json\n", "line 1"),
        (&whole.replacen("\"aigobo_sandbox\":1", "\"aigobo_sandbox\":2", 1), "format 2"),
        (&format!("{whole}{{}}\n"), "line 3"),
    ] {
        let error = Platform::usual().sandbox.restore(text).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    // Steps that were signed with other keys cannot be taken; a whole memory can be taken up with any.
    assert!(other().sandbox.restore(&whole).unwrap_err().to_string().contains("other credentials"));
    let closed = platform.sandbox.save().unwrap();
    assert!(other().sandbox.restore(&closed).is_ok());
}
