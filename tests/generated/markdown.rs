//! Generates the documentation's tables.

use aigobo::endpoints::{ENDPOINTS, EndpointKind};
use aigobo::model::{Field, Kind, Schema, Shape};

pub(crate) fn render() -> String {
    let mut out = String::from(
        "# Endpoints\n\nGenerated from the Rust models by tests/generated.rs; don't edit. All are POST; field names are the wire's.\n\n\
         | section | method | path | | 中文 | |\n|---|---|---|---|---|---|\n",
    );
    for endpoint in ENDPOINTS {
        out.push_str(&format!(
            "| {} | `{}` | `{}` | {} | {} | {} |\n",
            endpoint.section,
            endpoint.name,
            endpoint.path,
            endpoint.kind.as_str(),
            endpoint.title_zh,
            endpoint.title_en
        ));
    }
    for endpoint in ENDPOINTS {
        out.push_str(&format!("\n## {} {} `{}`\n", endpoint.section, endpoint.title_zh, endpoint.name));
        table("Request", endpoint.request, &mut out);
        match endpoint.reply {
            Shape::Nothing => out.push_str("\nReply: no data.\n"),
            Shape::One(schema) => table("Reply", schema, &mut out),
            Shape::Many(schema) => table("Reply, a list of", schema, &mut out),
        }
        if let EndpointKind::Write { if_unknown } = endpoint.kind {
            out.push_str(&format!("\nIf the answer never comes (`OutcomeUnknownError`): {if_unknown}.\n"));
        }
    }
    out
}

fn table(title: &str, schema: &'static Schema, out: &mut String) {
    out.push_str(&format!(
        "\n{title} `{}`\n\n| field | 中文 | type | required | meaning |\n|---|---|---|---|---|\n",
        schema.name
    ));
    for field in schema.fields {
        let required = match (field.required, field.spec.fill) {
            (true, Some(_)) => "from the client",
            (true, None) => "yes",
            (false, _) => "",
        };
        out.push_str(&format!(
            "| {} | {} | {} | {required} | {} |\n",
            field.name,
            field.label,
            type_of(field),
            field.doc.trim()
        ));
    }
    for field in schema.fields {
        if let Kind::Object(inner) | Kind::List(inner) = field.spec.kind {
            table(field.name, inner, out);
        }
    }
}

fn type_of(field: &Field) -> String {
    let max = field.spec.max.map_or(String::new(), |max| format!(", at most {max}"));
    match field.spec.kind {
        Kind::Text => format!("text{max}"),
        Kind::Status(known) => format!("text: {}, …", known.join(", ")),
        Kind::TextChoice(choices) | Kind::IntegerChoice(choices) => {
            choices.iter().map(|choice| format!("{} {}", choice.wire, choice.label)).collect::<Vec<_>>().join(", ")
        }
        Kind::Integer => "integer".into(),
        Kind::Amount => "decimal, yuan".into(),
        Kind::Date => "yyyy-MM-dd".into(),
        Kind::Url => format!("address{max}"),
        Kind::Texts => format!("list of texts{max} each"),
        Kind::Object(schema) => format!("`{}`", schema.name),
        Kind::List(schema) => format!("list of `{}`", schema.name),
    }
}
