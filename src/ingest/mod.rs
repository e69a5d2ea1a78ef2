//! From bytes on disk to articles: walking a directory, telling formats, reading records, and
//! finding title, date, byline and body in them. It never touches the index.
//!
//! The doors are [`walk`] for the files of an archive, [`read_source`] for the records of one (or
//! [`read_bytes`], where it is in memory) and [`read_record_bytes`] to find the bytes of a record again. A reader never panics, whatever the
//! bytes are; it never exceeds its [`Limits`]; and it goes on to the next record after a bad one.

mod container;
#[cfg(test)]
mod damage_tests;
mod decode;
mod detect;
mod draft;
mod error;
pub mod extract;
mod field_map;
mod gzip;
mod input;
mod learnt;
mod limits;
mod markup;
mod options;
mod paragraph;
pub mod reader;
mod records;
#[cfg(test)]
mod testing;
mod walk;
mod xml;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use crate::article::{ContentHash, SourceLocator};

use decode::{InUtf8, Wide};
use detect::{ContainerKind, HEAD_BYTES, Magic, Sample};
use input::Input;
use records::{Records, Session, Target};

pub use draft::{Draft, FileContext};
pub use error::{Error, Problem, RecordError, SkipReason};
pub use extract::page::ExtractMode;
pub use field_map::{Field, FieldMap};
pub use learnt::{ArticleLines, FileLines, InvalidFileLines, RepeatedLines};
pub use limits::{LimitExceeded, Limits};
pub use options::{FileRule, Fingerprinted, ReadOptions};
pub use records::{Flow, Record, RecordCounts};
pub use walk::{CONFIG_FILE, IGNORE_FILE, SourceFile, Walk, WalkOptions, locate, walk};

/// What came of a file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceOutcome {
    /// The hash of all bytes of the file.
    pub hash: ContentHash,
    /// How many records of each kind it gave.
    pub counts: RecordCounts,
    /// Whether the same bytes could be read otherwise when the file has a later time: where a date
    /// was completed from it, is close to it, or may have been refused for it. An earlier time may
    /// change any date.
    pub depends_on_time: bool,
    /// Whether it is an archive, whose members have paths of their own.
    pub has_members: bool,
    /// What the documents were like that describe it and lie beside it, as [`beside`] tells; `None`
    /// where there can be none.
    pub beside: Option<u64>,
}

/// Reads every record of `file`, in its order, handing each to `sink`, which may stop the reading.
///
/// # Errors
/// Fails only where the file cannot be opened or read at all. What is wrong with single records,
/// and what cannot be indexed, comes to the sink.
pub fn read_source(
    file: &SourceFile,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Record) -> Flow,
) -> Result<SourceOutcome, Error> {
    read_source_learnt(file, options, &RepeatedLines::default(), sink)
}

/// Reads every record of `file` as [`read_source`] does, leaving the lines that outlets repeat out of
/// scraped text.
///
/// # Errors
/// Fails as [`read_source`] does.
pub fn read_source_learnt(
    file: &SourceFile,
    options: &ReadOptions,
    repeated: &RepeatedLines,
    sink: &mut dyn FnMut(Record) -> Flow,
) -> Result<SourceOutcome, Error> {
    let mut session = Session::new(options, repeated, Target::Sink(sink));
    let hash = run(file, &mut session).map_err(|source| read_error(file, source))?;
    Ok(outcome(hash, session, file.context()))
}

/// Reads every record of a file that is in memory, as [`read_source`] does.
pub fn read_bytes(
    context: FileContext,
    bytes: Vec<u8>,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Record) -> Flow,
) -> SourceOutcome {
    let repeated = RepeatedLines::default();
    let mut session = Session::new(options, &repeated, Target::Sink(sink));
    let hash = ContentHash::of(&bytes);
    let mut records = Records::of_file(&mut session, context.clone());
    let _stopped = read_input(&mut Input::whole(bytes), &mut records);
    outcome(hash, session, context)
}

fn outcome(hash: ContentHash, mut session: Session<'_>, context: FileContext) -> SourceOutcome {
    if session.counts == RecordCounts::default() {
        let _stopped = Records::of_file(&mut session, context).skip(None, SkipReason::NoRecords);
    }
    let Session { counts, depends_on_time, has_members, beside, .. } = session;
    SourceOutcome { hash, counts, depends_on_time, has_members, beside }
}

/// Returns the bytes of the record at `locator`, which lies in `file`, as they stand there; out of
/// a container they come expanded.
///
/// # Errors
/// Fails where the file cannot be read or has no such record.
pub fn read_record_bytes(
    file: &SourceFile,
    locator: &SourceLocator,
    options: &ReadOptions,
) -> Result<Vec<u8>, Error> {
    let repeated = RepeatedLines::default();
    let target = Target::Bytes { wanted: locator, found: None };
    let mut session = Session::new(options, &repeated, target);
    run(file, &mut session).map_err(|source| read_error(file, source))?;
    match session.target {
        Target::Bytes { found: Some(bytes), .. } => Ok(bytes),
        _ => Err(Error::NoSuchRecord(locator.clone())),
    }
}

/// Returns a number that changes when the documents change that describe a page of a newspaper and
/// lie beside it.
pub fn beside(page: &SourceFile) -> u64 {
    reader::beside(&page.absolute)
}

/// Returns the lines of every scraped text in `file`, from which those that its outlet repeats are
/// learnt; none of a file of any other kind.
///
/// # Errors
/// Fails where the file cannot be read.
pub fn read_lines(file: &SourceFile, options: &ReadOptions) -> Result<Vec<ArticleLines>, Error> {
    let repeated = RepeatedLines::default();
    let mut session = Session::new(options, &repeated, Target::Lines(Vec::new()));
    run(file, &mut session).map_err(|source| read_error(file, source))?;
    match session.target {
        Target::Lines(found) => Ok(found),
        _ => Ok(Vec::new()),
    }
}

/// Returns the hash of all bytes of a file, without holding them.
///
/// # Errors
/// Fails where the file cannot be read.
pub fn hash_file(path: &Path) -> io::Result<ContentHash> {
    let mut hashing = Hashing::new(File::open(path)?);
    hashing.finish()
}

fn read_error(file: &SourceFile, source: io::Error) -> Error {
    Error::Read { path: file.path.clone(), source }
}

/// Files up to this size are read at once.
const SMALL_BYTES: u64 = 1 << 20;

/// Runs over a file and returns its hash; of a file that was not read to its end the hash is not
/// computed to the end either when the session stopped early.
fn run(file: &SourceFile, session: &mut Session<'_>) -> io::Result<ContentHash> {
    let mut opened = File::open(&file.absolute)?;
    if file.size <= SMALL_BYTES {
        let mut bytes = Vec::with_capacity(usize::try_from(file.size).unwrap_or(0) + 1);
        opened.read_to_end(&mut bytes)?;
        let hash = ContentHash::of(&bytes);
        let mut records = Records::of_file(session, file.context());
        let _stopped = read_input(&mut Input::whole(bytes), &mut records);
        return Ok(hash);
    }
    let mut head = [0; 4];
    let length = opened.read(&mut head)?;
    opened.rewind()?;
    let mut records = Records::of_file(session, file.context());
    if Magic::of(&head[..length]) == Some(Magic::Container(ContainerKind::Zip)) {
        let _stopped = container::read_zip(BufReader::new(&opened), &mut records);
        opened.rewind()?;
        return Hashing::new(opened).finish();
    }
    let mut hashing = Hashing::new(opened);
    let _stopped = read_input(&mut Input::new(&mut hashing), &mut records);
    if records.learns_lines() {
        // The rest of a file that is no text is of no use.
        return Ok(ContentHash(hashing.hasher.digest128()));
    }
    hashing.finish()
}

/// Reads every record of a file or member.
fn read_input(input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
    let head = input.peek(HEAD_BYTES);
    // First of all: a container with many zeros looks like letters of two bytes.
    match Magic::of(head) {
        Some(Magic::Container(kind)) => return container::read_container(kind, input, records),
        Some(Magic::Binary(name)) => return records.skip(None, SkipReason::Binary(name)),
        None => {}
    }
    if let Some(wide) = Wide::of(head) {
        // Records are looked for by bytes, which they can be only where ASCII is ASCII.
        return read_text_input(&mut Input::new(InUtf8::new(input, wide)), records);
    }
    read_text_input(input, records)
}

fn read_text_input(input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
    let head = input.peek(HEAD_BYTES);
    let is_whole = head.len() < HEAD_BYTES;
    if head.trim_ascii().is_empty() && is_whole {
        return match input.more() {
            Err(error) => records.fail(None, error),
            Ok(_) => records.skip(None, SkipReason::Empty),
        };
    }
    let sample = Sample::new(head, records.path());
    match reader::reader_for(&sample, records.options()) {
        Some(reader) if records.learns_lines() && !reader.has_page_lines() => Flow::Continue(()),
        Some(reader) => reader.read(input, records),
        None => records.skip(None, SkipReason::Binary("unknown kind")),
    }
}

/// A file whose bytes are hashed as they are read.
struct Hashing {
    file: File,
    hasher: Xxh3,
}

impl Hashing {
    fn new(file: File) -> Self {
        Self { file, hasher: Xxh3::new() }
    }

    /// Reads what was not read yet and returns the hash of all.
    fn finish(&mut self) -> io::Result<ContentHash> {
        io::copy(self, &mut io::sink())?;
        Ok(ContentHash(self.hasher.digest128()))
    }
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}
