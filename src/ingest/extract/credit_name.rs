//! What a name in a credit is the name of: a person in full or in part, an account, a company, a host.

use super::credit_part::is_office;
use super::date::is_name_in_date;
use super::known_name::is_first_name;
use super::place_name::is_place;
use crate::text::fold;

/// Words in small letters that are part of names.
pub(super) const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el",
    "al", "bin", "ibn", "zu", "y", "ter", "ten", "af", "av", "zur", "vom", "ben",
];

/// Tells whether a name is first name and surname, or a single word where that is enough.
pub(super) fn is_whole_name(name: &str, one_word_is_enough: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let least = if one_word_is_enough { 1 } else { 2 };
    let is_part = |word: &&str| {
        word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
            || PARTICLES.contains(word)
    };
    (least..=5).contains(&words.len()) && words.iter().all(is_part)
}

/// Tells whether a name is the first name and the surname of a person, by a first name that is known:
/// "Jane Q. Doe", but no "Top News".
pub(super) fn is_known_person(name: &str) -> bool {
    let name = without_title(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_letter = |letter: char| letter.is_alphabetic() || "-'’.".contains(letter);
    let is_of_name =
        |word: &&str| word.chars().all(is_letter) && !is_office(word) && !is_name_in_date(word);
    // What is "Jane D." in full is not known, and behind one name a number is a ruler's: "John II."
    let has_surname = words.last().is_some_and(|last| words.len() > 2 || !last.ends_with('.'));
    (2..=MOST_NAMES).contains(&words.len())
        && is_whole_name(name, false)
        && words.iter().all(is_of_name)
        && is_first_name(words[0])
        && has_surname
        && !is_place(name)
}

/// Tells whether the words of a name are found in the `texts` of a page in nothing but the name: those of
/// a button or a heading are common ones.
pub(super) fn stands_only_whole<'text>(
    name: &str,
    mut texts: impl Iterator<Item = &'text str>,
) -> bool {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    let is_in_name = |word: &str| words.iter().any(|known| known == word);
    !texts.any(|text| {
        !text.contains(name)
            && fold(text).split(|letter: char| !letter.is_alphanumeric()).any(is_in_name)
    })
}

/// The most names of a person.
const MOST_NAMES: usize = 4;

fn without_title(name: &str) -> &str {
    const TITLES: &[&str] = &["Prof. ", "Dr. "];
    TITLES.iter().fold(name, |name, title| name.strip_prefix(title).unwrap_or(name))
}

/// Tells whether a word can be the name of an account: `jane_doe7`.
pub(super) fn is_account(name: &str) -> bool {
    (3..=24).contains(&name.chars().count())
        && name.contains(char::is_alphabetic)
        && name.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter))
}

/// Tells whether a name is the one of an account that a system made: `jane.doe`, `jdoe7`.
pub(super) fn is_login(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        && (name.contains(['.', '-', '_']) || name.contains(|letter: char| letter.is_numeric()))
        && !name.contains(char::is_uppercase)
}

/// Tells whether a `meta` element names its author: neither by an account or an address elsewhere, nor
/// by the site and its place.
pub(super) fn names_author(value: &str) -> bool {
    let first = value.split(',').next().unwrap_or_default().trim();
    let is_site = first.len() < value.len() && is_host(first);
    !value.starts_with(['@', '#']) && !value.starts_with("http") && !is_site
}

/// Tells whether a name is that of a company, a society or a host.
pub(super) fn is_corporate(name: &str) -> bool {
    is_host(&name.to_lowercase()) || is_body(name) || has_legal_form(name)
}

/// Tells whether a name says that it is an institution's: `Lake University`.
pub(super) fn is_body(name: &str) -> bool {
    const KINDS: &[&str] = &[
        "stiftung",
        "foundation",
        "verband",
        "verein",
        "verlag",
        "institut",
        "institute",
        "landesanstalt",
        "bundesamt",
        "ministerium",
        "ministry",
        "universität",
        "university",
        "hochschule",
        "gesellschaft",
        "zentrum",
        "akademie",
        "redaktion",
        "online",
    ];
    let is_kind = |word: &str| KINDS.contains(&letters(&word.to_lowercase()).as_str());
    name.split([' ', '-']).any(is_kind)
}

/// Tells whether the legal form of a company or society ends a name: "Lake Media GmbH", "Seefreunde e. V.".
pub(super) fn has_legal_form(name: &str) -> bool {
    const FORMS: &[&str] = &["gmbh", "kg", "ev", "inc", "ltd", "llc", "plc", "srl", "corp"];
    // In small letters these are names: "Jo de Sa", "Ag Roe".
    const CAPITALS: &[&str] = &["AG", "SE", "SA", "BV", "Co"];
    let last = letters(name.rsplit([' ', '-']).next().unwrap_or_default());
    FORMS.contains(&last.to_lowercase().as_str())
        || CAPITALS.contains(&last.as_str())
        || name.to_lowercase().ends_with("e. v.")
}

fn letters(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Tells whether a name is that of a host: `crier.example.org`.
fn is_host(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        && name.rsplit_once('.').is_some_and(|(name, end)| {
            let is_end =
                (2..=3).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase());
            name.len() > 1 && (is_end || matches!(end, "info" | "news" | "blog"))
        })
}

/// Tells whether a name can be a person's: no address, no number, at most five words.
pub(super) fn is_person(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let is_address = name.contains("://")
        || name.contains("www.")
        || name.ends_with(".com")
        || name.starts_with('@');
    let lower = name.to_lowercase();
    let is_nobody = [
        "admin",
        "administrator",
        "editor",
        "staff",
        "none",
        "null",
        "unknown",
        "guest",
        "anonymous",
    ]
    .contains(&lower.as_str());
    let is_phrase = words >= 3
        && !name.contains(|letter: char| letter.is_uppercase())
        && name.contains(char::is_lowercase);
    (1..=5).contains(&words) && !is_phrase && !is_address && !is_nobody && name.chars().count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_their_first_names() {
        for name in ["Jane Doe", "Dr. Jürgen van der Roe", "Jane Q. Doe", "JANE DOE", "Juan Roe C."]
        {
            assert!(is_known_person(name), "{name}");
        }
        let others =
            ["Jane", "Jane D.", "Top News", "Jane Doe 3", "jane doe", "New York", "May Monday"];
        for name in others {
            assert!(!is_known_person(name), "{name}");
        }
    }

    #[test]
    fn companies_and_institutions_are_told_from_people() {
        for name in ["Lake Media GmbH", "Seefreunde e. V.", "LAKE SA", "Lake & Co. KG", "crier.de"]
        {
            assert!(is_corporate(name), "{name}");
        }
        for name in ["Se-young Lee", "Jo de Sa", "Co Roe", "Jane Doe"] {
            assert!(!is_corporate(name), "{name}");
        }
        assert!(is_body("Hill University"));
        assert!(!is_body("Lake Media GmbH"));
    }
}
