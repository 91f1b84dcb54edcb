//! The functions that need no client.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::canonical;
use crate::crypto;
use crate::dialect::Dialect;
use crate::endpoints;
use crate::envelope::{self, Envelope, Stamp};
use crate::error::{EnvelopeReason, Error, Issue};
use crate::model::{CheckOptions, Fills, check};
use crate::explain::LeftOut;
use crate::prelude::*;
use crate::resident_id::{self, ResidentId};
use crate::secret::{Credentials, Secret, parse_des_key};
use crate::value::Map;
use crate::wasm::convert::{object, options};
use crate::wasm::error::{Failure, issues_to_js};

#[wasm_bindgen(js_name = signingString)]
pub fn signing_string(body: &str, dialect_json: Option<String>) -> Result<String, JsValue> {
    let run = || Ok(canonical::signing_string(&Map::parse(body)?, &dialect(dialect_json.as_deref())?));
    run().map_err(throw)
}

#[wasm_bindgen]
pub fn sign(body: &str, md5_secret_key: &str, dialect_json: Option<String>) -> Result<String, JsValue> {
    let run = || {
        let secret = Secret::parse("md5SecretKey", md5_secret_key)?;
        Ok(canonical::sign(&Map::parse(body)?, &secret, &dialect(dialect_json.as_deref())?))
    };
    run().map_err(throw)
}

#[wasm_bindgen]
pub fn encrypt(text: &str, des_key: &str) -> Result<String, JsValue> {
    let key = parse_des_key(des_key).map_err(throw)?;
    Ok(crypto::encrypt(text, &key))
}

#[wasm_bindgen]
pub fn decrypt(base64: &str, des_key: &str) -> Result<String, JsValue> {
    let run = || {
        let key = parse_des_key(des_key)?;
        crypto::decrypt(base64, &key)
            .map_err(|error| Error::envelope(EnvelopeReason::Decrypt, format!("the text cannot be decrypted: {error}")))
    };
    run().map_err(throw)
}

/// The envelope as JSON text. Without a nonce a new one is drawn.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "a flat call crosses the boundary without an object")]
pub fn seal(
    body: &str,
    access_token: &str,
    des_key: &str,
    md5_secret_key: &str,
    nonce: Option<String>,
    timestamp: Option<f64>,
    ip: Option<String>,
    dialect_json: Option<String>,
) -> Result<String, JsValue> {
    let run = || {
        let credentials = Credentials::parse(access_token, des_key, md5_secret_key)?;
        let stamp = Stamp {
            nonce: nonce.map_or_else(new_nonce, Ok)?,
            timestamp: timestamp.unwrap_or_else(js_sys::Date::now) as i64,
            ip: ip.unwrap_or_else(|| "127.0.0.1".into()),
        };
        let body = Map::parse(body)?;
        Ok(envelope::seal(&body, &credentials, stamp, &dialect(dialect_json.as_deref())?).into_map().to_json())
    };
    run().map_err(throw)
}

/// The parameters inside an envelope (JSON text), as JSON text.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "a flat call crosses the boundary without an object")]
pub fn open(
    envelope_json: &str,
    access_token: &str,
    des_key: &str,
    md5_secret_key: &str,
    now: Option<f64>,
    max_age_ms: Option<f64>,
    dialect_json: Option<String>,
) -> Result<String, JsValue> {
    let run = || {
        let credentials = Credentials::parse(access_token, des_key, md5_secret_key)?;
        let map = Map::parse(envelope_json)
            .map_err(|error| Error::envelope(EnvelopeReason::Shape, format!("the envelope is {error}")))?;
        let envelope = Envelope::from_map(&map)?;
        let now = now.unwrap_or_else(js_sys::Date::now) as i64;
        let max_age = max_age_ms.map_or(envelope::MAX_AGE_MS, |ms| ms as i64);
        let body = envelope::open(&envelope, &credentials, now, max_age, &dialect(dialect_json.as_deref())?)?;
        Ok(body.to_json())
    };
    run().map_err(throw)
}

/// Every step, as an object.
#[wasm_bindgen]
pub fn explain(
    body: &str,
    access_token: &str,
    des_key: &str,
    md5_secret_key: &str,
    dialect_json: Option<String>,
) -> Result<JsValue, JsValue> {
    let run = || {
        let credentials = Credentials::parse(access_token, des_key, md5_secret_key)?;
        let explanation = crate::explain::explain(&Map::parse(body)?, &credentials, &dialect(dialect_json.as_deref())?);
        let texts = |texts: &[String]| JsValue::from(texts.iter().map(JsValue::from).collect::<Array>());
        let left_out = explanation.left_out.iter();
        let left_out =
            left_out.map(|LeftOut { name, why }| object(&[("name", name.into()), ("why", (*why).into())]));
        Ok(object(&[
            ("leftOut", left_out.collect::<Array>().into()),
            ("order", texts(&explanation.order)),
            ("signingString", explanation.signing_string.into()),
            ("hashed", explanation.hashed.into()),
            ("firstDigest", explanation.first_digest.into()),
            ("sign", explanation.sign.into()),
            ("plaintext", explanation.plaintext.into()),
            ("plaintextBytes", explanation.plaintext_bytes.into()),
            ("padding", explanation.padding.into()),
            ("requestBody", explanation.request_body.into()),
        ]))
    };
    run().map_err(throw)
}

/// The issues of a request, as a list; empty when it may be sent.
#[wasm_bindgen]
pub fn validate(
    endpoint: &str,
    body: &str,
    distr_code: Option<String>,
    employee_code: Option<String>,
    invitate_code: Option<String>,
    enforce_lengths: bool,
) -> Result<JsValue, JsValue> {
    let run = || {
        let endpoint = known(endpoint)?;
        let fills = Fills { distr_code, employee_code, invitate_code };
        let options = CheckOptions { ignore_lengths: !enforce_lengths, fills };
        Ok(check(endpoint.request, &Map::parse(body)?, &options).err().unwrap_or_default())
    };
    run().map(|issues: Vec<Issue>| issues_to_js(&issues)).map_err(throw)
}

/// What a resident identity number tells; null where it is none.
#[wasm_bindgen(js_name = parseResidentId)]
pub fn parse_resident_id(number: &str) -> JsValue {
    let Some(ResidentId { birthday, gender, checksum_ok }) = resident_id::parse(number) else { return JsValue::NULL };
    object(&[("birthday", birthday.into()), ("gender", gender.into()), ("checksumOk", checksum_ok.into())])
}

/// The endpoint of that name.
pub(super) fn known(name: &str) -> Result<&'static endpoints::Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::config("endpoint", "no endpoint has this name; see `endpoints`"))
}

/// A random UUID: unpredictable, new for every request.
pub(super) fn new_nonce() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|_| Error::config("nonce", "this runtime has no crypto.getRandomValues; pass a nonce of your own"))?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

/// A dialect as JSON text; none is the default.
fn dialect(json: Option<&str>) -> Result<Dialect, Error> {
    match json {
        None => Ok(Dialect::default()),
        Some(json) => Dialect::from_map(&options(json, "dialect")?),
    }
}

fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}
