//! Changing an index: the one writer, from its lock to its commit.

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;

use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, IndexSettings, Term};

use super::commit::CommitPayload;
use super::durable::{Access, GenerationDirectory};
use super::generation::{self, Current};
use super::layout::{learnt_name, manifest_name, names_name};
use super::names::{ArticleNames, NameChanges};
use super::removal::{Removal, Written};
use super::schema::{Fields, SCHEMA_VERSION, schema};
use super::{ArticleSink, Error, Layout, Manifest, Snapshot, WriterLock, analyzer, write_atomic};
use crate::article::{NameCount, NameTable};

/// The share of deleted articles from which on a segment is written anew.
const DELETED_SHARE_BEFORE_MERGE: f32 = 0.2;

/// Tantivy refuses less for a thread.
const LEAST_MEMORY_PER_THREAD: usize = 16 << 20;

/// Whether a run changes the generation in use or makes a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteMode {
    /// Change the generation in use; make one where there is none.
    Update,
    /// Make a new generation beside the one in use, and switch to it at the end.
    Rebuild,
}

/// How much of the machine a writer may use.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// The number of threads that write segments.
    pub threads: NonZeroUsize,
    /// The memory that unwritten segments may take together, in bytes.
    pub memory: usize,
}

/// How the table of names of a commit is made.
pub struct Naming<'run> {
    /// Changes whenever the same names may give another table: with the user's authority files and
    /// with the rules of the program.
    pub fingerprint: u64,
    /// Makes the table of all names of the archive.
    pub table: &'run (dyn Fn(Vec<NameCount>) -> NameTable + Sync),
}

/// An index directory whose lock this process holds.
pub struct LockedIndex {
    layout: Layout,
    current: Option<Current>,
    manifest: Manifest,
    /// The format or damage for which an existing index was set aside.
    unusable: Option<Error>,
    was_interrupted: bool,
    _lock: WriterLock,
}

impl LockedIndex {
    /// Takes the lock of an index directory, making the directory where there is none.
    ///
    /// # Errors
    /// [`Error::Locked`] when another writer holds it; [`Error::Io`] when it cannot be made.
    pub fn acquire(layout: &Layout) -> Result<Self, Error> {
        fs::create_dir_all(layout.root()).map_err(|source| Error::Io {
            action: "create",
            path: layout.root().to_owned(),
            source,
        })?;
        let was_interrupted = !lock_text(layout).is_empty();
        let lock = WriterLock::acquire(layout)?;
        let state = read_state(layout).and_then(|state| {
            state.0.verify()?;
            Ok(state)
        });
        let (current, manifest, unusable) = match state {
            Ok((current, manifest)) => (Some(current), manifest, None),
            Err(error) if error.is_missing() => (None, Manifest::default(), None),
            Err(error) if error.wants_rebuild() => (None, Manifest::default(), Some(error)),
            Err(error) => return Err(error),
        };
        let layout = layout.clone();
        Ok(Self { layout, current, manifest, unusable, was_interrupted, _lock: lock })
    }

    /// Returns every file of the last commit; none where there is no index yet.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the fingerprint of what made the table of names of the last commit.
    pub fn naming(&self) -> Option<u64> {
        self.current.as_ref().map(|current| current.payload.naming)
    }

    /// Returns what the last commit kept to learn from, as it was given to [`IndexWriter::commit`];
    /// no bytes where there is no index yet.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be read.
    pub fn learnt(&self) -> Result<Vec<u8>, Error> {
        self.current.as_ref().map_or(Ok(Vec::new()), Current::learnt)
    }

    /// Returns where the archive was at the last commit, unless the index lies in it under its usual
    /// name.
    pub fn archive(&self) -> Option<&str> {
        self.current.as_ref()?.payload.archive.as_deref()
    }

    /// Returns why the existing index cannot be used, so that all of it is read again.
    pub fn unusable(&self) -> Option<&Error> {
        self.unusable.as_ref()
    }

    /// Tells whether there is an index that an update can start from.
    pub fn exists(&self) -> bool {
        self.current.is_some()
    }

    /// Tells whether the last writer was killed, so that files of its may lie about.
    pub fn was_interrupted(&self) -> bool {
        self.was_interrupted
    }

    /// Returns a writer.
    pub fn writer(self, mode: WriteMode, options: WriterOptions) -> Result<IndexWriter, Error> {
        let keep =
            self.current.as_ref().map(|current| (current.name.as_str(), current.payload.number));
        // An index that cannot be read is kept until its successor is in use.
        if self.unusable.is_none() {
            generation::remove_leftovers(&self.layout, keep)?;
        }
        IndexWriter::open(self, mode, options)
    }

    /// Removes what a killed writer left behind, without a change to the index.
    pub fn tidy(self, options: WriterOptions) -> Result<(), Error> {
        self.writer(WriteMode::Update, options)?.discard()
    }

    /// Gives up the lock without a change.
    pub fn release(self) -> Result<(), Error> {
        clear_lock_text(&self.layout)
    }
}

fn write_names(path: PathBuf, names: &NameTable) -> Result<(), Error> {
    let written = write_atomic(&path, names.as_bytes());
    written.map_err(|source| Error::Io { action: "write", path, source })
}

fn write_learnt(path: PathBuf, learnt: &[u8]) -> Result<(), Error> {
    let written = zstd::encode_all(learnt, 1).and_then(|bytes| write_atomic(&path, &bytes));
    written.map_err(|source| Error::Io { action: "write", path, source })
}

fn read_state(layout: &Layout) -> Result<(Current, Manifest), Error> {
    let current = Current::read(layout)?;
    let manifest = current.manifest()?;
    Ok((current, manifest))
}

/// Returns where the archive of an index was at its last commit; `None` where the index lies in it
/// under its usual name.
///
/// # Errors
/// [`Error::Missing`] where there is no index.
pub fn read_archive(layout: &Layout) -> Result<Option<PathBuf>, Error> {
    Ok(Current::read(layout)?.payload.archive.map(PathBuf::from))
}

/// Returns the manifest of the last commit without taking the lock.
///
/// # Errors
/// [`Error::Missing`] where there is no index.
pub fn read_manifest(layout: &Layout) -> Result<Manifest, Error> {
    read_state(layout).map(|(_, manifest)| manifest)
}

/// Returns what the last commit kept to learn from, without taking the lock.
///
/// # Errors
/// [`Error::Missing`] where there is no index.
pub fn read_learnt(layout: &Layout) -> Result<Vec<u8>, Error> {
    Current::read(layout)?.learnt()
}

fn lock_text(layout: &Layout) -> String {
    let mut text = String::new();
    if let Ok(mut file) = fs::File::open(layout.lock()) {
        // Unreadable is as good as empty: all that hangs on it is a clean-up.
        let _ = file.read_to_string(&mut text);
    }
    text
}

fn clear_lock_text(layout: &Layout) -> Result<(), Error> {
    let path = layout.lock();
    OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&path)
        .map(drop)
        .map_err(|source| Error::Io { action: "write", path, source })
}

/// Adds and removes articles, and commits them together.
pub struct IndexWriter {
    locked: LockedIndex,
    generation: String,
    is_new_generation: bool,
    number: u64,
    fields: Fields,
    names: NameChanges,
    writer: tantivy::IndexWriter,
    /// The segments of this run.
    written: Written,
    /// What each sink may take before it writes out, in bytes.
    memory_per_sink: usize,
}

impl IndexWriter {
    fn open(locked: LockedIndex, mode: WriteMode, options: WriterOptions) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let updated = locked.current.as_ref().filter(|_| mode == WriteMode::Update);
        let (generation, path, number) = match updated {
            Some(current) => (current.name.clone(), current.path.clone(), current.payload.number),
            None => {
                let (name, path) = generation::create(&locked.layout)?;
                (name, path, 0)
            }
        };
        let is_new_generation = updated.is_none();
        let tantivy_error = |source| Error::Tantivy { path: path.clone(), source };
        let directory = GenerationDirectory::open(&path, Access::Write).map_err(tantivy_error)?;
        let index = if is_new_generation {
            Index::create(directory, schema, IndexSettings::default())
        } else {
            Index::open(directory)
        }
        .map_err(tantivy_error)?;
        analyzer::register(index.tokenizers());
        let memory_per_sink = (options.memory / options.threads).max(LEAST_MEMORY_PER_THREAD);
        // Its own thread has nothing to do: articles come by sinks.
        let writer: tantivy::IndexWriter =
            index.writer_with_num_threads(1, LEAST_MEMORY_PER_THREAD).map_err(tantivy_error)?;
        if locked.was_interrupted() && !is_new_generation {
            // Tantivy never writes over a file, and what this run writes may be named as what the
            // killed one wrote and did not commit.
            writer.garbage_collect_files().wait().map_err(tantivy_error)?;
        }
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE_BEFORE_MERGE);
        writer.set_merge_policy(Box::new(policy));
        let names = NameChanges::default();
        Ok(Self {
            locked,
            generation,
            is_new_generation,
            number,
            fields,
            names,
            writer,
            written: Written::default(),
            memory_per_sink,
        })
    }

    /// Returns the fields of the index.
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// Tells whether the generation in use is changed rather than a new one made.
    pub fn is_update(&self) -> bool {
        !self.is_new_generation
    }

    /// Returns what adds articles in one thread; each thread has its own.
    pub fn sink(&self) -> ArticleSink<'_> {
        ArticleSink::new(self, self.memory_per_sink)
    }

    pub(super) fn tantivy(&self) -> &tantivy::IndexWriter {
        &self.writer
    }

    pub(super) fn written(&self) -> &Written {
        &self.written
    }

    pub(super) fn note_names(&self, names: ArticleNames) {
        self.names.add(names);
    }

    /// Removes every article of earlier commits that came from the file `source`.
    ///
    /// # Errors
    /// Fails where the removal cannot be noted.
    pub fn remove_source(&self, source: &str) -> Result<(), Error> {
        self.names.remove_source(source);
        let term = Term::from_field_text(self.fields.source, source);
        let removal = Removal { term, written: self.written.clone() };
        let removed = self.writer.delete_query(Box::new(removal));
        removed.map(drop).map_err(|source| self.tantivy_error(source))
    }

    /// Makes all changes durable and visible at once, together with the manifest that describes
    /// them, the table of the names in them and what later runs learn from, then tidies up. Readers see
    /// the state before or the state after, never one between. `archive` is where the archive is, for
    /// those who have the index only; `None` where it lies around it.
    pub fn commit(
        self,
        manifest: &Manifest,
        naming: &Naming<'_>,
        learnt: &[u8],
        archive: Option<String>,
    ) -> Result<(), Error> {
        let is_update = self.is_update();
        let Self { locked, generation, is_new_generation, number, names, mut writer, .. } = self;
        let number = number + 1;
        let directory = locked.layout.generation(&generation);
        let tantivy_error = |source| Error::Tantivy { path: directory.clone(), source };
        let payload = CommitPayload {
            format: SCHEMA_VERSION,
            number,
            naming: naming.fingerprint,
            archive,
            totals: manifest.totals(),
        };
        let write_beside = || {
            manifest.write(&directory.join(manifest_name(number)))?;
            let before = if is_update { Some(Snapshot::open(&locked.layout)?) } else { None };
            let names = names.apply(before.as_ref())?;
            write_names(directory.join(names_name(number)), &(naming.table)(names))?;
            write_learnt(directory.join(learnt_name(number)), learnt)
        };
        // What the commit names is made while the last segments are written.
        let (written, prepared) = thread::scope(|scope| {
            let written = scope.spawn(write_beside);
            let prepared = writer.prepare_commit();
            (written.join(), prepared)
        });
        written.unwrap_or_else(|panic| resume_unwind(panic))?;
        let committed = prepared.and_then(|mut prepared| {
            prepared.set_payload(&payload.to_text());
            prepared.commit()
        });
        committed.map_err(tantivy_error)?;
        // The last segments are merged before the switch, so that a rebuilt index is at its best.
        writer.wait_merging_threads().map_err(tantivy_error)?;
        if is_new_generation {
            generation::switch_to(&locked.layout, &generation)?;
        }
        generation::remove_leftovers(&locked.layout, Some((&generation, number)))?;
        clear_lock_text(&locked.layout)
    }

    /// Gives up the changes and the lock, and removes files that no commit names.
    pub fn discard(mut self) -> Result<(), Error> {
        let path = self.locked.layout.generation(&self.generation);
        let tidied = self
            .writer
            .rollback()
            .and_then(|_| self.writer.garbage_collect_files().wait())
            .and_then(|_| self.writer.wait_merging_threads());
        tidied.map_err(|source| Error::Tantivy { path, source })?;
        clear_lock_text(&self.locked.layout)
    }

    pub(super) fn tantivy_error(&self, source: tantivy::TantivyError) -> Error {
        Error::Tantivy { path: self.locked.layout.generation(&self.generation), source }
    }
}
