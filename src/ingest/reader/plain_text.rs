//! Scraped plain text, with or without a header block.

use crate::article::{EvidenceKind, Sourced};
use crate::ingest::extract::{NotAnArticle, byline, date, fields};
use crate::ingest::{Draft, FileContext};

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one a record, taken apart at once")]
pub enum PlainTextOutcome {
    /// An article.
    Article(Draft),
    /// Something else.
    NotAnArticle(NotAnArticle),
}

/// Reads the article in `text`.
pub fn read(text: &str, context: &FileContext) -> PlainTextOutcome {
    let mut draft = Draft::default();
    let rest = read_dash_header(text, &mut draft);
    let mut lines = rest.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if draft.title.is_none()
        && let Some(title) = lines.next()
    {
        draft.title = Some(Sourced::new(title.to_owned(), EvidenceKind::Text, "first line"));
    }
    let title = draft.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    while lines.peek().is_some_and(|line| *line == title) {
        lines.next();
    }
    draft.body = lines.collect::<Vec<_>>().join("\n\n");
    if draft.title.is_none() {
        return PlainTextOutcome::NotAnArticle(NotAnArticle::Empty);
    }
    fields::complete(&mut draft, context);
    PlainTextOutcome::Article(draft)
}

/// Reads the lines that `--` opens, and returns the text after them.
fn read_dash_header<'text>(text: &'text str, draft: &mut Draft) -> &'text str {
    let mut rest = text;
    while let Some(line) = rest.lines().next().filter(|line| line.starts_with("--")) {
        let value = line.trim_start_matches('-').trim();
        if value.starts_with("http") {
            draft.url = Some(Sourced::new(value.to_owned(), EvidenceKind::Header, "address line"));
        } else if draft.title.is_none() && !value.is_empty() {
            draft.title = Some(Sourced::new(value.to_owned(), EvidenceKind::Header, "first line"));
        } else if byline::is_byline(value) {
            draft.byline = byline::parse(value)
                .map(|byline| Sourced::new(byline, EvidenceKind::Header, value));
        } else if let Some(date) = date::parse(value) {
            draft.published = Some(Sourced::new(date, EvidenceKind::Header, value));
        }
        rest = rest[line.len()..].trim_start_matches('\r');
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    rest
}
