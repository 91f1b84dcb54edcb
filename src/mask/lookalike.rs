//! Finds mail addresses, mobile numbers and resident ids anywhere in a text by their form.

use crate::prelude::*;
use crate::resident_id;

/// Replaces everything in `text` that looks like a person's data. For a number, `other` gets only its digits, without
/// 86 and without separators.
pub(crate) fn replace_people(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    numbers(&mails(text, other), other)
}

/// A word consists of ASCII letters, digits and the other characters of a mail address; everything between words stays.
fn mails(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (between, from) = split(rest, |byte| !of_word(byte));
        let (word, after) = split(from, of_word);
        shown.push_str(between);
        // Full stops may end a sentence.
        let end = word.bytes().rposition(|byte| byte.is_ascii_alphanumeric()).map_or(0, |last| last + 1);
        let (bare, behind) = word.split_at_checked(end).unwrap_or_default();
        // A name comes first, and any of several signs may be the one of an address.
        let address = bare.trim_start_matches('@');
        if address.split('@').skip(1).any(|host| host.contains('.') && !is_version(host)) {
            shown.push_str(bare.strip_suffix(address).unwrap_or_default());
            shown.push_str(&other(address));
            shown.push_str(behind);
        } else {
            shown.push_str(word);
        }
        rest = after;
    }
    shown
}

/// Whether it is the version of a package, as in `undici@6.19.2` and `.pnpm/next@15.1.0_react@19.0.0`: three numbers, and
/// no further label, which only a host has.
fn is_version(host: &str) -> bool {
    let mut rest = host;
    for before in ["", ".", "."] {
        let (number, after) = digits(rest.strip_prefix(before).unwrap_or_default());
        if number.is_empty() {
            return false;
        }
        rest = after;
    }
    !begins_with(rest, |byte| *byte == b'.' || byte.is_ascii_alphabetic())
}

fn of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'_' | b'-' | b'+' | b'%')
}

/// Splits off the longest beginning for which `is` holds, and returns it with the rest. `is` must accept either all
/// bytes beyond ASCII or none.
fn split(text: &str, is: fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !is(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// What divides a number, for example `(138) 0000 0001`.
fn of_number(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'(' | b')')
}

fn digits(text: &str) -> (&str, &str) {
    split(text, |byte| byte.is_ascii_digit())
}

fn begins_with(text: &str, is: fn(&u8) -> bool) -> bool {
    text.as_bytes().first().is_some_and(is)
}

/// Whatever is next to the digits does not matter: people write `tel-138…`, `u_138…`, `ID1101…`. More digits make
/// another kind of number.
fn numbers(text: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (before, from) = split(rest, |byte| !byte.is_ascii_digit());
        shown.push_str(before);
        let apart = !shown.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric);
        let (group, after) = digits(from);
        rest = if let Some((bare, code, after)) = number(from, apart) {
            shown.push_str(group.get(..code).unwrap_or_default());
            shown.push_str(&other(&bare));
            after
        } else {
            shown.push_str(group);
            after
        };
    }
    shown
}

/// The mobile number or resident id at the beginning of `text`, possibly divided by one or two characters, such as spaces;
/// the length of the country code before it; and what follows. `apart` says that neither a letter nor a digit comes
/// before it.
fn number(text: &str, apart: bool) -> Option<(String, usize, &str)> {
    let (mut bare, mut rest) = (String::new(), text);
    for groups in 1.. {
        let (group, after) = digits(rest);
        // Shorter groups belong to a date.
        if group.len() < 3 {
            break;
        }
        bare.push_str(group);
        let alone = apart && !begins_with(after, u8::is_ascii_alphanumeric);
        let whole = groups == 1 || groups < 4 && alone;
        if whole
            && let Some((code, number)) = bare.split_at_checked(bare.len().wrapping_sub(11))
            && matches!(code, "" | "86" | "0086")
            && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
        {
            return Some((number.to_owned(), code.len(), after));
        }
        let check = bare.len() == 17 && begins_with(after, |byte| matches!(byte, b'X' | b'x'));
        let behind = after.get(usize::from(check)..).unwrap_or_default();
        if check {
            bare.push('X');
        }
        // The holder of an id is alive: a number that begins like an id but has a date in another century is an order
        // number.
        if resident_id::parse(&bare)
            .is_some_and(|id| matches!(id.birthday.as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..]))
        {
            return Some((bare, 0, behind));
        }
        if bare.len() > 17 {
            break;
        }
        let (between, inside) = split(after.strip_prefix('）').unwrap_or(after), of_number);
        if inside.len() == after.len() || between.len() > 2 {
            break;
        }
        rest = inside;
    }
    None
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
            ("138.0000.0001 (138) 0000 0001 （138）0000-0001 (0086)13800000001", "*** (*** （*** (0086***"),
            ("138 (0000) 0001, 138(0000)0001", "***, ***"),
            ("+86 (138) 0000 0001, +86(138)00000001, 138.00000001", "+86 (***, +86(***, ***"),
            ("手机13800000001.1 13800000001.50 13800000000.50元", "手机***.1 ***.50 ***.50元"),
            ("138 0000 0001 139 0000 0002", "*** ***"),
            ("1380000 0001", "***"),
            ("13800000001-13900000002 2021-07-18", "***-*** 2021-07-18"),
            ("tel-13800000001 u_13800000001 m13800000001b", "tel-*** u_*** m***b"),
            ("13800000001% 1.13800000001. 13800000001.", "***% 1.***. ***."),
            ("100%13800000001 tel%3A13800000001", "100%*** tel%3A***"),
            ("ID110101199003070010 11010119900307001X,", "ID*** ***,"),
            ("(id)11010119900307001x已投保", "(id)***已投保"),
            ("110101 19900307 0010; 110101-1990-0307-001X", "***; ***"),
            ("a.b@example.com <c@d.cn>", "*** <***>"),
            ("13800000001@qq.com", "***"),
            ("mark@people.example... a@b.cn.. a@b.cn- a@163.com2 a@qq.com%20", "***... ***.. ***- *** ***"),
            ("a@1.2.3.com li.wei@126.7x.com li@51.1.cn user@10.0.0.1 li@2.5x.com", "*** *** *** *** ***"),
            (
                "undici@7.1.2_li.wei@qq.com pkg@1.2.3-li.wei@qq.com @li.wei@qq.com <@@li.wei@qq.com>",
                "*** *** @*** <@@***>",
            ),
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
            "13,800,000,001, 150.2021.07.18, 172.168.100.200",
            "12345678901 138000000012 38000000011",
            "150 2021-07-18",
            "nonce 550e8400-1385-4123-999c-446655440000",
            "9f86d081884c7d659a2feaa0c55ad015",
            "PDAA202113800000001",
            "11010119900307001 110101199013070011 110101189003070011",
            "user@localhost, @a.b, 2.5%, .pnpm/undici@6.19.2/node_modules",
            ".pnpm/next@15.1.0_react-dom@19.0.0_react@19.0.0__react@19.0.0/ axios@1.7.2_debug@4.3.4 undici@7.0.0-alpha.3",
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
