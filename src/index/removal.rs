//! Removing what earlier runs wrote, and nothing that this one writes.
//!
//! Tantivy takes a removal to be of whatever is in a segment that knows of it, and a segment that is
//! written aside ([`super::ArticleSink`]) knows of all that went before. So a removal names the
//! segments that it spares; those made of them by merging have the removal behind them.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashSet;
use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The segments that a run has written.
#[derive(Clone, Debug, Default)]
pub(super) struct Written(Arc<RwLock<FxHashSet<SegmentId>>>);

impl Written {
    pub(super) fn insert(&self, segment: SegmentId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(segment);
    }

    fn contains(&self, segment: SegmentId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&segment)
    }
}

/// The articles with a term, in all segments but those written by this run.
#[derive(Clone, Debug)]
pub(super) struct Removal {
    pub(super) term: Term,
    pub(super) written: Written,
}

impl Query for Removal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let articles = TermQuery::new(self.term.clone(), IndexRecordOption::Basic);
        let articles = articles.weight(scoring)?;
        Ok(Box::new(RemovalWeight { articles, written: self.written.clone() }))
    }
}

struct RemovalWeight {
    articles: Box<dyn Weight>,
    written: Written,
}

impl Weight for RemovalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.written.contains(reader.segment_id()) {
            return Ok(Box::new(EmptyScorer));
        }
        self.articles.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.articles.explain(reader, doc)
    }
}
