//! Credit lines: the names of the authors without "By", e-mail addresses, desks and titles.

use super::date::{self, NumericOrder};
use crate::article::Byline;

/// Words that open a credit line, in lower case; a longer one stands before its beginning.
const OPENERS: &[&str] = &[
    "written by",
    "reported by",
    "reporting by",
    "additional reporting by",
    "story by",
    "posted by",
    "published by",
    "article by",
    "text by",
    "words by",
    "report by",
    "exclusive by",
    "analysis by",
    "by",
    "submitted by",
    "created by",
    "added by",
    "geschrieben von",
    "veröffentlicht von",
    "publiziert von",
    "verfasst von",
    "erstellt von",
    "eingestellt von",
    "gespeichert von",
    "gepostet von",
    "text von",
    "ein artikel von",
    "ein beitrag von",
    "von",
    "publié par",
    "posté par",
    "rédigé par",
    "par",
    "écrit por",
    "escrito por",
    "por",
    "publicado por",
    "pubblicato da",
    "scritto da",
    "inviato da",
    "a cura di",
    "di",
    "geplaatst door",
    "geschreven door",
    "door",
    "av",
    "af",
    "skrevet af",
    "skrevet av",
    "skriven av",
    "opublikowane przez",
    "dodane przez",
    "napisał",
    "опубликовал",
    "kirjoittanut",
    "írta",
    "autorin",
    "autoren",
    "autores",
    "autore",
    "autor",
    "auteur",
    "authors",
    "author",
    "text",
    "автор",
    "автори",
    "авторы",
    "yazan",
];

/// Openers that are also ordinary words, and count only before a colon or two names.
const WEAK_OPENERS: &[&str] = &["text", "di", "av", "af", "por", "par"];

/// Words that end what an author does rather than is called, in lower case.
const OFFICES: &[&str] = &[
    "correspondent",
    "editor",
    "reporter",
    "writer",
    "staff",
    "analyst",
    "columnist",
    "journalist",
    "bureau",
    "desk",
    "chief",
    "contributor",
    "producer",
    "blogger",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "redaktion",
    "reporterin",
    "journalistin",
    "correspondante",
    "corresponsal",
    "redactor",
    "redacción",
    "redaction",
    "rédaction",
    "redazione",
    "analysis",
    "interview",
    "commentary",
    "factbox",
    "preview",
    "opinion",
    "exclusive",
    "newsroom",
    "agencies",
    "fotograf",
    "fotografin",
    "photographer",
    "minutes",
    "ago",
];

/// The longest name of an author, in bytes.
const LONGEST_NAME: usize = 72;

/// Returns the authors that a credit line names, or `None` where it names none.
pub fn parse(line: &str) -> Option<Byline> {
    let line = after_opener(line).unwrap_or(line.trim());
    let mut authors: Vec<String> = Vec::new();
    for part in split_names(line) {
        if let Some(name) = clean_name(part)
            && !authors.contains(&name)
        {
            authors.push(name);
        }
    }
    (!authors.is_empty()).then_some(Byline { authors })
}

/// Tells whether a line is a credit line: it opens like one, and nothing but names follows.
pub fn is_byline(line: &str) -> bool {
    let Some(rest) = after_opener(line) else { return false };
    if rest.len() > 120 || rest.ends_with(['?', '!', ':', '"', '”']) {
        return false;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let small = words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase));
    let named = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    let is_weak = WEAK_OPENERS.iter().any(|opener| opens_with(line.trim(), opener).is_some());
    let ends_like_prose = rest.ends_with('.') && words.len() > 3;
    words.first().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !ends_like_prose
        && words.len() <= 14
        && named.count() * 2 >= words.len()
        && small.count() <= 5
        && (!is_weak || words.len() >= 2)
        && !is_time_word(words[0])
}

/// Tells whether "By" before this word opens a sentence: "By Monday the talks had failed".
fn is_time_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "noon",
        "midnight",
        "the",
    ];
    WORDS.contains(&word.trim_end_matches([',', '.']).to_lowercase().as_str())
}

/// Returns what follows the opener of a credit line.
pub fn after_opener(line: &str) -> Option<&str> {
    let line = line.trim();
    OPENERS.iter().find_map(|opener| opens_with(line, opener))
}

fn opens_with<'line>(line: &'line str, opener: &str) -> Option<&'line str> {
    let mut letters = line.char_indices();
    for expected in opener.chars() {
        let (_, letter) = letters.next()?;
        if letter != expected && !letter.to_lowercase().eq([expected]) {
            return None;
        }
    }
    let rest = letters.as_str();
    let after = rest.trim_start_matches([':', ' ', '\u{a0}', '\t']);
    (after.len() < rest.len() && !after.is_empty()).then_some(after)
}

/// Splits a list of names at commas, semicolons, bars and the word "and" of several languages.
fn split_names(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in line.split([',', ';', '|', '&', '/', '•', '·', '\n']) {
        // "Health and Science Editor" is one office, not two names.
        if part.split_whitespace().next_back().is_some_and(is_office) {
            parts.push(without_kind(part));
            continue;
        }
        let mut rest = part;
        while let Some((before, after)) = split_at_and(rest) {
            parts.push(before);
            rest = after;
        }
        parts.push(rest);
    }
    parts
}

fn split_at_and(text: &str) -> Option<(&str, &str)> {
    let joints = [
        " and ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " и ", " та ", " i ",
        " ve ", " ja ", " with ", " AND ",
    ];
    joints
        .iter()
        .filter_map(|joint| text.find(joint).map(|at| (&text[..at], &text[at + joint.len()..])))
        .min_by_key(|(before, _)| before.len())
}

/// Takes the kind of story off a name that a dash joins it to: `Jane Doe -Analysis`.
fn without_kind(part: &str) -> &str {
    match part.rsplit_once('-') {
        Some((name, kind)) if is_office(kind.trim()) => name,
        _ => part,
    }
}

fn is_office(word: &str) -> bool {
    OFFICES.contains(&word.to_lowercase().as_str())
}

/// Returns what stands beside the date in a short line that is a date and a name: "25.10.2022 - Jane
/// Doe", "25 January 2022, by Jane Doe".
pub fn beside_date(line: &str) -> Option<String> {
    let found = date::find_first(line, NumericOrder::DayFirst)?;
    found.day?;
    let before = line[..found.span.start].trim();
    let after = line[found.span.end..].trim();
    let rest = if before.is_empty() { after } else { before };
    if !before.is_empty() && !after.is_empty() {
        return None;
    }
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let opens = rest.starts_with(is_mark) || rest.ends_with(is_mark);
    let rest = rest.trim_matches(is_mark);
    let name = after_opener(rest);
    let words: Vec<&str> = name.unwrap_or(rest).split_whitespace().collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_name = (2..=4).contains(&words.len()) && words.iter().all(is_capital);
    (is_name && (opens || name.is_some())).then(|| words.join(" "))
}

/// Tells whether a word is part of a date or labels a field: "Posted", "am", "Donnerstag".
fn is_label(word: &str) -> bool {
    const LABELS: &[&str] = &[
        "posted",
        "published",
        "updated",
        "veröffentlicht",
        "publiziert",
        "erstellt",
        "aktualisiert",
        "geschrieben",
        "datum",
        "date",
        "autor",
        "autorin",
        "author",
        "quelle",
        "source",
        "foto",
        "photo",
        "am",
        "on",
        "at",
        "um",
        "uhr",
        "profile",
        "profil",
        "view",
    ];
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_number = !bare.is_empty() && bare.chars().all(|letter| letter.is_ascii_digit());
    is_number || LABELS.contains(&bare.to_lowercase().as_str()) || date::is_name_in_date(bare)
}

/// Returns the name in a part of a credit line, or `None` for a desk, an office, a place or a kind
/// of story.
fn clean_name(part: &str) -> Option<String> {
    let part = without_kind(after_opener(part).unwrap_or(part));
    let cut = [" - ", " – ", " — ", "(", "<", "[", " in ", " for ", " am ", " on ", " vom "]
        .iter()
        .filter_map(|mark| part.find(mark))
        .min()
        .unwrap_or(part.len());
    let words: Vec<&str> = part[..cut]
        .split_whitespace()
        .filter(|word| {
            !word.contains('@') && !word.starts_with("http") && !word.starts_with("www.")
        })
        .collect();
    if words.iter().all(|word| is_label(word)) {
        return None;
    }
    let joined = words.join(" ");
    let name = joined.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_office =
        name.split([' ', '-']).any(|word| OFFICES.contains(&word.to_lowercase().as_str()));
    let is_name =
        letters >= 2 && digits <= 2 && name.len() <= LONGEST_NAME && words.len() <= 6 && !is_office;
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(line: &str) -> Vec<String> {
        parse(line).map(|byline| byline.authors).unwrap_or_default()
    }

    #[test]
    fn credit_lines_give_names() {
        assert_eq!(authors("By  Yereth Rosen"), ["Yereth Rosen"]);
        let two = ["Michael Erman", "Rachelle Younglai"];
        assert_eq!(authors("By  Michael Erman  and  Rachelle Younglai"), two);
        assert_eq!(authors("By Umesh Desai - Analysis"), ["Umesh Desai"]);
        assert_eq!(authors("By Chang-Ran Kim , Asia auto correspondent"), ["Chang-Ran Kim"]);
        assert_eq!(authors("Krista Hughes , Chief ECB Correspondent"), ["Krista Hughes"]);
        assert_eq!(authors("By Jane Doe , Health and Science Editor"), ["Jane Doe"]);
        assert_eq!(authors("Jennifer Doe-analysis"), ["Jennifer Doe"]);
        assert_eq!(authors("By Jane Doe -Analysis"), ["Jane Doe"]);
        assert_eq!(authors("Von Anna Muster, Karl Groß (dpa)"), ["Anna Muster", "Karl Groß"]);
        assert_eq!(authors("By Jane Doe jane@example.org"), ["Jane Doe"]);
        assert_eq!(authors("Author: Jane Doe in Kyiv and Jo Roe in Lviv"), ["Jane Doe", "Jo Roe"]);
        assert_eq!(authors("Veröffentlicht von Jane Doe am Samstag"), ["Jane Doe"]);
        assert_eq!(authors("Publiziert am 7. Dezember, Jane Doe"), ["Jane Doe"]);
        assert!(authors("Donnerstag, 25. Januar 2022").is_empty());
        assert!(authors(" ").is_empty());
    }

    #[test]
    fn names_stand_beside_dates() {
        assert_eq!(beside_date("25.10.2022 - Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("25 January 2022, by Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("Jane Doe, 25 January 2022").as_deref(), Some("Jane Doe"));
        assert_eq!(beside_date("Berlin 25.10.2022"), None);
        assert_eq!(beside_date("On 25 January 2022 Jane Doe"), None);
    }

    #[test]
    fn sentences_are_no_credit_lines() {
        assert!(is_byline("By Jane Doe"));
        assert!(is_byline("By Jane Doe, Chief Diplomatic Correspondent"));
        assert!(is_byline("Von Anna Muster"));
        assert!(!is_byline("By Monday the talks had failed."));
        assert!(!is_byline("By Monday"));
        assert!(!is_byline("By then it was too late for the alliance to send any troops"));
        assert!(!is_byline("Von der Leyen will das Kriegsland in die Union holen"));
        assert!(!is_byline("Text"));
    }
}
