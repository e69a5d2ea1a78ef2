//! What can be said of a text by looking at it: spans, languages, folding, words, sentences.
//!
//! One definition of a word, a sentence and a paragraph serves indexing, matching, counting and
//! highlighting, so that they can never disagree. Nothing here reads a file or knows an index.
//! The doors are [`words`] for the words as they stand, [`Tokens`] for a text with its words,
//! sentences and paragraphs numbered, and [`Analyzer`] for the terms that a word is found by.

mod analyze;
mod fold;
mod language;
mod sentence;
mod span;
mod stem;
mod token;
mod word_map;

pub use analyze::Analyzer;
pub use fold::{fold, fold_into};
pub use language::{Language, UnknownLanguage};
pub use sentence::{paragraphs, sentences};
pub use span::{Span, beginning, floor_boundary, join_neighbours};
pub use token::{LetterCase, Token, Tokens, Word, WordKind, Words, is_word_letter, words};
pub use word_map::WordMap;
