//! The 爱购保 (Aigobo) insurance platform's gateway, from the wire up.
//!
//! ```text
//! wasm/                    the JavaScript face: parses, calls, converts, fetches
//! sandbox/                 the platform itself as a state machine (feature `sandbox`)
//! recording/               calls written down without people, and served again (feature `sandbox`)
//! doctor/                  what is wrong with a signature or an envelope, and the cure (feature `doctor`)
//! policy/                  when to try again, how fast, and what time it is: decisions, no waiting
//! exchange, config, mask   a request to what is sent; an answer to a reply or an error; what is never shown
//! notification/            what a callback says, and whether the order bears it out
//! endpoints/, envelope     eleven endpoints, one file each; seal and open
//! explain, response_codes  each step of sealing, shown; what the gateway's codes mean
//! model/, canonical        fields as data, checked and read; parameters to the string that is signed
//! crypto/, value/, form    DES (of the crate `engine/`) and MD5; JSON that keeps its order; forms
//! types, resident_id       dates, amounts, addresses; what an identity number says
//! spelling, upper          what was most likely meant; upper case
//! error, secret, dialect   who must act; the keys; what may have to be said differently
//! ```
//!
//! Everything below `wasm/` is pure: no clock, no randomness, no network. Start at [`exchange::prepare`].

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(test, allow(missing_docs))]

extern crate alloc;

pub mod canonical;
pub mod config;
pub mod crypto;
pub mod dialect;
#[cfg(feature = "doctor")]
pub mod doctor;
pub mod endpoints;
pub mod envelope;
pub mod error;
pub mod exchange;
pub mod explain;
pub mod form;
pub mod mask;
pub mod model;
pub mod notification;
pub mod policy;
mod prelude;
#[cfg(feature = "sandbox")]
pub mod recording;
mod replace;
pub mod resident_id;
pub mod response_codes;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod secret;
pub mod spelling;
pub mod types;
pub mod upper;
pub mod value;
#[cfg(target_arch = "wasm32")]
mod wasm;

/// What `std` would bring: its allocator, and an end for a panic, of which nobody would see the text.
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod without_std {
    #[global_allocator]
    static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}

pub use error::Error;
pub use value::{Map, Value};
