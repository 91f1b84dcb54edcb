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
    /// What to do next, in English.
    pub remedy: &'static str,
    /// The meaning and what to do next, in Chinese (not carried into the client's wasm).
    #[cfg(feature = "std")]
    pub chinese: [&'static str; 2],
}

/// All documented codes. Others may come.
pub const RESPONSE_CODES: &[ResponseCode] = &[
    row("0000", "成功", ["Done.", "成功。"], ["Nothing to do.", "无需处理。"]),
    row(
        "0002",
        "接口请求频繁",
        ["More than 400 calls in 60 seconds.", "60 秒内超过 400 次调用。"],
        ["Wait and send it again; the platform did nothing.", "稍后重发；平台未做任何处理。"],
    ),
    row(
        "1000",
        "订单不存在",
        ["No such order for this member.", "该会员没有这个订单。"],
        [
            "Check tempOrderCode or orderCode and that memberId is the member who ordered; an order exists only once the buyer has bought on the returned page.",
            "核对 tempOrderCode 或 orderCode，以及 memberId 是否为下单会员；买家在返回的页面投保之后才有订单。",
        ],
    ),
    row(
        "1001",
        "保单未生效",
        ["The policy is not in force yet.", "保单尚未生效。"],
        ["Ask again after the payment and the 投保 notification.", "支付并收到投保通知后再查。"],
    ),
    row(
        "2000",
        "接口签名错误",
        ["The signature does not belong to the body.", "签名与请求内容不符。"],
        [
            "Check md5SecretKey first; then compare the signing string step by step with explain().",
            "先核对 md5SecretKey，再用 explain() 逐步比较待签名串。",
        ],
    ),
    row(
        "2008",
        "请求接口不合法",
        [
            "The call itself is not acceptable: unknown path, malformed envelope, repeated nonce or a timestamp more than 5 minutes off.",
            "请求本身不被接受：路径不存在、报文格式不对、nonce 重复，或时间戳相差超过 5 分钟。",
        ],
        [
            "Check the clock, send a fresh nonce with each call, and check the path.",
            "核对时钟与路径，每次调用使用新的 nonce。",
        ],
    ),
    row(
        "2009",
        "报文解密失败",
        ["requestBody could not be decrypted.", "requestBody 无法解密。"],
        [
            "Check desKey; check that the base64 was not altered on the way (a + turned into a blank).",
            "核对 desKey；并确认 base64 在途中没有被改动（例如 + 变成空格）。",
        ],
    ),
    row(
        "3000",
        "分销产品不存在",
        ["The distributor has no such product.", "分销商没有这个产品。"],
        [
            "Check productCode with getProductDetail; ask the platform to enable the product.",
            "用 getProductDetail 核对 productCode；请平台开通该产品。",
        ],
    ),
    row(
        "4001",
        "订单状态不符合退保条件",
        ["The order is in no state that can be surrendered.", "订单当前状态不能退保。"],
        [
            "Look at orderStatus and policyStatus with getOrderDetail.",
            "用 getOrderDetail 查看 orderStatus 与 policyStatus。",
        ],
    ),
    row(
        "5000",
        "请求接口TOKEN不合法",
        ["The accessToken is not valid here.", "accessToken 在此无效。"],
        [
            "Check accessToken and the environment it was issued for (test or production).",
            "核对 accessToken 及其所属环境（测试或生产）。",
        ],
    ),
    row(
        "9999",
        "失败",
        ["The platform failed or refused a parameter.", "平台处理失败，或拒绝了某个参数。"],
        [
            "Read the message for the parameter's name; if there is none, ask for the state before you send it again.",
            "看返回消息里有没有参数名；没有的话，先查询状态再决定是否重发。",
        ],
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
const fn row(
    code: &'static str,
    message: &'static str,
    [meaning, meaning_zh]: [&'static str; 2],
    [remedy, remedy_zh]: [&'static str; 2],
) -> ResponseCode {
    ResponseCode {
        code,
        #[cfg(feature = "std")]
        message,
        #[cfg(feature = "std")]
        meaning,
        remedy,
        #[cfg(feature = "std")]
        chinese: [meaning_zh, remedy_zh],
    }
}
