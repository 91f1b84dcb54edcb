//! Every compatible pair of causes, and three causes at once.

use std::collections::BTreeSet;

use crate::program::*;

/// A program with at most one mistake in each of these steps. A choice of 0 is right.
#[derive(Debug, Clone, Copy, Default)]
struct Wrong([usize; 9]);

const STEPS: [&[&str]; 9] = [
    &["", "empties.null", "empties.text", "body.field-added"],
    &["", "order.unsorted", "order.case-insensitive", "order.descending"],
    &["", "nested.json", "nested.python", "nested.php-array", "nested.indexed", "nested.left-out"],
    &["", "values.percent-encoded", "values.trimmed"],
    &["", "join.comma", "join.no-ampersand"],
    &["", "case.kept", "case.lower", "case.ascii"],
    &["", "charset.gbk-signature"],
    &["", "secret.key-before", "secret.in-front", "secret.upper", "keys.blanks"],
    &["", "digest.once", "digest.raw", "digest.upper-first", "digest.upper-second"],
];

const MIXED: &str = r#"{"Zeta":" é王 ","productCode":"p 4/x","memberId":"m-7","note":null,"remark":"","info":{"name":"二","n":1},"codes":["P1","P2"]}"#;

impl Wrong {
    fn sign(self) -> String {
        let [fields, order, nested, texts, join, case, charset, secret, digest] = self.0;
        let (info, codes) = match nested {
            1 => (r#"{"name":"二","n":1}"#, r#"["P1","P2"]"#),
            2 => ("{'name': '二', 'n': 1}", "['P1', 'P2']"),
            3 => ("Array", "Array"),
            4 => ("{name=二, n=1}", "{0=P1, 1=P2}"),
            _ => ("{name=二, n=1}", "[P1, P2]"),
        };
        let mut pairs = vec![
            ("Zeta", " é王 "),
            ("productCode", "p 4/x"),
            ("memberId", "m-7"),
            ("note", "null"),
            ("remark", ""),
            ("info", info),
            ("codes", codes),
        ];
        pairs.retain(|(name, _)| match *name {
            "note" => fields == 1,
            "remark" => fields == 2,
            "memberId" => fields != 3,
            "info" | "codes" => nested != 5,
            _ => true,
        });
        match order {
            0 => pairs.sort(),
            1 => {}
            2 => pairs.sort_by_key(|(name, _)| name.to_lowercase()),
            _ => pairs.sort_by(|a, b| b.cmp(a)),
        }
        let value = |value: &str| match texts {
            1 => value
                .bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect(),
            2 => value.trim().to_owned(),
            _ => value.to_owned(),
        };
        let pairs: Vec<_> = pairs.into_iter().map(|(name, text)| format!("{name}={}", value(text))).collect();
        let joined = pairs.join(["&", ",", ""][join]);
        let s1 = match case {
            0 => joined.to_uppercase(),
            1 => joined,
            2 => joined.to_lowercase(),
            _ => joined.to_ascii_uppercase(),
        };
        let s1 = if charset == 1 { encoding_rs::GBK.encode(&s1).0.into_owned() } else { s1.into_bytes() };
        let s2 = match secret {
            0 => [s1, SECRET.into()].concat(),
            1 => [s1, format!("&key={SECRET}").into()].concat(),
            2 => [SECRET.into(), s1].concat(),
            3 => [s1, SECRET.to_uppercase().into()].concat(),
            _ => [s1, format!("{SECRET}\n").into()].concat(),
        };
        let first = md5(&s2);
        match digest {
            0 => md5(first),
            1 => first,
            2 => md5(<md5::Md5 as md5::Digest>::digest(&s2)),
            3 => md5(first.to_uppercase()),
            _ => md5(first).to_uppercase(),
        }
    }

    fn causes(self) -> BTreeSet<&'static str> {
        self.0.iter().zip(STEPS).filter(|(choice, _)| **choice > 0).map(|(choice, step)| step[*choice]).collect()
    }

    /// Whether no step hides another's effect: percent-encoded text is ASCII, so it shows neither that only ASCII was
    /// upper-cased nor that the text was in GBK.
    fn compatible(self) -> bool {
        let [.., texts, _, case, charset, _, _] = self.0;
        !(texts == 1 && (case == 3 || charset == 1))
    }
}

fn found(sign: &str, request_body: &str) -> BTreeSet<&'static str> {
    causes(envelope(request_body, sign)).into_iter().collect()
}

#[test]
fn the_program_is_right_where_nothing_is_wrong() {
    assert_eq!(found(&Wrong::default().sign(), &encrypted(MIXED)), BTreeSet::new());
}

#[test]
fn each_alone_and_each_pair() {
    let request_body = encrypted(MIXED);
    let mut count = 0;
    for (one, choices) in STEPS.iter().enumerate() {
        for choice in 1..choices.len() {
            let mut wrong = Wrong::default();
            wrong.0[one] = choice;
            assert_eq!(found(&wrong.sign(), &request_body), wrong.causes(), "{wrong:?}");
            for (other, choices) in STEPS.iter().enumerate().skip(one + 1) {
                for choice in 1..choices.len() {
                    let mut wrong = wrong;
                    wrong.0[other] = choice;
                    if wrong.compatible() {
                        assert_eq!(found(&wrong.sign(), &request_body), wrong.causes(), "{wrong:?}");
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count > 250, "{count} pairs");
}

#[test]
fn a_wrong_signature_in_a_wrong_requestbody() {
    let gbk = encoding_rs::GBK.encode(&MIXED.replace('é', "e")).0.into_owned();
    assert!(!gbk.is_empty());
    let zeros = {
        let bytes = MIXED.as_bytes();
        let zeros = vec![0; 8 - bytes.len() % 8];
        base64(ecb(&[bytes, &zeros].concat(), DES_KEY.as_bytes()))
    };
    let right = encrypted(MIXED);
    for (cause, request_body) in [
        ("base64.plus", right.replace('+', " ")),
        ("base64.twice", base64(&right)),
        ("padding.zero", zeros),
        ("des-key.upper", base64(ecb(&padded(MIXED.as_bytes()), DES_KEY.to_uppercase().as_bytes()))),
        ("plaintext.white-space", encrypted(&format!("{MIXED}\n"))),
    ] {
        for (step, choices) in STEPS.iter().enumerate() {
            for choice in 1..choices.len() {
                let mut wrong = Wrong::default();
                wrong.0[step] = choice;
                let mut expected = wrong.causes();
                expected.insert(cause);
                assert_eq!(found(&wrong.sign(), &request_body), expected, "{wrong:?} {cause}");
            }
        }
    }
}

#[test]
fn three_at_once() {
    let request_body = encrypted(MIXED);
    for steps in
        [[(1, 1), (2, 1), (8, 1)], [(0, 1), (5, 1), (7, 1)], [(2, 3), (7, 3), (8, 2)], [(5, 1), (7, 1), (8, 4)]]
    {
        let mut wrong = Wrong::default();
        steps.into_iter().for_each(|(step, choice)| wrong.0[step] = choice);
        assert_eq!(found(&wrong.sign(), &request_body), wrong.causes(), "{wrong:?}");
    }
}

/// The steps of a wrong encryption, like those of [`STEPS`]: what is written, its encoding, padding, key, mode, what is
/// sent.
const ENCRYPTION: [&[&str]; 6] = [
    &["", "plaintext.white-space", "plaintext.bom", "plaintext.json-twice"],
    &["", "charset.gbk-encryption"],
    &["", "padding.zero", "padding.x923"],
    &["", "des-key.upper", "des-key.md5", "des-key.last"],
    &["", "cipher.cbc-key", "cipher.cbc-zero"],
    &["", "base64.plus", "base64.url-safe", "base64.line-breaks", "base64.twice", "base64.hex"],
];

const ADDRESS: &str = "浙江省杭州市西湖区莫干山路1号";

fn wrongly_encrypted([text, charset, padding, key, mode, travel]: [usize; 6]) -> String {
    // Every character exists in GBK, and the text is long enough for a + in each base64.
    let json = MIXED.replace('é', "e").replace(r#""codes""#, &format!(r#""address":"{}","codes""#, ADDRESS.repeat(9)));
    let text = match text {
        0 => json,
        1 => format!("{json}\r\n"),
        2 => format!("\u{feff}{json}"),
        _ => serde_json::to_string(&json).unwrap(),
    };
    let bytes = if charset == 1 { encoding_rs::GB18030.encode(&text).0.into_owned() } else { text.into_bytes() };
    let missing = 8 - bytes.len() % 8;
    let bytes = match padding {
        0 => padded(&bytes),
        _ => {
            let mut bytes = [bytes, vec![0; missing]].concat();
            if padding == 2 {
                *bytes.last_mut().unwrap() = missing as u8;
            }
            bytes
        }
    };
    let key: Vec<u8> = match key {
        0 => DES_KEY.into(),
        1 => DES_KEY.to_uppercase().into(),
        2 => <md5::Md5 as md5::Digest>::digest(DES_KEY).to_vec(),
        _ => DES_KEY.as_bytes()[DES_KEY.len() - 8..].into(),
    };
    let mut before = if mode == 1 { key[..8].to_vec() } else { vec![0; 8] };
    let mut sealed = Vec::new();
    for block in bytes.chunks(8) {
        let mixed: Vec<u8> = block.iter().zip(&before).map(|(a, b)| a ^ b).collect();
        let one = ecb(if mode == 0 { block } else { &mixed }, &key);
        sealed.extend(&one);
        before = one;
    }
    let right = base64(&sealed);
    match travel {
        0 => right,
        1 => right.replace('+', " "),
        2 => right.replace('+', "-").replace('/', "_"),
        3 => right.as_bytes().chunks(64).map(|line| format!("{}\n", std::str::from_utf8(line).unwrap())).collect(),
        4 => base64(&right),
        _ => sealed.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

#[test]
fn each_pair_of_a_wrong_encryption() {
    let address = ADDRESS.repeat(9);
    let joined =
        format!("Zeta= e王 &address={address}&codes=[P1, P2]&info={{name=二, n=1}}&memberId=m-7&productCode=p 4/x");
    let made = sign(&joined.to_uppercase());
    let found = |choices: [usize; 6]| found(&made, &wrongly_encrypted(choices));
    let expected = |choices: [usize; 6]| -> BTreeSet<&str> {
        choices.iter().zip(ENCRYPTION).filter(|(choice, _)| **choice > 0).map(|(choice, step)| step[*choice]).collect()
    };
    assert!(found([0; 6]).is_empty());
    let mut count = 0;
    for one in 0..6 {
        for choice in 1..ENCRYPTION[one].len() {
            for other in one + 1..6 {
                for another in 1..ENCRYPTION[other].len() {
                    let mut choices = [0; 6];
                    (choices[one], choices[other]) = (choice, another);
                    // GBK has no byte order mark, and a single byte of X9.23 padding equals PKCS5.
                    if choices[0] == 2 && choices[1] == 1 {
                        continue;
                    }
                    assert_eq!(found(choices), expected(choices), "{choices:?}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 80, "{count} pairs");
}

#[test]
fn what_is_around_and_what_is_inside() {
    let request_body = encrypted(MIXED);
    let wrong = Wrong([0, 0, 0, 0, 0, 0, 0, 0, 1]).sign();
    let around = |change: fn(&mut aigobo::Map)| {
        let mut map = envelope(&request_body, &wrong);
        change(&mut map);
        causes(map)
    };
    let seconds = |map: &mut aigobo::Map| map.replace("timestamp", aigobo::Value::from(NOW / 1000));
    assert_eq!(around(seconds), ["digest.once", "time.seconds"]);
    assert_eq!(around(|map| map.replace("version", "2".into())), ["digest.once", "version.other"]);
    assert_eq!(around(|map| map.replace("accessToken", TOKEN.to_uppercase().into())), ["token.case", "digest.once"]);
    // desKey and md5SecretKey are swapped, and there is only one MD5.
    let s1 = Wrong::default();
    assert!(found(&s1.sign(), &request_body).is_empty());
    let swapped = base64(ecb(&padded(BODY.as_bytes()), SECRET.as_bytes()));
    assert_eq!(causes(envelope(&swapped, &md5(format!("{}{DES_KEY}", right_s1())))), ["keys.swapped", "digest.once"]);
    let mut map = envelope(&encrypted(BODY), &md5(format!("{}{TOKEN}", right_s1())));
    map.replace("accessToken", SECRET.into());
    assert_eq!(causes(map), ["keys.swapped", "digest.once"]);
}
