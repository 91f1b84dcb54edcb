//! 7.11 查询订单详情, POST /api/order/getOrderDetail.

use crate::endpoints::endpoint;
use crate::model::{Fill, Model, Shape, Spec, model};
use crate::prelude::*;
use crate::types::Decimal;

endpoint! {
    /// Ask how an order stands: the truth behind every notification.
    OrderDetail(OrderDetailRequest) "getOrderDetail" "7.11" Read "/api/order/getOrderDetail"
    "查询订单详情" "Get an order's detail" => Shape::One(OrderDetailReply::SCHEMA)
}

model! {
    /// The parameters of `getOrderDetail` (document section 7.11.2).
    OrderDetailRequest {
        /// The pre-order's number, from createPreOrder.
        temp_order_code: String = "tempOrderCode" "预订单号" Spec::text(32),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}

model! {
    /// What `getOrderDetail` returns (document section 7.11.3).
    OrderDetailReply {
        /// The product's name.
        product_name: Option<String> = "productName" "产品名称" Spec::text(32),
        /// The product's code.
        product_code: Option<String> = "productCode" "产品编号" Spec::text(32),
        /// The cover's first and last day: `2021-07-14至2021-07-14`.
        safeguard_period: Option<String> = "safeguardPeriod" "保障期限" Spec::text(64),
        /// The platform's order code.
        order_code: Option<String> = "orderCode" "订单号" Spec::text(64),
        /// When the order was placed: `yyyy-MM-dd HH:mm:ss`, China time.
        create_time: Option<String> = "createTime" "订单创建时间" Spec::text(32),
        /// How the order stands, in Chinese; an open list.
        order_status: String = "orderStatus" "订单状态" Spec::status(&["待支付", "已支付", "已取消", "已退保", "部分退保", "已退款"]),
        /// How many units are insured.
        total_qty: Option<i64> = "totalQty" "投保总份数" Spec::integer(),
        /// The order's total in yuan.
        order_total_amt: Option<Decimal> = "orderTotalAmt" "订单总金额" Spec::amount(),
        /// What was taken off, in yuan.
        order_reduce_amt: Option<Decimal> = "orderReduceAmt" "订单折扣金额" Spec::amount(),
        /// The insurer's logo; may begin with `//`.
        insurance_company_logo: Option<String> = "insuranceCompanyLogo" "保司logo" Spec::text(256),
        /// The insurer's name.
        company_name: Option<String> = "companyName" "保司名称" Spec::text(256),
        /// The beneficiary: `法定受益人`.
        benefit_type: Option<String> = "benefitType" "受益人" Spec::text(64),
        /// 1 for a group order, 0 otherwise.
        is_group: Option<i64> = "isGroup" "是否团单" Spec::integer(),
        /// 1 where an enterprise is the holder, 0 otherwise.
        is_enterprise: Option<i64> = "isEnterprise" "是否是企业投保" Spec::integer(),
        /// The enterprise's name.
        enterprise_name: Option<String> = "enterpriseName" "企业投保人名称" Spec::text(32).personal(),
        /// The enterprise's kind of document, in Chinese.
        enterprise_cred_type: Option<String> = "enterpriseCredType" "企业证件类型" Spec::text(64),
        /// The enterprise's document number.
        enterprise_cred_no: Option<String> = "enterpriseCredNo" "企业证件号" Spec::text(32).personal(),
        /// The enterprise's phone number.
        enterprise_phone: Option<String> = "enterprisePhone" "企业手机号" Spec::text(32).personal(),
        /// The enterprise's mail address.
        enterprise_email: Option<String> = "enterpriseEmail" "企业邮箱" Spec::text(32).personal(),
        /// The holder's name.
        holder_name: Option<String> = "holderName" "投保人名称" Spec::text(32).personal(),
        /// The holder's kind of document, in Chinese.
        holder_cred_type: Option<String> = "holderCredType" "投保人证件类型" Spec::text(32),
        /// The holder's document number.
        holder_cred_no: Option<String> = "holderCredNo" "投保人证件号" Spec::text(32).personal(),
        /// The holder's date of birth.
        holder_birthday: Option<String> = "holderBirthday" "投保人生日" Spec::text(32).personal(),
        /// The holder's phone number.
        holder_phone: Option<String> = "holderPhone" "投保人手机号" Spec::text(32).personal(),
        /// The holder's mail address.
        holder_email: Option<String> = "holderEmail" "投保人邮箱" Spec::text(32).personal(),
        /// The holder's gender, in Chinese.
        holder_gender: Option<String> = "holderGender" "投保人性别" Spec::status(&["男", "女"]),
        /// Which electronic invoices can be had: 0 none, 1 single, 2 merged, 3 both.
        is_invoice: Option<i64> = "isInvoice" "是否支持电子发票" Spec::integer(),
        /// How invoicing stands: 0 not yet, 1 done, 2 failed, 3 under way, 4 in part.
        invoice_status: Option<i64> = "invoiceStatus" "开票状态" Spec::integer(),
        /// The insured people and their policies.
        insured_info_list: Vec<OrderInsured> = "insuredInfoList" "被保人保单信息" Spec::list::<OrderInsured>(),
    }
}

model! {
    /// One insured person of an order (document section 7.11.3, insuredInfoList).
    OrderInsured {
        /// The insured's name.
        insured_name: Option<String> = "insuredName" "被保人姓名" Spec::text(32).personal(),
        /// The kind of document, in Chinese.
        insured_card_type: Option<String> = "insuredCardType" "被保人证件类型" Spec::status(&["身份证", "护照", "港澳通行证", "台胞证", "军官证"]),
        /// The document's number, masked.
        insured_card_no: Option<String> = "insuredCardNo" "被保人证件号" Spec::text(32).personal(),
        /// The date of birth.
        insured_birthday: Option<String> = "insuredBirthday" "被保人出生日期" Spec::text(32).personal(),
        /// The gender, in Chinese.
        insured_gender: Option<String> = "insuredGender" "被保人性别" Spec::status(&["男", "女"]),
        /// The premium in yuan.
        insured_fee: Option<Decimal> = "insuredFee" "保费" Spec::amount(),
        /// The mobile number.
        insured_mobile: Option<String> = "insuredMobile" "被保人手机号" Spec::text(32).personal(),
        /// How the policy stands, in Chinese; an open list.
        policy_status: Option<String> = "policyStatus" "保单状态" Spec::status(&["未投保", "已承保", "已退保"]),
        /// The policy's code, once issued.
        policy_code: Option<String> = "policyCode" "保单号" Spec::text(64),
        /// Where the policy can be downloaded.
        policy_url: Option<String> = "policyUrl" "保单地址" Spec::text(256),
        /// Where the insurance certificate can be downloaded.
        certificate_url: Option<String> = "certificateUrl" "保单凭证地址" Spec::text(256),
        /// Where the invoice can be downloaded.
        invoice_url: Option<String> = "invoiceUrl" "发票地址" Spec::text(256),
    }
}
