//! Web archives: WARC and the older ARC, plain or compressed record by record.
//!
//! Pages are read from successful responses, resources and conversions to text; what crawlers note
//! beside them (requests, metadata) is passed over. Records are numbered as they stand in the file,
//! those passed over counted. After damage the next start of a record is looked for.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::{DateTime, NaiveDateTime};
use memchr::memmem;

use super::http::{Response, charset, header, header_named, media_type, split_line};
use super::plain_text::{self, PlainTextOutcome};
use super::{Reader, html};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::{self, Sample};
use crate::ingest::draft::FileContext;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads WARC.
pub(super) struct Warc;

/// Reads ARC.
pub(super) struct Arc;

/// No header of a record is longer.
const MAX_HEAD_BYTES: usize = 64 << 10;

impl Reader for Warc {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.bytes.trim_ascii_start().starts_with(WARC_START)
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_archive(input, records, &WARC)
    }
}

impl Reader for Arc {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.bytes.starts_with(b"filedesc://")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_archive(input, records, &ARC)
    }
}

const WARC_START: &[u8] = b"WARC/";

/// What WARC and ARC differ in.
struct Kind {
    name: &'static str,
    /// Tells whether a record can start here.
    is_start: fn(&[u8]) -> bool,
    /// Returns the header that the bytes start with, or `None` where its end is not among them.
    head: fn(&[u8]) -> Option<Result<Head, String>>,
}

const WARC: Kind =
    Kind { name: "WARC", is_start: |bytes| bytes.starts_with(WARC_START), head: warc_head };
const ARC: Kind = Kind { name: "ARC", is_start: is_arc_line, head: arc_head };

/// The header of a record.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    /// How long it is.
    length: usize,
    /// How long the block behind it is.
    block: u64,
    kind: Block,
    /// The address of what was fetched.
    url: Option<String>,
    /// When it was fetched: no page is younger.
    fetched: Option<DateTime<chrono::FixedOffset>>,
    /// The media type of the block.
    media_type: Option<String>,
    charset: Option<&'static encoding_rs::Encoding>,
}

impl Head {
    /// Returns the media type of what was fetched, where the header of the record has it rather than that
    /// of the response.
    fn page_type(&self) -> Option<String> {
        self.media_type.clone().filter(|kind| kind != "application/http")
    }
}

/// What the block of a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Block {
    /// An HTTP response with its headers.
    Response,
    /// The thing itself.
    Resource,
    /// The text of a page, as other programs took it out.
    Conversion,
    /// A note that the page was the same as before.
    Revisit,
    /// A part of a record that lies in several.
    Continuation,
    /// Something about the crawl.
    #[default]
    Other,
}

fn read_archive(input: &mut Input<'_>, records: &mut Records<'_, '_>, kind: &'static Kind) -> Flow {
    let mut number = 0;
    let mut passed = Passed::default();
    loop {
        match next_head(input, kind) {
            ControlFlow::Break(()) => return passed.report(records),
            ControlFlow::Continue(Ok(head)) => {
                number += 1;
                read_block(number, &head, input, records, (kind, &mut passed))?;
            }
            ControlFlow::Continue(Err(problem)) => {
                number += 1;
                records.fail(Some(number), problem)?;
            }
        }
    }
}

/// The records that were passed over: archives have far more of them than pages, so that they are
/// counted rather than named.
#[derive(Default)]
struct Passed {
    revisits: u64,
    /// By what they hold instead of a page.
    others: BTreeMap<String, u64>,
}

/// Why a record is passed over.
#[derive(Debug, PartialEq, Eq)]
enum Passing {
    /// It tells something about the crawl.
    NoContent,
    /// It says that a page had not changed.
    Revisit,
    /// It holds something else than a page.
    Other(String),
}

impl Passed {
    fn count(&mut self, passing: Passing) {
        match passing {
            Passing::NoContent => {}
            Passing::Revisit => self.revisits += 1,
            Passing::Other(kind) => *self.others.entry(kind).or_default() += 1,
        }
    }

    fn report(self, records: &mut Records<'_, '_>) -> Flow {
        /// As many kinds are named.
        const NAMED: usize = 5;
        if self.revisits > 0 {
            records.skip(None, SkipReason::Revisits(self.revisits))?;
        }
        let total = self.others.values().sum();
        if total == 0 {
            return Flow::Continue(());
        }
        let mut kinds: Vec<(String, u64)> = self.others.into_iter().collect();
        kinds.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
        let mut named: Vec<String> =
            kinds.iter().take(NAMED).map(|(kind, count)| format!("{kind}: {count}")).collect();
        let rest: u64 = kinds.iter().skip(NAMED).map(|(_, count)| count).sum();
        if rest > 0 {
            named.push(format!("others: {rest}"));
        }
        records.skip(None, SkipReason::NotPages { records: total, kinds: named.join(", ") })
    }
}

fn malformed(kind: &Kind, reason: impl Into<String>) -> Problem {
    Problem::Malformed { format: kind.name, reason: reason.into() }
}

/// Goes to the next record and returns its header; what had to be passed is a problem of its own.
fn next_head(input: &mut Input<'_>, kind: &Kind) -> ControlFlow<(), Result<Head, Problem>> {
    loop {
        let blank = input.ahead().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        input.consume_ahead(blank);
        let ahead = input.peek(MAX_HEAD_BYTES);
        if ahead.is_empty() {
            return match input.more() {
                Ok(true) => continue,
                Ok(false) => ControlFlow::Break(()),
                Err(error) => ControlFlow::Continue(Err(error.into())),
            };
        }
        if ahead[0].is_ascii_whitespace() {
            continue;
        }
        let problem = match (kind.head)(ahead).filter(|_| (kind.is_start)(ahead)) {
            Some(Ok(head)) => {
                input.consume_ahead(head.length);
                return ControlFlow::Continue(Ok(head));
            }
            Some(Err(reason)) => malformed(kind, reason),
            None if (kind.is_start)(ahead) => malformed(kind, "a header that does not end"),
            None => malformed(kind, "what follows is no record"),
        };
        go_to_start(input, kind);
        return ControlFlow::Continue(Err(problem));
    }
}

/// Passes the line ahead, and all behind it up to one that a record can start with.
fn go_to_start(input: &mut Input<'_>, kind: &Kind) {
    loop {
        let ahead = input.peek(MAX_HEAD_BYTES);
        let Some(end) = memchr::memchr(b'\n', ahead) else {
            let length = ahead.len();
            input.consume_ahead(length);
            if length == 0 {
                return;
            }
            continue;
        };
        let found = (kind.is_start)(&ahead[end + 1..]);
        input.consume_ahead(end + 1);
        if found {
            return;
        }
    }
}

/// Reads the block behind a header, which was taken already.
fn read_block(
    number: u64,
    head: &Head,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    (kind, passed): (&Kind, &mut Passed),
) -> Flow {
    let max = records.options().limits.max_record_bytes;
    let sniffed = usize::try_from(head.block).unwrap_or(usize::MAX).min(MAX_HEAD_BYTES);
    let passing = why_passed(head, input.peek(sniffed));
    let searched = if passing.is_some() { max.min(MAX_SEARCHED_BYTES) } else { max };
    if head.block <= searched
        && let Some(length) = next_start_inside(head.block, input, kind)
    {
        let stated = head.block;
        let reason = format!("a block of {stated} bytes in which the next record starts");
        if passing.is_none() {
            hand_over(number, head, input.ahead()[..length].trim_ascii_end(), records)?;
        }
        records.fail(Some(number), malformed(kind, reason))?;
        input.consume_ahead(length);
        return Flow::Continue(());
    }
    if let Some(passing) = passing {
        passed.count(passing);
        return match pass(head.block, input, kind) {
            Ok(()) => Flow::Continue(()),
            Err(problem) => records.fail(Some(number), problem),
        };
    }
    if head.block > max {
        records.fail(Some(number), LimitExceeded::RecordBytes(max))?;
        let _too_short = pass(head.block, input, kind);
        return Flow::Continue(());
    }
    let length = usize::try_from(head.block).expect("a limited block fits in memory");
    while input.ahead().len() < length {
        match input.more() {
            Ok(true) => {}
            Ok(false) => return read_cut_block(number, head, input, records, kind),
            Err(error) => {
                let found = input.ahead().len();
                input.consume_ahead(found);
                return records.fail(Some(number), error);
            }
        }
    }
    hand_over(number, head, &input.ahead()[..length], records)?;
    input.consume_ahead(length);
    Flow::Continue(())
}

/// Blocks that are passed over are held and searched for the next record only up to this size.
const MAX_SEARCHED_BYTES: u64 = 1 << 20;

/// Returns where in a block the next record starts when its stated length is wrong: behind the block
/// stands neither the end nor a record, and inside it one does.
fn next_start_inside(stated: u64, input: &mut Input<'_>, kind: &Kind) -> Option<usize> {
    /// Blank lines behind a block, and enough of a header to know it as one.
    const BEHIND: usize = 4096;
    let length = usize::try_from(stated).ok()?;
    let ahead = input.peek(length.checked_add(BEHIND)?);
    let is_whole = ahead.len() >= length;
    let block = &ahead[..length.min(ahead.len())];
    let behind = ahead[block.len()..].trim_ascii_start();
    if is_whole && (behind.is_empty() || (kind.is_start)(behind)) {
        return None;
    }
    let is_record = |start: &usize| {
        let rest = &ahead[*start..];
        (kind.is_start)(rest) && matches!((kind.head)(rest), Some(Ok(_)))
    };
    memchr::memchr_iter(b'\n', block).map(|end| end + 1).find(is_record)
}

fn hand_over(number: u64, head: &Head, block: &[u8], records: &mut Records<'_, '_>) -> Flow {
    let options = records.options();
    records.record(Some(number), block, |context| {
        let context = FileContext {
            modified: head.fetched.or(context.modified),
            url: head.url.clone(),
            ..context.clone()
        };
        read_page(head, block, &context, options)
    })
}

/// Reads what there is of the block that the file ends in, and reports that it is not whole.
fn read_cut_block(
    number: u64,
    head: &Head,
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    kind: &Kind,
) -> Flow {
    let (found, stated) = (input.ahead().len(), head.block);
    if found > 0 {
        hand_over(number, head, input.ahead(), records)?;
    }
    input.consume_ahead(found);
    let reason = format!("the file ends after {found} of {stated} bytes of the block");
    records.fail(Some(number), malformed(kind, reason))
}

/// Returns why a record is passed over by what its header and the start of its block say.
fn why_passed(head: &Head, start: &[u8]) -> Option<Passing> {
    let other = |what: String| Some(Passing::Other(what));
    match head.kind {
        Block::Other => Some(Passing::NoContent),
        Block::Revisit => Some(Passing::Revisit),
        Block::Continuation => other("part of a record in several segments".to_owned()),
        Block::Conversion => None,
        Block::Resource => match head.media_type.as_deref() {
            Some(kind) if is_page(kind) => None,
            Some(kind) => other(kind.to_owned()),
            None => other("unknown".to_owned()),
        },
        Block::Response => {
            let Some(response) = Response::parse(start) else {
                let kind = || head.media_type.clone().unwrap_or_else(|| "not HTTP".to_owned());
                return if shows_page(start) { None } else { other(kind()) };
            };
            if !(200..300).contains(&response.status) {
                return other(format!("status {}", response.status));
            }
            match response.media_type().or_else(|| head.page_type()) {
                Some(kind) if !is_page(&kind) => other(kind),
                _ => None,
            }
        }
    }
}

fn is_page(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml")
}

/// Tells whether bytes of which nothing says the kind begin with the tags of a page.
fn shows_page(bytes: &[u8]) -> bool {
    const HEAD: usize = 1024;
    const TAGS: [&[u8]; 4] = [b"<!doctype html", b"<html", b"<head", b"<body"];
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    head.trim_ascii_start().starts_with(b"<")
        && TAGS.iter().any(|tag| memmem::find(&head, tag).is_some())
}

fn read_page(
    head: &Head,
    block: &[u8],
    context: &FileContext,
    options: &ReadOptions,
) -> Result<Reading, Problem> {
    if head.kind == Block::Conversion {
        return Ok(match plain_text::read(&decode(block, head.charset), context) {
            PlainTextOutcome::Article(draft) => Reading::Article(draft),
            PlainTextOutcome::NotAnArticle(why) => Reading::Skip(SkipReason::NotAnArticle(why)),
        });
    }
    if head.kind == Block::Resource {
        return html::read_bytes(block, head.charset, context, options);
    }
    let Some(response) = Response::parse(block) else {
        return html::read_bytes(block, None, context, options);
    };
    let Some(payload) = response.payload(options.limits.max_record_bytes)? else {
        let reason = "a page in an unknown content coding".to_owned();
        return Ok(Reading::Skip(SkipReason::Unsupported(reason)));
    };
    if payload.trim_ascii().is_empty() {
        return Ok(Reading::Skip(SkipReason::Empty));
    }
    if let Some(name) = detect::binary_kind(&payload) {
        return Ok(Reading::Skip(SkipReason::Binary(name)));
    }
    html::read_bytes(&payload, response.charset(), context, options)
}

/// Takes a block without holding it.
fn pass(length: u64, input: &mut Input<'_>, kind: &Kind) -> Result<(), Problem> {
    let mut left = length;
    while left > 0 {
        let ahead = input.ahead().len() as u64;
        if ahead == 0 {
            match input.more() {
                Ok(true) => continue,
                Ok(false) => return Err(malformed(kind, "the file ends inside the block")),
                Err(error) => return Err(error.into()),
            }
        }
        let taken = ahead.min(left);
        input.consume_ahead(usize::try_from(taken).expect("no more than is in memory"));
        left -= taken;
    }
    Ok(())
}

fn warc_head(bytes: &[u8]) -> Option<Result<Head, String>> {
    let (_, mut rest) = split_line(bytes)?;
    let mut headers = Vec::new();
    loop {
        let (line, behind) = split_line(rest)?;
        rest = behind;
        if line.is_empty() {
            break;
        }
        headers.extend(header(line));
    }
    let value = |name: &str| header_named(&headers, name);
    let text = |name: &str| value(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let Some(block) = text("content-length").and_then(|length| length.parse().ok()) else {
        return Some(Err("no `Content-Length`".to_owned()));
    };
    let content_type = value("content-type").unwrap_or_default();
    let kind = match text("warc-type").unwrap_or_default().as_str() {
        "response" if content_type.starts_with(b"text/dns") => Block::Other,
        "response" => Block::Response,
        "resource" => Block::Resource,
        "conversion" => Block::Conversion,
        "revisit" => Block::Revisit,
        "continuation" => Block::Continuation,
        _ => Block::Other,
    };
    let url = text("warc-target-uri");
    let url = url.map(|url| url.trim_matches(['<', '>']).to_owned());
    Some(Ok(Head {
        length: bytes.len() - rest.len(),
        block,
        kind,
        url: url.filter(|url| url.starts_with("http")),
        fetched: text("warc-date").and_then(|date| DateTime::parse_from_rfc3339(&date).ok()),
        media_type: media_type(content_type),
        charset: charset(content_type),
    }))
}

/// Tells whether the bytes start with a line such as `http://x.example/ 1.2.3.4 20140216050221
/// text/html 1591`.
fn is_arc_line(bytes: &[u8]) -> bool {
    let line = &bytes[..bytes.len().min(4096)];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    let scheme = memmem::find(&line[..line.len().min(16)], b":");
    let is_scheme =
        |scheme: &[u8]| !scheme.is_empty() && scheme.iter().all(u8::is_ascii_alphabetic);
    scheme.is_some_and(|end| is_scheme(&line[..end]))
        && line.split(|byte| *byte == b' ').count() >= 5
}

/// Reads a header of five fields (version 1) or ten (version 2), the first of which may hold
/// spaces.
fn arc_head(bytes: &[u8]) -> Option<Result<Head, String>> {
    let (line, rest) = split_line(bytes)?;
    let line = String::from_utf8_lossy(line);
    let fields: Vec<&str> = line.split(' ').collect();
    let [_, .., _, date, kind, length] = fields.as_slice() else {
        return Some(Err("a header with too few fields".to_owned()));
    };
    let is_date =
        |field: &str| field.len() >= 14 && field.bytes().all(|byte| byte.is_ascii_digit());
    let (date, kind, url) = if is_date(date) {
        (*date, *kind, fields[..fields.len() - 4].join(" "))
    } else if fields.len() >= 10 && is_date(fields[fields.len() - 8]) {
        let from = fields.len() - 10;
        (fields[from + 2], fields[from + 3], fields[..=from].join(" "))
    } else {
        return Some(Err("a header without a date".to_owned()));
    };
    let Ok(block) = length.trim().parse() else {
        return Some(Err(format!("a header with the length `{length}`")));
    };
    let fetched = NaiveDateTime::parse_from_str(&date[..14], "%Y%m%d%H%M%S").ok();
    Some(Ok(Head {
        length: bytes.len() - rest.len(),
        block,
        kind: if url.starts_with("http") { Block::Response } else { Block::Other },
        url: Some(url).filter(|url| url.starts_with("http")),
        fetched: fetched.map(|fetched| fetched.and_utc().fixed_offset()),
        media_type: media_type(kind.as_bytes()),
        charset: None,
    }))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::ingest::testing::read_as;

    fn page(title: &str) -> String {
        let text = "The talks went on for a third day and both sides said that they were useful. ";
        format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{}</p><p>{}</p>\
             </body></html>",
            text.repeat(4),
            text.repeat(3)
        )
    }

    fn response(title: &str) -> String {
        let page = page(title);
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        warc("response", &http)
    }

    fn warc(kind: &str, block: &str) -> String {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://x.example/2022/01/25/a>\r\n\
             WARC-Date: 2022-01-26T00:00:00Z\r\nContent-Type: application/http\r\n\
             Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn gzip(record: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(record.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Vec<String> {
        read_as("a.warc.gz", bytes).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn responses_are_pages_with_the_address_they_came_from() {
        let found = read_as("a.warc", response("Talks go on").as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Talks go on");
        assert_eq!(article.url.as_ref().unwrap().value, "https://x.example/2022/01/25/a");
        assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2022-01-25");
    }

    #[test]
    fn other_records_are_passed_and_counted_as_what_they_are() {
        let text = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
        let moved = "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\nx";
        let file = [
            warc("warcinfo", "x"),
            warc("request", "GET / HTTP/1.1"),
            response("A"),
            warc("revisit", "HTTP/1.1 200 OK\r\n\r\n"),
            warc("response", text),
            warc("response", moved),
        ];
        let expected = [
            "a.warc.gz#3 A",
            "a.warc.gz skipped: 1 record of a page that had not changed",
            "a.warc.gz skipped: 2 records that are not pages (image/png: 1, status 301: 1)",
        ];
        assert_eq!(read(file.concat().as_bytes()), expected);
    }

    #[test]
    fn damage_costs_no_other_record() {
        let (one, two, three) = (gzip(&response("A")), gzip(&response("B")), gzip(&response("C")));
        let mut broken = two.clone();
        let middle = broken.len() / 2;
        broken[middle] ^= 0x55;
        let found = read(&[one.clone(), broken, three.clone()].concat());
        assert_eq!(found[0], "a.warc.gz#1 A", "{found:?}");
        assert!(found.iter().any(|seen| seen.contains("failed: corrupt gzip")), "{found:?}");
        assert!(found.iter().any(|seen| seen.ends_with(" C")), "{found:?}");
        let found = read(&[one, two[..two.len() / 2].to_vec(), three].concat());
        assert_eq!(found.last().unwrap(), "a.warc.gz#3 C", "{found:?}");
        let plain = [response("A"), "rubbish\r\nmore\r\n".to_owned(), response("C")].concat();
        let found = read(plain.as_bytes());
        assert_eq!(found[1], "a.warc.gz#2 failed: invalid WARC: what follows is no record");
        assert_eq!(found[2], "a.warc.gz#3 C");
    }

    #[test]
    fn a_wrong_length_costs_no_other_record() {
        let length = |record: String, length: &str| {
            let start = record.find("Content-Length: ").unwrap() + "Content-Length: ".len();
            let end = start + record[start..].find('\r').unwrap();
            format!("{}{length}{}", &record[..start], &record[end..])
        };
        let file = |wrong| [response("A"), wrong, response("C"), response("D")].concat();
        for stated in ["1200", "99999"] {
            let found = read(file(length(response("B"), stated)).as_bytes());
            let expected = format!(
                "a.warc.gz#2 failed: invalid WARC: a block of {stated} bytes in which the next record \
                 starts"
            );
            assert_eq!(found[..3], ["a.warc.gz#1 A", "a.warc.gz#2 B", &expected]);
            assert_eq!(found[3..], ["a.warc.gz#3 C", "a.warc.gz#4 D"]);
        }
        let found = read(file(length(response("B"), "300")).as_bytes());
        assert_eq!(found[4], "a.warc.gz#5 D", "{found:?}");
        let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
        let found = read(file(length(warc("response", image), "800")).as_bytes());
        assert_eq!(found[3], "a.warc.gz#4 D", "{found:?}");
    }

    #[test]
    fn arc_lines_may_hold_spaces_and_damage() {
        let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("A"));
        let length = page.len();
        let file = format!(
            "filedesc://a.arc 127.0.0.1 20140301000000 text/plain 5\n1 0 x\n\n\
             http://x.example/ 1.2.3.4 20140401000000 text/html abc\n\n\
             http://x.example/?t=Two Words 1.2.3.4 20140216050221 text/html {length}\n{page}\n"
        );
        let found = read(file.as_bytes());
        assert_eq!(found[0], "a.warc.gz#2 failed: invalid ARC: a header with the length `abc`");
        assert_eq!(found[1], "a.warc.gz#3 A");
    }

    #[test]
    fn headers_of_version_2_have_more_fields() {
        let line = b"http://x.example/ 1.2.3.4 20140216050221 text/html 200 abc - 12 a.arc 77\n";
        let head = arc_head(line).unwrap().unwrap();
        assert_eq!((head.block, head.media_type.as_deref()), (77, Some("text/html")));
    }
}
