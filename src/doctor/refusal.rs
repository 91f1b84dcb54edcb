//! A gateway's answer by itself: what it means, and what to show beside it.

use crate::doctor::cause::Lang;
use crate::prelude::*;
use crate::response_codes::{RESPONSE_CODES, ResponseCode};

/// The meaning in Chinese, and what to show beside it in both; a code whose remedy says all needs nothing.
const BESIDE: &[(&str, &str, [&str; 2])] = &[
    ("0000", "成功，没有什么要查的。", ["", ""]),
    ("0002", "60 秒内调用超过 400 次；稍等再发，平台没有处理这次请求。", ["", ""]),
    ("1000", "该会员没有这个订单：核对 tempOrderCode 或 orderCode，以及 memberId 是否是下单的会员。", ["", ""]),
    ("1001", "保单还没有生效：等支付完成并收到投保通知后再查。", ["", ""]),
    (
        "2000",
        "签名与请求参数不符。先核对 md5SecretKey，再用 aigobo explain（程序中为 explain()）逐步比较待签名串。",
        [
            "the envelope that was sent (requestBody and sign) with the three keys",
            "发送的报文（requestBody 和 sign）和三个密钥",
        ],
    ),
    (
        "2008",
        "请求本身不被接受：路径不存在、报文格式不对、nonce 重复，或时间戳相差超过 5 分钟。核对时钟和路径，每次调用使用新的 nonce。",
        ["the envelope that was sent, and the time it was sent as now", "发送的报文，以及当时的时间（now）"],
    ),
    (
        "2009",
        "requestBody 无法解密。核对 desKey，并确认 base64 在途中没有被改动（例如 + 变成空格）。",
        ["the envelope as it arrived (requestBody) with desKey", "实际发出的报文（requestBody）和 desKey"],
    ),
    ("3000", "分销商没有这个产品：用 getProductDetail 核对 productCode，请平台开通。", ["", ""]),
    ("4001", "订单当前状态不能退保：用 getOrderDetail 查看 orderStatus 和 policyStatus。", ["", ""]),
    (
        "5000",
        "accessToken 在这里无效。核对 accessToken 及其所属环境（测试或生产）。",
        [
            "the envelope that was sent with the accessToken that was issued, and which environment it was sent to",
            "发送的报文和平台下发的 accessToken，以及发往的环境",
        ],
    ),
    (
        "9999",
        "平台处理失败，或某个参数不被接受。看应答的 message 里有没有参数名；没有的话，先查询状态再决定是否重发。",
        ["the whole answer with its message, and the parameters of the call", "完整的应答（含 message）和接口参数"],
    ),
];

/// What a code means, and what to show beside it; nothing where the meaning says all.
pub(super) struct Meaning {
    pub(super) says: String,
    pub(super) add: Option<String>,
}

pub(super) fn meaning(code: &str, lang: Lang) -> Meaning {
    let row = RESPONSE_CODES.iter().find(|row| row.code == code);
    let beside = BESIDE.iter().find(|(known, ..)| *known == code);
    let (Some(ResponseCode { code, message, meaning, remedy }), Some((_, zh, add))) = (row, beside) else {
        // Four digits at most are shown of what is not documented.
        let shown = if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) { code } else { "…" };
        let says =
            lang.of(["The code {code} is not documented.", "返回码 {code} 不在文档中。"]).replace("{code}", shown);
        let add = lang.of(["the whole answer, and the envelope that was sent", "完整的应答和发送的报文"]);
        return Meaning { says, add: Some(add.to_owned()) };
    };
    let says = match lang {
        Lang::En => format!("{code} {message}: {meaning} {remedy}"),
        Lang::Zh => format!("{code} {message}：{zh}"),
    };
    Meaning { says, add: Some(lang.of(*add).to_owned()).filter(|add| !add.is_empty()) }
}
