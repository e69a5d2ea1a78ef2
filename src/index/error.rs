//! What can go wrong with an index directory.

use std::io;
use std::path::PathBuf;

use super::schema::SCHEMA_VERSION;

/// An index cannot be opened, read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index at this place.
    #[error("there is no index at `{}`", path.display())]
    Missing {
        /// Where an index was looked for.
        path: PathBuf,
    },
    /// The index was written in a format that this version does not read.
    #[error(
        "the index at `{}` has format {found} and this version reads {SCHEMA_VERSION}", path.display()
    )]
    Format {
        /// The index directory.
        path: PathBuf,
        /// The format it was written in.
        found: u32,
    },
    /// Another process is changing the index.
    #[error("another process is writing to the index at `{}`: {holder}", path.display())]
    Locked {
        /// The index directory.
        path: PathBuf,
        /// What the lock file says of the other process.
        holder: String,
    },
    /// A file of the index holds something else than it should.
    #[error("`{}` is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of the index cannot be read or written.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried: "read", "write", "create".
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// Tantivy failed.
    #[error("the search library failed on the index at `{}`", path.display())]
    Tantivy {
        /// The index directory.
        path: PathBuf,
        /// Its reason.
        #[source]
        source: tantivy::TantivyError,
    },
}

impl Error {
    /// Tells whether another writer holds the lock, so that trying again later may help.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Locked { .. })
    }

    /// Tells whether there is no index at all.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }

    /// Tells whether building the index anew would help.
    pub fn wants_rebuild(&self) -> bool {
        matches!(self, Self::Format { .. } | Self::Damaged { .. })
    }
}
