//! Tables with a row of column names: CSV, TSV, and what is separated by `;` or `|`.
//!
//! Rows are taken apart by `csv_row` rather than by the `csv` crate, which does not give back the
//! bytes of a row; identity, change and `show --raw` need them. A row that is damaged costs no more
//! than its first line: reading goes on at the next.

use std::ops::ControlFlow;

use super::Reader;
use super::csv_row::{Dialect, NoRow, Row};
use super::date_field::DateHabits;
use super::mapped::Candidates;
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::extract::page::ExtractMode;
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
        let head = input.peek(SAMPLE_BYTES);
        let header =
            if columns.is_empty() { header(head, map) } else { given_header(head, &columns) };
        let Some(header) = header else { return records.skip(None, without_columns()) };
        let dialect = header.dialect.with_escapes_of(head);
        let mut table = Table {
            names: header.names,
            dialect,
            map,
            dates: DateHabits::default(),
            extract: records.options().extract,
            max: records.options().limits.max_record_bytes,
            without_close: 0,
        };
        table.dates = table.date_habits(&head[header.length..]);
        input.consume_ahead(header.length);
        if !table.has_texts() {
            records.skip(None, SkipReason::NoTextColumn)?;
        }
        table.read_rows(input, records)
    }
}

fn without_columns() -> SkipReason {
    SkipReason::Unsupported("a table without a column that is known to hold a text".to_owned())
}

/// The names of the columns stand within this many bytes, and enough rows to tell how the table
/// writes quotes and dates.
const SAMPLE_BYTES: usize = 256 << 10;

/// The names of the columns.
struct Header {
    /// The length of the row of names, and of what stands before it.
    length: usize,
    dialect: Dialect,
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
    let preamble = Preamble::of(head);
    let line = &head[preamble.length..];
    let mut is_one_column = false;
    let candidates = preamble.delimiters().filter_map(|delimiter| {
        let dialect = Dialect::new(delimiter, 0);
        let row = dialect.strict().row(line, false).ok()?;
        // Without the delimiter in it, the row is the same whatever the delimiter.
        if row.fields.len() == 1 && std::mem::replace(&mut is_one_column, true) {
            return None;
        }
        let cells = dialect.cells(&row, line);
        let names: Vec<String> = cells.iter().map(|name| name.trim().to_owned()).collect();
        let (mut known, mut has_text) = (0, false);
        for name in &names {
            let fields = map.fields_of(name);
            let is_text =
                fields.iter().any(|(field, _)| matches!(field, Field::Title | Field::Body))
                    || map.paths().iter().any(|(_, path)| path.join(".") == *name);
            known += usize::from(is_text || !fields.is_empty());
            has_text |= is_text;
        }
        let dialect = Dialect::new(delimiter, names.len());
        Some(Header { length: preamble.length + row.length, dialect, known, has_text, names })
    });
    candidates.max_by_key(|header| header.known).filter(|header| header.has_text)
}

/// Returns the columns as the user names them, where the first row has as many fields.
fn given_header(head: &[u8], columns: &[String]) -> Option<Header> {
    let preamble = Preamble::of(head);
    let mut dialects =
        preamble.delimiters().map(|delimiter| Dialect::new(delimiter, columns.len()));
    let dialect = dialects.find(|dialect| {
        let row = dialect.row(&head[preamble.length..], false);
        row.is_ok_and(|row| row.fields.len() == columns.len())
    })?;
    let (names, known) = (columns.to_vec(), columns.len());
    Some(Header { length: preamble.length, dialect, names, known, has_text: true })
}

/// What stands before the rows: a byte order mark, and a line such as `sep=;`, by which spreadsheets
/// are told the delimiter.
struct Preamble {
    length: usize,
    delimiter: Option<u8>,
}

impl Preamble {
    fn of(head: &[u8]) -> Self {
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        match &head[mark..] {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, rest @ ..]
                if DELIMITERS.contains(delimiter) =>
            {
                let line_break =
                    [&b"\r\n"[..], b"\n"].into_iter().find(|end| rest.starts_with(end));
                let length = line_break.map(|line_break| mark + 5 + line_break.len());
                Self { length: length.unwrap_or(mark), delimiter: length.map(|_| *delimiter) }
            }
            _ => Self { length: mark, delimiter: None },
        }
    }

    /// Returns the delimiters that the rows may have.
    fn delimiters(&self) -> impl Iterator<Item = u8> {
        let given = self.delimiter;
        DELIMITERS.into_iter().filter(move |_| given.is_none()).chain(given)
    }
}

struct Table<'m> {
    names: Vec<String>,
    dialect: Dialect,
    map: &'m FieldMap,
    /// How the dates of its columns are written.
    dates: DateHabits,
    /// How the text is found of whole pages in its cells.
    extract: ExtractMode,
    max: u64,
    /// In so many bytes ahead no quote closes a field that was open before them: a field that is open
    /// at the end of its line there stays open, and need not be looked for again.
    without_close: usize,
}

impl Table<'_> {
    fn read_rows(&mut self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
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
                    self.pass(input, row.length);
                }
                ControlFlow::Continue(Err(problem)) => {
                    number += 1;
                    records.fail(Some(number), problem)?;
                }
            }
        }
    }

    /// Returns the next row, or what is wrong with it after passing it; breaks at the end.
    fn next_row(&mut self, input: &mut Input<'_>) -> ControlFlow<(), Result<Row, Problem>> {
        let mut is_whole = false;
        loop {
            let ahead = input.ahead();
            let (bytes, has_more) = match line_length(ahead) {
                Some(length) if self.without_close > 0 => (&ahead[..length], false),
                _ => (ahead, !is_whole),
            };
            match self.dialect.row(bytes, has_more) {
                Ok(row) if row.length == 0 => return ControlFlow::Break(()),
                Ok(mut row) => {
                    row.drop_blank_end(bytes, self.names.len());
                    return ControlFlow::Continue(Ok(row));
                }
                Err(NoRow::Unclosed(seen)) => {
                    return ControlFlow::Continue(self.take_unclosed(input, seen));
                }
                Err(NoRow::NeedsMore) if ahead.len() as u64 > self.max => {
                    self.without_close = ahead.len();
                    self.pass_line(input);
                    return ControlFlow::Continue(Err(LimitExceeded::RecordBytes(self.max).into()));
                }
                Err(NoRow::NeedsMore) => {}
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => is_whole = true,
                Err(error) => {
                    let length = input.ahead().len();
                    self.pass(input, length);
                    return ControlFlow::Continue(Err(error.into()));
                }
            }
        }
    }

    /// Takes the line whose quote is not closed in the `seen` bytes ahead, which can be read
    /// nevertheless where it is a row without its quotes.
    fn take_unclosed(&mut self, input: &mut Input<'_>, seen: usize) -> Result<Row, Problem> {
        self.without_close = self.without_close.max(seen);
        let ahead = input.ahead();
        let line = &ahead[..line_length(ahead).unwrap_or(ahead.len())];
        if let Some(row) = self.dialect.literal_row(line) {
            return Ok(row);
        }
        self.pass_line(input);
        let reason = "a quote is not closed".to_owned();
        Err(Problem::Malformed { format: "CSV", reason })
    }

    /// Goes to the next line.
    fn pass_line(&mut self, input: &mut Input<'_>) {
        let length = line_length(input.ahead()).unwrap_or(input.ahead().len());
        self.pass(input, length);
    }

    fn pass(&mut self, input: &mut Input<'_>, length: usize) {
        self.without_close = self.without_close.saturating_sub(length);
        input.consume_ahead(length);
    }

    fn read_row(&self, row: &Row, bytes: &[u8]) -> Result<Reading, Problem> {
        if row.fields.len() > self.names.len() {
            let (fields, columns) = (row.fields.len(), self.names.len());
            let reason = format!("{fields} fields for {columns} columns");
            return Err(Problem::Malformed { format: "CSV", reason });
        }
        let cells = self.dialect.cells(row, bytes);
        if is_header_again(&self.names, &cells) {
            return Ok(Reading::Skip(SkipReason::NoText));
        }
        let columns = self.names.iter().zip(&cells);
        let columns = columns.map(|(name, cell)| (name.as_str(), cell.as_str()));
        let candidates = Candidates::of_row(columns, self.map).with_date_habits(self.dates);
        Ok(Reading::Draft(candidates.with_extract_mode(self.extract).into_draft()))
    }

    /// Tells whether a column holds the texts, or what may stand in for them.
    fn has_texts(&self) -> bool {
        [Field::Body, Field::Summary].iter().any(|field| self.column_of(*field).is_some())
    }

    /// Returns the number of the column that is asked first for a field.
    fn column_of(&self, field: Field) -> Option<usize> {
        let paths = self.map.paths();
        let rank = |name: &String| {
            let is_given =
                |path: &(Field, Vec<String>)| path.0 == field && path.1.join(".") == *name;
            let mut common = self.map.fields_of(name).iter().filter(|(of, _)| *of == field);
            let common = common.next().map(|(_, rank)| paths.len() + rank);
            paths.iter().position(is_given).or(common)
        };
        let columns = (0..).zip(&self.names);
        let ranked = columns.filter_map(|(column, name)| Some((rank(name)?, column)));
        ranked.min().map(|(_, column)| column)
    }

    /// Returns how the dates in the rows of `sample` are written.
    fn date_habits(&self, sample: &[u8]) -> DateHabits {
        let mut habits = DateHabits::default();
        let Some(column) = self.column_of(Field::Published) else { return habits };
        let mut rest = sample;
        while let Ok(row) = self.dialect.row(rest, true) {
            if let Some(cell) = self.dialect.cells(&row, rest).get(column) {
                habits.learn(cell);
            }
            rest = &rest[row.length..];
        }
        habits
    }
}

/// Returns the length of the first line with its break, where that is among the bytes.
fn line_length(bytes: &[u8]) -> Option<usize> {
    Some(memchr::memchr(b'\n', bytes)? + 1)
}

/// Tells whether a row repeats the names, as it does where tables were joined.
fn is_header_again(names: &[String], cells: &[String]) -> bool {
    names.len() == cells.len()
        && names.iter().zip(cells).all(|(name, cell)| normal_name(name) == normal_name(cell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::FileRule;
    use crate::ingest::testing::{Seen, read_as, read_with};

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
    fn quotes_that_are_not_closed_cost_one_row() {
        let text =
            "title,text,date\nA,Body a.,1\nB,\"Body b,2\nC,Body c.,3\nD,\"Body, d.\",4\nE,x,5\n";
        let found = read("a.csv", text);
        let expected = [
            "a.csv#1 A",
            "a.csv#2 failed: invalid CSV: a quote is not closed",
            "a.csv#3 C",
            "a.csv#4 D",
            "a.csv#5 E",
        ];
        assert_eq!(found, expected);
        let open = "\"open,x\n".repeat(20_000);
        assert_eq!(read("a.csv", &format!("title,text\n{open}")).len(), 20_000);
    }

    #[test]
    fn quotes_inside_a_text_stay() {
        for (name, text, body) in [
            ("a.csv", "title,text\nA,\"He said \"no\" and left.\"\n", "He said \"no\" and left."),
            (
                "a.csv",
                "title,text\nA,\"He said \\\"no\\\", and left.\"\n",
                "He said \"no\", and left.",
            ),
            ("a.csv", "title,text\nA,\"Never\" is long.\n", "\"Never\" is long."),
            ("a.tsv", "title\ttext\nA\t\"No,\" he said.\nB\tx\n", "\"No,\" he said."),
        ] {
            assert_eq!(read_as(name, text.as_bytes())[0].article().body, body, "{text}");
        }
    }

    #[test]
    fn spreadsheets_leave_marks() {
        assert_eq!(read("a.csv", "sep=;\r\nTitle;Text\r\nA;x, y\r\n"), ["a.csv#1 A"]);
        assert_eq!(read("a.csv", "title;text\nA;x;;\nB;x\n"), ["a.csv#1 A", "a.csv#2 B"]);
    }

    #[test]
    fn a_column_tells_how_its_dates_are_written() {
        let dates = |text: &str| -> Vec<String> {
            let found = read_as("a.csv", text.as_bytes());
            let date = |seen: &Seen| seen.article().published.as_ref().unwrap().value.to_string();
            found.iter().map(date).collect()
        };
        let numbers = "title,text,date\nA,x,05/03/2022\nB,x,25/03/2022\n";
        assert_eq!(dates(numbers), ["2022-03-05", "2022-03-25"]);
        let days = "title,text,date\nA,x,2022-01-25 00:00:00\nB,x,2022-01-26 00:00:00\n";
        assert_eq!(dates(days), ["2022-01-25", "2022-01-26"]);
        let times = "title,text,date\nA,x,2022-01-25 00:00:00\nB,x,2022-01-26 18:15:00\n";
        assert_eq!(dates(times), ["2022-01-25T00:00:00", "2022-01-26T18:15:00"]);
    }

    #[test]
    fn a_table_without_texts_says_so_once() {
        let found = read("a.csv", "title,url\nA,https://x.example/1\nB,https://x.example/2\n");
        assert!(found[0].contains("without a column that is known to hold"), "{found:?}");
        assert_eq!(found[1..], ["a.csv#1 A", "a.csv#2 B"]);
    }

    #[test]
    fn short_cells_are_in_the_encoding_of_their_row() {
        let text = encoding_rs::WINDOWS_1251
            .encode("Заголовок;Текст;Дата\nНовости дня;Президент сообщил о встрече.;25.01.2022\n")
            .0;
        let found = read_as("a.csv", &text);
        assert_eq!(found[0].to_string(), "a.csv#1 Новости дня");
        assert!(found[0].article().published.is_some());
    }

    #[test]
    fn prose_with_commas_is_no_table() {
        let prose = "Text, title, and all that matters\nThe body, he said, was found.\n";
        assert!(
            header(prose.as_bytes(), &FieldMap::default()).is_none_or(|header| !header.is_sure())
        );
    }
}
