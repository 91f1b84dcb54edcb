//! 7.7 第三方支付回调, POST /api/pay/outNotify.

use crate::endpoints::endpoint;
use crate::model::{Fill, Shape, Spec, choices, model};
use crate::prelude::*;

endpoint! {
    /// With payType 1: tell the platform how the buyer's payment to the distributor went. On success it charges the credit account and issues the policies.
    NotifyPayment(NotifyPaymentRequest) "notifyPayment" "7.7" Write "/api/pay/outNotify"
    "第三方支付回调" "Report a payment" => Shape::Nothing;
    if_unknown "ask getOrderDetail for its orderStatus, and report again only while it is 待支付"
    "查询 getOrderDetail 的 orderStatus；仍为“待支付”时才重新上报。"
}

choices! {
    /// How the payment stands.
    TxnStatus: Number {
        /// Under way.
        Processing = "1" "处理中",
        /// Paid.
        Succeeded = "2" "成功",
        /// Failed.
        Failed = "-1" "失败",
    }
}

model! {
    /// The parameters of `notifyPayment` (document section 7.7.2).
    NotifyPaymentRequest {
        /// The pre-order's number, from createPreOrder.
        temp_order_code: String = "tempOrderCode" "预订单号" Spec::text(32),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
        /// How the payment stands.
        txn_status: TxnStatus = "txnStatus" "交易状态" Spec::integer_choice(TxnStatus::CHOICES),
    }
}
