//! Exports of Factiva: with codes of two letters before the fields, or without.
//!
//! Both close a document with its number, `Document COUR000020220125ei1p00001`. Without codes the order
//! tells the fields: section, headline and byline above the number of words, then date, time, outlet,
//! its code, edition, page, language, and the copyright, below which the text begins.

use super::labelled::{Document, Field, Label, Layout, Place, at_head, outlet};
use super::{Boundary, Format, is_rights, is_word_count};
use crate::ingest::draft::Draft;
use crate::ingest::extract::{byline, date, date_line};
use crate::ingest::paragraph::unwrap_lines;
use crate::text::Language;

use Place::Anywhere;

pub(super) const FACTIVA: Format = Format {
    recognizes: |text| text.lines().any(is_number_line) && is_document(text),
    boundary: |line| if is_number_line(line) { Boundary::After } else { Boundary::No },
    is_document,
    read,
};

const CODES: &[Label] = &[
    ("SE", Field::Section, Anywhere),
    ("HD", Field::Title, Anywhere),
    ("BY", Field::Byline, Anywhere),
    ("CR", Field::Other, Anywhere),
    ("WC", Field::Length, Anywhere),
    ("PD", Field::Published, Anywhere),
    ("ET", Field::Time, Anywhere),
    ("SN", Field::Outlet, Anywhere),
    ("SC", Field::Other, Anywhere),
    ("ED", Field::Other, Anywhere),
    ("PG", Field::Other, Anywhere),
    ("VOL", Field::Other, Anywhere),
    ("LA", Field::Language, Anywhere),
    ("CY", Field::Other, Anywhere),
    ("CX", Field::Other, Anywhere),
    ("CLM", Field::Other, Anywhere),
    ("LP", Field::Text, Anywhere),
    ("TD", Field::Text, Anywhere),
    ("ART", Field::Other, Anywhere),
    ("CT", Field::Other, Anywhere),
    ("RF", Field::Other, Anywhere),
    ("CO", Field::Organizations, Anywhere),
    ("IN", Field::Other, Anywhere),
    ("NS", Field::Other, Anywhere),
    ("RE", Field::Places, Anywhere),
    ("IPC", Field::Other, Anywhere),
    ("IPD", Field::Other, Anywhere),
    ("PUB", Field::Other, Anywhere),
    ("AN", Field::Other, Anywhere),
];

const LAYOUT: Layout = Layout { label_of: code, text_follows_head: false };

/// Reads `HD   Harbour bridge to close`. Words have a single space behind them.
fn code(line: &str) -> Option<(&'static Label, &str)> {
    let length = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let (name, value) = line.split_at(length);
    let is_apart = value.is_empty()
        || value.starts_with(['\t', '\u{a0}'])
        || value.starts_with("  ")
        || length == 3 && value.starts_with(' ');
    let label = CODES.iter().find(|(known, ..)| is_apart && *known == name)?;
    Some((label, value.trim()))
}

/// Tells whether a line ends a document by its number.
fn is_number_line(line: &str) -> bool {
    const WORDS: &[&str] = &["Document", "Dokument", "Documento", "Документ"];
    let line = line.trim();
    let line = line
        .strip_prefix("AN")
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .unwrap_or(line);
    let Some((word, number)) = line.trim().split_once(' ') else { return false };
    WORDS.contains(&word) && is_accession_number(number.trim())
}

/// Tells whether a word is the code of a source, the day as eight digits and a number in small letters
/// and digits: `COUR000020220125ei1p00001`.
fn is_accession_number(word: &str) -> bool {
    let is_day = |digits: &[u8]| {
        digits.iter().all(u8::is_ascii_digit)
            && (digits.starts_with(b"19") || digits.starts_with(b"20"))
    };
    (18..=32).contains(&word.len())
        && word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
        && word.as_bytes().windows(8).any(is_day)
}

fn is_coded(text: &str) -> bool {
    let has = |wanted: &str| {
        text.lines().filter_map(|line| code(line.trim())).any(|(label, _)| label.0 == wanted)
    };
    has("HD") && (has("LP") || has("TD")) && (has("PD") || has("SN"))
}

fn is_document(text: &str) -> bool {
    is_coded(text) || Head::of(text).is_some()
}

fn read(text: &str) -> Draft {
    match Head::of(text).filter(|_| !is_coded(text)) {
        Some(head) => head.into_draft(),
        None => Document::parse(text, &LAYOUT).into_draft(),
    }
}

/// The lines above the text of a document without codes, and the text.
struct Head<'t> {
    above: Vec<&'t str>,
    below: Vec<&'t str>,
    text: &'t str,
}

/// The lines, blank ones apart, among which the number of words stands.
const LINES_ABOVE: usize = 8;

/// The most lines, blank ones apart, between the number of words and the text.
const LINES_BELOW: usize = 12;

impl<'t> Head<'t> {
    /// Returns the head of a document; `None` where it has none.
    fn of(text: &'t str) -> Option<Self> {
        let (mut above, mut below) = (Vec::new(), Vec::<&str>::new());
        let (mut start, mut is_below) = (0, false);
        for line in text.split_inclusive('\n') {
            start += line.len();
            let bare = line.trim();
            if bare.is_empty() {
                continue;
            }
            match is_below {
                false if is_word_count(bare) => is_below = true,
                false if above.len() == LINES_ABOVE => return None,
                false => above.push(bare),
                true if is_rights(bare) => {
                    let is_dated = below.iter().any(|line| date_line::is_one(line));
                    return is_dated.then_some(Self { above, below, text: &text[start..] });
                }
                true if below.len() == LINES_BELOW => return None,
                true => below.push(bare),
            }
        }
        None
    }

    fn into_draft(mut self) -> Draft {
        let mut draft = Draft::default();
        let is_credit = |line: &mut &str| byline::is_byline(line) || byline::is_name_line(line);
        if self.above.len() > 1
            && let Some(line) = self.above.pop_if(is_credit)
        {
            draft.byline = byline::parse(line).map(|byline| at_head(byline, line));
        }
        if self.above.len() > 1 {
            let line = self.above.remove(0);
            draft.section = Some(at_head(line.to_owned(), line));
        }
        draft.title = Some(self.above.join(" "))
            .filter(|title| !title.is_empty())
            .map(|title| at_head(title, "headline"));
        self.read_below(&mut draft);
        let text =
            self.text.lines().filter(|line| !is_number_line(line)).collect::<Vec<_>>().join("\n");
        draft.body = unwrap_lines(text.trim());
        draft
    }

    fn read_below(&self, draft: &mut Draft) {
        let Some(dated) = self.below.iter().position(|line| date_line::is_one(line)) else {
            return;
        };
        let line = self.below[dated];
        let is_time = |line: &str| line.len() <= 8 && line.contains(':');
        let time = self.below.get(dated + 1).filter(|line| is_time(line));
        draft.published = date::parse(line).map(|day| {
            let exact = time.and_then(|time| date::parse(&format!("{day}T{time}")));
            at_head(exact.unwrap_or(day), line)
        });
        let mut rest = self.below[dated + 1..].iter().filter(|line| !is_time(line));
        draft.outlet = rest.next().and_then(|line| Some(at_head(outlet(line)?, line)));
        draft.language = rest.rev().find_map(|line| {
            let is_code = line.len() <= 3;
            Some(at_head(Language::parse(line).filter(|_| !is_code)?, line))
        });
    }
}
