//! 7.4 下预订单, POST /api/order/addTemp: the buyer is redirected to the url it returns.

use crate::endpoints::endpoint;
use crate::model::{FieldRule, Fill, Model, Shape, Spec, choices, model};
use crate::prelude::*;

endpoint! {
    /// Place a pre-order, then redirect the buyer's browser to the url it returns.
    CreatePreOrder(CreatePreOrderRequest) "createPreOrder" "7.4" Write "/api/order/addTemp"
    "下预订单" "Create a pre-order" => Shape::One(CreatePreOrderReply::SCHEMA);
    if_unknown "send the same request once more with the same outSerialNo: a url means all is well; a refusal of the outSerialNo means that the first arrived, so order with a new one (the first, whose url nobody has seen, is never bought)"
    "用相同的 outSerialNo 重发一次：返回 url 就说明一切正常；如果 outSerialNo 被拒，说明第一次已经到达，请换新的 outSerialNo 下单（第一单的 url 没有人见过，不会有人购买）。"
}

choices! {
    /// How the buyer pays.
    PayType: Number {
        /// The buyer pays the distributor, whose credit account the platform charges after notifyPayment.
        Credit = "1" "授信",
        /// The buyer pays at the platform's cashier (WeChat, Alipay).
        Cash = "2" "现金支付",
    }
}

choices! {
    /// The kind of identity document.
    CardType: Text {
        /// Resident identity card.
        ResidentId = "1" "身份证",
        /// Passport.
        Passport = "2" "护照",
        /// Exit-entry permit for Hong Kong and Macao.
        HongKongMacaoPermit = "3" "港澳通行证",
        /// Mainland travel permit for Taiwan residents.
        TaiwanPermit = "4" "台胞证",
        /// Military officer's card.
        Military = "5" "军官证",
    }
}

choices! {
    /// Gender as the identity document gives it.
    Gender: Text {
        /// Male.
        Male = "M" "男",
        /// Female.
        Female = "F" "女",
    }
}

choices! {
    /// What the insured is to the holder.
    Relation: Text {
        /// The holder in person.
        Self_ = "1" "本人",
        /// A parent.
        Parent = "2" "父母",
        /// A child.
        Child = "3" "子女",
        /// The spouse.
        Spouse = "4" "配偶",
        /// Anyone else.
        Other = "5" "其他",
    }
}

model! {
    /// The policy holder (document section 7.4.2, HolderInfoDTO). All optional: the buyer fills in the rest on the platform's page.
    HolderInfo {
        /// The holder's name.
        holder_name: Option<String> = "holderName" "投保人姓名" Spec::text(32).personal(),
        /// The kind of identity document.
        holder_card_type: Option<CardType> = "holderCardType" "投保人证件类型" Spec::text_choice(CardType::CHOICES),
        /// The document's number.
        holder_card_no: Option<String> = "holderCardNo" "投保人证件号" Spec::text(32).personal(),
        /// The date of birth, yyyy-MM-dd.
        holder_birthday: Option<String> = "holderBirthday" "投保人出生日期" Spec::date().personal(),
        /// The gender.
        holder_gender: Option<Gender> = "holderGender" "投保人性别" Spec::text_choice(Gender::CHOICES),
        /// The mobile number.
        holder_mobile: Option<String> = "holderMobile" "投保人手机号" Spec::text(32).personal(),
        /// The mail address.
        holder_email: Option<String> = "holderEmail" "投保人邮箱" Spec::text(32).personal(),
    }
}

model! {
    /// One insured person (document section 7.4.2, InsuredInfoDTO). All optional: the buyer fills in the rest on the platform's page.
    InsuredInfo {
        /// The insured's name.
        insured_name: Option<String> = "insuredName" "被保人姓名" Spec::text(32).personal(),
        /// The kind of identity document.
        insured_card_type: Option<CardType> = "insuredCardType" "被保人证件类型" Spec::text_choice(CardType::CHOICES),
        /// The document's number.
        insured_card_no: Option<String> = "insuredCardNo" "被保人证件号" Spec::text(32).personal(),
        /// The date of birth, yyyy-MM-dd.
        insured_birthday: Option<String> = "insuredBirthday" "被保人出生日期" Spec::date().personal(),
        /// The gender.
        insured_gender: Option<Gender> = "insuredGender" "被保人性别" Spec::text_choice(Gender::CHOICES),
        /// The mobile number.
        insured_mobile: Option<String> = "insuredMobile" "被保人手机号" Spec::text(32).personal(),
        /// The mail address.
        insured_email: Option<String> = "insuredEmail" "被保人邮箱" Spec::text(32).personal(),
        /// What the insured is to the holder.
        insured_relation: Option<Relation> = "insuredRelation" "与投保人关系" Spec::text_choice(Relation::CHOICES),
    }
}

model! {
    /// The parameters of `createPreOrder` (document section 7.4.2).
    CreatePreOrderRequest {
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's mobile number.
        mobile: String = "mobile" "会员手机号" Spec::text(32).personal(),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
        /// The distributor's own number of this pre-order; a new one for every pre-order.
        out_serial_no: String = "outSerialNo" "外部流水号" Spec::text(32),
        /// How the buyer pays.
        pay_type: PayType = "payType" "支付方式" Spec::integer_choice(PayType::CHOICES),
        /// The product's code, issued by the platform.
        product_code: String = "productCode" "产品编号" Spec::text(32),
        /// The product's name, from getProductDetail.
        product_name: String = "productName" "产品名称" Spec::text(32),
        /// Where the platform reports that the policies were issued, or were not.
        deliver_notify_url: String = "deliverNotifyUrl" "投保回调地址" Spec::url(512),
        /// Where the platform reports that a policy was surrendered, or was not.
        return_notify_url: String = "returnNotifyUrl" "退保回调地址" Spec::url(512),
        /// Where the platform reports that money was refunded, or was not; required when payType is 1.
        refund_notify_url: Option<String> = "refundNotifyUrl" "退款回调地址" Spec::url(512),
        /// Where the buyer's browser goes when the order is placed.
        return_page: String = "returnPage" "返回页面地址" Spec::url(512),
        /// The first day of the cover, yyyy-MM-dd.
        safeguard_start_time: Option<String> = "safeguardStartTime" "起保时间" Spec::date(),
        /// The last day of the cover, yyyy-MM-dd; not before the first.
        safeguard_end_time: Option<String> = "safeguardEndTime" "止保时间" Spec::date(),
        /// The policy holder.
        holder_info: Option<HolderInfo> = "holderInfo" "投保人信息" Spec::object::<HolderInfo>(),
        /// The insured people.
        insured_info_list: Option<Vec<InsuredInfo>> = "insuredInfoList" "被保人信息" Spec::list::<InsuredInfo>(),
    }
    rules &[
        FieldRule::RequiredWhen { field: "refundNotifyUrl", when: "payType", is: "1" },
        FieldRule::NotAfter { start: "safeguardStartTime", end: "safeguardEndTime" },
    ]
}

model! {
    /// What `createPreOrder` returns (document section 7.4.4).
    CreatePreOrderReply {
        /// Where the buyer's browser is to be redirected.
        url: String = "url" "下单地址" Spec::text(512),
        /// The platform's number of the pre-order.
        temp_order_code: String = "tempOrderCode" "预订单号" Spec::text(32),
    }
}
