//! A saved web page to the draft of an article.
//!
//! The door is [`read_page`]. A page is parsed once and walked once (`model`); title, authors and the
//! like come from `metadata` and `json_ld`, the date from `dates`, the body from `content`. A hostile
//! page cannot crash or stall a run (`limits`).

mod agencies;
mod authors;
mod content;
mod date_words;
mod dates;
mod headline;
mod json_ld;
mod kind;
mod lead;
mod limits;
mod metadata;
mod model;
mod noscript;
mod script_dates;
mod selection;
mod strip;
mod zone;

pub use self::noscript::without_noscript;

use dom_query::Document;

use self::dates::DateChain;
use self::headline::Headline;
use self::json_ld::LinkedData;
use self::metadata::Metadata;
use self::model::Page;
use super::date::NumericOrder;
use super::{Error, NotAnArticle, address, fields, language, line_class, page_lines};
use crate::article::{PublicationDate, Sourced};
use crate::ingest::{Draft, FileContext};
use crate::text::Language;

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

/// Reads the page `html`, which is given as text: its encoding is told before.
///
/// # Errors
/// Fails on a page that exceeds a limit or breaks an extractor.
pub fn read_page(
    html: &str,
    context: &FileContext,
    mode: ExtractMode,
) -> Result<PageOutcome, Error> {
    if html.len() > limits::MAX_PAGE_BYTES {
        return Err(Error::TooLarge { bytes: html.len(), limit: limits::MAX_PAGE_BYTES });
    }
    if limits::is_too_deep(html) {
        return Ok(read_stripped(html, context));
    }
    let (html, context) = (without_noscript(html).into_owned(), context.clone());
    limits::run_limited(move || read(&html, &context, mode))
}

/// Returns when the page `html` was published, as it says itself, and where it says so: the date of
/// [`read_page`] without the cost of finding title, authors and body.
///
/// # Errors
/// Fails on a page that exceeds a limit or breaks the parser.
pub fn read_date(
    html: &str,
    context: &FileContext,
) -> Result<Option<Sourced<PublicationDate>>, Error> {
    if html.len() > limits::MAX_PAGE_BYTES {
        return Err(Error::TooLarge { bytes: html.len(), limit: limits::MAX_PAGE_BYTES });
    }
    if limits::is_too_deep(html) {
        return Ok(None);
    }
    let (html, context) = (without_noscript(html).into_owned(), context.clone());
    limits::run_limited(move || {
        let page = page_of(&html, &Document::from(html.as_str()));
        let data = LinkedData::of(&page);
        let metadata = Metadata { page: &page, data: &data };
        find_date(&metadata, metadata.headline().position, &context)
    })
}

fn read(html: &str, context: &FileContext, mode: ExtractMode) -> PageOutcome {
    let document = Document::from(html);
    let page = page_of(html, &document);
    let data = LinkedData::of(&page);
    let metadata = Metadata { page: &page, data: &data };
    let headline = metadata.headline();
    let body = content::body(html, document, &metadata, headline.position, mode);
    if let Some(reason) = kind::not_an_article(&page, &data, &body) {
        return PageOutcome::NotAnArticle(reason);
    }
    let mut draft = describe(&metadata, headline, context);
    draft.body = body;
    if draft.body.is_empty() && draft.title.is_none() {
        return PageOutcome::NotAnArticle(NotAnArticle::Empty);
    }
    if draft.language.is_none() {
        draft.language = language::detect(&draft.body, metadata.language());
    }
    fields::complete(&mut draft, context);
    PageOutcome::Article(draft)
}

fn page_of(html: &str, document: &Document) -> Page {
    let saved_from = address::saved_from(html).map(str::to_owned);
    Page { saved_from, ..Page::of(document) }
}

/// Reads a page that is nested too deeply for any extractor as the lines of its text.
fn read_stripped(html: &str, context: &FileContext) -> PageOutcome {
    let text = strip::text_lines(html);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let classes = line_class::classify_all(&lines);
    let range = page_lines::article_range(&lines, &classes);
    if range.is_empty() {
        return PageOutcome::NotAnArticle(NotAnArticle::Empty);
    }
    let mut draft = Draft { body: lines[range].join("\n\n"), ..Draft::default() };
    fields::complete(&mut draft, context);
    PageOutcome::Article(draft)
}

/// Returns a draft of everything but the body.
fn describe(metadata: &Metadata<'_>, headline: Headline, context: &FileContext) -> Draft {
    Draft {
        published: find_date(metadata, headline.position, context),
        byline: metadata.byline(headline.position),
        agencies: metadata.agencies(headline.position),
        outlet: metadata.outlet(headline.title.as_ref().map(|title| title.value.as_str())),
        title: headline.title,
        section: metadata.section(),
        url: metadata.url(),
        ..Draft::default()
    }
}

/// Returns the date of the article whose headline stands after `headline_at` blocks.
fn find_date(
    metadata: &Metadata<'_>,
    headline_at: usize,
    context: &FileContext,
) -> Option<Sourced<PublicationDate>> {
    let url = metadata.url();
    let url = url.as_ref().map(|url| url.value.as_str());
    let language = metadata.language();
    let chain = DateChain {
        page: metadata.page,
        data: metadata.data,
        url,
        context,
        order: numeric_order(metadata.page, language, url),
        language,
        headline_at,
    };
    chain.find()
}

/// Returns the first blocks of a page that are long enough for sentences.
fn first_sentences(page: &Page) -> String {
    const SHORTEST: usize = 80;
    const BLOCKS: usize = 8;
    let long = page.blocks.iter().filter(|block| block.chars >= SHORTEST);
    long.take(BLOCKS).map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Returns which of two numbers is the day, on a page that says or shows its language.
fn numeric_order(page: &Page, language: Option<Language>, url: Option<&str>) -> NumericOrder {
    let language = language.or_else(|| Some(language::detect(&first_sentences(page), None)?.value));
    let host = url.and_then(fields::host).unwrap_or_default();
    NumericOrder::of(language, page.language.as_deref().unwrap_or_default(), host)
}
