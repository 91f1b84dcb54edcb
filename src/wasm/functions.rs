//! The functions that need no client.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::canonical::{self, Canonical};
use crate::crypto;
use crate::dialect::Dialect;
use crate::endpoints;
use crate::envelope::{self, Envelope, open_json, seal_body};
use crate::error::{EnvelopeReason, Error, Issue};
use crate::explain::LeftOut;
use crate::model::{CheckOptions, Fills, check};
use crate::prelude::*;
use crate::resident_id::{self, ResidentId};
use crate::secret::{Credentials, Secret, parse_des_key};
use crate::wasm::convert::{Args, object, options};
use crate::wasm::error::{Failure, issues_to_js};

/// `[body, dialect?]`
#[wasm_bindgen(js_name = signingString)]
pub fn signing_string(args: Array) -> Result<String, JsValue> {
    let args = Args(args);
    let run = || Ok(canonical::signing_string(&args.map(0)?, &args.dialect(1)?));
    run().map_err(throw)
}

/// Of a body as JSON text. What is called often takes its texts each for itself: one list would bring less code, but cost
/// a call of JavaScript's for each.
#[wasm_bindgen]
pub fn sign(body: String, md5_secret_key: String, dialect: Option<String>) -> Result<String, JsValue> {
    let md5_secret_key = Zeroizing::new(md5_secret_key);
    let run = || {
        let secret = Secret::parse("md5SecretKey", &md5_secret_key)?;
        let dialect = read_dialect(dialect)?;
        Ok(Canonical::of(body, &dialect)?.sign(&secret, &dialect))
    };
    run().map_err(throw)
}

/// To base64.
#[wasm_bindgen]
pub fn encrypt(text: String, des_key: String) -> Result<String, JsValue> {
    let key = parse_des_key(&Zeroizing::new(des_key)).map_err(throw)?;
    Ok(crypto::encrypt(text, &key))
}

/// From base64.
#[wasm_bindgen]
pub fn decrypt(base64: String, des_key: String) -> Result<String, JsValue> {
    let des_key = Zeroizing::new(des_key);
    let run = || {
        let key = parse_des_key(&des_key)?;
        crypto::decrypt(&base64, &key)
            .map_err(|error| Error::envelope(EnvelopeReason::Decrypt, format!("the text cannot be decrypted: {error}")))
    };
    run().map_err(throw)
}

/// The keys, read once for as long as JavaScript holds them; wiped then.
#[wasm_bindgen]
pub struct Keys(Credentials);

#[wasm_bindgen]
impl Keys {
    /// `[accessToken, desKey, md5SecretKey]`
    #[wasm_bindgen(constructor)]
    pub fn new(args: Array) -> Result<Keys, JsValue> {
        let args = Args(args);
        Credentials::parse(&args.text(0), &args.text(1), &args.text(2)).map(Keys).map_err(throw)
    }
}

/// A body as JSON text to the envelope's `sign`, of 32 characters, and its `requestBody` behind it.
#[wasm_bindgen]
pub fn seal(keys: &Keys, body: String, dialect: Option<String>) -> Result<String, JsValue> {
    let run = || {
        let dialect = read_dialect(dialect)?;
        Ok(seal_body(Canonical::of(body, &dialect)?, &keys.0, &dialect))
    };
    run().map_err(throw)
}

/// A new nonce, where the runtime has no `crypto.randomUUID`.
#[wasm_bindgen]
pub fn nonce() -> Result<String, JsValue> {
    new_nonce().map_err(throw)
}

/// An envelope as JSON text to one with each field as it is to be.
#[wasm_bindgen]
pub fn envelope(args: Array) -> Result<String, JsValue> {
    let map =
        Args(args).map(0).map_err(|error| Error::envelope(EnvelopeReason::Shape, format!("the envelope is {error}")));
    map.and_then(|map| Envelope::from_map(&map)).map(|envelope| envelope.into_map().to_json()).map_err(throw)
}

/// What counts of such an envelope to the parameters inside, as JSON text.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "see `sign`")]
pub fn open(
    keys: &Keys,
    access_token: String,
    request_body: String,
    sign: String,
    timestamp: f64,
    dialect: Option<String>,
    now: f64,
    max_age: Option<f64>,
) -> Result<String, JsValue> {
    let (timestamp, now) = (timestamp as i64, now as i64);
    let [nonce, version] = [const { String::new() }; 2];
    let envelope = Envelope { access_token, ip: None, nonce, request_body, sign, timestamp, version };
    let max_age = max_age.map_or(envelope::MAX_AGE_MS, |ms| ms as i64);
    let opened = read_dialect(dialect).and_then(|dialect| open_json(&envelope, &keys.0, now, max_age, &dialect));
    opened.map_err(throw)
}

/// `[body, accessToken, desKey, md5SecretKey, dialect?]` to every step, as an object.
#[wasm_bindgen]
pub fn explain(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let explanation = crate::explain::explain(&args.map(0)?, &args.credentials()?, &args.dialect(4)?);
        let texts = |texts: &[String]| JsValue::from(texts.iter().map(JsValue::from).collect::<Array>());
        let left_out = explanation.left_out.iter();
        let left_out = left_out.map(|LeftOut { name, why }| object(&[("name", name.into()), ("why", (*why).into())]));
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

/// `[endpoint, request, enforceLengths, distrCode?, employeeCode?, invitateCode?]` to the issues of a request, as a list;
/// empty when it may be sent.
#[wasm_bindgen]
pub fn validate(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let endpoint = known(&args.text(0))?;
        let fills =
            Fills { distr_code: args.optional(3), employee_code: args.optional(4), invitate_code: args.optional(5) };
        let options = CheckOptions { ignore_lengths: !args.truthy(2), fills };
        Ok(check(endpoint.request, args.map(1)?, &options).err().unwrap_or_default())
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
    let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
    Ok(uuid.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()).to_owned())
}

impl Args {
    /// The keys, at the places 1 to 3.
    fn credentials(&self) -> Result<Credentials, Error> {
        Credentials::parse(&self.text(1), &self.text(2), &self.text(3))
    }

    /// The dialect at a place.
    fn dialect(&self, place: u32) -> Result<Dialect, Error> {
        read_dialect(self.optional(place))
    }
}

/// A dialect as JSON text; none is the default.
fn read_dialect(json: Option<String>) -> Result<Dialect, Error> {
    match json {
        None => Ok(Dialect::default()),
        Some(json) => Dialect::from_map(&options(&json, "dialect")?),
    }
}

fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}
