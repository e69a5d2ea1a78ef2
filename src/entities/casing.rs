//! Whether the capitals of a sentence say anything: headlines are often written with a capital on
//! every word, or in capitals altogether.

use std::ops::Range;

use super::document::Document;
use super::lexicon::Shape;

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Casing {
    /// Names and first words have them.
    #[default]
    Sentence,
    /// Nearly every longer word has one.
    Headline,
    /// Everything is written in them.
    Capitals,
}

impl Casing {
    /// Returns how a sentence uses capitals; one with fewer than three longer words, which could
    /// be anything, counts as an ordinary one, and so does one that ends in a full stop, unless all
    /// of it is capitals.
    pub(crate) fn of(document: &Document<'_>, sentence: Range<usize>) -> Self {
        let ends_in_stop =
            sentence.end > sentence.start && document.token_text(sentence.end - 1) == ".";
        let (mut small, mut initial, mut capitals) = (0, 0, 0);
        for at in sentence {
            let word = document.look(at);
            match word.shape() {
                Shape::Lower if word.is_long() => small += 1,
                Shape::Initial | Shape::Mixed if word.is_long() => initial += 1,
                Shape::Capitals if word.is_long() => capitals += 1,
                Shape::Lower if word.has_several_letters() => small += usize::from(capitals > 0),
                _ => {}
            }
        }
        if capitals >= 3 && capitals >= 4 * (small + initial) {
            return Self::Capitals;
        }
        if !ends_in_stop && initial + capitals >= 4 && small * 5 <= initial + capitals {
            return Self::Headline;
        }
        Self::Sentence
    }
}
