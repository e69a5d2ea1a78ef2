//! The question: a query and how its answer is to be given.

use std::num::NonZeroU32;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{CopyChoice, Cursor, FacetField, Interval, SnippetOptions};
use crate::query::Query;

/// A search as an engine gets it. Filters given by switches are part of the query already.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// What to look for.
    pub query: Query,
    /// In which order hits come.
    pub sort: Sort,
    /// Whether relevance is judged by the words that the best hits have in common as well.
    pub expand: bool,
    /// Where newer articles are to be more relevant: in how many days the advantage halves.
    pub recent: Option<NonZeroU32>,
    /// How many hits to return at the most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
    /// The place to go on from, instead of an offset.
    pub after: Option<Cursor>,
    /// What becomes of hits that are copies of each other.
    pub copies: CopyChoice,
    /// The articles that are no hits although they match, by the first bits of their ids: those that
    /// an alert told of before.
    pub known: Option<Arc<FxHashSet<u64>>>,
    /// The fields whose values are to be counted.
    pub facets: Vec<FacetField>,
    /// How many values of each of them to return at the most.
    pub facet_limit: usize,
    /// The periods in which hits are to be counted.
    pub timeline: Option<Interval>,
    /// How the passages of a hit are chosen.
    pub snippets: SnippetOptions,
    /// Whether to count what each clause of the query matches.
    pub count_clauses: bool,
    /// Whether to say of each hit why it stands where it stands.
    pub explain: bool,
}

impl SearchRequest {
    /// Returns a request for the ten most relevant hits, copies folded.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            sort: Sort::Relevance,
            expand: false,
            recent: None,
            limit: 10,
            offset: 0,
            after: None,
            copies: CopyChoice::default(),
            known: None,
            facets: Vec::new(),
            facet_limit: 10,
            timeline: None,
            snippets: SnippetOptions::default(),
            count_clauses: false,
            explain: false,
        }
    }
}

/// The order of hits. Ties are broken by date, the newest first, and then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best matches first.
    #[default]
    Relevance,
    /// The newest first, articles without a date last.
    Newest,
    /// The oldest first, articles without a date last.
    Oldest,
}
