//! The fields inside nested objects: their order, and which of them take part.

use crate::doctor::cause::{Entry, entry};

const NESTED_ORDER: [&str; 2] = [
    "Sort only the top level; print nested objects in the order in which their fields stand in requestBody.",
    "只对顶层字段排序；嵌套对象按其字段在 requestBody 中的顺序输出。",
];

/// In which order the names inside nested objects are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum InnerOrder {
    /// In the body's order.
    Body,
    /// Sorted.
    Sorted,
    /// In the order of Java's `HashMap`.
    HashMap,
}

/// In which order the names inside nested objects are printed.
pub(in crate::doctor) const INNER_ORDER: &[Entry<InnerOrder>] = &[
    entry(
        InnerOrder::Body,
        "nested-order.body",
        ["Nested fields keep their order.", "嵌套字段保持原有顺序。"],
        NESTED_ORDER,
    ),
    entry(
        InnerOrder::Sorted,
        "nested-order.sorted",
        ["The fields inside nested objects were sorted, too.", "嵌套对象里的字段也被排序了。"],
        NESTED_ORDER,
    ),
    entry(
        InnerOrder::HashMap,
        "nested-order.hash-map",
        [
            "The fields inside nested objects were signed in the order of Java's HashMap, and stand in another in requestBody.",
            "嵌套对象里的字段按 Java HashMap 的遍历顺序签名，与 requestBody 里的顺序不同。",
        ],
        [
            "Keep nested objects in a LinkedHashMap (fastjson: new JSONObject(true)), and make the string and the JSON of the same one.",
            "嵌套对象用 LinkedHashMap（fastjson 用 new JSONObject(true)），待签名串和 JSON 用同一个对象生成。",
        ],
    ),
];

/// What happens to empty fields inside nested objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum InnerEmpties {
    /// They print like any other.
    Kept,
    /// Null and `""` are left out.
    LeftOut,
    /// Only null is left out.
    NullLeftOut,
    /// Null prints as nothing.
    NullAsEmpty,
}

const NESTED_EMPTIES: [&str; 2] = [
    "Leave empty nested fields out of the body itself, before you sign and before you encrypt.",
    "在签名和加密之前，就从请求参数中去掉嵌套的空字段。",
];

/// What happens to empty fields inside nested objects.
pub(in crate::doctor) const INNER_EMPTIES: &[Entry<InnerEmpties>] = &[
    entry(
        InnerEmpties::Kept,
        "nested-empties.kept",
        ["Nested empty fields are signed as they stand.", "嵌套的空字段照原样签名。"],
        NESTED_EMPTIES,
    ),
    entry(
        InnerEmpties::LeftOut,
        "nested-empties.left-out",
        [
            "Empty fields inside nested objects were left out of the signature, but requestBody holds them.",
            "嵌套对象里的空字段没有参与签名，但 requestBody 里有它们。",
        ],
        NESTED_EMPTIES,
    ),
    entry(
        InnerEmpties::NullLeftOut,
        "nested-empties.null-left-out",
        [
            "Null fields inside nested objects were left out of the signature, but requestBody holds them.",
            "嵌套对象里值为 null 的字段没有参与签名，但 requestBody 里有它们。",
        ],
        NESTED_EMPTIES,
    ),
    entry(
        InnerEmpties::NullAsEmpty,
        "nested-empties.null-as-empty",
        ["Null inside nested objects was signed as an empty text.", "嵌套对象里的 null 被当作空字符串签名。"],
        NESTED_EMPTIES,
    ),
];
