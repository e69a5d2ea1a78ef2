//! hOCR: pages of digitised newspapers in HTML whose classes say what is a page, a paragraph, a line
//! and a word.
//!
//! What has no class is read as HTML: a block is a paragraph. Words are set apart even where no white
//! space stands between them, which the markup need not have. A file is damaged where a page does
//! not end; other end tags of HTML may be left out.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::ocr::push_line;
use crate::ingest::error::Problem;
use crate::ingest::{markup, xml};

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// The paragraphs, separated by blank lines.
    pub(super) text: String,
    /// Where it lies in the file.
    pub(super) markup: Range<usize>,
    /// What is wrong where it does not end.
    pub(super) damage: Option<Problem>,
}

/// Returns the pages of a file: one at least, which is the file itself where no class tells of pages.
pub(super) fn pages(file: &str) -> Vec<Page> {
    let mut events = xml::Events::of(file);
    let mut pages = Pages::default();
    let error = loop {
        let (event, place) = events.next();
        match event {
            Ok(Event::Start(_)) if pages.open.len() >= xml::MAX_DEPTH => {
                break Some(xml::too_deep());
            }
            Ok(Event::Start(tag)) => pages.open(&tag, place.start),
            Ok(Event::Empty(tag)) => pages.pass(&tag),
            Ok(Event::End(tag)) => pages.close(tag.name().as_ref(), place.end),
            Ok(Event::CData(text)) => pages.push(text.as_ref()),
            Ok(Event::Text(_) | Event::GeneralRef(_)) => {
                pages.push(&markup::decode_entities(&file[place]));
            }
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => break Some(error.to_string()),
        }
    };
    pages.finish(file, error)
}

/// What an element is of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Page,
    Block,
    Line,
    Word,
    /// Nothing that is seen on the page.
    Unseen,
    Other,
}

/// Elements of HTML that have no end tag.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "link", "meta"];

impl Part {
    fn of(tag: &BytesStart<'_>) -> Self {
        let classes =
            tag.html_attributes().flatten().find(|attribute| attribute.key.as_ref() == "class");
        let classes = classes.map(|classes| classes.value.into_owned()).unwrap_or_default();
        let by_class = classes.split_ascii_whitespace().find_map(|class| match class {
            "ocr_page" => Some(Self::Page),
            "ocr_carea" | "ocr_column" | "ocr_par" | "ocrx_block" => Some(Self::Block),
            "ocr_line" | "ocrx_line" | "ocr_caption" | "ocr_header" | "ocr_textfloat" => {
                Some(Self::Line)
            }
            "ocr_word" | "ocrx_word" => Some(Self::Word),
            _ => None,
        });
        by_class.unwrap_or_else(|| match tag.name().as_ref() {
            "head" | "script" | "style" | "title" => Self::Unseen,
            name if markup::is_block(name) => Self::Block,
            _ => Self::Other,
        })
    }
}

/// The pages as far as they were read.
#[derive(Default)]
struct Pages {
    done: Vec<Page>,
    /// The elements that are open, with what they are.
    open: Vec<(String, Part)>,
    /// Where the page starts that is open.
    start: Option<usize>,
    /// What there is of a page; what stands outside of pages is part of the next.
    paragraphs: Vec<String>,
    paragraph: String,
    line: String,
}

impl Pages {
    fn open(&mut self, tag: &BytesStart<'_>, start: usize) {
        if VOID.contains(&tag.name().as_ref()) {
            return self.pass(tag);
        }
        let part = match Part::of(tag) {
            Part::Page if self.start.is_some() => Part::Block,
            part => part,
        };
        self.set_apart(part);
        if part == Part::Page {
            self.start = Some(start);
        }
        self.open.push((tag.name().as_ref().to_owned(), part));
    }

    /// Takes in an element that holds nothing.
    fn pass(&mut self, tag: &BytesStart<'_>) {
        let is_break = tag.name().as_ref() == "br";
        self.set_apart(if is_break { Part::Line } else { Part::of(tag) });
    }

    /// Closes the innermost open element of this name and all in it.
    fn close(&mut self, name: &str, end: usize) {
        let Some(depth) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        while self.open.len() > depth {
            let Some((_, part)) = self.open.pop() else { return };
            self.set_apart(part);
            if part == Part::Page
                && let Some(start) = self.start.take()
            {
                self.end_page(start..end, None);
            }
        }
    }

    fn push(&mut self, text: &str) {
        if !self.open.iter().any(|(_, part)| *part == Part::Unseen) {
            self.line.push_str(text);
        }
    }

    /// Sets what comes before and after the start or end of a part apart.
    fn set_apart(&mut self, part: Part) {
        match part {
            Part::Word => self.line.push(' '),
            Part::Line => self.end_line(),
            Part::Block | Part::Page => {
                self.end_line();
                let paragraph = std::mem::take(&mut self.paragraph);
                self.paragraphs.extend(Some(paragraph).filter(|text| !text.is_empty()));
            }
            Part::Unseen | Part::Other => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            push_line(&mut self.paragraph, &words.join(" "));
        }
    }

    fn end_page(&mut self, markup: Range<usize>, damage: Option<Problem>) {
        let text = std::mem::take(&mut self.paragraphs).join("\n\n");
        self.done.push(Page { text, markup, damage });
    }

    fn finish(mut self, file: &str, error: Option<String>) -> Vec<Page> {
        self.set_apart(Part::Page);
        let is_cut = self.start.is_some();
        let inside = self.open.last().map_or("html", |(name, _)| name);
        let reason = error.or_else(|| is_cut.then(|| format!("it ends inside `{inside}`")));
        let damage = reason.map(|reason| Problem::Malformed { format: "hOCR", reason });
        match (self.start, self.done.last_mut()) {
            (None, Some(last)) => {
                last.damage = damage;
                for paragraph in self.paragraphs {
                    last.text.push_str("\n\n");
                    last.text.push_str(&paragraph);
                }
            }
            (start, _) => self.end_page(start.unwrap_or(0)..file.len(), damage),
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(file: &str) -> Vec<String> {
        pages(file).into_iter().map(|page| page.text).collect()
    }

    #[test]
    fn words_and_lines_are_set_apart_by_their_classes() {
        let word = |word: &str| format!("<span class='ocrx_word'>{word}</span>");
        let line = |words: &str| format!("<span class='ocr_line'>{words}</span>");
        let lines = |first: &str, second: &str| line(first) + &line(second);
        let cases = [
            (lines(&(word("The") + &word("cat")), &word("sat.")), "The cat sat."),
            (lines("the gov-", "ernment <strong>fell</strong> &amp;c"), "the government fell &c"),
            (lines("Par two soft&shy;", "hyphen."), "Par two softhyphen."),
            (lines("Two 1914-", "1918"), "Two 1914- 1918"),
            (
                "<span class='ocr_par'>One.</span><span class='ocr_par'>Two.</span>".to_owned(),
                "One.\n\nTwo.",
            ),
            (
                "<p>One<br>line<p>Two.<img src='x'><hr>Three.".to_owned(),
                "One line\n\nTwo.\n\nThree.",
            ),
        ];
        for (content, expected) in cases {
            let file = format!("<body><div class='ocr_page'>{content}</div></body>");
            assert_eq!(texts(&file), [expected], "{content}");
        }
    }

    #[test]
    fn files_without_pages_are_one() {
        let found = pages("<html><head><title>No</title></head><body><p>One.</p><p>Two.");
        assert_eq!((found.len(), found[0].text.as_str()), (1, "One.\n\nTwo."));
        assert!(found[0].damage.is_none(), "end tags of HTML may be left out");
        let page = "<div class='ocr_page'>Two.</div>";
        assert_eq!(
            texts(&format!("One.{page}<div>{page}</div>Three.")),
            ["One.\n\nTwo.", "Two.\n\nThree."]
        );
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<b>".repeat(100_000) + &"</i>".repeat(100_000);
        assert!(pages(&deep)[0].damage.is_some());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(<|</|>|/>|&|;|p|div|span| class='ocr_(page|par|line)'|<!--|\\PC){0,40}") {
            let found = pages(&text);
            prop_assert!(!found.is_empty());
            for page in found {
                prop_assert!(text.get(page.markup).is_some());
            }
        }
    }
}
