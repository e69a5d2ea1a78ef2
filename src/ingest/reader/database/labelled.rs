//! A document whose fields have labels: taking it apart, and from its values to the draft of an
//! article.
//!
//! A label opens a line and its value ends at a blank line. What has no label stands above the first
//! one, where each database has an order of its own, or is text.

use super::is_rights;
use crate::article::{
    Byline, EntityKind, EvidenceKind, GivenEntity, Outlet, PublicationDate, Sourced,
};
use crate::ingest::draft::Draft;
use crate::ingest::extract::{byline, date};
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::reader::nitf::open_with_dateline;
use crate::ingest::reader::{given, person_name};
use crate::text::Language;

/// What the value of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// A credit line as printed.
    Byline,
    /// Names of authors as libraries have them, the family name first.
    Authors,
    Published,
    Time,
    Outlet,
    Section,
    Language,
    Url,
    Dateline,
    /// Text that stands above the rest.
    Lead,
    Text,
    /// Stands in for a text.
    Summary,
    Persons,
    Organizations,
    Places,
    /// The number of words.
    Length,
    /// Known, and of no use.
    Other,
}

/// Where a label is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Only above the text; in it such a line may be a sentence.
    Head,
    /// Above and below the text.
    Anywhere,
}

/// A label of a database: its name, its meaning and its place.
pub(super) type Label = (&'static str, Field, Place);

/// How the documents of a database are laid out.
pub(super) struct Layout {
    /// Returns the label that opens a line, and its value.
    pub(super) label_of: for<'l> fn(&'l str) -> Option<(&'static Label, &'l str)>,
    /// Whether the text begins with the first line below the labels that has none itself.
    pub(super) text_follows_head: bool,
}

/// A document taken apart.
#[derive(Default)]
pub(super) struct Document<'t> {
    /// The lines above the first label, in blocks that blank lines part, without those of rights.
    pub(super) head: Vec<Vec<&'t str>>,
    values: Vec<(&'static Label, String)>,
    text: String,
    open: Open,
    is_after_blank: bool,
}

/// What a line without a label goes on with.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Head,
    /// The last value.
    Value,
    Text,
}

impl<'t> Document<'t> {
    /// Takes a document apart.
    pub(super) fn parse(text: &'t str, layout: &Layout) -> Self {
        let mut document = Self { is_after_blank: true, ..Self::default() };
        for line in text.lines() {
            let bare = line.trim();
            if bare.is_empty() {
                document.is_after_blank = true;
                continue;
            }
            let has_text = !document.text.is_empty();
            let label = (layout.label_of)(bare);
            match label.filter(|((_, _, place), _)| !has_text || *place == Place::Anywhere) {
                Some((label, value)) => document.open(label, value),
                None => document.go_on(line.trim_end(), layout),
            }
            document.is_after_blank = false;
        }
        document
    }

    fn open(&mut self, label: &'static Label, value: &str) {
        if label.1 == Field::Text {
            self.push_text(value, true);
            self.open = Open::Text;
        } else {
            self.values.push((label, value.to_owned()));
            self.open = Open::Value;
        }
    }

    fn go_on(&mut self, line: &'t str, layout: &Layout) {
        match (self.open, self.values.last_mut()) {
            (Open::Text, _) => self.push_text(line, self.is_after_blank),
            _ if is_rights(line) => {}
            (Open::Value, Some((_, value))) => {
                let is_separate = self.is_after_blank && !value.is_empty();
                if is_separate && (layout.text_follows_head || !self.text.is_empty()) {
                    self.push_text(line, true);
                    self.open = Open::Text;
                } else {
                    value.push_str(if is_separate { "\n\n" } else { "\n" });
                    value.push_str(line);
                }
            }
            _ => match self.head.last_mut().filter(|_| !self.is_after_blank) {
                Some(block) => block.push(line.trim()),
                None => self.head.push(vec![line.trim()]),
            },
        }
    }

    /// Appends to the text, which holds at least a line break from its label on.
    fn push_text(&mut self, line: &str, is_paragraph: bool) {
        self.text.push_str(if is_paragraph { "\n\n" } else { "\n" });
        self.text.push_str(line);
    }

    /// Returns the first value of a field, behind its label.
    pub(super) fn value(&self, field: Field) -> Option<(&'static str, String)> {
        self.values_of(field).next()
    }

    fn values_of(&self, field: Field) -> impl Iterator<Item = (&'static str, String)> {
        self.values.iter().filter(move |((_, of, _), _)| *of == field).filter_map(
            |(label, value)| {
                let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
                (!line.is_empty()).then_some((label.0, line))
            },
        )
    }

    /// Returns what the labels say of an article.
    pub(super) fn into_draft(self) -> Draft {
        let mut draft = Draft {
            title: self.sourced(Field::Title, |line| Some(line.to_owned())),
            published: self.published(),
            byline: self
                .sourced(Field::Byline, byline::parse)
                .or_else(|| self.sourced(Field::Authors, authors)),
            outlet: self.sourced(Field::Outlet, outlet),
            section: self.sourced(Field::Section, section),
            language: self.sourced(Field::Language, |line| Language::parse(first_part(line))),
            url: self.sourced(Field::Url, |line| {
                Some(line.to_owned()).filter(|url| url.contains("://"))
            }),
            body: self.body(),
            ..Draft::default()
        };
        for (field, kind) in ENTITIES {
            let names = self.values_of(*field).flat_map(|(_, value)| names(&value, *kind));
            let given = names.map(|name| GivenEntity { kind: *kind, name });
            draft.given_entities.extend(given);
        }
        if let Some((_, dateline)) = self.value(Field::Dateline).filter(|_| !draft.body.is_empty())
        {
            open_with_dateline(&mut draft, &dateline);
        }
        draft
    }

    fn sourced<T>(&self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<Sourced<T>> {
        self.values_of(field).find_map(|(label, line)| Some(given(read(&line)?, label)))
    }

    fn published(&self) -> Option<Sourced<PublicationDate>> {
        let time = self.value(Field::Time).map(|(_, time)| time);
        self.values_of(Field::Published).find_map(|(label, line)| {
            let day = date::parse(&line)?;
            let exact = time.as_ref().and_then(|time| date::parse(&format!("{day}T{time}")));
            Some(given(exact.unwrap_or(day), &format!("{label} `{line}`")))
        })
    }

    fn body(&self) -> String {
        let text = without_rights(&self.text);
        let texts = |field: Field| {
            let values = self.values.iter().filter(move |((_, of, _), _)| *of == field);
            values.map(|(_, value)| value.as_str())
        };
        let mut parts: Vec<String> =
            texts(Field::Lead).chain([text]).map(|part| unwrap_lines(part.trim())).collect();
        if text.trim().is_empty() {
            parts.extend(texts(Field::Summary).map(|part| unwrap_lines(part.trim())));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }
}

/// Returns a value that stands without a label above the text.
pub(super) fn at_head<T>(value: T, line: &str) -> Sourced<T> {
    Sourced::new(value, EvidenceKind::Header, format!("`{line}`"))
}

const ENTITIES: &[(Field, EntityKind)] = &[
    (Field::Persons, EntityKind::Person),
    (Field::Organizations, EntityKind::Organization),
    (Field::Places, EntityKind::Place),
];

/// Returns a text without the lines at its end that state whose the rights are.
fn without_rights(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
        if last.is_empty() || !is_rights(last) {
            return text;
        }
        text = before.trim_end();
    }
}

/// Returns what stands before the first semicolon: `NEWS; Pg. 3`, `GERMAN; DEUTSCH`.
fn first_part(line: &str) -> &str {
    line.split(';').next().unwrap_or_default().trim()
}

fn section(line: &str) -> Option<String> {
    let section = first_part(line);
    let is_page = ["Pg.", "Page ", "S.", "Seite "].iter().any(|mark| section.starts_with(mark));
    (!is_page && section.contains(char::is_alphabetic)).then(|| section.to_owned())
}

/// Returns the outlet that a line names, without the place behind it: `The Guardian (London)`.
pub(super) fn outlet(line: &str) -> Option<Outlet> {
    let name = line.split(" (").next().unwrap_or_default();
    let name = name.split(['[', ';']).next().unwrap_or_default();
    Outlet::new(name)
}

fn authors(line: &str) -> Option<Byline> {
    let names = line.split(';').map(str::trim).filter(|name| !name.is_empty());
    let authors: Vec<String> = names.map(person_name::in_spoken_order).collect();
    (!authors.is_empty()).then_some(Byline { authors })
}

/// Returns the names in a list of them: `ACME INC (95%); WIDGET LTD (60%)`, `acme : Acme Inc. |
/// widg : Widget Ltd.`, `Name: Acme Inc; NAICS: 511110`.
fn names(value: &str, kind: EntityKind) -> Vec<String> {
    let mut names = Vec::new();
    for part in value.split([';', '|']) {
        let part = part.split_once(" : ").map_or(part, |(_, name)| name).trim();
        let name = part.strip_prefix("Name: ").unwrap_or(part);
        let name = name
            .rsplit_once(" (")
            .filter(|(_, rest)| rest.ends_with("%)"))
            .map_or(name, |(name, _)| name);
        let is_number = name.contains(": ") || !name.contains(char::is_alphabetic);
        if !is_number {
            names.push(match kind {
                EntityKind::Person => person_name::in_spoken_order(name),
                _ => name.trim().to_owned(),
            });
        }
    }
    names
}
