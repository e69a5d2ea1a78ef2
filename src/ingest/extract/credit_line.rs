//! Lines that name an author beside something else: "Posted on 3 May 2020 by Jane Doe", "Date:
//! 3.5.2020 Author: Jane Doe", and labels whose name stands in the next line.
//!
//! A line that is a credit and nothing else is read by [`byline`].

use super::byline;
use super::credit_name::{is_account, is_known_person, is_person, is_whole_name};
use super::credit_part::is_abbreviation;
use super::date::{self, NumericOrder};

/// The longest line, in characters, that is a credit and nothing else.
const LONGEST_CREDIT: usize = 100;

/// The longest of "by", "von:" and the like, in bytes.
const LONGEST_BY: usize = 4;

/// The longest line, in characters, that is looked at; what is longer is prose.
const LONGEST_LINE: usize = 200;

/// The most words of a credit.
const MOST_WORDS: usize = 12;

/// Words that open the line in which a content system says who posted when, in lower case.
const POSTED: &[&str] = &[
    "posted",
    "published",
    "submitted",
    "written",
    "filed",
    "created",
    "added",
    "geschrieben",
    "veröffentlicht",
    "verfasst",
    "erstellt",
    "eingestellt",
    "gepostet",
    "gespeichert",
    "publié",
    "posté",
    "publicado",
    "publicada",
    "escrito",
    "pubblicato",
    "inviato",
    "geplaatst",
    "skrevet",
];

/// Words before the name, in lower case.
const BY: &[&str] = &["by", "von", "par", "por", "da", "door", "av", "af"];

/// Words after the name, in lower case.
const AFTER_NAME: &[&str] = &[
    "on",
    "am",
    "at",
    "in",
    "under",
    "um",
    "unter",
    "vom",
    "le",
    "el",
    "il",
    "op",
    "den",
    "filed",
    "gespeichert",
    "posted",
    "published",
    "updated",
    "last",
    "aktualisiert",
    "erstellt",
    "zuletzt",
];

/// Labels of authors, in lower case; a colon follows, or a line break.
const LABELS: &[&str] = &[
    "autor",
    "autorin",
    "autor/in",
    "autor/-in",
    "autor*in",
    "autoren",
    "author",
    "authors",
    "author(s)",
    "auteur",
    "auteurs",
    "auteur(s)",
    "autore",
    "autores",
    "von",
    "by",
    "text",
    "texte",
    "words",
    "words by",
    "text by",
    "text von",
    "written by",
    "published by",
    "article by",
    "verfasst von",
    "geschrieben von",
    "interview",
    "text & foto",
    "text & fotos",
    "text und foto",
    "text und fotos",
    "text und bilder",
    "text und interview",
    "text & photos",
    "text and photos",
    "words and photos",
    "redaktion",
    "作者",
    "责任编辑",
    "编辑",
    "記者",
    "记者",
    "автор",
];

/// Returns the authors whom a line names that is a credit, has a name beside a day or says who posted.
pub fn authors(line: &str) -> Vec<String> {
    if line.chars().count() > LONGEST_CREDIT {
        return posters(line);
    }
    let line = line.trim_start_matches([' ', '-', '–', '—']);
    if byline::is_byline(line) {
        let people = people(line);
        let is_plain = people.len() == 1;
        let is_name = |name: &String| is_whole_name(name, is_plain) || is_abbreviation(name);
        let are_names =
            people.iter().all(is_name) && people.iter().any(|name| is_whole_name(name, is_plain));
        if are_names {
            return people;
        }
    }
    let parts = line.split(['|', '•', '·']).map(|part| signed(part.trim()));
    let beside = || byline::beside_date(line).map(|credit| people(&credit));
    let posted = std::iter::once_with(|| posters(line));
    let mut found = parts.chain(posted).filter(|people| !people.is_empty());
    let person = || person_beside_day(line).map(people).unwrap_or_default();
    found.next().or_else(beside).unwrap_or_else(person)
}

/// Returns the person whose name stands beside a day in a line, which may say more: "Jane Doe 3.5.2020,
/// 10:15 Uhr", "3 May 2020 | Updated 4 May 2020 | Jane Doe | 3 comments".
fn person_beside_day(line: &str) -> Option<&str> {
    let dates = date::find_all(line, NumericOrder::DayFirst);
    let dates = dates.into_iter().filter(|date| date.day.is_some());
    let mut end = 0;
    let mut parts = Vec::new();
    for date in dates {
        parts.push(&line[end..date.span.start]);
        end = date.span.end;
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(&line[end..]);
    let parts = parts.into_iter().flat_map(|part| part.split(BETWEEN_PARTS));
    let mut names = parts.map(|part| {
        let part = without_time(part);
        up_to_end(byline::after_opener(part).unwrap_or(part))
    });
    names.find(|name| is_known_person(name))
}

/// What parts a name from what else stands in its line.
const BETWEEN_PARTS: &[char] = &['|', '•', '·', '/', '~', '–', '—', ',', '(', ')'];

/// Takes off what says when at both ends of a part of a line: times, numbers, what the day is called.
fn without_time(part: &str) -> &str {
    let mut rest = part.trim();
    while !rest.is_empty() {
        let first = rest.split(' ').next().unwrap_or_default();
        let last = rest.rsplit(' ').next().unwrap_or_default();
        rest = if is_of_date(first) {
            rest[first.len()..].trim_start()
        } else if is_of_date(last) {
            rest[..rest.len() - last.len()].trim_end()
        } else {
            break;
        };
    }
    rest
}

/// Returns what stands before the first word that ends a name.
fn up_to_end(name: &str) -> &str {
    let mut at = 0;
    for word in name.split(' ') {
        if ends_name(word) {
            return name[..at].trim_end();
        }
        at += word.len() + 1;
    }
    name
}

/// Returns the desk whose credit a line is: it opens like one, or has a day.
pub(super) fn desk(line: &str) -> Option<String> {
    if line.chars().count() > LONGEST_DESK {
        return None;
    }
    let rest = without_time(line);
    let day = date::find_first(rest, NumericOrder::DayFirst).map(|day| day.span.start);
    let is_credit =
        day.is_some() || rest.len() < line.trim().len() || byline::after_opener(rest).is_some();
    let name = rest[..day.unwrap_or(rest.len())]
        .trim_end_matches(|letter: char| !letter.is_alphanumeric());
    if is_credit { byline::desk(name) } else { None }
}

/// The longest credit of a desk, in characters.
const LONGEST_DESK: usize = 60;

/// Returns who posted the article, by a line that says who did so when or where.
fn posters(line: &str) -> Vec<String> {
    of_posting(line).map(|credit| named(&credit)).unwrap_or_default()
}

/// Returns the people of a line that is a credit and gives all of their names.
fn signed(line: &str) -> Vec<String> {
    if !byline::is_byline(line) {
        return Vec::new();
    }
    let people = people(line);
    if people.iter().all(|name| is_whole_name(name, false)) { people } else { Vec::new() }
}

/// Returns the people of a credit that a verb or a label opens, up to the first that is no name.
pub(super) fn named(credit: &str) -> Vec<String> {
    let people = people(credit).into_iter();
    people.take_while(|name| is_whole_name(name, true) || is_account(name)).collect()
}

/// Returns the people that a credit names: not addresses, nor accounts of systems.
pub(super) fn people(credit: &str) -> Vec<String> {
    byline::parse_marked(credit).into_iter().filter(|author| is_person(author)).collect()
}

/// Returns the authors whom a line names that is a credit, has a label or stands below one.
pub(super) fn labelled_authors(line: &str, label_above: Option<&str>) -> Vec<String> {
    let is_short = line.chars().count() <= LONGEST_CREDIT;
    match (label_above, labelled(line)) {
        (Some(label), _) if is_short => {
            let mut people = named(line);
            // After "by" alone a single word is a name, after "text" it need not be.
            people.retain(|name| label.len() <= LONGEST_BY || name.contains(' '));
            people
        }
        (_, Some(credit)) => named(credit),
        (_, None) if is_short => {
            let people = signed(line);
            if people.is_empty() { posters(line) } else { people }
        }
        _ => Vec::new(),
    }
}

/// Returns the name in a line that says who posted when or where: it opens with such a verb, or with
/// a date.
pub fn of_posting(line: &str) -> Option<String> {
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let by = words.iter().position(|word| BY.contains(&word.to_lowercase().as_str()))?;
    let opens_posting = POSTED.contains(&bare(words[0]).to_lowercase().as_str());
    let is_dated = words[..by].iter().all(|word| is_of_date(word)) && has_day(line);
    if !opens_posting && !is_dated {
        return None;
    }
    let mut name: Vec<&str> =
        words[by + 1..].iter().take_while(|word| !ends_name(word)).copied().collect();
    // A word with a colon is the label of something else.
    if let Some(label) = name.iter().position(|word| word.ends_with([':', '：'])) {
        name.truncate(label);
    }
    (1..=MOST_WORDS).contains(&name.len()).then(|| name.join(" "))
}

/// Returns the name in a line that says who posted and on what day.
pub fn of_dated_posting(line: &str) -> Option<String> {
    of_posting(line).filter(|_| has_day(line))
}

fn has_day(line: &str) -> bool {
    date::find_first(line, NumericOrder::DayFirst).is_some_and(|found| found.day.is_some())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Tells whether a word is part of a date or a time, or a mark.
fn is_of_date(word: &str) -> bool {
    byline::is_label(word)
        || bare(word).is_empty()
        || word.chars().all(|letter| letter.is_numeric() || ".,:/-".contains(letter))
}

fn ends_name(word: &str) -> bool {
    AFTER_NAME.contains(&word.to_lowercase().as_str())
        || word.starts_with(|letter: char| letter.is_numeric() || "|(•·-–—»@".contains(letter))
        || date::is_name_in_date(bare(word))
}

/// Returns what follows the label of an author in a line, as far as the next label: "Jane Doe" of
/// "Date: 3.5.2020 Author: Jane Doe Source: Crier".
pub fn labelled(line: &str) -> Option<&str> {
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    let colon = line
        .char_indices()
        .filter(|(_, letter)| matches!(letter, ':' | '：'))
        .find(|(at, _)| ends_with_label(&line[..*at]))?;
    let rest = line[colon.0 + colon.1.len_utf8()..].trim_start();
    let rest = rest.split(['(', '|', '•', '·']).next().unwrap_or_default();
    let credit = match rest.find([':', '：']) {
        // The last word before a colon is the next label.
        Some(next) => rest[..next].trim_end().rsplit_once(' ').map_or("", |(credit, _)| credit),
        None => rest,
    };
    let credit = credit.trim();
    let is_short = (1..=MOST_WORDS).contains(&credit.split_whitespace().count());
    is_short.then_some(credit)
}

/// Tells whether a line neither has the label of an author nor says who posted.
pub(super) fn is_unlabelled(line: &str) -> bool {
    labelled(line).is_none() && of_posting(line).is_none()
}

/// Tells whether what stands before a colon ends with a label, as a whole or after other words.
fn ends_with_label(text: &str) -> bool {
    let text = text.trim_end();
    if LABELS.contains(&text.to_lowercase().as_str()) {
        return true;
    }
    // Prose may end with an ordinary word, "he sent a text: ...", but not with a capital on it.
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.starts_with(char::is_uppercase) && LABELS.contains(&last.to_lowercase().as_str())
}

/// Tells whether a line is the label of an author and nothing else.
pub fn is_label_of_author(line: &str) -> bool {
    let label = line.trim().trim_end_matches([':', '：', ' ']).to_lowercase();
    LABELS.contains(&label.as_str())
}

/// Returns what stands in brackets at the end of a paragraph, `pair` of them: "so it remains to be seen.
/// (Jane Doe) +++".
pub(super) fn in_last_brackets<'text>(paragraph: &'text str, pair: &str) -> Option<&'text str> {
    let (open, close) = pair.split_at(1);
    let inside = paragraph.trim_end_matches(['+', '.', ' ', '/', '*']).strip_suffix(close)?;
    inside.rsplit_once(open).map(|(_, inside)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_content_systems_name_who_posted() {
        let cases = [
            ("Posted on March 21, 2020 by Jane Doe", Some("Jane Doe")),
            ("Posted in Weather by jdoe on August 3, 2019", Some("jdoe")),
            ("Geschrieben von Jane am 25.08.2015 22:30 (1599 x gelesen)", Some("Jane")),
            ("21. März 2020 von Jane Doe", Some("Jane Doe")),
            ("Von J. D. am 07.08.2013 um 09:07 Uhr", Some("J. D.")),
            ("On 3 May 2020 the ship was seen by Jane Doe", None),
            ("He was seen by many", None),
            ("by", None),
        ];
        for (line, name) in cases {
            assert_eq!(of_posting(line).as_deref(), name, "{line}");
        }
        assert_eq!(of_dated_posting("21. März 2020 von Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(of_dated_posting("Posted in March 2020 by Jane Doe"), None);
    }

    #[test]
    fn people_stand_beside_days() {
        let names = [
            "Jane Doe 19.10.2019, 05:00 Uhr",
            "Jane Doe / 22.04.2020 / 06:15 / Foto: Crier / 150 /",
            "September 17, 2019 Jane Doe 0",
            "3 May 2020 | Updated 4 May 2020 | Jane Doe | 3 comments",
            "Jane Doe Zuletzt geändert am 06.11.2023",
            "The Crier 02/10/2020 Jane Doe",
        ];
        for line in names {
            assert_eq!(authors(line), ["Jane Doe"], "{line}");
        }
        assert_eq!(authors("02.02.2022, 11:30 Uhr von Jane Doe"), ["Jane Doe"]);
        for line in ["Top News 19.10.2019", "New York, 3 May 2020", "Jane Doe"] {
            assert!(authors(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn desks_have_openers_or_days() {
        assert_eq!(desk("Redaktion - 31. Januar 2022").as_deref(), Some("Redaktion"));
        assert_eq!(desk("by Crier Staff Report").as_deref(), Some("Crier Staff Report"));
        assert_eq!(desk("von Redaktion, 24. Januar 2022").as_deref(), Some("Redaktion"));
        assert_eq!(desk("Redaktion"), None);
        assert_eq!(desk("Letters to the Editor"), None);
    }

    #[test]
    fn labels_stand_before_names() {
        assert_eq!(labelled("Datum: 3.5.2020 Autor: Jane Doe Quelle: Crier"), Some("Jane Doe"));
        assert_eq!(labelled("Text & Fotos: Jane Doe"), Some("Jane Doe"));
        assert_eq!(labelled("Autor: Jane Doe (Gast), Rednerin"), Some("Jane Doe"));
        assert_eq!(labelled("责任编辑：王明"), Some("王明"));
        assert_eq!(labelled("She sent a text: nobody came"), None);
        assert_eq!(labelled("Foto: Jane Doe"), None);
        assert!(is_label_of_author("Autor/in :"));
        assert!(!is_label_of_author("Autor Jane Doe"));
    }
}
