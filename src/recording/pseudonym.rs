//! Replaces a text by another of the same form; the same text always gets the same replacement.
//!
//! A keyed hash draws the replacement, and its key is derived from the account's own keys. So replacements are the same
//! in all of an account's recordings, and somebody who has a recording but not the keys cannot try out all mobile
//! numbers. A salt in the file would make that possible; a new salt each time would give one person two names in two
//! files.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::mask::replace_people;
use crate::recording::shapes::{chinese, is_han, is_number, number, other_day, shape};
use crate::replace::replace_all;
use crate::resident_id;
use crate::secret::Credentials;
use crate::types::parse_date;
use crate::upper::upper_case;

/// District codes with which a resident id begins.
const AREAS: [&str; 6] = ["110101", "310101", "330106", "440106", "510104", "320505"];

/// Two texts must not become one: this is how often another replacement is drawn.
const ROUNDS: u32 = 200;

/// The texts seen so far and their replacements. The originals stay in memory and are never written.
pub(super) struct Pseudonyms {
    key: Hmac<Sha256>,
    given: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Pseudonyms {
    /// The account's own pseudonyms: the same keys give the same ones.
    pub(super) fn of_account(credentials: &Credentials) -> Option<Self> {
        let mut key = Hmac::<Sha256>::new_from_slice(credentials.md5_secret.expose().as_bytes()).ok()?;
        key.update(b"aigobo recording\0");
        key.update(credentials.access_token.expose().as_bytes());
        let key = Hmac::<Sha256>::new_from_slice(&key.finalize().into_bytes()).ok()?;
        Some(Self { key, given: BTreeMap::new(), taken: BTreeSet::new() })
    }

    /// The replacement of `text`; that of a JSON number is one, too.
    pub(super) fn of(&mut self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        if let Some(known) = self.given.get(text) {
            return known.clone();
        }
        let starred = text.contains('*').then(|| self.starred(text)).flatten();
        let mut drawn = starred.unwrap_or_else(|| self.draw(text, 0));
        let is_text = !is_number(text);
        for round in 1..ROUNDS {
            // A resident id that is a number must not get the check character X.
            let fits = is_text || is_number(&drawn);
            if drawn != text && fits && (!self.taken.contains(&drawn) || text.contains('*')) {
                break;
            }
            drawn = self.draw(text, round);
        }
        self.taken.insert(drawn.clone());
        self.given.insert(text.to_owned(), drawn.clone());
        drawn
    }

    /// Foreign text in which everybody already seen, and anything that looks like a person's data, is replaced.
    pub(super) fn scrub(&mut self, text: &str) -> String {
        // A single letter or a short number occurs everywhere.
        let tells =
            |met: &str| met.len() > 3 || met.chars().nth(1).is_some() && met.bytes().any(|b| !b.is_ascii_digit());
        let met: Vec<_> = self.given.iter().filter(|(met, _)| tells(met)).collect();
        // The signing string is in upper case, and a refusal may quote it.
        let upper: Vec<_> = met.iter().map(|(met, _)| upper_case(met)).collect();
        let forms = met.iter().map(|(met, _)| met.as_str()).chain(upper.iter().map(String::as_str));
        let pairs: Vec<_> = forms.zip(met.iter().chain(&met).map(|(_, other)| other.as_str())).collect();
        let shown = replace_all(text, &pairs);
        let mut drawn = BTreeSet::new();
        replace_people(&shown, &mut |one| {
            // It is already somebody's replacement.
            if self.taken.contains(one) && !drawn.contains(one) {
                return one.to_owned();
            }
            let other = self.of(one);
            drawn.insert(other.clone());
            other
        })
    }

    fn draw(&mut self, text: &str, round: u32) -> String {
        let mut dice = self.dice(text, round);
        if let Some(id) = resident_id::parse(text) {
            return self.resident_id(text, &id, &mut dice);
        }
        if let Some(date) = parse_date(text) {
            return other_day(date, &mut dice).unwrap_or_else(|| shape(text, &mut dice));
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if let (true, [b'1', second @ b'3'..=b'9', ..], 11) = (digits, text.as_bytes(), text.len()) {
            return format!("1{}{:09}", char::from(*second), dice.u32(0..1_000_000_000));
        }
        if is_number(text) {
            return number(text, &mut dice);
        }
        if text.split_once('@').is_some_and(|(_, host)| host.contains('.')) {
            return format!("u{:08x}@example.com", dice.u32(..));
        }
        if text.chars().any(is_han) && !text.contains('*') {
            return chinese(text, &mut dice);
        }
        shape(text, &mut dice)
    }

    fn dice(&self, text: &str, round: u32) -> fastrand::Rng {
        let mut key = self.key.clone();
        key.update(&round.to_be_bytes());
        key.update(text.as_bytes());
        let hash = key.finalize().into_bytes();
        fastrand::Rng::with_seed(u64::from_be_bytes(hash.first_chunk().copied().unwrap_or_default()))
    }

    /// An id with another district and day; the day is the replacement of the holder's birthday elsewhere. Gender and
    /// checksum are right.
    fn resident_id(&mut self, text: &str, id: &resident_id::ResidentId, dice: &mut fastrand::Rng) -> String {
        let birthday = self.of(&id.birthday).replace('-', "");
        let serial = 2 * dice.u32(0..500) + u32::from(id.gender == "M");
        // Never the same district: a number shown with stars begins with it.
        let area = dice.choice(AREAS.iter().filter(|area| !text.starts_with(*area)).collect::<Vec<_>>());
        let area = area.copied().unwrap_or_default();
        let body = format!("{area}{birthday}{serial:03}");
        let checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
        checks.clone().find(|id| resident_id::parse(id).is_some_and(|id| id.checksum_ok)).unwrap_or(body)
    }

    /// The platform shows some texts with stars. If the person has been seen before, this is their replacement with the
    /// same stars.
    fn starred(&self, text: &str) -> Option<String> {
        let fits = |whole: &str| {
            whole.chars().count() == text.chars().count()
                && text.chars().zip(whole.chars()).all(|(a, b)| a == '*' || a == b)
        };
        let (_, other) = self.given.iter().find(|(whole, _)| !whole.contains('*') && fits(whole))?;
        let same_length = other.chars().count() == text.chars().count();
        same_length.then(|| text.chars().zip(other.chars()).map(|(a, b)| if a == '*' { '*' } else { b }).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(secret: &str) -> Pseudonyms {
        Pseudonyms::of_account(&Credentials::parse("token", "12345678", secret).unwrap()).unwrap()
    }

    #[test]
    fn the_same_stays_the_same_and_another_account_is_another() {
        let (mut one, mut again, mut other) = (account("a"), account("a"), account("b"));
        for text in ["13800000001", "110101199003070011", "王小明", "106225", "a@b.cn", "PDAA2021000001", "1990-03-07"]
        {
            let drawn = one.of(text);
            assert_ne!(drawn, text);
            assert_eq!(drawn, one.of(text));
            assert_eq!(drawn, again.of(text));
            assert_ne!(drawn, other.of(text), "{text}");
        }
    }

    #[test]
    fn forms_are_valid_and_of_one_person() {
        for place in 0..500 {
            let mut names = account("a");
            let day = format!("19{:02}-0{}-1{}", place % 100, place % 9 + 1, place % 10);
            let body = format!("330106{}{:03}", day.replace('-', ""), place);
            let id = "0123456789X"
                .chars()
                .map(|c| format!("{body}{c}"))
                .find(|id| resident_id::parse(id).unwrap().checksum_ok)
                .unwrap();
            let other = resident_id::parse(&names.of(&id)).unwrap();
            let original = resident_id::parse(&id).unwrap();
            assert!(other.checksum_ok && other.gender == original.gender);
            assert_eq!(other.birthday, names.of(&day), "{id}");
            assert_eq!(other.birthday.get(..4), day.get(..4));
            let mobile = names.of(&format!("139{place:08}"));
            assert!(mobile.len() == 11 && mobile.starts_with("13") && mobile.bytes().all(|byte| byte.is_ascii_digit()));
            let starred = |id: &str| format!("{}************{}", id.get(..3).unwrap(), id.get(15..).unwrap());
            let shown = names.of(&starred(&id));
            let whole = names.of(&id);
            assert_eq!(shown, starred(&whole));
        }
    }

    #[test]
    fn a_resident_id_that_is_a_number_stays_one() {
        for secret in 0..100 {
            let drawn = account(&secret.to_string()).of("110101199003070011");
            assert!(is_number(&drawn), "{drawn}");
        }
    }

    #[test]
    fn two_are_never_one() {
        let mut names = account("a");
        let drawn: BTreeSet<_> =
            (0..5_000).map(|place| names.of(&format!("人{}", char::from_u32(0x4e00 + place).unwrap()))).collect();
        assert_eq!(drawn.len(), 5_000);
        let short: BTreeSet<_> = (10..60).map(|place: i32| names.of(&place.to_string())).collect();
        assert_eq!(short.len(), 50);
    }

    #[test]
    fn chinese_forms() {
        let mut names = account("a");
        assert!(names.of("杭州示例科技有限公司").ends_with("示例有限公司"));
        assert!(names.of("浙江省杭州市西湖区莫干山路1号").ends_with('号'));
        assert_eq!(names.of("欧阳娜娜").chars().count(), 4);
        assert!(names.of("王*明").contains('*'));
    }

    #[test]
    fn people_of_every_script_become_others() {
        let mut names = account("a");
        for text in ["Иванов", "たなか", "김철수", "José Ñandú", "بەختىيار", "བཀྲ་ཤིས", "１３８００００００01"]
        {
            let drawn = names.of(text);
            let kept = text.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()).find(|c| drawn.contains(*c));
            assert_eq!(kept, None, "{text} {drawn}");
        }
    }

    #[test]
    fn a_quoted_signing_string_names_nobody() {
        let mut names = account("a");
        names.of("Zhang San");
        names.of("straße 5");
        let shown = names.scrub("sign of HOLDERNAME=ZHANG SAN&ADDRESS=STRASSE 5");
        assert!(!shown.contains("ZHANG") && !shown.contains("STRASSE"), "{shown}");
    }

    #[test]
    fn a_short_number_is_not_looked_for_in_other_text() {
        let mut names = account("a");
        names.of("44");
        let longer = names.of("106225");
        assert_eq!(names.scrub("44 of 1440, 106225"), format!("44 of 1440, {longer}"));
    }

    #[test]
    fn foreign_text_names_nobody() {
        let mut names = account("a");
        let (name, mobile) = (names.of("王小明"), names.of("13800000001"));
        let shown = names.scrub("被保人王小明(13800000001)与13900000002重复, a@b.cn");
        assert!(shown.starts_with(&format!("被保人{name}({mobile})与")), "{shown}");
        assert!(
            !shown.contains("13900000002") && !shown.contains("a@b.cn") && shown.contains("example.com"),
            "{shown}"
        );
    }
}
