//! Views of the hits: by the values of fields, over time, page by page, and in context.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::{Outcome, Session};
use crate::schema::faults;

const ARCHIVE: [&str; 3] = ["search", "--archive", "sample-corpus"];

fn run(session: &Session, arguments: &[&str]) -> Outcome {
    session.run(&[&ARCHIVE[..], &["--quiet"], arguments].concat())
}

fn answer(session: &Session, arguments: &[&str]) -> Value {
    let answer = run(session, &[arguments, &["--format", "json"]].concat()).status(0).json();
    assert_eq!(faults("response.v1.schema.json", &answer), [""; 0]);
    answer
}

/// Returns every article of the corpus that matches, copies and all.
fn articles(session: &Session, arguments: &[&str]) -> Vec<Value> {
    let all = ["--all", "--copies", "all", "--format", "jsonl"];
    run(session, &[arguments, &all].concat()).status(0).json_lines()
}

/// Counts the values that `values_of` finds in each article, the commonest first.
fn counted(articles: &[Value], values_of: impl Fn(&Value) -> Vec<String>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for article in articles {
        let values: BTreeSet<String> = values_of(article).into_iter().collect();
        values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
    counts
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn values_are_counted_exactly_under_all_filters() {
    let session = Session::with_sample_corpus();
    for arguments in
        [&[][..], &["russia"], &["russia or nato", "--from", "2022-01", "--lang", "en"]]
    {
        let articles = articles(&session, arguments);
        for field in
            ["outlet", "agency", "language", "section", "person", "org", "place", "year", "month"]
        {
            let views = ["--facet", field, "--facet-limit", "1000"];
            let answer = answer(&session, &[arguments, &views].concat());
            let facet = &answer["facets"][0];
            let found: Vec<(String, u64)> = facet["values"]
                .as_array()
                .unwrap()
                .iter()
                .map(|value| {
                    let stories = value["stories"].as_u64().unwrap();
                    let articles = value["articles"].as_u64().unwrap();
                    assert!((1..=articles).contains(&stories), "{value}");
                    (value["value"].as_str().unwrap().to_owned(), articles)
                })
                .collect();
            let expected = counted(&articles, |article| match field {
                "person" | "place" => texts(&article["entities"][field]),
                "org" => texts(&article["entities"]["organization"]),
                "agency" => texts(&article["agencies"]),
                "year" => texts(&article["date"]).iter().map(|date| date[..4].to_owned()).collect(),
                "month" => {
                    let dates = texts(&article["date"]);
                    dates.iter().filter_map(|date| date.get(..7)).map(str::to_owned).collect()
                }
                _ => texts(&article[field]),
            });
            // Names that only a source gives are no mentions, and so no part of a hit.
            if ["person", "org", "place"].contains(&field) {
                let expected: BTreeMap<String, u64> = expected.into_iter().collect();
                let found: BTreeMap<String, u64> = found.into_iter().collect();
                for (name, count) in &expected {
                    assert!(found[name] >= *count, "{arguments:?} {field} {name}");
                }
            } else {
                assert_eq!(found, expected, "{arguments:?} {field}");
            }
            assert_eq!(answer["hits"], Value::Array(Vec::new()));
            assert_eq!(answer["total"], articles.len());
        }
    }
}

#[test]
fn a_timeline_shows_empty_periods_and_adds_up() {
    let session = Session::with_sample_corpus();
    for interval in ["day", "week", "month", "quarter", "year"] {
        for copies in ["fold", "all"] {
            let arguments = ["--timeline", interval, "--copies", copies];
            let answer = answer(&session, &arguments);
            let timeline = &answer["timeline"];
            let periods = timeline["periods"].as_array().unwrap();
            let sum = |field: &str| -> u64 {
                periods.iter().map(|period| period[field].as_u64().unwrap()).sum()
            };
            let others =
                timeline["undated"].as_u64().unwrap() + timeline["imprecise"].as_u64().unwrap();
            assert_eq!(answer["total"], sum("articles") + others, "{interval} {copies}");
            if copies == "all" {
                assert_eq!(sum("articles"), sum("stories"));
            } else {
                assert!(sum("stories") < sum("articles"));
            }
            let labels: Vec<&str> =
                periods.iter().map(|period| period["period"].as_str().unwrap()).collect();
            assert!(labels.is_sorted(), "{labels:?}");
            assert!(interval != "day" || sum("articles") < periods.len() as u64 * 3);
        }
    }
    let rows = run(&session, &["nato", "--timeline", "month", "--format", "csv"]).status(0);
    assert!(rows.stdout.starts_with("view,value,articles,stories\ntimeline,2"));
    let lines = run(&session, &["nato", "--facet", "outlet", "--format", "jsonl"]).status(0);
    for line in lines.json_lines() {
        assert_eq!(faults("view.v1.schema.json", &line), [""; 0]);
    }
}

#[test]
fn cursors_lead_to_the_last_hit() {
    let session = Session::with_sample_corpus();
    for sort in ["relevance", "newest", "oldest"] {
        let query = ["russia or nato or said", "--sort", sort];
        let ids = |answer: &Value| -> Vec<Value> {
            answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect()
        };
        let whole = answer(&session, &[&query[..], &["--limit", "1000"]].concat());
        assert_eq!(whole["next"], Value::Null);
        let mut page = answer(&session, &[&query[..], &["--limit", "7"]].concat());
        let mut paged = ids(&page);
        while let Some(cursor) = page["next"].as_str().map(str::to_owned) {
            page = answer(&session, &[&query[..], &["--limit", "7", "--cursor", &cursor]].concat());
            paged.extend(ids(&page));
        }
        assert_eq!(paged, ids(&whole), "{sort}");
    }
    let first = answer(&session, &["nato", "--limit", "1"]);
    let cursor = first["next"].as_str().unwrap();
    run(&session, &["russia", "--cursor", cursor])
        .status(2)
        .stdout("")
        .stderr("error: the cursor belongs to another query, order or choice of copies\n");
}

#[test]
fn a_cursor_goes_on_where_it_was_though_articles_come_and_go() {
    let session = Session::new();
    let article = |number: u32, day: u32| {
        let text = format!("Gas flows {}\n\n2022-01-{day:02}\n\nGas flows again.\n", number);
        session.file(format!("archive/{number}.txt"), text);
    };
    for number in 0..20 {
        article(number, number + 1);
    }
    let search = |arguments: &[&str]| {
        session.run(&["index", "archive", "--quiet"]).status(0);
        let fixed =
            ["search", "--archive", "archive", "--quiet", "--format", "json", "--sort", "oldest"];
        session.run(&[&fixed[..], arguments].concat()).status(0).json()
    };
    let paths = |answer: &Value| -> Vec<String> {
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
    };
    let first = search(&["gas", "--limit", "10"]);
    assert_eq!(paths(&first)[9], "9.txt");
    // One more before the cursor, and the cursor's own hit is gone.
    article(100, 1);
    session.remove("archive/9.txt");
    let cursor = first["next"].as_str().unwrap();
    let second = search(&["gas", "--limit", "100", "--cursor", cursor]);
    assert_eq!(paths(&second), (10..20).map(|number| format!("{number}.txt")).collect::<Vec<_>>());
}

#[test]
fn all_hits_are_written_as_they_come() {
    let session = Session::with_sample_corpus();
    let whole = answer(&session, &["said", "--limit", "1000", "--copies", "all"]);
    let lines = run(&session, &["said", "--all", "--format", "jsonl"]).status(0).json_lines();
    assert_eq!(&lines, whole["hits"].as_array().unwrap());
    let rows = run(&session, &["said", "--all", "--format", "csv"]).status(0);
    assert_eq!(rows.stdout.lines().count(), lines.len() + 1);
    run(&session, &["zzzz", "--all", "--format", "jsonl"]).status(1).stdout("");
    let folded = answer(&session, &["said", "--limit", "1000"]);
    assert!(folded["hits"].as_array().unwrap().len() < lines.len());
    for fold in [["--copies", "fold"], ["--representative", "earliest"]] {
        let arguments = [["said", "--all", "--format", "jsonl"].as_slice(), &fold].concat();
        let lines = run(&session, &arguments).status(0).json_lines();
        assert_eq!(&lines, folded["hits"].as_array().unwrap());
    }
}

#[test]
fn every_match_stands_in_its_context() {
    let session = Session::with_sample_corpus();
    let query = "\"security guarantees\"";
    let lines =
        run(&session, &[query, "--kwic", "--all", "--format", "jsonl"]).status(0).json_lines();
    assert!(lines.len() > 10, "{}", lines.len());
    for line in &lines {
        assert_eq!(faults("concordance.v1.schema.json", line), [""; 0]);
        let keyword = line["keyword"].as_str().unwrap().to_lowercase();
        assert_eq!(keyword, "security guarantees");
    }
    let sorted = |order: &str, key: &dyn Fn(&Value) -> String| {
        let arguments = [query, order, "--all", "--format", "jsonl"];
        let sorted = run(&session, &arguments).status(0).json_lines();
        let keys: Vec<String> = sorted.iter().map(key).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(sorted.len(), lines.len());
    };
    let first_word = |text: &str| -> String {
        let words = morgue::text::words(text).map(|word| morgue::text::fold(word.text));
        words.into_iter().next().unwrap_or_default()
    };
    let last_word = |text: &str| -> String {
        let words = morgue::text::words(text).map(|word| morgue::text::fold(word.text));
        words.last().unwrap_or_default()
    };
    sorted("--kwic=right", &|line| first_word(line["right"].as_str().unwrap()));
    sorted("--kwic=left", &|line| last_word(line["left"].as_str().unwrap()));
    let rows = run(&session, &[query, "--kwic", "--all", "--format", "csv"]).status(0);
    assert_eq!(rows.stdout.lines().count(), lines.len() + 1);
    let table = run(&session, &[query, "--kwic=right", "--all"]).status(0);
    assert_eq!(table.stdout.lines().count(), lines.len());
    run(&session, &[query, "--kwic", "--format", "json"]).status(2).stdout("");
}
