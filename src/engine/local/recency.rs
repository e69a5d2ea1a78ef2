//! The recency prior: of two articles that match alike, the newer one first.
//!
//! A score is multiplied by a factor that halves its distance to [`OLDEST`] with every half-life of
//! the article's age, after the exponential prior of Li and Croft, "Time-based language models",
//! CIKM 2003; it has a floor so that old news that is about the query still beats fresh news that
//! hardly is. Ages are reckoned from the newest article of the archive and not from today, so that an
//! archive that ended years ago has recent articles too and the same request keeps its answer.

use std::num::NonZeroU32;

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::collect::Candidate;

/// The factor that articles tend to as they age, and that of articles without a date.
const OLDEST: f64 = 0.5;

const SECONDS_OF_DAY: f64 = 86_400.0;

/// How scores fall with age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Recency {
    /// The date of the newest article in seconds from the epoch; `None` where no article has a date.
    newest: Option<i64>,
    half_life_days: f64,
}

impl Recency {
    /// Returns the prior for an archive.
    pub(super) fn of(searcher: &Searcher, half_life_days: NonZeroU32) -> tantivy::Result<Self> {
        let mut newest = None;
        for reader in searcher.segment_readers() {
            newest = newest.max(newest_of(reader)?);
        }
        Ok(Self { newest, half_life_days: f64::from(half_life_days.get()) })
    }

    /// Returns what the score of an article of this date is multiplied by, from [`OLDEST`] to 1.
    pub(super) fn factor(&self, published: Option<i64>) -> f64 {
        let (Some(newest), Some(published)) = (self.newest, published) else { return OLDEST };
        let age = (newest - published) as f64 / SECONDS_OF_DAY;
        OLDEST + (1.0 - OLDEST) * (-age / self.half_life_days).exp2()
    }

    /// Multiplies the scores of candidates, which come by segment.
    pub(super) fn apply(
        &self,
        searcher: &Searcher,
        candidates: &mut [Candidate],
    ) -> tantivy::Result<()> {
        let same_segment =
            |one: &Candidate, two: &Candidate| one.address.segment_ord == two.address.segment_ord;
        for of_segment in candidates.chunk_by_mut(same_segment) {
            let reader = searcher.segment_reader(of_segment[0].address.segment_ord);
            let factors = SegmentFactors::open(*self, reader)?;
            for candidate in of_segment {
                candidate.score *= factors.of(candidate.address.doc_id);
            }
        }
        Ok(())
    }
}

/// The factors of the articles of one segment.
pub(super) struct SegmentFactors {
    recency: Recency,
    published: Column<i64>,
}

impl SegmentFactors {
    pub(super) fn open(recency: Recency, reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { recency, published: reader.fast_fields().i64("published")? })
    }

    pub(super) fn of(&self, doc: DocId) -> f32 {
        self.recency.factor(self.published.first(doc)) as f32
    }
}

/// Returns the latest date of a segment, of articles that are still there.
fn newest_of(reader: &SegmentReader) -> tantivy::Result<Option<i64>> {
    let published = reader.fast_fields().i64("published")?;
    if reader.has_deletes() {
        return Ok(reader.doc_ids_alive().filter_map(|doc| published.first(doc)).max());
    }
    // An empty column has bounds as well.
    Ok((published.values.num_vals() > 0).then(|| published.max_value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_halves_its_distance_to_the_floor_with_every_half_life() {
        let day = 86_400;
        let recency = Recency { newest: Some(100 * day), half_life_days: 10.0 };
        let factor = |published| recency.factor(Some(published));
        assert_eq!(factor(100 * day), 1.0);
        assert_eq!(factor(90 * day), 0.75);
        assert_eq!(factor(80 * day), 0.625);
        assert!(factor(-100_000 * day) >= OLDEST);
        assert_eq!(recency.factor(None), OLDEST);
    }
}
