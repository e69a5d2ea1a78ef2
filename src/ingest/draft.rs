//! A draft: what a reader found of one record, before it is given an identity and tidied.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};

use crate::article::{
    Agency, Article, ArticleId, Byline, ContentHash, Dateline, GivenEntity, Outlet,
    PublicationDate, SourceLocator, Sourced,
};
use crate::text::{Language, words};

/// The number of words up to which a line is a title. What is longer is text that stands where a
/// title was looked for, and an index keeps only so many words apart from the body.
const MOST_TITLE_WORDS: usize = 100;

/// What is known of a file from outside it; readers use it where a record says nothing itself.
#[derive(Clone, Debug, Default)]
pub struct FileContext {
    /// The path of the file relative to the archive, with `/` between its parts.
    pub path: String,
    /// When the file was last modified: no article in it is younger.
    pub modified: Option<DateTime<FixedOffset>>,
    /// The address that a web archive says the page was fetched from.
    pub url: Option<String>,
    /// Where the file lies, for readers that look beside it; `None` for members of containers and
    /// what is in memory.
    pub location: Option<PathBuf>,
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
    /// The news agencies whose report it is.
    pub agencies: Option<Sourced<Vec<Agency>>>,
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
    /// NFC, one blank line between paragraphs, single spaces inside them. The first hundred
    /// words of a longer title are kept, and all of it opens the body.
    pub fn finish(self, locator: SourceLocator, record: &[u8]) -> Article {
        let mut body = tidy_body(&self.body);
        let title = self.title.map(|title| {
            title.map(|text| {
                let line = tidy_line(&text);
                match end_of_long_title(&line) {
                    Some(end) => {
                        let short = format!("{} …", &line[..end]);
                        body = if body.is_empty() { line } else { format!("{line}\n\n{body}") };
                        short
                    }
                    None => line,
                }
            })
        });
        Article {
            id: ArticleId::of(&locator),
            content_hash: ContentHash::of(record),
            locator,
            title,
            body,
            published: self.published,
            dateline: self.dateline,
            byline: self.byline,
            agencies: self.agencies,
            outlet: self.outlet,
            section: self.section,
            language: self.language,
            url: self.url,
            given_entities: self.given_entities,
            mentions: Vec::new(),
        }
    }
}

/// Returns where the words that are kept of a title end; `None` for one that is short enough.
fn end_of_long_title(title: &str) -> Option<usize> {
    // A word and the space after it take two bytes at least.
    if title.len() < 2 * MOST_TITLE_WORDS {
        return None;
    }
    let mut words = words(title);
    let last = words.nth(MOST_TITLE_WORDS - 1)?;
    words.next().map(|_| last.span.end)
}

fn tidy_line(line: &str) -> String {
    let mut tidy = String::with_capacity(line.len());
    push_tidy(line, &mut tidy);
    tidy
}

/// Puts each paragraph, which a blank line ends, on one line.
fn tidy_body(body: &str) -> String {
    let mut tidy = String::with_capacity(body.len());
    let mut is_paragraph_open = false;
    for line in body.lines() {
        if line.trim_start().is_empty() {
            is_paragraph_open = false;
            continue;
        }
        let before = tidy.len();
        let gap = if is_paragraph_open { " " } else { "\n\n" };
        if before > 0 {
            tidy.push_str(gap);
        }
        let start = tidy.len();
        push_tidy(line, &mut tidy);
        if tidy.len() == start {
            tidy.truncate(before);
        } else {
            is_paragraph_open = true;
        }
    }
    tidy
}

/// Appends `line` in NFC, with single spaces and without control characters.
fn push_tidy(line: &str, tidy: &mut String) {
    let start = tidy.len();
    // ASCII is in NFC; only what is not goes letter by letter.
    if line.is_ascii() {
        push_tidy_ascii(line.trim(), tidy);
    } else {
        for word in line.split_whitespace() {
            if tidy.len() > start && !tidy.ends_with(' ') {
                tidy.push(' ');
            }
            push_tidy_word(word, tidy);
        }
    }
    while tidy.len() > start && tidy.ends_with(' ') {
        tidy.pop();
    }
}

fn push_tidy_ascii(line: &str, tidy: &mut String) {
    let bytes = line.as_bytes();
    let mut start = 0;
    let mut after_space = true;
    for (at, byte) in bytes.iter().enumerate() {
        let is_space = byte.is_ascii_whitespace() || *byte == 0xb;
        if *byte > b' ' && *byte != 0x7f || *byte == b' ' && !after_space {
            after_space = is_space;
            continue;
        }
        tidy.push_str(&line[start..at]);
        start = at + 1;
        if is_space && !after_space {
            tidy.push(' ');
            after_space = true;
        }
    }
    tidy.push_str(&line[start..]);
}

fn push_tidy_word(word: &str, tidy: &mut String) {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
    let is_tidy =
        !word.contains(char::is_control) && is_nfc_quick(word.chars()) == IsNormalized::Yes;
    if is_tidy {
        tidy.push_str(word);
    } else {
        tidy.extend(word.chars().filter(|letter| !letter.is_control()).nfc());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::EvidenceKind;

    use proptest::prelude::*;

    #[test]
    fn bodies_hold_a_paragraph_a_line() {
        assert_eq!(tidy_body(" a \n b\n\n\n\tc\u{0}\r\n"), "a b\n\nc");
        assert_eq!(tidy_body("\u{0}\n\ne\u{301} \u{0} b\n\u{1}\nc"), "é b c");
    }

    #[test]
    fn what_is_too_long_for_a_title_opens_the_body() {
        let finished = |words: usize, body: &str| {
            let title = vec!["word"; words].join(" ");
            let title = Some(Sourced::new(title, EvidenceKind::Field, "title"));
            let draft = Draft { title, body: body.to_owned(), ..Draft::default() };
            let article = draft.finish(SourceLocator::file("a.json"), b"");
            (article.title.expect("a title").value, article.body)
        };
        let line = |words: usize| vec!["word"; words].join(" ");
        assert_eq!(finished(100, "b"), (line(100), "b".to_owned()));
        let cut = format!("{} …", line(100));
        assert_eq!(finished(101, "b"), (cut.clone(), format!("{}\n\nb", line(101))));
        assert_eq!(finished(300, ""), (cut, line(300)));
    }

    proptest! {
        #[test]
        fn tidying_is_idempotent(body in "([a-z\u{301}é \t\u{0}\u{b}\u{a0}]|\r?\n){0,30}") {
            let tidy = tidy_body(&body);
            prop_assert_eq!(tidy.trim(), &tidy);
            prop_assert!(!tidy.contains("  ") && !tidy.contains("\n\n\n") && !tidy.contains(" \n"));
            prop_assert_eq!(&tidy_body(&tidy), &tidy);
        }
    }
}
