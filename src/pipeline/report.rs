//! What a run did, in numbers, and what it could not do, in words.

use crate::index::{Problem, ProblemKind};

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexReport {
    /// Files that were not there at the last run.
    pub files_added: u64,
    /// Files whose bytes changed.
    pub files_changed: u64,
    /// Files that are gone.
    pub files_removed: u64,
    /// Files whose time is new but whose bytes are not.
    pub files_touched: u64,
    /// Files that are as they were.
    pub files_unchanged: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Articles read in this run.
    pub articles_read: u64,
    /// Articles in the index now.
    pub articles_total: u64,
    /// Whether there was anything to commit.
    pub committed: bool,
    /// Whether an authority file or the rules of the program changed, so that all names of the
    /// archive were merged anew.
    pub names_merged_anew: bool,
    /// Whether all of the archive was read into a new index, and why.
    pub rebuilt: Option<String>,
    /// Files and records of this run that gave no article, and articles whose names could not be
    /// found, in the order of their places.
    pub problems: Vec<Problem>,
}

impl IndexReport {
    /// Returns the number of files and records that were left out on purpose.
    pub fn skipped(&self) -> usize {
        self.count(ProblemKind::Skipped)
    }

    /// Returns the number of files and records that could not be read, or not in full.
    pub fn failed(&self) -> usize {
        self.count(ProblemKind::Failed)
    }

    fn count(&self, kind: ProblemKind) -> usize {
        self.problems.iter().filter(|problem| problem.kind == kind).count()
    }
}
