//! Describes an endpoint's parameters and replies as data. One declaration for each field produces the Rust type, the
//! check of a request, the reading of a reply, the TypeScript type and the documentation.

mod at;
mod check;
mod macros;
mod read;
mod slot;

pub use check::{CheckOptions, Fills, check};
pub(crate) use macros::{choices, model};
pub use read::read;
pub use slot::Slot;

use crate::value::Map;

/// A Rust type with a schema.
pub trait Model: Slot {
    /// Its fields and rules.
    const SCHEMA: &'static Schema;

    /// Takes the fields out of a checked object; `None` if it was not checked against the schema.
    fn from_map(map: &Map) -> Option<Self>;

    /// The object that travels: the fields in the document's order, empty ones left out.
    fn into_map(self) -> Map;
}

/// An object's fields, in the document's order.
#[derive(Debug)]
pub struct Schema {
    /// The type's name in Rust and TypeScript.
    pub name: &'static str,
    /// What it is, in English (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub doc: &'static str,
    /// The fields.
    pub fields: &'static [Field],
    /// What must hold between fields.
    pub rules: &'static [FieldRule],
    /// The field that a bare text stands for, if a reply may give one instead of the object.
    pub bare: Option<&'static str>,
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its Chinese name in the document.
    pub label: &'static str,
    /// What it is, in English (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub doc: &'static str,
    /// Whether it must be present.
    pub required: bool,
    /// Type and limits.
    pub spec: Spec,
}

/// Type and limits of a field.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The type.
    pub kind: Kind,
    /// The document's maximum length in characters.
    pub max: Option<usize>,
    /// Which of the client's own codes is used when a request leaves the field out.
    pub fill: Option<Fill>,
    /// Another name under which the platform sends it.
    pub alias: Option<&'static str>,
    /// Whether it identifies a person: a name, a document number, a phone number, a mail address, an address.
    pub personal: bool,
}

/// A field's type.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A text. The document lists some values; others may appear.
    Status(&'static [&'static str]),
    /// A text from a closed list.
    TextChoice(&'static [Choice]),
    /// An integer.
    Integer,
    /// An integer from a closed list; a request may give it as text.
    IntegerChoice(&'static [Choice]),
    /// An amount, kept as decimal text.
    Amount,
    /// A calendar date `yyyy-MM-dd`.
    Date,
    /// An absolute http or https address.
    Url,
    /// A list of texts.
    Texts,
    /// An object.
    Object(&'static Schema),
    /// A list of objects.
    List(&'static Schema),
}

/// One value of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// As it travels.
    pub wire: &'static str,
    /// The document's Chinese.
    pub label: &'static str,
    /// The Rust variant, whose name is the English word (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub name: &'static str,
}

/// Which of the client's codes fills a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// `distrCode` 分销商编号
    DistrCode,
    /// `employeeCode` 销售人员推荐码
    EmployeeCode,
    /// `invitateCode` 分销商推荐码
    InvitateCode,
}

/// What must hold between two fields of one object.
#[derive(Debug, Clone, Copy)]
pub enum FieldRule {
    /// `field` is required if the choice `when` has the value `is`.
    RequiredWhen {
        /// The field that becomes required. It must not be an object, because the check sees the body as it came, empty
        /// values included.
        field: &'static str,
        /// The field that decides.
        when: &'static str,
        /// The value of `when` that makes it required, as it travels.
        is: &'static str,
    },
    /// The date `start` is not after the date `end`.
    NotAfter {
        /// The earlier date's field.
        start: &'static str,
        /// The later date's field.
        end: &'static str,
    },
}

/// What `data` of a reply contains.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Nothing of interest.
    Nothing,
    /// An object.
    One(&'static Schema),
    /// A list of objects.
    Many(&'static Schema),
}

impl Shape {
    /// The schema of the object, or of each object in the list.
    pub fn schema(self) -> Option<&'static Schema> {
        match self {
            Self::Nothing => None,
            Self::One(schema) | Self::Many(schema) => Some(schema),
        }
    }
}

impl Spec {
    const fn of(kind: Kind) -> Self {
        Self { kind, max: None, fill: None, alias: None, personal: false }
    }

    /// Text of at most `max` characters.
    pub const fn text(max: usize) -> Self {
        Self { max: Some(max), ..Self::of(Kind::Text) }
    }

    /// A status text, an open list.
    pub const fn status(known: &'static [&'static str]) -> Self {
        Self::of(Kind::Status(known))
    }

    /// Text from a closed list.
    pub const fn text_choice(choices: &'static [Choice]) -> Self {
        Self::of(Kind::TextChoice(choices))
    }

    /// An integer.
    pub const fn integer() -> Self {
        Self::of(Kind::Integer)
    }

    /// An integer from a closed list.
    pub const fn integer_choice(choices: &'static [Choice]) -> Self {
        Self::of(Kind::IntegerChoice(choices))
    }

    /// An amount.
    pub const fn amount() -> Self {
        Self::of(Kind::Amount)
    }

    /// A date.
    pub const fn date() -> Self {
        Self::of(Kind::Date)
    }

    /// An absolute address of at most `max` characters.
    pub const fn url(max: usize) -> Self {
        Self { max: Some(max), ..Self::of(Kind::Url) }
    }

    /// A list of texts of at most `max` characters each.
    pub const fn texts(max: usize) -> Self {
        Self { max: Some(max), ..Self::of(Kind::Texts) }
    }

    /// An object.
    pub const fn object<M: Model>() -> Self {
        Self::of(Kind::Object(M::SCHEMA))
    }

    /// A list of objects.
    pub const fn list<M: Model>() -> Self {
        Self::of(Kind::List(M::SCHEMA))
    }

    /// Filled in from the client when left out.
    #[must_use]
    pub const fn filled(self, fill: Fill) -> Self {
        Self { fill: Some(fill), ..self }
    }

    /// Identifies a person, so it never appears in an error.
    #[must_use]
    pub const fn personal(self) -> Self {
        Self { personal: true, ..self }
    }

    /// Also read under `alias`.
    #[must_use]
    pub const fn or(self, alias: &'static str) -> Self {
        Self { alias: Some(alias), ..self }
    }
}
