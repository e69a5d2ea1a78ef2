//! The header block of a scraped text: `-- line` or `Key: value` lines before the first blank one.

use std::borrow::Cow;

use super::{byline, date};
use crate::article::{EvidenceKind, Outlet, Sourced};
use crate::ingest::Draft;
use crate::text::Language;

/// The lines in which a block must end.
const MOST_LINES: usize = 24;

/// What a key of a `Key: value` block stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Title,
    Date,
    Byline,
    Outlet,
    Section,
    Language,
    Url,
    /// Known, and of no use.
    Other,
}

/// Keys in lower case. A line with any other key ends the block unless it is indented.
const KEYS: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("headline", Key::Title),
    ("subject", Key::Title),
    ("titel", Key::Title),
    ("titre", Key::Title),
    ("título", Key::Title),
    ("titolo", Key::Title),
    ("заголовок", Key::Title),
    ("date", Key::Date),
    ("published", Key::Date),
    ("publish date", Key::Date),
    ("pubdate", Key::Date),
    ("publication date", Key::Date),
    ("date published", Key::Date),
    ("published at", Key::Date),
    ("published on", Key::Date),
    ("datum", Key::Date),
    ("fecha", Key::Date),
    ("data", Key::Date),
    ("дата", Key::Date),
    ("datetime", Key::Date),
    ("time", Key::Date),
    ("created", Key::Date),
    ("author", Key::Byline),
    ("authors", Key::Byline),
    ("by", Key::Byline),
    ("byline", Key::Byline),
    ("autor", Key::Byline),
    ("auteur", Key::Byline),
    ("автор", Key::Byline),
    ("writer", Key::Byline),
    ("source", Key::Outlet),
    ("outlet", Key::Outlet),
    ("publication", Key::Outlet),
    ("publisher", Key::Outlet),
    ("newspaper", Key::Outlet),
    ("site", Key::Outlet),
    ("site name", Key::Outlet),
    ("quelle", Key::Outlet),
    ("fuente", Key::Outlet),
    ("fonte", Key::Outlet),
    ("источник", Key::Outlet),
    ("section", Key::Section),
    ("category", Key::Section),
    ("rubrik", Key::Section),
    ("desk", Key::Section),
    ("language", Key::Language),
    ("lang", Key::Language),
    ("sprache", Key::Language),
    ("url", Key::Url),
    ("link", Key::Url),
    ("address", Key::Url),
    ("permalink", Key::Url),
    ("canonical", Key::Url),
    ("source url", Key::Url),
    ("tags", Key::Other),
    ("keywords", Key::Other),
    ("id", Key::Other),
    ("summary", Key::Other),
    ("description", Key::Other),
    ("image", Key::Other),
    ("retrieved", Key::Other),
    ("updated", Key::Other),
    ("modified", Key::Other),
    ("crawled", Key::Other),
    ("accessed", Key::Other),
    ("country", Key::Other),
    ("dateline", Key::Other),
    ("location", Key::Other),
    ("copyright", Key::Other),
    ("words", Key::Other),
    ("length", Key::Other),
    ("content type", Key::Other),
    ("edition", Key::Other),
    ("page", Key::Other),
];

/// Reads the header block of `text` into `draft`, and returns the text after it: all of it where
/// there is none.
pub fn take<'text>(text: &'text str, draft: &mut Draft) -> &'text str {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    if text.starts_with("--") { take_dashed(text, draft) } else { take_keyed(text, draft) }
}

/// Reads `-- title`, `-- By author`, `-- date`, `-- address`; each is known by what it holds, and
/// the first that is none of these is the title.
fn take_dashed<'text>(text: &'text str, draft: &mut Draft) -> &'text str {
    let mut rest = text;
    let mut lines = 0;
    while let Some(line) = rest.strip_prefix("--") {
        let (value, after) = split_line(line);
        let value = value.trim();
        if lines == MOST_LINES || value.starts_with('-') {
            break;
        }
        read_dashed(value, lines == 0, draft);
        lines += 1;
        rest = after;
    }
    rest
}

fn read_dashed(value: &str, is_first: bool, draft: &mut Draft) {
    if value.is_empty() {
        return;
    }
    if is_first {
        draft.title = Some(header(value.to_owned(), "first header line"));
    } else if value.starts_with("http://") || value.starts_with("https://") {
        draft.url = Some(header(value.to_owned(), "header line"));
    } else if let Some(line) = byline::after_opener(value) {
        draft.byline = byline::parse(line).map(|byline| header(byline, value));
    } else if draft.published.is_none()
        && let Some(date) = date::parse(value)
    {
        draft.published = Some(header(date, value));
    } else if draft.title.is_none() {
        draft.title = Some(header(value.to_owned(), "header line"));
    }
}

fn header<T>(value: T, detail: &str) -> Sourced<T> {
    Sourced::new(value, EvidenceKind::Header, detail)
}

/// Reads `Title: ...`, `Date: ...` and the like: a title or two known keys make a block.
fn take_keyed<'text>(text: &'text str, draft: &mut Draft) -> &'text str {
    let mut fields: Vec<(Key, Cow<str>)> = Vec::new();
    let mut rest = text;
    while fields.len() < MOST_LINES {
        let (line, after) = split_line(rest);
        if let Some((key, value)) = keyed(line) {
            fields.push((key, Cow::Borrowed(value)));
        } else if line.starts_with([' ', '\t'])
            && !line.trim().is_empty()
            && let Some((_, value)) = fields.last_mut()
        {
            value.to_mut().push(' ');
            value.to_mut().push_str(line.trim());
        } else {
            break;
        }
        rest = after;
    }
    let holds_title = fields.first().is_some_and(|(key, _)| *key == Key::Title);
    let useful = fields.iter().filter(|(key, _)| *key != Key::Other).count();
    let is_block = useful >= 2 || holds_title && split_line(rest).0.trim().is_empty();
    if !is_block {
        return text;
    }
    for (key, value) in fields {
        read_field(key, value.trim(), draft);
    }
    rest
}

/// Returns the key and the value of a line whose key is known.
fn keyed(line: &str) -> Option<(Key, &str)> {
    let at = memchr::memchr(b':', line.as_bytes()).filter(|at| *at <= 24)?;
    let name = line[..at].trim().trim_matches('*').replace(['-', '_'], " ").to_lowercase();
    let key = KEYS.iter().find(|(known, _)| *known == name)?.1;
    Some((key, line[at + 1..].trim().trim_start_matches('*').trim()))
}

fn read_field(key: Key, value: &str, draft: &mut Draft) {
    if value.is_empty() {
        return;
    }
    match key {
        Key::Title if draft.title.is_none() => {
            draft.title = Some(header(value.to_owned(), "title line"))
        }
        Key::Date if draft.published.is_none() => {
            draft.published = date::parse(value).map(|date| header(date, value));
        }
        Key::Byline if draft.byline.is_none() => {
            draft.byline = byline::parse(value).map(|byline| header(byline, value));
        }
        Key::Outlet if value.starts_with("http") && draft.url.is_none() => {
            draft.url = Some(header(value.to_owned(), "source line"));
        }
        Key::Outlet if draft.outlet.is_none() => {
            draft.outlet = Outlet::new(value).map(|outlet| header(outlet, "source line"));
        }
        Key::Section => draft.section = Some(header(value.to_owned(), "section line")),
        Key::Language => {
            draft.language =
                Language::parse(value).map(|language| header(language, "language line"));
        }
        Key::Url => draft.url = Some(header(value.to_owned(), "address line")),
        _ => {}
    }
}

/// Returns the first line without its end, and the text after it.
fn split_line(text: &str) -> (&str, &str) {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(at) => (text[..at].trim_end_matches('\r'), &text[at + 1..]),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Draft, &str) {
        let mut draft = Draft::default();
        let rest = take(text, &mut draft);
        (draft, rest)
    }

    #[test]
    fn dashed_lines_are_told_by_what_they_hold() {
        let (draft, rest) = read(
            "-- Exon offers plan\n-- By  Jane Doe\n-- Fri Oct 20, 2006 6:15pm EDT\n-- http://example.org/a\n\nText",
        );
        assert_eq!(draft.title.expect("a title").value, "Exon offers plan");
        assert_eq!(draft.byline.expect("a byline").value.authors, ["Jane Doe"]);
        assert_eq!(draft.published.expect("a date").value.to_string(), "2006-10-20T18:15:00-04:00");
        assert_eq!(draft.url.expect("an address").value, "http://example.org/a");
        assert_eq!(rest.trim(), "Text");
    }

    #[test]
    fn keyed_lines_make_a_block() {
        let (draft, rest) = read(
            "Title: Talks go on\n in Geneva\nDate: 25 January 2022\nAuthor: Jane Doe\n\nText: more",
        );
        assert_eq!(draft.title.expect("a title").value, "Talks go on in Geneva");
        assert_eq!(draft.published.expect("a date").value.to_string(), "2022-01-25");
        assert_eq!(rest.trim(), "Text: more");
    }

    #[test]
    fn a_headline_with_a_colon_is_no_block() {
        let text = "Source: talks may go on\nThe talks go on.";
        assert_eq!(read(text), (Draft::default(), text));
    }
}
