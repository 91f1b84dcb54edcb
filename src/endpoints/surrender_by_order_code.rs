//! 7.10 根据订单号退保, POST /api/policy/surrenderByOrderCode.

use crate::endpoints::endpoint;
use crate::model::{Fill, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Surrender all policies of an order; the outcome comes to returnNotifyUrl.
    SurrenderByOrderCode(SurrenderByOrderCodeRequest) "surrenderByOrderCode" "7.10" Write "/api/policy/surrenderByOrderCode"
    "根据订单号退保" "Surrender by order code" => Shape::Nothing;
    if_unknown "ask getOrderDetail for its orderStatus and each policyStatus, and surrender again only while policies are in force"
    "查询 getOrderDetail 的 orderStatus 与各 policyStatus；仍有有效保单时才重新退保。"
}

model! {
    /// The parameters of `surrenderByOrderCode` (document section 7.10.2).
    SurrenderByOrderCodeRequest {
        /// The platform's order code (not the pre-order's), from the 投保 notification or getOrderDetail.
        order_code: String = "orderCode" "订单号" Spec::text(64),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}
