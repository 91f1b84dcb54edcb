//! The products this distributor may sell. Names and prices are made up; the codes are the ones to test with.

/// A product of an insurer.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) company: &'static str,
    pub(super) logo: &'static str,
    pub(super) plans: &'static [Plan],
    /// Whether replies name the plans' fields as the document's example does, or as its table.
    pub(super) like_example: bool,
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

pub(super) const PRODUCTS: &[Product] = &[
    Product {
        code: "200437",
        name: "旅途无忧一日游",
        company: "天安财险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("30543", "计划一", 100), plan("30544", "计划二", 350)],
        like_example: true,
    },
    Product {
        code: "100371",
        name: "境内自由行综合保险",
        company: "众安保险",
        logo: "//pic5.40017.cn/02/001/44/c5/rBLkCVqeVsiAZo45AABZNfnY37g363.jpg",
        plans: &[plan("20711", "基础版", 1250), plan("20712", "尊享版", 2880), plan("20713", "家庭版", 5000)],
        like_example: false,
    },
    Product {
        code: "200161",
        name: "畅享邮轮意外险",
        company: "众安保险",
        logo: "//pic5.40017.cn/02/001/44/c5/rBLkCVqeVsiAZo45AABZNfnY37g363.jpg",
        plans: &[plan("30161", "计划一", 3990), plan("30162", "计划二", 6800)],
        like_example: true,
    },
    Product {
        code: "200104",
        name: "国内航空意外险",
        company: "太平洋保险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("30104", "单程", 2000)],
        like_example: false,
    },
    Product {
        code: "100434",
        name: "户外运动意外险",
        company: "美亚保险",
        logo: "//pic5.40017.cn/01/001/44/c9/rBLkBlqeWpWAGQjfAAAxZv5pgK0716.png",
        plans: &[plan("20434", "徒步", 880), plan("20435", "登山滑雪", 4560)],
        like_example: false,
    },
];

/// The product of that code.
pub(super) fn product(code: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.code == code)
}

/// Yuan with two digits: `12.50`.
pub(super) fn yuan(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
