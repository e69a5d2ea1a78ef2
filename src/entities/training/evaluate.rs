//! Scores: how many of the names found are those of the gold text, exactly and of the same kind.

use std::ops::AddAssign;

use super::gold::GoldDocument;
use crate::article::EntityKind;
use crate::entities::document::Reader;
use crate::entities::{Memory, Recognizer, Scratch, Tagger, TaggingError};
use crate::text::{Language, Span};

/// Counts of one kind of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindScores {
    /// Names found that are in the gold text.
    pub right: usize,
    /// Names found.
    pub found: usize,
    /// Names in the gold text.
    pub gold: usize,
}

impl KindScores {
    /// Returns the share of the names found that are right, from 0 to 1.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Returns the share of the gold names that were found, from 0 to 1.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Returns the harmonic mean of precision and recall, from 0 to 1.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }
}

impl AddAssign for KindScores {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Counts of people, organizations and places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// By kind, in the order of [`EntityKind::ALL`].
    pub kinds: [KindScores; 3],
}

impl Scores {
    /// Returns the counts of all kinds together.
    pub fn total(&self) -> KindScores {
        let mut total = KindScores::default();
        for kind in self.kinds {
            total += kind;
        }
        total
    }

    fn count(&mut self, found: &[(EntityKind, Span)], gold: &[(EntityKind, Span)]) {
        for (kind, scores) in EntityKind::ALL.into_iter().zip(&mut self.kinds) {
            scores.found += found.iter().filter(|name| name.0 == kind).count();
            scores.gold += gold.iter().filter(|name| name.0 == kind).count();
            scores.right +=
                found.iter().filter(|name| name.0 == kind && gold.contains(name)).count();
        }
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        for (kind, more) in self.kinds.iter_mut().zip(other.kinds) {
            *kind += more;
        }
    }
}

/// Scores the names that a tagger finds, before they are resolved.
///
/// # Errors
/// When the tagger fails on a document.
pub fn evaluate_tagger(
    tagger: &dyn Tagger,
    documents: &[GoldDocument],
) -> Result<Scores, TaggingError> {
    let mut scores = Scores::default();
    let mut reader = Reader::new();
    let mut memory = Memory::default();
    for gold in documents {
        let document = reader.read("", &gold.text);
        let mut names = Vec::new();
        tagger.tag(&document, Some(Language::ENGLISH), &mut memory, &mut names)?;
        let found: Vec<_> =
            names.iter().map(|name| (name.kind, document.place(name.start, name.end).1)).collect();
        scores.count(&found, &gold.marked());
    }
    Ok(scores)
}

/// Scores the mentions that come out in the end.
///
/// # Errors
/// When the recognizer's tagger fails on a document.
pub fn evaluate_recognizer(
    recognizer: &Recognizer,
    documents: &[GoldDocument],
) -> Result<Scores, TaggingError> {
    let mut scores = Scores::default();
    let mut scratch = Scratch::default();
    for gold in documents {
        let mentions =
            recognizer.recognize("", &gold.text, Some(Language::ENGLISH), &mut scratch)?;
        let found: Vec<_> = mentions.iter().map(|mention| (mention.kind, mention.span)).collect();
        scores.count(&found, &gold.marked());
    }
    Ok(scores)
}
