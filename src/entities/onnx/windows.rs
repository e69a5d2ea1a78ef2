//! The stretches of pieces that a model reads at once.
//!
//! They end where sentences end, so that no name is cut and no word is read twice, and hold as many
//! sentences as there is room for: the more a model sees around a name, the better it tells what it
//! is. A sentence that is too long for one window is cut before a word.

use std::ops::Range;

/// Returns the windows of pieces, in order and without gaps, of at most `capacity` pieces each.
///
/// `sentence_ends` holds the number of pieces up to the end of each sentence, and `begins` for each
/// piece whether a word begins with it.
pub(super) fn windows(
    sentence_ends: &[usize],
    begins: &[bool],
    capacity: usize,
) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for &sentence_end in sentence_ends {
        while sentence_end - start > capacity {
            let cut = if end > start { end } else { word_before(begins, start, capacity) };
            windows.push(start..cut);
            start = cut;
        }
        end = sentence_end;
    }
    if end > start {
        windows.push(start..end);
    }
    windows
}

/// Returns the last beginning of a word not more than `capacity` pieces behind `start`.
fn word_before(begins: &[bool], start: usize, capacity: usize) -> usize {
    let latest = start + capacity;
    (start + 1..=latest).rev().find(|piece| begins[*piece]).unwrap_or(latest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn windows_hold_whole_sentences_where_they_can() {
        let begins = [true; 20];
        assert_eq!(windows(&[3, 5, 9, 12], &begins, 6), [0..5, 5..9, 9..12]);
        let one = |window: Range<usize>| vec![window];
        assert_eq!(windows(&[3, 5, 9, 12], &begins, 20), one(0..12));
        assert_eq!(windows(&[], &begins, 6), [] as [Range<usize>; 0]);
        assert_eq!(windows(&[0, 0, 2], &begins, 6), one(0..2));
    }

    #[test]
    fn long_sentences_are_cut_before_words() {
        let begins = [true, false, false, true, false, false, true, true, false, true];
        assert_eq!(windows(&[1, 9, 10], &begins, 4), [0..1, 1..3, 3..7, 7..10]);
        // One word that no window holds.
        let begins = [true, false, false, false, false];
        assert_eq!(windows(&[5], &begins, 2), [0..2, 2..4, 4..5]);
    }

    proptest! {
        #[test]
        fn every_piece_is_in_one_window(
            sentences in prop::collection::vec(prop::collection::vec(any::<bool>(), 0..30), 0..8),
            capacity in 1_usize..20,
        ) {
            let begins: Vec<bool> = sentences.iter().flatten().copied().collect();
            let ends = sentences.iter().scan(0, |end, sentence| {
                *end += sentence.len();
                Some(*end)
            });
            let windows = windows(&ends.collect::<Vec<_>>(), &begins, capacity);
            let mut last = 0;
            for window in windows {
                prop_assert_eq!(window.start, last);
                prop_assert!(!window.is_empty() && window.len() <= capacity);
                last = window.end;
            }
            prop_assert_eq!(last, begins.len());
        }
    }
}
