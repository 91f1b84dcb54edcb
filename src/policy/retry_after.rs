//! How long the gateway, or a proxy in front of it, asks to wait.

use crate::types::{parse_http_date, parse_whole};

/// Reads a Retry-After header, seconds or an HTTP date, as milliseconds from `now` (milliseconds since 1970).
pub fn retry_after_ms(header: &str, now: i64) -> Option<u32> {
    let header = header.trim();
    let ms = match header.bytes().all(|byte| byte.is_ascii_digit()) {
        // Any number of digits is valid: an endless wait is still a wait.
        true if !header.is_empty() => parse_whole::<i64>(header).unwrap_or(i64::MAX).saturating_mul(1000),
        _ => parse_http_date(header)?.saturating_sub(now),
    };
    Some(u32::try_from(ms.max(0)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_retry_after() {
        let now = 1_626_570_000_000;
        let read = |header: &str| retry_after_ms(header, now);
        assert_eq!(read(" 7 "), Some(7_000));
        assert_eq!(read("Sun, 18 Jul 2021 01:00:05 GMT"), Some(5_000));
        assert_eq!(read("Sun, 18 Jul 2021 00:00:05 GMT"), Some(0));
        for endless in ["4294967295", "4294967296", "99999999999999999999999"] {
            assert_eq!(read(endless), Some(u32::MAX));
        }
        for senseless in ["", "-1", "soon", "1.5", "5 GMT"] {
            assert_eq!(read(senseless), None, "{senseless}");
        }
    }
}
