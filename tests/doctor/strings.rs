//! Another program's signing string.

use aigobo::Value;
use aigobo::doctor::{Diagnosis, Evidence};

use crate::program::*;

fn compared(string: &str) -> Diagnosis {
    examined(&Evidence {
        signing_string: Some(string.to_owned()),
        body: Some(Value::parse(BODY).unwrap()),
        ..Evidence::default()
    })
}

#[test]
fn compared_to_ours() {
    let right = right_s1();
    for (causes, string) in [
        (&["case.kept"][..], JOINED.to_owned()),
        (&["empties.null"], right.replace("&PAYTYPE", "&NOTE=NULL&PAYTYPE")),
        (&["nested.javascript", "case.kept"], {
            let (before, after) = JOINED.split_once("holderInfo={").unwrap();
            format!("{before}holderInfo=[object Object]{}", after.split_once('}').unwrap().1)
                .replace("[P1, P2]", "P1,P2")
        }),
        (&["secret.key-before"], format!("{right}&key={SECRET}")),
        (&["secret.upper"], format!("{right}{}", SECRET.to_uppercase())),
        (&["secret.in-front"], format!("{SECRET}{right}")),
        (&["secret.ampersand-before", "case.kept"], format!("{JOINED}&{SECRET}")),
        (&["keys.swapped"], format!("{right}{TOKEN}")),
        (&["signing-string.differs"], right.replace("106225", "106226")),
    ] {
        assert_eq!(causes_of(&compared(&string)), causes, "{string}");
    }
    for string in [right.clone(), format!("{right}{SECRET}"), format!("{right}***\n")] {
        assert!(compared(&string).findings.is_empty(), "{string}");
    }
}

#[test]
fn where_they_part_is_told_in_bytes_and_masked() {
    let right = right_s1();
    let finding = compared(&right.replace("106225", "106226")).findings.remove(0);
    assert!(finding.message.contains("memberId"), "{}", finding.message);
    let at = finding.at.unwrap();
    assert_eq!(at.byte, right.find("106225").unwrap() + 5);
    assert!(at.ours.contains("MEMBERID=******") && !at.ours.contains("106"), "{at:?}");
    let kept = compared(JOINED).findings.remove(0).at.unwrap();
    assert_eq!((kept.byte, &kept.theirs[..6]), (1, "****= "), "{kept:?}");
}

#[test]
fn with_its_sign_and_no_body() {
    let of = |string: &str, sign: String| {
        examined(&Evidence { signing_string: Some(string.to_owned()), sign: Some(sign), ..Evidence::default() })
    };
    let s1 = "MEMBERID=1&MOBILE=王";
    for (causes, s2, made) in [
        (&["digest.once"][..], s1.to_owned(), md5(format!("{s1}{SECRET}"))),
        (&["secret.key-before", "digest.once"], s1.to_owned(), md5(format!("{s1}&key={SECRET}"))),
        (
            &["charset.gbk-signature"],
            s1.to_owned(),
            md5(md5([b"MEMBERID=1&MOBILE=\xcd\xf5", SECRET.as_bytes()].concat())),
        ),
        (&[], s1.to_owned(), sign(s1)),
    ] {
        assert_eq!(causes_of(&of(&s2, made)), causes, "{s2}");
    }
    let other = of(s1, md5("x"));
    assert!(other.findings.is_empty() && other.cannot_tell.len() == 2, "{other:?}");
}

#[test]
fn by_its_form_alone() {
    for (cause, string) in [
        ("case.kept", "memberId=1&mobile=2"),
        ("case.lower", "memberid=1&mobile=2&productcode=3"),
        ("case.names", "MEMBERID=abc&MOBILE=2"),
        ("order.unsorted", "PRODUCTCODE=1&MEMBERID=2&MOBILE=3"),
        ("order.descending", "MOBILE=3&MEMBERID=2&A=1"),
        ("order.case-insensitive", "a=1&B=2&c=3"),
        ("nested.json", "I={\"A\":1}"),
        ("nested.python", "I={'A': 1}"),
        ("nested.php-array", "I=ARRAY&J=1"),
        ("nested.javascript", "I=[OBJECT OBJECT]"),
        ("values.url-encoded", "A=%E7%8E%8B"),
        ("empties.text", "A=&B=1"),
    ] {
        let found = causes_of(&examined(&Evidence { signing_string: Some(string.to_owned()), ..Evidence::default() }));
        assert_eq!(found.first(), Some(&cause), "{string}: {found:?}");
    }
    let pasted = |text: &str| examined(&Evidence { text: Some(text.to_owned()), ..Evidence::default() });
    let diagnosis = pasted(&format!("memberId=1&mobile=2{SECRET}"));
    assert_eq!(
        (diagnosis.seen.as_slice(), causes_of(&diagnosis)),
        (&["a signing string".to_owned()][..], vec!["case.kept"])
    );
}
