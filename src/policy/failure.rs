//! What a failure says about what became of the request.

use crate::error::Error;

/// Whether the gateway, or a proxy in front of it, asked for fewer calls and so did nothing.
pub(super) fn is_throttled(failure: &Error) -> bool {
    match failure {
        Error::Gateway { code, .. } => code == "0002",
        Error::Http { status, .. } => *status == 429,
        _ => false,
    }
}

/// Whether it is certain that the platform never received the try.
pub(super) fn is_unsent(failure: &Error) -> bool {
    matches!(failure, Error::Connection { unsent: true, .. })
}

/// Whether it tells what became of the call. A proxy's 5xx does not: the proxy may have lost the platform's answer.
pub(super) fn is_known(failure: &Error) -> bool {
    match failure {
        // A fetch that returns no Response may still have sent the request.
        Error::Connection { .. } | Error::Timeout { .. } | Error::Reply { .. } | Error::Config { .. } => {
            is_unsent(failure)
        }
        Error::Http { status, .. } => !matches!(status, 408 | 500..=599),
        _ => true,
    }
}
