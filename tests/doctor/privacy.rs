//! What the doctor must never say, whatever the body, the keys and the fault.

use aigobo::Value;
use aigobo::doctor::{Evidence, Keys, Lang, Options, Verdict, diagnose};
use aigobo::{Map, crypto};
use proptest::prelude::*;

use crate::program::{causes_of, examined, md5, options};

/// A person's data, which no sentence may contain.
fn personal() -> impl Strategy<Value = String> {
    prop_oneof![
        "[王李张刘陈杨黄][伟芳娜敏静丽强磊]{2,3}",
        "1[3-9][0-9]{9}",
        "Zq[a-z0-9]{6,10}",
        "[A-Z]{2}[0-9]{7}",
        "[a-z]{6}9@[a-z]{5}8\\.cn"
    ]
}

fn key() -> impl Strategy<Value = String> {
    "[A-Za-z0-9+/]{5}[0-9][xkqj]{2}[0-9][A-Za-z0-9]{3,8}"
}

fn joined(body: &Map) -> String {
    aigobo::canonical::joined(body, &aigobo::dialect::Dialect::default())
}

/// The sign of a program that is wrong in one way or another; number 9 fits nothing.
fn wrong_sign(body: &Map, keys: &[String; 3], how: usize) -> String {
    let (s1, secret) = (joined(body), &keys[2]);
    let upper = s1.to_uppercase();
    match how {
        0 => md5(md5(format!("{upper}{secret}"))),
        1 => md5(md5(format!("{s1}{secret}"))),
        2 => md5(format!("{upper}{secret}")),
        3 => md5(md5(format!("{upper}&key={secret}"))),
        4 => md5(md5(format!("{upper}{}", keys[0]))),
        5 => md5(md5(format!("{}{secret}", body.to_json().to_uppercase()))),
        6 => md5(md5(format!("{}{secret}", upper.split_once('&').map_or("", |(_, rest)| rest)))),
        7 => md5(md5(format!("{}{secret}\n", upper.replace("[", "{").replace("]", "}")))),
        8 => md5(md5(format!("{secret}{}", upper.replace(", ", ",")))).to_uppercase(),
        _ => md5(secret),
    }
}

fn said(evidence: &Evidence, keys: &Keys, lang: Lang) -> (Verdict, String) {
    let diagnosis = diagnose(evidence, keys, &Options { lang, ..options() });
    (diagnosis.verdict, format!("{diagnosis:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_key_and_nobody(
        people in prop::collection::vec(personal(), 6),
        keys in [key(), key(), key()],
        how in 0_usize..10,
        shape in 0_usize..6,
        zh in any::<bool>(),
    ) {
        let [name, mobile, card, other, more, note] = <[String; 6]>::try_from(people.clone()).unwrap();
        let json = format!(
            r#"{{"memberId":"{note}","mobile":"{mobile}","holderInfo":{{"holderName":"{name}","holderCardNo":"{card}"}},"insuredInfoList":[{{"insuredName":"{other}"}},{{"insuredName":"{more}"}}],"{name}":1}}"#
        );
        let body = Map::parse(&json).unwrap();
        let right = Keys::new(&keys[0], &keys[1], &keys[2]);
        let sign = wrong_sign(&body, &keys, how);
        let des_key = aigobo::secret::parse_des_key(&keys[if how == 4 { 2 } else { 1 }]).unwrap();
        let request_body = crypto::encrypt(json.as_str(), &des_key);
        let mut envelope = crate::program::envelope(&request_body, &sign);
        envelope.replace("accessToken", Value::from(keys[0].as_str()));
        let evidence = match shape {
            0 => Evidence { envelope: Some(Value::Map(envelope)), ..Evidence::default() },
            1 => Evidence { text: Some(format!("{name} sent {} to {mobile}", envelope.to_json())), ..Evidence::default() },
            2 => Evidence { body: Some(Value::Map(body.clone())), sign: Some(sign), ..Evidence::default() },
            3 => Evidence { signing_string: Some(format!("{}{}", joined(&body), keys[2])), body: Some(Value::Map(body.clone())), ..Evidence::default() },
            4 => Evidence { text: Some(format!("{}&x={name}{}", joined(&body), keys[2])), ..Evidence::default() },
            _ => Evidence { body: Some(Value::parse(&json.replace(&mobile, "0")).unwrap()), envelope: Some(Value::Map(envelope)), ..Evidence::default() },
        };
        let (_, text) = said(&evidence, &right, if zh { Lang::Zh } else { Lang::En });
        for hidden in people.iter().chain(&keys) {
            for form in [hidden.clone(), hidden.to_uppercase(), hidden.to_lowercase()] {
                prop_assert!(!text.contains(&form), "{hidden} in {text}");
            }
        }
    }

    #[test]
    fn what_is_right_is_sound_whatever_the_body(
        fields in prop::collection::vec(("[a-zA-Z]{1,8}", personal()), 0..6),
        nested in prop::collection::vec(("[a-z]{1,5}", personal()), 0..4),
        keys in [key(), key(), key()],
    ) {
        let mut body: Map = fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        body.push("nested9", Value::Map(nested.into_iter().map(|(name, value)| (name, Value::from(value))).collect()));
        let s1 = joined(&body).to_uppercase();
        let des_key = aigobo::secret::parse_des_key(&keys[1]).unwrap();
        let mut envelope = crate::program::envelope(&crypto::encrypt(body.to_json(), &des_key), &md5(md5(format!("{s1}{}", keys[2]))));
        envelope.replace("accessToken", Value::from(keys[0].as_str()));
        let evidence = Evidence { text: Some(envelope.to_json()), ..Evidence::default() };
        let (verdict, text) = said(&evidence, &Keys::new(&keys[0], &keys[1], &keys[2]), Lang::En);
        prop_assert_eq!(verdict, Verdict::Sound, "{}", text);
    }

    #[test]
    fn any_text_ends_in_a_diagnosis(text in "\\PC{0,80}|[{}\"=&%\\\\a-z:,+/ ]{0,120}") {
        let evidence = Evidence { text: Some(text), ..Evidence::default() };
        let (_, said) = said(&evidence, &crate::program::keys(), Lang::En);
        prop_assert!(!said.contains(crate::program::SECRET));
    }
}

#[test]
fn of_another_secret_behind_the_string_nothing_is_shown() {
    let evidence = Evidence {
        body: Some(aigobo::Value::parse(r#"{"memberId":"1"}"#).unwrap()),
        signing_string: Some("MEMBERID=1aB+/c?d%e==".to_owned()),
        ..Evidence::default()
    };
    let diagnosis = examined(&evidence);
    assert_eq!(causes_of(&diagnosis), ["signing-string.differs"]);
    assert!(diagnosis.findings[0].at.as_ref().unwrap().theirs.ends_with("***"), "{diagnosis:?}");
    for part in ["+/", "?", "%", "=="] {
        assert!(!format!("{diagnosis:?}").contains(part), "{part} {diagnosis:?}");
    }
}
