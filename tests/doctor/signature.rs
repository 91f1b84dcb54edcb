//! Wrong signatures: order, joining, upper case, the secret's place, the digests.

use md5::Digest as _;

use crate::program::*;

fn upper_sign(joined: &str) -> String {
    sign(&joined.to_uppercase())
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The pairs of [`JOINED`]; an & inside a value does not separate pairs.
fn pairs() -> Vec<String> {
    let mut pairs: Vec<String> = JOINED.split('&').map(str::to_owned).collect();
    let last = pairs.pop().unwrap();
    *pairs.last_mut().unwrap() += &format!("&{last}");
    pairs
}

#[test]
fn order() {
    let named = |order: &[&str]| {
        let find = |name: &&str| pairs().into_iter().find(|pair| pair.starts_with(&format!("{name}="))).unwrap();
        upper_sign(&order.iter().map(find).collect::<Vec<_>>().join("&"))
    };
    let body =
        ["memberId", "productCode", "payType", "holderInfo", "policyCodes", "returnPage", "Zeta", "express", "count"];
    assert_eq!(signed(&named(&body)), ["order.unsorted"]);
    let blind =
        ["count", "express", "holderInfo", "memberId", "payType", "policyCodes", "productCode", "returnPage", "Zeta"];
    assert_eq!(signed(&named(&blind)), ["order.case-insensitive"]);
    let mut down = blind;
    down.reverse();
    down[0] = "returnPage";
    let down =
        [&down[..1], &["productCode", "policyCodes", "payType", "memberId", "holderInfo", "express", "count", "Zeta"]]
            .concat();
    assert_eq!(signed(&named(&down)), ["order.descending"]);
    let length =
        ["Zeta", "count", "express", "payType", "memberId", "holderInfo", "returnPage", "policyCodes", "productCode"];
    assert_eq!(signed(&named(&length)), ["order.length"]);
    // The output of java.util.HashMap's keySet().
    let hashed =
        ["Zeta", "productCode", "payType", "policyCodes", "holderInfo", "count", "express", "returnPage", "memberId"];
    assert_eq!(signed(&named(&hashed)), ["order.hash-map"]);
    let many = r#"{"distrCode":"a","mobile":"b","memberId":"c","outSerialNo":"d","payType":"e","productCode":"f","productName":"g","deliverNotifyUrl":"h","returnNotifyUrl":"i","refundNotifyUrl":"j","returnPage":"k","safeguardStartTime":"l","safeguardEndTime":"m","holderInfo":"n","insuredInfoList":"o"}"#;
    let printed = "insuredInfoList=o&distrCode=a&safeguardStartTime=l&mobile=b&holderInfo=n&returnNotifyUrl=i&productName=g&returnPage=k&refundNotifyUrl=j&outSerialNo=d&payType=e&productCode=f&safeguardEndTime=m&deliverNotifyUrl=h&memberId=c";
    assert_eq!(causes(envelope(&encrypted(many), &upper_sign(printed))), ["order.hash-map"]);
    // = sorts after digits, so a1= comes before a=.
    let body = r#"{"a":"1","a1":"2"}"#;
    let right = causes(envelope(&encrypted(body), &upper_sign("a=1&a1=2")));
    let wrong = causes(envelope(&encrypted(body), &upper_sign("a1=2&a=1")));
    // It is in reverse order as well: two fields reveal little.
    assert!(right.is_empty() && wrong.len() == 1, "{wrong:?}");
    let body = r#"{"b":"0","a":"1","a1":"2"}"#;
    assert_eq!(causes(envelope(&encrypted(body), &upper_sign("a1=2&a=1&b=0"))), ["order.pairs"]);
}

#[test]
fn nested_order() {
    let sorted = "{holderCardType=1, holderEmail=, holderGender=null, holderName=王小明}";
    let own = "{holderName=王小明, holderCardType=1, holderEmail=, holderGender=null}";
    assert!(JOINED.contains(own));
    assert_eq!(signed(&upper_sign(&JOINED.replace(own, sorted))), ["nested-order.sorted"]);
    let hashed = "{holderName=王小明, holderEmail=, holderCardType=1, holderGender=null}";
    assert_eq!(signed(&upper_sign(&JOINED.replace(own, hashed))), ["nested-order.hash-map"]);
}

#[test]
fn joining() {
    let pairs = pairs();
    let bare: String = pairs.iter().map(|pair| pair.replacen('=', "", 1)).collect();
    let values: String = pairs.iter().map(|pair| pair.split_once('=').unwrap().1).collect();
    for (cause, joined) in [
        ("join.bare", bare),
        ("join.no-ampersand", pairs.concat()),
        ("join.comma", pairs.join(",")),
        ("join.question-mark", format!("?{JOINED}")),
        ("join.leading-ampersand", format!("&{JOINED}")),
        ("join.java-map", format!("{{{}}}", pairs.join(", "))),
        ("join.values", values),
        ("join.plaintext", BODY.to_owned()),
    ] {
        assert_eq!(signed(&upper_sign(&joined)), [cause]);
    }
    let json = r#"{"a":"x/y","b":{"z":1,"a":"二"}}"#;
    let body = r#"{"b":{"z":1,"a":"二"},"c":null,"a":"x/y"}"#;
    assert_eq!(causes(envelope(&encrypted(body), &upper_sign(json))), ["join.json"]);
}

#[test]
fn upper_case() {
    let single =
        JOINED.chars().map(|c| if c == 'ß' { c } else { c.to_uppercase().next().unwrap() }).collect::<String>();
    assert_eq!(signed(&sign(&single)), ["case.ascii"], "where no other letter stands, both are the same");
    let names: Vec<_> = pairs()
        .iter()
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (format!("{}={value}", name.to_uppercase()), format!("{name}={}", value.to_uppercase()))
        })
        .collect();
    for (cause, s1) in [
        ("case.kept", JOINED.to_owned()),
        ("case.lower", JOINED.to_lowercase()),
        ("case.turkish", JOINED.replace('i', "İ").to_uppercase()),
        ("case.names", names.iter().map(|(names, _)| names.as_str()).collect::<Vec<_>>().join("&")),
        ("case.values", names.iter().map(|(_, values)| values.as_str()).collect::<Vec<_>>().join("&")),
    ] {
        assert_eq!(signed(&sign(&s1)), [cause]);
    }
    // PHP's strtoupper and the character-wise toupper of JavaScript or C differ for é.
    let body = r#"{"a":"café straße"}"#;
    assert_eq!(causes(envelope(&encrypted(body), &sign("A=CAFé STRAßE"))), ["case.ascii"]);
    assert_eq!(causes(envelope(&encrypted(body), &sign("A=CAFÉ STRAßE"))), ["case.single"]);
}

#[test]
fn the_secret() {
    let twice = |s2: &str| md5(md5(s2));
    let s1 = right_s1();
    for (cause, s2) in [
        ("secret.key-before", format!("{s1}&key={SECRET}")),
        ("secret.key-before-upper", format!("{s1}&KEY={SECRET}")),
        ("secret.key-field", format!("{JOINED}&key={SECRET}").to_uppercase()),
        ("secret.ampersand-before", format!("{s1}&{SECRET}")),
        ("secret.bare-key-before", format!("{s1}key={SECRET}")),
        ("secret.secret-before", format!("{s1}&secret={SECRET}")),
        ("secret.name-before", format!("{s1}&md5SecretKey={SECRET}")),
        ("secret.name-before-upper", format!("{s1}&MD5SECRETKEY={SECRET}")),
        ("secret.in-front", format!("{SECRET}{s1}")),
        ("secret.both-sides", format!("{SECRET}{s1}{SECRET}")),
        ("secret.missing", s1.clone()),
        ("secret.upper", format!("{JOINED}{SECRET}").to_uppercase()),
        ("secret.lower", format!("{s1}{}", SECRET.to_lowercase())),
        ("keys.blanks", format!("{s1}{SECRET}\n")),
        ("keys.blanks", format!("{s1}{SECRET}\r\n")),
        ("keys.blanks", format!("{s1} {SECRET}")),
        ("keys.blanks", format!("{s1}{SECRET} ")),
        ("md5-key.quoted", format!("{s1}\"{SECRET}\"")),
        ("keys.swapped", format!("{s1}{TOKEN}")),
        ("keys.swapped", format!("{s1}{DES_KEY}")),
        ("md5-key.hex-encoded", format!("{s1}{}", hex(SECRET))),
        ("md5-key.base64-encoded", format!("{s1}{}", base64(SECRET))),
        ("md5-key.hashed", format!("{s1}{}", md5(SECRET))),
    ] {
        assert_eq!(signed(&twice(&s2)), [cause], "{s2}");
    }
    let hmac = {
        use hmac::{KeyInit as _, Mac as _};
        let mac = hmac::Hmac::<md5::Md5>::new_from_slice(SECRET.as_bytes()).unwrap();
        hex(mac.chain_update(s1.as_bytes()).finalize().into_bytes())
    };
    assert_eq!(signed(&md5(&hmac)), ["secret.hmac"]);
}

#[test]
fn a_secret_that_looks_like_hex_or_base64() {
    use aigobo::doctor::{Keys, diagnose};
    let s1 = right_s1();
    for (cause, secret, raw) in [
        ("md5-key.hex-decoded", "00ff10abCD", vec![0, 255, 16, 0xab, 0xcd]),
        ("md5-key.base64-decoded", "AP8Qq80=", vec![0, 255, 16, 0xab, 0xcd]),
    ] {
        let made = md5(md5([s1.as_bytes(), &raw].concat()));
        let keys = Keys::new(TOKEN, DES_KEY, secret);
        let diagnosis = diagnose(&of_envelope(envelope(&encrypted(BODY), &made)), &keys, &options());
        assert_eq!(causes_of(&diagnosis), [cause]);
    }
}

#[test]
fn digests() {
    let s2 = format!("{}{SECRET}", right_s1());
    let first = md5(&s2);
    let raw = md5::Md5::digest(&s2);
    let sha1 = |bytes: &[u8]| hex(sha1::Sha1::digest(bytes));
    let sha256 = |bytes: &[u8]| hex(sha2::Sha256::digest(bytes));
    for (cause, sign) in [
        ("digest.once", first.clone()),
        ("digest.once-upper", first.to_uppercase()),
        ("digest.raw", md5(raw)),
        ("digest.upper-second", md5(&first).to_uppercase()),
        ("digest.upper-first", md5(first.to_uppercase())),
        ("digest.upper", md5(first.to_uppercase()).to_uppercase()),
        ("digest.thrice", md5(md5(&first))),
        ("digest.short", first[8..24].to_owned()),
        ("digest.base64", base64(raw)),
        ("digest.salted", md5(format!("{first}{SECRET}"))),
        ("digest.sha1", sha1(s2.as_bytes())),
        ("digest.sha1-twice", sha1(sha1(s2.as_bytes()).as_bytes())),
        ("digest.sha256", sha256(s2.as_bytes())),
        ("digest.sha256-twice", sha256(sha256(s2.as_bytes()).as_bytes())),
    ] {
        assert_eq!(signed(&sign), [cause]);
    }
}

#[test]
fn a_dialect_is_what_is_right() {
    use aigobo::crypto::HexCase;
    use aigobo::dialect::{Dialect, Nested};
    use aigobo::doctor::{Options, diagnose};
    let dialect = Dialect { nested: Nested::Json, digest: HexCase::Upper, ..Dialect::default() };
    let options = Options { dialect, ..options() };
    let causes = |sign: &str| {
        causes_of(&diagnose(&of_envelope(envelope(&encrypted(r#"{"l":["a"]}"#), sign)), &keys(), &options))
    };
    let upper = |s2: String| md5(md5(s2).to_uppercase()).to_uppercase();
    assert!(causes(&upper(format!("L=[\"A\"]{SECRET}"))).is_empty());
    assert_eq!(causes(&upper(format!("L=[A]{SECRET}"))), ["nested.java"]);
    assert_eq!(causes(&sign("L=[\"A\"]")), ["digest.lower"]);
    assert_eq!(causes(&sign("L=[A]")), ["nested.java", "digest.lower"]);
}
