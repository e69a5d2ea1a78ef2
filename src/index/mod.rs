//! The index directory and who may change it.
//!
//! The doors are [`LockedIndex`] for the one writer and [`Snapshot`] for readers. What is promised:
//! a commit is visible wholly or not at all, with its own manifest; a crash between any two steps
//! leaves the last commit; readers never block, never write and never see half a rebuild.
//! Nothing here parses queries or prints.

mod analyzer;
mod commit;
mod document;
mod durable;
mod error;
mod generation;
mod layout;
mod lock;
mod manifest;
mod names;
mod removal;
mod schema;
mod segment;
mod snapshot;
mod writer;

pub use analyzer::MAX_TITLE_WORDS;
pub use document::{
    CopyMarks, DocumentBuilder, IndexableArticle, Totals, day_number, day_of_number,
};
pub use durable::{sync_directory, write_atomic};
pub use error::Error;
pub use layout::{INDEX_DIRECTORY_NAME, Layout};
pub use lock::WriterLock;
pub use manifest::{Manifest, ManifestEntry, Problem, ProblemKind};
pub use schema::{BODY_START, COPY_KEYS, Fields, SCHEMA_VERSION, TITLE_WEIGHT, schema};
pub use segment::ArticleSink;
pub use snapshot::Snapshot;
pub use writer::{
    IndexWriter, LockedIndex, Naming, WriteMode, WriterOptions, read_archive, read_learnt,
    read_manifest,
};
