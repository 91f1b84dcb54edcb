//! Generates an example of each of the client's methods: the required fields, and the reply.

use aigobo::endpoints::{ENDPOINTS, Endpoint};
use aigobo::model::{Field, Kind, Shape};

/// The code that the methods' examples continue.
pub(crate) const SETUP: &str = "\
import { Client } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';

const sandbox = createSandbox({ deliver: async () => Response.json({ code: '0000' }) });
const client = new Client(sandbox.clientOptions);
const mobile = '13800000001';
const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
const { tempOrderCode } = await client.createPreOrder({
  memberId, mobile, outSerialNo: 'GP18', payType: 1, productCode: '200437', productName: '旅途无忧一日游',
  deliverNotifyUrl: 'https://shop.example.com/hooks/deliver', returnNotifyUrl: 'https://shop.example.com/hooks/return',
  refundNotifyUrl: 'https://shop.example.com/hooks/refund', returnPage: 'https://shop.example.com/orders/18',
});
await sandbox.pay(tempOrderCode); // what the buyer does
await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 2 });
const { orderCode = '', insuredInfoList: insured } = await client.getOrderDetail({ tempOrderCode, memberId });
const policyCode = insured[0]?.policyCode ?? '';";

/// What a request contains in a field. A bare name refers to something that the setup declares.
const SENT: &[(&str, &str)] = &[
    ("mobile", "mobile"),
    ("memberId", "memberId"),
    ("tempOrderCode", "tempOrderCode"),
    ("orderCode", "orderCode"),
    ("account", "mobile"),
    ("policyCodes", "[policyCode]"),
    ("company", "'示例旅行社'"),
    ("province", "'浙江省'"),
    ("city", "'杭州市'"),
    ("address", "'莫干山路1号'"),
    ("invoiceType", "1"),
    ("invoiceTitle", "'王小明'"),
    ("outSerialNo", "'GP19'"),
    ("payType", "2"),
    ("productCode", "'200437'"),
    ("productName", "'旅途无忧一日游'"),
    ("deliverNotifyUrl", "'https://shop.example.com/hooks/deliver'"),
    ("returnNotifyUrl", "'https://shop.example.com/hooks/return'"),
    ("returnPage", "'https://shop.example.com/orders/19'"),
    ("txnStatus", "2"),
];

/// The value shown for a reply's field.
const SHOWN: &[(&str, &str)] = &[
    ("memberId", "100001"),
    ("url", "https://…/pages/distr/order?…"),
    ("tempOrderCode", "1010…"),
    ("productCode", "200437"),
    ("productName", "旅途无忧一日游"),
    ("plans", "2"),
    ("policyDetailList", "1"),
    ("orderListUrl", "https://…/pages/distr/myorder/list?…"),
    ("orderStatus", "已支付"),
    ("insuredInfoList", "1"),
];

/// Longer lines are broken.
const LONGEST: usize = 140;

pub(crate) fn example(endpoint: &Endpoint) -> String {
    let fields: Vec<_> = endpoint
        .request
        .fields
        .iter()
        .filter(|field| field.required && field.spec.fill.is_none())
        .map(|field| match of(SENT, endpoint, field) {
            name if name == field.name => name.to_owned(),
            value => format!("{}: {value}", field.name),
        })
        .collect();
    let inside = fields.join(", ");
    let request =
        if inside.len() > LONGEST { format!("{{\n  {},\n}}", fields.join(",\n  ")) } else { format!("{{ {inside} }}") };
    let call = format!("await client.{}({request});", endpoint.name);
    match endpoint.reply {
        Shape::Nothing => call,
        Shape::Many(_) => format!("const list = {call}\nconsole.log(list.length); // → 0"),
        Shape::One(schema) => {
            let required: Vec<_> = schema.fields.iter().filter(|field| field.required).collect();
            let names: Vec<_> = required.iter().map(|field| field.name).collect();
            let printed: Vec<_> = required.iter().map(|field| printed(field)).collect();
            let shown: Vec<_> = required.iter().map(|field| of(SHOWN, endpoint, field)).collect();
            format!(
                "const {{ {} }} = {call}\nconsole.log({}); // → {}",
                names.join(", "),
                printed.join(", "),
                shown.join(" ")
            )
        }
    }
}

fn printed(field: &Field) -> String {
    match field.spec.kind {
        Kind::List(_) => format!("{}.length", field.name),
        _ => field.name.to_owned(),
    }
}

fn of(table: &[(&'static str, &'static str)], endpoint: &Endpoint, field: &Field) -> &'static str {
    let found = table.iter().find(|(name, _)| *name == field.name);
    found.unwrap_or_else(|| panic!("{}: say in examples.rs what stands in {}", endpoint.name, field.name)).1
}

#[test]
fn nothing_is_said_of_a_field_that_is_gone() {
    let sent = ENDPOINTS.iter().flat_map(|endpoint| endpoint.request.fields).map(|field| field.name);
    let shown = ENDPOINTS.iter().filter_map(|endpoint| match endpoint.reply {
        Shape::One(schema) => Some(schema.fields),
        _ => None,
    });
    let names: Vec<_> = sent.chain(shown.flatten().map(|field| field.name)).collect();
    for (name, _) in SENT.iter().chain(SHOWN) {
        assert!(names.contains(name), "{name}");
    }
}

#[test]
fn nothing_is_said_in_chinese_of_a_field_that_is_gone() {
    fn holds(fields: &[Field], name: &str) -> bool {
        fields.iter().any(|field| match field.spec.kind {
            Kind::Object(inner) | Kind::List(inner) => field.name == name || holds(inner.fields, name),
            _ => field.name == name,
        })
    }
    let text = include_str!("../../pkg-template/cli/chinese.js");
    let notes = text.split("export const NOTES = {\n").nth(1).and_then(|rest| rest.split("\n};").next()).unwrap();
    let names: Vec<_> = notes.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name).collect();
    assert!(names.len() > 10);
    for name in names {
        assert!(ENDPOINTS.iter().any(|endpoint| holds(endpoint.request.fields, name)), "{name}");
    }
}
