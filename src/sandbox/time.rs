//! China time as the platform writes it.

use time::{OffsetDateTime, UtcOffset};

/// `yyyy-MM-dd HH:mm:ss`, China time.
pub(super) fn china(ms: i64) -> String {
    let at = moment(ms);
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    format!("{year:04}-{:02}-{day:02} {hour:02}:{minute:02}:{second:02}", u8::from(month))
}

/// Only the date, `yyyy-MM-dd`.
pub(super) fn china_date(ms: i64) -> String {
    china(ms).split(' ').next().unwrap_or_default().to_owned()
}

/// `yyMMddHHmmss`, the middle of the platform's codes.
pub(super) fn compact(ms: i64) -> String {
    china(ms).chars().filter(char::is_ascii_digit).skip(2).collect()
}

/// The last moment that has a date in China before the year 10000.
pub(super) const LAST: i64 = 253_402_214_400_000;

fn moment(ms: i64) -> OffsetDateTime {
    let ms = ms.clamp(0, LAST);
    let utc = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    UtcOffset::from_hms(8, 0, 0).map_or(utc, |china| utc.to_offset(china))
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_eight_hours_ahead() {
        assert_eq!(super::china(1_617_536_538_129), "2021-04-04 19:42:18");
        assert_eq!(super::compact(1_617_536_538_129), "210404194218");
    }
}
