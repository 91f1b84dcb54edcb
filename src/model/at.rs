//! The location of a value in a request or a reply.

use core::fmt;

/// Written out only if there is something to report about it: most values are correct.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    /// The whole value; the name is empty if the fields' own names are enough.
    Whole(&'static str),
    /// A field of an object.
    Field(&'a At<'a>, &'a str),
    /// An item of a list.
    Item(&'a At<'a>, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(name) => f.write_str(name),
            Self::Field(Self::Whole(""), name) => f.write_str(name),
            Self::Field(of, name) => write!(f, "{of}.{name}"),
            Self::Item(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}
