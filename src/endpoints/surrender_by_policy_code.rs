//! 7.9 根据保单号退保, POST /api/policy/surrenderByPolicyCode.

use crate::endpoints::endpoint;
use crate::model::{Fill, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Surrender single policies of an order; the outcome comes to returnNotifyUrl.
    SurrenderByPolicyCode(SurrenderByPolicyCodeRequest) "surrenderByPolicyCode" "7.9" Write "/api/policy/surrenderByPolicyCode"
    "根据保单号退保" "Surrender by policy code" => Shape::Nothing;
    if_unknown "ask getOrderDetail for each policyStatus, and surrender again only the policies that are still in force"
    "查询 getOrderDetail 中各 policyStatus；只对仍有效的保单重新退保。"
}

model! {
    /// The parameters of `surrenderByPolicyCode` (document section 7.9.2).
    SurrenderByPolicyCodeRequest {
        /// The policies' codes; at least one.
        policy_codes: Vec<String> = "policyCodes" "保单号" Spec::texts(64),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}
