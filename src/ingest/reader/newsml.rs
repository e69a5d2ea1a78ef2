//! NewsML-G2, NewsML 1 and the Reuters corpus' `newsitem`: news items as agencies send them, one
//! or several in a message.
//!
//! Items that carry pictures, videos, concepts or plans hold no article and are left out with a
//! word about what they are.

use super::document::{read_document, read_items};
use super::nitf::{self, open_with_dateline, parse_norm};
use super::{Reader, given};
use crate::article::{Byline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::error::SkipReason;
use crate::ingest::extract::date;
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::Node;
use crate::text::Language;

/// Reads NewsML-G2.
pub(super) struct NewsMlG2;

/// Reads NewsML 1.
pub(super) struct NewsMl1;

/// Reads the items of the Reuters Corpus, volumes 1 and 2.
pub(super) struct ReutersCorpus;

/// Elements that an item or a part of one, as examples show them, may have outermost.
const G2_ROOTS: &[&str] = &[
    "newsItem",
    "newsMessage",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
];

impl Reader for NewsMlG2 {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element().is_some_and(|root| G2_ROOTS.contains(&root))
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_items("NewsML-G2", input, records, g2_items, |_, item| read_g2_item(item))
    }
}

impl Reader for NewsMl1 {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("NewsML")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_items("NewsML", input, records, |root| root.all("NewsItem"), read_newsml1_item)
    }
}

impl Reader for ReutersCorpus {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("newsitem")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_document("Reuters corpus", input, records, |root, _| read_corpus_item(root))
    }
}

fn unsupported(what: &str) -> Reading {
    Reading::Skip(SkipReason::Unsupported(what.to_owned()))
}

fn g2_items(root: Node<'_>) -> Vec<Node<'_>> {
    if root.name() != "newsMessage" {
        return vec![root];
    }
    root.children_named("itemSet").flat_map(Node::children).collect()
}

fn read_g2_item(item: Node<'_>) -> Reading {
    match item.name() {
        "newsItem" => {}
        "packageItem" => return unsupported("a package of references to other items"),
        "conceptItem" | "knowledgeItem" => return unsupported("an item of controlled vocabulary"),
        "planningItem" => return unsupported("a planning item"),
        _ => return unsupported("a catalog item"),
    }
    let class = item.at(&["itemMeta", "itemClass"]).and_then(|class| class.attribute("qcode"));
    let class = class.and_then(|class| class.rsplit(':').next()).unwrap_or("text");
    match class {
        "picture" | "photo" => return unsupported("a picture item"),
        "video" | "audio" | "graphic" | "animation" => {
            return unsupported(&format!("an item of {class}"));
        }
        _ => {}
    }
    let meta = item.at(&["contentMeta"]).unwrap_or(item);
    let mut draft = Draft {
        title: meta.line_at(&["headline"]).map(|line| given(line, "headline")),
        published: read_g2_date(item, meta),
        outlet: read_g2_outlet(item, meta),
        language: read_g2_language(item, meta),
        byline: meta.line_at(&["by"]).map(|line| given(Byline::single(line), "by")),
        given_entities: read_g2_entities(item, meta),
        ..Draft::default()
    };
    for content in item.children_named("contentSet").flat_map(Node::children) {
        if draft.body.is_empty() {
            fill_from_g2_content(content, &mut draft);
        }
    }
    if draft.body.is_empty() {
        let descriptions = meta.children_named("description").map(Node::paragraphs);
        draft.body = descriptions.collect::<Vec<_>>().join("\n\n");
    }
    if draft.byline.is_none() {
        let names: Vec<String> = meta
            .children_named("creator")
            .filter_map(|creator| creator.line_at(&["name"]))
            .filter(|name| is_person(name))
            .collect();
        draft.byline = (!names.is_empty()).then(|| given(Byline { authors: names }, "creator"));
    }
    if draft.title.is_none() {
        let title = item.line_at(&["itemMeta", "title"]);
        draft.title = title.map(|line| given(line, "title"));
    }
    if let Some(dateline) = meta.line_at(&["dateline"]).filter(|_| !draft.body.is_empty()) {
        open_with_dateline(&mut draft, &dateline);
    }
    Reading::Draft(draft)
}

/// Tells whether the name of a creator is that of a person rather than of a desk or an agency.
fn is_person(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "news", "press", "agency", "network", "media", "reuters", "wire", "inc", "llc", "ltd",
        "corp", "company", "staff", "desk", "service", "group", "times", "post", "the", "team",
        "sports",
    ];
    let words: Vec<String> =
        name.split_whitespace().map(|word| word.trim_matches('.').to_lowercase()).collect();
    (2..=4).contains(&words.len()) && !words.iter().any(|word| OTHERS.contains(&word.as_str()))
}

fn fill_from_g2_content(content: Node<'_>, draft: &mut Draft) {
    match content.name() {
        "inlineXML" => {
            if let Some(document) = content.first("nitf") {
                nitf::fill(document, draft);
            } else if let Some(page) = content.first("body") {
                draft.body = page.paragraphs();
            } else if content.first("p").is_some() {
                draft.body = content.paragraphs();
            }
        }
        "inlineData" => draft.body = plain_or_html(content),
        _ => {}
    }
}

/// Returns text that stands in an element, as plain text or as HTML in character references.
fn plain_or_html(content: Node<'_>) -> String {
    markup::paragraphs_of(&markup::character_data(content.markup()))
}

fn read_g2_date(item: Node<'_>, meta: Node<'_>) -> Option<Sourced<PublicationDate>> {
    let item = item.at(&["itemMeta"]);
    let item = |name: &str| item.and_then(|item| item.line_at(&[name]));
    let written = [
        ("contentCreated", meta.line_at(&["contentCreated"])),
        ("firstCreated", item("firstCreated")),
        ("versionCreated", item("versionCreated")),
    ];
    written.into_iter().find_map(|(name, text)| {
        let text = text?;
        Some(given(date::parse(&text)?, &format!("{name} `{text}`")))
    })
}

fn read_g2_outlet(item: Node<'_>, meta: Node<'_>) -> Option<Sourced<Outlet>> {
    let provider = item.at(&["itemMeta", "provider"]);
    let literal = provider.and_then(|provider| {
        let code = provider.attribute("literal").or(provider.attribute("qcode"));
        let code = code?.split_once(':').map_or(code?, |(_, code)| code);
        Some(code.strip_prefix("www.").unwrap_or(code).to_owned())
    });
    let named = [
        ("provider", provider.and_then(|provider| provider.line_at(&["name"]))),
        ("infoSource", meta.line_at(&["infoSource", "name"])),
        ("provider", literal),
        ("copyrightHolder", item.line_at(&["rightsInfo", "copyrightHolder", "name"])),
    ];
    named.into_iter().find_map(|(place, name)| Some(given(Outlet::new(&name?)?, place)))
}

fn read_g2_language(item: Node<'_>, meta: Node<'_>) -> Option<Sourced<Language>> {
    let language = meta.at(&["language"]).and_then(|language| language.attribute("tag"));
    let language = language.or_else(|| item.attribute("lang"))?;
    Some(given(Language::parse(language)?, "language"))
}

fn read_g2_entities(item: Node<'_>, meta: Node<'_>) -> Vec<GivenEntity> {
    let asserted = |code: &str| {
        let found =
            item.children_named("assert").find(|node| node.attribute("qcode") == Some(code));
        found.and_then(|node| node.line_at(&["name"]))
    };
    let mut entities = Vec::new();
    for subject in meta.children_named("subject") {
        let kind = match subject.attribute("type").and_then(|kind| kind.rsplit(':').next()) {
            Some("person") => EntityKind::Person,
            Some("organisation" | "organization" | "company" | "team") => EntityKind::Organization,
            Some("geoArea" | "poi") => EntityKind::Place,
            _ => continue,
        };
        let name = subject.line_at(&["name"]).or_else(|| asserted(subject.attribute("qcode")?));
        entities.extend(name.map(|name| GivenEntity { kind, name }));
    }
    entities
}

/// Parts of an item that are no body: by the role of their component.
const OTHER_ROLES: &[&str] = &[
    "stylesheet",
    "headline",
    "logo",
    "contact",
    "photo",
    "picture",
    "image",
    "caption",
    "thumbnail",
    "graphic",
    "video",
    "audio",
    "keywords",
    "summary",
    "copyright",
    "link",
    "table",
];

fn read_newsml1_item(root: Node<'_>, item: Node<'_>) -> Reading {
    let main = main_component(item);
    let line = |name: &str| {
        let inside = main.and_then(|main| main.first("NewsLines")).or(item.first("NewsLines"));
        inside.and_then(|lines| lines.line_at(&[name])).or_else(|| item.first(name)?.line())
    };
    let management = item.at(&["NewsManagement"]);
    let created = management.and_then(|node| node.line_at(&["FirstCreated"]));
    let revised = management.and_then(|node| node.line_at(&["ThisRevisionCreated"]));
    let published = created
        .or(revised)
        .or_else(|| item.line_at(&["Identification", "NewsIdentifier", "DateId"]));
    let language = main.and_then(|main| main.first("Language")).or(item.first("Language"));
    let outlet = newsml1_outlet(root, item);
    let mut draft = Draft {
        title: line("HeadLine").map(|line| given(line, "HeadLine")),
        byline: line("ByLine").map(|line| given(Byline::single(line), "ByLine")),
        published: published
            .and_then(|text| Some(given(parse_norm(&text)?, &format!("FirstCreated `{text}`")))),
        language: language.and_then(|language| {
            Some(given(Language::parse(language.attribute("FormalName")?)?, "Language"))
        }),
        outlet: outlet.and_then(|name| Some(given(Outlet::new(&name)?, "Provider"))),
        ..Draft::default()
    };
    for content in body_items(main.unwrap_or(item)) {
        if let Some(document) = content.first("nitf") {
            nitf::fill(document, &mut draft);
        } else {
            let body =
                content.first("body").map_or_else(|| plain_or_html(content), Node::paragraphs);
            let is_more = !draft.body.is_empty() && !body.is_empty();
            draft.body.push_str(if is_more { "\n\n" } else { "" });
            draft.body.push_str(&body);
        }
    }
    if draft.body.is_empty() && item.first("ContentItem").is_some_and(is_picture) {
        return unsupported("an item of pictures");
    }
    if let Some(dateline) = line("DateLine").filter(|_| !draft.body.is_empty()) {
        open_with_dateline(&mut draft, &dateline);
    }
    Reading::Draft(draft)
}

/// Returns who provides the item: as it says itself, as its envelope says, as its identifier says.
fn newsml1_outlet(root: Node<'_>, item: Node<'_>) -> Option<String> {
    let formal = |node: Node<'_>| node.attribute("FormalName").map(str::to_owned);
    let party = |name: &str| formal(item.first(name)?.first("Party")?);
    let envelope = root.at(&["NewsEnvelope"]);
    let service = envelope.and_then(|envelope| envelope.at(&["NewsService"]));
    let sender = envelope.and_then(|envelope| envelope.at(&["SentFrom", "Party"]));
    party("Provider")
        .or_else(|| formal(service?))
        .or_else(|| formal(sender?))
        .or_else(|| item.line_at(&["Identification", "NewsIdentifier", "ProviderId"]))
        .or_else(|| party("Source"))
}

fn is_picture(content: Node<'_>) -> bool {
    let kind = content.first("MediaType").and_then(|kind| kind.attribute("FormalName"));
    kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("text"))
}

/// Returns the component that the article is in: the first that has a headline and a text, so that
/// of an item in several languages one is taken.
fn main_component(item: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    for component in item.children_named("NewsComponent") {
        let inner = main_component(component);
        let has_headline = component.at(&["NewsLines", "HeadLine"]).is_some();
        let is_main = has_headline && !body_items(component).is_empty();
        found = found.or(inner).or(is_main.then_some(component));
    }
    found
}

/// Returns the contents that are text, outside of components with another role.
fn body_items(component: Node<'_>) -> Vec<Node<'_>> {
    let mut contents = Vec::new();
    for child in component.children() {
        match child.name() {
            "NewsComponent" => {
                let role = child.at(&["Role"]).and_then(|role| role.attribute("FormalName"));
                let role = role.unwrap_or_default().to_lowercase();
                if !OTHER_ROLES.iter().any(|other| role.contains(other)) {
                    contents.extend(body_items(child));
                }
            }
            "ContentItem" if is_text(child) => contents.extend(child.at(&["DataContent"])),
            _ => {}
        }
    }
    contents
}

fn is_text(content: Node<'_>) -> bool {
    let kind = |name: &str| content.at(&[name]).and_then(|node| node.attribute("FormalName"));
    let kinds = [kind("MimeType"), kind("Format"), kind("MediaType")];
    let named = |words: &[&str]| {
        kinds.iter().flatten().any(|kind| {
            let kind = kind.to_lowercase();
            words.iter().any(|word| kind.contains(word))
        })
    };
    !named(&["css", "image", "jpeg", "photo", "graphic", "video", "audio", "javascript"])
}

fn read_corpus_item(item: Node<'_>) -> Reading {
    let attribute = |name: &str| item.attribute(name);
    let mut draft = Draft {
        title: item
            .line_at(&["headline"])
            .or(item.line_at(&["title"]))
            .map(|l| given(l, "headline")),
        byline: item.line_at(&["byline"]).map(|line| given(Byline::single(line), "byline")),
        published: attribute("date")
            .and_then(|text| Some(given(date::parse(text)?, &format!("date `{text}`")))),
        language: attribute("lang")
            .and_then(|lang| Some(given(Language::parse(lang)?, "xml:lang"))),
        outlet: Outlet::new("Reuters").map(|outlet| given(outlet, "newsitem")),
        body: item.at(&["text"]).map(Node::paragraphs).unwrap_or_default(),
        ..Draft::default()
    };
    if let Some(dateline) = item.line_at(&["dateline"]).filter(|_| !draft.body.is_empty()) {
        open_with_dateline(&mut draft, &dateline);
    }
    Reading::Draft(draft)
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_as;

    #[test]
    fn g2_items_are_read_from_their_metadata_and_content() {
        let item = r#"<newsItem xml:lang="en-US"><itemMeta><itemClass qcode="ninat:text"/>
            <provider qcode="nprov:AcmeNews"/><versionCreated>2018-11-21T16:25:32-05:00</versionCreated>
            </itemMeta><contentMeta><contentCreated>2016-11-21T15:21:06-05:00</contentCreated>
            <creator><name>A. B. Marsh</name></creator>
            <subject type="cpnat:person"><name>C. Davis</name></subject>
            <subject type="cpnat:organisation" qcode="o:1"/><headline> The "bubble"</headline>
            </contentMeta><assert qcode="o:1"><name>Volk AG</name></assert>
            <contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content>
            <p>One.</p><p>Two.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"#;
        let found = read_as("a.xml", item.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "The \"bubble\"");
        assert_eq!(article.body, "One.\n\nTwo.");
        let date = article.published.as_ref().unwrap();
        assert_eq!(date.value.to_string(), "2016-11-21T15:21:06-05:00");
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "AcmeNews");
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. B. Marsh"]);
        let names: Vec<&str> =
            article.given_entities.iter().map(|given| given.name.as_str()).collect();
        assert_eq!(names, ["C. Davis", "Volk AG"]);
        let both =
            format!("<newsMessage><itemSet>{item}{item}<conceptItem/></itemSet></newsMessage>");
        let found = read_as("a.xml", both.as_bytes());
        assert_eq!(found[1].to_string(), "a.xml#2 The \"bubble\"");
        assert!(found[2].to_string().starts_with("a.xml#3 skipped"));
    }

    #[test]
    fn newsml1_items_are_read_from_their_main_component() {
        let item = r#"<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>w.example
            </ProviderId></NewsIdentifier></Identification><NewsManagement>
            <FirstCreated>20130605T210000+0000</FirstCreated></NewsManagement><NewsComponent>
            <NewsLines><HeadLine>A headline</HeadLine><ByLine>By A. Marsh</ByLine></NewsLines>
            <NewsComponent><Role FormalName="StyleSheet"/><ContentItem><MimeType FormalName="text/css"/>
            <DataContent>.a {}</DataContent></ContentItem></NewsComponent>
            <NewsComponent><Role FormalName="Body"/><ContentItem><MimeType FormalName="text/xhtml"/>
            <DataContent><html><head><title/></head><body><p>One.</p><p>Two.</p></body></html>
            </DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"#;
        let found = read_as("a.xml", item.as_bytes());
        let article = found[0].article();
        assert_eq!((article.title_text(), article.body.as_str()), ("A headline", "One.\n\nTwo."));
        assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2013-06-05T21:00:00Z");
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "w.example");
    }

    #[test]
    fn corpus_items_are_read() {
        let item = r#"<?xml version="1.0" encoding="iso-8859-1" ?><newsitem itemid="2" date="1996-08-20"
            xml:lang="en"><title>MEXICO: Recovery.</title><headline>Recovery.</headline>
            <dateline>MEXICO CITY 1996-08-20</dateline><text><p>One.</p><p>Two.</p></text></newsitem>"#;
        let found = read_as("2.xml", item.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Recovery.");
        assert_eq!(article.published.as_ref().unwrap().value.to_string(), "1996-08-20");
    }
}
