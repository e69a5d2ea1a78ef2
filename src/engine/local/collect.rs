//! Collecting hits: which articles are the first so many, and how many there are in all.
//!
//! Tantivy adds the scores of a document in an order that depends on its segment, so two copies of
//! an article may differ in the last bit of their scores, and an archive that was indexed in two
//! steps would rank differently from one that was indexed at once. So what is collected here are
//! *candidates*: all documents that may be among the first so many when scores are taken with a grain
//! of salt; [`super::rank`] scores them again in one fixed order.

use std::cmp::Ordering;
use std::fmt::Debug;

use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::recency::{Recency, SegmentFactors};
use super::segments;

/// Scores that differ by no more than this share may be the same: rounding in other orders.
const ROUNDING: Score = 1e-4;

/// Blocks of postings may be passed over by a bound that was computed with the lengths of their own
/// segment; with those of the whole index it may be too low by a little.
const BOUND_SLACK: Score = 0.02;

/// A document that may be among the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) address: DocAddress,
    pub(super) score: Score,
}

/// Collects the candidates for the `limit` best scores, leaving out what cannot be among them.
pub(super) struct BestScores {
    pub(super) limit: usize,
}

/// The candidates of one segment so far.
struct BestOfSegment {
    limit: usize,
    segment: SegmentOrdinal,
    candidates: Vec<Candidate>,
    /// The score of the last of the first `limit`, once there are so many.
    threshold: Score,
}

impl BestOfSegment {
    fn new(limit: usize, segment: SegmentOrdinal) -> Self {
        Self { limit, segment, candidates: Vec::new(), threshold: Score::MIN }
    }

    fn take(&mut self, doc: DocId, score: Score) {
        if score >= self.threshold * (1.0 - ROUNDING) || self.threshold == Score::MIN {
            let address = DocAddress::new(self.segment, doc);
            self.candidates.push(Candidate { address, score });
            if self.candidates.len() >= self.limit.max(32).saturating_mul(2) {
                self.compact();
            }
        }
    }

    /// Returns the score below which no document can be a candidate any more.
    fn floor(&self) -> Score {
        if self.threshold == Score::MIN { Score::MIN } else { self.threshold * (1.0 - BOUND_SLACK) }
    }

    fn compact(&mut self) {
        if let Some(threshold) = nth_best(&mut self.candidates, self.limit) {
            self.threshold = threshold;
            let least = threshold * (1.0 - ROUNDING);
            self.candidates.retain(|candidate| candidate.score >= least);
        }
        // Many equal scores may survive; give them room, so that taking stays cheap.
        let room = self.candidates.len();
        self.candidates.reserve(room);
    }
}

/// Returns the `limit`th best score, or `None` where there are not so many.
fn nth_best(candidates: &mut [Candidate], limit: usize) -> Option<Score> {
    let last = limit.checked_sub(1)?;
    if last >= candidates.len() {
        return None;
    }
    let by_score = |one: &Candidate, two: &Candidate| two.score.total_cmp(&one.score);
    let (_, nth, _) = candidates.select_nth_unstable_by(last, by_score);
    Some(nth.score)
}

/// How the candidates of a query are best found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// Every match is scored: all of them have to be looked at anyway.
    Along,
    /// Blocks of matches whose scores must be too low are passed over; the matches are counted
    /// apart.
    Apart,
}

impl BestScores {
    /// Returns the candidates among those that `shows` lets through, passing over blocks of others.
    pub(super) fn collect(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
        recency: Option<Recency>,
        shows: impl Fn(DocAddress) -> bool + Sync,
    ) -> tantivy::Result<Vec<Candidate>> {
        let candidates = segments::of_each(searcher, |segment, reader| {
            self.of_segment(segment, reader, weight, recency, &shows)
        })?;
        Ok(self.select(candidates.concat()))
    }

    /// Returns the candidates, passing over blocks of others, and how many documents match in all.
    ///
    /// `counting` matches what `weight` matches. Each segment is searched and counted by one thread:
    /// starting threads twice takes longer than counting in a quick search.
    pub(super) fn collect_and_count(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
        counting: &dyn Weight,
        recency: Option<Recency>,
    ) -> tantivy::Result<(Vec<Candidate>, u64)> {
        let of_segments = segments::of_each(searcher, |segment, reader| {
            let candidates = self.of_segment(segment, reader, weight, recency, |_| true)?;
            Ok((candidates, u64::from(counting.count(reader)?)))
        })?;
        let (candidates, counts): (Vec<_>, Vec<_>) = of_segments.into_iter().unzip();
        Ok((self.select(candidates.concat()), counts.into_iter().sum()))
    }

    /// Returns the candidates of one segment.
    ///
    /// A recency prior only lowers scores, so a block whose best score is too low without it is too
    /// low with it.
    fn of_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        weight: &dyn Weight,
        recency: Option<Recency>,
        shows: impl Fn(DocAddress) -> bool,
    ) -> tantivy::Result<Vec<Candidate>> {
        let factors = recency.map(|recency| SegmentFactors::open(recency, reader)).transpose()?;
        let mut best = BestOfSegment::new(self.limit, segment);
        let alive = reader.alive_bitset();
        weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) && shows(DocAddress::new(segment, doc))
            {
                best.take(doc, factors.as_ref().map_or(score, |of| score * of.of(doc)));
            }
            best.floor()
        })?;
        Ok(best.candidates)
    }

    /// Returns the candidates among documents whose scores are known.
    pub(super) fn select(&self, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        keep_best(&mut candidates, self.limit);
        candidates
    }
}

fn keep_best(candidates: &mut Vec<Candidate>, limit: usize) {
    if let Some(threshold) = nth_best(candidates, limit) {
        let least = threshold * (1.0 - ROUNDING);
        candidates.retain(|candidate| candidate.score >= least);
    }
}

/// The order of hits by date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    Newest,
    Oldest,
}

/// What a hit is put in order by, once scores are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SortKey {
    /// Seconds from the epoch; `None` for an article without a date.
    pub(super) published: Option<i64>,
    /// The first bits of the id.
    pub(super) order: u64,
}

impl SortKey {
    /// Compares by date, articles without one last, and then by id.
    pub(super) fn compare(&self, other: &Self, order: DateOrder) -> Ordering {
        let dates = match (self.published, other.published) {
            (Some(one), Some(two)) => match order {
                DateOrder::Newest => two.cmp(&one),
                DateOrder::Oldest => one.cmp(&two),
            },
            (one, two) => one.is_none().cmp(&two.is_none()),
        };
        dates.then(self.order.cmp(&other.order))
    }
}

/// The columns of a segment that hold the sort keys of its documents.
pub(super) struct SortColumns {
    published: Column<i64>,
    order: Column<u64>,
}

impl SortColumns {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            published: reader.fast_fields().i64("published")?,
            order: reader.fast_fields().u64("order")?,
        })
    }

    pub(super) fn key(&self, doc: DocId) -> SortKey {
        SortKey {
            published: self.published.first(doc),
            order: self.order.first(doc).unwrap_or_default(),
        }
    }

    /// Returns the keys of documents.
    pub(super) fn keys(&self, docs: &[DocId]) -> impl Iterator<Item = SortKey> {
        let orders = first_values(&self.order, docs);
        let key = |(published, order): (_, Option<u64>)| SortKey {
            published,
            order: order.unwrap_or_default(),
        };
        first_values(&self.published, docs).into_iter().zip(orders).map(key)
    }
}

/// Returns the first value of each document, all at once, which takes half as long as one by one.
pub(super) fn first_values<T: PartialOrd + Copy + Debug + Send + Sync + 'static>(
    column: &Column<T>,
    docs: &[DocId],
) -> Vec<Option<T>> {
    let mut values = vec![None; docs.len()];
    column.first_vals(docs, &mut values);
    values
}

/// Returns the keys that `docs` are put in order by, each with its document, by segment.
pub(super) fn sort_keys(
    searcher: &Searcher,
    docs: &[DocAddress],
) -> tantivy::Result<Vec<(SortKey, DocAddress)>> {
    let mut keyed = Vec::with_capacity(docs.len());
    for of_segment in docs.chunk_by(|one, two| one.segment_ord == two.segment_ord) {
        let columns = SortColumns::open(searcher.segment_reader(of_segment[0].segment_ord))?;
        let docs: Vec<DocId> = of_segment.iter().map(|address| address.doc_id).collect();
        keyed.extend(columns.keys(&docs).zip(of_segment.iter().copied()));
    }
    Ok(keyed)
}

/// Returns the first `limit` of `docs` by date, in order.
pub(super) fn first_by_date(
    searcher: &Searcher,
    docs: &[DocAddress],
    limit: usize,
    order: DateOrder,
) -> tantivy::Result<Vec<(SortKey, DocAddress)>> {
    let mut keyed = sort_keys(searcher, docs)?;
    keep_first(&mut keyed, limit, order);
    keyed.sort_unstable_by(|one, two| one.0.compare(&two.0, order));
    Ok(keyed)
}

fn keep_first(keyed: &mut Vec<(SortKey, DocAddress)>, limit: usize, order: DateOrder) {
    if limit > 0 && keyed.len() > limit {
        keyed.select_nth_unstable_by(limit - 1, |one, two| one.0.compare(&two.0, order));
        keyed.truncate(limit);
    }
}
