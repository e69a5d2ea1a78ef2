//! Records of a wire service: title, date and places of Reuters-21578.

use std::collections::HashMap;
use std::fs;

use morgue::article::{Article, EntityKind};
use morgue::ingest::{ReadOptions, WalkOptions, walk};
use serde_json::Value;

use super::{Count, Row, Scope, gold, read_file, report, spaced};

/// One in this many files is scored unless all are.
const STEP: usize = 7;

#[test]
fn wire_records_have_their_titles_dates_and_places() {
    let scope = Scope::asked();
    let Some(sets) = gold::set("reuters-sgml") else { return };
    let files =
        walk(&sets.join("reuters-sgml"), &WalkOptions::default()).map(Result::unwrap).collect();
    let articles: HashMap<String, Article> = scope
        .of(files, STEP)
        .iter()
        .flat_map(|file| read_file(file, &ReadOptions::default()))
        .map(|article| (article.locator.to_string(), article))
        .collect();
    let [mut titles, mut dates, mut places] = [Count::default(); 3];
    let mut numbers: HashMap<String, u64> = HashMap::new();
    for line in fs::read_to_string(sets.join("reuters-sgml.jsonl")).unwrap().lines() {
        let right: Value = serde_json::from_str(line).unwrap();
        let file = right["file"].as_str().unwrap().to_owned();
        let number = numbers.entry(file.clone()).or_default();
        *number += 1;
        let Some(article) = articles.get(&format!("{file}#{number}")) else { continue };
        if let Some(title) = right["title"].as_str() {
            titles.add(article.title_text() == spaced(title));
        }
        if let Some(date) = right["date"].as_str() {
            let found = article.published.as_ref().map(|date| date.value.to_string());
            dates.add(found.as_deref() == Some(date));
        }
        let given = article.given_entities.iter().filter(|given| given.kind == EntityKind::Place);
        let given: Vec<&str> = given.map(|given| given.name.as_str()).collect();
        let listed: Vec<&str> =
            right["places"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        places.add(given == listed);
    }
    report(
        "reuters-sgml",
        scope,
        &[
            Row::share("title", titles, [0.999, 0.999]),
            Row::share("date", dates, [0.999, 0.999]),
            Row::share("places", places, [0.999, 0.999]),
        ],
    );
}
