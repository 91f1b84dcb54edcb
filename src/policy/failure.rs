//! What a failure tells of what became of the request.

use crate::error::Error;

/// Whether the gateway, or its front, asked for fewer calls, and so did nothing.
pub(super) fn is_throttled(failure: &Error) -> bool {
    match failure {
        Error::Gateway { code, .. } => code == "0002",
        Error::Http { status, .. } => *status == 429,
        _ => false,
    }
}

/// Only of such a try it is certain that the platform never heard.
pub(super) fn is_unsent(failure: &Error) -> bool {
    matches!(failure, Error::Connection { unsent: true, .. })
}

/// Whether it tells what became of the call. A front's 5xx does not: it may have lost the platform's answer.
pub(super) fn is_known(failure: &Error) -> bool {
    match failure {
        // A fetch that hands back no Response may have sent the request all the same.
        Error::Connection { .. } | Error::Timeout { .. } | Error::Reply { .. } | Error::Config { .. } => {
            is_unsent(failure)
        }
        Error::Http { status, .. } => !matches!(status, 408 | 500..=599),
        _ => true,
    }
}
