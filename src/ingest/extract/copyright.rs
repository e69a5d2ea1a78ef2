//! Who holds the copyright of a page, by the line below its text that says so.

use super::byline;
use super::page_phrases::RIGHTS_RESERVED;

/// Returns who holds the copyright: `© 2022 The Town Crier. All rights reserved.`
pub fn holder(line: &str) -> Option<&str> {
    const ENDS: &[&str] = &[
        " | ",
        " • ",
        " - ",
        " – ",
        ", ",
        " / ",
        "! ",
        " all rights",
        " alle rechte",
        " tous droits",
        " todos los derechos",
        " todos os direitos",
        " theme",
        " powered",
    ];
    let rest = after_copyright(line)?;
    let lower = rest.to_ascii_lowercase();
    let mark = ENDS.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(rest.len());
    let end = end_of_sentence(rest).unwrap_or(rest.len()).min(mark);
    let name = without_year(&rest[..end]);
    let after = &rest[end..];
    // A picture is of a person and an agency: "(c) Lake Tourism | Jane Doe", "Jane Doe / stock.example".
    let is_of_picture =
        after.strip_prefix(" / ").is_some_and(|by| by.starts_with(char::is_lowercase))
            || line.starts_with('(') && after.strip_prefix(" | ").is_some_and(byline::is_name_line);
    let is_name = name.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
        && name.contains(char::is_alphabetic)
        && name.split_whitespace().count() <= MOST_WORDS
        && !is_of_picture
        && !holds_no_copyright(name);
    is_name.then_some(name)
}

/// The most words of a name.
const MOST_WORDS: usize = 7;

/// Tells whether a notice of copyright is the one of a page: it has a year, or reserves all rights. That of
/// a picture has neither.
pub fn is_of_page(line: &str) -> bool {
    let has_year = line
        .split(|letter: char| !letter.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    let lower = line.to_lowercase();
    has_year || RIGHTS_RESERVED.iter().any(|words| lower.contains(words))
}

/// Returns where the first sentence of a text ends. The point of an abbreviation ends none: "Lake Inc.",
/// "Seefreunde e. V.", "St. George".
fn end_of_sentence(text: &str) -> Option<usize> {
    const SHORTEST_LAST_WORD: usize = 4;
    let mut points = text.match_indices(". ").map(|(at, _)| at);
    let is_end = |at: &usize| {
        let word = text[..*at].rsplit([' ', '.', '-']).next().unwrap_or_default();
        let letters = word.chars().count();
        let is_in_capitals = letters > 1 && word.chars().all(char::is_uppercase);
        letters >= SHORTEST_LAST_WORD || is_in_capitals || word.ends_with(char::is_numeric)
    };
    points.find(is_end)
}

/// Takes the years off the end of a name: "Lake Crier 2014-2020".
fn without_year(name: &str) -> &str {
    let name = without_point(name.trim_end_matches([' ', '-', '–']));
    let split = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at));
    match split.filter(|(before, year)| is_year(year) && !before.ends_with(char::is_alphanumeric)) {
        Some((before, _)) => without_year(before),
        None => name,
    }
}

/// Returns what follows the marks and the years that open a notice of copyright.
fn after_copyright(line: &str) -> Option<&str> {
    const MARKS: &[&str] = &["©", "(c)", "(C)", "Copyright", "copyright"];
    let after_mark = |text| MARKS.iter().find_map(|mark| str::strip_prefix(text, mark));
    let mut rest = after_mark(line)?;
    loop {
        let text = rest.trim_start_matches([' ', '-', '–', ',', ':']);
        match after_mark(text).or_else(|| after_year(text)).or_else(|| text.strip_prefix("by ")) {
            Some(after) => rest = after,
            None => return Some(text),
        }
    }
}

fn after_year(text: &str) -> Option<&str> {
    let (year, rest) = text.split_at_checked(4)?;
    (is_year(year) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Takes the points off the end of a name but for that of an abbreviation: "Seefreunde e.V.".
fn without_point(name: &str) -> &str {
    const LONGEST_PART: usize = 2;
    let bare = name.trim_end_matches([' ', '.', '-', '–']);
    let word = bare.rsplit(' ').next().unwrap_or_default();
    let is_abbreviation = word.split('.').all(|part| part.chars().count() <= LONGEST_PART)
        && word.starts_with(char::is_alphabetic)
        && (word.contains('.') || word.chars().count() == 1);
    match name.get(..bare.len() + 1) {
        Some(abbreviation) if is_abbreviation && abbreviation.ends_with('.') => abbreviation,
        _ => bare,
    }
}

fn is_year(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether what stands behind a mark of copyright is who made a picture or the page, or a sentence.
fn holds_no_copyright(name: &str) -> bool {
    const OPENERS: &[&str] = &[
        "powered", "theme", "design", "foto", "photo", "bild", "image", "derechos", "alle ",
        "hinweis", "policy", "notice", "free ",
    ];
    let lower = name.to_lowercase();
    let is_of_sentence = |word: &str| ["ist", "sind", "is", "are", "est", "es"].contains(&word);
    OPENERS.iter().any(|opener| lower.starts_with(opener))
        || name.contains('/') && !name.ends_with(" A/S")
        || name.split(' ').any(is_of_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_the_copyright_is_told_from_who_made_a_picture() {
        let holders = [
            ("© 2022 The Town Crier. All rights reserved.", Some("The Town Crier")),
            ("© Copyright 2009-2021 - Lake Crier! All Rights Reserved", Some("Lake Crier")),
            ("© Copyright by LAKE MEDIA SA", Some("LAKE MEDIA SA")),
            ("© 2023 7Lakes Ltd", Some("7Lakes Ltd")),
            ("Copyright Lake Media, 2020", Some("Lake Media")),
            ("© Lake Crier 2023", Some("Lake Crier")),
            ("© 2016 Theme Lake by 1000 | Powered by Lake", None),
            ("© Foto: Lake", None),
            ("© Jane Doe / stock.example.com", None),
            ("(c) Lake Tourism | Jane Doe", None),
            ("© 2022 ETV | Lake Tennis Club", Some("ETV")),
            ("© LakeScout24, Editora 247", Some("LakeScout24")),
            ("© Lake Crier 2002-2020", Some("Lake Crier")),
            ("© Jane/istock.example", None),
            ("© 2022 Seefreunde e. V.", Some("Seefreunde e. V.")),
            ("© 2022 Seefreunde e.V. Alle Rechte vorbehalten", Some("Seefreunde e.V.")),
            ("© LAKE MEDIA GmbH & Co. KG. Kontakt", Some("LAKE MEDIA GmbH & Co. KG")),
            ("© 2020, St. Lake Choir...", Some("St. Lake Choir")),
            ("Copyright Policy", None),
            ("© 2022", None),
            ("The lake", None),
        ];
        for (line, holder) in holders {
            assert_eq!(self::holder(line), holder, "{line}");
        }
        assert!(is_of_page("© 2022 Lake") && is_of_page("© Lake. All rights reserved"));
        assert!(!is_of_page("© Lake") && !is_of_page("© 247 Lakes"));
    }
}
