//! Scraped text: titles, dates and bylines of `reuters-web`; and the pages of `gold/html` turned to
//! plain lines, of which no more and no less should be kept than the reading of the page itself kept.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use dom_query::{Document, NodeRef};
use encoding_rs::Encoding;
use morgue::article::{Article, SourceLocator};
use morgue::ingest::extract::dateline;
use morgue::ingest::extract::page::{ExtractMode, without_noscript};
use morgue::ingest::reader::plain_text::{self, PlainTextOutcome};
use morgue::ingest::{FileContext, FileLines, ReadOptions, RepeatedLines, SourceFile};
use morgue::text::{fold, words};
use serde_json::Value;
use walkdir::WalkDir;

use super::pages::{authors_of, day_of, names, read_page};
use super::{Count, Overlap, Row, Scope, gold, gold_pages, read_file, report, spaced};

/// One in this many articles of `reuters-web` is scored unless all are.
const REUTERS_STEP: usize = 4;

/// One in this many articles of `bbc` is scored unless all are.
const BBC_STEP: usize = 4;

/// One in this many pages is scored unless all are.
const PAGE_STEP: usize = 5;

/// From this many pages of an outlet on its repeated lines are learnt.
const PAGES_OF_AN_OUTLET: usize = 5;

#[test]
fn headers_of_scraped_text_are_read() {
    let scope = Scope::asked();
    let Some(sets) = gold::set("reuters-web") else { return };
    let meta = fs::read_to_string(sets.join("reuters-web.meta.tsv")).unwrap();
    let [mut titles, mut dates, mut bylines] = [Count::default(); 3];
    for line in scope.of(meta.lines().skip(1).collect(), REUTERS_STEP) {
        let row: Vec<&str> = line.split('\t').collect();
        let [path, published, title, byline] = row[..4] else { panic!("four columns: {line}") };
        let file = SourceFile::at(&sets.join("reuters-web").join(path), path).unwrap();
        let articles = read_file(&file, &ReadOptions::default());
        let article = articles.first();
        if !title.trim().is_empty() {
            titles.add(article.is_some_and(|article| article.title_text() == spaced(title)));
        }
        if !published.is_empty() {
            let date = article.and_then(|article| article.published.as_ref());
            let date = date.map(|date| date.value.to_string().replace(":00-", "-"));
            dates.add(date.as_deref() == Some(published));
        }
        let authors = reuters_authors(byline);
        if !authors.is_empty() {
            let byline = article.and_then(|article| article.byline.as_ref());
            bylines.add(byline.is_some_and(|byline| byline.value.authors == authors));
        }
    }
    report(
        "reuters-web",
        scope,
        &[
            Row::share("title", titles, [0.999, 0.999]),
            Row::share("date, local with its offset", dates, [0.999, 0.999]),
            Row::share("byline", bylines, [0.999, 0.999]),
        ],
    );
}

/// Returns the names in a byline as Reuters writes it: `Gill Tudor, Correspondent - Analysis`.
fn reuters_authors(byline: &str) -> Vec<String> {
    let mut names = byline.trim();
    for kind in ["Analysis", "Interview", "Exclusive", "analysis"] {
        names = names.trim_end_matches(kind).trim_end_matches([' ', '-']);
    }
    let is_office =
        |part: &str| part.trim().ends_with("orrespondent") || part.trim().ends_with("Editor");
    let parts = names.split(',').filter(|part| !is_office(part));
    let names = parts.flat_map(|part| part.split(" and ")).map(spaced);
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn a_text_that_is_an_article_alone_loses_nothing() {
    let scope = Scope::asked();
    let Some(sets) = gold::set("bbc") else { return };
    let files = WalkDir::new(sets.join("bbc")).sort_by_file_name().into_iter();
    let files = files.map(Result::unwrap).filter(|entry| entry.file_type().is_file()).collect();
    let mut whole = Count::default();
    for entry in scope.of(files, BBC_STEP) {
        let file = SourceFile::at(entry.path(), "bbc.txt").unwrap();
        let text = decoded(&fs::read(entry.path()).unwrap());
        let articles = read_file(&file, &ReadOptions::default());
        whole.add(overlap(&whole_text(&articles[0]), &text).missed == 0);
    }
    report(
        "bbc",
        scope,
        &[Row::share("articles of which every word is kept", whole, [0.998, 0.999])],
    );
}

/// A page as a scraper keeps it, and the body that the page has.
struct ScrapedPage {
    lines: String,
    body: String,
    /// The day that the page is of.
    day: Option<String>,
    /// Its authors, as they are compared.
    authors: Vec<String>,
    /// Whether the page calls itself a news article.
    is_news: bool,
}

#[test]
fn page_litter_goes_and_the_article_stays() {
    let scope = Scope::asked();
    let Some(pages) = gold_pages() else { return };
    let mut places: BTreeMap<String, Vec<(PathBuf, Value)>> = BTreeMap::new();
    for (path, right) in pages {
        places.entry(outlet_of(right["url"].as_str().unwrap())).or_default().push((path, right));
    }
    let (many, few): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|(_, paths)| paths.len() >= PAGES_OF_AN_OUTLET);
    let outlets: Vec<(String, Vec<ScrapedPage>)> = scope
        .of(few, PAGE_STEP)
        .into_iter()
        .chain(scope.of(many, PAGE_STEP))
        .map(|(outlet, paths)| (outlet, paths.iter().filter_map(scrape).collect()))
        .collect();
    let [mut raw, mut kept, mut of_news, mut of_outlets, mut of_wrapped] =
        [const { Mean(Vec::new()) }; 5];
    let [mut titles, mut dates, mut authors, mut whole] = [Count::default(); 4];
    for (outlet, pages) in &outlets {
        let is_learnt = pages.len() >= PAGES_OF_AN_OUTLET;
        let repeated = if is_learnt { learn(outlet, pages) } else { RepeatedLines::default() };
        for page in pages {
            let article = read_lines(outlet, &page.lines, &repeated);
            let text = article.as_ref().map(whole_text).unwrap_or_default();
            if let Some(day) = &page.day {
                let date = article.as_ref().and_then(|article| article.published.as_ref());
                dates.add(date.is_some_and(|date| date.value.to_string().starts_with(day)));
            }
            if !page.authors.is_empty() {
                let byline = article.as_ref().and_then(|article| article.byline.as_ref());
                let found =
                    byline.map(|byline| byline.value.authors.as_slice()).unwrap_or_default();
                authors.add(names(found.iter().map(String::as_str)) == page.authors);
            }
            let overlap = overlap(&text, &page.body);
            kept.add(overlap);
            titles.add(title_of(&text) == title_of(&page.body));
            whole.add(!loses_line(page, &text));
            raw.add(self::overlap(&page.lines, &page.body));
            let article = read_lines(outlet, &wrapped(&page.lines), &RepeatedLines::default());
            let text = article.as_ref().map(whole_text).unwrap_or_default();
            of_wrapped.add(self::overlap(&text, &page.body));
            if page.is_news {
                of_news.add(overlap);
            }
            if is_learnt {
                of_outlets.add(overlap);
            }
        }
    }
    let nothing_left_out = raw.row("", Overlap::f1, [0.0, 0.0]).score;
    println!("pages as plain lines, all words: F1 {nothing_left_out:.4}");
    report(
        "pages as plain lines, words kept, mean over pages",
        scope,
        &[
            Row::share("title", titles, [0.79, 0.734]),
            Row::share("date", dates, [0.81, 0.816]),
            Row::share("authors", authors, [0.6, 0.595]),
            Row::share("pages that lose no longer line", whole, [0.85, 0.835]),
            kept.row("precision", Overlap::precision, [0.891, 0.8905]),
            kept.row("recall", Overlap::recall, [0.954, 0.949]),
            kept.row("F1", Overlap::f1, [0.91, 0.9055]),
            of_news.row("F1, pages that call themselves news", Overlap::f1, [0.916, 0.92]),
            of_outlets.row("F1, hosts of five pages and more", Overlap::f1, [0.855, 0.866]),
            of_wrapped.row("F1, wrapped as by a text browser", Overlap::f1, [0.897, 0.896]),
        ],
    );
}

/// The pages of a set, of which each counts the same however long it is.
#[derive(Default)]
struct Mean(Vec<Overlap>);

impl Mean {
    fn add(&mut self, page: Overlap) {
        self.0.push(page);
    }

    fn row(&self, what: &'static str, figure: fn(Overlap) -> f64, floors: [f64; 2]) -> Row {
        let sum: f64 = self.0.iter().map(|page| figure(*page)).sum();
        Row::new(what, sum / self.0.len().max(1) as f64, self.0.len(), floors)
    }
}

/// Returns the page at `path` as plain lines; `None` where it is no article.
fn scrape((path, right): &(PathBuf, Value)) -> Option<ScrapedPage> {
    let body = whole_text(&read_page(path, ExtractMode::Accurate)?);
    let html = decoded(&fs::read(path).unwrap());
    let is_news = says_it_is_news(&html);
    let mut lines = String::new();
    push_lines(&Document::from(without_noscript(&html).as_ref()).root(), &mut lines);
    let day = right["date"].as_str().map(day_of);
    let authors = authors_of(&right["author"]);
    Some(ScrapedPage { lines, body, day, authors, is_news })
}

/// Tells whether the JSON-LD of a page gives one of schema.org's kinds of news articles as its type.
fn says_it_is_news(html: &str) -> bool {
    html.split("\"@type\"").skip(1).any(|after| {
        let kind = after.trim_start_matches([' ', '\n', '\t', ':', '[', '"']);
        ["News", "ReportageNews", "BackgroundNews", "OpinionNews"]
            .iter()
            .any(|news| kind.strip_prefix(news).is_some_and(|rest| rest.starts_with("Article")))
    })
}

/// Returns a page as text, in the encoding that it names where it is not UTF-8.
fn decoded(page: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(page) {
        return text.to_owned();
    }
    let text = String::from_utf8_lossy(page);
    let encoding = text.split("<meta").skip(1).find_map(|element| {
        let (_, label) = element.split_once('>')?.0.split_once("charset=")?;
        let label = label.trim_start_matches('"');
        let end = label.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
    });
    encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode(page).0.into_owned()
}

/// Returns the headline and the text of an article.
fn whole_text(article: &Article) -> String {
    format!("{}\n\n{}", article.title_text(), super::signed_body(article))
}

/// Returns the headline of what [`whole_text`] gave, whatever its case.
fn title_of(text: &str) -> String {
    fold(&spaced(text.lines().next().unwrap_or_default()))
}

/// Appends the text of a node, a line a block.
fn push_lines(node: &NodeRef<'_>, lines: &mut String) {
    // As browsers show them: what is in no list of theirs is in line, ruby and made-up names too.
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ];
    const UNSEEN: &[&str] = &[
        "script", "style", "noscript", "template", "head", "iframe", "svg", "textarea", "select",
        "object",
    ];
    if node.is_text() {
        let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            lines.push_str(&text);
            lines.push(' ');
        }
        return;
    }
    let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
    if UNSEEN.contains(&name.as_str()) {
        return;
    }
    let is_block = BLOCKS.contains(&name.as_str());
    let end_line = |lines: &mut String| {
        if is_block && !lines.ends_with('\n') {
            lines.push('\n');
        }
    };
    end_line(lines);
    for child in node.children() {
        push_lines(&child, lines);
    }
    end_line(lines);
}

/// The width of the lines that text browsers write.
const WIDTH: usize = 72;

/// Returns the lines of a page as a text browser writes them: each wrapped, with a blank line below those
/// that take several.
fn wrapped(lines: &str) -> String {
    let mut text = String::new();
    for line in lines.lines() {
        let mut rows: Vec<String> = vec![String::new()];
        for word in line.split_whitespace() {
            let row = rows.last_mut().expect("there is a first row");
            if row.is_empty() {
                row.push_str(word);
            } else if row.chars().count() + 1 + word.chars().count() <= WIDTH {
                row.extend([" ", word]);
            } else {
                rows.push(word.to_owned());
            }
        }
        text.push_str(&rows.join("\n"));
        text.push_str(if rows.len() == 1 { "\n" } else { "\n\n" });
    }
    text
}

/// Returns the last two labels of the host of an address.
fn outlet_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let mut labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.reverse();
    labels.join(".")
}

/// The least words of a line that is missed where it is lost.
const LONGER_LINE: usize = 8;

/// Tells whether a longer line of a page that is in its body is not in the text that was kept, a dateline
/// that opens it aside, which is a field.
fn loses_line(page: &ScrapedPage, kept: &str) -> bool {
    let joined = |text: &str| words(text).map(|word| fold(word.text)).collect::<Vec<_>>().join(" ");
    let (_, body) = page.body.split_once('\n').unwrap_or_default();
    let (body, kept) = (joined(body), joined(kept));
    let longer = page.lines.lines().filter(|line| words(line).count() >= LONGER_LINE);
    let mut texts = longer.map(|line| {
        let dateline = dateline::find(line);
        joined(&line[dateline.map_or(0, |found| found.range.end)..])
    });
    texts.any(|text| body.contains(&text) && !kept.contains(&text))
}

/// Learns the lines that an outlet repeats over its pages.
fn learn(outlet: &str, pages: &[ScrapedPage]) -> RepeatedLines {
    let mut lines = FileLines::default();
    for (number, page) in pages.iter().enumerate() {
        lines.insert(
            &number.to_string(),
            vec![plain_text::lines_of(&page.lines, &context(outlet), "")],
        );
    }
    lines.repeated()
}

fn context(outlet: &str) -> FileContext {
    FileContext { path: format!("{outlet}/page.txt"), ..FileContext::default() }
}

/// Returns what is read of lines as scraped text; `None` where they are no article.
fn read_lines(outlet: &str, lines: &str, repeated: &RepeatedLines) -> Option<Article> {
    match plain_text::read_learnt(lines, &context(outlet), repeated, "") {
        PlainTextOutcome::Article(draft) => {
            Some(draft.finish(SourceLocator::file("page.txt"), lines.as_bytes()))
        }
        PlainTextOutcome::NotAnArticle(_) => None,
    }
}

/// Compares two texts word by word, however often each word is in them.
fn overlap(kept: &str, right: &str) -> Overlap {
    let count = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in words(text) {
            *counts.entry(fold(word.text)).or_default() += 1;
        }
        counts
    };
    let (kept, right) = (count(kept), count(right));
    let shared =
        kept.iter().map(|(word, count)| right.get(word).map_or(0, |other| *count.min(other))).sum();
    let total = |counts: &HashMap<String, usize>| counts.values().sum::<usize>();
    Overlap {
        kept_right: shared,
        kept_wrong: total(&kept) - shared,
        missed: total(&right) - shared,
    }
}
