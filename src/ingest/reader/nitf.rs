//! NITF, the text format of news agencies and of newspapers' archives: one article a document.
//!
//! Read as it is used: the headline from `hl1` or the title, the date from `date.issue` or the
//! publication, the text from `body.content`. Where a block holds the whole text, a block that
//! repeats its first paragraphs is left out.

use chrono::NaiveDate;

use super::document::read_document;
use super::{Reader, given};
use crate::article::{Byline, Dateline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::extract::{date, dateline};
use crate::ingest::input::Input;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::Node;
use crate::text::Language;

/// Reads NITF.
pub(super) struct Nitf;

impl Reader for Nitf {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("nitf")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_document("NITF", input, records, |root, _| {
            let mut draft = Draft::default();
            fill(root, &mut draft);
            Reading::Draft(draft)
        })
    }
}

/// Takes over into `draft` what the `nitf` element says, where nothing is said yet.
pub(super) fn fill(nitf: Node<'_>, draft: &mut Draft) {
    let body = nitf.at(&["body"]);
    let head = body.and_then(|body| body.at(&["body.head"]));
    let headline = head.and_then(|head| head.line_at(&["hedline", "hl1"]));
    let headline = headline.or_else(|| nitf.line_at(&["head", "title"]));
    draft.title = draft.title.take().or(headline.map(|line| given(line, "hl1")));
    draft.byline = draft.byline.take().or_else(|| head.and_then(read_byline));
    draft.published = draft.published.take().or_else(|| read_date(nitf, head));
    draft.outlet = draft.outlet.take().or_else(|| read_outlet(nitf, head));
    draft.section = draft.section.take().or_else(|| read_section(nitf));
    draft.url = draft.url.take().or_else(|| {
        let address = nitf.at(&["head", "pubdata"])?.attribute("ex-ref")?;
        address.starts_with("http").then(|| given(address.to_owned(), "pubdata ex-ref"))
    });
    draft.language = draft.language.take().or_else(|| {
        let language = Language::parse(nitf.attribute("lang")?)?;
        Some(given(language, "xml:lang"))
    });
    if draft.body.is_empty()
        && let Some(content) = body.and_then(|body| body.at(&["body.content"]))
    {
        draft.body = read_text(content);
        let dateline = head.and_then(|head| head.line_at(&["dateline"]));
        if let Some(dateline) = dateline.filter(|_| !draft.body.is_empty()) {
            open_with_dateline(draft, &dateline);
        }
    }
    if draft.body.is_empty()
        && let Some(summary) = head.and_then(|head| head.at(&["abstract"]))
    {
        draft.body = summary.paragraphs();
    }
    draft.given_entities.extend(read_entities(nitf));
}

/// Puts a dateline that stands apart where wires have it: before the first words. From there it
/// is taken as any other.
pub(super) fn open_with_dateline(draft: &mut Draft, dateline: &str) {
    let dateline = dateline.trim_end_matches(['-', '–', '—', ' ']);
    if dateline.is_empty() || draft.body.starts_with(dateline) {
        return;
    }
    let body = format!("{dateline} - {}", draft.body);
    if dateline::find(&body).is_some_and(|found| found.range.start == 0) {
        draft.body = body;
    } else {
        let place = dateline.split(',').next().map(|place| place.trim().to_owned());
        draft.dateline = Some(Dateline {
            text: dateline.to_owned(),
            place: place.filter(|place| !place.is_empty()),
            day: None,
            agency: None,
        });
    }
}

/// Returns the text; where there are blocks and one is said to be the whole text, that one.
fn read_text(content: Node<'_>) -> String {
    let whole = content
        .children_named("block")
        .find(|block| block.attribute("class").is_some_and(|class| class == "full_text"));
    whole.unwrap_or(content).paragraphs()
}

/// Returns the persons of the byline, or else its words without titles and positions.
fn read_byline(head: Node<'_>) -> Option<Sourced<Byline>> {
    let lines: Vec<Node<'_>> = head.children_named("byline").collect();
    let printed = lines.iter().find(|line| line.attribute("class") != Some("normalized_byline"));
    let line = *printed.or(lines.first())?;
    let persons: Vec<String> =
        line.all("person").into_iter().filter_map(|person| person.line()).collect();
    if !persons.is_empty() {
        return Some(given(Byline { authors: persons }, "byline"));
    }
    let mut markup = line.markup();
    if let Some(title) = markup.find("<byttl") {
        markup = &markup[..title];
    }
    let authors = crate::ingest::markup::line_of(markup).trim().trim_end_matches(',').to_owned();
    (!authors.is_empty()).then(|| given(Byline::single(authors), "byline"))
}

fn read_date(nitf: Node<'_>, head: Option<Node<'_>>) -> Option<Sourced<PublicationDate>> {
    let document = nitf.at(&["head", "docdata"]);
    let document = |name: &str| document?.at(&[name])?.attribute("norm");
    let publication = nitf.at(&["head", "pubdata"]);
    let story = head.and_then(|head| head.at(&["dateline", "story.date"]));
    let written = [
        ("date.issue", document("date.issue")),
        ("pubdata", publication.and_then(|publication| publication.attribute("date.publication"))),
        ("date.release", document("date.release")),
        ("story.date", story.and_then(|story| story.attribute("norm"))),
    ];
    written.into_iter().find_map(|(name, text)| {
        let text = text?;
        Some(given(parse_norm(text)?, &format!("{name} `{text}`")))
    })
}

/// Reads `20080219T101500+0100`. Midnight without more is how the day alone is written.
pub(super) fn parse_norm(text: &str) -> Option<PublicationDate> {
    let day = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok();
    let is_midnight =
        text.get(8..15).is_none_or(|time| time == "T000000" || !time.starts_with('T'));
    match day {
        Some(day) if is_midnight => Some(PublicationDate::day(day)),
        Some(day) => date::parse(text).or_else(|| Some(PublicationDate::day(day))),
        None => date::parse(text),
    }
}

fn read_outlet(nitf: Node<'_>, head: Option<Node<'_>>) -> Option<Sourced<Outlet>> {
    let publication = nitf.at(&["head", "pubdata"]).and_then(|data| data.attribute("name"));
    let copyright = nitf.at(&["head", "docdata", "doc.copyright"]);
    let holder = copyright.and_then(|copyright| copyright.attribute("holder"));
    let distributor = head.and_then(|head| head.line_at(&["distributor"]));
    let named = [
        ("pubdata", publication),
        ("distributor", distributor.as_deref()),
        ("doc.copyright", holder),
    ];
    named.into_iter().find_map(|(place, name)| Some(given(Outlet::new(name?)?, place)))
}

fn read_section(nitf: Node<'_>) -> Option<Sourced<String>> {
    let publication = nitf.at(&["head", "pubdata"]);
    let position = publication.and_then(|data| data.attribute("position.section"));
    let meta = || {
        let metas = nitf.at(&["head"])?.children_named("meta");
        let names = ["online_sections", "section", "dsk"];
        let mut found = metas.filter_map(|meta| {
            let rank = names.iter().position(|name| meta.attribute("name") == Some(name))?;
            Some((rank, meta.attribute("content")?))
        });
        let best = found.by_ref().min_by_key(|(rank, _)| *rank)?;
        Some(best.1)
    };
    let section = position.or_else(meta)?;
    let first = section.split(';').next().unwrap_or(section).trim();
    Some(given(first.to_owned(), "section"))
}

/// Returns the entities that the head lists and those that the text marks.
fn read_entities(nitf: Node<'_>) -> Vec<GivenEntity> {
    let mut entities: Vec<GivenEntity> = Vec::new();
    for place in
        [nitf.at(&["head", "docdata", "identified-content"]), nitf.at(&["body", "body.content"])]
    {
        let Some(place) = place else { continue };
        for (name, kind) in KINDS {
            for node in place.all(name) {
                let Some(line) = node.line() else { continue };
                let entity = GivenEntity { kind: *kind, name: upright(*kind, line) };
                if !entities.contains(&entity) {
                    entities.push(entity);
                }
            }
        }
    }
    entities
}

const KINDS: &[(&str, EntityKind)] = &[
    ("person", EntityKind::Person),
    ("org", EntityKind::Organization),
    ("location", EntityKind::Place),
];

/// Turns "Lavrov, Sergey V" round, as indexers write persons.
fn upright(kind: EntityKind, name: String) -> String {
    match name.split_once(", ") {
        Some((last, first)) if kind == EntityKind::Person && !first.contains(',') => {
            format!("{first} {last}")
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read_as;

    const DOCUMENT: &str = r#"<?xml version="1.0"?><nitf><head><title>Wrong</title>
        <meta name="online_sections" content="World; Europe"/>
        <docdata><date.issue norm="20220125T181500+0300"/><doc.copyright holder="Holder"/>
        <identified-content><person>Lavrov, Sergey</person><location>Geneva</location>
        </identified-content></docdata>
        <pubdata date.publication="20220126T000000" name="The Courier" ex-ref="https://c.example/1"/>
        </head><body><body.head><hedline><hl1>Talks &amp; more</hl1></hedline>
        <byline>By <person>A. Marsh</person>, <byttl>Reporter</byttl></byline>
        <dateline><location>GENEVA</location>, Jan. 25</dateline></body.head>
        <body.content><block class="lead_paragraph"><p>One.</p></block>
        <block class="full_text"><p>One.</p><p>Two <org>NATO</org>.</p></block>
        </body.content></body></nitf>"#;

    #[test]
    fn fields_are_found_where_agencies_put_them() {
        let found = read_as("a.xml", DOCUMENT.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Talks & more");
        let date = article.published.as_ref().unwrap();
        assert_eq!(date.value.to_string(), "2022-01-25T18:15:00+03:00");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh"]);
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "The Courier");
        assert_eq!(article.section.as_ref().unwrap().value, "World");
        assert_eq!(article.url.as_ref().unwrap().value, "https://c.example/1");
        assert_eq!(article.body, "One.\n\nTwo NATO.");
        assert_eq!(article.dateline.as_ref().unwrap().place.as_deref(), Some("GENEVA"));
        let names: Vec<&str> =
            article.given_entities.iter().map(|given| given.name.as_str()).collect();
        assert_eq!(names, ["Sergey Lavrov", "Geneva", "NATO"]);
    }

    #[test]
    fn normal_dates_are_as_precise_as_they_say() {
        let date = |text: &str| parse_norm(text).map(|date| date.to_string());
        assert_eq!(date("20080219T000000+0100").unwrap(), "2008-02-19");
        assert_eq!(date("20080219").unwrap(), "2008-02-19");
        assert_eq!(date("20080219T101500Z").unwrap(), "2008-02-19T10:15:00Z");
        assert_eq!(date("20080219T101500").unwrap(), "2008-02-19T10:15:00");
        assert_eq!(date("20080219T101500-03:30").unwrap(), "2008-02-19T10:15:00-03:30");
        assert_eq!(date("20080219T991500Z").unwrap(), "2008-02-19");
        assert_eq!(date("no date"), None);
    }
}
