//! The keys: their form, their order, and the token in the envelope.

use crate::canonical;
use crate::doctor::cause::{Cause, cause};
use crate::doctor::evidence::Parts;
use crate::doctor::examination::{Examination, Placed};
use crate::doctor::keys::{PLACES, RIGHT_KEY, Secrets, TIGHT, Which, trimmed, unquoted};
use crate::doctor::{cipher, envelope};
use crate::prelude::*;
use crate::secret::Secret;
use crate::value::Map;

const SWAPPED: Cause =
    cause("keys.swapped", ["The keys stand in each other's places: {keys}.", "密钥放错了位置：{keys}。"], RIGHT_KEY);
const BLANKS: Cause = cause(
    "keys.blanks",
    ["There is white space (or a line break) around {key}.", "{key} 的首尾有空白（或换行）。"],
    TIGHT,
);
const SHORT: Cause = cause(
    "keys.short",
    [
        "desKey has {count} bytes; a DES key needs at least 8 bytes of UTF-8 text.",
        "desKey 只有 {count} 个字节；DES 密钥至少需要 8 个字节（UTF-8）。",
    ],
    [
        "Copy desKey once more from what the platform issued, the whole of it.",
        "从平台下发的内容重新完整地复制 desKey。",
    ],
);
const QUOTED: Cause = cause(
    "keys.quoted",
    ["There are quotes around {key}.", "{key} 的两边有引号。"],
    [
        "Take the quotes off: an environment file's are for the shell, and docker's --env-file keeps them.",
        "去掉引号：env 文件里的引号是给 shell 用的，docker 的 --env-file 会原样保留。",
    ],
);

/// What can be wrong with the keys as given.
pub(in crate::doctor) const KEY_CAUSES: &[&Cause] = &[&SWAPPED, &BLANKS, &SHORT, &QUOTED];

impl Examination<'_> {
    pub(super) fn keys_as_given(&mut self) {
        let lang = self.lang();
        for which in Which::ALL {
            let (loose, tight) = (self.keys.loose(which), self.keys.tight(which));
            if loose.is_empty() {
                continue;
            }
            if loose != trimmed(loose) {
                self.find(BLANKS.found(lang, &[("key", which.name())]));
            }
            if unquoted(trimmed(loose)).is_some() {
                self.find(QUOTED.found(lang, &[("key", which.name())]));
            }
            if which == Which::DesKey && tight.len() < 8 {
                self.find(SHORT.found(lang, &[("count", &tight.len().to_string())]));
            }
        }
        self.check(["the keys' form", "密钥的格式"]);
    }

    /// Finds which key belongs in which place: the order that fits most of the evidence.
    pub(super) fn place_keys(&mut self, parts: &Parts) -> Placed {
        let open = |secrets: &Secrets| {
            let text = parts.request_body.as_deref()?;
            (!secrets.des_key.is_empty()).then(|| cipher::open(text, secrets))
        };
        let mut best: Option<(usize, [usize; 3], Placed)> = None;
        for places in PLACES {
            let secrets = self.keys.placed(places);
            let opened = open(&secrets);
            let mut cost = envelope::token_cost(parts.envelope.as_ref(), &secrets) + usize::from(places != [0, 1, 2]);
            cost += match &opened {
                Some(Ok(opened)) => opened.deviations.len(),
                Some(Err(unopened)) if unopened.key_fits => 1,
                Some(Err(_)) => 5,
                None => 0,
            };
            let body = match &opened {
                Some(Ok(opened)) => opened.body.as_ref(),
                _ => parts.body.as_ref(),
            };
            if let (Some(body), Some(sign)) = (body, parts.sign.as_deref()) {
                cost += usize::from(!self.signs(body, &secrets, sign));
            }
            let first = best.as_ref().is_none_or(|(least, ..)| cost < *least);
            if first {
                best = Some((cost, places, (secrets, opened)));
            }
            if cost == 0 {
                break;
            }
        }
        let Some((_, places, placed)) = best else { return (self.keys.placed([0, 1, 2]), None) };
        if places != [0, 1, 2] {
            let moved: Vec<_> = (Which::ALL.iter().zip(places))
                .filter_map(|(which, place)| Some((which.name(), Which::ALL.get(place)?.name())))
                .filter(|(which, taken)| which != taken)
                .map(|(which, taken)| format!("{taken} → {which}"))
                .collect();
            let finding = SWAPPED.found(self.lang(), &[("keys", &moved.join(", "))]);
            self.find(finding);
        }
        placed
    }

    pub(super) fn signs(&self, body: &Map, secrets: &Secrets, sign: &str) -> bool {
        Secret::parse("md5SecretKey", &secrets.md5_secret)
            .is_ok_and(|secret| canonical::sign(body, &secret, &self.options.dialect) == sign)
    }

    pub(super) fn token_of(&mut self, parts: &Parts, secrets: &Secrets) {
        let Some(map) = &parts.envelope else { return };
        if secrets.access_token.is_empty() {
            return self.cannot([
                "To see whether the accessToken is right, add accessToken.",
                "要判断 accessToken 是否正确，请补充 accessToken。",
            ]);
        }
        self.check(["accessToken", "accessToken"]);
        if let Some(finding) = envelope::token(map, self.keys, secrets, self.lang()) {
            self.find(finding);
        }
    }
}
