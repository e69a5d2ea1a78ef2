//! How well articles are read, scored on gold: every figure may rise and none may fall unnoticed.
//!
//! Each test prints a table of what it measured and fails below the floors last reached. A fixed part
//! of the gold is scored, so that the tests stay quick; `MORGUE_QUALITY=all` scores all of it, which
//! is where the figures of `docs/quality.md` come from, and `MORGUE_QUALITY_SHOW=1` shows what was
//! found beside what is right. The sample corpus is scored in `sample_corpus`, ranking in `ranking`.

mod languages;
mod pages;
mod scraped;
mod wire;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use morgue::article::Article;
use morgue::ingest::extract::page::ExtractMode;
use morgue::ingest::{ReadOptions, Record, SourceFile, read_source};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::gold;

/// How much of the gold is scored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// A fixed part.
    Part,
    /// All.
    All,
}

impl Scope {
    fn asked() -> Self {
        match std::env::var("MORGUE_QUALITY") {
            Ok(value) if value == "all" => Self::All,
            _ => Self::Part,
        }
    }

    /// Returns every item, or one in `step`.
    fn of<T>(self, items: Vec<T>, step: usize) -> Vec<T> {
        let step = if self == Self::All { 1 } else { step };
        items.into_iter().step_by(step).collect()
    }
}

/// A measured figure and the floors that it may not fall below: for a part, for all of the gold.
struct Row {
    what: &'static str,
    score: f64,
    of: usize,
    floors: [f64; 2],
}

impl Row {
    fn new(what: &'static str, score: f64, of: usize, floors: [f64; 2]) -> Self {
        Self { what, score, of, floors }
    }

    /// Returns the share of what is right.
    fn share(what: &'static str, count: Count, floors: [f64; 2]) -> Self {
        Self::new(what, count.right as f64 / count.asked.max(1) as f64, count.asked, floors)
    }
}

/// Prints the rows as a table, then fails for those below their floors.
fn report(title: &str, scope: Scope, rows: &[Row]) {
    let floor = |row: &Row| row.floors[usize::from(scope == Scope::All)];
    println!("{title}");
    for row in rows {
        let (what, score, of) = (row.what, row.score, row.of);
        println!("  {what:<40} {score:.4}  (floor {:.4}, of {of})", floor(row));
    }
    for row in rows {
        assert!(row.score >= floor(row), "{title}: {} fell to {:.4}", row.what, row.score);
    }
}

/// How often something was right.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    asked: usize,
}

impl Count {
    fn add(&mut self, is_right: bool) {
        self.asked += 1;
        self.right += usize::from(is_right);
    }
}

/// Right and wrong of what was kept, and what is missing.
#[derive(Clone, Copy, Default)]
struct Overlap {
    kept_right: usize,
    kept_wrong: usize,
    missed: usize,
}

impl Overlap {
    fn precision(self) -> f64 {
        self.kept_right as f64 / (self.kept_right + self.kept_wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.kept_right as f64 / (self.kept_right + self.missed).max(1) as f64
    }

    fn f1(self) -> f64 {
        let both = 2 * self.kept_right + self.kept_wrong + self.missed;
        2.0 * self.kept_right as f64 / both.max(1) as f64
    }
}

fn options(extract: ExtractMode) -> ReadOptions {
    ReadOptions { extract, ..ReadOptions::default() }
}

/// Reads the articles of one file.
fn read_file(file: &SourceFile, options: &ReadOptions) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut sink = |record| {
        if let Record::Article(article) = record {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    };
    read_source(file, options, &mut sink).unwrap();
    articles
}

/// Returns the text in NFC with single spaces and without soft hyphens, to look segments up in it.
fn spaced(text: &str) -> String {
    text.replace('\u{ad}', "").split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Returns the body with the dateline that was taken off it.
fn signed_body(article: &Article) -> String {
    match &article.dateline {
        Some(dateline) => spaced(&format!("{} {}", dateline.text, article.body)),
        None => spaced(&article.body),
    }
}

/// Returns the pages of `gold/html`, each with what is right of it.
fn gold_pages() -> Option<Vec<(PathBuf, Value)>> {
    let root = gold::set("html")?.join("html");
    let rows = fs::read_to_string(root.join("gold.jsonl")).unwrap();
    let page = |line: &str| {
        let right: Value = serde_json::from_str(line).unwrap();
        (root.join(right["path"].as_str().unwrap()), right)
    };
    Some(rows.lines().map(page).collect())
}
