//! Where in a document the records are, when it is not one itself: in the arrays of a wrapper.
//!
//! Wrappers have one array by a name that is known, or several: one for each section, outlet or day.
//! Arrays of comments, authors or pictures, and the blocks of a text, hold no records.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::mapped::{Candidates, MAX_DEPTH, has_body, read_line};
use super::ninjs;
use super::rich_text;
use crate::ingest::field_map::{Field, FieldMap, holds_no_records, record_array_rank};

/// Where in a document the records are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RecordsAt {
    /// The document is one record.
    Itself,
    /// In the arrays, or as the values of the object, that these keys lead to; the likeliest first,
    /// the others in the order of their keys.
    Under(Vec<Vec<String>>),
    /// There are none.
    Nowhere,
}

/// Tells where in a document the records are.
pub(super) fn find_records(document: &Value, map: &FieldMap) -> RecordsAt {
    let Value::Object(object) = document else { return RecordsAt::Nowhere };
    if ninjs::is_item(object) || has_body(object, map) {
        return RecordsAt::Itself;
    }
    let mut search = Search { map, path: Vec::new(), found: Vec::new() };
    search.look_into(object, false);
    let mut found = search.found;
    let best = (0..found.len()).min_by_key(|at| (found[*at].rank, found[*at].path.len()));
    match best.map(|best| found.remove(best)) {
        Some(best) => {
            found.retain(|other| other.is_like(&best));
            let paths = std::iter::once(best).chain(found).map(|found| found.path);
            RecordsAt::Under(paths.collect())
        }
        None if is_record(object, map) => RecordsAt::Itself,
        None => RecordsAt::Nowhere,
    }
}

/// Tells whether an object by this key of a wrapper is a record rather than a block of its text.
pub(super) fn is_record_under(key: &str, object: &Map<String, Value>, map: &FieldMap) -> bool {
    let is_text = map.fields_of(key).iter().any(|(field, _)| *field == Field::Body);
    is_record(object, map) && !(is_text && rich_text::is_block(object))
}

/// An array of records, or an object of them.
struct Found {
    path: Vec<String>,
    rank: usize,
    /// Whether the first record has both a title and a text, as comments and links have not.
    is_full: bool,
    /// The keys of the first record.
    keys: BTreeSet<String>,
    /// Whether it lies in an object that has a text itself.
    in_record: bool,
}

impl Found {
    /// Tells whether these records are of the same kind as the best.
    fn is_like(&self, best: &Self) -> bool {
        let lies_in = |outer: &Self| self.path.starts_with(&outer.path);
        !self.in_record && !lies_in(best) && (self.is_full || self.keys == best.keys)
    }
}

struct Search<'m> {
    map: &'m FieldMap,
    path: Vec<String>,
    found: Vec<Found>,
}

impl Search<'_> {
    fn look_into(&mut self, object: &Map<String, Value>, in_record: bool) {
        /// Arrays of any name are taken where none of a known name is.
        const UNKNOWN: usize = 1000;
        let texts = |value: &Value| value.as_object().is_some_and(|one| has_body(one, self.map));
        if object.len() > 1 && object.values().all(texts) {
            let first = object.values().find_map(Value::as_object);
            self.found.extend(first.map(|first| self.found_at(0, first, in_record)));
            return;
        }
        let in_record = in_record || !self.path.is_empty() && has_body(object, self.map);
        for (key, value) in object.iter().filter(|(key, _)| !holds_no_records(key)) {
            self.path.push(key.clone());
            match value {
                Value::Array(elements) => {
                    let mut objects = elements.iter().filter_map(Value::as_object);
                    let first = objects.find(|one| is_record_under(key, one, self.map));
                    let rank = record_array_rank(key).unwrap_or(UNKNOWN);
                    self.found.extend(first.map(|first| self.found_at(rank, first, in_record)));
                }
                Value::Object(inner) if self.path.len() < MAX_DEPTH => {
                    self.look_into(inner, in_record);
                }
                _ => {}
            }
            self.path.pop();
        }
    }

    fn found_at(&self, rank: usize, first: &Map<String, Value>, in_record: bool) -> Found {
        let candidates = Candidates::of_object(first, self.map);
        let has_title = candidates.first(Field::Title, read_line).is_some();
        Found {
            path: self.path.clone(),
            rank,
            is_full: has_title && has_body(first, self.map),
            keys: first.keys().cloned().collect(),
            in_record,
        }
    }
}

pub(super) fn is_record(object: &Map<String, Value>, map: &FieldMap) -> bool {
    if has_body(object, map) {
        return true;
    }
    if ninjs::is_item(object) {
        return true;
    }
    if object.contains_key("$schema") {
        return false;
    }
    let candidates = Candidates::of_object(object, map);
    let has = |field: Field| candidates.has(field);
    candidates.first(Field::Title, read_line).is_some()
        && (has(Field::Published) || has(Field::Url) || has(Field::Byline) || has(Field::Summary))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(document: Value) -> RecordsAt {
        find_records(&document, &FieldMap::default())
    }

    fn under(paths: &[&[&str]]) -> RecordsAt {
        let owned = |path: &&[&str]| path.iter().map(|key| (*key).to_owned()).collect();
        RecordsAt::Under(paths.iter().map(owned).collect())
    }

    #[test]
    fn records_are_found_inside_wrappers() {
        let article = json!({"title": "T", "url": "https://x.example/", "date": "2022"});
        let wrapped = json!({"status": "ok", "articles": [article]});
        assert_eq!(at(wrapped), under(&[&["articles"]]));
        let hits = json!({"hits": {"total": 1, "hits": [{"_source": article}]}});
        assert_eq!(at(hits), under(&[&["hits", "hits"]]));
        let feed = json!({"title": "Feed", "url": "https://x.example/", "items": [article]});
        assert_eq!(at(feed), under(&[&["items"]]));
        let story = json!({"title": "T", "body": "B", "articles": [article]});
        assert_eq!(at(story), RecordsAt::Itself);
        let keyed = json!({"a1": {"body": "B"}, "a2": {"body": "C"}});
        assert_eq!(at(keyed), under(&[&[]]));
        assert_eq!(at(json!({"version": 3, "files": ["a"]})), RecordsAt::Nowhere);
    }

    #[test]
    fn all_arrays_of_records_are_found() {
        let article = json!({"title": "T", "text": "One."});
        let link = json!({"title": "T", "url": "https://x.example/"});
        for (document, expected) in [
            (json!({"world": [article], "sport": [article]}), &[&["sport"][..], &["world"]][..]),
            (json!({"news": [article], "articles": [article]}), &[&["articles"], &["news"]]),
            (
                json!({"sites": {"a": {"articles": [link]}, "b": {"articles": [link]}}}),
                &[&["sites", "a", "articles"], &["sites", "b", "articles"]],
            ),
            (
                json!({"2020-01-01": [article], "2020-01-02": [article]}),
                &[&["2020-01-01"], &["2020-01-02"]],
            ),
        ] {
            assert_eq!(at(document.clone()), under(expected), "{document}");
        }
    }

    #[test]
    fn what_belongs_to_an_article_is_no_record() {
        let article = json!({"title": "T", "text": "One."});
        let comment = json!({"author": "A", "text": "Right!", "date": "2022"});
        let link = json!({"title": "T", "url": "https://x.example/"});
        for other in ["comments", "related_articles", "authors", "tags", "images"] {
            let document = json!({"articles": [article], other: [article, comment, link]});
            assert_eq!(at(document), under(&[&["articles"]]), "{other}");
            assert_eq!(at(json!({"title": "T", "url": "u", other: [link]})), RecordsAt::Itself);
        }
        let document = json!({"articles": [article], "x": [comment], "y": [link]});
        assert_eq!(at(document), under(&[&["articles"]]));
        let blocks = json!([{"type": "paragraph", "data": {"text": "One."}}]);
        for body in [
            json!({"blocks": blocks}),
            json!({"type": "doc", "content": [{"type": "paragraph", "content": [
                {"type": "text", "text": "One."}]}]}),
            json!({"root": {"type": "root", "children": blocks}}),
        ] {
            assert_eq!(at(json!({"title": "T", "body": body})), RecordsAt::Itself, "{body}");
        }
    }
}
