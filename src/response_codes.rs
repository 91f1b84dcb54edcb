//! The platform's response codes (document section 8.1.1), each with what it means and what to do.

/// One documented response code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseCode {
    /// Four digits.
    pub code: &'static str,
    /// The platform's own message (not carried into the client's wasm).
    #[cfg(feature = "std")]
    pub message: &'static str,
    /// In English, with the usual cause (not carried into the client's wasm).
    #[cfg(feature = "std")]
    pub meaning: &'static str,
    /// What to do next.
    pub remedy: &'static str,
}

/// All documented codes. Others may come.
pub const RESPONSE_CODES: &[ResponseCode] = &[
    row("0000", "成功", "Done.", "Nothing to do."),
    row(
        "0002",
        "接口请求频繁",
        "More than 400 calls in 60 seconds.",
        "Wait and send it again; the platform did nothing.",
    ),
    row(
        "1000",
        "订单不存在",
        "No such order for this member.",
        "Check tempOrderCode or orderCode and that memberId is the member who ordered; an order exists only once the buyer has bought on the returned page.",
    ),
    row(
        "1001",
        "保单未生效",
        "The policy is not in force yet.",
        "Ask again after the payment and the 投保 notification.",
    ),
    row(
        "2000",
        "接口签名错误",
        "The signature does not belong to the body.",
        "Check md5SecretKey first; then compare the signing string step by step with explain().",
    ),
    row(
        "2008",
        "请求接口不合法",
        "The call itself is not acceptable: unknown path, malformed envelope, repeated nonce or a timestamp more than 5 minutes off.",
        "Check the clock, send a fresh nonce with each call, and check the path.",
    ),
    row(
        "2009",
        "报文解密失败",
        "requestBody could not be decrypted.",
        "Check desKey; check that the base64 was not altered on the way (a + turned into a blank).",
    ),
    row(
        "3000",
        "分销产品不存在",
        "The distributor has no such product.",
        "Check productCode with getProductDetail; ask the platform to enable the product.",
    ),
    row(
        "4001",
        "订单状态不符合退保条件",
        "The order is in no state that can be surrendered.",
        "Look at orderStatus and policyStatus with getOrderDetail.",
    ),
    row(
        "5000",
        "请求接口TOKEN不合法",
        "The accessToken is not valid here.",
        "Check accessToken and the environment it was issued for (test or production).",
    ),
    row(
        "9999",
        "失败",
        "The platform failed or refused a parameter.",
        "Read the message for the parameter's name; if there is none, ask for the state before you send it again.",
    ),
];

/// The platform's own message for `code` (not in the client's wasm); empty for a code outside the document.
#[cfg(feature = "std")]
pub fn message(code: &str) -> &'static str {
    RESPONSE_CODES.iter().find(|row| row.code == code).map_or("", |row| row.message)
}

/// What to do about `code`; a general hint for a code outside the document.
pub fn remedy(code: &str) -> &'static str {
    RESPONSE_CODES.iter().find(|row| row.code == code).map_or(
        "This code is not documented; show it with its message and the time to the platform's support.",
        |row| row.remedy,
    )
}

#[cfg_attr(not(feature = "std"), expect(unused_variables, reason = "the client's wasm has the remedies alone"))]
const fn row(code: &'static str, message: &'static str, meaning: &'static str, remedy: &'static str) -> ResponseCode {
    ResponseCode {
        code,
        #[cfg(feature = "std")]
        message,
        #[cfg(feature = "std")]
        meaning,
        remedy,
    }
}
