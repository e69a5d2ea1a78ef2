//! Dates in the scripts of a page: the state that a site made by scripts sends along.

use memchr::memmem;

/// The most dates of a kind that are kept of a page.
const MOST_DATES: usize = 64;

/// The bytes of a key or a value that is one of a date.
const LONGEST: usize = 40;

/// Keys of the time of publication, and of that of creation.
const PUBLISHED: &[&str] = &[
    "published_at",
    "publishedAt",
    "publishedDate",
    "published_date",
    "publishDate",
    "publish_date",
    "publicationDate",
    "publication_date",
    "datePublished",
    "firstPublished",
    "first_publish_date",
];
const CREATED: &[&str] = &["created_at", "createdAt", "dateCreated", "creationDate"];

/// The times that the scripts of a page state, as written, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct ScriptDates {
    /// Times of publication.
    pub(super) published: Vec<String>,
    /// Times of creation.
    pub(super) created: Vec<String>,
}

impl ScriptDates {
    /// Adds the times that are values of JSON in `script`, which is any text.
    pub(super) fn add(&mut self, script: &str) {
        collect(script, "ubli", PUBLISHED, &mut self.published);
        collect(script, "reat", CREATED, &mut self.created);
    }
}

/// Adds the values of the `keys`, each of which has the letters of `part`.
fn collect(script: &str, part: &str, keys: &[&str], values: &mut Vec<String>) {
    for at in memmem::find_iter(script.as_bytes(), part) {
        if values.len() >= MOST_DATES {
            return;
        }
        if let Some(value) = value_around(script.as_bytes(), at, keys) {
            values.push(value.to_owned());
        }
    }
}

/// Returns the value of the key around the byte `at`, where it is one of `keys` and the value begins
/// with a year. Quotes may be escaped, JSON being a string in a script.
fn value_around<'script>(script: &'script [u8], at: usize, keys: &[&str]) -> Option<&'script str> {
    let before = &script[at.saturating_sub(LONGEST)..at];
    let start = at - before.iter().rev().position(|byte| *byte == b'"')?;
    let (key, rest) = until_quote(&script[start..])?;
    if !keys.contains(&key) {
        return None;
    }
    let rest = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\\").unwrap_or(rest).strip_prefix(b"\"")?;
    let (value, _) = until_quote(rest)?;
    let year = value.as_bytes().get(..5)?;
    (year[..4].iter().all(u8::is_ascii_digit) && year[4] == b'-').then_some(value)
}

/// Returns what stands before the next quote, and what follows it.
fn until_quote(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = text.iter().take(LONGEST).position(|byte| *byte == b'"')?;
    let inner = text[..end].strip_suffix(b"\\").unwrap_or(&text[..end]);
    Some((std::str::from_utf8(inner).ok()?, &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_json_are_found_in_any_script() {
        let mut dates = ScriptDates::default();
        dates.add(r#"var product = {"title":"x", "published_at" : "2019-03-02T06:22:28+01:00"};"#);
        dates.add(r#"state("{\"createdAt\":\"2022-01-31\",\"updatedAt\":\"2022-02-01\"}")"#);
        dates.add(r#"{"publishedBy":"2019-01-01","published_at":null,"created_at":"yesterday"}"#);
        dates.add("ublish \"publish");
        assert_eq!(dates.published, ["2019-03-02T06:22:28+01:00"]);
        assert_eq!(dates.created, ["2022-01-31"]);
    }

    #[test]
    fn every_key_is_found() {
        let script = |keys: &[&str]| {
            let values: Vec<String> =
                keys.iter().map(|key| format!("\"{key}\":\"2019-03-02\"")).collect();
            values.join(",")
        };
        let mut dates = ScriptDates::default();
        dates.add(&script(PUBLISHED));
        dates.add(&script(CREATED));
        assert_eq!((dates.published.len(), dates.created.len()), (PUBLISHED.len(), CREATED.len()));
    }
}
