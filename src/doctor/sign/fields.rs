//! Which fields take part in the signature, and in which order.

use core::cmp::Ordering;

use crate::doctor::cause::{Entry, entry};
use crate::value::Value;

/// Which empty fields take part, and how they print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) struct Empties {
    /// How a null prints; `None` leaves it out.
    pub null: Option<&'static str>,
    /// Whether `""` takes part.
    pub text: bool,
    /// Whether `[]` and `{}` take part.
    pub collections: bool,
    /// Whether `0` and `false` take part: a program that tests values for truth leaves them out.
    pub falsy: bool,
}

const LEFT_OUT: Empties = Empties { null: None, text: false, collections: false, falsy: true };

impl Empties {
    /// What an empty field prints as; `Err` if it does not take part.
    pub(super) fn of(self, value: &Value) -> Result<Option<&'static str>, ()> {
        let part = |takes: bool| if takes { Ok(None) } else { Err(()) };
        match value {
            Value::Null => self.null.map(Some).ok_or(()),
            Value::Text(text) if text.is_empty() => part(self.text),
            Value::List(items) if items.is_empty() => part(self.collections),
            Value::Map(map) if map.is_empty() => part(self.collections),
            Value::Bool(false) => part(self.falsy),
            Value::Number(literal) if literal.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) => {
                part(self.falsy)
            }
            _ => Ok(None),
        }
    }
}

const LEAVE_OUT: [&str; 2] = [
    "Leave out absent, null, \"\", [] and {} before you sort and join; 0 and false take part.",
    "排序拼接之前去掉空字段：缺失、null、\"\"、[] 和 {}；0 和 false 要参与签名。",
];

/// Which empty fields take part.
pub(in crate::doctor) const EMPTIES: &[Entry<Empties>] = &[
    entry(LEFT_OUT, "empties.left-out", ["Empty fields take no part.", "空字段不参与签名。"], LEAVE_OUT),
    entry(
        Empties { null: Some("null"), ..LEFT_OUT },
        "empties.null",
        ["Null fields were signed as the word null.", "值为 null 的字段被当作文字 null 参与了签名。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some(""), ..LEFT_OUT },
        "empties.null-as-empty",
        ["Null fields were signed with an empty value.", "值为 null 的字段被当作空值参与了签名。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { text: true, ..LEFT_OUT },
        "empties.text",
        ["Fields that hold an empty text were signed.", "值为空字符串的字段参与了签名。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { collections: true, ..LEFT_OUT },
        "empties.collections",
        ["Fields that hold an empty list or object were signed.", "值为空列表或空对象的字段参与了签名。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { text: true, collections: true, ..LEFT_OUT },
        "empties.all-but-null",
        ["All empty fields but null were signed.", "除 null 以外的空字段都参与了签名。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some("null"), text: true, collections: true, falsy: true },
        "empties.all",
        ["All empty fields were signed, null as the word.", "所有空字段都参与了签名，null 写作文字 null。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some(""), text: true, collections: true, falsy: true },
        "empties.all-as-empty",
        ["All empty fields were signed, null with an empty value.", "所有空字段都参与了签名，null 写作空值。"],
        LEAVE_OUT,
    ),
    entry(
        Empties { falsy: false, ..LEFT_OUT },
        "empties.zero",
        [
            "Fields that hold 0 or false were left out as if they were empty.",
            "值为 0 或 false 的字段被当作空字段去掉了。",
        ],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some("None"), ..LEFT_OUT },
        "empties.none",
        [
            "Null fields were signed as None, Python's word for null.",
            "值为 null 的字段被签成了 None，即 Python 的空值。",
        ],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some("None"), text: true, collections: true, falsy: true },
        "empties.all-none",
        [
            "All empty fields were signed, null as None, Python's word for it.",
            "所有空字段都参与了签名，null 写作 None，即 Python 的空值。",
        ],
        LEAVE_OUT,
    ),
    entry(
        Empties { null: Some("<nil>"), ..LEFT_OUT },
        "empties.nil",
        [
            "Null fields were signed as <nil>, as Go's fmt prints them.",
            "值为 null 的字段被签成了 <nil>，即 Go 的 fmt 输出。",
        ],
        LEAVE_OUT,
    ),
];

/// How the fields are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doctor) enum Order {
    /// By UTF-16 unit: ASCII order for ASCII names.
    Java,
    /// In the body's order.
    Body,
    /// Ignoring case, as dictionaries and databases sort.
    CaseBlind,
    /// From z to a.
    Descending,
    /// By the printed pairs, so that `=` takes part.
    Pairs,
    /// By length first.
    Length,
    /// In the order of Java's `HashMap`.
    HashMap,
}

impl Order {
    /// Compares two names; `None` leaves the body's order.
    pub(in crate::doctor) fn compare(self, a: &str, b: &str) -> Ordering {
        let java = |a: &str, b: &str| a.encode_utf16().cmp(b.encode_utf16());
        match self {
            Self::Java | Self::Pairs => java(a, b),
            // The order of a HashMap depends on its size: see `bucket`.
            Self::Body | Self::HashMap => Ordering::Equal,
            Self::CaseBlind => java(&a.to_lowercase(), &b.to_lowercase()).then_with(|| java(b, a)),
            Self::Descending => java(b, a),
            Self::Length => a.len().cmp(&b.len()).then_with(|| java(a, b)),
        }
    }
}

const SORT: [&str; 2] = [
    "Sort the top-level names by ASCII code, capitals before small letters (Java's TreeMap, PHP's ksort with SORT_STRING, JavaScript's sort() without a comparison).",
    "顶层字段名按 ASCII 码升序排列，大写字母在小写字母之前（Java 的 TreeMap、PHP 的 ksort(SORT_STRING)、JavaScript 不带比较函数的 sort()）。",
];

/// How the fields are sorted.
pub(in crate::doctor) const ORDER: &[Entry<Order>] = &[
    entry(Order::Java, "order.ascii", ["Sorted by ASCII code.", "按 ASCII 码排序。"], SORT),
    entry(
        Order::Body,
        "order.unsorted",
        ["The fields were not sorted but joined as they stand in the body.", "字段没有排序，按请求参数中的顺序拼接。"],
        SORT,
    ),
    entry(
        Order::CaseBlind,
        "order.case-insensitive",
        [
            "The fields were sorted without regard to capitals (a locale's or a case-insensitive order).",
            "字段排序时没有区分大小写（按语言习惯或不区分大小写的顺序）。",
        ],
        SORT,
    ),
    entry(Order::Descending, "order.descending", ["The fields were sorted from z to a.", "字段按降序排列。"], SORT),
    entry(
        Order::Pairs,
        "order.pairs",
        [
            "The finished pairs name=value were sorted instead of the names.",
            "排序的是拼好的 name=value，而不是字段名。",
        ],
        SORT,
    ),
    entry(
        Order::Length,
        "order.length",
        ["The fields were sorted by the length of their names.", "字段按名称长度排序。"],
        SORT,
    ),
    entry(
        Order::HashMap,
        "order.hash-map",
        [
            "The fields were not sorted but joined in the order of Java's HashMap.",
            "字段没有排序，按 Java HashMap 的遍历顺序拼接。",
        ],
        SORT,
    ),
];

/// The bucket in which Java's `HashMap` of this size holds a name. The map is iterated in the order of buckets, and
/// within a bucket in the order of insertion.
pub(super) fn bucket(name: &str, entries: usize) -> u32 {
    let hash = name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
    let mut places = 16_u32;
    while u64::from(places) * 3 / 4 < entries as u64 && places < 1 << 30 {
        places *= 2;
    }
    (hash ^ (hash >> 16)) & (places - 1)
}
