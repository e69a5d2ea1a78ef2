//! The languages of an archive, in which the words of a query are stemmed.
//!
//! A word of a query has no language: `portes` may be French or English. It is stemmed in every
//! language that the archive holds, and matches an article that holds any of these stems.

use rustc_hash::FxHashMap;

use std::sync::{Mutex, PoisonError};

use crate::text::{Analyzer, Language, WordKind, words};

/// The languages of one archive, with an analyzer for each.
pub(super) struct Languages {
    languages: Vec<Language>,
    analyzers: Mutex<FxHashMap<Language, Analyzer>>,
}

/// A word of a query, as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IndexWord {
    /// Its exact form.
    pub(super) exact: String,
    /// Its stems in the languages of the archive, each once.
    pub(super) stems: Vec<String>,
}

impl Languages {
    /// Returns the languages of these codes; always with English, which stands for the unknown one.
    pub(super) fn new<'code>(codes: impl Iterator<Item = &'code String>) -> Self {
        let mut languages = vec![Language::ENGLISH];
        for language in codes.filter_map(|code| Language::parse(code)) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        Self { languages, analyzers: Mutex::default() }
    }

    /// Returns the languages.
    pub(super) fn as_slice(&self) -> &[Language] {
        &self.languages
    }

    /// Returns the words of `text`. Characters of scripts without spaces are words, and their stems
    /// the pairs that they form with their followers; the last of a run has none but itself.
    pub(super) fn words_of(&self, text: &str) -> Vec<IndexWord> {
        let found: Vec<_> = words(text).collect();
        let mut analyzers = self.analyzers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut index_words = Vec::with_capacity(found.len());
        for (number, word) in found.iter().enumerate() {
            let mut stems: Vec<String> = Vec::new();
            let mut exact = String::new();
            for &language in &self.languages {
                let analyzer = analyzers.entry(language).or_insert_with(|| Analyzer::new(language));
                let (written, stem) = analyzer.terms(word.text);
                if exact.is_empty() {
                    written.clone_into(&mut exact);
                }
                if !stems.iter().any(|known| known == stem) {
                    stems.push(stem.to_owned());
                }
            }
            let follower = found.get(number + 1).filter(|next| {
                word.kind == WordKind::Ideographic
                    && next.kind == WordKind::Ideographic
                    && next.span.start == word.span.end
            });
            if let Some(next) = follower {
                let analyzer = analyzers
                    .entry(Language::ENGLISH)
                    .or_insert_with(|| Analyzer::new(Language::ENGLISH));
                stems = vec![format!("{exact}{}", analyzer.terms(next.text).0)];
            }
            index_words.push(IndexWord { exact, stems });
        }
        index_words
    }
}
