//! Turns a request into what is sent, and an answer into a reply or an error; and the platform's side of both. No I/O.

use crate::canonical::{Body, Canonical};
use crate::dialect::{Dialect, Transport};
use crate::endpoints::Endpoint;
use crate::envelope::{self, Envelope, Stamp};
use crate::error::{EnvelopeReason, Error};
use crate::form;
use crate::mask::Mask;
use crate::model::{CheckOptions, Shape, check, read};
use crate::prelude::*;
use crate::secret::Credentials;
use crate::value::{Json, JsonKind, Map, Value, View};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What is POSTed; wiped when dropped, since it contains the accessToken.
#[derive(Debug, Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Outgoing {
    /// The path below the gateway, with the query of the `query` transport.
    pub path: String,
    /// The Content-Type of `body`.
    #[zeroize(skip)]
    pub content_type: &'static str,
    /// The body; empty for the `query` transport.
    pub body: String,
}

/// The HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incoming {
    /// The HTTP status; 0 if a browser hides a redirect.
    pub status: u16,
    /// The Content-Type header, only for messages.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A larger reply is refused unread: an order of ten thousand insured fits in a third of it.
pub const MAX_REPLY_BYTES: usize = 16 << 20;

/// A successful answer of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `0000`
    pub code: String,
    /// The platform's message.
    pub message: String,
    /// `data` as compact JSON; an [`Error::Reply`] with the path if it is not what the endpoint replies with. Even then
    /// the platform did what was asked.
    pub data: Result<String, Error>,
}

/// Checks a typed request, a JSON text; see [`check`].
///
/// # Errors
/// [`Error::Json`] if it is not an object; [`Error::Validation`] with every issue at once.
pub fn request(endpoint: &Endpoint, body: String, options: &CheckOptions) -> Result<Body, Error> {
    let checked = check(endpoint.request, &Json::parse(body)?, options);
    checked.map(Body::of_compact).map_err(Error::Validation)
}

/// Seals `body` and lays it out for the dialect's transport.
pub fn prepare(path: &str, body: &Body, credentials: &Credentials, stamp: Stamp, dialect: &Dialect) -> Outgoing {
    let body = Canonical::of_body(body.clone(), dialect);
    if dialect.transport == Transport::Json {
        let body = String::from_utf8(envelope::seal_text(body, credentials, &stamp, dialect)).unwrap_or_default();
        return Outgoing { path: path.into(), content_type: "application/json", body };
    }
    let sealed = Zeroizing::new(envelope::seal_canonical(body, credentials, stamp, dialect).into_map());
    let form = Zeroizing::new(form::encode(&sealed));
    let (path, body) = match dialect.transport {
        Transport::Query => ([path, "?", &form].concat(), String::new()),
        _ => (path.into(), form.to_string()),
    };
    Outgoing { path, content_type: "application/x-www-form-urlencoded", body }
}

/// Reads the platform's answer, with `data` read as `shape`, or as it came.
///
/// # Errors
/// [`Error::Http`] for a status outside 2xx, [`Error::Reply`] for a body that is not a reply, [`Error::Gateway`]
/// for a code other than `0000`.
pub fn finish(incoming: Incoming, shape: Option<Shape>, mask: &Mask<'_>) -> Result<Answer, Error> {
    let Incoming { status, content_type, body } = incoming;
    if !(200..300).contains(&status) {
        return Err(Error::Http { status, body: excerpt(&body, mask) });
    }
    let length = body.len();
    let unreadable = |what: &str| {
        let declared = match content_type.split(';').next().unwrap_or_default().trim() {
            "" => "without a Content-Type".to_owned(),
            kind => format!("declared as {}", shown(kind, 80, mask)),
        };
        Error::reply("", format!("the body ({length} bytes, {declared}) {what}"))
    };
    let mut text = String::from_utf8(body)
        .map_err(|_| unreadable("is not UTF-8 text; does something on the way speak another encoding, such as GBK?"))?;
    let marks = text.len() - text.trim_start_matches('\u{feff}').len();
    text.drain(..marks);
    let whole = Json::parse(text).map_err(|error| {
        unreadable(&format!("is {error}; does something on the way answer in the platform's place?"))
    })?;
    let scalar = |name: &str| whole.root().get(name).and_then(View::scalar).filter(|text| !text.is_empty());
    let code = scalar("code").ok_or_else(|| Error::reply("code", "is missing"))?.into_owned();
    let message = scalar("message").unwrap_or_default().into_owned();
    if code != "0000" {
        // What decides is nobody, even where somebody's number of a house is the same.
        let known = code.len() <= 4 && code.bytes().all(|byte| byte.is_ascii_digit());
        let code = if known { code } else { shown(&code, 32, mask) };
        return Err(Error::Gateway { code, message: shown(&message, 500, mask) });
    }
    let data = whole.root().get("data");
    let data = match shape {
        Some(shape) => read(shape, data),
        None => Ok(data.map_or_else(|| "null".into(), View::to_json)),
    };
    Ok(Answer { code, message, data })
}

/// Reads the envelope from what [`prepare`] made: the platform's side.
///
/// # Errors
/// [`Error::Envelope`] with [`EnvelopeReason::Shape`].
pub fn accept(query: &str, content_type: &str, body: &[u8]) -> Result<Envelope, Error> {
    let text =
        core::str::from_utf8(body).map_err(|_| Error::envelope(EnvelopeReason::Shape, "the body is not UTF-8 text"))?;
    let map = match transport(content_type, body) {
        Transport::Json => return Envelope::parse(text),
        Transport::Query => form::decode(query),
        Transport::Form => form::decode(text),
    };
    Envelope::from_map(&map)
}

/// How a request carries its envelope.
pub fn transport(content_type: &str, body: &[u8]) -> Transport {
    if content_type.trim_start().to_ascii_lowercase().starts_with("application/json") {
        Transport::Json
    } else if body.is_empty() {
        Transport::Query
    } else {
        Transport::Form
    }
}

/// The platform's reply as it travels.
pub fn answer(code: &str, message: &str, data: Value) -> String {
    let mut map = Map::new();
    map.push("code", code.into());
    map.push("message", message.into());
    map.push("data", data);
    map.to_json()
}

/// The beginning of a foreign body: enough to recognise a proxy's page. From JSON it takes only what names the fault:
/// the rest may be an order, with people we do not know.
fn excerpt(body: &[u8], mask: &Mask<'_>) -> String {
    const MOST: usize = 200;
    let text = String::from_utf8_lossy(body.get(..320 * MOST).unwrap_or(body));
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let telling = match Json::parse(text.to_owned()) {
        Ok(json) => fault(json.root()),
        Err(_) if text.starts_with(['{', '[']) || Value::parse(text).is_ok() => String::new(),
        Err(_) => text.to_owned(),
    };
    shown(&telling, MOST, mask)
}

/// The fields of a foreign reply that name the fault.
fn fault(reply: View<'_>) -> String {
    let mut told = reply.splice();
    told.push("{");
    let mut first = true;
    for (name, value) in reply.entries() {
        let names = name.text().is_some_and(|name| matches!(&*name, "code" | "status" | "error" | "message"));
        if names && !matches!(value.kind(), JsonKind::Map | JsonKind::List) {
            name.write_entry(value, first, &mut told);
            first = false;
        }
    }
    told.push("}");
    told.finish()
}

/// The beginning of a foreign text. Masked before it is cut to what is shown: half a secret would not be recognised.
fn shown(text: &str, most: usize, mask: &Mask<'_>) -> String {
    short(&mask.hide(short(text, 20 * most)), most).to_owned()
}

fn short(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Credentials {
        Credentials::parse("tok", "12345678", "sec").unwrap()
    }

    #[test]
    fn each_transport_arrives() {
        let body = Map::parse(r#"{"a":"中+ &=%","n":1}"#).unwrap();
        for transport in [Transport::Json, Transport::Form, Transport::Query] {
            let dialect = Dialect { transport, ..Dialect::default() };
            let stamp = Stamp { nonce: "n-1".into(), timestamp: 1000, ip: "127.0.0.1".into() };
            let sent = prepare("/api/x", &Body::from(&body), &keys(), stamp, &dialect);
            let query = sent.path.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(super::transport(sent.content_type, sent.body.as_bytes()), transport);
            let envelope = accept(query, sent.content_type, sent.body.as_bytes()).unwrap();
            assert_eq!(envelope::open(&envelope, &keys(), 2000, 5000, &dialect).unwrap(), body, "{transport:?}");
        }
    }

    fn finished(status: u16, body: &[u8]) -> Result<Answer, Error> {
        let incoming = Incoming { status, content_type: "text/html; charset=gbk".into(), body: body.to_vec() };
        let body = Body::parse(r#"{"holderName":"王小明"}"#.into()).unwrap();
        finish(incoming, None, &Mask::new(&keys(), None, &body))
    }

    #[test]
    fn answers_are_read_or_refused() {
        let code = |status, body: &[u8]| finished(status, body).map_or_else(|error| error.code(), |answer| answer.code);
        assert_eq!(code(200, br#"{"code":"0000","message":"ok"}"#), "0000");
        assert_eq!(code(200, "\u{feff}{\"code\":\"0000\"}".as_bytes()), "0000");
        assert_eq!(code(200, br#"{"code":"1000","message":"x"}"#), "gateway.1000");
        assert_eq!(code(200, br#"{"code":2000}"#), "gateway.2000");
        assert_eq!(code(502, b"<html>"), "http");
        assert_eq!(code(0, b""), "http");
        assert_eq!(code(200, b"<html>"), "reply");
        assert_eq!(code(200, &[0xc4, 0xe3]), "reply");
        assert_eq!(code(200, br#"{"data":1}"#), "reply");
        assert_eq!(code(200, br#"{"code":"0000""#), "reply");
    }

    #[test]
    fn an_unreadable_body_is_told_by_its_size_and_type() {
        let message = finished(200, b"<html>").unwrap_err().to_string();
        assert!(message.contains("6 bytes, declared as text/html") && message.contains("not JSON"), "{message}");
        assert!(finished(200, &[0xc4, 0xe3]).unwrap_err().to_string().contains("GBK"));
        assert!(finished(200, br#"{"code":"00"#).unwrap_err().to_string().contains("cut short"));
    }

    #[test]
    fn an_excerpt_is_short_and_masked() {
        let excerpt = |body: &str| match finished(500, body.as_bytes()) {
            Err(Error::Http { body, .. }) => body,
            other => panic!("{other:?}"),
        };
        let long = excerpt(&(format!("{} tok", "x".repeat(190)) + &"y".repeat(500)));
        assert!(long.len() <= 200 && long.ends_with("***yyyyyy"), "{long}");
        assert_eq!(excerpt("<p>王小明"), "<p>***");
        assert_eq!(
            excerpt(r#"{"data":{"holderName":"李四"},"status":500,"message":"王小明","error":{"a":1}}"#),
            r#"{"status":500,"message":"***"}"#
        );
        assert_eq!(excerpt(r#"{"data":{"holderName":"李四"#), "");
        assert_eq!(excerpt(r#"["李四"]"#), "");
        assert_eq!(excerpt("\u{feff} {\"data\":{\"holderName\":\"李四\"}}"), "{}");
    }

    #[test]
    fn a_refusal_names_nobody() {
        let error = finished(200, r#"{"code":"9999","message":"被保人王小明年龄不符"}"#.as_bytes()).unwrap_err();
        assert!(matches!(&error, Error::Gateway { message, .. } if message == "被保人***年龄不符"), "{error:?}");
    }
}
