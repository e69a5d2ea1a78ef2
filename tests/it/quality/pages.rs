//! Saved pages: body, title, authors and date of the 990 pages of `gold/html`.

use std::path::Path;
use std::time::Instant;

use morgue::article::{Article, Evidence};
use morgue::ingest::SourceFile;
use morgue::ingest::extract::page::ExtractMode;
use morgue::text::fold;
use serde_json::Value;

use super::{
    Count, Overlap, Row, Scope, gold_pages, options, read_file, report, signed_body, spaced,
};

/// One in this many pages is scored unless all are.
pub(super) const STEP: usize = 5;

#[derive(Default)]
struct Scores {
    body: Overlap,
    titles: Count,
    authors: Count,
    dates: Count,
}

impl Scores {
    fn add(&mut self, right: &Value, article: Option<&Article>) {
        self.add_body(right, article);
        if let Some(title) = right["title"].as_str() {
            let found = article.map(Article::title_text).unwrap_or_default();
            self.titles.add(spaced(found) == spaced(title));
        }
        let authors = authors_of(&right["author"]);
        if !authors.is_empty() {
            let byline = article.and_then(|article| article.byline.as_ref());
            let found = byline.map(|byline| byline.value.authors.as_slice()).unwrap_or_default();
            self.authors.add(names(found.iter().map(String::as_str)) == authors);
        }
        if let Some(date) = right["date"].as_str() {
            let found = article.and_then(|article| article.published.as_ref());
            let found = found.map(|date| date.value.to_string()).unwrap_or_default();
            self.dates.add(found.starts_with(&day_of(date)));
        }
    }

    fn add_body(&mut self, right: &Value, article: Option<&Article>) {
        let body = article.map(signed_body).unwrap_or_default();
        let segments = |key: &str| {
            let segments = right[key].as_array().into_iter().flatten();
            segments.map(|segment| body.contains(&spaced(segment.as_str().unwrap()))).collect()
        };
        let wanted: Vec<bool> = segments("must_have");
        let unwanted: Vec<bool> = segments("must_not_have");
        let kept = |segments: &[bool]| segments.iter().filter(|is_kept| **is_kept).count();
        self.body.kept_right += kept(&wanted);
        self.body.missed += wanted.len() - kept(&wanted);
        self.body.kept_wrong += kept(&unwanted);
    }
}

/// Returns the day of a date in the gold, which may lack zeros: `2022-11-1`.
pub(super) fn day_of(date: &str) -> String {
    let day = date.split(['T', ' ']).next().unwrap_or_default();
    day.split('-').map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-")
}

/// Returns the names of a credit in the gold, which writes them as the page does.
pub(super) fn authors_of(credit: &Value) -> Vec<String> {
    let credits: Vec<&str> = match credit {
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let text = credits.join(",").replace(" und ", ",").replace(" and ", ",").replace("Von ", "");
    names(text.split([',', ';', '/', '&']))
}

/// Returns the names folded and in order, to compare them.
pub(super) fn names<'name>(names: impl Iterator<Item = &'name str>) -> Vec<String> {
    let letters =
        |name: &str| fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut names: Vec<String> =
        names.map(letters).filter(|name: &String| !name.is_empty()).collect();
    names.sort();
    names
}

/// Returns the pages with what is right of each.
fn score(mode: ExtractMode, scope: Scope) -> Option<Scores> {
    let pages = scope.of(gold_pages()?, STEP);
    let mut scores = Scores::default();
    let started = Instant::now();
    for (path, right) in &pages {
        let article = read_page(path, mode);
        scores.add(right, article.as_ref());
        if std::env::var_os("MORGUE_QUALITY_SHOW").is_some() {
            show(right, article.as_ref());
        }
    }
    let rate = pages.len() as f64 / started.elapsed().as_secs_f64();
    println!("{mode:?}: {rate:.0} pages a second");
    Some(scores)
}

/// Prints what was found and what is right of a page, as one line of JSON.
fn show(right: &Value, article: Option<&Article>) {
    let found = article.map(|article| {
        serde_json::json!({
            "title": article.title_text(),
            "authors": article.byline.as_ref().map(|byline| &byline.value.authors),
            "byline_evidence": article.byline.as_ref().map(|byline| said(&byline.evidence)),
            "date": article.published.as_ref().map(|date| date.value.to_string()),
            "date_evidence": article.published.as_ref().map(|date| said(&date.evidence)),
            "body": article.body.as_str(),
        })
    });
    println!("{}", serde_json::json!({ "right": right, "found": found }));
}

fn said(evidence: &Evidence) -> String {
    format!("{} {}", evidence.kind, evidence.detail)
}

/// Reads the article of a page.
pub(super) fn read_page(path: &Path, mode: ExtractMode) -> Option<Article> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let file = SourceFile::at(path, name).unwrap();
    read_file(&file, &options(mode)).into_iter().next()
}

#[test]
fn pages_are_read_as_they_were_published() {
    let scope = Scope::asked();
    let Some(scores) = score(ExtractMode::Accurate, scope) else { return };
    let body = scores.body;
    let segments = body.kept_right + body.missed;
    report(
        "html, accurate",
        scope,
        &[
            Row::new("body, precision", body.precision(), segments, [0.953, 0.945]),
            Row::new("body, recall", body.recall(), segments, [0.955, 0.952]),
            Row::new("body, F1", body.f1(), segments, [0.954, 0.948]),
            Row::share("title", scores.titles, [0.869, 0.882]),
            Row::share("authors", scores.authors, [0.847, 0.819]),
            Row::share("date", scores.dates, [0.888, 0.92]),
        ],
    );
}

#[test]
fn pages_are_read_quickly_with_one_extractor() {
    let scope = Scope::asked();
    let Some(scores) = score(ExtractMode::Fast, scope) else { return };
    let segments = scores.body.kept_right + scores.body.missed;
    report(
        "html, fast",
        scope,
        &[Row::new("body, F1", scores.body.f1(), segments, [0.943, 0.936])],
    );
}
