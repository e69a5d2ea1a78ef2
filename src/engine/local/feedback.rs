//! Relevance feedback: ranking by the words that the best hits have in common, as well as by those of
//! the query.
//!
//! The relevance model RM3 (Abdul-Jaleel et al., "UMass at TREC 2004: Novelty and HARD"): the best
//! hits stand for what is relevant, a word weighs what it is worth in each of them (its share of their
//! words) times the square of its score, and the words that weigh most count for half of the score,
//! those of the query for the other half. (The model asks for a likelihood, which falls quickly from
//! hit to hit where BM25 hardly does: hence the square.) Which articles match is left as it was: the
//! words that are added decide in which order they come, so counts, facets and filters mean the same
//! with and without them.

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::query::{Bm25StatisticsProvider, BoostQuery, Occur};

use crate::search::Error;

use super::compile::{Compiled, boolean, scored_term};
use super::rank::RankedLeaf;
use super::selection::Found;
use super::statistics::LiveStatistics;
use super::telling::words_by_stem;
use super::{LocalEngine, engine_error};

/// How many of the best hits are taken for relevant.
pub(super) const HITS: usize = 10;

/// How many words they add.
const WORDS: usize = 20;

/// The share of the score that is left to the query as it was asked.
const QUERY_SHARE: f64 = 0.5;

/// Words that a greater share of the articles has tell none from another.
const COMMON_SHARE: f64 = 0.1;

/// A word that the best hits add.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AddedWord {
    stem: String,
    /// The word as the best of the hits that have it writes it first.
    pub(super) written: String,
    /// What it weighs.
    weight: f64,
}

/// Returns the words that the best hits add, those that weigh most first.
pub(super) fn added_words(
    engine: &LocalEngine,
    statistics: &LiveStatistics<'_>,
    best: &[Found],
) -> Result<Vec<AddedWord>, Error> {
    let most = statistics.total_num_docs().map_err(engine_error)? as f64 * COMMON_SHARE;
    let field = engine.snapshot().fields().stem;
    let mut added: FxHashMap<String, AddedWord> = FxHashMap::default();
    for found in best {
        let article = engine.snapshot().article(found.address).map_err(Error::engine)?;
        let mut words = words_by_stem(&article);
        let mut failure = None;
        words.retain(|stem, _| {
            let with = statistics.doc_freq(&Term::from_field_text(field, stem));
            with.map_err(|error| failure = Some(error)).is_ok_and(|with| with as f64 <= most)
        });
        failure.map_or(Ok(()), |error| Err(engine_error(error)))?;
        let all: f64 = words.values().map(|word| word.frequency).sum();
        for (stem, word) in words {
            let weight = found.score.powi(2) * word.frequency / all;
            let entry = added.entry(stem);
            let known = entry.or_insert_with_key(|stem| AddedWord {
                stem: stem.clone(),
                written: word.written,
                weight: 0.0,
            });
            known.weight += weight;
        }
    }
    let mut added: Vec<AddedWord> = added.into_values().collect();
    added.sort_unstable_by(|one, two| {
        two.weight.total_cmp(&one.weight).then_with(|| one.stem.cmp(&two.stem))
    });
    added.truncate(WORDS);
    Ok(added)
}

/// Lets `compiled` rank by `added` as well; it goes on matching the same articles.
pub(super) fn expand(engine: &LocalEngine, compiled: &mut Compiled, added: &[AddedWord]) {
    let all: f64 = added.iter().map(|word| word.weight).sum();
    let leaves = &mut compiled.ranking.leaves;
    // BM25 adds one score for each word of the query: together the others weigh as many.
    let together = leaves.len() as f64 * (1.0 - QUERY_SHARE) / QUERY_SHARE;
    let field = engine.snapshot().fields().stem;
    let mut clauses = vec![(Occur::Must, compiled.query.box_clone())];
    for word in added {
        let boost = (together * word.weight / all) as f32;
        let query = Box::new(BoostQuery::new(scored_term(field, &word.stem), boost));
        clauses.push((Occur::Should, query.clone()));
        let label = format!("{} (in the best hits)", word.written);
        leaves.push(RankedLeaf { label, query });
    }
    compiled.query = boolean(clauses);
}

/// Returns the note that names the words.
pub(super) fn note(added: &[AddedWord]) -> String {
    if added.is_empty() {
        return "the best hits have no words to rank by that the archive does not have everywhere"
            .to_owned();
    }
    let words: Vec<String> = added.iter().map(|word| format!("`{}`", word.written)).collect();
    format!("ranked by words of the best hits as well: {}", words.join(", "))
}
