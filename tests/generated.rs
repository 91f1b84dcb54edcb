//! Files generated from the register. They are committed, and a failure here means that they are out of date.
//! `UPDATE_GENERATED=1 cargo test --test generated` rewrites them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[cfg(feature = "doctor")]
#[path = "generated/doctor.rs"]
mod doctor;
#[path = "generated/examples.rs"]
mod examples;
#[path = "generated/javascript.rs"]
mod javascript;
#[path = "generated/markdown.rs"]
mod markdown;
#[path = "generated/types.rs"]
mod types;
#[path = "generated/upper.rs"]
mod upper;
#[path = "generated/wrong_calls.rs"]
mod wrong_calls;

use std::path::Path;

use aigobo::endpoints::{ENDPOINTS, EndpointKind};
use aigobo::model::{Kind, Schema, Shape};

#[test]
fn types_are_current() {
    compare("pkg-template/generated/models.d.ts", &types::render());
}

#[test]
fn wrong_calls_are_current() {
    compare("tests/package/wrong-calls.ts", &wrong_calls::render());
}

#[test]
fn names_are_current() {
    compare("pkg-template/generated/names.js", &javascript::names());
}

#[test]
fn endpoints_are_current() {
    compare("pkg-template/generated/endpoints.js", &javascript::endpoints());
}

#[test]
fn the_chinese_is_current() {
    compare("pkg-template/generated/chinese.js", &javascript::chinese());
}

#[test]
fn documentation_is_current() {
    compare("docs/ENDPOINTS.md", &markdown::render());
}

#[cfg(feature = "doctor")]
#[test]
fn the_doctors_causes_are_current() {
    compare("docs/DOCTOR.md", &doctor::render());
}

/// A later std knows more letters; src/upper tests the letters that both know.
#[test]
fn capitals_are_current() {
    let table = "src/upper/table.rs";
    let (major, minor, update) = char::UNICODE_VERSION;
    let written = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(table)).unwrap_or_default();
    if written.contains(&format!("({major}, {minor}, {update})")) || std::env::var_os("UPDATE_GENERATED").is_some() {
        compare(table, &upper::render());
    }
}

/// The section is written by hand in two languages and must mention every write.
#[test]
fn each_readme_tells_how_to_find_out_about_every_write() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, section) in
        [("README.md", "### When the outcome of a write is unknown"), ("README.zh-CN.md", "### 写操作结果未知时")]
    {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let table = text.split(section).nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
        for endpoint in ENDPOINTS {
            let told = table.contains(&format!("| `{}` |", endpoint.name));
            assert_eq!(told, endpoint.kind != EndpointKind::Read, "{file}: {}", endpoint.name);
        }
    }
}

fn compare(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{file} is stale: run UPDATE_GENERATED=1 cargo test --test generated");
}

/// Every schema once, inner ones first.
fn schemas() -> Vec<&'static Schema> {
    fn visit(schema: &'static Schema, found: &mut Vec<&'static Schema>) {
        if found.iter().any(|known| known.name == schema.name) {
            return;
        }
        for field in schema.fields {
            if let Kind::Object(inner) | Kind::List(inner) = field.spec.kind {
                visit(inner, found);
            }
        }
        found.push(schema);
    }
    let mut found = Vec::new();
    for endpoint in ENDPOINTS {
        visit(endpoint.request, &mut found);
        if let Shape::One(schema) | Shape::Many(schema) = endpoint.reply {
            visit(schema, &mut found);
        }
    }
    found
}

/// Whether a schema belongs to a request: there the client fills in its codes, and integers may be texts.
fn is_request(schema: &Schema) -> bool {
    fn holds(outer: &Schema, name: &str) -> bool {
        outer.name == name
            || outer.fields.iter().any(|field| match field.spec.kind {
                Kind::Object(inner) | Kind::List(inner) => holds(inner, name),
                _ => false,
            })
    }
    ENDPOINTS.iter().any(|endpoint| holds(endpoint.request, schema.name))
}
