//! JSON and JSON Lines, with every character that a terminal might obey written as an escape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::sanitize::{Treatment, treatment};
use super::wire;
use crate::article::Article;
use crate::search::{Hit, SearchResponse};

/// Writes a response: its fields a line each, and its hits a line each.
pub fn write_response(out: &mut dyn Write, response: &SearchResponse) -> io::Result<()> {
    write_document(out, &wire::Response::from(response))
}

/// Writes a hit as a line of JSON Lines.
pub fn write_hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    write_line(out, &wire::Hit::from(hit))
}

/// Writes an article as a line of JSON Lines.
pub fn write_article(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    write_line(out, &wire::Article::from(article))
}

/// Writes any value as a line of JSON Lines.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write_value(out, value, 0)
}

/// Writes any value as a document: a line for each field, and one for each element of a list.
pub fn write_document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write_value(out, value, 2)
}

fn write_value(out: &mut dyn Write, value: &impl Serialize, broken: usize) -> io::Result<()> {
    let formatter = SafeFormatter { broken, depth: 0, is_empty: true };
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// Breaks lines in the outer objects and lists only, and escapes what a terminal might obey.
///
/// Fully indented, a response would spend most of its lines on brackets of offsets; on one line it
/// could be neither read nor compared with `diff`.
struct SafeFormatter {
    /// Down to which depth there is a line an element.
    broken: usize,
    depth: usize,
    /// Whether the object or list that was opened last is still empty.
    is_empty: bool,
}

impl SafeFormatter {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let breaks = self.depth <= self.broken && !self.is_empty;
        self.depth -= 1;
        self.is_empty = false;
        if breaks {
            self.break_line(out)?;
        }
        out.write_all(bracket)
    }

    fn begin_element<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        if self.depth <= self.broken {
            self.break_line(out)?;
        }
        Ok(())
    }

    fn end_element(&mut self) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn break_line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for SafeFormatter {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin_element(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_element()
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin_element(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth <= self.broken { b": ".as_slice() } else { b":".as_slice() })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_element()
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, letter) in fragment.char_indices() {
            if !needs_escape(letter) {
                continue;
            }
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + letter.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

/// Tells whether a character is written as an escape; serde_json takes care of those below a space.
fn needs_escape(letter: char) -> bool {
    letter > '~'
        && match treatment(letter) {
            Treatment::Escape | Treatment::Drop | Treatment::Space => true,
            Treatment::Keep | Treatment::Join => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn document(value: &Value) -> String {
        let mut out = Vec::new();
        write_document(&mut out, value).expect("memory can be written");
        String::from_utf8(out).expect("JSON is text")
    }

    #[test]
    fn a_document_has_a_line_for_each_field_and_each_element() {
        let value = json!({"a": 1, "b": [], "c": [{"d": [[1, 2]]}, {}]});
        assert_eq!(
            document(&value),
            "{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": [\n    {\"d\":[[1,2]]},\n    {}\n  ]\n}\n"
        );
    }

    #[test]
    fn what_a_terminal_might_obey_is_escaped() {
        let mut out = Vec::new();
        write_line(&mut out, &"\u{1b}[2J \u{9b} \u{202e} \u{7f} \u{e0041} é北").expect("memory");
        assert_eq!(
            String::from_utf8(out).expect("JSON is text"),
            "\"\\u001b[2J \\u009b \\u202e \\u007f \\udb40\\udc41 é北\"\n"
        );
    }

    proptest! {
        #[test]
        fn escaping_changes_no_meaning(text in any::<String>()) {
            let written = document(&json!([text]));
            prop_assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(json!([text])));
            prop_assert!(!written.trim_end().chars().any(|letter| letter.is_control() && letter != '\n'));
        }
    }
}
