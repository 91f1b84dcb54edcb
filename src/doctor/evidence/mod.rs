//! Recognises what somebody pasted and takes it apart.

mod envelopes;
mod text;

use crate::doctor::cause::Lang;
use crate::prelude::*;
use crate::response_codes::RESPONSE_CODES;
use crate::value::{Map, Value};
pub use envelopes::envelopes;
use text::{begins_as_json, begins_with_name, is_base64, is_joined, loose, named_sign, objects, query, wrapped};

/// Anything somebody may have at hand; all parts are optional.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Pasted text of any kind; the kind is recognised.
    pub text: Option<String>,
    /// The message that was sent.
    pub envelope: Option<Value>,
    /// The parameters before they were encrypted.
    pub body: Option<Value>,
    /// An envelope's sign.
    pub sign: Option<String>,
    /// An envelope's requestBody.
    pub request_body: Option<String>,
    /// What another program hashed, with or without the secret.
    pub signing_string: Option<String>,
    /// What the gateway answered.
    pub refusal: Option<Value>,
}

/// The evidence in its parts.
#[derive(Debug, Default)]
pub(in crate::doctor) struct Parts {
    pub(in crate::doctor) envelope: Option<Map>,
    pub(in crate::doctor) body: Option<Map>,
    pub(in crate::doctor) body_text: Option<String>,
    pub(in crate::doctor) sign: Option<String>,
    pub(in crate::doctor) request_body: Option<String>,
    pub(in crate::doctor) signing_string: Option<String>,
    pub(in crate::doctor) refusal: Option<String>,
    /// How many other envelopes there are besides the one being examined.
    pub(in crate::doctor) others: usize,
    /// Whether something pasted could not be recognised.
    pub(in crate::doctor) unread: bool,
    /// Whether the envelope begins like JSON but is not JSON.
    pub(in crate::doctor) broken: bool,
    /// What the evidence was recognised as.
    pub(in crate::doctor) seen: Vec<[&'static str; 2]>,
}

/// What an envelope consists of.
pub(in crate::doctor) const ENVELOPE_FIELDS: [&str; 7] =
    ["accessToken", "ip", "nonce", "requestBody", "sign", "timestamp", "version"];

impl Evidence {
    /// Reads `{ text, envelope, body, sign, requestBody, signingString, refusal }`. An envelope or an answer given in
    /// place of this object is recognised, and so is an error that reports an answer.
    ///
    /// # Errors
    /// [`crate::Error::Config`] names a field that is not one of these, or that is not a text where it must be.
    pub fn from_map(map: &Map) -> Result<Self, crate::Error> {
        let mut evidence = Self::default();
        let has = |name: &str| map.get(name).is_some();
        let is_error = has("gatewayCode");
        if !is_error && (has("accessToken") || has("nonce") || has("timestamp")) {
            evidence.envelope = Some(Value::Map(map.clone()));
            return Ok(evidence);
        }
        if is_error || has("code") && has("message") {
            evidence.refusal = Some(Value::Map(map.clone()));
            return Ok(evidence);
        }
        for (name, value) in map.iter() {
            let text = || match value {
                Value::Text(text) => Ok(Some(text.clone())),
                Value::Null => Ok(None),
                other => {
                    Err(crate::Error::config(format!("evidence.{name}"), format!("must be text, not {}", other.kind())))
                }
            };
            let any = || match value {
                Value::Null => Ok(None),
                Value::Text(_) | Value::Map(_) => Ok(Some(value.clone())),
                // The gateway's code, given as a number.
                Value::Number(_) if name == "refusal" => Ok(Some(value.clone())),
                other => Err(crate::Error::config(
                    format!("evidence.{name}"),
                    format!("must be text or an object, not {}", other.kind()),
                )),
            };
            match name {
                "text" => evidence.text = text()?,
                "sign" => evidence.sign = text()?,
                "requestBody" => evidence.request_body = text()?,
                "signingString" => evidence.signing_string = text()?,
                "envelope" => evidence.envelope = any()?,
                "body" => evidence.body = any()?,
                "refusal" => evidence.refusal = any()?,
                _ => {
                    return Err(crate::Error::config(
                        format!("evidence.{name}"),
                        "is none of text, envelope, body, sign, requestBody, signingString, refusal",
                    ));
                }
            }
        }
        Ok(evidence)
    }
}

/// Takes evidence apart.
pub(in crate::doctor) fn parts(evidence: &Evidence) -> Parts {
    let mut parts = Parts::default();
    if let Some(text) = &evidence.text {
        parts.read(text);
    }
    match &evidence.envelope {
        Some(Value::Map(map)) => parts.take_envelope(map.clone(), ["an envelope", "一个报文"]),
        Some(Value::Text(text)) => parts.read(text),
        _ => {}
    }
    match &evidence.body {
        Some(Value::Map(map)) => parts.take_body(map.clone(), None),
        Some(Value::Text(text)) => match Map::parse(text.trim_start_matches('\u{feff}')) {
            Ok(map) => parts.take_body(map, Some(text.clone())),
            Err(_) => parts.seen.push(["a body that is no JSON object", "请求参数，但不是 JSON 对象"]),
        },
        _ => {}
    }
    if let Some(sign) = &evidence.sign {
        parts.sign = Some(sign.trim().to_owned());
        parts.seen.push(["a sign", "一个 sign"]);
    }
    if let Some(request_body) = &evidence.request_body {
        parts.request_body = Some(request_body.clone());
        parts.seen.push(["a requestBody", "一个 requestBody"]);
    }
    if let Some(text) = &evidence.signing_string {
        parts.take_signing_string(text);
    }
    match &evidence.refusal {
        Some(Value::Map(map)) => parts.take_refusal(map),
        Some(Value::Text(text) | Value::Number(text)) => parts.read(text),
        _ => {}
    }
    parts
}

impl Parts {
    fn take_envelope(&mut self, map: Map, seen: [&'static str; 2]) {
        self.seen.push(seen);
        let text = |name: &str| map.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
        if self.envelope.take_if(|before| *before != map).is_some() {
            // Parts of one envelope must not be taken for the other's.
            (self.sign, self.request_body) = (None, None);
            self.others += 1;
        }
        self.sign = text("sign").map(|sign| sign.trim().to_owned()).or(self.sign.take());
        self.request_body = text("requestBody").or(self.request_body.take());
        self.envelope = Some(map);
    }

    fn take_body(&mut self, map: Map, text: Option<String>) {
        self.seen.push(["the parameters of a call", "接口参数"]);
        self.body = Some(map);
        self.body_text = text;
    }

    fn take_signing_string(&mut self, text: &str) {
        self.seen.push(["a signing string", "一个待签名串"]);
        self.signing_string = Some(text.trim_matches(['\r', '\n']).to_owned());
    }

    fn take_refusal(&mut self, map: &Map) {
        // An error of this package holds the gateway's code besides its own.
        if let Some(code) = map.get("gatewayCode").or_else(|| map.get("code")).and_then(Value::as_scalar) {
            self.seen.push(["a gateway's answer", "网关的应答"]);
            // A number loses leading zeros: 0002 becomes 2.
            self.refusal = Some(format!("{code:0>4}"));
        }
    }

    fn take_map(&mut self, map: Map, text: &str, alone: bool, depth: usize) {
        let has = |name: &str| map.get(name).is_some();
        let near = map.iter().filter(|(name, _)| ENVELOPE_FIELDS.iter().any(|field| same_name(field, name))).count();
        if has("requestBody") || near >= 4 || has("sign") && has("timestamp") {
            self.take_envelope(
                map,
                if alone {
                    ["an envelope", "一个报文"]
                } else {
                    ["an envelope inside a longer text", "文本中的一个报文"]
                },
            );
        } else if has("code") && (has("message") || has("data") || has("msg")) {
            self.take_refusal(&map);
        } else if let Some(inner) = wrapped(&map) {
            self.take_text(&inner, depth + 1);
        } else if self.envelope.is_none() && !map.is_empty() {
            self.take_body(map, Some(text.to_owned()));
        }
    }

    fn read(&mut self, pasted: &str) {
        let before = self.seen.len();
        self.take_text(pasted, 0);
        self.unread |= self.seen.len() == before && !pasted.trim().is_empty();
    }

    /// Takes something pasted; `depth` counts the layers unwrapped so far.
    fn take_text(&mut self, pasted: &str, depth: usize) {
        let text = pasted.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() || depth > 3 {
            return;
        }
        match Value::parse(text) {
            Ok(Value::Map(map)) => return self.take_map(map, text, true, depth),
            Ok(Value::Text(inner)) => return self.take_text(&inner, depth + 1),
            Ok(Value::List(items)) => {
                return items.into_iter().for_each(|item| match item {
                    Value::Map(map) => self.take_map(map, "", false, depth),
                    Value::Text(inner) => self.take_text(&inner, depth + 1),
                    _ => {}
                });
            }
            Ok(Value::Number(code)) if code.len() <= 4 => return self.take_code(&code),
            _ => {}
        }
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.take_code(text);
        }
        let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hex && matches!(text.len(), 16 | 32 | 40 | 64) && (text.len() != 64 || self.sign.is_none()) {
            self.seen.push(["a sign", "一个 sign"]);
            self.sign = Some(text.to_owned());
            return;
        }
        // Looks for objects inside a line, with plain or escaped quotes. Objects inside a signing string are values.
        let found = objects(text);
        if !found.is_empty() && is_joined(text) && !found.iter().any(|(map, _)| map.get("requestBody").is_some()) {
            return self.take_signing_string(pasted);
        }
        if !found.is_empty() {
            found.into_iter().for_each(|(map, text)| self.take_map(map, &text, false, depth));
            if self.envelope.is_none()
                && let Some(sign) = named_sign(text)
            {
                self.seen.push(["a sign", "一个 sign"]);
                self.sign = Some(sign.to_owned());
            }
            return;
        }
        if let Some(envelope) = query(text).or_else(|| loose(text)) {
            self.broken = begins_as_json(text);
            return self.take_envelope(envelope.0, envelope.1);
        }
        if is_base64(text) {
            self.seen.push(["a requestBody", "一个 requestBody"]);
            self.request_body = Some(text.to_owned());
            return;
        }
        if let Some(row) =
            RESPONSE_CODES.iter().find(|row| text.contains(row.message) && row.code != "0000" && row.code != "9999")
        {
            return self.take_code(row.code);
        }
        if text.contains('=') && begins_with_name(text) {
            return self.take_signing_string(pasted);
        }
        let code =
            text.split(|c: char| !c.is_ascii_digit()).find(|word| RESPONSE_CODES.iter().any(|row| row.code == *word));
        if let Some(code) = code {
            return self.take_code(code);
        }
        if text.contains("失败") || text.contains("签名") {
            self.take_code(if text.contains("签名") { "2000" } else { "9999" });
        }
    }

    fn take_code(&mut self, code: &str) {
        self.seen.push(["a gateway's code", "网关的返回码"]);
        self.refusal = Some(format!("{code:0>4}"));
    }

    /// What the evidence was recognised as, in one language.
    pub(in crate::doctor) fn seen(&self, lang: Lang) -> Vec<String> {
        let mut seen: Vec<String> = self.seen.iter().map(|both| lang.of(*both).to_owned()).collect();
        seen.dedup();
        seen
    }
}

/// Whether a name is the field's name in another spelling: `access_token`, `RequestBody`.
pub(in crate::doctor) fn same_name(field: &str, name: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    bare(field) == bare(name)
}
