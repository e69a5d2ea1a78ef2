//! Text exports of news databases: Nexis, Factiva, ProQuest. Many documents lie in a file, and labels
//! tell their fields.
//!
//! A row of [`FORMATS`] says how one kind of export is recognized, where its documents end and how
//! one of them is read; the labels are a table beside each. What an export holds besides its
//! documents, such as a cover or the terms of use, is left out and named.

mod factiva;
mod labelled;
mod nexis;
mod proquest;

use memchr::memchr;

use super::Reader;
use crate::ingest::ReadOptions;
use crate::ingest::decode::decode;
use crate::ingest::detect::{HEAD_BYTES, Sample};
use crate::ingest::draft::Draft;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::input::Input;
use crate::ingest::limits::LimitExceeded;
use crate::ingest::records::{Flow, Reading, Records};

/// Reads exports of news databases.
pub(super) struct Database;

/// One kind of export.
struct Format {
    /// Tells whether a text starts as such an export does.
    recognizes: fn(&str) -> bool,
    /// Tells which end of a document a line marks.
    boundary: fn(&str) -> Boundary,
    /// Tells whether what lies between two boundaries is a document.
    is_document: fn(&str) -> bool,
    /// Reads a document.
    read: fn(&str) -> Draft,
}

/// What a line is to the documents around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Boundary {
    /// The first line of a document.
    Before,
    /// The last line of a document.
    After,
    /// A line like any other.
    No,
}

const FORMATS: &[Format] = &[nexis::CLASSIC, nexis::UNI, factiva::FACTIVA, proquest::PROQUEST];

/// The longest line, in bytes, that can mark the end of a document.
const LONGEST_BOUNDARY: usize = 200;

impl Reader for Database {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.text().is_some_and(|text| format_of(text).is_some())
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        // Without one, which happens only where nobody asked, nothing in the file is a document.
        let format = format_of(&decode(input.peek(HEAD_BYTES), None)).unwrap_or(&nexis::CLASSIC);
        let max = records.options().limits.max_record_bytes;
        let mut number = 0;
        while let Some(taken) = next_document(input, format.boundary, max) {
            match taken {
                Ok(length) => {
                    let bytes = &input.ahead()[..length];
                    let text = decode(bytes, None);
                    if (format.is_document)(&text) {
                        number += 1;
                        records.record(Some(number), bytes, |_| {
                            Ok(Reading::Draft((format.read)(&text)))
                        })?;
                    } else if text.contains(char::is_alphabetic) {
                        let part = "a part of an export without the fields of a document";
                        records.skip(None, SkipReason::Unsupported(part.to_owned()))?;
                    }
                    input.consume_ahead(length);
                }
                Err(problem) => {
                    number += 1;
                    records.fail(Some(number), problem)?;
                }
            }
        }
        Flow::Continue(())
    }
}

fn format_of(text: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.recognizes)(text))
}

/// Returns the documents in a text that is an export, such as the body of an alert that a database
/// sent by mail, and what is read from each; none where it is no export.
pub(super) fn documents_in(text: &str) -> Vec<(&str, Draft)> {
    let Some(format) = format_of(text) else { return Vec::new() };
    let mut input = Input::new(text.as_bytes());
    let (mut documents, mut start) = (Vec::new(), 0);
    while let Some(Ok(length)) = next_document(&mut input, format.boundary, u64::MAX) {
        input.consume_ahead(length);
        let document = &text[start..start + length];
        if (format.is_document)(document) {
            documents.push((document, (format.read)(document)));
        }
        start += length;
    }
    documents
}

/// Returns the length of the document that the input starts with, or why it was passed over.
fn next_document(
    input: &mut Input<'_>,
    boundary: fn(&str) -> Boundary,
    max: u64,
) -> Option<Result<usize, Problem>> {
    let mut is_too_long = false;
    let (mut line, mut searched) = (0, 0);
    loop {
        let ahead = input.ahead();
        while let Some(end) = memchr(b'\n', &ahead[searched..]).map(|at| searched + at + 1) {
            let length = match boundary_at(&ahead[line..end], boundary) {
                Boundary::Before if is_too_long || !ahead[..line].trim_ascii().is_empty() => {
                    Some(line)
                }
                Boundary::After => Some(end),
                _ => None,
            };
            if let Some(length) = length {
                return Some(within(is_too_long, length, input, max));
            }
            (line, searched) = (end, end);
        }
        searched = ahead.len();
        if ahead.len() as u64 > max {
            // What follows up to its end is still of the document that is too long.
            is_too_long = true;
            let passed = line;
            input.consume_ahead(if passed == 0 { searched } else { passed });
            searched -= if passed == 0 { searched } else { passed };
            line = 0;
        }
        match input.more() {
            Ok(true) => {}
            Ok(false) if input.ahead().is_empty() && !is_too_long => return None,
            Ok(false) => {
                let length = input.ahead().len();
                return Some(within(is_too_long, length, input, max));
            }
            Err(error) => {
                let length = input.ahead().len();
                input.consume_ahead(length);
                return Some(Err(error.into()));
            }
        }
    }
}

/// Returns the length of a document, or passes the end of one that is over the limit.
fn within(
    is_too_long: bool,
    length: usize,
    input: &mut Input<'_>,
    max: u64,
) -> Result<usize, Problem> {
    if is_too_long {
        input.consume_ahead(length);
        return Err(LimitExceeded::RecordBytes(max).into());
    }
    Ok(length)
}

fn boundary_at(line: &[u8], boundary: fn(&str) -> Boundary) -> Boundary {
    let line = line.trim_ascii();
    if line.is_empty() || line.len() > LONGEST_BOUNDARY {
        return Boundary::No;
    }
    boundary(String::from_utf8_lossy(line).trim())
}

/// Reads `1 of 2`, in the languages of the databases, and returns what follows.
fn after_count(text: &str) -> Option<&str> {
    const OF: &[&str] = &["of", "von", "de", "di", "van", "sur", "из"];
    let (first, rest) = text.split_once(' ')?;
    let (of, rest) = rest.trim_start().split_once(' ')?;
    let rest = rest.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(first) && digits > 0 && OF.contains(&of)).then(|| rest[digits..].trim_start())
}

/// Tells whether a line is `Document 1 of 2` or `1 of 2 DOCUMENTS`, in the languages of the databases.
fn is_document_count(line: &str) -> bool {
    let is_document = |word: &str| {
        let word = word.to_lowercase();
        ["document", "dokument", "документ"].iter().any(|stem| word.starts_with(stem))
            && word.chars().count() <= 11
    };
    if let Some(word) = after_count(line) {
        return is_document(word);
    }
    line.split_once(' ').is_some_and(|(word, count)| {
        is_document(word) && after_count(count.trim_start()).is_some_and(str::is_empty)
    })
}

/// Tells whether a line says how long a document is: `512 words`.
fn is_word_count(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words",
        "word",
        "wörter",
        "worte",
        "mots",
        "palabras",
        "palavras",
        "parole",
        "woorden",
        "слов",
        "слова",
        "ord",
        "sanaa",
        "słów",
        "slov",
    ];
    line.split_once([' ', '\u{a0}']).is_some_and(|(number, unit)| {
        number.starts_with(|digit: char| digit.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
            && WORDS.contains(&unit.trim().to_lowercase().as_str())
    })
}

/// Tells whether a line says whose the rights to a document are.
fn is_rights(line: &str) -> bool {
    const OPENERS: &[&str] = &[
        "copyright",
        "©",
        "(c)",
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "todos los derechos reservados",
        "alle rechten voorbehouden",
        "tutti i diritti riservati",
        "todos os direitos reservados",
    ];
    let line = line.trim().to_lowercase();
    line.len() <= LONGEST_BOUNDARY && OPENERS.iter().any(|opener| line.starts_with(opener))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::records::Record;
    use crate::ingest::testing::{Seen, read_in_pieces, read_with};
    use crate::ingest::{Limits, ReadOptions};

    /// Returns the fields of an article: title, date, outlet, authors, section, language, body.
    fn fields(seen: &Seen) -> [String; 7] {
        let article = seen.article();
        let outlet = article.outlet.as_ref().map(|outlet| outlet.value.to_string());
        let published = article.published.as_ref().map(|date| date.value.to_string());
        let section = article.section.as_ref().map(|section| section.value.clone());
        let language = article.language.as_ref().map(|language| language.value.to_string());
        let byline = article.byline.as_ref().map(|byline| byline.value.to_string());
        [
            article.title_text().to_owned(),
            published.unwrap_or_default(),
            outlet.unwrap_or_default(),
            byline.unwrap_or_default(),
            section.unwrap_or_default(),
            language.unwrap_or_default(),
            article.body.clone(),
        ]
    }

    fn check(export: &str, expected: &[[&str; 7]]) {
        for size in [1, 40, 1 << 16] {
            let found = read_in_pieces("a.txt", export.as_bytes(), size);
            let articles = found.iter().filter(|seen| !matches!(seen.0, Record::Skipped { .. }));
            let found: Vec<[String; 7]> = articles.map(fields).collect();
            assert_eq!(found, expected);
        }
    }

    const NEXIS: &str = "                   1 of 2 DOCUMENTS\n\n\n               The Guardian (London)\n\n\
        \x20              January 25, 2022 Tuesday\n               Final Edition\n\nBridge to close;\nCouncil votes\n\n\
        BYLINE: Ann Lee\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: 12 words\n\nDATELINE: LONDON\n\nThe council voted.\n\n\
        NOTE: it was late. LENGTH: unknown.\n\nLOAD-DATE: January 25, 2022\n\nLANGUAGE: ENGLISH\n\n\
        PUBLICATION-TYPE: Newspaper\n\n\n        Copyright 2022 Guardian Newspapers Limited\n        All Rights Reserved\n\n\n\
        \x20                  2 of 2 DOCUMENTS\n\n            Copyright 2022 The Times Company\n               The Times\n\n\
        \x20              January 26, 2022 Wednesday\n\nSECTION: Section A; Column 1; Foreign Desk; Pg. 5\n\n\
        LENGTH: 1,090 words\n\nHEADLINE: Second\n\nBYLINE:  By BOB RAY\n\nBODY:\n\nOne.\n\nTwo.\n\nGRAPHIC: A map\n\n\
        URL: http://t.example\n";

    #[test]
    fn documents_of_nexis_are_told_apart() {
        check(
            NEXIS,
            &[
                [
                    "Bridge to close; Council votes",
                    "2022-01-25",
                    "The Guardian",
                    "Ann Lee",
                    "NEWS",
                    "en",
                    "The council voted.\n\nNOTE: it was late. LENGTH: unknown.",
                ],
                ["Second", "2022-01-26", "The Times", "BOB RAY", "Section A", "en", "One.\n\nTwo."],
            ],
        );
        let found = read_in_pieces("a.txt", NEXIS.as_bytes(), 1 << 16);
        let dateline = found[0].article().dateline.as_ref().unwrap();
        assert_eq!(dateline.place.as_deref(), Some("LONDON"));
        assert_eq!(found[1].article().url.as_ref().unwrap().value, "http://t.example");
    }

    #[test]
    fn labels_of_nexis_are_known_in_other_languages() {
        let cases = [
            (
                "Dokument 1 von 1\n\nDer Bote\n\n25. Januar 2022 Dienstag\n1. Ausgabe\n\nBrücke zu\n\n\
                 AUTOR: Anna Müller\n\nRUBRIK: Lokales; S. 3\n\nLÄNGE: 120 Wörter\n\nDer Rat tagte.\n\n\
                 UPDATE: 25. Januar 2022\n\nSPRACHE: GERMAN; DEUTSCH\n\nAlle Rechte vorbehalten\n",
                [
                    "Brücke zu",
                    "2022-01-25",
                    "Der Bote",
                    "Anna Müller",
                    "Lokales",
                    "de",
                    "Der Rat tagte.",
                ],
            ),
            (
                "1 of 1 DOCUMENT\n\nLe Phare\n\n25 janvier 2022 mardi\n\nLe pont ferme\n\nAUTEUR: Anne Lenoir\n\n\
                 RUBRIQUE: Ville; Pg. 2\n\nLONGUEUR: 120 mots\n\nLe conseil a voté.\n\n\
                 DATE-CHARGEMENT: 25 janvier 2022\n\nLANGUE: FRENCH; FRANÇAIS\n\nTous droits réservés\n",
                [
                    "Le pont ferme",
                    "2022-01-25",
                    "Le Phare",
                    "Anne Lenoir",
                    "Ville",
                    "fr",
                    "Le conseil a voté.",
                ],
            ),
        ];
        for (export, expected) in cases {
            check(export, &[expected]);
        }
    }

    #[test]
    fn documents_of_nexis_uni_have_their_headline_first() {
        let uni = "User Name: A\nJob Number: 1\nDocuments (2)\n1. Bridge to close\n\nPage 1 of 2\nBridge to close\n\n\
            Bridge to close\nThe Guardian (London)\nJanuary 25, 2022 Tuesday\n\nCopyright 2022 Guardian All Rights Reserved\n\n\
            Section: UK NEWS; Version:1\nLength: 120 words\nByline: Ann Lee\nBody\n\n\nThe council voted.\n\n\
            Page 2 of 2\nBridge to close\n\nSection: of the bridge.\n\nClassification\n\nLanguage: ENGLISH\n\n\
            Load-Date: January 25, 2022\n\n\nEnd of Document\nSecond\nThe Herald\nJanuary 26, 2022\n\n\
            Length: 90 words\nBody\n\nThe mayor spoke to the council.\n\nLoad-Date: January 26, 2022\n\nEnd of Document\n";
        check(
            uni,
            &[
                [
                    "Bridge to close",
                    "2022-01-25",
                    "The Guardian",
                    "Ann Lee",
                    "UK NEWS",
                    "en",
                    "The council voted.\n\nSection: of the bridge.",
                ],
                [
                    "Second",
                    "2022-01-26",
                    "The Herald",
                    "",
                    "",
                    "en",
                    "The mayor spoke to the council.",
                ],
            ],
        );
    }

    #[test]
    fn documents_of_factiva_are_read_with_codes_and_without() {
        let coded = "SE   News\nHD   Bridge to close\nBY   By Ann Lee\nWC   120 words\nPD   25 January 2022\nET   06:00\n\
            SN   The Courier\nLA   English\nCY   (c) 2022 The Courier\n\nLP\n\nThe council voted.\n\nTD   The mayor spoke.\n\n\
            IN the end all agreed.\n\nCO   xyz : XYZ Corp\nRE   uk : United Kingdom\nAN   Document COUR000020220125ei1p00001\n\n\
            HD   Second\nPD   26 January 2022\nSN   The Herald\nTD   The mayor spoke to the council.\nAN   Document HER0000020220126ei1p00002\n\n\
            Search Summary\nText  bridge\n";
        let plain = "News\nBridge to close\nBy Ann Lee\n120 words\n25 January 2022\n06:00\nThe Courier\nCOUR\n3\nEnglish\n\
            (c) 2022 The Courier\n\nThe council voted.\n\nThe mayor spoke.\n\nIN the end all agreed.\n\n\
            Document COUR000020220125ei1p00001\n\nSecond\n90 words\n26 January 2022\nThe Herald\nHER\nEnglish\n\
            Copyright 2022. The Herald\n\nThe mayor spoke to the council.\n\nDocument HER0000020220126ei1p00002\n";
        for export in [coded, plain] {
            check(
                export,
                &[
                    [
                        "Bridge to close",
                        "2022-01-25T06:00:00",
                        "The Courier",
                        "Ann Lee",
                        "News",
                        "en",
                        "The council voted.\n\nThe mayor spoke.\n\nIN the end all agreed.",
                    ],
                    [
                        "Second",
                        "2022-01-26",
                        "The Herald",
                        "",
                        "",
                        "en",
                        "The mayor spoke to the council.",
                    ],
                ],
            );
        }
        let found = read_in_pieces("a.txt", coded.as_bytes(), 1 << 16);
        let given = &found[0].article().given_entities;
        let names: Vec<&str> = given.iter().map(|given| given.name.as_str()).collect();
        assert_eq!(names, ["XYZ Corp", "United Kingdom"]);
    }

    #[test]
    fn documents_of_proquest_lie_between_rulers() {
        let ruler = "_".repeat(60);
        let export = format!(
            "Table of contents\n1. Bridge to close\n\n{ruler}\n\nDocument 1 of 2\n\nBridge to close\n\nAuthor: Lee, Ann; Ray, Bob\n\n\
             Abstract: The council voted.\n\nFull text: The council voted.\n\nLocation: they had none.\n\nThe mayor spoke.\n\n\
             People: Wills, Jane\n\nTitle: Bridge to close\n\nPublication title: New York Times\n\n\
             Publication date: Jan 25, 2022\n\nSection: A\n\nLanguage of publication: English\n\n\
             Document URL: https://p.example/1\n\n{ruler}\n\nDocument 2 of 2\n\nSecond\n\n\
             Publication info: Herald, Late Edition; New York, N.Y. [New York, N.Y]26 Jan 2022: A.1.\n\n\
             Abstract: The mayor spoke to the council.\n\n{ruler}\n\nContact us at: http://p.example\n"
        );
        check(
            &export,
            &[
                [
                    "Bridge to close",
                    "2022-01-25",
                    "New York Times",
                    "Ann Lee, Bob Ray",
                    "A",
                    "en",
                    "The council voted.\n\nThe mayor spoke.",
                ],
                ["Second", "2022-01-26", "Herald", "", "", "en", "The mayor spoke to the council."],
            ],
        );
    }

    #[test]
    fn articles_that_only_look_like_exports_are_none() {
        let near = [
            "Report on the archive\n\nLENGTH: 120 words\n\nBYLINE: Ann Lee\n\nText of it.",
            "1 of 2 documents was found\n\nThe police said. LENGTH: 12 words\n",
            "1 of 2 DOCUMENTS\n\nThe leak came in two parts, the paper said.",
            "Length: 120 words\nBody\n\nThe body was found by the river, police said.",
            "Body\n\nLoad-Date: 3 May\n\nEnd of Document\n",
            "IN  brief\nHD  television is here\nTD  Bank said.\n",
            "512 words\n25 January 2022\nThe Courier\n(c) 2022 The Courier\n\nText.",
            "Document 2022 was signed\n\nHD   screens\nSN   the news\nTD   three\n",
            "________________________________________________\n\nTitle: A\nAuthor: B\n\nText.",
        ];
        for text in near {
            assert!(format_of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_document_over_the_limit_costs_no_other() {
        let (first, second) = NEXIS.split_at(NEXIS.rfind("2 of 2").unwrap());
        let long = format!("{first}{}\n\n{second}", "A sentence that goes on.\n".repeat(9000));
        let limits = Limits { max_record_bytes: 2000, ..Limits::default() };
        let found =
            read_with("a.txt", long.as_bytes(), &ReadOptions { limits, ..ReadOptions::default() });
        let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(shown.len(), 2);
        assert!(shown[0].starts_with("a.txt#1 failed: "), "{}", shown[0]);
        assert_eq!(shown[1], "a.txt#2 Second");
    }
}
