//! Copies: folded in results, shown on demand, listed for one article.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::Session;
use crate::schema::faults;

/// Searches the sample corpus and returns the answer as JSON.
fn search(session: &Session, arguments: &[&str]) -> Value {
    let mut all = vec!["search", "--archive", "sample-corpus", "--quiet", "--format", "json"];
    all.extend(arguments);
    let answer = session.run(&all).status(0).json();
    assert_eq!(faults("response.v1.schema.json", &answer), [""; 0]);
    answer
}

/// Returns `path!member#record` of a hit or copy.
fn place(article: &Value) -> String {
    let mut place = article["path"].as_str().unwrap().to_owned();
    for member in article["members"].as_array().unwrap() {
        place.push_str(&format!("!{}", member.as_str().unwrap()));
    }
    if let Some(record) = article["record"].as_u64() {
        place.push_str(&format!("#{record}"));
    }
    place
}

/// Returns the stories of which there are several copies, by the places of these.
fn stories() -> BTreeSet<BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/sample-corpus/copies.tsv");
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().skip(1) {
        let [story, path, member, record] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let mut place = path.to_owned();
        for member in member.split('!').filter(|member| !member.is_empty()) {
            place.push_str(&format!("!{member}"));
        }
        if !record.is_empty() {
            place.push_str(&format!("#{record}"));
        }
        stories.entry(story.to_owned()).or_default().insert(place);
    }
    stories.into_values().collect()
}

#[test]
fn copies_are_folded_as_the_answers_say_and_no_article_is_lost() {
    let session = Session::with_sample_corpus();
    let folded = search(&session, &["--limit", "1000"]);
    let hits = folded["hits"].as_array().unwrap();
    let all_of = |hit: &Value| -> BTreeSet<String> {
        let copies = hit["copies"].as_array().unwrap();
        std::iter::once(hit).chain(copies).map(place).collect()
    };
    let found: BTreeSet<BTreeSet<String>> =
        hits.iter().map(all_of).filter(|places| places.len() > 1).collect();
    let expected = stories();
    let wrong: Vec<&BTreeSet<String>> = found.symmetric_difference(&expected).collect();
    assert!(wrong.is_empty(), "stories that are not as told: {wrong:?}");

    let all = search(&session, &["--limit", "1000", "--copies", "all"]);
    assert_eq!(all["total"], folded["total"]);
    assert_eq!(all["stories"], Value::Null);
    assert_eq!(folded["stories"], hits.len());
    let every: BTreeSet<String> = all["hits"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(every.len() as u64, all["total"].as_u64().unwrap());
    assert_eq!(every, hits.iter().flat_map(all_of).collect());
}

#[test]
fn hits_come_in_the_order_in_which_they_come_unfolded() {
    let session = Session::with_sample_corpus();
    for sort in ["relevance", "newest", "oldest"] {
        let arguments = ["--limit", "1000", "--sort", sort, "russia or security"];
        let folded = search(&session, &arguments);
        let all = search(&session, &[&arguments[..], &["--copies", "all"]].concat());
        let ids = |answer: &Value| -> Vec<String> {
            let hits = answer["hits"].as_array().unwrap().iter();
            hits.map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
        };
        let shown: BTreeSet<String> = ids(&folded).into_iter().collect();
        let mut expected = ids(&all);
        expected.retain(|id| shown.contains(id));
        if sort != "relevance" {
            assert_eq!(ids(&folded), expected, "{sort}");
        }
        let scores: Vec<f64> = folded["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["score"].as_f64().unwrap())
            .collect();
        assert!(scores.is_sorted_by(|one, two| one >= two), "{sort}: {scores:?}");
        // Pages fit together.
        let mut paged = Vec::new();
        for offset in (0..).step_by(3) {
            let offset = offset.to_string();
            let page = ["--limit", "3", "--offset", &offset, "--sort", sort, "russia or security"];
            let page = ids(&search(&session, &page));
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        assert_eq!(paged, ids(&folded), "{sort}");
    }
}

#[test]
fn the_copy_that_stands_for_the_others_can_be_chosen() {
    let session = Session::with_sample_corpus();
    let dates = |representative: &str| -> Vec<(String, Vec<String>)> {
        let arguments = ["--limit", "1000", "--representative", representative, "--sort", "oldest"];
        let answer = search(&session, &arguments);
        let date = |article: &Value| article["date"].as_str().unwrap_or("~").to_owned();
        let copies = |hit: &Value| hit["copies"].as_array().unwrap().iter().map(date).collect();
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| (date(hit), copies(hit)))
            .filter(|(_, copies): &(String, Vec<String>)| !copies.is_empty())
            .collect()
    };
    let day = |date: &str| date.get(..10).unwrap_or(date).to_owned();
    let earliest = dates("earliest");
    assert_eq!(earliest.len(), stories().len());
    for (shown, others) in &earliest {
        assert!(others.iter().all(|other| day(shown) <= day(other)), "{shown} {others:?}");
    }
    for (shown, others) in dates("latest") {
        let dated = others.iter().filter(|other| *other != "~");
        assert!(dated.clone().all(|other| day(&shown) >= day(other)), "{shown} {others:?}");
    }
    assert_eq!(dates("longest").len(), earliest.len());
}

#[test]
fn the_copies_of_an_article_are_listed() {
    let session = Session::with_sample_corpus();
    let answer = search(&session, &["--limit", "1000"]);
    let hits = answer["hits"].as_array().unwrap();
    let count = |hit: &&Value| hit["copies"].as_array().unwrap().len();
    let most = hits.iter().max_by_key(count).unwrap();
    let id = most["id"].as_str().unwrap();
    let at = ["--archive", "sample-corpus"];
    let listed =
        session.run(&["copies", id, at[0], at[1], "--format", "jsonl"]).status(0).json_lines();
    assert_eq!(&listed, most["copies"].as_array().unwrap());
    for copy in &listed {
        assert_eq!(faults("copy.v1.schema.json", copy), [""; 0]);
        // Whoever is asked, it is the same story.
        let of_copy = session.run(&[
            "copies",
            copy["id"].as_str().unwrap(),
            at[0],
            at[1],
            "--format",
            "jsonl",
        ]);
        assert_eq!(of_copy.status(0).json_lines().len(), listed.len());
    }
    let table = session.run(&["copies", &id[..8], at[0], at[1]]).status(0);
    assert_eq!(table.stdout.lines().filter(|line| !line.starts_with(' ')).count(), listed.len());
    let rows = session.run(&["copies", id, at[0], at[1], "--format", "csv"]).status(0);
    assert_eq!(rows.stdout.lines().count(), listed.len() + 1);
    let alone = hits.iter().find(|hit| count(hit) == 0).unwrap()["id"].as_str().unwrap();
    session
        .run(&["copies", alone, at[0], at[1]])
        .status(1)
        .stdout("")
        .stderr("the article has no copies\n");
    session
        .run(&["copies", "zzzzzzzz", at[0], at[1]])
        .status(1)
        .stdout("")
        .stderr("error: there is no article whose id begins with `zzzzzzzz`\n");
}
