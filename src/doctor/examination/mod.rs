//! The examination, which looks at each part of the evidence in turn.

mod keys;
mod signature;

use crate::doctor::cause::{Finding, Lang};
use crate::doctor::cipher::{Opened, Unopened};
use crate::doctor::evidence::{Evidence, Parts, parts};
use crate::doctor::keys::{Keys, Secrets, Which};
use crate::doctor::{Diagnosis, Options, Verdict, envelope, refusal, timestamp};
use crate::prelude::*;
use crate::value::Map;

pub(super) use keys::KEY_CAUSES;
pub(super) use signature::BODY_CAUSES;

/// The keys in their places, and the requestBody read with them, if there is one.
type Placed = (Secrets, Option<Result<Opened, Unopened>>);

struct Examination<'a> {
    keys: &'a Keys,
    options: &'a Options,
    found: Vec<Finding>,
    checked: Vec<String>,
    cannot_tell: Vec<String>,
    /// Whether something is wrong that no finding names.
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
        it.check(["the envelope's fields", "报文的字段"]);
        let (whole, found) = envelope::shape(&map, lang);
        it.found.extend(found);
        // A field in another spelling is still the same field.
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
        // An envelope refused for another reason was on time when it arrived.
        let in_time = parts.refusal.as_deref().is_some_and(|code| code != "2008");
        it.found
            .extend(timestamp::fault(map, options.now, lang).filter(|found| !(in_time && found.cause == "time.stale")));
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

    /// Adds a finding once: blanks around a key are noticed in more than one way.
    fn find(&mut self, finding: Finding) {
        let same = |other: &Finding| {
            other.cause == finding.cause
                && (other.message == finding.message
                    || finding.cause == "keys.blanks"
                        && Which::ALL
                            .iter()
                            .any(|key| [&other.message, &finding.message].iter().all(|told| told.contains(key.name()))))
        };
        if !self.found.iter().any(same) {
            self.found.push(finding);
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
                        "What requestBody holds stays unknown: it was made with another key or another cipher. Compare desKey, and the algorithm (DES/ECB/PKCS5Padding).",
                        "无法得知 requestBody 的内容：密钥或算法不同，请核对 desKey 和算法（DES/ECB/PKCS5Padding）。",
                    ]);
                }
                None
            }
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
                    self.cannot_tell.push(format!("{}{add}", lang.of(["To find out why, add ", "要查明原因，请补充"])));
                }
                self.wrong = code != "0000";
            } else if self.found.is_empty() && code != "0000" {
                self.wrong = true;
                self.cannot([
                    "What you show is right for these keys, so it does not tell why the gateway refused it. Are they the gateway's, of the same environment? Was this the call that was refused, and did it arrive as it is here?",
                    "按这些密钥检查，您给出的内容没有问题，看不出网关为何拒绝。密钥是否属于该网关的同一环境？被拒绝的是不是这次调用？报文到达网关时是否与这里一致？",
                ]);
            }
            meaning = Some(told.says);
        }
        let nothing = parts.seen.is_empty();
        if nothing {
            self.cannot([
                "This is nothing that the doctor knows: paste an envelope, a sign with its body, a requestBody, a signing string, or the gateway's answer.",
                "认不出这是什么：请粘贴报文、sign 及请求参数、requestBody、待签名串，或网关的应答。",
            ]);
        }
        if parts.unread && !nothing {
            self.cannot([
                "What the text is that you show beside it: it is no envelope, sign, requestBody, signing string or answer.",
                "一并给出的文本是什么：它不是报文、sign、requestBody、待签名串或应答。",
            ]);
        }
        if parts.broken {
            self.cannot([
                "Whether it was sent like this: as it stands here the envelope is no JSON, a comma, a quote or a brace is wrong or missing; show it as it was sent.",
                "发送时是否就是这样：这里给出的报文不是合法的 JSON（逗号、引号或括号有误或缺失）；请给出实际发送的内容。",
            ]);
        }
        if parts.others > 0 {
            let others = [
                "Whether the envelopes before the last are right: there is more than one, show each by itself ({n} other).",
                "前面的报文是否正确：有不止一个，请逐个给出（另有 {n} 个）。",
            ];
            self.cannot_tell.push(lang.of(others).replace("{n}", &parts.others.to_string()));
        }
        if let (Some(_), false) = (&parts.request_body, self.has(Which::DesKey)) {
            self.cannot(["To see what requestBody holds, add desKey.", "要看 requestBody 里的内容，请补充 desKey。"]);
        }
        let only_body = parts.body.is_some()
            && parts.sign.is_none()
            && parts.request_body.is_none()
            && parts.signing_string.is_none();
        if only_body && parts.refusal.is_none() {
            self.cannot([
                "Parameters alone tell nothing: add the envelope or the sign that was made of them.",
                "只有请求参数，无从判断：请补充由它生成的报文或 sign。",
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
            (Verdict::Sound, None) => {
                lang.of(["Nothing is wrong with it, by these keys.", "按这些密钥检查，没有发现问题。"]).to_owned()
            }
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
