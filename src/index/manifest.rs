//! The manifest: every file of the archive that a run has seen, and what came of it.
//!
//! A manifest belongs to one commit and is written before it: whichever commit is in force, its own
//! manifest lies beside it. On disk it is JSON Lines, compressed: a header, then a line a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::article::ContentHash;

use super::durable::write_atomic;
use super::{Error, Totals};

/// Every file seen, by its path relative to the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files, in the order of their paths.
    pub files: BTreeMap<String, ManifestEntry>,
}

/// What is known of a file, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified, in nanoseconds from 1970-01-01 UTC.
    pub modified: i64,
    /// The hash of its bytes.
    #[serde(with = "hash_text")]
    pub hash: ContentHash,
    /// Whether a date in it was completed from the time of the file, so that a new time alone makes
    /// it a new file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dated_by_file: bool,
    /// By which of the user's words on how to read it it was read: a number that changes with them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub read_by: u64,
    /// What the documents were like that describe it and lie beside it; 0 where there can be none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub beside: u64,
    /// What its articles add to the totals of the index.
    pub totals: Totals,
    /// Records that were left out, with reasons: "record 17: ...".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A file or record that gave no article, or an article whose names could not be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The place: the path of the file, members and record, as messages show it.
    pub place: String,
    /// Whether it was left out on purpose or could not be read.
    pub kind: ProblemKind,
    /// Why.
    pub reason: String,
}

/// The two kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProblemKind {
    /// It holds no article: empty, binary, a section front.
    Skipped,
    /// It could not be read, or not in full.
    Failed,
}

impl Manifest {
    /// Returns the totals over all files.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for entry in self.files.values() {
            totals.add(entry.totals);
        }
        totals
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        let io_error = |source| Error::Io { action: "write", path: path.to_owned(), source };
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).map_err(io_error)?;
        for (file, entry) in &self.files {
            serde_json::to_writer(&mut encoder, &(file, entry))
                .map_err(|error| io_error(error.into()))?;
            encoder.write_all(b"\n").map_err(io_error)?;
        }
        let bytes = encoder.finish().map_err(io_error)?;
        write_atomic(path, &bytes).map_err(io_error)
    }

    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let io_error = |source| Error::Io { action: "read", path: path.to_owned(), source };
        let damaged = |reason: String| Error::Damaged { path: path.to_owned(), reason };
        let file = fs::File::open(path).map_err(io_error)?;
        let mut lines = BufReader::new(zstd::Decoder::new(file).map_err(io_error)?);
        let mut files = Vec::new();
        let mut line = String::new();
        loop {
            line.clear();
            let length = lines.read_line(&mut line).map_err(|error| damaged(error.to_string()))?;
            if length == 0 {
                break;
            }
            let row: (String, ManifestEntry) = serde_json::from_str(&line)
                .map_err(|error| damaged(format!("line {}: {error}", files.len() + 1)))?;
            files.push(row);
        }
        Ok(Self { files: files.into_iter().collect() })
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

mod hash_text {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::article::ContentHash;

    pub(super) fn serialize<S: Serializer>(
        hash: &ContentHash,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<ContentHash, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_written() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("manifest-1.zst");
        let entry = ManifestEntry {
            size: 3,
            modified: -1,
            hash: ContentHash::of(b"abc"),
            dated_by_file: true,
            read_by: 7,
            beside: 8,
            totals: Totals { articles: 1, body_words: 2, title_words: 3 },
            problems: vec![Problem {
                place: "a\nb#2".into(),
                kind: ProblemKind::Failed,
                reason: "bad \"json\"".into(),
            }],
        };
        let manifest = Manifest { files: [("a\nb".to_owned(), entry)].into() };
        manifest.write(&path).unwrap();
        assert_eq!(Manifest::read(&path).unwrap(), manifest);
        fs::write(&path, "nonsense").unwrap();
        assert!(matches!(Manifest::read(&path), Err(Error::Damaged { .. })));
    }
}
