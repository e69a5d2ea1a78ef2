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

use super::ExtractMode;
use super::json_ld::LinkedData;
use super::model::{Block, BlockKind, Page};
use super::zone::Zone;
use crate::ingest::extract::page_lines::{self, LineClass};

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
    let readable = readability_text(document);
    let by_readability = Selection::of(page, &readable);
    let selection = match mode {
        ExtractMode::Fast => by_readability,
        ExtractMode::Accurate => agreement(page, by_readability, &trafilatura_text(html)),
    };
    let extracted = selection.without_furniture(page);
    stated_body(page, data, &extracted).unwrap_or(extracted).text(page)
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

fn agreement(page: &Page, one: Selection, strict_text: &str) -> Selection {
    let strict = Selection::of(page, strict_text);
    let both = one.and(&strict);
    if (both.chars(page) as f64) < LEAST_AGREEMENT * strict.chars(page) as f64 {
        strict
    } else {
        both
    }
}

/// Returns the blocks that the publisher states to be the body, when it states enough.
fn stated_body(page: &Page, data: &LinkedData, extracted: &Selection) -> Option<Selection> {
    let stated = data.body.as_deref()?;
    let chars = stated.chars().count();
    let extracted_chars = extracted.chars(page);
    if chars < LEAST_STATED_CHARS || (chars as f64) < LEAST_STATED_SHARE * extracted_chars as f64 {
        return None;
    }
    let selection = Selection::of(page, stated);
    (selection.chars(page) * 10 >= chars * 8).then_some(selection)
}

/// The blocks of a page that are kept.
#[derive(Clone, Debug)]
struct Selection(Vec<bool>);

impl Selection {
    /// Returns the blocks of the page that occur in a text that was extracted from it.
    fn of(page: &Page, text: &str) -> Self {
        let squeezed = squeeze(text);
        let mut cursor = 0;
        let kept =
            page.blocks.iter().map(|block| match find(&squeezed, cursor, &squeeze(&block.text)) {
                Some(end) => {
                    cursor = end;
                    true
                }
                None => false,
            });
        Self(kept.collect())
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, two)| *one && *two).collect())
    }

    /// Leaves out what is kept but is known to be furniture.
    fn without_furniture(&self, page: &Page) -> Self {
        let kept =
            self.0.iter().zip(&page.blocks).map(|(kept, block)| *kept && !is_furniture(block));
        Self(kept.collect())
    }

    fn chars(&self, page: &Page) -> usize {
        self.blocks(page).map(|block| block.chars).sum()
    }

    fn blocks<'page>(&'page self, page: &'page Page) -> impl Iterator<Item = &'page Block> {
        self.0.iter().zip(&page.blocks).filter(|(kept, _)| **kept).map(|(_, block)| block)
    }

    fn text(&self, page: &Page) -> String {
        let mut text = String::new();
        for block in self.blocks(page) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&block.text);
        }
        text
    }
}

/// The squeezed bytes of a block within which a shorter one must follow the last that was found.
const SHORT_BLOCK: usize = 40;

/// How far, in squeezed bytes, a short block may lie behind the last that was found.
const SHORT_REACH: usize = 400;

/// Returns where `block` ends in `text`: a long one anywhere, or by its first or last words; a short
/// one only soon after the block before it.
fn find(text: &str, cursor: usize, block: &str) -> Option<usize> {
    if block.is_empty() {
        return None;
    }
    if block.len() < SHORT_BLOCK {
        let mut end = (cursor + SHORT_REACH).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let at = memchr::memmem::find(&text.as_bytes()[cursor..end], block.as_bytes())?;
        return Some(cursor + at + block.len());
    }
    if let Some(end) = find_from(text, cursor, block) {
        return Some(end);
    }
    if block.len() < 3 * SHORT_BLOCK {
        return None;
    }
    let head = &block[..boundary(block, SHORT_BLOCK)];
    let tail = &block[boundary(block, block.len() - SHORT_BLOCK)..];
    find_from(text, cursor, tail).or_else(|| find_from(text, cursor, head))
}

fn find_from(text: &str, cursor: usize, wanted: &str) -> Option<usize> {
    let search = |from: usize| {
        let at = memchr::memmem::find(&text.as_bytes()[from..], wanted.as_bytes())?;
        Some(from + at + wanted.len())
    };
    search(cursor).or_else(|| search(0))
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        squeezed.push_str(word);
    }
    squeezed
}

/// Tells whether a block is furniture by what it says, or short and full of links.
fn is_furniture(block: &Block) -> bool {
    let class = page_lines::classify(&block.text);
    let is_named = block.zone.is_any(Zone::SHARE | Zone::NOTICE | Zone::NAVIGATION | Zone::FORM);
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    matches!(class, LineClass::Furniture | LineClass::EndMatter)
        || block.chars <= 120 && block.link_chars * 10 >= block.chars * 9 && !is_heading
        || is_named && class != LineClass::Prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_blocks_must_follow_what_was_found() {
        let text = "Thefirstparagraphhaswordsenoughtobelongandmore.Heading";
        assert!(find(text, 0, "Heading").is_some());
        assert!(find(text, text.len(), "Heading").is_none());
        assert!(
            find(text, text.len(), "Thefirstparagraphhaswordsenoughtobelongandmore.").is_some()
        );
    }
}
