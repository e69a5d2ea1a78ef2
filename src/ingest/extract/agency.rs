//! The credits by which an article says that its report is a news agency's.

use super::credit_line::in_last_brackets;
use super::credit_name::is_whole_name;
use super::credit_part::agency_of_office;
use super::date::{self, NumericOrder};
use super::line_class::word_estimate;
use super::source_line;
use crate::article::Agency;

/// Names that are those of states, or the initials of anybody, unless a label or an agency stands beside
/// them.
const UNSURE: &[&str] = &["PA", "AA", "TT", "CP", "DJ", "DDP", "IPS", "RIA", "STT", "ATS"];

/// Those of them that are a state or a profession behind the name of a person.
const UNSURE_BESIDE_PERSON: &[&str] = &["PA", "DJ"];

/// Words that join the names of a credit, in lower case.
const JOINTS: &[&str] = &[
    "and", "with", "von", "und", "mit", "et", "avec", "y", "e", "con", "com", "en", "met", "og",
    "och", "med", "i", "oraz", "и", "та", "via", "by", "der", "des", "from",
];

/// What opens a credit to an agency, in lower case, besides the words for a source.
const OPENERS: &[&str] = &[
    "with files from",
    "with material from",
    "with information from",
    "with reporting by",
    "mit material von",
    "mit material der",
    "mit informationen von",
    "con información de",
    "con informaciones de",
    "con informazioni",
    "avec l'",
    "avec les informations de",
    "com informações da",
    "com informações de",
    "met informatie van",
];

/// What follows the name of an agency that worked on a report, in lower case.
const CONTRIBUTED: &[&str] = &[
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
];

/// Words of credits that are those of pictures, in lower case.
const OF_PICTURES: &[&str] =
    &["foto", "photo", "bild", "image", "picture", "getty", "archiv", "file", "grafik"];

/// The paragraphs at the end of a text in which an agency signs.
const LAST_PARAGRAPHS: usize = 3;

/// The longest credit that is a paragraph by itself, in bytes.
const LONGEST_CREDIT: usize = 400;

/// The most words of a credit that is a line by itself.
const MOST_CREDIT_WORDS: usize = 10;

/// Returns the agencies that a credit of an article names among its authors: `Jane Doe, AP` and
/// `dpa/lno`; `None` where it names none. Nothing is asked of the other names.
pub fn in_credit(credit: &str) -> Option<Vec<Agency>> {
    if is_of_picture(credit) {
        return None;
    }
    agencies_among(&parts(without_opener(credit).unwrap_or(credit)))
}

/// Returns the agencies whose report a line says that an article is, when it is about nothing else:
/// `Source: Reuters`, `ino/dpa`, `With files from The Canadian Press`; `None` for other lines.
pub fn in_line(line: &str) -> Option<Vec<Agency>> {
    let line = line.trim();
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    let lower = line.to_lowercase();
    if let Some(at) = CONTRIBUTED.iter().find_map(|end| lower.find(end))
        && let Some(before) = line.get(..at)
    {
        return agencies_among(&parts(before));
    }
    if word_estimate(line) > MOST_CREDIT_WORDS { None } else { alone(line) }
}

/// Returns the agencies that a short line with a date names as its source among other things: `8. Mai
/// 2023, 11:34 Uhr Quelle: dpa 914 Kommentare`.
pub fn in_line_with_source(line: &str) -> Option<Vec<Agency>> {
    if line.len() > LONGEST_CREDIT || date::find_first(line, NumericOrder::DayFirst).is_none() {
        return None;
    }
    let colons = line.char_indices().filter(|(_, letter)| *letter == ':').map(|(at, _)| at);
    colons.filter_map(|colon| label_before(line, colon)).find_map(|start| {
        let credit = &line[start..];
        let end = credit.find(|letter: char| letter.is_ascii_digit()).unwrap_or(credit.len());
        labelled(source_line::source(&credit[..end])?)
    })
}

/// Returns where the word before a colon begins; the elements of a line may have no space between
/// them: `11:34 UhrQuelle: dpa`.
fn label_before(line: &str, colon: usize) -> Option<usize> {
    let start = line[..colon].rfind(' ').map_or(0, |space| space + 1);
    let capital = line[start..colon].rfind(char::is_uppercase).map(|at| start + at);
    capital.filter(|at| *at < colon)
}

/// Returns the person in a credit that an agency and the day follow: `Jane Doe, APA, 13.6.2022`.
pub fn person_in_dated_credit(credit: &str) -> Option<&str> {
    let (name, rest) = credit.split_once(',')?;
    let is_credit = is_dated(rest) && is_whole_name(name.trim(), false) && signs(credit).is_some();
    is_credit.then(|| name.trim())
}

/// Tells whether a credit has a whole date, as those of articles do and those of pictures do not.
fn is_dated(credit: &str) -> bool {
    let found = date::find_first(credit, NumericOrder::DayFirst);
    found.is_some_and(|date| date.day.is_some() && date.year.is_some())
}

/// Returns the agencies that sign a text in one of its last paragraphs, with what they sign: the
/// paragraph is their credit, or ends with it in brackets.
pub fn signed(body: &str) -> Option<(Vec<Agency>, &str)> {
    body.rsplit("\n\n").take(LAST_PARAGRAPHS).find_map(|paragraph| {
        let in_brackets = || {
            let credit =
                ["()", "[]"].into_iter().find_map(|pair| in_last_brackets(paragraph, pair))?;
            Some((alone(credit)?, credit))
        };
        in_line(paragraph).map(|agencies| (agencies, paragraph)).or_else(in_brackets)
    })
}

/// Returns what follows the words that open a credit to an agency, if any do.
fn without_opener(line: &str) -> Option<&str> {
    if let Some(name) = source_line::source(line) {
        return Some(name);
    }
    let line = line.trim_start_matches(['(', '[', ' ', '*', '–', '—', '-']);
    let lower = line.to_lowercase();
    let opener = OPENERS.iter().find(|opener| lower.starts_with(**opener))?;
    line.get(opener.len()..)
}

/// Returns the agencies of a credit that stands by itself, with a label or without.
fn alone(credit: &str) -> Option<Vec<Agency>> {
    if is_of_picture(credit) {
        return None;
    }
    without_opener(credit).map_or_else(|| signs(credit), labelled)
}

/// Returns the agencies of a credit that a label opens, among names of publications.
fn labelled(credit: &str) -> Option<Vec<Agency>> {
    distinct(parts(credit).into_iter().filter_map(Agency::known))
}

/// Returns the agencies of a credit beside which nothing stands but the marks of editors: one of a name
/// and an agency is as likely a photographer's, unless the day of the report stands there too.
fn signs(credit: &str) -> Option<Vec<Agency>> {
    let parts = parts(credit);
    let is_mark = |part: &&str| !part.trim().contains(char::is_whitespace);
    let is_name = |part: &&str| is_dated(credit) && is_whole_name(part.trim(), false);
    let are_marks =
        parts.iter().all(|part| is_mark(part) || Agency::known(part).is_some() || is_name(part));
    if are_marks { agencies_among(&parts) } else { None }
}

/// Returns the agencies among the names of a credit; names that may be others' count beside a sure one,
/// and most of them beside a person.
fn agencies_among(parts: &[&str]) -> Option<Vec<Agency>> {
    let named: Vec<(&str, Agency)> =
        parts.iter().filter_map(|part| Some((*part, agency_of(part)?))).collect();
    let is_person =
        |part: &&str| is_whole_name(part.trim(), false) && Agency::known(part).is_none();
    let unsure = if parts.iter().any(is_person) { UNSURE_BESIDE_PERSON } else { UNSURE };
    let is_sure = |part: &str| !unsure.contains(&part.trim_matches(['(', ')', ' ', '.']));
    if !named.iter().any(|(part, _)| is_sure(part)) {
        return None;
    }
    distinct(named.into_iter().map(|(_, agency)| agency))
}

/// Returns the agency of this name, or the one for which somebody writes: `Jane Doe AP Sports Writer`.
fn agency_of(part: &str) -> Option<Agency> {
    Agency::known(part).or_else(|| agency_of_office(part))
}

/// Returns the agencies, each once; `None` where there are none.
fn distinct(agencies: impl Iterator<Item = Agency>) -> Option<Vec<Agency>> {
    let mut distinct = Vec::new();
    for agency in agencies {
        if !distinct.contains(&agency) {
            distinct.push(agency);
        }
    }
    (!distinct.is_empty()).then_some(distinct)
}

/// Splits a credit into its names, without days: `FR mit dpa`, `AFP, EFE y Reuters`, `KNA 19.11.21`.
fn parts(credit: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for listed in credit.split(['/', ',', ';', '|', '+', '&', '(', ')', '•', '·', '©']) {
        let mut start = 0;
        let mut end = 0;
        for word in listed.split_inclusive(char::is_whitespace) {
            let from = end;
            end += word.len();
            let is_name = word.contains(char::is_alphabetic);
            if !is_name || JOINTS.contains(&word.trim().to_lowercase().as_str()) {
                parts.push(&listed[start..from]);
                start = end;
            }
        }
        parts.push(&listed[start..]);
    }
    parts.retain(|part| part.contains(char::is_alphabetic));
    parts
}

fn is_of_picture(credit: &str) -> bool {
    let lower = credit.to_lowercase();
    OF_PICTURES.iter().any(|word| lower.contains(word))
        && !OPENERS.iter().any(|opener| lower.starts_with(opener))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(agencies: Option<&Vec<Agency>>) -> Vec<&str> {
        agencies.map_or(&[][..], Vec::as_slice).iter().map(Agency::as_str).collect()
    }

    #[test]
    fn lines_that_are_credits_name_agencies() {
        for (line, agencies) in [
            ("REUTERS", &["Reuters"][..]),
            ("Source: Agence France-Presse", &["AFP"]),
            ("Quelle: Lake Crier, ino/dpa", &["dpa"]),
            ("Source: PA", &["PA"]),
            ("dpa/lno", &["dpa"]),
            ("FR mit dpa", &["dpa"]),
            ("(Con información de AFP, EFE y Reuters)", &["AFP", "EFE", "Reuters"]),
            ("With files from The Canadian Press", &["The Canadian Press"]),
            ("The Associated Press and Reuters contributed to this report.", &["AP", "Reuters"]),
            ("© AFP", &["AFP"]),
            ("KNA 19.11.21", &["KNA"]),
            ("PA", &[]),
            ("Jane Doe/AFP", &[]),
            ("Foto: dpa", &[]),
            ("Reuters reported on Tuesday that the ministers had met.", &[]),
            ("Ministers meet with Reuters", &[]),
            ("Source: Lake Crier", &[]),
        ] {
            assert_eq!(names(in_line(line).as_ref()), agencies, "{line}");
        }
    }

    #[test]
    fn texts_are_signed_at_their_end() {
        let text = "The ministers met.\n\nTheir talks went on until the night.";
        let signature = |end: &str| {
            let body = format!("{text}{end}");
            signed(&body)
                .map(|(agencies, credit)| (names(Some(&agencies)).join(" "), credit.to_owned()))
        };
        let found = |agencies: &str, credit: &str| Some((agencies.to_owned(), credit.to_owned()));
        assert_eq!(signature(" (dpa/lno)"), found("dpa", "dpa/lno"));
        assert_eq!(signature(" (AFP, Reuters) +++"), found("AFP Reuters", "AFP, Reuters"));
        assert_eq!(signature("\n\n/Bloomberg"), found("Bloomberg", "/Bloomberg"));
        assert_eq!(signature(" He is from Erie (PA)."), None);
        assert_eq!(signature(" (Photo: AFP)"), None);
        assert_eq!(signature(" (Jane Doe/AFP)"), None);
        assert_eq!(signature(""), None);
        assert_eq!(signed("Talks (dpa)\n\nA.\n\nB.\n\nC."), None);
    }

    #[test]
    fn lines_that_name_a_source_and_the_day_are_credits() {
        let line = "8. Mai 2023, 11:34 UhrQuelle: Lake Crier, AFP, dpa, ale914 Kommentare";
        assert_eq!(names(in_line_with_source(line).as_ref()), ["AFP", "dpa"]);
        let line = "8. Mai 2023 Quelle: Lake Crier";
        assert_eq!(in_line_with_source(line), None);
        assert_eq!(in_line_with_source("He sent it to this source: AFP, of all."), None);
    }

    #[test]
    fn a_person_signs_with_an_agency_and_the_day() {
        let credit = "Jane Doe, APA, 13.6.2022";
        assert_eq!(person_in_dated_credit(credit), Some("Jane Doe"));
        assert_eq!(names(in_line(credit).as_ref()), ["APA"]);
        assert_eq!(person_in_dated_credit("Jane Doe, APA"), None);
        assert_eq!(person_in_dated_credit("Jane Doe, 13.6.2022"), None);
    }

    #[test]
    fn credits_name_agencies_among_authors() {
        for (credit, agencies) in [
            ("Av: Jane Doe, TT", &["TT"][..]),
            ("By JANE DOE Associated Press Writer", &["AP"]),
            ("By Jane Doe, AP Business Writer", &["AP"]),
            ("TT", &[]),
            ("Jane Doe, Associated Press", &["AP"]),
            ("AFP/The Local", &["AFP"]),
            ("det/dpa", &["dpa"]),
            ("John Smith, PA", &[]),
            ("Mike Blake, Reuters files", &[]),
        ] {
            assert_eq!(names(in_credit(credit).as_ref()), agencies, "{credit}");
        }
    }
}
