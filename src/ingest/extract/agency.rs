//! The credits by which an article says that its report is a news agency's.

use super::line_class::word_estimate;
use super::source_line;
use crate::article::Agency;

/// Names that are those of states, or the initials of anybody, unless a label or an agency stands beside
/// them.
const UNSURE: &[&str] = &["PA", "AA", "TT", "CP", "DJ", "DDP", "IPS", "RIA", "STT", "ATS"];

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
/// `dpa/lno`. Nothing is asked of the other names.
pub fn in_credit(credit: &str) -> Vec<Agency> {
    if is_of_picture(credit) {
        return Vec::new();
    }
    agencies_among(&parts(without_opener(credit).unwrap_or(credit)))
}

/// Returns the agencies whose report a line says that an article is, when it is about nothing else:
/// `Source: Reuters`, `ino/dpa`, `With files from The Canadian Press`.
pub fn in_line(line: &str) -> Vec<Agency> {
    let line = line.trim();
    if line.len() > LONGEST_CREDIT {
        return Vec::new();
    }
    let lower = line.to_lowercase();
    if let Some(at) = CONTRIBUTED.iter().find_map(|end| lower.find(end))
        && let Some(before) = line.get(..at)
    {
        return agencies_among(&parts(before));
    }
    if word_estimate(line) > MOST_CREDIT_WORDS || is_of_picture(line) {
        return Vec::new();
    }
    match without_opener(line) {
        Some(credit) => labelled(credit),
        None => signs(line),
    }
}

/// Returns the agencies that sign a text in one of its last paragraphs, with what they sign: the
/// paragraph is their credit, or ends with it in brackets.
pub fn signed(body: &str) -> Option<(Vec<Agency>, &str)> {
    let last = body.rsplit("\n\n").take(LAST_PARAGRAPHS);
    last.filter_map(|paragraph| {
        let line = in_line(paragraph);
        if !line.is_empty() {
            return Some((line, paragraph));
        }
        let credit = in_last_brackets(paragraph)?;
        let agencies = in_brackets(credit);
        (!agencies.is_empty()).then_some((agencies, credit))
    })
    .next()
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

/// Returns the agencies of a credit that a label opens, among names of publications.
fn labelled(credit: &str) -> Vec<Agency> {
    let parts = parts(credit);
    let agencies = parts.iter().filter_map(|part| Agency::known(part));
    distinct(agencies)
}

/// Returns the agencies of a credit in brackets at the end of a text, with a label or without.
fn in_brackets(credit: &str) -> Vec<Agency> {
    if is_of_picture(credit) {
        return Vec::new();
    }
    without_opener(credit).map_or_else(|| signs(credit), labelled)
}

/// Returns the agencies of a credit beside which nothing stands but the marks of editors: one of a name
/// and an agency is as likely a photographer's.
fn signs(credit: &str) -> Vec<Agency> {
    let parts = parts(credit);
    let is_mark = |part: &&str| !part.trim().contains(char::is_whitespace);
    if parts.iter().all(|part| is_mark(part) || Agency::known(part).is_some()) {
        agencies_among(&parts)
    } else {
        Vec::new()
    }
}

/// Returns the agencies among the names of a credit; names that may be others' count beside a sure one.
fn agencies_among(parts: &[&str]) -> Vec<Agency> {
    let is_unsure = |part: &&&str| UNSURE.contains(&part.trim_matches(['(', ')', ' ', '.']));
    let is_any_sure = parts.iter().any(|part| Agency::known(part).is_some() && !is_unsure(&part));
    if is_any_sure {
        distinct(parts.iter().filter_map(|part| Agency::known(part)))
    } else {
        Vec::new()
    }
}

fn distinct(agencies: impl Iterator<Item = Agency>) -> Vec<Agency> {
    let mut distinct = Vec::new();
    for agency in agencies {
        if !distinct.contains(&agency) {
            distinct.push(agency);
        }
    }
    distinct
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

/// Returns what stands in brackets at the end of a paragraph: "so it remains to be seen. (dpa/lno)".
fn in_last_brackets(paragraph: &str) -> Option<&str> {
    let inside = paragraph.trim_end_matches(['+', '.', ' ', '/', '*']).strip_suffix([')', ']'])?;
    Some(&inside[inside.rfind(['(', '['])? + 1..])
}

fn is_of_picture(credit: &str) -> bool {
    let lower = credit.to_lowercase();
    OF_PICTURES.iter().any(|word| lower.contains(word))
        && !OPENERS.iter().any(|opener| lower.starts_with(opener))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(agencies: &[Agency]) -> Vec<&str> {
        agencies.iter().map(Agency::as_str).collect()
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
            assert_eq!(names(&in_line(line)), agencies, "{line}");
        }
    }

    #[test]
    fn texts_are_signed_at_their_end() {
        let text = "The ministers met.\n\nTheir talks went on until the night.";
        let signature = |end: &str| {
            let body = format!("{text}{end}");
            signed(&body).map(|(agencies, credit)| (names(&agencies).join(" "), credit.to_owned()))
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
    fn credits_name_agencies_among_authors() {
        for (credit, agencies) in [
            ("Jane Doe, Associated Press", &["AP"][..]),
            ("AFP/The Local", &["AFP"][..]),
            ("det/dpa", &["dpa"][..]),
            ("John Smith, PA", &[]),
            ("Mike Blake, Reuters files", &[]),
        ] {
            assert_eq!(names(&in_credit(credit)), agencies, "{credit}");
        }
    }
}
