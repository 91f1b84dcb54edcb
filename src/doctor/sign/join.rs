//! How the pairs become one string, and in which case.

use crate::doctor::cause::{Entry, entry};
use crate::prelude::*;
use crate::upper::upper_case;

/// How the pairs become one string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Join {
    /// What goes between name and value, between pairs, and before and after the whole.
    Pairs { equals: &'static str, between: &'static str, around: [&'static str; 2] },
    /// The values alone.
    Values,
    /// The sorted fields as a JSON object.
    Json,
    /// The JSON text that is encrypted.
    Plaintext,
}

const STANDARD: Join = Join::Pairs { equals: "=", between: "&", around: ["", ""] };

const PAIRS: [&str; 2] =
    ["Join the sorted fields as name=value with & between them.", "把排序后的字段拼成 name=value，用 & 连接。"];

/// How the pairs become one string.
pub(in crate::doctor) const JOIN: &[Entry<Join>] = &[
    entry(STANDARD, "join.pairs", ["Joined as name=value&name=value.", "拼成 name=value&name=value。"], PAIRS),
    entry(
        Join::Pairs { equals: "", between: "", around: ["", ""] },
        "join.bare",
        ["Names and values were joined without = and &.", "字段名和值直接相连，没有 = 和 &。"],
        PAIRS,
    ),
    entry(
        Join::Pairs { equals: "=", between: "", around: ["", ""] },
        "join.no-ampersand",
        ["The pairs were joined without & between them.", "键值对之间没有 &。"],
        PAIRS,
    ),
    entry(
        Join::Pairs { equals: "=", between: ",", around: ["", ""] },
        "join.comma",
        ["The pairs were joined by commas.", "键值对之间用了逗号。"],
        PAIRS,
    ),
    entry(
        Join::Pairs { equals: "=", between: "&", around: ["?", ""] },
        "join.question-mark",
        ["The signed string began with a question mark.", "待签名串开头带了问号。"],
        PAIRS,
    ),
    entry(
        Join::Pairs { equals: "=", between: "&", around: ["&", ""] },
        "join.leading-ampersand",
        ["The signed string began with &.", "待签名串开头带了 &。"],
        PAIRS,
    ),
    entry(
        Join::Pairs { equals: "=", between: ", ", around: ["{", "}"] },
        "join.java-map",
        [
            "The whole body was signed as Java's toString of a map, {name=value, …}.",
            "整个请求参数按 Java Map 的 toString 形式 {name=value, …} 签名。",
        ],
        PAIRS,
    ),
    entry(
        Join::Values,
        "join.values",
        ["The values alone were signed, without the names.", "只拼接了值，没有字段名。"],
        PAIRS,
    ),
    entry(Join::Json, "join.json", ["The sorted body was signed as JSON.", "签名用的是排序后请求参数的 JSON。"], PAIRS),
    entry(
        Join::Plaintext,
        "join.plaintext",
        ["The JSON text of the body was signed as it is encrypted.", "签名用的是加密前的 JSON 原文。"],
        PAIRS,
    ),
];

/// What happens to letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Case {
    /// Java's `toUpperCase`.
    Upper,
    /// Unchanged.
    Kept,
    /// In lower case.
    Lower,
    /// Only a to z are upper-cased, as PHP's `strtoupper` does.
    Ascii,
    /// i becomes İ.
    Turkish,
    /// ß stays, as in languages where each character has one capital.
    Single,
    /// Only the names are upper-cased.
    Names,
    /// Only the values are upper-cased.
    Values,
}

const UPPER: [&str; 2] = [
    "Upper-case all of S1, names and values, before you append the secret: full Unicode (ß becomes SS), independent of the locale.",
    "拼接密钥之前把整个 S1（字段名和值）转成大写：按完整的 Unicode 规则（ß 变 SS），且与系统语言无关。",
];

/// What happens to letters.
pub(in crate::doctor) const CASE: &[Entry<Case>] = &[
    entry(Case::Upper, "case.upper", ["S1 is upper-cased.", "S1 转成大写。"], UPPER),
    entry(Case::Kept, "case.kept", ["S1 was not upper-cased.", "S1 没有转成大写。"], UPPER),
    entry(
        Case::Lower,
        "case.lower",
        ["S1 was lower-cased instead of upper-cased.", "S1 被转成了小写，而不是大写。"],
        UPPER,
    ),
    entry(
        Case::Ascii,
        "case.ascii",
        [
            "Only the letters a to z were upper-cased; others, such as ß or é, were not.",
            "只有 a 到 z 转成了大写，其他字母（如 ß、é）没有转。",
        ],
        UPPER,
    ),
    entry(
        Case::Single,
        "case.single",
        [
            "Letters whose capital is more than one letter, such as ß, were not upper-cased.",
            "大写形式不止一个字符的字母（如 ß）没有转成大写。",
        ],
        UPPER,
    ),
    entry(
        Case::Turkish,
        "case.turkish",
        ["S1 was upper-cased by the rules of Turkish, where i becomes İ.", "S1 按土耳其语规则转成了大写（i 变成 İ）。"],
        [
            "Upper-case independent of the locale: toUpperCase(Locale.ROOT).",
            "转大写时不要受系统语言影响：toUpperCase(Locale.ROOT)。",
        ],
    ),
    entry(
        Case::Names,
        "case.names",
        ["Only the names were upper-cased, not the values.", "只有字段名转成了大写，值没有转。"],
        UPPER,
    ),
    entry(
        Case::Values,
        "case.values",
        ["Only the values were upper-cased, not the names.", "只有值转成了大写，字段名没有转。"],
        UPPER,
    ),
];

impl Case {
    /// A pair of name and value, each in the right case; the separators have no case.
    pub(super) fn of(self, name: &str, value: &str) -> [String; 2] {
        match self {
            Self::Names => [upper_case(name), value.to_owned()],
            Self::Values => [name.to_owned(), upper_case(value)],
            _ => [self.whole(name), self.whole(value)],
        }
    }

    /// A text that is not divided into names and values.
    pub(super) fn whole(self, text: &str) -> String {
        match self {
            Self::Upper | Self::Names | Self::Values => upper_case(text),
            Self::Kept => text.to_owned(),
            Self::Lower => text.to_lowercase(),
            Self::Ascii => text.to_ascii_uppercase(),
            Self::Turkish => text.split('i').map(upper_case).collect::<Vec<_>>().join("İ"),
            Self::Single => text
                .chars()
                .map(|c| {
                    let mut capitals = c.to_uppercase();
                    if capitals.len() == 1 { capitals.next().unwrap_or(c) } else { c }
                })
                .collect(),
        }
    }
}
