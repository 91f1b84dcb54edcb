//! Wrong requestBodies: base64, key, mode, padding, encoding, what is encrypted.

use aigobo::Value;
use aigobo::doctor::{Evidence, Keys, Lang, Options, diagnose};

use crate::program::*;

const KEY: &[u8] = b"deskey42";

fn sealed_with(key: &[u8]) -> String {
    base64(ecb(&padded(BODY.as_bytes()), key))
}

/// CBC, written by hand.
fn cbc(bytes: &[u8], key: &[u8], iv: [u8; 8]) -> Vec<u8> {
    let mut before = iv.to_vec();
    let mut out = Vec::new();
    for block in bytes.chunks(8) {
        let mixed: Vec<u8> = block.iter().zip(&before).map(|(a, b)| a ^ b).collect();
        before = ecb(&mixed, key);
        out.extend(&before);
    }
    out
}

#[test]
fn base64_on_its_way() {
    // A body whose base64 has every character that can be lost.
    let texts = (0..500).map(|number| format!(r#"{{"memberId":"106225","address":"浙江省杭州市西湖区莫干山路{number}号","contact":"王小明","company":"示例旅行社"}}"#));
    let text =
        texts.into_iter().find(|text| ["+", "/", "="].iter().all(|mark| encrypted(text).contains(mark))).unwrap();
    let right = encrypted(&text);
    let number = text.split_once('路').unwrap().1.split_once('号').unwrap().0;
    let made = sign(&format!(
        "ADDRESS=浙江省杭州市西湖区莫干山路{number}号&COMPANY=示例旅行社&CONTACT=王小明&MEMBERID=106225"
    ));
    let sent = |request_body: &str| causes(envelope(request_body, &made));
    assert!(sent(&right).is_empty());
    let lines = |separator: &str| {
        right.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect::<Vec<_>>().join(separator)
    };
    let encoded = right.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let hex: String = ecb(&padded(text.as_bytes()), KEY).iter().map(|byte| format!("{byte:02x}")).collect();
    for (cause, text) in [
        ("base64.plus", right.replace('+', " ")),
        ("base64.url-safe", right.replace('+', "-").replace('/', "_")),
        ("base64.url-encoded", encoded.clone()),
        ("base64.url-encoded", encoded.replace('%', "%25")),
        ("base64.line-breaks", lines("\n")),
        ("base64.line-breaks", lines("\r\n")),
        ("base64.line-breaks", lines("\\n")),
        ("base64.unpadded", right.trim_end_matches('=').to_owned()),
        ("base64.quoted", format!("\"{right}\"")),
        ("base64.twice", base64(&right)),
        ("base64.hex", hex.clone()),
        ("base64.hex", hex.to_uppercase()),
        ("base64.cut", right[..right.len() / 2].to_owned()),
        ("base64.cut", right[..101].to_owned()),
        ("base64.cut", right[..128].to_owned()),
        ("base64.invalid", right.replacen('+', "*", 1)),
        ("request-body.empty", String::new()),
    ] {
        assert_eq!(sent(&text).first(), Some(&cause), "{text}");
        assert_eq!(sent(&text).len(), 1, "{cause} {:?}", sent(&text));
    }
    let damaged = right.replacen(&right[100..104], "AAAA", 1);
    assert_eq!(sent(&damaged), ["base64.damaged"]);
    // Two causes at once.
    assert_eq!(sent(&lines("\n").replace('+', " ")), ["base64.line-breaks", "base64.plus"]);
    let short = Evidence { request_body: Some(String::new()), ..Evidence::default() };
    assert_eq!(causes_of(&examined(&short)), ["request-body.empty"]);
}

/// What programs send if their OpenSSL has no DES: the false that its failure returns, as JSON, in a form, in a text.
#[test]
fn an_encryption_that_failed_is_told_as_such() {
    let sent = |value: Value| {
        let mut map = envelope("", &sign(&right_s1()));
        map.replace("requestBody", value);
        map
    };
    for value in [Value::Bool(false), "".into(), "0".into(), "false".into(), "False".into()] {
        let diagnosis = examined(&of_envelope(sent(value.clone())));
        assert_eq!(causes_of(&diagnosis), ["request-body.empty"], "{value:?}");
        assert!(
            diagnosis.findings[0].cure.contains("OpenSSL 3")
                && diagnosis.cannot_tell.iter().all(|said| !said.contains("another key")),
            "{diagnosis:?}"
        );
    }
    let zh = Options { lang: Lang::Zh, ..options() };
    let diagnosis = diagnose(&of_envelope(sent(Value::Bool(false))), &keys(), &zh);
    assert!(diagnosis.findings[0].cure.starts_with("OpenSSL 3 默认停用了 DES"), "{diagnosis:?}");
    // A value that is not a text is reported in one language too.
    let diagnosis = diagnose(&of_envelope(sent(Value::Bool(true))), &keys(), &zh);
    assert_eq!(diagnosis.findings[0].message, "报文里的 requestBody 不是文本（布尔值）。");
}

#[test]
fn another_key_is_told_from_damage() {
    let other = sealed_with(b"otherkey");
    assert_eq!(sent(&other), ["des-key.other"]);
    // Base64 that is not a whole number of blocks, under a key that fits nothing.
    assert_eq!(sent(&other[..102]), ["base64.length"]);
    for at in 0..20 {
        let key: [u8; 8] = std::array::from_fn(|place| (place as u8 * 23) ^ (at * 11));
        assert_eq!(sent(&sealed_with(&key)), ["des-key.other"]);
    }
    // One or two blocks look like text by chance more often.
    for at in 0..400_u32 {
        let key = md5(at.to_string());
        let body = &r#"{"a":1,"b":"12345678"}"#[..if at % 2 == 0 { 6 } else { 22 }];
        let evidence = Evidence {
            request_body: Some(base64(ecb(&padded(body.as_bytes()), key.as_bytes()))),
            ..Evidence::default()
        };
        assert_eq!(causes_of(&examined(&evidence)), ["des-key.other"], "{key}");
    }
}

#[test]
fn what_was_taken_for_the_key() {
    use md5::Digest as _;
    let hashed = md5::Md5::digest(DES_KEY);
    let hex: String = DES_KEY.bytes().map(|byte| format!("{byte:02x}")).collect();
    for (cause, key) in [
        ("keys.blanks", format!(" {DES_KEY}").into_bytes()),
        ("keys.blanks", format!("\n{DES_KEY}").into_bytes()),
        ("keys.blanks", format!("\u{feff}{DES_KEY}").into_bytes()),
        ("des-key.quoted", format!("\"{DES_KEY}\"").into_bytes()),
        ("des-key.hex-encoded", hex.into_bytes()),
        ("des-key.base64-encoded", base64(DES_KEY).into_bytes()),
        ("des-key.md5", hashed.to_vec()),
        // The key that Java's KeyGenerator made from it.
        ("des-key.java-random", 0xc1ba_c176_8a61_d532_u64.to_be_bytes().to_vec()),
        ("des-key.md5-hex", md5(DES_KEY).into_bytes()),
        ("des-key.md5-hex-upper", md5(DES_KEY).to_uppercase().into_bytes()),
        ("des-key.upper", DES_KEY.to_uppercase().into_bytes()),
        ("des-key.last", DES_KEY.as_bytes()[DES_KEY.len() - 8..].to_vec()),
        ("des-key.bits-reversed", DES_KEY.bytes().map(u8::reverse_bits).collect()),
    ] {
        assert_eq!(sent(&sealed_with(&key)), [cause]);
    }
}

/// The causes found with an unusual desKey.
fn with_key(des_key: &str, request_body: &str) -> Vec<&'static str> {
    let evidence = of_envelope(envelope(request_body, &sign(&right_s1())));
    causes_of(&diagnose(&evidence, &Keys::new(TOKEN, des_key, SECRET), &options()))
}

#[test]
fn keys_of_another_form() {
    assert_eq!(
        with_key("0123456789abcdef", &sealed_with(&[0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef])),
        ["des-key.hex-decoded"]
    );
    assert_eq!(
        with_key("AP8Qq80SIjM=", &sealed_with(&[0, 255, 16, 0xab, 0xcd, 0x12, 0x22, 0x33])),
        ["des-key.base64-decoded"]
    );
    assert_eq!(with_key("DESKEY42", &sealed_with(b"deskey42")), ["des-key.lower"]);
    for (cause, key) in [
        ("des-key.zero-filled", *b"short\0\0\0"),
        ("des-key.digit-filled", *b"short000"),
        ("des-key.blank-filled", *b"short   "),
        ("des-key.repeated", *b"shortsho"),
    ] {
        assert_eq!(with_key("short", &sealed_with(&key)), ["keys.short", cause]);
    }
    assert_eq!(with_key("short", &sealed_with(b"otherkey")), ["keys.short", "des-key.other"]);
}

#[test]
fn triple_des() {
    use des::cipher::{Array, BlockCipherEncrypt as _, KeyInit as _};
    let sealed = |key: [u8; 24]| {
        let cipher = des::TdesEde3::new(&Array(key));
        let bytes = padded(BODY.as_bytes());
        base64(
            bytes
                .chunks(8)
                .flat_map(|block| {
                    let mut block = Array(<[u8; 8]>::try_from(block).unwrap());
                    cipher.encrypt_block(&mut block);
                    block.0
                })
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(with_key("abcdefghijklmnopqrstuvwx", &sealed(*b"abcdefghijklmnopqrstuvwx")), ["cipher.triple-des"]);
    assert_eq!(with_key("abcdefghijklmnop", &sealed(*b"abcdefghijklmnopabcdefgh")), ["cipher.triple-des"]);
    // Triple DES with the same key three times is DES.
    assert!(with_key("abcdefgh", &sealed(*b"abcdefghabcdefghabcdefgh")).is_empty());
}

#[test]
fn block_modes() {
    let bytes = padded(BODY.as_bytes());
    for (cause, iv) in
        [("cipher.cbc-key", *b"deskey42"), ("cipher.cbc-zero", [0; 8]), ("cipher.cbc-digits", *b"12345678")]
    {
        assert_eq!(sent(&base64(cbc(&bytes, KEY, iv))), [cause]);
    }
    assert_eq!(sent(&base64(cbc(&bytes, KEY, *b"whatever"))), ["cipher.cbc"]);
}

#[test]
fn paddings() {
    let bytes = BODY.as_bytes();
    let missing = 8 - bytes.len() % 8;
    assert!((2..8).contains(&missing));
    let filled = |with: &[u8]| base64(ecb(&[bytes, with].concat(), KEY));
    let zeros = vec![0; missing];
    let mut x923 = zeros.clone();
    x923[missing - 1] = missing as u8;
    let mut random: Vec<u8> = (0..missing as u8).map(|place| place * 31 + 0x41).collect();
    random[missing - 1] = missing as u8;
    assert_eq!(sent(&filled(&zeros)), ["padding.zero"]);
    assert_eq!(sent(&filled(&vec![b' '; missing])), ["padding.blanks"]);
    assert_eq!(sent(&filled(&x923)), ["padding.x923"]);
    assert_eq!(sent(&filled(&random)), ["padding.iso10126"]);
    let body = r#"{"memberId":"106"}"#;
    let body = format!("{}{}\"}}", &body[..body.len() - 2], "2".repeat(8 - body.len() % 8));
    assert_eq!(body.len() % 8, 0);
    let made = sign(&body.replace(['{', '"', '}'], "").replace(':', "=").to_uppercase());
    assert_eq!(causes(envelope(&base64(ecb(body.as_bytes(), KEY)), &made)), ["padding.none"]);
    assert!(causes(envelope(&encrypted(&body), &made)).is_empty());
}

#[test]
fn encodings() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let sealed = |bytes: &[u8]| base64(ecb(&padded(bytes), KEY));
    let body = r#"{"city":"杭州市"}"#;
    let (right, wrong) = (sign("CITY=杭州市"), md5(md5([gbk("CITY=杭州市"), SECRET.into()].concat())));
    assert_eq!(causes(envelope(&sealed(&gbk(body)), &right)), ["charset.gbk-encryption"]);
    assert_eq!(causes(envelope(&sealed(body.as_bytes()), &wrong)), ["charset.gbk-signature"]);
    assert_eq!(causes(envelope(&sealed(&gbk(body)), &wrong)), ["charset.gbk-encryption", "charset.gbk-signature"]);
    for bytes in [
        body.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        body.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ] {
        assert_eq!(causes(envelope(&sealed(&bytes), &right)), ["charset.utf16-encryption"]);
    }
}

#[test]
fn what_was_encrypted() {
    for (cause, text) in
        [
            ("plaintext.bom", format!("\u{feff}{BODY}")),
            ("plaintext.white-space", format!("{BODY}\n")),
            ("plaintext.white-space", format!("  {BODY}")),
            ("plaintext.json-twice", serde_json::to_string(BODY).unwrap()),
            ("plaintext.base64", base64(BODY)),
            (
                "plaintext.url-encoded",
                BODY.bytes()
                    .map(|byte| {
                        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
                    })
                    .collect(),
            ),
        ]
    {
        assert_eq!(sent(&encrypted(&text)), [cause]);
    }
    let form = causes(envelope(&encrypted("memberId=7&mobile=138"), &sign("MEMBERID=7&MOBILE=138")));
    assert_eq!(form, ["plaintext.form"]);
    for text in ["[1,2,3,4,5,6,7,8]", "{'memberId': '106225'}", "<xml><memberId>106225</memberId></xml>"] {
        assert_eq!(sent(&encrypted(text)), ["plaintext.not-json"]);
    }
}
