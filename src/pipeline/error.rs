//! What can end a run; what goes wrong with single files and records is in its report instead.

use std::io;
use std::path::PathBuf;

use crate::entities::{AuthorityError, UserModelError};
use crate::index;
use crate::ingest::InvalidFileLines;

/// A run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive itself cannot be read.
    #[error("cannot read the archive at `{}`", path.display())]
    Archive {
        /// The archive.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// An authority file cannot be read.
    #[error("cannot read the authority file `{}`", path.display())]
    AuthorityFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// An authority file is none.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The user's model cannot be used.
    #[error(transparent)]
    Model(#[from] UserModelError),
    /// The index cannot be opened or changed.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// What the last run learnt of the archive cannot be read.
    #[error("what the last run learnt of the archive is damaged")]
    Learnt(#[from] InvalidFileLines),
    /// A thread could not be started.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
}

impl Error {
    /// Tells whether another writer holds the lock.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Index(error) if error.is_locked())
    }
}

/// Returns an error and its causes in one line, as reports and messages say it.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}
