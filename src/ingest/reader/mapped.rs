//! A record of named values, from JSON or a table, to the draft of an article by a field map.

use serde_json::{Map, Value};

use super::ninjs;

use crate::article::{
    Byline, DatePrecision, EntityKind, EvidenceKind, GivenEntity, Outlet, PublicationDate, Sourced,
};
use crate::ingest::draft::Draft;
use crate::ingest::extract::date;
use crate::ingest::field_map::{Field, FieldMap, record_array_rank};
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;
use crate::text::Language;

/// Objects inside objects are looked into this deep.
const MAX_DEPTH: usize = 4;

/// A user's names are asked before all others.
const USER_RANK: usize = 0;
const COMMON_RANK: usize = 1000;
/// How much worse a name is that stands one object deeper.
const DEPTH_RANK: usize = 1000;

/// The values of one record by the fields they may be, best first.
pub(super) struct Candidates<'v> {
    by_field: [Vec<Candidate<'v>>; Field::COUNT],
}

struct Candidate<'v> {
    rank: usize,
    key: &'v str,
    value: Given<'v>,
}

/// A value as given: a cell of a table or a value of JSON.
#[derive(Clone, Copy)]
enum Given<'v> {
    Text(&'v str),
    Json(&'v Value),
}

impl<'v> Candidates<'v> {
    fn empty() -> Self {
        Self { by_field: std::array::from_fn(|_| Vec::new()) }
    }

    /// Returns the values of a row by the names of its columns.
    pub(super) fn of_row<'c: 'v>(
        columns: impl Iterator<Item = (&'c str, &'v str)>,
        map: &FieldMap,
    ) -> Self {
        let mut candidates = Self::empty();
        for (name, cell) in columns {
            let cell = cell.trim();
            if is_null(cell) {
                continue;
            }
            for (rank, (field, path)) in map.paths().iter().enumerate() {
                if path.join(".") == name {
                    candidates.add(*field, USER_RANK + rank, name, Given::Text(cell));
                }
            }
            for (field, rank) in map.fields_of(name) {
                candidates.add(*field, COMMON_RANK + rank, name, Given::Text(cell));
            }
        }
        candidates.sort();
        candidates
    }

    /// Returns the values of an object and of the objects in it that hold parts of the record.
    pub(super) fn of_object(object: &'v Map<String, Value>, map: &'v FieldMap) -> Self {
        let mut candidates = Self::empty();
        for (rank, (field, path)) in map.paths().iter().enumerate() {
            let (last, way) = path.split_last().expect("a split text has a part");
            let inner = way.iter().try_fold(object, |object, key| object.get(key)?.as_object());
            if let Some(value) = inner.and_then(|inner| inner.get(last)) {
                candidates.add(*field, USER_RANK + rank, last, Given::Json(value));
            }
        }
        candidates.add_object(object, map, 0);
        candidates.sort();
        candidates
    }

    fn add_object(&mut self, object: &'v Map<String, Value>, map: &FieldMap, depth: usize) {
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            for (field, rank) in map.fields_of(key) {
                match (field, value) {
                    (Field::Nested, Value::Object(inner)) if depth < 2 => {
                        self.add_object(inner, map, depth + 1);
                    }
                    (Field::Nested, _) => {}
                    _ => {
                        let rank = COMMON_RANK + depth * DEPTH_RANK + rank;
                        self.add(*field, rank, key, Given::Json(value));
                    }
                }
            }
        }
    }

    fn add(&mut self, field: Field, rank: usize, key: &'v str, value: Given<'v>) {
        self.by_field[field as usize].push(Candidate { rank, key, value });
    }

    fn sort(&mut self) {
        for candidates in &mut self.by_field {
            candidates.sort_by_key(|candidate| candidate.rank);
        }
    }

    fn of(&self, field: Field) -> &[Candidate<'v>] {
        &self.by_field[field as usize]
    }

    /// Returns the first value of a field that `read` can make something of.
    fn first<T>(&self, field: Field, read: impl Fn(&Given<'v>) -> Option<T>) -> Option<Sourced<T>> {
        self.of(field).iter().find_map(|candidate| {
            let value = read(&candidate.value)?;
            Some(Sourced::new(value, EvidenceKind::Field, candidate.key))
        })
    }

    /// Returns what the record says of an article.
    pub(super) fn into_draft(self) -> Draft {
        let mut draft = Draft {
            title: self.first(Field::Title, read_line),
            published: self.published(),
            byline: self.first(Field::Byline, read_byline),
            outlet: self.first(Field::Outlet, read_outlet),
            section: self.first(Field::Section, read_name),
            language: self.first(Field::Language, |given| Language::parse(&read_line(given)?)),
            url: self.first(Field::Url, read_url),
            body: self.body(),
            ..Draft::default()
        };
        for (field, kind) in ENTITIES {
            for candidate in self.of(*field) {
                let names = candidate.value.names();
                draft.given_entities.extend(names.map(|name| GivenEntity { kind: *kind, name }));
            }
        }
        draft
    }

    /// Returns the text: the first value, or a later one that is far longer, since some exports
    /// cut their `content` and have the whole in another field; or else a summary.
    fn body(&self) -> String {
        let mut best = String::new();
        for candidate in self.of(Field::Body) {
            let text = read_text(&candidate.value);
            if best.is_empty() || text.len() > best.len() * 3 {
                best = text;
            }
        }
        if best.is_empty() {
            let summaries = self.of(Field::Summary).iter();
            let mut texts = summaries.map(|candidate| read_text(&candidate.value));
            best = texts.find(|text| !text.is_empty()).unwrap_or_default();
        }
        best
    }

    fn published(&self) -> Option<Sourced<PublicationDate>> {
        self.of(Field::Published).iter().find_map(|candidate| {
            let text = read_date_text(&candidate.value)?;
            let mut date = parse_date(&text)?;
            if date.precision() == DatePrecision::Day
                && let Some(time) = self.first(Field::Time, read_line)
                && let Some(exact) = date::parse(&format!("{date}T{}", time.value))
            {
                date = exact;
            }
            let detail = format!("{} `{text}`", candidate.key);
            Some(Sourced::new(date, EvidenceKind::Field, detail))
        })
    }
}

const ENTITIES: &[(Field, EntityKind)] = &[
    (Field::Persons, EntityKind::Person),
    (Field::Organizations, EntityKind::Organization),
    (Field::Places, EntityKind::Place),
];

/// Tells whether a text is how an export writes that there is no value.
fn is_null(text: &str) -> bool {
    const NULLS: &[&str] = &["", "null", "none", "nan", "n/a", "na", "undefined", "[]", "{}", "-"];
    text.len() <= 9 && NULLS.contains(&text.to_lowercase().as_str())
}

impl<'v> Given<'v> {
    /// Returns the text of a value that has one.
    fn text(&self) -> Option<&'v str> {
        let text = match self {
            Self::Text(text) => text,
            Self::Json(value) => text_in(value, 0)?,
        };
        (!is_null(text.trim())).then_some(text)
    }

    /// Returns the names in a list of them.
    fn names(&self) -> impl Iterator<Item = String> {
        let elements = match self {
            Self::Json(Value::Array(elements)) => elements.as_slice(),
            _ => &[],
        };
        let texts = elements.iter().filter_map(|element| text_in(element, 0));
        texts.filter(|name| !is_null(name)).map(|name| markup::line_of(name).into_owned())
    }
}

/// Keys of an object that stands for one text, best first.
const TEXT_KEYS: &[&str] = &[
    "name",
    "rendered",
    "main",
    "basic",
    "title",
    "text",
    "value",
    "content",
    "body",
    "html",
    "plain",
    "#text",
    "$t",
    "_",
    "label",
    "display_name",
    "full_name",
    "original",
    "default",
    "$date",
    "date",
    "href",
    "url",
    "id",
    "term",
    "by",
];

fn text_in(value: &Value, depth: usize) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(elements) if depth < MAX_DEPTH => {
            elements.iter().find_map(|element| text_in(element, depth + 1))
        }
        Value::Object(object) if depth < MAX_DEPTH => TEXT_KEYS
            .iter()
            .filter_map(|key| object.get(*key))
            .find_map(|inner| text_in(inner, depth + 1)),
        _ => None,
    }
}

fn read_line(given: &Given<'_>) -> Option<String> {
    let line = markup::line_of(given.text()?);
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Reads a value that is a name rather than a number or an address.
fn read_name(given: &Given<'_>) -> Option<String> {
    let is_name = |name: &String| name.chars().any(char::is_alphabetic) && !name.contains("://");
    read_line(given).filter(is_name)
}

fn read_outlet(given: &Given<'_>) -> Option<Outlet> {
    Outlet::new(&read_name(given)?)
}

fn read_url(given: &Given<'_>) -> Option<String> {
    let url = given.text()?.trim();
    let is_address = url.starts_with("http://") || url.starts_with("https://");
    is_address.then(|| url.to_owned())
}

fn read_byline(given: &Given<'_>) -> Option<Byline> {
    let mut authors = Vec::new();
    match given {
        Given::Json(value) => collect_authors(value, 0, &mut authors),
        Given::Text(text) => match serde_json::from_str(&text.replace('\'', "\"")) {
            // A list as Python writes it in a table: ['A. Marsh', 'B. Marsh'].
            Ok(list @ Value::Array(_)) => collect_authors(&list, 0, &mut authors),
            _ => authors.push((*text).to_owned()),
        },
    }
    authors.retain(|author| author.chars().any(char::is_alphabetic) && !author.contains("://"));
    (!authors.is_empty()).then_some(Byline { authors })
}

fn collect_authors(value: &Value, depth: usize, authors: &mut Vec<String>) {
    match value {
        Value::Array(elements) if depth < MAX_DEPTH => {
            for element in elements {
                collect_authors(element, depth + 1, authors);
            }
        }
        Value::Object(object) if depth < MAX_DEPTH => {
            let part = |keys: [&str; 3]| keys.iter().find_map(|key| object.get(*key)?.as_str());
            let first = part(["first_name", "firstname", "firstName"]);
            let last = part(["last_name", "lastname", "lastName"]);
            if let (Some(first), Some(last)) = (first, last) {
                authors.push(format!("{first} {last}"));
            } else if let Some(by @ Value::Array(_)) = object.get("by") {
                collect_authors(by, depth + 1, authors);
            } else if let Some(text) = text_in(value, depth) {
                authors.push(markup::line_of(text).into_owned());
            }
        }
        Value::String(text) if !is_null(text.trim()) => {
            authors.push(markup::line_of(text).into_owned());
        }
        _ => {}
    }
}

/// Returns the text of a date, of whatever type it is given as.
fn read_date_text(given: &Given<'_>) -> Option<String> {
    match given {
        Given::Json(Value::Number(number)) => Some(number.to_string()),
        Given::Json(Value::Object(object)) => {
            let date = object.get("$date")?;
            let long = date.get("$numberLong").unwrap_or(date);
            read_date_text(&Given::Json(long))
        }
        _ => given.text().map(str::to_owned),
    }
}

fn parse_date(text: &str) -> Option<PublicationDate> {
    match text.parse::<f64>() {
        Ok(number) if text.contains(['.', 'e', 'E', '-']) => date::parse_epoch(number),
        _ => date::parse(text),
    }
}

/// Reads the text of a body: plain, marked up, or in blocks.
fn read_text(given: &Given<'_>) -> String {
    let mut blocks = Vec::new();
    match given {
        Given::Text(text) => blocks.push(block_text(text)),
        Given::Json(value) => collect_blocks(value, 0, &mut blocks),
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

/// Blocks of these types, as the systems of publishers have them, are no part of the text.
const OTHER_BLOCKS: &[&str] = &[
    "title",
    "headline",
    "kicker",
    "byline",
    "date",
    "image",
    "video",
    "gallery",
    "author_info",
    "tweet",
    "instagram",
    "inline-story",
    "deck",
    "interstitial_link",
    "ad",
    "advertisement",
    "raw_html",
    "custom_embed",
    "link_list",
    "reference",
    "divider",
    "list_links",
];

fn collect_blocks(value: &Value, depth: usize, blocks: &mut Vec<String>) {
    match value {
        Value::String(text) => blocks.push(block_text(text)),
        Value::Array(elements) if depth < MAX_DEPTH => {
            for element in elements {
                collect_blocks(element, depth + 1, blocks);
            }
        }
        Value::Object(object) if depth < MAX_DEPTH => {
            let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
            if OTHER_BLOCKS.contains(&kind) {
                return;
            }
            let keys = ["rendered", "content", "text", "value", "html", "body", "paragraphs"];
            let more = ["content_elements", "children", "items", "#text", "plain", "$t"];
            let inner = keys.iter().chain(&more).find_map(|key| object.get(*key));
            if let Some(inner) = inner {
                collect_blocks(inner, depth + 1, blocks);
            }
        }
        _ => {}
    }
}

fn block_text(text: &str) -> String {
    let text = text.trim();
    if is_null(text) {
        return String::new();
    }
    if text.contains('<') && markup::is_html(text) {
        return markup::text_of(text);
    }
    let decoded = markup::decode_entities(text);
    if decoded.contains('<') && decoded.len() < text.len() && markup::is_html(&decoded) {
        return markup::text_of(&decoded);
    }
    // Some exports escape their line breaks twice.
    if !decoded.contains('\n') && decoded.contains("\\n") {
        return unwrap_lines(&decoded.replace("\\r", "").replace("\\n", "\n"));
    }
    unwrap_lines(&decoded)
}

/// Where in a document the records are, when it is not one itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RecordsAt {
    /// The document is one record.
    Itself,
    /// In the array, or as the values of the object, that these keys lead to.
    Under(Vec<String>),
    /// There are none.
    Nowhere,
}

/// Tells where in a document the records are.
pub(super) fn find_records(document: &Value, map: &FieldMap) -> RecordsAt {
    let Value::Object(object) = document else { return RecordsAt::Nowhere };
    if ninjs::is_item(object) || has_body(object, map) {
        return RecordsAt::Itself;
    }
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    collect_arrays(object, map, &mut Vec::new(), &mut found);
    let best = found.into_iter().min_by_key(|(rank, path)| (*rank, path.len()));
    match best {
        Some((_, path)) => RecordsAt::Under(path),
        None if is_record(object, map) => RecordsAt::Itself,
        None => RecordsAt::Nowhere,
    }
}

fn collect_arrays(
    object: &Map<String, Value>,
    map: &FieldMap,
    path: &mut Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) {
    /// Arrays of any name are taken where none of a known name is.
    const UNKNOWN: usize = 1000;
    let holds_record = |value: &Value| value.as_object().is_some_and(|one| is_record(one, map));
    for (key, value) in object {
        path.push(key.clone());
        match value {
            Value::Array(elements) if elements.iter().any(holds_record) => {
                found.push((record_array_rank(key).unwrap_or(UNKNOWN), path.clone()));
            }
            Value::Object(inner) if path.len() < MAX_DEPTH => {
                collect_arrays(inner, map, path, found);
            }
            _ => {}
        }
        path.pop();
    }
    let is_keyed = object.len() > 1
        && object.values().all(|value| value.as_object().is_some_and(|one| has_body(one, map)));
    if is_keyed {
        found.push((0, path.clone()));
    }
}

fn has_body(object: &Map<String, Value>, map: &FieldMap) -> bool {
    let candidates = Candidates::of_object(object, map);
    let is_text = |candidate: &Candidate<'_>| match candidate.value {
        Given::Json(Value::String(text)) => !is_null(text.trim()),
        Given::Json(Value::Array(elements)) => {
            elements.iter().all(|element| element.is_string() || element.get("type").is_some())
                && !elements.is_empty()
        }
        Given::Json(Value::Object(object)) => object.contains_key("rendered"),
        _ => false,
    };
    candidates.of(Field::Body).iter().any(is_text)
}

fn is_record(object: &Map<String, Value>, map: &FieldMap) -> bool {
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
    let has = |field: Field| !candidates.of(field).is_empty();
    candidates.first(Field::Title, read_line).is_some()
        && (has(Field::Published) || has(Field::Url) || has(Field::Byline) || has(Field::Summary))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(record: Value) -> Draft {
        Candidates::of_object(record.as_object().unwrap(), &FieldMap::default()).into_draft()
    }

    fn at(document: Value) -> RecordsAt {
        find_records(&document, &FieldMap::default())
    }

    fn under(path: &[&str]) -> RecordsAt {
        RecordsAt::Under(path.iter().map(|key| (*key).to_owned()).collect())
    }

    #[test]
    fn exports_of_many_kinds_are_read() {
        let news_api = draft(json!({
            "source": {"id": null, "name": "The Courier"}, "author": "A. Marsh",
            "title": "Talks resume &amp; stall", "url": "https://c.example/a", "content": "One.",
            "publishedAt": "2022-01-25T18:15:00Z"
        }));
        assert_eq!(news_api.title.unwrap().value, "Talks resume & stall");
        assert_eq!(news_api.outlet.unwrap().value.as_str(), "The Courier");
        assert_eq!(news_api.published.unwrap().value.to_string(), "2022-01-25T18:15:00Z");

        let wordpress = draft(json!({
            "title": {"rendered": "A title"}, "content": {"rendered": "<p>One.</p><p>Two.</p>"},
            "date": "2022-01-25T18:15:00", "link": "https://w.example/a", "author": 7
        }));
        assert_eq!(wordpress.body, "One.\n\nTwo.");
        assert_eq!(wordpress.byline, None);

        let elastic = draft(json!({
            "_id": "1", "_source": {"headline": "H", "body": "B", "date": 1643134500000_i64}
        }));
        assert_eq!(elastic.title.unwrap().value, "H");
        assert_eq!(elastic.published.unwrap().value.to_string(), "2022-01-25T18:15:00Z");

        let blocks = draft(json!({
            "title": "T", "contents": [
                {"type": "kicker", "content": "World"},
                {"type": "sanitized_html", "content": "One <b>bold</b>."},
                {"type": "sanitized_html", "content": "Two."}],
            "published_date": 1643134500
        }));
        assert_eq!(blocks.body, "One bold.\n\nTwo.");
        assert_eq!(blocks.published.unwrap().value.to_string(), "2022-01-25T18:15:00Z");
    }

    #[test]
    fn bylines_come_as_texts_lists_and_objects() {
        let authors = |value: Value| {
            draft(json!({"title": "T", "authors": value})).byline.map(|byline| byline.value.authors)
        };
        assert_eq!(authors(json!(["A B", "C D"])).unwrap(), ["A B", "C D"]);
        assert_eq!(authors(json!([{"name": "A B"}])).unwrap(), ["A B"]);
        let parts = json!([{"first_name": "A", "last_name": "B"}]);
        assert_eq!(authors(parts).unwrap(), ["A B"]);
        assert_eq!(authors(json!({"by": [{"name": "A B"}]})).unwrap(), ["A B"]);
        assert_eq!(authors(json!("")), None);
    }

    #[test]
    fn a_users_paths_come_first() {
        let map = FieldMap::default().with(Field::Title, "kopf.zeile");
        let record = json!({"title": "wrong", "kopf": {"zeile": "right"}});
        let draft = Candidates::of_object(record.as_object().unwrap(), &map).into_draft();
        assert_eq!(draft.title.unwrap().value, "right");
    }

    #[test]
    fn separate_times_join_their_day() {
        let draft = draft(json!({"title": "T", "date": "2022-01-25", "time": "18:15:00"}));
        assert_eq!(draft.published.unwrap().value.to_string(), "2022-01-25T18:15:00");
    }

    #[test]
    fn records_are_found_inside_wrappers() {
        let article = json!({"title": "T", "url": "https://x.example/", "date": "2022"});
        let wrapped = json!({"status": "ok", "articles": [article]});
        assert_eq!(at(wrapped), under(&["articles"]));
        let hits = json!({"hits": {"total": 1, "hits": [{"_source": article}]}});
        assert_eq!(at(hits), under(&["hits", "hits"]));
        let feed = json!({"title": "Feed", "url": "https://x.example/", "items": [article]});
        assert_eq!(at(feed), under(&["items"]));
        let story = json!({"title": "T", "body": "B", "articles": [article]});
        assert_eq!(at(story), RecordsAt::Itself);
        let keyed = json!({"a1": {"body": "B"}, "a2": {"body": "C"}});
        assert_eq!(at(keyed), under(&[]));
        assert_eq!(at(json!({"version": 3, "files": ["a"]})), RecordsAt::Nowhere);
    }

    #[test]
    fn given_entities_are_lists_of_names() {
        let draft = draft(json!({"title": "T", "person": [{"name": "A B"}], "place": "desk"}));
        assert_eq!(
            draft.given_entities,
            [GivenEntity { kind: EntityKind::Person, name: "A B".into() }]
        );
    }
}
