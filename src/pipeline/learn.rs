//! What a run learns before it reads: the lines that outlets repeat, from all files of the archive,
//! and which files read otherwise for it than they did.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustc_hash::FxHashSet;

use crate::index::{Layout, read_learnt};
use crate::ingest::{
    self, ArticleLines, FileLines, ReadOptions, RepeatedLines, SourceFile, locate,
};

use super::plan::{Plan, PlannedFile, ReadReason};
use super::{Error, RunOptions};

/// What is known of an archive as a whole.
#[derive(Default)]
pub(super) struct Learnt {
    lines: FileLines,
    /// The lines that outlets repeat.
    pub(super) repeated: RepeatedLines,
}

impl Learnt {
    /// Learns from `stored`, the lines of the files of the last commit, and from the files of `plan`,
    /// and adds to the plan the files that read otherwise than at the last commit.
    pub(super) fn of(options: &RunOptions, stored: FileLines, plan: &mut Plan) -> Self {
        let before = stored.repeated();
        let mut lines = stored;
        plan.removed.iter().for_each(|path| lines.remove(path));
        for (planned, found) in plan.read.iter().zip(read_all(options, &plan.read)) {
            lines.insert(&planned.file.path, found);
        }
        let repeated = lines.repeated();
        let changed: Vec<SourceFile> =
            files_to_read_again(options, plan, &lines, &before, &repeated);
        plan.read_again(changed);
        Self { lines, repeated }
    }

    /// Returns what the next run learns from; no bytes where there is no scraped text.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        if self.lines.is_empty() { Vec::new() } else { self.lines.to_bytes() }
    }
}

fn files_to_read_again(
    options: &RunOptions,
    plan: &Plan,
    lines: &FileLines,
    before: &RepeatedLines,
    now: &RepeatedLines,
) -> Vec<SourceFile> {
    let planned: FxHashSet<&str> =
        plan.read.iter().map(|planned| planned.file.path.as_str()).collect();
    let changed = lines.changed(before, now).into_iter().filter(|path| !planned.contains(path));
    let located = changed.map(|path| SourceFile::at(&locate(&options.archive, path), path));
    // A file that went away since it was listed keeps what it gave; the next run finds it gone.
    located.filter_map(Result::ok).collect()
}

impl Plan {
    /// Adds files of the last commit to those that are read.
    fn read_again(&mut self, files: Vec<SourceFile>) {
        let paths: FxHashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let touched = self.touched.len();
        self.touched.retain(|(path, _)| !paths.contains(path.as_str()));
        let were_touched = touched - self.touched.len();
        self.unchanged -= (files.len() - were_touched) as u64;
        let again = files.into_iter().map(|file| PlannedFile { file, reason: ReadReason::Changed });
        self.read.extend(again);
    }
}

/// Returns the lines that outlets repeat, to read `files` as a run would that lie at or below `root`
/// and by `options.base` in their archive: the last commit of its index knows the other files.
///
/// # Errors
/// When there is an index that cannot be read, though it is of this version and whole.
pub fn repeated_lines(
    root: &Path,
    files: &[&SourceFile],
    options: &ReadOptions,
    index: Option<&Layout>,
) -> Result<RepeatedLines, Error> {
    let mut lines = index.map_or(Ok(FileLines::default()), last_lines)?;
    if root.is_dir() {
        lines.remove_below(&options.base);
    }
    for file in files {
        lines.insert(&format!("{}{}", options.base, file.path), read(file, options));
    }
    Ok(lines.repeated())
}

fn last_lines(index: &Layout) -> Result<FileLines, Error> {
    match read_learnt(index) {
        Ok(bytes) => file_lines(&bytes),
        Err(error) if error.is_missing() || error.wants_rebuild() => Ok(FileLines::default()),
        Err(error) => Err(error.into()),
    }
}

/// Reads what a commit kept; no bytes are no lines.
pub(super) fn file_lines(bytes: &[u8]) -> Result<FileLines, Error> {
    if bytes.is_empty() { Ok(FileLines::default()) } else { Ok(FileLines::from_bytes(bytes)?) }
}

/// Returns the lines of each file, in order; none of one that cannot be read, which is reported when
/// its articles are wanted.
fn read_all(options: &RunOptions, files: &[PlannedFile]) -> Vec<Vec<ArticleLines>> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![Vec::new(); files.len()]);
    let threads = options.threads.min(NonZeroUsize::new(files.len()).unwrap_or(NonZeroUsize::MIN));
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                while let Some((at, planned)) = take(&next, files) {
                    let lines = read(&planned.file, &options.read);
                    if !lines.is_empty() {
                        found.lock().unwrap_or_else(PoisonError::into_inner)[at] = lines;
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn take<'files>(
    next: &AtomicUsize,
    files: &'files [PlannedFile],
) -> Option<(usize, &'files PlannedFile)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|file| (at, file))
}

fn read(file: &SourceFile, options: &ReadOptions) -> Vec<ArticleLines> {
    ingest::read_lines(file, options).unwrap_or_default()
}
