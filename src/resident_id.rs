//! What a resident identity number (身份证, GB 11643-1999) tells about its bearer.

use crate::prelude::*;
use crate::types::{parse_date, parse_whole};
use crate::value::{Map, Value};

/// Birthday and gender out of an 18-character number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentId {
    /// `yyyy-MM-dd`
    pub birthday: String,
    /// `M` or `F`, as the platform writes it.
    pub gender: &'static str,
    /// Whether the check character is right. A form may warn; the platform's document asks for nothing.
    pub checksum_ok: bool,
}

impl ResidentId {
    /// As JavaScript sees it.
    pub fn into_map(self) -> Map {
        let mut map = Map::new();
        map.push("birthday", self.birthday.into());
        map.push("gender", self.gender.into());
        map.push("checksumOk", Value::Bool(self.checksum_ok));
        map
    }
}

/// Reads a number; `None` where it is not 17 digits and a digit or X, or the date does not exist.
pub fn parse(number: &str) -> Option<ResidentId> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (body, check) = number.split_at_checked(17).filter(|_| number.len() == 18)?;
    let digits: Vec<u32> = body.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let check = match check {
        "X" | "x" => 10,
        digit => parse_whole(digit)?,
    };
    let birthday = format!("{}-{}-{}", body.get(6..10)?, body.get(10..12)?, body.get(12..14)?);
    parse_date(&birthday)?;
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    Some(ResidentId {
        birthday,
        gender: if digits.last()? % 2 == 1 { "M" } else { "F" },
        checksum_ok: (12 - sum % 11) % 11 == check,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_birthday_gender_and_checksum() {
        // The standard's own example.
        let id = parse("11010519491231002X").unwrap();
        assert_eq!((id.birthday.as_str(), id.gender, id.checksum_ok), ("1949-12-31", "F", true));
        assert!(parse("440524188001010014").is_some_and(|id| id.checksum_ok && id.gender == "M"));
        assert!(parse("440524188001010015").is_some_and(|id| !id.checksum_ok));
        for no in [
            "",
            "1101011990030700",
            "110101199013070011",
            "11010119900307001Y",
            "1101011990030７001",
            "A10101199003070011",
        ] {
            assert_eq!(parse(no), None, "{no}");
        }
    }
}
