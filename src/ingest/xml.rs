//! XML as a tree of elements, read leniently and known by local names: for the formats of news
//! agencies and libraries, whose documents are small and whose namespaces say nothing new.
//!
//! A document that ends too early, or has tags that do not match, gives what can be had of it, and
//! tells which of its elements the end cut off; several documents in a row are one with several
//! roots. The depth is bounded, so that no document can exhaust the stack.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::Problem;
use super::markup;

/// No format that is read nests its elements deeper.
pub(crate) const MAX_DEPTH: usize = 200;

/// A parsed document.
pub(crate) struct Document<'t> {
    text: &'t str,
    format: &'static str,
    /// The document itself, whose elements are the roots.
    whole: Element,
    /// Why nothing could be told apart from some place on.
    error: Option<String>,
}

/// One element, with places in the text of its document.
#[derive(Debug, Default)]
struct Element {
    /// With its prefix.
    full_name: String,
    /// Where the local name starts.
    local: usize,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    content: Range<usize>,
    /// Whether it ends only because the text does.
    is_cut: bool,
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(crate) struct Node<'d> {
    text: &'d str,
    element: &'d Element,
}

impl<'t> Document<'t> {
    /// Parses `text`, whose format is called `format` in messages.
    ///
    /// # Errors
    /// Fails on a text without an element and on one that is nested too deep.
    pub(crate) fn parse(text: &'t str, format: &'static str) -> Result<Self, Problem> {
        let document = Self::of(text, format);
        if document.whole.children.is_empty() {
            return Err(document.damage().unwrap_or_else(|| document.malformed("no element")));
        }
        Ok(document)
    }

    /// Returns what can be had of `text`: one without an element, or nested too deep, has no root.
    pub(crate) fn of(text: &'t str, format: &'static str) -> Self {
        let (whole, error) = match parse_whole(text) {
            Ok(parsed) => parsed,
            Err(reason) => (Element::default(), Some(reason)),
        };
        Self { text, format, whole, error }
    }

    /// Returns the first of the outermost elements, of which a text that was parsed has one.
    pub(crate) fn root(&self) -> Node<'_> {
        self.roots().next().unwrap_or(self.whole())
    }

    /// Returns the outermost elements: one of each document in the text.
    pub(crate) fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.whole().children()
    }

    /// Returns the document itself, whose children are the roots.
    pub(crate) fn whole(&self) -> Node<'_> {
        Node { text: self.text, element: &self.whole }
    }

    /// Returns what is wrong with the text where it ends too early, or cannot be told apart to its
    /// end.
    pub(crate) fn damage(&self) -> Option<Problem> {
        let cut = self.roots().find_map(|root| self.damage_of(root));
        cut.or_else(|| self.error.as_ref().map(|reason| self.malformed(reason)))
    }

    /// Returns what is wrong with an element of the document that the end of the text cut off.
    pub(crate) fn damage_of(&self, node: Node<'_>) -> Option<Problem> {
        if !node.element.is_cut {
            return None;
        }
        let mut inside = node;
        while let Some(last) = inside.children().next_back().filter(|last| last.element.is_cut) {
            inside = last;
        }
        let reason = || format!("it ends inside `{}`", inside.full_name());
        Some(self.malformed(&self.error.clone().unwrap_or_else(reason)))
    }

    fn malformed(&self, reason: &str) -> Problem {
        Problem::Malformed { format: self.format, reason: reason.to_owned() }
    }
}

/// Returns the document with its elements, and the error behind which nothing can be told apart.
fn parse_whole(text: &str) -> Result<(Element, Option<String>), String> {
    let mut events = Events::of(text);
    let mut open = vec![Element { content: 0..text.len(), ..Element::default() }];
    let error = loop {
        let (event, place) = events.next();
        match event {
            Ok(Event::Start(tag)) => {
                if open.len() > MAX_DEPTH {
                    return Err(too_deep());
                }
                open.push(element(&tag, place.end));
            }
            Ok(Event::Empty(tag)) => {
                let parent = open.last_mut().expect("the document itself stays open");
                parent.children.push(element(&tag, place.end));
            }
            Ok(Event::End(tag)) => close(&mut open, local(tag.name().as_ref()), place.start),
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => break Some(error.to_string()),
        }
    };
    while open.len() > 1 {
        open.last_mut().expect("an element is open").is_cut = true;
        close_last(&mut open, text.len());
    }
    let whole = open.pop().expect("the document itself stays open");
    Ok((whole, error))
}

/// The tags and texts of a document in a row, read leniently: end tags need not match.
pub(crate) struct Events<'text> {
    reader: Reader<&'text [u8]>,
    length: usize,
}

impl<'text> Events<'text> {
    pub(crate) fn of(text: &'text str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, length: text.len() }
    }

    /// Returns the next event, the last of which is [`Event::Eof`], and where it lies in the text.
    pub(crate) fn next(&mut self) -> (quick_xml::Result<Event<'text>>, Range<usize>) {
        let start = self.position();
        let event = self.reader.read_event();
        (event, start..self.position())
    }

    fn position(&self) -> usize {
        let position = usize::try_from(self.reader.buffer_position());
        position.map_or(self.length, |position| position.min(self.length))
    }
}

/// Returns what is wrong with a document that nests its elements deeper than [`MAX_DEPTH`].
pub(crate) fn too_deep() -> String {
    format!("elements are nested deeper than {MAX_DEPTH}")
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn element(tag: &BytesStart<'_>, content: usize) -> Element {
    let attributes = tag.html_attributes().flatten().map(|attribute| {
        let name = local(attribute.key.as_ref()).to_owned();
        (name, markup::decode_entities(attribute.value.as_ref()).into_owned())
    });
    let full_name = tag.name().as_ref().to_owned();
    Element {
        local: full_name.rfind(':').map_or(0, |colon| colon + 1),
        full_name,
        attributes: attributes.collect(),
        children: Vec::new(),
        content: content..content,
        is_cut: false,
    }
}

/// Closes the innermost open element of this name and all in it; an end tag without one is passed
/// over.
fn close(open: &mut Vec<Element>, name: &str, end: usize) {
    let Some(depth) = open.iter().rposition(|element| element.name() == name) else {
        return;
    };
    while open.len() > depth.max(1) {
        close_last(open, end);
    }
}

fn close_last(open: &mut Vec<Element>, end: usize) {
    let mut element = open.pop().expect("an element is open");
    element.content.end = end.max(element.content.start);
    let parent = open.last_mut().expect("the document itself stays open");
    parent.children.push(element);
}

impl Element {
    fn name(&self) -> &str {
        &self.full_name[self.local..]
    }
}

impl<'d> Node<'d> {
    /// Returns the local name.
    pub(crate) fn name(self) -> &'d str {
        self.element.name()
    }

    /// Tells whether both are the same element rather than two that are alike.
    pub(crate) fn is(self, other: Self) -> bool {
        std::ptr::eq(self.element, other.element)
    }

    /// Returns the name with its prefix.
    pub(crate) fn full_name(self) -> &'d str {
        &self.element.full_name
    }

    /// Returns the prefix of the name, which may be empty.
    pub(crate) fn prefix(self) -> &'d str {
        self.element.full_name[..self.element.local].trim_end_matches(':')
    }

    /// Returns the value of an attribute, by its local name, unless it is blank.
    pub(crate) fn attribute(self, name: &str) -> Option<&'d str> {
        let found = self.element.attributes.iter().find(|(key, _)| key == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// Returns the elements directly inside.
    pub(crate) fn children(self) -> impl DoubleEndedIterator<Item = Node<'d>> {
        let text = self.text;
        self.element.children.iter().map(move |element| Node { text, element })
    }

    /// Returns the elements of this name directly inside.
    pub(crate) fn children_named(self, name: &str) -> impl Iterator<Item = Node<'d>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Returns the first element that these names lead to, each directly inside the one before.
    pub(crate) fn at(self, path: &[&str]) -> Option<Node<'d>> {
        match path {
            [] => Some(self),
            [name, rest @ ..] => self.children_named(name).find_map(|child| child.at(rest)),
        }
    }

    /// Returns the elements of this name anywhere inside, in document order; of one inside another
    /// only the outer.
    pub(crate) fn all(self, name: &str) -> Vec<Node<'d>> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    fn collect(self, name: &str, found: &mut Vec<Node<'d>>) {
        for child in self.children() {
            if child.name() == name {
                found.push(child);
            } else {
                child.collect(name, found);
            }
        }
    }

    /// Returns the first element of this name anywhere inside.
    pub(crate) fn first(self, name: &str) -> Option<Node<'d>> {
        self.children().find_map(
            |child| {
                if child.name() == name { Some(child) } else { child.first(name) }
            },
        )
    }

    /// Returns what stands between the tags, as written.
    pub(crate) fn markup(self) -> &'d str {
        self.text.get(self.element.content.clone()).unwrap_or_default()
    }

    /// Returns the text on one line, or `None` when there is none.
    pub(crate) fn line(self) -> Option<String> {
        let text = markup::text_of(self.markup());
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Returns the text on one line of the first element that these names lead to.
    pub(crate) fn line_at(self, path: &[&str]) -> Option<String> {
        match path {
            [] => self.line(),
            [name, rest @ ..] => self.children_named(name).find_map(|child| child.line_at(rest)),
        }
    }

    /// Returns the text, its paragraphs separated by blank lines.
    pub(crate) fn paragraphs(self) -> String {
        markup::text_of(self.markup())
    }

    /// Returns the paragraphs of an element that holds either markup or, as character data, a text
    /// that is plain or HTML itself.
    pub(crate) fn text(self) -> String {
        match self.element.children.is_empty() {
            true => markup::paragraphs_of(&markup::character_data(self.markup())),
            false => self.paragraphs(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_are_found_by_local_names() {
        let text = "<?xml version='1.0'?><n:a xmlns:n='x' k=' v&amp;w '><b>1 <i>2</i></b>\
            <b><c/>3</b></n:a>";
        let document = Document::parse(text, "test").unwrap();
        let root = document.root();
        assert_eq!((root.name(), root.attribute("k")), ("a", Some("v&w")));
        assert_eq!(root.line_at(&["b"]).unwrap(), "1 2");
        assert_eq!(root.at(&["b", "c"]).unwrap().line(), None);
        assert_eq!(root.all("b").len(), 2);
        assert_eq!(root.first("i").unwrap().markup(), "2");
    }

    #[test]
    fn damaged_documents_give_what_they_have() {
        let first = |text: &str| {
            let document = Document::parse(text, "test").unwrap();
            document.root().first("b").map(|b| b.markup().to_owned())
        };
        assert_eq!(first("<a><b>1</b><c>2").as_deref(), Some("1"));
        assert_eq!(first("<a><b>1</a>").as_deref(), Some("1"));
        assert_eq!(first("<a></x><b>R & D &nbsp;</b></a>").as_deref(), Some("R & D &nbsp;"));
        assert_eq!(first("<a><b x=1 y>1</b></a>").as_deref(), Some("1"));
        assert_eq!(first("<a><b>1</b><").as_deref(), Some("1"));
    }

    #[test]
    fn what_the_end_cuts_off_is_known() {
        let damage = |text: &str| {
            let document = Document::parse(text, "test").unwrap();
            document.damage().map(|problem| problem.to_string())
        };
        assert_eq!(damage("<a><b>1</b></a>"), None);
        assert_eq!(damage("<a><b>1<c></a> "), None, "the end tag of the root is there");
        assert_eq!(damage("<a><b>1").unwrap(), "invalid test: it ends inside `b`");
        assert_eq!(damage("<a><b>1</b>").unwrap(), "invalid test: it ends inside `a`");
        assert!(damage("<a><b x='1></b></a>").is_some());
        assert!(damage("<a>1</a><a x='").is_some());
    }

    #[test]
    fn documents_in_a_row_have_a_root_each() {
        let text = "<?xml version='1.0'?><a>1</a>\n<?xml version='1.0'?><!DOCTYPE a><a><b/></a>";
        let document = Document::parse(text, "test").unwrap();
        assert_eq!(document.roots().map(Node::name).collect::<Vec<_>>(), ["a", "a"]);
        assert!(!document.root().is(document.roots().last().unwrap()));
    }

    #[test]
    fn texts_are_marked_up_once() {
        let text = |markup: &str| Document::parse(markup, "test").unwrap().root().text();
        assert_eq!(text("<a><p>British Airways &lt;BAY.L&gt;</p></a>"), "British Airways <BAY.L>");
        assert_eq!(
            text("<a><![CDATA[<p>One &amp; more.</p><p>Two.</p>]]></a>"),
            "One & more.\n\nTwo."
        );
        assert_eq!(text("<a><![CDATA[It&#8217;s &amp; so on]]></a>"), "It’s & so on");
        assert_eq!(text("<a><!-- no -->&lt;SRD> <!-- no --></a>"), "<SRD>");
        assert_eq!(text("<a>&lt;p>One.&lt;/p>Two.</a>"), "One.\n\nTwo.");
    }

    #[test]
    fn depth_is_bounded() {
        let problem = Document::parse(&"<a>".repeat(100_000), "test").err().unwrap();
        assert_eq!(problem.to_string(), "invalid test: elements are nested deeper than 200");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(<|</|>|/>|&|;|#|a|b|=|'|\"|<!--|-->|<!\\[CDATA\\[|\\PC){0,40}") {
            if let Ok(document) = Document::parse(&text, "test") {
                document.root().paragraphs();
                document.root().all("a");
            }
        }
    }
}
