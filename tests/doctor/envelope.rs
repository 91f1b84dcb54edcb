//! Wrong envelopes: swapped keys, token, time, version, form.

use aigobo::Value;
use aigobo::doctor::{Evidence, Keys, Lang, Options, diagnose};

use crate::program::*;

fn right() -> aigobo::Map {
    envelope(&encrypted(BODY), &sign(&right_s1()))
}

fn changed(name: &str, value: Value) -> aigobo::Map {
    let mut map = right();
    map.replace(name, value);
    map
}

fn without(name: &str) -> aigobo::Map {
    right().iter().filter(|(field, _)| *field != name).map(|(field, value)| (field.to_owned(), value.clone())).collect()
}

/// A program configured with these keys makes the envelope, and the user has the right ones.
fn made_with(token: &str, des_key: &str, secret: &str) -> aigobo::Map {
    let mut map = envelope(
        &base64(ecb(&padded(BODY.as_bytes()), des_key.as_bytes())),
        &md5(md5(format!("{}{secret}", right_s1()))),
    );
    map.replace("accessToken", token.into());
    map
}

#[test]
fn each_pair_of_keys_swapped() {
    for (map, pair) in [
        (made_with(DES_KEY, TOKEN, SECRET), ["desKey → accessToken", "accessToken → desKey"]),
        (made_with(SECRET, DES_KEY, TOKEN), ["md5SecretKey → accessToken", "accessToken → md5SecretKey"]),
        (made_with(TOKEN, SECRET, DES_KEY), ["md5SecretKey → desKey", "desKey → md5SecretKey"]),
        (made_with(DES_KEY, SECRET, TOKEN), ["desKey → accessToken", "md5SecretKey → desKey"]),
        (made_with(SECRET, TOKEN, DES_KEY), ["md5SecretKey → accessToken", "accessToken → desKey"]),
    ] {
        let diagnosis = examined(&of_envelope(map));
        assert_eq!(causes_of(&diagnosis), ["keys.swapped"]);
        assert!(pair.iter().all(|place| diagnosis.summary.contains(place)), "{}", diagnosis.summary);
    }
    // A part of an envelope shows it as well.
    let body = Evidence {
        request_body: Some(base64(ecb(&padded(BODY.as_bytes()), SECRET.as_bytes()))),
        ..Evidence::default()
    };
    assert_eq!(causes_of(&examined(&body)), ["keys.swapped"]);
}

#[test]
fn blanks_around_the_keys_that_were_given() {
    for (token, des_key, secret, key) in [
        (" token-7f3a9c", DES_KEY, SECRET, "accessToken"),
        (TOKEN, "deskey42-rest\n", SECRET, "desKey"),
        (TOKEN, DES_KEY, "Md5-sEcret-01\r\n", "md5SecretKey"),
        (TOKEN, DES_KEY, "\u{feff}Md5-sEcret-01", "md5SecretKey"),
    ] {
        let diagnosis = diagnose(&of_envelope(right()), &Keys::new(token, des_key, secret), &options());
        assert_eq!(causes_of(&diagnosis), ["keys.blanks"]);
        assert!(diagnosis.summary.contains(key), "{}", diagnosis.summary);
        // A program that used the keys as they are.
        let diagnosis =
            diagnose(&of_envelope(made_with(token, des_key, secret)), &Keys::new(token, des_key, secret), &options());
        assert!(causes_of(&diagnosis).iter().all(|cause| *cause == "keys.blanks"), "{diagnosis:?}");
        assert_eq!(diagnosis.findings.len(), 1, "{diagnosis:?}");
    }
    let quoted = diagnose(&of_envelope(right()), &Keys::new(TOKEN, DES_KEY, "\"Md5-sEcret-01\""), &options());
    assert_eq!(causes_of(&quoted), ["keys.quoted"]);
    let des_key = diagnose(&of_envelope(right()), &Keys::new(TOKEN, "'deskey42-rest'", SECRET), &options());
    assert_eq!(causes_of(&des_key), ["keys.quoted"]);
    let used = diagnose(
        &of_envelope(made_with(TOKEN, DES_KEY, "\"Md5-sEcret-01\"")),
        &Keys::new(TOKEN, DES_KEY, SECRET),
        &options(),
    );
    assert_eq!(causes_of(&used), ["md5-key.quoted"]);
}

#[test]
fn the_token() {
    for (cause, token) in [
        ("token.other", "token-0000".to_owned()),
        ("keys.blanks", format!("{TOKEN}\n")),
        ("token.case", TOKEN.to_uppercase()),
        ("token.decorated", format!("Bearer {TOKEN}")),
        ("token.cut", TOKEN[..8].to_owned()),
        ("token.another-key", SECRET.to_owned()),
        ("token.another-key", DES_KEY.to_owned()),
    ] {
        assert_eq!(causes(changed("accessToken", token.into())), [cause]);
    }
}

#[test]
fn the_time() {
    let at = |value: Value| causes(changed("timestamp", value));
    assert!(at(Value::from(NOW - 299_000)).is_empty() && at((NOW + 200_000).to_string().into()).is_empty());
    for (cause, value) in [
        ("time.seconds", Value::from(NOW / 1000)),
        ("time.finer", Value::from(NOW * 1000)),
        ("time.finer", Value::from(NOW * 1_000_000)),
        ("time.stale", Value::from(NOW - 400_000)),
        ("time.stale", Value::from(i64::MIN)),
        ("time.future", Value::from(i64::MAX)),
        ("time.stale", Value::from(NOW - 3 * 24 * 3_600_000)),
        ("time.future", Value::from(NOW + 420_000)),
        ("time.zone", Value::from(NOW + 8 * 3_600_000)),
        ("time.zone", Value::from(NOW - 8 * 3_600_000)),
        ("time.format", "2021-07-18 09:00:00".into()),
        ("time.format", Value::Number("1.62657E12".into())),
    ] {
        assert_eq!(at(value.clone()), [cause], "{value:?}");
    }
    let stale = examined(&of_envelope(changed("timestamp", Value::from(NOW - 400_000))));
    assert!(stale.summary.contains("6 minutes old"), "{}", stale.summary);
    let zh = Options { lang: Lang::Zh, ..options() };
    let zone = diagnose(&of_envelope(changed("timestamp", Value::from(NOW + 8 * 3_600_000))), &keys(), &zh);
    assert!(zone.summary.contains("8 小时"), "{}", zone.summary);
}

#[test]
fn version_and_shape() {
    assert_eq!(causes(changed("version", "1.0.0".into())), ["version.other"]);
    assert_eq!(causes(changed("version", Value::Number("1.0".into()))), ["envelope.type"]);
    assert_eq!(causes(without("nonce")), ["envelope.missing"]);
    assert_eq!(causes(without("version")), ["envelope.missing"]);
    assert_eq!(causes(changed("nonce", "n".repeat(65).into())), ["envelope.nonce"]);
    assert_eq!(causes(changed("sign", "".into())), ["envelope.missing"]);
    let sign = examined(&of_envelope(changed("sign", "abc".into())));
    assert_eq!(causes_of(&sign), ["sign.shape"]);
    let mut map = without("accessToken");
    map.push("access_token", TOKEN.into());
    assert_eq!(causes(map), ["envelope.name"]);
    assert_eq!(causes(changed("requestBody", Value::parse(BODY).unwrap())), ["envelope.plain"]);
    assert_eq!(causes(changed("requestBody", BODY.into())), ["envelope.plain"]);
}

#[test]
fn keys_that_nobody_has() {
    let diagnosis = diagnose(&of_envelope(right()), &Keys::new("", "", SECRET), &options());
    assert_eq!(diagnosis.verdict.as_str(), "unknown");
    let said = diagnosis.cannot_tell.join("\n");
    assert!(said.contains("add accessToken") && said.contains("add desKey") && diagnosis.findings.is_empty(), "{said}");
    let diagnosis = diagnose(&of_envelope(right()), &Keys::new(TOKEN, DES_KEY, ""), &options());
    assert_eq!(diagnosis.verdict.as_str(), "unknown");
    assert!(diagnosis.cannot_tell[0].contains("add md5SecretKey"), "{diagnosis:?}");
}

#[test]
fn what_it_cannot_tell_it_says() {
    let diagnosis = examined(&of_envelope(envelope(&encrypted(BODY), &md5("anything"))));
    assert_eq!((diagnosis.verdict.as_str(), diagnosis.findings.len()), ("unknown", 0));
    assert!(diagnosis.summary.contains("another md5SecretKey"), "{}", diagnosis.summary);
}

#[test]
fn white_space_that_was_sent() {
    let sign = sign(&right_s1());
    for sent in [format!("{sign}\n"), format!(" {sign}")] {
        let diagnosis = examined(&of_envelope(changed("sign", sent.into())));
        assert_eq!(causes_of(&diagnosis), ["sign.shape"], "{diagnosis:?}");
    }
    assert_eq!(causes(changed("timestamp", format!(" {NOW}").into())), ["time.format"]);
    assert_eq!(causes(changed("requestBody", format!("{}\n", encrypted(BODY)).into())), ["base64.line-breaks"]);
}
