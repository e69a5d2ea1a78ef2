//! Parts of a credit that are not names: what a person is, where, and for whom.
//!
//! Most of them can be told only beside a person: alone, `The Courier` may sign, and so may `Madrid`.

use super::credit_name::{PARTICLES, has_legal_form, is_whole_name};
use super::place_name::is_place;
use crate::article::Agency;

/// Degrees and the like, which follow a name after a comma, in lower case without stops.
const DEGREES: &[&str] = &[
    "phd", "md", "mba", "ma", "msc", "bsc", "ba", "jd", "esq", "dds", "dvm", "rn", "rd", "mph",
    "llm", "cpa", "edd", "psyd", "dphil", "msw", "rdn",
];

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
    "writers",
    "editors",
    "reporters",
    "correspondents",
    "redakteure",
    "redaktionsmitglied",
    "korrespondenten",
    "correspondant",
    "journaliste",
    "envoyé",
    "envoyée",
    "corresponsales",
    "correspondente",
    "repórter",
    "periodista",
    "inviato",
    "inviata",
    "corrispondente",
    "giornalista",
    "redacteur",
    "verslaggever",
    "verslaggeefster",
    "dziennikarz",
    "корреспондент",
    "кореспондент",
    "muhabir",
    "muhabiri",
    "fotograf",
    "fotografin",
    "photographer",
    "minutes",
    "ago",
    "edition",
];

/// Words before an office that say which it is, in lower case.
const KINDS_OF_OFFICE: &[&str] = &[
    "staff",
    "senior",
    "chief",
    "special",
    "associate",
    "assistant",
    "deputy",
    "foreign",
    "national",
    "political",
    "politics",
    "diplomatic",
    "parliamentary",
    "legal",
    "business",
    "economics",
    "economic",
    "financial",
    "finance",
    "technology",
    "science",
    "health",
    "medical",
    "education",
    "environment",
    "religion",
    "military",
    "defense",
    "defence",
    "sports",
    "sport",
    "football",
    "entertainment",
    "features",
    "feature",
    "arts",
    "culture",
    "travel",
    "food",
    "city",
    "crime",
    "news",
    "contributing",
    "freelance",
];

/// Words of the names of newspapers and stations that hardly anybody is called by, in lower case.
const OF_OUTLETS: &[&str] = &[
    "news",
    "times",
    "tribune",
    "gazette",
    "herald",
    "telegraph",
    "courier",
    "chronicle",
    "globe",
    "newspapers",
    "newspaper",
    "magazine",
    "media",
    "online",
    "radio",
    "tv",
    "television",
    "zeitung",
    "tagblatt",
    "tageblatt",
    "tagesspiegel",
    "nachrichten",
    "rundschau",
    "anzeiger",
    "presse",
];

/// What opens a part that says for whom or with whose help somebody wrote, in lower case.
const FOR_OTHERS: &[&str] = &[
    "special to ",
    "special for ",
    "exclusive to ",
    "for ",
    "of the ",
    "from ",
    "material from ",
    "material von ",
    "informationen von ",
];

/// What cuts a name off from such words that follow it, as it is written there.
pub(super) const BEFORE_AFFILIATION: &[&str] = &[
    " in ",
    " IN ",
    " for ",
    " For ",
    " FOR ",
    " of the ",
    " of The ",
    " OF THE ",
    " Special to ",
    " SPECIAL TO ",
    " special to ",
    " contributed ",
];

/// Words that say whose the reporter is who is named behind them, in lower case.
const OWN: &[&str] = &[
    "our", "unser", "unsere", "unserem", "unserer", "unseren", "onze", "notre", "nos", "nostro",
    "nostra", "nuestro", "nuestra", "nosso", "nossa",
];

/// Words before the place from which a reporter writes, in lower case.
const BEFORE_PLACE: &[&str] = &["in", "from", "aus", "à", "en", "a", "da", "em", "uit"];

/// The longest part of a credit, in bytes, in which an office is looked for.
const LONGEST_PART: usize = 120;

/// Tells whether a part of a credit, after the `persons` named before it, is not another one.
pub(super) fn is_beside_person(part: &str, persons: &[String]) -> bool {
    let part = part.trim();
    let Some(person) = persons.iter().rfind(|name| is_whole_name(name, false)) else {
        return false;
    };
    is_place(part) || is_outlet(part) || is_description(part) || repeats_surname(part, person)
}

/// Tells whether a name is the mark of an agency or a station: `NDR`, `SP-X`.
pub(super) fn is_abbreviation(name: &str) -> bool {
    (2..=5).contains(&name.len())
        && name.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'-')
}

/// Tells whether a name that follows a person's is a newspaper's or a station's: `BBC News`.
fn is_outlet(part: &str) -> bool {
    let lower = part.to_lowercase();
    lower.starts_with("the ")
        || lower.split([' ', '-']).any(|word| OF_OUTLETS.contains(&word))
        || has_legal_form(part)
}

/// Tells whether words after a person's name tell of the person: "a space engineer", "avec AFP",
/// "Special to the Courier".
fn is_description(part: &str) -> bool {
    let lower = part.to_lowercase();
    if FOR_OTHERS.iter().any(|opener| lower.starts_with(opener)) {
        return true;
    }
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.starts_with(char::is_lowercase) && !PARTICLES.contains(&first) && words.next().is_some()
}

/// Tells whether a word is only the surname of the person again: "James E. Oberg, Oberg, an engineer".
fn repeats_surname(part: &str, person: &str) -> bool {
    person.rsplit(' ').next() == Some(part)
}

/// Tells whether a part of a credit is a degree: `Ph.D.`.
pub(super) fn is_degree(part: &str) -> bool {
    let bare: String = part.chars().filter(|letter| letter.is_alphanumeric()).collect();
    DEGREES.contains(&bare.to_lowercase().as_str())
}

/// Tells whether a part of a credit says what the one before it does: "head of the office in Tunis".
pub(super) fn is_role(part: &str) -> bool {
    const ROLES: &[&str] = &[
        "leiter",
        "leiterin",
        "projektleiter",
        "projektleiterin",
        "professor",
        "professorin",
        "direktor",
        "direktorin",
        "geschäftsführer",
        "geschäftsführerin",
        "vorsitzender",
        "vorsitzende",
        "sprecher",
        "sprecherin",
        "pressesprecher",
        "pressesprecherin",
        "präsident",
        "präsidentin",
        "referent",
        "referentin",
        "director",
        "head",
        "president",
        "chair",
        "chairman",
        "founder",
        "ceo",
        "directeur",
        "directrice",
    ];
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    ROLES.contains(&first.as_str())
        && words.next().is_some_and(|word| word.starts_with(char::is_lowercase))
}

/// Tells whether a word is what somebody is in an editorial office, or a part of that office.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(&word.to_lowercase().as_str())
}

/// Returns the names that an office follows without a comma: `JANE DOE Staff Writer`,
/// `JOHN SMITH Associated Press Writer`; `None` where none follows or what stands before it may be the
/// name of an office too.
pub(super) fn before_office(part: &str) -> Option<&str> {
    let part = part.trim();
    let mut named = without_office(part)?;
    let is_shouted = part.split_whitespace().take(2).all(|word| !word.contains(char::is_lowercase));
    let before = named.len();
    while let Some(shorter) = without_kind_of_office(named) {
        named = shorter;
    }
    let is_told = named.len() < before;
    while named.split_whitespace().count() > 2 && is_of_office(last_word(named), is_shouted) {
        named = without_last_word(named)?;
    }
    let is_of_outlet = |word: &str| {
        OF_OUTLETS.contains(&&*word.to_lowercase()) || OWN.contains(&&*word.to_lowercase())
    };
    let are_names = named
        .split(" and ")
        .flat_map(|names| names.split(" AND "))
        .all(|name| is_whole_name(name.trim(), false));
    let is_cased = is_shouted && last_word(part).contains(char::is_lowercase);
    let is_name = are_names
        && (is_told || is_cased)
        && !named.split_whitespace().any(|word| is_of_outlet(word) || is_kind_of_office(word));
    is_name.then_some(named)
}

/// Takes off the office that ends a part of a credit.
fn without_office(part: &str) -> Option<&str> {
    let ends_in_office = part.len() <= LONGEST_PART && is_office(last_word(part));
    without_last_word(part).filter(|_| ends_in_office)
}

/// Takes off the word or the agency before an office that says which it is.
fn without_kind_of_office(named: &str) -> Option<&str> {
    last_agency(named)
        .map(|(before, _)| before)
        .or_else(|| is_kind_of_office(last_word(named)).then(|| without_last_word(named)).flatten())
}

/// Splits off the agency at the end of a name, which something stands before.
fn last_agency(named: &str) -> Option<(&str, Agency)> {
    let spaces = named.char_indices().filter(|(_, letter)| *letter == ' ');
    spaces
        .map(|(at, _)| named.split_at(at))
        .find_map(|(before, name)| Some((before.trim_end(), Agency::known(name)?)))
}

/// Returns the agency of which somebody has an office: `Jane Doe Associated Press Writer`.
pub(super) fn agency_of_office(part: &str) -> Option<Agency> {
    let mut named = without_office(part.trim())?;
    while is_kind_of_office(last_word(named)) {
        named = without_last_word(named)?;
    }
    Agency::known(named).or_else(|| last_agency(named).map(|(_, agency)| agency))
}

fn is_kind_of_office(word: &str) -> bool {
    KINDS_OF_OFFICE.contains(&word.to_lowercase().as_str())
}

/// Tells whether a word between a name and an office is that of an outlet or its town.
fn is_of_office(word: &str, is_name_in_capitals: bool) -> bool {
    OF_OUTLETS.contains(&word.to_lowercase().as_str())
        || is_place(word)
        || is_name_in_capitals && word.contains(char::is_lowercase) && !PARTICLES.contains(&word)
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

fn without_last_word(text: &str) -> Option<&str> {
    text.rsplit_once(' ').map(|(before, _)| before.trim_end())
}

/// Returns who is named behind an office of the newspaper itself: `unserem Redakteur Jo Roe`,
/// `De notre correspondant à Berlin Jane Doe`.
pub(super) fn after_own_reporter(credit: &str) -> Option<&str> {
    let (mut is_own, mut is_reporter, mut is_place_next) = (false, false, false);
    let mut at = 0;
    for (position, spaced) in credit.split_inclusive(' ').enumerate() {
        let word = spaced.trim_matches(|letter: char| !letter.is_alphanumeric());
        let lower = word.to_lowercase();
        if !is_own {
            is_own = OWN.contains(&lower.as_str());
            if !is_own && position > 0 {
                return None;
            }
        } else if is_office(word) {
            is_reporter = true;
        } else if is_place_next {
            is_place_next = false;
        } else if BEFORE_PLACE.contains(&lower.as_str()) {
            is_place_next = true;
        } else if !word.starts_with(char::is_lowercase) && !is_kind_of_office(word) {
            return Some(&credit[at..]).filter(|_| is_reporter);
        }
        at += spaced.len();
    }
    None
}

/// Returns who is named as reporting from a place: `Aus Kiew berichtet Jo Roe`.
pub(super) fn after_report(credit: &str) -> Option<&str> {
    let verbs = [" berichtet ", " berichten "];
    let (place, names) = verbs.iter().find_map(|verb| credit.split_once(verb))?;
    let (opener, place) = place.split_once(' ')?;
    (opener.eq_ignore_ascii_case("aus") && place.split_whitespace().count() <= 3).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_person_is_told_from_another_person() {
        let persons = ["Jane Doe".to_owned()];
        for part in [
            "Berlin",
            "BBC News",
            "The Courier",
            "Special to the Courier",
            "a space engineer",
            "correspondant à Londres",
            "avec AFP",
            "Doe",
        ] {
            assert!(is_beside_person(part, &persons), "{part}");
            assert!(!is_beside_person(part, &[]), "{part}");
        }
        for part in ["Jo Roe", "Madonna", "NDR", "von Roe", "van der Roe", "jdoe"] {
            assert!(!is_beside_person(part, &persons), "{part}");
        }
        assert!(!is_beside_person("北京", &["王小明".to_owned()]));
    }

    #[test]
    fn offices_without_a_comma_are_taken_off() {
        for (part, name) in [
            ("JANE DOE Staff Writer", Some("JANE DOE")),
            ("JANE DOE Lake Crier Writer", Some("JANE DOE")),
            ("Jane Doe Associated Press Writer", Some("Jane Doe")),
            ("Jane Doe Political correspondent", Some("Jane Doe")),
            ("Jane Doe Courier Staff Writer", Some("Jane Doe")),
            ("JANE DOE and JO ROE Staff Writers", Some("JANE DOE and JO ROE")),
            ("Health and Science Editor", None),
            ("Asia Pacific Correspondent", None),
            ("Our Political Correspondent", None),
            ("Lake Times Staff Writer", None),
            ("Guardian staff", None),
            ("Jane Doe", None),
        ] {
            assert_eq!(before_office(part), name, "{part}");
        }
        assert_eq!(before_office(&format!("JANE DOE {}Writer", "x ".repeat(100))), None);
    }

    #[test]
    fn reporters_of_the_newspaper_itself_are_named_behind_that() {
        for (credit, name) in [
            ("unserem Redakteur Jo Roe", Some("Jo Roe")),
            ("dal nostro inviato Jo Roe", Some("Jo Roe")),
            ("De notre correspondant à Berlin Jane Doe", Some("Jane Doe")),
            ("De notre envoyé spécial à Kiev, Jane Doe", Some("Jane Doe")),
            ("Our Political Correspondent", None),
            ("Our Lake", None),
            ("Jane Doe", None),
        ] {
            assert_eq!(after_own_reporter(credit), name, "{credit}");
        }
        assert_eq!(after_report("Aus Kiew berichtet Jane Doe"), Some("Jane Doe"));
        assert_eq!(after_report("Wie die Polizei berichtet hat"), None);
    }
}
