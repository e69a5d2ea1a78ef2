//! The second look: what the other mentions of a word in the document were taken for.
//!
//! A name is often clear in one sentence and not in another. After the first labels are found, each
//! capitalised token gets features of the labels that the same word got elsewhere in the document, and
//! the labels are found once more.

use super::features::{Feature, hash};
use super::label::{LABELS, OUTSIDE, parse};
use crate::entities::lexicon::FormId;

/// How often each folded form got each label in a document.
#[derive(Default)]
pub(crate) struct Tally {
    counts: Vec<[u16; LABELS]>,
}

impl Tally {
    /// Makes room for forms numbered below `forms`; counts of a document before stay until
    /// [`Tally::forget`].
    pub(crate) fn make_room(&mut self, forms: usize) {
        if self.counts.len() < forms {
            self.counts.resize(forms, [0; LABELS]);
        }
    }

    /// Counts a label.
    pub(crate) fn add(&mut self, form: FormId, label: u8) {
        let count = &mut self.counts[form as usize][usize::from(label)];
        *count = count.saturating_add(1);
    }

    /// Forgets what was counted for a form.
    pub(crate) fn forget(&mut self, form: FormId) {
        self.counts[form as usize] = [0; LABELS];
    }

    /// Appends the features of a token of this form whose own label is `own`; none when the form
    /// stands nowhere else.
    pub(crate) fn features(&self, form: FormId, own: u8, features: &mut Vec<Feature>) {
        let mut others = self.counts[form as usize];
        let own_count = &mut others[usize::from(own)];
        *own_count = own_count.saturating_sub(1);
        let total: u32 = others.iter().map(|count| u32::from(*count)).sum();
        if total == 0 {
            return;
        }
        let mut kinds = [0_u32; 5];
        for (label, count) in others.iter().enumerate() {
            kinds[kind_number(label as u8)] += u32::from(*count);
        }
        let main = largest(&kinds);
        let share = kinds[main] * 4 / total;
        let main_label = largest(&others.map(u32::from));
        let own_kind = kind_number(own) as u64;
        let mut add = |template: u32, filling: u64| features.push(hash(template, filling));
        add(250, (main as u64) << 8 | own_kind);
        add(251, (main as u64) << 16 | u64::from(share) << 8 | u64::from(own));
        add(252, (main_label as u64) << 8 | u64::from(own));
        for (label, count) in others.iter().enumerate() {
            if *count > 0 {
                add(253, (label as u64) << 8 | u64::from(own));
            }
        }
        let sure = u64::from(total >= 3);
        add(254, (main as u64) << 16 | own_kind << 8 | sure << 4 | u64::from(share));
    }
}

fn kind_number(label: u8) -> usize {
    if label == OUTSIDE { 4 } else { parse(label).map_or(4, |(kind, _)| kind as usize) }
}

/// Returns the place of the largest number, the first of several.
fn largest(numbers: &[u32]) -> usize {
    let mut best = 0;
    for (place, number) in numbers.iter().enumerate() {
        if *number > numbers[best] {
            best = place;
        }
    }
    best
}
