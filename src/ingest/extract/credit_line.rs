//! Lines that name an author beside something else: "Posted on 3 May 2020 by Jane Doe", "Date:
//! 3.5.2020 Author: Jane Doe", and labels whose name stands in the next line.
//!
//! A line that is a credit and nothing else is read by [`byline`].

use super::byline;
use super::date::{self, NumericOrder};

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
    AFTER_NAME.contains(&word)
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
