//! All the articles that a query matches, for what needs to know every one of them: folding copies,
//! counting values, counting over time.

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{DocAddress, Score, Searcher, SegmentReader};

use crate::search::{CopyFacts, Error};

use super::collect::sort_keys;
use super::{engine_error, segments};

/// The articles that a query matches, by segment and document.
#[derive(Default)]
pub(super) struct Matches {
    pub(super) docs: Vec<DocAddress>,
    /// The score of each, where scores were collected.
    pub(super) scores: Vec<Score>,
}

impl Matches {
    /// Collects the matches without scores.
    pub(super) fn unscored(searcher: &Searcher, weight: &dyn Weight) -> Result<Self, Error> {
        let of_segment = |segment, reader: &SegmentReader| {
            let mut docs = Vec::new();
            let alive = reader.alive_bitset();
            let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
            weight.for_each_no_score(reader, &mut |block| {
                let alive = block.iter().copied().filter(|&doc| is_alive(doc));
                docs.extend(alive.map(|doc| DocAddress::new(segment, doc)));
            })?;
            Ok(docs)
        };
        let docs = segments::of_each(searcher, of_segment).map_err(engine_error)?;
        Ok(Self { docs: docs.concat(), scores: Vec::new() })
    }

    /// Collects the matches with their scores.
    pub(super) fn scored(searcher: &Searcher, weight: &dyn Weight) -> Result<Self, Error> {
        let of_segment = |segment, reader: &SegmentReader| {
            let mut matches = Self::default();
            let alive = reader.alive_bitset();
            weight.for_each(reader, &mut |doc, score| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    matches.docs.push(DocAddress::new(segment, doc));
                    matches.scores.push(score);
                }
            })?;
            Ok(matches)
        };
        let mut matches = Self::default();
        for of_segment in segments::of_each(searcher, of_segment).map_err(engine_error)? {
            matches.docs.extend(of_segment.docs);
            matches.scores.extend(of_segment.scores);
        }
        Ok(matches)
    }

    /// Returns the matches but for those whose ids begin with the bits that are `known`.
    pub(super) fn without(
        self,
        searcher: &Searcher,
        known: &FxHashSet<u64>,
    ) -> tantivy::Result<Self> {
        let mut others = Self::default();
        for (place, (key, address)) in sort_keys(searcher, &self.docs)?.into_iter().enumerate() {
            if !known.contains(&key.order) {
                others.docs.push(address);
                others.scores.extend(self.scores.get(place));
            }
        }
        Ok(others)
    }

    /// Returns the matches of each segment that has any.
    pub(super) fn by_segment(&self) -> impl Iterator<Item = &[DocAddress]> {
        self.docs.chunk_by(|one, two| one.segment_ord == two.segment_ord)
    }
}

/// What is known of matches from the columns of their segments.
pub(super) struct MatchFacts<'matches> {
    docs: &'matches [DocAddress],
    /// The columns of each segment that has matches.
    columns: Vec<Option<CopyColumns>>,
}

struct CopyColumns {
    words: Column<u64>,
    sketch: Column<u64>,
}

impl CopyColumns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self { words: columns.u64("words")?, sketch: columns.u64("sketch")? })
    }
}

impl<'matches> MatchFacts<'matches> {
    pub(super) fn of(searcher: &Searcher, matches: &'matches Matches) -> Result<Self, Error> {
        let mut columns = Vec::new();
        columns.resize_with(searcher.segment_readers().len(), || None);
        for docs in matches.by_segment() {
            let segment = docs[0].segment_ord;
            let reader = searcher.segment_reader(segment);
            columns[segment as usize] = Some(CopyColumns::open(reader).map_err(engine_error)?);
        }
        Ok(Self { docs: &matches.docs, columns })
    }

    fn columns(&self, hit: usize) -> (&CopyColumns, u32) {
        let address = self.docs[hit];
        let columns = self.columns[address.segment_ord as usize].as_ref();
        (columns.expect("columns are open in segments with matches"), address.doc_id)
    }
}

impl CopyFacts for MatchFacts<'_> {
    fn words(&self, hit: usize) -> u64 {
        let (columns, doc) = self.columns(hit);
        columns.words.first(doc).unwrap_or_default()
    }

    fn sketch(&self, hit: usize) -> Vec<u64> {
        let (columns, doc) = self.columns(hit);
        let rows = columns.sketch.index.value_row_ids(doc);
        let mut numbers = vec![0; rows.len()];
        columns.sketch.values.get_range(u64::from(rows.start), &mut numbers);
        numbers
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        segments::each_for(self.docs.len(), count, work);
    }
}
