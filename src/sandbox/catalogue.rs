//! The products this distributor may sell. Names and prices are invented; the codes are those for testing.

/// A product of an insurer.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) company: &'static str,
    pub(super) logo: &'static str,
    pub(super) plans: &'static [Plan],
    /// Whether replies name the plans' fields as in the document's example, or as in its table.
    pub(super) like_example: bool,
    /// The number of insured people from which they share one policy, as a group (团单).
    pub(super) group_from: Option<usize>,
    pub(super) invoicing: Invoicing,
}

/// How a product's invoices are made: `isInvoice` of document section 7.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Invoicing {
    /// No invoice.
    Never,
    /// One per policy, each so many milliseconds after the one before, and the first as long after the application.
    Single { every_ms: i64 },
    /// One for the order.
    Merged,
    /// Either; here one for the order.
    Both,
}

impl Invoicing {
    pub(super) fn wire(self) -> i64 {
        match self {
            Self::Never => 0,
            Self::Single { .. } => 1,
            Self::Merged => 2,
            Self::Both => 3,
        }
    }
}

/// A plan: what one insured costs.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) cents: i64,
}

const fn plan(code: &'static str, name: &'static str, cents: i64) -> Plan {
    Plan { code, name, cents }
}

pub(super) static PRODUCTS: [Product; 5] = [
    Product {
        code: "200437",
        name: "旅途无忧一日游",
        company: "天安财险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("30543", "计划一", 100), plan("30544", "计划二", 350)],
        like_example: true,
        group_from: None,
        invoicing: Invoicing::Single { every_ms: 0 },
    },
    Product {
        code: "100371",
        name: "境内自由行综合保险",
        company: "众安保险",
        logo: "//pic5.40017.cn/02/001/44/c5/rBLkCVqeVsiAZo45AABZNfnY37g363.jpg",
        plans: &[plan("20711", "基础版", 1250), plan("20712", "尊享版", 2880), plan("20713", "家庭版", 5000)],
        like_example: false,
        group_from: None,
        invoicing: Invoicing::Merged,
    },
    Product {
        code: "200161",
        name: "畅享邮轮意外险",
        company: "众安保险",
        logo: "//pic5.40017.cn/02/001/44/c5/rBLkCVqeVsiAZo45AABZNfnY37g363.jpg",
        plans: &[plan("30161", "计划一", 3990), plan("30162", "计划二", 6800)],
        like_example: true,
        group_from: None,
        invoicing: Invoicing::Both,
    },
    Product {
        code: "200104",
        name: "国内航空意外险",
        company: "太平洋保险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("30104", "单程", 2000)],
        like_example: false,
        group_from: None,
        invoicing: Invoicing::Single { every_ms: 60_000 },
    },
    Product {
        code: "100434",
        name: "户外运动意外险",
        company: "美亚保险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("20434", "徒步", 880), plan("20435", "登山滑雪", 4560)],
        like_example: false,
        group_from: Some(3),
        invoicing: Invoicing::Never,
    },
];

/// The product of that code.
pub(super) fn product(code: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.code == code)
}

/// The plan of that code; codes are never shared by products.
pub(super) fn plan_by_code(code: &str) -> Option<&'static Plan> {
    PRODUCTS.iter().flat_map(|product| product.plans).find(|plan| plan.code == code)
}

/// Yuan with two digits: `12.50`.
pub(super) fn yuan(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The reverse of [`yuan`]: reads `12`, `12.5` and `12.50`, nothing below zero.
pub(super) fn cents(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::{PRODUCTS, cents, plan_by_code, yuan};

    #[test]
    fn amounts_go_both_ways() {
        for (text, is) in [("0", 0), ("12", 1200), ("12.5", 1250), ("12.05", 1205)] {
            assert_eq!(cents(text), Some(is), "{text}");
        }
        for text in ["", "-1", "1.", ".5", "1.234", "1e3", "99999999999999999999"] {
            assert_eq!(cents(text), None, "{text}");
        }
        assert_eq!(yuan(1205), "12.05");
    }

    #[test]
    fn a_plan_code_names_one_plan() {
        for plan in PRODUCTS.iter().flat_map(|product| product.plans) {
            assert!(plan_by_code(plan.code).is_some_and(|found| core::ptr::eq(found, plan)), "{}", plan.code);
        }
    }
}
