//! A record of named values, from JSON or a table, to the draft of an article by a field map.

use serde_json::{Map, Value};

use super::date_field::{self, DateHabits, WrittenIn};
use super::{author_list, rich_text};
use crate::article::{
    Byline, Confidence, DatePrecision, EntityKind, Evidence, EvidenceKind, GivenEntity, Outlet,
    PublicationDate, Sourced,
};
use crate::ingest::draft::{Draft, FileContext};
use crate::ingest::extract::page::{ExtractMode, PageOutcome, read_page};
use crate::ingest::extract::{date, fields, language};
use crate::ingest::field_map::{Field, FieldMap};
use crate::ingest::markup;
use crate::text::Language;

/// Objects inside objects are looked into this deep.
pub(super) const MAX_DEPTH: usize = 4;

/// A user's names are asked before all others.
const USER_RANK: usize = 0;
const COMMON_RANK: usize = 1000;
/// How much worse a name is that stands one object deeper.
const DEPTH_RANK: usize = 1000;

/// The values of one record by the fields they may be, best first.
pub(super) struct Candidates<'v> {
    by_field: [Vec<Candidate<'v>>; Field::COUNT],
    dates: DateHabits,
    extract: ExtractMode,
}

struct Candidate<'v> {
    rank: usize,
    key: &'v str,
    value: Given<'v>,
}

/// A value as given: a cell of a table or a value of JSON.
#[derive(Clone, Copy)]
pub(super) enum Given<'v> {
    Text(&'v str),
    Json(&'v Value),
}

impl<'v> Candidates<'v> {
    fn empty() -> Self {
        Self {
            by_field: std::array::from_fn(|_| Vec::new()),
            dates: DateHabits::default(),
            extract: ExtractMode::default(),
        }
    }

    /// Returns the values with what the other dates of the table tell of theirs.
    pub(super) fn with_date_habits(self, dates: DateHabits) -> Self {
        Self { dates, ..self }
    }

    /// Returns the values with how the text is found where one of them is a whole page. By default that
    /// is [`ExtractMode::default`].
    pub(super) fn with_extract_mode(self, extract: ExtractMode) -> Self {
        Self { extract, ..self }
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
            let fields = map.fields_of(key);
            let part = value.as_object().filter(|inner| {
                let is_nested = fields.iter().any(|(field, _)| *field == Field::Nested);
                is_nested && (!names_outlet(fields) || is_part_of_record(key, inner, map))
            });
            for (field, rank) in fields {
                match (field, part) {
                    (Field::Nested, Some(inner)) if depth < 2 => {
                        self.add_object(inner, map, depth + 1);
                    }
                    (Field::Nested, _) | (Field::Outlet, Some(_)) => {}
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

    /// Tells whether the record has a value for a field.
    pub(super) fn has(&self, field: Field) -> bool {
        !self.of(field).is_empty()
    }

    /// Returns the first value of a field that `read` can make something of.
    pub(super) fn first<T>(
        &self,
        field: Field,
        read: impl Fn(&Given<'v>) -> Option<T>,
    ) -> Option<Sourced<T>> {
        self.of(field).iter().find_map(|candidate| {
            let value = read(&candidate.value)?;
            Some(Sourced::new(value, EvidenceKind::Field, candidate.key))
        })
    }

    /// Returns what the record says of an article; where its text is a whole page, also what that says and
    /// the record does not.
    pub(super) fn into_draft(self) -> Draft {
        let mut draft = Draft {
            title: self.first(Field::Title, read_line),
            byline: self.first(Field::Byline, read_byline),
            outlet: self.first(Field::Outlet, read_outlet_name).or_else(|| self.outlet_address()),
            section: self.first(Field::Section, read_name),
            language: self.first(Field::Language, |given| Language::parse(&read_line(given)?)),
            url: self.first(Field::Url, read_url).or_else(|| self.address_of_source()),
            ..Draft::default()
        };
        let page = self.fill_body(&mut draft);
        draft.published = self.published(&draft);
        for (field, kind) in ENTITIES {
            for candidate in self.of(*field) {
                let names = candidate.value.names();
                draft.given_entities.extend(names.map(|name| GivenEntity { kind: *kind, name }));
            }
        }
        match page {
            Some(page) => or_of_page(draft, page),
            None => draft,
        }
    }

    /// Sets the text: the first value, or a later one that is far longer, since some exports
    /// cut their `content` and have the whole in another field; or else a summary. Returns what
    /// a whole page says besides its text.
    fn fill_body(&self, draft: &mut Draft) -> Option<Draft> {
        /// A text of this many bytes is no teaser, and a page beside it is not looked into.
        const LEAST_TEXT: usize = 500;
        let mut page = None;
        for candidate in self.of(Field::Body) {
            let html = candidate.value.text().filter(|text| rich_text::is_page(text));
            let text = match html {
                Some(_) if draft.body.len() >= LEAST_TEXT => continue,
                Some(html) => match self.read_page(html, draft) {
                    Some(mut found) => {
                        let text = std::mem::take(&mut found.body);
                        page = Some(found);
                        text
                    }
                    None => markup::article_text_of(html),
                },
                None => read_text(&candidate.value),
            };
            if draft.body.is_empty() || text.len() > draft.body.len() * 3 {
                draft.body = text;
            }
        }
        if draft.body.is_empty() {
            let summaries = self.of(Field::Summary).iter();
            let mut texts = summaries.map(|candidate| read_text(&candidate.value));
            draft.body = texts.find(|text| !text.is_empty()).unwrap_or_default();
        }
        page
    }

    /// Returns the article on a page, or `None` where the page does not look like one: the record says
    /// that it is.
    fn read_page(&self, html: &str, draft: &Draft) -> Option<Draft> {
        let url = draft.url.as_ref().map(|url| url.value.clone());
        let context = FileContext { url, ..FileContext::default() };
        match read_page(html, &context, self.extract) {
            Ok(PageOutcome::Article(page)) if !page.body.is_empty() => Some(page),
            _ => None,
        }
    }

    fn published(&self, draft: &Draft) -> Option<Sourced<PublicationDate>> {
        self.of(Field::Published).iter().find_map(|candidate| {
            let text = read_date_text(&candidate.value)?;
            let written_in = || self.written_in(draft);
            let (mut date, confidence) = date_field::parse(&text, self.dates, written_in)?;
            if date.precision() == DatePrecision::Day
                && let Some(time) = self.first(Field::Time, read_line)
                && let Some(exact) = date::parse(&format!("{date}T{}", time.value))
            {
                date = exact;
            }
            let detail = format!("{} `{text}`", candidate.key);
            let evidence = Evidence::new(EvidenceKind::Field, detail).with_confidence(confidence);
            Some(Sourced { value: date, evidence })
        })
    }

    /// Returns what the record says of where its date was written; of the language of its text only what
    /// is certain.
    fn written_in<'d>(&self, draft: &'d Draft) -> WrittenIn<'d> {
        let stated = self.first(Field::Language, read_line).map(|stated| stated.value);
        let detected = || {
            let detected = language::detect(&draft.body, None)?;
            (detected.evidence.confidence == Confidence::High).then_some(detected.value)
        };
        let address = draft.url.as_ref().and_then(|url| fields::host(&url.value));
        let outlet = draft.outlet.as_ref().map(|outlet| outlet.value.as_str());
        WrittenIn {
            region: stated.filter(|stated| stated.contains(['-', '_'])),
            language: draft.language.as_ref().map(|stated| stated.value).or_else(detected),
            host: address.or(outlet),
        }
    }

    /// Returns the host of the address that stands where the publication is named.
    fn outlet_address(&self) -> Option<Sourced<Outlet>> {
        self.first(Field::Outlet, |given| {
            let host = fields::host(given.text()?.trim())?.to_lowercase();
            Outlet::new(&host)
        })
    }

    /// Returns the address of the article where it stands in the place of the publication; one without a
    /// path is that of the publication.
    fn address_of_source(&self) -> Option<Sourced<String>> {
        self.first(Field::Outlet, |given| {
            let url = read_url(given)?;
            let (_, path) = url.split_once("://")?.1.split_once('/')?;
            (!path.is_empty()).then_some(url)
        })
    }
}

/// Tells whether a key may hold the name of the publication.
fn names_outlet(fields: &[(Field, usize)]) -> bool {
    fields.iter().any(|(field, _)| *field == Field::Outlet)
}

/// Tells whether an object by a key such as `source` holds more of the record, as the `_source` of
/// Elasticsearch does, rather than describing the publication.
fn is_part_of_record(key: &str, inner: &Map<String, Value>, map: &FieldMap) -> bool {
    let has = |wanted: Field| {
        inner.keys().any(|key| map.fields_of(key).iter().any(|(field, _)| *field == wanted))
    };
    key == "_source" || has(Field::Body) || has(Field::Title) && has(Field::Published)
}

/// Returns a draft with what `page` says where it says nothing itself.
fn or_of_page(draft: Draft, page: Draft) -> Draft {
    Draft {
        title: draft.title.or(page.title),
        published: draft.published.or(page.published),
        byline: draft.byline.or(page.byline),
        outlet: draft.outlet.or(page.outlet),
        section: draft.section.or(page.section),
        language: draft.language.or(page.language),
        url: draft.url.or(page.url),
        dateline: page.dateline,
        agencies: page.agencies,
        ..draft
    }
}

const ENTITIES: &[(Field, EntityKind)] = &[
    (Field::Persons, EntityKind::Person),
    (Field::Organizations, EntityKind::Organization),
    (Field::Places, EntityKind::Place),
];

/// Tells whether a text is how an export writes that there is no value.
pub(super) fn is_null(text: &str) -> bool {
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

/// Keys of an object that stands for one text, in any case, best first.
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
    "displayname",
    "full_name",
    "fullname",
    "original",
    "default",
    "$date",
    "date",
    "href",
    "url",
    "@id",
    "id",
    "term",
    "by",
];

/// Returns the text that a value stands for.
pub(super) fn text_in(value: &Value, depth: usize) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(elements) if depth < MAX_DEPTH => {
            elements.iter().find_map(|element| text_in(element, depth + 1))
        }
        Value::Object(object) if depth < MAX_DEPTH => TEXT_KEYS
            .iter()
            .filter_map(|key| value_of(object, key))
            .find_map(|inner| text_in(inner, depth + 1)),
        _ => None,
    }
}

/// Returns the value of a key in any case.
pub(super) fn value_of<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| {
        object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    })
}

/// Returns the one line of text that a value is.
pub(super) fn read_line(given: &Given<'_>) -> Option<String> {
    let line = markup::line_of(given.text()?);
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Reads a value that is a name rather than a number or an address.
fn read_name(given: &Given<'_>) -> Option<String> {
    let is_name = |name: &String| name.chars().any(char::is_alphabetic) && !name.contains("://");
    read_line(given).filter(is_name)
}

/// Reads the name of a publication; one that is a host as hosts of addresses are written.
fn read_outlet_name(given: &Given<'_>) -> Option<Outlet> {
    let name = read_name(given)?;
    let host = name.to_lowercase();
    Outlet::new(if is_host(&host) { host.strip_prefix("www.").unwrap_or(&host) } else { &name })
}

/// Tells whether a name in lower case is that of a host: `www.x.example`, but not `st.petersburg`.
fn is_host(name: &str) -> bool {
    /// What is longer names a place, mostly.
    const LONGEST_DOMAIN: usize = 7;
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.rsplit_once('.').is_some_and(|(host, domain)| {
        (2..=LONGEST_DOMAIN).contains(&domain.len())
            && domain.bytes().all(|byte| byte.is_ascii_lowercase())
            && host.split('.').all(is_label)
    })
}

fn read_url(given: &Given<'_>) -> Option<String> {
    let url = given.text()?.trim();
    let is_address = url.starts_with("http://") || url.starts_with("https://");
    is_address.then(|| url.to_owned())
}

fn read_byline(given: &Given<'_>) -> Option<Byline> {
    match given {
        Given::Json(value) => author_list::of_value(value),
        Given::Text(text) => author_list::of_text(text),
    }
}

fn read_date_text(given: &Given<'_>) -> Option<String> {
    let text = match given {
        Given::Json(value) => date_field::text_of(value).or(given.text().map(str::to_owned)),
        Given::Text(text) => Some((*text).to_owned()),
    };
    text.filter(|text| !is_null(text.trim()))
}

/// Reads the text of a body: plain, marked up, or in blocks.
fn read_text(given: &Given<'_>) -> String {
    match given {
        Given::Text(text) => rich_text::of_text(text),
        Given::Json(value) => rich_text::of_value(value),
    }
}

/// Tells whether an object has the text of an article.
pub(super) fn has_body(object: &Map<String, Value>, map: &FieldMap) -> bool {
    let candidates = Candidates::of_object(object, map);
    let is_text = |candidate: &Candidate<'_>| match candidate.value {
        Given::Json(Value::String(text)) => !is_null(text.trim()),
        Given::Json(Value::Array(elements)) => rich_text::are_blocks(elements),
        Given::Json(Value::Object(object)) => rich_text::is_rich_text(object),
        _ => false,
    };
    candidates.of(Field::Body).iter().any(is_text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(record: Value) -> Draft {
        Candidates::of_object(record.as_object().unwrap(), &FieldMap::default()).into_draft()
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
    fn a_nested_record_is_no_outlet() {
        let elastic = draft(json!({"_source": {"title": "T", "text": "B", "source": "The Post"}}));
        assert_eq!(elastic.outlet.unwrap().value.as_str(), "The Post");
        let elastic = draft(json!({"_source": {"title": "T", "text": "B", "name": "x"}}));
        assert_eq!(elastic.outlet, None);
        let described = draft(json!({"title": "T", "text": "B", "source": {
            "title": "The Post", "url": "https://post.example/"}}));
        assert_eq!(described.outlet.unwrap().value.as_str(), "The Post");
        assert_eq!((described.title.unwrap().value.as_str(), described.url), ("T", None));
        let named = draft(json!({"title": "T", "Source": {"Name": "The Post", "Id": 1}}));
        assert_eq!(named.outlet.unwrap().value.as_str(), "The Post");
    }

    #[test]
    fn outlets_are_names_hosts_or_addresses() {
        for (source, outlet, url) in [
            ("The Post", "The Post", None),
            ("www.post.example", "post.example", None),
            ("POST.EXAMPLE", "post.example", None),
            ("St.Petersburg", "St.Petersburg", None),
            ("A.P.", "A.P.", None),
            ("https://www.post.example", "post.example", None),
            ("https://www.post.example/1", "post.example", Some("https://www.post.example/1")),
        ] {
            let found = draft(json!({"title": "T", "text": "B", "source": source}));
            assert_eq!(found.outlet.unwrap().value.as_str(), outlet, "{source}");
            assert_eq!(found.url.map(|url| url.value).as_deref(), url, "{source}");
        }
        let own = draft(
            json!({"title": "T", "url": "https://a.example/1", "source": "https://b.example/2"}),
        );
        assert_eq!(own.url.unwrap().value, "https://a.example/1");
    }

    #[test]
    fn a_whole_page_is_read_as_one() {
        let page = "<html><head><title>P</title><meta name=author content='Ann Lee'></head><body>\
            <nav><a href=/>Home</a></nav><article><h1>P</h1><p>The council voted on Tuesday to close \
            the bridge, officials said.</p></article><footer>Contact</footer></body></html>";
        let found = draft(json!({"title": "T", "html": page}));
        assert_eq!(found.body, "The council voted on Tuesday to close the bridge, officials said.");
        assert_eq!(found.title.unwrap().value, "T");
        assert_eq!(found.byline.unwrap().value.authors, ["Ann Lee"]);
    }

    #[test]
    fn numeric_dates_are_read_as_at_home() {
        let date = |record: Value| {
            let date = draft(record).published.unwrap();
            (date.value.to_string(), date.evidence.confidence)
        };
        let text =
            "Il presidente del Consiglio ha detto che il voto si è svolto ieri nella capitale.";
        let (numbers, day) = ("05/03/2022", "2022-03-05".to_owned());
        let italian = json!({"title": "T", "text": text, "date": numbers});
        assert_eq!(date(italian), (day.clone(), Confidence::High));
        let british = json!({"title": "T", "date": numbers, "url": "https://www.bbc.co.uk/a"});
        assert_eq!(date(british), (day, Confidence::High));
        let unknown = json!({"title": "T", "date": numbers, "language": "english"});
        assert_eq!(date(unknown), ("2022-05-03".to_owned(), Confidence::Medium));
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
    fn given_entities_are_lists_of_names() {
        let draft = draft(json!({"title": "T", "person": [{"name": "A B"}], "place": "desk"}));
        assert_eq!(
            draft.given_entities,
            [GivenEntity { kind: EntityKind::Person, name: "A B".into() }]
        );
    }
}
