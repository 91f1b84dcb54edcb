//! DES and MD5 as the platform uses them, from bytes to bytes, and the comparison of secrets. Knows nothing of models or envelopes.
//!
//! Both are broken. They are the vendor's choice and protect nothing by themselves: security depends on
//! HTTPS and on keeping the keys on the server.

mod des;
mod equal;
mod md5;

pub use des::{DecryptError, DesKey, decrypt, encrypt, encrypt_onto};
pub use equal::equal;
pub use md5::{Hex, HexCase, hex_text, md5, md5_hex};
