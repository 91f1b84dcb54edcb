//! The examination: each part of the evidence in its turn.

use crate::canonical;
use crate::doctor::cause::{Cause, Finding, Lang, cause};
use crate::doctor::cipher::{self, Opened, Unopened};
use crate::doctor::evidence::{Evidence, Parts, parts};
use crate::doctor::keys::{Keys, PLACES, Secrets, Which};
use crate::doctor::names::{Names, differing};
use crate::doctor::sign::{Goal, Outcome, Signed, search, tail_search};
use crate::doctor::{Diagnosis, Options, Verdict, difference, envelope, refusal, strings};
use crate::prelude::*;
use crate::secret::Secret;
use crate::value::Map;

const SWAPPED: Cause = cause(
    "keys.swapped",
    ["The keys stand in each other's places: {keys}.", "密钥放错了位置：{keys}。"],
    ["Compare the three keys with what the platform issued, one by one.", "把三个密钥与平台下发的逐一核对。"],
);
const BLANKS: Cause = cause(
    "keys.blanks",
    ["There is white space (or a line break) around {key}.", "{key} 的首尾有空白（或换行）。"],
    [
        "Cut white space off the key when you read it from a file or the environment.",
        "从文件或环境变量读取密钥时去掉首尾空白。",
    ],
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
    ["Take the quotes off: an environment file's are for the shell.", "去掉引号：env 文件里的引号是给 shell 用的。"],
);

/// What can be wrong with the keys as they were handed in.
pub(super) const KEY_CAUSES: &[&Cause] = &[&SWAPPED, &BLANKS, &SHORT, &QUOTED];

const CHANGED: Cause = cause(
    "body.changed",
    [
        "The sign fits the body that you show, but requestBody holds another one: they differ in {fields}.",
        "sign 与你给出的请求体相符，但 requestBody 里是另一个：不同之处在 {fields}。",
    ],
    ["Make the body once, then sign and encrypt that same object.", "请求体只生成一次，对同一个对象签名和加密。"],
);
const OTHER_BODY: Cause = cause(
    "body.other",
    [
        "requestBody holds another body than the one that you show: they differ in {fields}.",
        "requestBody 里的内容与你给出的请求体不同：不同之处在 {fields}。",
    ],
    [
        "Show the body of this very call; or, if it is, make it once and sign and encrypt that same object.",
        "请给出这次调用的请求体；如果确实是，那么只生成一次，对同一个对象签名和加密。",
    ],
);
const DIFFERS: Cause = cause(
    "signing-string.differs",
    [
        "The signing string is not the one of this body; they part where at tells, in the field {field}.",
        "签名串与这个请求体的不一致；分歧位置见 at，在字段 {field} 处。",
    ],
    ["Compare the two strings from there on.", "从该位置起比较两个字符串。"],
);

/// What can be found about a body by comparing two.
pub(super) const BODY_CAUSES: &[&Cause] = &[&CHANGED, &OTHER_BODY, &DIFFERS];

/// The keys in their places, and what they make of requestBody where there is one.
type Placed = (Secrets, Option<Result<Opened, Unopened>>);

struct Examination<'a> {
    keys: &'a Keys,
    options: &'a Options,
    found: Vec<Finding>,
    checked: Vec<String>,
    cannot_tell: Vec<String>,
    /// Something is wrong that no finding names.
    wrong: bool,
}

/// See [`crate::doctor::diagnose`].
pub(super) fn examine(evidence: &Evidence, keys: &Keys, options: &Options) -> Diagnosis {
    let mut parts = parts(evidence);
    let lang = options.lang;
    let mut it =
        Examination { keys, options, found: Vec::new(), checked: Vec::new(), cannot_tell: Vec::new(), wrong: false };
    it.keys_as_given();
    if let Some(map) = parts.envelope.take() {
        it.check(["the envelope's fields", "信封的字段"]);
        let (whole, found) = envelope::shape(&map, lang);
        it.found.extend(found);
        // A field in another spelling is still that field.
        let text = |name: &str| whole.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
        parts.sign = parts.sign.or_else(|| text("sign"));
        parts.request_body = parts.request_body.or_else(|| text("requestBody"));
        if parts.request_body.as_ref().is_some_and(|text| text.trim_start().starts_with('{')) {
            parts.body = parts.body.or_else(|| Map::parse(parts.request_body.as_deref().unwrap_or_default()).ok());
            parts.request_body = None;
        }
        if let Some(crate::Value::Map(body)) = whole.get("requestBody") {
            parts.body = parts.body.or_else(|| Some(body.clone()));
        }
        parts.envelope = Some(whole);
    }
    let (secrets, opened) = it.place_keys(&parts);
    it.token_of(&parts, &secrets);
    let opened = opened.and_then(|opened| it.opened(opened));
    it.signature(&parts, opened.as_ref(), &secrets);
    it.signing_string(&parts, opened.as_ref(), &secrets);
    if let Some(map) = &parts.envelope {
        it.check(["timestamp and version", "timestamp 和 version"]);
        it.found.extend(envelope::version(map, &options.dialect.version, lang));
        it.found.extend(envelope::time(map, options.now, lang));
    }
    it.finish(&parts)
}

impl Examination<'_> {
    fn lang(&self) -> Lang {
        self.options.lang
    }

    fn check(&mut self, what: [&str; 2]) {
        self.checked.push(self.lang().of(what).to_owned());
    }

    fn cannot(&mut self, what: [&str; 2]) {
        self.cannot_tell.push(self.lang().of(what).to_owned());
    }

    fn has(&self, which: Which) -> bool {
        !self.keys.tight(which).is_empty()
    }

    /// A finding, once: blanks around a key are noticed on more than one way.
    fn find(&mut self, finding: Finding) {
        let same = |other: &Finding| {
            let keys = ["accessToken", "desKey", "md5SecretKey"];
            other.cause == finding.cause
                && (other.message == finding.message
                    || finding.cause == "keys.blanks"
                        && keys.iter().any(|key| other.message.contains(key) && finding.message.contains(key)))
        };
        if !self.found.iter().any(same) {
            self.found.push(finding);
        }
    }

    fn keys_as_given(&mut self) {
        let lang = self.lang();
        for which in [Which::AccessToken, Which::DesKey, Which::Md5SecretKey] {
            let (loose, tight) = (self.keys.loose(which), self.keys.tight(which));
            if loose.is_empty() {
                continue;
            }
            if loose != tight {
                self.find(BLANKS.found(lang, &[("key", which.name())]));
            }
            if tight.len() > 2 && ['"', '\''].iter().any(|quote| tight.starts_with(*quote) && tight.ends_with(*quote)) {
                self.find(QUOTED.found(lang, &[("key", which.name())]));
            }
            if which == Which::DesKey && tight.len() < 8 {
                self.find(SHORT.found(lang, &[("count", &tight.len().to_string())]));
            }
        }
        self.check(["the keys' form", "密钥的格式"]);
    }

    /// Which key stands in which place: the order under which most of the evidence fits.
    fn place_keys(&mut self, parts: &Parts) -> Placed {
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
            let all = [Which::AccessToken, Which::DesKey, Which::Md5SecretKey];
            let moved: Vec<_> = (all.iter().zip(places))
                .filter_map(|(which, place)| Some((which.name(), all.get(place)?.name())))
                .filter(|(which, taken)| which != taken)
                .map(|(which, taken)| format!("{taken} → {which}"))
                .collect();
            let finding = SWAPPED.found(self.lang(), &[("keys", &moved.join(", "))]);
            self.find(finding);
        }
        placed
    }

    fn signs(&self, body: &Map, secrets: &Secrets, sign: &str) -> bool {
        Secret::parse("md5SecretKey", &secrets.md5_secret)
            .is_ok_and(|secret| canonical::sign(body, &secret, &self.options.dialect) == sign)
    }

    fn token_of(&mut self, parts: &Parts, secrets: &Secrets) {
        let Some(map) = &parts.envelope else { return };
        if secrets.access_token.is_empty() {
            return self.cannot([
                "Whether the accessToken is right: add accessToken.",
                "accessToken 是否正确：请补充 accessToken。",
            ]);
        }
        self.check(["accessToken", "accessToken"]);
        if let Some(finding) = envelope::token(map, self.keys, secrets, self.lang()) {
            self.find(finding);
        }
    }

    /// What deciphering found.
    fn opened(&mut self, opened: Result<Opened, Unopened>) -> Option<Opened> {
        let lang = self.lang();
        self.check(["the base64 and encryption of requestBody", "requestBody 的 base64 和加密"]);
        match opened {
            Ok(opened) => {
                for cause in &opened.deviations {
                    self.find(cause.found(lang, &[]));
                }
                Some(opened)
            }
            Err(unopened) => {
                for cause in &unopened.deviations {
                    self.find(cause.found(lang, &[("bytes", &unopened.bytes.to_string())]));
                }
                self.wrong = true;
                if !unopened.key_fits {
                    self.cannot([
                        "What requestBody holds: another key or another cipher; compare desKey, and the algorithm (DES/ECB/PKCS5Padding).",
                        "requestBody 的内容：密钥或算法不同；请核对 desKey 和算法（DES/ECB/PKCS5Padding）。",
                    ]);
                }
                None
            }
        }
    }

    fn signature(&mut self, parts: &Parts, opened: Option<&Opened>, secrets: &Secrets) {
        let Some(sign) = parts.sign.as_deref().filter(|sign| !sign.is_empty()) else { return };
        let lang = self.lang();
        let inside = opened.and_then(|opened| opened.body.as_ref());
        let Some(body) = inside.or(parts.body.as_ref()) else {
            if parts.signing_string.is_none() {
                self.cannot([
                    "Whether the sign is right: add the body, or the requestBody with desKey.",
                    "sign 是否正确：请补充请求体，或者 requestBody 和 desKey。",
                ]);
            }
            return;
        };
        if secrets.md5_secret.is_empty() {
            return self
                .cannot(["Whether the sign is right: add md5SecretKey.", "sign 是否正确：请补充 md5SecretKey。"]);
        }
        self.check(["the signature", "签名"]);
        let names = Names::new(Some(body), self.keys);
        // The body that is shown comes first: what was signed, where requestBody holds another.
        if let (Some(inside), Some(shown)) = (inside, parts.body.as_ref())
            && inside != shown
        {
            let fields = differing(shown, inside, &Names::new(Some(shown), self.keys)).join(", ");
            let fields = if fields.is_empty() { lang.of(["their order", "顺序"]).to_owned() } else { fields };
            let fits_inside = self.signs(inside, secrets, sign);
            if self.signs(shown, secrets, sign) && !fits_inside {
                return self.find(CHANGED.found(lang, &[("fields", &fields)]));
            }
            if fits_inside {
                return self.find(OTHER_BODY.found(lang, &[("fields", &fields)]));
            }
        }
        let plaintext = opened.map(|opened| opened.text.as_str()).or(parts.body_text.as_deref());
        let signed = Signed { body, plaintext, envelope: parts.envelope.as_ref(), dialect: &self.options.dialect };
        match search(&signed, Some(secrets), Goal::Sign(sign), &names, lang) {
            Outcome::Found(found) => found.into_iter().for_each(|finding| self.find(finding)),
            Outcome::NotFound { complete } => {
                self.wrong = true;
                if !matches!(sign.len(), 16 | 24 | 32 | 40 | 64) {
                    let count = sign.chars().count().to_string();
                    self.find(envelope::SIGN_SHAPE.found(lang, &[("count", &count)]));
                }
                self.cannot([
                    "Why the sign differs: it fits no known variation; most likely it was made with another md5SecretKey, or the body was changed in between. The signing string of the other program would tell.",
                    "sign 不符的原因：它不符合任何已知的变化；最可能是用了另一个 md5SecretKey，或者请求体中途被改动。补充对方程序的签名串就能看出来。",
                ]);
                if !complete {
                    self.cannot([
                        "Whether three things are wrong at once: the body is large, and not all of these mixtures were tried. A smaller one would tell.",
                        "是否同时有三处错误：请求体较大，没有尝试全部组合。换一个小的请求体即可判断。",
                    ]);
                }
            }
        }
    }

    fn signing_string(&mut self, parts: &Parts, opened: Option<&Opened>, secrets: &Secrets) {
        let Some(theirs) = &parts.signing_string else { return };
        let lang = self.lang();
        self.check(["the signing string", "签名串"]);
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
                    let at = difference::at(&ours, &bare.text, &names);
                    let byte = at.as_ref().map_or(0, |at| at.byte);
                    let field = field_at(&ours, byte, &names);
                    let finding = Finding { at, ..DIFFERS.found(lang, &[("field", &field)]) };
                    self.find(finding);
                }
            }
        } else {
            strings::by_its_form(&bare.text, lang).into_iter().for_each(|finding| self.find(finding));
            self.cannot([
                "Whether it is the string of its body: add the body, or the requestBody with desKey.",
                "它是否与请求体对应：请补充请求体，或者 requestBody 和 desKey。",
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
                        "How the sign was made of the signing string: with another md5SecretKey, or not of this string.",
                        "sign 是怎样由签名串得出的：用了另一个 md5SecretKey，或者不是由这个签名串得出的。",
                    ]);
                }
            }
        }
        if !bare.had_secret && self.found.len() == before && parts.sign.is_none() {
            self.cannot([
                "What follows the string: add the sign that was made of it.",
                "签名串之后的步骤：请补充由它得出的 sign。",
            ]);
        }
    }

    fn finish(mut self, parts: &Parts) -> Diagnosis {
        let lang = self.lang();
        let mut meaning = None;
        if let Some(code) = &parts.refusal {
            let told = refusal::meaning(code, lang);
            let shown = parts.envelope.is_some() || parts.request_body.is_some() || parts.sign.is_some();
            if self.found.is_empty() && !shown {
                if let Some(add) = &told.add {
                    self.cannot_tell.push(format!("{}{add}", lang.of(["Why: add ", "原因：请补充"])));
                }
                self.wrong = !refusal::is_plain(code) || code != "0000";
            } else if self.found.is_empty() && code != "0000" {
                self.wrong = true;
                self.cannot([
                    "Why the gateway refused it: what you show is right for these keys. Are they the gateway's, of the same environment? Was this the call that was refused, and did it arrive as it is here?",
                    "网关拒绝的原因：按这些密钥，你给出的内容没有问题。密钥是否属于该网关的同一环境？被拒绝的是不是这次调用，到达时是否与这里一致？",
                ]);
            }
            meaning = Some(told.says);
        }
        let nothing = parts.seen.is_empty();
        if nothing {
            self.cannot([
                "What this is: paste an envelope, a sign with its body, a requestBody, a signing string, or the gateway's answer.",
                "这是什么：请粘贴信封、sign 及请求体、requestBody、签名串，或网关的应答。",
            ]);
        }
        if let (Some(_), false) = (&parts.request_body, self.has(Which::DesKey)) {
            self.cannot(["What requestBody holds: add desKey.", "requestBody 的内容：请补充 desKey。"]);
        }
        let only_body = parts.body.is_some()
            && parts.sign.is_none()
            && parts.request_body.is_none()
            && parts.signing_string.is_none();
        if only_body && parts.refusal.is_none() {
            self.cannot([
                "What was made of the parameters: add the envelope, or the sign.",
                "参数之后的步骤：请补充信封或 sign。",
            ]);
        }
        let verdict = match (self.found.is_empty(), self.wrong || nothing || !self.cannot_tell.is_empty()) {
            (false, _) => Verdict::Found,
            (true, true) => Verdict::Unknown,
            (true, false) => Verdict::Sound,
        };
        let summary = match (verdict, meaning) {
            (Verdict::Found, _) => match self.found.as_slice() {
                [only] => only.message.clone(),
                [first, ..] => {
                    let more = lang
                        .of(["{n} differences; first: ", "共 {n} 处不同，首先："])
                        .replace("{n}", &self.found.len().to_string());
                    format!("{more}{}", first.message)
                }
                [] => String::new(),
            },
            (_, Some(meaning)) => meaning,
            (Verdict::Sound, None) => lang.of(["Nothing is wrong with it.", "没有发现问题。"]).to_owned(),
            (Verdict::Unknown, None) => self.cannot_tell.first().cloned().unwrap_or_default(),
        };
        Diagnosis {
            verdict,
            seen: parts.seen(lang),
            summary,
            findings: self.found,
            checked: self.checked,
            cannot_tell: self.cannot_tell,
        }
    }
}

/// The field in which a byte of our signing string stands.
fn field_at(ours: &str, byte: usize, names: &Names<'_>) -> String {
    let before = ours.get(..byte).unwrap_or(ours);
    let start = before.rfind('&').map_or(0, |at| at + 1);
    let name = ours.get(start..).and_then(|rest| rest.split('=').next()).unwrap_or_default();
    names.shown_upper(name)
}
