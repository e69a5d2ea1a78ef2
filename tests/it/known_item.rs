//! Known items: a headline finds its article.

use std::fs;
use std::num::NonZeroUsize;

use chrono::NaiveDate;
use morgue::engine::LocalEngine;
use morgue::index::Layout;
use morgue::pipeline::{self, RunOptions, Silent};
use morgue::query::{self, ParseOptions};
use morgue::search::{SearchEngine, SearchRequest, SnippetOptions};

use super::gold;

const FIRST_TEN: f64 = 0.98;
const FIRST: f64 = 0.90;

#[test]
fn headlines_find_their_articles() {
    let Some(gold) = gold::set("reuters-web") else { return };
    let index = tempfile::tempdir().unwrap();
    let options = RunOptions {
        threads: NonZeroUsize::new(2).unwrap(),
        entities: false,
        ..RunOptions::new(gold.join("reuters-web"), index.path().join("index"))
    };
    pipeline::run(&options, &mut Silent).unwrap();
    let engine = LocalEngine::open(&Layout::new(&options.index)).unwrap();
    let parse = ParseOptions::new(NaiveDate::from_ymd_opt(2008, 1, 1).unwrap());
    let (mut asked, mut first, mut first_ten) = (0, 0, 0);
    for line in fs::read_to_string(gold.join("reuters-web.known-item.tsv")).unwrap().lines().skip(1)
    {
        let (headline, path) = line.split_once('\t').unwrap();
        let Ok(query) = query::parse(headline, &parse) else { continue };
        let request = SearchRequest {
            snippets: SnippetOptions { count: 0, ..SnippetOptions::default() },
            ..SearchRequest::new(query)
        };
        let hits = engine.search(&request).unwrap().hits;
        // Where a copy of the article stands for it, the article is named with it.
        let place = hits.iter().position(|hit| {
            hit.article.locator.path == path
                || hit.copies.iter().any(|copy| copy.locator.path == path)
        });
        asked += 1;
        first += usize::from(place == Some(0));
        first_ten += usize::from(place.is_some());
        if place != Some(0) {
            println!("{place:?}: {headline}");
        }
    }
    let share = |found: usize| found as f64 / f64::from(asked);
    println!(
        "of {asked} headlines {:.3} first, {:.3} in the first ten",
        share(first),
        share(first_ten)
    );
    assert!(asked > 100);
    assert!(share(first_ten) >= FIRST_TEN, "{:.3} in the first ten", share(first_ten));
    assert!(share(first) >= FIRST, "{:.3} first", share(first));
}
