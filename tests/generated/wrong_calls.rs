//! Generates calls that must not compile: for each endpoint, every required field missing, every choice outside its
//! list, an unknown field in the request, and an unknown field in the reply.

use aigobo::endpoints::ENDPOINTS;
use aigobo::model::{Field, Kind};

pub(crate) fn render() -> String {
    let mut out = String::from(
        "// Generated from the Rust models by tests/generated.rs; don't edit.\n\
         // Compiled, never run: behind each directive stands what the compiler must complain about.\n\n\
         import type { Client } from 'aigobo';\n",
    );
    for endpoint in ENDPOINTS {
        let name = endpoint.name;
        let required: Vec<_> =
            endpoint.request.fields.iter().filter(|field| field.required && field.spec.fill.is_none()).collect();
        let literal = |fields: &[&Field]| -> String {
            let fields: Vec<_> = fields.iter().map(|field| format!("{}: {}", field.name, right(field))).collect();
            if fields.is_empty() { "{}".into() } else { format!("{{ {} }}", fields.join(", ")) }
        };
        out.push_str(&format!(
            "\nexport async function {name}(client: Client): Promise<void> {{\n  const right = {} as const;\n  const reply = await client.{name}(right);\n",
            literal(&required)
        ));
        for missing in &required {
            let rest: Vec<_> = required.iter().copied().filter(|field| field.name != missing.name).collect();
            refused(&mut out, missing.name, &format!("await client.{name}({})", literal(&rest)));
        }
        for (path, value) in wrong(endpoint.request.fields) {
            refused(&mut out, value, &format!("await client.{name}({{ ...right, {path} }})"));
        }
        refused(&mut out, "unheardOf", &format!("await client.{name}({{ ...right, unheardOf: 1 }})"));
        refused(&mut out, "unheardOf", "reply.unheardOf");
        out.push_str("}\n");
    }
    out
}

fn refused(out: &mut String, complaint: &str, code: &str) {
    out.push_str(&format!("  // @ts-expect-error '{complaint}'\n  {code};\n"));
}

fn right(field: &Field) -> String {
    match field.spec.kind {
        Kind::IntegerChoice(choices) => choices[0].wire.into(),
        Kind::TextChoice(choices) => format!("'{}'", choices[0].wire),
        Kind::Texts => "['1']".into(),
        Kind::Integer => "1".into(),
        _ => "'1'".into(),
    }
}

/// For each field, a value that it cannot have and the compiler's name for that value.
fn wrong(fields: &[Field]) -> Vec<(String, &'static str)> {
    fields
        .iter()
        .flat_map(|field| {
            let inside = |open: &str, close: &str, fields| -> Vec<_> {
                wrong(fields)
                    .into_iter()
                    .map(|(path, value)| (format!("{}: {open}{path}{close}", field.name), value))
                    .collect()
            };
            match field.spec.kind {
                Kind::IntegerChoice(_) => vec![(format!("{}: 77", field.name), "77")],
                Kind::TextChoice(_) => vec![(format!("{}: '77'", field.name), "\"77\"")],
                Kind::Object(schema) => inside("{ ", " }", schema.fields),
                Kind::List(schema) => inside("[{ ", " }]", schema.fields),
                Kind::Texts => vec![(format!("{}: '1'", field.name), "string")],
                _ => vec![(format!("{}: 77", field.name), "number")],
            }
        })
        .collect()
}
