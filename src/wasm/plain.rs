//! The envelope's functions again, for a small wasm whose first call comes soon. Only texts and numbers cross, each in
//! a single value. For anything else an engine compiles glue before the first call, and that would be most of the
//! running time of a program that makes one envelope (`docs/SIZE.md`).

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::canonical::{self, Canonical};
use crate::crypto::{self, Hex};
use crate::dialect::Dialect;
use crate::envelope::{self, Envelope, NO_ADDRESS, Received, Stamp, open_json, seal_body};
use crate::error::Error;
use crate::prelude::*;
use crate::secret::{Credentials, Secret, parse_des_key};
use crate::value::Map;
use crate::wasm::issue::issues_of;
use crate::wasm::nonces::Nonces;

/// Ends an answer that is the result.
const DONE: u8 = b'.';
/// Ends an answer that is an error, as JSON text.
const FAILED: u8 = b'!';

/// The signing string of a body given as JSON text.
#[wasm_bindgen(js_name = signingString)]
pub fn signing_string(body: String, dialect: Option<String>) -> Vec<u8> {
    let run = || Ok(canonical::signing_string(&Map::parse(&Zeroizing::new(body))?, &read_dialect(dialect)?).into());
    answer(run())
}

/// The signature of a body given as JSON text.
#[wasm_bindgen]
pub fn sign(body: String, md5_secret: String, dialect: Option<String>) -> Vec<u8> {
    let run = || {
        let secret = Secret::parse("md5SecretKey", &Zeroizing::new(md5_secret))?;
        let dialect = read_dialect(dialect)?;
        Ok(Canonical::of(body, &dialect)?.sign(&secret, &dialect).into())
    };
    answer(run())
}

/// Encrypts a text to base64.
#[wasm_bindgen]
pub fn encrypt(text: String, des_key: String) -> Vec<u8> {
    answer(parse_des_key(&Zeroizing::new(des_key)).map(|key| crypto::encrypt(text, &key).into()))
}

/// Decrypts base64 to the text.
#[wasm_bindgen]
pub fn decrypt(base64: String, des_key: String) -> Vec<u8> {
    let run = || {
        let key = parse_des_key(&Zeroizing::new(des_key))?;
        envelope::decrypt("the text", &base64, &key).map(String::into_bytes)
    };
    answer(run())
}

/// Keys and dialect, read once, kept for as long as JavaScript holds them, and then wiped. If they are wrong, the
/// functions that use them report it.
#[wasm_bindgen]
pub struct Keys {
    read: Result<(Credentials, Dialect), Error>,
    nonces: Nonces,
}

#[wasm_bindgen]
impl Keys {
    #[wasm_bindgen(constructor)]
    pub fn new(access_token: String, des_key: String, md5_secret: String, dialect: Option<String>) -> Keys {
        let texts = [access_token, des_key, md5_secret].map(Zeroizing::new);
        let [access_token, des_key, md5_secret] = &texts;
        let run = || Ok((Credentials::parse(access_token, des_key, md5_secret)?, read_dialect(dialect)?));
        Keys { read: run(), nonces: Nonces::default() }
    }
}

impl Keys {
    fn read(&self) -> Result<&(Credentials, Dialect), Error> {
        self.read.as_ref().map_err(Clone::clone)
    }
}

/// Hands over random bytes, of which 16 make a nonce.
#[wasm_bindgen]
pub fn supply(keys: &Keys, random: Vec<u8>) {
    keys.nonces.supply(&random);
}

/// Seals a body given as JSON text. Returns the envelope's `sign` (32 characters), followed by its `requestBody` and,
/// if requested, a new nonce (32 characters). The nonce is drawn first, even if the body turns out to be wrong, because
/// JavaScript counts the remaining random bytes.
#[wasm_bindgen]
pub fn seal(keys: &Keys, body: String, with_nonce: bool) -> Vec<u8> {
    let run = || {
        let nonce = if with_nonce { Some(keys.nonces.digits()?) } else { None };
        let (credentials, dialect) = keys.read()?;
        let mut sealed = seal_body(Canonical::to_seal(body, dialect)?, credentials, dialect);
        sealed.extend_from_slice(nonce.as_ref().map(Hex::as_slice).unwrap_or_default());
        Ok(sealed)
    };
    answer(run())
}

/// Does the same but returns the envelope's text. It draws the nonce itself, and uses the placeholder address if none
/// is given.
#[wasm_bindgen(js_name = sealText)]
pub fn seal_text(keys: &Keys, body: String, timestamp: f64, nonce: Option<String>, ip: Option<String>) -> Vec<u8> {
    let run = || {
        let nonce = nonce.map_or_else(|| keys.nonces.next(), Ok)?;
        let (credentials, dialect) = keys.read()?;
        let stamp = Stamp { nonce, timestamp: timestamp as i64, ip: ip.unwrap_or_else(|| NO_ADDRESS.into()) };
        Ok(envelope::seal_text(Canonical::to_seal(body, dialect)?, credentials, &stamp, dialect))
    };
    answer(run())
}

/// Takes an envelope as JSON text and returns it with each field in its proper form.
#[wasm_bindgen]
pub fn envelope(json: String) -> Vec<u8> {
    answer(Envelope::parse(&json).map(|envelope| envelope.into_map().to_json().into()))
}

/// Opens such an envelope's requestBody and returns the parameters inside as JSON text. Takes accessToken and sign as
/// one text, since each text that crosses is a thirtieth of a small envelope's time, and how many bytes sign has.
#[wasm_bindgen]
pub fn open(
    keys: &Keys,
    request_body: String,
    token_and_sign: String,
    sign_length: usize,
    timestamp: f64,
    now: f64,
    max_age: Option<f64>,
) -> Vec<u8> {
    let run = || {
        let (credentials, dialect) = keys.read()?;
        let token_length = token_and_sign.len().saturating_sub(sign_length);
        let (access_token, sign) = token_and_sign.split_at_checked(token_length).unwrap_or_default();
        let received = Received { access_token, request_body: &request_body, sign, timestamp: timestamp as i64 };
        let max_age = max_age.map_or(envelope::MAX_AGE_MS, |ms| ms as i64);
        open_json(received, credentials, now as i64, max_age, dialect).map(String::into_bytes)
    };
    answer(run())
}

/// A dialect given as JSON text; the default if there is none.
fn read_dialect(json: Option<String>) -> Result<Dialect, Error> {
    json.map_or_else(|| Ok(Dialect::default()), |json| parse_dialect(&json))
}

/// Apart, as what follows: before its first call a function is compiled as a whole, and the first envelope waits for that.
#[cold]
#[inline(never)]
fn parse_dialect(json: &str) -> Result<Dialect, Error> {
    Dialect::from_map(&Map::parse(json).map_err(|error| Error::config("dialect", error.to_string()))?)
}

/// The result or the error, followed by the mark that tells them apart: there is room for it at the end. Both are
/// texts, as bytes: JavaScript makes a text of them, and a check before that would be compiled for the first envelope.
fn answer(result: Result<Vec<u8>, Error>) -> Vec<u8> {
    let (mut text, end) = match result {
        Ok(text) => (text, DONE),
        Err(error) => (thrown(&error).into(), FAILED),
    };
    text.push(end);
    text
}

/// An error as it is thrown, as JSON text: its class and fields.
#[cold]
#[inline(never)]
fn thrown(error: &Error) -> String {
    let mut fields = Map::new();
    let class = match error {
        Error::Validation(_) | Error::Json(_) => {
            fields.push("issues", issues_of(error));
            "ValidationError"
        }
        Error::Envelope { .. } => "EnvelopeError",
        Error::Config { option, .. } => {
            fields.push("option", option.as_str().into());
            "ConfigError"
        }
        // An error that needs a gateway cannot happen here.
        _ => "AigoboError",
    };
    fields.push("name", class.into());
    fields.push("code", error.code().into());
    fields.push("message", error.to_string().into());
    fields.to_json()
}
