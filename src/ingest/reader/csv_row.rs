//! Where a row of a table and its fields end. It reads nothing: what the fields mean is for `csv`.
//!
//! A field is quoted when it starts with a quote, and a doubled quote inside is one. Exporters break
//! this rule in every way, so a quote closes a field only where a delimiter or the end of the line
//! follows; another one is a quote of the text. Where that leads over the start of a row that is
//! whole in itself, the quote before was never closed.

use std::ops::Range;

use crate::ingest::decode::decode;

/// How the rows of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Whether `\"` is a quote inside a field, as MySQL and Spark write it.
    pub(super) has_escapes: bool,
    /// How many fields a row has, by which rows are told inside a field that is not closed.
    pub(super) columns: usize,
    /// Whether a quote inside a field that neither closes it nor is doubled makes the field another
    /// kind: one that is not quoted at all where the delimiter is a tab, else a damaged one.
    is_strict: bool,
}

/// Where a row and its fields lie.
#[derive(Debug)]
pub(super) struct Row {
    /// With the line break.
    pub(super) length: usize,
    pub(super) fields: Vec<FieldRange>,
}

#[derive(Clone, Debug)]
pub(super) struct FieldRange {
    /// Without the quotes.
    pub(super) range: Range<usize>,
    pub(super) is_quoted: bool,
}

/// Why no row could be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRow {
    /// Its end is not among the bytes.
    NeedsMore,
    /// A quote is not closed before this position.
    Unclosed(usize),
}

impl Dialect {
    /// Returns the plain dialect of this delimiter, whose rows have `columns` fields. Of values between
    /// tabs many are not quoted at all, whatever quotes they start with.
    pub(super) fn new(delimiter: u8, columns: usize) -> Self {
        Self { delimiter, has_escapes: false, columns, is_strict: delimiter == b'\t' }
    }

    /// Returns the dialect in which a stray quote is damage.
    pub(super) fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// Returns the dialect with `\"` for a quote where a table that starts like `sample` is written so:
    /// where backslashes stand before more quotes of words than other quotes do.
    pub(super) fn with_escapes_of(self, sample: &[u8]) -> Self {
        let (mut escaped, mut doubled) = (0, 0);
        for position in memchr::memchr_iter(b'"', sample) {
            let opens_word = sample.get(position + 1).is_some_and(|byte| is_of_word(*byte));
            match position.checked_sub(1).map(|before| sample[before]) {
                Some(b'\\') if opens_word => escaped += 1,
                Some(b'"') if opens_word => doubled += 1,
                _ => {}
            }
        }
        Self { has_escapes: escaped > doubled, ..self }
    }

    /// Returns the row that `bytes` start with. Unless `has_more`, the end of the bytes ends a row,
    /// though not a quoted field.
    pub(super) fn row(&self, bytes: &[u8], has_more: bool) -> Result<Row, NoRow> {
        let mut fields = Vec::new();
        let mut position = 0;
        loop {
            let field = self.field(bytes, position, has_more)?;
            position = field.range.end + usize::from(field.is_quoted);
            position += gap(&bytes[position..]);
            fields.push(field);
            match bytes.get(position) {
                Some(byte) if *byte == self.delimiter => position += 1,
                None if has_more => return Err(NoRow::NeedsMore),
                byte => return Ok(Row { length: position + usize::from(byte.is_some()), fields }),
            }
        }
    }

    /// Returns the fields of a line in which no quote has a meaning, where it has as many as the table
    /// has columns and its quotes come in pairs: `A,"Never" is a long time,2022`.
    pub(super) fn literal_row(&self, line: &[u8]) -> Option<Row> {
        let content = line.trim_ascii_end();
        let mut fields = Vec::new();
        let mut position = 0;
        while position <= content.len() {
            let field = self.plain_field(content, position, false).ok()?;
            position = field.range.end + 1;
            fields.push(field);
        }
        let is_paired = memchr::memchr_iter(b'"', line).count().is_multiple_of(2);
        let is_row = is_paired && fields.len() == self.columns;
        is_row.then_some(Row { length: line.len(), fields })
    }

    /// Returns the texts of the fields of a row, which `bytes` start with. Its encoding is told by all of
    /// it, since a word alone tells little.
    pub(super) fn cells(&self, row: &Row, bytes: &[u8]) -> Vec<String> {
        let bytes = &bytes[..row.length];
        let decoded = decode(bytes, None);
        let in_decoded = (decoded.as_bytes() != bytes)
            .then(|| self.row(decoded.as_bytes(), false).ok())
            .flatten()
            .filter(|again| again.fields.len() == row.fields.len());
        match in_decoded {
            Some(again) => {
                again.fields.iter().map(|field| self.text(decoded.as_bytes(), field)).collect()
            }
            None => row.fields.iter().map(|field| self.text(bytes, field)).collect(),
        }
    }

    /// Returns the text of a field in `bytes`.
    fn text(&self, bytes: &[u8], field: &FieldRange) -> String {
        let text = decode(&bytes[field.range.clone()], None);
        match (field.is_quoted, self.has_escapes) {
            (false, _) => text.into_owned(),
            (true, false) => text.replace("\"\"", "\""),
            (true, true) => unescape(&text),
        }
    }

    fn field(&self, bytes: &[u8], start: usize, has_more: bool) -> Result<FieldRange, NoRow> {
        if bytes.get(start) != Some(&b'"') {
            return self.plain_field(bytes, start, has_more);
        }
        match self.closing_quote(bytes, start + 1, has_more) {
            Ok(end) => Ok(FieldRange { range: start + 1..end, is_quoted: true }),
            Err(NoRow::Unclosed(_)) if self.delimiter == b'\t' => {
                self.plain_field(bytes, start, has_more)
            }
            Err(no_row) => Err(no_row),
        }
    }

    fn plain_field(&self, bytes: &[u8], start: usize, has_more: bool) -> Result<FieldRange, NoRow> {
        let end = match memchr::memchr2(self.delimiter, b'\n', &bytes[start..]) {
            Some(length) => start + length,
            None if has_more => return Err(NoRow::NeedsMore),
            None => bytes.len(),
        };
        let is_break =
            end > start && bytes[end - 1] == b'\r' && bytes.get(end) != Some(&self.delimiter);
        // The carriage return stays outside the field but is passed with the line break.
        let trimmed = if is_break { end - 1 } else { end };
        Ok(FieldRange { range: start..trimmed, is_quoted: false })
    }

    /// Returns where the quote stands that closes the field whose text starts at `start`.
    fn closing_quote(&self, bytes: &[u8], start: usize, has_more: bool) -> Result<usize, NoRow> {
        let mut position = start;
        let mut searched = start;
        loop {
            let rest = &bytes[position..];
            let found = match self.has_escapes {
                true => memchr::memchr2(b'"', b'\\', rest),
                false => memchr::memchr(b'"', rest),
            };
            let Some(found) = found else { return Err(NoRow::at_end_of(bytes, has_more)) };
            position += found;
            if bytes[position] == b'\\' || bytes.get(position + 1) == Some(&b'"') {
                position += 2;
                if position > bytes.len() {
                    return Err(NoRow::at_end_of(bytes, has_more));
                }
                continue;
            }
            let behind = position + 1 + gap(&bytes[position + 1..]);
            match bytes.get(behind) {
                None if has_more => return Err(NoRow::NeedsMore),
                Some(byte) if *byte != self.delimiter && *byte != b'\n' => {}
                _ => return Ok(position),
            }
            if self.is_strict {
                return Err(NoRow::Unclosed(position));
            }
            if self.opens_field(bytes, position) {
                let behind_last = std::mem::replace(&mut searched, position);
                // Nothing is searched twice, however many such quotes a line has.
                let line_break = memchr::memrchr(b'\n', &bytes[behind_last..position]);
                let row_start = line_break.map(|line_break| behind_last + line_break + 1);
                if let Some(row_start) = row_start
                    && self.is_row(&bytes[row_start..], has_more)?
                {
                    return Err(NoRow::Unclosed(row_start));
                }
            }
            position += 1;
        }
    }

    /// Tells whether a quote stands where one opens a field.
    fn opens_field(&self, bytes: &[u8], quote: usize) -> bool {
        bytes[quote - 1] == self.delimiter || bytes[quote - 1] == b'\n'
    }

    /// Tells whether `bytes` start with a row that is whole and has as many fields as the table.
    fn is_row(&self, bytes: &[u8], has_more: bool) -> Result<bool, NoRow> {
        match self.strict().row(bytes, has_more) {
            Ok(row) => Ok(row.fields.len() == self.columns),
            Err(NoRow::Unclosed(_)) => Ok(false),
            Err(NoRow::NeedsMore) => Err(NoRow::NeedsMore),
        }
    }
}

impl Row {
    /// Tells whether all fields are blank.
    pub(super) fn is_blank(&self, bytes: &[u8]) -> bool {
        let is_blank = |field: &FieldRange| bytes[field.range.clone()].trim_ascii().is_empty();
        self.fields.iter().all(is_blank)
    }

    /// Takes away blank fields at the end that have no column, which spreadsheets leave behind.
    pub(super) fn drop_blank_end(&mut self, bytes: &[u8], columns: usize) {
        let is_blank = |field: &FieldRange| bytes[field.range.clone()].trim_ascii().is_empty();
        while self.fields.len() > columns && self.fields.last().is_some_and(is_blank) {
            self.fields.pop();
        }
    }
}

impl NoRow {
    fn at_end_of(bytes: &[u8], has_more: bool) -> Self {
        if has_more { Self::NeedsMore } else { Self::Unclosed(bytes.len()) }
    }
}

/// Returns the length of what may stand between a closing quote and the delimiter.
fn gap(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\r')).count()
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_escape = |next: &char| *next == '"' || letter == '\\' && *next == '\\';
        match letter {
            '\\' | '"' => plain.push(letters.next_if(is_escape).unwrap_or(letter)),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(dialect: Dialect, text: &str) -> Result<Vec<String>, NoRow> {
        let row = dialect.row(text.as_bytes(), false)?;
        Ok(dialect.cells(&row, text.as_bytes()))
    }

    #[test]
    fn the_bytes_of_a_row_end_behind_its_line_break() {
        let row = Dialect::new(b',', 2).row(b"a,\"b\nc\" \r\nd", true).unwrap();
        assert_eq!((row.length, row.fields.len()), (10, 2));
        assert_eq!(row.fields[1].range, 3..6);
        assert_eq!(Dialect::new(b',', 2).row(b"a,b\r\nc", true).unwrap().length, 5);
    }

    #[test]
    fn quotes_that_no_delimiter_follows_are_of_the_text() {
        let comma = Dialect::new(b',', 2);
        let tab = Dialect::new(b'\t', 2);
        let escaping = Dialect { has_escapes: true, ..comma };
        for (dialect, text, expected) in [
            (comma, "a,\"he said \"\"no\"\".\"\n", ["a", "he said \"no\"."]),
            (
                comma,
                "a,\"he said \"no\" to all, twice.\"\n",
                ["a", "he said \"no\" to all, twice."],
            ),
            (
                comma,
                "a,\"he said \"no\" and left.\nHe came back.\"\n",
                ["a", "he said \"no\" and left.\nHe came back."],
            ),
            (comma, "a,\"x\",\n", ["a", "x"]),
            (comma, "\"\",\"\"\"\"\n", ["", "\""]),
            (
                escaping,
                "a,\"he said \\\"no\\\", and left \\\\.\"\n",
                ["a", "he said \"no\", and left \\."],
            ),
            (escaping, "\"C:\\d\",\"\"\n", ["C:\\d", ""]),
            (tab, "\"No,\" he said.\tb\n", ["\"No,\" he said.", "b"]),
            (tab, "\"a\tb\"\tc\n", ["a\tb", "c"]),
            (tab, "\"a\tb\n", ["\"a", "b"]),
        ] {
            let found = fields(dialect, text).unwrap();
            assert_eq!(found[..2], expected, "{text}");
        }
    }

    #[test]
    fn a_whole_row_inside_a_field_tells_that_its_quote_is_not_closed() {
        let comma = Dialect::new(b',', 3);
        let text = "b,\"never closes,1\nc,plain,2\nd,\"quoted, row\",3\n";
        let row_start = text.find("d,").unwrap();
        assert_eq!(comma.row(text.as_bytes(), false).unwrap_err(), NoRow::Unclosed(row_start));
        let prose = "b,\"he said,\n\"never\",\"not now\" and,\"so\" on.\",1\n";
        assert_eq!(fields(comma, prose).unwrap().len(), 4);
        assert_eq!(comma.row(b"b,\"x,1\nc", false).unwrap_err(), NoRow::Unclosed(8));
        assert_eq!(comma.row(b"b,\"x,1\nc", true).unwrap_err(), NoRow::NeedsMore);
    }

    #[test]
    fn a_line_is_read_as_it_stands_where_its_quotes_pair() {
        let comma = Dialect::new(b',', 2);
        assert!(comma.literal_row(b"\"Never\" is long,2\r\n").is_some());
        assert!(comma.literal_row(b"\"Never is long,2\n").is_none());
        assert!(comma.literal_row(b"\"Never,\" he said,2\n").is_none());
    }

    #[test]
    fn escapes_are_told_by_the_quotes_of_words() {
        let has_escapes =
            |sample: &str| Dialect::new(b',', 2).with_escapes_of(sample.as_bytes()).has_escapes;
        assert!(has_escapes("a,\"he said \\\"no\\\"\"\n"));
        assert!(!has_escapes("a,\"he said \"\"no\"\" in C:\\\"\n"));
        assert!(!has_escapes("a,\"C:\\\",\"b\"\n"));
    }

    proptest! {
        #[test]
        fn what_is_quoted_by_the_rules_is_read_back(
            cells in prop::collection::vec("[ab,;\"\t\r\n\\\\]{0,8}", 2..4),
        ) {
            let quoted: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            for delimiter in [",", "\t"] {
                let text = format!("{}\r\n", quoted.join(delimiter));
                let dialect = Dialect::new(delimiter.as_bytes()[0], cells.len());
                prop_assert_eq!(fields(dialect, &text), Ok(cells.clone()));
            }
        }

        #[test]
        fn no_bytes_panic(text in "[a,\"\t\r\n\\\\ ]{0,30}", has_escapes: bool, has_more: bool) {
            for delimiter in [b',', b'\t'] {
                let dialect = Dialect { has_escapes, ..Dialect::new(delimiter, 2) };
                if let Ok(row) = dialect.row(text.as_bytes(), has_more) {
                    prop_assert!(row.length <= text.len());
                }
                dialect.literal_row(text.as_bytes());
            }
        }
    }
}
