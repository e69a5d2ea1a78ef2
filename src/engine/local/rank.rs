//! Ranking: candidates scored again, in one fixed order, and the first of them by what BM25 does not
//! see.
//!
//! The score of an article is the sum of BM25 over the words and passages of the query that it
//! holds, in the order of the query. Among the best [`WINDOW`] articles those rank higher where the
//! words of the query stand close together, or early: BM25 counts words as if their order did not
//! matter. (The measure of closeness follows Rasolofo and Savoy, "Term proximity scoring for
//! keyword-based retrieval systems", ECIR 2003, with the best pair in place of their sum.)

use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::index::BODY_START;

use super::collect::{Candidate, DateOrder, SortColumns, SortKey};
use super::recency::Recency;
use super::statistics::LiveStatistics;

/// How many of the best articles are put in order by closeness as well. It does not depend on how
/// many hits are asked for, so that the pages of a result fit together.
pub(super) const WINDOW: usize = 64;

/// Words further apart than this are not close.
const CLOSE: u32 = 10;

/// What a pair of neighbouring words adds, as a share of the rarer word's greatest score.
const PAIR_SHARE: f64 = 0.45;

/// What a word in the lead adds, as a share of its greatest score.
const LEAD_SHARE: f64 = 0.05;

/// The lead, in words; what the first paragraphs of a wire story hold.
const LEAD_WORDS: u32 = 60;

/// An article in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub(super) address: DocAddress,
    pub(super) score: f64,
    pub(super) key: SortKey,
}

/// A word or passage of the query that adds to the score.
pub(super) struct RankedLeaf {
    /// How the query prints it.
    pub(super) label: String,
    pub(super) query: Box<dyn Query>,
}

/// A word of the query whose place in an article matters for its rank.
#[derive(Clone, Debug)]
pub(super) struct RankedWord {
    /// The word as the query has it.
    pub(super) label: String,
    /// The stems it stands for, in the field `stem`.
    pub(super) terms: Vec<Term>,
}

/// What a query ranks by.
#[derive(Default)]
pub(super) struct Ranking {
    /// The words and passages that add to the score, in the order of the query.
    pub(super) leaves: Vec<RankedLeaf>,
    /// The words that should stand close together, in the order of the query.
    pub(super) words: Vec<RankedWord>,
    /// How scores fall with age.
    pub(super) recency: Option<Recency>,
}

impl Ranking {
    /// Returns what a score is multiplied by for the age of its article.
    pub(super) fn age_factor(&self, key: &SortKey) -> f64 {
        self.recency.map_or(1.0, |recency| recency.factor(key.published))
    }

    /// Returns the number of candidates that are needed for the first `wanted` hits.
    pub(super) fn candidates_for(&self, wanted: usize) -> usize {
        if self.words.len() > 1 { wanted.max(WINDOW) } else { wanted }
    }

    /// Puts candidates in their final order.
    pub(super) fn rank(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
        candidates: &[Candidate],
    ) -> tantivy::Result<Vec<Ranked>> {
        let weights = self.leaf_weights(searcher, statistics)?;
        let mut ranked = Vec::with_capacity(candidates.len());
        for_each_segment(
            searcher,
            candidates,
            |address| address.address,
            |reader, batch| {
                let columns = SortColumns::open(reader)?;
                let mut scores = vec![0.0; batch.len()];
                for weight in &weights {
                    add_scores(weight.as_ref(), reader, batch, &mut scores)?;
                }
                for (candidate, score) in batch.iter().zip(scores) {
                    let key = columns.key(candidate.address.doc_id);
                    let score = score * self.age_factor(&key);
                    ranked.push(Ranked { address: candidate.address, score, key });
                }
                Ok(())
            },
        )?;
        ranked.sort_unstable_by(by_rank);
        if self.words.len() > 1 {
            let window = ranked.len().min(WINDOW);
            self.add_closeness(searcher, statistics, &mut ranked[..window])?;
            ranked[..window].sort_unstable_by(by_rank);
        }
        Ok(ranked)
    }

    fn leaf_weights(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
    ) -> tantivy::Result<Vec<Box<dyn Weight>>> {
        let scoring = || EnableScoring::enabled_from_statistics_provider(statistics, searcher);
        self.leaves.iter().map(|leaf| leaf.query.weight(scoring())).collect()
    }

    /// Returns what each word and passage adds to the score of an article.
    pub(super) fn leaf_scores(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
        address: DocAddress,
    ) -> tantivy::Result<Vec<f64>> {
        let reader = searcher.segment_reader(address.segment_ord);
        let article = [Candidate { address, score: 0.0 }];
        let mut scores = Vec::with_capacity(self.leaves.len());
        for weight in self.leaf_weights(searcher, statistics)? {
            let mut score = [0.0];
            add_scores(weight.as_ref(), reader, &article, &mut score)?;
            scores.push(score[0]);
        }
        Ok(scores)
    }

    /// Returns what closeness and place add to the score of an article, where it is among those that
    /// they matter for.
    pub(super) fn bonuses(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
        address: DocAddress,
    ) -> tantivy::Result<Vec<Bonus>> {
        let weights = self.word_weights(statistics)?;
        let reader = searcher.segment_reader(address.segment_ord);
        let mut positions = Vec::with_capacity(self.words.len());
        for word in &self.words {
            positions.extend(word.positions(reader, &[address.doc_id])?);
        }
        let positions: Vec<&[u32]> = positions.iter().map(Vec::as_slice).collect();
        Ok(bonuses(&positions, &weights).collect())
    }

    fn add_closeness(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
        ranked: &mut [Ranked],
    ) -> tantivy::Result<()> {
        let weights = self.word_weights(statistics)?;
        let mut bonuses = rustc_hash::FxHashMap::default();
        for_each_segment(
            searcher,
            ranked,
            |place| place.address,
            |reader, batch| {
                let docs: Vec<DocId> = batch.iter().map(|place| place.address.doc_id).collect();
                let mut positions = Vec::with_capacity(self.words.len());
                for word in &self.words {
                    positions.push(word.positions(reader, &docs)?);
                }
                for (number, place) in batch.iter().enumerate() {
                    let of_doc: Vec<&[u32]> =
                        positions.iter().map(|of_word| of_word[number].as_slice()).collect();
                    let bonus: f64 = self::bonuses(&of_doc, &weights).map(|bonus| bonus.adds).sum();
                    bonuses.insert(place.address, bonus);
                }
                Ok(())
            },
        )?;
        for place in ranked {
            let bonus = bonuses.get(&place.address).copied().unwrap_or_default();
            place.score += bonus * self.age_factor(&place.key);
        }
        Ok(())
    }

    /// Returns the greatest score that each word can have, which grows with its rarity.
    fn word_weights(&self, statistics: &LiveStatistics<'_>) -> tantivy::Result<Vec<f64>> {
        use tantivy::query::Bm25StatisticsProvider;
        let articles = statistics.total_num_docs()? as f64;
        let mut weights = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let mut frequency = 0;
            for term in &word.terms {
                frequency = frequency.max(statistics.doc_freq(term)?);
            }
            let frequency = frequency as f64;
            weights.push(2.2 * (1.0 + (articles - frequency + 0.5) / (frequency + 0.5)).ln());
        }
        Ok(weights)
    }
}

fn by_rank(one: &Ranked, two: &Ranked) -> std::cmp::Ordering {
    two.score
        .total_cmp(&one.score)
        .then_with(|| one.key.compare(&two.key, DateOrder::Newest))
        .then_with(|| one.address.cmp(&two.address))
}

/// Calls `visit` with the items of each segment, in the order of its documents.
fn for_each_segment<T: Copy>(
    searcher: &Searcher,
    items: &[T],
    address: impl Fn(&T) -> DocAddress,
    mut visit: impl FnMut(&SegmentReader, &[T]) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut sorted: Vec<T> = items.to_vec();
    sorted.sort_unstable_by_key(|item| address(item));
    for batch in sorted.chunk_by(|one, two| address(one).segment_ord == address(two).segment_ord) {
        visit(searcher.segment_reader(address(&batch[0]).segment_ord), batch)?;
    }
    Ok(())
}

fn add_scores(
    weight: &dyn Weight,
    reader: &SegmentReader,
    batch: &[Candidate],
    scores: &mut [f64],
) -> tantivy::Result<()> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    for (candidate, score) in batch.iter().zip(scores) {
        let doc = candidate.address.doc_id;
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            *score += f64::from(scorer.score());
        }
    }
    Ok(())
}

impl RankedWord {
    /// Returns the positions of the word in each of `docs`, which are in order.
    fn positions(&self, reader: &SegmentReader, docs: &[DocId]) -> tantivy::Result<Vec<Vec<u32>>> {
        let mut found = vec![Vec::new(); docs.len()];
        let mut buffer = Vec::new();
        for term in &self.terms {
            let inverted = reader.inverted_index(term.field())?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            let Some(mut postings) = inverted.read_postings(term, option)? else { continue };
            for (doc, places) in docs.iter().zip(&mut found) {
                if postings.doc() < *doc {
                    postings.seek(*doc);
                }
                if postings.doc() == TERMINATED {
                    break;
                }
                if postings.doc() == *doc {
                    postings.positions(&mut buffer);
                    places.extend_from_slice(&buffer);
                }
            }
        }
        if self.terms.len() > 1 {
            found.iter_mut().for_each(|places| places.sort_unstable());
        }
        Ok(found)
    }
}

/// What the places of words add to the score of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bonus {
    /// The place of the word among those of the query.
    pub(super) word: usize,
    /// Why it adds to the score.
    pub(super) reason: BonusReason,
    /// How much it adds.
    pub(super) adds: f64,
}

/// Why the place of a word adds to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BonusReason {
    /// It stands close to the next word of the query.
    Close,
    /// It stands in the first paragraphs.
    Lead,
}

/// Returns what closeness and place add to the score of an article in which the words of the query
/// stand at these positions.
fn bonuses<'places>(
    positions: &'places [&[u32]],
    weights: &'places [f64],
) -> impl Iterator<Item = Bonus> + 'places {
    let close = positions.windows(2).enumerate().map(|(word, pair)| {
        let weight = weights[word].min(weights[word + 1]);
        let adds = PAIR_SHARE * weight * pair_closeness(pair[0], pair[1]);
        Bonus { word, reason: BonusReason::Close, adds }
    });
    let lead = BODY_START..BODY_START + LEAD_WORDS;
    let places = positions.iter().zip(weights).enumerate();
    let lead = places.filter(move |(_, (places, _))| places.iter().any(|at| lead.contains(at)));
    let lead = lead.map(|(word, (_, weight))| Bonus {
        word,
        reason: BonusReason::Lead,
        adds: LEAD_SHARE * weight,
    });
    close.chain(lead)
}

/// Returns how close two words come: 1 side by side and in order, half as much the other way round,
/// less with the distance.
fn pair_closeness(left: &[u32], right: &[u32]) -> f64 {
    let mut best: f64 = 0.0;
    let mut after = 0;
    for &place in left {
        while after < right.len() && right[after] <= place {
            after += 1;
        }
        if let Some(&next) = right.get(after)
            && next - place <= CLOSE
        {
            best = best.max(1.0 / f64::from(next - place));
        }
        let before = right[..after].iter().rev().find(|before| **before < place);
        if let Some(before) = before
            && place - before <= CLOSE
        {
            best = best.max(0.5 / f64::from(place - before));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_order_are_closest() {
        assert_eq!(pair_closeness(&[4], &[5]), 1.0);
        assert_eq!(pair_closeness(&[5], &[4]), 0.5);
        assert_eq!(pair_closeness(&[1, 9], &[11]), 0.5);
        assert_eq!(pair_closeness(&[1], &[100]), 0.0);
        assert_eq!(pair_closeness(&[3], &[3]), 0.0);
    }

    #[test]
    fn close_words_count_more_than_far_ones() {
        let bonus = |positions: &[&[u32]]| -> f64 {
            bonuses(positions, &[1.0, 2.0]).map(|bonus| bonus.adds).sum()
        };
        let near = bonus(&[&[300], &[301]]);
        let far = bonus(&[&[300], &[400]]);
        assert!(near > far);
        let in_lead = bonus(&[&[BODY_START], &[400]]);
        assert!(in_lead > far);
    }
}
