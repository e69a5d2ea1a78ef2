//! NewsML-G2, NewsML 1 and the Reuters corpus' `newsitem`: news items as agencies send them, one
//! or several in a message.
//!
//! Items that carry pictures, videos, concepts or plans hold no article and are left out with a
//! word about what they are.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::document::{Layout, itself, read_documents};
use super::item_kind::{left_out, unsupported};
use super::nitf::{self, open_with_dateline, parse_norm};
use super::{Reader, given};
use crate::article::{Byline, EntityKind, GivenEntity, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
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
const G2_ELEMENTS: &[&str] = &[
    "newsItem",
    "newsMessage",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
];

const G2: Layout = Layout { format: "NewsML-G2", elements: G2_ELEMENTS, items: g2_items };

const NEWSML1: Layout =
    Layout { format: "NewsML", elements: &["NewsML", "NewsItem"], items: newsml1_items };

const CORPUS: Layout = Layout { format: "Reuters corpus", elements: &["newsitem"], items: itself };

impl Reader for NewsMlG2 {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element().is_some_and(|root| G2_ELEMENTS.contains(&root))
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_documents(&G2, input, records, |item, _| read_g2_item(item.node))
    }
}

impl Reader for NewsMl1 {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        matches!(sample.root_element(), Some("NewsML" | "NewsItem"))
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_documents(&NEWSML1, input, records, |item, _| read_newsml1_item(item.root, item.node))
    }
}

impl Reader for ReutersCorpus {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        sample.root_element() == Some("newsitem")
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        read_documents(&CORPUS, input, records, |item, _| read_corpus_item(item.node))
    }
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
    let code = |name: &str| {
        let node = item.at(&["itemMeta", name])?;
        node.attribute("qcode").or(node.attribute("uri"))
    };
    if let Some(reading) = left_out(code("itemClass"), code("pubStatus")) {
        return reading;
    }
    let meta = item.at(&["contentMeta"]).unwrap_or(item);
    let language = read_g2_language(item, meta);
    let tongue = language.as_ref().map(|language| language.value);
    let headline = read_g2_headline(meta, tongue);
    let mut draft = Draft {
        title: headline.map(|line| given(line, "headline")),
        published: read_g2_date(item, meta),
        outlet: read_g2_outlet(item, meta),
        language,
        byline: lines_named(meta, "by").map(|authors| given(Byline { authors }, "by")),
        given_entities: read_g2_entities(item, meta),
        ..Draft::default()
    };
    fill_from_g2_content(item, tongue, &mut draft);
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

/// Returns the headline that is the main one, in the language of the item, as far as they say so.
fn read_g2_headline(meta: Node<'_>, language: Option<Language>) -> Option<String> {
    let rank = |headline: &Node<'_>| {
        let role = headline.attribute("role").map(|role| role.to_lowercase());
        let is_other = role.as_ref().is_some_and(|role| !role.ends_with("main"));
        (is_in_other_language(*headline, language), is_other, role.is_none())
    };
    let headlines = meta.children_named("headline").filter(|headline| headline.line().is_some());
    headlines.min_by_key(rank)?.line()
}

/// Tells whether an element says that it is not in this language.
fn is_in_other_language(node: Node<'_>, language: Option<Language>) -> bool {
    let own = node.attribute("lang").and_then(Language::parse);
    own.is_some_and(|own| language.is_some_and(|language| language != own))
}

/// Returns the lines of the elements of this name directly inside, each once.
fn lines_named(node: Node<'_>, name: &str) -> Option<Vec<String>> {
    let mut seen = FxHashSet::default();
    let lines = node.children_named(name).filter_map(Node::line);
    let lines: Vec<String> = lines.filter(|line| seen.insert(line.clone())).collect();
    (!lines.is_empty()).then_some(lines)
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

/// Takes over the fullest rendition of the content: a teaser may stand before it, and of two that
/// are about as long the one that is marked up has sure paragraphs.
fn fill_from_g2_content(item: Node<'_>, language: Option<Language>, draft: &mut Draft) {
    let contents = item.children_named("contentSet").flat_map(Node::children);
    let texts = contents.map(|content| (content, g2_text(content)));
    let best = texts.filter(|(_, text)| !text.is_empty()).min_by_key(|(content, text)| {
        let weight = if content.name() == "inlineXML" { 4 } else { 3 };
        (is_in_other_language(*content, language), Reverse(text.len() * weight))
    });
    let Some((content, text)) = best else { return };
    if let Some(document) = content.first("nitf") {
        nitf::fill(document, draft);
    }
    if draft.body.is_empty() {
        draft.body = text;
    }
}

/// Returns the text of a rendition, which is empty for one of another kind.
fn g2_text(content: Node<'_>) -> String {
    let has_parts = content.children().next().is_some();
    match content.name() {
        "inlineData" if content.attribute("encoding").is_none() => content.text(),
        "inlineXML" if !has_parts => content.text(),
        "inlineXML" => match (content.first("nitf"), content.first("body")) {
            (Some(document), _) => nitf::text(document),
            (None, Some(page)) => page.paragraphs(),
            // Elements of other vocabularies have names of HTML, too.
            (None, None) if content.first("p").is_some() || content.children().all(is_html) => {
                content.paragraphs()
            }
            (None, None) => String::new(),
        },
        _ => String::new(),
    }
}

fn is_html(node: Node<'_>) -> bool {
    markup::is_html(&format!("<{}>", node.name()))
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

/// Returns the items of a document, with those that lie inside another.
fn newsml1_items(root: Node<'_>) -> Vec<Node<'_>> {
    let mut items = Vec::new();
    if root.name() == "NewsItem" {
        items.push(root);
    }
    for item in root.all("NewsItem") {
        items.extend(newsml1_items(item));
    }
    items
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

/// Parts of an item that are beside its story, which may have headlines of their own.
const SIDE_ROLES: &[&str] = &["sidebar", "support", "supplement", "related", "background"];

fn read_newsml1_item(root: Node<'_>, item: Node<'_>) -> Reading {
    let management = item.at(&["NewsManagement"]);
    let status = management.and_then(|node| node.at(&["Status"])?.attribute("FormalName"));
    if let Some(reading) = left_out(None, status) {
        return reading;
    }
    let main = main_component(item);
    let contents = body_items(main.unwrap_or(item));
    if contents.is_empty() && item.first("NewsItem").is_some() {
        return unsupported("a package of other items");
    }
    let lines = main.and_then(|main| main.first("NewsLines")).or(item.first("NewsLines"));
    let line = |name: &str| {
        let inside = lines.and_then(|lines| lines.line_at(&[name]));
        inside.or_else(|| item.first(name)?.line())
    };
    let byline = lines.and_then(|lines| lines_named(lines, "ByLine"));
    let byline = byline.or_else(|| Some(vec![item.first("ByLine")?.line()?]));
    let created = management.and_then(|node| node.line_at(&["FirstCreated"]));
    let revised = management.and_then(|node| node.line_at(&["ThisRevisionCreated"]));
    let published = created
        .or(revised)
        .or_else(|| item.line_at(&["Identification", "NewsIdentifier", "DateId"]));
    let language = main.and_then(|main| main.first("Language")).or(item.first("Language"));
    let outlet = newsml1_outlet(root, item);
    let mut draft = Draft {
        title: line("HeadLine").map(|line| given(line, "HeadLine")),
        byline: byline.map(|authors| given(Byline { authors }, "ByLine")),
        published: published
            .and_then(|text| Some(given(parse_norm(&text)?, &format!("FirstCreated `{text}`")))),
        language: language.and_then(|language| {
            Some(given(Language::parse(language.attribute("FormalName")?)?, "Language"))
        }),
        outlet: outlet.and_then(|name| Some(given(Outlet::new(&name)?, "Provider"))),
        ..Draft::default()
    };
    for content in contents {
        if let Some(document) = content.first("nitf") {
            nitf::fill(document, &mut draft);
        } else {
            let body = content.first("body").map_or_else(|| content.text(), Node::paragraphs);
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

/// Returns the component that the article is in: the one with the role of the main text, or else the
/// first that has a headline and a text, so that of an item in several languages one is taken.
fn main_component(item: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    for component in item.children_named("NewsComponent") {
        if has_role(component, OTHER_ROLES) || has_role(component, SIDE_ROLES) {
            continue;
        }
        let has_headline = component.at(&["NewsLines", "HeadLine"]).is_some();
        let is_whole = has_headline && !body_items(component).is_empty();
        let inner = main_component(component).or(is_whole.then_some(component));
        if role(component).starts_with("main") && inner.is_some() {
            return inner;
        }
        found = found.or(inner);
    }
    found
}

/// Returns the role of a component in lower case; empty where it has none.
fn role(component: Node<'_>) -> String {
    let role = component.at(&["Role"]).and_then(|role| role.attribute("FormalName"));
    role.unwrap_or_default().to_lowercase()
}

fn has_role(component: Node<'_>, roles: &[&str]) -> bool {
    let role = role(component);
    roles.iter().any(|other| role.contains(other))
}

/// Returns the contents that are text, outside of components with another role.
fn body_items(component: Node<'_>) -> Vec<Node<'_>> {
    let mut contents = Vec::new();
    for child in component.children() {
        match child.name() {
            "NewsComponent" if !has_role(child, OTHER_ROLES) => contents.extend(body_items(child)),
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

    /// Returns a G2 item with this in its `contentMeta` and `contentSet`.
    fn g2_item(meta: &str, contents: &str) -> String {
        format!(
            "<newsItem xml:lang='de'><itemMeta><itemClass qcode='ninat:text'/></itemMeta>\
             <contentMeta>{meta}</contentMeta><contentSet>{contents}</contentSet></newsItem>"
        )
    }

    #[test]
    fn the_fullest_rendition_of_a_g2_item_is_its_text() {
        let page = "<html><body><p>One of the full text.</p><p>Two.</p></body></html>";
        let cases = [
            (format!("<inlineData>Teaser.</inlineData><inlineXML>{page}</inlineXML>"), "One of the full text.\n\nTwo."),
            (format!("<inlineXML><![CDATA[{page}]]></inlineXML>"), "One of the full text.\n\nTwo."),
            ("<inlineXML><div><h2>Head</h2>Text.<br/>More.</div></inlineXML>".to_owned(), "Head\n\nText. More."),
            ("<inlineXML xml:lang='fr'><p>Une, plus longue.</p></inlineXML><inlineXML xml:lang='de'><p>Eins.</p></inlineXML>".to_owned(), "Eins."),
            ("<inlineData><![CDATA[It&#8217;s raining &amp; cold.]]></inlineData>".to_owned(), "It’s raining & cold."),
            ("<inlineData encoding='base64'>QUFB</inlineData>".to_owned(), ""),
        ];
        for (contents, expected) in cases {
            let item = g2_item("<headline>H</headline>", &contents);
            let found = read_as("a.xml", item.as_bytes());
            assert_eq!(found[0].article().body, expected, "{contents}");
        }
    }

    #[test]
    fn g2_headlines_and_authors_are_told_by_role_and_language() {
        let meta = "<headline role='hld:subHeadline'>Sub</headline><headline xml:lang='en'>English</headline>\
            <headline xml:lang='de' role='hld:main'>Haupt</headline><by role='x'>Max Muster</by><by>Eva Beispiel</by>";
        let item = g2_item(meta, "<inlineData>Text.</inlineData>");
        let found = read_as("a.xml", item.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Haupt");
        let authors = &article.byline.as_ref().unwrap().value.authors;
        assert_eq!(*authors, ["Max Muster", "Eva Beispiel"]);
    }

    #[test]
    fn items_that_are_no_articles_are_left_out() {
        let item = |meta: &str| {
            let text = "<contentSet><inlineData>Text.</inlineData></contentSet>";
            let item = format!("<newsItem><itemMeta>{meta}</itemMeta>{text}</newsItem>");
            read_as("a", item.as_bytes())[0].to_string()
        };
        let left_out = |what: &str| format!("a skipped: no articles can be read from {what}");
        let picture = "<itemClass uri='http://cv.example/ninature/picture'/>";
        assert_eq!(item(picture), left_out("a picture item"));
        assert_eq!(item("<pubStatus qcode='stat:canceled'/>"), left_out("a canceled item"));
        assert_eq!(item("<pubStatus qcode='stat:withheld'/>"), left_out("a withheld item"));
        assert_eq!(item("<pubStatus qcode='stat:usable'/>"), "a ");
    }

    /// Returns a NewsML 1 item with these components.
    fn newsml1_item(status: &str, components: &str) -> String {
        format!(
            "<NewsItem><NewsManagement><Status FormalName='{status}'/></NewsManagement>\
             <NewsComponent>{components}</NewsComponent></NewsItem>"
        )
    }

    fn component(role: &str, lines: &str, text: &str) -> String {
        format!(
            "<NewsComponent><Role FormalName='{role}'/>{lines}<ContentItem><MediaType FormalName='Text'/>\
             <DataContent>{text}</DataContent></ContentItem></NewsComponent>"
        )
    }

    fn in_newsml1(items: &str) -> Vec<String> {
        let read = read_as("a", format!("<NewsML>{items}</NewsML>").as_bytes());
        let line = |seen: &crate::ingest::testing::Seen| match &seen.0 {
            crate::ingest::Record::Article(article) => format!("{seen}: {}", article.body),
            _ => seen.to_string(),
        };
        read.iter().map(line).collect()
    }

    #[test]
    fn newsml1_stories_come_before_what_is_beside_them() {
        let head = "<NewsLines><HeadLine>Story</HeadLine></NewsLines>";
        let other = "<NewsLines><HeadLine>Other</HeadLine></NewsLines>";
        let main = component("Main", "", "<p>Main &lt;BAY.L&gt;.</p>");
        let picture = component("Picture", other, "<p>Caption.</p>");
        let sidebar = component("Sidebar", other, "<p>Beside.</p>");
        let item = newsml1_item("Usable", &format!("{head}{main}{picture}{sidebar}"));
        assert_eq!(in_newsml1(&item), ["a Story: Main <BAY.L>.\n\nBeside."]);
        let supporting = component("Supporting", other, "<p>Before.</p>");
        let main = component("Main", head, "<p>Main.</p>");
        let item = newsml1_item("Usable", &format!("{supporting}{main}"));
        assert_eq!(in_newsml1(&item), ["a Story: Main."]);
    }

    #[test]
    fn newsml1_items_inside_another_are_read_and_those_taken_back_are_not() {
        let lines = "<NewsLines><HeadLine>H</HeadLine></NewsLines>";
        let text = component("Main", lines, "<p>One.</p>");
        let inner = newsml1_item("Usable", &text) + &newsml1_item("Canceled", &text);
        let found = in_newsml1(&newsml1_item("Usable", &format!("{lines}{inner}")));
        let left_out =
            |at: u8, what: &str| format!("a#{at} skipped: no articles can be read from {what}");
        let expected = [
            left_out(1, "a package of other items"),
            "a#2 H: One.".to_owned(),
            left_out(3, "a canceled item"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn newsml1_credit_lines_are_all_read() {
        let lines = "<NewsLines><HeadLine>H</HeadLine><ByLine>By Ann Lee</ByLine><ByLine>By Bob Ray</ByLine></NewsLines>";
        let item = newsml1_item("Usable", &component("Main", lines, "<p>One.</p>"));
        let found = read_as("a", format!("<NewsML>{item}</NewsML>").as_bytes());
        let authors = &found[0].article().byline.as_ref().unwrap().value.authors;
        assert_eq!(*authors, ["Ann Lee", "Bob Ray"]);
    }

    #[test]
    fn a_broken_item_is_told_from_the_next() {
        let text = |title: &str, body: &str| {
            let lines = format!("<NewsLines><HeadLine>{title}</HeadLine></NewsLines>");
            newsml1_item("Usable", &component("Main", &lines, body))
        };
        let items = text("A", "<p>One.</p>")
            + &text("B", "<p>Two <a href='x>y</a>.</p>")
            + &text("C", "<p>Three.</p>");
        let found = in_newsml1(&items);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[1], "a#2 B: Two y.");
        assert!(found[2].starts_with("a#2 failed: invalid NewsML: "), "{}", found[2]);
        assert_eq!(found[3], "a#3 C: Three.");
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
