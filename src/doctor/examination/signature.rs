//! The sign, the signing string, and the body that they belong to.

use crate::canonical;
use crate::doctor::cause::{Cause, Finding, cause};
use crate::doctor::cipher::Opened;
use crate::doctor::evidence::Parts;
use crate::doctor::examination::Examination;
use crate::doctor::keys::Secrets;
use crate::doctor::names::{Names, differing};
use crate::doctor::sign::{Goal, Outcome, Signed, search, tail_search};
use crate::doctor::{difference, envelope, strings};
use crate::prelude::*;
use crate::value::Map;

const CHANGED: Cause = cause(
    "body.changed",
    [
        "The sign fits the body that you show, but requestBody holds another one: they differ in {fields}.",
        "sign 与您给出的请求参数相符，但 requestBody 里是另一个：不同之处在 {fields}。",
    ],
    ["Make the body once, then sign and encrypt that same object.", "请求参数只生成一次，签名和加密用同一个对象。"],
);
const OTHER_BODY: Cause = cause(
    "body.other",
    [
        "requestBody holds another body than the one that you show: they differ in {fields}.",
        "requestBody 里的内容与您给出的请求参数不同：不同之处在 {fields}。",
    ],
    [
        "Show the body of this very call; or, if it is, make it once and sign and encrypt that same object.",
        "请给出这次调用的请求参数；如果给的就是，那么参数只生成一次，签名和加密用同一个对象。",
    ],
);
const DIFFERS: Cause = cause(
    "signing-string.differs",
    [
        "The signing string is not the one of this body: they part in the field {field}.",
        "待签名串与请求参数不符：从字段 {field} 开始不同。",
    ],
    ["Compare the two strings from there on.", "从该位置起比较两个字符串。"],
);

/// Causes that are found by comparing two bodies.
pub(in crate::doctor) const BODY_CAUSES: &[&Cause] = &[&CHANGED, &OTHER_BODY, &DIFFERS];

impl Examination<'_> {
    pub(super) fn signature(&mut self, parts: &Parts, opened: Option<&Opened>, secrets: &Secrets) {
        let Some(sign) = parts.sign.as_deref().filter(|sign| !sign.is_empty()) else { return };
        let lang = self.lang();
        let inside = opened.and_then(|opened| opened.body.as_ref());
        let Some(body) = inside.or(parts.body.as_ref()) else {
            if parts.signing_string.is_none() {
                self.cannot([
                    "To see whether the sign is right, add the body, or the requestBody with desKey.",
                    "要判断 sign 是否正确，请补充请求参数，或者 requestBody 和 desKey。",
                ]);
            }
            return;
        };
        if secrets.md5_secret.is_empty() {
            return self.cannot([
                "To see whether the sign is right, add md5SecretKey.",
                "要判断 sign 是否正确，请补充 md5SecretKey。",
            ]);
        }
        self.check(["the signature", "签名"]);
        let names = Names::new(Some(body), self.keys);
        // The body that was shown takes precedence: it is what was signed, even if requestBody holds another one.
        if let (Some(inside), Some(shown)) = (inside, parts.body.as_ref())
            && inside != shown
        {
            let fields = differing(shown, inside, &Names::new(Some(shown), self.keys)).join(", ");
            let fits_inside = self.signs(inside, secrets, sign);
            if self.signs(shown, secrets, sign) && !fits_inside {
                let fields = if fields.is_empty() { lang.of(["their order", "顺序"]).to_owned() } else { fields };
                return self.find(CHANGED.found(lang, &[("fields", &fields)]));
            }
            // Fields that are null in one and absent in the other, or in another position, are not worth mentioning.
            if fits_inside && !fields.is_empty() {
                return self.find(OTHER_BODY.found(lang, &[("fields", &fields)]));
            }
        }
        let plaintext = opened.map(|opened| opened.text.as_str()).or(parts.body_text.as_deref());
        let signed = Signed { body, plaintext, envelope: parts.envelope.as_ref(), dialect: &self.options.dialect };
        match search(&signed, Some(secrets), Goal::Sign(sign), &names, lang) {
            Outcome::Found(found) => found.into_iter().for_each(|finding| self.find(finding)),
            Outcome::NotFound { tried } => {
                if inside.is_some() && self.signed_the_other(parts, body, sign, secrets) {
                    return;
                }
                self.wrong = true;
                if !matches!(sign.len(), 16 | 24 | 32 | 40 | 64) {
                    let count = sign.chars().count().to_string();
                    self.find(envelope::SIGN_SHAPE.found(lang, &[("count", &count)]));
                }
                self.cannot([
                    "The sign fits no known variation: most likely it was made with another md5SecretKey, the body was changed in between, or objects were printed with the name of their class (Person(…), Person@1b6d). The signing string of the other program would tell.",
                    "sign 与任何已知的写法都不符：最可能是用了另一个 md5SecretKey，请求参数中途被改动，或者对象按类名输出（Person(…)、Person@1b6d）。补充对方程序的待签名串就能看出来。",
                ]);
                if tried < 3 {
                    let mixed = [
                        "Not every mixture of {n} mistakes was tried: a body of fewer fields would tell.",
                        "没有尝试 {n} 处错误的全部组合：换一次字段较少的调用即可判断。",
                    ];
                    self.cannot_tell.push(lang.of(mixed).replace("{n}", &(tried + 1).to_string()));
                }
            }
        }
    }

    /// Whether the body that was shown was signed, with a mistake, and requestBody holds another one.
    fn signed_the_other(&mut self, parts: &Parts, inside: &Map, sign: &str, secrets: &Secrets) -> bool {
        let Some(shown) = parts.body.as_ref().filter(|shown| *shown != inside) else { return false };
        let (lang, names) = (self.lang(), Names::new(Some(shown), self.keys));
        let plaintext = parts.body_text.as_deref();
        let signed =
            Signed { body: shown, plaintext, envelope: parts.envelope.as_ref(), dialect: &self.options.dialect };
        let Outcome::Found(found) = search(&signed, Some(secrets), Goal::Sign(sign), &names, lang) else {
            return false;
        };
        let fields = differing(shown, inside, &names).join(", ");
        self.find(CHANGED.found(lang, &[("fields", &fields)]));
        found.into_iter().for_each(|finding| self.find(finding));
        true
    }

    pub(super) fn signing_string(&mut self, parts: &Parts, opened: Option<&Opened>, secrets: &Secrets) {
        let Some(theirs) = &parts.signing_string else { return };
        let lang = self.lang();
        self.check(["the signing string", "待签名串"]);
        let bare = strings::bare(theirs, Some(secrets), lang);
        let before = self.found.len();
        bare.findings.into_iter().for_each(|finding| self.find(finding));
        let body = opened.and_then(|opened| opened.body.as_ref()).or(parts.body.as_ref());
        if let Some(body) = body {
            let names = Names::new(Some(body), self.keys);
            let plaintext = opened.map(|opened| opened.text.as_str()).or(parts.body_text.as_deref());
            let signed = Signed { body, plaintext, envelope: parts.envelope.as_ref(), dialect: &self.options.dialect };
            match search(&signed, None, Goal::Text(&bare.text), &names, lang) {
                Outcome::Found(found) => found.into_iter().for_each(|finding| self.find(finding)),
                Outcome::NotFound { .. } => {
                    let ours = canonical::signing_string(body, &self.options.dialect);
                    // Text after our string is most likely another secret, so its punctuation must not be shown either.
                    let more = bare.text.starts_with(&ours).then(|| format!("{ours}***"));
                    let at = difference::at(&ours, more.as_deref().unwrap_or(&bare.text), &names);
                    let byte = at.as_ref().map_or(0, |at| at.byte);
                    let field = field_at(&ours, byte, &names);
                    let finding = Finding { at, ..DIFFERS.found(lang, &[("field", &field)]) };
                    self.find(finding);
                }
            }
        } else {
            strings::by_its_form(&bare.text, lang).into_iter().for_each(|finding| self.find(finding));
            self.cannot([
                "To see whether it is the string of its body, add the body, or the requestBody with desKey.",
                "要判断它与请求参数是否对应，请补充请求参数，或者 requestBody 和 desKey。",
            ]);
        }
        let with_body = body.is_some();
        if let (Some(sign), false) = (parts.sign.as_deref(), with_body || secrets.md5_secret.is_empty()) {
            self.check(["the digests", "摘要"]);
            match tail_search(&bare.text, sign, secrets, &self.options.dialect, lang) {
                Some(found) => found.into_iter().for_each(|finding| self.find(finding)),
                None => {
                    self.wrong = true;
                    self.cannot([
                        "The sign was made with another md5SecretKey, or not of this signing string.",
                        "sign 用了另一个 md5SecretKey，或者不是由这个待签名串得出的。",
                    ]);
                }
            }
        }
        if !bare.had_secret && self.found.len() == before && parts.sign.is_none() {
            self.cannot([
                "To see what became of the string, add the sign that was made of it.",
                "要检查后面的步骤，请补充由它得出的 sign。",
            ]);
        }
    }
}

/// The field that contains the given byte of our signing string.
fn field_at(ours: &str, byte: usize, names: &Names<'_>) -> String {
    let before = ours.get(..byte).unwrap_or(ours);
    let start = before.rfind('&').map_or(0, |at| at + 1);
    let name = ours.get(start..).and_then(|rest| rest.split('=').next()).unwrap_or_default();
    names.shown_upper(name)
}
