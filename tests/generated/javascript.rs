//! Generates the register as JavaScript: the names of the methods, and everything known about the endpoints.

use aigobo::config::{CALL_OPTIONS, OPTIONS, PRODUCTION, TEST};
use aigobo::endpoints::{ENDPOINTS, EndpointKind};
use aigobo::model::{Field, Fill, Kind};
use aigobo::response_codes::RESPONSE_CODES;

const HEAD: &str = "// @ts-check\n// Generated from the Rust register by tests/generated.rs; don't edit.\n\n";

pub(crate) fn names() -> String {
    let list = |name: &str, names: &mut dyn Iterator<Item = &str>| {
        let lines: String = names.map(|name| format!("  '{name}',\n")).collect();
        format!("export const {name} = /** @type {{const}} */ ([\n{lines}]);\n")
    };
    [
        HEAD.to_owned(),
        list("endpointNames", &mut ENDPOINTS.iter().map(|endpoint| endpoint.name)),
        "\n".to_owned(),
        list("clientOptions", &mut OPTIONS.iter().copied()),
        "\n".to_owned(),
        list("callOptions", &mut CALL_OPTIONS.iter().copied()),
        format!("\nexport const gateways = {{ test: '{TEST}', production: '{PRODUCTION}' }};\n"),
    ]
    .concat()
}

pub(crate) fn endpoints() -> String {
    let mut out =
        format!("{HEAD}/** @type {{readonly import('./models.js').EndpointInfo[]}} */\nexport const endpoints = [\n");
    for endpoint in ENDPOINTS {
        out.push_str(&format!(
            "  {{\n    name: {}, path: {}, section: {},\n    titleZh: {}, titleEn: {}, kind: {},\n{}    fields: [\n",
            text(endpoint.name),
            text(endpoint.path),
            text(endpoint.section),
            text(endpoint.title_zh),
            text(endpoint.title_en),
            text(endpoint.kind.as_str()),
            match endpoint.kind {
                EndpointKind::Read => String::new(),
                EndpointKind::Write { if_unknown } => format!("    ifUnknown: {},\n", text(if_unknown)),
            },
        ));
        for field in endpoint.request.fields {
            out.push_str(&format!("      {},\n", info(field)));
        }
        out.push_str("    ],\n  },\n");
    }
    out.push_str("];\n\n/** @type {Readonly<Record<string, { message: string, meaning: string, remedy: string }>>} */\nexport const responseCodes = {\n");
    for row in RESPONSE_CODES {
        out.push_str(&format!(
            "  {}: {{ message: {}, meaning: {}, remedy: {} }},\n",
            text(row.code),
            text(row.message),
            text(row.meaning),
            text(row.remedy)
        ));
    }
    out.push_str("};\n");
    out
}

/// Separate from the rest, which web pages load.
pub(crate) fn chinese() -> String {
    let rows: String = RESPONSE_CODES
        .iter()
        .map(|row| {
            let [meaning, remedy] = row.chinese;
            format!("  {}: {{ meaning: {}, remedy: {} }},\n", text(row.code), text(meaning), text(remedy))
        })
        .collect();
    let outcomes: String = ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.kind != EndpointKind::Read)
        .map(|endpoint| format!("  {}: {},\n", endpoint.name, text(endpoint.if_unknown_zh)))
        .collect();
    format!(
        "{HEAD}/** @type {{Readonly<Record<string, {{ meaning: string, remedy: string }}>>}} */\nexport const codesInChinese = {{\n{rows}}};\n\n/** By the write. @type {{Readonly<Record<string, string>>}} */\nexport const unknownOutcomesInChinese = {{\n{outcomes}}};\n"
    )
}

fn info(field: &Field) -> String {
    let mut parts = vec![
        format!("name: {}", text(field.name)),
        format!("label: {}", text(field.label)),
        format!("doc: {}", text(field.doc.trim())),
        format!("type: {}", text(type_name(field.spec.kind))),
        format!("required: {}", field.required),
    ];
    if let Some(fill) = field.spec.fill {
        let option = match fill {
            Fill::DistrCode => "distrCode",
            Fill::EmployeeCode => "employeeCode",
            Fill::InvitateCode => "invitateCode",
        };
        parts.push(format!("filledFrom: {}", text(option)));
    }
    if field.spec.personal {
        parts.push("personal: true".to_owned());
    }
    if let Some(max) = field.spec.max {
        parts.push(format!("max: {max}"));
    }
    match field.spec.kind {
        Kind::TextChoice(choices) | Kind::IntegerChoice(choices) => {
            let list: Vec<_> = choices
                .iter()
                .map(|choice| format!("{{ value: {}, label: {} }}", text(choice.wire), text(choice.label)))
                .collect();
            parts.push(format!("choices: [{}]", list.join(", ")));
        }
        Kind::Object(schema) | Kind::List(schema) => {
            let fields: Vec<_> = schema.fields.iter().map(info).collect();
            parts.push(format!("fields: [{}]", fields.join(", ")));
        }
        _ => {}
    }
    format!("{{ {} }}", parts.join(", "))
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::TextChoice(_) | Kind::Status(_) | Kind::Amount => "text",
        Kind::Integer | Kind::IntegerChoice(_) => "integer",
        Kind::Date => "date",
        Kind::Url => "url",
        Kind::Texts => "texts",
        Kind::Object(_) => "object",
        Kind::List(_) => "list",
    }
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
