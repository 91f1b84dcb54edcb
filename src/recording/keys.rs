//! Removes the keys from foreign text. A recording is committed and stays, so this looks for the keys in forms that
//! need not concern an error, which passes.

use aigobo_engine::text::push_hex;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::form;
use crate::replace::replace_all;
use crate::secret::Credentials;

/// `text` without the keys: as they are, as [`Credentials::mask`] knows them, and in lower case, hex, base64 and HTML.
pub(super) fn without_keys(text: &str, credentials: &Credentials) -> String {
    let texts = credentials.texts();
    let [token, secret, key, _] = texts.map(str::as_bytes);
    // The part of the DES key that counts is bytes: it may end within a character, and then only encodings hold it.
    let effective = key.get(..8).unwrap_or_default();
    let encoded = [token, secret, key, effective].into_iter().flat_map(encoded);
    let forms: Vec<_> = texts.into_iter().flat_map(written).chain(encoded).collect();
    let pairs: Vec<_> = forms.iter().map(|form| (form.as_str(), "***")).collect();
    replace_all(&credentials.mask(text), &pairs)
}

/// The forms of a text: escaped, in lower case and in HTML.
fn written(secret: &str) -> [Zeroizing<String>; 5] {
    let mut escaped = String::with_capacity(6 * secret.len());
    form::escape(secret, &mut escaped);
    // In lower case except for the codes: %2b.
    let codes: String = escaped
        .split('%')
        .enumerate()
        .map(|(place, part)| match part.split_at_checked(2) {
            Some((code, rest)) if place > 0 => format!("%{}{rest}", code.to_ascii_lowercase()),
            _ => part.to_owned(),
        })
        .collect();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    [secret.to_lowercase(), escaped.to_ascii_lowercase(), html, codes, escaped].map(Zeroizing::new)
}

/// The bytes in hex and base64.
fn encoded(secret: &[u8]) -> [Zeroizing<String>; 4] {
    let [mut small, mut capital] = [(); 2].map(|()| String::with_capacity(2 * secret.len()));
    push_hex(secret, false, &mut small);
    push_hex(secret, true, &mut capital);
    [STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret), small, capital].map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_a_key_is_left() {
        let keys = Credentials::parse("tok+/=%&acme", "dEs+key/=9", "sEc+ret/=%rt").unwrap();
        let text = "tok+/=%&acme DES+KEY/=9 des+key/=9 dG9rKy89JSZhY21l 6445732b6b65792f3d39 6445732B6B65792F3D39 \
                    sEc%2bret%2f%3d%25rt sec%2bret%2f%3d%25rt tok+/=%&amp;acme ZEVzK2tleS89OQ== dEs+key/ des%2bkey%2f \
                    6445732b6b65792f ZEVzK2tleS8=";
        assert_eq!(without_keys(text, &keys), "*** *** *** *** *** *** *** *** *** ***== *** *** *** ***=");
        assert_eq!(without_keys("成功 0000", &keys), "成功 0000");
    }

    #[test]
    fn nor_where_the_part_that_counts_ends_within_a_character() {
        let keys = Credentials::parse("token", "密钥密钥", "secret").unwrap();
        let text = "e5af86e992a5e5af E5AF86E992A5E5AF 5a+G6ZKl5a8= 5a-G6ZKl5a8 e5af86e992a5e5af86e992a5";
        assert_eq!(without_keys(text, &keys), "*** *** ***= *** ***");
    }
}
