//! Properties of articles that a query filters by, and the names that fields go by.
//!
//! Fields of text (title, body, lead) narrow where words are looked for and are part of
//! [`Scope`](super::Scope); all other fields are filters on whole articles and are defined here.
//! Names, such as those of outlets and people, match by words in order: `outlet:times` and
//! `outlet:"york times"` both match "The New York Times".

use crate::article::{ArticleId, DateRange, EntityKind};
use crate::text::Language;

use super::ast::{Slot, TextField};
use super::date_expr::DateBound;

/// A property that an article has or lacks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Published within these days. Never matches an article without a date.
    Date(DateRange),
    /// The body has so many words, the bounds included.
    WordCount {
        /// The fewest words.
        at_least: u64,
        /// The most words; `None` for any number.
        at_most: Option<u64>,
    },
    /// Written in this language.
    Language(Language),
    /// This very article.
    Id(ArticleId),
    /// The property is known.
    Has(Presence),
    /// A name of this kind contains the pattern.
    Name {
        /// Which names.
        field: NameField,
        /// The words of the name.
        pattern: NamePattern,
    },
}

/// Which names of an article a [`Filter::Name`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameField {
    /// The credit line.
    Byline,
    /// The dateline.
    Dateline,
    /// The news agencies.
    Agency,
    /// The publication.
    Outlet,
    /// The part of the publication.
    Section,
    /// The address.
    Url,
    /// The path in the archive.
    Path,
    /// People, organizations and places, or those of one kind: canonical names and aliases.
    Entity(Option<EntityKind>),
}

/// Words that a name must contain side by side and in order: exact forms, patterns, fuzzy words,
/// regular expressions, and any word for `*`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NamePattern {
    /// The words; one at least. None of them is looked up by its stem, and there are no groups.
    pub slots: Vec<Slot>,
}

/// A property that is known of some articles only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// A headline.
    Title,
    /// A publication date.
    Date,
    /// A body that is not empty.
    Body,
    /// A language.
    Language,
    /// At least one name of this kind.
    Name(NameField),
}

/// What a field prefix such as `title:` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// A part of the text.
    Text(TextField),
    /// Names.
    Name(NameField),
    /// The publication date.
    Date(DateBound),
    /// The number of words of the body.
    WordCount,
    /// The language.
    Language,
    /// The id.
    Id,
    /// Whether something is known.
    Has,
}

/// A field with its names.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// The name in canonical spelling.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// What it stands for.
    pub field: Field,
    /// What it is about, in a few words.
    pub about: &'static str,
}

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    field: Field,
    about: &'static str,
) -> FieldInfo {
    FieldInfo { name, aliases, field, about }
}

/// The fields, in the order in which they are taught.
pub const FIELDS: &[FieldInfo] = &[
    row("title", &["hd", "headline", "ti"], Field::Text(TextField::Title), "the headline"),
    row("lead", &["lp"], Field::Text(TextField::Lead), "the first two paragraphs"),
    row("hlead", &["hlp"], Field::Text(TextField::TitleOrLead), "the headline or the lead"),
    row("body", &[], Field::Text(TextField::Body), "the body"),
    row("byline", &["by", "author"], Field::Name(NameField::Byline), "the authors"),
    row("dateline", &[], Field::Name(NameField::Dateline), "the place and agency of a wire story"),
    row("agency", &[], Field::Name(NameField::Agency), "the news agency whose report it is"),
    row("outlet", &["source", "sn", "pub"], Field::Name(NameField::Outlet), "the publication"),
    row("section", &["se"], Field::Name(NameField::Section), "the part of the publication"),
    row("lang", &["la", "language"], Field::Language, "the language"),
    row("url", &["site"], Field::Name(NameField::Url), "the address"),
    row(
        "person",
        &["people"],
        Field::Name(NameField::Entity(Some(EntityKind::Person))),
        "a person, by name or alias",
    ),
    row(
        "org",
        &["organization", "organisation"],
        Field::Name(NameField::Entity(Some(EntityKind::Organization))),
        "an organization, by name or alias",
    ),
    row(
        "place",
        &["location"],
        Field::Name(NameField::Entity(Some(EntityKind::Place))),
        "a place, by name or alias",
    ),
    row(
        "entity",
        &[],
        Field::Name(NameField::Entity(None)),
        "a person, an organization or a place",
    ),
    row("id", &[], Field::Id, "the id of an article"),
    row("path", &["file"], Field::Name(NameField::Path), "the file"),
    row("words", &["wc"], Field::WordCount, "the number of words of the body"),
    row("has", &[], Field::Has, "whether a field is known"),
    row("date", &["pd", "published"], Field::Date(DateBound::In), "the day of publication"),
    row("since", &[], Field::Date(DateBound::Since), "on this day or later"),
    row("until", &[], Field::Date(DateBound::Until), "on this day or earlier"),
    row("after", &[], Field::Date(DateBound::After), "later than this day"),
    row("before", &[], Field::Date(DateBound::Before), "earlier than this day"),
];

/// What fields are called elsewhere, and here. They are not accepted, since words like these open
/// lines of pasted text ("From: ..."), but their names are offered.
const ELSEWHERE: &[(&str, &str)] = &[
    ("from", "since"),
    ("to", "until"),
    ("on", "date"),
    ("publisher", "outlet"),
    ("wire", "agency"),
    ("company", "org"),
    ("country", "place"),
    ("region", "place"),
    ("text", "body"),
    ("wordcount", "words"),
    ("filename", "path"),
];

impl Field {
    /// Returns the field that goes by `name`, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let row =
            FIELDS.iter().find(|row| row.name == name || row.aliases.contains(&name.as_str()))?;
        Some(row.field)
    }

    /// Returns the name in canonical spelling.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.field == self).map_or("", |row| row.name)
    }

    /// Returns the name of a field that may be meant by `name`, which is no field's.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let lower = name.to_ascii_lowercase();
        if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == lower) {
            return Some(ours);
        }
        let names = FIELDS
            .iter()
            .flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()));
        nearest(name, names)
    }
}

impl NameField {
    /// Returns the field in the table.
    pub fn as_field(self) -> Field {
        Field::Name(self)
    }

    /// Tells whether `?`, `!` and `$` in a value are what they are in addresses: plain characters.
    pub(super) fn is_address(self) -> bool {
        matches!(self, Self::Url | Self::Path)
    }
}

impl Presence {
    /// Returns the property that `has:` asks for by the name of its field.
    pub fn named(name: &str) -> Option<Self> {
        match Field::named(name)? {
            Field::Text(TextField::Title) => Some(Self::Title),
            Field::Text(TextField::Body) => Some(Self::Body),
            Field::Name(field) => Some(Self::Name(field)),
            Field::Date(DateBound::In) => Some(Self::Date),
            Field::Language => Some(Self::Language),
            _ => None,
        }
    }

    /// Returns the name of its field.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Date => "date",
            Self::Language => "lang",
            Self::Name(field) => field.as_field().name(),
        }
    }
}

/// Returns the one of `names` that is nearest to `typed`, when it is near enough to be meant: one that
/// begins with it, or the one with the fewest edits.
pub(super) fn nearest<'name>(
    typed: &str,
    names: impl Iterator<Item = &'name str>,
) -> Option<&'name str> {
    let typed = typed.to_lowercase();
    let allowed = match typed.chars().count() {
        0..=2 => return None,
        3..=7 => 1,
        _ => 2,
    };
    names
        .map(|name| (if name.starts_with(&typed) { 0 } else { edits(&typed, name) }, name))
        .filter(|(edits, _)| *edits <= allowed)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// Returns the number of letters to insert, leave out, replace or exchange with their neighbour.
pub(super) fn edits(one: &str, two: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let two: Vec<char> = two.chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=two.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=two.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(one[i - 1] != two[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            let exchanged = i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1];
            if exchanged {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_given_once() {
        let mut names: Vec<_> =
            FIELDS.iter().flat_map(|row| std::iter::once(&row.name).chain(row.aliases)).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(Field::named("HD"), Some(Field::Text(TextField::Title)));
        assert_eq!(Field::named("http"), None);
    }

    #[test]
    fn misspelt_fields_find_their_name() {
        let cases = [
            ("titel", Some("title")),
            ("persn", Some("person")),
            ("oulet", Some("outlet")),
            ("tit", Some("title")),
            ("http", None),
            ("re", None),
            ("update", None),
        ];
        for (typed, name) in cases {
            assert_eq!(Field::nearest(typed), name, "{typed}");
        }
    }

    #[test]
    fn edits_count_exchanges_once() {
        let cases =
            [("zelensky", "zelenskyy", 1), ("ab", "ba", 1), ("", "abc", 3), ("kiev", "kyiv", 2)];
        for (one, two, count) in cases {
            assert_eq!(edits(one, two), count, "{one} {two}");
        }
    }
}
