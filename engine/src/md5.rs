//! MD5 (RFC 1321) as hex digits. It is here because the digest's generic buffer is compiled in the crate that uses it.

use md5::{Digest as _, Md5};

use crate::text::hex_digits;

/// The digest of the joined `pieces` in hex digits. In pieces, so that a secret need not be copied next to the text.
pub fn md5_hex(pieces: &[&[u8]], upper: bool) -> [u8; 32] {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(piece);
    }
    let mut digits = [0; 32];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(md5.finalize()) {
        *two = hex_digits(byte, upper);
    }
    digits
}
