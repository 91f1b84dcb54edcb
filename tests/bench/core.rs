//! Measures the core alone, as native code: how much of a seal is arithmetic, and how much is WebAssembly and its
//! boundary.
//! `npm run bench -- --native`.
#![allow(clippy::unwrap_used, missing_docs)]

use aigobo::Map;
use aigobo::canonical::sign;
use aigobo::crypto::{decrypt, encrypt};
use aigobo::dialect::Dialect;
use aigobo::endpoints::by_name;
use aigobo::envelope::{Envelope, Stamp, open_body, seal};
use aigobo::exchange::request;
use aigobo::model::{CheckOptions, read};
use aigobo::secret::Credentials;
use aigobo::value::Json;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

/// The numbers of insured.
const COUNTS: [usize; 3] = [1, 1_000, 10_000];

fn main() {
    divan::main();
}

/// A pre-order as a client sends it.
fn pre_order(insured: usize) -> String {
    let people: Vec<_> = (0..insured)
        .map(|index| {
            format!(
                r#"{{"insuredName":"欧阳小明","insuredCardType":"1","insuredCardNo":"1101011990{index:07}X","insuredGender":"M","insuredRelation":"5"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"distrCode":"DL100010","mobile":"13800000001","memberId":"106225","outSerialNo":"GP202107180001","payType":2,"productCode":"200437","productName":"旅途无忧一日游","deliverNotifyUrl":"https://shop.example.com/hooks/aigobo/deliver/GP202107180001","returnNotifyUrl":"https://shop.example.com/hooks/aigobo/return/GP202107180001","refundNotifyUrl":"https://shop.example.com/hooks/aigobo/refund/GP202107180001","returnPage":"https://shop.example.com/orders/GP202107180001","safeguardStartTime":"2021-07-18","safeguardEndTime":"2021-07-19","insuredInfoList":[{}]}}"#,
        people.join(",")
    )
}

fn order_detail(insured: usize) -> String {
    let one = r#"{"insuredName":"欧阳小明","insuredCardType":"身份证","insuredCardNo":"110101199003070011","insuredGender":"女","insuredFee":5.00,"policyStatus":"已承保","policyCode":"20210001","policyUrl":"https://files.example.com/policies/20210001.pdf"}"#;
    format!(r#"{{"orderStatus":"已支付","totalQty":{insured},"insuredInfoList":[{}]}}"#, vec![one; insured].join(","))
}

fn credentials() -> Credentials {
    Credentials::parse("a3f5c8d2e1b04796a3f5c8d2e1b04796", "bench-de", "bench-md5-secret-key-0123456789a").unwrap()
}

fn stamp() -> Stamp {
    Stamp { nonce: "n-1".into(), timestamp: 0, ip: "127.0.0.1".into() }
}

fn sealed(json: &str) -> Envelope {
    seal(&Map::parse(json).unwrap(), &credentials(), stamp(), &Dialect::default())
}

#[divan::bench(args = COUNTS)]
fn seals(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, keys, dialect) = (pre_order(insured), credentials(), Dialect::default());
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| seal(&Map::parse(black_box(&json)).unwrap(), &keys, stamp(), &dialect).into_map().to_json());
}

#[divan::bench(args = COUNTS)]
fn signs(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, keys, dialect) = (pre_order(insured), credentials(), Dialect::default());
    let counted = bencher.counter(BytesCount::of_str(&json));
    counted.bench(|| sign(&Map::parse(black_box(&json)).unwrap(), &keys.md5_secret, &dialect));
}

#[divan::bench(args = COUNTS)]
fn encrypts(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, keys) = (pre_order(insured), credentials());
    bencher.counter(BytesCount::of_str(&json)).bench(|| encrypt(black_box(json.as_str()), &keys.des_key));
}

#[divan::bench(args = COUNTS)]
fn decrypts(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, keys) = (pre_order(insured), credentials());
    let base64 = encrypt(json.as_str(), &keys.des_key);
    bencher.counter(BytesCount::of_str(&json)).bench(|| decrypt(black_box(&base64), &keys.des_key).unwrap());
}

#[divan::bench(args = COUNTS)]
fn opens(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, keys, dialect) = (pre_order(insured), credentials(), Dialect::default());
    let envelope = sealed(&json);
    let counted = bencher.counter(BytesCount::of_str(&json));
    counted.bench(|| open_body(black_box(&envelope).received(), &keys, &dialect).unwrap().to_json());
}

#[divan::bench(args = COUNTS)]
fn reads_an_order(bencher: Bencher<'_, '_>, insured: usize) {
    let (data, shape) = (order_detail(insured), by_name("getOrderDetail").unwrap().reply);
    let counted = bencher.counter(BytesCount::of_str(&data));
    counted.bench(|| read(shape, Some(Json::parse(black_box(&data).clone()).unwrap().root())).unwrap());
}

#[divan::bench(args = COUNTS)]
fn checks(bencher: Bencher<'_, '_>, insured: usize) {
    let (json, endpoint) = (pre_order(insured), by_name("createPreOrder").unwrap());
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| request(endpoint, black_box(&json).clone(), &CheckOptions::default()).unwrap());
}
