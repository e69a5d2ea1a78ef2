//! JSON and JSON Lines: one article, many in an array or a line each, or many inside a wrapper.
//!
//! Values are taken out of the file one by one, so that neither a huge array nor a huge file of
//! lines is held whole. A damaged value costs no more than itself: reading goes on at the next line
//! that starts like it. Wrappers (`{"articles": [...]}`, `{"hits": {"hits": [...]}}`) are read
//! whole up to the limit of a record; a larger one is taken apart where its array starts.

use std::ops::ControlFlow;

use serde_json::Value;

use super::Reader;
use super::json_scan::{ValueScanner, elements, repair, separators};
use super::mapped::{Candidates, RecordsAt, find_records};
use super::ninjs;
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::field_map::{FieldMap, record_array_rank};
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads JSON and JSON Lines.
pub(super) struct Json;

impl Reader for Json {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text() else { return false };
        let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
        match (letters.next(), letters.next()) {
            (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => true,
            // A link without words opens Markdown: `[ ](/home)`.
            (Some('['), Some(']')) => letters.next() != Some('('),
            (Some('{' | '['), _) => sample.has_extension(&["json", "jsonl", "ndjson"]),
            _ => false,
        }
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let lines = sample_is_lines(records.path());
        let map = &records.field_map();
        let run = Run { map, number: 0, in_array: false, lines, indentation: None };
        run.read(input, records)
    }
}

fn sample_is_lines(path: &str) -> bool {
    Sample::new(b"", path).has_extension(&["jsonl", "ndjson"])
}

/// One file that is being read.
struct Run<'m> {
    map: &'m FieldMap,
    /// The number of the last record.
    number: u64,
    /// Whether the values come from an array.
    in_array: bool,
    /// Whether even a single value is one of several records.
    lines: bool,
    /// What stands between the start of the line and the next value, with the line break before
    /// it; `None` where the value does not start its line.
    indentation: Option<Vec<u8>>,
}

/// What was taken from the input.
enum Taken {
    /// A value that is so many bytes long.
    Value(usize),
    /// So many bytes that are no whole value.
    Damaged(usize, Problem),
    /// A value that is larger than a record may be, and how far its end was looked for.
    TooLarge(ValueScanner),
    /// The source failed; the bytes before are of no use.
    Failed(Problem),
}

impl Run<'_> {
    fn read(mut self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        if input.peek(3) == b"\xEF\xBB\xBF" {
            input.consume_ahead(3);
        }
        let max = records.options().limits.max_record_bytes;
        while self.goes_to_value(input, records)? {
            match self.take_value(input, max) {
                Taken::Value(length) => {
                    if self.is_alone(input, length) {
                        return self.read_alone(&input.ahead()[..length], records);
                    }
                    self.read_value(&input.ahead()[..length], records)?;
                    input.consume_ahead(length);
                }
                Taken::Damaged(length, problem) => {
                    input.consume_ahead(length);
                    self.fail(problem, records)?;
                }
                Taken::TooLarge(scanner) => {
                    if !self.enters_array(input) {
                        self.fail(LimitExceeded::RecordBytes(max).into(), records)?;
                        pass_value(input, scanner);
                    }
                }
                Taken::Failed(problem) => {
                    let length = input.ahead().len();
                    input.consume_ahead(length);
                    self.fail(problem, records)?;
                }
            }
        }
        match self.number {
            0 => records.skip(None, without_articles()),
            _ => Flow::Continue(()),
        }
    }

    fn fail(&mut self, problem: Problem, records: &mut Records<'_, '_>) -> Flow {
        self.number += 1;
        records.fail(Some(self.number), problem)
    }

    /// Passes what stands between values, and tells whether there is a value to come.
    fn goes_to_value(
        &mut self,
        input: &mut Input<'_>,
        records: &mut Records<'_, '_>,
    ) -> ControlFlow<(), bool> {
        self.indentation = (self.number == 0).then(|| b"\n".to_vec());
        loop {
            let count = separators(input.ahead());
            let passed = &input.ahead()[..count];
            if let Some(line_break) = memchr::memrchr(b'\n', passed) {
                self.indentation = Some(passed[line_break..].to_vec());
            }
            input.consume_ahead(count);
            match input.ahead().first() {
                Some(b'[') if !self.in_array => self.in_array = true,
                Some(b']' | b'}') => self.in_array = false,
                Some(_) => return ControlFlow::Continue(true),
                None => {
                    match input.more() {
                        Ok(true) => {}
                        Ok(false) => return ControlFlow::Continue(false),
                        Err(error) => self.fail(error.into(), records)?,
                    }
                    continue;
                }
            }
            input.consume_ahead(1);
            self.indentation = None;
        }
    }

    fn take_value(&self, input: &mut Input<'_>, max: u64) -> Taken {
        if !input.ahead().first().is_some_and(|byte| b"{[\"-0123456789tfn".contains(byte)) {
            return take_line(input, max);
        }
        let mut scanner = ValueScanner::default();
        let mut searched = 0;
        loop {
            let ahead = input.ahead();
            if let Some(length) = scanner.advance(ahead) {
                return self.value_or_damage(&ahead[..length.max(1)]);
            }
            if let Some(start) = self.twin_start(ahead, searched) {
                return value_or_damage_before(start, ahead);
            }
            if ahead.len() as u64 > max {
                return match self.next_start(ahead) {
                    Some(start) => value_or_damage_before(start, ahead),
                    None => Taken::TooLarge(scanner),
                };
            }
            searched = ahead.len();
            match input.more() {
                Ok(true) => {}
                Ok(false) => return self.value_or_damage(input.ahead()),
                Err(error) => return Taken::Failed(error.into()),
            }
        }
    }

    /// Takes the value in `bytes`, or what comes before another one that starts in them.
    fn value_or_damage(&self, bytes: &[u8]) -> Taken {
        match self.next_start(bytes) {
            Some(start) if !is_json(bytes) => value_or_damage_before(start, bytes),
            _ => Taken::Value(bytes.len()),
        }
    }

    /// Returns where another object starts its line, indented like the one that `ahead` starts
    /// with. In a whole value that is damage; a value's own objects are indented deeper, mostly.
    fn next_start(&self, ahead: &[u8]) -> Option<usize> {
        let rest = ahead.strip_prefix(b"{")?;
        let line_start = [self.indentation.as_deref()?, b"{"].concat();
        let found = memchr::memmem::find(rest, &line_start)?;
        Some(1 + found + line_start.len() - 1)
    }

    /// Returns where another object starts as [`Run::next_start`] says, with the same first key:
    /// a sure sign that the first one is not just long.
    fn twin_start(&self, ahead: &[u8], searched: usize) -> Option<usize> {
        let opening = &ahead[..=memchr::memchr(b':', ahead.get(..256).unwrap_or(ahead))?];
        let indentation = self.indentation.as_deref().unwrap_or(b",");
        let twin = [indentation, opening].concat();
        let from = searched.saturating_sub(twin.len()).max(1);
        let found = memchr::memmem::find(ahead.get(from..)?, &twin)?;
        opening.starts_with(b"{").then_some(from + found + indentation.len())
    }

    /// Tells whether the value at the start of the input is all that the file holds.
    fn is_alone(&self, input: &mut Input<'_>, length: usize) -> bool {
        if self.number > 0 || self.in_array || self.lines {
            return false;
        }
        let behind = input.peek(length + 1024);
        behind[length..].iter().all(u8::is_ascii_whitespace)
    }

    /// Reads the only value of a file: an article, or a wrapper of many.
    fn read_alone(&mut self, bytes: &[u8], records: &mut Records<'_, '_>) -> Flow {
        let document = match parse(bytes) {
            Ok(document) => document,
            Err(problem) => return records.fail(None, problem),
        };
        match find_records(&document, self.map) {
            RecordsAt::Under(path) => self.read_wrapped(bytes, &path, records),
            RecordsAt::Itself => records.record(None, bytes, |_| Ok(reading(&document, self.map))),
            RecordsAt::Nowhere => records.skip(None, without_articles()),
        }
    }

    fn read_value(&mut self, bytes: &[u8], records: &mut Records<'_, '_>) -> Flow {
        let document = match parse(bytes) {
            Ok(document) => document,
            Err(problem) => return self.fail(problem, records),
        };
        if let RecordsAt::Under(path) = find_records(&document, self.map) {
            return self.read_wrapped(bytes, &path, records);
        }
        self.number += 1;
        records.record(Some(self.number), bytes, |_| Ok(reading(&document, self.map)))
    }

    /// Reads the records in the array or object that `path` leads to.
    fn read_wrapped(
        &mut self,
        bytes: &[u8],
        path: &[String],
        records: &mut Records<'_, '_>,
    ) -> Flow {
        let Some(inner) = value_at(bytes, path) else { return Flow::Continue(()) };
        for element in elements(inner) {
            let value = &inner[element.value];
            self.number += 1;
            records.record(Some(self.number), value, |_| Ok(reading(&parse(value)?, self.map)))?;
        }
        Flow::Continue(())
    }

    /// Goes into the first array of records in a wrapper too large to be read whole.
    fn enters_array(&mut self, input: &mut Input<'_>) -> bool {
        if self.in_array {
            return false;
        }
        let Some(position) = array_start(input.ahead()) else { return false };
        input.consume_ahead(position);
        self.in_array = true;
        true
    }
}

fn without_articles() -> SkipReason {
    SkipReason::Unsupported("JSON without articles".to_owned())
}

/// Takes the bytes before `start`, where another value starts.
fn value_or_damage_before(start: usize, ahead: &[u8]) -> Taken {
    match parse(&ahead[..start]) {
        Ok(_) => Taken::Value(start),
        Err(problem) => Taken::Damaged(start, problem),
    }
}

fn reading(document: &Value, map: &FieldMap) -> Reading {
    match document {
        Value::Object(object) if ninjs::is_item(object) => ninjs::read_item(object),
        Value::Object(object) => Reading::Draft(Candidates::of_object(object, map).into_draft()),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null | Value::Array(_) => {
            Reading::Skip(SkipReason::NoText)
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let text = decode(bytes, None);
    serde_json::from_str(&text).or_else(|error| {
        let repaired = repair(&text).ok_or(Problem::Json(error))?;
        serde_json::from_str(&repaired).map_err(Problem::Json)
    })
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// Returns the bytes of the value that the keys of `path` lead to.
fn value_at<'b>(bytes: &'b [u8], path: &[String]) -> Option<&'b [u8]> {
    path.iter().try_fold(bytes, |bytes, key| {
        let found = elements(bytes).into_iter().find(|element| {
            serde_json::from_slice::<String>(&bytes[element.key.clone()])
                .is_ok_and(|found| found == *key)
        })?;
        Some(&bytes[found.value])
    })
}

/// Returns where the first record starts in an array of a name by which records go.
fn array_start(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let start = from + memchr::memchr(b'[', &bytes[from..])?;
        from = start + 1;
        let first = from + separators(&bytes[from..]);
        let before = bytes[..start].trim_ascii_end().strip_suffix(b":");
        let key = before.map(<[u8]>::trim_ascii_end).and_then(|before| before.strip_suffix(b"\""));
        let Some(key) = key else { continue };
        let name = &key[memchr::memrchr(b'"', key).map_or(0, |quote| quote + 1)..];
        let is_records = record_array_rank(&String::from_utf8_lossy(name)).is_some();
        if is_records && bytes.get(first) == Some(&b'{') {
            return Some(first);
        }
    }
}

/// Takes a line of what is no JSON at all, or as much of it as a record may have.
fn take_line(input: &mut Input<'_>, max: u64) -> Taken {
    loop {
        let ahead = input.ahead();
        let end = memchr::memchr(b'\n', ahead);
        if let Some(length) = end.or((ahead.len() as u64 > max).then_some(ahead.len())) {
            return Taken::Value(length.max(1));
        }
        match input.more() {
            Ok(true) => {}
            Ok(false) => return Taken::Value(input.ahead().len()),
            Err(error) => return Taken::Failed(error.into()),
        }
    }
}

/// Goes behind a value that is too large to be held.
fn pass_value(input: &mut Input<'_>, mut scanner: ValueScanner) {
    loop {
        if let Some(length) = scanner.advance(input.ahead()) {
            input.consume_ahead(length);
            return;
        }
        input.consume_ahead(scanner.forget_passed());
        if !matches!(input.more(), Ok(true)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{Seen, read_as};

    fn seen(name: &str, text: &str) -> Vec<Seen> {
        read_as(name, text.as_bytes())
    }

    fn titles(text: &str) -> Vec<String> {
        seen("a.json", text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_article_a_file_has_no_number() {
        assert_eq!(titles(r#"{"title": "A", "body": "x"}"#), ["a.json A"]);
        assert_eq!(seen("a.jsonl", r#"{"title": "A", "body": "x"}"#)[0].to_string(), "a.jsonl#1 A");
    }

    #[test]
    fn arrays_lines_and_wrappers_are_numbered() {
        let expected = ["a.json#1 A", "a.json#2 B"];
        let (one, two) = (r#"{"title": "A", "text": "x"}"#, r#"{"title": "B", "text": "x"}"#);
        assert_eq!(titles(&format!("[{one}, {two}]")), expected);
        assert_eq!(titles(&format!("{one}\n\n{two}\n")), expected);
        let articles = r#"[{"title": "A", "date": "2022"}, {"title": "B", "date": "2022"}]"#;
        assert_eq!(titles(&format!(r#"{{"n": 2, "articles": {articles}}}"#)), expected);
        assert_eq!(titles(&format!(r#"{{"response": {{"docs": {articles}}}}}"#)), expected);
    }

    #[test]
    fn a_damaged_line_costs_no_other() {
        let text = [
            r#"{"title":"A","text":"x"}"#,
            r#"{"title":"broken"#,
            r#"{"title":"C","text":"x"}"#,
            r#"{"title":"D","text":["x"}"#,
            r#"{"text":"E","title":"E"}"#,
        ];
        let text = &text.join("\n");
        let found = titles(text);
        assert_eq!(found[0], "a.json#1 A");
        assert!(found[1].starts_with("a.json#2 failed: invalid JSON"), "{found:?}");
        assert_eq!(found[2], "a.json#3 C");
        assert!(found[3].starts_with("a.json#4 failed: invalid JSON"), "{found:?}");
        assert_eq!(found[4], "a.json#5 E");
    }

    #[test]
    fn a_damaged_element_costs_no_other() {
        let first = "  {\n    \"title\": \"A\",\n    \"text\": \"x\"\n  }";
        let text = format!("[\n{first},\n  {{\n    \"title\": \"bro\n{first}\n]");
        let found = titles(&text);
        assert_eq!((found[0].as_str(), found[2].as_str()), ("a.json#1 A", "a.json#3 A"));
        let compact = r#"[{"title":"A","text":"x"},{"title":},{"title":"C","text":"x"}]"#;
        let found = titles(compact);
        assert_eq!((found[0].as_str(), found[2].as_str()), ("a.json#1 A", "a.json#3 C"));
    }

    #[test]
    fn other_json_is_left_out() {
        assert_eq!(
            titles(r#"{"version": 1}"#),
            ["a.json skipped: no articles can be read from JSON without articles"]
        );
        assert_eq!(titles("[]").len(), 1);
    }

    #[test]
    fn a_wrapper_larger_than_a_record_is_taken_apart() {
        let records = (1..=50).map(|number| format!(r#"{{"title": "T{number}", "text": "x"}}"#));
        let text =
            format!(r#"{{"n": 50, "articles": [{}]}}"#, records.collect::<Vec<_>>().join(","));
        let mut options = ReadOptions::default();
        options.limits.max_record_bytes = 200;
        let found = crate::ingest::testing::read_with("a.json", text.as_bytes(), &options);
        assert_eq!(found.len(), 50);
        assert_eq!(found[49].to_string(), "a.json#50 T50");
    }

    #[test]
    fn a_record_over_the_limit_costs_no_other() {
        let long = "y".repeat(200_000);
        let text = format!(
            r#"[{{"title": "A", "text": "x"}}, {{"title": "B", "text": "{long}"}}, {{"title": "C"}}]"#
        );
        let mut options = ReadOptions::default();
        options.limits.max_record_bytes = 100_000;
        let found = crate::ingest::testing::read_with("a.json", text.as_bytes(), &options);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!((found[0].as_str(), found[2].as_str()), ("a.json#1 A", "a.json#3 C"));
        assert!(found[1].contains("max_record_bytes"), "{found:?}");
    }
}
