//! People, organizations and places: what a mention in a text refers to.
//!
//! A *mention* is a stretch of text, an *entity* is what it refers to. Filters and facets use
//! entities, highlighting uses mentions.

use std::fmt;
use std::str::FromStr;

use crate::text::Span;

/// The kinds of entities that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being, by name.
    Person,
    /// A company, party, agency, alliance, club or other body.
    Organization,
    /// A country, city, region, river or other place.
    Place,
}

impl EntityKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Place];

    /// Returns the lower-case word used in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for EntityKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word.to_ascii_lowercase().as_str() {
            "person" | "people" | "per" => Ok(Self::Person),
            "organization" | "organisation" | "org" | "orgs" => Ok(Self::Organization),
            "place" | "places" | "location" | "loc" => Ok(Self::Place),
            _ => Err(()),
        }
    }
}

/// The text of an article that a mention stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionField {
    /// The headline.
    Title,
    /// The body.
    Body,
}

/// A stretch of an article's text that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// What kind of entity it names.
    pub kind: EntityKind,
    /// Which text it stands in.
    pub field: MentionField,
    /// Where, in bytes of that text, on character boundaries.
    pub span: Span,
    /// The name of the entity as resolved within the article: "Sergei Lavrov" for a later "Lavrov".
    pub entity: String,
    /// The title that stands before the name of a person ("Foreign Minister"), in bytes of the same
    /// text; it is no part of the name.
    pub title: Option<Span>,
}

/// An entity that the source of an article names as what it is about, apart from its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GivenEntity {
    /// What kind of entity it is.
    pub kind: EntityKind,
    /// Its name as given.
    pub name: String,
}
