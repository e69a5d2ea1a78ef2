//! Pages of digitised newspapers: ALTO and hOCR, the text a page, its blocks as paragraphs.
//!
//! A page has no title of its own; its date and newspaper are told by the path, as libraries lay
//! their pages out, or by the METS document beside it. Words that were divided at a line's end are
//! joined where the format says that they are one, or the line below goes on with a small letter.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use super::document::{Layout, read_documents};
use super::hocr;
use super::mets::{self, Issue};
use crate::article::{Evidence, EvidenceKind, Outlet, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::detect::Sample;
use crate::ingest::draft::{Draft, FileContext};
use crate::ingest::error::SkipReason;
use crate::ingest::extract::fields;
use crate::ingest::input::Input;
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
        read_documents(&ALTO, input, records, |page, context| {
            Reading::Draft(page_draft(alto_text(page.node), context, issue.as_ref(), page.number))
        })
    }
}

const ALTO: Layout = Layout { format: "ALTO", elements: &["alto"], items: alto_pages };

/// Returns the pages of a document of several, or else the document itself.
fn alto_pages(root: Node<'_>) -> Vec<Node<'_>> {
    let pages = root.all("Page");
    if pages.len() > 1 { pages } else { vec![root] }
}

impl Reader for Hocr {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text().filter(|text| text.starts_with('<')) else { return false };
        text.contains("ocr_page") || text.contains("ocr-system")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let issue = issue_beside(records);
        let bytes = match input.take_rest(records.options().limits.max_record_bytes) {
            Ok(bytes) => bytes,
            Err(problem) => return records.fail(None, problem),
        };
        let text = decode(&bytes, declared_in_markup(&bytes));
        let pages = hocr::pages(&text);
        let is_alone = pages.len() == 1;
        for (number, page) in (1..).zip(pages) {
            let bytes = if is_alone { &bytes[..] } else { text[page.markup].as_bytes() };
            let number = (!is_alone).then_some(number);
            records.record(number, bytes, |context| {
                let draft = page_draft(page.text, context, issue.as_ref(), number);
                Reading::Draft(draft).damaged_by(page.damage)
            })?;
        }
        Flow::Continue(())
    }
}

impl Reader for PageText {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some() && PagePath::of(sample.path).is_some()
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        records.whole(input, |bytes, context| {
            let text = with_words_joined(&decode(bytes, None));
            Ok(Reading::Draft(page_draft(unwrap_lines(&text), context, None, None)))
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
/// none, what its path tells. A page of a file of several has a number there.
fn page_draft(
    body: String,
    context: &FileContext,
    issue: Option<&Issue>,
    number: Option<u64>,
) -> Draft {
    let mut draft = Draft { body, ..Draft::default() };
    let number = number.map(|number| number.to_string());
    let page = number.or_else(|| Some(issue?.page.to_string()));
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

fn take_issue(issue: &Issue, draft: &mut Draft) {
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

/// The marks at the end of a line that divide a word. Most of them do nothing else.
const DIVIDERS: [char; 5] = ['-', '¬', '\u{ad}', '\u{2010}', '⸗'];

/// Puts words together that were divided at the end of a line: their second half moves up. Lines as a
/// whole are not joined, since by their width it is told what a paragraph is.
fn with_words_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.lines();
    let mut next = lines.next();
    while let Some(line) = next {
        let start = joined.len();
        joined.push_str(line);
        next = lines.next();
        while let Some(below) = next
            && let Some(length) = divided(&joined[start..], below).map(str::len)
        {
            joined.truncate(start + length);
            let (half, rest) = below.split_once(' ').unwrap_or((below, ""));
            joined.push_str(half);
            next = Some(rest.trim_start()).filter(|rest| !rest.is_empty()).or_else(|| lines.next());
        }
        joined.push('\n');
    }
    joined
}

/// Returns `line` without its mark of division where its last word goes on in `next`.
fn divided<'l>(line: &'l str, next: &str) -> Option<&'l str> {
    let start = line.strip_suffix(DIVIDERS)?;
    let goes_on = start.ends_with(char::is_alphabetic) && next.starts_with(char::is_lowercase);
    goes_on.then_some(start)
}

/// Appends a line to the paragraph that it is in.
pub(super) fn push_line(paragraph: &mut String, line: &str) {
    match divided(paragraph, line).map(str::len) {
        Some(length) => paragraph.truncate(length),
        None if paragraph.is_empty() => {}
        None => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

/// Returns the text of the blocks in the order in which they stand.
fn alto_text(page: Node<'_>) -> String {
    let mut blocks = Blocks::default();
    for block in page.all("TextBlock") {
        blocks.paragraphs.push(String::new());
        for line in block.all("TextLine") {
            blocks.take_line(line);
        }
    }
    blocks.paragraphs.retain(|text| !text.is_empty());
    blocks.paragraphs.join("\n\n")
}

/// The blocks of a page as far as they were read.
#[derive(Default)]
struct Blocks {
    paragraphs: Vec<String>,
    /// What became of the first half of a divided word, the last word so far.
    first_half: Option<FirstHalf>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstHalf {
    /// The whole word was taken in its place.
    Whole,
    /// It stands alone, at the end of the block with this number.
    Alone(usize),
}

impl Blocks {
    fn take_line(&mut self, line: Node<'_>) {
        let mut text = String::new();
        for part in line.children() {
            match part.name() {
                "String" => self.take_word(part, &mut text),
                "HYP" if self.first_half.is_none() && !text.ends_with(DIVIDERS) => {
                    text.push_str(part.attribute("CONTENT").unwrap_or("-"));
                }
                _ => {}
            }
        }
        if let Some(block) = self.paragraphs.last_mut().filter(|_| !text.is_empty()) {
            push_line(block, &text);
        }
    }

    /// Takes a word of a line. The second half of a divided one is part of the first, unless that is on
    /// another page.
    fn take_word(&mut self, word: Node<'_>, line: &mut String) {
        let whole = word.attribute("SUBS_CONTENT");
        let Some(content) = word.attribute("CONTENT") else { return };
        let first_half = self.first_half.take();
        let text = match (word.attribute("SUBS_TYPE"), first_half) {
            (Some("HypPart2"), Some(FirstHalf::Whole)) => return,
            (Some("HypPart2"), Some(FirstHalf::Alone(block))) => {
                return self.paragraphs[block].push_str(content);
            }
            (Some("HypPart1"), _) => {
                self.first_half = Some(match whole {
                    Some(_) => FirstHalf::Whole,
                    None => FirstHalf::Alone(self.paragraphs.len() - 1),
                });
                whole.unwrap_or(content.trim_end_matches(DIVIDERS))
            }
            (Some("HypPart2"), None) => whole.unwrap_or(content),
            _ => content,
        };
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(text);
    }
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

    /// Returns the bodies of the pages of a document of one line a slice, which holds strings and
    /// hyphens.
    fn alto_bodies(pages: &[&[&str]]) -> Vec<String> {
        let line = |line: &&str| format!("<TextLine>{line}</TextLine>");
        let page = |lines: &&[&str]| {
            let lines: String = lines.iter().map(line).collect();
            format!("<Page><PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page>")
        };
        let pages: String = pages.iter().map(page).collect();
        let found = read_as("a.xml", format!("<alto><Layout>{pages}</Layout></alto>").as_bytes());
        found.iter().map(|seen| seen.article().body.clone()).collect()
    }

    #[test]
    fn divided_words_are_joined_however_alto_marks_them() {
        let cases: &[(&[&str], &str)] = &[
            (
                &["<String CONTENT='gov'/><HYP CONTENT='-'/>", "<String CONTENT='ernment'/>"],
                "government",
            ),
            (&["<String CONTENT='gov-'/><HYP/>", "<String CONTENT='ernment'/>"], "government"),
            (&["<String CONTENT='gov-'/>", "<String CONTENT='ernment'/>"], "government"),
            (&["<String CONTENT='Regie¬'/>", "<String CONTENT='rung'/>"], "Regierung"),
            (
                &["<String CONTENT='Anglo'/><HYP CONTENT='-'/>", "<String CONTENT='Saxon'/>"],
                "Anglo- Saxon",
            ),
            (
                &[
                    "<String CONTENT='gov' SUBS_TYPE='HypPart1'/><HYP/>",
                    "<String CONTENT='ernment' SUBS_TYPE='HypPart2'/><String CONTENT='fell'/>",
                ],
                "government fell",
            ),
            (
                &[
                    "<String CONTENT='ernment' SUBS_TYPE='HypPart2' SUBS_CONTENT='government'/><String CONTENT='fell'/>",
                ],
                "government fell",
            ),
            (
                &["<String CONTENT='gov' SUBS_TYPE='HypPart1' SUBS_CONTENT='government'/><HYP/>"],
                "government",
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(alto_bodies(&[lines]), [*expected], "{lines:?}");
        }
    }

    #[test]
    fn second_halves_of_words_move_up() {
        let joined = |text: &str| super::with_words_joined(text);
        assert_eq!(joined("the gov-\nernment fell\nto-\nDay"), "the government\nfell\nto-\nDay\n");
        assert_eq!(joined("gov¬\nern-\nment\n\nfell"), "government\n\nfell\n");
        assert_eq!(joined("pro\u{ad}\nhibition"), "prohibition\n");
    }

    #[test]
    fn pages_of_a_document_are_records() {
        let pages: [&[&str]; 2] = [&["<String CONTENT='One.'/>"], &["<String CONTENT='Two.'/>"]];
        assert_eq!(alto_bodies(&pages), ["One.", "Two."]);
        let page = "<div class='ocr_page'><p class='ocr_par'>One.</p></div>";
        let hocr = format!("<html><body>{page}{page}</body></html>");
        let path = "sn85038022/1916-01-28/ed-1/pages/seq-9.hocr";
        let found = read_as(path, hocr.as_bytes());
        let titles =
            [1, 2].map(|page| format!("{path}#{page} sn85038022, 1916-01-28, page {page}"));
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), titles);
    }

    #[test]
    fn pages_that_a_file_cuts_off_are_named() {
        for (text, format) in [
            ("<alto><TextBlock><TextLine><String CONTENT='One.'/>", "ALTO"),
            ("<html><body><div class='ocr_page'><p class='ocr_par'>One.", "hOCR"),
        ] {
            let found = read_as("a", text.as_bytes());
            assert_eq!(found[0].article().body, "One.");
            let damage = format!("a failed: invalid {format}: it ends inside `");
            assert!(found[1].to_string().starts_with(&damage), "{}", found[1]);
        }
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
