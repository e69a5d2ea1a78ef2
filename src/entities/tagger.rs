//! What finds names in a text.

use super::document::Document;
use super::error::TaggingError;
use super::memory::Memory;
use crate::article::EntityKind;
use crate::text::Language;

/// A name that a tagger found: tokens of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it names.
    pub kind: EntityKind,
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
}

/// Finds the names of people, organizations and places in a document.
///
/// A tagger says where names stand and of what kind they are; which of them mean the same is
/// found afterwards. Names lie within one sentence each, do not overlap, and come in order.
pub trait Tagger: Send + Sync {
    /// Appends the names in `document`, written in `language` where that is known.
    ///
    /// `memory` is the worker's: what a tagger keeps in it saves time and changes no answer.
    ///
    /// # Errors
    /// When the tagger cannot look at this document, as one that runs a user's model may; another
    /// document may come out right.
    fn tag(
        &self,
        document: &Document<'_>,
        language: Option<Language>,
        memory: &mut Memory,
        names: &mut Vec<Name>,
    ) -> Result<(), TaggingError>;
}
