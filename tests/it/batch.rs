//! Many queries in one run, queries side by side, and articles like another one.

use serde_json::Value;

use crate::harness::Session;
use crate::schema::faults;

const AT: [&str; 2] = ["--archive", "sample-corpus"];

/// Returns what `search --count` says of a query.
fn count(session: &Session, query: &str) -> String {
    let found = session.run(&["search", AT[0], AT[1], "--quiet", "--count", query]);
    found.stdout.trim().to_owned()
}

#[test]
fn each_query_of_a_batch_is_counted_as_by_itself() {
    let session = Session::with_sample_corpus();
    let queries =
        ["nato", "\"security guarantees\"", "gas or oil", "zzzz", "person:lavrov since:2022"];
    session.file("queries.txt", queries.join("\n"));
    session.run(&["index", "sample-corpus", "--quiet"]).status(0);
    let rows = session.run(&["batch", "queries.txt", AT[0], AT[1]]).status(0);
    let mut lines = rows.stdout.lines();
    assert_eq!(lines.next(), Some("name,query,articles,stories,undated,error"));
    for query in queries {
        let line = lines.next().unwrap();
        let cells: Vec<&str> = line.rsplitn(5, ',').collect();
        assert_eq!(cells[3], count(&session, query), "{line}");
    }
    assert_eq!(lines.next(), None);
    // The number of threads makes no difference, nor does where the queries come from.
    for line in [
        "morgue batch queries.txt --archive sample-corpus --threads 1",
        "morgue batch - --archive sample-corpus --threads 7 < queries.txt",
    ] {
        session.shell(line).status(0).stdout(&rows.stdout);
    }
}

#[test]
fn a_bad_query_costs_its_neighbours_nothing() {
    let session = Session::with_sample_corpus();
    session.file("queries.csv", "name,query\nbroken,\"(nato\"\nalliance,nato\n");
    session.run(&["index", "sample-corpus", "--quiet"]).status(0);
    let answered = session.run(&["batch", "queries.csv", AT[0], AT[1]]).status(2);
    let rows: Vec<&str> = answered.stdout.lines().collect();
    assert!(rows[1].starts_with("broken,(nato,,,,"), "{}", rows[1]);
    assert!(rows[2].starts_with("alliance,nato,"), "{}", rows[2]);
    assert!(answered.stderr.starts_with("error: `broken`: "), "{}", answered.stderr);
    let lines =
        session.run(&["batch", "queries.csv", AT[0], AT[1], "--format", "jsonl", "--hits", "2"]);
    let lines = lines.status(2).json_lines();
    for line in &lines {
        assert_eq!(faults("batch.v1.schema.json", line), [""; 0]);
    }
    assert_eq!(lines[0]["response"], Value::Null);
    assert_eq!(lines[1]["response"]["hits"].as_array().unwrap().len(), 2);
    let hits = session.run(&["batch", "queries.csv", AT[0], AT[1], "--hits", "2"]).status(2);
    assert_eq!(hits.stdout.lines().count(), 4);
}

#[test]
fn timelines_of_a_batch_are_those_of_a_search() {
    let session = Session::with_sample_corpus();
    session.file("queries.txt", "nato\n");
    session.run(&["index", "sample-corpus", "--quiet"]).status(0);
    let rows =
        session.run(&["batch", "queries.txt", AT[0], AT[1], "--timeline", "month"]).status(0);
    let timeline =
        session.run(&["search", AT[0], AT[1], "nato", "--timeline", "month", "--format", "csv"]);
    let expected: Vec<&str> = timeline
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("timeline,").unwrap())
        .collect();
    let found: Vec<&str> = rows
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("nato,nato,").unwrap().strip_suffix(',').unwrap())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn compared_queries_share_their_periods() {
    let session = Session::with_sample_corpus();
    let compare = |more: &[&str]| {
        session.run(&[&["compare", AT[0], AT[1], "nato", "gas", "zzzz"], more].concat())
    };
    let document = compare(&["--format", "json", "--by", "week"]).status(0).json();
    assert_eq!(faults("comparison.v1.schema.json", &document), [""; 0]);
    for (number, query) in ["nato", "gas", "zzzz"].iter().enumerate() {
        let periods = document["periods"].as_array().unwrap();
        let dated: u64 =
            periods.iter().map(|period| period["articles"][number].as_u64().unwrap()).sum();
        let of_query = &document["queries"][number];
        let others =
            of_query["undated"].as_u64().unwrap() + of_query["imprecise"].as_u64().unwrap();
        assert_eq!((dated + others).to_string(), count(&session, query));
    }
    let rows = compare(&["--format", "csv"]).status(0);
    assert!(rows.stdout.starts_with("month,nato,gas,zzzz\n2"), "{}", rows.stdout);
    session.run(&["compare", AT[0], AT[1], "zzzz"]).status(1);
    // As `search` calls it.
    let by = |flag| session.run(&["compare", AT[0], AT[1], "nato", flag, "year"]).status(0).stdout;
    assert_eq!(by("--timeline"), by("--by"));
}

#[test]
fn similar_articles_are_on_the_same_matter_and_no_copies() {
    let session = Session::with_sample_corpus();
    let search = |arguments: &[&str]| {
        let fixed = ["--archive", "sample-corpus", "--quiet", "--format", "json"];
        session.run(&[arguments, &fixed].concat()).status(0).json()
    };
    let about = search(&["search", "title:tonga"]);
    let has_copies = |hit: &&Value| !hit["copies"].as_array().unwrap().is_empty();
    let tonga = about["hits"].as_array().unwrap().iter().find(has_copies).unwrap();
    let id = tonga["id"].as_str().unwrap();
    let copies = tonga["copies"].as_array().unwrap();
    assert!(!copies.is_empty());
    let similar = search(&["similar", id]);
    let hits = similar["hits"].as_array().unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        assert_ne!(hit["id"], tonga["id"]);
        assert!(copies.iter().all(|copy| copy["id"] != hit["id"]));
    }
    assert!(similar["query"].as_str().unwrap().to_lowercase().contains("tonga"), "{similar}");
    let treaties = &search(&["search", "title:treaties", "--limit", "1"])["hits"][0];
    let like = search(&["similar", treaties["id"].as_str().unwrap(), "--limit", "3"]);
    for hit in like["hits"].as_array().unwrap() {
        let places = hit["entities"]["place"].as_array().unwrap();
        assert!(
            places.iter().any(|place| place == "Russia" || place == "Ukraine" || place == "Moscow"),
            "{hit}"
        );
    }
    session.run(&["similar", "zzzz", AT[0], AT[1]]).status(1).stdout("");
}
