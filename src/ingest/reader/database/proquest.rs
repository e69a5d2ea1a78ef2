//! Exports of ProQuest: documents between rulers of underscores, the headline first, all else with
//! labels.

use super::labelled::{Document, Field, Label, Layout, Place, at_head};
use super::{Boundary, Format, is_document_count};
use crate::article::Outlet;
use crate::ingest::draft::Draft;
use crate::ingest::extract::date;
use crate::ingest::reader::given;

use Place::{Anywhere, Head};

pub(super) const PROQUEST: Format = Format {
    recognizes: |text| {
        text.lines().take(COVER_LINES).any(|line| is_ruler(line.trim())) && has_fields(text)
    },
    boundary: |line| if is_ruler(line) { Boundary::Before } else { Boundary::No },
    is_document,
    read,
};

/// The lines among which the first ruler stands.
const COVER_LINES: usize = 400;

const LABELS: &[Label] = &[
    ("Title", Field::Title, Anywhere),
    ("Author", Field::Authors, Head),
    ("Correspondence author", Field::Other, Head),
    ("Publication info", Field::Other, Head),
    ("Abstract", Field::Summary, Head),
    ("Links", Field::Other, Head),
    ("Full text", Field::Text, Head),
    ("Dateline", Field::Dateline, Head),
    ("Credit", Field::Other, Anywhere),
    ("Subject", Field::Other, Anywhere),
    ("Business indexing term", Field::Other, Anywhere),
    ("Location", Field::Places, Anywhere),
    ("People", Field::Persons, Anywhere),
    ("Company / organization", Field::Organizations, Anywhere),
    ("Classification", Field::Other, Anywhere),
    ("Identifier / keyword", Field::Other, Anywhere),
    ("Publication title", Field::Outlet, Anywhere),
    ("Publication date", Field::Published, Anywhere),
    ("Publication year", Field::Published, Anywhere),
    ("Year", Field::Published, Anywhere),
    ("Section", Field::Section, Anywhere),
    ("Volume", Field::Other, Anywhere),
    ("Issue", Field::Other, Anywhere),
    ("Column", Field::Other, Anywhere),
    ("Edition", Field::Other, Anywhere),
    ("Pages", Field::Other, Anywhere),
    ("First page", Field::Other, Anywhere),
    ("Number of pages", Field::Other, Anywhere),
    ("Publisher", Field::Other, Anywhere),
    ("Place of publication", Field::Other, Anywhere),
    ("Country of publication", Field::Other, Anywhere),
    ("Publication subject", Field::Other, Anywhere),
    ("ISSN", Field::Other, Anywhere),
    ("e-ISSN", Field::Other, Anywhere),
    ("Source type", Field::Other, Anywhere),
    ("Language of publication", Field::Language, Anywhere),
    ("Document type", Field::Other, Anywhere),
    ("ProQuest document ID", Field::Other, Anywhere),
    ("Document URL", Field::Url, Anywhere),
    ("Copyright", Field::Other, Anywhere),
    ("Full text availability", Field::Other, Anywhere),
    ("Last updated", Field::Other, Anywhere),
    ("Database", Field::Other, Anywhere),
];

const LAYOUT: Layout = Layout { label_of, text_follows_head: false };

fn label_of(line: &str) -> Option<(&'static Label, &str)> {
    let (name, value) = line.split_once(':').filter(|(name, _)| name.len() <= 40)?;
    Some((LABELS.iter().find(|(known, ..)| *known == name)?, value.trim()))
}

fn is_ruler(line: &str) -> bool {
    line.len() >= 40 && line.bytes().all(|byte| byte == b'_')
}

/// Tells whether a part between rulers has labels as documents have them.
fn is_document(text: &str) -> bool {
    text.lines().filter_map(|line| label_of(line.trim())).nth(LEAST_LABELS - 1).is_some()
}

/// The fewest labels of a document.
const LEAST_LABELS: usize = 2;

/// Tells whether a text has the labels that nothing but an export has together.
fn has_fields(text: &str) -> bool {
    let has = |wanted: &[&str]| {
        let mut labels = text.lines().filter_map(|line| label_of(line.trim()));
        labels.any(|(label, _)| wanted.contains(&label.0))
    };
    has(&["Publication title", "Publication info"])
        && has(&["Full text", "Abstract", "ProQuest document ID", "Document URL"])
}

fn read(text: &str) -> Draft {
    let mut document = Document::parse(text, &LAYOUT);
    let head = std::mem::take(&mut document.head);
    let info = document.value(Field::Other).filter(|(label, _)| *label == "Publication info");
    let mut draft = document.into_draft();
    if let Some((label, info)) = info {
        complete_from(&mut draft, label, &info);
    }
    let is_kept =
        |line: &&str| !is_ruler(line) && !is_document_count(line) && !line.starts_with("http");
    let lines: Vec<&str> = head.concat().into_iter().filter(is_kept).collect();
    if !lines.is_empty() {
        draft.title = Some(at_head(lines.join(" "), "headline"));
    }
    draft
}

/// Reads `New York Times, Late Edition (East Coast); New York, N.Y. [New York, N.Y]25 Jan 2022: A.1.`
fn complete_from(draft: &mut Draft, label: &str, info: &str) {
    let sourced = |info: &str| format!("{label} `{info}`");
    if draft.outlet.is_none() {
        let name = info.split([',', ';', '[', '(']).next().unwrap_or_default();
        draft.outlet = Outlet::new(name).map(|outlet| given(outlet, &sourced(info)));
    }
    if draft.published.is_none() {
        let day = info.rsplit_once(']').map_or(info, |(_, day)| day);
        draft.published = date::parse(day).map(|date| given(date, &sourced(info)));
    }
}
