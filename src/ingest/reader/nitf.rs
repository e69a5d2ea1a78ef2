//! NITF, the text format of news agencies and of newspapers' archives: one article a document.
//!
//! Read as it is used: the headline from `hl1` or the title, the date from `date.issue` or the
//! publication, the text from `body.content`. Where a block holds the whole text, a block that
//! repeats its first paragraphs is left out.

use chrono::NaiveDate;

use super::document::{Item, Layout, itself, read_documents};
use super::item_kind::left_out;
use super::{Reader, given};
use crate::article::{Byline, Dateline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::extract::{byline, date, dateline};
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::Node;
use crate::text::Language;

/// Reads NITF.
pub(super) struct Nitf;

const LAYOUT: Layout = Layout { format: "NITF", elements: &["nitf"], items: itself };

impl Reader for Nitf {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("nitf")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_documents(&LAYOUT, input, records, |Item { root, .. }, _| {
            let document = root.at(&["head", "docdata"]);
            let status = document.and_then(|document| document.attribute("management-status"));
            left_out(None, status).unwrap_or_else(|| {
                let mut draft = Draft::default();
                fill(root, &mut draft);
                Reading::Draft(draft)
            })
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
    if draft.body.is_empty() {
        draft.body = text(nitf);
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
/// is taken as any other. A text that opens with a dateline keeps its own, which says no less unless
/// it is the agency alone.
pub(super) fn open_with_dateline(draft: &mut Draft, dateline: &str) {
    let dateline = dateline.trim_end_matches(['-', '–', '—', '_', ' ']);
    // The stop of `(EFE).-` belongs to the dash.
    let dateline =
        dateline.strip_suffix('.').filter(|rest| rest.ends_with(')')).unwrap_or(dateline);
    if dateline.is_empty() || draft.body.starts_with(dateline) {
        return;
    }
    let own = dateline::find(&draft.body);
    let is_below = |start: usize| !draft.body[..start].trim().is_empty();
    if own.as_ref().is_some_and(|own| own.dateline.place.is_some() || is_below(own.range.start)) {
        return;
    }
    let dash = if own.is_some() { "" } else { "- " };
    let body = format!("{dateline} {dash}{}", draft.body.trim_start());
    if dateline::find(&body).is_some_and(|found| found.range.start == 0) {
        draft.body = body;
        return;
    }
    let place = dateline.split(',').next().map(|place| place.trim().to_owned());
    let place = place.filter(|place| !place.is_empty());
    let text = dateline.to_owned();
    draft.dateline = Some(match own {
        Some(own) => {
            draft.body.drain(own.range);
            let text = format!("{text} {}", own.dateline.text);
            Dateline { text, place, ..own.dateline }
        }
        None => Dateline { text, place, day: None, agency: None },
    });
}

/// Returns the text; where there are blocks and one is said to be the whole text, that one.
pub(super) fn text(nitf: Node<'_>) -> String {
    let Some(content) = nitf.at(&["body", "body.content"]) else { return String::new() };
    let whole = content
        .children_named("block")
        .find(|block| block.attribute("class").is_some_and(|class| class == "full_text"));
    whole.unwrap_or(content).text()
}

/// Returns the authors of the printed credit lines, or else of those that are there for indexes.
fn read_byline(head: Node<'_>) -> Option<Sourced<Byline>> {
    let is_printed = |line: &Node<'_>| line.attribute("class") != Some("normalized_byline");
    let (printed, others): (Vec<_>, Vec<_>) =
        head.children_named("byline").partition(|line| is_printed(line));
    let lines = if printed.is_empty() { others } else { printed };
    let authors: Vec<String> = lines.into_iter().flat_map(authors_of).collect();
    (!authors.is_empty()).then(|| given(Byline { authors }, "byline"))
}

/// No credit line has more persons; one that has is no line of words that name others.
const MOST_PERSONS: usize = 30;

/// Returns the persons of a credit line where they are marked up, all of them, or else its words
/// without titles and positions.
fn authors_of(line: Node<'_>) -> Vec<String> {
    let words = markup::text_of(&without_titles(line.markup()));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches([',', ' ']).to_owned();
    let mut persons = Vec::new();
    let mut upright_words = words.clone();
    for person in line.all("person").into_iter().filter_map(Node::line) {
        let name = upright(EntityKind::Person, person.clone());
        if persons.len() < MOST_PERSONS {
            upright_words = upright_words.replacen(&person, &name, 1);
        }
        persons.push(name);
    }
    if persons.len() > MOST_PERSONS {
        return persons;
    }
    let named = byline::parse(&upright_words).map_or(0, |byline| byline.authors.len());
    match !persons.is_empty() && persons.len() >= named {
        true => persons,
        false => Some(upright_words).filter(|words| !words.is_empty()).into_iter().collect(),
    }
}

/// Returns a credit line without what stands in `byttl`.
fn without_titles(markup: &str) -> String {
    let mut parts = markup.split("<byttl");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push(' ');
        kept.push_str(part.split_once("</byttl>").map_or("", |(_, rest)| rest));
    }
    kept
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
    let day = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok().map(PublicationDate::day);
    let has_time = text.get(8..).is_some_and(|rest| rest.starts_with('T'));
    match day {
        Some(_) if !has_time => day,
        _ => date::parse(text).map(date::without_midnight).or(day),
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

    /// Returns a document with this markup in its `body.head` and as its text.
    fn document(head: &str, text: &str) -> String {
        format!(
            "<nitf><body><body.head><hedline><hl1>H</hl1></hedline>{head}</body.head>\
             <body.content>{text}</body.content></body></nitf>"
        )
    }

    #[test]
    fn credit_lines_name_all_their_authors() {
        let cases: &[(&str, &[&str])] = &[
            ("By <person>A. Marsh</person> and Ben Reed", &["A. Marsh", "Ben Reed"]),
            ("<byttl>Political Editor</byttl> Ann Marsh", &["Ann Marsh"]),
            (
                "By ANN MARSH<byttl>Writer</byttl> and BEN REED<byttl>Writer</byttl>",
                &["ANN MARSH", "BEN REED"],
            ),
            (
                "By Ann Marsh<byttl>Agency</byttl></byline><byline>By Ben Reed",
                &["Ann Marsh", "Ben Reed"],
            ),
            ("By Ann Marsh</byline><byline class='normalized_byline'>Marsh, Ann", &["Ann Marsh"]),
            ("<person>Marsh, Ann</person> and Ben Reed", &["Ann Marsh", "Ben Reed"]),
        ];
        for (line, authors) in cases {
            let text = document(&format!("<byline>{line}</byline>"), "<p>One.</p>");
            let found = read_as("a.xml", text.as_bytes());
            let byline = found[0].article().byline.as_ref().map(|byline| &byline.value.authors[..]);
            assert_eq!(byline.unwrap_or_default(), *authors, "{line}");
        }
    }

    #[test]
    fn datelines_of_texts_come_before_those_beside_them() {
        let cases = [
            ("PARIS Nov 13", "PARIS, Nov 13 (Reuters) - One.", "PARIS, Nov 13 (Reuters) -"),
            ("Paris, France", "PARIS (Reuters) - One.", "PARIS (Reuters) -"),
            ("PARIS, Nov. 13", "\n (Reuters) - One.", "PARIS, Nov. 13 (Reuters) -"),
            ("Mytown", "(Reuters) - One.", "Mytown (Reuters) -"),
            ("PARIS, Nov. 13 _", "One.", "PARIS, Nov. 13 -"),
            ("WASHINGTON, 9 nov (EFE).-", "One.", "WASHINGTON, 9 nov (EFE) -"),
        ];
        for (beside, body, expected) in cases {
            let head = format!("<dateline>{beside}</dateline>");
            let found = read_as("a.xml", document(&head, &format!("<p>{body}</p>")).as_bytes());
            let article = found[0].article();
            assert_eq!(article.body, "One.", "{beside}");
            let dateline = article.dateline.as_ref().unwrap();
            assert_eq!(
                dateline.text.trim_end_matches([' ', '-']),
                expected.trim_end_matches([' ', '-'])
            );
            assert_eq!(dateline.agency.is_some(), expected.contains('('), "{beside}");
        }
    }

    #[test]
    fn texts_may_be_character_data_and_captions_are_paragraphs() {
        let body = |text: &str| {
            let found = read_as("a.xml", document("", text).as_bytes());
            found[0].article().body.clone()
        };
        assert_eq!(body("<![CDATA[<p>One &amp; more.</p><p>Two.</p>]]>"), "One & more.\n\nTwo.");
        let media = "<p>One.</p><media><media-caption>Men.</media-caption><media-producer>Photo: X\
            </media-producer></media><bq><block><p>Two.</p></block><credit>A resident</credit></bq>";
        assert_eq!(body(media), "One.\n\nMen.\n\nPhoto: X\n\nTwo.\n\nA resident");
    }

    #[test]
    fn items_that_were_taken_back_are_left_out() {
        let text = "<nitf><head><docdata management-status='canceled'/></head><body><body.content>\
            <p>Kill it.</p></body.content></body></nitf>";
        let found = read_as("a.xml", text.as_bytes());
        let expected = "a.xml skipped: no articles can be read from a canceled item";
        assert_eq!(found[0].to_string(), expected);
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
