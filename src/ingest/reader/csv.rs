//! Tables with a row of column names: CSV, TSV, and what is separated by `;` or `|`.
//!
//! Rows are taken apart here rather than by the `csv` crate, which does not give back the bytes of
//! a row; identity, change and `show --raw` need them. The rules are its own: a field is quoted
//! when it starts with a quote, and a doubled quote inside is one.

use std::ops::{ControlFlow, Range};

use super::Reader;
use super::mapped::Candidates;
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::field_map::{Field, FieldMap, normal_name};
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads tables.
pub(super) struct Csv;

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

impl Reader for Csv {
    fn recognizes(&self, sample: &Sample<'_>, options: &ReadOptions) -> bool {
        if sample.text().is_none() {
            return false;
        }
        let settings = options.settings_for(sample.path);
        let is_named = sample.has_extension(&["csv", "tsv", "tab", "psv"]);
        if !settings.columns.is_empty() {
            return is_named || given_header(sample.bytes, &settings.columns).is_some();
        }
        is_named || header(sample.bytes, &settings.field_map).is_some_and(|header| header.is_sure())
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let map = &records.field_map();
        let columns = records.columns();
        let head = input.peek(HEADER_BYTES);
        let header =
            if columns.is_empty() { header(head, map) } else { given_header(head, &columns) };
        let Some(header) = header else { return records.skip(None, without_columns()) };
        input.consume_ahead(header.length);
        let table = Table { header, map, max: records.options().limits.max_record_bytes };
        table.read_rows(input, records)
    }
}

fn without_columns() -> SkipReason {
    SkipReason::Unsupported("a table without a column that is known to hold a text".to_owned())
}

/// The names of the columns stand within this many bytes.
const HEADER_BYTES: usize = 64 << 10;

/// The names of the columns.
struct Header {
    /// The length of the row of names.
    length: usize,
    delimiter: u8,
    names: Vec<String>,
    /// How many columns have a known name, and whether one of them is title or text.
    known: usize,
    has_text: bool,
}

impl Header {
    /// Tells whether a text without the extension of a table is one nevertheless: its first line
    /// is nothing but names, and enough of them are known.
    fn is_sure(&self) -> bool {
        let is_name = |name: &String| {
            !name.is_empty() && name.len() < 40 && name.split_whitespace().count() <= 3
        };
        self.known >= 2 && self.names.iter().all(is_name)
    }
}

/// Returns the names of the columns, at least one of which holds a title or text.
fn header(head: &[u8], map: &FieldMap) -> Option<Header> {
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let line = &head[mark..];
    let mut is_one_column = false;
    let candidates = DELIMITERS.into_iter().filter_map(|delimiter| {
        let row = Row::first_of(line, delimiter, false)?;
        // Without the delimiter in it, the row is the same whatever the delimiter.
        if row.fields.len() == 1 && std::mem::replace(&mut is_one_column, true) {
            return None;
        }
        let names: Vec<String> =
            row.fields.iter().map(|field| text_of(line, field).trim().to_owned()).collect();
        let (mut known, mut has_text) = (0, false);
        for name in &names {
            let fields = map.fields_of(name);
            let is_text =
                fields.iter().any(|(field, _)| matches!(field, Field::Title | Field::Body))
                    || map.paths().iter().any(|(_, path)| path.join(".") == *name);
            known += usize::from(is_text || !fields.is_empty());
            has_text |= is_text;
        }
        Some(Header { length: mark + row.length, delimiter, known, has_text, names })
    });
    candidates.max_by_key(|header| header.known).filter(|header| header.has_text)
}

/// Returns the columns as the user names them, where the first row has as many fields.
fn given_header(head: &[u8], columns: &[String]) -> Option<Header> {
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let is_delimiter = |delimiter: &u8| {
        let row = Row::first_of(&head[mark..], *delimiter, false);
        row.is_some_and(|row| row.fields.len() == columns.len())
    };
    let delimiter = DELIMITERS.into_iter().find(is_delimiter)?;
    let (names, known) = (columns.to_vec(), columns.len());
    Some(Header { length: mark, delimiter, names, known, has_text: true })
}

struct Table<'m> {
    header: Header,
    map: &'m FieldMap,
    max: u64,
}

impl Table<'_> {
    fn read_rows(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let mut number = 0;
        loop {
            match self.next_row(input) {
                ControlFlow::Break(()) => return Flow::Continue(()),
                ControlFlow::Continue(Ok(row)) => {
                    let bytes = &input.ahead()[..row.length];
                    if !row.is_blank(bytes) {
                        number += 1;
                        let content = bytes.trim_ascii_end();
                        records.record(Some(number), content, |_| self.read_row(&row, bytes))?;
                    }
                    input.consume_ahead(row.length);
                }
                ControlFlow::Continue(Err(problem)) => {
                    number += 1;
                    records.fail(Some(number), problem)?;
                }
            }
        }
    }

    /// Returns the next row, or what is wrong with it after passing it; breaks at the end.
    fn next_row(&self, input: &mut Input<'_>) -> ControlFlow<(), Result<Row, Problem>> {
        let mut is_whole = false;
        loop {
            let ahead = input.ahead();
            let row = Row::first_of(ahead, self.header.delimiter, !is_whole);
            match row {
                Some(row) if row.length == 0 => return ControlFlow::Break(()),
                Some(row) => return ControlFlow::Continue(Ok(row)),
                None if is_whole => {
                    pass_line(input);
                    let reason = "a quote is not closed".to_owned();
                    let problem = Problem::Malformed { format: "CSV", reason };
                    return ControlFlow::Continue(Err(problem));
                }
                None if ahead.len() as u64 > self.max => {
                    pass_line(input);
                    return ControlFlow::Continue(Err(LimitExceeded::RecordBytes(self.max).into()));
                }
                None => {}
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => is_whole = true,
                Err(error) => {
                    let length = input.ahead().len();
                    input.consume_ahead(length);
                    return ControlFlow::Continue(Err(error.into()));
                }
            }
        }
    }

    fn read_row(&self, row: &Row, bytes: &[u8]) -> Result<Reading, Problem> {
        let names = &self.header.names;
        if row.fields.len() > names.len() {
            let (fields, columns) = (row.fields.len(), names.len());
            let reason = format!("{fields} fields for {columns} columns");
            return Err(Problem::Malformed { format: "CSV", reason });
        }
        let cells: Vec<String> = row.fields.iter().map(|field| text_of(bytes, field)).collect();
        if is_header_again(names, &cells) {
            return Ok(Reading::Skip(SkipReason::NoText));
        }
        let columns = names.iter().zip(&cells).map(|(name, cell)| (name.as_str(), cell.as_str()));
        Ok(Reading::Draft(Candidates::of_row(columns, self.map).into_draft()))
    }
}

/// Tells whether a row repeats the names, as it does where tables were joined.
fn is_header_again(names: &[String], cells: &[String]) -> bool {
    names.len() == cells.len()
        && names.iter().zip(cells).all(|(name, cell)| normal_name(name) == normal_name(cell))
}

fn text_of(bytes: &[u8], field: &FieldRange) -> String {
    let text = decode(&bytes[field.range.clone()], None);
    if field.is_quoted { text.replace("\"\"", "\"") } else { text.into_owned() }
}

/// Goes to the next line.
fn pass_line(input: &mut Input<'_>) {
    let length = memchr::memchr(b'\n', input.ahead()).map_or(input.ahead().len(), |end| end + 1);
    input.consume_ahead(length);
}

/// Where a row and its fields lie.
struct Row {
    /// With the line break.
    length: usize,
    fields: Vec<FieldRange>,
}

struct FieldRange {
    /// Without the quotes.
    range: Range<usize>,
    is_quoted: bool,
}

impl Row {
    /// Returns the row that `bytes` start with, or `None` where its end is not among them. Unless
    /// `has_more`, the end of the bytes ends a row, though not a quoted field.
    fn first_of(bytes: &[u8], delimiter: u8, has_more: bool) -> Option<Self> {
        let mut fields = Vec::new();
        let mut position = 0;
        loop {
            let field = FieldRange::first_of(bytes, position, delimiter, has_more)?;
            let is_quoted = field.is_quoted;
            position = field.range.end + usize::from(is_quoted);
            fields.push(field);
            let rest = &bytes[position..];
            // Letters between a closing quote and the delimiter belong to nothing.
            let gap = if is_quoted { memchr::memchr2(delimiter, b'\n', rest) } else { Some(0) };
            match gap.and_then(|gap| Some((gap, *rest.get(gap)?))) {
                Some((gap, byte)) if byte == delimiter => position += gap + 1,
                Some((gap, _)) => return Some(Self { length: position + gap + 1, fields }),
                None if has_more => return None,
                None => return Some(Self { length: bytes.len(), fields }),
            }
        }
    }

    fn is_blank(&self, bytes: &[u8]) -> bool {
        let is_blank = |field: &FieldRange| bytes[field.range.clone()].trim_ascii().is_empty();
        self.fields.iter().all(is_blank)
    }
}

impl FieldRange {
    fn first_of(bytes: &[u8], start: usize, delimiter: u8, has_more: bool) -> Option<Self> {
        if bytes.get(start) == Some(&b'"') {
            let end = closing_quote(bytes, start + 1, has_more)?;
            return Some(Self { range: start + 1..end, is_quoted: true });
        }
        let end = match memchr::memchr2(delimiter, b'\n', &bytes[start..]) {
            Some(length) => start + length,
            None if has_more => return None,
            None => bytes.len(),
        };
        let is_break = end > start && bytes[end - 1] == b'\r' && bytes.get(end) != Some(&delimiter);
        // The carriage return stays outside the field but is passed with the line break.
        let trimmed = if is_break { end - 1 } else { end };
        Some(Self { range: start..trimmed, is_quoted: false })
    }
}

/// Returns where the quote stands that closes a field; a doubled one does not.
fn closing_quote(bytes: &[u8], mut position: usize, has_more: bool) -> Option<usize> {
    loop {
        position += memchr::memchr(b'"', &bytes[position..])?;
        match bytes.get(position + 1) {
            Some(b'"') => position += 2,
            None if has_more => return None,
            _ => return Some(position),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::FileRule;
    use crate::ingest::testing::{read_as, read_with};

    fn read(name: &str, text: &str) -> Vec<String> {
        read_as(name, text.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_are_articles_by_their_column_names() {
        let text = "url,date,title,text\nhttps://x.example/,2020-01-01,\"A, \"\"B\"\"\",\"One.\n\nTwo.\"\r\n\
            ,,C,Three.\r\n";
        assert_eq!(read("a.csv", text), ["a.csv#1 A, \"B\"", "a.csv#2 C"]);
        assert_eq!(read("a", text), ["a#1 A, \"B\"", "a#2 C"]);
        let found = read_as("a.csv", text.as_bytes());
        let article = found[0].article();
        assert_eq!(article.body, "One.\n\nTwo.");
        assert_eq!(article.url.as_ref().unwrap().value, "https://x.example/");
    }

    #[test]
    fn other_delimiters_are_told_by_the_names() {
        assert_eq!(read("a.tsv", "Title\tText\nA\tx, y\n"), ["a.tsv#1 A"]);
        assert_eq!(read("a.csv", "titel;inhalt\nA;x, y\n"), ["a.csv#1 A"]);
    }

    #[test]
    fn tables_without_names_have_those_that_the_user_gives() {
        let columns = ["date", "", "title", "text"].map(str::to_owned).to_vec();
        let mut rule = FileRule::new("*.csv").unwrap();
        rule.columns = columns;
        let options = ReadOptions { rules: vec![rule], ..ReadOptions::default() };
        let text = b"2022-01-25;7;A;One.\n2022-01-26;8;B;\"Two; three.\"\n";
        let found = read_with("a.csv", text, &options);
        let seen: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(seen, ["a.csv#1 A", "a.csv#2 B"]);
        assert_eq!(found[1].article().body, "Two; three.");
        assert_eq!(found[1].article().published.as_ref().unwrap().value.to_string(), "2022-01-26");
        let found = read_with("a.csv", b"one column\n", &options);
        assert!(found[0].to_string().contains("skipped"), "{}", found[0]);
    }

    #[test]
    fn a_bad_row_costs_no_other() {
        let text = "title,text\nA,x\nB,x,y,z\nC,x\n\"D,x\nE,x\n";
        let found = read("a.csv", text);
        assert_eq!(found[0], "a.csv#1 A");
        assert_eq!(found[1], "a.csv#2 failed: invalid CSV: 4 fields for 2 columns");
        assert_eq!(found[2], "a.csv#3 C");
        assert_eq!(found[3], "a.csv#4 failed: invalid CSV: a quote is not closed");
        assert_eq!(found[4], "a.csv#5 E");
    }

    #[test]
    fn prose_with_commas_is_no_table() {
        let prose = "Text, title, and all that matters\nThe body, he said, was found.\n";
        assert!(
            header(prose.as_bytes(), &FieldMap::default()).is_none_or(|header| !header.is_sure())
        );
    }

    #[test]
    fn the_bytes_of_a_row_end_before_its_line_break() {
        let row = Row::first_of(b"a,\"b\nc\"\r\nd", b',', true).unwrap();
        assert_eq!((row.length, row.fields.len()), (9, 2));
        assert_eq!(row.fields[1].range, 3..6);
    }
}
