//! DES/ECB/PKCS5Padding in standard base64 (document section 5.2).

use aigobo_engine::base64;
use aigobo_engine::des::Des;
use zeroize::Zeroizing;

use crate::prelude::*;

const BLOCK: usize = 8;

/// An 8-byte DES key (its parity bits are ignored), wiped when dropped, redacted when printed.
#[derive(Clone)]
pub struct DesKey(Box<Des>);

impl DesKey {
    /// Takes the 8-byte key and computes its schedule once.
    pub fn from_bytes(key: &[u8; 8]) -> Self {
        Self(Des::new(key))
    }

    /// Enciphers one block.
    pub fn encrypt_block(&self, mut block: [u8; 8]) -> [u8; 8] {
        self.0.encrypt(core::slice::from_mut(&mut block));
        block
    }

    /// Deciphers one block.
    pub fn decrypt_block(&self, mut block: [u8; 8]) -> [u8; 8] {
        self.0.decrypt(core::slice::from_mut(&mut block));
        block
    }
}

impl core::fmt::Debug for DesKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Why a requestBody cannot be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecryptError {
    /// Not standard base64.
    #[error("it is not standard base64 (was a + turned into a blank, or the text cut?)")]
    Base64,
    /// Not a whole number of 8-byte blocks.
    #[error("its length is not a multiple of 8 bytes (was the text cut?)")]
    Length,
    /// The last block does not end in PKCS5 padding.
    #[error("its padding is wrong (most likely another DES key)")]
    Padding,
    /// The deciphered bytes are not UTF-8.
    #[error("what it holds is not UTF-8 text (another DES key, or another encoding such as GBK)")]
    Utf8,
}

/// Encrypts `text` with PKCS5 padding; the result is base64 with padding and without line breaks.
pub fn encrypt(text: impl Into<Vec<u8>>, key: &DesKey) -> String {
    let mut out = Vec::new();
    encrypt_onto(text, key, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// [`encrypt`], appended to `out`: bytes, because nobody need check that digits are text.
pub fn encrypt_onto(text: impl Into<Vec<u8>>, key: &DesKey, out: &mut Vec<u8>) {
    let mut bytes = text.into();
    // PKCS5: adds the missing bytes, or a whole block if none is missing; each byte holds their number.
    let missing = BLOCK - bytes.len() % BLOCK;
    // Exact, because a vector would otherwise double its room.
    bytes.reserve_exact(missing);
    bytes.resize(bytes.len() + missing, missing as u8);
    let (blocks, _) = bytes.as_chunks_mut();
    key.0.encrypt(blocks);
    base64::encode(&bytes, out);
}

/// Decrypts what [`encrypt`] or a Java program made. Line breaks and blanks inside the base64 are
/// skipped: older Java encoders wrap at 76 characters.
///
/// # Errors
/// [`DecryptError`] tells base64, length, padding and encoding apart.
pub fn decrypt(base64: &str, key: &DesKey) -> Result<String, DecryptError> {
    let mut bytes = Zeroizing::new(base64::decode(base64.as_bytes()).ok_or(DecryptError::Base64)?);
    let (blocks, rest) = bytes.as_chunks_mut();
    if !rest.is_empty() || blocks.is_empty() {
        return Err(DecryptError::Length);
    }
    key.0.decrypt(blocks);
    let text_len = unpadded_len(&bytes).ok_or(DecryptError::Padding)?;
    bytes.truncate(text_len);
    String::from_utf8(core::mem::take(&mut *bytes)).map_err(|error| {
        // Moved back to where it is wiped.
        *bytes = error.into_bytes();
        DecryptError::Utf8
    })
}

fn unpadded_len(bytes: &[u8]) -> Option<usize> {
    let padding = *bytes.last()?;
    let text_len = bytes.len().checked_sub(usize::from(padding))?;
    let fits = (1..=BLOCK).contains(&usize::from(padding));
    (fits && bytes.iter().skip(text_len).all(|byte| *byte == padding)).then_some(text_len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_base64(bytes: [u8; BLOCK]) -> String {
        let mut out = Vec::new();
        base64::encode(&bytes, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn key() -> DesKey {
        DesKey::from_bytes(b"sandbox8")
    }

    #[test]
    fn wrapped_base64_decrypts() {
        let sealed = encrypt("爱购保".repeat(40), &key());
        let wrapped: Vec<_> = sealed.as_bytes().chunks(76).map(|line| core::str::from_utf8(line).unwrap()).collect();
        assert_eq!(decrypt(&wrapped.join("\r\n"), &key()).unwrap(), "爱购保".repeat(40));
    }

    #[test]
    fn each_fault_has_its_name() {
        let sealed = encrypt("1234567890", &key());
        assert_eq!(decrypt("&&&&", &key()), Err(DecryptError::Base64));
        assert_eq!(decrypt("", &key()), Err(DecryptError::Length));
        assert_eq!(decrypt("AAAA", &key()), Err(DecryptError::Length));
        assert_eq!(decrypt(&sealed, &DesKey::from_bytes(b"other-ke")), Err(DecryptError::Padding));
        let gbk = {
            let block = key().encrypt_block([0xc4, 0xe3, 0xba, 0xc3, 4, 4, 4, 4]);
            to_base64(block)
        };
        assert_eq!(decrypt(&gbk, &key()), Err(DecryptError::Utf8));
    }

    #[test]
    fn a_padding_byte_out_of_range_is_refused() {
        for last in [0, 9, 255] {
            let block = key().encrypt_block([1, 2, 3, 4, 5, 6, 7, last]);
            assert_eq!(decrypt(&to_base64(block), &key()), Err(DecryptError::Padding));
        }
    }
}
