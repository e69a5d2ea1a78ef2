//! The authors of a page: what JSON-LD and `meta` elements state, what markup sets off near the
//! headline, what lines say that read like a credit.
//!
//! People come before desks and desks before the site itself, wherever they are named. The last
//! places, lines far below the headline, are looked at only where the better ones name nobody.

use super::metadata::{Metadata, squeeze};
use super::model::{Block, BlockKind, MarkedCredit};
use super::zone::Zone;
use crate::article::{Agency, Byline, Confidence, EvidenceKind, Sourced};
use crate::ingest::extract::credit_name::{
    PARTICLES, is_corporate, is_login, is_person, is_whole_name, names_author, stands_only_whole,
};
use crate::ingest::extract::credit_part::is_abbreviation;
use crate::ingest::extract::{
    agency, byline, copyright, credit_line, date_line, fields, line_class,
};
use crate::text::fold;

/// Parts of a page whose credits are not those of its article.
pub(super) const ELSEWHERE: Zone =
    Zone::COMMENTS.or(Zone::RELATED).or(Zone::ASIDE).or(Zone::FOOTER).or(Zone::PROMOTION);

/// The blocks from the headline on that are about the article whatever they are called.
const NEAREST_BLOCKS: usize = 4;

/// The blocks above the headline in which an author is named.
const BLOCKS_ABOVE: usize = 4;

/// The least letters of a paragraph of the text.
const LEAST_PROSE: usize = 120;

/// The paragraphs after the last of the text among which its author signs.
pub(super) const MOST_AFTER_TEXT: usize = 3;

/// What newsrooms write where an article ends.
const END_MARK: &str = "+++";

/// The most authors that a credit of an article names; longer lists are of something else.
const MOST_AUTHORS: usize = 5;

/// `meta` elements that name authors, the most trusted first.
pub(super) const AUTHOR_METAS: &[&str] = &[
    "citation_author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.personalname",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "cxenseparse:author",
    "article:author_name",
    "shareaholic:article_author_name",
    "rbauthors",
    "authors",
    "article.author",
    "og:author",
    "creator",
    "twitter:data1",
    "twitter:creator",
];

/// `meta` elements of catalogues, which have the surname first: `Doe, Jane`.
const INVERTED_METAS: &[&str] =
    &["citation_author", "dc.creator", "dcterms.creator", "dc.creator.personalname"];

impl Metadata<'_> {
    /// Returns every author that the page names; a desk only where nobody is named, and the site itself
    /// only where there is not even one.
    pub(super) fn byline(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let stated = self.stated_authors();
        let marked = self.marked_authors(headline_at);
        let is_weak = |byline: &Sourced<Byline>| {
            let authors = &byline.value.authors;
            self.is_site_or_body(authors) || authors.iter().all(|name| is_login(name))
        };
        if let Some(stated) = stated.as_ref().filter(|stated| !is_weak(stated)) {
            let better = marked.filter(|marked| {
                !is_part_of(&marked.value, &stated.value)
                    && (is_fuller(&marked.value, &stated.value) || self.is_confirmed(&marked.value))
            });
            return better
                .or_else(|| self.person_instead(&stated.value, headline_at))
                .or_else(|| self.poster_instead(stated, headline_at))
                .or_else(|| Some(self.without_site(stated)));
        }
        let low = |byline| fields::with_confidence(byline, Confidence::Low);
        let (site, people) = match marked {
            Some(marked) if is_weak(&marked) => (Some(marked), None),
            people => (None, people),
        };
        people
            .or_else(|| self.credit_line(headline_at))
            .or_else(|| self.far_credit(headline_at).map(low))
            .or_else(|| self.beside_date(headline_at).map(low))
            .or_else(|| self.about_author().map(low))
            .or(site)
            .or_else(|| self.author_of_address().map(low))
            .or_else(|| self.desk(headline_at).map(low))
            .or_else(|| self.signature(headline_at).map(low))
            .or_else(|| stated.map(low))
    }

    /// Tells whether a `meta` element names the very people whom readers see marked: JSON-LD may name
    /// who put the article on the page.
    fn is_confirmed(&self, marked: &Byline) -> bool {
        let stated = self.authors_in_metas();
        stated.is_some_and(|stated| {
            stated.value == *marked && marked.authors.iter().all(|name| is_whole_name(name, false))
        })
    }

    /// Returns the person in a line near the headline that is a credit, where what is stated is one word:
    /// a first name, initials, a site that does not tell its name.
    fn person_instead(&self, stated: &Byline, headline_at: usize) -> Option<Sourced<Byline>> {
        let [name] = stated.authors.as_slice() else { return None };
        if name.contains(char::is_whitespace) {
            return None;
        }
        let is_whole = |credit: &Sourced<Byline>| {
            credit.value.authors.iter().all(|name| is_whole_name(name, false))
        };
        let is_fuller = |credit: &Sourced<Byline>| {
            credit.value.authors.iter().any(|fuller| fuller.split(' ').any(|word| word == name))
        };
        self.credit_line(headline_at).filter(is_whole).or_else(|| {
            self.far_credit(headline_at).filter(|credit| is_whole(credit) && is_fuller(credit))
        })
    }

    /// Returns who posted the article by a line of its page, where the stated author is the one of every
    /// page of the site: a `meta` element whose name readers see nowhere about the article.
    fn poster_instead(
        &self,
        stated: &Sourced<Byline>,
        headline_at: usize,
    ) -> Option<Sourced<Byline>> {
        if stated.evidence.kind != EvidenceKind::Meta || stated.evidence.detail != "author" {
            return None;
        }
        let blocks = self.page.blocks.iter().enumerate().skip(headline_at);
        let of_article = blocks.filter(|(at, block)| {
            is_of_article(block.zone, *at, headline_at) && !block.zone.is_any(Zone::NAVIGATION)
        });
        let (line, authors) = of_article.clone().find_map(|(_, block)| {
            let credit = credit_line::of_dated_posting(&block.text)?;
            let mut authors = credit_line::named(&credit);
            authors.retain(|name| !is_login(name));
            (!self.is_site_or_body(&authors)).then_some((&block.text, authors))
        })?;
        let stated: Vec<String> = stated.value.authors.iter().map(|name| squeeze(name)).collect();
        let is_seen = |block: &Block| {
            let text = squeeze(&block.text);
            stated.iter().any(|name| text.contains(name))
        };
        if of_article.map(|(_, block)| block).any(is_seen) {
            return None;
        }
        Some(fields::with_confidence(of_line(line, authors), Confidence::Medium))
    }

    /// Tells whether the authors are the site, or a company or society, rather than people.
    fn is_site_or_body(&self, authors: &[String]) -> bool {
        authors.iter().all(|author| is_corporate(author) || self.is_site_name(author))
    }

    /// Leaves the site out, which some name beside an author.
    fn without_site(&self, byline: &Sourced<Byline>) -> Sourced<Byline> {
        let mut byline = byline.clone();
        byline.value.authors.retain(|author| !self.is_site_name(author));
        byline
    }

    /// Returns the desk that the page states or marks as the author.
    fn desk(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let json_ld = self.data.authors.iter().map(|name| (name.as_str(), EvidenceKind::JsonLd));
        let metas = self.page.metas.iter().filter(|(key, _)| AUTHOR_METAS.contains(&key.as_str()));
        let metas = metas.map(|(_, name)| (name.as_str(), EvidenceKind::Meta));
        let marked = self.page.credits.iter().filter(|credit| is_usable(credit, headline_at));
        let marked = marked.map(|credit| (credit.text.as_str(), EvidenceKind::Markup));
        json_ld.chain(metas).chain(marked).find_map(|(name, kind)| {
            let authors = vec![byline::desk(name)?];
            Some(Sourced::new(Byline { authors }, kind, format!("`{name}`")))
        })
    }

    fn stated_authors(&self) -> Option<Sourced<Byline>> {
        let mut authors = Vec::new();
        for name in &self.data.authors {
            extend_unique(&mut authors, credit_line::people(name));
        }
        byline::without_agencies(&mut authors);
        if authors.is_empty() {
            return self.authors_in_metas();
        }
        Some(Sourced::new(Byline { authors }, EvidenceKind::JsonLd, "author"))
    }

    /// Returns the author whose page JSON-LD gives instead of a name, where its address has the name.
    fn author_of_address(&self) -> Option<Sourced<Byline>> {
        let addresses = self.data.author_addresses.iter();
        let authors: Vec<String> = addresses.filter_map(|url| name_in_address(url)).collect();
        let found = Sourced::new(Byline { authors }, EvidenceKind::JsonLd, "address of the author");
        (!found.value.authors.is_empty()).then_some(found)
    }

    /// Returns the people whom the most trusted `meta` elements name, or else the site or a company.
    fn authors_in_metas(&self) -> Option<Sourced<Byline>> {
        let mut weak = None;
        for name in AUTHOR_METAS.iter().copied() {
            let is_label = name == "twitter:data1"
                && !self.page.meta(&["twitter:label1"]).is_some_and(is_author_label);
            if is_label {
                continue;
            }
            let mut authors = Vec::new();
            let values = self.page.metas.iter().filter(|(key, _)| key == name);
            for (_, value) in values.filter(|(_, value)| names_author(value)) {
                let upright = INVERTED_METAS.contains(&name).then(|| upright(value)).flatten();
                extend_unique(&mut authors, upright.unwrap_or_else(|| credit_line::people(value)));
            }
            if authors.is_empty() {
                continue;
            }
            let is_weak = self.is_site_or_body(&authors);
            let found = Sourced::new(Byline { authors }, EvidenceKind::Meta, name);
            if !is_weak {
                return Some(found);
            }
            weak = weak.or(Some(found));
        }
        weak
    }

    /// Returns the authors that markup sets off near the headline, those of comments left out.
    fn marked_authors(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let headline = self.page.blocks.get(headline_at).map(|block| fold(&block.text));
        // A class of authors is on elements that hold the headline too.
        let repeats_headline = |credit: &MarkedCredit| {
            headline.as_ref().is_some_and(|headline| headline.contains(&fold(&credit.text)))
        };
        for is_explicit in [true, false] {
            let mut nearest: Vec<(&MarkedCredit, Vec<String>)> = self
                .page
                .credits
                .iter()
                .filter(|credit| credit.is_explicit == is_explicit)
                .filter(|credit| is_usable(credit, headline_at))
                .filter(|credit| !self.is_of_other(credit) && !repeats_headline(credit))
                .map(|credit| (credit, credit_line::people(&credit.text)))
                // Longer lists are of tags.
                .filter(|(_, authors)| {
                    !authors.is_empty() && (is_explicit || authors.len() <= MOST_AUTHORS)
                })
                .collect();
            nearest.sort_by_key(|(credit, _)| credit.position.abs_diff(headline_at));
            let Some(first) = nearest.first().map(|(credit, _)| credit.position) else { continue };
            nearest.retain(|(credit, _)| credit.position.abs_diff(first) <= 2);
            let is_of_related = |credit: &MarkedCredit| credit.zone.is_any(Zone::RELATED);
            if nearest.iter().any(|(credit, _)| !is_of_related(credit)) {
                nearest.retain(|(credit, _)| !is_of_related(credit));
            }
            let mut authors: Vec<String> = Vec::new();
            for (credit, named) in &nearest {
                if !is_around_another(credit, named, &nearest) {
                    extend_unique(&mut authors, named.clone());
                }
            }
            if is_explicit && let Some(all) = self.all_authors_beside(&authors, first, headline_at)
            {
                authors = all;
            }
            let evidence = if is_explicit { "marked as the author" } else { "class of an author" };
            let found = Sourced::new(Byline { authors }, EvidenceKind::Markup, evidence);
            let people = self.without_site(&found);
            let are_names = !people.value.authors.is_empty()
                && people.value.authors.iter().all(|name| is_whole_name(name, true));
            return Some(if are_names { people } else { found });
        }
        None
    }

    /// Returns the authors of a credit beside the one at `position`, where they are the `known` ones and
    /// more: not every name in "Jane Doe and Jo Roe" need be marked outright.
    fn all_authors_beside(
        &self,
        known: &[String],
        position: usize,
        headline_at: usize,
    ) -> Option<Vec<String>> {
        let credits = self.page.credits.iter().filter(|credit| {
            is_usable(credit, headline_at) && credit.position.abs_diff(position) <= 2
        });
        let holds =
            |people: &[String], name: &str| people.iter().any(|person| fold(person) == fold(name));
        credits.map(|credit| credit_line::people(&credit.text)).find(|people| {
            (known.len() + 1..=MOST_AUTHORS).contains(&people.len())
                && people.iter().all(|name| is_whole_name(name, false))
                && known.iter().all(|name| holds(people, name))
        })
    }

    /// Returns the authors of a line near the headline that reads like a credit: "By Jane Doe", or a
    /// date and a name.
    fn credit_line(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let blocks = self.page.blocks.iter().skip(headline_at.saturating_sub(1)).take(12);
        let mut lines = blocks.filter(|block| !block.zone.is_any(ELSEWHERE));
        let (line, authors) = lines.find_map(|block| {
            let authors = credit_line::authors(&block.text);
            (!authors.is_empty()).then_some((&block.text, authors))
        })?;
        Some(fields::with_confidence(of_line(line, authors), Confidence::Medium))
    }

    /// Returns the authors of the first line, however far below the headline, that is a credit or has a
    /// label of authors: "Author: Jane Doe", or "Text" and in the next line "Jane Doe". The site itself
    /// gives way to people named below it.
    fn far_credit(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let mut site = None;
        let mut label: Option<&str> = None;
        let blocks = self.page.blocks.iter().enumerate();
        for (at, block) in blocks.skip(headline_at.saturating_sub(BLOCKS_ABOVE)) {
            let line = block.text.as_str();
            let is_usable = is_of_article(block.zone, at, headline_at);
            let authors =
                if is_usable { credit_line::labelled_authors(line, label) } else { Vec::new() };
            if !authors.is_empty() {
                if !self.is_site_or_body(&authors) {
                    return Some(of_line(line, authors));
                }
                site = site.or_else(|| Some(of_line(line, authors)));
            }
            label = (is_usable && credit_line::is_label_of_author(line)).then_some(line);
        }
        site
    }

    /// Returns the name that is a block by itself below the headline, beside the block of the date.
    fn beside_date(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let blocks: Vec<&Block> =
            self.page.blocks.iter().skip(headline_at + 1).take(NEAREST_BLOCKS).collect();
        let is_date = |block: &Block| date_line::is_one(&block.text);
        let found = (0..blocks.len()).find(|at| {
            let beside = [at.checked_sub(1), Some(at + 1), Some(at + 2)];
            self.is_name_alone(&blocks[*at].text)
                && beside
                    .iter()
                    .flatten()
                    .filter_map(|at| blocks.get(*at))
                    .any(|block| is_date(block))
        })?;
        self.name_alone(&blocks[found].text)
    }

    /// Returns the name that heads what the page says of its author.
    fn about_author(&self) -> Option<Sourced<Byline>> {
        let heading = self.page.blocks.iter().find(|block| {
            matches!(block.kind, BlockKind::Heading(_))
                && block.zone.is_any(Zone::AUTHOR)
                && !block.zone.is_any(Zone::COMMENTS | Zone::RELATED)
                && byline::is_name_line(&block.text)
        })?;
        self.name_alone(&heading.text)
    }

    /// Returns the name that is a paragraph by itself after the last of the text, or in brackets at its
    /// end.
    fn signature(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let blocks: Vec<&Block> = self
            .page
            .blocks
            .iter()
            .skip(headline_at + 1)
            .filter(|block| block.kind == BlockKind::Paragraph && !block.zone.is_any(ELSEWHERE))
            .collect();
        let last = blocks.iter().rposition(|block| is_prose(block))?;
        let ends = |block: &&&Block| block.text.ends_with(END_MARK);
        let signed = blocks.iter().rfind(ends).unwrap_or(&blocks[last]);
        let in_brackets = credit_line::in_last_brackets(&signed.text, "()");
        if let Some(name) = in_brackets.filter(|name| byline::is_name_line(name)) {
            return self.name_alone(name);
        }
        let after = blocks.iter().skip(last + 1).take(MOST_AFTER_TEXT);
        let brackets_after =
            after.clone().filter_map(|block| credit_line::in_last_brackets(&block.text, "()"));
        let mut dated = in_brackets.into_iter().chain(brackets_after);
        if let Some(name) = dated.find_map(agency::person_in_dated_credit) {
            return self.name_alone(name);
        }
        let name = after.filter(|block| block.link_chars == 0).find_map(|block| {
            // Without a year it is the photographer's.
            let is_dated = block.text.contains(|letter: char| letter.is_ascii_digit());
            let holder = copyright::holder(&block.text).filter(|_| is_dated);
            let name = holder.unwrap_or(&block.text);
            self.is_name_alone(name).then_some(name)
        })?;
        self.name_alone(name)
    }

    /// Tells whether a line can be a name whose words are found nowhere else on the page but in it: those
    /// of a button or a heading are common ones.
    fn is_name_alone(&self, line: &str) -> bool {
        byline::is_name_line(line)
            && stands_only_whole(line, self.page.blocks.iter().map(|block| block.text.as_str()))
    }

    fn name_alone(&self, line: &str) -> Option<Sourced<Byline>> {
        let authors = credit_line::people(line);
        let is_usable = authors.len() == 1 && !self.is_site_or_body(&authors);
        is_usable.then(|| of_line(line, authors))
    }

    /// Tells whether a credit around this one says that it is a translator's, a photographer's or the like.
    fn is_of_other(&self, credit: &MarkedCredit) -> bool {
        let around = self.page.credits.iter().filter(|outer| {
            outer.position.abs_diff(credit.position) <= 1
                && outer.text.len() > credit.text.len()
                && outer.text.contains(&credit.text)
        });
        let mut authors = around.map(|outer| byline::before_other_credit(&outer.text));
        authors.any(|authors| !authors.contains(&credit.text))
    }
}

/// Returns the authors whom a line of the page names.
fn of_line(line: &str, authors: Vec<String>) -> Sourced<Byline> {
    Sourced::new(Byline { authors }, EvidenceKind::Text, format!("`{line}`"))
}

/// Tells whether a block is a paragraph of the text rather than a line beside it.
pub(super) fn is_prose(block: &Block) -> bool {
    line_class::is_at_least(&block.text, LEAST_PROSE) && block.link_chars * 2 < block.chars
}

fn is_author_label(label: &str) -> bool {
    let label = label.to_lowercase();
    [
        "written by",
        "author",
        "geschrieben von",
        "verfasst von",
        "von",
        "escrito por",
        "écrit par",
        "scritto da",
        "por",
        "par",
    ]
    .contains(&label.trim())
}

/// Tells whether a credit is one of the article: by where it stands, and by its length.
pub(super) fn is_usable(credit: &MarkedCredit, headline_at: usize) -> bool {
    is_of_article(credit.zone, credit.position, headline_at) && credit.text.chars().count() <= 120
}

/// Tells whether a part of the page is about its article: by what it is called, or by standing right
/// below the headline.
pub(super) fn is_of_article(zone: Zone, position: usize, headline_at: usize) -> bool {
    let is_near = (headline_at..=headline_at + NEAREST_BLOCKS).contains(&position);
    !zone.is_any(Zone::COMMENTS | Zone::FOOTER) && (is_near || !zone.is_any(ELSEWHERE))
}

/// Tells whether a credit only repeats, with labels and buttons, the names in another that it holds.
fn is_around_another(
    outer: &MarkedCredit,
    names: &[String],
    all: &[(&MarkedCredit, Vec<String>)],
) -> bool {
    let inner: Vec<&String> = all
        .iter()
        .filter(|(credit, _)| {
            credit.text.len() < outer.text.len() && outer.text.contains(&credit.text)
        })
        .flat_map(|(_, names)| names)
        .collect();
    !inner.is_empty()
        && names.iter().all(|name| inner.iter().any(|inner| name.contains(inner.as_str())))
        || !inner.is_empty() && names.len() <= inner.len()
}

/// Tells whether all the names that readers see are among those stated.
fn is_part_of(marked: &Byline, stated: &Byline) -> bool {
    marked.authors.iter().all(|name| stated.authors.contains(name))
}

/// Returns the people whose surnames stand first, as in catalogues: `Doe, Jane; Roe, Jo`.
fn upright(value: &str) -> Option<Vec<String>> {
    let is_part = |part: &str| {
        part.starts_with(char::is_uppercase)
            && part.split(' ').all(|word| is_whole_name(word, true))
            && Agency::known(part).is_none()
            && !is_abbreviation(part)
            && !is_corporate(part)
    };
    let upright = |name: &str| {
        let (surname, given) = name.split_once(',')?;
        let (surname, given) = (surname.trim(), given.trim());
        let is_inverted = is_part(surname)
            && is_part(given)
            && !surname.contains(' ')
            && given.split(' ').count() <= 2;
        is_inverted.then(|| format!("{given} {surname}"))
    };
    value.split(';').map(upright).collect()
}

/// Returns the name at the end of the address of an author: `https://crier.example/authors/jane-doe`.
fn name_in_address(url: &str) -> Option<String> {
    let last = url.trim_end_matches('/').rsplit('/').next()?;
    let words: Vec<&str> = last.split('-').collect();
    let is_word = |word: &&str| word.len() >= 2 && word.chars().all(char::is_alphabetic);
    let is_name = (2..=3).contains(&words.len()) && words.iter().all(is_word);
    let name: Vec<String> = words.iter().map(|word| capitalised(word)).collect();
    Some(name.join(" ")).filter(|name| is_name && is_person(name) && byline::desk(name).is_none())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tells whether the names that readers see are those stated and more of them: the whole names, or
/// all authors where only one is stated.
fn is_fuller(marked: &Byline, stated: &Byline) -> bool {
    let is_seen = |name: &String| {
        let folded = fold(name);
        let is_short = |seen: &String| fold(seen).split_whitespace().any(|word| word == folded);
        is_login(name)
            || marked.authors.iter().any(|seen| fold(seen) == folded)
            || !name.contains(char::is_whitespace) && marked.authors.iter().any(is_short)
    };
    let is_plain = |name: &String| !name.split_whitespace().any(|word| PARTICLES.contains(&word));
    let is_alike = marked.authors.len() == stated.authors.len();
    marked.authors != stated.authors
        && marked.authors.len() <= 5
        && (is_alike || marked.authors.iter().all(is_plain))
        && marked.authors.iter().all(|name| is_whole_name(name, false))
        && stated.authors.iter().all(is_seen)
}

/// Adds the authors that are not known yet, by the letters of their names: `jane.doe` is Jane Doe.
fn extend_unique(authors: &mut Vec<String>, more: Vec<String>) {
    for author in more {
        if !authors.iter().any(|known| squeeze(known) == squeeze(&author)) {
            authors.push(author);
        }
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::ingest::extract::page::json_ld::LinkedData;
    use crate::ingest::extract::page::model::Page;

    fn authors(html: &str) -> Vec<String> {
        let page = Page::of(&Document::from(html));
        let data = LinkedData::of(&page);
        let metadata = Metadata { page: &page, data: &data };
        let byline = metadata.byline(metadata.headline().position);
        byline.map(|byline| byline.value.authors).unwrap_or_default()
    }

    #[test]
    fn authors_come_before_the_site() {
        let html =
            "<meta property=og:site_name content='The Crier'><meta name=author content='The Crier'>
            <h1>Talks go on</h1><p>By Jane Doe</p><p>The talks went on.</p>";
        assert_eq!(authors(html), ["Jane Doe"]);
        let html = "<meta name=author content='The Crier'><h1>Talks go on</h1><p>They did.</p>";
        assert_eq!(authors(html), ["The Crier"]);
        let html = "<meta property=og:site_name content='The Crier - News'>
            <meta name=author content='The Crier'><meta name=parsely-author content='Jane Doe'>";
        assert_eq!(authors(html), ["Jane Doe"]);
        let html = "<meta name=author content='Institute of Talks'><h1>Talks go on</h1>
            <p>Author: Jane Doe</p>";
        assert_eq!(authors(html), ["Jane Doe"]);
    }

    #[test]
    fn lines_that_name_an_author_are_read() {
        let page = |line: &str| format!("<h1>Talks go on</h1><div>{line}</div><p>They did.</p>");
        for line in [
            "Posted on March 3, 2020 by Jane Doe",
            "Geneva | By Jane Doe | March 3, 2020",
            "Datum: 3.3.2020 Autorin: Jane Doe Quelle: Crier",
            "---- by Jane Doe",
            "Posted by Jane Doe under Talks, Lakes, Ministers and what they said | Tags: Geneva, talks
            and more talks, lakes | 5 Comments",
        ] {
            assert_eq!(authors(&page(line)), ["Jane Doe"], "{line}");
        }
        assert!(authors(&page("Talks led by many go on in Geneva")).is_empty());
    }

    #[test]
    fn who_posted_an_article_comes_before_who_made_the_site() {
        let page = |line: &str, end: &str| {
            format!(
                "<meta name=author content='Lake Rowing Club'><h1>Talks go on</h1><p>{line}</p>
                <p>They did, all of the day.</p>{end}"
            )
        };
        let posted = "Posted by Jane on March 3, 2020";
        assert_eq!(authors(&page(posted, "")), ["Jane"]);
        // Readers see who is stated, the line gives no day, or it names an account.
        assert_eq!(authors(&page(posted, "<p>Lake Rowing Club</p>")), ["Lake Rowing Club"]);
        assert_eq!(authors(&page("Posted by Jane", "")), ["Lake Rowing Club"]);
        assert_eq!(authors(&page("Posted by jdoe7 on March 3, 2020", "")), ["Lake Rowing Club"]);
    }

    #[test]
    fn people_named_further_down_come_before_the_site() {
        let html = "<meta property=og:site_name content='The Lake Press'><h1>Talks go on</h1>
            <div>By</div><div>The Lake Press</div><p>They did.</p><p>Written by: Jane Doe</p>";
        assert_eq!(authors(html), ["Jane Doe"]);
        let html = html.replace("Written by: Jane Doe", "The lake is deep.");
        assert_eq!(authors(&html), ["The Lake Press"]);
    }

    #[test]
    fn credits_among_related_articles_are_not_added() {
        let html = "<h1>Talks go on</h1><div class=author>Jane Doe</div><div class=related>
            <h2>A deep lake</h2><div class=author>Jo Roe</div></div>";
        assert_eq!(authors(html), ["Jane Doe"]);
    }

    #[test]
    fn a_label_names_who_stands_in_the_next_line() {
        let page = |label: &str, line: &str| {
            let talks = "<p>They went on and on, and so did the day.</p>".repeat(20);
            format!("<h1>Talks go on</h1>{talks}<b>{label}</b><br><br>{line}<div>x</div>")
        };
        assert_eq!(authors(&page("Text:", "Jane Doe")), ["Jane Doe"]);
        assert_eq!(authors(&page("By", "jdoe7")), ["jdoe7"]);
        assert!(authors(&page("Text:", "Photos")).is_empty());
        assert!(authors(&page("Talks:", "Jane Doe")).is_empty());
    }

    #[test]
    fn the_fullest_statement_counts() {
        let html = "<h1>Talks go on</h1><div class=byline><span><a rel=author>Jane Doe</a> and
            Jo Roe</span></div>";
        assert_eq!(authors(html), ["Jane Doe", "Jo Roe"]);
        let html = "<meta name=citation_author content='Jane Doe'>
            <meta name=author content='A. Cited'>";
        assert_eq!(authors(html), ["Jane Doe"]);
    }

    #[test]
    fn fewer_than_are_stated_replace_nobody() {
        let html = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"author\":
            [{\"name\": \"Jane Doe\"}, {\"name\": \"Jo Roe\"}, {\"name\": \"AFP\"}]}</script>
            <meta name=author content='Jane Doe'><h1>Talks go on</h1><a rel=author>Jane Doe</a>";
        assert_eq!(authors(html), ["Jane Doe", "Jo Roe"]);
    }

    #[test]
    fn addresses_and_catalogues_give_names_as_readers_see_them() {
        let address = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"author\":
            {\"@type\": \"Person\", \"name\": \"https://crier.example/authors/jane-doe\"}}</script>";
        assert_eq!(authors(address), ["Jane Doe"]);
        let marked = format!("{address}<h1>Talks go on</h1><p class=byline>By Jané Doe</p>");
        assert_eq!(authors(&marked), ["Jané Doe"]);
        assert_eq!(name_in_address("https://crier.example/jdoe"), None);
        assert_eq!(name_in_address("https://crier.example/news-desk"), None);

        let creator = |value: &str| authors(&format!("<meta name=DC.creator content='{value}'>"));
        assert_eq!(creator("Doe, Jane"), ["Jane Doe"]);
        assert_eq!(creator("Doe, Jane P.; Roe, Jo"), ["Jane P. Doe", "Jo Roe"]);
        assert_eq!(creator("Jane Doe, Jo Roe"), ["Jane Doe", "Jo Roe"]);
    }

    #[test]
    fn credits_before_and_behind_line_breaks_are_read() {
        for line in [
            "<b>By Jane Doe</b><br>Crier Staff Writer",
            "The lake is deep<br>By Jane Doe<br>Crier Staff Writer<br>May 12, 1998",
        ] {
            let html = format!("<h2>Talks go on</h2>{line}<p>They did.</p>");
            assert_eq!(authors(&html), ["Jane Doe"], "{line}");
        }
    }

    #[test]
    fn a_signature_with_agency_and_day_is_the_authors() {
        let prose = "<p>Ministers met by the lake on Sunday and said that they would go on with the
            talks, which have gone on for two years without an end in sight.</p>";
        let html = format!("<h1>Talks go on</h1>{prose}<p>(Jane Doe, APA, 13.6.2022)</p>");
        assert_eq!(authors(&html), ["Jane Doe"]);
    }

    #[test]
    fn who_put_the_article_on_the_page_is_not_its_author() {
        let stated = |name: &str| {
            format!(
                "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"author\":
                {{\"@type\": \"Person\", \"name\": \"{name}\", \"description\": \"Jane Doe reports.\"}}}}
                </script>"
            )
        };
        let marked = "<h1>Talks go on</h1><div itemprop=author>By Jo Roe</div>";
        let meta = "<meta name=parsely-author content='Jo Roe'>";
        assert_eq!(authors(&format!("{}{meta}{marked}", stated("Ann Poster"))), ["Jo Roe"]);
        assert_eq!(authors(&format!("{}{marked}", stated("Ann Poster"))), ["Ann Poster"]);
        assert_eq!(authors(&stated("Jane")), ["Jane Doe"]);
        let line = "<h1>Talks go on</h1><p>By Jo Roe</p>";
        assert_eq!(authors(&format!("{}{line}", stated("J-MAG"))), ["Jo Roe"]);
        assert_eq!(authors(&format!("{}{line}", stated("Ann Poster"))), ["Ann Poster"]);

        let site = "<meta property=og:site_name content='The Crier'>
            <meta name=author content='Jane Doe, The Crier'>
            <h1>Talks go on</h1><div itemprop=author>Jane Doe, The Crier</div>";
        assert_eq!(authors(site), ["Jane Doe"]);
    }

    #[test]
    fn translators_and_accounts_elsewhere_are_no_authors() {
        let html = "<h1>Talks go on</h1><div class=author>By Jane Doe
            Translated by Jo Roe</div>";
        assert_eq!(authors(html), ["Jane Doe"]);
        assert!(authors("<meta name=twitter:creator content='@thecrier'>").is_empty());
        assert_eq!(authors("<meta name=twitter:creator content='Jane Doe'>"), ["Jane Doe"]);
        assert!(authors("<meta name=author content='crier.example.de, Bern, CH'>").is_empty());
    }

    #[test]
    fn names_that_stand_alone_are_authors() {
        let prose = "<p>Ministers met by the lake on Sunday and said that they would go on with the
            talks, which have gone on for two years without an end in sight.</p>";
        let beside =
            "<h1>Talks go on</h1><ul><li>Comment<li>19 October 2019<li>Boris T. Kaiser</ul>";
        assert_eq!(authors(&format!("{beside}{prose}")), ["Boris T. Kaiser"]);
        let signed = format!("<h1>Talks go on</h1>{prose}<p><b>Marina Mucha</b></p>");
        assert_eq!(authors(&signed), ["Marina Mucha"]);
        let holder = |line: &str| format!("<h1>Talks go on</h1>{prose}<p>{line}</p>");
        assert_eq!(authors(&holder("© 2019 Marina Mucha")), ["Marina Mucha"]);
        assert!(authors(&holder("Copyright: Marina Mucha")).is_empty());
        let button = format!("<h1>Talks go on</h1>{prose}<p>Tweet This</p><p>All of this</p>");
        assert!(authors(&button).is_empty());
        let bio = "<div class=author-bio><h3>Martin Junker</h3><p>Our man of many years</p></div>";
        assert_eq!(authors(&format!("<h1>Talks go on</h1>{prose}{bio}")), ["Martin Junker"]);
        let initials = prose.replace("sight.", "sight. (Jane P. Doe) +++");
        assert_eq!(authors(&format!("<h1>Talks go on</h1>{initials}")), ["Jane P. Doe"]);
        assert_eq!(authors(&format!("<h1>Talks go on</h1>{initials}{prose}")), ["Jane P. Doe"]);
    }

    #[test]
    fn credits_of_others_and_of_the_headline_are_left_out() {
        let html = "<h1>Truckwash of the North</h1><span class=author>Truckwash of the North</span>
            <span class=author>Jane Doe</span>";
        assert_eq!(authors(html), ["Jane Doe"]);
        let html = "<h1>Talks go on</h1><div class=author><span>By Jane Doe</span>
            <span>Translated by <a class=author>Jo Roe</a></span></div>";
        assert_eq!(authors(html), ["Jane Doe"]);
    }

    #[test]
    fn tags_and_owners_of_pictures_are_no_authors() {
        let html =
            "<h1>Talks go on</h1><div class=author>A Lake / B Town / C Hall / D Road / E Hill
            / F Wood</div>";
        assert!(authors(html).is_empty());
        let html = "<h1>Talks go on</h1><a class='license-author neutral'>Jo Roe</a>
            <p class=author>Jane Doe</p>";
        assert_eq!(authors(html), ["Jane Doe"]);
        let html =
            "<h1>Talks go on</h1><div class=license-info><i class=author-name>Jo Roe</i></div>
            <p class=author>Jane Doe</p>";
        assert_eq!(authors(html), ["Jane Doe"]);
    }

    #[test]
    fn bodies_and_roles_are_not_split_into_names() {
        let html = "<meta name=author content='Amt für Wald und Forst'><h1>Talks go on</h1>";
        assert_eq!(authors(html), ["Amt für Wald und Forst"]);
        for line in ["Jane Doe, Projektleiterin der Stiftung", "Jane Doe, Wald and Hill University"]
        {
            let html = format!("<h1>Talks go on</h1><p>Autorin: {line}</p>");
            assert_eq!(authors(&html), ["Jane Doe"], "{line}");
        }
    }
}
