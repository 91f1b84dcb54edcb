//! 7.1 注册渠道会员, POST /api/member/register: must be called before anything else.

use crate::endpoints::endpoint;
use crate::model::{Fill, Model, Shape, Spec, model};
use crate::prelude::*;

endpoint! {
    /// Register the buyer's organisation as a member, once; every other call needs its memberId.
    RegisterMember(RegisterMemberRequest) "registerMember" "7.1" Write "/api/member/register"
    "注册渠道会员" "Register a member" => Shape::One(RegisterMemberReply::SCHEMA);
    if_unknown "register again with the same mobile: it costs nothing, and the memberId that comes back is the one to keep"
    "用同一手机号重新注册即可，保留返回的 memberId。"
}

model! {
    /// The parameters of `registerMember` (document section 7.1.2).
    RegisterMemberRequest {
        /// The distributor's code, issued by the platform.
        distr_code: String = "distrCode" "分销商编号" Spec::text(32).filled(Fill::DistrCode),
        /// The member's mobile number.
        mobile: String = "mobile" "会员手机号" Spec::text(32).personal(),
        /// The sales person's referral code, issued by the platform.
        employee_code: String = "employeeCode" "销售人员推荐码" Spec::text(32).filled(Fill::EmployeeCode),
        /// The distributor's referral code, issued by the platform.
        invitate_code: String = "invitateCode" "分销商推荐码" Spec::text(32).filled(Fill::InvitateCode),
        /// The company's name.
        company: String = "company" "公司名称" Spec::text(32).personal(),
        /// The company's province.
        province: String = "province" "省" Spec::text(32),
        /// The company's city.
        city: String = "city" "市" Spec::text(32),
        /// Whom to ask for at the company. Optional in the document; the live platform has been seen to want it.
        contact: Option<String> = "contact" "公司联系人" Spec::text(32).personal(),
        /// The company's address.
        address: String = "address" "公司地址" Spec::text(32).personal(),
    }
}

model! {
    /// What `registerMember` returns (document section 7.1.3).
    RegisterMemberReply {
        /// The member's number, which every other call wants.
        member_id: String = "memberId" "会员号" Spec::text(32),
    }
}
