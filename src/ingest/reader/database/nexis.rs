//! Exports of Nexis: the old ones, with labels in capitals, and those of Nexis Uni.
//!
//! An old one opens each document with `1 of 2 DOCUMENTS`; outlet, date and headline follow in this
//! order, and the text has a label or none. One of Nexis Uni has the headline first and closes each
//! document with `End of Document`.

use std::collections::HashSet;

use super::labelled::{Document, Field, Label, Layout, Place, at_head, outlet};
use super::{Boundary, Format, after_count, is_document_count, is_word_count};
use crate::article::{PublicationDate, Sourced};
use crate::ingest::draft::Draft;
use crate::ingest::extract::{date, date_line};

use Place::{Anywhere, Head};

/// The export with labels in capitals.
pub(super) const CLASSIC: Format = Format {
    recognizes: is_classic,
    boundary: |line| if is_document_count(line) { Boundary::Before } else { Boundary::No },
    is_document: |text| has_line(text, is_document_count),
    read: read_classic,
};

/// The export of Nexis Uni.
pub(super) const UNI: Format = Format {
    recognizes: |text| has_line(text, is_uni_end) && has_uni_head(text),
    boundary: |line| if line == UNI_END { Boundary::After } else { Boundary::No },
    is_document: |text| has_uni_head(text) || has_line(text, |line| line == UNI_END),
    read: read_uni,
};

/// Closes a document of Nexis Uni.
const UNI_END: &str = "End of Document";

/// The labels in capitals. Those of exports in other languages than English stand beside the
/// English ones.
const LABELS: &[Label] = &[
    ("HEADLINE", Field::Title, Head),
    ("ÜBERSCHRIFT", Field::Title, Head),
    ("TITRE", Field::Title, Head),
    ("TITULAR", Field::Title, Head),
    ("BYLINE", Field::Byline, Head),
    ("AUTOR", Field::Byline, Head),
    ("AUTEUR", Field::Byline, Head),
    ("AUTORE", Field::Byline, Head),
    ("SECTION", Field::Section, Head),
    ("RUBRIK", Field::Section, Head),
    ("RUBRIQUE", Field::Section, Head),
    ("SECCIÓN", Field::Section, Head),
    ("SECTIE", Field::Section, Head),
    ("SEZIONE", Field::Section, Head),
    ("LENGTH", Field::Length, Head),
    ("LÄNGE", Field::Length, Head),
    ("LONGUEUR", Field::Length, Head),
    ("LONGITUD", Field::Length, Head),
    ("EXTENSIÓN", Field::Length, Head),
    ("LENGTE", Field::Length, Head),
    ("LUNGHEZZA", Field::Length, Head),
    ("DATELINE", Field::Dateline, Head),
    ("HIGHLIGHT", Field::Lead, Head),
    ("BODY", Field::Text, Head),
    ("TEXT", Field::Text, Head),
    ("VOLLTEXT", Field::Text, Head),
    ("LOAD-DATE", Field::Other, Anywhere),
    ("UPDATE", Field::Other, Anywhere),
    ("DATE-CHARGEMENT", Field::Other, Anywhere),
    ("FECHA-CARGA", Field::Other, Anywhere),
    ("LAADDATUM", Field::Other, Anywhere),
    ("LANGUAGE", Field::Language, Anywhere),
    ("SPRACHE", Field::Language, Anywhere),
    ("LANGUE", Field::Language, Anywhere),
    ("IDIOMA", Field::Language, Anywhere),
    ("TAAL", Field::Language, Anywhere),
    ("LINGUA", Field::Language, Anywhere),
    ("PUBLICATION-TYPE", Field::Other, Anywhere),
    ("PUBLIKATIONSART", Field::Other, Anywhere),
    ("TYPE-PUBLICATION", Field::Other, Anywhere),
    ("TIPO-PUBLICACIÓN", Field::Other, Anywhere),
    ("PUBLICATIE-TYPE", Field::Other, Anywhere),
    ("DOCUMENT-TYPE", Field::Other, Anywhere),
    ("JOURNAL-CODE", Field::Other, Anywhere),
    ("ZEITUNGS-CODE", Field::Other, Anywhere),
    ("ACC-NO", Field::Other, Anywhere),
    ("ISSN", Field::Other, Anywhere),
    ("URL", Field::Url, Anywhere),
    ("GRAPHIC", Field::Other, Anywhere),
    ("SERIES", Field::Other, Anywhere),
    ("CORRECTION-DATE", Field::Other, Anywhere),
    ("CLASSIFICATION", Field::Other, Anywhere),
    ("SUBJECT", Field::Other, Anywhere),
    ("COMPANY", Field::Organizations, Anywhere),
    ("ORGANIZATION", Field::Organizations, Anywhere),
    ("TICKER", Field::Other, Anywhere),
    ("INDUSTRY", Field::Other, Anywhere),
    ("PERSON", Field::Persons, Anywhere),
    ("CITY", Field::Places, Anywhere),
    ("STATE", Field::Places, Anywhere),
    ("COUNTRY", Field::Places, Anywhere),
    ("GEOGRAPHIC", Field::Places, Anywhere),
];

const CLASSIC_LAYOUT: Layout = Layout { label_of: classic_label, text_follows_head: true };

const UNI_LAYOUT: Layout = Layout { label_of: uni_label, text_follows_head: false };

fn named(name: &str) -> Option<&'static Label> {
    LABELS.iter().find(|(known, ..)| *known == name)
}

fn classic_label(line: &str) -> Option<(&'static Label, &str)> {
    let (name, value) = line.split_once(':')?;
    Some((named(name)?, value.trim()))
}

/// Reads `Load-Date: January 25, 2022`, or a label that has a line to itself.
fn uni_label(line: &str) -> Option<(&'static Label, &str)> {
    if let "Body" | "Classification" | "Graphic" = line {
        return Some((named(&line.to_uppercase())?, ""));
    }
    let (name, value) = line.split_once(':').filter(|(name, _)| name.len() <= 20)?;
    let is_label = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    Some((named(&name.to_uppercase()).filter(|_| is_label)?, value.trim()))
}

fn has_line(text: &str, is_it: impl Fn(&str) -> bool) -> bool {
    text.lines().map(str::trim).any(is_it)
}

/// The lines, blank ones apart, among which the first document of an export starts.
const COVER_LINES: usize = 60;

fn is_classic(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(COVER_LINES).any(is_document_count) && has_length(text, classic_label)
}

fn has_uni_head(text: &str) -> bool {
    has_line(text, |line| line == "Body") && has_length(text, uni_label)
}

/// Tells whether a line of the text has the label of its length, and a count of words behind it.
fn has_length(text: &str, label: fn(&str) -> Option<(&'static Label, &str)>) -> bool {
    has_line(text, |line| {
        label(line)
            .is_some_and(|((_, field, _), value)| *field == Field::Length && is_word_count(value))
    })
}

fn is_uni_end(line: &str) -> bool {
    line == UNI_END || line.starts_with("Load-Date:")
}

/// Reads a document whose outlet, date and headline stand above the labels.
fn read_classic(text: &str) -> Draft {
    let mut document = Document::parse(text, &CLASSIC_LAYOUT);
    let mut head = std::mem::take(&mut document.head);
    let mut draft = document.into_draft();
    for block in &mut head {
        block.retain(|line| !is_document_count(line));
    }
    head.retain(|block| !block.is_empty());
    let dated = head.iter().position(|block| block.iter().any(|line| is_date(line)));
    let above = dated.map_or(&[][..], |dated| &head[..=dated]).concat();
    let below = dated.map_or(&head[..], |dated| &head[dated + 1..]);
    if let Some(line) = above.iter().find(|line| is_date(line)) {
        draft.published = draft.published.or_else(|| stated_date(line));
    }
    if let Some(line) = above.iter().find(|line| !is_date(line)) {
        draft.outlet = draft.outlet.or_else(|| Some(at_head(outlet(line)?, line)));
    }
    let is_edition = |block: &&Vec<&str>| block.iter().all(|line| is_edition(line));
    let lines: Vec<&str> =
        below.iter().filter(|block| !is_edition(block)).flatten().copied().collect();
    if draft.title.is_none() && !lines.is_empty() {
        draft.title = Some(at_head(lines.join(" "), "headline"));
    }
    draft
}

/// Reads a document whose headline, outlet and date stand above the labels.
fn read_uni(text: &str) -> Draft {
    let kept = without_page_heads(text);
    let mut document = Document::parse(&kept, &UNI_LAYOUT);
    let head = std::mem::take(&mut document.head);
    let mut draft = document.into_draft();
    let Some(at) = head.iter().rposition(|block| block.iter().any(|line| is_date(line))) else {
        draft.title = draft.title.or_else(|| Some(at_head(head.concat().join(" "), "headline")));
        return draft;
    };
    let dated = head[at].iter().position(|line| is_date(line)).unwrap_or_default();
    draft.published = draft.published.or_else(|| stated_date(head[at][dated]));
    // Each of the three may stand alone between blank lines; a cover may stand above them.
    let mut above = head[..at].to_vec();
    above.push(head[at][..dated].to_vec());
    above.retain(|block| !block.is_empty());
    let Some(line) = above.last_mut().and_then(Vec::pop) else { return draft };
    draft.outlet = draft.outlet.or_else(|| Some(at_head(outlet(line)?, line)));
    let title = above.into_iter().rfind(|block| !block.is_empty());
    if let Some(mut title) = title {
        title.dedup();
        draft.title = draft.title.or_else(|| Some(at_head(title.join(" "), "headline")));
    }
    draft
}

/// Returns a text without the heads of its pages, `Page 2 of 3` and the headline again, and without
/// the line that ends the document.
fn without_page_heads(text: &str) -> String {
    let is_page = |line: &str| line.strip_prefix("Page ").and_then(after_count) == Some("");
    let mut seen = HashSet::new();
    let mut kept = String::with_capacity(text.len());
    let mut is_after_page = false;
    for line in text.lines() {
        let bare = line.trim();
        let is_new = bare.is_empty() || seen.insert(bare);
        let is_page = is_page(bare);
        if !is_page && bare != UNI_END && (is_new || !is_after_page) {
            kept.push_str(line);
        }
        kept.push('\n');
        is_after_page = is_page || is_after_page && bare.is_empty();
    }
    kept
}

fn is_date(line: &str) -> bool {
    date_line::is_one(line)
}

fn stated_date(line: &str) -> Option<Sourced<PublicationDate>> {
    Some(at_head(date::parse(line)?, line))
}

/// Tells whether a line names an edition: `Final Edition`, `1. Ausgabe`.
fn is_edition(line: &str) -> bool {
    const WORDS: &[&str] =
        &["edition", "ausgabe", "édition", "edición", "editie", "edizione", "edição"];
    let lower = line.to_lowercase();
    line.split_whitespace().count() <= 6 && WORDS.iter().any(|word| lower.contains(word))
}
