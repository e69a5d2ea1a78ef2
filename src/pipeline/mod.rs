//! A run: from a directory of articles to a committed index.
//!
//! The door is [`run`]. It takes the lock, compares the archive with the manifest of the last
//! commit, reads what is new, and commits everything at once. Killed at any moment it leaves the
//! last commit in force, and the next run does what this one did not.

mod authority;
mod enrich;
mod error;
mod learn;
mod plan;
mod progress;
mod report;
mod settings;
mod worker;

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use crate::index::{
    INDEX_DIRECTORY_NAME, IndexWriter, Layout, LockedIndex, Manifest, Naming, WriteMode,
    WriterOptions, read_manifest,
};
use crate::ingest::{self, FileLines, ReadOptions, WalkOptions};

pub use crate::entities::authority::AuthorityFile;
pub use crate::entities::{Recognizer, UserModel};
pub use enrich::Enricher;
pub use error::{Error, with_causes};
pub use learn::repeated_lines;
pub use plan::{Plan, PlannedFile, ReadReason};
pub use progress::{Observer, Silent};
pub use report::IndexReport;

use authority::UserNames;
use learn::Learnt;
use plan::{check_archive, plan};
use settings::Settings;
use worker::{FileOutcome, Work, file_problem};

/// The memory for unwritten segments, in bytes.
const DEFAULT_MEMORY: usize = 256 << 20;

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The directory of articles.
    pub archive: PathBuf,
    /// The index directory.
    pub index: PathBuf,
    /// Whether all of the archive is read into a new index.
    pub mode: WriteMode,
    /// The number of threads that read, and of those that write.
    pub threads: NonZeroUsize,
    /// The memory that unwritten segments may take, in bytes.
    pub memory: usize,
    /// How the archive is walked.
    pub walk: WalkOptions,
    /// How its files are read.
    pub read: ReadOptions,
    /// Whether people, organizations and places are found.
    pub entities: bool,
    /// The user's authority files, see [`Authority`](crate::entities::Authority).
    pub authority: Vec<PathBuf>,
    /// The user's model that finds people, organizations and places; by default those of the
    /// program do.
    pub model: Option<UserModel>,
}

/// Makes the index of an archive match the archive.
///
/// # Errors
/// When the archive cannot be read, another writer holds the lock ([`Error::is_locked`]), or the
/// index cannot be written. Files and records that cannot be read are in the report instead.
pub fn run(options: &RunOptions, observer: &mut dyn Observer) -> Result<IndexReport, Error> {
    // Before the lock, which makes the index directory.
    check_archive(&options.archive)?;
    let names = UserNames::read(&options.authority)?;
    let settings = options.settings()?;
    let layout = Layout::new(&options.index);
    let locked = LockedIndex::acquire(&layout)?;
    let walk = options.walk_options();
    let nothing = Manifest::default();
    let start = match options.mode {
        WriteMode::Update => locked.manifest(),
        WriteMode::Rebuild => &nothing,
    };
    let mut plan = plan(&options.archive, &walk, settings, start)?;
    let names_changed = locked.naming().is_some_and(|last| last != names.fingerprint);
    let archive = options.archive_to_keep();
    let commits_anyway = names_changed || locked.archive() != archive.as_deref();
    let is_update = locked.exists() && options.mode == WriteMode::Update;
    if plan.is_empty() && is_update && !commits_anyway {
        return leave_as_it_is(options, locked, &plan, observer);
    }
    let stored = stored_lines(options.mode, &locked)?;
    let (learnt, recognizer) = prepare(options, settings, stored, &mut plan)?;
    observer.planned(&plan);
    let mut report = report_of(&plan, &options.archive);
    report.rebuilt = rebuild_reason(options.mode, &locked);
    report.names_merged_anew = names_changed;
    let start = start.clone();
    let writer = locked.writer(options.mode, options.writer_options())?;
    let execution = Execution {
        settings,
        threads: options.threads,
        recognizer,
        start: &start,
        names: &names,
        learnt,
        archive,
        commits_anyway,
    };
    execution.run(plan, writer, observer, &mut report)?;
    report.problems.sort_by(|one, two| one.place.cmp(&two.place));
    Ok(report)
}

/// Learns from the files of a plan, to which that may add some, and gets ready to find names in them,
/// both at once.
fn prepare(
    options: &RunOptions,
    settings: Settings<'_>,
    stored: FileLines,
    plan: &mut Plan,
) -> Result<(Learnt, Option<Recognizer>), Error> {
    let recognizer = || options.recognizer(settings.model);
    if plan.read.is_empty() {
        let learnt = Learnt::of(options, stored, plan);
        let recognizer = if plan.read.is_empty() { None } else { recognizer()? };
        return Ok((learnt, recognizer));
    }
    thread::scope(|scope| {
        let recognizer = scope.spawn(recognizer);
        let learnt = Learnt::of(options, stored, plan);
        Ok((learnt, recognizer.join().unwrap_or_else(|panic| resume_unwind(panic))?))
    })
}

/// Ends a run over an archive that is as it was.
fn leave_as_it_is(
    options: &RunOptions,
    locked: LockedIndex,
    plan: &Plan,
    observer: &mut dyn Observer,
) -> Result<IndexReport, Error> {
    observer.planned(plan);
    let articles_total = locked.manifest().totals().articles;
    let report = IndexReport { articles_total, ..report_of(plan, &options.archive) };
    if locked.was_interrupted() {
        locked.tidy(options.writer_options())?;
    } else {
        locked.release()?;
    }
    Ok(report)
}

/// Returns the lines of the files of the last commit that this run starts from.
fn stored_lines(mode: WriteMode, locked: &LockedIndex) -> Result<FileLines, Error> {
    if mode == WriteMode::Rebuild {
        return Ok(FileLines::default());
    }
    learn::file_lines(&locked.learnt()?)
}

/// Returns what [`run`] would do, without taking the lock or changing anything.
pub fn dry_run(options: &RunOptions) -> Result<Plan, Error> {
    let manifest = match options.mode {
        WriteMode::Rebuild => Manifest::default(),
        WriteMode::Update => match read_manifest(&Layout::new(&options.index)) {
            Ok(manifest) => manifest,
            Err(error) if error.is_missing() || error.wants_rebuild() => Manifest::default(),
            Err(error) => return Err(error.into()),
        },
    };
    plan(&options.archive, &options.walk_options(), options.settings()?, &manifest)
}

impl RunOptions {
    /// Returns what a run does unless told otherwise: an update with names, on every core.
    pub fn new(archive: impl Into<PathBuf>, index: impl Into<PathBuf>) -> Self {
        Self {
            archive: archive.into(),
            index: index.into(),
            mode: WriteMode::Update,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            memory: DEFAULT_MEMORY,
            walk: WalkOptions::default(),
            read: ReadOptions::default(),
            entities: true,
            authority: Vec::new(),
            model: None,
        }
    }

    fn walk_options(&self) -> WalkOptions {
        let mut walk = self.walk.clone();
        walk.excluded.push(self.index.clone());
        walk.excluded.extend(self.authority.iter().cloned());
        walk.excluded.extend(self.model.iter().flat_map(UserModel::paths));
        walk
    }

    fn settings(&self) -> Result<Settings<'_>, Error> {
        let model = self.model.as_ref().filter(|_| self.entities);
        let model = model.map(UserModel::fingerprint).transpose()?;
        Ok(Settings { read: &self.read, entities: self.entities, model })
    }

    /// Returns what finds people, organizations and places, with a model of this fingerprint where
    /// there is one.
    fn recognizer(&self, model_fingerprint: Option<u64>) -> Result<Option<Recognizer>, Error> {
        match (&self.model, model_fingerprint) {
            _ if !self.entities => Ok(None),
            (Some(model), Some(fingerprint)) => Ok(Some(model.recognizer(fingerprint)?)),
            _ => Ok(Some(Recognizer::new())),
        }
    }

    /// Returns where the archive is, for whoever has the index only; `None` where it lies around it.
    ///
    /// A path that is not UTF-8, or of an archive that cannot be found, is none to keep.
    fn archive_to_keep(&self) -> Option<String> {
        let archive = self.archive.canonicalize().ok()?;
        let index = self.index.canonicalize().ok();
        let lies_around = index.is_some_and(|index| index == archive.join(INDEX_DIRECTORY_NAME));
        if lies_around { None } else { archive.into_os_string().into_string().ok() }
    }

    fn writer_options(&self) -> WriterOptions {
        WriterOptions { threads: self.threads, memory: self.memory }
    }
}

fn rebuild_reason(mode: WriteMode, locked: &LockedIndex) -> Option<String> {
    match (mode, locked.unusable()) {
        (_, Some(error)) => Some(error.to_string()),
        (WriteMode::Rebuild, None) if locked.exists() => Some("asked for".to_owned()),
        _ => None,
    }
}

fn report_of(plan: &Plan, archive: &Path) -> IndexReport {
    let problem = |error: &ingest::Error| {
        file_problem(&error.unlisted_path(archive).unwrap_or_default(), error)
    };
    IndexReport {
        files_added: plan.count(ReadReason::Added),
        files_changed: plan.count(ReadReason::Changed),
        files_removed: plan.removed.len() as u64,
        files_touched: plan.touched.len() as u64,
        files_unchanged: plan.unchanged,
        bytes: plan.bytes(),
        problems: plan.problems.iter().map(problem).collect(),
        ..IndexReport::default()
    }
}

/// What carries out a plan and commits it.
struct Execution<'run> {
    settings: Settings<'run>,
    threads: NonZeroUsize,
    recognizer: Option<Recognizer>,
    /// The files of the last commit, or none where the index is built anew.
    start: &'run Manifest,
    names: &'run UserNames,
    learnt: Learnt,
    /// Where the archive is, see [`RunOptions::archive_to_keep`].
    archive: Option<String>,
    /// Whether there is something to commit though no article changed.
    commits_anyway: bool,
}

impl Execution<'_> {
    fn run(
        self,
        plan: Plan,
        writer: IndexWriter,
        observer: &mut dyn Observer,
        report: &mut IndexReport,
    ) -> Result<(), Error> {
        let mut manifest = self.start.clone();
        let changes_index = !plan.removed.is_empty() || plan.count(ReadReason::Changed) > 0;
        for path in &plan.removed {
            writer.remove_source(path)?;
            manifest.files.remove(path);
        }
        for planned in plan.read.iter().filter(|planned| planned.reason == ReadReason::Changed) {
            writer.remove_source(&planned.file.path)?;
            manifest.files.remove(&planned.file.path);
        }
        manifest.files.extend(plan.touched);
        let work = Work {
            writer: &writer,
            recognizer: self.recognizer.as_ref(),
            settings: self.settings,
            repeated: &self.learnt.repeated,
            threads: self.threads,
        };
        let files = plan.read.into_iter().map(|planned| planned.file);
        worker::process(&work, files, |outcome| {
            observer.file_done(outcome.bytes, outcome.totals.articles);
            note(outcome, &mut manifest, report);
        })?;
        report.articles_total = manifest.totals().articles;
        // Files that could be read neither then nor now are tried again by every run, and change
        // nothing.
        let is_same = !changes_index && writer.is_update() && &manifest == self.start;
        if is_same && !self.commits_anyway {
            return Ok(writer.discard()?);
        }
        observer.committing();
        let names = self.names;
        let naming =
            Naming { fingerprint: names.fingerprint, table: &|counts| names.table(counts) };
        writer.commit(&manifest, &naming, &self.learnt.to_bytes(), self.archive)?;
        report.committed = true;
        Ok(())
    }
}

fn note(mut outcome: FileOutcome, manifest: &mut Manifest, report: &mut IndexReport) {
    outcome.nameless.sort_by(|one, two| one.place.cmp(&two.place));
    report.articles_read += outcome.totals.articles;
    report.problems.extend(outcome.problem);
    if let Some(mut entry) = outcome.entry {
        entry.totals = outcome.totals;
        entry.problems.append(&mut outcome.nameless);
        report.problems.extend(entry.problems.iter().cloned());
        manifest.files.insert(outcome.path, entry);
    }
    report.problems.append(&mut outcome.nameless);
}
