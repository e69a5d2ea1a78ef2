//! Newswire collections in the SGML of TREC and its successors: files of many `<DOC>` elements.
//!
//! The collections (AP, WSJ, FT, LA Times, FBIS, AQUAINT, Gigaword and others) share the outer
//! element and little else, so each field has several names. Where no element tells the date or
//! the outlet, the document number does: `AP880212-0001`, `NYT19980601.0001`, `LA010189-0001`.

use chrono::NaiveDate;

use super::element::{Tags, element, elements, read_elements};
use super::nitf::open_with_dateline;
use super::{Reader, given};
use crate::article::{Byline, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::error::Problem;
use crate::ingest::extract::date;
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads collections of `<DOC>` elements.
pub(super) struct Trec;

impl Reader for Trec {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text() else { return false };
        let is_start = |start: &str| super::element::starts_tag(text.as_bytes(), start.as_bytes());
        is_start("<DOC") || is_start("<doc") && text.to_lowercase().contains("<docno>")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let is_lower = input.peek(1024).trim_ascii_start().starts_with(b"<doc");
        let (start, end) = if is_lower { ("<doc", "</doc>") } else { ("<DOC", "</DOC>") };
        let tags = Tags { format: "TREC SGML", start, end };
        read_elements(input, records, &tags, read_record)
    }
}

const TITLES: &[&str] = &["HEADLINE", "HEAD", "TITLE", "TTL", "TI", "HL", "H3", "SLUG"];
const DATES: &[&str] =
    &["DATE_TIME", "DATETIME", "PUBDATE", "DATE1", "DATE", "DD", "PDATE", "STORY_DATE"];
const BYLINES: &[&str] = &["BYLINE", "AUTHOR", "BY", "AU"];
const OUTLETS: &[&str] = &["PUB", "SOURCE", "SO", "PUBLICATION"];
const SECTIONS: &[&str] = &["SECTION", "CATEGORY", "SECT"];
const TEXTS: &[&str] = &["TEXT", "BODY", "CONTENT"];
/// The first paragraph, which the rest of the text follows.
const LEADS: &[&str] = &["LP"];

fn read_record(bytes: &[u8]) -> Result<Reading, Problem> {
    let record = Record::new(&decode(bytes, None));
    let headline = record.line(TITLES).map(|(name, line)| (name, tidy_title(&line)));
    let (title, credit) = match &headline {
        Some((name, line)) => {
            let (title, credit) = split_headline(line);
            (Some(given(title.to_owned(), name)), credit.map(|credit| (*name, credit.to_owned())))
        }
        None => (None, None),
    };
    let mut draft = Draft {
        title: title.filter(|title| !title.value.is_empty()),
        published: record.published(),
        byline: record
            .line(BYLINES)
            .or(credit)
            .map(|(name, line)| given(Byline::single(line), name)),
        outlet: record.outlet(),
        section: record.line(SECTIONS).map(|(name, line)| {
            given(line.split(';').next().unwrap_or_default().trim().to_owned(), name)
        }),
        body: record.body(),
        ..Draft::default()
    };
    if let Some((_, dateline)) = record.line(&["DATELINE"]).filter(|_| !draft.body.is_empty()) {
        open_with_dateline(&mut draft, &dateline);
    }
    Ok(Reading::Draft(draft))
}

/// One `<DOC>` with its tags in capitals.
struct Record(String);

impl Record {
    fn new(text: &str) -> Self {
        Self(match text.starts_with("<doc") {
            true => with_capital_tags(text),
            false => text.to_owned(),
        })
    }

    /// Returns the first line of text that one of these elements has.
    fn line(&self, names: &'static [&'static str]) -> Option<(&'static str, String)> {
        names.iter().find_map(|name| {
            let line = element(&self.0, name).map(text_of)?;
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            (!line.is_empty()).then_some((*name, line))
        })
    }

    /// Returns the number of the document: an element, or an attribute of `<DOC>`.
    fn number(&self) -> String {
        let attribute = || {
            let tag = &self.0[..self.0.find('>')?];
            let value = tag[tag.find("id=").or_else(|| tag.find("ID="))? + 3..].trim();
            Some(value.trim_matches(['"', '\'']).to_owned())
        };
        let element = element(&self.0, "DOCNO").or_else(|| element(&self.0, "DOCID"));
        element.map(|number| number.trim().to_owned()).or_else(attribute).unwrap_or_default()
    }

    fn published(&self) -> Option<Sourced<PublicationDate>> {
        let stated = DATES.iter().find_map(|name| {
            let (_, text) = self.line(std::slice::from_ref(name))?;
            Some(given(parse_date(&text)?, &format!("{name} `{text}`")))
        });
        stated.or_else(|| {
            let number = self.number();
            Some(given(PublicationDate::day(day_in_number(&number)?), &format!("DOCNO `{number}`")))
        })
    }

    fn outlet(&self) -> Option<Sourced<Outlet>> {
        let stated = self.line(OUTLETS).and_then(|(name, line)| {
            // The Wall Street Journal's have a code behind: `WALL STREET JOURNAL (J)`.
            let line = line.split(" (").next().unwrap_or_default().to_owned();
            Some(given(Outlet::new(&line)?, name))
        });
        stated.or_else(|| {
            let number = self.number();
            let code: String = number.chars().take_while(char::is_ascii_uppercase).collect();
            let (_, name) = COLLECTIONS.iter().find(|(known, _)| *known == code)?;
            Some(given(Outlet::new(name)?, &format!("DOCNO `{number}`")))
        })
    }

    fn body(&self) -> String {
        let (lead, text) = (self.text(LEADS), self.text(TEXTS));
        if lead.is_empty() || text.starts_with(&lead) {
            return text;
        }
        [lead, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// Returns the text of the elements of the first of these names that has any.
    fn text(&self, names: &[&str]) -> String {
        let texts = names.iter().find_map(|name| {
            let found: Vec<String> =
                elements(&self.0, name).map(read_body).filter(|text| !text.is_empty()).collect();
            (!found.is_empty()).then(|| found.join("\n\n"))
        });
        texts.unwrap_or_default()
    }
}

fn with_capital_tags(text: &str) -> String {
    let mut capital = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let length = rest[start..].find('>').map_or(rest.len() - start, |end| end + 1);
        capital.push_str(&rest[..start]);
        capital.push_str(&rest[start..start + length].to_ascii_uppercase());
        rest = &rest[start + length..];
    }
    capital.push_str(rest);
    capital
}

fn text_of(content: &str) -> String {
    markup::text_of(content)
}

/// Returns a text: with its own marks of paragraphs, or by its lines. Marks of old wires (`<F P=...>`,
/// headlines inside FBIS texts) are no text.
fn read_body(content: &str) -> String {
    if ["<P>", "<p>", "<P "].iter().any(|mark| content.contains(mark)) {
        let text = markup::text_of(content);
        return text.split("\n\n").map(unwrap_paragraph).collect::<Vec<_>>().join("\n\n");
    }
    unwrap_lines(without_margins(&markup::text_of(content)).trim())
}

fn unwrap_paragraph(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_margins(text: &str) -> String {
    text.replace('\t', "    ")
}

/// The Financial Times put its date before its headlines: `FT  14 MAY 91 / Jubilee`.
fn tidy_title(line: &str) -> String {
    match line.strip_prefix("FT ").and_then(|rest| rest.split_once(" / ")) {
        Some((day, title))
            if day.trim_start().starts_with(|letter: char| letter.is_ascii_digit()) =>
        {
            title.trim().to_owned()
        }
        _ => line.trim_matches(['@', ' ']).to_owned(),
    }
}

/// Takes apart the headlines of The Wall Street Journal, below which a line of dashes sets the credit
/// off: `Will It Be Better? ---- By A. Marsh Staff Reporter of The Wall Street Journal`.
fn split_headline(line: &str) -> (&str, Option<&str>) {
    match line.rsplit_once(" ---- ") {
        Some((title, credit)) if credit.starts_with("By ") => {
            let end = credit.find(" Staff Reporter").unwrap_or(credit.len());
            (title, Some(&credit[..end]))
        }
        _ => (line, None),
    }
}

fn parse_date(text: &str) -> Option<PublicationDate> {
    // `910514`, as the Financial Times has it.
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day_of_digits(text).map(PublicationDate::day);
    }
    // Of `January 1, 1989, Sunday, Home Edition` what follows the year only misleads.
    date::parse(text)
}

/// Returns the day in a document number, all of whose years lie between 1950 and 2049.
fn day_in_number(number: &str) -> Option<NaiveDate> {
    let digits = number.chars().skip_while(|letter| !letter.is_ascii_digit());
    let digits: String = digits.take_while(char::is_ascii_digit).collect();
    if number.starts_with("LA") && digits.len() == 6 {
        return day_of_digits(&format!("{}{}", &digits[4..], &digits[..4]));
    }
    day_of_digits(&digits)
}

/// Reads `yymmdd` or `yyyymmdd`.
fn day_of_digits(digits: &str) -> Option<NaiveDate> {
    let century = match digits.len() {
        8 => "",
        6 if digits < "500000" => "20",
        6 => "19",
        _ => return None,
    };
    NaiveDate::parse_from_str(&format!("{century}{digits}"), "%Y%m%d").ok()
}

/// The codes with which the document numbers of the collections start.
const COLLECTIONS: &[(&str, &str)] = &[
    ("AP", "Associated Press"),
    ("APW", "Associated Press"),
    ("AFP", "Agence France-Presse"),
    ("CNA", "Central News Agency"),
    ("FT", "Financial Times"),
    ("LA", "Los Angeles Times"),
    ("LTW", "Los Angeles Times/Washington Post"),
    ("NYT", "The New York Times"),
    ("SJMN", "San Jose Mercury News"),
    ("WPB", "Washington Post/Bloomberg"),
    ("WSJ", "The Wall Street Journal"),
    ("XIE", "Xinhua"),
    ("XIN", "Xinhua"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read_as;

    #[test]
    fn documents_of_several_collections_are_read() {
        let file = "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n\
            <HEAD>Talks Go On</HEAD>\n<DATELINE>GENEVA (AP) </DATELINE>\n<TEXT>\n   The talks went\non.\n\
            \x20  Two.\n</TEXT>\n</DOC>\n\
            <DOC>\n<DOCNO>FT911-1</DOCNO>\n<DATE>910514\n</DATE>\n<HEADLINE>\nFT  14 MAY 91 / Jubilee of an airport\n\
            </HEADLINE>\n<BYLINE>\n   By A WRITER\n</BYLINE>\n<TEXT>\nOne.\n</TEXT>\n<PUB>The Financial Times\n</PUB>\n</DOC>\n\
            <DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition \n</P>\n</DATE>\n\
            <SECTION>\n<P>\nBook Review; Page 1\n</P>\n</SECTION>\n<HEADLINE>\n<P>\nNEW FALLOUT \n</P>\n</HEADLINE>\n\
            <TEXT>\n<P>\nOne\nline.\n</P>\n<P>\nTwo.\n</P>\n</TEXT>\n</DOC>\n\
            <DOC id=\"NYT_ENG_19980601.0001\" type=\"story\">\n<HEADLINE>\nA headline\n</HEADLINE>\n<TEXT>\n<P>\nOne.\n</P>\n</TEXT>\n</DOC>\n";
        let found = read_as("a.sgml", file.as_bytes());
        let date =
            |place: usize| found[place].article().published.as_ref().unwrap().value.to_string();
        let outlet =
            |place: usize| found[place].article().outlet.as_ref().unwrap().value.to_string();
        assert_eq!(found[0].to_string(), "a.sgml#1 Talks Go On");
        assert_eq!((date(0).as_str(), outlet(0).as_str()), ("1988-02-12", "Associated Press"));
        assert_eq!(found[0].article().body, "The talks went on.\n\nTwo.");
        assert_eq!(found[1].to_string(), "a.sgml#2 Jubilee of an airport");
        assert_eq!((date(1).as_str(), outlet(1).as_str()), ("1991-05-14", "The Financial Times"));
        assert_eq!(found[2].to_string(), "a.sgml#3 NEW FALLOUT");
        assert_eq!((date(2).as_str(), outlet(2).as_str()), ("1989-01-01", "Los Angeles Times"));
        assert_eq!(found[2].article().body, "One line.\n\nTwo.");
        assert_eq!(found[2].article().section.as_ref().unwrap().value, "Book Review");
        assert_eq!((date(3).as_str(), outlet(3).as_str()), ("1998-06-01", "The New York Times"));
    }

    #[test]
    fn leads_and_credits_of_the_journal_are_read() {
        let document = "<DOC><DOCNO>WSJ910102-0001</DOCNO><HL>\n   The Year Ahead:\n   Will It Be Better?\n\
            ----\n   By Ann Marsh and Ben Reed\n   Staff Reporters of The Wall Street Journal\n</HL>\
            <LP>\n   The lead.\n</LP>\n<TEXT>\n   The rest.\n</TEXT></DOC>";
        let found = read_as("a.sgml", document.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "The Year Ahead: Will It Be Better?");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["Ann Marsh", "Ben Reed"]);
        assert_eq!(article.body, "The lead.\n\nThe rest.");
    }

    #[test]
    fn documents_that_a_file_cuts_off_are_named() {
        let document =
            |end: &str| format!("<DOC><DOCNO>WSJ910102-0001</DOCNO><HL>H</HL><TEXT><P>One.{end}");
        let read = |text: String| -> Vec<String> {
            read_as("a", text.as_bytes()).iter().map(ToString::to_string).collect()
        };
        let damage =
            |number: u8| format!("a#{number} failed: invalid TREC SGML: it ends without `</DOC>`");
        let whole = "</TEXT></DOC>\n";
        assert_eq!(
            read(document(whole) + &document("")),
            ["a#1 H".to_owned(), "a#2 H".to_owned(), damage(2)]
        );
        let cut_between = document(whole) + &document("") + &document(whole);
        assert_eq!(read(cut_between), ["a#1 H", "a#2 H", &damage(2), "a#3 H"]);
    }

    #[test]
    fn document_numbers_hold_days() {
        let day = |number: &str| day_in_number(number).map(|day| day.to_string());
        assert_eq!(day("WSJ870324-0001").unwrap(), "1987-03-24");
        assert_eq!(day("XIE19960101.0001").unwrap(), "1996-01-01");
        assert_eq!(day("FT911-1"), None);
    }
}
