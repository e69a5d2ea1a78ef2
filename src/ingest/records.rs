//! What readers hand their records to: one place that numbers them, keeps the limits, completes
//! and identifies articles, counts, and turns a failure of the reader into an error of one record.
//!
//! The same readers serve a second purpose: to find the bytes of one record again. Then nothing is
//! extracted, and reading stops at the record.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use crate::article::{Article, Confidence, EvidenceKind, SourceLocator};

use super::draft::{Draft, FileContext};
use super::error::{Problem, RecordError, SkipReason};
use super::extract::fields;
use super::field_map::FieldMap;
use super::input::Input;
use super::learnt::{ArticleLines, RepeatedLines};
use super::limits::LimitExceeded;
use super::options::{FileSettings, ReadOptions};

/// Whether to go on reading.
pub type Flow = ControlFlow<()>;

/// One record of a file, as it came out.
#[derive(Debug)]
pub enum Record {
    /// An article, not yet enriched.
    Article(Box<Article>),
    /// A file or record that holds nothing to index.
    Skipped {
        /// Where it lies.
        locator: SourceLocator,
        /// Why it was left out.
        reason: SkipReason,
    },
    /// A record that could not be read.
    Failed(RecordError),
}

/// What a reader made of one record.
pub(crate) enum Reading {
    /// What the format says of an article; the rest is found in its text and address.
    Draft(Draft),
    /// An article of which nothing more can be found.
    Article(Draft),
    /// Nothing to index.
    Skip(SkipReason),
    /// What there is of a record that is damaged, and what is wrong with it.
    Damaged(Draft, Problem),
}

impl Reading {
    /// Returns the same of a record that `damage`, where there is any, left something of.
    ///
    /// # Errors
    /// Fails with the damage where there is no article in what is left.
    pub(crate) fn damaged_by(self, damage: Option<Problem>) -> Result<Self, Problem> {
        match (self, damage) {
            (Self::Draft(draft) | Self::Article(draft), Some(problem)) => {
                Ok(Self::Damaged(draft, problem))
            }
            (Self::Skip(_), Some(problem)) => Err(problem),
            (reading, _) => Ok(reading),
        }
    }
}

/// Where the records of one run over a file go.
pub(crate) enum Target<'a> {
    /// Every record, to whoever asked for them.
    Sink(&'a mut dyn FnMut(Record) -> Flow),
    /// The bytes of one record, kept when it is met.
    Bytes {
        /// The record.
        wanted: &'a SourceLocator,
        /// Its bytes, once found.
        found: Option<Vec<u8>>,
    },
    /// The lines of scraped texts; nothing is extracted.
    Lines(Vec<ArticleLines>),
}

/// How many records of each kind a file gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Articles.
    pub articles: u64,
    /// Records that hold nothing to index.
    pub skipped: u64,
    /// Records that could not be read.
    pub failed: u64,
}

/// One run over a file, with all its members.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a ReadOptions,
    /// The lines that outlets repeat.
    pub(crate) repeated: &'a RepeatedLines,
    pub(crate) target: Target<'a>,
    pub(crate) counts: RecordCounts,
    /// Whether a later time of the file could change what was read.
    pub(crate) depends_on_time: bool,
    /// What the documents beside the file that a reader looked for were like.
    pub(crate) beside: Option<u64>,
    /// Whether the file is an archive of members with paths of their own.
    pub(crate) has_members: bool,
    /// The bytes that all containers gave so far.
    pub(crate) expanded: Rc<Cell<u64>>,
}

impl<'a> Session<'a> {
    /// Returns a run that nothing came of yet.
    pub(crate) fn new(
        options: &'a ReadOptions,
        repeated: &'a RepeatedLines,
        target: Target<'a>,
    ) -> Self {
        Self {
            options,
            repeated,
            target,
            counts: RecordCounts::default(),
            depends_on_time: false,
            beside: None,
            has_members: false,
            expanded: Rc::default(),
        }
    }
}

/// The records of one file or member.
pub(crate) struct Records<'s, 'a> {
    session: &'s mut Session<'a>,
    /// Where the file or member lies.
    locator: SourceLocator,
    context: FileContext,
    settings: Rc<FileSettings>,
    /// Whether the time in `context` is that of the file itself rather than one kept in it.
    time_is_of_file: bool,
    /// How many containers lie around it.
    depth: usize,
}

impl<'s, 'a> Records<'s, 'a> {
    /// Returns the records of the file at `context.path`.
    pub(crate) fn of_file(session: &'s mut Session<'a>, context: FileContext) -> Self {
        let locator = SourceLocator::file(context.path.clone());
        let settings = Rc::new(session.options.settings_for(&context.path));
        Self { session, locator, context, settings, time_is_of_file: true, depth: 0 }
    }

    pub(crate) fn options(&self) -> &'a ReadOptions {
        self.session.options
    }

    /// Returns the lines that outlets repeat.
    pub(crate) fn repeated(&self) -> &'a RepeatedLines {
        self.session.repeated
    }

    /// Tells whether only the lines of scraped texts are wanted.
    pub(crate) fn learns_lines(&self) -> bool {
        matches!(self.session.target, Target::Lines(_))
    }

    /// Takes in the lines of a scraped text.
    pub(crate) fn learn(&mut self, lines: impl FnOnce(&FileContext) -> ArticleLines) -> Flow {
        let context = &self.context;
        if let Target::Lines(found) = &mut self.session.target
            && let Ok(lines) = without_panic(|| Ok(lines(context)))
        {
            found.push(lines);
        }
        Flow::Continue(())
    }

    /// Returns which keys hold what in this file.
    pub(crate) fn field_map(&self) -> FieldMap {
        self.settings.field_map.clone()
    }

    /// Returns the names of the columns that the user gives to tables that do not name them.
    pub(crate) fn columns(&self) -> Vec<String> {
        self.settings.columns.clone()
    }

    /// Returns where the file lies, unless it is a member of another or in memory.
    pub(crate) fn location(&self) -> Option<&Path> {
        self.context.location.as_deref()
    }

    /// Notes that what the file gives depends on documents beside it, and what they are like.
    pub(crate) fn depends_on_beside(&mut self, fingerprint: u64) {
        self.session.beside = Some(fingerprint);
    }

    /// Returns the counter of the bytes that all containers of the file gave.
    pub(crate) fn expanded(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.session.expanded)
    }

    /// Returns the path of the file, with those of the members in it.
    pub(crate) fn path(&self) -> &str {
        &self.context.path
    }

    /// Returns the records inside a container, which has a name where it has members.
    pub(crate) fn inside(&mut self, member: Option<Member>) -> Result<Records<'_, 'a>, Problem> {
        let max = self.options().limits.max_nesting;
        if self.depth >= max {
            return Err(LimitExceeded::Nesting(max).into());
        }
        let mut locator = self.locator.clone();
        let mut context = self.context.clone();
        let mut time_is_of_file = self.time_is_of_file;
        if let Some(member) = member {
            self.session.has_members = true;
            context.path = format!("{}/{}", context.path, member.name);
            context.location = None;
            time_is_of_file &= member.modified.is_none();
            context.modified = member.modified.or(context.modified);
            locator.members.push(member.name);
        }
        let depth = self.depth + 1;
        let settings = Rc::new(self.session.options.settings_for(&context.path));
        Ok(Records { session: self.session, locator, context, settings, time_is_of_file, depth })
    }

    /// Tells whether a member of this name can hold what is looked for.
    pub(crate) fn wants_member(&self, name: &str) -> bool {
        match &self.session.target {
            Target::Sink(_) | Target::Lines(_) => true,
            Target::Bytes { wanted, .. } => {
                wanted.members.get(self.locator.members.len()).is_some_and(|member| member == name)
            }
        }
    }

    /// Takes in a record: number `number` of the file or member, or its whole where it is `None`.
    ///
    /// `make` reads it from its bytes and is called only where the article is wanted.
    pub(crate) fn record(
        &mut self,
        number: Option<u64>,
        bytes: &[u8],
        make: impl FnOnce(&FileContext) -> Result<Reading, Problem>,
    ) -> Flow {
        if self.learns_lines() {
            return Flow::Continue(());
        }
        let locator = SourceLocator { record: number, ..self.locator.clone() };
        if let Target::Bytes { wanted, found } = &mut self.session.target {
            if **wanted != locator {
                return Flow::Continue(());
            }
            *found = Some(bytes.to_owned());
            return Flow::Break(());
        }
        let context = &self.context;
        let read = || {
            let mut reading = make(context)?;
            if let Reading::Draft(draft) | Reading::Damaged(draft, _) = &mut reading {
                fields::complete(draft, context);
            }
            Ok(reading)
        };
        match without_panic(read) {
            Ok(Reading::Article(draft) | Reading::Draft(draft)) => {
                let record = self.finish(draft, locator, bytes);
                self.hand_over(record)
            }
            Ok(Reading::Damaged(draft, problem)) => {
                let record = self.finish(draft, locator, bytes);
                // Where nothing is left the damage says so.
                if let Record::Article(_) = &record {
                    self.hand_over(record)?;
                }
                self.fail(number, problem)
            }
            Ok(Reading::Skip(reason)) => self.hand_over(Record::Skipped { locator, reason }),
            Err(problem) => self.fail(number, problem),
        }
    }

    fn finish(&mut self, mut draft: Draft, locator: SourceLocator, bytes: &[u8]) -> Record {
        self.settings.apply(&mut draft);
        self.session.depends_on_time |=
            self.time_is_of_file && depends_on_time(&draft, &self.context);
        finish(draft, locator, bytes)
    }

    /// Takes in all that is left of `input` as one record.
    ///
    /// `make` reads the bytes; a panic in it is an error of the record alone.
    pub(crate) fn whole(
        &mut self,
        input: &mut Input<'_>,
        make: impl FnOnce(&[u8], &FileContext) -> Result<Reading, Problem>,
    ) -> Flow {
        match input.take_rest(self.options().limits.max_record_bytes) {
            Ok(bytes) => self.record(None, &bytes, |context| make(&bytes, context)),
            Err(problem) => self.fail(None, problem),
        }
    }

    /// Reports that record `number` could not even be taken from its file.
    pub(crate) fn fail(&mut self, number: Option<u64>, problem: impl Into<Problem>) -> Flow {
        let locator = SourceLocator { record: number, ..self.locator.clone() };
        self.hand_over(Record::Failed(RecordError { locator, problem: problem.into() }))
    }

    /// Reports that a record, or the whole file or member, holds nothing to index.
    pub(crate) fn skip(&mut self, number: Option<u64>, reason: SkipReason) -> Flow {
        let locator = SourceLocator { record: number, ..self.locator.clone() };
        self.hand_over(Record::Skipped { locator, reason })
    }

    fn hand_over(&mut self, record: Record) -> Flow {
        let Target::Sink(sink) = &mut self.session.target else { return Flow::Continue(()) };
        let counts = &mut self.session.counts;
        match &record {
            Record::Article(_) => counts.articles += 1,
            Record::Skipped { reason, .. } => counts.skipped += reason.records(),
            Record::Failed(_) => counts.failed += 1,
        }
        sink(record)
    }
}

/// A member of an archive.
pub(crate) struct Member {
    /// Its path inside the archive, with `/` between its parts.
    pub(crate) name: String,
    /// When it was last modified, where the archive says so.
    pub(crate) modified: Option<chrono::DateTime<chrono::FixedOffset>>,
}

/// Tells whether the date of an article could be another one if its file were younger.
fn depends_on_time(draft: &Draft, context: &FileContext) -> bool {
    let (Some(date), Some(modified)) = (&draft.published, context.modified) else {
        return context.modified.is_some();
    };
    matches!(date.evidence.kind, EvidenceKind::Weekday | EvidenceKind::Inferred)
        || date.evidence.confidence == Confidence::Low
        || date.value.first_day() + chrono::Days::new(2) >= modified.date_naive()
}

fn finish(draft: Draft, locator: SourceLocator, bytes: &[u8]) -> Record {
    let article = draft.finish(locator, bytes);
    if article.title_text().is_empty() && article.body.is_empty() {
        return Record::Skipped { locator: article.locator, reason: SkipReason::NoText };
    }
    Record::Article(Box::new(article))
}

/// Calls code that reads what strangers wrote, much of it from other crates: should it panic on
/// one record, that record is lost and not the run.
pub(crate) fn without_panic<T>(read: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or(panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Err(Problem::Panicked(message.to_owned()))
    })
}
