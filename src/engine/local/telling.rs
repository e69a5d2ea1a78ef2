//! The words that tell what an article is about: frequent in it and rare elsewhere.

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;

use crate::article::Article;
use crate::search::Error;
use crate::text::{Analyzer, Language, WordKind, words};

use super::statistics::LiveStatistics;
use super::{LocalEngine, engine_error};

/// How often a word of the headline counts.
const TITLE_WEIGHT: f64 = 3.0;

/// How many words of a body are looked at: what comes later repeats them.
const WORDS_READ: usize = 2_000;

/// A word that occurs in an article.
pub(super) struct ArticleWord {
    /// The word as the body writes it first, or else the headline, which may be all in capitals.
    pub(super) written: String,
    /// How often it occurs; in the headline it counts [`TITLE_WEIGHT`] times.
    pub(super) frequency: f64,
    /// Which word of the article it is.
    place: usize,
}

/// Returns the `limit` most telling words of an article, in the order of its text.
///
/// A word tells the more the more often it occurs in the article, with diminishing returns, and the
/// fewer articles have it, as in BM25. Words that no other article has cannot tell any.
pub(super) fn telling_words(
    engine: &LocalEngine,
    article: &Article,
    limit: usize,
) -> Result<Vec<String>, Error> {
    let statistics = LiveStatistics::of(engine.snapshot());
    let articles = statistics.total_num_docs().map_err(engine_error)? as f64;
    let field = engine.snapshot().fields().stem;
    let mut weighed = Vec::new();
    for (stem, candidate) in words_by_stem(article) {
        let term = Term::from_field_text(field, &stem);
        let with = statistics.doc_freq(&term).map_err(engine_error)?;
        if with < 2 {
            continue;
        }
        let rarity = (articles / with as f64).ln();
        let weight = rarity * candidate.frequency / (candidate.frequency + 1.5);
        weighed.push((weight, candidate));
    }
    weighed.sort_by(|(one, a), (two, b)| two.total_cmp(one).then(a.place.cmp(&b.place)));
    weighed.truncate(limit);
    weighed.retain(|(weight, _)| *weight > 0.0);
    weighed.sort_by_key(|(_, candidate)| candidate.place);
    Ok(weighed.into_iter().map(|(_, candidate)| candidate.written).collect())
}

/// Returns the words of an article by their stems.
pub(super) fn words_by_stem(article: &Article) -> FxHashMap<String, ArticleWord> {
    let language = article.language.as_ref().map_or(Language::ENGLISH, |found| found.value);
    let mut analyzer = Analyzer::new(language);
    let mut found: FxHashMap<String, ArticleWord> = FxHashMap::default();
    let title: Vec<_> = words(article.title_text()).collect();
    let body = words(&article.body).take(WORDS_READ);
    let body = (title.len()..).zip(body).map(|(place, word)| (place, word, 1.0));
    let title = title.into_iter().enumerate().map(|(place, word)| (place, word, TITLE_WEIGHT));
    for (place, word, weight) in body.chain(title) {
        if !is_telling(word.text, word.kind) {
            continue;
        }
        let (_, stem) = analyzer.terms(word.text);
        match found.get_mut(stem) {
            Some(known) => {
                known.frequency += weight;
                known.place = known.place.min(place);
            }
            None => {
                let written = word.text.to_owned();
                found.insert(stem.to_owned(), ArticleWord { written, frequency: weight, place });
            }
        }
    }
    found
}

/// Tells whether a word may tell anything: numbers and very short words do not. (A character of a
/// script without spaces is too little by itself.)
fn is_telling(word: &str, kind: WordKind) -> bool {
    kind == WordKind::Alphabetic
        && word.chars().count() > 2
        && word.chars().any(char::is_alphabetic)
}
