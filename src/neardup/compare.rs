//! Groups of copies among many articles, without comparing each with each.
//!
//! Articles whose signatures have nothing in common with any other's are passed over at once: nine in
//! ten are. Of the others, those with the same sketch are one text to begin with, and only texts that
//! share a hash of their signatures are compared; standing phrases, which very many have, count for
//! nothing. Copies count as such only when printed within two weeks of each other: the recipe
//! that comes back each December is not a copy of last year's.

use std::collections::hash_map::Entry;
use std::convert::Infallible;

use chrono::{Datelike, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Signature, Sketch};
use crate::article::PublicationDate;

/// The number of days that may lie between an article and its copy.
pub const WINDOW_DAYS: i64 = 14;

/// The number of texts above which a shingle is taken for a standing phrase.
const COMMON_SHINGLE: usize = 64;

/// What is asked about an article only when it may have copies. Articles are known by their places
/// in a list.
pub trait Articles {
    /// What can go wrong.
    type Error;

    /// Returns the first and the last day that the article's date may mean, counted from any fixed
    /// day; `None` for an article without a date.
    fn days(&self, article: usize) -> Option<(i64, i64)>;

    /// Returns what articles of one day are put in order by; no two have the same.
    fn order(&self, article: usize) -> u64;

    /// Returns the sketch of the article.
    fn sketch(&self, article: usize) -> Result<Sketch, Self::Error>;
}

/// An article whose sketch is in memory.
#[derive(Clone, Debug)]
pub struct SketchedArticle {
    order: u64,
    days: Option<(i64, i64)>,
    sketch: Sketch,
}

impl SketchedArticle {
    /// Returns an article of this date and text; `order` is what articles of one day are put in order
    /// by, and no two may have the same.
    pub fn new(order: u64, published: Option<PublicationDate>, sketch: Sketch) -> Self {
        let number = |day: NaiveDate| i64::from(day.num_days_from_ce());
        let days = published.map(|date| (number(date.first_day()), number(date.last_day())));
        Self { order, days, sketch }
    }

    /// Returns the sketch of the text.
    pub fn sketch(&self) -> &Sketch {
        &self.sketch
    }
}

impl Articles for Vec<SketchedArticle> {
    type Error = Infallible;

    fn days(&self, article: usize) -> Option<(i64, i64)> {
        self[article].days
    }

    fn order(&self, article: usize) -> u64 {
        self[article].order
    }

    fn sketch(&self, article: usize) -> Result<Sketch, Infallible> {
        Ok(self[article].sketch.clone())
    }
}

/// Returns the groups of two and more copies among the articles with these signatures, by their
/// places.
///
/// Groups and their members are ordered by date and `order`, those without a date last. An article
/// without a date may be a copy of any. Takes time in proportion to the number of articles.
///
/// # Errors
/// When a sketch cannot be read.
pub fn group<A: Articles>(
    signatures: &[Signature],
    articles: &A,
) -> Result<Vec<Vec<usize>>, A::Error> {
    let hashes = || signatures.iter().flat_map(Signature::hashes);
    let maybe_repeated = RepeatedHashes::of(hashes(), signatures.len(), 1);
    // One hash in eight passes by chance, so more than half of the articles would; a second look at
    // what passed leaves few.
    let passing = hashes().filter(|&hash| maybe_repeated.may_contain(hash));
    let repeated = RepeatedHashes::of(passing, signatures.len(), OTHER_BITS);
    let is_repeated = |hash| maybe_repeated.may_contain(hash) && repeated.may_contain(hash);
    let mut members: Vec<Member> = signatures
        .iter()
        .enumerate()
        .filter(|(_, signature)| signature.hashes().any(&is_repeated))
        .map(|(place, &signature)| Member {
            place,
            signature,
            days: Days::of(articles.days(place)),
            order: articles.order(place),
        })
        .collect();
    members.sort_unstable_by_key(|member| (member.days.sort_key(), member.order));
    let mut texts = Texts::of(&members, articles)?;
    let mut union = Union::new(members.len());
    for of_text in &texts.members {
        join_near_in_time(of_text.clone(), &members, &mut union);
    }
    for (one, two) in texts.copies(&members, articles, &is_repeated)? {
        let of_both = [texts.members[one].as_slice(), &texts.members[two]].concat();
        join_near_in_time(of_both, &members, &mut union);
    }
    let places = |group: Vec<usize>| group.into_iter().map(|member| members[member].place);
    Ok(collect_groups(members.len(), &mut union)
        .into_iter()
        .map(|group| places(group).collect())
        .collect())
}

/// An article that may have copies.
struct Member {
    place: usize,
    signature: Signature,
    days: Days,
    order: u64,
}

/// The days on which an article may have been printed.
#[derive(Clone, Copy)]
struct Days {
    first: i64,
    last: i64,
}

impl Days {
    fn of(days: Option<(i64, i64)>) -> Self {
        let (first, last) = days.unwrap_or((i64::MIN, i64::MAX));
        Self { first, last }
    }

    /// Dated before undated, then by day.
    fn sort_key(self) -> (bool, i64, i64) {
        (self.first == i64::MIN, self.first, self.last)
    }

    fn cover(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    fn is_near(self, other: Self) -> bool {
        self.first <= other.last.saturating_add(WINDOW_DAYS)
            && other.first <= self.last.saturating_add(WINDOW_DAYS)
    }
}

/// Joins those of `group` that lie within the window of each other.
///
/// Going by first days, it is enough to look at the one seen so far that reaches furthest: who is
/// not within its window is within nobody's.
fn join_near_in_time(mut group: Vec<usize>, members: &[Member], union: &mut Union) {
    group.sort_unstable_by_key(|&member| members[member].days.first);
    let Some((&first, rest)) = group.split_first() else { return };
    let mut latest = first;
    for &member in rest {
        if members[member].days.first <= members[latest].days.last.saturating_add(WINDOW_DAYS) {
            union.join(latest, member);
        }
        if members[member].days.last > members[latest].days.last {
            latest = member;
        }
    }
}

/// The number of sketches in memory after which all are forgotten: some 30 MB. Articles that are
/// compared lie near in time, and so near in order.
const MOST_SKETCHES: usize = 1 << 16;

/// The distinct texts of a set of articles.
#[derive(Default)]
struct Texts {
    /// The articles with each text, in order.
    members: Vec<Vec<usize>>,
    /// The sketches of texts that were asked for.
    sketches: FxHashMap<usize, Sketch>,
    /// The days from its first to its last printing.
    days: Vec<Days>,
}

impl Texts {
    fn of<A: Articles>(members: &[Member], articles: &A) -> Result<Self, A::Error> {
        let mut texts = Self::default();
        let mut with_signature: FxHashMap<Signature, Vec<usize>> = FxHashMap::default();
        for (number, member) in members.iter().enumerate() {
            let known = with_signature.entry(member.signature).or_default();
            let mut sketch = None;
            let mut same = None;
            for &text in known.iter() {
                let own = match sketch.take() {
                    Some(sketch) => sketch,
                    None => articles.sketch(member.place)?,
                };
                let is_same = *texts.sketch(text, members, articles)? == own;
                sketch = Some(own);
                if is_same {
                    same = Some(text);
                    break;
                }
            }
            match same {
                Some(text) => {
                    texts.members[text].push(number);
                    texts.days[text] = texts.days[text].cover(member.days);
                }
                None => {
                    let text = texts.members.len();
                    known.push(text);
                    texts.members.push(vec![number]);
                    texts.sketches.extend(sketch.map(|sketch| (text, sketch)));
                    texts.days.push(member.days);
                }
            }
            texts.tidy();
        }
        Ok(texts)
    }

    fn sketch<A: Articles>(
        &mut self,
        text: usize,
        members: &[Member],
        articles: &A,
    ) -> Result<&Sketch, A::Error> {
        Ok(match self.sketches.entry(text) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                new.insert(articles.sketch(members[self.members[text][0]].place)?)
            }
        })
    }

    /// Forgets all sketches when there are too many.
    fn tidy(&mut self) {
        if self.sketches.len() > MOST_SKETCHES {
            self.sketches.clear();
        }
    }

    /// Returns the hashes of standing phrases: those that very many of the texts have which share a
    /// hash of their signatures with very many.
    fn standing_hashes<A: Articles>(
        &mut self,
        signatures: &[Signature],
        postings: &Postings,
        members: &[Member],
        articles: &A,
    ) -> Result<RoughCounts, A::Error> {
        let mut counts = RoughCounts::of_texts(signatures.len());
        for (text, signature) in signatures.iter().enumerate() {
            if signature.hashes().any(|hash| postings.common.contains(&hash)) {
                for &hash in self.sketch(text, members, articles)?.hashes() {
                    counts.add(hash);
                }
                self.tidy();
            }
        }
        Ok(counts)
    }

    /// Returns the pairs of texts that are copies, by their numbers.
    fn copies<A: Articles>(
        &mut self,
        members: &[Member],
        articles: &A,
        is_repeated: &impl Fn(u32) -> bool,
    ) -> Result<Vec<(usize, usize)>, A::Error> {
        let signatures: Vec<Signature> =
            self.members.iter().map(|of_text| members[of_text[0]].signature).collect();
        let mut postings = Postings::of(&signatures, is_repeated);
        let standing = self.standing_hashes(&signatures, &postings, members, articles)?;
        let mut candidates = Vec::new();
        let mut pairs = Vec::new();
        for (text, signature) in signatures.iter().enumerate() {
            postings.visit_earlier(text, signature, |earlier| candidates.push(earlier));
            candidates.sort_unstable();
            candidates.dedup();
            for earlier in candidates.drain(..) {
                if !self.days[earlier].is_near(self.days[text]) {
                    continue;
                }
                self.sketch(earlier, members, articles)?;
                self.sketch(text, members, articles)?;
                if let (Some(one), Some(two)) =
                    (self.sketches.get(&earlier), self.sketches.get(&text))
                    && one.is_copy_but_for(two, |hash| standing.get(hash) > COMMON_SHINGLE)
                {
                    pairs.push((earlier, text));
                }
            }
            self.tidy();
        }
        Ok(pairs)
    }
}

/// How often hashes occurred: exactly, or rarely a little too often, in little memory. (A count-min
/// sketch: Cormode and Muthukrishnan, "An improved data stream summary", 2005.)
struct RoughCounts {
    rows: [Vec<u8>; 3],
    slot_bits: u32,
}

impl RoughCounts {
    /// Odd numbers, one for each row, that decide which bits of a hash make its slot.
    const FACTORS: [u32; 3] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d];

    /// Returns counts of nothing, with room for the hashes of so many texts.
    fn of_texts(texts: usize) -> Self {
        let slots = texts.saturating_mul(256).next_power_of_two().clamp(1 << 10, 1 << 24);
        let row = vec![0; slots];
        Self { rows: [row.clone(), row.clone(), row], slot_bits: slots.trailing_zeros() }
    }

    fn slots(&self, hash: u32) -> [usize; 3] {
        let slot = |factor: u32| hash.wrapping_mul(factor) >> (u32::BITS - self.slot_bits);
        Self::FACTORS.map(|factor| slot(factor) as usize)
    }

    fn add(&mut self, hash: u32) {
        for (row, slot) in self.slots(hash).into_iter().enumerate() {
            let count = &mut self.rows[row][slot];
            *count = count.saturating_add(1);
        }
    }

    /// Returns how often a hash was added, up to 255 times.
    fn get(&self, hash: u32) -> usize {
        let counts = self.slots(hash).into_iter().zip(&self.rows).map(|(slot, row)| row[slot]);
        usize::from(counts.min().unwrap_or_default())
    }
}

/// Which texts have a hash, for the hashes that more than one and not too many have.
struct Postings {
    /// The hashes that too many have.
    common: FxHashSet<u32>,
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
    fn of(signatures: &[Signature], is_repeated: &impl Fn(u32) -> bool) -> Self {
        let mut chains: FxHashMap<u32, Chain> = FxHashMap::default();
        let hashes = signatures.iter().flat_map(Signature::hashes);
        for hash in hashes.filter(|&hash| is_repeated(hash)) {
            let chain = chains.entry(hash).or_default();
            chain.length += 1;
            chain.latest = NO_POSTING;
        }
        let is_common = |chain: &Chain| chain.length > COMMON_SHINGLE as u32;
        let common = chains.iter().filter(|(_, chain)| is_common(chain)).map(|(hash, _)| *hash);
        let common = common.collect();
        chains.retain(|_, chain| chain.length > 1 && !is_common(chain));
        Self { common, chains, links: Vec::new() }
    }

    /// Calls `visit` with each text seen before, once for each hash it shares with text `number`,
    /// and adds that text.
    fn visit_earlier(
        &mut self,
        number: usize,
        signature: &Signature,
        mut visit: impl FnMut(usize),
    ) {
        for hash in signature.hashes() {
            let Some(chain) = self.chains.get_mut(&hash) else { continue };
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

/// The hashes that occur more than once, and a few others: most occur once, and are kept out of the
/// tables in this way, at two bits a slot.
struct RepeatedHashes {
    once: Vec<u64>,
    again: Vec<u64>,
    slot_bits: u32,
    /// An odd number that decides which bits of a hash make its slot.
    factor: u32,
}

/// A factor that mixes all bits of a hash.
const OTHER_BITS: u32 = 0x9e37_79b1;

impl RepeatedHashes {
    fn of(hashes: impl Iterator<Item = u32>, articles: usize, factor: u32) -> Self {
        let slots = (articles * 64).next_power_of_two().clamp(64, 1 << 32);
        let empty = vec![0; slots / 64];
        let mut repeated =
            Self { once: empty.clone(), again: empty, slot_bits: slots.trailing_zeros(), factor };
        for hash in hashes {
            let (word, bit) = repeated.slot(hash);
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
        let slot = (u64::from(hash.wrapping_mul(self.factor)) << self.slot_bits) >> 32;
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

/// Returns the sets of two and more, each in order and ordered by their first members.
fn collect_groups(count: usize, union: &mut Union) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    for member in 0..count {
        let number = *numbers.entry(union.root(member)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[number].push(member);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the groups by the numbers of their articles.
    fn groups(articles: &Vec<SketchedArticle>) -> Vec<Vec<u64>> {
        let signatures: Vec<Signature> =
            articles.iter().map(|article| article.sketch.signature()).collect();
        let Ok(groups) = group(&signatures, articles);
        let number = |place: usize| articles[place].order;
        groups.into_iter().map(|group| group.into_iter().map(number).collect()).collect()
    }

    /// The same by comparing each with each.
    fn groups_naively(articles: &[SketchedArticle]) -> Vec<Vec<u64>> {
        let mut sorted: Vec<&SketchedArticle> = articles.iter().collect();
        sorted.sort_by_key(|article| (Days::of(article.days).sort_key(), article.order));
        let mut union = Union::new(sorted.len());
        for (one, one_of) in sorted.iter().enumerate() {
            for (two, two_of) in sorted[..one].iter().enumerate() {
                if Days::of(one_of.days).is_near(Days::of(two_of.days))
                    && one_of.sketch.signature().shares_a_part(&two_of.sketch.signature())
                    && one_of.sketch.is_copy_of(&two_of.sketch)
                {
                    union.join(one, two);
                }
            }
        }
        let number = |place: usize| sorted[place].order;
        collect_groups(sorted.len(), &mut union)
            .into_iter()
            .map(|group| group.into_iter().map(number).collect())
            .collect()
    }

    fn sketch(from: usize, length: usize) -> Sketch {
        let text: String = (from..from + length).map(|number| format!("w{number} ")).collect();
        Sketch::of(&text)
    }

    fn dated(order: u64, date: &str, sketch: Sketch) -> SketchedArticle {
        SketchedArticle::new(order, Some(date.parse().expect("a date")), sketch)
    }

    #[test]
    fn copies_are_grouped_in_order_of_time() {
        let articles = vec![
            dated(1, "2022-01-12", sketch(0, 300)),
            dated(2, "2022-01-10T18:15:00-04:00", sketch(0, 300)),
            dated(3, "2022-01-11", sketch(5000, 300)),
            dated(4, "2022-01-11", sketch(20, 300)),
            SketchedArticle::new(5, None, sketch(0, 250)),
        ];
        assert_eq!(groups(&articles), [vec![2, 4, 1, 5]]);
    }

    #[test]
    fn a_text_printed_again_next_year_is_another_story() {
        let articles = vec![
            dated(1, "2020-12-20", sketch(0, 300)),
            dated(2, "2021-12-20", sketch(0, 300)),
            dated(3, "2021-12-24", sketch(10, 300)),
            dated(4, "2020-12-24", sketch(10, 300)),
        ];
        assert_eq!(groups(&articles), [[1, 4], [2, 3]]);
    }

    #[test]
    fn a_month_is_as_near_as_its_nearest_day() {
        let articles = vec![
            dated(1, "2022-01", sketch(0, 300)),
            dated(2, "2022-02-14", sketch(0, 300)),
            dated(3, "2022-03-01", sketch(0, 300)),
        ];
        assert_eq!(groups(&articles), [[1, 2]]);
    }

    #[test]
    fn copies_of_a_text_that_very_many_print_unchanged_are_found() {
        let mut articles: Vec<_> =
            (0..200).map(|number| dated(number, "2022-01-12", sketch(0, 300))).collect();
        articles.push(dated(200, "2022-01-13", sketch(15, 300)));
        assert_eq!(groups(&articles), [(0..=200).collect::<Vec<_>>()]);
    }

    #[test]
    fn a_standing_text_round_the_articles_does_not_make_them_copies() {
        let notice: String = (0..400).map(|number| format!("n{number} ")).collect();
        let articles: Vec<_> = (0..100)
            .map(|id| {
                let own: String = (0..100).map(|number| format!("a{id}b{number} ")).collect();
                dated(id, "2022-01-12", Sketch::of(&(own + &notice)))
            })
            .collect();
        assert!(groups(&articles).is_empty());
    }

    #[test]
    fn short_texts_are_never_grouped() {
        let short = |number| SketchedArticle::new(number, None, Sketch::of("More to follow."));
        let articles = (0..5).map(short).collect();
        assert!(groups(&articles).is_empty());
    }

    fn any_articles() -> impl Strategy<Value = Vec<(Option<i64>, usize, usize)>> {
        let date = prop::option::weighted(0.9, 0i64..90);
        prop::collection::vec((date, 0usize..600, 10usize..400), 0..24)
    }

    #[test]
    fn rough_counts_are_never_too_low_and_rarely_too_high() {
        let mut counts = RoughCounts::of_texts(100);
        let hashes = || (0..10_000_u32).map(|number| number.wrapping_mul(0x2545_f491) << 3);
        hashes().for_each(|hash| counts.add(hash));
        (0..70).for_each(|_| counts.add(8));
        assert!(hashes().all(|hash| counts.get(hash) >= 1));
        let exact = hashes().filter(|hash| counts.get(*hash) == 1).count();
        assert!(exact > 9_000, "{exact}");
        assert!((70..75).contains(&counts.get(8)));
    }

    proptest! {
        #[test]
        fn groups_are_those_of_comparing_each_with_each_in_any_order(
            articles in any_articles(), turn in 0usize..24,
        ) {
            let articles = articles.into_iter().zip(0..).map(|((date, from, length), number)| {
                let days = date.map(|day| (day, day));
                SketchedArticle { order: number, days, sketch: sketch(from * 10, length) }
            });
            let mut articles: Vec<SketchedArticle> = articles.collect();
            let expected = groups_naively(&articles);
            prop_assert_eq!(&groups(&articles), &expected);
            let turn = turn.min(articles.len());
            articles.rotate_left(turn);
            prop_assert_eq!(&groups(&articles), &expected);
        }
    }
}
