//! Small values that are parsed once.

use time::{Date, Month};

use crate::prelude::*;

/// The Julian day of 1970-01-01.
const JULIAN_1970: i32 = 2_440_588;

/// An amount in yuan with its digits as the platform wrote them: `12.30` stays `12.30`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// Takes `-12.30`, and also `1.23E+2`, as Java prints some BigDecimals (it becomes `123`).
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.bytes().position(|byte| matches!(byte, b'e' | b'E')) {
            Some(place) => (text.get(..place)?, parse_whole::<i32>(text.get(place + 1..)?)?),
            None => (text, 0),
        };
        let (sign, unsigned) = match mantissa.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", mantissa),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = unsigned.ends_with('.');
        if whole.is_empty() || dangling || !digits(whole) || !digits(fraction) {
            return None;
        }
        if exponent == 0 {
            return Some(Self([sign, unsigned].concat()));
        }
        shift(whole, fraction, exponent).map(|unsigned| Self([sign, &unsigned].concat()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Moves the decimal point. Amounts are small: an exponent beyond 30 is noise, not money.
fn shift(whole: &str, fraction: &str, exponent: i32) -> Option<String> {
    const ZEROS: &str = "000000000000000000000000000000";
    let zeros = ZEROS.get(..usize::try_from(exponent.unsigned_abs()).ok()?)?;
    let (padded, split) = if exponent > 0 {
        ([whole, fraction, zeros].concat(), whole.len() + zeros.len())
    } else {
        ([zeros, whole, fraction].concat(), whole.len())
    };
    let (whole, fraction) = padded.split_at_checked(split)?;
    let fraction = if exponent > 0 { fraction.trim_end_matches('0') } else { fraction };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    Some(if fraction.is_empty() { whole.to_owned() } else { [whole, ".", fraction].concat() })
}

/// Reads a whole number. Only this function does, because each width would add a parser of its own to the wasm.
pub fn parse_whole<T: TryFrom<i64>>(text: &str) -> Option<T> {
    T::try_from(text.parse::<i64>().ok()?).ok()
}

/// Reads `yyyy-MM-dd`; the date must exist.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let [year, month, day] = [4, 2, 2].map(|width| digits(parts.next(), width));
    if parts.next().is_some() {
        return None;
    }
    date(year?, month?, day?)
}

/// Reads an HTTP date in the form in use since 1995, `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110
/// section 5.6.7), as milliseconds since 1970. It refuses the two older forms, one of which cuts the year in half.
pub fn parse_http_date(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(' ');
    let weekday = parts.next()?.strip_suffix(',')?;
    let (day, month, year) = (digits(parts.next(), 2)?, parts.next()?, digits(parts.next(), 4)?);
    let mut time = parts.next()?.split(':');
    let [hour, minute, second] = [(); 3].map(|()| digits(time.next(), 2));
    let (hour, minute, second) = (hour?, minute?, second?);
    // 60 is a leap second.
    if hour > 23 || minute > 59 || second > 60 || time.next().is_some() {
        return None;
    }
    if parts.next() != Some("GMT") || parts.next().is_some() {
        return None;
    }
    let place = |names: &str, name: &str| names.as_bytes().chunks(3).position(|known| known == name.as_bytes());
    let month = u16::try_from(place("JanFebMarAprMayJunJulAugSepOctNovDec", month)?).ok()?;
    let days = date(year, month + 1, day)?.to_julian_day() - JULIAN_1970;
    // 1970 began on a Thursday.
    if i32::try_from(place("ThuFriSatSunMonTueWed", weekday)?).ok()? != days.rem_euclid(7) {
        return None;
    }
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Some((i64::from(days) * 86_400 + seconds) * 1000)
}

/// Exactly `width` decimal digits.
fn digits(part: Option<&str>, width: usize) -> Option<u16> {
    part.filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())).and_then(parse_whole)
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()
}

/// Whether `text` is an absolute http or https address with a host. The URL standard repairs some addresses; this
/// function refuses them, since the address itself is signed and stored.
///
/// A full URL parser would bring its Unicode tables into the wasm for this one question.
pub fn is_http_url(text: &str) -> bool {
    let Some((scheme, rest)) = split_scheme(text) else { return false };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '<' | '>' | '"' | '`')) {
        return false;
    }
    split_authority(rest).is_some()
}

/// The parts before and after `://`.
pub fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// Host and port in the part after `://`; the host without user information, spelled as it is there.
pub fn split_authority(rest: &str) -> Option<(&str, Option<u16>)> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host_port.strip_prefix('[') {
        Some(v6) => {
            let (address, after) = v6.split_once(']')?;
            if !is_ipv6(address) {
                return None;
            }
            (host_port.get(..address.len() + 2)?, after)
        }
        None => host_port.find(':').map_or(Some((host_port, "")), |colon| host_port.split_at_checked(colon))?,
    };
    let port = match port.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(parse_whole(digits)?),
        Some(_) => return None,
        None if port.is_empty() => None,
        None => return None,
    };
    (!host.is_empty()).then_some((host, port))
}

/// Eight groups of hex digits, some of which one `::` may replace; without an IPv4 address at the end. (core's parser
/// would be a hundredth of the wasm.)
fn is_ipv6(text: &str) -> bool {
    let groups = |part: &str| {
        let group = |group: &str| (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        let count = if part.is_empty() { 0 } else { part.split(':').count() };
        (part.is_empty() || part.split(':').all(group)).then_some(count)
    };
    let gap = text.as_bytes().windows(2).position(|pair| pair == b"::");
    let (head, tail) = gap.and_then(|gap| Some((text.get(..gap)?, text.get(gap + 2..)?))).unwrap_or((text, ""));
    match (groups(head), groups(tail)) {
        (Some(before), Some(after)) if gap.is_some() => before + after < 8,
        (Some(count), _) => count == 8,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits() {
        for (text, expected) in [
            ("12.30", Some("12.30")),
            ("0", Some("0")),
            ("-0.10", Some("-0.10")),
            ("1E+2", Some("100")),
            ("1.23e2", Some("123")),
            ("1.234E1", Some("12.34")),
            ("5E-3", Some("0.005")),
            ("1E99", None),
            ("1,000", None),
            (".5", None),
            ("5.", None),
            ("", None),
            ("元", None),
        ] {
            assert_eq!(Decimal::parse(text).as_ref().map(Decimal::as_str), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_real() {
        for real in ["2024-02-29", "2021-12-31", "0001-01-01"] {
            assert!(parse_date(real).is_some(), "{real}");
        }
        for no in [
            "2023-02-29",
            "2021-13-01",
            "2021-00-01",
            "2021-6-28",
            "21-06-28",
            "2021-06-28 ",
            "2021-06-28T00:00",
            "+021-01-01",
            "",
        ] {
            assert!(parse_date(no).is_none(), "{no}");
        }
    }

    #[test]
    fn addresses_are_absolute_http() {
        for yes in [
            "https://shop.example.com",
            "http://127.0.0.1:8080/a?b=c#d",
            "HTTPS://a.cn/退",
            "https://[::1]:1/",
            "https://[::]/",
            "https://[fe80::1:2]/",
            "https://[1:2:3:4:5:6:7:8]/",
            "https://[1::]/",
            "https://u:p@h/",
            "https://商店.cn/",
        ] {
            assert!(is_http_url(yes), "{yes}");
        }
        for no in [
            "",
            "shop.example.com",
            "/hooks",
            "ftp://a.b",
            "https://",
            "https:///a",
            "https://a b",
            "https://a:99999",
            "javascript://a",
            "https://[::g]/",
            "https://[:::]/",
            "https://[1:2:3:4:5:6:7]/",
            "https://[1:2:3:4:5:6:7:8:9]/",
            "https://[1::2::3]/",
            "https://[fffff::1]/",
            "https://[:1]/",
            "https://[]/",
            "https://[1:2:3:4:5:6:7:8",
            "https://a:-0/",
            "https://a\\b",
            "https://:80",
        ] {
            assert!(!is_http_url(no), "{no}");
        }
    }
}
