//! An explanation as text for a screen.

use crate::doctor::cause::Lang;
use crate::prelude::*;
use crate::upper::upper_case;
use crate::value::{Map, Value};

/// A letter outside a to z that upper-casing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its offset in bytes of UTF-8.
    pub byte: usize,
    /// The letter before.
    pub from: char,
    /// The letter after; several letters if it has no single capital.
    pub to: String,
}

/// The letters outside a to z that upper-casing changes. Programming languages differ on them.
pub fn changed_letters(joined: &str) -> Vec<Changed> {
    let others = joined.char_indices().filter(|(_, c)| !c.is_ascii());
    others
        .map(|(byte, from)| Changed { byte, from, to: upper_case(from.encode_utf8(&mut [0; 4])) })
        .filter(|Changed { from, to, .. }| !to.chars().eq([*from]))
        .collect()
}

/// Terminal escapes.
struct Paint(bool);

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn title(&self, text: &str) -> String {
        self.with("1;36", text)
    }

    fn faint(&self, text: &str) -> String {
        self.with("2", text)
    }
}

/// Formats every step of an explanation, as `explain` returns it: a title and the result, line by line.
pub fn explain_text(explanation: &Map, color: bool, lang: Lang) -> String {
    let paint = Paint(color);
    let text = |name: &str| explanation.get(name).and_then(Value::as_scalar).unwrap_or_default();
    let mut out = String::new();
    let mut step = |title: [&str; 2], lines: Vec<String>| {
        out.push_str(&paint.title(lang.of(title)));
        out.push('\n');
        for line in lines {
            out.push_str("  ");
            out.push_str(&line);
            out.push('\n');
        }
    };
    step(["1. Left out, being empty", "1. 去掉的空字段"], left_out(explanation, &paint, lang));
    step(["2. Sorted by ASCII code", "2. 按 ASCII 码排序"], vec![order(explanation)]);
    step(["3. Joined: S1", "3. 拼接：S1"], vec![text("joined").to_owned()]);
    let letters = changed_letters(text("joined"));
    let mut upper = vec![text("signingString").to_owned()];
    upper.extend(letters.iter().map(|Changed { byte, from, to }| {
        let place = lang.of(["byte", "字节"]);
        paint.with("33", &format!("{place} {byte}: {from} → {to}"))
    }));
    step(["4. Upper-cased", "4. 转成大写"], upper);
    let hashed = text("hashed");
    let hashed = match hashed.strip_suffix("***") {
        Some(start) => format!("{start}{}", paint.with("35", "***")),
        None => hashed.to_owned(),
    };
    step(["5. md5SecretKey appended: S2", "5. 拼接 md5SecretKey：S2"], vec![hashed]);
    step(["6. First MD5", "6. 第一次 MD5"], vec![text("firstDigest").to_owned()]);
    step(
        ["7. Second MD5 of those 32 characters: sign", "7. 对这 32 个字符做第二次 MD5：sign"],
        vec![paint.with("32", text("sign"))],
    );
    step(["8. JSON to encrypt", "8. 要加密的 JSON"], vec![text("plaintext").to_owned()]);
    let padding = lang
        .of([
            "{bytes} bytes of UTF-8, then {count} of PKCS5 padding (0{count})",
            "{bytes} 字节（UTF-8），再补 {count} 字节 PKCS5 填充（0{count}）",
        ])
        .replace("{bytes}", text("plaintextBytes"))
        .replace("{count}", text("padding"));
    step(["9. Padded", "9. 填充"], vec![paint.faint(&padding)]);
    step(
        ["10. DES/ECB, base64: requestBody", "10. DES/ECB 加密，base64：requestBody"],
        vec![paint.with("32", text("requestBody"))],
    );
    out
}

fn left_out(explanation: &Map, paint: &Paint, lang: Lang) -> Vec<String> {
    let items = match explanation.get("leftOut") {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let shown = items.iter().filter_map(|item| {
        let Value::Map(item) = item else { return None };
        let why = item.text("why")?;
        let zh = [("null", "null"), ("empty text", "空字符串"), ("empty list", "空列表"), ("empty object", "空对象")];
        let translated = zh.iter().find(|(en, _)| *en == why).map_or(why, |(_, zh)| zh);
        Some(format!("{} {}", item.text("name")?, paint.faint(&format!("({})", lang.of([why, translated])))))
    });
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() { vec![paint.faint(lang.of(["none", "无"]))] } else { shown }
}

fn order(explanation: &Map) -> String {
    let Some(Value::List(names)) = explanation.get("order") else { return String::new() };
    names.iter().filter_map(Value::as_scalar).collect::<Vec<_>>().join(", ")
}
