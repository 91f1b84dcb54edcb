//! How numbers, flags and texts are written.

use crate::doctor::cause::{Entry, entry};
use crate::form::escape;
use crate::prelude::*;
use crate::value::{Map, Value};

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Numbers {
    /// With their own digits.
    Own,
    /// Whole numbers as `2.0`, from ten million as `1.0E7`: doubles, as Java prints them.
    Double,
    /// With two decimals.
    Money,
    /// Without trailing zeros: `12.30` as `12.3`, `2.0` as `2`.
    Trimmed,
    /// As a text, which shows in nested JSON.
    Text,
    /// A text of digits as a number, which shows in nested JSON.
    FromText,
}

const OWN_DIGITS: [&str; 2] = [
    "Sign the digits that requestBody holds: print integers as integers, and don't read the JSON into doubles in between.",
    "签名用的数字要与 requestBody 里的完全一致：整数按整数输出，中间不要把 JSON 转成浮点数。",
];

/// How numbers are written.
pub(in crate::doctor) const NUMBERS: &[Entry<Numbers>] = &[
    entry(Numbers::Own, "numbers.own", ["Numbers keep their digits.", "数字保持原样。"], OWN_DIGITS),
    entry(
        Numbers::Double,
        "numbers.double",
        ["Whole numbers were signed as 2.0 instead of 2.", "整数被签成了 2.0，而不是 2。"],
        OWN_DIGITS,
    ),
    entry(
        Numbers::Money,
        "numbers.money",
        ["Numbers were signed with two decimals, 2.00 instead of 2.", "数字被签成了两位小数，2.00 而不是 2。"],
        OWN_DIGITS,
    ),
    entry(
        Numbers::Trimmed,
        "numbers.trimmed",
        [
            "Numbers were signed without the zeros at their end, 2 instead of 2.0.",
            "数字签名时去掉了末尾的零，2.0 变成了 2。",
        ],
        OWN_DIGITS,
    ),
    entry(
        Numbers::Text,
        "numbers.text",
        ["Numbers were signed as texts, \"2\" instead of 2.", "数字被当作文字签名，\"2\" 而不是 2。"],
        OWN_DIGITS,
    ),
    entry(
        Numbers::FromText,
        "numbers.from-text",
        ["Texts of digits were signed as numbers, 2 instead of \"2\".", "数字文本被当作数字签名，2 而不是 \"2\"。"],
        OWN_DIGITS,
    ),
];

impl Numbers {
    fn of(self, value: &Value) -> Option<Value> {
        let Value::Number(literal) = value else {
            return match (self, value) {
                (Self::FromText, Value::Text(text)) if is_plain_number(text) => Some(Value::Number(text.clone())),
                _ => None,
            };
        };
        let whole = !literal.contains(['.', 'e', 'E']);
        let written = match self {
            Self::Own | Self::FromText => return None,
            Self::Text => return Some(Value::Text(literal.clone())),
            Self::Double if whole => double(literal),
            Self::Money if whole => format!("{literal}.00"),
            Self::Money => format!("{literal}{}", if literal.split_once('.')?.1.len() == 1 { "0" } else { "" }),
            Self::Trimmed if literal.contains('.') && !literal.contains(['e', 'E']) => {
                literal.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Self::Double | Self::Trimmed => return None,
        };
        Some(Value::Number(written))
    }
}

fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned == "0"
        || !unsigned.is_empty() && !unsigned.starts_with('0') && unsigned.bytes().all(|b| b.is_ascii_digit())
}

/// A whole number as Java's `Double.toString` prints it.
fn double(literal: &str) -> String {
    let (sign, digits) = literal.strip_prefix('-').map_or(("", literal), |rest| ("-", rest));
    if digits.len() < 8 {
        return format!("{literal}.0");
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
    let fraction = match rest.trim_end_matches('0') {
        "" => "0",
        other => other,
    };
    format!("{sign}{first}.{fraction}E{}", rest.len())
}

/// How true and false are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Flags {
    /// `true`, `false`.
    Words,
    /// `1`, `0`.
    Digits,
    /// `1` and nothing, as in PHP.
    Php,
}

const FLAGS_CURE: [&str; 2] =
    ["Sign true and false as the words true and false.", "布尔值按 true 和 false 这两个单词签名。"];

/// How true and false are written.
pub(in crate::doctor) const FLAGS: &[Entry<Flags>] = &[
    entry(Flags::Words, "flags.words", ["Flags are words.", "布尔值写作单词。"], FLAGS_CURE),
    entry(
        Flags::Digits,
        "flags.digits",
        ["true and false were signed as 1 and 0.", "true 和 false 被签成了 1 和 0。"],
        FLAGS_CURE,
    ),
    entry(
        Flags::Php,
        "flags.php",
        [
            "true and false were signed as 1 and nothing, as PHP prints them.",
            "true 和 false 被签成了 1 和空，即 PHP 的输出。",
        ],
        FLAGS_CURE,
    ),
];

impl Flags {
    fn of(self, value: &Value) -> Option<Value> {
        match (self, value) {
            (Self::Digits, Value::Bool(flag)) => Some(Value::Number(if *flag { "1" } else { "0" }.to_owned())),
            (Self::Php, Value::Bool(flag)) => Some(Value::Text(if *flag { "1" } else { "" }.to_owned())),
            _ => None,
        }
    }
}

/// `value` with its numbers and flags, including nested ones, written another way.
pub(super) fn rewritten(value: &Value, numbers: Numbers, flags: Flags) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| rewritten(item, numbers, flags)).collect()),
        Value::Map(map) => {
            let mut written = Map::new();
            for (name, item) in map.iter() {
                written.push(name, rewritten(item, numbers, flags));
            }
            Value::Map(written)
        }
        _ => flags.of(value).or_else(|| numbers.of(value)).unwrap_or_else(|| value.clone()),
    }
}

/// How each printed value is transformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Texts {
    /// Not at all.
    Raw,
    /// `application/x-www-form-urlencoded`, a blank as `+`.
    Form,
    /// RFC 3986, a blank as `%20`.
    Percent,
    /// JavaScript's `encodeURIComponent`.
    Component,
    /// White space at its ends is removed.
    Trimmed,
    /// In double quotes if it is a text.
    Quoted,
    /// `&amp;`, `&lt;`, `&gt;`, `&quot;`.
    Html,
}

const RAW: [&str; 2] = [
    "Sign the raw values: neither URL-encoded nor escaped nor trimmed, exactly as requestBody holds them.",
    "签名用原始值：不做 URL 编码、不转义、不去空格，与 requestBody 里的完全一致。",
];

/// How each printed value is transformed.
pub(in crate::doctor) const TEXTS: &[Entry<Texts>] = &[
    entry(Texts::Raw, "values.raw", ["Values are raw.", "值保持原样。"], RAW),
    entry(
        Texts::Form,
        "values.url-encoded",
        ["The values were URL-encoded before signing.", "签名前对值做了 URL 编码。"],
        RAW,
    ),
    entry(
        Texts::Percent,
        "values.percent-encoded",
        ["The values were URL-encoded before signing, blanks as %20.", "签名前对值做了 URL 编码（空格为 %20）。"],
        RAW,
    ),
    entry(
        Texts::Component,
        "values.uri-component",
        ["The values were encoded by encodeURIComponent before signing.", "签名前对值做了 encodeURIComponent 编码。"],
        RAW,
    ),
    entry(
        Texts::Trimmed,
        "values.trimmed",
        [
            "White space at the ends of values was cut off for the signature, but requestBody holds it.",
            "签名时去掉了值首尾的空白，但 requestBody 里还有。",
        ],
        RAW,
    ),
    entry(
        Texts::Quoted,
        "values.quoted",
        ["Texts were signed in double quotes, as JSON.", "文字值签名时带上了双引号（JSON 形式）。"],
        RAW,
    ),
    entry(
        Texts::Html,
        "values.html-escaped",
        ["Values were signed with HTML's escapes (&amp;).", "值签名时做了 HTML 转义（&amp;）。"],
        RAW,
    ),
];

impl Texts {
    /// Transforms a printed value; `quotes` says that it was a text.
    pub(super) fn of(self, text: String, quotes: bool) -> String {
        match self {
            Self::Raw => text,
            Self::Form => encoded(&text).replace("%20", "+"),
            Self::Percent => encoded(&text).replace('*', "%2A").replace("%7E", "~"),
            Self::Component => {
                let plain = [("%7E", "~"), ("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")")];
                plain.iter().fold(encoded(&text), |text, (code, plain)| text.replace(code, plain))
            }
            Self::Trimmed => text.trim().to_owned(),
            Self::Quoted if quotes => Value::Text(text).to_json(),
            Self::Quoted => text,
            Self::Html => text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&#039;"),
        }
    }

    /// Transforms a name: brackets are encoded if values are.
    pub(super) fn of_name(self, name: String) -> String {
        match self {
            Self::Form | Self::Percent | Self::Component if name.contains(['[', ']']) => encoded(&name),
            _ => name,
        }
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}
