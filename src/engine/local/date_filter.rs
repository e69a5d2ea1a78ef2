//! Filtering by date: an article is in a range when every day that its date may mean is.

use std::ops::Bound;

use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery};
use tantivy::{DocId, SegmentReader, Term};

use crate::article::DateRange;
use crate::index::{Fields, day_number};

/// Returns the query for the articles dated within `range`; those without a date are never.
///
/// The first days are looked for in whole blocks of their column, which is quick enough to lead the
/// way to the articles of a short range; the last days of what that finds are looked up one by one.
pub(super) fn date_filter(fields: Fields, range: DateRange) -> Box<dyn Query> {
    let day = |day| Term::from_field_i64(fields.first_day, day_number(day));
    let earliest = || Term::from_field_i64(fields.first_day, i64::MIN);
    let from = Bound::Included(range.from.map_or_else(earliest, day));
    let Some(until) = range.until else {
        return Box::new(RangeQuery::new(from, Bound::Unbounded));
    };
    let begins_within = RangeQuery::new(from, Bound::Excluded(day(until)));
    let ends_within = ends_before(day_number(until));
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, Box::new(begins_within)),
        (Occur::Must, Box::new(ends_within)),
    ]))
}

/// Returns the query for the articles whose last possible day lies before the day of this number.
fn ends_before(until: i64) -> DocPredicateQuery {
    DocPredicateQuery::from(FunctionPredicate::from(move |reader: &SegmentReader| {
        let last_day = reader.fast_fields().i64("last_day")?;
        Ok(move |doc: DocId| last_day.first(doc).is_some_and(|last| last < until))
    }))
}
