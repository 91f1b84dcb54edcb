//! MD5 (RFC 1321) as hex digits. It is here because the digest's generic buffer is compiled in the crate that uses it.

use md5::{Digest as _, Md5};

use crate::text::hex;

/// The digest of the joined `pieces` in hex digits. In pieces, so that a secret need not be copied next to the text.
pub fn md5_hex(pieces: &[&[u8]], upper: bool) -> [u8; 32] {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(piece);
    }
    hex(&md5.finalize().into(), upper)
}
