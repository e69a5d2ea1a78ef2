//! Pages of digitised newspapers: ALTO and hOCR, the text a page, its blocks as paragraphs.
//!
//! A page has no title of its own; its date and newspaper are told by the path, as libraries lay
//! their pages out, or by the METS document beside it. Words that were divided at a line's end are
//! joined where the format says that they are one.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use super::document::read_document;
use super::mets::{self, Issue};
use crate::article::{Evidence, EvidenceKind, Outlet, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::detect::Sample;
use crate::ingest::draft::{Draft, FileContext};
use crate::ingest::error::SkipReason;
use crate::ingest::extract::fields;
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::Node;

/// Reads ALTO.
pub(super) struct Alto;

/// Reads hOCR.
pub(super) struct Hocr;

/// Reads plain text of pages, known as such by the layout of their paths.
pub(super) struct PageText;

/// Knows METS, which describes other files and holds no text.
pub(super) struct Mets;

impl Reader for Alto {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("alto")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let issue = issue_beside(records);
        read_document("ALTO", input, records, |root, context| {
            Reading::Draft(page_draft(alto_text(root), context, issue))
        })
    }
}

impl Reader for Hocr {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text().filter(|text| text.starts_with('<')) else { return false };
        text.contains("ocr_page") || text.contains("ocr-system")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let issue = issue_beside(records);
        records.whole(input, |bytes, context| {
            let text = decode(bytes, declared_in_markup(bytes));
            Ok(Reading::Draft(page_draft(hocr_text(&text), context, issue)))
        })
    }
}

impl Reader for PageText {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some() && PagePath::of(sample.path).is_some()
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        records.whole(input, |bytes, context| {
            let text = with_words_joined(&decode(bytes, None));
            Ok(Reading::Draft(page_draft(unwrap_lines(&text), context, None)))
        })
    }
}

impl Reader for Mets {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("mets")
    }

    fn read(&self, _: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let reason = "METS, which describes the pages beside it".to_owned();
        records.skip(None, SkipReason::Unsupported(reason))
    }
}

/// What the path of a page tells, in the layout of Chronicling America and its partners:
/// `sn85038022/1916-01-28/ed-1/seq-1/ocr.txt`, in whole or in parts.
#[derive(Debug, PartialEq, Eq)]
struct PagePath<'p> {
    /// The control number of the newspaper at the Library of Congress.
    title_code: &'p str,
    page: &'p str,
}

static TITLE_CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/_-])(?:lccn[/_-])?([a-z]{2,3}\d{8}|\d{10})(?:[/_.-]|$)")
        .expect("the pattern is valid")
});

static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[/_-])seq-?(\d+)(?:[/_.-]|$)").expect("the pattern is valid")
});

impl<'p> PagePath<'p> {
    fn of(path: &'p str) -> Option<Self> {
        let title_code = TITLE_CODE.captures(path)?.get(1)?.as_str();
        let page = PAGE.captures(path)?.get(1)?.as_str();
        Some(Self { title_code, page })
    }
}

/// Returns what the METS document beside the page says of it.
fn issue_beside(records: &mut Records<'_, '_>) -> Option<Issue> {
    let page = records.location()?;
    let (issue, fingerprint) = mets::issue_of(page, &records.options().limits);
    records.depends_on_beside(fingerprint);
    issue
}

/// Returns the draft of a page: its text, what the document of its issue says, and where there is
/// none, what its path tells.
fn page_draft(body: String, context: &FileContext, issue: Option<Issue>) -> Draft {
    let mut draft = Draft { body, ..Draft::default() };
    let page = issue.as_ref().map(|issue| issue.page.to_string());
    if let Some(issue) = issue {
        take_issue(issue, &mut draft);
    }
    let path = PagePath::of(&context.path);
    if let Some(path) = &path {
        take_path(path, context, &mut draft);
    }
    let name = draft.outlet.as_ref().map(|outlet| outlet.value.to_string());
    if let (Some(name), Some(page)) = (name, page.as_deref().or(path.map(|path| path.page))) {
        let day = draft.published.as_ref().map(|date| format!(", {}", date.value));
        let title = format!("{name}{}, page {page}", day.unwrap_or_default());
        let evidence = Evidence::new(EvidenceKind::Inferred, "newspaper, day and page");
        draft.title = Some(Sourced { value: title, evidence });
    }
    draft
}

fn take_issue(issue: Issue, draft: &mut Draft) {
    let found = |detail: &str| {
        Evidence::new(EvidenceKind::Field, format!("{detail} of `{}`", issue.document))
    };
    if let Some(outlet) = issue.newspaper.as_deref().and_then(Outlet::new) {
        draft.outlet = Some(Sourced { value: outlet, evidence: found("newspaper") });
    }
    if let Some((date, text)) = &issue.published {
        draft.published =
            Some(Sourced { value: *date, evidence: found(&format!("date `{text}`")) });
    }
    if let Some(language) = issue.language {
        draft.language = Some(Sourced { value: language, evidence: found("language") });
    }
}

fn take_path(path: &PagePath<'_>, context: &FileContext, draft: &mut Draft) {
    if draft.published.is_none() {
        let mut parts = context.path.split('/');
        draft.published = parts.find_map(|part| fields::date_in_path(part, EvidenceKind::Path));
    }
    if draft.outlet.is_none() {
        let evidence = Evidence::new(EvidenceKind::Path, format!("`{}`", path.title_code));
        draft.outlet = Outlet::new(path.title_code).map(|value| Sourced { value, evidence });
    }
}

/// Joins words that were divided at the end of a line.
fn with_words_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let goes_on = lines.peek().is_some_and(|next| next.starts_with(char::is_lowercase));
        let start = line
            .strip_suffix(['-', '¬'])
            .filter(|start| goes_on && start.ends_with(char::is_alphabetic));
        joined.push_str(start.unwrap_or(line));
        if start.is_none() {
            joined.push('\n');
        }
    }
    joined
}

/// Returns the text of the blocks in the order in which they stand.
fn alto_text(root: Node<'_>) -> String {
    let blocks = root.all("TextBlock").into_iter().map(block_text);
    blocks.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn block_text(block: Node<'_>) -> String {
    let mut text = String::new();
    for line in block.all("TextLine") {
        for word in line.children_named("String") {
            // The second half of a divided word is part of the first.
            let whole = match word.attribute("SUBS_TYPE") {
                Some("HypPart2") => continue,
                Some("HypPart1") => word.attribute("SUBS_CONTENT"),
                _ => None,
            };
            let Some(word) = whole.or(word.attribute("CONTENT")) else { continue };
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

fn hocr_text(page: &str) -> String {
    let body = page.find("<body").map_or(page, |start| &page[start..]);
    let text = markup::text_of(body);
    let paragraphs = text
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_as;

    #[test]
    fn alto_blocks_are_paragraphs_with_divided_words_joined() {
        let alto = r#"<?xml version="1.0"?><alto xmlns="x"><Layout><Page><PrintSpace><ComposedBlock>
            <TextBlock><TextLine><String CONTENT="The"/><SP/><String CONTENT="meet" SUBS_TYPE="HypPart1"
            SUBS_CONTENT="meeting"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="ing"
            SUBS_TYPE="HypPart2" SUBS_CONTENT="meeting"/><String CONTENT="ended &amp; all."/></TextLine>
            </TextBlock></ComposedBlock><TextBlock><TextLine><String CONTENT="Two."/></TextLine>
            </TextBlock></PrintSpace></Page></Layout></alto>"#;
        let found = read_as("1916-01-28/a.xml", alto.as_bytes());
        let article = found[0].article();
        assert_eq!(article.body, "The meeting ended & all.\n\nTwo.");
        assert_eq!(article.published.as_ref().unwrap().value.to_string(), "1916-01-28");
    }

    #[test]
    fn paths_of_pages_tell_newspaper_day_and_page() {
        let text = "LEDGER.\nThe mar-\nriage of Thomas took place.\n";
        for path in
            ["19160128/sn85038022-ed-1_seq-1.txt", "lccn/sn85038022/1916-01-28/ed-1/seq-1/ocr.txt"]
        {
            let found = read_as(path, text.as_bytes());
            let article = found[0].article();
            assert_eq!(article.title_text(), "sn85038022, 1916-01-28, page 1");
            assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "sn85038022");
            assert_eq!(article.published.as_ref().unwrap().value.to_string(), "1916-01-28");
            assert!(article.body.contains("The marriage of Thomas"), "{}", article.body);
        }
        assert_eq!(super::PagePath::of("2022/sequel-1.txt"), None);
    }

    #[test]
    fn hocr_paragraphs_are_paragraphs() {
        let hocr = "<html><head><title></title><meta name='ocr-system' content='tesseract'/></head><body>\
            <div class='ocr_page'><p class='ocr_par'><span class='ocr_line'><span class='ocrx_word'>One\
            </span> <span class='ocrx_word'>line</span>\n</span><span class='ocr_line'>more.</span></p>\
            <p class='ocr_par'>Two.</p></div></body></html>";
        let found = read_as("a.hocr", hocr.as_bytes());
        assert_eq!(found[0].article().body, "One line more.\n\nTwo.");
    }
}
