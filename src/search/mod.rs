//! What a search is: the question, the answer and who gives it, whatever engine that may be.
//!
//! The same request gives the same set of hits on every engine. Nothing here knows Tantivy or HTTP,
//! and nothing prints.

mod engine;
mod error;
mod request;
mod response;
mod snippet;

pub use engine::{ArchiveInfo, EntityCount, EntityRequest, NameCount, SearchEngine};
pub use error::Error;
pub use request::{SearchRequest, Sort};
pub use response::{ClauseCount, Hit, SearchResponse, Snippet, Suggestion};
pub use snippet::{SnippetOptions, snippets};
