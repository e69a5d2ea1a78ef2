//! RSS (all versions), Atom, CDF and exports in their form, such as WordPress': an article an item.
//!
//! Items are taken out of the feed one by one and read leniently, rather than by a feed library: an
//! ill-formed item costs no other, an export of any size can be read, and the bytes of an item are
//! known.

use super::element::{Tags, read_elements, starts_tag};
use super::{Reader, given};
use crate::article::{Byline, Outlet, PublicationDate, Sourced};
use crate::ingest::ReadOptions;
use crate::ingest::decode::{declared_in_markup, decode};
use crate::ingest::detect::Sample;
use crate::ingest::draft::Draft;
use crate::ingest::error::{Problem, SkipReason};
use crate::ingest::extract::date;
use crate::ingest::input::Input;
use crate::ingest::markup;
use crate::ingest::records::{Flow, Reading, Records};
use crate::ingest::xml::{Document, Node};
use crate::text::Language;

/// Reads feeds.
pub(super) struct Feed;

/// What stands before the first item within this many bytes is known of all items.
const HEAD_BYTES: usize = 64 << 10;

impl Reader for Feed {
    fn recognizes(&self, sample: &Sample<'_>, _: &ReadOptions) -> bool {
        let Some(text) = sample.text().filter(|text| text.starts_with('<')) else { return false };
        match sample.root_element().map(str::to_ascii_lowercase).as_deref() {
            Some("rss" | "feed" | "channel") => true,
            Some("rdf") => text.contains("purl.org/rss") || text.contains("netscape.com/rdf"),
            Some("entry") => text.contains("w3.org/2005/Atom") || text.contains("purl.org/atom"),
            Some("html") => false,
            // A document type or an entity may stand before what is a feed nevertheless.
            _ => ["<rss", "<feed ", "<rdf:RDF"].iter().any(|start| text.contains(start)),
        }
    }

    fn read(&self, input: &mut Input<'_>, records: &mut Records<'_, '_>) -> Flow {
        let head = input.peek(HEAD_BYTES);
        let Some(name) = item_name(head) else {
            let reason = SkipReason::Unsupported("a feed without items".to_owned());
            return records.skip(None, reason);
        };
        let (start, end) = (format!("<{name}"), format!("</{name}>"));
        let channel = Channel::read(head, start.as_bytes());
        let tags = Tags { format: "feed item", start: &start, end: &end };
        read_elements(input, records, &tags, |bytes| channel.read_item(bytes))
    }
}

/// Returns the name of the items as it is written in the feed, with its prefix.
fn item_name(head: &[u8]) -> Option<String> {
    let mut position = 0;
    while let Some(found) = memchr::memchr(b'<', &head[position..]) {
        let start = position + found + 1;
        position = start;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-".contains(byte);
        let length = head[start..].iter().take_while(|byte| is_name(byte)).count();
        let name = std::str::from_utf8(&head[start..start + length]).ok()?;
        let local = name.rsplit(':').next()?;
        if local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry") {
            return Some(name.to_owned());
        }
    }
    None
}

/// What the head of the feed says of all its items.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    language: Option<Language>,
    /// The authors of entries that name none.
    authors: Vec<String>,
    /// What addresses in it are relative to.
    base: Base,
    /// The encoding that the feed declares.
    encoding: Option<&'static encoding_rs::Encoding>,
}

impl Channel {
    fn read(head: &[u8], item_start: &[u8]) -> Self {
        let starts = memchr::memmem::find_iter(head, item_start);
        let end = starts.into_iter().find(|start| starts_tag(&head[*start..], item_start));
        let head = &head[..end.unwrap_or(head.len())];
        let encoding = declared_in_markup(head);
        let text = decode(head, encoding);
        let Ok(document) = Document::parse(&text, "feed") else {
            return Self { encoding, ..Self::default() };
        };
        let root = document.root();
        let channel = child(root, "channel").unwrap_or(root);
        let language = child(channel, "language").and_then(Node::line);
        let language = language
            .or_else(|| root.attribute("lang").or(channel.attribute("lang")).map(str::to_owned));
        let title =
            child(channel, "title").map(|title| markup::line_of(&plain(title)).into_owned());
        let title = title.filter(|title| !title.trim().is_empty());
        let is_title = |name: &String| title.as_ref().is_some_and(|title| title.trim() == name);
        let link = child(channel, "link").and_then(Node::line);
        Self {
            language: language.and_then(|language| Language::parse(&language)),
            authors: authors(channel).into_iter().filter(|name| !is_title(name)).collect(),
            base: Base::of(root.attribute("base").or(channel.attribute("base")), link),
            title,
            encoding,
        }
    }

    fn read_item(&self, bytes: &[u8]) -> Result<Reading, Problem> {
        let text = decode(bytes, self.encoding);
        let document = Document::parse(&text, "feed item")?;
        let item = document.root();
        let kind = item.children().find(|child| child.name() == "post_type").and_then(Node::line);
        if kind.is_some_and(|kind| matches!(kind.as_str(), "attachment" | "nav_menu_item")) {
            return Ok(Reading::Skip(SkipReason::NoText));
        }
        let language = child(item, "language").and_then(Node::line);
        let language = language.as_deref().or(item.attribute("lang"));
        let language = language.and_then(Language::parse).or(self.language);
        let draft = Draft {
            title: child(item, "title").and_then(read_title).or_else(|| {
                read_title(item.children().find(|child| child.full_name() == "media:title")?)
            }),
            body: read_body(item),
            published: read_date(item),
            byline: self.read_authors(item),
            outlet: self.read_outlet(item),
            section: child(item, "category").or(child(item, "subject")).and_then(read_category),
            language: language.map(|language| given(language, "language")),
            url: read_url(item, &self.base).map(|url| given(url, "link")),
            ..Draft::default()
        };
        Reading::Draft(draft).damaged_by(document.damage_of(item))
    }

    /// Returns the authors of an item, or else of the feed.
    fn read_authors(&self, item: Node<'_>) -> Option<Sourced<Byline>> {
        let own = authors(item);
        let (authors, place) = match own.is_empty() {
            true => (self.authors.clone(), "author of the feed"),
            false => (own, "author"),
        };
        (!authors.is_empty()).then(|| given(Byline { authors }, place))
    }

    /// Returns the feed that an item was taken over from, or else the one that it is in.
    fn read_outlet(&self, item: Node<'_>) -> Option<Sourced<Outlet>> {
        let source = child(item, "source");
        let source = source.and_then(|source| child(source, "title").or(Some(source))?.line());
        let publisher = item.children().find(|child| child.full_name() == "dc:publisher");
        let named = [
            ("source", source),
            ("publisher", publisher.and_then(Node::line)),
            ("feed title", self.title.clone()),
        ];
        named.into_iter().find_map(|(place, name)| Some(given(Outlet::new(&name?)?, place)))
    }
}

/// Prefixes of the vocabularies that say the same as the feed formats themselves; of the others
/// (`media:title`, `itunes:author`) the names mean something else.
const PREFIXES: &[&str] =
    &["", "atom", "atom10", "a", "rss", "rss1", "dc", "dcterms", "content", "xhtml"];

/// Returns the first child of this name, in any case, from the vocabularies of feeds.
fn child<'d>(node: Node<'d>, name: &str) -> Option<Node<'d>> {
    node.children().find(|child| {
        child.name().eq_ignore_ascii_case(name)
            && (PREFIXES.contains(&child.prefix()) || child.prefix() == node.prefix())
    })
}

/// Returns the text of an element as a feed's author wrote it.
fn plain(node: Node<'_>) -> String {
    markup::character_data(node.markup())
}

fn read_title(node: Node<'_>) -> Option<Sourced<String>> {
    let title = match node.children().next() {
        Some(_) => node.line()?,
        None => markup::line_of(&plain(node)).trim().to_owned(),
    };
    (!title.is_empty()).then(|| given(title, "title"))
}

/// Returns the longest of the texts of an item: feeds have a summary, the whole text or both.
fn read_body(item: Node<'_>) -> String {
    let names = ["encoded", "content", "description", "summary", "abstract", "body"];
    let whole = item.children().find(|child| child.full_name() == "yandex:full-text");
    let texts = names.iter().filter_map(|name| child(item, name)).chain(whole).map(Node::text);
    let mut text = texts.max_by_key(String::len).unwrap_or_default();
    let last = text.rfind("\n\n").unwrap_or(0);
    if is_notice_of_feed(&text[last..]) {
        text.truncate(last);
    }
    text
}

/// Tells whether a paragraph is the note that publishing systems put under each item of a feed:
/// where it appeared first.
fn is_notice_of_feed(paragraph: &str) -> bool {
    const NOTICES: &[(&str, &str)] = &[
        ("The post ", " appeared first on "),
        ("The post ", " first appeared on "),
        ("The article ", " appeared first on "),
        ("Der Beitrag ", " erschien zuerst auf "),
        ("L’article ", " est apparu en premier sur "),
        ("L'article ", " est apparu en premier sur "),
        ("La entrada ", " se publicó primero en "),
        ("L'articolo ", " proviene da "),
        ("L’articolo ", " proviene da "),
        ("O post ", " apareceu primeiro em "),
        ("Het bericht ", " verscheen eerst op "),
        ("Artykuł ", " pochodzi z serwisu "),
        ("Сообщение ", " появились сначала на "),
    ];
    let paragraph = paragraph.trim();
    NOTICES.iter().any(|(start, middle)| {
        paragraph.strip_prefix(start).is_some_and(|rest| rest.contains(middle))
    })
}

fn read_date(item: Node<'_>) -> Option<Sourced<PublicationDate>> {
    let names = ["pubDate", "published", "date", "issued", "created", "updated", "modified"];
    let written = names.iter().filter_map(|name| Some((*name, child(item, name)?.line()?)));
    let lastmod = item.attribute("LASTMOD").map(|text| ("LASTMOD", text.to_owned()));
    written.chain(lastmod).find_map(|(name, text)| {
        let date = date::parse(&text).filter(|date| !is_epoch(date))?;
        Some(given(date, &format!("{name} `{text}`")))
    })
}

/// Tells whether a date is the one with which computers begin to count, which stands for none.
fn is_epoch(date: &PublicationDate) -> bool {
    date.to_string() == "1970-01-01T00:00:00Z"
}

/// Returns the authors whom an item or a feed names.
fn authors(item: Node<'_>) -> Vec<String> {
    let is_author = |node: &Node<'_>| {
        PREFIXES.contains(&node.prefix())
            && ["author", "creator"].iter().any(|name| node.name().eq_ignore_ascii_case(name))
    };
    let mut authors = Vec::new();
    for node in item.children().filter(is_author) {
        let line = child(node, "name")
            .and_then(Node::line)
            .or_else(|| Some(markup::line_of(&plain(node)).into_owned()));
        authors.extend(line.map(|line| without_address(&line)).filter(|name| !name.is_empty()));
    }
    authors.dedup();
    authors
}

/// Reads `mail@x.example (A. Marsh)`, as RSS has it; nothing is left of an address alone.
pub(super) fn without_address(line: &str) -> String {
    let line = line.trim();
    match line.split_once('(') {
        Some((address, name)) if address.contains('@') => {
            name.trim_end_matches(')').trim().to_owned()
        }
        _ if line.contains('@') && !line.contains(' ') => String::new(),
        _ => line.to_owned(),
    }
}

fn read_category(node: Node<'_>) -> Option<Sourced<String>> {
    let line = node.attribute("label").or(node.attribute("term")).map(str::to_owned);
    let line = line.unwrap_or_else(|| markup::line_of(&plain(node)).trim().to_owned());
    (!line.is_empty()).then(|| given(line, "category"))
}

/// Returns the address of the article: the one before a feed service changed it, the alternate
/// link, or an id that is one.
fn read_url(item: Node<'_>, base: &Base) -> Option<String> {
    let original = item.children().find(|child| child.name().eq_ignore_ascii_case("origLink"));
    let links = item.children().filter(|child| {
        child.name().eq_ignore_ascii_case("link") && PREFIXES.contains(&child.prefix())
    });
    let is_alternate = |link: &Node<'_>| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let base = base.inside(item.attribute("base"));
    let address = |link: Node<'_>| {
        let address = link.attribute("href").map(str::to_owned).unwrap_or_else(|| plain(link));
        base.inside(link.attribute("base")).resolve(address.trim())
    };
    let original = original.map(|original| plain(original).trim().to_owned());
    let link = links.filter(is_alternate).find_map(address);
    let id = child(item, "guid").or(child(item, "id")).map(|id| plain(id).trim().to_owned());
    let href = item.attribute("HREF").map(str::to_owned);
    let found = [original, link, href, id].into_iter().flatten();
    found.into_iter().find(|url| is_absolute(url))
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// What addresses in a feed are relative to.
#[derive(Clone, Default)]
struct Base {
    address: Option<String>,
    /// Whether the feed states it, rather than only where its own page is.
    is_stated: bool,
}

impl Base {
    /// Returns what a feed says: an `xml:base`, or the page that it is the feed of.
    fn of(stated: Option<&str>, page: Option<String>) -> Self {
        let stated = stated.filter(|base| is_absolute(base)).map(str::to_owned);
        let is_stated = stated.is_some();
        Self { address: stated.or(page.filter(|page| is_absolute(page))), is_stated }
    }

    /// Returns the base of an element inside, which may state its own.
    fn inside(&self, stated: Option<&str>) -> Self {
        match stated.and_then(|stated| self.resolve(stated)) {
            Some(address) => Self { address: Some(address), is_stated: true },
            None => self.clone(),
        }
    }

    /// Returns the whole of an address. One that is relative to a directory is known as such only where
    /// a base is stated: feeds write `c.example/1` without `https://`, too.
    fn resolve(&self, address: &str) -> Option<String> {
        if is_absolute(address) {
            return Some(address.to_owned());
        }
        let base = self.address.as_deref()?;
        let host = base.find("://")? + "://".len();
        let path = base[host..].find('/').map_or(base.len(), |length| host + length);
        if address.starts_with("//") {
            return Some(format!("{}{address}", &base[..host - "//".len()]));
        }
        if address.starts_with('/') {
            return Some(format!("{}{address}", &base[..path]));
        }
        let is_path = !address.is_empty() && !address.contains(':') && self.is_stated;
        is_path.then(|| {
            let directory = base[path..].rfind('/').map_or("/", |end| &base[path..=path + end]);
            format!("{}{}", &base[..path], without_dots(&format!("{directory}{address}")))
        })
    }
}

/// Returns a path without the parts that lead up (`..`) or nowhere (`.`).
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read_as;

    #[test]
    fn rss_items_are_articles() {
        let feed = "<?xml version='1.0'?><rss version='2.0' xmlns:content='c'><channel>\
            <title>The Courier</title><language>en-us</language>\
            <item><title>Talks &amp;amp; more</title><link>https://c.example/1</link>\
            <description>Short.</description><pubDate>Tue, 25 Jan 2022 18:15:00 +0300</pubDate>\
            <author>a@c.example (A. Marsh)</author><category>World</category>\
            <content:encoded><![CDATA[<p>One.</p><p>Two &amp; three.</p>]]></content:encoded></item>\
            <item><title>Broken <b></title></item><item><title>Last</title></item></channel></rss>";
        let found = read_as("feed.xml", feed.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "Talks & more");
        assert_eq!(article.body, "One.\n\nTwo & three.");
        assert_eq!(
            article.published.as_ref().unwrap().value.to_string(),
            "2022-01-25T18:15:00+03:00"
        );
        assert_eq!(article.byline.as_ref().unwrap().value.authors, ["A. Marsh"]);
        assert_eq!(article.outlet.as_ref().unwrap().value.as_str(), "The Courier");
        assert_eq!(article.section.as_ref().unwrap().value, "World");
        assert_eq!(article.url.as_ref().unwrap().value, "https://c.example/1");
        assert_eq!(found[2].to_string(), "feed.xml#3 Last");
    }

    #[test]
    fn atom_entries_are_articles() {
        let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Der Bote</title>\
            <entry><title type='html'>A &lt;b>bold&lt;/b> title</title><id>tag:x</id>\
            <link rel='edit' href='https://b.example/e'/><link href='https://b.example/1'/>\
            <published>2022-01-25T18:15:00Z</published><updated>2022-01-26T00:00:00Z</updated>\
            <author><name>A. Marsh</name></author><media:title xmlns:media='m'>No</media:title>\
            <content type='xhtml'><div><p>One.</p><p>Two.</p></div></content></entry></feed>";
        let found = read_as("feed.xml", feed.as_bytes());
        let article = found[0].article();
        assert_eq!(article.title_text(), "A bold title");
        assert_eq!(article.body, "One.\n\nTwo.");
        assert_eq!(article.url.as_ref().unwrap().value, "https://b.example/1");
        assert_eq!(article.language.as_ref().unwrap().value.as_str(), "de");
    }

    #[test]
    fn relative_addresses_are_completed() {
        let base = Base::of(Some("https://c.example/news/feed.xml"), None);
        let page = Base::of(None, Some("http://c.example".to_owned()));
        let cases = [
            (&base, "https://d.example/1", Some("https://d.example/1")),
            (&base, "//d.example/1", Some("https://d.example/1")),
            (&base, "/1", Some("https://c.example/1")),
            (&base, "2003/1?q=a", Some("https://c.example/news/2003/1?q=a")),
            (&base, "./../../1", Some("https://c.example/1")),
            (&base, "mailto:a@c.example", None),
            (&page, "/1", Some("http://c.example/1")),
            (&page, "c.example/1", None),
            (&Base::default(), "/1", None),
        ];
        for (base, address, expected) in cases {
            assert_eq!(base.resolve(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn what_a_feed_says_holds_for_its_items() {
        let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/'>\
            <title>Der Bote</title><author><name>Ann Marsh</name></author>\
            <entry xml:base='1/'><title>A</title><link href='a'/></entry>\
            <entry><title>B</title><link href='/b'/><author><name>Ben Reed</name></author></entry></feed>";
        let found = read_as("feed.xml", feed.as_bytes());
        let fields = |at: usize| {
            let article: &crate::article::Article = found[at].article();
            let authors = article.byline.as_ref().unwrap().value.authors.join(", ");
            (authors, article.url.as_ref().unwrap().value.clone())
        };
        assert_eq!(fields(0), ("Ann Marsh".to_owned(), "https://b.example/1/a".to_owned()));
        assert_eq!(fields(1), ("Ben Reed".to_owned(), "https://b.example/b".to_owned()));
    }

    #[test]
    fn items_say_their_language_and_whole_text() {
        let feed = "<rss><channel><title>C</title><language>en</language><item><title>A</title>\
            <dc:language>de</dc:language><description>Kurz.</description>\
            <yandex:full-text>Der ganze Text ist lang.</yandex:full-text>\
            <pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate></item></channel></rss>";
        let found = read_as("feed.xml", feed.as_bytes());
        let article = found[0].article();
        assert_eq!(article.language.as_ref().unwrap().value.as_str(), "de");
        assert_eq!(article.body, "Der ganze Text ist lang.");
        assert_eq!(article.published, None);
    }

    #[test]
    fn plain_texts_may_be_escaped_twice() {
        let feed = "<rss><channel><item><title>A</title><description><![CDATA[It&#8217;s raining \
            &hellip; [&#8230;]]]></description></item><item><title>B</title><description>\
            Tom &amp;amp; Jerry</description></item></channel></rss>";
        let found = read_as("feed.xml", feed.as_bytes());
        assert_eq!(found[0].article().body, "It’s raining … […]");
        assert_eq!(found[1].article().body, "Tom & Jerry");
    }

    #[test]
    fn items_that_a_file_cuts_off_are_named() {
        let feed =
            "<rss><channel><item><title>A</title></item><item><title>B</title><description>Two";
        let found = read_as("f", feed.as_bytes());
        assert_eq!(found[1].article().body, "Two");
        assert_eq!(
            found[2].to_string(),
            "f#2 failed: invalid feed item: it ends inside `description`"
        );
    }

    #[test]
    fn rdf_and_cdf_are_read_too() {
        let rdf = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel><title>C</title>\
            <items><rdf:Seq/></items></channel><item rdf:about='x'><title>One</title></item>\
            <item><title>Two</title></item></rdf:RDF>";
        let titles = |text: &str| -> Vec<String> {
            read_as("f", text.as_bytes()).iter().map(ToString::to_string).collect()
        };
        assert_eq!(titles(rdf), ["f#1 One", "f#2 Two"]);
        let cdf = "<CHANNEL HREF='http://x.example/'><ITEM HREF='http://x.example/1'><TITLE>One</TITLE>\
            </ITEM></CHANNEL>";
        assert_eq!(titles(cdf), ["f#1 One"]);
        assert_eq!(titles("<rss><channel/></rss>").len(), 1);
    }
}
