//! What a search is: the question, the answer and who gives it, whatever engine that may be.
//!
//! The same request gives the same set of hits on every engine. Nothing here knows Tantivy or HTTP,
//! and nothing prints.

mod comparison;
mod concordance;
mod copies;
mod cursor;
mod engine;
mod error;
mod facet;
mod request;
mod response;
mod similar;
mod snippet;
mod timeline;

pub use comparison::{Compared, Comparison, Counts, compare};
pub use concordance::{ConcordanceLine, ConcordanceOrder, concordance, sort_concordance};
pub use copies::{CopyChoice, CopyFacts, CopyMark, Representative, Story, fold};
pub use cursor::{Cursor, InvalidCursor};
pub use engine::{
    ArchiveInfo, EntityCount, EntityList, EntityName, EntityRequest, NameCount, SearchEngine,
};
pub use error::Error;
pub use facet::{Facet, FacetField, FacetValue};
pub use request::{SearchRequest, Sort};
pub use response::{ClauseCount, FoldedCopy, Hit, SearchResponse, Snippet, Suggestion};
pub use similar::similar_query;
pub use snippet::{SnippetOptions, snippets};
pub use timeline::{Interval, Period, Timeline};
