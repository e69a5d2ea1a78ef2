//! JSON-LD: what a page says of its article in schema.org's words.

use serde_json::Value;

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
    pub(super) fn of(scripts: &[String]) -> Self {
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
        let mut articles: Vec<&&Value> = objects.iter().filter(|object| rank(object) > 0).collect();
        articles.sort_by_key(|object| std::cmp::Reverse(rank(object)));
        for article in articles {
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
        self.is_article |= script.contains("Article\"");
    }
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
        .filter_map(|person| text(&person["name"]));
    let name = names.next()?;
    names.all(|other| other == name).then_some(name)
}

/// Parses a script, mending what publishers commonly break: comments around it, raw line breaks in
/// strings, commas before brackets, a semicolon at the end.
fn parse(script: &str) -> Option<Value> {
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

fn mend(script: &str) -> String {
    let mut mended = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for letter in script.chars() {
        if in_string {
            let ends = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            in_string = !ends;
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
        LinkedData::of(&[script.to_owned()])
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
    }
}
