//! 7.6 获取保单地址, POST /api/policy/getPolicyUrl.

use crate::endpoints::endpoint;
use crate::model::{Fill, Model, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Ask where an order's policies can be downloaded.
    PolicyUrl(PolicyUrlRequest) "getPolicyUrl" "7.6" Read "/api/policy/getPolicyUrl"
    "获取保单地址" "Get policy addresses" => Shape::One(PolicyUrlReply::SCHEMA)
}

model! {
    /// The parameters of `getPolicyUrl` (document section 7.6.2).
    PolicyUrlRequest {
        /// The pre-order's number, from createPreOrder.
        temp_order_code: String = "tempOrderCode" "预订单号" Spec::text(32),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}

model! {
    /// What `getPolicyUrl` returns (document section 7.6.4).
    PolicyUrlReply {
        /// The pre-order's number.
        temp_order_code: Option<String> = "tempOrderCode" "预订单号" Spec::text(32),
        /// The platform's order code.
        order_code: Option<String> = "orderCode" "订单号" Spec::text(64),
        /// `"1"` for a group order, `"0"` otherwise.
        is_group: Option<String> = "isGroup" "是否是团单" Spec::text(32),
        /// The insurer's name.
        company_name: Option<String> = "companyName" "保司名称" Spec::text(256),
        /// The policies.
        policy_detail_list: Vec<PolicyDetail> = "policyDetailList" "保单详情" Spec::list::<PolicyDetail>(),
    }
}

model! {
    /// One policy of `getPolicyUrl` (document section 7.6.4).
    PolicyDetail {
        /// The insured's name.
        insured_name: Option<String> = "insuredName" "被保人名称" Spec::text(32).personal(),
        /// The policy's code.
        policy_code: String = "policyCode" "保单号" Spec::text(64),
        /// Where the policy can be downloaded.
        policy_url: Option<String> = "policyUrl" "保单文件地址" Spec::text(256),
        /// Where the insurance certificate can be downloaded.
        certificate_url: Option<String> = "certificateUrl" "保险凭证地址" Spec::text(256),
    }
}
