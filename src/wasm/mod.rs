//! The JavaScript interface, and the only place that names JsValue: it parses, calls the core and converts.
//!
//! Objects cross as JSON text, which JavaScript writes and reads faster than any walk over their properties; the
//! order of the text is the order that is signed. Errors cross as plain objects, which the package's own JavaScript
//! turns into its classes (see `pkg-template/errors.js`).

#![allow(unreachable_pub, reason = "wasm-bindgen exports pub items, from private modules too")]

#[cfg(any(feature = "client", feature = "doctor", feature = "sandbox"))]
mod convert;
#[cfg(any(feature = "client", feature = "doctor", feature = "sandbox"))]
mod error;

#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod caller;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod clock;
#[cfg(feature = "doctor")]
mod doctor;
#[cfg(feature = "client")]
mod envelope;
#[cfg(feature = "client")]
mod event;
#[cfg(feature = "client")]
mod fetch;
#[cfg(feature = "client")]
mod functions;
mod issue;
#[cfg(any(feature = "client", feature = "envelope"))]
mod nonces;
#[cfg(feature = "client")]
mod notification;
#[cfg(feature = "client")]
mod observe;
#[cfg(all(feature = "envelope", not(feature = "client")))]
mod plain;
#[cfg(feature = "client")]
mod quota;
#[cfg(feature = "sandbox")]
mod recording;
#[cfg(feature = "sandbox")]
mod sandbox;
#[cfg(all(feature = "doctor", feature = "sandbox"))]
mod tools;
