//! The scores of three words in a row, remembered while they come again and again.

use super::super::lexicon::WordId;
use super::label::{NAMED_LABELS, Row};

/// Three words in a row.
pub(super) type Trigram = [WordId; 3];

/// Stands for the edge of a sentence.
pub(super) const EDGE: WordId = WordId::MAX;

/// The number of slots, two to this power: 360 KB for each worker.
const SLOT_BITS: u32 = 13;

/// The scores of the trigrams met of late. Each has one slot, which the latest of several keeps.
#[derive(Default)]
pub(super) struct Trigrams {
    slots: Vec<(Trigram, Row)>,
}

/// What no token stands in the middle of.
const NONE: Trigram = [EDGE; 3];

impl Trigrams {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    /// Returns the scores of a trigram, where they are remembered.
    pub(super) fn get(&self, trigram: Trigram) -> Option<Row> {
        self.slots.get(slot(trigram)).filter(|(known, _)| *known == trigram).map(|(_, row)| *row)
    }

    /// Remembers the scores of a trigram.
    pub(super) fn insert(&mut self, trigram: Trigram, row: Row) {
        self.slots.resize(1 << SLOT_BITS, (NONE, [0; NAMED_LABELS]));
        self.slots[slot(trigram)] = (trigram, row);
    }
}

fn slot(trigram: Trigram) -> usize {
    let mix = |mixed: u64, word: WordId| {
        (mixed.rotate_left(23) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    (trigram.into_iter().fold(0, mix) >> (u64::BITS - SLOT_BITS)) as usize
}
