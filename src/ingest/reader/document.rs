//! XML documents of one article or several, which may stand in one file in a row.
//!
//! A file is read as one tree. Where damage lets an article swallow its neighbours (an attribute
//! whose quotes never close takes in all up to the next quotes), it is taken apart at the start tags
//! of the articles instead, and each part is read for itself.

use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::draft::FileContext;
use crate::ingest::error::Problem;
use crate::ingest::input::Input;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::{Document, Node};

/// How the articles of a format lie in its documents.
pub(super) struct Layout {
    /// The name of the format in messages.
    pub(super) format: &'static str,
    /// The elements that are a document or an article, at whose start tags a damaged file may be taken
    /// apart.
    pub(super) elements: &'static [&'static str],
    /// Returns the articles of the document with this root.
    pub(super) items: for<'d> fn(Node<'d>) -> Vec<Node<'d>>,
}

impl Layout {
    /// Returns how many of the elements are accounted for in the document with this root: itself and
    /// its articles.
    fn elements_seen(&self, root: Node<'_>) -> usize {
        let items = (self.items)(root);
        let inner = items.iter().filter(|item| !item.is(root) && self.is_element(**item));
        usize::from(self.is_element(root)) + inner.count()
    }

    fn is_element(&self, node: Node<'_>) -> bool {
        self.elements.contains(&node.name())
    }
}

/// Returns the root itself, which is the article in formats of one a document.
pub(super) fn itself(root: Node<'_>) -> Vec<Node<'_>> {
    vec![root]
}

/// An article of a file.
#[derive(Clone, Copy)]
pub(super) struct Item<'d> {
    /// The root of its document.
    pub(super) root: Node<'d>,
    /// Its own element.
    pub(super) node: Node<'d>,
    /// Its number among the records of the file, unless it is alone.
    pub(super) number: Option<u64>,
}

/// Reads the articles of a file, each by `read`. One that is alone has no record number. What the end of
/// the file cuts off, or damage hides, counts as failed; what there is before it is read.
pub(super) fn read_documents(
    layout: &Layout,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    read: impl Fn(Item<'_>, &FileContext) -> Reading,
) -> Flow {
    let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
        Ok(bytes) => bytes,
        Err(problem) => return records.fail(None, problem),
    };
    let text = decode(&bytes, declared_in_markup(&bytes));
    let file = File::of(&text, layout);
    let found = file.articles(layout);
    let is_alone = found.len() == 1;
    for (number, article) in (1..).zip(&found) {
        let number = (!is_alone).then_some(number);
        match article {
            Ok(Article { document, root, node }) => {
                let bytes = if is_alone { &bytes[..] } else { node.markup().as_bytes() };
                records.record(number, bytes, |context| {
                    let item = Item { root: *root, node: *node, number };
                    read(item, context).damaged_by(document.damage_of(*node))
                })?;
            }
            Err(document) => records.fail(number, nothing_in(document, layout))?,
        }
    }
    file.outer_damage(&found).map_or(Flow::Continue(()), |problem| records.fail(None, problem))
}

/// The documents of a file.
struct File<'t> {
    documents: Vec<Document<'t>>,
    /// Whether it was taken apart, so that documents lack what is around their articles.
    is_apart: bool,
}

/// An article where it lies.
struct Article<'d, 't> {
    document: &'d Document<'t>,
    root: Node<'d>,
    node: Node<'d>,
}

/// An article, or a document without any.
type Found<'d, 't> = Result<Article<'d, 't>, &'d Document<'t>>;

impl<'t> File<'t> {
    fn of(text: &'t str, layout: &Layout) -> Self {
        let whole = Document::of(text, layout.format);
        let starts = starts(text, layout.elements);
        let seen: usize = whole.roots().map(|root| layout.elements_seen(root)).sum();
        if starts.len() <= seen.max(1) {
            return Self { documents: vec![whole], is_apart: false };
        }
        let ends = starts[1..].iter().copied().chain([text.len()]);
        let parts = starts.iter().zip(ends).map(|(start, end)| &text[*start..end]);
        let documents = parts.map(|part| Document::of(part, layout.format)).collect();
        Self { documents, is_apart: true }
    }

    /// Returns the articles in order. A part with nothing but what stands around articles is passed
    /// over.
    fn articles(&self, layout: &Layout) -> Vec<Found<'_, 't>> {
        let mut found = Vec::new();
        for document in &self.documents {
            let before = found.len();
            for root in document.roots() {
                let nodes = (layout.items)(root).into_iter();
                found.extend(nodes.map(|node| Ok(Article { document, root, node })));
            }
            let has_root = document.roots().next().is_some();
            if found.len() == before && !(self.is_apart && has_root) {
                found.push(Err(document));
            }
        }
        found
    }

    /// Returns what is wrong with the file outside of its articles.
    fn outer_damage(&self, found: &[Found<'_, 't>]) -> Option<Problem> {
        let is_named = |found: &Found<'_, 't>| match found {
            Ok(article) => article.document.damage_of(article.node).is_some(),
            Err(_) => true,
        };
        if self.is_apart || found.iter().any(is_named) {
            return None;
        }
        self.documents.iter().find_map(Document::damage)
    }
}

/// Returns what is wrong with a document without an article.
fn nothing_in(document: &Document<'_>, layout: &Layout) -> Problem {
    document.damage().unwrap_or_else(|| {
        let reason = match document.roots().next() {
            Some(root) => format!("no news item in `{}`", root.name()),
            None => "no element".to_owned(),
        };
        Problem::Malformed { format: layout.format, reason }
    })
}

/// Returns where tags of these elements start in a text, outside of comments and character data.
fn starts(text: &str, elements: &[&str]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut hidden = Hidden::default();
    let mut position = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[position..]) {
        let start = position + found;
        position = hidden.end(text, start).unwrap_or(start + 1);
        if position == start + 1 && elements.contains(&local_name(&text[position..])) {
            starts.push(start);
        }
    }
    starts
}

/// Returns the name at the start of `text`, without its prefix.
fn local_name(text: &str) -> &str {
    let is_end = |letter: char| letter.is_ascii_whitespace() || "<>/".contains(letter);
    let name = &text[..text.find(is_end).unwrap_or(text.len())];
    name.rsplit(':').next().unwrap_or(name)
}

/// What tags in a text are no tags in.
#[derive(Default)]
struct Hidden {
    /// The kinds of which the rest of the text has no end.
    unended: [bool; HIDING.len()],
}

/// How comments and character data start and end.
const HIDING: [(&str, &str); 2] = [("<!--", "-->"), ("<![CDATA[", "]]>")];

impl Hidden {
    /// Returns the end of what starts at `start`; `None` where nothing does, or it has no end.
    fn end(&mut self, text: &str, start: usize) -> Option<usize> {
        let rest = &text[start..];
        let kind = HIDING.iter().position(|(open, _)| rest.starts_with(open))?;
        if self.unended[kind] {
            return None;
        }
        let close = HIDING[kind].1;
        let end = rest.find(close).map(|length| start + length + close.len());
        self.unended[kind] = end.is_none();
        end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::SourceLocator;
    use crate::ingest::testing::{bytes_of_record, read_as};

    /// Returns a NITF document.
    fn nitf(title: &str, body: &str) -> String {
        format!(
            "<?xml version='1.0'?>\n<nitf><body><body.head><hedline><hl1>{title}</hl1></hedline>\
             </body.head><body.content><p>{body}</p></body.content></body></nitf>\n"
        )
    }

    fn read(text: &str) -> Vec<String> {
        read_as("a.xml", text.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn documents_in_a_row_are_records() {
        let both = nitf("A", "One.") + &nitf("B", "Two.");
        assert_eq!(read(&both), ["a.xml#1 A", "a.xml#2 B"]);
        let second = SourceLocator::file("a.xml").with_record(2);
        let bytes = bytes_of_record(both.as_bytes(), &second).unwrap();
        assert!(String::from_utf8(bytes).unwrap().contains("<hl1>B</hl1>"));
    }

    #[test]
    fn what_the_end_of_a_file_cuts_off_is_named() {
        let text = nitf("A", "One two");
        let cut = &text[..text.find("two").unwrap()];
        let found = read_as("a.xml", cut.as_bytes());
        assert_eq!(found[0].article().body, "One");
        assert_eq!(found[1].to_string(), "a.xml failed: invalid NITF: it ends inside `p`");
        let damage = "a.xml#2 failed: invalid NITF: it ends inside `p`";
        assert_eq!(read(&(nitf("B", "Two.") + cut)), ["a.xml#1 B", "a.xml#2 A", damage]);
        let damage = "a.xml#1 failed: invalid NITF: it ends inside `p`";
        assert_eq!(read(&(cut.to_owned() + &text)), ["a.xml#1 A", damage, "a.xml#2 A"]);
    }

    #[test]
    fn an_article_that_swallows_its_neighbour_is_taken_apart_from_it() {
        let broken = nitf("B", "Two <a href='x>link</a>.");
        let found = read(&(nitf("A", "One.") + &broken + &nitf("C", "Three.")));
        assert_eq!(found[..2], ["a.xml#1 A", "a.xml#2 B"]);
        assert!(found[2].starts_with("a.xml#2 failed: invalid NITF: "), "{}", found[2]);
        assert_eq!(found[3..], ["a.xml#3 C"]);
    }

    #[test]
    fn an_article_without_an_end_tag_holds_no_other() {
        let unended = nitf("A", "One.").replace("</nitf>", "");
        let damage = "a.xml#1 failed: invalid NITF: it ends inside `nitf`";
        assert_eq!(read(&(unended + &nitf("B", "Two."))), ["a.xml#1 A", damage, "a.xml#2 B"]);
    }

    #[test]
    fn tags_in_comments_and_character_data_start_nothing() {
        let text = "<a:n><!-- <n> --><![CDATA[<n>]]></a:n><n/><!-- <n>";
        let starts = starts(text, &["n"]);
        assert_eq!(starts.len(), 3);
        assert!(starts.iter().all(|start| !text[..*start].ends_with("<!-- ") || *start > 40));
    }

    proptest! {
        #[test]
        fn an_end_anywhere_is_damage_and_never_silent(at in 0.0..1.0_f64) {
            let text = nitf("A", "One.");
            let text = text.trim_end();
            let cut = &text[..(text.len() as f64 * at) as usize];
            prop_assume!(cut.contains("<nitf>"));
            let found = read(cut);
            let last = found.last().unwrap();
            prop_assert!(last.starts_with("a.xml failed: "), "{}", last);
        }
    }
}
