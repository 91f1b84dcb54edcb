//! Where a value stands in a request or a reply.

use core::fmt;

/// Written out only where there is something to tell of it: most values are as they should be.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    /// The whole; without a name where the fields' own say enough.
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
