//! The body of a page: the blocks of text that its extractors agree on.
//!
//! Two extractors with different methods make different mistakes. dom_smoothie (readability) finds the
//! right part of a page and keeps too much of it; trafilatura drops what looks like furniture and
//! sometimes the article with it. A block that both keep is the article's nearly always; where they
//! agree on too little, trafilatura is believed. What a publisher states as `articleBody` beats both
//! when it is long enough to be the whole.

use dom_query::Document;
use dom_smoothie::{Readability, TextMode};
use trafilatura::{ExtractionFocus, Options};

use super::json_ld::LinkedData;
use super::model::{BlockKind, Page};
use super::selection::{Selection, is_clear, is_prose, is_text, squeeze};
use super::{ExtractMode, lead};

/// The share of the text of the stricter extractor that both must agree on.
const LEAST_AGREEMENT: f64 = 0.4;

/// A stated body counts from this many characters on ...
const LEAST_STATED_CHARS: usize = 300;

/// ... and from this share of the extracted text on.
const LEAST_STATED_SHARE: f64 = 0.6;

/// Returns the body of the page, paragraphs separated by blank lines.
pub(super) fn body(
    html: &str,
    document: Document,
    page: &Page,
    data: &LinkedData,
    mode: ExtractMode,
) -> String {
    let squeezed: Vec<String> = page.blocks.iter().map(|block| squeeze(&block.text)).collect();
    let select = |text: &str| Selection::of(&squeezed, text);
    let readable = select(&readability_text(document));
    let selection = match mode {
        ExtractMode::Fast => readable,
        ExtractMode::Accurate => agreement(page, &readable, select(&trafilatura_text(html))),
    };
    let extracted = selection
        .with_laid_out_alike(page)
        .without_furniture(page)
        .or_prose_of(page)
        .without_loose_end(page);
    let stated = data.body.as_deref().and_then(|stated| {
        let is_enough = is_whole(stated, extracted.chars(page));
        is_enough.then(|| select(stated)).filter(|selection| covers(selection, stated, page))
    });
    let stated = stated.map(|selection| selection.without_litter(page));
    lead::with_lead(stated.unwrap_or(extracted), page).text(page)
}

fn readability_text(document: Document) -> String {
    let config = dom_smoothie::Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        ..Default::default()
    };
    let Ok(mut reader) = Readability::with_document(document, None, Some(config)) else {
        return String::new();
    };
    reader.parse().map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn trafilatura_text(html: &str) -> String {
    let mut options =
        Options::default().with_fallback(true).with_focus(ExtractionFocus::FavorPrecision);
    options.exclude_comments = true;
    trafilatura::extract(html, &options).map(|result| result.content_text).unwrap_or_default()
}

/// Returns the blocks that both extractors keep, and those that one keeps where the page speaks for
/// them: what the stricter one keeps outside of furniture, and text between blocks of both.
fn agreement(page: &Page, one: &Selection, strict: Selection) -> Selection {
    let both = one.and(&strict);
    if (both.chars(page) as f64) < LEAST_AGREEMENT * strict.chars(page) as f64 {
        return strict;
    }
    let is_kept = |at: &usize| both.0[*at];
    let first = (0..both.0.len()).find(is_kept).unwrap_or(0);
    let last = (0..both.0.len()).rfind(is_kept).unwrap_or(0);
    let kept = page.blocks.iter().enumerate().map(|(at, block)| {
        let is_inside = (first..=last).contains(&at);
        let is_of_text = || match block.kind {
            BlockKind::ListItem => is_text(block),
            BlockKind::Heading(_) => {
                is_prose(block) || at > 0 && both.0[at - 1] && both.0.get(at + 1) == Some(&true)
            }
            _ => is_prose(block),
        };
        both.0[at] || is_clear(block) && (strict.0[at] || one.0[at] && is_inside && is_of_text())
    });
    Selection(kept.collect())
}

/// Tells whether what a publisher states to be the body is long enough to be the whole.
fn is_whole(stated: &str, extracted_chars: usize) -> bool {
    let chars = stated.chars().count();
    chars >= LEAST_STATED_CHARS && chars as f64 >= LEAST_STATED_SHARE * extracted_chars as f64
}

/// Tells whether the blocks of the page hold most of what is stated.
fn covers(selection: &Selection, stated: &str, page: &Page) -> bool {
    selection.chars(page) * 10 >= stated.chars().count() * 8
}
