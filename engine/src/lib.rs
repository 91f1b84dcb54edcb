//! The loops that must be fast. They are a separate crate because cargo sets the optimisation level per crate: these
//! are compiled for speed, the rest of the wasm for size.
#![no_std]

extern crate alloc;

pub mod base64;
pub mod body;
pub mod des;
pub mod json;
pub mod md5;
pub mod text;
mod token;
