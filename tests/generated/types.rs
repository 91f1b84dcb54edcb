//! Generates the TypeScript types of all requests and replies.

use aigobo::endpoints::{ENDPOINTS, Endpoint, EndpointKind};
use aigobo::model::{Choice, Field, Kind, Schema, Shape};
use aigobo::response_codes::RESPONSE_CODES;

use super::examples::{SETUP, example};
use super::{is_request, schemas};

pub(crate) fn render() -> String {
    let mut out = String::from(
        "// Generated from the Rust models by tests/generated.rs; don't edit.\n\n\
         /**\n * Requests and replies of all endpoints, field by field. `aigobo` exports all of it. Amounts are decimal strings in yuan, with the\n \
         * platform's own digits; a reply keeps the fields that are not listed here.\n * @module models\n */\n\n\
         import type { CallOptions, Sent } from '../types/client.js';\n",
    );
    for schema in schemas() {
        interface(schema, &mut out);
    }
    out.push_str(
        "\n/** Request and reply of each endpoint, by the client's method. */\nexport interface Endpoints {\n",
    );
    for endpoint in ENDPOINTS {
        out.push_str(&format!(
            "  {}: {{ request: {}; reply: {} }};\n",
            endpoint.name,
            endpoint.request.name,
            reply(endpoint)
        ));
    }
    out.push_str("}\n\n/** The client's methods by name. */\nexport type EndpointName = keyof Endpoints;\n");
    out.push_str("\n/** The documented response codes of refusals (document section 8.1.1). Others may come. */\nexport type GatewayCode =\n");
    for row in RESPONSE_CODES.iter().filter(|row| row.code != "0000") {
        out.push_str(&format!("  | '{}'\n", row.code));
    }
    out.push_str("  | (string & {});\n\n");
    out.push_str(&doc("", METHODS, SETUP));
    out.push_str("export interface ClientMethods {\n");
    for endpoint in ENDPOINTS {
        out.push_str(&doc("  ", &summary(endpoint), &example(endpoint)));
        out.push_str(&format!(
            "  {}(request: {}, options?: CallOptions): Sent<{}>;\n",
            endpoint.name,
            endpoint.request.name,
            reply(endpoint)
        ));
    }
    out.push_str(INFO);
    out
}

const METHODS: &str = "\
One method for each endpoint. Each rejects with a ValidationError before anything is sent, a RateLimitError where the quota leaves
no room, a GatewayError where the platform says no; a read with ConnectionError, TimeoutError, HttpError or ReplyError where no good
answer came, a write then with OutcomeUnknownError. The examples of the methods go on from here.";

/// A comment with an example.
fn doc(indent: &str, text: &str, example: &str) -> String {
    let lines = text.lines().chain(["@example", "```ts"]).chain(example.lines()).chain(["```"]);
    let body: String = lines.map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
    format!("{indent}/**\n{body}{indent} */\n")
}

fn summary(endpoint: &Endpoint) -> String {
    let unknown = match endpoint.kind {
        EndpointKind::Read => String::new(),
        EndpointKind::Write { if_unknown } => format!("\n@throws OutcomeUnknownError: {if_unknown}"),
    };
    format!(
        "{} {} ({}): {}. POST {}{unknown}",
        endpoint.section,
        endpoint.title_zh,
        endpoint.kind.as_str(),
        endpoint.title_en,
        endpoint.path
    )
}

const INFO: &str = "}

/** What is to be known of an endpoint. */
export interface EndpointInfo {
  /** The client's method. */
  name: EndpointName;
  /** Below the gateway. */
  path: string;
  /** The document's section. */
  section: string;
  /** The document's title. */
  titleZh: string;
  /** The title in English. */
  titleEn: string;
  /** Whether it changes anything. */
  kind: 'read' | 'write';
  /** Of a write: how to find out what became of a call whose answer never came, and when to send it again. */
  ifUnknown?: string;
  /** The request's fields. */
  fields: readonly FieldInfo[];
}

/** What is to be known of a request's field. */
export interface FieldInfo {
  /** On the wire. */
  name: string;
  /** The document's Chinese. */
  label: string;
  /** What it means, in English. */
  doc: string;
  /** `date` is yyyy-MM-dd, `texts` a list of texts. */
  type: 'text' | 'integer' | 'date' | 'url' | 'texts' | 'object' | 'list';
  /** Whether the document wants it always. */
  required: boolean;
  /** The client's option that fills it in. */
  filledFrom?: 'distrCode' | 'employeeCode' | 'invitateCode';
  /** Whether it says who somebody is; such a field is masked in errors. */
  personal?: true;
  /** The document's maximum length in characters. */
  max?: number;
  /** What it can be, and what that means in the document's Chinese. */
  choices?: readonly { value: string; label: string }[];
  /** The fields of an object, or of a list's items. */
  fields?: readonly FieldInfo[];
}
";

fn interface(schema: &Schema, out: &mut String) {
    out.push_str(&format!("\n/** {} */\nexport interface {} {{\n", schema.doc.trim(), schema.name));
    let request = is_request(schema);
    for field in schema.fields {
        let optional = !field.required || field.spec.fill.is_some();
        // A caller may pass undefined, or a database's null, for a field to leave out; a reply simply lacks it.
        let nothing = if optional && request { " | null | undefined" } else { "" };
        out.push_str(&format!(
            "  /** {} {} */\n  {}{}: {}{nothing};\n",
            field.label,
            remarks(field),
            field.name,
            if optional { "?" } else { "" },
            type_of(field, request),
        ));
    }
    out.push_str("}\n");
}

fn remarks(field: &Field) -> String {
    let mut text = field.doc.trim().to_owned();
    if let Kind::TextChoice(choices) | Kind::IntegerChoice(choices) = field.spec.kind {
        let list: Vec<_> = choices.iter().map(|choice| format!("{} {}", choice.wire, choice.label)).collect();
        text.push_str(&format!(" {}.", list.join(", ")));
    }
    if field.spec.fill.is_some() {
        text.push_str(" Filled in from the client's option of the same name.");
    }
    text
}

fn type_of(field: &Field, request: bool) -> String {
    let union = |choices: &[Choice], quote: &str| -> String {
        choices.iter().map(|choice| format!("{quote}{}{quote}", choice.wire)).collect::<Vec<_>>().join(" | ")
    };
    match field.spec.kind {
        Kind::Text | Kind::Date | Kind::Url | Kind::Amount => "string".into(),
        Kind::Status(known) => {
            let known: Vec<_> = known.iter().map(|status| format!("'{status}'")).collect();
            format!("{} | (string & {{}})", known.join(" | "))
        }
        Kind::TextChoice(choices) => union(choices, "'"),
        Kind::IntegerChoice(choices) if request => format!("{} | {}", union(choices, ""), union(choices, "'")),
        Kind::IntegerChoice(choices) => union(choices, ""),
        Kind::Integer => "number".into(),
        Kind::Texts => "readonly string[]".into(),
        Kind::Object(schema) => schema.name.into(),
        Kind::List(schema) if request => format!("readonly {}[]", schema.name),
        Kind::List(schema) => format!("{}[]", schema.name),
    }
}

fn reply(endpoint: &Endpoint) -> String {
    match endpoint.reply {
        Shape::Nothing => "void".into(),
        Shape::One(schema) => schema.name.into(),
        Shape::Many(schema) => format!("{}[]", schema.name),
    }
}
