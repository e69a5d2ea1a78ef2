//! Which blocks of a page are kept as its text, and what is known of them by the page alone.

use rustc_hash::FxHashMap;

use super::model::{Block, BlockKind, Page, UNSEEN};
use super::zone::Zone;
use crate::ingest::extract::date::{self, NumericOrder};
use crate::ingest::extract::line_class::{self, LineClass};
use crate::ingest::extract::{byline, cards};
use crate::text::{beginning, floor_boundary};

/// Prose this many times as long as what the extractors kept shows that they took the wrong part.
const LEAST_PART: usize = 4;

/// The least characters of an article whose comments are none of it however long they are.
const LEAST_ARTICLE: usize = 1000;

/// The blocks of a page and what each is by its text, told once.
pub(super) struct Blocks<'page> {
    pub(super) page: &'page Page,
    /// The block that is the headline.
    pub(super) headline: Option<usize>,
    /// The text of each without white space.
    squeezed: Vec<String>,
    classes: Vec<LineClass>,
}

impl<'page> Blocks<'page> {
    pub(super) fn of(page: &'page Page, headline: Option<usize>) -> Self {
        let texts: Vec<&str> = page.blocks.iter().map(|block| block.text.as_str()).collect();
        let mut classes = line_class::classify_all(&texts);
        cards::set_aside(&texts, &mut classes);
        let squeezed = texts.into_iter().map(squeeze).collect();
        Self { page, headline, squeezed, classes }
    }

    /// Returns the blocks that occur in a text extracted from their page.
    pub(super) fn select(&self, text: &str) -> Selection<'_> {
        let (text, lines) = squeeze_lines(text);
        let mut cursor = 0;
        let kept = self.squeezed.iter().map(|block| {
            let found = if cursor == 0 && block.len() < SHORT_BLOCK {
                find_line(&text, &lines, block)
            } else {
                find(&text, cursor, block)
            };
            cursor = found.unwrap_or(cursor);
            found.is_some()
        });
        Selection { blocks: self, kept: kept.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.page.blocks.len()
    }

    pub(super) fn block(&self, at: usize) -> &'page Block {
        &self.page.blocks[at]
    }

    /// Returns what a block is by its text.
    pub(super) fn class(&self, at: usize) -> LineClass {
        self.classes[at]
    }

    /// Tells whether a block is text more than links.
    pub(super) fn is_text(&self, at: usize) -> bool {
        let block = self.block(at);
        block.link_chars * 3 < block.chars
    }

    /// Tells whether a block is sentences rather than links.
    pub(super) fn is_prose(&self, at: usize) -> bool {
        self.is_text(at) && self.class(at) == LineClass::Prose
    }

    /// Tells whether a block is in no part of the page that is called furniture or caption.
    pub(super) fn is_clear(&self, at: usize) -> bool {
        !self.block(at).zone.is_any(Zone::FURNITURE | Zone::CAPTION)
    }

    /// Tells whether a block is furniture by what it says, by what it is called, or by its links.
    fn is_furniture(&self, at: usize) -> bool {
        let (block, class) = (self.block(at), self.class(at));
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        class.is_litter()
            || class == LineClass::Aside
            || block.chars <= 120 && block.link_chars * 10 >= block.chars * 9 && !is_heading
            || block.zone.is_any(Zone::FURNITURE) && class != LineClass::Prose
            || is_caption(block)
            || block.chars <= 100 && states_field(&block.text)
    }
}

/// The blocks of a page that are kept.
#[derive(Clone)]
pub(super) struct Selection<'blocks> {
    pub(super) blocks: &'blocks Blocks<'blocks>,
    /// Of each block whether it is kept.
    pub(super) kept: Vec<bool>,
}

impl Selection<'_> {
    /// Returns the selection of other blocks of the same page.
    pub(super) fn with_kept(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        Self { blocks: self.blocks, kept: (0..self.kept.len()).map(is_kept).collect() }
    }

    /// Returns the prose outside of furniture where this is only a small part of it: the extractors
    /// took another part of the page for the article. What readers say below an article is no prose of
    /// the page.
    pub(super) fn or_prose(self) -> Self {
        let blocks = self.blocks;
        let last = self.places().last().unwrap_or(0);
        let comments = (last..blocks.len()).find(|at| blocks.class(*at) == LineClass::Comments);
        let end = comments.filter(|_| self.chars() >= LEAST_ARTICLE).unwrap_or(blocks.len());
        let prose = self.with_kept(|at| {
            at < end && Some(at) != blocks.headline && blocks.is_clear(at) && blocks.is_prose(at)
        });
        let is_part = self.chars() * LEAST_PART < prose.chars();
        if is_part { prose } else { self }
    }

    /// Adds the prose that is laid out as most of what is kept is, before and after it as far as no
    /// other headline stands between: pages set their text in parts with advertisements between, of
    /// which extractors take one.
    pub(super) fn with_laid_out_alike(mut self) -> Self {
        let blocks = self.blocks;
        let Some(layout) = self.commonest_layout() else { return self };
        let level = blocks.headline.map_or(1, |at| blocks.block(at).level());
        let mut is_in_text = false;
        let mut before = Vec::new();
        for at in 0..blocks.len() {
            let is_alike = blocks.block(at).layout == layout;
            if self.kept[at] && is_alike {
                is_in_text = true;
                before.drain(..).for_each(|at: usize| self.kept[at] = true);
            } else if !self.kept[at] && blocks.block(at).level() <= level {
                is_in_text = Some(at) == blocks.headline;
                before.clear();
            } else if is_alike && blocks.is_clear(at) && blocks.is_prose(at) {
                self.kept[at] = is_in_text;
                if !is_in_text {
                    before.push(at);
                }
            }
        }
        self
    }

    /// Returns the layout of at least half of the prose that is kept.
    pub(super) fn commonest_layout(&self) -> Option<u64> {
        let mut chars: FxHashMap<u64, usize> = FxHashMap::default();
        for at in self.places().filter(|at| self.blocks.is_prose(*at)) {
            let block = self.blocks.block(at);
            *chars.entry(block.layout).or_default() += block.chars;
        }
        let all: usize = chars.values().sum();
        let most = chars.into_iter().max_by_key(|(layout, chars)| (*chars, *layout));
        most.filter(|(_, chars)| chars * 2 >= all).map(|(layout, _)| layout)
    }

    /// Returns the blocks that both keep.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.with_kept(|at| self.kept[at] && other.kept[at])
    }

    /// Leaves out what is kept but is known to be furniture; comments only where they are not most
    /// of what there is, as in a forum.
    pub(super) fn without_furniture(&self) -> Self {
        let others = self.without(|at| self.blocks.is_furniture(at));
        let own = others.without(|at| self.blocks.block(at).zone.is_any(Zone::COMMENTS));
        if own.chars() * 2 < others.chars() { others } else { own }
    }

    /// Leaves out what is no text by what it says, wherever it stands, and captions.
    pub(super) fn without_litter(&self) -> Self {
        let blocks = self.blocks;
        self.without(|at| blocks.class(at).is_litter() || is_caption(blocks.block(at)))
    }

    /// Leaves out blocks and what repeats the headline.
    fn without(&self, is_left_out: impl Fn(usize) -> bool) -> Self {
        let text = |at: usize| self.blocks.block(at).text.as_str();
        let headline = self.blocks.headline.map(text);
        self.with_kept(|at| self.kept[at] && Some(text(at)) != headline && !is_left_out(at))
    }

    /// Leaves out what opens something at the end that is not there any more: "More on this:".
    pub(super) fn without_loose_end(mut self) -> Self {
        while let Some(last) = self.kept.iter().rposition(|kept| *kept)
            && opens_something(self.blocks.block(last))
        {
            self.kept[last] = false;
        }
        self
    }

    /// Tells whether a block with this text is kept.
    pub(super) fn says(&self, text: &str) -> bool {
        self.places().any(|at| self.blocks.block(at).text == text)
    }

    /// Returns the number of characters that are kept.
    pub(super) fn chars(&self) -> usize {
        self.places().map(|at| self.blocks.block(at).chars).sum()
    }

    /// Returns the numbers of the blocks that are kept.
    fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.kept.len()).filter(|at| self.kept[*at])
    }

    /// Returns the text, paragraphs separated by blank lines.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> =
            self.places().map(|at| self.blocks.block(at).text.as_str()).collect();
        texts.join("\n\n")
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
        let near = beginning(&text[cursor..], SHORT_REACH);
        let at = memchr::memmem::find(near.as_bytes(), block.as_bytes())?;
        return Some(cursor + at + block.len());
    }
    if let Some(end) = find_from(text, cursor, block) {
        return Some(end);
    }
    if block.len() < 3 * SHORT_BLOCK {
        return None;
    }
    let head = &block[..floor_boundary(block, SHORT_BLOCK)];
    let tail = &block[floor_boundary(block, block.len() - SHORT_BLOCK)..];
    find_from(text, cursor, tail).or_else(|| find_from(text, cursor, head))
}

/// Returns where a short `block` above all others ends in `text`: as the beginning of a line. A kicker or
/// a counter recurs among the words of the first paragraphs, which does not make it one of them.
fn find_line(text: &str, lines: &[usize], block: &str) -> Option<usize> {
    let reach = lines.iter().take_while(|start| **start <= SHORT_REACH);
    let mut starts = reach.filter(|start| !block.is_empty() && text[**start..].starts_with(block));
    starts.next().map(|start| start + block.len())
}

fn find_from(text: &str, cursor: usize, wanted: &str) -> Option<usize> {
    let search = |from: usize| {
        let at = memchr::memmem::find(&text.as_bytes()[from..], wanted.as_bytes())?;
        Some(from + at + wanted.len())
    };
    search(cursor).or_else(|| search(0))
}

/// Returns a text without white space and marks that nobody sees.
pub(super) fn squeeze(text: &str) -> String {
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

/// Returns a text as [`squeeze`] does, and where its lines begin.
fn squeeze_lines(text: &str) -> (String, Vec<usize>) {
    let mut squeezed = String::with_capacity(text.len());
    let mut starts = Vec::new();
    for line in text.lines() {
        starts.push(squeezed.len());
        squeezed.push_str(&squeeze(line));
    }
    (squeezed, starts)
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

/// Tells whether a block is the caption of a picture.
pub(super) fn is_caption(block: &Block) -> bool {
    block.zone.is_any(Zone::CAPTION) && block.chars <= LONGEST_CAPTION
}

/// Tells whether a line is a credit or a date and nothing else.
pub(super) fn states_field(line: &str) -> bool {
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
    use dom_query::Document;

    /// Returns what is kept of the page where its extractor took `extracted`.
    fn with_parts(html: &str, extracted: &str) -> String {
        let page = Page::of(&Document::from(html));
        let blocks = Blocks::of(&page, page.headline_block());
        blocks.select(extracted).with_laid_out_alike().text().replace("\n\n", " ")
    }

    #[test]
    fn parts_with_advertisements_between_are_one_text() {
        let part = |text: &str| format!("<div class=column><div class=body><p>{text}</div></div>");
        let [first, second, third] = [
            "The ministers met in Geneva.",
            "Nobody expected them to agree.",
            "A second round will follow in May.",
        ];
        let parts = [part(first), part(second), part(third)].join("<div class=ad>Buy!</div>");
        let all = [first, second, third].join(" ");
        let page = format!("<h1>Talks go on</h1>{parts}");
        for extracted in [first, second, third] {
            assert_eq!(with_parts(&page, extracted), all);
        }
        // What has a headline of its own is another article.
        let page =
            format!("{}<h1>Talks go on</h1>{parts}<h1>Fire</h1>{}", part(first), part(third));
        assert_eq!(with_parts(&page, second), all);
        // What is laid out in another way is not known to be text.
        let page = format!("<h1>Talks go on</h1>{}<div class=box><p>{second}</div>", part(first));
        assert_eq!(with_parts(&page, first), first);
    }

    #[test]
    fn kickers_are_kept_where_the_text_has_them_as_lines() {
        let html = "<h1>Talks go on</h1><p>Geneva</p><p>The ministers met in Geneva.</p>";
        let page = Page::of(&Document::from(html));
        let blocks = Blocks::of(&page, page.headline_block());
        for text in ["The ministers met in Geneva.", "Geneva\nThe ministers met in Geneva."] {
            assert_eq!(blocks.select(text).text().replace("\n\n", "\n"), text);
        }
    }

    #[test]
    fn long_comments_are_no_prose_of_the_page() {
        let text =
            "<p>The ministers met in Geneva on Monday, and nobody expected them to agree.</p>";
        let answer = "<p class=said>It was clear to all of us that this would come to nothing.</p>";
        let thread = format!("{answer}<ul><li>Reply</ul>").repeat(120);
        let html = format!("<h1>Talks go on</h1>{}{thread}", text.repeat(20));
        let page = Page::of(&Document::from(html.as_str()));
        let blocks = Blocks::of(&page, page.headline_block());
        let article = Selection {
            blocks: &blocks,
            kept: (0..blocks.len()).map(|at| (1..=20).contains(&at)).collect(),
        };
        assert_eq!(article.clone().or_prose().kept, article.kept);
        // A few words that an extractor took are no article: a forum is answers.
        let wrong = article.with_kept(|at| at == 1);
        assert!(wrong.clone().or_prose().chars() > wrong.chars() * 100);
    }

    #[test]
    fn teasers_that_an_extractor_took_are_no_text() {
        let text =
            "<p>The ministers met in Geneva on Monday, and nobody expected them to agree.</p>";
        let teaser =
            "<h4>Harbour</h4><p>It began with a letter that nobody read.</p><p>Read on</p>";
        let html = format!("<h1>Talks go on</h1>{}{}", text.repeat(3), teaser.repeat(3));
        for (link, kept) in [("Read more", 3), ("The end", 6)] {
            let html = html.replace("Read on", link);
            let page = Page::of(&Document::from(html.as_str()));
            let blocks = Blocks::of(&page, page.headline_block());
            let all = Selection { blocks: &blocks, kept: vec![true; blocks.len()] };
            let prose = all.without_furniture();
            assert_eq!(prose.places().filter(|at| blocks.is_prose(*at)).count(), kept, "{link}");
        }
    }

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
