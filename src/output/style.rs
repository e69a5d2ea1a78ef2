//! How things look: what is painted in which colour, and how wide the page is.

use anstyle::{AnsiColor, Style};

use crate::article::EntityKind;

/// Whether colours may be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text; matches stand between asterisks, so that they can still be seen.
    #[default]
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// What a renderer is told about the page it writes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours may be written.
    pub colour: Colour,
    /// The width of the page, in columns.
    pub width: usize,
}

impl Default for Look {
    /// Returns a page of 80 columns without colours.
    fn default() -> Self {
        Self { colour: Colour::Plain, width: 80 }
    }
}

/// What a stretch of text is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Match,
    Title,
    Rank,
    Date,
    Outlet,
    Person,
    Organization,
    Place,
    /// What only orients the reader: labels, addresses, counts.
    Quiet,
}

impl Role {
    pub(super) fn style(self) -> Style {
        let colour = |colour: AnsiColor| colour.on_default();
        match self {
            Self::Body => Style::new(),
            Self::Match => colour(AnsiColor::Red).bold(),
            Self::Title => Style::new().bold(),
            Self::Rank => Style::new().dimmed(),
            Self::Date => colour(AnsiColor::Green),
            Self::Outlet => colour(AnsiColor::Cyan),
            Self::Person => colour(AnsiColor::Magenta),
            Self::Organization => colour(AnsiColor::Blue),
            Self::Place => colour(AnsiColor::Green),
            Self::Quiet => Style::new().dimmed(),
        }
    }
}

/// Returns the role in which names of a kind are shown.
pub(super) fn role_of(kind: EntityKind) -> Role {
    match kind {
        EntityKind::Person => Role::Person,
        EntityKind::Organization => Role::Organization,
        EntityKind::Place => Role::Place,
    }
}
