//! The threads of a run: they read files, enrich articles and hand documents to the writer.
//!
//! A file with many records would keep one thread busy and the others idle; so whoever reads it
//! offers its articles in batches to the others, and works on a batch itself when none is free.
//! Articles go through each step a batch at a time, whatever files they are from: the tables of the
//! steps together do not fit into a core's cache, those of one nearly do. Batches and queues are
//! bounded: memory does not grow with the archive.

use std::mem;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded, unbounded};

use crate::article::{Article, ArticleTokens};
use crate::entities::Recognizer;
use crate::index::{self, ArticleSink, IndexWriter, ManifestEntry, Problem, ProblemKind, Totals};
use crate::ingest::{self, Fingerprinted, Flow, Record, RepeatedLines, SourceFile};

use super::Error;
use super::enrich::Encoder;
use super::error::with_causes;
use super::plan::entry_for;
use super::settings::Settings;

/// A batch ends with the article that brings it over this many bytes.
const BATCH_BYTES: usize = 1 << 20;

/// What an article takes besides its text, in bytes, roughly.
const BYTES_BESIDE_TEXT: usize = 1 << 10;

/// Extractors recurse over the trees of pages, and pages nest deeply.
const WORKER_STACK_BYTES: usize = 64 << 20;

/// What came of a file.
#[derive(Default)]
pub(super) struct FileOutcome {
    pub(super) path: String,
    pub(super) bytes: u64,
    /// What its articles add to the totals of the index.
    pub(super) totals: Totals,
    /// The entry for the manifest; `None` where the file could not be read, so that the next run
    /// tries again.
    pub(super) entry: Option<ManifestEntry>,
    /// Why it could not be read.
    pub(super) problem: Option<Problem>,
    /// Its articles whose names could not be found, in no particular order.
    pub(super) nameless: Vec<Problem>,
}

/// What the threads of a run share.
pub(super) struct Work<'run> {
    pub(super) writer: &'run IndexWriter,
    pub(super) recognizer: Option<&'run Recognizer>,
    pub(super) settings: Settings<'run>,
    pub(super) repeated: &'run RepeatedLines,
    pub(super) threads: NonZeroUsize,
}

/// Articles of one file on their way to the index.
struct Batch {
    articles: Vec<Article>,
    file: Arc<OpenFile>,
}

/// A file some of whose articles are still on their way; reported when the last of them arrived.
struct OpenFile {
    state: Mutex<FileOutcome>,
    outcomes: Sender<Result<FileOutcome, index::Error>>,
}

impl OpenFile {
    fn update(&self, change: impl FnOnce(&mut FileOutcome)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        // The receiver is gone only when the run has failed already.
        let _ = self.outcomes.send(Ok(mem::take(state)));
    }
}

/// Reads `files` and hands their articles to the writer; calls `done` with what came of each, in no
/// particular order.
pub(super) fn process(
    work: &Work<'_>,
    files: impl Iterator<Item = SourceFile> + Send,
    mut done: impl FnMut(FileOutcome),
) -> Result<(), Error> {
    let (file_sender, file_receiver) = bounded(64);
    let (batch_sender, batch_receiver) = bounded(work.threads.get());
    let (outcome_sender, outcome_receiver) = unbounded();
    thread::scope(|scope| {
        for number in 0..work.threads.get() {
            let files = file_receiver.clone();
            let batches = (batch_sender.clone(), batch_receiver.clone());
            let outcomes = outcome_sender.clone();
            thread::Builder::new()
                .name(format!("worker-{number}"))
                .stack_size(WORKER_STACK_BYTES)
                .spawn_scoped(scope, move || Worker::new(work, outcomes).run(&files, batches))
                .map_err(Error::Thread)?;
        }
        drop((file_receiver, batch_sender, batch_receiver, outcome_sender));
        scope.spawn(move || {
            for file in files {
                if file_sender.send(file).is_err() {
                    break;
                }
            }
        });
        let mut failure = None;
        for outcome in outcome_receiver {
            match outcome {
                Ok(outcome) => done(outcome),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(()), |error| Err(error.into()))
    })
}

struct Worker<'run> {
    work: &'run Work<'run>,
    encoder: Encoder<'run>,
    sink: ArticleSink<'run>,
    /// The articles that were read and wait for the rest of a batch, and their bytes.
    waiting: Vec<(Article, Arc<OpenFile>)>,
    waiting_bytes: usize,
    outcomes: Sender<Result<FileOutcome, index::Error>>,
    /// Whether the writer has failed: then what is left is only drained.
    failed: bool,
}

impl<'run> Worker<'run> {
    fn new(work: &'run Work<'run>, outcomes: Sender<Result<FileOutcome, index::Error>>) -> Self {
        let encoder = Encoder::new(work.recognizer, work.writer.fields());
        Self {
            work,
            encoder,
            sink: work.writer.sink(),
            waiting: Vec::new(),
            waiting_bytes: 0,
            outcomes,
            failed: false,
        }
    }

    fn run(mut self, files: &Receiver<SourceFile>, batches: (Sender<Batch>, Receiver<Batch>)) {
        let (batch_sender, batch_receiver) = batches;
        for file in files {
            self.read(&file, &batch_sender);
            while let Ok(batch) = batch_receiver.try_recv() {
                self.index(batch);
            }
        }
        // When the last reader has dropped its sender, the queue ends for everybody.
        drop(batch_sender);
        for batch in batch_receiver {
            self.index(batch);
        }
        self.index_waiting();
        let Self { sink, outcomes, .. } = self;
        if let Err(error) = sink.finish() {
            // The receiver is gone only when the run has failed already.
            let _ = outcomes.send(Err(error));
        }
    }

    fn read(&mut self, file: &SourceFile, batches: &Sender<Batch>) {
        let open = Arc::new(OpenFile {
            state: Mutex::new(FileOutcome {
                path: file.path.clone(),
                bytes: file.size,
                ..FileOutcome::default()
            }),
            outcomes: self.outcomes.clone(),
        });
        if self.failed {
            return;
        }
        let mut articles = Vec::new();
        let mut batch_bytes = 0;
        let mut problems = Vec::new();
        let Work { settings, repeated, .. } = self.work;
        let result = ingest::read_source_learnt(file, settings.read, repeated, &mut |record| {
            match record {
                Record::Article(article) => {
                    batch_bytes += bytes_of(&article);
                    articles.push(*article);
                    if batch_bytes >= BATCH_BYTES {
                        batch_bytes = 0;
                        self.offer(mem::take(&mut articles), &open, batches);
                    }
                }
                other => problems.extend(problem_of(&other)),
            }
            Flow::Continue(())
        });
        self.index(Batch { articles, file: Arc::clone(&open) });
        match result {
            Ok(outcome) => open.update(|state| {
                let kind = match outcome.has_members {
                    true => Fingerprinted::Container,
                    false => Fingerprinted::File(&file.path),
                };
                state.entry = Some(ManifestEntry {
                    dated_by_file: outcome.depends_on_time,
                    read_by: self.work.settings.fingerprint(kind),
                    beside: outcome.beside.unwrap_or(0),
                    problems,
                    ..entry_for(file, outcome.hash)
                });
            }),
            Err(error) => open.update(|state| {
                state.problem = Some(file_problem(&file.path, &error));
            }),
        }
    }

    /// Leaves a batch to another worker, or indexes it here when none is free.
    fn offer(&mut self, articles: Vec<Article>, file: &Arc<OpenFile>, batches: &Sender<Batch>) {
        let batch = Batch { articles, file: Arc::clone(file) };
        if let Err(TrySendError::Full(batch) | TrySendError::Disconnected(batch)) =
            batches.try_send(batch)
        {
            self.index(batch);
        }
    }

    /// Indexes the articles of a batch, the last of them when more have come.
    fn index(&mut self, batch: Batch) {
        for article in batch.articles {
            self.waiting_bytes += bytes_of(&article);
            self.waiting.push((article, Arc::clone(&batch.file)));
            if self.waiting_bytes >= BATCH_BYTES {
                self.index_waiting();
            }
        }
    }

    /// Indexes the articles that wait, all of them a step before the next step.
    fn index_waiting(&mut self) {
        self.waiting_bytes = 0;
        let waiting = mem::take(&mut self.waiting);
        if self.failed {
            return;
        }
        let enrich = |(mut article, file): (Article, Arc<OpenFile>)| {
            let (words, problem) = self.encoder.enrich(&mut article);
            file.update(|state| state.nameless.extend(problem));
            (article, words, file)
        };
        let enriched: Vec<_> = waiting.into_iter().map(enrich).collect();
        let document = |(article, words, file): (Article, ArticleTokens, Arc<OpenFile>)| {
            let document = self.encoder.document(&article, &words);
            file.update(|state| state.totals.add(document.totals));
            (document, file)
        };
        let documents: Vec<_> = enriched.into_iter().map(document).collect();
        // A file is reported when the last of its articles is written.
        for (document, _file) in documents {
            if let Err(error) = self.sink.add(document) {
                self.failed = true;
                // The receiver is gone only when the run has failed already.
                let _ = self.outcomes.send(Err(error));
                return;
            }
        }
    }
}

fn bytes_of(article: &Article) -> usize {
    article.body.len() + BYTES_BESIDE_TEXT
}

fn problem_of(record: &Record) -> Option<Problem> {
    match record {
        Record::Article(_) => None,
        Record::Skipped { locator, reason } => Some(Problem {
            place: locator.to_string(),
            kind: ProblemKind::Skipped,
            reason: reason.to_string(),
        }),
        Record::Failed(error) => Some(Problem {
            place: error.locator.to_string(),
            kind: ProblemKind::Failed,
            reason: error.problem.to_string(),
        }),
    }
}

pub(super) fn file_problem(path: &str, error: &ingest::Error) -> Problem {
    Problem { place: path.to_owned(), kind: ProblemKind::Failed, reason: with_causes(error) }
}
