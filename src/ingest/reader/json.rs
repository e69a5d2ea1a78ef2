//! JSON and JSON Lines: one article, many in an array or a line each, or many inside a wrapper.
//!
//! Values are taken out of the file one by one, so that neither a huge array nor a huge file of
//! lines is held whole. A damaged value costs no more than itself: reading goes on at the next line
//! that starts like it. Wrappers (`{"articles": [...]}`, `{"hits": {"hits": [...]}}`) are read
//! whole up to the limit of a record; one that is larger, cut or damaged is taken apart where its
//! array starts.

use std::ops::{ControlFlow, Range};

use serde_json::{Map, Value};

use super::Reader;
use super::date_field::DateHabits;
use super::json_scan::{ValueScanner, elements, repair, separators, value_length};
use super::mapped::{Candidates, has_body};
use super::ninjs;
use super::record_arrays::{RecordsAt, find_records, is_record_under};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::draft::FileContext;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::extract::page::ExtractMode;
use crate::ingest::field_map::{Field, FieldMap, holds_no_records, record_array_rank};
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
        let run = Run {
            map,
            dates: date_habits(input.peek(SAMPLE_BYTES), map),
            extract: records.options().extract,
            number: 0,
            place: Place::Outside,
            lines,
            indentation: None,
        };
        run.read(input, records)
    }
}

fn sample_is_lines(path: &str) -> bool {
    Sample::new(b"", path).has_extension(&["jsonl", "ndjson"])
}

/// In so many bytes is looked how a file writes its dates.
const SAMPLE_BYTES: usize = 64 << 10;

/// Returns how the dates in `sample` are written, by the key that is asked first of those that it has.
fn date_habits(sample: &[u8], map: &FieldMap) -> DateHabits {
    let mut best = (usize::MAX, DateHabits::default());
    let mut position = 0;
    while let Some(quote) = memchr::memchr(b'"', &sample[position..]) {
        let start = position + quote;
        position = start + value_length(&sample[start..]);
        let Some(value) = sample[position..].trim_ascii_start().strip_prefix(b":") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let key = String::from_utf8_lossy(&sample[start..position]);
        let mut fields = map.fields_of(&key).iter();
        let Some((_, rank)) = fields.find(|(field, _)| *field == Field::Published) else {
            continue;
        };
        if value.starts_with(b"\"") && *rank <= best.0 {
            let mut habits = if *rank == best.0 { best.1 } else { DateHabits::default() };
            let text = String::from_utf8_lossy(&value[..value_length(value)]);
            habits.learn(text.trim_matches('"'));
            best = (*rank, habits);
        }
    }
    best.1
}

/// One file that is being read.
struct Run<'m> {
    map: &'m FieldMap,
    /// How the dates of its records are written.
    dates: DateHabits,
    /// How the text is found of whole pages in records.
    extract: ExtractMode,
    /// The number of the last record.
    number: u64,
    /// What the next value lies in.
    place: Place,
    /// Whether even a single value is one of several records.
    lines: bool,
    /// What stands between the start of the line and the next value, with the line break before
    /// it; `None` where the value does not start its line.
    indentation: Option<Vec<u8>>,
}

/// What values lie in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing: one value stands behind the other.
    Outside,
    /// An array that is the whole file, or part of it.
    Array,
    /// An array of records in a wrapper that is taken apart.
    WrappedArray,
    /// A wrapper that is taken apart, behind an array in it.
    Wrapper,
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
            if self.place == Place::Wrapper {
                self.pass_member(input);
                continue;
            }
            match self.take_value(input, max) {
                Taken::Value(length) if self.is_alone(input, length) => {
                    match parse(&input.ahead()[..length]) {
                        Ok(document) => {
                            return self.read_alone(&input.ahead()[..length], &document, records);
                        }
                        Err(_) if self.enters_array(input, length) => {}
                        Err(problem) => return records.fail(None, problem),
                    }
                }
                Taken::Value(length) => {
                    self.read_value(&input.ahead()[..length], records)?;
                    input.consume_ahead(length);
                }
                Taken::Damaged(length, problem) => {
                    // What seemed to be another value may be the first record of a wrapper.
                    if !self.is_first() || !self.enters_array(input, length + 1) {
                        input.consume_ahead(length);
                        self.fail(problem, records)?;
                    }
                }
                Taken::TooLarge(scanner) => {
                    let length = input.ahead().len();
                    if !self.enters_array(input, length) {
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
                Some(b'[') if self.place == Place::Outside => self.place = Place::Array,
                Some(b']' | b'}') if self.place == Place::Array => self.place = Place::Outside,
                Some(b']') if self.place == Place::WrappedArray => self.place = Place::Wrapper,
                Some(b']' | b'}') => {}
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

    /// Tells whether nothing was read yet of a file that may hold a single value.
    fn is_first(&self) -> bool {
        self.number == 0 && self.place == Place::Outside && !self.lines
    }

    /// Tells whether the value at the start of the input is all that the file holds.
    fn is_alone(&self, input: &mut Input<'_>, length: usize) -> bool {
        self.is_first() && {
            let behind = input.peek(length + 1024);
            behind[length..].iter().all(u8::is_ascii_whitespace)
        }
    }

    /// Reads the only value of a file: an article, or a wrapper of many.
    fn read_alone(
        &mut self,
        bytes: &[u8],
        document: &Value,
        records: &mut Records<'_, '_>,
    ) -> Flow {
        match find_records(document, self.map) {
            RecordsAt::Under(paths) => self.read_wrapped(bytes, paths, records),
            RecordsAt::Itself => records.record(None, bytes, |_| Ok(self.reading(document))),
            RecordsAt::Nowhere => records.skip(None, without_articles()),
        }
    }

    fn read_value(&mut self, bytes: &[u8], records: &mut Records<'_, '_>) -> Flow {
        let document = match parse(bytes) {
            Ok(document) => document,
            Err(problem) => return self.fail(problem, records),
        };
        if let RecordsAt::Under(paths) = find_records(&document, self.map) {
            return self.read_wrapped(bytes, paths, records);
        }
        self.number += 1;
        records.record(Some(self.number), bytes, |_| Ok(self.reading(&document)))
    }

    /// Reads the records in the arrays or objects that `paths` lead to, in their order in the file.
    fn read_wrapped(
        &mut self,
        bytes: &[u8],
        mut paths: Vec<Vec<String>>,
        records: &mut Records<'_, '_>,
    ) -> Flow {
        paths.sort_unstable();
        let mut found = Vec::new();
        find_values(bytes, &paths, 0, &mut found);
        for inner in found {
            for element in elements(inner) {
                let value = &inner[element.value];
                self.number += 1;
                let read = |_: &FileContext| Ok(self.reading(&parse(value)?));
                records.record(Some(self.number), value, read)?;
            }
        }
        Flow::Continue(())
    }

    fn reading(&self, document: &Value) -> Reading {
        match document {
            Value::Object(object) if ninjs::is_item(object) => ninjs::read_item(object),
            Value::Object(object) => {
                let candidates =
                    Candidates::of_object(object, self.map).with_date_habits(self.dates);
                Reading::Draft(candidates.with_extract_mode(self.extract).into_draft())
            }
            Value::String(_)
            | Value::Number(_)
            | Value::Bool(_)
            | Value::Null
            | Value::Array(_) => Reading::Skip(SkipReason::NoText),
        }
    }

    /// Goes into the first array of records of the wrapper in the first `length` bytes, which is too
    /// large to be read whole, or cannot be.
    fn enters_array(&mut self, input: &mut Input<'_>, length: usize) -> bool {
        let bytes = &input.ahead()[..length.min(input.ahead().len())];
        if self.place != Place::Outside || !bytes.starts_with(b"{") {
            return false;
        }
        let Some(start) = self.array_start(bytes) else { return false };
        if has_body(&whole_members(&bytes[..start]), self.map) {
            // An article that is cut in one of its own arrays.
            return false;
        }
        input.consume_ahead(start + 1);
        self.place = Place::WrappedArray;
        true
    }

    /// Returns where the bracket stands that opens the first array of records in a wrapper.
    fn array_start(&self, bytes: &[u8]) -> Option<usize> {
        /// After so many arrays that do not end nothing is looked for in others.
        const MOST_UNENDED: usize = 16;
        let mut unended = 0;
        let mut key = 0..0;
        let mut position = 1;
        while unended < MOST_UNENDED {
            let start = position + memchr::memchr3(b'"', b'[', b'{', bytes.get(position..)?)?;
            if bytes[start] == b'"' {
                key = start..start + value_length(&bytes[start..]);
                position = key.end;
                continue;
            }
            let name = name_before(bytes, &key, start);
            let is_array = bytes[start] == b'[';
            if is_array && name.as_ref().is_some_and(|name| self.is_array(name, &bytes[start..])) {
                return Some(start);
            }
            let is_passed = is_array || name.is_some_and(|name| holds_no_records(&name));
            let length =
                is_passed.then(|| ValueScanner::default().advance(&bytes[start..])).flatten();
            unended += usize::from(is_passed && length.is_none());
            position = start + length.unwrap_or(1);
        }
        None
    }

    /// Tells whether the array by this key that `bytes` start with holds records, of which there may be
    /// the first bytes only.
    fn is_array(&self, key: &str, bytes: &[u8]) -> bool {
        let first = 1 + separators(&bytes[1..]);
        if bytes.get(first) != Some(&b'{') || holds_no_records(key) {
            return false;
        }
        let is_known = record_array_rank(key).is_some();
        let first = &bytes[first..];
        match ValueScanner::default().advance(first).map(|length| parse(&first[..length])) {
            Some(Ok(Value::Object(object))) => is_record_under(key, &object, self.map),
            Some(Ok(_)) => false,
            Some(Err(_)) | None => is_known,
        }
    }

    /// Passes a key and its value in a wrapper that is taken apart, or goes into the value where it may
    /// hold records.
    fn pass_member(&mut self, input: &mut Input<'_>) {
        /// Longer texts are no keys.
        const LONGEST_KEY: usize = 1024;
        /// In so many bytes the first record of an array is looked at.
        const FIRST_RECORD: usize = 64 << 10;
        let length = value_length(input.peek(LONGEST_KEY));
        let (key, is_text) = {
            let text = &input.ahead()[..length];
            (String::from_utf8_lossy(text).trim_matches('"').to_owned(), text.starts_with(b"\""))
        };
        if !is_text && input.ahead().first() == Some(&b'{') {
            // What has no key lies in an array, whatever seemed to close it.
            self.place = Place::WrappedArray;
            return;
        }
        pass_value(input, ValueScanner::default());
        if !is_text || first_byte(input) != Some(b':') {
            return;
        }
        input.consume_ahead(1);
        match first_byte(input) {
            Some(b'[') if self.is_array(&key, input.peek(FIRST_RECORD)) => {
                input.consume_ahead(1);
                self.place = Place::WrappedArray;
            }
            Some(b'{') if !holds_no_records(&key) => input.consume_ahead(1),
            Some(_) => pass_value(input, ValueScanner::default()),
            None => {}
        }
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

/// Adds to `found` the values in `bytes` that `paths` lead to, which are sorted and alike in their first
/// `depth` keys. All are found in one pass.
fn find_values<'b>(
    bytes: &'b [u8],
    paths: &[Vec<String>],
    depth: usize,
    found: &mut Vec<&'b [u8]>,
) {
    if paths.first().is_some_and(|path| path.len() == depth) {
        found.push(bytes);
        return;
    }
    for element in elements(bytes) {
        let Ok(key) = serde_json::from_slice::<String>(&bytes[element.key]) else { continue };
        let from = paths.partition_point(|path| path[depth] < key);
        let to = paths.partition_point(|path| path[depth] <= key);
        if from < to {
            find_values(&bytes[element.value], &paths[from..to], depth + 1, found);
        }
    }
}

/// Returns the members of the object that `bytes` start with, as far as they are whole.
fn whole_members(bytes: &[u8]) -> Map<String, Value> {
    let members = elements(bytes).into_iter().filter_map(|element| {
        let key = serde_json::from_slice(&bytes[element.key]).ok()?;
        Some((key, serde_json::from_slice(&bytes[element.value]).ok()?))
    });
    members.collect()
}

/// Returns the text at `key` where nothing but a colon stands between it and `value`.
fn name_before(bytes: &[u8], key: &Range<usize>, value: usize) -> Option<String> {
    let is_key = bytes.get(key.end..value)?.trim_ascii() == b":";
    is_key.then(|| String::from_utf8_lossy(&bytes[key.clone()]).trim_matches('"').to_owned())
}

/// Returns the next byte after white space, which is passed.
fn first_byte(input: &mut Input<'_>) -> Option<u8> {
    loop {
        let spaces = input.ahead().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        input.consume_ahead(spaces);
        if let Some(byte) = input.ahead().first() {
            return Some(*byte);
        }
        if !matches!(input.more(), Ok(true)) {
            return None;
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
    fn all_arrays_of_a_wrapper_are_read_in_their_order() {
        let record = |title: &str| format!(r#"{{"title": "{title}", "text": "x"}}"#);
        let (one, two, three) = (record("A"), record("B"), record("C"));
        let text = format!(
            r#"{{"world": [{one}, {two}], "tags": ["a"], "comments": [{one}], "sport": [{three}]}}"#
        );
        let expected = ["a.json#1 A", "a.json#2 B", "a.json#3 C"];
        assert_eq!(titles(&text), expected);
        // The same where the wrapper is too large to be read whole.
        let mut options = ReadOptions::default();
        options.limits.max_record_bytes = 100;
        let text = text.replace("world", "news").replace("sport", "articles");
        let found = crate::ingest::testing::read_with("a.json", text.as_bytes(), &options);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn whole_records_before_a_cut_are_read() {
        let cut = r#"{"title": "C", "conte"#;
        let one = r#"{"title": "A", "content": "x"}"#;
        let two = r#"{"title": "B", "content": "x"}"#;
        for text in [
            format!(r#"{{"status": "ok", "tags": ["a"], "articles": [{one}, {two}, {cut}"#),
            format!("{{\"status\":\"ok\",\"articles\":[\n{one},\n{two},\n{cut}"),
            format!(r#"{{"hits": {{"total": {{"value": 3}}, "hits": [{one}, {two}, {cut}"#),
            format!(r#"{{"world": [{one}, {two}, {cut}"#),
        ] {
            let found = titles(&text);
            assert_eq!(found[..2], ["a.json#1 A", "a.json#2 B"], "{text}");
            assert!(found[2].starts_with("a.json#3 failed: invalid JSON"), "{found:?}");
        }
        let article = r#"{"title": "A", "text": "x", "items": [{"title": "L", "url": "u"}, {"ti"#;
        assert_eq!(titles(article).len(), 1);
        let blocks = r#"{"title": "A", "content": [{"type": "text", "content": "x"}, {"ty"#;
        assert_eq!(titles(blocks).len(), 1);
    }

    #[test]
    fn damage_in_a_wrapper_costs_one_record() {
        let record = |title: &str| format!("{{\"title\": \"{title}\", \"text\": \"x\"}}");
        let (one, three) = (record("A"), record("C"));
        let bad = r#"{"title": "B"", "text": "x"}"#;
        let found = titles(&format!(
            "{{\"articles\": [\n{one},\n{bad},\n{three}\n], \"n\": [1, 2], \"m\": 3}}"
        ));
        assert_eq!((found[0].as_str(), found[2].as_str()), ("a.json#1 A", "a.json#3 C"));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn unclosed_brackets_take_no_long_time() {
        let hostile = format!("{{\"a\": {}", r#"[{"a": "#.repeat(100_000));
        assert_eq!(titles(&hostile).len(), 1);
    }

    #[test]
    fn midnight_is_a_time_where_other_records_have_one() {
        let record = |date: &str| format!(r#"{{"title": "T", "text": "x", "date": "{date}"}}"#);
        let first = |text: String| {
            let date = seen("a.jsonl", &text)[0].article().published.clone();
            date.unwrap().value.to_string()
        };
        let midnight = record("2022-01-25T00:00:00Z");
        assert_eq!(first(midnight.clone()), "2022-01-25");
        let others = format!("{midnight}\n{}", record("2022-01-25T18:15:00Z"));
        assert_eq!(first(others), "2022-01-25T00:00:00Z");
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
