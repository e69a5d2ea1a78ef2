//! Comparisons: several queries counted over the same periods.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{CopyChoice, Error, Interval, SearchEngine, SearchRequest};
use crate::query::Query;

/// How many articles several queries match, period by period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The length of the periods.
    pub interval: Interval,
    /// The queries, in the order asked.
    pub queries: Vec<Compared>,
    /// The periods from that of the first to that of the last article of any query, by their first
    /// days, with the counts of each query in their order.
    pub periods: Vec<(NaiveDate, Vec<Counts>)>,
}

/// One of the queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The query as it was read, in canonical spelling.
    pub query: String,
    /// The number of articles that match.
    pub total: u64,
    /// The number of stories among them, where copies are folded.
    pub stories: Option<u64>,
    /// The number of articles without a date.
    pub undated: u64,
    /// The number of articles whose date does not tell the period.
    pub imprecise: u64,
}

/// What a query matches in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of articles.
    pub articles: u64,
    /// The number of stories, as a timeline counts them.
    pub stories: u64,
}

/// Asks each of the queries, and returns their counts over time.
pub fn compare(
    engine: &dyn SearchEngine,
    queries: Vec<Query>,
    interval: Interval,
    copies: CopyChoice,
) -> Result<Comparison, Error> {
    let mut compared = Vec::with_capacity(queries.len());
    let mut counts: BTreeMap<NaiveDate, Vec<Counts>> = BTreeMap::new();
    let count = queries.len();
    for (number, query) in queries.into_iter().enumerate() {
        let request = SearchRequest {
            limit: 0,
            copies,
            timeline: Some(interval),
            ..SearchRequest::new(query)
        };
        let response = engine.search(&request)?;
        let timeline = response.timeline.as_ref();
        for period in timeline.iter().flat_map(|timeline| &timeline.periods) {
            let of_period =
                counts.entry(period.start).or_insert_with(|| vec![Counts::default(); count]);
            of_period[number] = Counts { articles: period.articles, stories: period.stories };
        }
        compared.push(Compared {
            query: response.query,
            total: response.total,
            stories: response.stories,
            undated: timeline.map_or(0, |timeline| timeline.undated),
            imprecise: timeline.map_or(0, |timeline| timeline.imprecise),
        });
    }
    let empty = |start| (start, vec![Counts::default(); count]);
    let periods = interval.without_gaps(counts, |(start, _)| *start, empty);
    Ok(Comparison { interval, queries: compared, periods })
}
