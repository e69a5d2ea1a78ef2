//! Groups of copies among many articles, without comparing each with each.
//!
//! Articles with the same sketch are one to begin with. Of the others, only those are compared that
//! share a hash, found by sorting all hashes that occur more than once; hashes of standing phrases,
//! which very many have, are passed over. Copies count as such only when printed within two weeks of
//! each other: the recipe that comes back each December is not a copy of last year's.

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use super::Sketch;
use super::sketch::LEAST_SHARED_SAMPLES;
use crate::article::PublicationDate;

/// The number of days that may lie between an article and its copy.
pub const WINDOW_DAYS: i32 = 14;

/// The number of texts above which a shingle is taken for a standing phrase.
const COMMON_SHINGLE: usize = 64;

/// Returns the groups of two and more copies among `articles`: of each its id, its date and its
/// sketch.
///
/// Groups and their members are ordered by date and id, those without a date last. An article
/// without a date may be a copy of any. Takes time in proportion to the number of articles, apart
/// from the sorting.
pub fn group<Id: Copy + Ord>(articles: &[(Id, Option<PublicationDate>, Sketch)]) -> Vec<Vec<Id>> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let days: Vec<Days> = articles.iter().map(|(_, date, _)| Days::of(*date)).collect();
    order.sort_unstable_by_key(|&article| (days[article].sort_key(), articles[article].0));
    let texts = Texts::of(articles, &order);
    let mut union = Union::new(articles.len());
    for members in &texts.members {
        join_near_in_time(members.clone(), &days, &mut union);
    }
    for (one, two) in texts.copies() {
        let members = [texts.members[one].as_slice(), &texts.members[two]].concat();
        join_near_in_time(members, &days, &mut union);
    }
    collect_groups(&order, &mut union)
        .into_iter()
        .map(|group| group.into_iter().map(|article| articles[article].0).collect())
        .collect()
}

/// The days on which an article may have been printed, counted from the Common Era.
#[derive(Clone, Copy)]
struct Days {
    first: i32,
    last: i32,
}

impl Days {
    fn of(date: Option<PublicationDate>) -> Self {
        let number = |day: NaiveDate| day.num_days_from_ce();
        match date {
            Some(date) => Self { first: number(date.first_day()), last: number(date.last_day()) },
            None => Self { first: i32::MIN, last: i32::MAX },
        }
    }

    /// Dated before undated, then by day.
    fn sort_key(self) -> (bool, i32, i32) {
        (self.first == i32::MIN, self.first, self.last)
    }
}

/// Joins those of `members` that lie within the window of each other.
///
/// Going by first days, it is enough to look at the one seen so far that reaches furthest: who is
/// not within its window is within nobody's.
fn join_near_in_time(mut members: Vec<usize>, days: &[Days], union: &mut Union) {
    members.sort_unstable_by_key(|&member| days[member].first);
    let Some((&first, rest)) = members.split_first() else { return };
    let mut latest = first;
    for &member in rest {
        if days[member].first <= days[latest].last.saturating_add(WINDOW_DAYS) {
            union.join(latest, member);
        }
        if days[member].last > days[latest].last {
            latest = member;
        }
    }
}

/// The distinct sketches of a set of articles.
struct Texts<'set> {
    sketches: Vec<&'set Sketch>,
    /// The articles with each sketch.
    members: Vec<Vec<usize>>,
}

impl<'set> Texts<'set> {
    fn of<Id>(articles: &'set [(Id, Option<PublicationDate>, Sketch)], order: &[usize]) -> Self {
        let mut texts = Self { sketches: Vec::new(), members: Vec::new() };
        let mut numbers: FxHashMap<&Sketch, usize> = FxHashMap::default();
        for &article in order {
            let sketch = &articles[article].2;
            if !sketch.is_comparable() {
                continue;
            }
            let number = *numbers.entry(sketch).or_insert_with(|| {
                texts.sketches.push(sketch);
                texts.members.push(Vec::new());
                texts.members.len() - 1
            });
            texts.members[number].push(article);
        }
        texts
    }

    /// Returns the pairs of sketches that are copies, by their numbers.
    fn copies(&self) -> Vec<(usize, usize)> {
        let mut postings = Postings::of(&self.sketches);
        let mut shared = vec![0u16; self.sketches.len()];
        let mut touched = Vec::new();
        let mut pairs = Vec::new();
        for (number, sketch) in self.sketches.iter().enumerate() {
            postings.visit_earlier(number, sketch, |earlier| {
                if shared[earlier] == 0 {
                    touched.push(earlier);
                }
                shared[earlier] += 1;
            });
            for earlier in touched.drain(..) {
                let count = usize::from(std::mem::take(&mut shared[earlier]));
                if count >= LEAST_SHARED_SAMPLES
                    && sketch.is_copy_sharing(self.sketches[earlier], count)
                {
                    pairs.push((earlier, number));
                }
            }
        }
        pairs
    }
}

/// Which texts have a hash, for the hashes that more than one and not too many have.
struct Postings {
    chains: FxHashMap<u32, Chain>,
    /// The text of each posting, and the posting before it in its chain.
    links: Vec<(u32, u32)>,
}

/// The postings of a hash, from the latest back.
#[derive(Default)]
struct Chain {
    /// The number of texts that have the hash.
    length: u32,
    /// The latest posting so far.
    latest: u32,
}

/// The end of a chain.
const NO_POSTING: u32 = u32::MAX;

impl Postings {
    /// Counts how many texts have each hash.
    fn of(sketches: &[&Sketch]) -> Self {
        let repeated = RepeatedHashes::of(sketches);
        let mut chains: FxHashMap<u32, Chain> = FxHashMap::default();
        for hash in sketches.iter().flat_map(|sketch| sketch.hashes()) {
            if repeated.may_contain(*hash) {
                let chain = chains.entry(*hash).or_default();
                chain.length += 1;
                chain.latest = NO_POSTING;
            }
        }
        chains.retain(|_, chain| (2..=COMMON_SHINGLE as u32).contains(&chain.length));
        Self { chains, links: Vec::new() }
    }

    /// Calls `visit` with each text seen before, once for each hash it shares with text `number`,
    /// and adds that text.
    fn visit_earlier(&mut self, number: usize, sketch: &Sketch, mut visit: impl FnMut(usize)) {
        for hash in sketch.hashes() {
            let Some(chain) = self.chains.get_mut(hash) else { continue };
            let mut posting = chain.latest;
            while posting != NO_POSTING {
                let (text, before) = self.links[posting as usize];
                visit(text as usize);
                posting = before;
            }
            let added = u32::try_from(self.links.len()).expect("fewer than 2^32 hashes repeat");
            self.links.push((number as u32, chain.latest));
            chain.latest = added;
        }
    }
}

/// The hashes that occur more than once, and a few others: nine in ten occur once, and are kept out
/// of the tables in this way, at two bits a slot.
struct RepeatedHashes {
    once: Vec<u64>,
    again: Vec<u64>,
    slot_bits: u32,
}

impl RepeatedHashes {
    fn of(sketches: &[&Sketch]) -> Self {
        let total: usize = sketches.iter().map(|sketch| sketch.hashes().len()).sum();
        let slots = (total * 8).next_power_of_two().clamp(64, 1 << 32);
        let empty = vec![0; slots / 64];
        let mut repeated =
            Self { once: empty.clone(), again: empty, slot_bits: slots.trailing_zeros() };
        for hash in sketches.iter().flat_map(|sketch| sketch.hashes()) {
            let (word, bit) = repeated.slot(*hash);
            repeated.again[word] |= repeated.once[word] & bit;
            repeated.once[word] |= bit;
        }
        repeated
    }

    fn may_contain(&self, hash: u32) -> bool {
        let (word, bit) = self.slot(hash);
        self.again[word] & bit != 0
    }

    /// The slot is that of the high bits; the low ones are zero in a sketch.
    fn slot(&self, hash: u32) -> (usize, u64) {
        let slot = (u64::from(hash) << self.slot_bits) >> 32;
        ((slot / 64) as usize, 1 << (slot % 64))
    }
}

/// Sets of articles that are joined (Tarjan's union-find with halving of paths).
struct Union {
    parents: Vec<usize>,
}

impl Union {
    fn new(articles: usize) -> Self {
        Self { parents: (0..articles).collect() }
    }

    fn root(&mut self, mut article: usize) -> usize {
        while self.parents[article] != article {
            self.parents[article] = self.parents[self.parents[article]];
            article = self.parents[article];
        }
        article
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        self.parents[one.max(two)] = one.min(two);
    }
}

/// Returns the sets of two and more, each in this order and ordered by their first members.
fn collect_groups(order: &[usize], union: &mut Union) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    for &article in order {
        let number = *numbers.entry(union.root(article)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[number].push(article);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sketch(from: usize, length: usize) -> Sketch {
        let text: String = (from..from + length).map(|number| format!("w{number} ")).collect();
        Sketch::of(&text)
    }

    fn day(date: &str) -> Option<PublicationDate> {
        Some(date.parse().expect("a date"))
    }

    #[test]
    fn copies_are_grouped_in_order_of_time() {
        let articles = [
            (1, day("2022-01-12"), sketch(0, 300)),
            (2, day("2022-01-10T18:15:00-04:00"), sketch(0, 300)),
            (3, day("2022-01-11"), sketch(5000, 300)),
            (4, day("2022-01-11"), sketch(20, 300)),
            (5, None, sketch(0, 250)),
        ];
        assert_eq!(group(&articles), [vec![2, 4, 1, 5]]);
    }

    #[test]
    fn a_text_printed_again_next_year_is_another_story() {
        let articles = [
            (1, day("2020-12-20"), sketch(0, 300)),
            (2, day("2021-12-20"), sketch(0, 300)),
            (3, day("2021-12-24"), sketch(10, 300)),
            (4, day("2020-12-24"), sketch(10, 300)),
        ];
        assert_eq!(group(&articles), [[1, 4], [2, 3]]);
    }

    #[test]
    fn a_month_is_as_near_as_its_nearest_day() {
        let articles = [
            (1, day("2022-01"), sketch(0, 300)),
            (2, day("2022-02-14"), sketch(0, 300)),
            (3, day("2022-03-01"), sketch(0, 300)),
        ];
        assert_eq!(group(&articles), [[1, 2]]);
    }

    #[test]
    fn copies_of_a_text_that_very_many_print_unchanged_are_found() {
        let mut articles: Vec<_> =
            (0..200).map(|id| (id, day("2022-01-12"), sketch(0, 300))).collect();
        articles.push((200, day("2022-01-13"), sketch(15, 300)));
        assert_eq!(group(&articles), [(0..=200).collect::<Vec<_>>()]);
    }

    #[test]
    fn a_standing_text_round_the_articles_does_not_make_them_copies() {
        let notice: String = (0..400).map(|number| format!("n{number} ")).collect();
        let articles: Vec<_> = (0..100)
            .map(|id| {
                let own: String = (0..100).map(|number| format!("a{id}b{number} ")).collect();
                (id, day("2022-01-12"), Sketch::of(&(own + &notice)))
            })
            .collect();
        assert!(group(&articles).is_empty());
    }

    #[test]
    fn short_texts_are_never_grouped() {
        let articles: Vec<_> = (0..5).map(|id| (id, None, Sketch::of("More to follow."))).collect();
        assert!(group(&articles).is_empty());
    }

    /// The same by comparing each with each.
    fn group_naively(articles: &[(usize, Option<PublicationDate>, Sketch)]) -> Vec<Vec<usize>> {
        let near = |one: usize, two: usize| {
            let (one, two) = (Days::of(articles[one].1), Days::of(articles[two].1));
            one.first <= two.last.saturating_add(WINDOW_DAYS)
                && two.first <= one.last.saturating_add(WINDOW_DAYS)
        };
        let mut union = Union::new(articles.len());
        for one in 0..articles.len() {
            for two in 0..one {
                if near(one, two) && articles[one].2.is_copy_of(&articles[two].2) {
                    union.join(one, two);
                }
            }
        }
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by_key(|&article| (Days::of(articles[article].1).sort_key(), article));
        collect_groups(&order, &mut union)
    }

    fn any_articles() -> impl Strategy<Value = Vec<(Option<u32>, usize, usize)>> {
        let date = prop::option::weighted(0.9, 0u32..90);
        prop::collection::vec((date, 0usize..600, 10usize..400), 0..24)
    }

    proptest! {
        #[test]
        fn groups_are_those_of_comparing_each_with_each_in_any_order(
            articles in any_articles(), turn in 0usize..24,
        ) {
            let first = NaiveDate::from_ymd_opt(2022, 1, 1).expect("a day");
            let mut articles: Vec<_> = articles
                .into_iter()
                .enumerate()
                .map(|(id, (date, from, length))| {
                    let date = date.map(|days| first + chrono::Days::new(days.into()));
                    (id, date.map(PublicationDate::day), sketch(from * 10, length))
                })
                .collect();
            let expected = group_naively(&articles);
            prop_assert_eq!(&group(&articles), &expected);
            let turn = turn.min(articles.len());
            articles.rotate_left(turn);
            prop_assert_eq!(&group(&articles), &expected);
        }
    }
}
