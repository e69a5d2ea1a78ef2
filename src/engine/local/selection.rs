//! Which of the matches are on a page, in which order.

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, Searcher};

use crate::search::{Cursor, Error, Facet, SearchRequest, Timeline};

use super::collect::{BestScores, Candidate, DateOrder, SortKey, first_by_date};
use super::compile::Compiled;
use super::folding::Folding;
use super::matches::Matches;
use super::statistics::LiveStatistics;
use super::{LocalEngine, engine_error, views};

/// Returns the number of hits before the page that is asked for.
fn passed_over(request: &SearchRequest) -> usize {
    match request.after {
        Some(cursor) => usize::try_from(cursor.position).unwrap_or(usize::MAX),
        None => request.offset,
    }
}

/// What hits are put in order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Relevance,
    Date(DateOrder),
}

/// A hit before its article was read.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) address: DocAddress,
    pub(super) score: f64,
    pub(super) key: SortKey,
}

/// The candidates for the first `limit` hits.
pub(super) struct Best {
    limit: usize,
    candidates: Vec<Candidate>,
}

/// What there is to choose from.
pub(super) struct Selection<'query> {
    pub(super) engine: &'query LocalEngine,
    pub(super) compiled: Compiled,
    pub(super) order: Order,
    /// All matches, where they had to be collected.
    pub(super) matches: Option<Matches>,
    /// The candidates for the first hits, where they were found along with counting.
    pub(super) best: Option<Best>,
    pub(super) folding: &'query Folding,
    pub(super) statistics: &'query LiveStatistics<'query>,
}

impl Selection<'_> {
    fn searcher(&self) -> &Searcher {
        self.engine.snapshot().searcher()
    }

    /// Returns the number of articles that match.
    pub(super) fn total(&mut self, request: &SearchRequest) -> Result<u64, Error> {
        let query = self.compiled.query.as_ref();
        match &self.matches {
            Some(matches) => Ok(matches.docs.len() as u64),
            None if request.limit == 0 => self.engine.count_query(query),
            None => {
                let wanted = passed_over(request).saturating_add(request.limit);
                let limit = self.compiled.ranking.candidates_for(wanted);
                let (candidates, total) = self.best_and_total(limit).map_err(engine_error)?;
                self.best = Some(Best { limit, candidates });
                Ok(total)
            }
        }
    }

    fn best_and_total(&self, limit: usize) -> tantivy::Result<(Vec<Candidate>, u64)> {
        let searcher = self.searcher();
        let Compiled { query, ranking, .. } = &self.compiled;
        let counting = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let weight = self.compiled.weight(searcher, self.statistics)?;
        BestScores { limit }.collect_and_count(
            searcher,
            weight.as_ref(),
            counting.as_ref(),
            ranking.recency,
        )
    }

    /// Returns the hits that are asked for, of `shown` that there are, and how many were passed over.
    pub(super) fn page(
        &self,
        request: &SearchRequest,
        shown: u64,
    ) -> Result<(Vec<Found>, u64), Error> {
        let shown = usize::try_from(shown).unwrap_or(usize::MAX);
        let start = passed_over(request).min(shown);
        if request.limit == 0 || shown == 0 {
            return Ok((Vec::new(), start as u64));
        }
        let mut wanted = start.saturating_add(request.limit).min(shown);
        loop {
            let mut found = self.first(wanted)?;
            let start = match &request.after {
                Some(cursor) => self.place_after(cursor, &found),
                None => start.min(found.len()),
            };
            // Articles that came before the cursor meanwhile push the page further down.
            if found.len() - start < request.limit && wanted < shown {
                wanted = wanted.saturating_mul(2).saturating_add(request.limit).min(shown);
                continue;
            }
            found.truncate(start.saturating_add(request.limit));
            found.drain(..start);
            return Ok((found, start as u64));
        }
    }

    /// Returns the place of the first hit after the cursor's.
    fn place_after(&self, cursor: &Cursor, found: &[Found]) -> usize {
        if let Some(place) = found.iter().position(|found| found.key.order == cursor.order) {
            return place + 1;
        }
        let key = SortKey { published: cursor.published, order: cursor.order };
        let is_after = |found: &Found| match self.order {
            Order::Date(order) => key.compare(&found.key, order).is_lt(),
            Order::Relevance => {
                let scores = found.score.total_cmp(&cursor.score);
                scores.then_with(|| key.compare(&found.key, DateOrder::Newest)).is_lt()
            }
        };
        found.iter().position(is_after).unwrap_or(found.len())
    }

    /// Returns the first `wanted` of the hits that are shown.
    pub(super) fn first(&self, wanted: usize) -> Result<Vec<Found>, Error> {
        let mut found = match self.order {
            Order::Relevance => self.by_relevance(wanted)?,
            Order::Date(order) => self.by_date(wanted, order)?,
        };
        found.truncate(wanted);
        Ok(found)
    }

    fn by_relevance(&self, wanted: usize) -> Result<Vec<Found>, Error> {
        let searcher = self.searcher();
        let ranking = &self.compiled.ranking;
        let best = BestScores { limit: ranking.candidates_for(wanted) };
        let candidates = match (&self.matches, &self.best) {
            (Some(matches), _) if !matches.scores.is_empty() => {
                let mut scored = self.scored(matches);
                if let Some(recency) = ranking.recency {
                    recency.apply(searcher, &mut scored).map_err(engine_error)?;
                }
                best.select(scored)
            }
            (_, Some(found)) if found.limit >= best.limit => best.select(found.candidates.clone()),
            _ => {
                let weight =
                    self.compiled.weight(searcher, self.statistics).map_err(engine_error)?;
                let shows = |address| self.folding.shows(address);
                best.collect(searcher, weight.as_ref(), ranking.recency, shows)
                    .map_err(engine_error)?
            }
        };
        let ranked = ranking.rank(searcher, self.statistics, &candidates);
        let found = |ranked: &super::rank::Ranked| Found {
            address: ranked.address,
            score: ranked.score,
            key: ranked.key,
        };
        Ok(ranked.map_err(engine_error)?.iter().map(found).collect())
    }

    fn scored(&self, matches: &Matches) -> Vec<Candidate> {
        let scored = matches.docs.iter().zip(&matches.scores);
        let shown = scored.filter(|(address, _)| self.folding.shows(**address));
        shown.map(|(&address, &score)| Candidate { address, score }).collect()
    }

    fn by_date(&self, wanted: usize, order: DateOrder) -> Result<Vec<Found>, Error> {
        let searcher = self.searcher();
        let docs = self.matches.iter().flat_map(|matches| matches.docs.iter().copied());
        let shown: Vec<DocAddress> = docs.filter(|address| self.folding.shows(*address)).collect();
        let first = first_by_date(searcher, &shown, wanted, order);
        let found = |&(key, address): &(SortKey, DocAddress)| Found { address, score: 0.0, key };
        Ok(first.map_err(engine_error)?.iter().map(found).collect())
    }

    /// Counts the matches by the values of fields and over time, as far as is asked.
    pub(super) fn views(
        &self,
        request: &SearchRequest,
    ) -> Result<(Vec<Facet>, Option<Timeline>), Error> {
        let Some(matches) = &self.matches else { return Ok((Vec::new(), None)) };
        let searcher = self.searcher();
        let facets = request.facets.iter().map(|&field| {
            views::facet(
                searcher,
                self.engine.table(),
                matches,
                self.folding,
                field,
                request.facet_limit,
            )
        });
        let facets = facets.collect::<Result<_, _>>()?;
        let timeline = request
            .timeline
            .map(|interval| views::timeline(searcher, matches, self.folding, interval));
        Ok((facets, timeline.transpose()?))
    }
}
