//! The question: a query and how its answer is to be given.

use super::SnippetOptions;
use crate::query::Query;

/// A search as an engine gets it. Filters given by switches are part of the query already.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// What to look for.
    pub query: Query,
    /// In which order hits come.
    pub sort: Sort,
    /// How many hits to return at the most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
    /// How the passages of a hit are chosen.
    pub snippets: SnippetOptions,
    /// Whether to count what each clause of the query matches.
    pub count_clauses: bool,
    /// Whether to say of each hit why it stands where it stands.
    pub explain: bool,
}

impl SearchRequest {
    /// Returns a request for the ten most relevant hits.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
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
