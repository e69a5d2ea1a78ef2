//! Full-text search over news archives.
//!
//! The rooms of the library stand on floors; each may name only rooms below it, which a test keeps
//! (`tests/it/layering.rs`; the plan is `docs/architecture.md`).

pub mod article;
pub mod cli;
pub mod engine;
pub mod entities;
pub mod index;
pub mod ingest;
pub mod neardup;
pub mod output;
pub mod pipeline;
pub mod query;
pub mod search;
pub mod text;
