//! Which names of an archive are one entity: a table, made at a commit and read by every search.
//!
//! Articles keep the names that were resolved within them; this says what entity each of those
//! names belongs to, what the entity is called, and why. Nothing is decided here. The case that
//! surprises: a name that the table does not have, as in an index whose entities were never looked
//! for, stands for itself.

mod build;
mod table;

use super::EntityKind;

pub use table::{NameTable, NameTableError};

/// The number of an entity in its table. Entities are numbered by kind and canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What a table says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The table does not have it: it stands for itself.
    Unknown,
    /// A user says that it is no entity.
    NoEntity,
    /// It is a name of this entity.
    Entity(EntityId),
}

/// A distinct name of an archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameCount {
    /// The kind of entity it was found to name.
    pub kind: EntityKind,
    /// The name as resolved within its articles.
    pub name: String,
    /// The number of articles that have it.
    pub count: u64,
}

/// Why a name belongs to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum MergeReason {
    /// It is the name that the others were merged with.
    Own,
    /// An authority file says so.
    Authority,
    /// It differs in case, accents or marks only.
    Folded,
    /// The lists of the program give it as another name.
    Listed,
    /// It is another spelling or transliteration.
    Spelling,
    /// It is the official form of the name of a country.
    OfficialForm,
    /// It says what kind of company it is, or leaves that out.
    CompanyEnding,
    /// It leaves out a middle name or writes its initial only.
    MiddleName,
    /// It has a short form of the first name.
    ShortForm,
    /// It has the initial of the first name only.
    Initial,
    /// It is the surname alone, and nobody else in the archive of that surname comes near.
    Surname,
    /// It is an acronym of the name, and of no other in the archive.
    Acronym,
    /// It is the same name, taken for another kind of entity in a few articles.
    OtherKind,
}

impl MergeReason {
    /// Every reason, in the order of their numbers.
    pub const ALL: [Self; 13] = [
        Self::Own,
        Self::Authority,
        Self::Folded,
        Self::Listed,
        Self::Spelling,
        Self::OfficialForm,
        Self::CompanyEnding,
        Self::MiddleName,
        Self::ShortForm,
        Self::Initial,
        Self::Surname,
        Self::Acronym,
        Self::OtherKind,
    ];

    /// Returns the word that stands for the reason in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Authority => "authority",
            Self::Folded => "folded",
            Self::Listed => "listed",
            Self::Spelling => "spelling",
            Self::OfficialForm => "official-form",
            Self::CompanyEnding => "company-ending",
            Self::MiddleName => "middle-name",
            Self::ShortForm => "short-form",
            Self::Initial => "initial",
            Self::Surname => "surname",
            Self::Acronym => "acronym",
            Self::OtherKind => "other-kind",
        }
    }

    /// Returns the reason in words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Own => "the name that the others were merged with",
            Self::Authority => "an authority file says so",
            Self::Folded => "it differs in case, accents or marks only",
            Self::Listed => "the built-in lists give it as another name",
            Self::Spelling => "it is another spelling or transliteration",
            Self::OfficialForm => "it is the official form of the country's name",
            Self::CompanyEnding => "only the kind of company is added or left out",
            Self::MiddleName => "only a middle name is added, left out or shortened",
            Self::ShortForm => "it has a short form of the first name",
            Self::Initial => "it has the initial of the first name only",
            Self::Surname => "it is the surname alone, and hardly anyone else here has it",
            Self::Acronym => "it is the acronym of this name and of no other here",
            Self::OtherKind => "the same name is far more often taken for this kind",
        }
    }
}

/// An entity on its way into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// What it is.
    pub kind: EntityKind,
    /// Its canonical name.
    pub name: String,
    /// Identifiers by scheme, in order.
    pub identifiers: Vec<(String, String)>,
}

/// A name on its way into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    /// The kind that it has in the articles.
    pub kind: EntityKind,
    /// The name as it stands in the articles.
    pub name: String,
    /// The number of articles that have it; 0 for an alias that occurs in none.
    pub count: u64,
    /// The place of its entity among the rows of entities; `None` for a name that is no entity.
    pub entity: Option<u32>,
    /// Why it belongs to the entity.
    pub reason: MergeReason,
    /// The name through which it came to the entity; itself for [`MergeReason::Own`].
    pub through: String,
}

/// One of the names of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityForm<'table> {
    /// The kind that it has in the articles.
    pub kind: EntityKind,
    /// The name as it stands in the articles.
    pub name: &'table str,
    /// The number of articles that have it; 0 for an alias that occurs in none.
    pub count: u64,
    /// Why it belongs to the entity.
    pub reason: MergeReason,
    /// The name through which it came to the entity; itself for [`MergeReason::Own`].
    pub through: &'table str,
}
