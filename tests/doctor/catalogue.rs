//! The table of causes.

use std::collections::BTreeSet;

use aigobo::doctor::catalogue;

#[test]
fn each_cause_is_told_in_both_languages_and_has_a_test() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/doctor");
    let tests: String =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let mut seen = BTreeSet::new();
    for ([en, zh], causes) in catalogue() {
        assert!(en.is_ascii() && !zh.is_ascii() && !causes.is_empty());
        for cause in causes {
            assert!(seen.insert(cause.id), "{} twice", cause.id);
            assert!(tests.contains(&format!("\"{}\"", cause.id)), "{} has no test", cause.id);
            for [en, zh] in [cause.says, cause.cure] {
                assert!(
                    en.ends_with(['.', '}']) && zh.ends_with(['。', '）', '.']) && en.len() > 10,
                    "{}: {en} {zh}",
                    cause.id
                );
                assert!(zh.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{}", cause.id);
                let places = |text: &str| text.matches(['{']).count();
                assert!(places(en) == places(zh), "{}", cause.id);
            }
            assert!(
                cause
                    .id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
            );
        }
    }
    assert!(seen.len() > 120, "{}", seen.len());
}
