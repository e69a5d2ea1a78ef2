//! A draft: what a reader found of one record, before it is given an identity and tidied.

use chrono::{DateTime, FixedOffset};

use crate::article::{
    Article, ArticleId, Byline, ContentHash, Dateline, GivenEntity, Outlet, PublicationDate,
    SourceLocator, Sourced,
};
use crate::text::Language;

/// What is known of a file from outside it; readers use it where a record says nothing itself.
#[derive(Clone, Debug, Default)]
pub struct FileContext {
    /// The path of the file relative to the archive, with `/` between its parts.
    pub path: String,
    /// When the file was last modified: no article in it is younger.
    pub modified: Option<DateTime<FixedOffset>>,
}

/// The fields of an article as a reader found them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The headline.
    pub title: Option<Sourced<String>>,
    /// The text, paragraphs separated by blank lines; tidied by [`Draft::finish`].
    pub body: String,
    /// When it was published.
    pub published: Option<Sourced<PublicationDate>>,
    /// The dateline, already taken off the body.
    pub dateline: Option<Dateline>,
    /// The credit line.
    pub byline: Option<Sourced<Byline>>,
    /// The publication.
    pub outlet: Option<Sourced<Outlet>>,
    /// The part of the publication.
    pub section: Option<Sourced<String>>,
    /// The language, where the record states it.
    pub language: Option<Sourced<Language>>,
    /// The canonical address.
    pub url: Option<Sourced<String>>,
    /// The entities that the record names as such.
    pub given_entities: Vec<GivenEntity>,
}

impl Draft {
    /// Returns the article at `locator` whose record has these bytes, with a tidy title and body:
    /// NFC, one blank line between paragraphs, single spaces inside them.
    pub fn finish(self, locator: SourceLocator, record: &[u8]) -> Article {
        Article {
            id: ArticleId::of(&locator),
            content_hash: ContentHash::of(record),
            locator,
            title: self.title.map(|title| title.map(|text| tidy_line(&text))),
            body: tidy_body(&self.body),
            published: self.published,
            dateline: self.dateline,
            byline: self.byline,
            outlet: self.outlet,
            section: self.section,
            language: self.language,
            url: self.url,
            given_entities: self.given_entities,
            mentions: Vec::new(),
        }
    }
}

fn tidy_line(line: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut tidy = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.extend(word.chars().filter(|letter| !letter.is_control()).nfc());
    }
    tidy
}

/// Puts each paragraph, which a blank line ends, on one line.
fn tidy_body(body: &str) -> String {
    let mut tidy = String::with_capacity(body.len());
    let mut paragraph = String::new();
    for line in body.lines().chain([""]) {
        let line = tidy_line(line);
        if !line.is_empty() {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&line);
        } else if !paragraph.is_empty() {
            if !tidy.is_empty() {
                tidy.push_str("\n\n");
            }
            tidy.push_str(&paragraph);
            paragraph.clear();
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_hold_a_paragraph_a_line() {
        assert_eq!(tidy_body(" a \n b\n\n\n\tc\u{0}\r\n"), "a b\n\nc");
    }
}
