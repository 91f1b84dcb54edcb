//! Why the platform refuses a call.

/// A code of document section 8, and what it is about (never a buyer's data).
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) about: String,
}

pub(super) fn refuse(code: &'static str, about: impl Into<String>) -> Refusal {
    Refusal { code, about: about.into() }
}
