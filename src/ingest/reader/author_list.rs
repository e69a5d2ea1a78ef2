//! The authors of a record, as exports list them: in arrays and objects of JSON, in lists as Python
//! prints them, in one text between semicolons, family names first.
//!
//! Credit lines (`By A. Marsh and B. Reed in Kyiv`) are left as they are: they are taken apart with
//! those of all other formats. A name with its family name first is turned round before, since a
//! comma separates two authors there.

use serde_json::{Map, Value};

use super::feed::without_address;
use super::mapped::{MAX_DEPTH, is_null, text_in};
use crate::article::{Agency, Byline};
use crate::ingest::markup;

/// Returns the authors in a value of JSON.
pub(super) fn of_value(value: &Value) -> Option<Byline> {
    let mut authors = Vec::new();
    collect(value, 0, &mut authors);
    byline(authors)
}

/// Returns the authors in a text.
pub(super) fn of_text(text: &str) -> Option<Byline> {
    let mut authors = Vec::new();
    collect_text(text, 0, &mut authors);
    byline(authors)
}

fn byline(mut authors: Vec<String>) -> Option<Byline> {
    authors.retain(|author| author.chars().any(char::is_alphabetic) && !author.contains("://"));
    (!authors.is_empty()).then_some(Byline { authors })
}

fn collect(value: &Value, depth: usize, authors: &mut Vec<String>) {
    match value {
        Value::Array(elements) if depth < MAX_DEPTH => {
            for element in elements {
                collect(element, depth + 1, authors);
            }
        }
        Value::Object(object) if depth < MAX_DEPTH => {
            let first = name_part(object, &["first_name", "firstname", "first", "givenname"]);
            let last = name_part(object, &["last_name", "lastname", "last", "familyname"]);
            if let (Some(first), Some(last)) = (first, last) {
                authors.push(format!("{first} {last}"));
            } else if let Some(by @ Value::Array(_)) = object.get("by") {
                collect(by, depth + 1, authors);
            } else if let Some(text) = text_in(value, depth) {
                push_name(text, authors);
            }
        }
        Value::String(text) => collect_text(text, depth, authors),
        _ => {}
    }
}

fn name_part<'v>(object: &'v Map<String, Value>, keys: &[&str]) -> Option<&'v str> {
    let is_part = |key: &String| keys.iter().any(|known| key.eq_ignore_ascii_case(known));
    object.iter().filter(|(key, _)| is_part(key)).find_map(|(_, value)| value.as_str())
}

fn collect_text(text: &str, depth: usize, authors: &mut Vec<String>) {
    let text = text.trim();
    if text.starts_with('[') && depth < MAX_DEPTH {
        if let Ok(list @ Value::Array(_)) = serde_json::from_str(text) {
            return collect(&list, depth + 1, authors);
        }
        if let Some(names) = python_list(text) {
            return names.iter().for_each(|name| push_name(name, authors));
        }
        // Dictionaries as Python prints them: [{'name': 'A. Marsh'}].
        if let Ok(list @ Value::Array(_)) = serde_json::from_str(&text.replace('\'', "\"")) {
            return collect(&list, depth + 1, authors);
        }
    }
    let names = || text.split(';').map(str::trim).filter(|name| !name.is_empty());
    if names().any(|name| upright(name).is_some()) {
        names().for_each(|name| push_name(name, authors));
    } else {
        push_name(text, authors);
    }
}

/// Adds what is one name, or one credit line.
fn push_name(text: &str, authors: &mut Vec<String>) {
    if is_null(text.trim()) {
        return;
    }
    let name = without_address(&without_comma_before_suffix(&markup::line_of(text)));
    authors.push(upright(&name).unwrap_or(name));
}

/// Returns the texts of a list as Python prints it: `['A. Marsh', "B. O'Reed"]`. A quote ends a text
/// where a comma or the end of the list follows, so that apostrophes that were not escaped stay.
fn python_list(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut texts = Vec::new();
    while !rest.is_empty() {
        rest = rest.strip_prefix('u').unwrap_or(rest);
        let quote = rest.chars().next().filter(|letter| matches!(letter, '\'' | '"'))?;
        let (text, length) = python_text(&rest[1..], quote)?;
        texts.push(text);
        rest = rest[1 + length..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(texts)
}

/// Returns the text that ends with `quote`, and its length with the quote.
fn python_text(rest: &str, quote: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().peekable();
    while let Some((position, letter)) = letters.next() {
        let ends = |behind: &str| behind.is_empty() || behind.starts_with(',');
        if letter == quote && ends(rest[position + 1..].trim_start()) {
            return Some((text, position + 1));
        }
        // An escaped quote, or a doubled one as in SQL.
        let is_escape = letter == '\\' || letter == quote;
        let escaped = letters.next_if(|(_, next)| is_escape && (*next == quote || *next == '\\'));
        text.push(escaped.map_or(letter, |(_, escaped)| escaped));
    }
    None
}

/// Returns `Marsh, Ann` as `Ann Marsh`; `None` for what is no name with its family name first.
fn upright(name: &str) -> Option<String> {
    const PARTICLES: &[&str] = &[
        "da", "de", "del", "den", "der", "di", "dos", "du", "la", "le", "ten", "van", "von", "zu",
    ];
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let starts_upper = |word: &str| word.starts_with(char::is_uppercase);
    let is_name =
        |part: &str| part.chars().all(|letter| letter.is_alphabetic() || " .'’-".contains(letter));
    let names =
        family.split_whitespace().filter(|word| !PARTICLES.contains(&&*word.to_lowercase()));
    let is_family =
        is_name(family) && names.clone().count() == 1 && names.clone().all(starts_upper);
    let given_names = given.split_whitespace();
    let is_given = is_name(given)
        && (1..=2).contains(&given_names.clone().count())
        && given_names.clone().all(starts_upper);
    // `Marsh, AFP` and `Marsh, CNN` name no second part of a name.
    let is_loud =
        |part: &str| part.len() > 2 && !part.contains('.') && !part.contains(char::is_lowercase);
    let is_institution = Agency::known(given).is_some()
        || Agency::known(family).is_some()
        || is_loud(given) && !is_loud(family);
    (is_family && is_given && !is_institution).then(|| format!("{given} {family}"))
}

/// Returns `Marsh, Jr.` without its comma, wherever that stands in `line`.
fn without_comma_before_suffix(line: &str) -> String {
    const SUFFIXES: &[&str] = &["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"];
    let mut parts = line.split(',');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let first = part.split_whitespace().next().unwrap_or_default();
        if !SUFFIXES.contains(&first) {
            joined.push(',');
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn authors(value: &Value) -> Vec<String> {
        of_value(value).map(|byline| byline.authors).unwrap_or_default()
    }

    #[test]
    fn lists_are_read_however_they_are_written() {
        for (value, expected) in [
            (json!(["A B", "C D"]), &["A B", "C D"][..]),
            (json!([{"name": "A B"}]), &["A B"]),
            (json!([{"first_name": "A", "last_name": "B"}]), &["A B"]),
            (json!([{"givenName": "A", "familyName": "B"}]), &["A B"]),
            (json!([{"first": "A", "last": "B"}]), &["A B"]),
            (json!({"fullName": "A B"}), &["A B"]),
            (json!({"display_name": "A B"}), &["A B"]),
            (json!({"by": [{"name": "A B"}]}), &["A B"]),
            (json!("['Jane Doe', \"Tim O'Hara\"]"), &["Jane Doe", "Tim O'Hara"]),
            (json!("[\"Jane Doe\", \"Tim O'Hara\"]"), &["Jane Doe", "Tim O'Hara"]),
            (json!("['Jane Doe', 'Tim O\\'Hara']"), &["Jane Doe", "Tim O'Hara"]),
            (json!("['Jane Doe', 'Tim O''Hara']"), &["Jane Doe", "Tim O'Hara"]),
            (json!("['Tim O'Hara', 'Jane Doe']"), &["Tim O'Hara", "Jane Doe"]),
            (json!("[{'name': 'Jane Doe'}]"), &["Jane Doe"]),
            (json!("[u'Jane Doe']"), &["Jane Doe"]),
            (json!("a@x.example (Jane Doe)"), &["Jane Doe"]),
            (json!(["a@x.example", "https://x.example/", ""]), &[]),
            (json!("[]"), &[]),
        ] {
            assert_eq!(authors(&value), expected, "{value}");
        }
    }

    #[test]
    fn family_names_come_first_or_last() {
        for (value, expected) in [
            (json!("Doe, Jane; Roe, John"), &["Jane Doe", "John Roe"][..]),
            (json!(["Doe, Jane", "Roe, John A."]), &["Jane Doe", "John A. Roe"]),
            (json!("Müller, Hans"), &["Hans Müller"]),
            (json!("van der Berg, Jan"), &["Jan van der Berg"]),
            (json!("DOE, JANE"), &["JANE DOE"]),
            (json!("Sammy Davis, Jr."), &["Sammy Davis Jr."]),
            (json!("Doe, AFP"), &["Doe, AFP"]),
            (json!("Reuters, Berlin"), &["Reuters, Berlin"]),
            (json!("Doe, CNN"), &["Doe, CNN"]),
            (json!("Jane Doe, John Roe"), &["Jane Doe, John Roe"]),
            (json!("Jane Doe, Berlin"), &["Jane Doe, Berlin"]),
            (json!("JANE DOE; Staff Writer"), &["JANE DOE; Staff Writer"]),
        ] {
            assert_eq!(authors(&value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn python_lists_are_read_back(names in prop::collection::vec("[A-Za-z][a-zé'. -]{0,8}[a-z]", 0..4)) {
            let quoted: Vec<String> =
                names.iter().map(|name| format!("'{}'", name.replace('\'', "\\'"))).collect();
            prop_assert_eq!(python_list(&format!("[{}]", quoted.join(", "))), Some(names));
        }

        #[test]
        fn no_text_panics(text in "[\\[\\]'\",;\\\\ uA-Cé.]{0,30}") {
            of_text(&text);
        }
    }
}
