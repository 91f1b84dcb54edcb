//! 7.5 获取产品, POST /api/product/getDistrProductDetail.

use crate::endpoints::endpoint;
use crate::model::{Model, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Ask for a product and its plans.
    ProductDetail(ProductDetailRequest) "getProductDetail" "7.5" Read "/api/product/getDistrProductDetail"
    "获取产品" "Get a product" => Shape::One(ProductDetailReply::SCHEMA)
}

model! {
    /// The parameters of `getProductDetail` (document section 7.5.2).
    ProductDetailRequest {
        /// The product's code, issued by the platform.
        product_code: String = "productCode" "产品编号" Spec::text(32),
        /// One plan's code, issued by the platform; without it all plans come.
        plan_code: Option<String> = "planCode" "计划编号" Spec::text(32),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}

model! {
    /// What `getProductDetail` returns (document section 7.5.4).
    ProductDetailReply {
        /// The product's code.
        product_code: String = "productCode" "产品编号" Spec::text(32),
        /// The product's name, which createPreOrder wants.
        product_name: String = "productName" "产品名称" Spec::text(32),
        /// The insurer's logo; may begin with `//`.
        insurance_company_logo: Option<String> = "insuranceCompanyLogo" "保司logo" Spec::text(256),
        /// The product's plans.
        plans: Vec<ProductPlan> = "plans" "产品计划" Spec::list::<ProductPlan>(),
    }
}

// The section's table and its example name these three fields differently.
model! {
    /// One plan of a product (document section 7.5.4).
    ProductPlan {
        /// The plan's code (`safeguardPlanCode` in the document's example).
        plan_code: String = "planCode" "计划编号" Spec::text(32).or("safeguardPlanCode"),
        /// The plan's name (`safeguardPlanName` in the document's example).
        plan_name: Option<String> = "planName" "计划名称" Spec::text(256).or("safeguardPlanName"),
        /// The lowest price in yuan (`defaultMinPrice` in the document's example).
        min_price: Option<crate::types::Decimal> = "minPrice" "最低价格" Spec::amount().or("defaultMinPrice"),
    }
}
