//! 7.2 开票, POST /api/order/applyInvoice.

use crate::endpoints::endpoint;
use crate::model::{FieldRule, Shape, Spec, choices, model};
use crate::prelude::*;

endpoint! {
    /// Apply for an order's invoice; ask for it with getInvoiceUrl.
    ApplyInvoice(ApplyInvoiceRequest) "applyInvoice" "7.2" Write "/api/order/applyInvoice"
    "开票" "Apply for an invoice" => Shape::Nothing;
    if_unknown "ask getInvoiceUrl, or getOrderDetail for its invoiceStatus, and apply again only if no invoice is made or under way"
    "查询 getInvoiceUrl，或 getOrderDetail 的 invoiceStatus；没有已开或正在开的发票时才重新申请。"
}

choices! {
    /// Whom the invoice is made out to.
    InvoiceType: Number {
        /// A person.
        Person = "1" "个人",
        /// A company; taxpayerNo is then required.
        Company = "2" "公司",
    }
}

model! {
    /// The parameters of `applyInvoice` (document section 7.2.2).
    ApplyInvoiceRequest {
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
        /// The platform's order code, from the 投保 notification or getOrderDetail.
        order_code: String = "orderCode" "订单号" Spec::text(32),
        /// Whom the invoice is made out to.
        invoice_type: InvoiceType = "invoiceType" "发票类型" Spec::integer_choice(InvoiceType::CHOICES),
        /// The name on the invoice.
        invoice_title: String = "invoiceTitle" "发票抬头" Spec::text(32).personal(),
        /// The company's taxpayer number; required when invoiceType is 2.
        taxpayer_no: Option<String> = "taxpayerNo" "纳税人识别号" Spec::text(32).personal(),
    }
    rules &[FieldRule::RequiredWhen { field: "taxpayerNo", when: "invoiceType", is: "2" }]
}
