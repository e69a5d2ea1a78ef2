//! What can go wrong with a file, with a record, and why a record is left out.
//!
//! Three things that must not be confused: an [`Error`] means that nothing of a file could be
//! read; a [`RecordError`] means that one record is damaged and its neighbours were read; a
//! [`SkipReason`] means that there is nothing to index, which is no fault.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::article::SourceLocator;

use super::extract::NotAnArticle;
use super::limits::LimitExceeded;
use super::walk::relative_path;

/// Nothing of a file or directory could be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be opened or read.
    #[error("cannot read `{path}`")]
    Read {
        /// The path, relative to the archive.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A directory could not be listed, or an entry of it not be looked at.
    #[error("cannot list `{}`", path.display())]
    List {
        /// The path of the directory or entry.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A `.morgueignore` file has a line that is no pattern.
    #[error("cannot use `{}`", path.display())]
    IgnoreFile {
        /// The path of the file.
        path: PathBuf,
        /// Which line, and why.
        #[source]
        source: ignore::Error,
    },
    /// A pattern of paths cannot be understood.
    #[error("`{pattern}` is not a pattern of paths")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        #[source]
        source: ignore::Error,
    },
    /// A pattern of paths fits none: it is empty, a comment or an exception.
    #[error("`{0}` is not a pattern of paths")]
    NoPattern(String),
    /// A language is called by what is no code, tag or name of one.
    #[error("`{0}` is not a language")]
    NoLanguage(String),
    /// The record that was asked for is not in the file.
    #[error("there is no record `{0}`")]
    NoSuchRecord(SourceLocator),
}

impl Error {
    /// Returns the path, relative to the archive at `root`, of the directory or entry that could not
    /// be looked at; `None` for other errors, and for the archive itself an empty path.
    pub fn unlisted_path(&self, root: &Path) -> Option<String> {
        match self {
            Self::List { path, .. } | Self::IgnoreFile { path, .. } => {
                path.strip_prefix(root).ok().map(relative_path)
            }
            _ => None,
        }
    }
}

/// One record could not be read; its neighbours were.
#[derive(Debug)]
pub struct RecordError {
    /// Where the record lies.
    pub locator: SourceLocator,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for RecordError {
    /// Writes ``cannot read `2024/a.warc.gz` at record 17: ...``.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot read {}: {}", Place(&self.locator), self.problem)
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The message holds the problem already; what lies behind it is the next cause.
        std::error::Error::source(&self.problem)
    }
}

/// A locator in the words of a message: `` `path` member `name` at record 17 ``.
pub(super) struct Place<'a>(pub(super) &'a SourceLocator);

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`", self.0.path)?;
        for member in &self.0.members {
            write!(formatter, " member `{member}`")?;
        }
        match self.0.record {
            Some(record) => write!(formatter, " at record {record}"),
            None => Ok(()),
        }
    }
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Its bytes could not be read: a damaged compression, a failing disk.
    #[error("{0}")]
    Io(io::Error),
    /// It exceeds a limit.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// It is not JSON.
    #[error("invalid JSON: {0}")]
    Json(serde_json::Error),
    /// It is a page that cannot be read.
    #[error(transparent)]
    Page(#[from] super::extract::Error),
    /// It does not follow its format.
    #[error("invalid {format}: {reason}")]
    Malformed {
        /// The name of the format.
        format: &'static str,
        /// What was expected, or found instead.
        reason: String,
    },
    /// The code that reads it failed; this is a fault of the program.
    #[error("the reader failed on it, which is a fault of morgue: {0}")]
    Panicked(String),
}

impl From<io::Error> for Problem {
    /// Takes a limit that was exceeded while reading out of the error that carried it.
    fn from(error: io::Error) -> Self {
        match error.downcast::<LimitExceeded>() {
            Ok(limit) => Self::Limit(limit),
            Err(error) => Self::Io(error),
        }
    }
}

impl From<LimitExceeded> for io::Error {
    fn from(limit: LimitExceeded) -> Self {
        Self::other(limit)
    }
}

/// Why a file or record holds nothing to index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// It is not text; the name of what it is, such as "PDF document".
    Binary(&'static str),
    /// It is text of a kind that holds no articles, such as an unknown XML vocabulary.
    Unsupported(String),
    /// It is a page, but not of an article: a section front, a cookie wall.
    NotAnArticle(NotAnArticle),
    /// Records of a web archive that hold no page: how many, and what instead.
    NotPages {
        /// The number of records.
        records: u64,
        /// What they hold, the commonest first.
        kinds: String,
    },
    /// So many records of a web archive that say that a page had not changed.
    Revisits(u64),
    /// It has neither a title nor a text.
    NoText,
    /// The texts of a table none of whose columns is known to hold them; its rows are read without.
    NoTextColumn,
    /// It is a container or archive with nothing in it that could be read.
    NoRecords,
}

impl SkipReason {
    /// Returns how many records were left out.
    pub fn records(&self) -> u64 {
        match self {
            Self::NotPages { records, .. } | Self::Revisits(records) => *records,
            _ => 1,
        }
    }

    /// Returns the lower-case word by which skipped records are counted.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary(_) => "binary",
            Self::Unsupported(_) => "unsupported",
            Self::NotAnArticle(_) => "not-an-article",
            Self::NotPages { .. } => "not-a-page",
            Self::Revisits(_) => "revisit",
            Self::NoText => "no-text",
            Self::NoTextColumn => "no-text-column",
            Self::NoRecords => "no-records",
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("empty"),
            Self::Binary(kind) => write!(formatter, "not text ({kind})"),
            Self::Unsupported(what) => write!(formatter, "no articles can be read from {what}"),
            Self::NotAnArticle(why) => why.fmt(formatter),
            Self::NotPages { records: 1, kinds } => {
                write!(formatter, "1 record that is not a page ({kinds})")
            }
            Self::NotPages { records, kinds } => {
                write!(formatter, "{records} records that are not pages ({kinds})")
            }
            Self::Revisits(1) => formatter.write_str("1 record of a page that had not changed"),
            Self::Revisits(records) => {
                write!(formatter, "{records} records of pages that had not changed")
            }
            Self::NoText => formatter.write_str("no title and no text"),
            Self::NoTextColumn => formatter
                .write_str("the texts of a table without a column that is known to hold them"),
            Self::NoRecords => formatter.write_str("nothing in it could hold an article"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_errors_name_file_member_record_and_reason() {
        let locator = SourceLocator::file("2024/a.zip").with_member("b.jsonl").with_record(17);
        let problem = Problem::from(io::Error::from(LimitExceeded::Nesting(6)));
        assert!(matches!(problem, Problem::Limit(LimitExceeded::Nesting(6))));
        assert_eq!(
            RecordError { locator, problem }.to_string(),
            "cannot read `2024/a.zip` member `b.jsonl` at record 17: \
             containers are nested deeper than `max_nesting` (6)"
        );
    }
}
