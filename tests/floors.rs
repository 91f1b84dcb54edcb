//! The layers: no module imports from a layer above its own. The table lists every module of src/.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

/// Lowest first; modules of one floor may import each other.
const FLOORS: &[&[&str]] = &[
    &["error", "form", "prelude", "replace", "response_codes", "spelling", "value", "types", "upper"],
    &["crypto", "dialect", "secret", "canonical", "resident_id"],
    &["model", "endpoints", "envelope", "explain"],
    &["config", "exchange", "mask", "notification", "policy"],
    &["doctor"],
    &["recording", "sandbox"],
    &["wasm"],
];

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&module))
        .unwrap_or_else(|| panic!("{module} stands on no floor: add it to FLOORS"))
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let root = format!("{}/", root.to_str().unwrap());
    found.into_iter().map(|(path, text)| (path.strip_prefix(&root).unwrap().to_owned(), text)).collect()
}

/// The crate's modules that a source names; links in comments do not count.
fn imported(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap())
        .filter(|name| name.chars().next().is_some_and(|first| first.is_ascii_lowercase()))
        .collect()
}

#[test]
fn nobody_imports_from_above() {
    let files = all();
    assert!(files.len() > 30);
    for (path, text) in &files {
        let module = path.split('/').next().unwrap().trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        for other in imported(text) {
            assert!(
                floor(other) <= floor(module),
                "{path} (floor {}) imports {other} (floor {})",
                floor(module),
                floor(other)
            );
        }
    }
}

#[test]
fn only_the_face_knows_javascript() {
    for (path, text) in all().iter().filter(|(path, _)| !path.starts_with("wasm/") && path != "lib.rs") {
        for word in ["JsValue", "js_sys", "web_sys", "wasm_bindgen"] {
            assert!(!text.contains(word), "{path} names {word}");
        }
    }
}
