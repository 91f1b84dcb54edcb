//! 7.8 获取订单列表, POST /api/order/getOrderListUrl.

use crate::endpoints::endpoint;
use crate::model::{Fill, Model, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Ask for the address of the member's order list, a page of the platform where orders can be surrendered and invoiced: hand it to that member alone.
    OrderListUrl(OrderListUrlRequest) "getOrderListUrl" "7.8" Read "/api/order/getOrderListUrl"
    "获取订单列表" "Get the order list's address" => Shape::One(OrderListUrlReply::SCHEMA)
}

model! {
    /// The parameters of `getOrderListUrl` (document section 7.8.2).
    OrderListUrlRequest {
        /// The member's mobile number.
        account: String = "account" "账号" Spec::text(32).personal(),
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's number, from registerMember.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}

model! {
    /// What `getOrderListUrl` returns (document section 7.8.4).
    OrderListUrlReply {
        /// The page's address.
        order_list_url: String = "orderListUrl" "查询订单地址" Spec::text(512),
    }
}
