//! ninjs, the JSON of news agencies, versions 1 to 3: one news item an object.
//!
//! Version 1 has its texts in keys such as `body_xhtml`, the later ones in arrays of objects with
//! roles and languages; keys are compared without case, which changed between the versions. An item
//! may lie in an envelope, as the interface of an agency sends it.

use serde_json::{Map, Value};

use super::item_kind::{left_out, unsupported};
use super::mapped::value_of;
use super::{given, nitf};
use crate::article::{Byline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::draft::Draft;
use crate::ingest::extract::date;
use crate::ingest::markup;
use crate::ingest::paragraph::unwrap_lines;
use crate::ingest::records::Reading;
use crate::ingest::xml::Document;
use crate::text::Language;

/// Keys that, beside `uri`, only a news item has.
const MARKS: &[&str] = &[
    "pubstatus",
    "versioncreated",
    "bodies",
    "headlines",
    "body_text",
    "body_xhtml",
    "body_html",
    "body_nitf",
    "eventdetails",
    "representationtype",
    "trustindicator",
    "altids",
];

/// The keys under which envelopes have an item.
const ENVELOPES: &[&str] = &["data", "item"];

/// Tells whether an object is a news item, or an envelope with one.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    item_in(object).is_some()
}

/// Returns the news item that an object is, or has in it.
fn item_in(object: &Map<String, Value>) -> Option<&Map<String, Value>> {
    let is_item = object.get("uri").is_some_and(Value::is_string)
        && object.keys().any(|key| MARKS.contains(&key.to_ascii_lowercase().as_str()));
    if is_item {
        return Some(object);
    }
    ENVELOPES.iter().find_map(|key| item_in(object.get(*key)?.as_object()?))
}

/// Reads a news item; one of pictures, sound or an event is left out, and so is one that was taken
/// back.
pub(super) fn read_item(object: &Map<String, Value>) -> Reading {
    let item = Item(item_in(object).unwrap_or(object));
    if let Some(reading) = left_out(item.text("type"), item.text("pubstatus")) {
        return reading;
    }
    if item.text("type").is_none() && item.get("eventdetails").is_some() {
        return unsupported("an event item");
    }
    let mut draft = Draft {
        title: item.title(),
        published: item.published(),
        byline: item.byline(),
        outlet: item.outlet(),
        section: item.section(),
        language: item
            .text("language")
            .and_then(|language| Some(given(Language::parse(language)?, "language"))),
        url: item
            .text("uri")
            .filter(|uri| uri.starts_with("http"))
            .map(|uri| given(uri.to_owned(), "uri")),
        given_entities: item.entities(),
        ..Draft::default()
    };
    item.fill_body(&mut draft);
    let outlet = draft.outlet.as_ref().map(|outlet| outlet.value.to_string());
    // Agencies sign items that no person does.
    draft.byline = draft.byline.filter(|byline| Some(byline.value.to_string()) != outlet);
    if let Some(dateline) = item.text("dateline").filter(|_| !draft.body.is_empty()) {
        nitf::open_with_dateline(&mut draft, dateline);
    }
    Reading::Draft(draft)
}

struct Item<'v>(&'v Map<String, Value>);

impl<'v> Item<'v> {
    /// Returns the value of a key in any case.
    fn get(&self, name: &str) -> Option<&'v Value> {
        value_of(self.0, name)
    }

    fn text(&self, name: &str) -> Option<&'v str> {
        self.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Returns the texts of an array such as `bodies`: the role or type of each, and its text. Where
    /// some are in the language of the item, the others are left out.
    fn texts(&self, name: &str) -> Vec<(String, &'v str)> {
        let language = self.text("language").and_then(Language::parse);
        let mut texts: Vec<_> = self
            .objects(name)
            .filter_map(|element| {
                let value = value_of(element, "value")?.as_str()?;
                let part =
                    |key: &str| value_of(element, key).and_then(Value::as_str).unwrap_or_default();
                let kind = format!("{} {}", part("role"), part("contenttype")).to_lowercase();
                let own = Language::parse(part("language"));
                (!value.trim().is_empty()).then_some((
                    own.is_none() || own == language,
                    kind,
                    value,
                ))
            })
            .collect();
        if texts.iter().any(|(is_own, ..)| *is_own) {
            texts.retain(|(is_own, ..)| *is_own);
        }
        texts.into_iter().map(|(_, kind, value)| (kind, value)).collect()
    }

    /// Returns the objects of an array.
    fn objects(&self, name: &str) -> impl Iterator<Item = &'v Map<String, Value>> {
        let elements = self.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        elements.iter().filter_map(Value::as_object)
    }

    fn title(&self) -> Option<Sourced<String>> {
        let headlines = self.texts("headlines");
        let main = headlines.iter().find(|(kind, _)| kind.starts_with("main"));
        let headline = main.or(headlines.first()).map(|(_, text)| *text);
        let written = [
            ("headline", self.text("headline")),
            ("headlines", headline),
            ("title", self.text("title")),
        ];
        written
            .into_iter()
            .find_map(|(key, text)| Some(given(markup::line_of(text?).trim().to_owned(), key)))
    }

    fn published(&self) -> Option<Sourced<PublicationDate>> {
        let keys = ["firstpublished", "firstcreated", "contentcreated", "versioncreated"];
        keys.iter().find_map(|key| {
            let text = self.text(key)?;
            Some(given(date::parse(text)?, &format!("{key} `{text}`")))
        })
    }

    /// Returns the credit line, or else the lines of a list of them.
    fn byline(&self) -> Option<Sourced<Byline>> {
        let line = self.text("byline").or(self.text("by"));
        let lines = self.objects("bylines").filter_map(|line| value_of(line, "by")?.as_str());
        let lines = line.into_iter().chain(lines.filter(|_| line.is_none()));
        let authors: Vec<String> = lines.map(|line| markup::line_of(line).into_owned()).collect();
        (!authors.is_empty()).then(|| given(Byline { authors }, "byline"))
    }

    fn outlet(&self) -> Option<Sourced<Outlet>> {
        let mut sources = self.objects("infosources");
        let source = sources.find_map(|source| value_of(source, "name")?.as_str());
        let named = [
            ("provider", self.text("provider")),
            ("infosources", source),
            ("copyrightholder", self.text("copyrightholder")),
            ("source", self.text("source")),
        ];
        named.into_iter().find_map(|(key, name)| Some(given(Outlet::new(name?)?, key)))
    }

    fn section(&self) -> Option<Sourced<String>> {
        let section = self.text("section").or(self.text("servicename"));
        section.map(|section| given(section.to_owned(), "section"))
    }

    fn entities(&self) -> Vec<GivenEntity> {
        const KEYS: &[(&str, EntityKind)] = &[
            ("person", EntityKind::Person),
            ("people", EntityKind::Person),
            ("organisation", EntityKind::Organization),
            ("organisations", EntityKind::Organization),
            ("place", EntityKind::Place),
            ("places", EntityKind::Place),
        ];
        let mut entities = Vec::new();
        for (key, kind) in KEYS {
            for element in self.objects(key) {
                let name = value_of(element, "name").and_then(Value::as_str).map(str::trim);
                if let Some(name) = name.filter(|name| !name.is_empty()) {
                    entities.push(GivenEntity { kind: *kind, name: name.to_owned() });
                }
            }
        }
        entities
    }

    /// Takes the marked-up text, whose paragraphs are sure, before the plain one, any text before a
    /// summary of it, and a description where there is neither.
    fn fill_body(&self, draft: &mut Draft) {
        let mut bodies = self.texts("bodies");
        for (key, value) in self.0 {
            if let (Some(kind), Some(text)) = (strip_body_prefix(key), value.as_str()) {
                bodies.push((kind, text));
            }
        }
        bodies.retain(|(_, text)| !text.trim().is_empty());
        let is_whole = |(kind, _): &(String, &str)| !PARTS.iter().any(|part| kind.contains(part));
        if bodies.iter().any(is_whole) {
            bodies.retain(is_whole);
        }
        let of_kind = |word: &str| bodies.iter().find(|(kind, _)| kind.contains(word));
        if let Some((_, text)) = of_kind("html") {
            draft.body = markup::text_of(text);
        } else if let Some((_, text)) = of_kind("nitf") {
            fill_from_nitf(text, draft);
        } else if let Some((_, text)) = of_kind("text").or(bodies.first()) {
            draft.body = unwrap_lines(text);
        } else {
            draft.body = self.description();
        }
        without_title(draft);
    }

    fn description(&self) -> String {
        let one = self.text("description_text").or(self.text("description"));
        let many = self.texts("descriptions");
        let texts = one.into_iter().chain(many.iter().map(|(_, text)| *text));
        texts.map(unwrap_lines).collect::<Vec<_>>().join("\n\n")
    }
}

/// Roles of texts that are less than the whole one.
const PARTS: &[&str] = &["summary", "abstract", "teaser", "lead", "caption", "description"];

/// Takes over a document in NITF, or the blocks of one.
fn fill_from_nitf(text: &str, draft: &mut Draft) {
    match Document::parse(text, "NITF") {
        Ok(document) if document.root().name() == "nitf" => nitf::fill(document.root(), draft),
        _ => draft.body = markup::text_of(text),
    }
}

/// Drops a first paragraph that only repeats the headline.
fn without_title(draft: &mut Draft) {
    let Some(title) = &draft.title else { return };
    if let Some((first, rest)) = draft.body.split_once("\n\n")
        && first.trim() == title.value
    {
        draft.body = rest.to_owned();
    }
}

fn strip_body_prefix(key: &str) -> Option<String> {
    let key = key.to_ascii_lowercase();
    key.strip_prefix("body_").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_as;

    #[test]
    fn items_of_version_1_are_read() {
        let item = r#"{"uri": "http://n.example/1", "type": "text", "language": "en",
            "versioncreated": "2013-07-09T10:37:00Z", "byline": "A. Marsh and B. Marsh",
            "person": [{"name": "F. Schettino"}], "place": [{"name": "Italy"}],
            "headline": "Captain on trial", "body_text": "GROSSETO, Italy (AP) -- One. Two.",
            "body_xhtml": "<p>GROSSETO, Italy (AP) -- One.</p><p>Two.</p>",
            "associations": {"mainpic": {"uri": "x", "headline": "Ship", "type": "picture"}}}"#;
        let found = read_as("a.json", item.as_bytes());
        let article = found[0].article();
        assert_eq!(found[0].to_string(), "a.json Captain on trial");
        assert_eq!(article.body, "One.\n\nTwo.");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh", "B. Marsh"]);
        let names: Vec<&str> =
            article.given_entities.iter().map(|given| given.name.as_str()).collect();
        assert_eq!(names, ["F. Schettino", "Italy"]);
    }

    #[test]
    fn items_of_version_3_are_read() {
        let item = r#"{"uri": "urn:1", "versionCreated": "2021-05-26T13:40:18+02:00",
            "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "A headline"}],
            "bodies": [{"role": "text", "contentType": "text/plain", "value": "A headline\nOne."},
            {"role": "html5", "contentType": "text/html",
             "value": "<html><head><title>A headline</title></head><body><h1>A headline</h1><p>One.</p>"}],
            "copyrightHolder": "TT", "language": "sv"}"#;
        let found = read_as("a.json", item.as_bytes());
        let article = found[0].article();
        assert_eq!((article.title_text(), article.body.as_str()), ("A headline", "One."));
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "TT");
    }

    #[test]
    fn whole_texts_in_the_language_of_the_item_are_taken() {
        let body = |bodies: &str| {
            let item = format!(r#"{{"uri": "urn:1", "language": "en", "bodies": [{bodies}]}}"#);
            read_as("a.json", item.as_bytes())[0].article().body.clone()
        };
        let html = r#""contenttype": "text/html", "value":"#;
        let summary = format!(r#"{{"role": "summary", {html} "<p>Sum.</p>"}}"#);
        let main = format!(r#"{{"role": "main", {html} "<p>One.</p><p>Two.</p>"}}"#);
        assert_eq!(body(&format!("{summary}, {main}")), "One.\n\nTwo.");
        assert_eq!(body(&summary), "Sum.");
        let french = r#"{"language": "fr", "value": "Texte"}"#;
        let english = r#"{"language": "en", "value": "Text"}"#;
        assert_eq!(body(&format!("{french}, {english}")), "Text");
        assert_eq!(body(french), "Texte");
    }

    #[test]
    fn items_in_envelopes_are_read() {
        let item = |kind: &str| {
            format!(
                r#"{{"meta": {{}}, "item": {{"uri": "u", "type": "{kind}", "altids": {{}}, "headline": "H",
                "bylines": [{{"by": "By A. MARSH and B. REED", "title": "Agency"}}],
                "body_nitf": "<block><p>One.</p><p>Two.</p></block>"}}}}"#
            )
        };
        let list = format!(r#"{{"data": {{"items": [{}, {}]}}}}"#, item("text"), item("picture"));
        let found = read_as("a.json", list.as_bytes());
        let article = found[0].article();
        assert_eq!((article.title_text(), article.body.as_str()), ("H", "One.\n\nTwo."));
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. MARSH", "B. REED"]);
        let left_out = "a.json#2 skipped: no articles can be read from a picture item";
        assert_eq!(found[1].to_string(), left_out);
        let one = format!(r#"{{"data": {}}}"#, item("text"));
        assert_eq!(read_as("a.json", one.as_bytes())[0].article().body, "One.\n\nTwo.");
    }

    #[test]
    fn items_that_were_taken_back_are_left_out() {
        for status in ["canceled", "withheld"] {
            let item = format!(
                r#"{{"uri": "u", "type": "text", "pubstatus": "{status}", "headline": "H", "body_text": "T"}}"#
            );
            let expected = format!("a skipped: no articles can be read from a {status} item");
            assert_eq!(read_as("a", item.as_bytes())[0].to_string(), expected);
        }
    }

    #[test]
    fn items_without_a_text_are_left_out() {
        let item =
            r#"{"uri": "urn:1", "type": "picture", "headline": "Ship", "pubstatus": "usable"}"#;
        let found = read_as("a.json", item.as_bytes());
        assert_eq!(
            found[0].to_string(),
            "a.json skipped: no articles can be read from a picture item"
        );
    }
}
