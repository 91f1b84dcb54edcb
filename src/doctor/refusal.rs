//! Explains a gateway's answer on its own: what it means, and what to show with it.

use crate::doctor::cause::Lang;
use crate::prelude::*;
use crate::response_codes::{RESPONSE_CODES, ResponseCode};

/// What to show with a code whose remedy does not say everything.
const BESIDE: &[(&str, [&str; 2])] = &[
    (
        "2000",
        [
            "the envelope that was sent (requestBody and sign) with the three keys",
            "发送的报文（requestBody 和 sign）和三个密钥",
        ],
    ),
    ("2008", ["the envelope that was sent, and the time it was sent as now", "发送的报文，以及当时的时间（now）"]),
    ("2009", ["the envelope as it arrived (requestBody) with desKey", "实际发出的报文（requestBody）和 desKey"]),
    (
        "5000",
        [
            "the envelope that was sent with the accessToken that was issued, and which environment it was sent to",
            "发送的报文和平台下发的 accessToken，以及发往的环境",
        ],
    ),
    (
        "9999",
        ["the whole answer with its message, and the parameters of the call", "完整的应答（含 message）和接口参数"],
    ),
];

/// What a code means and what to show with it; nothing if the meaning says everything.
pub(super) struct Meaning {
    pub(super) says: String,
    pub(super) add: Option<String>,
}

pub(super) fn meaning(code: &str, lang: Lang) -> Meaning {
    let row = RESPONSE_CODES.iter().find(|row| row.code == code);
    let Some(ResponseCode { code, message, meaning, remedy, chinese: [meaning_zh, remedy_zh] }) = row else {
        // An undocumented code is shown only if it is four digits.
        let shown = if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) { code } else { "…" };
        let says =
            lang.of(["The code {code} is not documented.", "返回码 {code} 不在文档中。"]).replace("{code}", shown);
        let add = lang.of(["the whole answer, and the envelope that was sent", "完整的应答和发送的报文"]);
        return Meaning { says, add: Some(add.to_owned()) };
    };
    let says = match lang {
        Lang::En => format!("{code} {message}: {meaning} {remedy}"),
        Lang::Zh => format!("{code} {message}：{meaning_zh}{remedy_zh}"),
    };
    let beside = BESIDE.iter().find(|(known, _)| known == code);
    Meaning { says, add: beside.map(|(_, add)| lang.of(*add).to_owned()) }
}
