//! What looks like somebody's mail address, mobile number or resident id, wherever it stands in a text.

use crate::prelude::*;
use crate::resident_id;

/// `text` with another for each that looks like a person's; of a number what is asked for are its digits alone, without 86 and
/// what divides them.
pub(crate) fn replace_people(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    numbers(&mails(text, other), other)
}

/// Words are of ASCII letters, digits and what a mail address holds; everything between them stays.
fn mails(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = split(rest, |c| !of_word(c));
        let bare = word.trim_matches(['.', '-', '_', '+']);
        // In an address it is %40.
        let parts = bare.split_once('@').or_else(|| bare.split_once("%40"));
        if parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            shown.push_str(&other(bare));
        } else {
            shown.push_str(word);
        }
        let (between, following) = split(after, of_word);
        shown.push_str(between);
        rest = following;
    }
    shown
}

/// Before and from the first character that `is` it.
fn split(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at_checked(text.find(is).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Whatever stands beside the digits: people write `tel-138…`, `u_138…`, `ID1101…`. More digits are another kind of number.
fn numbers(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (before, from) = split(rest, |c| c.is_ascii_digit());
        shown.push_str(before);
        if from.is_empty() {
            return shown;
        }
        let apart = !shown.ends_with(|c: char| c.is_ascii_alphanumeric());
        rest = match number(from, apart) {
            Some(Number { code, bare, after }) => {
                shown.push_str(code);
                shown.push_str(&other(&bare));
                after
            }
            None => {
                let (digits, after) = split(from, |c| !c.is_ascii_digit());
                // Of an address' `%20` the digits are no part of the number behind it.
                let (digits, after) = match from.split_at_checked(2) {
                    Some(escape) if shown.ends_with('%') && digits.len() > 2 => escape,
                    _ => (digits, after),
                };
                shown.push_str(digits);
                after
            }
        };
    }
}

struct Number<'a> {
    /// The country's, which stays.
    code: &'static str,
    bare: String,
    after: &'a str,
}

/// The mobile number or resident id at the beginning of `text`, which may be divided by single blanks or hyphens; `apart` says
/// that neither letter nor digit stands before it.
fn number(text: &str, apart: bool) -> Option<Number<'_>> {
    let (mut digits, mut rest, mut shortest, mut mobile) = (String::new(), text, usize::MAX, None);
    for groups in 1.. {
        let (group, after) = split(rest, |c| !c.is_ascii_digit());
        digits.push_str(group);
        shortest = shortest.min(group.len());
        if let Some(number) = resident(&digits, after) {
            return Some(number);
        }
        // Divided numbers are of up to three groups; a date behind something else has more and shorter ones.
        let alone = apart && !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        let whole = if groups == 1 { !is_fraction(after) } else { groups < 4 && shortest > 2 && alone };
        let codes = ["0086", "86", ""];
        let found = codes.into_iter().find_map(|code| Some((code, digits.strip_prefix(code)?)));
        if let Some((code, bare)) = found.filter(|(_, bare)| whole && is_mobile(bare)) {
            mobile.get_or_insert(Number { code, bare: bare.to_owned(), after });
        }
        match after.strip_prefix([' ', '-']) {
            Some(next) if digits.len() < 18 && next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => break,
        }
    }
    mobile
}

/// The bearer is alive: numbers that begin like an id, and whose date would be another century's, are orders'.
fn resident<'a>(digits: &str, after: &'a str) -> Option<Number<'a>> {
    let (check, after) = match after.strip_prefix(['X', 'x']) {
        Some(behind) if digits.len() == 17 => ("X", behind),
        _ => ("", after),
    };
    let bare = [digits, check].concat();
    let id = resident_id::parse(&bare).filter(|id| id.birthday.starts_with("19") || id.birthday.starts_with("20"));
    id.map(|_| Number { code: "", bare, after })
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// `13800000000.50` is an amount.
fn is_fraction(after: &str) -> bool {
    after.strip_prefix('.').is_some_and(|cents| matches!(split(cents, |c| !c.is_ascii_digit()).0.len(), 1 | 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        replace_people(text, &mut |_| "***".to_owned())
    }

    #[test]
    fn numbers_are_found_whatever_stands_beside_and_within() {
        for (text, shown) in [
            ("手机号13800000001已注册", "手机号***已注册"),
            ("手机号+8613800000001已注册", "手机号+86***已注册"),
            ("008613800000001", "0086***"),
            ("86-13800000001, 86 138 0000 0001", "86-***, 86 ***"),
            ("+86138-0000-0001", "+86***"),
            ("(138-0000-0001)", "(***)"),
            ("138 0000 0001 139 0000 0002", "*** ***"),
            ("1380000 0001", "***"),
            ("13800000001-13900000002 2021-07-18", "***-*** 2021-07-18"),
            ("tel-13800000001 u_13800000001 m13800000001b", "tel-*** u_*** m***b"),
            ("13800000001% 1.13800000001. 13800000001.", "***% 1.***. ***."),
            ("100%13800000001 tel%2013800000001", "100%*** tel%20***"),
            ("ID110101199003070010 11010119900307001X,", "ID*** ***,"),
            ("(id)11010119900307001x已投保", "(id)***已投保"),
            ("110101 19900307 0010; 110101-1990-0307-001X", "***; ***"),
            ("a.b@example.com b%40example.com <c@d.cn>", "*** *** <***>"),
            ("13800000001@qq.com", "***"),
        ] {
            assert_eq!(hidden(text), shown, "{text}");
        }
    }

    #[test]
    fn what_is_another_kind_of_number_stays() {
        for text in [
            "订单1011202107180001 (plan 13800)",
            "订单101120210718000123",
            "at 1626570000000, 2021-07-18 12:00:00, 20210718120000123",
            "13800000000.50元, 13,800,000,001",
            "12345678901 138000000012 38000000011",
            "150 2021-07-18",
            "nonce 550e8400-1385-4123-999c-446655440000",
            "9f86d081884c7d659a2feaa0c55ad015",
            "PDAA202113800000001",
            "11010119900307001 110101199013070011 110101189003070011",
            "user@localhost, @a.b, 2.5%",
        ] {
            assert_eq!(hidden(text), text);
        }
    }

    #[test]
    fn what_is_asked_for_is_the_number_alone() {
        let mut asked = Vec::new();
        let text = "+86 138-0000-0001, 8613800000001; 110101 19900307 001x";
        let shown = replace_people(text, &mut |one| {
            asked.push(one.to_owned());
            "13900000002".to_owned()
        });
        assert_eq!(asked, ["13800000001", "13800000001", "11010119900307001X"]);
        assert_eq!(shown, "+86 13900000002, 8613900000002; 13900000002");
    }
}
