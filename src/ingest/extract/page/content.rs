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

use super::metadata::Metadata;
use super::model::BlockKind;
use super::selection::{Blocks, Selection};
use super::{ExtractMode, lead};

/// The share of the text of the stricter extractor that both must agree on.
const LEAST_AGREEMENT: f64 = 0.4;

/// The share of the text of the other extractor that the stricter one has unless it missed most.
const LEAST_STRICT: f64 = 0.5;

/// From so many characters on what the stricter one has is the article, however much the other has.
const LONG_ARTICLE: usize = 3000;

/// A stated body counts from this many characters on ...
const LEAST_STATED_CHARS: usize = 300;

/// ... and from this share of the extracted text on.
const LEAST_STATED_SHARE: f64 = 0.6;

/// Returns the body of the page whose headline stands after `headline_at` blocks, paragraphs separated
/// by blank lines.
pub(super) fn body(
    html: &str,
    document: Document,
    metadata: &Metadata<'_>,
    headline_at: usize,
    mode: ExtractMode,
) -> String {
    let Metadata { page, data } = *metadata;
    let headline = (headline_at > 0).then_some(headline_at).or_else(|| page.headline_block());
    let blocks = Blocks::of(page, headline);
    let readable = blocks.select(&readability_text(document));
    let selection = match mode {
        ExtractMode::Fast => readable,
        ExtractMode::Accurate => agreement(readable, blocks.select(&trafilatura_text(html))),
    };
    let extracted =
        selection.with_laid_out_alike().without_furniture().or_prose().without_loose_end();
    let stated = data.body.as_deref().and_then(|stated| {
        let is_enough = is_whole(stated, extracted.chars());
        is_enough.then(|| blocks.select(stated)).filter(|selection| covers(selection, stated))
    });
    lead::with_lead(stated.map_or(extracted, |stated| stated.without_litter())).text()
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
/// them: what the stricter one keeps outside of furniture, and text between blocks of both. Where the
/// stricter one has the smaller part by far, all prose of the other is text.
fn agreement<'blocks>(one: Selection<'blocks>, strict: Selection<'blocks>) -> Selection<'blocks> {
    let both = one.and(&strict);
    let is_poor = strict.chars() < LONG_ARTICLE
        && (strict.chars() as f64) < LEAST_STRICT * one.chars() as f64;
    if !is_poor && (both.chars() as f64) < LEAST_AGREEMENT * strict.chars() as f64 {
        return strict;
    }
    let blocks = both.blocks;
    let is_kept = |at: usize| both.kept.get(at) == Some(&true);
    let first = (0..blocks.len()).find(|at| is_kept(*at)).unwrap_or(0);
    let last = (0..blocks.len()).rfind(|at| is_kept(*at)).unwrap_or(0);
    let is_of_text = |at: usize| match blocks.block(at).kind {
        BlockKind::ListItem => blocks.is_text(at),
        BlockKind::Heading(_) if at > 0 && is_kept(at - 1) && is_kept(at + 1) => true,
        _ => blocks.is_prose(at),
    };
    both.with_kept(|at| {
        let is_inside = is_poor || (first..=last).contains(&at);
        is_kept(at)
            || is_poor && one.kept[at] && blocks.is_prose(at)
            || blocks.is_clear(at)
                && (strict.kept[at] || one.kept[at] && is_inside && is_of_text(at))
    })
}

/// Tells whether what a publisher states to be the body is long enough to be the whole.
fn is_whole(stated: &str, extracted_chars: usize) -> bool {
    let chars = stated.chars().count();
    chars >= LEAST_STATED_CHARS && chars as f64 >= LEAST_STATED_SHARE * extracted_chars as f64
}

/// Tells whether the blocks of the page hold most of what is stated.
fn covers(selection: &Selection<'_>, stated: &str) -> bool {
    selection.chars() * 10 >= stated.chars().count() * 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::page::model::Page;

    #[test]
    fn what_the_stricter_extractor_missed_most_of_is_as_the_other_has_it() {
        let items = (1..=8).map(|number| {
            format!(
                "<div class=caption><p>The harbour of {number} was closed by the storm.</p></div>"
            )
        });
        let items: Vec<String> = items.collect();
        let lead = "<p>These are the harbours that were closed.</p>";
        let html = format!("<h1>The harbours</h1>{lead}{}", items.concat());
        let page = Page::of(&Document::from(html.as_str()));
        let blocks = Blocks::of(&page, page.headline_block());
        let text = |from: usize| (from..blocks.len()).map(|at| blocks.block(at).text.as_str());
        let all = blocks.select(&text(1).collect::<Vec<_>>().join("\n"));
        let strict = blocks.select("These are the harbours that were closed.");
        assert_eq!(agreement(all.clone(), strict).chars(), all.chars());
        // Where both have much of it, what one alone has from a caption is none of the text.
        let most = blocks.select(&text(1).take(6).collect::<Vec<_>>().join("\n"));
        assert_eq!(agreement(all, most.clone()).chars(), most.chars());
    }
}
