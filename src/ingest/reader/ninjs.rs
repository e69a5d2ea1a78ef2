//! ninjs, the JSON of news agencies, versions 1 to 3: one news item an object.
//!
//! Version 1 has its texts in keys such as `body_xhtml`, the later ones in arrays of objects with
//! roles; keys are compared without case, which changed between the versions.

use serde_json::{Map, Value};

use super::{given, nitf};
use crate::article::{Byline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::draft::Draft;
use crate::ingest::error::SkipReason;
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

/// Tells whether an object is a news item.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    object.get("uri").is_some_and(Value::is_string)
        && object.keys().any(|key| MARKS.contains(&key.to_ascii_lowercase().as_str()))
}

/// Reads a news item; one of pictures, sound or an event is left out.
pub(super) fn read_item(object: &Map<String, Value>) -> Reading {
    let item = Item(object);
    let unsupported = |what: &str| Reading::Skip(SkipReason::Unsupported(what.to_owned()));
    match item.text("type") {
        Some("picture" | "photo") => return unsupported("a picture item"),
        Some("video") => return unsupported("a video item"),
        Some("audio") => return unsupported("an audio item"),
        Some("graphic") => return unsupported("a graphic item"),
        Some("event") => return unsupported("an event item"),
        Some("planning") => return unsupported("a planning item"),
        None if item.get("eventdetails").is_some() => return unsupported("an event item"),
        _ => {}
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
        get(self.0, name)
    }

    fn text(&self, name: &str) -> Option<&'v str> {
        self.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Returns the texts of an array such as `bodies`: the role or type of each, and its text.
    fn texts(&self, name: &str) -> Vec<(String, &'v str)> {
        let elements = self.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let texts = elements.iter().filter_map(Value::as_object).filter_map(|element| {
            let value = get(element, "value")?.as_str()?;
            let kind = |key: &str| get(element, key).and_then(Value::as_str).unwrap_or_default();
            let kind = format!("{} {}", kind("role"), kind("contenttype")).to_lowercase();
            (!value.trim().is_empty()).then_some((kind, value))
        });
        texts.collect()
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

    fn byline(&self) -> Option<Sourced<Byline>> {
        let line = self.text("byline").or(self.text("by"));
        line.map(|line| given(Byline::single(markup::line_of(line).into_owned()), "byline"))
    }

    fn outlet(&self) -> Option<Sourced<Outlet>> {
        let sources = self.get("infosources").and_then(Value::as_array);
        let source = sources.and_then(|sources| {
            sources.iter().find_map(|source| get(source.as_object()?, "name")?.as_str())
        });
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
            let elements = self.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for element in elements.iter().filter_map(Value::as_object) {
                let name = get(element, "name").and_then(Value::as_str).map(str::trim);
                if let Some(name) = name.filter(|name| !name.is_empty()) {
                    entities.push(GivenEntity { kind: *kind, name: name.to_owned() });
                }
            }
        }
        entities
    }

    /// Takes the marked-up text, whose paragraphs are sure, before the plain one, and a
    /// description where there is neither.
    fn fill_body(&self, draft: &mut Draft) {
        let mut bodies = self.texts("bodies");
        for (key, value) in self.0 {
            if let (Some(kind), Some(text)) = (strip_body_prefix(key), value.as_str()) {
                bodies.push((kind, text));
            }
        }
        bodies.retain(|(_, text)| !text.trim().is_empty());
        let is = |words: &'static [&'static str]| {
            move |body: &&(String, &str)| words.iter().any(|word| body.0.contains(word))
        };
        let nitf = bodies.iter().find(is(&["nitf"]));
        if let Some((_, text)) = bodies.iter().find(is(&["html"])) {
            draft.body = markup::text_of(text);
        } else if let Some(document) = nitf.and_then(|body| Document::parse(body.1, "NITF").ok()) {
            nitf::fill(document.root(), draft);
        } else if let Some((_, text)) = bodies.iter().find(is(&["text"])).or(bodies.first()) {
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

fn get<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| {
        object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    })
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
