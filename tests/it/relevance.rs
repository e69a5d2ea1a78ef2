//! What may change the order of hits: words of the best hits, and the age of articles.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::Session;

/// Returns the ids of the hits of a question to the sample corpus, with the whole answer.
fn ask(session: &Session, arguments: &[&str]) -> (Vec<String>, Value) {
    let search = ["search", "--archive", "sample-corpus", "--format", "json", "--limit", "1000"];
    let answer = session.run(&[&search[..], arguments].concat()).status(0).json();
    let id = |hit: &Value| hit["id"].as_str().expect("a hit has an id").to_owned();
    (answer["hits"].as_array().expect("a list").iter().map(id).collect(), answer)
}

fn set(ids: &[String]) -> BTreeSet<&String> {
    ids.iter().collect()
}

#[test]
fn words_of_the_best_hits_change_the_order_alone() {
    let session = Session::with_sample_corpus();
    for query in ["troops", "russia or tonga", "\"security guarantees\"", "troop* w/20 border"] {
        let (plain, _) = ask(&session, &[query]);
        let (expanded, answer) = ask(&session, &["--expand", query]);
        assert_eq!(set(&plain), set(&expanded), "{query}");
        let notes = answer["notes"].to_string();
        assert!(notes.contains("ranked by words of the best hits as well: `"), "{notes}");
    }
    let (plain, _) = ask(&session, &["talks"]);
    let (expanded, _) = ask(&session, &["--expand", "talks"]);
    assert_ne!(plain, expanded);
}

#[test]
fn added_words_are_explained() {
    let session = Session::with_sample_corpus();
    let (_, answer) = ask(&session, &["--expand", "--explain", "talks"]);
    for hit in answer["hits"].as_array().unwrap() {
        assert_parts_sum_up(hit);
    }
    assert!(answer["hits"][0]["explanation"].to_string().contains("(in the best hits)` adds"));
}

#[test]
fn newer_articles_come_first_where_asked() {
    let session = Session::new();
    for (name, date) in [("old", "2019-03-01"), ("new", "2022-03-01"), ("middle", "2022-02-01")] {
        let page = format!("Talks on grain\n\n{date}\n\nThe talks on grain went on in Geneva.\n");
        session.file(format!("archive/{name}.txt"), page);
    }
    let old = "Talks on grain, and more talks on grain\n\n2019-03-02\n\nTalks, talks and talks.\n";
    session.file("archive/about.txt", old);
    let order = |arguments: &[&str]| -> Vec<String> {
        let search = ["search", "--archive", "archive", "--copies", "all", "--format", "jsonl"];
        let hits = session.run(&[&search[..], arguments].concat()).status(0).json_lines();
        hits.iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(order(&["talks"])[0], "about.txt");
    assert_eq!(order(&["--recent", "talks"])[..2], ["new.txt", "middle.txt"]);
    assert_eq!(order(&["--recent=100y", "talks"])[0], "about.txt");
}

#[test]
fn the_age_is_explained_and_pages_fit_together() {
    let session = Session::with_sample_corpus();
    let (whole, answer) = ask(&session, &["--recent=2w", "--expand", "--explain", "russia talks"]);
    for hit in answer["hits"].as_array().unwrap() {
        assert_parts_sum_up(hit);
        assert!(hit["explanation"].to_string().contains("its age multiplies the sum by"));
    }
    let mut paged = Vec::new();
    let mut cursor = String::new();
    while paged.len() < whole.len() {
        let mut arguments = vec!["--recent=2w", "--expand", "--limit", "3", "russia talks"];
        if !cursor.is_empty() {
            arguments.extend(["--cursor", &cursor]);
        }
        let search = ["search", "--archive", "sample-corpus", "--format", "json"];
        let page = session.run(&[&search[..], &arguments].concat()).status(0).json();
        let id = |hit: &Value| hit["id"].as_str().unwrap().to_owned();
        paged.extend(page["hits"].as_array().unwrap().iter().map(id));
        cursor = page["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!(paged, whole);
}

#[test]
fn relevance_is_not_asked_for_in_order_of_date() {
    let session = Session::with_sample_corpus();
    let says = |arguments: &[&str], what: &str| {
        let search = ["search", "--archive", "sample-corpus", "talks"];
        let outcome = session.run(&[&search[..], arguments].concat()).status(2);
        assert!(outcome.stderr.contains(what), "{}", outcome.stderr);
    };
    says(&["--expand", "--sort", "newest"], "`--expand` is about relevance");
    says(&["--recent", "--sort", "oldest"], "`--recent` is about relevance");
    says(&["--recent=soon"], "write `30d`, `2w`, `6m` or `1y`");
}

/// Checks that the score of a hit is what its explanation adds up to.
fn assert_parts_sum_up(hit: &Value) {
    let reasons: Vec<&str> =
        hit["explanation"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let number = |reason: &str| -> f64 { reason.rsplit(' ').next().unwrap().parse().unwrap() };
    let score = number(reasons[0]);
    let (age, parts): (Vec<&str>, Vec<&str>) =
        reasons[1..].iter().partition(|reason| reason.starts_with("its age"));
    let factor = age.first().map_or(1.0, |reason| number(reason));
    let sum: f64 = parts.iter().map(|reason| number(reason)).sum();
    assert!((score - sum * factor).abs() < 0.005, "{reasons:?}");
}
