//! Wrong signatures: empty values, nested values, numbers, flags, texts, encodings, changed bodies.

use crate::program::*;

const INFO: &str = "{holderName=王小明, holderCardType=1, holderEmail=, holderGender=null}";

fn of(joined: &str) -> Vec<&'static str> {
    signed(&sign(&joined.to_uppercase()))
}

/// [`JOINED`] with more fields, each in its place.
fn with(more: &[&str]) -> String {
    let mut joined = JOINED.to_owned();
    for field in more {
        joined = match field.split('=').next().unwrap() {
            "note" => joined.replace("&payType", &format!("&{field}&payType")),
            "remark" => joined.replace("&returnPage", &format!("&{field}&returnPage")),
            _ => format!("{joined}&{field}"),
        };
    }
    joined
}

#[test]
fn empties() {
    for (cause, more) in [
        ("empties.null", &["note=null"][..]),
        ("empties.null-as-empty", &["note="]),
        ("empties.text", &["remark="]),
        ("empties.collections", &["tags=[]"]),
        ("empties.all-but-null", &["remark=", "tags=[]"]),
        ("empties.all", &["note=null", "remark=", "tags=[]"]),
        ("empties.all-as-empty", &["note=", "remark=", "tags=[]"]),
        ("empties.none", &["note=None"]),
        ("empties.all-none", &["note=None", "remark=", "tags=[]"]),
        ("empties.nil", &["note=<nil>"]),
    ] {
        assert_eq!(of(&with(more)), [cause]);
    }
    assert_eq!(of(&JOINED.replace("&count=0", "")), ["empties.zero"]);
}

#[test]
fn absent_fields() {
    // The body lacks planCode, a parameter of getProductDetail.
    let body = r#"{"productCode":"200437","memberId":"106225"}"#;
    for (cause, printed) in [("empties.absent-null", "null"), ("empties.absent-as-empty", "")] {
        let made = sign(&format!("memberId=106225&planCode={printed}&productCode=200437").to_uppercase());
        let diagnosis = examined(&of_envelope(envelope(&encrypted(body), &made)));
        assert_eq!(causes_of(&diagnosis), [cause]);
        assert!(diagnosis.summary.contains("planCode"), "{}", diagnosis.summary);
    }
}

#[test]
fn nested_empties() {
    for (cause, info) in [
        ("nested-empties.left-out", "{holderName=王小明, holderCardType=1}"),
        ("nested-empties.null-left-out", "{holderName=王小明, holderCardType=1, holderEmail=}"),
        ("nested-empties.null-as-empty", "{holderName=王小明, holderCardType=1, holderEmail=, holderGender=}"),
    ] {
        assert_eq!(of(&JOINED.replace(INFO, info)), [cause]);
    }
}

#[test]
fn nested_values() {
    // What each language actually prints for {"n":"王/二","t":1,"f":true,"o":{},"l":["a","b"]}.
    let body = r#"{"memberId":"7","info":{"n":"王/二","t":1,"f":true,"l":["a","b"]}}"#;
    for (cause, printed) in [
        ("nested.json", r#"{"n":"王/二","t":1,"f":true,"l":["a","b"]}"#),
        ("nested.json-spaced", r#"{"n": "王/二", "t": 1, "f": true, "l": ["a", "b"]}"#),
        ("nested.json-php", r#"{"n":"\u738b\/\u4e8c","t":1,"f":true,"l":["a","b"]}"#),
        ("nested.json-slashes", r#"{"n":"王\/二","t":1,"f":true,"l":["a","b"]}"#),
        ("nested.json-ascii", r#"{"n":"\u738b/\u4e8c","t":1,"f":true,"l":["a","b"]}"#),
        ("nested.json-python", r#"{"n": "\u738b/\u4e8c", "t": 1, "f": true, "l": ["a", "b"]}"#),
        (
            "nested.json-indented",
            "{\n  \"n\": \"王/二\",\n  \"t\": 1,\n  \"f\": true,\n  \"l\": [\n    \"a\",\n    \"b\"\n  ]\n}",
        ),
        ("nested.java-tight", "{n=王/二,t=1,f=true,l=[a,b]}"),
        ("nested.indexed", "{n=王/二, t=1, f=true, l={0=a, 1=b}}"),
        ("nested.php-array", "Array"),
        (
            "nested.php-print-r",
            "Array\n(\n    [n] => 王/二\n    [t] => 1\n    [f] => 1\n    [l] => Array\n        (\n            [0] => a\n            [1] => b\n        )\n\n)\n",
        ),
        ("nested.python", "{'n': '王/二', 't': 1, 'f': True, 'l': ['a', 'b']}"),
        ("nested.javascript", "[object Object]"),
        ("nested.go", "map[f:true l:[a b] n:王/二 t:1]"),
        ("nested.ruby", r#"{"n"=>"王/二", "t"=>1, "f"=>true, "l"=>["a", "b"]}"#),
    ] {
        let made = sign(&format!("info={printed}&memberId=7").to_uppercase());
        assert_eq!(causes(envelope(&encrypted(body), &made)), [cause]);
    }
    for (cause, joined) in [
        ("nested.query", "info[n]=王/二&info[t]=1&info[f]=true&info[l][0]=a&info[l][1]=b&memberId=7"),
        ("nested.dotted", "info.n=王/二&info.t=1&info.f=true&info.l[0]=a&info.l[1]=b&memberId=7"),
        ("nested.left-out", "memberId=7"),
    ] {
        let made = sign(&joined.to_uppercase());
        assert_eq!(causes(envelope(&encrypted(body), &made)), [cause]);
    }
    // PHP's http_build_query encodes the values that it spreads.
    let body = r#"{"memberId":"7","info":{"n":"王 二"}}"#;
    let built = sign(&"info%5Bn%5D=%E7%8E%8B+%E4%BA%8C&memberId=7".to_uppercase());
    assert_eq!(causes(envelope(&encrypted(body), &built)), ["nested.query", "values.url-encoded"]);
}

#[test]
fn lists_of_texts() {
    let body = r#"{"memberId":"7","policyCodes":["P1","P2"]}"#;
    for (cause, printed) in [
        ("nested.indexed", "{0=P1, 1=P2}"),
        ("nested.javascript", "P1,P2"),
        ("nested.go", "[P1 P2]"),
        ("nested.python", "['P1', 'P2']"),
        ("nested.java-tight", "[P1,P2]"),
    ] {
        let made = sign(&format!("memberId=7&policyCodes={printed}").to_uppercase());
        assert_eq!(causes(envelope(&encrypted(body), &made)), [cause]);
    }
}

#[test]
fn numbers_and_flags() {
    for (cause, body, joined) in [
        ("numbers.double", r#"{"m":"7","n":2}"#, "m=7&n=2.0"),
        ("numbers.double", r#"{"m":"7","n":12345678}"#, "m=7&n=1.2345678E7"),
        ("numbers.money", r#"{"m":"7","n":2}"#, "m=7&n=2.00"),
        ("numbers.money", r#"{"m":"7","n":2.5}"#, "m=7&n=2.50"),
        ("numbers.trimmed", r#"{"m":"7","n":2.0}"#, "m=7&n=2"),
        ("numbers.trimmed", r#"{"m":"7","n":12.30}"#, "m=7&n=12.3"),
        ("flags.digits", r#"{"m":"7","n":false}"#, "m=7&n=0"),
        ("flags.php", r#"{"m":"7","n":false}"#, "m=7&n="),
    ] {
        assert_eq!(causes(envelope(&encrypted(body), &sign(&joined.to_uppercase()))), [cause], "{body}");
    }
    // 2 and "2" differ only in JSON.
    let body = r#"{"i":{"n":2,"t":"2"}}"#;
    let made = sign(&r#"i={"n":"2","t":"2"}"#.to_uppercase());
    assert_eq!(causes(envelope(&encrypted(body), &made)), ["nested.json", "numbers.text"]);
    let made = sign(&r#"i={"n":2,"t":2}"#.to_uppercase());
    assert_eq!(causes(envelope(&encrypted(body), &made)), ["nested.json", "numbers.from-text"]);
}

#[test]
fn texts() {
    let body = r#"{"a":" x* (y)~ ","b":"<p> & \"q\"","c":"王"}"#;
    for (cause, joined) in [
        ("values.url-encoded", "a=+x*+%28y%29%7E+&b=%3Cp%3E+%26+%22q%22&c=%E7%8E%8B"),
        ("values.percent-encoded", "a=%20x%2A%20%28y%29~%20&b=%3Cp%3E%20%26%20%22q%22&c=%E7%8E%8B"),
        ("values.uri-component", "a=%20x*%20(y)~%20&b=%3Cp%3E%20%26%20%22q%22&c=%E7%8E%8B"),
        ("values.trimmed", "a=x* (y)~&b=<p> & \"q\"&c=王"),
        ("values.quoted", "a=\" x* (y)~ \"&b=\"<p> & \\\"q\\\"\"&c=\"王\""),
        ("values.html-escaped", "a= x* (y)~ &b=&lt;p&gt; &amp; &quot;q&quot;&c=王"),
    ] {
        assert_eq!(causes(envelope(&encrypted(body), &sign(&joined.to_uppercase()))), [cause]);
    }
}

#[test]
fn encodings() {
    let twice = |bytes: Vec<u8>| md5(md5([bytes, SECRET.into()].concat()));
    let s1 = right_s1();
    let gbk = {
        // ß has become SS, so only 王小明 is not ASCII.
        let (before, after) = s1.split_once("王小明").unwrap();
        [before.as_bytes(), &[0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7], after.as_bytes()].concat()
    };
    assert_eq!(signed(&twice(gbk)), ["charset.gbk-signature"]);
    assert_eq!(signed(&twice(s1.replace("王小明", "???").into())), ["charset.latin1-signature"]);
    let mojibake: String = s1.bytes().map(char::from).collect();
    assert_eq!(signed(&twice(mojibake.into())), ["charset.twice-signature"]);
}

#[test]
fn a_body_changed_after_signing() {
    assert_eq!(of(&JOINED.replace("&memberId=106225", "")), ["body.field-added"]);
    assert_eq!(of(&JOINED.replace(", holderCardType=1", "")), ["body.nested-field-added"]);
    assert_eq!(of(&JOINED.replace("[P1, P2]", "[P1]")), ["body.item-added"]);
    assert_eq!(of(&JOINED.replace("[P1, P2]", "[P2, P1]")), ["body.items-moved"]);
    let stamped = format!("{JOINED}&timestamp={NOW}");
    assert_eq!(of(&stamped), ["envelope.fields-signed"]);
    let own = |names: &[&str]| {
        let sealed = envelope(&encrypted(BODY), "");
        let value = |name: &&str| format!("{name}={}", sealed.get(name).unwrap().as_scalar().unwrap());
        names.iter().map(value).collect::<Vec<_>>().join("&")
    };
    let all = ["accessToken", "ip", "nonce", "requestBody", "timestamp", "version"];
    let without_ip = ["accessToken", "nonce", "requestBody", "timestamp", "version"];
    assert_eq!(of(&own(&all)), ["envelope.signed-instead"]);
    assert_eq!(of(&own(&without_ip)), ["envelope.signed-instead"]);
    assert_eq!(
        signed(&md5(format!("{}{SECRET}", own(&all).to_uppercase()))),
        ["envelope.signed-instead", "digest.once"]
    );
    let finding = &examined(&of_envelope(envelope(
        &encrypted(BODY),
        &sign(&JOINED.replace("&memberId=106225", "").to_uppercase()),
    )))
    .findings[0];
    assert!(finding.message.contains("memberId"), "{finding:?}");
    let at = finding.at.as_ref().unwrap();
    assert_eq!(at.byte, right_s1().find("MEMBERID").unwrap());
}

#[test]
fn the_body_that_was_signed_is_shown_beside() {
    use aigobo::Value;
    use aigobo::doctor::Evidence;
    let signed = r#"{"memberId":"106225","mobile":"13800000001"}"#;
    let sealed = r#"{"memberId":"106225","mobile":"13800000002","city":"x"}"#;
    let made = sign("MEMBERID=106225&MOBILE=13800000001");
    let evidence = |body: &str, sign: &str| Evidence {
        body: Some(Value::parse(body).unwrap()),
        ..of_envelope(envelope(&encrypted(sealed), sign))
    };
    let diagnosis = examined(&evidence(signed, &made));
    assert_eq!(causes_of(&diagnosis), ["body.changed"]);
    assert!(diagnosis.summary.contains("mobile, city"), "{}", diagnosis.summary);
    let null = r#"{"city":"x","mobile":"13800000002","memberId":"106225","note":null}"#;
    let same = evidence(null, &sign("CITY=X&MEMBERID=106225&MOBILE=13800000002"));
    assert!(causes_of(&examined(&same)).is_empty());
    let once = md5(format!("MEMBERID=106225&MOBILE=13800000001{SECRET}"));
    assert_eq!(causes_of(&examined(&evidence(signed, &once))), ["body.changed", "digest.once"]);
    let right = sign("CITY=X&MEMBERID=106225&MOBILE=13800000002");
    assert_eq!(causes_of(&examined(&evidence(signed, &right))), ["body.other"]);
}
