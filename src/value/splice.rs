//! Makes JSON out of pieces of other JSON. Adjacent pieces are copied at once, so a text that stays as it is is copied
//! whole at the end.

use aigobo_engine::json::Node;

use crate::prelude::*;

/// JSON that is being assembled from pieces of a source and new text.
#[derive(Debug)]
pub struct Splice<'a> {
    source: &'a str,
    out: String,
    /// A piece of the source that is still to be appended to `out`.
    from: usize,
    to: usize,
}

/// A state of a [`Splice`] to go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark(usize, usize, usize);

impl<'a> Splice<'a> {
    /// An empty result.
    pub fn new(source: &'a str) -> Self {
        Self { source, out: String::new(), from: 0, to: 0 }
    }

    /// Appends the source's text from `from` to `to`.
    pub fn copy(&mut self, from: usize, to: usize) {
        if from != self.to {
            self.settle();
            self.from = from;
        }
        self.to = to;
    }

    /// Appends a text, as a piece of the source if the source continues with the same text.
    pub fn push(&mut self, text: &str) {
        let rest = self.source.as_bytes().get(self.to..).unwrap_or_default();
        if rest.starts_with(text.as_bytes()) {
            self.to += text.len();
        } else {
            self.settle();
            self.out.push_str(text);
        }
    }

    /// Appends an entry's name, which the source may have at `here`, with quotes, colon and, unless `first`, comma.
    pub fn name(&mut self, name: &str, here: Option<Node>, first: bool) {
        let comma = usize::from(!first);
        let source = self.source.as_bytes();
        if let Some(Node { from, to, .. }) = here
            && from == self.to + comma
            && source.get(to) == Some(&b':')
            && (first || source.get(self.to) == Some(&b','))
        {
            self.to = to + 1;
            return;
        }
        self.settle();
        for part in [if first { "\"" } else { ",\"" }, name, "\":"] {
            self.out.push_str(part);
        }
    }

    /// The present state.
    pub fn mark(&self) -> Mark {
        Mark(self.out.len(), self.from, self.to)
    }

    /// Undoes everything since the mark.
    pub fn back(&mut self, Mark(length, from, to): Mark) {
        self.out.truncate(length);
        (self.from, self.to) = (from, to);
    }

    /// The whole JSON.
    pub fn finish(mut self) -> String {
        self.settle();
        self.out
    }

    /// Copies the pending piece.
    #[inline(never)]
    fn settle(&mut self) {
        let piece = self.source.get(self.from..self.to).unwrap_or_default();
        if self.out.capacity() == 0 {
            // Most texts keep about their length; one that stays as it is gets exact room.
            let room = if piece.len() == self.source.len() { 0 } else { 64 };
            self.out.reserve_exact(self.source.len() + room);
        }
        self.out.push_str(piece);
        self.from = self.to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Json;

    /// The entries of an object in the order of `names`, and how many bytes of them were written anew.
    fn picked(source: &str, names: &[&str]) -> (String, usize) {
        let json = Json::parse(source.to_owned()).unwrap();
        let mut out = json.root().splice();
        out.push("{");
        for (index, name) in names.iter().enumerate() {
            let (entry, value) = json.root().entry(name, None).unwrap();
            out.name(name, Some(entry.node()), index == 0);
            value.write(&mut out);
        }
        out.push("}");
        let anew = out.out.len();
        (out.finish(), anew)
    }

    #[test]
    fn what_stays_as_it_is_is_copied_at_once() {
        let source = r#"{"a":1,"b":"中","c":[{}]}"#;
        assert_eq!(picked(source, &["a", "b", "c"]), (source.to_owned(), 0));
        assert_eq!(picked(source, &["c", "a", "b"]).0, r#"{"c":[{}],"a":1,"b":"中"}"#);
        assert_eq!(picked(source, &["b"]).0, r#"{"b":"中"}"#);
        assert_eq!(
            picked("{ \"a\" : \"\\u4e2d\\/\\n\",\"b\":[ 1 , {\"x\" :2} ]}", &["a", "b"]).0,
            r#"{"a":"中/\n","b":[1,{"x":2}]}"#
        );
    }

    #[test]
    fn what_is_taken_back_was_never_there() {
        let source = r#"{"a":1,"b":2}"#;
        for first in ["", "x", "{", "{\"a\":1"] {
            for second in ["", "y", ",\"b\"", "{\"a\":1,\"b\":2}"] {
                let mut out = Splice::new(source);
                out.push(first);
                let mark = out.mark();
                out.push(second);
                out.copy(7, 10);
                out.back(mark);
                out.push("!");
                assert_eq!(out.finish(), format!("{first}!"), "{first} {second}");
            }
        }
    }
}
