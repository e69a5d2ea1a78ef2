//! The lead of an article: what stands between its headline and its text and sums it up.
//!
//! Sites set it in a part of its own, which extractors take for a teaser. It is told from credits, dates
//! and buttons, which stand there too, by being sentences, a lower heading, or what the page gives as
//! its description.

use super::model::BlockKind;
use super::selection::{Blocks, Selection, is_caption, squeeze, states_field};
use super::zone::Zone;
use crate::ingest::extract::date::{self, NumericOrder};
use crate::ingest::extract::line_class::LineClass;
use crate::text::fold;

/// What a part below the headline is called that is no lead: a teaser may well be one.
const OTHER: Zone = Zone::FURNITURE.without(Zone::RELATED).or(Zone::AUTHOR);

/// The least words of a lead that is no sentence.
const LEAST_WORDS: usize = 5;

/// The least letters of a description that the opening of a lead can be.
const LEAST_DESCRIPTION: usize = 40;

/// Adds the lead to the text of a page.
pub(super) fn with_lead(mut selection: Selection<'_>) -> Selection<'_> {
    let blocks = selection.blocks;
    let Some(headline) = blocks.headline else { return selection };
    let layout = selection.commonest_layout();
    let is_first = |at: &usize| {
        selection.kept[*at] && layout.is_none_or(|layout| blocks.block(*at).layout == layout)
    };
    let Some(first) = (headline + 1..blocks.len()).find(is_first) else { return selection };
    let context = Context::of(blocks, headline);
    for at in headline + 1..first {
        if !selection.kept[at] && context.is_lead(at) && !selection.says(&blocks.block(at).text) {
            selection.kept[at] = true;
        }
    }
    selection
}

/// What the page says of itself, in folded letters without white space.
struct Context<'blocks> {
    blocks: &'blocks Blocks<'blocks>,
    headline: String,
    level: u8,
    title: String,
    descriptions: Vec<String>,
}

impl<'blocks> Context<'blocks> {
    fn of(blocks: &'blocks Blocks<'blocks>, headline: usize) -> Self {
        let metas = blocks.page.metas.iter();
        let descriptions = metas.filter(|(name, _)| name.ends_with("description"));
        Self {
            blocks,
            headline: squeezed(&blocks.block(headline).text),
            level: blocks.block(headline).level(),
            title: squeezed(&blocks.page.title),
            descriptions: descriptions.map(|(_, text)| squeezed(text)).collect(),
        }
    }

    fn is_lead(&self, at: usize) -> bool {
        let block = self.blocks.block(at);
        if is_caption(block) || block.zone.is_any(OTHER) || !self.blocks.is_text(at) {
            return false;
        }
        let text = squeezed(&block.text);
        text != self.headline && (self.blocks.is_prose(at) || self.is_deck(at, &text))
    }

    /// Tells whether a line that is no sentence sums the article up.
    fn is_deck(&self, at: usize, text: &str) -> bool {
        let block = self.blocks.block(at);
        let is_lower = matches!(block.kind, BlockKind::Heading(level) if level > self.level);
        (is_lower || block.zone.is_any(Zone::LEAD) || self.is_described_as(text))
            && block.link_chars == 0
            && block.text.split_whitespace().count() >= LEAST_WORDS
            && !self.title.contains(text)
            && !text.contains(&self.headline)
            && !block.text.contains('|')
            && self.blocks.class(at) == LineClass::Short
            && date::find_first(&block.text, NumericOrder::DayFirst).is_none()
            && !states_field(&block.text)
    }

    fn is_described_as(&self, text: &str) -> bool {
        self.descriptions.iter().any(|description| {
            description.starts_with(text)
                || description.len() > LEAST_DESCRIPTION && text.starts_with(description.as_str())
        })
    }
}

fn squeezed(text: &str) -> String {
    squeeze(&fold(text))
}

#[cfg(test)]
mod tests {
    use crate::ingest::FileContext;
    use crate::ingest::extract::page::{ExtractMode, PageOutcome, read_page};

    const TEXT: &str = "<div class=text><p>The ministers met in Geneva on Monday, and they \
        stayed until the evening to speak about guarantees for all of the ports.</p><p>Nobody \
        expected them to agree, since the talks of the winter had ended without a word on paper, \
        and both sides had said so.</p><p>A second round will follow in May, they said before they \
        left the hall, and it may well be the last one.</p></div>";

    fn opening(above: &str) -> String {
        let head = "<head><title>Talks go on</title><meta name=description \
            content='Ministers meet once more in Geneva'></head>";
        let page = format!("{head}<article><h1>Talks go on</h1>{above}{TEXT}</article>");
        match read_page(&page, &FileContext::default(), ExtractMode::Accurate) {
            Ok(PageOutcome::Article(draft)) => {
                draft.body.split_once("The ministers met").unwrap().0.trim().to_owned()
            }
            other => panic!("an article: {other:?}"),
        }
    }

    #[test]
    fn sentences_and_lower_headings_between_headline_and_text_are_the_lead() {
        let lead = "Neither side moved, but both came.";
        assert_eq!(opening(&format!("<p class=teaser>{lead}</p><p>5 May 2020</p>")), lead);
        assert_eq!(opening(&format!("<p>{lead}</p><figcaption>A port</figcaption>")), lead);
        assert_eq!(opening(&format!("<p>{lead}</p><div class=teaser>{lead}</div>")), lead);
        let deck = "Second round of talks on the ports in May";
        assert_eq!(opening(&format!("<h2>{deck}</h2><div class=meta>5 May 2020</div>")), deck);
        let described = "Ministers meet once more in Geneva";
        assert_eq!(opening(&format!("<div>{described}</div>")), described);
        assert_eq!(opening(&format!("<p class=standfirst>{deck}</p>")), deck);
        assert_eq!(opening(&format!("<p class=article-subtitle>{deck}</p>")), deck);
    }

    #[test]
    fn credits_captions_and_buttons_there_are_none() {
        let author = "<div class=author-box>Jane Doe is a reporter. She writes about ports.</div>";
        assert_eq!(opening(author), "");
        assert_eq!(opening("<figcaption>The hall. It stood empty on Monday.</figcaption>"), "");
        assert_eq!(opening("<div>Save it on your list of articles</div>"), "");
        assert_eq!(opening("<p>Talks go on</p>"), "");
    }

    #[test]
    fn what_wordpress_says_of_a_post_is_no_part_of_it() {
        let lead = "Neither side moved, but both came.";
        let post = format!(
            "<article class='post hentry author-jane-doe category-banners'><h1>Talks go on</h1>
            <header><p>{lead}</p></header>{TEXT}</article>"
        );
        let page = read_page(&post, &FileContext::default(), ExtractMode::Accurate);
        let Ok(PageOutcome::Article(draft)) = page else { panic!("an article: {page:?}") };
        assert!(draft.body.starts_with(lead), "{}", draft.body);
    }
}
