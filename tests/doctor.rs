//! The doctor: each cause, produced by making exactly that mistake; mixtures; and what the doctor must never say.
#![cfg(all(feature = "doctor", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(missing_docs, unreachable_pub)]

#[path = "doctor/catalogue.rs"]
mod catalogue;
#[path = "doctor/encryption.rs"]
mod encryption;
#[path = "doctor/envelope.rs"]
mod envelope;
#[path = "doctor/evidence.rs"]
mod evidence;
#[path = "doctor/mixtures.rs"]
mod mixtures;
#[path = "doctor/privacy.rs"]
mod privacy;
#[path = "doctor/program.rs"]
mod program;
#[path = "doctor/screen.rs"]
mod screen;
#[path = "doctor/signature.rs"]
mod signature;
#[path = "doctor/strings.rs"]
mod strings;
#[path = "doctor/values.rs"]
mod values;
