//! Records calls and serves them again, in Rust: which texts replace which, and what is refused.
#![cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use aigobo::canonical::Body;
use aigobo::dialect::Dialect;
use aigobo::envelope::Stamp;
use aigobo::exchange::prepare;
use aigobo::recording::{Recorder, Refusal, Replay, Served};
use aigobo::sandbox::Request;
use aigobo::secret::Credentials;
use aigobo::value::{Map, Value};
use proptest::prelude::*;

const ACCOUNT: [&str; 3] = ["token-of-account", "des-key-1", "md5-secret-1"];
const SANDBOX: [&str; 3] = ["sandbox-access-token", "sandbox8", "sandbox-md5-secret"];
const DETAIL: &str = "/api/order/getOrderDetail";
const MEMBER: &str = "/api/member/register";

fn sealed(keys: [&str; 3], path: &str, body: &str) -> Request {
    let credentials = Credentials::parse(keys[0], keys[1], keys[2]).unwrap();
    let stamp = Stamp { nonce: "n".into(), timestamp: 0, ip: "127.0.0.1".into() };
    let sent = prepare(path, &Body::parse(body.into()).unwrap(), &credentials, stamp, &Dialect::default());
    Request {
        method: "POST".into(),
        path: path.into(),
        content_type: sent.content_type.into(),
        body: sent.body.as_bytes().to_vec(),
        ..Request::default()
    }
}

/// The recording of these calls: path, request, reply.
fn recorded(calls: &[(&str, &str, &str)]) -> String {
    let [token, des, md5] = ACCOUNT;
    let options = format!(r#"{{"accessToken":"{token}","desKey":"{des}","md5SecretKey":"{md5}"}}"#);
    let mut recorder = Recorder::new(&Map::parse(&options).unwrap(), "").unwrap();
    for (path, body, reply) in calls {
        let place = recorder.sent(&sealed(ACCOUNT, path, body)).unwrap().unwrap();
        recorder.answered(place, 200, "application/json", None, reply.as_bytes());
    }
    recorder.text()
}

fn ask(replay: &mut Replay, path: &str, body: &str) -> Result<Served, Refusal> {
    replay.serve(&sealed(SANDBOX, path, body))
}

fn detail(temp: &str, member: &str) -> String {
    format!(r#"{{"tempOrderCode":"{temp}","distrCode":"D","memberId":"{member}"}}"#)
}

fn reply(name: &str) -> String {
    format!(
        r#"{{"code":"0000","message":"ok","data":{{"orderStatus":"已支付","holderName":"{name}","insuredInfoList":[]}}}}"#
    )
}

#[test]
fn one_for_one_and_never_for_another() {
    let calls =
        [(DETAIL, detail("1010A1", "106225"), reply("王小明")), (DETAIL, detail("1010B2", "106225"), reply("李四海"))];
    let text = recorded(&calls.each_ref().map(|(path, body, reply)| (*path, body.as_str(), reply.as_str())));
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    let first = ask(&mut replay, DETAIL, &detail("X1", "M1")).unwrap();
    let second = ask(&mut replay, DETAIL, &detail("X2", "M1")).unwrap();
    assert_ne!(first.body, second.body);
    // X1 now stands for the first order: asked again, it does not get the second.
    let again = ask(&mut replay, DETAIL, &detail("X1", "M1")).unwrap_err();
    assert_eq!(again.reason, "used-up");
    assert_eq!(replay.unused().to_json(), "[]");

    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    ask(&mut replay, DETAIL, &detail("X1", "M1")).unwrap();
    // Both orders belong to one member.
    let other = ask(&mut replay, DETAIL, &detail("X2", "M2")).unwrap_err();
    assert_eq!((other.reason, other.differences.len()), ("mismatch", 1));
    assert_eq!(other.differences[0].path, "memberId");
}

#[test]
fn replies_speak_of_the_tests_own_people() {
    let registered =
        r#"{"distrCode":"D","mobile":"13800000001","company":"示例旅行社","contact":"王小明","address":"路1号"}"#;
    let text = recorded(&[
        (MEMBER, registered, r#"{"code":"0000","message":"欢迎王小明","data":{"memberId":"106225"}}"#),
        (DETAIL, &detail("1010A1", "106225"), &reply("王小明")),
    ]);
    assert!(!text.contains("王小明") && !text.contains("106225") && !text.contains("13800000001"), "{text}");
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    ask(&mut replay, MEMBER, &registered.replace("王小明", "赵六").replace("138", "139")).unwrap();
    let served = ask(&mut replay, DETAIL, &detail("T", "M")).unwrap();
    assert!(served.body.contains(r#""holderName":"赵六""#), "{}", served.body);
}

#[test]
fn a_code_is_nobody() {
    let body = detail("00", "0000");
    let text = recorded(&[(DETAIL, &body, r#"{"code":"0000","message":"00"}"#)]);
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    assert!(ask(&mut replay, DETAIL, &body).unwrap().body.starts_with(r#"{"code":"0000""#));
}

#[test]
fn only_its_own_keys_and_calls_are_opened() {
    let text = recorded(&[(DETAIL, &detail("1010A1", "106225"), &reply("王小明"))]);
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    assert_eq!(replay.serve(&sealed(ACCOUNT, DETAIL, &detail("A", "B"))).unwrap_err().reason, "keys");
    assert_eq!(replay.serve(&Request::default()).unwrap_err().reason, "foreign");
    assert_eq!(ask(&mut replay, MEMBER, "{}").unwrap_err().reason, "unrecorded");
    assert_eq!(ask(&mut replay, DETAIL, r#"{"tempOrderCode":"A"}"#).unwrap_err().differences[0].path, "memberId");
}
#[test]
fn a_gateway_below_a_path_is_replayed_without_it() {
    let text = recorded(&[("/agb/api/order/getOrderDetail", &detail("1010A1", "106225"), &reply("王小明"))]);
    assert!(!text.contains("agb") && text.contains(r#""orderStatus": "已支付""#), "{text}");
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    assert!(ask(&mut replay, DETAIL, &detail("1010A1", "106225")).is_ok());
}

#[test]
fn a_reply_that_is_keyed_by_people_names_nobody() {
    let reply =
        r#"{"code":"0000","data":{"orderStatus":"x","byName":{"王小明":1,"13800000001":[{"李四":"2"}],"a_b":3}}}"#;
    let text = recorded(&[(DETAIL, &detail("1010A1", "106225"), reply)]);
    assert!(["王小明", "李四", "13800000001"].iter().all(|person| !text.contains(person)), "{text}");
    assert!(text.contains(r#""a_b": 3"#), "{text}");
}

/// The limit that docs/REPLAY.md states: replaced, a field that the platform adds could not be read from a replay.
#[test]
fn a_key_that_may_be_a_fields_name_stays() {
    let reply = r#"{"code":"0000","data":{"orderStatus":"x","added":{"remark":"y","A.Smith":2,"Zhang San":1}}}"#;
    let text = recorded(&[(DETAIL, &detail("1010A1", "106225"), reply)]);
    assert!(text.contains(r#""A.Smith": 2"#) && !text.contains("Zhang San"), "{text}");
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    let served = ask(&mut replay, DETAIL, &detail("1010A1", "106225")).unwrap();
    assert!(served.body.contains(r#""added":{"remark":""#), "{}", served.body);
}

const CALLED: &str = "/api/unknown/x";
const KEYED: &str = r#"{"people":{"王小明":1,"13800000001":{"José":"李四"}},"held":"{\"赵六\":1}","n":106225,"age":44,"kind":2,"list":[{"李四":{}}],"王小明":{"line1":1}}"#;

#[test]
fn a_request_that_is_keyed_by_people_names_nobody() {
    let reply = r#"{"code":"9999","message":"王小明、钱七","byName":{"王小明":1},"people":[{"钱七":{}}],"孙八":"周九","at":"2021-07-18","n":7654321}"#;
    let text = recorded(&[(CALLED, KEYED, reply), (DETAIL, &detail("1010A1", "106225"), reply)]);
    let gone = ["王小明", "13800000001", "José", "李四", "赵六", "106225", "44", "钱七", "孙八", "周九", "7654321"];
    for gone in gone {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    assert!([r#""line1": 1"#, r#""kind": 2"#, r#""code": "9999""#].iter().all(|kept| text.contains(kept)), "{text}");
}

#[test]
fn people_who_are_keys_are_paired_as_others_are() {
    let of = |reply: &str, path: &str| {
        let data = format!(r#"{{"code":"0000","data":{{"orderStatus":"x",{reply}}}}}"#);
        (path.to_owned(), data)
    };
    let (path, reply) = of(r#""byName":{"王小明":1,"13800000001":2,"José":3}"#, CALLED);
    let (_, later) = of(r#""holderName":"王小明""#, DETAIL);
    let text = recorded(&[(&path, KEYED, &reply), (DETAIL, &detail("1010A1", "106225"), &later)]);
    let own = |body: &str| {
        let others = [
            ("王小明", "钱七"),
            ("13800000001", "13900000002"),
            ("José", "Łukasz"),
            ("赵六", "吴十"),
            ("106225", "777"),
        ];
        others.iter().fold(body.to_owned(), |body, (one, other)| body.replace(one, other))
    };
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    let served = ask(&mut replay, CALLED, &own(KEYED)).unwrap();
    assert!(served.body.contains(r#"{"钱七":1,"13900000002":2,"Łukasz":3}"#), "{}", served.body);
    // Whoever was a key is the same person elsewhere.
    let served = ask(&mut replay, DETAIL, &detail("1010A1", "777")).unwrap();
    assert!(served.body.contains(r#""holderName":"钱七""#), "{}", served.body);

    // With one person more, or another kind, it is another request.
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    let added = own(KEYED).replace(r#"{"钱七":1,"#, r#"{"钱七":1,"孙八":1,"#);
    for (body, path) in [(added.as_str(), "people"), (&own(KEYED).replace(r#""kind":2"#, r#""kind":3"#), "kind")] {
        let refusal = ask(&mut replay, CALLED, body).unwrap_err();
        assert_eq!(refusal.reason, "mismatch");
        assert!(refusal.differences.iter().any(|one| one.path.starts_with(path)), "{refusal:?}");
        assert!(!format!("{refusal:?}").contains("孙八"), "{refusal:?}");
    }
}

#[test]
fn a_number_is_replaced_by_a_number() {
    let body = r#"{"big":1e21,"debt":-12.50,"below":-5,"id":110101199003070011}"#;
    let text = recorded(&[(CALLED, body, r#"{"code":"0000","data":{"debt":-12.50,"left":-0.05}}"#)]);
    assert!(["1e21", "12.50", "0.05", "110101199003070011"].iter().all(|gone| !text.contains(gone)), "{text}");
    assert!(text.contains(r#""below": -5"#), "{text}");
    for name in ["big", "debt", "id", "left"] {
        let value =
            text.split(&format!(r#""{name}": "#)).nth(1).and_then(|rest| rest.split([',', '\n']).next()).unwrap();
        assert!(matches!(Value::parse(value), Ok(Value::Number(_))), "{name} {value}");
    }
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    assert_eq!(ask(&mut replay, CALLED, &body.replace("-5", "-7")).unwrap_err().differences[0].path, "below");
    assert!(ask(&mut replay, CALLED, body).is_ok());
}

/// Even where the document expects no people: nobody's name is written down, and the same request is served.
#[test]
fn people_where_the_document_has_none_are_others() {
    const ORDER: &str = "/api/order/addTemp";
    let reply = r#"{"code":"9999","message":"被保人王小明(+8613912345678, 138-1234-5678, u_13912345678, ID110101199003070010)年龄不符","data":{"url":"{\"holderName\":\"王小明\"}"}}"#;
    let bodies = [
        r#"{"holderInfo":"{\"holderName\":\"王小明\"}"}"#,
        r#"{"holderInfo":"王小明"}"#,
        r#"{"holderInfo":["王小明"]}"#,
        r#"{"insuredInfoList":{"insuredName":"王小明"}}"#,
        r#"{"insuredInfoList":["王小明"]}"#,
        r#"{"insuredInfoList":"[{\"insuredName\":\"王小明\",\"insuredGender\":\"M\"}]"}"#,
        r#"{"contactName":"王小明"}"#,
        r#"{"productName":"{\"for\":\"王小明\"}"}"#,
    ];
    for body in bodies {
        let text = recorded(&[(ORDER, body, reply)]);
        for person in ["王小明", "13912345678", "138-1234-5678", "13812345678", "110101199003070010"] {
            assert!(!text.contains(person), "{body}: {text}");
        }
        let message = Map::parse(&text).unwrap().to_json();
        let message = message.split("被保人").nth(1).unwrap();
        assert!(message.contains("(+8613") && message.contains(", u_13") && message.contains("年龄不符"), "{message}");
        let mut replay = Replay::new(&text, Vec::new()).unwrap();
        let served = ask(&mut replay, ORDER, &body.replace("王小明", "赵六")).unwrap();
        // A person inside a text is the test's own again in the reply.
        assert!(served.body.contains(r#"{\"holderName\":\"赵六\"}"#), "{body}: {}", served.body);
        let other = ask(&mut replay, ORDER, r#"{"holderInfo":"{\"x\":\"钱七\"}","productName":"{\"y\":\"钱七\"}"}"#)
            .unwrap_err();
        assert!(!format!("{other:?}").contains("钱七"), "{other:?}");
    }
}

#[test]
fn a_mobile_is_another_whoever_writes_it_how() {
    let reply = r#"{"code":"9999","message":"+8613912345678, 139-1234-5678, 86 139 1234 5678; 13912345678"}"#;
    let text = recorded(&[(DETAIL, &detail("1010A1", "106225"), reply)]);
    let message = text.split("+86").nth(1).unwrap();
    let other = message.get(..11).unwrap();
    assert!(other.starts_with("13") && other != "13912345678");
    assert!(text.contains(&format!("\"+86{other}, {other}, 86 {other}; {other}\"")), "{text}");
}

#[test]
fn a_mismatch_names_nobody() {
    const ORDER: &str = "/api/order/addTemp";
    let text = recorded(&[
        (ORDER, r#"{"payType":2}"#, r#"{"code":"0000"}"#),
        ("/api/new", r#"{"a":1}"#, r#"{"code":"0000"}"#),
    ]);
    let mut replay = Replay::new(&text, Vec::new()).unwrap();
    for (path, body) in [
        (ORDER, r#"{"payType":2,"holderInfo":{"holderName":"王小明","holderMobile":"13800000001"}}"#),
        (ORDER, r#"{"payType":2,"insuredInfoList":[{"insuredName":"王小明"}]}"#),
        (ORDER, r#"{"payType":2,"nickname":"王小明"}"#),
        ("/api/new", r#"{"a":{"b":"王小明"}}"#),
    ] {
        let refusal = ask(&mut replay, path, body).unwrap_err();
        assert_eq!(refusal.reason, "mismatch", "{refusal:?}");
        assert!(!format!("{refusal:?}").contains("王小明"), "{refusal:?}");
    }
}

proptest! {
    /// Everything recorded is served to the same requests, in any order.
    #[test]
    fn what_was_recorded_fits_itself(
        people in proptest::collection::vec(("[A-Za-z0-9\u{4e00}-\u{4e50}]{2,12}", "1[3-9][0-9]{9}"), 1..8),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let bodies: Vec<_> = people.iter().enumerate()
            .map(|(place, (name, mobile))| format!(r#"{{"mobile":"{mobile}","contact":"{name}","company":"{name}社{place}","city":"城{place}"}}"#))
            .collect();
        let answer = r#"{"code":"0000","data":{"memberId":"106225"}}"#;
        let calls: Vec<_> = bodies.iter().map(|body| (MEMBER, body.as_str(), answer)).collect();
        let text = recorded(&calls);
        let mut replay = Replay::new(&text, Vec::new()).unwrap();
        let from = shuffle.index(bodies.len());
        for body in bodies[from..].iter().chain(&bodies[..from]) {
            let served = ask(&mut replay, MEMBER, body);
            prop_assert!(served.is_ok(), "{:?}", served);
        }
        prop_assert_eq!(replay.unused().to_json(), "[]");
    }
}
