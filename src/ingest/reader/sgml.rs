//! The Reuters-21578 family: SGML files of many `<REUTERS>` records, made in 1987.
//!
//! It is read as the collection is, not as its DTD says: a record goes from one start tag to its
//! end tag or the next start tag, fields are the first elements of their names, and `<SRD>` in a
//! text is a ticker symbol and no element.

use chrono::{Datelike, NaiveDate};
use memchr::memmem;

use super::element::{Tags, element, elements, read_elements};
use super::{Reader, given};
use crate::article::{
    Byline, Dateline, EntityKind, EvidenceKind, GivenEntity, Outlet, PublicationDate, Sourced,
};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::error::Problem;
use crate::ingest::extract::date;
use crate::ingest::input::Input;
use crate::ingest::markup::decode_entities;
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads Reuters-21578.
pub(super) struct Sgml;

const TAGS: Tags<'static> = Tags { format: "Reuters SGML", start: "<REUTERS", end: "</REUTERS>" };

impl Reader for Sgml {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let text = sample.bytes.trim_ascii_start();
        let start = TAGS.start.as_bytes();
        (text.starts_with(b"<!DOCTYPE lewis") || text.starts_with(start))
            && memmem::find(text, start).is_some()
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_elements(input, records, &TAGS, read_record)
    }
}

fn read_record(bytes: &[u8]) -> Result<Reading, Problem> {
    let record = decode(bytes, None);
    let text = element(&record, "TEXT").unwrap_or_default();
    let mut draft = Draft::default();
    let field = |name: &str| element(text, name).map(text_of).filter(|text| !text.is_empty());
    draft.title = field("TITLE").map(|title| given(title, "TITLE"));
    draft.byline =
        field("AUTHOR").map(|line| given(Byline::single(without_agency(&line)), "AUTHOR"));
    draft.published = element(&record, "DATE").and_then(read_date);
    let published = draft.published.as_ref().map(|date| date.value);
    draft.dateline = field("DATELINE").map(|text| read_dateline(text, published));
    draft.outlet = Outlet::new("Reuters").map(|outlet| given(outlet, "REUTERS"));
    match element(text, "BODY") {
        Some(body) => draft.body = read_body(body),
        None if draft.title.is_none() => read_unprocessed(text, &mut draft),
        None => {}
    }
    for (name, kind) in ENTITIES {
        let names = element(&record, name).unwrap_or_default();
        draft.given_entities.extend(
            elements(names, "D").map(|name| GivenEntity { kind: *kind, name: text_of(name) }),
        );
    }
    Ok(Reading::Draft(draft))
}

const ENTITIES: &[(&str, EntityKind)] = &[
    ("PLACES", EntityKind::Place),
    ("PEOPLE", EntityKind::Person),
    ("ORGS", EntityKind::Organization),
];

/// Returns the text of a field: references replaced, the control characters of the wire dropped.
fn text_of(content: &str) -> String {
    let text = decode_entities(content);
    let is_kept = |letter: &char| !letter.is_control() || *letter == '\n';
    let text: String = text.chars().filter(is_kept).collect();
    text.trim().to_owned()
}

fn read_body(body: &str) -> String {
    let text = text_of(body);
    // The agency signs its stories at the end.
    let signed = text.trim_end();
    let unsigned = ["Reuter", "REUTER"].iter().find_map(|sign| signed.strip_suffix(sign));
    let text = unsigned.filter(|rest| rest.ends_with(char::is_whitespace)).unwrap_or(signed);
    unwrap_lines(text)
}

/// Returns a credit line without the agency, which is one word after the last comma where it is
/// named: `By A. Marsh, Reuters`.
fn without_agency(line: &str) -> &str {
    match line.rsplit_once(',') {
        Some((authors, agency)) if !agency.trim().contains(' ') => authors,
        _ => line,
    }
}

/// Reads a text whose parts the collection does not tell apart: tables and some stories. The first
/// line is taken as the title when it is in capitals, as titles were.
fn read_unprocessed(text: &str, draft: &mut Draft) {
    let body = text_of(text);
    let (first, rest) = body.split_once('\n').unwrap_or((&body, ""));
    let is_title = first.chars().any(char::is_uppercase) && !first.contains(char::is_lowercase);
    if is_title {
        let title = first.trim().to_owned();
        draft.title = Some(Sourced::new(title, EvidenceKind::Text, "first line"));
    }
    draft.body = read_body(if is_title { rest } else { &body });
}

/// Reads ` SALVADOR, Feb 26 - `; the year is that of the publication.
fn read_dateline(text: String, published: Option<PublicationDate>) -> Dateline {
    let written = text.trim_end_matches([' ', '-']);
    let (place, day) = written.rsplit_once(',').unwrap_or((written, ""));
    let year = published.map(|date| date.first_day().year());
    let day = year.and_then(|year| date::parse(&format!("{day} {year}")));
    let place = Some(place.trim().to_owned()).filter(|place| !place.is_empty());
    Dateline { place, day, text, agency: None }
}

/// Reads `26-FEB-1987 15:01:01.79`, with whatever follows: the day and the local time where it is
/// one, the day alone otherwise. The hundredths mean nothing.
fn read_date(field: &str) -> Option<Sourced<PublicationDate>> {
    let mut words = field.split_whitespace();
    let day = NaiveDate::parse_from_str(words.next()?, "%d-%b-%Y").ok()?;
    let time = words.next().and_then(|time| {
        let mut parts = time.splitn(3, ':').map(|part| {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            part[..digits].parse::<u32>().ok()
        });
        day.and_hms_opt(parts.next()??, parts.next()??, parts.next()??)
    });
    let date = time.map_or(PublicationDate::day(day), PublicationDate::local);
    Some(Sourced::new(date, EvidenceKind::Field, format!("DATE `{}`", text_of(field))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "<REUTERS TOPICS=\"YES\" NEWID=\"1\">\n\
        <DATE> 2-MAR-1987 06:41:42.20&#5;&#5;&#5;C G</DATE>\n\
        <PLACES><D>usa</D><D>el-salvador</D></PLACES><PEOPLE></PEOPLE><ORGS><D>ec</D></ORGS>\n\
        <UNKNOWN>&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>\n<TEXT>&#2;\n\
        <TITLE>OIL FIRM &lt;OIL> SELLS\n UNIT</TITLE>\n<AUTHOR>    By A. Marsh, Reuters</AUTHOR>\n\
        <DATELINE>    SAN MATEO, Calif., March 2 - </DATELINE><BODY>The firm said it\n\
        sold a unit.\n    It gave no price.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>";

    fn draft(record: &str) -> Draft {
        match read_record(record.as_bytes()).unwrap() {
            Reading::Draft(draft) => draft,
            _ => panic!("a record is an article"),
        }
    }

    #[test]
    fn fields_come_from_their_elements() {
        let draft = draft(RECORD);
        assert_eq!(draft.title.unwrap().value, "OIL FIRM <OIL> SELLS\n UNIT");
        assert_eq!(draft.body, "The firm said it sold a unit.\n\nIt gave no price.");
        assert_eq!(draft.published.unwrap().value.to_string(), "1987-03-02T06:41:42");
        assert_eq!(draft.dateline.unwrap().place.unwrap(), "SAN MATEO, Calif.");
        let given: Vec<_> =
            draft.given_entities.iter().map(|given| (given.kind, given.name.as_str())).collect();
        let place = EntityKind::Place;
        let expected = [(place, "usa"), (place, "el-salvador"), (EntityKind::Organization, "ec")];
        assert_eq!(given, expected);
    }

    #[test]
    fn odd_dates_keep_what_is_right_of_them() {
        let date = |field: &str| read_date(field).map(|date| date.value.to_string());
        assert_eq!(date("1-MAR-1987  09:15:05.40").unwrap(), "1987-03-01T09:15:05");
        assert_eq!(date(" 7-APR-1987 16:22:00.0").unwrap(), "1987-04-07T16:22:00");
        assert_eq!(date("31-MAR-1987 605:12:19.12").unwrap(), "1987-03-31");
        assert_eq!(date("9-APR-1987 00:00:00.00    # guesswork").unwrap(), "1987-04-09T00:00:00");
        assert_eq!(date("sometime"), None);
    }

    #[test]
    fn unprocessed_texts_open_with_their_title() {
        let draft = draft(
            "<REUTERS><TEXT TYPE=\"UNPROC\">&#2;\nNY COMEX SILVER 12:30\n APR7  6670 UP  122\n\
             &#3;</TEXT></REUTERS>",
        );
        assert_eq!(draft.title.unwrap().value, "NY COMEX SILVER 12:30");
        assert_eq!(draft.body, "APR7  6670 UP  122");
    }
}
