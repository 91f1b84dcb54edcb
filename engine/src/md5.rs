//! MD5 (RFC 1321) as hex digits. It is here because the digest's generic buffer is compiled in the crate that uses it.

use alloc::string::String;

use md5::{Digest as _, Md5};

use crate::text::hex_digits;

/// The 32 hex digits of the digest of the joined `pieces`, so that a secret need not be copied next to the text.
pub fn md5_hex(pieces: &[&[u8]], upper: bool) -> String {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(piece);
    }
    let mut digits = [0; 32];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(md5.finalize()) {
        *two = hex_digits(byte, upper);
    }
    String::from_utf8(digits.to_vec()).unwrap_or_default()
}
