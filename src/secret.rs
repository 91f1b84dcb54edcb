//! The distributor's keys: checked once, redacted when printed, wiped when dropped.

use core::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::crypto::{self, DesKey};
use crate::error::Error;
use crate::form;
use crate::prelude::*;
use crate::replace::replace_all;
use crate::upper::upper_case;
use crate::value::quote;

/// A secret text. Prints as `[redacted]` and is wiped from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes `text` as the secret of `option`.
    ///
    /// # Errors
    /// [`Error::Config`] if it is empty or has white space at its ends: the latter is nearly always a copying
    /// mistake, and the platform would only say "signature wrong".
    pub fn parse(option: &str, text: &str) -> Result<Self, Error> {
        require_tight(option, text)?;
        Ok(Self(text.to_owned()))
    }

    /// The text itself, for hashing and sending.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not reveal where the texts differ (only whether their lengths do).
    pub fn matches(&self, other: &str) -> bool {
        crypto::equal(self.0.as_bytes(), other.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What the platform issues to a distributor (document sections 5 and 6).
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Sent with every envelope.
    pub access_token: Secret,
    /// Encrypts requestBody.
    pub des_key: DesKey,
    /// Appended to the string that is signed.
    pub md5_secret: Secret,
    des_key_text: Secret,
}

impl Credentials {
    /// Parses the three texts as the platform issues them.
    ///
    /// # Errors
    /// [`Error::Config`] that names the option: empty, white space at its ends, or a DES key of fewer
    /// than 8 bytes.
    pub fn parse(access_token: &str, des_key: &str, md5_secret: &str) -> Result<Self, Error> {
        require_tight("accessToken", access_token)?;
        let key = key_bytes(des_key)?;
        require_tight("md5SecretKey", md5_secret)?;
        let [access_token, md5_secret, des_key_text] =
            [access_token, md5_secret, des_key].map(|text| Secret(text.into()));
        Ok(Self { access_token, des_key: DesKey::from_bytes(key), md5_secret, des_key_text })
    }

    /// The three texts and the part of the DES key that counts (empty if it ends within a character), for code that masks
    /// more of their forms than [`Self::mask`] does.
    pub fn texts(&self) -> [&str; 4] {
        let [token, secret, key] = [&self.access_token, &self.md5_secret, &self.des_key_text].map(Secret::expose);
        [token, secret, key, key.get(..8).unwrap_or_default()]
    }

    /// Masks every secret in `text`, a foreign text that enters an error, also if the secret is written for an address,
    /// for JSON or in upper case.
    pub fn mask(&self, text: &str) -> String {
        let forms = self.texts().map(|secret| {
            // Room for the longest form of a byte: a growing text leaves parts behind that nobody wipes.
            let [mut escaped, mut json] = [(); 2].map(|()| Zeroizing::new(String::with_capacity(6 * secret.len() + 2)));
            form::escape(secret, &mut escaped);
            quote(secret, &mut json);
            (secret, escaped, json, Zeroizing::new(upper_case(secret)))
        });
        let mut pairs = Vec::new();
        for (secret, escaped, json, upper) in &forms {
            let json = json.get(1..json.len() - 1).unwrap_or_default();
            for form in [secret, escaped.as_str(), json, upper] {
                pairs.push((form, "***"));
            }
        }
        replace_all(text, &pairs)
    }
}

/// Takes a DES key as the platform issues it: a text of which only the first 8 UTF-8 bytes count, as in the JDK's
/// `DESKeySpec`.
///
/// # Errors
/// [`Error::Config`] for fewer than 8 bytes, and for white space at the ends.
pub fn parse_des_key(text: &str) -> Result<DesKey, Error> {
    key_bytes(text).map(DesKey::from_bytes)
}

fn key_bytes(text: &str) -> Result<&[u8; 8], Error> {
    require_tight("desKey", text)?;
    text.as_bytes().first_chunk().ok_or_else(|| too_short(text.len()))
}

/// Apart, so that an engine compiles it only if it is needed.
#[cold]
#[inline(never)]
fn too_short(bytes: usize) -> Error {
    Error::config("desKey", format!("has {bytes} bytes; a DES key needs at least 8 bytes of UTF-8 text"))
}

/// Refuses an empty text, and white space at its ends.
fn require_tight(option: &str, text: &str) -> Result<(), Error> {
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    if ends.iter().all(|end| end.is_some_and(u8::is_ascii_graphic)) { Ok(()) } else { require_tight_ends(option, text) }
}

/// Apart, so that an engine compiles it only for a text that is unusual.
#[cold]
#[inline(never)]
fn require_tight_ends(option: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::config(option, "is missing; copy it from what the platform issued to you"));
    }
    if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        return Err(Error::config(option, "has white space at its start or end; remove it"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_a_key() {
        let keys = Credentials::parse("the-token", "the-deskey", "the-md5-secret").unwrap();
        let printed = format!("{keys:?}");
        for secret in ["the-token", "the-desk", "the-md5-secret", "116, 104, 101"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }

    #[test]
    fn a_short_or_padded_key_is_refused_by_name() {
        for (token, des, md5, option, word) in [
            ("t", "1234567", "m", "desKey", "8 bytes"),
            ("t", "密钥", "m", "desKey", "6 bytes"),
            ("t", "12345678\n", "m", "desKey", "white space"),
            (" t", "12345678", "m", "accessToken", "white space"),
            ("t", "12345678", "m\u{3000}", "md5SecretKey", "white space"),
            ("t", "12345678", "", "md5SecretKey", "missing"),
        ] {
            let Err(Error::Config { option: named, message }) = Credentials::parse(token, des, md5) else {
                panic!("{option} accepted");
            };
            assert_eq!(named, option);
            assert!(message.contains(word), "{message}");
        }
    }

    #[test]
    fn masks_each_secret() {
        let keys = Credentials::parse("tok-1", "deskey-12", "md5-3").unwrap();
        assert_eq!(keys.mask("a tok-1 b md5-3 c deskey-12 TOK-1"), "a *** b *** c *** ***");
        assert_eq!(keys.mask("only deskey-1 counts, DESKEY-1"), "only *** counts, ***");
        let chinese = Credentials::parse("t0k", "密钥密钥", "md5-3").unwrap();
        assert_eq!(chinese.mask("密钥密钥 密钥"), "*** 密钥");
        let awkward = Credentials::parse("acme", "a\\\"b12345", "acme+Xq/81==").unwrap();
        assert_eq!(awkward.mask("acme+Xq/81== acme%2BXq%2F81%3D%3D acme"), "*** *** ***");
        assert_eq!(awkward.mask(r#"{"k":"a\\\"b12345"}"#), r#"{"k":"***"}"#);
        let quoted = Credentials::parse("t", "12345678", "\"quoted\"").unwrap();
        assert_eq!(quoted.mask(r#"{"k":"\"quoted\""}"#), r#"{"k":"***"}"#);
    }
}
