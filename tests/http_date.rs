//! The Date and Retry-After headers of the gateway (RFC 9110, section 5.6.7).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, missing_docs)]

use aigobo::policy::retry_after_ms;
use aigobo::types::parse_http_date;
use proptest::prelude::*;
use time::OffsetDateTime;

/// The RFC's example.
const EXAMPLE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const EXAMPLE_MS: i64 = 784_111_777_000;

fn written(seconds: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
    let three = |name: String| name[..3].to_owned();
    let (weekday, month) = (three(at.weekday().to_string()), three(at.month().to_string()));
    let (hour, minute, second) = at.to_hms();
    format!("{weekday}, {:02} {month} {:04} {hour:02}:{minute:02}:{second:02} GMT", at.day(), at.year())
}

proptest! {
    #[test]
    fn every_second_reads_as_it_is_written(seconds in -62_167_219_200_i64..253_402_300_800) {
        prop_assert_eq!(parse_http_date(&written(seconds)), Some(seconds * 1000));
    }

    #[test]
    fn nothing_else_is_a_date_and_nothing_panics(text in "[SMTWFJAOND, :GMTa-z0-9\u{4e00}-]{0,32}") {
        if let Some(ms) = parse_http_date(&text) {
            prop_assert_eq!(written(ms / 1000), text.trim());
        }
    }

    #[test]
    fn a_changed_character_is_no_date_or_another(at in 0..29_usize, c in "[ -~]") {
        let mut text = EXAMPLE.to_owned();
        text.replace_range(at..=at, &c);
        if let Some(ms) = parse_http_date(&text) {
            prop_assert_eq!(written(ms / 1000), text);
        }
    }
}

#[test]
fn the_one_form_and_no_other() {
    assert_eq!(parse_http_date(EXAMPLE), Some(EXAMPLE_MS));
    assert_eq!(parse_http_date(&format!(" {EXAMPLE}\t")), Some(EXAMPLE_MS));
    assert_eq!(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
    assert_eq!(parse_http_date("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199_000));
    assert_eq!(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"), Some(1_483_228_800_000), "a leap second");
    for wrong in [
        "",
        "5 GMT",
        "GMT",
        "2021-07-18T01:00:05Z",
        // Obsolete forms.
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        // Nearly valid.
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08:49:37:00 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 +8:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Thu, 29 Feb 2023 00:00:00 GMT",
        "Thu, 31 Apr 2020 00:00:00 GMT",
        "Sat, 00 Jan 2000 00:00:00 GMT",
    ] {
        assert_eq!(parse_http_date(wrong), None, "{wrong}");
    }
}

#[test]
fn a_gateway_that_says_when() {
    assert_eq!(retry_after_ms(EXAMPLE, EXAMPLE_MS - 7_000), Some(7_000));
    assert_eq!(retry_after_ms(EXAMPLE, EXAMPLE_MS + 7_000), Some(0));
    assert_eq!(retry_after_ms("5 GMT", 0), None);
}
