//! Formats on real files: every record is read, and right.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use morgue::article::{Article, EntityKind};
use morgue::ingest::{
    FileContext, ReadOptions, Record, SourceFile, WalkOptions, read_bytes, read_record_bytes,
    read_source, walk,
};
use serde_json::Value;

use super::gold;

/// What came out of the files below a directory.
#[derive(Default)]
struct Read {
    articles: Vec<Article>,
    skipped: Vec<String>,
    failed: Vec<String>,
}

impl Read {
    fn take(&mut self, file: &SourceFile) {
        let mut sink = |record| {
            match record {
                Record::Article(article) => self.articles.push(*article),
                Record::Skipped { locator, reason } => {
                    self.skipped.push(format!("{locator}: {reason}"));
                }
                Record::Failed(error) => self.failed.push(error.to_string()),
            }
            ControlFlow::Continue(())
        };
        read_source(file, &ReadOptions::default(), &mut sink).unwrap();
    }

    /// Returns how many records of each kind there are.
    fn counts(&self) -> [usize; 3] {
        [self.articles.len(), self.skipped.len(), self.failed.len()]
    }
}

fn read(root: &Path) -> Read {
    let mut read = Read::default();
    for file in walk(root, &WalkOptions::default()) {
        read.take(&file.unwrap());
    }
    read
}

/// How often something was as the gold says.
struct Score {
    name: &'static str,
    right: usize,
    asked: usize,
}

impl Score {
    fn new(name: &'static str) -> Self {
        Self { name, right: 0, asked: 0 }
    }

    fn count(&mut self, got: Option<&str>, expected: &str, place: &dyn std::fmt::Display) {
        self.asked += 1;
        self.right += usize::from(got == Some(expected));
        if got != Some(expected) && self.asked - self.right <= 10 {
            println!("{place} {}: {got:?} instead of {expected:?}", self.name);
        }
    }

    fn check(&self, floor: f64) {
        let share = self.right as f64 / self.asked as f64;
        println!("{}: {} of {} right, {share:.4}", self.name, self.right, self.asked);
        assert!(self.asked > 0 && share >= floor, "{} fell below {floor}", self.name);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn reuters_sgml_has_its_titles_dates_and_entities() {
    let Some(gold) = gold::set("reuters-sgml") else { return };
    let read = read(&gold.join("reuters-sgml"));
    assert_eq!(read.failed, [""; 0]);
    assert_eq!(read.skipped, ["reut2-012.sgm#793: no title and no text"]);
    let articles: HashMap<String, &Article> =
        read.articles.iter().map(|article| (article.locator.to_string(), article)).collect();
    let [mut titles, mut dates, mut bodies] = ["title", "date", "body"].map(Score::new);
    let [mut places, mut people, mut orgs] = ["places", "people", "orgs"].map(Score::new);
    let mut record_of: HashMap<String, u64> = HashMap::new();
    for line in fs::read_to_string(gold.join("reuters-sgml.jsonl")).unwrap().lines() {
        let right: Value = serde_json::from_str(line).unwrap();
        let file = right["file"].as_str().unwrap();
        let record = record_of.entry(file.to_owned()).or_default();
        *record += 1;
        let locator = format!("{file}#{record}");
        let Some(article) = articles.get(&locator) else { continue };
        if let Some(title) = right["title"].as_str() {
            titles.count(Some(article.title_text()), &one_line(title), &locator);
        }
        if let Some(date) = right["date"].as_str() {
            let found = article.published.as_ref().map(|date| date.value.to_string());
            dates.count(found.as_deref(), date, &locator);
        }
        if let Some(body) = right["body"].as_str() {
            let signed = one_line(body);
            let body = ["Reuter", "REUTER"].iter().find_map(|sign| signed.strip_suffix(sign));
            let body = body.unwrap_or(&signed).trim_end();
            bodies.count(Some(&one_line(&article.body)), body, &locator);
        }
        let given = |kind: EntityKind| {
            let names = article.given_entities.iter().filter(|given| given.kind == kind);
            names.map(|given| given.name.as_str()).collect::<Vec<_>>().join(" ")
        };
        let listed = |key: &str| {
            let names = right[key].as_array().unwrap().iter();
            names.map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(" ")
        };
        places.count(Some(&given(EntityKind::Place)), &listed("places"), &locator);
        people.count(Some(&given(EntityKind::Person)), &listed("people"), &locator);
        orgs.count(Some(&given(EntityKind::Organization)), &listed("orgs"), &locator);
    }
    assert_eq!((read.articles.len(), places.asked), (21_577, 21_577));
    for score in [titles, dates, places, people, orgs] {
        score.check(0.999);
    }
    bodies.check(0.97);
}

#[test]
fn records_are_found_again_by_their_locators() {
    let Some(gold) = gold::set("reuters-sgml") else { return };
    let root = gold.join("reuters-sgml");
    let file = walk(&root, &WalkOptions::default()).next().unwrap().unwrap();
    let mut articles = Vec::new();
    let mut sink = |record| {
        if let Record::Article(article) = record {
            articles.push(article);
        }
        ControlFlow::Continue(())
    };
    read_source(&file, &ReadOptions::default(), &mut sink).unwrap();
    for article in articles.iter().step_by(97) {
        let bytes = read_record_bytes(&file, &article.locator, &ReadOptions::default()).unwrap();
        assert_eq!(morgue::article::ContentHash::of(&bytes), article.content_hash);
    }
}

#[test]
fn wikinews_tables_have_their_titles_dates_and_addresses() {
    let Some(gold) = gold::set("wikinews-csv") else { return };
    let read = read(&gold.join("wikinews-csv/data"));
    assert_eq!(read.failed, [""; 0]);
    assert_eq!(read.articles.len(), 295);
    let mut articles = read.articles.iter();
    for year in ["2019", "2020"] {
        let table = gold.join(format!("wikinews-csv/data/wikinews_{year}.csv"));
        for row in csv::Reader::from_path(table).unwrap().records() {
            let row = row.unwrap();
            let article = articles.next().unwrap();
            assert_eq!(article.url.as_ref().unwrap().value, row[0]);
            assert_eq!(article.published.as_ref().unwrap().value.to_string(), row[1]);
            assert_eq!(article.title_text(), one_line(&row[2]));
            assert!(
                one_line(&article.body)
                    .ends_with(one_line(&row[3]).split(' ').next_back().unwrap())
            );
        }
    }
}

/// Reads a set of files one by one and checks that each of them gave something or was refused with a
/// reason, and that nothing broke.
fn read_set(name: &str) -> Option<Read> {
    let gold = gold::set(name)?;
    let mut read = Read::default();
    let mut slowest = (Duration::ZERO, String::new());
    for file in walk(&gold.join(name), &WalkOptions::default()) {
        let file = file.unwrap();
        let before = read.counts();
        let start = Instant::now();
        read.take(&file);
        slowest = slowest.max((start.elapsed(), file.path.clone()));
        assert_ne!(read.counts(), before, "nothing was said of `{}`", file.path);
    }
    let broken = read.failed.iter().find(|failed| failed.contains("fault of morgue"));
    assert_eq!(broken, None);
    let [articles, skipped, failed] = read.counts();
    println!("{name}: {articles} articles, {skipped} skipped, {failed} failed; {slowest:?}");
    Some(read)
}

#[test]
fn web_archives_give_every_page_that_can_be_had() {
    let Some(read) = read_set("warc") else { return };
    let pages = read.articles.iter().filter(|article| article.locator.record.is_some());
    let (mut examples, mut all) = (0, 0);
    for page in pages {
        all += 1;
        let url = &page.url.as_ref().unwrap().value;
        examples +=
            usize::from(url.contains("example.com") && page.title_text() == "Example Domain");
    }
    assert!(all >= 38 && examples >= 22, "{examples} of {all}");
}

#[test]
fn damage_to_a_web_archive_costs_no_more_than_the_record_it_is_in() {
    let Some(gold) = gold::set("warc") else { return };
    let warcs = gold.join("warc/pywb/sample_archive/warcs");
    let mut asked = 0;
    for name in ["iana.warc.gz", "example.warc", "example.arc", "example.arc.gz", "dupes.warc.gz"] {
        let Ok(bytes) = fs::read(warcs.join(name)) else { continue };
        let whole = pages_of(name, bytes.clone());
        assert!(!whole.is_empty(), "{name}");
        for place in 1..12 {
            let mut damaged = bytes.clone();
            let start = bytes.len() * place / 12;
            let end = bytes.len().min(start + 12);
            damaged[start..end].fill(0xB7);
            let left = pages_of(name, damaged);
            let lost = whole.iter().filter(|page| !left.contains(page)).count();
            assert!(lost <= 1, "{name} lost {lost} pages by damage at {start}");
            asked += 1;
        }
    }
    assert!(asked >= 33);
}

/// Returns the address and the hash of each page in a web archive.
fn pages_of(name: &str, bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let context = FileContext { path: name.to_owned(), ..FileContext::default() };
    read_bytes(context, bytes, &ReadOptions::default(), &mut |record| {
        if let Record::Article(page) = record {
            let url = page.url.map(|url| url.value).unwrap_or_default();
            pages.push((url, page.content_hash.to_string()));
        }
        ControlFlow::Continue(())
    });
    pages
}

#[test]
fn agency_items_are_read_or_refused_with_a_reason() {
    let Some(read) = read_set("newsml-g2") else { return };
    assert!(read.failed.is_empty(), "{:?}", read.failed);
    let titles: Vec<&str> = read.articles.iter().map(Article::title_text).collect();
    assert!(titles.contains(&"Fed to halt QE to avert \"bubble\""));
    let Some(read) = read_set("ninjs") else { return };
    assert!(read.failed.is_empty(), "{:?}", read.failed);
    let texts = read.articles.iter().filter(|article| article.body.len() > 200).count();
    assert!(texts >= 20, "{texts} articles with a text");
}

#[test]
fn feeds_are_read_however_ill_formed() {
    let Some(read) = read_set("feeds") else { return };
    let gold = gold::set("feeds").unwrap().join("feeds");
    let articles: HashMap<String, &Article> =
        read.articles.iter().map(|article| (article.locator.to_string(), article)).collect();
    let expectation =
        regex::Regex::new(r#"entries\[0\]\['title'\] == u?['"]([\w .,-]+)['"]"#).unwrap();
    let mut titles = Score::new("feed title");
    for file in walk(&gold, &WalkOptions::default()) {
        let file = file.unwrap();
        let text = String::from_utf8_lossy(&fs::read(&file.absolute).unwrap()).into_owned();
        if let Some(expected) = expectation.captures(&text) {
            let locator = format!("{}#1", file.path);
            let title = articles.get(&locator).map(|article| article.title_text());
            titles.count(title, &expected[1], &locator);
        }
    }
    titles.check(0.93);
}

#[test]
fn newspaper_pages_have_the_date_and_title_code_of_their_paths() {
    let Some(gold) = gold::set("chronam-1916-01") else { return };
    let [mut dates, mut codes] = ["date", "title code"].map(Score::new);
    for file in walk(&gold.join("chronam-1916-01"), &WalkOptions::default()).step_by(10) {
        let file = file.unwrap();
        let (day, page) = file.path.split_once('/').unwrap();
        let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
        let code = page.split("-ed").next().unwrap();
        let mut sink = |record| {
            let Record::Article(article) = record else { return ControlFlow::Continue(()) };
            let date = article.published.as_ref().map(|date| date.value.to_string());
            dates.count(date.as_deref(), &day, &file.path);
            let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
            codes.count(outlet, code, &file.path);
            ControlFlow::Continue(())
        };
        read_source(&file, &ReadOptions::default(), &mut sink).unwrap();
    }
    dates.check(1.0);
    codes.check(1.0);
}
