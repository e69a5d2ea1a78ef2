//! Records that are elements of a large file, taken out one by one without parsing it whole.

use memchr::memmem;

use crate::ingest::error::Problem;
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Reading, Records};

/// Tells whether the bytes start with `start`, such as `<item`, as the whole name of a tag.
pub(super) fn starts_tag(bytes: &[u8], start: &[u8]) -> bool {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b">/".contains(byte);
    bytes.starts_with(start) && bytes.get(start.len()).is_none_or(is_end)
}

/// Returns where the first tag of this start stands in the bytes from `from` on.
fn find_start(bytes: &[u8], start: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let found = from + memmem::find(bytes.get(from..)?, start)?;
        if starts_tag(&bytes[found..], start) {
            return Some(found);
        }
        from = found + start.len();
    }
}

/// How the records of a format are set apart.
pub(super) struct Tags<'n> {
    /// The name of the format in messages.
    pub(super) format: &'static str,
    /// What a record starts with, such as `<item`.
    pub(super) start: &'n str,
    /// What it ends with.
    pub(super) end: &'n str,
}

/// A record that lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Taken {
    length: usize,
    end: End,
}

/// What a record ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Tag,
    /// The start of the next, without an end tag of its own.
    NextStart,
    File,
}

/// Reads every record of a file, each from its start through its end tag; they are numbered from 1.
/// Damage that is passed over counts as a record that failed, and so does a record without its end:
/// what there is of it is read nevertheless.
pub(super) fn read_elements(
    input: &mut Input<'_>,
    records: &mut Records<'_, '_>,
    tags: &Tags<'_>,
    read: impl Fn(&[u8]) -> Result<Reading, Problem>,
) -> Flow {
    let max = records.options().limits.max_record_bytes;
    let mut number = 0;
    let mut has_end_tags = false;
    while let Some(taken) = next_element(input, tags, max) {
        number += 1;
        match taken {
            Ok(Taken { length, end }) => {
                has_end_tags |= end == End::Tag;
                let bytes = &input.ahead()[..length];
                // SGML may leave end tags out, but then leaves out all of them.
                let is_cut = end == End::File || end == End::NextStart && has_end_tags;
                records.record(Some(number), bytes, |_| {
                    read(bytes)?.damaged_by(is_cut.then(|| tags.no_end()))
                })?;
                input.consume_ahead(length);
            }
            Err(problem) => records.fail(Some(number), problem)?,
        }
    }
    Flow::Continue(())
}

impl Tags<'_> {
    fn no_end(&self) -> Problem {
        let reason = format!("it ends without `{}`", self.end);
        Problem::Malformed { format: self.format, reason }
    }
}

/// Goes to the next record and returns its length from the start through the end tag, or the damage
/// that was passed over; `None` at the end. A record without an end tag goes to the next start tag.
fn next_element(
    input: &mut Input<'_>,
    tags: &Tags<'_>,
    max: u64,
) -> Option<Result<Taken, Problem>> {
    let (start, end) = (tags.start.as_bytes(), tags.end.as_bytes());
    if let Err(problem) = go_to(input, start)? {
        return Some(Err(problem));
    }
    let overlap = start.len().max(end.len());
    let mut searched = start.len();
    loop {
        let ahead = input.ahead();
        let ends = memmem::find(&ahead[searched..], end).map(|at| searched + at + end.len());
        let until = ends.unwrap_or(ahead.len());
        if let Some(length) = find_start(&ahead[..until], start, searched) {
            return Some(Ok(Taken { length, end: End::NextStart }));
        }
        if let Some(length) = ends {
            return Some(Ok(Taken { length, end: End::Tag }));
        }
        if ahead.len() as u64 > max {
            input.consume_ahead(start.len());
            return Some(Err(LimitExceeded::RecordBytes(max).into()));
        }
        searched = ahead.len().saturating_sub(overlap).max(start.len());
        let problem = match input.more() {
            Ok(true) => continue,
            Ok(false) => return Some(Ok(Taken { length: input.ahead().len(), end: End::File })),
            Err(error) => error.into(),
        };
        let ahead = input.ahead().len();
        input.consume_ahead(ahead);
        return Some(Err(problem));
    }
}

/// Takes everything before the next `start`; `None` where there is none.
fn go_to(input: &mut Input<'_>, start: &[u8]) -> Option<Result<(), Problem>> {
    loop {
        let ahead = input.ahead();
        // A start at the very end may yet turn out to be that of a longer name.
        if let Some(position) = find_start(ahead, start, 0)
            && position + start.len() < ahead.len()
        {
            input.consume_ahead(position);
            return Some(Ok(()));
        }
        let passed = ahead.len().saturating_sub(start.len());
        input.consume_ahead(passed);
        match input.more() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error.into())),
        }
    }
}

/// Returns the content of the first element of this name.
pub(super) fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    elements(text, name).next()
}

/// Returns the contents of the elements of this name; one without its end tag goes to the end.
pub(super) fn elements<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let found = find_start(rest.as_bytes(), start.as_bytes(), 0)?;
        let tag = &rest[found + start.len()..];
        let content = &tag[tag.find('>')? + 1..];
        let length = content.find(&end).unwrap_or(content.len());
        rest = &content[length..];
        Some(&content[..length])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTS: Tags<'static> = Tags { format: "test", start: "<DOC", end: "</DOC>" };

    fn records(file: &str) -> Vec<(String, End)> {
        let mut input = Input::new(file.as_bytes());
        let mut found = Vec::new();
        while let Some(Ok(taken)) = next_element(&mut input, &DOCUMENTS, 1 << 20) {
            let text = String::from_utf8_lossy(&input.ahead()[..taken.length]).into_owned();
            found.push((text, taken.end));
            input.consume_ahead(taken.length);
        }
        found
    }

    #[test]
    fn a_record_without_an_end_costs_no_other() {
        let found = records("x<DOC><DOCNO>1</DOCNO>a\n<DOC id=2>b</DOC>\n<DOCS><DOC>c");
        let expected = [
            ("<DOC><DOCNO>1</DOCNO>a\n".to_owned(), End::NextStart),
            ("<DOC id=2>b</DOC>".to_owned(), End::Tag),
            ("<DOC>c".to_owned(), End::File),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn records_over_the_limit_are_named_and_passed() {
        let file = format!("<DOC>{}</DOC><DOC>b</DOC>", "x".repeat(200_000));
        let mut input = Input::new(file.as_bytes());
        let problem = next_element(&mut input, &DOCUMENTS, 1000).unwrap().unwrap_err();
        assert!(problem.to_string().contains("max_record_bytes"));
        let taken = next_element(&mut input, &DOCUMENTS, 1000).unwrap().unwrap();
        assert_eq!(&input.ahead()[..taken.length], b"<DOC>b</DOC>");
    }

    #[test]
    fn elements_are_found_by_whole_names() {
        let text = "<D>a</D><DX>b</DX><D k=v>c</D><D>d";
        assert_eq!(elements(text, "D").collect::<Vec<_>>(), ["a", "c", "d"]);
    }
}
