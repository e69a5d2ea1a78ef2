//! Where everything lies in an index directory.
//!
//! ```text
//! .morgue/
//!   CURRENT              the name of the generation in use, replaced atomically
//!   lock                 held while writing; says by whom
//!   g000001/             a generation: Tantivy's files and the manifests of its commits
//!     meta.json          Tantivy's list of segments; its payload names the manifest
//!     manifest-17.zst    every file seen, as of the commit that names it
//!     names-17.bin       which names are one entity, as of the same commit
//!     learnt-17.zst      the lines of its scraped texts, from which those that repeat are learnt
//! ```

use std::path::{Path, PathBuf};

/// The paths of an index directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

/// The name of the index directory inside an archive.
pub const INDEX_DIRECTORY_NAME: &str = ".morgue";

impl Layout {
    /// Returns the layout of the index directory `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Returns the index directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn current(&self) -> PathBuf {
        self.root.join("CURRENT")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub(super) fn generation(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

/// Returns the name of generation `number`.
pub(super) fn generation_name(number: u64) -> String {
    format!("g{number:06}")
}

/// Returns the number of the generation called `name`, or `None` for another name.
pub(super) fn generation_number(name: &str) -> Option<u64> {
    name.strip_prefix('g')?.parse().ok()
}

/// Returns the file name of the manifest of commit `number`.
pub(super) fn manifest_name(number: u64) -> String {
    format!("manifest-{number}.zst")
}

/// Returns the file name of the table of names of commit `number`.
pub(super) fn names_name(number: u64) -> String {
    format!("names-{number}.bin")
}

/// Returns the file name of what commit `number` learns from of the archive as a whole.
pub(super) fn learnt_name(number: u64) -> String {
    format!("learnt-{number}.zst")
}

/// Tells whether `name` is that of a file beside a commit.
pub(super) fn is_commit_file(name: &str) -> bool {
    ["manifest-", "names-", "learnt-"].iter().any(|start| name.starts_with(start))
}
