//! Where passages stand: phrases and proximity computed on the positions of words.
//!
//! One definition for matching, counting and highlighting, whether the positions come from an index
//! or from a text. The words of the headline have positions from 0 on, those of the body from
//! [`Layout::body_start`] on, and between two paragraphs of the body one position stays empty: no
//! phrase reaches over it, while the distance of two words does not count it.
//!
//! A match is a stretch that begins and ends with words that were asked for. The two sides of a
//! proximity never use the same word at their ends, but one may stand inside a stretch that the other
//! spans: in "a c b", `(a w/5 b) w/5 c` matches. How near two stretches are is how near their ends
//! are.

use super::ast::{Order, Proximity, Within};

/// What the positions of an article mean.
pub trait Layout {
    /// Returns the position of the first word of the body.
    fn body_start(&self) -> u32;

    /// Returns the number of the paragraph that a word lies in; the numbers rise by one from
    /// paragraph to paragraph, and the headline is a paragraph.
    fn paragraph(&self, position: u32) -> u32;

    /// Returns the number of the sentence that a word lies in; the numbers rise, and the headline is
    /// a sentence.
    fn sentence(&self, position: u32) -> u32;
}

/// Words side by side, from the first position to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The position of the first word.
    pub start: u32,
    /// The position of the last word.
    pub end: u32,
}

/// A stretch of text that matches, by the words it begins and ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// The words it begins with.
    pub head: Run,
    /// The words it ends with; the same as `head` for a word and a phrase.
    pub tail: Run,
}

impl Match {
    /// Returns the match of words side by side.
    pub fn solid(start: u32, end: u32) -> Self {
        let run = Run { start, end };
        Self { head: run, tail: run }
    }

    /// Returns the position of the first word.
    pub fn start(self) -> u32 {
        self.head.start
    }

    /// Returns the position of the last word.
    pub fn end(self) -> u32 {
        self.tail.end
    }

    /// Returns the stretch from the beginning of the first to the end of the last.
    pub(super) fn cover(self, other: Self) -> Self {
        let head = if self.start() <= other.start() { self.head } else { other.head };
        let tail = if self.end() >= other.end() { self.tail } else { other.tail };
        Self { head, tail }
    }

    fn ends(self) -> impl Iterator<Item = Run> {
        let tail = (self.tail != self.head).then_some(self.tail);
        std::iter::once(self.head).chain(tail)
    }
}

impl Run {
    fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// Tells whether two positions lie in the same text, headline or body.
fn same_text(layout: &impl Layout, one: u32, two: u32) -> bool {
    let body_start = layout.body_start();
    (one < body_start) == (two < body_start)
}

/// Tells whether the words at `one` and `two` of the same text, the first before the second, are at
/// most `count` words apart; 1 is side by side.
///
/// Asks for paragraphs only where their breaks decide.
pub fn is_within(layout: &impl Layout, one: u32, two: u32, count: u32) -> bool {
    let positions = two - one;
    // Every break needs a word before it and one after.
    if positions <= count || positions - positions / 2 > count {
        return positions <= count;
    }
    positions - (layout.paragraph(two) - layout.paragraph(one)) <= count
}

fn runs_are_within(layout: &impl Layout, one: Run, two: Run, count: u32) -> bool {
    if one.end < two.start {
        is_within(layout, one.end, two.start, count)
    } else if two.end < one.start {
        is_within(layout, two.end, one.start, count)
    } else {
        true
    }
}

fn share_a_word(one: Match, two: Match) -> bool {
    one.ends().any(|end| two.ends().any(|other| end.overlaps(other)))
}

/// Tells whether two matches are as near as asked, leaving aside whether they share words.
fn are_near(layout: &impl Layout, left: Match, right: Match, relation: Proximity) -> bool {
    if !same_text(layout, left.start(), right.start()) {
        return false;
    }
    let in_order = left.end() < right.start();
    if relation.order == Order::LeftFirst && !in_order {
        return false;
    }
    let (start, end) = (left.start().min(right.start()), left.end().max(right.end()));
    match relation.within {
        Within::Sentence => layout.sentence(start) == layout.sentence(end),
        Within::Paragraph => layout.paragraph(start) == layout.paragraph(end),
        Within::Words(count) if relation.order == Order::LeftFirst => {
            is_within(layout, left.end(), right.start(), count)
        }
        Within::Words(count) => {
            left.ends().any(|one| right.ends().any(|two| runs_are_within(layout, one, two, count)))
        }
    }
}

/// The two sides of a proximity, ready to be compared.
pub(super) struct Pairs<'a, L> {
    layout: &'a L,
    right: &'a [Match],
    /// The greatest number of positions from the start of a right match to its end.
    widest: u32,
    relation: Proximity,
}

impl<'a, L: Layout> Pairs<'a, L> {
    /// `right` is sorted.
    pub(super) fn new(layout: &'a L, right: &'a [Match], relation: Proximity) -> Self {
        let widest = right.iter().map(|found| found.end() - found.start()).max().unwrap_or(0);
        Self { layout, right, widest, relation }
    }

    /// Returns the right matches that stand near `left`.
    pub(super) fn near(&self, left: Match) -> impl Iterator<Item = Match> {
        self.candidates(left).iter().copied().filter(move |right| {
            let shares =
                if self.relation.negative { left == *right } else { share_a_word(left, *right) };
            !shares && are_near(self.layout, left, *right, self.relation)
        })
    }

    /// Returns the right matches that begin where one near `left` can.
    fn candidates(&self, left: Match) -> &'a [Match] {
        let layout = self.layout;
        match self.relation.within {
            Within::Words(count) => {
                // Breaks may double the number of positions.
                let far = count.saturating_mul(2);
                let from = match self.relation.order {
                    Order::LeftFirst => left.end(),
                    Order::Either => left.start().saturating_sub(far.saturating_add(self.widest)),
                };
                let to = left.end().saturating_add(far);
                self.between(|right| right.start() < from, |right| right.start() <= to)
            }
            Within::Sentence => {
                let own = layout.sentence(left.start());
                let number = |right: &Match| layout.sentence(right.start());
                self.between(|right| number(right) < own, |right| number(right) <= own)
            }
            Within::Paragraph => {
                let own = layout.paragraph(left.start());
                let number = |right: &Match| layout.paragraph(right.start());
                self.between(|right| number(right) < own, |right| number(right) <= own)
            }
        }
    }

    /// Returns the matches after those that are `before`, as far as they are `within`.
    fn between(
        &self,
        before: impl Fn(&Match) -> bool,
        within: impl Fn(&Match) -> bool,
    ) -> &'a [Match] {
        let from = self.right.partition_point(before);
        let rest = &self.right[from..];
        &rest[..rest.partition_point(within)]
    }

    /// Returns the matches of the proximity, in no order and perhaps repeated: the stretches that
    /// `left` makes with each right match, or `left` itself when none may be near.
    pub(super) fn matches(&self, left: Match) -> impl Iterator<Item = Match> {
        let alone = self.relation.negative && self.near(left).next().is_none();
        let pairs = self.near(left).map(move |right| left.cover(right));
        let pairs = (!self.relation.negative).then_some(pairs).into_iter().flatten();
        pairs.chain(alone.then_some(left))
    }
}

/// Tells whether two single words, the first before the second, are as near as asked.
fn words_are_near(layout: &impl Layout, one: u32, two: u32, within: Within) -> bool {
    same_text(layout, one, two)
        && match within {
            Within::Words(count) => is_within(layout, one, two, count),
            Within::Sentence => layout.sentence(one) == layout.sentence(two),
            Within::Paragraph => layout.paragraph(one) == layout.paragraph(two),
        }
}

/// Tells whether there is a match of a proximity of single words, whose sorted positions are given.
///
/// The nearest words decide: where any word of the right side is near enough, the nearest is.
pub(super) fn any_near(
    layout: &impl Layout,
    left: &[u32],
    right: &[u32],
    relation: Proximity,
) -> bool {
    let are_near = |one: u32, two: u32| words_are_near(layout, one, two, relation.within);
    let mut not_before = 0;
    left.iter().any(|&at| {
        while right.get(not_before).is_some_and(|other| *other < at) {
            not_before += 1;
        }
        // A word is not near itself.
        let is_itself = right.get(not_before) == Some(&at);
        let next = right.get(not_before + usize::from(is_itself));
        let last = not_before.checked_sub(1).map(|place| right[place]);
        let follows = next.is_some_and(|next| are_near(at, *next));
        let precedes =
            relation.order == Order::Either && last.is_some_and(|last| are_near(last, at));
        (follows || precedes) != relation.negative
    })
}

/// Returns the greatest number of matches that do not overlap of a proximity of single words, whose
/// sorted positions are given; `None` for one that is negative.
///
/// Of the matches that end with a word the shortest leaves most room before it, and it begins with
/// the last word of the other side.
pub(super) fn count_near(
    layout: &impl Layout,
    left: &[u32],
    right: &[u32],
    relation: Proximity,
) -> Option<u32> {
    if relation.negative {
        return None;
    }
    let (mut rest_left, mut rest_right) = (left, right);
    let (mut last_left, mut last_right) = (None, None);
    let (mut count, mut free_from) = (0, 0);
    loop {
        let (next_left, next_right) = (rest_left.first().copied(), rest_right.first().copied());
        let Some(at) = next_left.into_iter().chain(next_right).min() else { return Some(count) };
        let (is_left, is_right) = (next_left == Some(at), next_right == Some(at));
        let after_left = last_left.filter(|_| is_right);
        let after_right = last_right.filter(|_| is_left && relation.order == Order::Either);
        let is_free = |start: &u32| {
            *start >= free_from && words_are_near(layout, *start, at, relation.within)
        };
        if after_left.into_iter().chain(after_right).any(|start| is_free(&start)) {
            count += 1;
            free_from = at + 1;
        }
        if is_left {
            last_left = Some(at);
            rest_left = &rest_left[1..];
        }
        if is_right {
            last_right = Some(at);
            rest_right = &rest_right[1..];
        }
    }
}

/// Returns the greatest number of matches that do not overlap; `matches` come in order of their ends.
pub(super) fn count_apart(matches: &mut [Match]) -> u32 {
    matches.sort_unstable_by_key(|found| found.end());
    let mut count = 0;
    let mut free_from = 0;
    for found in matches {
        if found.start() >= free_from {
            count += 1;
            free_from = found.end() + 1;
        }
    }
    count
}

/// A phrase with slop: for each of its slots the displacement and the sorted positions.
///
/// Lucene's rule: a word at position p that stands in the phrase at offset o is displaced by p − o;
/// the words match when the greatest displacement less the smallest is at most the slop. No word
/// serves two slots.
pub(super) struct Sloppy<'a> {
    /// The offset of each slot in the phrase, and where its words stand.
    pub(super) slots: Vec<(u32, std::borrow::Cow<'a, [u32]>)>,
    pub(super) slop: u32,
}

impl Sloppy<'_> {
    /// Returns the smallest displacements that a match can have, each once and in order.
    fn displacements(&self) -> Vec<i64> {
        let displaced = |(offset, positions): &(u32, std::borrow::Cow<'_, [u32]>)| {
            positions.iter().map(|at| i64::from(*at) - i64::from(*offset)).collect::<Vec<_>>()
        };
        let mut all: Vec<i64> = self.slots.iter().flat_map(displaced).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Returns the positions of each slot that are displaced by `least` to `least` + slop, or `None`
    /// when a slot has none.
    fn window(&self, least: i64) -> Option<Vec<&[u32]>> {
        let mut window = Vec::with_capacity(self.slots.len());
        for (offset, positions) in &self.slots {
            let low = least + i64::from(*offset);
            let high = low + i64::from(self.slop);
            let from = positions.partition_point(|at| i64::from(*at) < low);
            let to = positions.partition_point(|at| i64::from(*at) <= high);
            if from == to {
                return None;
            }
            window.push(&positions[from..to]);
        }
        Some(window)
    }

    /// Calls `visit` with the first and the last position of every match within one paragraph,
    /// perhaps repeatedly, until it returns `false`.
    pub(super) fn each_match(&self, layout: &impl Layout, mut visit: impl FnMut(u32, u32) -> bool) {
        for least in self.displacements() {
            let Some(window) = self.window(least) else { continue };
            for (start, end) in extents(&window) {
                let together = same_text(layout, start, end)
                    && layout.paragraph(start) == layout.paragraph(end);
                if together && !visit(start, end) {
                    return;
                }
            }
        }
    }

    /// Calls `mark` with every position that is part of a match from `start` to `end`.
    pub(super) fn each_word(&self, start: u32, end: u32, mut mark: impl FnMut(u32)) {
        for least in self.displacements() {
            let Some(window) = self.window(least) else { continue };
            for (slot, positions) in window.iter().enumerate() {
                for at in positions.iter().filter(|at| (start..=end).contains(*at)) {
                    if can_assign(&window, &[(slot, *at)], start, end) {
                        mark(*at);
                    }
                }
            }
        }
    }
}

/// Returns the pairs of first and last positions for which all slots find words of their own.
fn extents(window: &[&[u32]]) -> Vec<(u32, u32)> {
    let mut candidates: Vec<u32> =
        window.iter().flat_map(|positions| positions.iter().copied()).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut found = Vec::new();
    for (at, start) in candidates.iter().enumerate() {
        for end in &candidates[at..] {
            if can_assign(window, &[], *start, *end) {
                found.push((*start, *end));
            }
        }
    }
    found
}

/// Tells whether every slot can be given a position of its own from `start` to `end`, with both ends
/// and the pairs of slot and position in `given` among them.
fn can_assign(window: &[&[u32]], given: &[(usize, u32)], start: u32, end: u32) -> bool {
    let slots = || 0..window.len();
    let has = |slot: usize, at: u32| window[slot].binary_search(&at).is_ok();
    slots().filter(|slot| has(*slot, start)).any(|first| {
        slots().filter(|slot| has(*slot, end)).any(|last| {
            let mut fixed = vec![(first, start), (last, end)];
            fixed.extend_from_slice(given);
            fixed.sort_unstable();
            fixed.dedup();
            is_one_to_one(&fixed) && assign_rest(window, &fixed, start, end)
        })
    })
}

fn is_one_to_one(fixed: &[(usize, u32)]) -> bool {
    fixed.iter().enumerate().all(|(at, (slot, position))| {
        fixed[at + 1..].iter().all(|(other, elsewhere)| slot != other && position != elsewhere)
    })
}

/// Completes an assignment by augmenting paths (Kuhn's algorithm for bipartite matching).
fn assign_rest(window: &[&[u32]], fixed: &[(usize, u32)], start: u32, end: u32) -> bool {
    let mut taken: Vec<(u32, usize)> = Vec::new();
    for slot in 0..window.len() {
        if fixed.iter().any(|(owner, _)| *owner == slot) {
            continue;
        }
        let mut tried = Vec::new();
        let usable =
            |at: u32| (start..=end).contains(&at) && fixed.iter().all(|(_, used)| *used != at);
        if !augment(window, slot, &usable, &mut taken, &mut tried) {
            return false;
        }
    }
    true
}

fn augment(
    window: &[&[u32]],
    slot: usize,
    usable: &impl Fn(u32) -> bool,
    taken: &mut Vec<(u32, usize)>,
    tried: &mut Vec<u32>,
) -> bool {
    for &at in window[slot] {
        if !usable(at) || tried.contains(&at) {
            continue;
        }
        tried.push(at);
        match taken.iter().position(|(position, _)| *position == at) {
            None => {
                taken.push((at, slot));
                return true;
            }
            Some(place) => {
                let owner = taken[place].1;
                if augment(window, owner, usable, taken, tried) {
                    // The owner has moved to another position, and its old one is free.
                    let place = taken.iter().position(|(position, _)| *position == at);
                    taken[place.expect("a taken position stays taken")].1 = slot;
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A headline of seven words and paragraphs of nine, of two sentences each.
    struct Regular;

    impl Layout for Regular {
        fn body_start(&self) -> u32 {
            8
        }

        fn paragraph(&self, position: u32) -> u32 {
            if position < 8 { 0 } else { 1 + (position - 8) / 10 }
        }

        fn sentence(&self, position: u32) -> u32 {
            if position < 8 { 0 } else { 1 + (position - 8) / 5 }
        }
    }

    fn any_positions() -> impl Strategy<Value = Vec<u32>> {
        let is_word = |position: &u32| position % 10 != 7;
        prop::collection::btree_set(0u32..70, 0..14)
            .prop_map(move |all| all.into_iter().filter(is_word).collect())
    }

    proptest! {
        #[test]
        fn words_near_each_other_are_counted_like_any_matches(
            left in any_positions(), right in any_positions(), count in 1u32..14,
            kind in 0usize..3, in_order in any::<bool>(),
        ) {
            let within = [Within::Words(count), Within::Sentence, Within::Paragraph][kind];
            let order = if in_order { Order::LeftFirst } else { Order::Either };
            let relation = Proximity { within, order, negative: false };
            let solid = |at: &u32| Match::solid(*at, *at);
            let matches_of: Vec<Match> = right.iter().map(solid).collect();
            let pairs = Pairs::new(&Regular, &matches_of, relation);
            let mut all: Vec<Match> =
                left.iter().flat_map(|at| pairs.matches(solid(at))).collect();
            let counted = count_near(&Regular, &left, &right, relation);
            prop_assert_eq!(counted, Some(count_apart(&mut all)));
            let any = any_near(&Regular, &left, &right, relation);
            prop_assert_eq!(any, counted > Some(0));
        }
    }
}
