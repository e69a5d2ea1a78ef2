//! The headline of a page: the heading that its titles repeat, or else its only heading of the first
//! level, or else the title that it states.
//!
//! Titles are compared with headings and with one another to take the site's name off.

use super::metadata::{Metadata, squeeze, tidy};
use super::model::{Block, BlockKind};
use super::zone::Zone;
use crate::article::{EvidenceKind, Sourced};
use crate::ingest::extract::date_line;
use crate::text::fold;

/// Marks that separate a headline from the name of its site.
pub(super) const SEPARATORS: &[&str] = &[
    " | ", " │ ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", " > ", " ~ ",
    ": ", "|", "│", " : ",
];

/// Marks that set off parts of a title whatever these are.
const LOOSE_SEPARATORS: &[&str] = &[" - ", " – ", " — ", " :: ", " » ", " • ", " · "];

/// A title that the page states: the kind of place that does, the title, and what the place is called.
type StatedTitle = (EvidenceKind, String, &'static str);

/// The headline, and the number of blocks before it.
pub(super) struct Headline {
    pub(super) title: Option<Sourced<String>>,
    pub(super) position: usize,
}

impl Metadata<'_> {
    /// Returns the headline: the heading that the titles of the page repeat, or else the title stated,
    /// without the name of the site and a day before it.
    pub(super) fn headline(&self) -> Headline {
        let mut headline = self.headline_as_written();
        if let Some(title) = &mut headline.title {
            let day = title.value.len() - without_day(&title.value).len();
            title.value.drain(..day);
        }
        headline
    }

    /// Returns the headline as the page writes it.
    fn headline_as_written(&self) -> Headline {
        let stated = self.stated_titles();
        if let Some((position, heading)) = self.repeated_heading(&stated) {
            let heading = self.without_site_name(heading);
            return match stated.iter().find(|(_, title, _)| follows_kicker(&heading, title)) {
                Some((kind, title, name)) => {
                    Headline { title: Some(Sourced::new(title.clone(), *kind, *name)), position }
                }
                None => self.headline_at(position, &heading, "heading"),
            };
        }
        let title = stated.first().map(|first| self.stated_title(first));
        let has_kicker = |heading: &str| {
            title.as_ref().is_some_and(|title| follows_kicker(heading, &title.value))
        };
        if let Some((position, heading)) = self.only_heading(&stated)
            && !has_kicker(heading)
        {
            return self.headline_at(position, heading, "heading");
        }
        if let Some(title) = title {
            let position = self.position_of(&title.value);
            return Headline { title: Some(title), position };
        }
        let heading = self.headings(1).next().or_else(|| self.headings(2).next());
        match heading {
            Some((position, heading)) => self.headline_at(position, heading, "heading"),
            None => Headline { title: None, position: 0 },
        }
    }

    /// Returns a title that the page states without the name of the site.
    fn stated_title(&self, stated: &StatedTitle) -> Sourced<String> {
        let (kind, title, name) = stated;
        let is_loose = *name == "title";
        if is_loose && let Some(part) = self.described_part(title) {
            return Sourced::new(part.to_owned(), *kind, *name);
        }
        let title = self.without_site_name(title);
        let title = if is_loose { without_last_part(&title) } else { before_bar(&title) };
        Sourced::new(title.to_owned(), *kind, *name)
    }

    /// Returns the part of a title that the page gives as its description, where other parts stand around
    /// it: "The Crier - Talks go on in Geneva - World".
    fn described_part<'title>(&self, title: &'title str) -> Option<&'title str> {
        const LEAST_WORDS: usize = 3;
        let description = squeeze(self.page.meta(&["description", "og:description"])?);
        let separators = LOOSE_SEPARATORS.iter().chain(&[" | ", " « "]);
        let parts = separators.flat_map(|separator| title.split(separator));
        let mut whole = parts.map(str::trim).filter(|part| part.len() < title.len());
        whole.find(|part| {
            part.split_whitespace().count() >= LEAST_WORDS && squeeze(part) == description
        })
    }

    /// Returns the one heading of the first level that is no site's name: of the page, or else of what
    /// the page calls its article. It is the headline even where the titles, written for searchers,
    /// say something else. On a page without first-level headings that has no title but `title`, it is
    /// the only heading of any level, where the text is below it.
    fn only_heading(&self, stated: &[StatedTitle]) -> Option<(usize, &str)> {
        let mut headings = self.headings_of_article(1);
        if headings.is_empty() && stated.len() <= 1 && self.all_headings(1).next().is_none() {
            headings = (2..=4).flat_map(|level| self.headings_of_article(level)).collect();
            headings.retain(|(at, _)| self.heads_text(*at));
        }
        (headings.len() == 1).then(|| headings[0])
    }

    /// Tells whether more of the text stands below a block than above it.
    fn heads_text(&self, at: usize) -> bool {
        let chars = |blocks: &[Block]| {
            let usable = blocks.iter().filter(|block| is_of_article(block));
            usable.map(|block| block.chars - block.link_chars).sum::<usize>()
        };
        let (above, below) = self.page.blocks.split_at(at);
        chars(above) < chars(below)
    }

    /// Returns the headings of a level that may be headlines, each text once.
    fn headings_of_article(&self, level: u8) -> Vec<(usize, &str)> {
        let mut headings: Vec<(usize, &str)> = Vec::new();
        for (at, heading) in self.headings(level) {
            let is_heading = is_of_article(&self.page.blocks[at])
                && heading.chars().count() >= LEAST_HEADING
                && !self.is_site_name(heading);
            if is_heading && !headings.iter().any(|known| squeeze(known.1) == squeeze(heading)) {
                headings.push((at, heading));
            }
        }
        if headings.len() > 1 {
            headings.retain(|(at, _)| self.page.blocks[*at].zone.is_any(Zone::ARTICLE));
        }
        headings
    }

    /// Returns the heading, and its block, that a stated title holds: a first-level one before a
    /// lower one, and the longest before the name of a site or a section.
    fn repeated_heading(&self, stated: &[StatedTitle]) -> Option<(usize, &str)> {
        let titles: Vec<String> = stated.iter().map(|(_, title, _)| squeeze(title)).collect();
        let is_repeated = |heading: &str, level: u8| {
            let heading_squeezed = squeeze(heading);
            heading.chars().count() >= if level == 1 { 4 } else { 12 }
                && titles.iter().any(|title| holds(title, &heading_squeezed))
                && !self.is_site_name(heading)
        };
        (1..=3).find_map(|level| {
            let headings = self.all_headings(level).filter(|(at, heading)| {
                !self.is_in_navigation(*at) || level == 1 && self.is_title(heading, &titles)
            });
            let repeated = headings.filter(|(_, heading)| is_repeated(heading, level));
            let found = repeated
                .max_by_key(|(at, heading)| (heading.chars().count(), std::cmp::Reverse(*at)))?;
            let found = self.headline_beside_site(found, &titles).unwrap_or(found);
            let is_title = level > 1 || titles.iter().any(|title| *title == squeeze(found.1));
            // An `h1` with the name of the site may stand above the `h2` of the article.
            let lower = (!is_title).then(|| self.longer_heading(found.1, &titles)).flatten();
            Some(lower.unwrap_or(found))
        })
    }

    /// Returns the later of two first-level headings that make up a title between them: the earlier is the
    /// name of the site, which stands above.
    fn headline_beside_site(
        &self,
        found: (usize, &str),
        titles: &[String],
    ) -> Option<(usize, &str)> {
        let squeezed = squeeze(found.1);
        self.headings(1).filter(|(at, _)| *at > found.0).find(|(_, heading)| {
            let heading = squeeze(heading);
            heading.len() >= 4
                && titles.iter().any(|title| {
                    title.starts_with(&heading) && title[heading.len()..].contains(&squeezed)
                })
        })
    }

    /// Returns a second-level heading that is a title as a whole, and longer than `heading`; not one
    /// that a title has between `heading` and the name of the site, as a subtitle.
    fn longer_heading(&self, heading: &str, titles: &[String]) -> Option<(usize, &str)> {
        let heading_squeezed = squeeze(heading);
        let is_subtitle = |title: &str, lower: &str| {
            let rest = title.strip_prefix(heading_squeezed.as_str());
            let site = rest.and_then(|rest| rest.strip_prefix(lower));
            site.is_some_and(|site| !site.is_empty())
        };
        self.headings(2).find(|(_, lower)| {
            let squeezed = squeeze(lower);
            lower.len() > heading.len()
                && titles.iter().any(|title| holds(title, &squeezed))
                && !titles.iter().any(|title| is_subtitle(title, &squeezed))
        })
    }

    fn headline_at(&self, position: usize, heading: &str, name: &str) -> Headline {
        let title = Sourced::new(heading.to_owned(), EvidenceKind::Markup, name);
        Headline { title: Some(title), position }
    }

    /// Returns the titles that the page states, the most trusted first.
    fn stated_titles(&self) -> Vec<StatedTitle> {
        let mut titles = Vec::new();
        if self.data.is_article
            && let Some(headline) = &self.data.headline
        {
            titles.push((EvidenceKind::JsonLd, tidy(headline), "headline"));
        }
        for name in [
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "title",
            "parsely-title",
            "sailthru.title",
            "headline",
        ] {
            if let Some(title) = self.page.meta(&[name]) {
                titles.push((EvidenceKind::Meta, tidy(title), name));
            }
        }
        if !self.page.title.is_empty() {
            titles.push((EvidenceKind::Markup, self.page.title.clone(), "title"));
        }
        titles.retain(|(_, title, _)| !title.is_empty());
        titles
    }

    /// Tells whether a long heading is one of the squeezed `titles` as a whole, or that of the page as
    /// far as a separator.
    fn is_title(&self, heading: &str, titles: &[String]) -> bool {
        let begins_title = || {
            let rest = self.page.title.strip_prefix(heading);
            rest.is_some_and(|rest| SEPARATORS.iter().any(|mark| rest.starts_with(mark)))
        };
        heading.chars().count() >= LEAST_REPEATED
            && (titles.contains(&squeeze(heading)) || begins_title())
    }

    fn is_in_navigation(&self, at: usize) -> bool {
        self.page.blocks[at].zone.is_any(Zone::NAVIGATION)
    }

    fn headings(&self, level: u8) -> impl Iterator<Item = (usize, &str)> {
        self.all_headings(level).filter(|(at, _)| !self.is_in_navigation(*at))
    }

    /// Returns the headings of a level, those in navigation too: themes put the headline there.
    fn all_headings(&self, level: u8) -> impl Iterator<Item = (usize, &str)> {
        self.page.blocks.iter().enumerate().filter_map(move |(at, block)| {
            let is_title = block.kind == BlockKind::Heading(level)
                && !block.zone.is_any(Zone::COMMENTS | Zone::RELATED | Zone::FOOTER);
            // What is left of a heading whose kicker is a block of its own.
            let text = block.text.trim_start_matches([':', '|', '/', '-', '–', '—', ' ']);
            is_title.then_some((at, text))
        })
    }

    /// Returns the number of blocks before the one that is the title.
    fn position_of(&self, title: &str) -> usize {
        let folded = fold(title);
        let found = self.page.blocks.iter().position(|block| {
            block.chars < 400 && block.text.len() * 2 >= title.len() && fold(&block.text) == folded
        });
        let heading = self.page.headline_block();
        found
            .or_else(|| heading.filter(|at| self.heads_text(*at)))
            .or_else(|| self.heading_of_longest_text())
            .or(heading)
            .unwrap_or(0)
    }

    /// Returns the block of the heading that most of the text follows before the next one.
    fn heading_of_longest_text(&self) -> Option<usize> {
        let mut best: Option<(usize, usize)> = None;
        let mut current = None;
        for (at, block) in self.page.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading(1..=3)) {
                current = is_of_article(block).then_some((at, 0));
            } else if let Some((_, chars)) = &mut current
                && is_of_article(block)
            {
                *chars += block.chars - block.link_chars;
            }
            if current.is_some_and(|(_, chars)| best.is_none_or(|(_, most)| chars > most)) {
                best = current;
            }
        }
        best.map(|(at, _)| at)
    }

    /// Takes the name of the site off the beginning or the end of a title.
    fn without_site_name(&self, title: &str) -> String {
        let mut title = title;
        loop {
            let shorter = self.cut_end(title).or_else(|| self.cut_start(title));
            match shorter {
                Some(shorter) if shorter.chars().count() >= 4 => title = shorter,
                _ => return title.to_owned(),
            }
        }
    }

    fn cut_end<'title>(&self, title: &'title str) -> Option<&'title str> {
        SEPARATORS.iter().find_map(|separator| {
            let (headline, site) = title.rsplit_once(separator)?;
            self.is_site_name(site).then(|| headline.trim())
        })
    }

    fn cut_start<'title>(&self, title: &'title str) -> Option<&'title str> {
        SEPARATORS.iter().find_map(|separator| {
            let (site, headline) = title.split_once(separator)?;
            // What stands before a colon may be a kicker that has part of the name: "Climbing:".
            let is_name = self.is_site_name(site)
                && (separator.trim() != ":" || self.is_exact_site_name(site));
            is_name.then(|| headline.trim())
        })
    }
}

/// The shortest heading, in characters, that is a headline though no title repeats it.
const LEAST_HEADING: usize = 8;

/// The shortest heading, in characters, that is the headline in what is called navigation, where a
/// title repeats it.
const LEAST_REPEATED: usize = 20;

/// Tells whether a heading is not in furniture, or only in what an article calls so.
fn is_of_article(block: &Block) -> bool {
    let never = Zone::NAVIGATION | Zone::COMMENTS | Zone::RELATED | Zone::FOOTER;
    let rarely = Zone::HIDDEN | Zone::NOTICE | Zone::PROMOTION | Zone::ASIDE;
    !block.zone.is_any(never) && (!block.zone.is_any(rarely) || block.zone.is_any(Zone::ARTICLE))
}

/// Tells whether a title is a heading alone, or with something before or after it; both are squeezed.
fn holds(title: &str, heading: &str) -> bool {
    !heading.is_empty()
        && (title == heading
            || title.starts_with(heading)
            || title.ends_with(heading)
            || heading.len() > 20
                && (title.contains(heading)
                    || (heading.starts_with(title) || heading.ends_with(title))
                        && title.len() * 3 > heading.len()))
}

/// Tells whether a heading is a kicker and the title: "Data theft Company's papers on the net".
fn follows_kicker(heading: &str, title: &str) -> bool {
    let (heading, title) = (squeeze(heading), squeeze(title));
    title.len() >= 15
        && heading.len() > title.len()
        && heading.ends_with(&title)
        && title.len() * 3 > heading.len()
}

/// Takes the day off the beginning of a title: "23.01.2022 - Talks go on in Geneva".
fn without_day(title: &str) -> &str {
    const LEAST_WORDS: usize = 3;
    let separators = [" - ", " – ", " — ", " | ", ": "];
    let split = separators.iter().filter_map(|separator| title.split_once(separator));
    let day = split.min_by_key(|(day, _)| day.len()).filter(|(day, headline)| {
        !day.contains(char::is_alphabetic)
            && date_line::is_one(day)
            && headline.split_whitespace().count() >= LEAST_WORDS
    });
    day.map_or(title, |(_, headline)| headline.trim_start())
}

/// Takes the last part off a title that nothing else on the page confirms, where a separator sets it
/// off and it is short: the name of a site that the site does not state.
fn without_last_part(title: &str) -> &str {
    let headline = before_bar(title);
    if headline.len() < title.len() {
        return headline;
    }
    let parts = LOOSE_SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    let words = |text: &str| text.split_whitespace().count();
    let short = parts
        .filter(|(headline, last)| {
            words(last) <= 4
                && words(headline) >= 3
                && words(headline) > words(last)
                && last.trim_start().starts_with(char::is_uppercase)
        })
        .min_by_key(|(headline, _)| std::cmp::Reverse(headline.len()));
    short.map_or(title, |(headline, _)| headline.trim_end())
}

/// Takes off what follows a bar, which sets off nothing but the name of a site and its parts; in text
/// without spaces also what is short and follows a dash or the like.
fn before_bar(title: &str) -> &str {
    if let Some((headline, _)) = title.split_once(" | ")
        && headline.chars().count() >= 10
    {
        return headline.trim();
    }
    let is_ideographic = |letter: char| ('\u{3040}'..='\u{9fff}').contains(&letter);
    match title.rsplit_once(['-', '_', '|', '丨', '｜']) {
        Some((headline, site))
            if headline.chars().filter(|letter| is_ideographic(*letter)).count() >= 8
                && site.chars().count() <= 10
                && site.contains(is_ideographic) =>
        {
            headline.trim()
        }
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::ingest::extract::page::json_ld::LinkedData;
    use crate::ingest::extract::page::model::Page;

    fn headline(html: &str) -> String {
        let page = Page::of(&Document::from(html));
        let data = LinkedData::of(&page);
        let headline = Metadata { page: &page, data: &data }.headline();
        headline.title.map(|title| title.value).unwrap_or_default()
    }

    #[test]
    fn the_only_heading_is_the_headline() {
        let title = "<title>Talks, ministers and all you must know</title>";
        assert_eq!(headline(&format!("{title}<h1>Talks go on</h1>")), "Talks go on");
        let two = "<h1>Another one</h1><article><h1>Talks go on</h1></article>";
        assert_eq!(headline(&format!("{title}{two}")), "Talks go on");
        let short = format!("{title}<h1>Home</h1>");
        assert_eq!(headline(&short), "Talks, ministers and all you must know");
    }

    #[test]
    fn kickers_are_left_out() {
        let html = "<meta property=og:title content='Ministers go on talking | A Weekly Review'>
            <h1>Geneva Ministers go on talking</h1>";
        assert_eq!(headline(html), "Ministers go on talking");
    }

    #[test]
    fn a_repeated_heading_counts_in_navigation_too() {
        let html = "<title>Geneva: Ministers go on talking | The Crier</title>
            <meta property=og:title content='Ministers still talk'>
            <nav><h1>Geneva: Ministers go on talking</h1></nav><h2>Ministers still talk</h2>";
        assert_eq!(headline(html), "Geneva: Ministers go on talking");
    }

    #[test]
    fn readings_beside_characters_are_left_out() {
        let html = "<title>会談が続いている</title>
            <h1><ruby>会談<rt>かいだん</rt></ruby>が続いている</h1>";
        assert_eq!(headline(html), "会談が続いている");
    }

    #[test]
    fn the_name_of_the_site_in_a_first_heading_is_no_headline() {
        let html = "<title>Talks go on | The Geneva Crier - News of the Lake</title>
            <h1>The Geneva Crier - News of the Lake</h1><h1>Talks go on</h1>";
        assert_eq!(headline(html), "Talks go on");
        let html = "<title>Talks go on - Ministers meet by the lake : Crier</title>
            <h1>Talks go on</h1><h2>Ministers meet by the lake</h2>";
        assert_eq!(headline(html), "Talks go on");
    }

    #[test]
    fn a_title_stated_as_the_name_of_an_application_is_a_title() {
        let title = "Lake Cup: Talks go on in Geneva - Lake Crier";
        let html = format!(
            "<title>{title}</title><meta property=og:title content='{title}'>
            <meta name=application-name content='{title}'><h1>Lake Cup: Talks go on in Geneva</h1>"
        );
        assert_eq!(headline(&html), "Lake Cup: Talks go on in Geneva");
    }

    #[test]
    fn what_has_part_of_the_name_of_the_site_is_not_its_name() {
        let site = "<meta property=og:site_name content=Climb>";
        let page = |title: &str| headline(&format!("{site}<title>{title} │ Climb</title>"));
        assert_eq!(page("Climbing: Talks go on"), "Climbing: Talks go on");
        assert_eq!(page("Climb: Talks go on"), "Talks go on");
        let title = "Best of Climb 2022: Talks go on";
        assert_eq!(page(title), title);
    }

    #[test]
    fn the_part_of_a_title_that_describes_the_page_is_the_headline() {
        let page = "<title>Lake Crier - Talks go on in Geneva - World - News</title>\
            <meta name=\"description\" content=\"Talks go on in Geneva\"><p>Text.";
        assert_eq!(headline(page), "Talks go on in Geneva");
    }

    #[test]
    fn a_day_before_the_headline_is_none_of_it() {
        let page = "<h1>23.01.2022 - Talks go on in Geneva</h1><p>Text.";
        assert_eq!(headline(page), "Talks go on in Geneva");
        assert_eq!(headline("<h1>2022: The year of the talks</h1>"), "2022: The year of the talks");
    }

    #[test]
    fn a_lower_heading_alone_above_the_text_is_the_headline() {
        let text = "<p>Ministers met by the lake on Sunday and said that they would go on.</p>";
        let title = "<title>The Crier - News</title>";
        assert_eq!(headline(&format!("{title}<h4>Talks go on</h4>{text}")), "Talks go on");
        assert_eq!(headline(&format!("{title}{text}<h4>Subscribe here</h4>")), "The Crier - News");
    }
}
