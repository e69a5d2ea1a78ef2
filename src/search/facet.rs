//! Facets: how the hits of a search are spread over the values of a field.

use super::Interval;
use crate::article::EntityKind;

/// A field whose values are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// The news agencies whose report it is.
    Agency,
    /// The publication.
    Outlet,
    /// People, organizations or places that are mentioned.
    Entity(EntityKind),
    /// The language of the body.
    Language,
    /// The part of the publication.
    Section,
    /// The year or month of publication.
    Date(Interval),
}

impl FacetField {
    /// Returns the name of the field, as it is asked for and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Outlet => "outlet",
            Self::Entity(EntityKind::Person) => "person",
            Self::Entity(EntityKind::Organization) => "organization",
            Self::Entity(EntityKind::Place) => "place",
            Self::Language => "language",
            Self::Section => "section",
            Self::Date(interval) => interval.as_str(),
        }
    }
}

/// The values of a field among the hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// The commonest values, those with as many articles in the order of their names.
    pub values: Vec<FacetValue>,
    /// How many values there are, with those that are not among `values`.
    pub distinct: u64,
    /// The number of articles that have no value.
    pub without: u64,
}

/// A value and how often it occurs among the hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// The number of articles that have it.
    pub articles: u64,
    /// The number of different stories among these; the number of articles where copies are not
    /// folded.
    pub stories: u64,
}
