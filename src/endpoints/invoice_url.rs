//! 7.3 获取发票地址, POST /api/order/getInvoiceUrl.

use crate::endpoints::endpoint;
use crate::model::{Model, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Ask where an order's invoices can be downloaded.
    InvoiceUrl(InvoiceUrlRequest) "getInvoiceUrl" "7.3" Read "/api/order/getInvoiceUrl"
    "获取发票地址" "Get invoice addresses" => Shape::Many(InvoiceUrlReply::SCHEMA)
}

model! {
    /// The parameters of `getInvoiceUrl` (document section 7.3.2).
    InvoiceUrlRequest {
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
        /// The platform's order code, from the 投保 notification or getOrderDetail.
        order_code: String = "orderCode" "订单号" Spec::text(32),
    }
}

// 7.3.3 says a list of texts, 7.3.4 a list of objects: a bare text is read as an invoiceUrl.
model! {
    /// One invoice of `getInvoiceUrl` (document sections 7.3.3 and 7.3.4, which differ).
    InvoiceUrlReply {
        /// Where the invoice can be downloaded.
        invoice_url: String = "invoiceUrl" "发票地址" Spec::text(512),
        /// The policy it belongs to; absent where the platform sends bare addresses.
        policy_code: Option<String> = "policyCode" "保单号" Spec::text(64),
    }
    ; bare "invoiceUrl"
}
