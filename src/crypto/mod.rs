//! DES and MD5 as the platform uses them, from bytes to bytes. Knows nothing of models or envelopes.
//!
//! Both are broken. They are the vendor's choice and protect nothing by themselves: security depends on
//! HTTPS and on keeping the keys on the server.

mod des;
mod md5;

pub use des::{DecryptError, DesKey, decrypt, encrypt, encrypt_onto};
pub use md5::{HexCase, md5, md5_hex};
