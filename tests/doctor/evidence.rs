//! What somebody may paste, wrapped in every way.

use aigobo::Value;
use aigobo::doctor::{Diagnosis, Evidence, Lang, Options, diagnose};
use aigobo::response_codes::RESPONSE_CODES;

use crate::program::*;

fn pasted(text: &str) -> Diagnosis {
    examined(&Evidence { text: Some(text.to_owned()), ..Evidence::default() })
}

fn causes_in(text: &str) -> Vec<&'static str> {
    causes_of(&pasted(text))
}

fn json() -> String {
    envelope(&encrypted(BODY), &md5(format!("{}{SECRET}", right_s1()))).to_json()
}

#[test]
fn an_envelope_in_every_wrapping() {
    let json = json();
    let quoted = serde_json::to_string(&json).unwrap();
    let map = aigobo::Map::parse(&json).unwrap();
    let pairs: Vec<_> = map.iter().map(|(name, value)| (name, value.as_scalar().unwrap().to_owned())).collect();
    let form = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")))
        .collect::<Vec<_>>()
        .join("&");
    let java =
        format!("{{{}}}", pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", "));
    let python = format!(
        "{{{}}}",
        pairs.iter().map(|(name, value)| format!("'{name}': '{value}'")).collect::<Vec<_>>().join(", ")
    );
    let node = format!(
        "{{\n{}\n}}",
        pairs.iter().map(|(name, value)| format!("  {name}: '{value}'")).collect::<Vec<_>>().join(",\n")
    );
    let php = format!(
        "Array\n(\n{})\n",
        pairs.iter().map(|(name, value)| format!("    [{name}] => {value}\n")).collect::<String>()
    );
    let dumped = pairs.iter().map(|(name, value)| match *name {
        "timestamp" => format!("  [\"{name}\"]=>\n  int({value})\n"),
        _ => format!("  [\"{name}\"]=>\n  string({}) \"{value}\"\n", value.len()),
    });
    let var_dump = format!("array({}) {{\n{}}}\n", pairs.len(), dumped.collect::<String>());
    for text in [
        json.clone(),
        format!("\u{feff}{json}\n"),
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&json).unwrap()).unwrap(),
        quoted.clone(),
        format!("[{json}]"),
        format!("2021-07-18 09:00:00.123 INFO [http-nio-1] c.e.AgbClient - request: {json} took 12 ms"),
        format!("{{\"level\":\"info\",\"msg\":{quoted},\"time\":1}}"),
        format!("level=info msg={quoted} time=1"),
        format!("curl -X POST https://apiagb.qa.aigobo.cn/api/member/register -d '{json}'"),
        form.clone(),
        format!("https://apiagb.qa.aigobo.cn/api/member/register?{form}"),
        format!("\"POST /api/member/register?{form} HTTP/1.1\" 200"),
        format!("send {java}"),
        format!("DEBUG body={python}"),
        node,
        php,
        var_dump,
    ] {
        let diagnosis = pasted(&text);
        assert_eq!(causes_of(&diagnosis), ["digest.once"], "{text}\n{diagnosis:?}");
        assert!(!diagnosis.seen.is_empty());
    }
}

#[test]
fn a_form_that_lost_its_plus() {
    let right = envelope(&encrypted(BODY), &sign(&right_s1()));
    let raw = right
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_scalar().unwrap()))
        .collect::<Vec<_>>()
        .join("&");
    assert_eq!(causes_in(&raw), ["base64.plus"]);
}

#[test]
fn parts_of_one() {
    let body = encrypted(BODY);
    let request_body = pasted(&body);
    assert_eq!(
        (request_body.verdict.as_str(), request_body.seen.as_slice()),
        ("sound", &["a requestBody".to_owned()][..])
    );
    assert_eq!(causes_in(&body.replace('+', "-").replace('/', "_")), ["base64.url-safe"]);
    let sign_alone = pasted(&sign(&right_s1()));
    assert_eq!((sign_alone.verdict.as_str(), sign_alone.seen.as_slice()), ("unknown", &["a sign".to_owned()][..]));
    assert!(sign_alone.cannot_tell[0].contains("add the body"));
    let both = |sign: String| {
        examined(&Evidence { body: Some(Value::parse(BODY).unwrap()), sign: Some(sign), ..Evidence::default() })
    };
    assert_eq!(both(sign(&right_s1())).verdict.as_str(), "sound");
    assert_eq!(causes_of(&both(sign(JOINED))), ["case.kept"]);
    let text = Evidence { body: Some(BODY.into()), sign: Some(sign(&BODY.to_uppercase())), ..Evidence::default() };
    assert_eq!(causes_of(&examined(&text)), ["join.plaintext"]);
    let sealed = Evidence {
        request_body: Some(body),
        sign: Some(md5(format!("{}{SECRET}", right_s1()))),
        ..Evidence::default()
    };
    assert_eq!(causes_of(&examined(&sealed)), ["digest.once"]);
    let nothing = pasted("good morning");
    assert_eq!((nothing.verdict.as_str(), nothing.seen.len()), ("unknown", 0));
    assert_eq!(pasted("").verdict.as_str(), "unknown");
    // JSON inside a signing string is one of its values, and a log line is not a signing string.
    let string = pasted(r#"holderInfo={"holderName":"王"}&memberId=1"#);
    assert_eq!(
        (string.seen.clone(), causes_of(&string)),
        (vec!["a signing string".to_owned()], vec!["nested.json", "case.kept"])
    );
    let once = md5(format!("MEMBERID=1{SECRET}"));
    for text in
        [format!(r#"body: {{"memberId":"1"}} sign: {once}"#), format!("{{\"memberId\":\"1\"}}\nsign = '{once}'\n")]
    {
        assert_eq!(causes_in(&text), ["digest.once"], "{text}");
    }
    let line = pasted(r#"url=/a?b=1&c=2 took=3 body={"memberId":"1"}"#);
    assert_eq!(line.seen, ["the parameters of a call"]);
    let parameters = pasted(BODY);
    assert_eq!((parameters.verdict.as_str(), parameters.seen.len()), ("unknown", 1));
}

const ERROR: &str = r#"{"name":"GatewayError","message":"m","code":"gateway.2000","retryable":false,"endpoint":"getOrderDetail","nonce":"n","gatewayCode":"2000","gatewayMessage":"接口签名错误","remedy":"r"}"#;

#[test]
fn refusals_alone() {
    for (text, code, word) in [
        (r#"{"code":"2000","message":"接口签名错误","data":null}"#, "2000", "requestBody and sign"),
        ("2000", "2000", "requestBody and sign"),
        ("接口签名错误", "2000", "requestBody and sign"),
        ("HTTP 200 {\"code\":\"2009\",\"message\":\"报文解密失败\"}", "2009", "desKey"),
        ("GatewayError: the platform answered 2008 请求接口不合法: Check", "2008", "now"),
        ("5000", "5000", "which environment"),
        ("9999", "9999", "whole answer"),
        (r#"{"code":"7777","message":"x"}"#, "7777", "whole answer"),
        // An error of this package, as it appears in a log.
        (ERROR, "2000", "requestBody and sign"),
    ] {
        let diagnosis = pasted(text);
        assert_eq!((diagnosis.verdict.as_str(), diagnosis.findings.len()), ("unknown", 0), "{text}");
        assert!(diagnosis.summary.contains(code), "{}", diagnosis.summary);
        assert!(diagnosis.cannot_tell.iter().any(|said| said.contains(word)), "{diagnosis:?}");
    }
    for code in ["0002", "1000", "1001", "3000", "4001"] {
        let diagnosis = pasted(code);
        assert!(diagnosis.summary.contains(code) && diagnosis.cannot_tell.is_empty(), "{diagnosis:?}");
        let zh = Options { lang: Lang::Zh, ..options() };
        let diagnosis = diagnose(&Evidence { refusal: Some(code.into()), ..Evidence::default() }, &keys(), &zh);
        let row = RESPONSE_CODES.iter().find(|row| row.code == code).unwrap();
        assert_eq!(diagnosis.summary, format!("{code} {}：{}", row.message, row.chinese.concat()));
    }
    assert_eq!(pasted(r#"{"code":"0000","message":"成功","data":null}"#).verdict.as_str(), "sound");
    // A number has no leading zeros.
    assert!(pasted(r#"{"code":2,"message":"接口请求频繁"}"#).summary.contains("0002"));
}

#[test]
fn a_refusal_beside_its_envelope() {
    let refused = |map: aigobo::Map| Evidence {
        refusal: Some(Value::parse(r#"{"code":"2000","message":"接口签名错误"}"#).unwrap()),
        ..of_envelope(map)
    };
    assert_eq!(causes_of(&examined(&refused(envelope(&encrypted(BODY), &sign(JOINED))))), ["case.kept"]);
    let sound = examined(&refused(envelope(&encrypted(BODY), &sign(&right_s1()))));
    assert_eq!(sound.verdict.as_str(), "unknown");
    assert!(sound.cannot_tell[0].contains("right for these keys"), "{sound:?}");
    // Seen a quarter of an hour later: an old timestamp is refused with 2008, so this one was on time when it arrived.
    let later = Options { now: NOW + 1_000_000, ..options() };
    let old = |code: &str| {
        let evidence =
            Evidence { refusal: Some(code.into()), ..of_envelope(envelope(&encrypted(BODY), &sign(&right_s1()))) };
        causes_of(&diagnose(&evidence, &keys(), &later))
    };
    assert!(old("2000").is_empty());
    assert_eq!(old("2008"), ["time.stale"]);
    let line = format!("sent {} got {{\"code\":\"2000\",\"message\":\"接口签名错误\"}}", json());
    assert_eq!(causes_in(&line), ["digest.once"]);
    assert_eq!(pasted(&line).seen.len(), 2);
}

#[test]
fn evidence_is_read_from_an_object() {
    let read = |json: &str| Evidence::from_map(&aigobo::Map::parse(json).unwrap());
    let evidence =
        read(r#"{"sign":"a","requestBody":"b","signingString":"c","text":null,"body":{},"refusal":2000}"#).unwrap();
    assert_eq!((evidence.sign.as_deref(), evidence.signing_string.as_deref()), (Some("a"), Some("c")));
    let envelope = Evidence::from_map(&crate::program::envelope("", "")).unwrap();
    assert!(envelope.envelope.is_some() && envelope.sign.is_none());
    assert!(read(r#"{"code":"2000","message":"x"}"#).unwrap().refusal.is_some());
    let error = read(ERROR).unwrap();
    assert!(error.refusal.is_some() && error.envelope.is_none());
    for wrong in [r#"{"sig":"a"}"#, r#"{"sign":1}"#] {
        assert_eq!(read(wrong).unwrap_err().code(), "config");
    }
}

#[test]
fn of_several_envelopes_the_last_is_looked_at_and_the_others_are_counted() {
    let right = envelope(&encrypted(BODY), &sign(&right_s1())).to_json();
    let log = pasted(&format!("1 {}\n2 {}\n3 {right}", json(), json()));
    assert_eq!((log.verdict.as_str(), log.findings.len()), ("unknown", 0), "{log:?}");
    assert!(log.cannot_tell[0].contains("1 other"), "{log:?}");
    // The same envelope twice counts as one.
    assert_eq!(pasted(&format!("{right} {right}")).verdict.as_str(), "sound");
    // The first envelope's sign is not the second one's.
    let unsigned = right.replacen("\"sign\"", "\"unsigned\"", 1);
    assert_eq!(causes_in(&format!("{} {unsigned}", json())), ["envelope.missing"]);
}

#[test]
fn no_text_takes_for_ever() {
    let started = std::time::Instant::now();
    for text in
        [format!("%{}2b", "25".repeat(200_000)), "{\\\"".repeat(300_000), "a=&".repeat(300_000), "[".repeat(900_000)]
    {
        pasted(&text);
        examined(&Evidence { request_body: Some(text.clone()), ..Evidence::default() });
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn an_envelope_that_is_nearly_json_is_not_sound() {
    let right = envelope(&encrypted(BODY), &sign(&right_s1())).to_json();
    assert_eq!(pasted(&right).verdict.as_str(), "sound");
    for broken in
        [right.replacen("\",\"", "\"]\"", 1), right.trim_end_matches('}').to_owned(), right.replace("\":", "\" ")]
    {
        let diagnosis = pasted(&broken);
        assert_eq!(diagnosis.verdict.as_str(), "unknown", "{broken}");
    }
    // Ruby's notation is not a mistake.
    assert_eq!(pasted(&right.replace("\":", "\"=>")).verdict.as_str(), "sound");
}

#[test]
fn what_was_shown_and_could_not_be_read_is_not_passed_over() {
    let parts = |more: &str| {
        let sign = sign(&right_s1());
        aigobo::Map::parse(&format!(r#"{{"body":{BODY},"sign":"{sign}"{more}}}"#)).unwrap()
    };
    let verdict = |more: &str| examined(&Evidence::from_map(&parts(more)).unwrap()).verdict.as_str();
    assert_eq!(verdict(""), "sound");
    for more in [r#","envelope":"good morning""#, r#","text":"good morning""#, r#","refusal":"good morning""#] {
        assert_eq!(verdict(more), "unknown", "{more}");
    }
    for more in [r#","envelope":5"#, r#","envelope":[]"#, r#","refusal":true"#] {
        assert_eq!(Evidence::from_map(&parts(more)).unwrap_err().code(), "config", "{more}");
    }
}
