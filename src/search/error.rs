//! What can go wrong with a search, whatever the engine.

use std::error::Error as StdError;

/// A search cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query is well formed but cannot be answered within the limits.
    #[error("{clause}: {reason}")]
    Query {
        /// The clause in canonical spelling.
        clause: String,
        /// The limit that it exceeds, or what is wrong with it.
        reason: String,
    },
    /// The place to go on from belongs to another question.
    #[error("the cursor belongs to another query, order or choice of copies")]
    ForeignCursor,
    /// More than one article has an id that begins so.
    #[error("`{prefix}` is the beginning of several ids, such as {}", ids.join(", "))]
    AmbiguousId {
        /// What was given.
        prefix: String,
        /// Some of the ids that begin so.
        ids: Vec<String>,
    },
    /// The engine failed.
    #[error("the search engine failed")]
    Engine(#[source] Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// Returns the error of an engine.
    pub fn engine(error: impl StdError + Send + Sync + 'static) -> Self {
        Self::Engine(Box::new(error))
    }
}
