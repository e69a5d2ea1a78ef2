//! Collecting hits: which articles are the first so many, and how many there are in all.
//!
//! Tantivy adds the scores of a document in an order that depends on its segment, so two copies of
//! an article may differ in the last bit of their scores, and an archive that was indexed in two
//! steps would rank differently from one that was indexed at once. So what is collected here are
//! *candidates*: all documents that may be among the first so many when scores are taken with a grain
//! of salt; [`super::rank`] scores them again in one fixed order.

use std::cmp::Ordering;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

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
            if self.candidates.len() >= 2 * self.limit.max(32) {
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

/// How a query's hits are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// While they are collected: every one of them is looked at anyway.
    Along,
    /// On their own, since collecting passes over most of them.
    Apart,
}

impl BestScores {
    /// Returns the candidates, and the number of all hits where they are counted along.
    pub(super) fn collect(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
        counting: Counting,
    ) -> tantivy::Result<(Vec<Candidate>, Option<u64>)> {
        let mut candidates = Vec::new();
        let mut count = 0;
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let mut best = BestOfSegment::new(self.limit, segment);
            let alive = reader.alive_bitset();
            let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
            match counting {
                Counting::Along => weight.for_each(reader, &mut |doc, score| {
                    if is_alive(doc) {
                        count += 1;
                        best.take(doc, score);
                    }
                })?,
                Counting::Apart => {
                    weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
                        if is_alive(doc) {
                            best.take(doc, score);
                        }
                        best.floor()
                    })?
                }
            }
            candidates.append(&mut best.candidates);
        }
        if let Some(threshold) = nth_best(&mut candidates, self.limit) {
            let least = threshold * (1.0 - ROUNDING);
            candidates.retain(|candidate| candidate.score >= least);
        }
        Ok((candidates, (counting == Counting::Along).then_some(count)))
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
    published: tantivy::columnar::Column<i64>,
    order: tantivy::columnar::Column<u64>,
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
}

/// Collects the first `limit` documents by date, and counts them all.
pub(super) struct ByDate {
    pub(super) limit: usize,
    pub(super) order: DateOrder,
}

/// The first documents by date, in order, and the number of all.
pub(super) struct Dated {
    pub(super) first: Vec<(SortKey, DocAddress)>,
    pub(super) count: u64,
}

pub(super) struct DatedOfSegment {
    limit: usize,
    order: DateOrder,
    segment: SegmentOrdinal,
    columns: SortColumns,
    dated: Dated,
}

impl Collector for ByDate {
    type Fruit = Dated;
    type Child = DatedOfSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<DatedOfSegment> {
        Ok(DatedOfSegment {
            limit: self.limit,
            order: self.order,
            segment,
            columns: SortColumns::open(reader)?,
            dated: Dated { first: Vec::new(), count: 0 },
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Dated>) -> tantivy::Result<Dated> {
        let count = fruits.iter().map(|dated| dated.count).sum();
        let mut first: Vec<_> = fruits.into_iter().flat_map(|dated| dated.first).collect();
        keep_first(&mut first, self.limit, self.order);
        first.sort_unstable_by(|one, two| one.0.compare(&two.0, self.order));
        Ok(Dated { first, count })
    }
}

impl SegmentCollector for DatedOfSegment {
    type Fruit = Dated;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.dated.count += 1;
        if self.limit == 0 {
            return;
        }
        let address = DocAddress::new(self.segment, doc);
        self.dated.first.push((self.columns.key(doc), address));
        if self.dated.first.len() >= 2 * self.limit.max(512) {
            keep_first(&mut self.dated.first, self.limit, self.order);
        }
    }

    fn harvest(self) -> Dated {
        self.dated
    }
}

fn keep_first(keyed: &mut Vec<(SortKey, DocAddress)>, limit: usize, order: DateOrder) {
    if limit > 0 && keyed.len() > limit {
        keyed.select_nth_unstable_by(limit - 1, |one, two| one.0.compare(&two.0, order));
        keyed.truncate(limit);
    }
}
