//! The statistics that BM25 needs, of the articles that are there.
//!
//! Tantivy counts deleted documents too, and estimates lengths when it merges them away: the same
//! archive would rank differently depending on its history. Here sums come from the commit, which
//! keeps them exactly, and document frequencies leave out what was deleted.

use std::sync::Mutex;

use rustc_hash::FxHashMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, Term};

use crate::index::{Fields, Snapshot, Totals};

/// Statistics of one snapshot.
pub(super) struct LiveStatistics<'snapshot> {
    searcher: &'snapshot Searcher,
    fields: Fields,
    totals: Totals,
    /// Document frequencies already counted: several parts of a search ask for that of a term.
    counted: Mutex<FxHashMap<Term, u64>>,
}

impl<'snapshot> LiveStatistics<'snapshot> {
    pub(super) fn of(snapshot: &'snapshot Snapshot) -> Self {
        Self {
            searcher: snapshot.searcher(),
            fields: snapshot.fields(),
            totals: snapshot.totals(),
            counted: Mutex::default(),
        }
    }
}

/// Returns the number of articles of a segment that hold `term`, without those deleted.
pub(super) fn live_articles_in(segment: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let inverted = segment.inverted_index(term.field())?;
    Ok(match segment.alive_bitset() {
        None => u64::from(inverted.doc_freq(term)?),
        Some(alive) => match inverted.read_postings(term, IndexRecordOption::Basic)? {
            Some(mut postings) => u64::from(postings.count(alive)),
            None => 0,
        },
    })
}

/// Returns the number of articles that hold `term`, without those deleted.
pub(super) fn live_articles(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    let segments = searcher.segment_readers().iter();
    segments.map(|segment| live_articles_in(segment, term)).sum()
}

impl Bm25StatisticsProvider for LiveStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(if field == self.fields.stem {
            self.totals.stem_terms()
        } else if field == self.fields.exact {
            self.totals.exact_terms()
        } else {
            self.totals.title_words
        })
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let lock = || self.counted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&count) = lock().get(term) {
            return Ok(count);
        }
        let count = live_articles(self.searcher, term)?;
        lock().insert(term.clone(), count);
        Ok(count)
    }
}
