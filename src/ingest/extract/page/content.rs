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
use super::model::{Block, BlockKind, Page, UNSEEN};
use super::zone::Zone;
use crate::ingest::extract::byline;
use crate::ingest::extract::date::{self, NumericOrder};
use crate::ingest::extract::page_lines::{self, LineClass};

/// The share of the text of the stricter extractor that both must agree on.
const LEAST_AGREEMENT: f64 = 0.4;

/// A stated body counts from this many characters on ...
const LEAST_STATED_CHARS: usize = 300;

/// ... and from this share of the extracted text on.
const LEAST_STATED_SHARE: f64 = 0.6;

/// Prose this many times as long as what the extractors kept shows that they took the wrong part.
const LEAST_PART: usize = 4;

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
    let extracted = selection.or_prose_of(page).without_furniture(page).without_loose_end(page);
    let stated = data.body.as_deref().and_then(|stated| {
        let is_enough = is_whole(stated, extracted.chars(page));
        is_enough.then(|| select(stated)).filter(|selection| covers(selection, stated, page))
    });
    stated.unwrap_or(extracted).text(page)
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
/// them: what the stricter one keeps outside of furniture, and prose between blocks of both.
fn agreement(page: &Page, one: &Selection, strict: Selection) -> Selection {
    let both = one.and(&strict);
    if (both.chars(page) as f64) < LEAST_AGREEMENT * strict.chars(page) as f64 {
        return strict;
    }
    let is_kept = |at: &usize| both.0[*at];
    let first = (0..both.0.len()).find(is_kept).unwrap_or(0);
    let last = (0..both.0.len()).rfind(is_kept).unwrap_or(0);
    let kept = page.blocks.iter().enumerate().map(|(at, block)| {
        let is_clear = !block.zone.is_any(Zone::FURNITURE | Zone::CAPTION);
        let is_inside = (first..=last).contains(&at);
        both.0[at]
            || is_clear && strict.0[at]
            || is_clear && one.0[at] && is_inside && is_prose(block)
    });
    Selection(kept.collect())
}

/// Tells whether a block is sentences rather than links.
fn is_prose(block: &Block) -> bool {
    block.link_chars * 3 < block.chars && page_lines::classify(&block.text) == LineClass::Prose
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

/// The blocks of a page that are kept.
#[derive(Clone, Debug)]
struct Selection(Vec<bool>);

impl Selection {
    /// Returns the blocks, given as squeezed texts, that occur in a text extracted from their page.
    fn of(blocks: &[String], text: &str) -> Self {
        let text = squeeze(text);
        let mut cursor = 0;
        let kept = blocks.iter().map(|block| match find(&text, cursor, block) {
            Some(end) => {
                cursor = end;
                true
            }
            None => false,
        });
        Self(kept.collect())
    }

    /// Returns the prose outside of furniture where this is only a small part of it: the extractors
    /// took another part of the page for the article.
    fn or_prose_of(self, page: &Page) -> Self {
        let is_article =
            |block: &Block| !block.zone.is_any(Zone::FURNITURE | Zone::CAPTION) && is_prose(block);
        let prose = Self(page.blocks.iter().map(is_article).collect());
        let is_part = self.chars(page) * LEAST_PART < prose.chars(page);
        if is_part { prose } else { self }
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, two)| *one && *two).collect())
    }

    /// Leaves out what is kept but is known to be furniture; comments only where they are not most
    /// of what there is, as in a forum.
    fn without_furniture(&self, page: &Page) -> Self {
        let without = |is_left_out: &dyn Fn(usize, &Block) -> bool| {
            let blocks = self.0.iter().zip(&page.blocks).enumerate();
            Self(blocks.map(|(at, (kept, block))| *kept && !is_left_out(at, block)).collect())
        };
        let headline = page.headline_block();
        let is_other = |at: usize, block: &Block| Some(at) == headline || is_furniture(block);
        let others = without(&is_other);
        let own = without(&|at, block| is_other(at, block) || block.zone.is_any(Zone::COMMENTS));
        if own.chars(page) * 2 < others.chars(page) { others } else { own }
    }

    /// Leaves out what opens something at the end that is not there any more: "More on this:".
    fn without_loose_end(mut self, page: &Page) -> Self {
        while let Some(last) = self.0.iter().rposition(|kept| *kept)
            && opens_something(&page.blocks[last])
        {
            self.0[last] = false;
        }
        self
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
        if word.contains(UNSEEN) {
            squeezed.extend(word.chars().filter(|letter| !UNSEEN.contains(letter)));
        } else {
            squeezed.push_str(word);
        }
    }
    squeezed
}

/// Tells whether a block is furniture by what it says, by what it is called, or by its links.
fn is_furniture(block: &Block) -> bool {
    let class = page_lines::classify(&block.text);
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    class.is_litter()
        || block.chars <= 120 && block.link_chars * 10 >= block.chars * 9 && !is_heading
        || block.zone.is_any(Zone::FURNITURE) && class != LineClass::Prose
        || block.zone.is_any(Zone::CAPTION) && block.chars <= LONGEST_CAPTION
        || block.chars <= 100 && states_field(&block.text)
}

/// The longest line, in characters, that opens what follows it.
const LONGEST_OPENING: usize = 80;

/// Tells whether a block is a heading or announces what follows it.
fn opens_something(block: &Block) -> bool {
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    block.chars <= LONGEST_OPENING && (is_heading || block.text.trim_end().ends_with(':'))
}

/// The longest caption of a picture, in characters; what is longer is text in a box.
const LONGEST_CAPTION: usize = 400;

/// Tells whether a line is a credit or a date and nothing else.
fn states_field(line: &str) -> bool {
    if byline::is_byline(line) {
        return true;
    }
    let Some(found) = date::find_first(line, NumericOrder::DayFirst) else { return false };
    let around = line[..found.span.start].trim().len() + line[found.span.end..].trim().len();
    found.day.is_some() && around <= 24 || found.year.is_some() && around == 0
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
