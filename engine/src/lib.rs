//! The loops that must be fast. They stand in a crate of their own because cargo sets the optimisation level by the
//! crate: these are compiled for speed, while all the rest of the wasm is compiled for size.
#![no_std]

extern crate alloc;

pub mod base64;
pub mod body;
pub mod des;
pub mod json;
pub mod md5;
pub mod text;
mod token;
