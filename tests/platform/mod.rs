//! The sandbox, called as the gateway is called.
#![allow(dead_code, reason = "each test takes what it needs")]

use aigobo::canonical::Body;
use aigobo::dialect::Dialect;
use aigobo::envelope::Stamp;
use aigobo::exchange::prepare;
use aigobo::sandbox::{Notification, Request, Sandbox};
use aigobo::secret::Credentials;
use aigobo::value::{Map, Value};

pub const DAY: i64 = 24 * 60 * 60 * 1000;

pub struct Platform {
    pub sandbox: Sandbox,
    pub clock: i64,
    pub nonce: u32,
}

impl Platform {
    pub fn new(options: &str) -> Self {
        let options = Map::parse(options).unwrap();
        Self { sandbox: Sandbox::new(&options, 1).unwrap(), clock: 1_626_570_000_000, nonce: 0 }
    }

    pub fn usual() -> Self {
        Self::new(r#"{"baseUrl":"http://127.0.0.1:1"}"#)
    }

    /// The reply's code and data.
    pub fn call(&mut self, path: &str, body: &str) -> (String, Value) {
        self.nonce += 1;
        // Below the quota.
        self.clock += 200;
        let keys = Credentials::parse("sandbox-access-token", "sandbox8", "sandbox-md5-secret").unwrap();
        let timestamp = self.sandbox.now(self.clock);
        let stamp = Stamp { nonce: format!("n{}", self.nonce), timestamp, ip: "127.0.0.1".into() };
        let sent = prepare(path, &Body::parse(body.into()).unwrap(), &keys, stamp, &Dialect::default());
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

    pub fn code(&mut self, path: &str, body: &str) -> String {
        self.call(path, body).0
    }

    pub fn get(&mut self, address: &str) -> (u16, Vec<u8>) {
        let address = address.strip_prefix("http://127.0.0.1:1").unwrap_or(address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let request = Request { method: "GET".into(), path: path.into(), query: query.into(), ..Request::default() };
        let (response, _) = self.sandbox.handle(&request, self.clock);
        (response.status, response.body)
    }

    pub fn post(&mut self, path: &str, body: &str) -> String {
        let request = Request { method: "POST".into(), path: path.into(), body: body.into(), ..Request::default() };
        let (response, _) = self.sandbox.handle(&request, self.clock);
        response.location.unwrap_or_default()
    }

    pub fn member(&mut self) {
        let body = r#"{"distrCode":"DL1000100","mobile":"13800000000","employeeCode":"GY66688","invitateCode":"88888888","company":"示例旅行社","province":"江苏","city":"苏州","contact":"王小明","address":"路"}"#;
        let (code, data) = self.call("/api/member/register", body);
        assert_eq!((code.as_str(), text(&data, "memberId")), ("0000", "100001"));
    }

    /// A pre-order with this many insured.
    pub fn pre_order(&mut self, serial: &str, product: &str, pay_type: i64, insured: usize) -> String {
        let people: Vec<_> = (0..insured)
            .map(|place| {
                format!(r#"{{"insuredName":"人{place}","insuredCardType":"1","insuredCardNo":"110101199003070011"}}"#)
            })
            .collect();
        let body = format!(
            r#"{{"distrCode":"DL1000100","mobile":"13800000000","memberId":"100001","outSerialNo":"{serial}","payType":{pay_type},"productCode":"{product}","productName":"x","deliverNotifyUrl":"https://s.example/d","returnNotifyUrl":"https://s.example/r","refundNotifyUrl":"https://s.example/f","returnPage":"https://s.example/","insuredInfoList":[{}]}}"#,
            people.join(",")
        );
        text(&self.call("/api/order/addTemp", &body).1, "tempOrderCode").to_owned()
    }

    /// A paid order at the cashier: tempOrderCode and orderCode.
    pub fn paid(&mut self, serial: &str, product: &str, insured: usize) -> (String, String) {
        let temp = self.pre_order(serial, product, 2, insured);
        let order = self.sandbox.pay(&temp, self.clock).unwrap();
        (temp, order)
    }

    pub fn notify_payment(&mut self, temp: &str, status: i64) -> String {
        self.code("/api/pay/outNotify", &of(temp, &format!(r#","txnStatus":{status}"#)))
    }

    pub fn detail(&mut self, temp: &str) -> (String, Value) {
        self.call("/api/order/getOrderDetail", &of(temp, ""))
    }

    pub fn status(&mut self, temp: &str) -> String {
        text(&self.detail(temp).1, "orderStatus").to_owned()
    }

    pub fn apply(&mut self, order: &str, title: &str) -> String {
        let body = format!(r#"{{"memberId":"100001","orderCode":"{order}","invoiceType":1,"invoiceTitle":"{title}"}}"#);
        self.code("/api/order/applyInvoice", &body)
    }

    pub fn invoices(&mut self, order: &str) -> Vec<Value> {
        let body = format!(r#"{{"memberId":"100001","orderCode":"{order}"}}"#);
        list(&self.call("/api/order/getInvoiceUrl", &body).1)
    }

    pub fn surrender(&mut self, codes: &[&str]) -> String {
        let codes = codes.join("\",\"");
        let body = format!(r#"{{"distrCode":"DL1000100","memberId":"100001","policyCodes":["{codes}"]}}"#);
        self.code("/api/policy/surrenderByPolicyCode", &body)
    }

    pub fn credit(&mut self) -> String {
        text(&self.sandbox.snapshot(self.clock, 0), "creditBalance").to_owned()
    }

    pub fn told(&mut self) -> Vec<Notification> {
        self.sandbox.take_notifications()
    }
}

pub fn of(temp: &str, more: &str) -> String {
    format!(r#"{{"tempOrderCode":"{temp}","distrCode":"DL1000100","memberId":"100001"{more}}}"#)
}

pub fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Map(map) => map.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    field(value, name).as_scalar().unwrap_or_default()
}

pub fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    }
}
