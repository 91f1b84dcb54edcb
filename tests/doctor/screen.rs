//! An explanation on a screen.

use aigobo::Map;
use aigobo::doctor::{Changed, Lang, changed_letters, explain_text};

const EXPLANATION: &str = r#"{"leftOut":[{"name":"note","why":"null"},{"name":"tags","why":"empty list"}],"order":["a","b"],"joined":"a=ß&b=é王x","signingString":"A=SS&B=É王X","hashed":"A=SS&B=É王X***","firstDigest":"11","sign":"22","plaintext":"{}","plaintextBytes":12,"padding":4,"requestBody":"QUJD"}"#;

#[test]
fn every_step_in_both_languages() {
    let text = explain_text(&Map::parse(EXPLANATION).unwrap(), false, Lang::En);
    for line in [
        "note (null)",
        "tags (empty list)",
        "a, b",
        "a=ß&b=é王x",
        "A=SS&B=É王X",
        "byte 2: ß → SS",
        "byte 7: é → É",
        "A=SS&B=É王X***",
        "11",
        "22",
        "{}",
        "12 bytes of UTF-8, then 4 of PKCS5 padding (04)",
        "QUJD",
    ] {
        assert!(text.lines().any(|shown| shown.trim() == line), "{line} in {text}");
    }
    assert!(!text.contains('\u{1b}'));
    let colored = explain_text(&Map::parse(EXPLANATION).unwrap(), true, Lang::Zh);
    for part in ["\u{1b}[1;36m", "空列表", "字节 2: ß → SS", "PKCS5 填充（04）"] {
        assert!(colored.contains(part), "{part} in {colored}");
    }
    assert_eq!(colored.matches("\u{1b}[0m").count(), colored.matches("\u{1b}[").count() / 2);
    let empty = explain_text(&Map::new(), false, Lang::En);
    assert!(empty.contains("none"));
}

#[test]
fn letters_other_than_a_to_z() {
    let changed = changed_letters("aß王ıﬁ");
    let expected = [(1, 'ß', "SS"), (6, 'ı', "I"), (8, 'ﬁ', "FI")];
    assert_eq!(changed, expected.map(|(byte, from, to)| Changed { byte, from, to: to.to_owned() }));
    assert!(changed_letters("abc 王小明 ABC").is_empty());
}
