//! Draws replacements of each form.

use time::Date;

use crate::value::Value;

const FAMILY: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红飞建国文辉鹏浩宇轩梓涵欣怡佳琪晨曦思远志诚嘉慧雅婷雪琳瑞祥海波春燕冬梅秋月晓东立新永福长安德荣光正天泽若安宁乐然书航云清之遥可心子墨一凡";

/// Another day of the same year, so that the age stays about right.
pub(super) fn other_day(date: Date, dice: &mut fastrand::Rng) -> Option<String> {
    let other = Date::from_ordinal_date(date.year(), dice.u16(1..=365)).ok()?;
    Some(format!("{:04}-{:02}-{:02}", other.year(), u8::from(other.month()), other.day()))
}

/// An address, a company, or a person's name.
pub(super) fn chinese(text: &str, dice: &mut fastrand::Rng) -> String {
    let long = text.chars().count() > 4;
    if long && text.contains(['路', '街', '号', '村', '镇', '室']) {
        return format!("{}路{}号", some(GIVEN, 2, dice), 1 + dice.u32(0..9_999));
    }
    if long || text.ends_with(['社', '店']) {
        return format!("{}示例有限公司", some(GIVEN, 4, dice));
    }
    let given = text.chars().count().saturating_sub(1).clamp(1, 3);
    format!("{}{}", some(FAMILY, 1, dice), some(GIVEN, given, dice))
}

fn some(from: &str, count: usize, dice: &mut fastrand::Rng) -> String {
    let choices = from.chars().count();
    (0..count).filter_map(|_| from.chars().nth(dice.usize(0..choices))).collect()
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether it is a number as JSON writes them.
pub(super) fn is_number(text: &str) -> bool {
    matches!(Value::parse(text), Ok(Value::Number(_)))
}

/// A number of the same sign and length, with the point and the exponent where they were.
pub(super) fn number(text: &str, dice: &mut fastrand::Rng) -> String {
    // The first digit that is no zero does not become one: no 007, no -0.
    let mut leading = true;
    let other = |c| match c {
        '1'..='9' if leading => {
            leading = false;
            dice.char('1'..='9')
        }
        '0'..='9' => dice.char('0'..='9'),
        c => c,
    };
    text.chars().map(other).collect()
}

/// Digits become digits, letters become letters and the rest stays, so that a code keeps its form.
pub(super) fn shape(text: &str, dice: &mut fastrand::Rng) -> String {
    let mut first = true;
    text.chars()
        .map(|c| {
            let other = match c {
                // A number that begins with 0 would be another kind of number.
                '1'..='9' if first => dice.char('1'..='9'),
                '0'..='9' => dice.char('0'..='9'),
                'a'..='z' => dice.lowercase(),
                'A'..='Z' => dice.uppercase(),
                c if is_han(c) => some(GIVEN, 1, dice).chars().next().unwrap_or(c),
                // People's names can be in any script.
                c if c.is_numeric() => dice.char('0'..='9'),
                // Letters that no program's name has, so that a name stays recognisable as a person's where it is a key.
                c if c.is_uppercase() => dice.char('À'..='Ö'),
                c if c.is_alphabetic() => dice.char('à'..='ö'),
                c => c,
            };
            first = false;
            other
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_one() {
        for text in ["1e21", "-5", "-120", "0.05", "-0.5", "1.5E-7", "10", "7654321", "0"] {
            for seed in 0..200 {
                let drawn = number(text, &mut fastrand::Rng::with_seed(seed));
                assert!(is_number(&drawn) && drawn != "-0", "{text} {drawn}");
                let form = |number: &str| number.replace(|c: char| c.is_ascii_digit(), "0");
                assert_eq!(form(&drawn), form(text));
            }
        }
    }
}
