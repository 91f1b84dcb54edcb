//! Two causes at once, every compatible pair; and three.

use std::collections::BTreeSet;

use crate::program::*;

/// A program with one thing wrong at each of these steps, at most. Each choice is 0 where it is right.
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

    /// Whether what one step does, another undoes: nothing is upper-cased or in GBK once it is percent-encoded, and no order
    /// shows where é has no capital to lose.
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
