//! Checks requests and replies of all endpoints against the rules of the document.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use aigobo::canonical::Body;
use aigobo::endpoints::create_pre_order::{CreatePreOrderRequest, PayType};
use aigobo::endpoints::{ENDPOINTS, Endpoint, by_name};
use aigobo::error::{Error, Issue, Rule};
use aigobo::exchange::{Answer, Incoming, finish};
use aigobo::mask::Mask;
use aigobo::model::{CheckOptions, Fills, Kind, Model, Schema, Shape, check};
use aigobo::response_codes::RESPONSE_CODES;
use aigobo::secret::Credentials;
use aigobo::value::Json;
use aigobo::{Map, Value};

/// A request that every rule accepts.
fn sample(endpoint: &Endpoint) -> Map {
    let mut map = Map::new();
    for field in endpoint.request.fields {
        let value = match field.spec.kind {
            Kind::Text => Value::from("甲"),
            Kind::Url => Value::from("https://shop.example.com/hooks"),
            Kind::Date => Value::from("2021-07-18"),
            Kind::TextChoice(choices) => Value::from(choices[0].wire),
            Kind::IntegerChoice(choices) => Value::Number(choices[0].wire.into()),
            Kind::Texts => Value::List(vec!["P1".into()]),
            Kind::Object(_) | Kind::List(_) => continue,
            kind => panic!("{kind:?} in a request"),
        };
        map.push(field.name, value);
    }
    map
}

fn with(map: &Map, name: &str, value: Option<Value>) -> Map {
    let mut entries: Vec<_> =
        map.iter().filter(|(key, _)| *key != name).map(|(k, v)| (k.to_owned(), v.clone())).collect();
    entries.extend(value.map(|value| (name.to_owned(), value)));
    entries.into_iter().collect()
}

fn checked(schema: &Schema, body: &Map, options: &CheckOptions) -> Result<Map, Vec<Issue>> {
    let json = Json::parse(body.to_json()).unwrap();
    check(schema, &json, options).map(|checked| Map::parse(&checked).unwrap())
}

fn issues(name: &str, body: &Map) -> Vec<Issue> {
    checked(by_name(name).unwrap().request, body, &CheckOptions::default()).err().unwrap_or_default()
}

fn pre_order(extra: &str) -> Map {
    let base = sample(by_name("createPreOrder").unwrap());
    Map::parse(extra).unwrap().iter().fold(base, |map, (name, value)| with(&map, name, Some(value.clone())))
}

#[test]
fn each_required_field_is_missed_by_path_and_label() {
    for endpoint in ENDPOINTS {
        let whole = sample(endpoint);
        assert!(checked(endpoint.request, &whole, &CheckOptions::default()).is_ok(), "{}", endpoint.name);
        for field in endpoint.request.fields.iter().filter(|field| field.required) {
            for absent in [None, Some(Value::Null), Some("".into()), Some(Value::List(Vec::new()))] {
                let found = issues(endpoint.name, &with(&whole, field.name, absent));
                assert_eq!(found.len(), 1, "{} {}", endpoint.name, field.name);
                assert_eq!(
                    (found[0].path.as_str(), found[0].rule, found[0].label.as_str()),
                    (field.name, Rule::Required, field.label)
                );
            }
        }
    }
}

#[test]
fn lengths_are_counted_in_characters_and_can_be_turned_off() {
    for endpoint in ENDPOINTS {
        for field in endpoint.request.fields {
            let (Kind::Text, Some(max)) = (field.spec.kind, field.spec.max) else { continue };
            let fits = with(&sample(endpoint), field.name, Some("汉".repeat(max).into()));
            assert!(issues(endpoint.name, &fits).is_empty());
            let long = with(&sample(endpoint), field.name, Some("汉".repeat(max + 1).into()));
            assert_eq!(issues(endpoint.name, &long)[0].rule, Rule::Length);
            let lenient = CheckOptions { ignore_lengths: true, ..CheckOptions::default() };
            assert!(checked(endpoint.request, &long, &lenient).is_ok());
        }
    }
}

#[test]
fn integer_choices_take_numbers_and_texts_and_come_out_as_integers() {
    for given in [Value::from(2), "2".into()] {
        let checked = checked(
            CreatePreOrderRequest::SCHEMA,
            &with(&pre_order("{}"), "payType", Some(given)),
            &CheckOptions::default(),
        );
        assert_eq!(checked.unwrap().get("payType"), Some(&Value::from(2)));
    }
    for wrong in ["3", "2.0", "\"credit\"", "true"] {
        assert_eq!(issues("createPreOrder", &pre_order(&format!(r#"{{"payType":{wrong}}}"#)))[0].path, "payType");
    }
}

#[test]
fn all_faults_come_at_once_with_their_paths() {
    let body = pre_order(
        r#"{"payType":1,"refundNotifyUrl":"","safeguardStartTime":"2021-07-20","safeguardEndTime":"2021-07-19","returnPage":"/orders",
            "holderInfo":{"holderGender":"男","holderNam":"x"},
            "insuredInfoList":[{"insuredName":"王"},{},{"insuredBirthday":"2021-02-30","insuredRelation":"9"}],"mobil":"1"}"#,
    );
    let found: Vec<_> = issues("createPreOrder", &body).into_iter().map(|issue| (issue.path, issue.rule)).collect();
    for (path, rule) in [
        ("refundNotifyUrl", Rule::Required),
        ("safeguardEndTime", Rule::Order),
        ("returnPage", Rule::Url),
        ("holderInfo.holderGender", Rule::Choice),
        ("holderInfo.holderNam", Rule::Unknown),
        ("insuredInfoList[1]", Rule::Required),
        ("insuredInfoList[2].insuredBirthday", Rule::Date),
        ("insuredInfoList[2].insuredRelation", Rule::Choice),
        ("mobil", Rule::Unknown),
    ] {
        assert!(found.contains(&(path.into(), rule)), "{path} in {found:?}");
    }
    assert_eq!(found.len(), 9, "{found:?}");
}

#[test]
fn a_company_invoice_needs_a_taxpayer_number() {
    let body = with(&sample(by_name("applyInvoice").unwrap()), "taxpayerNo", None);
    assert!(issues("applyInvoice", &body).is_empty());
    assert_eq!(issues("applyInvoice", &with(&body, "invoiceType", Some("2".into())))[0].path, "taxpayerNo");
}

#[test]
fn messages_never_hold_what_was_handed_in() {
    let body = pre_order(
        r#"{"insuredInfoList":[{"insuredBirthday":"秘密","insuredName":5,"insuredCardType":"秘密"}],"returnPage":"秘密"}"#,
    );
    let error = Error::Validation(issues("createPreOrder", &body));
    assert!(!error.to_string().contains("秘密"), "{error}");
    assert!(error.to_string().contains("insuredInfoList[0].insuredBirthday (被保人出生日期)"), "{error}");
}

/// People may be the keys of an object. What a program calls a field is told.
#[test]
fn no_name_of_an_unknown_field_is_told_that_may_be_a_person() {
    let people = r#""王小明":1,"13800000001":1,"m13800000001":1,"a@b.cn":1"#;
    let body = pre_order(&format!(
        r#"{{{people},"holderInfo":{{{people},"holderNam":1}},"insuredInfoList":[{{{people}}}],"line2":1}}"#
    ));
    let found = issues("createPreOrder", &body);
    let paths: Vec<_> = found.iter().filter(|issue| issue.rule == Rule::Unknown).map(|issue| &*issue.path).collect();
    assert_eq!(paths.iter().filter(|path| path.ends_with("***")).count(), 12, "{paths:?}");
    for path in ["***", "holderInfo.***", "insuredInfoList[0].***", "holderInfo.holderNam", "line2"] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    let error = Error::Validation(found).to_string();
    assert!(["王小明", "13800000001", "a@b.cn"].iter().all(|person| !error.contains(person)), "{error}");
    assert!(error.contains("*** is not a field of CreatePreOrderRequest; remove it"), "{error}");
}

#[test]
fn codes_are_filled_in_and_empties_left_out_in_the_documents_order() {
    let fills = Fills { distr_code: Some("DL1".into()), ..Fills::default() };
    let body = pre_order(
        r#"{"safeguardStartTime":null,"holderInfo":{"holderName":"","holderEmail":null},"insuredInfoList":[{"insuredRelation":"1","insuredName":"王","insuredEmail":""}]}"#,
    );
    let body = with(&body, "distrCode", None);
    let checked =
        checked(CreatePreOrderRequest::SCHEMA, &body, &CheckOptions { fills, ..CheckOptions::default() }).unwrap();
    let names: Vec<_> = checked.iter().map(|(name, _)| name).collect();
    assert_eq!((names[0], names.last()), ("distrCode", Some(&"insuredInfoList")));
    assert!(!names.contains(&"holderInfo") && !names.contains(&"safeguardStartTime"));
    assert_eq!(checked.get("insuredInfoList").unwrap().to_json(), r#"[{"insuredName":"王","insuredRelation":"1"}]"#);
}

#[test]
fn an_empty_code_fills_nothing_in() {
    let empty = || Some(String::new());
    let fills = Fills { distr_code: empty(), employee_code: empty(), invitate_code: empty() };
    for endpoint in ENDPOINTS {
        let codes = endpoint.request.fields.iter().filter(|field| field.spec.fill.is_some());
        let bare = codes.fold(sample(endpoint), |map, field| with(&map, field.name, None));
        let options = CheckOptions { fills: fills.clone(), ..CheckOptions::default() };
        let with_empties = checked(endpoint.request, &bare, &options);
        assert_eq!(with_empties, checked(endpoint.request, &bare, &CheckOptions::default()), "{}", endpoint.name);
    }
    assert!(
        issues("registerMember", &with(&sample(by_name("registerMember").unwrap()), "employeeCode", None)).len() == 1
    );
}

#[test]
fn a_typed_request_goes_there_and_back() {
    let checked =
        checked(CreatePreOrderRequest::SCHEMA, &pre_order(r#"{"payType":2}"#), &CheckOptions::default()).unwrap();
    let typed = CreatePreOrderRequest::from_map(&checked).unwrap();
    assert_eq!(typed.pay_type, PayType::Cash);
    assert_eq!(format!("{typed:?}"), "CreatePreOrderRequest { .. }");
    assert_eq!(typed.into_map(), checked);
}

fn arrive(body: &str, shape: Option<Shape>) -> Result<Answer, Error> {
    let (keys, request) = (Credentials::parse("the-token", "12345678", "the-secret").unwrap(), Body::from(&Map::new()));
    let incoming = Incoming { status: 200, body: body.as_bytes().to_vec(), ..Incoming::default() };
    finish(incoming, shape, &Mask::new(&keys, None, &request))
}

fn read(name: &str, data: &str) -> Result<String, Error> {
    let body = format!(r#"{{"code":"0000","message":"成功","data":{data}}}"#);
    arrive(&body, Some(by_name(name).unwrap().reply))?.data
}

#[test]
fn the_documents_own_examples_are_read() {
    let product = read("getProductDetail", include_str!("data/product-detail.json")).unwrap();
    assert!(product.contains(r#""plans":[{"planCode":"30543","planName":"计划一","minPrice":"1.0"}]"#), "{product}");
    let order = read("getOrderDetail", include_str!("data/order-detail.json")).unwrap();
    for part in [
        r#""orderStatus":"待支付""#,
        r#""orderTotalAmt":"1""#,
        r#""insuredFee":"1""#,
        r#""isEnterprise":1"#,
        r#""insuredCardNo":"110**********72""#,
    ] {
        assert!(order.contains(part), "{part} in {order}");
    }
    assert!(!order.contains("holderName") && !order.contains("policyCode"), "{order}");
    let list = read("getOrderListUrl", include_str!("data/order-list.json")).unwrap();
    assert!(list.contains("http://10.100.216.91:6062/pages/distr/myorder/list?env=inte&creditToken="), "{list}");
}

#[test]
fn replies_are_read_liberally() {
    let order = |fields: &str| read("getOrderDetail", &format!(r#"{{"orderStatus":"已支付",{fields}}}"#)).unwrap();
    assert!(order(r#""orderTotalAmt":12.30"#).contains(r#""orderTotalAmt":"12.30""#));
    assert!(order(r#""orderTotalAmt":"12.30""#).contains(r#""orderTotalAmt":"12.30""#));
    assert!(order(r#""orderTotalAmt":100000000000000000000.01"#).contains(r#""100000000000000000000.01""#));
    assert!(
        order(r#""totalQty":"3","isGroup":"0","orderCode":1011"#)
            .contains(r#""orderCode":"1011","orderStatus":"已支付","totalQty":3,"isGroup":0"#)
    );
    assert!(order(r#""companyName":"","benefitType":null"#).ends_with(r#""insuredInfoList":[]}"#));
    assert!(order(r#""newField":{"a":[1.50]}"#).contains(r#""newField":{"a":[1.50]}"#));
    assert_eq!(
        read("getInvoiceUrl", r#"["https://a","https://b"]"#).unwrap(),
        r#"[{"invoiceUrl":"https://a"},{"invoiceUrl":"https://b"}]"#
    );
    assert_eq!(
        read("getInvoiceUrl", r#"[{"invoiceUrl":"u","policyCode":7}]"#).unwrap(),
        r#"[{"invoiceUrl":"u","policyCode":"7"}]"#
    );
    assert_eq!(read("getInvoiceUrl", "null").unwrap(), "[]");
    assert_eq!(read("registerMember", r#"{"memberId":107084}"#).unwrap(), r#"{"memberId":"107084"}"#);
    assert_eq!(read("applyInvoice", r#"{"anything":1}"#).unwrap(), "null");
}

#[test]
fn what_cannot_be_done_without_is_named() {
    for (name, data, path) in [
        ("createPreOrder", r#"{"tempOrderCode":"1"}"#, "data.url"),
        ("createPreOrder", r#"{"url":"u","tempOrderCode":""}"#, "data.tempOrderCode"),
        ("registerMember", "null", "data"),
        ("registerMember", r#"{"memberId":{}}"#, "data.memberId"),
        ("getProductDetail", r#"{"productCode":"1","productName":"x","plans":[{}]}"#, "data.plans[0].planCode"),
        ("getOrderDetail", r#"{"orderStatus":"x","orderTotalAmt":"free"}"#, "data.orderTotalAmt"),
        ("getInvoiceUrl", "[1]", "data[0]"),
    ] {
        match read(name, data) {
            Err(Error::Reply { path: found, .. }) => assert_eq!(found, path, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn every_documented_code_has_meaning_and_remedy() {
    assert_eq!(RESPONSE_CODES.len(), 11);
    for row in RESPONSE_CODES.iter().filter(|row| row.code != "0000") {
        let body = format!(r#"{{"code":"{}","message":"{}"}}"#, row.code, row.message);
        let error = arrive(&body, None).unwrap_err();
        assert_eq!(error.code(), format!("gateway.{}", row.code));
        assert!(error.to_string().contains(row.remedy) && !row.meaning.is_empty());
        assert!(row.chinese.iter().all(|sentence| sentence.ends_with('。')), "{}", row.code);
        assert_eq!(error.retryable(), row.code == "0002");
    }
}
