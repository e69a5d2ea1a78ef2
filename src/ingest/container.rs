//! Compressions and archives, opened in place and nested as they come.
//!
//! Everything that comes out of a container is counted against the limits while it is read, so
//! that a bomb costs no more than the limit. Members of an archive that are hidden or belong to
//! the archiver (`__MACOSX`) are passed over like hidden files.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::rc::Rc;

use bzip2::bufread::MultiBzDecoder;
use chrono::{DateTime, NaiveDate};
use lzma_rust2::XzReader;
use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::result::ZipError;

use super::detect::ContainerKind;
use super::error::{Problem, SkipReason};
use super::gzip::GzipMembers;
use super::input::Input;
use super::limits::{LimitExceeded, Limits};
use super::read_input;
use super::records::{Flow, Member, Records};

/// How much memory a decompressor may take for its window, which the head of a file states. It is
/// touched only as far as there is something to keep in it.
const MAX_WINDOW_KIB: u32 = 256 << 10;

/// The same for zstd, as a power of two: what `zstd --long` and `--ultra -22` ask for at the most.
const MAX_ZSTD_WINDOW_LOG: u32 = 27;

/// Reads every record in the container that `input` is.
pub(crate) fn read_container(
    kind: ContainerKind,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
) -> Flow {
    match kind {
        ContainerKind::Tar => read_tar(input, records),
        ContainerKind::Zip => match spool(input) {
            Ok(file) => read_zip(BufReader::new(file), records),
            Err(error) => records.fail(None, error),
        },
        _ => read_compressed(kind, input, records),
    }
}

fn read_compressed(
    kind: ContainerKind,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
) -> Flow {
    let meter = Meter::new(records, input.taken());
    let mut inside = match records.inside(None) {
        Ok(inside) => inside,
        Err(problem) => return records.fail(None, problem),
    };
    let decoder: Box<dyn Read + '_> = match kind {
        ContainerKind::Bzip2 => Box::new(Fused::new(MultiBzDecoder::new(input))),
        ContainerKind::Xz => {
            Box::new(Fused::new(XzReader::new_mem_limit(input, true, MAX_WINDOW_KIB)))
        }
        ContainerKind::Zstd => match zstd_decoder(input) {
            Ok(decoder) => Box::new(Fused::new(decoder)),
            Err(error) => return inside.fail(None, error),
        },
        _ => Box::new(GzipMembers::new(input)),
    };
    read_input(&mut Input::new(Metered { inner: decoder, meter }), &mut inside)
}

fn zstd_decoder<'i, 'a>(
    input: &'i mut Input<'a>,
) -> io::Result<zstd::Decoder<'static, &'i mut Input<'a>>> {
    let mut decoder = zstd::Decoder::with_buffer(input)?;
    decoder.window_log_max(MAX_ZSTD_WINDOW_LOG)?;
    Ok(decoder)
}

fn read_tar(input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
    let mut archive = tar::Archive::new(input);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return records.fail(None, error),
    };
    let mut names = Names::default();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return records.fail(None, error),
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = super::walk::name_of_bytes(&entry.path_bytes());
        let modified = entry.header().mtime().ok().filter(|seconds| *seconds > 0);
        let modified = modified.and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0));
        let modified = modified.map(|time| time.fixed_offset());
        if let Some(name) = names.take(name, records) {
            read_member(entry, Member { name, modified }, records)?;
        }
    }
    Flow::Continue(())
}

/// Copies an archive that must be read in any order into a file without a name.
fn spool(input: &mut Input<'_>) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(input, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// Reads every record in the `.zip` that `source` is.
pub(crate) fn read_zip(source: impl Read + Seek, records: &mut Records<'_, '_>) -> Flow {
    let mut archive = match ZipArchive::new(source) {
        Ok(archive) => archive,
        Err(error) => return records.fail(None, zip_problem(error)),
    };
    if archive.index_for_name("[Content_Types].xml").is_some()
        || archive.index_for_name("META-INF/container.xml").is_some()
        || archive.index_for_name("META-INF/manifest.xml").is_some()
    {
        return records.skip(None, SkipReason::Binary("office document or e-book"));
    }
    // A web archive in its package: what lies beside the archives describes them.
    let is_package = archive.index_for_name("datapackage.json").is_some()
        && archive.file_names().any(|name| name.is_ok_and(|name| is_web_archive(&name)));
    let mut names = Names::default();
    for index in 0..archive.len() {
        let file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                records.fail(None, zip_problem(error))?;
                continue;
            }
        };
        if !file.is_file() {
            continue;
        }
        let modified = file.last_modified().and_then(|time| {
            let day = NaiveDate::from_ymd_opt(
                time.year().into(),
                time.month().into(),
                time.day().into(),
            )?;
            let time = day.and_hms_opt(time.hour().into(), time.minute().into(), 0)?;
            Some(time.and_utc().fixed_offset())
        });
        let name = match file.name() {
            Ok(name) => name.replace('\\', "/"),
            Err(_) => super::walk::name_of_bytes(file.name_raw()),
        };
        if is_package && !is_web_archive(&name) {
            continue;
        }
        let Some(name) = names.take(name, records) else { continue };
        let compressed = Rc::new(Cell::new(file.compressed_size()));
        let meter = Meter::new(records, compressed);
        let content = Metered { inner: Fused::new(file), meter };
        read_member(content, Member { name, modified }, records)?;
    }
    Flow::Continue(())
}

/// Tells whether a member of a `.wacz` is one of its web archives.
fn is_web_archive(name: &str) -> bool {
    name.starts_with("archive/") && (name.contains(".warc") || name.contains(".arc"))
}

fn zip_problem(error: ZipError) -> Problem {
    // The library says once more what it is that is invalid.
    let reason = match error {
        ZipError::InvalidArchive(reason) => reason.into_owned(),
        other => other.to_string(),
    };
    Problem::Malformed { format: "zip archive", reason }
}

fn read_member(content: impl Read, member: Member, records: &mut Records<'_, '_>) -> Flow {
    match records.inside(Some(member)) {
        Ok(mut inside) => read_input(&mut Input::new(content), &mut inside),
        Err(problem) => records.fail(None, problem),
    }
}

/// The names of the members of one archive.
#[derive(Default)]
struct Names(FxHashMap<String, u32>);

impl Names {
    /// Returns the name under which a member is read, or `None` where it is not. A name that came
    /// before gets its number, so that no two members are taken for one.
    fn take(&mut self, name: String, records: &Records<'_, '_>) -> Option<String> {
        let is_hidden = |part: &str| {
            (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX"
        };
        if name.split('/').any(is_hidden) {
            return None;
        }
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        let name = if *count == 1 { name } else { format!("{name} ({count})") };
        records.wants_member(&name).then_some(name)
    }
}

/// Counts what comes out of a container against the limits.
struct Meter<'a> {
    limits: &'a Limits,
    /// The bytes that went in.
    taken: Rc<Cell<u64>>,
    /// The bytes that came out of this container.
    given: u64,
    /// The bytes that came out of all containers of the file.
    expanded: Rc<Cell<u64>>,
}

impl<'a> Meter<'a> {
    fn new(records: &Records<'_, 'a>, taken: Rc<Cell<u64>>) -> Self {
        let limits = &records.options().limits;
        Self { limits, taken, given: 0, expanded: records.expanded() }
    }

    fn count(&mut self, bytes: usize) -> Result<(), LimitExceeded> {
        self.given += bytes as u64;
        self.expanded.set(self.expanded.get() + bytes as u64);
        let (ratio, most) = (self.limits.max_expansion_ratio, self.limits.max_expanded_bytes);
        if self.given > Limits::UNCHECKED_EXPANSION_BYTES
            && self.given / ratio.max(1) > self.taken.get()
        {
            return Err(LimitExceeded::ExpansionRatio(ratio));
        }
        if self.expanded.get() > most {
            return Err(LimitExceeded::ExpandedBytes(most));
        }
        Ok(())
    }
}

/// A decoder whose output is counted. Once a limit is exceeded there is no more.
struct Metered<'a, R> {
    inner: R,
    meter: Meter<'a>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.given == u64::MAX {
            return Ok(0);
        }
        let count = self.inner.read(buffer)?;
        if let Err(limit) = self.meter.count(count) {
            self.meter.given = u64::MAX;
            return Err(limit.into());
        }
        Ok(count)
    }
}

/// A decoder that cannot go on after an error: it has ended then.
struct Fused<R> {
    inner: R,
    failed: bool,
}

impl<R> Fused<R> {
    fn new(inner: R) -> Self {
        Self { inner, failed: false }
    }
}

impl<R: Read> Read for Fused<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(0);
        }
        let result = self.inner.read(buffer);
        self.failed = matches!(&result, Err(error) if error.kind() != io::ErrorKind::Interrupted);
        result
    }
}
