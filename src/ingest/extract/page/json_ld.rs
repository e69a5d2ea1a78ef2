//! JSON-LD: what a page says of its article in schema.org's words.
//!
//! Where it describes several articles, the one with the address or the headline of the page is read,
//! and the others are those that it links to.

use std::borrow::Cow;

use serde_json::Value;

use super::metadata::squeeze;
use super::model::Page;

/// The nesting of objects that is followed.
const DEEPEST: usize = 12;

/// What JSON-LD says of the article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    /// The addresses of authors that stand in the place of their names.
    pub(super) author_addresses: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
    /// Whether an object said that it is an article.
    pub(super) is_article: bool,
    /// Whether an object said that the page is a collection or a search result.
    pub(super) is_collection: bool,
}

impl LinkedData {
    /// Returns what the scripts of a page say; a broken script costs only itself.
    pub(super) fn of(page: &Page) -> Self {
        let scripts = &page.json_ld;
        let parsed: Vec<Option<Value>> = scripts.iter().map(|script| parse(script)).collect();
        let documents: Vec<&Value> = parsed.iter().flatten().collect();
        let mut objects = Vec::new();
        for document in documents {
            gather(document, 0, &mut objects);
        }
        let mut data = Self::default();
        for object in &objects {
            data.is_collection |=
                is_type(object, &["CollectionPage", "SearchResultsPage", "ItemList"]);
            if data.publisher.is_none() && is_type(object, &["NewsMediaOrganization"]) {
                data.publisher = text(&object["name"]);
            }
        }
        for article in of_page(page, &objects) {
            data.read(article, &objects);
        }
        if data.is_article && data.authors.is_empty() {
            data.authors = only_person(&objects).into_iter().collect();
        }
        let broken = scripts.iter().zip(&parsed).filter(|(_, parsed)| parsed.is_none());
        broken.for_each(|(script, _)| data.read_broken(script));
        data
    }

    fn read(&mut self, object: &Value, all: &[&Value]) {
        self.is_article |= rank(object) > 1;
        let fill = |slot: &mut Option<String>, keys: &[&str]| {
            if slot.is_none() {
                *slot = keys.iter().find_map(|key| text(&object[*key]));
            }
        };
        fill(&mut self.headline, &["headline", "name"]);
        fill(&mut self.published, &["datePublished", "uploadDate"]);
        fill(&mut self.created, &["dateCreated"]);
        fill(&mut self.modified, &["dateModified"]);
        fill(&mut self.section, &["articleSection"]);
        fill(&mut self.language, &["inLanguage"]);
        fill(&mut self.body, &["articleBody"]);
        fill(&mut self.url, &["url", "mainEntityOfPage"]);
        if self.publisher.is_none() {
            self.publisher = names(&object["publisher"], all).into_iter().next();
        }
        if self.authors.is_empty() {
            self.authors = ["author", "creator"]
                .iter()
                .map(|key| names(&object[*key], all))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
            let (addresses, names) =
                std::mem::take(&mut self.authors).into_iter().partition(|name| is_address(name));
            self.authors = names;
            self.author_addresses.extend::<Vec<String>>(addresses);
        }
    }
}

impl LinkedData {
    /// Reads the strings of a script that is no JSON, however it is mended.
    fn read_broken(&mut self, script: &str) {
        let fill = |slot: &mut Option<String>, key: &str| {
            if slot.is_none() {
                *slot = string_after(script, key);
            }
        };
        fill(&mut self.headline, "headline");
        fill(&mut self.published, "datePublished");
        fill(&mut self.modified, "dateModified");
        if self.publisher.is_none() {
            self.publisher = name_after(script, "publisher");
        }
        if self.authors.is_empty() {
            self.authors = name_after(script, "author").into_iter().collect();
        }
        self.is_article |= script.contains("Article\"");
    }
}

/// Returns the objects that may be the article of the page, the surest first. Where one of several
/// articles is the page's by its address or its headline, those of other headlines are left out.
fn of_page<'value>(page: &Page, objects: &[&'value Value]) -> Vec<&'value Value> {
    let mut articles: Vec<&Value> =
        objects.iter().copied().filter(|object| rank(object) > 0).collect();
    articles.sort_by_key(|object| std::cmp::Reverse(rank(object)));
    let is_article = |object: &&&Value| rank(object) > 1;
    if articles.iter().filter(is_article).count() < 2 {
        return articles;
    }
    let titles = titles(page);
    let is_own = |object: &Value| has_address(object, page) || has_title(object, &titles);
    let (own, others): (Vec<&Value>, Vec<&Value>) =
        articles.iter().partition(|object| rank(object) > 1 && is_own(object));
    if own.is_empty() {
        return articles;
    }
    let is_other = |object: &Value| rank(object) > 1 && text(&object["headline"]).is_some();
    own.into_iter().chain(others.into_iter().filter(|object| !is_other(object))).collect()
}

/// Returns the titles that the page has beside its JSON-LD, squeezed.
fn titles(page: &Page) -> Vec<String> {
    let heading = page.headline_block().map(|at| page.blocks[at].text.as_str());
    let stated = page.meta(&["og:title", "twitter:title"]);
    let titles = heading.into_iter().chain(stated).chain([page.title.as_str()]);
    titles.map(squeeze).collect()
}

/// Tells whether the headline of an object is a title of the page, or the first part of one.
fn has_title(object: &Value, titles: &[String]) -> bool {
    let headline = text(&object["headline"]).map(|headline| squeeze(&headline));
    let headline = headline.filter(|headline| !headline.is_empty());
    headline.is_some_and(|headline| titles.iter().any(|title| title.starts_with(&headline)))
}

/// Tells whether an object has the canonical address of the page.
fn has_address(object: &Value, page: &Page) -> bool {
    let Some(canonical) = page.canonical.as_deref().map(bare_address) else { return false };
    ["url", "mainEntityOfPage", "@id"]
        .iter()
        .filter_map(|key| text(&object[*key]))
        .any(|address| bare_address(&address) == canonical)
}

/// Returns an address without what may differ between two of one page.
fn bare_address(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    rest[..end].trim_start_matches("www.").trim_end_matches('/')
}

/// Tells whether the name of an author is the address of the author's page.
fn is_address(name: &str) -> bool {
    name.contains("://")
}

/// Returns the name in the object that follows a key in text that looks like JSON.
fn name_after(script: &str, key: &str) -> Option<String> {
    let (_, rest) = script.split_once(&format!("\"{key}\""))?;
    let object = rest.split('}').next()?;
    string_after(object, "name").filter(|_| object.contains('{'))
}

/// Returns the string that follows a key in text that looks like JSON.
fn string_after(script: &str, key: &str) -> Option<String> {
    let (_, rest) = script.split_once(&format!("\"{key}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = decode(rest.split('"').next()?.trim());
    (!value.is_empty()).then_some(value)
}

/// Returns the name of the person, where the scripts describe one and no other.
fn only_person(objects: &[&Value]) -> Option<String> {
    let mut names = objects
        .iter()
        .filter(|object| types(object).any(|kind| kind == "Person"))
        .filter_map(|person| text(&person["name"]))
        .filter(|name| !is_address(name));
    let name = names.next()?;
    names.all(|other| other == name).then_some(name)
}

/// Parses a script, mending what publishers commonly break: comments around it, raw line breaks in
/// strings, commas before brackets, a semicolon at the end, quotation marks that nothing escapes or
/// that are character references all through.
fn parse(script: &str) -> Option<Value> {
    let script = with_quotation_marks(script);
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&mend(script)).ok())
}

/// Returns a script in which all quotation marks were references with the marks themselves.
fn with_quotation_marks(script: &str) -> Cow<'_, str> {
    if script.contains('"') || !script.contains("&quot;") {
        return Cow::Borrowed(script);
    }
    Cow::Owned(script.replace("&quot;", "\""))
}

fn mend(script: &str) -> String {
    let mut mended = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for (at, letter) in script.char_indices() {
        if in_string {
            let is_mark = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            in_string = !(is_mark && ends_string(&script[at + 1..]));
            if is_mark && in_string {
                mended.push('\\');
            }
            mended.push(if letter.is_control() { ' ' } else { letter });
            continue;
        }
        if letter == '"' {
            in_string = true;
            escaped = false;
        } else if matches!(letter, ']' | '}') {
            let length = mended.trim_end().len();
            if mended[..length].ends_with(',') {
                mended.truncate(length - 1);
            }
        }
        mended.push(letter);
    }
    mended
}

/// Tells whether a quotation mark before this text can be the end of a string: what follows is what
/// may follow a string in JSON. White space is looked through once for each mark before it.
fn ends_string(rest: &str) -> bool {
    let rest = rest.trim_start();
    let Some(after_comma) = rest.strip_prefix(',') else {
        return rest.is_empty() || rest.starts_with([':', '}', ']']);
    };
    let next = after_comma.trim_start();
    let literals = ["true", "false", "null"];
    next.starts_with(|letter: char| letter.is_ascii_digit() || "\"{[}]-".contains(letter))
        || literals.iter().any(|literal| next.starts_with(literal))
}

/// Gathers the objects of a document that have a type, from the outside in.
fn gather<'value>(value: &'value Value, depth: usize, found: &mut Vec<&'value Value>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, depth + 1, found)),
        Value::Object(fields) => {
            if fields.contains_key("@type") || fields.contains_key("@id") {
                found.push(value);
            }
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "itemListElement",
                "item",
                "hasPart",
                "author",
                "publisher",
            ] {
                if let Some(inner) = fields.get(key) {
                    gather(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kind = &object["@type"];
    let many = kind.as_array().map(Vec::as_slice).unwrap_or_default();
    kind.as_str().into_iter().chain(many.iter().filter_map(Value::as_str))
}

fn is_type(object: &Value, names: &[&str]) -> bool {
    types(object).any(|kind| names.contains(&kind.rsplit('/').next().unwrap_or(kind)))
}

/// Ranks objects by how surely they are the article of the page.
fn rank(object: &Value) -> u8 {
    types(object)
        .map(|kind| match kind.rsplit('/').next().unwrap_or(kind) {
            kind if kind.ends_with("NewsArticle") => 5,
            kind if kind.ends_with("Article") || kind.ends_with("Posting") => 4,
            "Report" | "Review" | "Recipe" | "HowTo" | "LiveBlogPosting" => 3,
            "VideoObject" | "WebPage" | "ItemPage" | "CreativeWork" | "AboutPage" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

/// Returns the text of a value: a string, the first of an array, the name or address of an object.
fn text(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(text) => decode(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => return items.iter().find_map(text),
        Value::Object(fields) => {
            return ["@value", "name", "@id", "url"]
                .iter()
                .find_map(|key| fields.get(*key).and_then(text));
        }
        _ => return None,
    };
    let found = found.trim();
    (!found.is_empty()).then(|| found.to_owned())
}

/// Returns the names of people or organizations, looking up those given by `@id`.
fn names(value: &Value, all: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) if !name.trim().is_empty() && !name.contains("://") => {
            vec![decode(name.trim())]
        }
        Value::Array(items) => items.iter().flat_map(|item| names(item, all)).collect(),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name") {
                return match name {
                    Value::Array(many) => many.iter().filter_map(text).collect(),
                    _ => whole_name(value).into_iter().collect(),
                };
            }
            let Some(id) = fields.get("@id") else { return Vec::new() };
            let referred = all
                .iter()
                .find(|object| object.get("@id") == Some(id) && object.get("name").is_some());
            referred.and_then(|object| whole_name(object)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the name of a person or an organization; that of a person who is called by the first name as
/// the description begins with it: "Jane Doe is a reporter."
fn whole_name(object: &Value) -> Option<String> {
    let name = text(&object["name"])?;
    if name.contains(char::is_whitespace) {
        return Some(name);
    }
    let description = text(&object["description"]).unwrap_or_default();
    let rest = description.strip_prefix(&name).and_then(|rest| rest.strip_prefix(' '));
    let next = rest.and_then(|rest| rest.split(|letter: char| !is_of_name(letter)).next());
    let surname = next.filter(|word| word.starts_with(char::is_uppercase));
    Some(match surname {
        Some(surname) => format!("{name} {surname}"),
        None => name,
    })
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-'
}

/// Decodes the character references that some publishers leave in JSON.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let document = dom_query::Document::from(text.replace('<', "&lt;"));
    document.text().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> LinkedData {
        LinkedData::of(&Page { json_ld: vec![script.to_owned()], ..Page::default() })
    }

    #[test]
    fn articles_are_read_from_graphs() {
        let data = read(
            r##"{"@graph": [{"@type": "WebPage", "name": "Page", "datePublished": "2020-01-01"},
            {"@type": "NewsArticle", "headline": "Talks &amp; more", "datePublished": "2022-01-25T10:00:00+01:00",
             "author": [{"@id": "#jane"}, {"name": "Jo Roe"}], "publisher": {"name": "Daily"}},
            {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}"##,
        );
        assert_eq!(data.headline.as_deref(), Some("Talks & more"));
        assert_eq!(data.published.as_deref(), Some("2022-01-25T10:00:00+01:00"));
        assert_eq!(data.authors, ["Jane Doe", "Jo Roe"]);
        assert_eq!(data.publisher.as_deref(), Some("Daily"));
        assert!(data.is_article);
    }

    #[test]
    fn broken_scripts_are_mended() {
        let data = read("<!-- {\"@type\": \"Article\", \"headline\": \"Two\nlines\",} -->");
        assert_eq!(data.headline.as_deref(), Some("Two lines"));
        assert_eq!(read("{oops"), LinkedData::default());
        let data = read(
            r#"{"@type": "Article", "headline": "The "third" flood, and "last", so far",
            "author": {"@type": "Person", "name": "Jane Doe"}, "keywords": ["a", 1, null, "b"]}"#,
        );
        assert_eq!(data.headline.as_deref(), Some("The \"third\" flood, and \"last\", so far"));
        assert_eq!(data.authors, ["Jane Doe"]);
        let data =
            read("{&quot;@type&quot;: &quot;Article&quot;, &quot;author&quot;: &quot;Jo&quot;}");
        assert_eq!(data.authors, ["Jo"]);
        let data = read(
            r#"{"@type": "Article", oops, "author": [{"@type": "Person", "name": "Jane Doe"}],
            "publisher": {"name": "The Crier"}}"#,
        );
        assert_eq!(data.authors, ["Jane Doe"]);
        assert_eq!(data.publisher.as_deref(), Some("The Crier"));
    }

    #[test]
    fn the_article_of_the_page_is_read_among_several() {
        let article = |headline: &str, url: &str, author: &str| {
            format!(
                r#"{{"@type": "NewsArticle", "headline": "{headline}", "url": "{url}", "author": "{author}"}}"#
            )
        };
        let other = article("Storm kills three", "https://crier.example/a", "Jo Roe");
        let own = article("Talks go on", "https://www.crier.example/b/", "Jane Doe");
        let page = |title: &str, canonical: Option<&str>| Page {
            json_ld: vec![other.clone(), own.clone()],
            title: title.to_owned(),
            canonical: canonical.map(str::to_owned),
            ..Page::default()
        };
        let authors = |page: &Page| LinkedData::of(page).authors;
        assert_eq!(authors(&page("Talks go on | The Crier", None)), ["Jane Doe"]);
        assert_eq!(authors(&page("", Some("http://crier.example/b?print=1"))), ["Jane Doe"]);
        assert_eq!(authors(&page("", None)), ["Jo Roe"]);
    }

    #[test]
    fn addresses_are_no_names() {
        let data = read(
            r#"{"@type": "Article", "author": [{"name": "https://crier.example/authors/jane-doe"},
            {"name": "Jo Roe"}]}"#,
        );
        assert_eq!(data.authors, ["Jo Roe"]);
        assert_eq!(data.author_addresses, ["https://crier.example/authors/jane-doe"]);
    }
}
