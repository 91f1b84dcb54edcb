//! The doctor, in the sandbox's wasm: it takes JSON text and returns JSON text.

use wasm_bindgen::prelude::*;

use crate::dialect::Dialect;
use crate::doctor::{self, At, Diagnosis, Difference, Evidence, Finding, Keys, Lang, Options};
use crate::error::Error;
use crate::prelude::*;
use crate::value::{Map, Value};
use crate::wasm::convert::options;
use crate::wasm::error::throw;

/// Takes evidence and dialect as JSON text, and the keys as they are, empty if not given. Returns the diagnosis as JSON
/// text.
#[wasm_bindgen]
pub fn diagnose(
    evidence: &str,
    access_token: &str,
    des_key: &str,
    md5_secret_key: &str,
    now: f64,
    dialect: &str,
    lang: &str,
) -> Result<String, JsValue> {
    let run = || {
        let evidence = Evidence::from_map(&options(evidence, "evidence")?)?;
        let dialect = Dialect::from_map(&options(dialect, "dialect")?)?;
        let keys = Keys::new(access_token, des_key, md5_secret_key);
        let options = Options { now: now as i64, lang: language(lang)?, dialect };
        Ok(written(doctor::diagnose(&evidence, &keys, &options)).to_json())
    };
    run().map_err(throw)
}

/// Where two texts first differ, as JSON text; null if they are the same.
#[wasm_bindgen]
pub fn difference(a: &str, b: &str) -> String {
    let Some(Difference { byte, line, column, a, b }) = doctor::difference(a, b) else { return "null".into() };
    object([("byte", whole(byte)), ("line", whole(line)), ("column", whole(column)), ("a", a.into()), ("b", b.into())])
        .to_json()
}

/// Formats an explanation, given as JSON text, for a screen.
#[wasm_bindgen(js_name = explainText)]
pub fn explain_text(explanation: &str, color: bool, lang: &str) -> Result<String, JsValue> {
    let run = || Ok(doctor::explain_text(&options(explanation, "explanation")?, color, language(lang)?));
    run().map_err(throw)
}

fn language(lang: &str) -> Result<Lang, Error> {
    match lang {
        "en" => Ok(Lang::En),
        "zh" => Ok(Lang::Zh),
        _ => Err(Error::config("lang", "must be one of en, zh")),
    }
}

fn written(diagnosis: Diagnosis) -> Map {
    object([
        ("verdict", diagnosis.verdict.as_str().into()),
        ("seen", texts(diagnosis.seen)),
        ("summary", diagnosis.summary.into()),
        ("findings", Value::List(diagnosis.findings.into_iter().map(finding).collect())),
        ("checked", texts(diagnosis.checked)),
        ("cannotTell", texts(diagnosis.cannot_tell)),
    ])
}

fn finding(Finding { cause, message, cure, at }: Finding) -> Value {
    let mut map = object([("cause", cause.into()), ("message", message.into()), ("cure", cure.into())]);
    if let Some(At { byte, ours, theirs }) = at {
        let at = object([("byte", whole(byte)), ("ours", ours.into()), ("theirs", theirs.into())]);
        map.push("at", Value::Map(at));
    }
    Value::Map(map)
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn texts(texts: Vec<String>) -> Value {
    Value::List(texts.into_iter().map(Value::Text).collect())
}

fn whole(number: usize) -> Value {
    Value::Number(number.to_string())
}
