//! Title, authors, outlet, section, address and language of a page.
//!
//! Each comes from the first of JSON-LD, Open Graph, other `meta` elements, microdata, headings and
//! classes that has a usable value; titles are compared with one another to take the site's name off.

use super::json_ld::LinkedData;
use super::model::{BlockKind, MarkedCredit, Page};
use super::zone::Zone;
use crate::article::{Byline, Confidence, EvidenceKind, Outlet, Sourced};
use crate::ingest::extract::{byline, fields};
use crate::text::{Language, fold};

/// Marks that separate a headline from the name of its site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", " > ", " ~ ", ": ", "|",
    " : ",
];

/// Parts of a page whose credits are not those of its article.
const ELSEWHERE: Zone =
    Zone::COMMENTS.or(Zone::RELATED).or(Zone::ASIDE).or(Zone::FOOTER).or(Zone::PROMOTION);

/// The blocks from the headline on that are about the article whatever they are called.
const NEAREST_BLOCKS: usize = 4;

/// `meta` elements that name authors, the most trusted first.
const AUTHOR_METAS: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.personalname",
    "parsely-author",
    "sailthru.author",
    "citation_author",
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
];

/// The headline, and the number of blocks before it.
pub(super) struct Headline {
    pub(super) title: Option<Sourced<String>>,
    pub(super) position: usize,
}

/// Finds the metadata of a page.
pub(super) struct Metadata<'page> {
    pub(super) page: &'page Page,
    pub(super) data: &'page LinkedData,
}

impl Metadata<'_> {
    /// Returns the headline: the heading that the titles of the page repeat, or else the title stated,
    /// without the name of the site.
    pub(super) fn headline(&self) -> Headline {
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
        if let Some((kind, title, name)) = stated.first() {
            let is_loose = *name == "title";
            let title = self.without_site_name(title);
            let title = if is_loose { without_last_part(&title) } else { before_bar(&title) };
            let title = title.to_owned();
            let position = self.position_of(&title);
            return Headline { title: Some(Sourced::new(title, *kind, *name)), position };
        }
        let heading = self.headings(1).next().or_else(|| self.headings(2).next());
        match heading {
            Some((position, heading)) => self.headline_at(position, heading, "heading"),
            None => Headline { title: None, position: 0 },
        }
    }

    /// Returns the heading, and its block, that a stated title holds: a first-level one before a
    /// lower one, and the longest before the name of a site or a section.
    fn repeated_heading(
        &self,
        stated: &[(EvidenceKind, String, &'static str)],
    ) -> Option<(usize, &str)> {
        let titles: Vec<String> = stated.iter().map(|(_, title, _)| squeeze(title)).collect();
        let is_repeated = |heading: &str, level: u8| {
            let heading_squeezed = squeeze(heading);
            heading.chars().count() >= if level == 1 { 4 } else { 12 }
                && titles.iter().any(|title| holds(title, &heading_squeezed))
                && !self.is_site_name(heading)
        };
        (1..=3).find_map(|level| {
            let repeated = self.headings(level).filter(|(_, heading)| is_repeated(heading, level));
            let found = repeated
                .max_by_key(|(at, heading)| (heading.chars().count(), std::cmp::Reverse(*at)))?;
            let is_title = level > 1 || titles.iter().any(|title| *title == squeeze(found.1));
            // An `h1` with the name of the site may stand above the `h2` of the article.
            let lower = (!is_title).then(|| self.longer_heading(found.1, &titles)).flatten();
            Some(lower.unwrap_or(found))
        })
    }

    /// Returns a second-level heading that is a title as a whole, and longer than `heading`.
    fn longer_heading(&self, heading: &str, titles: &[String]) -> Option<(usize, &str)> {
        self.headings(2).find(|(_, lower)| {
            let squeezed = squeeze(lower);
            lower.len() > heading.len() && titles.iter().any(|title| holds(title, &squeezed))
        })
    }

    fn headline_at(&self, position: usize, heading: &str, name: &str) -> Headline {
        let title = Sourced::new(heading.to_owned(), EvidenceKind::Markup, name);
        Headline { title: Some(title), position }
    }

    /// Returns the titles that the page states, the most trusted first.
    fn stated_titles(&self) -> Vec<(EvidenceKind, String, &'static str)> {
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

    fn headings(&self, level: u8) -> impl Iterator<Item = (usize, &str)> {
        self.page.blocks.iter().enumerate().filter_map(move |(at, block)| {
            let is_title = block.kind == BlockKind::Heading(level)
                && !block
                    .zone
                    .is_any(Zone::COMMENTS | Zone::RELATED | Zone::FOOTER | Zone::NAVIGATION);
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
        found.or_else(|| self.page.headline_block()).unwrap_or(0)
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
            self.is_site_name(site).then(|| headline.trim())
        })
    }

    /// Tells whether the words are the name of the site, as it states it or as its host is called.
    fn is_site_name(&self, words: &str) -> bool {
        let squeezed = squeeze(words);
        if squeezed.is_empty() {
            return false;
        }
        let mut names: Vec<String> = self.site_names().map(squeeze).collect();
        if let Some(host) = self.stated_url().and_then(|url| fields::host(&url).map(str::to_owned))
        {
            names.push(squeeze(&host));
            names.extend(
                host.rsplit('.').skip(1).take(2).filter(|label| label.len() > 3).map(squeeze),
            );
        }
        names.iter().any(|name| {
            let near = name.len() >= 4
                && squeezed.len() >= 4
                && (squeezed.contains(name.as_str()) || name.contains(&squeezed));
            *name == squeezed || near && squeezed.len() <= name.len() * 3
        })
    }

    fn site_names(&self) -> impl Iterator<Item = &str> {
        let metas = [
            "og:site_name",
            "application-name",
            "publisher",
            "dc.publisher",
            "apple-mobile-web-app-title",
            "al:android:app_name",
            "twitter:app:name:iphone",
        ];
        let stated = metas.into_iter().filter_map(|name| self.page.meta(&[name]));
        stated.chain(self.data.publisher.as_deref())
    }

    /// Returns every author that the page names; a desk only where nobody is named, and the site itself
    /// only where there is not even one.
    pub(super) fn byline(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let stated = self.stated_authors();
        let marked = self.marked_authors(headline_at);
        let is_weak = |byline: &Sourced<Byline>| self.is_site_or_body(&byline.value.authors);
        if let Some(stated) = stated.as_ref().filter(|stated| !is_weak(stated)) {
            let fuller = marked.filter(|marked| is_fuller(&marked.value, &stated.value));
            return fuller.or_else(|| Some(self.without_site(stated)));
        }
        let low = |byline| fields::with_confidence(byline, Confidence::Low);
        marked
            .or_else(|| self.credit_line(headline_at))
            .or_else(|| self.desk(headline_at).map(low))
            .or_else(|| stated.map(low))
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
            extend_unique(&mut authors, self.people(name));
        }
        if !authors.is_empty() {
            return Some(Sourced::new(Byline { authors }, EvidenceKind::JsonLd, "author"));
        }
        for name in AUTHOR_METAS.iter().copied() {
            let is_label = name == "twitter:data1"
                && !self.page.meta(&["twitter:label1"]).is_some_and(is_author_label);
            if is_label {
                continue;
            }
            for (_, value) in self.page.metas.iter().filter(|(key, _)| key == name) {
                extend_unique(&mut authors, self.people(value));
            }
            if !authors.is_empty() {
                return Some(Sourced::new(Byline { authors }, EvidenceKind::Meta, name));
            }
        }
        None
    }

    /// Returns the authors that markup sets off near the headline, those of comments left out.
    fn marked_authors(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        for is_explicit in [true, false] {
            let mut nearest: Vec<(&MarkedCredit, Vec<String>)> = self
                .page
                .credits
                .iter()
                .filter(|credit| credit.is_explicit == is_explicit)
                .filter(|credit| is_usable(credit, headline_at))
                .map(|credit| (credit, self.people(&credit.text)))
                .filter(|(_, authors)| !authors.is_empty())
                .collect();
            nearest.sort_by_key(|(credit, _)| credit.position.abs_diff(headline_at));
            let Some(first) = nearest.first().map(|(credit, _)| credit.position) else { continue };
            nearest.retain(|(credit, _)| credit.position.abs_diff(first) <= 2);
            let mut authors: Vec<String> = Vec::new();
            for (credit, named) in &nearest {
                if !is_around_another(credit, named, &nearest) {
                    extend_unique(&mut authors, named.clone());
                }
            }
            let evidence = if is_explicit { "marked as the author" } else { "class of an author" };
            return Some(Sourced::new(Byline { authors }, EvidenceKind::Markup, evidence));
        }
        None
    }

    /// Returns the authors of a line near the headline that reads like a credit: "By Jane Doe", or a
    /// date and a name.
    fn credit_line(&self, headline_at: usize) -> Option<Sourced<Byline>> {
        let blocks = self.page.blocks.iter().skip(headline_at.saturating_sub(1)).take(12);
        let mut lines = blocks.filter(|block| block.chars <= 100 && !block.zone.is_any(ELSEWHERE));
        let (line, authors) = lines.find_map(|block| {
            let authors = self.credited(&block.text);
            (!authors.is_empty()).then_some((&block.text, authors))
        })?;
        let found = Sourced::new(Byline { authors }, EvidenceKind::Text, format!("`{line}`"));
        Some(fields::with_confidence(found, Confidence::Medium))
    }

    fn credited(&self, line: &str) -> Vec<String> {
        if byline::is_byline(line) {
            let people = self.people(line);
            let is_plain = people.len() == 1;
            let is_name = |name: &String| is_whole_name(name, is_plain) || is_abbreviation(name);
            let are_names = people.iter().all(is_name)
                && people.iter().any(|name| is_whole_name(name, is_plain));
            return if are_names { people } else { Vec::new() };
        }
        let Some(rest) = byline::beside_date(line) else { return Vec::new() };
        self.people(&rest)
    }

    /// Returns the people that a credit names: not addresses, nor the site itself.
    fn people(&self, credit: &str) -> Vec<String> {
        byline::parse_marked(credit).into_iter().filter(|author| is_person(author)).collect()
    }

    /// Returns the outlet: the name that the site gives itself, or else its publisher, or else what
    /// follows the headline in the title of the page.
    pub(super) fn outlet(&self, headline: Option<&str>) -> Option<Sourced<Outlet>> {
        let site = self
            .page
            .meta(&["og:site_name"])
            .filter(|name| !name.contains("://"))
            .map(|name| (name, EvidenceKind::Meta, "og:site_name"));
        let publisher =
            self.data.publisher.as_deref().map(|name| (name, EvidenceKind::JsonLd, "publisher"));
        let other = self
            .page
            .meta(&["publisher", "dc.publisher", "application-name"])
            .filter(|name| !name.contains("://"))
            .map(|name| (name, EvidenceKind::Meta, "publisher"));
        let in_title =
            || Some((name_after(headline?, &self.page.title)?, EvidenceKind::Markup, "title"));
        let (name, kind, detail) = site.or(publisher).or(other).or_else(in_title)?;
        Some(Sourced::new(Outlet::new(name)?, kind, detail))
    }

    /// Returns the section of the outlet.
    pub(super) fn section(&self) -> Option<Sourced<String>> {
        let meta = self.page.meta(&[
            "article:section",
            "section",
            "cxenseparse:recs:category",
            "parsely-section",
            "og:article:section",
            "articlesection",
            "dcsext.section",
            "sailthru.section",
        ]);
        let section = meta.map(|name| (name, EvidenceKind::Meta)).or(self
            .data
            .section
            .as_deref()
            .map(|name| (name, EvidenceKind::JsonLd)))?;
        let name = tidy(section.0);
        (!name.is_empty() && name.chars().count() <= 60)
            .then(|| Sourced::new(name, section.1, "section"))
    }

    /// Returns the canonical address.
    pub(super) fn url(&self) -> Option<Sourced<String>> {
        let canonical =
            self.page.canonical.as_deref().map(|url| (url, EvidenceKind::Markup, "canonical"));
        let meta = self
            .page
            .meta(&["og:url", "twitter:url", "dc.identifier"])
            .map(|url| (url, EvidenceKind::Meta, "og:url"));
        let json_ld = self.data.url.as_deref().map(|url| (url, EvidenceKind::JsonLd, "url"));
        let found = [canonical, meta, json_ld]
            .into_iter()
            .flatten()
            .find(|(url, ..)| is_page_address(url))?;
        Some(Sourced::new(found.0.to_owned(), found.1, found.2))
    }

    fn stated_url(&self) -> Option<String> {
        self.url().map(|url| url.value)
    }

    /// Returns the language that the page states.
    pub(super) fn language(&self) -> Option<Language> {
        let meta = self.page.meta(&[
            "og:locale",
            "content-language",
            "dc.language",
            "language",
            "inlanguage",
            "dcterms.language",
        ]);
        let stated = [self.page.language.as_deref(), self.data.language.as_deref(), meta];
        stated.into_iter().flatten().find_map(Language::parse)
    }
}

/// Returns the short name that a title gives after a mark and the headline: "Talks go on - The Crier".
fn name_after<'title>(headline: &str, title: &'title str) -> Option<&'title str> {
    let rest = title.strip_prefix(headline)?;
    let (_, name) = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "]
        .iter()
        .filter(|separator| rest.starts_with(**separator))
        .find_map(|separator| rest.split_once(separator))?;
    let is_name = name.split_whitespace().count() <= 4
        && name.chars().count() <= 40
        && name.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
        && !SEPARATORS.iter().any(|separator| name.contains(separator));
    is_name.then_some(name)
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
fn is_usable(credit: &MarkedCredit, headline_at: usize) -> bool {
    let is_near = (headline_at..=headline_at + NEAREST_BLOCKS).contains(&credit.position);
    let is_elsewhere = credit.zone.is_any(Zone::COMMENTS | Zone::FOOTER)
        || !is_near && credit.zone.is_any(ELSEWHERE);
    !is_elsewhere && credit.text.chars().count() <= 120
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

/// Words in small letters that are part of names.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el",
    "al", "bin", "ibn", "zu", "y", "ter", "ten", "af", "av", "zur", "vom", "ben",
];

/// Tells whether a name is first name and surname, or a single word where that is enough.
fn is_whole_name(name: &str, one_word_is_enough: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let least = if one_word_is_enough { 1 } else { 2 };
    let is_part = |word: &&str| {
        word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
            || PARTICLES.contains(word)
    };
    (least..=5).contains(&words.len()) && words.iter().all(is_part)
}

/// Tells whether a name is that of an agency or a station: `NDR`.
fn is_abbreviation(name: &str) -> bool {
    (2..=5).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Tells whether a name is that of a company, a society or a host.
fn is_corporate(name: &str) -> bool {
    const FORMS: &[&str] = &[
        "gmbh",
        "ag",
        "kg",
        "ev",
        "inc",
        "ltd",
        "llc",
        "plc",
        "se",
        "sa",
        "srl",
        "bv",
        "co",
        "corp",
        "stiftung",
        "foundation",
        "verband",
        "verein",
        "verlag",
        "institut",
        "institute",
    ];
    let lower = name.to_lowercase();
    let is_form = |word: &str| {
        let bare: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        FORMS.contains(&bare.as_str())
    };
    let is_host = !lower.contains(char::is_whitespace)
        && lower.rsplit_once('.').is_some_and(|(name, end)| {
            let is_end =
                (2..=3).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase());
            name.len() > 1 && (is_end || matches!(end, "info" | "news" | "blog"))
        });
    is_host || lower.ends_with("e. v.") || lower.split([' ', '-']).any(is_form)
}

/// Tells whether the names that readers see are those stated and more of them: the whole names, or
/// all authors where only one is stated.
fn is_fuller(marked: &Byline, stated: &Byline) -> bool {
    let is_account = |name: &str| {
        !name.contains(char::is_whitespace)
            && (name.contains(['.', '-', '_']) || name.contains(|letter: char| letter.is_numeric()))
            && !name.contains(char::is_uppercase)
    };
    let is_seen = |name: &String| {
        let folded = fold(name);
        let is_short = |seen: &String| fold(seen).split_whitespace().any(|word| word == folded);
        is_account(name)
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

fn extend_unique(authors: &mut Vec<String>, more: Vec<String>) {
    for author in more {
        if !authors.iter().any(|known| fold(known) == fold(&author)) {
            authors.push(author);
        }
    }
}

/// Tells whether a name can be a person's: no address, no number, at most five words.
fn is_person(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let is_address = name.contains("://")
        || name.contains("www.")
        || name.ends_with(".com")
        || name.starts_with('@');
    let lower = name.to_lowercase();
    let is_nobody = [
        "admin",
        "administrator",
        "editor",
        "staff",
        "none",
        "null",
        "unknown",
        "guest",
        "anonymous",
    ]
    .contains(&lower.as_str());
    (1..=5).contains(&words) && !is_address && !is_nobody && name.chars().count() >= 2
}

/// Tells whether an address is one of a page rather than of the whole site.
fn is_page_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    matches!(scheme, "http" | "https") && !path.is_empty()
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

/// Takes the last part off a title that nothing else on the page confirms, where a separator sets it
/// off and it is short: the name of a site that the site does not state.
fn without_last_part(title: &str) -> &str {
    let headline = before_bar(title);
    if headline.len() < title.len() {
        return headline;
    }
    let parts = [" - ", " – ", " — ", " :: ", " » ", " • ", " · "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator));
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

/// Returns the letters and digits of a text, folded, to compare names however they are spaced.
fn squeeze(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
