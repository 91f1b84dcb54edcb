//! The envelope's functions: sign, encrypt, seal and their inverses.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::canonical::{self, Canonical};
use crate::crypto;
use crate::dialect::Dialect;
use crate::envelope::{self, Envelope, NO_ADDRESS, Received, Stamp, open_json, seal_body};
use crate::error::Error;
use crate::prelude::*;
use crate::secret::{Credentials, Secret, parse_des_key};
use crate::wasm::convert::{Args, options};
use crate::wasm::error::throw;
use crate::wasm::nonces::Nonces;

/// `[body, dialect?]`
#[wasm_bindgen(js_name = signingString)]
pub fn signing_string(args: Array) -> JsValue {
    let args = Args(args);
    let run = || Ok(canonical::signing_string(&args.map(0)?, &args.dialect(1)?));
    answer(run())
}

/// The sign of a body given as JSON text, `[md5SecretKey, dialect?]`. Long texts that are passed often are arguments of
/// their own: reading one from the list would cost a call into JavaScript, while each further argument adds code.
#[wasm_bindgen]
pub fn sign(body: String, args: Array) -> JsValue {
    let args = Args(args);
    let run = || {
        let secret = Secret::parse("md5SecretKey", &args.text(0))?;
        let dialect = args.dialect(1)?;
        Ok(crypto::hex_text(&Canonical::of(body, &dialect)?.sign(&secret, &dialect)))
    };
    answer(run())
}

/// Encrypts a text to base64, `[desKey]`.
#[wasm_bindgen]
pub fn encrypt(text: String, args: Array) -> JsValue {
    answer(parse_des_key(&Args(args).text(0)).map(|key| crypto::encrypt(text, &key)))
}

/// Decrypts base64 to the text, `[desKey]`.
#[wasm_bindgen]
pub fn decrypt(base64: String, args: Array) -> JsValue {
    let run = || {
        let key = parse_des_key(&Args(args).text(0))?;
        envelope::decrypt("the text", &base64, &key)
    };
    answer(run())
}

/// Keys and dialect, read once, kept for as long as JavaScript holds them, and then wiped.
#[wasm_bindgen]
pub struct Keys {
    credentials: Credentials,
    dialect: Dialect,
    nonces: Nonces,
}

#[wasm_bindgen]
impl Keys {
    /// `[accessToken, desKey, md5SecretKey, dialect?]`
    #[wasm_bindgen(constructor)]
    pub fn new(args: Array) -> Result<Keys, JsValue> {
        let args = Args(args);
        let run =
            || Ok(Keys { credentials: args.credentials(0)?, dialect: args.dialect(3)?, nonces: Nonces::default() });
        run().map_err(throw)
    }
}

/// Seals a body given as JSON text. Returns the envelope's `sign` (32 characters), followed by its `requestBody` and,
/// if requested, a new nonce (32 characters).
#[wasm_bindgen]
pub fn seal(Keys { credentials, dialect, nonces }: &Keys, body: String, with_nonce: bool) -> JsValue {
    let run = || {
        let mut sealed = seal_body(Canonical::to_seal(body, dialect)?, credentials, dialect);
        if with_nonce {
            sealed.extend_from_slice(&nonces.digits()?);
        }
        Ok(sealed)
    };
    answer(run().map(text))
}

/// Does the same but returns the envelope's text. It draws the nonce itself, and uses the placeholder address if none
/// is given.
#[wasm_bindgen(js_name = sealText)]
pub fn seal_text(keys: &Keys, body: String, timestamp: f64, nonce: Option<String>, ip: Option<String>) -> JsValue {
    let Keys { credentials, dialect, nonces } = keys;
    let run = || {
        let nonce = nonce.map_or_else(|| nonces.next(), Ok)?;
        let stamp = Stamp { nonce, timestamp: timestamp as i64, ip: ip.unwrap_or_else(|| NO_ADDRESS.into()) };
        Ok(envelope::seal_text(Canonical::to_seal(body, dialect)?, credentials, &stamp, dialect))
    };
    answer(run().map(text))
}

/// Takes an envelope as JSON text and returns it with each field in its proper form.
#[wasm_bindgen]
pub fn envelope(args: Array) -> JsValue {
    answer(Envelope::parse(&Args(args).text(0)).map(|envelope| envelope.into_map().to_json()))
}

/// Opens such an envelope's requestBody, `[accessToken, sign, timestamp, now, maxAgeMs?]`. Returns the parameters
/// inside as JSON text.
#[wasm_bindgen]
pub fn open(Keys { credentials, dialect, .. }: &Keys, request_body: String, args: Array) -> JsValue {
    let args = Args(args);
    let text = |place| args.optional(place).unwrap_or_default();
    let ms = |place| args.number(place).map(|ms| ms as i64);
    let (access_token, sign) = (text(0), text(1));
    let received = Received {
        access_token: &access_token,
        request_body: &request_body,
        sign: &sign,
        timestamp: ms(2).unwrap_or_default(),
    };
    let max_age = ms(4).unwrap_or(envelope::MAX_AGE_MS);
    answer(open_json(received, credentials, ms(3).unwrap_or_default(), max_age, dialect))
}

impl Args {
    /// The keys, starting at position `place`.
    pub(super) fn credentials(&self, place: u32) -> Result<Credentials, Error> {
        Credentials::parse(&self.text(place), &self.text(place + 1), &self.text(place + 2))
    }

    /// A dialect given as JSON text; the default if there is none.
    pub(super) fn dialect(&self, place: u32) -> Result<Dialect, Error> {
        match self.optional(place) {
            None => Ok(Dialect::default()),
            Some(json) => Dialect::from_map(&options(&json, "dialect")?),
        }
    }
}

/// What was sealed, as the text that it is.
fn text(sealed: Vec<u8>) -> String {
    String::from_utf8(sealed).unwrap_or_default()
}

/// Returns a text as a JavaScript string, or the error that JavaScript is to throw. A `Result` would be returned as a
/// list of three, which is slower.
pub(super) fn answer(text: Result<String, Error>) -> JsValue {
    text.map_or_else(throw, JsValue::from)
}
