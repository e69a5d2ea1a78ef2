//! What a run has to do: the archive as it lies on disk against the manifest of the last commit.
//!
//! A file is taken for unchanged when size and time are; where only the time is new, its bytes
//! decide. Nothing is read but names, sizes and times, and the bytes of files that were touched.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::article::ContentHash;
use crate::index::{Manifest, ManifestEntry};
use crate::ingest::{self, Fingerprinted, SourceFile, WalkOptions};

use super::Error;
use super::settings::Settings;

/// What a run has to do, file by file.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read: new ones, and those whose bytes changed.
    pub read: Vec<PlannedFile>,
    /// Paths whose articles go away: files that are gone, but not those in a directory that could not
    /// be listed.
    pub removed: Vec<String>,
    /// Files whose time is new and whose bytes are not: only the manifest changes.
    pub touched: Vec<(String, ManifestEntry)>,
    /// The number of files that are as they were.
    pub unchanged: u64,
    /// Files and directories that could not be looked at.
    pub problems: Vec<ingest::Error>,
}

/// A file to read.
#[derive(Debug)]
pub struct PlannedFile {
    /// The file.
    pub file: SourceFile,
    /// Why it is read.
    pub reason: ReadReason,
}

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadReason {
    /// It was not there at the last run.
    Added,
    /// Its bytes changed, or what else its articles depend on: the way to read it, the documents
    /// beside it, the lines that its outlet repeats, its time.
    Changed,
}

impl Plan {
    /// Tells whether nothing has to be done.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.removed.is_empty() && self.touched.is_empty()
    }

    /// Returns the number of files to read for `reason`.
    pub fn count(&self, reason: ReadReason) -> u64 {
        self.read.iter().filter(|planned| planned.reason == reason).count() as u64
    }

    /// Returns the number of bytes to read.
    pub fn bytes(&self) -> u64 {
        self.read.iter().map(|planned| planned.file.size).sum()
    }
}

/// Compares the archive at `root` with `manifest`, whose files are to be read by these settings now.
///
/// # Errors
/// When `root` itself cannot be listed; what cannot be listed below it is among the problems.
pub(super) fn plan(
    root: &Path,
    options: &WalkOptions,
    settings: Settings<'_>,
    manifest: &Manifest,
) -> Result<Plan, Error> {
    check_archive(root)?;
    let mut plan = Plan::default();
    let mut seen = FxHashSet::default();
    let of_containers = settings.fingerprint(Fingerprinted::Container);
    for file in ingest::walk(root, options) {
        match file {
            Ok(file) => plan.take(file, (settings, of_containers), manifest, &mut seen),
            Err(error) => plan.problems.push(error),
        }
    }
    if seen.len() < manifest.files.len() {
        let unlisted = plan.unlisted_paths(root);
        let gone = manifest.files.keys().filter(|path| !seen.contains(path.as_str()));
        plan.removed = gone.filter(|path| !is_within(path, &unlisted)).cloned().collect();
    }
    Ok(plan)
}

/// Refuses an archive that cannot be looked at.
pub(super) fn check_archive(archive: &Path) -> Result<(), Error> {
    match std::fs::metadata(archive) {
        Ok(_) => Ok(()),
        Err(source) => Err(Error::Archive { path: archive.to_owned(), source }),
    }
}

impl Plan {
    /// Returns the paths at and below which nothing could be seen.
    fn unlisted_paths(&self, root: &Path) -> Vec<String> {
        self.problems.iter().filter_map(|error| error.unlisted_path(root)).collect()
    }

    /// Decides what to do with a file, and notes it as seen where the last run saw it too.
    fn take<'m>(
        &mut self,
        file: SourceFile,
        settings: (Settings<'_>, u64),
        manifest: &'m Manifest,
        seen: &mut FxHashSet<&'m str>,
    ) {
        let Some((path, entry)) = manifest.files.get_key_value(&file.path) else {
            self.read.push(PlannedFile { file, reason: ReadReason::Added });
            return;
        };
        seen.insert(path);
        let modified = modified_nanoseconds(&file);
        if !is_read_alike(&file, settings, entry) {
            self.read.push(PlannedFile { file, reason: ReadReason::Changed });
        } else if entry.size == file.size && entry.modified == modified {
            self.unchanged += 1;
        } else if !entry.dated_by_file && is_same_content(&file, entry) {
            let entry = ManifestEntry { modified, ..entry.clone() };
            self.touched.push((file.path, entry));
        } else {
            self.read.push(PlannedFile { file, reason: ReadReason::Changed });
        }
    }
}

/// Tells whether a file is at or below one of these paths: that it was not seen there is no sign that
/// it is gone.
fn is_within(path: &str, above: &[String]) -> bool {
    above.iter().any(|above| {
        let rest = path.strip_prefix(above.as_str());
        rest.is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with('/'))
    })
}

/// Tells whether the file would be read as it was: by the same options, and with the same documents
/// beside it where it depends on them.
fn is_read_alike(
    file: &SourceFile,
    (settings, of_containers): (Settings<'_>, u64),
    entry: &ManifestEntry,
) -> bool {
    let by_same_options = entry.read_by == of_containers
        || entry.read_by == settings.fingerprint(Fingerprinted::File(&file.path));
    by_same_options && (entry.beside == 0 || entry.beside == ingest::beside(file))
}

fn is_same_content(file: &SourceFile, entry: &ManifestEntry) -> bool {
    // A file that cannot be read now is read again below, where the reason is reported.
    file.size == entry.size
        && ingest::hash_file(&file.absolute).is_ok_and(|hash| hash == entry.hash)
}

/// Returns the time of a file in nanoseconds from the epoch; 0 where the system knows none.
pub(super) fn modified_nanoseconds(file: &SourceFile) -> i64 {
    file.modified.and_then(|time| time.timestamp_nanos_opt()).unwrap_or(0)
}

/// Returns a manifest entry for a file that gave no articles yet.
pub(super) fn entry_for(file: &SourceFile, hash: ContentHash) -> ManifestEntry {
    ManifestEntry {
        size: file.size,
        modified: modified_nanoseconds(file),
        hash,
        dated_by_file: false,
        read_by: 0,
        beside: 0,
        totals: Default::default(),
        problems: Vec::new(),
    }
}
