//! Near spellings for words that occur nowhere and names that nobody has.

use std::cmp::Reverse;

use crate::query::{Passage, QueryAst, Slot, Term};
use crate::search::{Error, Suggestion};

use super::LocalEngine;
use super::entities::near_names;
use super::expand::Dictionary;

/// How many spellings are offered for a word.
const OFFERED: usize = 3;

/// Returns near spellings, of those that occur, for each word of the query that occurs nowhere, and
/// for each name that nobody has.
pub(super) fn near_spellings(
    engine: &LocalEngine,
    ast: &QueryAst,
) -> Result<Vec<Suggestion>, Error> {
    let mut words = Vec::new();
    ast.passages(&mut |passage, wanted| {
        if wanted {
            passage.leaves(&mut |leaf| words.extend(words_of(leaf)));
        }
    });
    let dictionary = Dictionary::new(engine.snapshot());
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for word in words {
        for index_word in engine.languages().words_of(word) {
            let exact = index_word.exact;
            if suggestions.iter().any(|known| known.word == exact)
                || dictionary.articles_with(&exact)? > 0
                || dictionary.has_any_stem(&index_word.stems)?
            {
                continue;
            }
            let near = nearest(&dictionary, &exact)?;
            if !near.is_empty() {
                suggestions.push(Suggestion { word: exact, near });
            }
        }
    }
    suggestions.extend(near_names(engine, ast)?);
    Ok(suggestions)
}

fn words_of(leaf: &Passage) -> Vec<&str> {
    match leaf {
        Passage::Word(word) => plain_text(&word.term).into_iter().collect(),
        Passage::Phrase(phrase) => {
            let terms = phrase.slots.iter().filter_map(|slot| match slot {
                Slot::Term(term) => plain_text(term),
                Slot::Any | Slot::Group(_) => None,
            });
            terms.collect()
        }
        Passage::AnyOf(_) | Passage::Near(_) => Vec::new(),
    }
}

fn plain_text(term: &Term) -> Option<&str> {
    match term {
        Term::Stem(text) | Term::Exact(text) => Some(text),
        Term::Fuzzy { word, .. } => Some(word),
        Term::Wildcard(_) | Term::Regex(_) => None,
    }
}

fn nearest(dictionary: &Dictionary<'_>, word: &str) -> Result<Vec<String>, Error> {
    let letters = word.chars().count();
    if letters < 3 {
        return Ok(Vec::new());
    }
    let furthest = if letters < 6 { 1 } else { 2 };
    for distance in 1..=furthest {
        let mut near = dictionary.near(word, distance)?;
        if !near.is_empty() {
            near.sort_by_key(|(text, articles)| (Reverse(*articles), text.clone()));
            return Ok(near.into_iter().take(OFFERED).map(|(text, _)| text).collect());
        }
    }
    Ok(Vec::new())
}
