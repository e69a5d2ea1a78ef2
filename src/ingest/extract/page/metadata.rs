//! Outlet, section, address and language of a page, and what its site is called.
//!
//! Each comes from the first of JSON-LD, Open Graph, other `meta` elements and the title that has a
//! usable value. The headline is in `headline`, the authors are in `authors`.

use super::headline::SEPARATORS;
use super::json_ld::LinkedData;
use super::model::Page;
use crate::article::{EvidenceKind, Outlet, Sourced};
use crate::ingest::extract::{address, fields};
use crate::text::{Language, fold};

/// Finds the metadata of a page.
pub(super) struct Metadata<'page> {
    pub(super) page: &'page Page,
    pub(super) data: &'page LinkedData,
}

impl Metadata<'_> {
    /// Tells whether the words are the name of the site, as it states it or as its host is called, or
    /// little more than that.
    pub(super) fn is_site_name(&self, words: &str) -> bool {
        let squeezed = squeeze(words);
        if squeezed.is_empty() {
            return false;
        }
        let is_part = |name: &str| {
            let marks = [" - ", " – ", " | "];
            marks.iter().any(|mark| name.split(mark).any(|part| squeeze(part) == squeezed))
        };
        if self.site_names().any(is_part) {
            return true;
        }
        self.squeezed_site_names().any(|name| {
            let near = name.len() >= 4
                && squeezed.len() >= 4
                && (squeezed.contains(name.as_str()) || name.contains(&squeezed));
            name == squeezed || near && squeezed.len() <= name.len() * 2
        })
    }

    /// Tells whether the words are the name of the site letter for letter.
    pub(super) fn is_exact_site_name(&self, words: &str) -> bool {
        let squeezed = squeeze(words);
        self.squeezed_site_names().any(|name| name == squeezed)
    }

    /// Returns the names that the site states, its host, and what stands before the last label of that.
    fn squeezed_site_names(&self) -> impl Iterator<Item = String> {
        let host = self.stated_url().and_then(|url| fields::host(&url).map(str::to_owned));
        let of_host = host.map_or_else(Vec::new, |host| {
            let labels = host.rsplit('.').skip(1).take(2).filter(|label| label.len() > 3);
            labels.chain([host.as_str()]).map(squeeze).collect()
        });
        self.site_names().map(squeeze).chain(of_host)
    }

    fn site_names(&self) -> impl Iterator<Item = &str> {
        let site = self.page.meta(&["og:site_name"]);
        let metas = [
            "application-name",
            "publisher",
            "dc.publisher",
            "apple-mobile-web-app-title",
            "al:android:app_name",
            "twitter:app:name:iphone",
        ];
        // Some state the title of each page as the name of their application.
        let is_title =
            |name: &str| name == self.page.title && self.page.meta(&["og:title"]) == Some(name);
        let stated = metas.into_iter().filter_map(|name| self.page.meta(&[name]));
        let stated = stated.filter(move |name| !is_title(name));
        site.into_iter().chain(stated).chain(self.data.publisher.as_deref())
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
        let saved =
            self.page.saved_from.as_deref().map(|url| (url, EvidenceKind::Markup, "saved from"));
        let (url, kind, detail) = [canonical, meta, json_ld, saved]
            .into_iter()
            .flatten()
            .find(|(url, ..)| is_page_address(url))?;
        Some(Sourced::new(address::of_original(url), kind, detail))
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
    let (_, name) = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · "]
        .iter()
        .filter(|separator| rest.starts_with(**separator))
        .find_map(|separator| rest.split_once(separator))?;
    let is_name = name.split_whitespace().count() <= 4
        && name.chars().count() <= 40
        && name.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
        && !SEPARATORS.iter().any(|separator| name.contains(separator));
    is_name.then_some(name)
}

/// Tells whether an address is one of a page rather than of the whole site.
fn is_page_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    matches!(scheme, "http" | "https") && !path.is_empty()
}

/// Returns the letters and digits of a text, folded, to compare names however they are spaced.
pub(super) fn squeeze(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Returns the text with single spaces.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
