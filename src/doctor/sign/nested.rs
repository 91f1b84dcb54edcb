//! How other languages print a nested value.

use crate::doctor::cause::{Entry, entry};

/// A way of printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Nested {
    /// `{k=v, k=v}`, `[v, v]`, with the given separator between entries.
    Java(&'static str),
    /// JSON.
    Json(Json),
    /// JSON on several lines, indented by two blanks.
    JsonLines,
    /// As in Java, but a list is `{0=a, 1=b}`.
    Indexed,
    /// `Array`.
    PhpArray,
    /// PHP's `print_r`.
    PhpPrintR,
    /// `k[inner]=v&k[0][inner]=v`.
    Query,
    /// `k.inner=v&k[0].inner=v`.
    Dotted,
    /// `{'k': 'v'}`.
    Python,
    /// `[object Object]`, and a list as `a,b`.
    JavaScript,
    /// `map[k:v k:v]`, with sorted names.
    Go,
    /// `{"k"=>"v"}`.
    Ruby,
    /// Left out.
    LeftOut,
}

/// A way of writing JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) struct Json {
    /// A blank after each colon and comma.
    pub spaced: bool,
    /// Characters beyond ASCII as `\uXXXX`.
    pub ascii: bool,
    /// `/` as `\/`.
    pub slashes: bool,
}

const COMPACT: Json = Json { spaced: false, ascii: false, slashes: false };

const CURE: [&str; 2] = [
    "Print a nested object as {k=v, k=v} and a list as [v, v], as Java's toString does; or, if your gateway takes it so, set dialect.nested.",
    "嵌套对象写作 {k=v, k=v}，列表写作 [v, v]，与 Java 的 toString 一致；如果您的网关确实接受这种写法，请设置 dialect.nested。",
];

/// The ways of printing.
pub(in crate::doctor) const NESTED: &[Entry<Nested>] = &[
    entry(
        Nested::Java(", "),
        "nested.java",
        ["Nested values were signed as Java's collections print.", "嵌套值按 Java 集合的 toString 形式签名。"],
        CURE,
    ),
    entry(
        Nested::Json(COMPACT),
        "nested.json",
        ["Nested values were signed as compact JSON.", "嵌套值按紧凑的 JSON 签名。"],
        CURE,
    ),
    entry(
        Nested::Json(Json { spaced: true, ..COMPACT }),
        "nested.json-spaced",
        [
            "Nested values were signed as JSON with blanks after colons and commas.",
            "嵌套值按带空格的 JSON 签名（冒号和逗号后有空格）。",
        ],
        CURE,
    ),
    entry(
        Nested::Json(Json { slashes: true, ascii: true, ..COMPACT }),
        "nested.json-php",
        [
            "Nested values were signed as JSON with escaped slashes and \\u escapes, PHP's json_encode without flags.",
            "嵌套值按转义了斜杠和中文（\\u）的 JSON 签名，即 PHP 不带参数的 json_encode。",
        ],
        CURE,
    ),
    entry(
        Nested::Json(Json { slashes: true, ..COMPACT }),
        "nested.json-slashes",
        ["Nested values were signed as JSON with escaped slashes.", "嵌套值按转义了斜杠（\\/）的 JSON 签名。"],
        CURE,
    ),
    entry(
        Nested::Json(Json { ascii: true, ..COMPACT }),
        "nested.json-ascii",
        ["Nested values were signed as JSON with \\u escapes.", "嵌套值按转义了中文（\\u）的 JSON 签名。"],
        CURE,
    ),
    entry(
        Nested::Json(Json { spaced: true, ascii: true, slashes: false }),
        "nested.json-python",
        [
            "Nested values were signed as JSON with blanks and \\u escapes, Python's json.dumps without arguments.",
            "嵌套值按带空格且转义了中文（\\u）的 JSON 签名，即 Python 不带参数的 json.dumps。",
        ],
        CURE,
    ),
    entry(
        Nested::JsonLines,
        "nested.json-indented",
        ["Nested values were signed as indented JSON.", "嵌套值按带缩进的多行 JSON 签名。"],
        CURE,
    ),
    entry(
        Nested::Java(","),
        "nested.java-tight",
        [
            "Nested values were signed as {k=v,k=v}, without the blank after the comma.",
            "嵌套值写作 {k=v,k=v}，逗号后缺少空格。",
        ],
        CURE,
    ),
    entry(
        Nested::Indexed,
        "nested.indexed",
        ["Lists were signed as {0=a, 1=b} instead of [a, b].", "列表写作 {0=a, 1=b}，而不是 [a, b]。"],
        CURE,
    ),
    entry(
        Nested::PhpArray,
        "nested.php-array",
        [
            "Nested values were signed as the word Array, which PHP makes of an array in a text.",
            "嵌套值被签成了 Array，即 PHP 数组直接拼进字符串的结果。",
        ],
        CURE,
    ),
    entry(
        Nested::PhpPrintR,
        "nested.php-print-r",
        ["Nested values were signed as PHP's print_r prints them.", "嵌套值按 PHP 的 print_r 输出签名。"],
        CURE,
    ),
    entry(
        Nested::Query,
        "nested.query",
        [
            "Nested values were spread over pairs like a[b]=c, as http_build_query does.",
            "嵌套值被展开成 a[b]=c 形式的键值对，即 http_build_query 的结果。",
        ],
        CURE,
    ),
    entry(
        Nested::Dotted,
        "nested.dotted",
        ["Nested values were spread over pairs like a.b=c.", "嵌套值被展开成 a.b=c 形式的键值对。"],
        CURE,
    ),
    entry(
        Nested::Python,
        "nested.python",
        [
            "Nested values were signed as Python prints them, {'k': 'v'}.",
            "嵌套值按 Python 的输出形式 {'k': 'v'} 签名。",
        ],
        CURE,
    ),
    entry(
        Nested::JavaScript,
        "nested.javascript",
        [
            "Nested values were signed as JavaScript's String() prints them, [object Object].",
            "嵌套值按 JavaScript 的 String() 输出签名，即 [object Object]。",
        ],
        CURE,
    ),
    entry(
        Nested::Go,
        "nested.go",
        ["Nested values were signed as Go's fmt prints them, map[k:v].", "嵌套值按 Go 的 fmt 输出形式 map[k:v] 签名。"],
        CURE,
    ),
    entry(
        Nested::Ruby,
        "nested.ruby",
        [
            "Nested values were signed as Ruby prints them, {\"k\"=>\"v\"}.",
            "嵌套值按 Ruby 的输出形式 {\"k\"=>\"v\"} 签名。",
        ],
        CURE,
    ),
    entry(
        Nested::LeftOut,
        "nested.left-out",
        ["Nested values were left out of the signature.", "嵌套值没有参与签名。"],
        [
            "Sign nested objects and lists, too, printed as {k=v, k=v} and [v, v].",
            "嵌套对象和列表也要参与签名，写作 {k=v, k=v} 和 [v, v]。",
        ],
    ),
];
