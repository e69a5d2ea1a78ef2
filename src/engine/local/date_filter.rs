//! Filtering by date: an article is in a range when every day that its date may mean is.

use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, SegmentReader};

use crate::article::DateRange;
use crate::index::day_number;

/// Returns the query for the articles dated within `range`; those without a date are never.
pub(super) fn date_filter(range: DateRange) -> DocPredicateQuery {
    let from = range.from.map_or(i64::MIN, day_number);
    let until = range.until.map_or(i64::MAX, day_number);
    DocPredicateQuery::from(FunctionPredicate::from(move |reader: &SegmentReader| {
        let first_day = reader.fast_fields().i64("first_day")?;
        let last_day = reader.fast_fields().i64("last_day")?;
        Ok(move |doc: DocId| {
            first_day.first(doc).is_some_and(|first| from <= first)
                && last_day.first(doc).is_some_and(|last| last < until)
        })
    }))
}
