//! A saved web page to the draft of an article.

use super::{Error, NotAnArticle};
use crate::article::{EvidenceKind, Sourced};
use crate::ingest::{Draft, FileContext};

/// The most bytes of a page that are parsed.
const MAX_PAGE_BYTES: usize = 16 << 20;

/// How the body of a page is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExtractMode {
    /// By the agreement of two extractors.
    #[default]
    Accurate,
    /// By the quicker one alone.
    Fast,
}

/// What a page turned out to be.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one a record, taken apart at once")]
pub enum PageOutcome {
    /// An article.
    Article(Draft),
    /// Something else.
    NotAnArticle(NotAnArticle),
}

/// Reads the page `html`.
///
/// # Errors
/// Fails on a page that exceeds a limit or breaks an extractor.
pub fn read_page(
    html: &str,
    context: &FileContext,
    mode: ExtractMode,
) -> Result<PageOutcome, Error> {
    if html.len() > MAX_PAGE_BYTES {
        return Err(Error::TooLarge { bytes: html.len(), limit: MAX_PAGE_BYTES });
    }
    let _ = mode;
    let config =
        dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let mut reader =
        dom_smoothie::Readability::new(html, None, Some(config)).map_err(|_| Error::Broken)?;
    let Ok(article) = reader.parse() else {
        return Ok(PageOutcome::NotAnArticle(NotAnArticle::Empty));
    };
    let mut draft = Draft { body: paragraphs(&article.text_content), ..Draft::default() };
    let meta = |text: String, name: &str| Sourced::new(text, EvidenceKind::Meta, name);
    draft.title =
        Some(article.title).filter(|title| !title.is_empty()).map(|title| meta(title, "title"));
    draft.url = article.url.map(|url| meta(url, "url"));
    draft.outlet = article.site_name.and_then(|name| {
        Some(Sourced::new(crate::article::Outlet::new(&name)?, EvidenceKind::Meta, "site name"))
    });
    draft.byline = article.byline.and_then(|line| {
        Some(Sourced::new(super::byline::parse(&line)?, EvidenceKind::Meta, "author"))
    });
    draft.published = article.published_time.and_then(|text| {
        Some(Sourced::new(
            super::date::parse(&text)?,
            EvidenceKind::Meta,
            format!("published time `{text}`"),
        ))
    });
    if draft.body.is_empty() && draft.title.is_none() {
        return Ok(PageOutcome::NotAnArticle(NotAnArticle::Empty));
    }
    super::fields::complete(&mut draft, context);
    Ok(PageOutcome::Article(draft))
}

fn paragraphs(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}
