//! The best labels for a stretch of tokens: Viterbi's algorithm over scores of labels and pairs.

use super::label::{LABELS, NAMED_LABELS, NameKind, OUTSIDE, Part, label};

/// The buffers of the search.
#[derive(Default)]
pub(crate) struct Decoder {
    /// For each token and label, the label before it on the best way there.
    before: Vec<[u8; LABELS]>,
}

/// Numbers that labels are scored with: integers when tagging, floating point when training.
pub(crate) trait Score: Copy + PartialOrd + std::ops::Add<Output = Self> {
    /// The score of "outside" and of a start.
    const ZERO: Self;
    /// Worse than any score that comes up.
    const WORST: Self;
}

impl Score for i32 {
    const ZERO: Self = 0;
    const WORST: Self = i32::MIN / 4;
}

impl Score for f32 {
    const ZERO: Self = 0.0;
    const WORST: Self = -1e30;
}

const KINDS: usize = NameKind::ALL.len();

/// The labels after which no name is open: "outside", the last token of a name, a unit.
const CLOSED: [u8; 2 * KINDS + 1] = closed(Part::Last);

/// The labels that may follow those: "outside", the first token of a name, a unit.
const STARTS: [u8; 2 * KINDS + 1] = closed(Part::Begin);

const fn closed(part: Part) -> [u8; 2 * KINDS + 1] {
    let mut labels = [OUTSIDE; 2 * KINDS + 1];
    let mut kind = 0;
    while kind < KINDS {
        labels[2 * kind] = (kind * 4) as u8 + part as u8;
        labels[2 * kind + 1] = (kind * 4) as u8 + Part::Unit as u8;
        kind += 1;
    }
    labels
}

impl Decoder {
    /// Writes the best labels for tokens with these scores. `pairs` holds the scores of one label
    /// after another; only the pairs that may follow each other are looked at, and the stretch is
    /// taken to stand between two tokens outside any name.
    pub(crate) fn decode<S: Score>(
        &mut self,
        scores: &[[S; NAMED_LABELS]],
        pairs: &[[S; LABELS]; LABELS],
        labels: &mut Vec<u8>,
    ) {
        labels.clear();
        labels.resize(scores.len(), OUTSIDE);
        self.before.clear();
        self.before.resize(scores.len(), [OUTSIDE; LABELS]);
        let Some((first, rest)) = scores.split_first() else { return };
        let mut best = first_step(first, pairs);
        for (number, token_scores) in rest.iter().enumerate() {
            let goes_on = number + 1 < rest.len();
            best = step(&best, token_scores, pairs, goes_on, &mut self.before[number + 1]);
        }
        let mut last = OUTSIDE;
        let mut best_score = S::WORST;
        for closed in CLOSED {
            let closed_score =
                best[usize::from(closed)] + pairs[usize::from(closed)][usize::from(OUTSIDE)];
            if closed_score > best_score {
                (best_score, last) = (closed_score, closed);
            }
        }
        for (label, before) in labels.iter_mut().zip(&self.before).rev() {
            *label = last;
            last = before[usize::from(last)];
        }
    }
}

fn score_of<S: Score>(scores: &[S; NAMED_LABELS], label: u8) -> S {
    scores.get(usize::from(label)).copied().unwrap_or(S::ZERO)
}

/// Returns the scores of the labels of the first token: before it no name is open.
fn first_step<S: Score>(scores: &[S; NAMED_LABELS], pairs: &[[S; LABELS]; LABELS]) -> [S; LABELS] {
    let mut best = [S::WORST; LABELS];
    for start in STARTS {
        let place = usize::from(start);
        best[place] = pairs[usize::from(OUTSIDE)][place] + score_of(scores, start);
    }
    best
}

/// Returns the scores of the best ways to each label of a token; where the stretch does not go on
/// behind it, only to those that leave no name open.
fn step<S: Score>(
    best: &[S; LABELS],
    scores: &[S; NAMED_LABELS],
    pairs: &[[S; LABELS]; LABELS],
    goes_on: bool,
    before: &mut [u8; LABELS],
) -> [S; LABELS] {
    let mut next_best = [S::WORST; LABELS];
    let mut reach = |label: u8, from: &[u8]| {
        let place = usize::from(label);
        for source in from {
            let score = best[usize::from(*source)] + pairs[usize::from(*source)][place];
            if score > next_best[place] {
                next_best[place] = score;
                before[place] = *source;
            }
        }
        next_best[place] = next_best[place] + score_of(scores, label);
    };
    reach(OUTSIDE, &CLOSED);
    for kind in NameKind::ALL {
        let open = [label(kind, Part::Begin), label(kind, Part::Inside)];
        reach(label(kind, Part::Unit), &CLOSED);
        reach(label(kind, Part::Last), &open);
        if goes_on {
            reach(label(kind, Part::Begin), &CLOSED);
            reach(label(kind, Part::Inside), &open);
        }
    }
    next_best
}

#[cfg(test)]
mod tests {
    use super::super::label::may_follow;
    use super::super::model::forbidden_pairs;
    use super::*;
    use proptest::prelude::*;

    /// The best score by trying all ways.
    fn exhaustive(
        scores: &[[i32; NAMED_LABELS]],
        pairs: &[[i32; LABELS]; LABELS],
        from: u8,
    ) -> i32 {
        let Some((first, rest)) = scores.split_first() else {
            return if may_follow(from, OUTSIDE) {
                pairs[usize::from(from)][usize::from(OUTSIDE)]
            } else {
                i32::MIN / 8
            };
        };
        (0..LABELS as u8)
            .filter(|next| may_follow(from, *next))
            .map(|next| {
                let own = first.get(usize::from(next)).copied().unwrap_or(0);
                own + pairs[usize::from(from)][usize::from(next)] + exhaustive(rest, pairs, next)
            })
            .max()
            .expect("outside or inside may always follow")
    }

    proptest! {
        #[test]
        fn finds_the_best_way(
            scores in proptest::collection::vec(proptest::array::uniform16(-50..50_i32), 0..4),
            seed in -20..20_i32,
        ) {
            let mut pairs = forbidden_pairs();
            for (number, score) in pairs.iter_mut().flatten().enumerate() {
                if *score == 0 {
                    *score = (number as i32 * 7 + seed) % 23;
                }
            }
            let mut labels = Vec::new();
            Decoder::default().decode(&scores, &pairs, &mut labels);
            let mut from = OUTSIDE;
            let mut found = 0;
            for (label, token_scores) in labels.iter().zip(&scores) {
                prop_assert!(may_follow(from, *label));
                found += pairs[usize::from(from)][usize::from(*label)]
                    + token_scores.get(usize::from(*label)).copied().unwrap_or(0);
                from = *label;
            }
            found += pairs[usize::from(from)][usize::from(OUTSIDE)];
            prop_assert_eq!(found, exhaustive(&scores, &pairs, OUTSIDE));
        }
    }
}
