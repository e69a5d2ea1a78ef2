//! Choices that several commands offer: what becomes of copies, and which views are wanted.

use clap::{Args, ValueEnum};

use crate::article::EntityKind;
use crate::search::{CopyChoice, FacetField, Interval, Representative};

/// What becomes of copies.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct CopyArgs {
    /// Fold copies of a story into one hit, or show all of them [default: fold]
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        help_heading = "Copies",
        long_help = "Fold copies of a story into one hit that names the others, or show all of \
            them. Copies are articles of the same words, syndicated, cut or lightly edited, that \
            were printed within two weeks of each other. Totals always count articles as well. \
            Folded unless asked otherwise, but for hits that are written as they are read \
            (`--all` with `--format jsonl` or `csv`): these are all of them, since to fold them \
            takes memory for each."
    )]
    copies: Option<CopiesArg>,
    /// Which copy stands for the others [default: earliest]
    #[arg(long, value_enum, value_name = "WHICH", help_heading = "Copies")]
    representative: Option<RepresentativeArg>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CopiesArg {
    /// One copy is a hit, the others are named with it
    Fold,
    /// Every copy is a hit
    All,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum RepresentativeArg {
    /// The one printed first
    #[default]
    Earliest,
    /// The one printed last
    Latest,
    /// The one with the most words
    Longest,
}

impl CopyArgs {
    /// Returns the choice for a request.
    pub(super) fn choice(self) -> CopyChoice {
        let representative = match self.representative.unwrap_or_default() {
            RepresentativeArg::Earliest => Representative::Earliest,
            RepresentativeArg::Latest => Representative::Latest,
            RepresentativeArg::Longest => Representative::Longest,
        };
        match self.copies {
            Some(CopiesArg::Fold) | None => CopyChoice::Fold(representative),
            Some(CopiesArg::All) => CopyChoice::All,
        }
    }

    /// Returns the choice for hits that are written as they are read: folded only where that is asked
    /// for, since it takes memory for each of them.
    pub(super) fn choice_for_stream(self) -> CopyChoice {
        match (self.copies, self.representative) {
            (None, None) => CopyChoice::All,
            _ => self.choice(),
        }
    }
}

/// Which views of the hits are wanted.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ViewArgs {
    /// Count the articles by the values of a field; may be repeated
    #[arg(long, value_enum, value_name = "FIELD", help_heading = "Views")]
    facet: Vec<FacetArg>,
    /// How many values of a field to show
    #[arg(long, value_name = "N", default_value_t = 10, help_heading = "Views")]
    pub facet_limit: usize,
    /// Count the articles over time
    #[arg(long, value_enum, value_name = "PERIOD", help_heading = "Views")]
    timeline: Option<IntervalArg>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FacetArg {
    /// News agencies
    Agency,
    /// Publications
    Outlet,
    /// People
    Person,
    /// Organizations
    #[value(alias = "organization", alias = "organisation")]
    Org,
    /// Places
    Place,
    /// Languages
    #[value(alias = "lang")]
    Language,
    /// Sections of publications
    Section,
    /// Years
    Year,
    /// Months
    Month,
}

/// A length of periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum IntervalArg {
    /// Days
    Day,
    /// Weeks, from Monday on
    Week,
    /// Months
    #[default]
    Month,
    /// Quarters of years
    Quarter,
    /// Years
    Year,
}

impl ViewArgs {
    /// Tells whether any view is wanted.
    pub(super) fn any(&self) -> bool {
        !self.facet.is_empty() || self.timeline.is_some()
    }

    /// Returns the fields whose values are counted.
    pub(super) fn facets(&self) -> Vec<FacetField> {
        self.facet.iter().map(|facet| facet.field()).collect()
    }

    /// Returns the periods in which articles are counted.
    pub(super) fn timeline(&self) -> Option<Interval> {
        self.timeline.map(Interval::from)
    }
}

impl FacetArg {
    fn field(self) -> FacetField {
        match self {
            Self::Agency => FacetField::Agency,
            Self::Outlet => FacetField::Outlet,
            Self::Person => FacetField::Entity(EntityKind::Person),
            Self::Org => FacetField::Entity(EntityKind::Organization),
            Self::Place => FacetField::Entity(EntityKind::Place),
            Self::Language => FacetField::Language,
            Self::Section => FacetField::Section,
            Self::Year => FacetField::Date(Interval::Year),
            Self::Month => FacetField::Date(Interval::Month),
        }
    }
}

impl From<IntervalArg> for Interval {
    fn from(interval: IntervalArg) -> Self {
        match interval {
            IntervalArg::Day => Self::Day,
            IntervalArg::Week => Self::Week,
            IntervalArg::Month => Self::Month,
            IntervalArg::Quarter => Self::Quarter,
            IntervalArg::Year => Self::Year,
        }
    }
}
