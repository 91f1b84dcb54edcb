//! The functions that need no client.

use js_sys::Array;
use wasm_bindgen::prelude::*;

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
use crate::value::Json;
use crate::wasm::convert::{Args, object, options};
use crate::wasm::error::{Failure, issues_to_js};

/// `[body, dialect?]`
#[wasm_bindgen(js_name = signingString)]
pub fn signing_string(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || Ok(canonical::signing_string(&args.map(0)?, &args.dialect(1)?));
    answer(run())
}

/// Of a body as JSON text, `[md5SecretKey, dialect?]`. What is long, and asked for often, comes as an argument of its own:
/// in the list it would cost a call of JavaScript's, and each argument brings code.
#[wasm_bindgen]
pub fn sign(body: String, args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let secret = Secret::parse("md5SecretKey", &args.text(0))?;
        let dialect = args.dialect(1)?;
        Ok(Canonical::of(body, &dialect)?.sign(&secret, &dialect))
    };
    answer(run())
}

/// A text to base64, `[desKey]`.
#[wasm_bindgen]
pub fn encrypt(text: String, args: Array) -> Result<JsValue, JsValue> {
    answer(parse_des_key(&Args(args).text(0)).map(|key| crypto::encrypt(text, &key)))
}

/// Base64 to the text, `[desKey]`.
#[wasm_bindgen]
pub fn decrypt(base64: String, args: Array) -> Result<JsValue, JsValue> {
    let run = || {
        let key = parse_des_key(&Args(args).text(0))?;
        crypto::decrypt(&base64, &key)
            .map_err(|error| Error::envelope(EnvelopeReason::Decrypt, format!("the text cannot be decrypted: {error}")))
    };
    answer(run())
}

/// Keys and dialect, read once for as long as JavaScript holds them; wiped then.
#[wasm_bindgen]
pub struct Keys(Credentials, Dialect);

#[wasm_bindgen]
impl Keys {
    /// `[accessToken, desKey, md5SecretKey, dialect?]`
    #[wasm_bindgen(constructor)]
    pub fn new(args: Array) -> Result<Keys, JsValue> {
        let args = Args(args);
        let run = || Ok(Keys(args.credentials(0)?, args.dialect(3)?));
        run().map_err(throw)
    }
}

/// A body as JSON text to the envelope's `sign`, of 32 characters, and its `requestBody` behind it.
#[wasm_bindgen]
pub fn seal(Keys(credentials, dialect): &Keys, body: String) -> Result<JsValue, JsValue> {
    answer(Canonical::of(body, dialect).map(|body| seal_body(body, credentials, dialect)))
}

/// A new nonce, where the runtime has no `crypto.randomUUID`.
#[wasm_bindgen]
pub fn nonce() -> Result<JsValue, JsValue> {
    answer(new_nonce())
}

/// An envelope as JSON text to one with each field as it is to be.
#[wasm_bindgen]
pub fn envelope(args: Array) -> Result<JsValue, JsValue> {
    let map =
        Args(args).map(0).map_err(|error| Error::envelope(EnvelopeReason::Shape, format!("the envelope is {error}")));
    answer(map.and_then(|map| Envelope::from_map(&map)).map(|envelope| envelope.into_map().to_json()))
}

/// Such an envelope's requestBody, `[accessToken, sign, timestamp, now, maxAgeMs?]`, to the parameters inside, as JSON text.
#[wasm_bindgen]
pub fn open(Keys(credentials, dialect): &Keys, request_body: String, args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let text = |place| args.optional(place).unwrap_or_default();
    let ms = |place| args.number(place).map(|ms| ms as i64);
    let envelope = Envelope {
        access_token: text(0),
        ip: None,
        nonce: String::new(),
        request_body,
        sign: text(1),
        timestamp: ms(2).unwrap_or_default(),
        version: String::new(),
    };
    let max_age = ms(4).unwrap_or(envelope::MAX_AGE_MS);
    answer(open_json(&envelope, credentials, ms(3).unwrap_or_default(), max_age, dialect))
}

/// `[body, accessToken, desKey, md5SecretKey, dialect?]` to every step, as an object.
#[wasm_bindgen]
pub fn explain(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let explanation = crate::explain::explain(&args.map(0)?, &args.credentials(1)?, &args.dialect(4)?);
        let texts = |texts: &[String]| JsValue::from(texts.iter().map(JsValue::from).collect::<Array>());
        let left_out = explanation.left_out.iter();
        let left_out = left_out.map(|LeftOut { name, why }| object(&[("name", name.into()), ("why", (*why).into())]));
        Ok(object(&[
            ("leftOut", left_out.collect::<Array>().into()),
            ("order", texts(&explanation.order)),
            ("joined", explanation.joined.into()),
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
        Ok(check(endpoint.request, &Json::parse(args.request(1))?, &options).err().unwrap_or_default())
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
    /// The keys, from a place on.
    fn credentials(&self, place: u32) -> Result<Credentials, Error> {
        Credentials::parse(&self.text(place), &self.text(place + 1), &self.text(place + 2))
    }

    /// A dialect as JSON text; none is the default.
    fn dialect(&self, place: u32) -> Result<Dialect, Error> {
        match self.optional(place) {
            None => Ok(Dialect::default()),
            Some(json) => Dialect::from_map(&options(&json, "dialect")?),
        }
    }
}

/// A text as JavaScript's own: a `String` would bring more glue.
pub(super) fn answer(text: Result<String, Error>) -> Result<JsValue, JsValue> {
    text.map(JsValue::from).map_err(throw)
}

pub(super) fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}
