//! The envelope around every request: seal and open (document sections 5 and 6).

use core::fmt::Write as _;

use crate::canonical::{Canonical, signature};
use crate::crypto::{self, DesKey};
use crate::dialect::Dialect;
use crate::error::{EnvelopeReason, Error};
use crate::prelude::*;
use crate::secret::Credentials;
use crate::types::parse_whole;
use crate::value::{Map, Value, quote};

/// How long a request is valid: 5 minutes from its timestamp (document section 3), in milliseconds.
pub const MAX_AGE_MS: i64 = 5 * 60 * 1000;

/// The `ip` of an envelope if the distributor's outgoing address is unknown.
pub const NO_ADDRESS: &str = "127.0.0.1";

/// What makes one sending differ from the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Unpredictable and new for every request, at most 64 characters; a UUID is enough.
    pub nonce: String,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// The distributor's outgoing address, or [`NO_ADDRESS`].
    pub ip: String,
}

/// The message of document section 2. [`Envelope::into_map`] gives all fields their wire names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// `accessToken`
    pub access_token: String,
    /// `ip`
    pub ip: Option<String>,
    /// `nonce`
    pub nonce: String,
    /// `requestBody`: base64 of the DES-encrypted JSON.
    pub request_body: String,
    /// `sign`
    pub sign: String,
    /// `timestamp`: milliseconds since 1970.
    pub timestamp: i64,
    /// `version`
    pub version: String,
}

/// What is checked of an envelope on arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received<'a> {
    /// `accessToken`
    pub access_token: &'a str,
    /// `requestBody`
    pub request_body: &'a str,
    /// `sign`
    pub sign: &'a str,
    /// `timestamp`: milliseconds since 1970.
    pub timestamp: i64,
}

/// The length of a signature in hex.
const SIGN: usize = 32;

/// The part of an envelope that depends only on its body and not on the sending: `sign`, 32 characters, and then
/// `requestBody`, in ASCII.
pub fn seal_body(body: Canonical, credentials: &Credentials, dialect: &Dialect) -> Vec<u8> {
    let Canonical { json, mut signed } = body;
    let sign = signature(&signed, &credentials.md5_secret, dialect);
    // The signing string is as large as the body, so its room is enough for the result.
    signed.clear();
    signed.extend_from_slice(&sign);
    crypto::encrypt_onto(json, &credentials.des_key, &mut signed);
    signed
}

/// The envelope's text as it travels in a JSON body, in UTF-8, without an [`Envelope`] in between.
pub fn seal_text(body: Canonical, credentials: &Credentials, stamp: &Stamp, dialect: &Dialect) -> Vec<u8> {
    let Canonical { json, mut signed } = body;
    let sign = signature(&signed, &credentials.md5_secret, dialect);
    // As above; `signed` has room for all of it.
    signed.clear();
    let mut text = String::from_utf8(signed).unwrap_or_default();
    text.push_str(r#"{"accessToken":"#);
    quote(credentials.access_token.expose(), &mut text);
    text.push_str(r#","ip":"#);
    quote(&stamp.ip, &mut text);
    text.push_str(r#","nonce":"#);
    quote(&stamp.nonce, &mut text);
    text.push_str(r#","requestBody":""#);
    let mut end = String::new();
    // Writing to a String cannot fail.
    let _ = write!(end, r#"","timestamp":{},"version":"#, stamp.timestamp);
    quote(&dialect.version, &mut end);
    end.push('}');
    let mut text = text.into_bytes();
    crypto::encrypt_onto(json, &credentials.des_key, &mut text);
    for part in [br#"","sign":""#.as_slice(), &sign, end.as_bytes()] {
        text.extend_from_slice(part);
    }
    text
}

/// Seals the parameters of an endpoint.
pub fn seal(body: &Map, credentials: &Credentials, stamp: Stamp, dialect: &Dialect) -> Envelope {
    seal_canonical(Canonical::of_map(body, dialect), credentials, stamp, dialect)
}

/// The same for a body that is ready to be signed.
pub fn seal_canonical(body: Canonical, credentials: &Credentials, stamp: Stamp, dialect: &Dialect) -> Envelope {
    let mut sign = String::from_utf8(seal_body(body, credentials, dialect)).unwrap_or_default();
    let request_body = sign.split_off(SIGN);
    Envelope {
        access_token: credentials.access_token.expose().to_owned(),
        ip: Some(stamp.ip),
        nonce: stamp.nonce,
        request_body,
        sign,
        timestamp: stamp.timestamp,
        version: dialect.version.clone(),
    }
}

/// Checks an envelope as the platform does on arrival, and returns the parameters inside.
///
/// The order is token, age, decryption, signature; the error names the first difference.
///
/// # Errors
/// [`Error::Envelope`], each check with its own [`EnvelopeReason`].
pub fn open(
    envelope: &Envelope,
    credentials: &Credentials,
    now: i64,
    max_age_ms: i64,
    dialect: &Dialect,
) -> Result<Map, Error> {
    Map::parse(&open_json(envelope.received(), credentials, now, max_age_ms, dialect)?)
}

/// The same, with the parameters as compact JSON.
///
/// # Errors
/// Those of [`open`].
pub fn open_json(
    received: Received<'_>,
    credentials: &Credentials,
    now: i64,
    max_age_ms: i64,
    dialect: &Dialect,
) -> Result<String, Error> {
    check_token(received, credentials)?;
    check_age(received, now, max_age_ms)?;
    open_body_json(received, credentials, dialect)
}

/// The first step of [`open`].
///
/// # Errors
/// [`EnvelopeReason::Token`].
pub fn check_token(received: Received<'_>, credentials: &Credentials) -> Result<(), Error> {
    if credentials.access_token.matches(received.access_token) {
        return Ok(());
    }
    Err(Error::envelope(
        EnvelopeReason::Token,
        "accessToken is not the expected one; was it issued for another environment?",
    ))
}

/// The second step of [`open`]. A timestamp in the future is as stale as an old one.
///
/// # Errors
/// [`EnvelopeReason::Stale`].
pub fn check_age(received: Received<'_>, now: i64, max_age_ms: i64) -> Result<(), Error> {
    let age = now.saturating_sub(received.timestamp);
    if age.saturating_abs() <= max_age_ms {
        return Ok(());
    }
    let side = if age > 0 { "old" } else { "in the future" };
    Err(Error::envelope(
        EnvelopeReason::Stale,
        format!(
            "timestamp is {} s {side}, more than the {} s allowed; set the clock, and send milliseconds",
            age.saturating_abs() / 1000,
            max_age_ms / 1000
        ),
    ))
}

/// The last steps of [`open`]: decrypts and checks the signature in constant time.
///
/// # Errors
/// [`EnvelopeReason::Decrypt`], [`EnvelopeReason::Shape`] (no JSON object inside) or [`EnvelopeReason::Sign`].
pub fn open_body(received: Received<'_>, credentials: &Credentials, dialect: &Dialect) -> Result<Map, Error> {
    Map::parse(&open_body_json(received, credentials, dialect)?)
}

/// The same, with the parameters as compact JSON.
///
/// # Errors
/// Those of [`open_body`].
pub fn open_body_json(received: Received<'_>, credentials: &Credentials, dialect: &Dialect) -> Result<String, Error> {
    let text = decrypt("requestBody", received.request_body, &credentials.des_key)?;
    let body = Canonical::of(text, dialect)
        .map_err(|error| Error::envelope(EnvelopeReason::Shape, format!("requestBody decrypts, but {error}")))?;
    let expected = body.sign(&credentials.md5_secret, dialect);
    if crypto::equal(&expected, received.sign.as_bytes()) {
        return Ok(body.json);
    }
    Err(Error::envelope(
        EnvelopeReason::Sign,
        "sign does not belong to requestBody: another md5SecretKey, a body changed after signing, or another dialect",
    ))
}

/// Decrypts base64 to the text, which an error calls `what`.
///
/// # Errors
/// [`EnvelopeReason::Decrypt`].
pub fn decrypt(what: &str, base64: &str, key: &DesKey) -> Result<String, Error> {
    crypto::decrypt(base64, key)
        .map_err(|error| Error::envelope(EnvelopeReason::Decrypt, format!("{what} cannot be decrypted: {error}")))
}

impl Envelope {
    /// Reads an envelope as JSON text; see [`Self::from_map`].
    ///
    /// # Errors
    /// [`EnvelopeReason::Shape`], also if the text is not a JSON object.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let map = Map::parse(json)
            .map_err(|error| Error::envelope(EnvelopeReason::Shape, format!("the envelope is {error}")))?;
        Self::from_map(&map)
    }

    /// What is checked of it on arrival.
    pub fn received(&self) -> Received<'_> {
        let Self { access_token, request_body, sign, timestamp, .. } = self;
        Received { access_token, request_body, sign, timestamp: *timestamp }
    }

    /// The envelope as the JSON object that travels.
    pub fn into_map(self) -> Map {
        let mut map = Map::new();
        map.push("accessToken", self.access_token.into());
        if let Some(ip) = self.ip {
            map.push("ip", ip.into());
        }
        map.push("nonce", self.nonce.into());
        map.push("requestBody", self.request_body.into());
        map.push("sign", self.sign.into());
        map.push("timestamp", self.timestamp.into());
        map.push("version", self.version.into());
        map
    }

    /// Reads an envelope; unknown fields are ignored, a timestamp may come as text (it does in a form).
    ///
    /// # Errors
    /// [`EnvelopeReason::Shape`] names the first field that is missing or has the wrong form.
    pub fn from_map(map: &Map) -> Result<Self, Error> {
        let nonce = required(map, "nonce")?;
        if nonce.chars().count() > 64 {
            return Err(shape("nonce", "is longer than 64 characters"));
        }
        Ok(Self {
            access_token: required(map, "accessToken")?,
            ip: map.text("ip").filter(|ip| !ip.is_empty()).map(str::to_owned),
            nonce,
            request_body: required(map, "requestBody")?,
            sign: required(map, "sign")?,
            timestamp: timestamp(map)?,
            version: required(map, "version")?,
        })
    }
}

fn required(map: &Map, name: &str) -> Result<String, Error> {
    match map.get(name) {
        Some(Value::Text(text)) if !text.is_empty() => Ok(text.clone()),
        None | Some(Value::Null | Value::Text(_)) => Err(shape(name, "is missing")),
        Some(other) => Err(shape(name, &format!("is {}, not text", other.kind()))),
    }
}

fn timestamp(map: &Map) -> Result<i64, Error> {
    let number = match map.get("timestamp") {
        Some(Value::Number(literal)) => parse_whole(literal),
        Some(Value::Text(text)) => parse_whole(text),
        _ => None,
    };
    number.ok_or_else(|| shape("timestamp", "is not a whole number of milliseconds"))
}

fn shape(name: &str, what: &str) -> Error {
    Error::envelope(EnvelopeReason::Shape, format!("the envelope's {name} {what}"))
}
