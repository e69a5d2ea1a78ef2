//! Saved searches: only what is new, once, whatever happens in between.

use std::fs;

use serde_json::Value;

use crate::harness::Session;
use crate::schema::faults;

fn write_article(session: &Session, number: u32, text: &str) {
    let page = format!("Report {number}\n\n2022-01-{number:02}\n\n{text}\n");
    session.file(format!("archive/{number}.txt"), page);
}

fn index(session: &Session) {
    session.run(&["index", "archive", "--quiet"]).status(0);
}

/// Runs the alerts and returns the paths of what is new, by the names of the searches.
fn news(session: &Session) -> Vec<(String, Vec<String>)> {
    let document =
        session.run(&["alert", "run", "--archive", "archive", "--format", "json"]).status(0).json();
    assert_eq!(faults("news.v1.schema.json", &document), [""; 0]);
    let paths = |alert: &Value| -> Vec<String> {
        let hits = alert["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
    };
    let alerts = document["alerts"].as_array().unwrap().iter();
    alerts.map(|alert| (alert["name"].as_str().unwrap().to_owned(), paths(alert))).collect()
}

fn told(name: &str, paths: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), paths.iter().map(|path| (*path).to_owned()).collect())
}

fn session_with_alerts() -> Session {
    let session = Session::new();
    write_article(&session, 1, "Gas flows through the pipeline.");
    write_article(&session, 2, "Oil flows through the pipeline.");
    index(&session);
    session
        .run(&["alert", "add", "gas", "gas", "--archive", "archive"])
        .status(0)
        .stdout("")
        .stderr("saved `gas`; what matches now (1 article) is told by the first run\n");
    session
        .run(&[
            "alert",
            "add",
            "oil",
            "oil",
            "--from",
            "2022",
            "--archive",
            "archive",
            "--from-now",
        ])
        .status(0)
        .stderr("saved `oil`; what matches now (1 article) counts as known\n");
    session
}

#[test]
fn a_run_tells_what_is_new_once() {
    let session = session_with_alerts();
    assert_eq!(news(&session), [told("gas", &["1.txt"]), told("oil", &[])]);
    assert_eq!(news(&session), [told("gas", &[]), told("oil", &[])]);
    write_article(&session, 3, "More gas and more oil.");
    write_article(&session, 4, "Neither of them.");
    index(&session);
    assert_eq!(news(&session), [told("gas", &["3.txt"]), told("oil", &["3.txt"])]);
    // Whether an article is new does not depend on how the index was made.
    session.run(&["index", "archive", "--quiet", "--rebuild"]).status(0);
    session.run(&["alert", "run", "--archive", "archive"]).status(0).stdout("").stderr("");
    // One that comes to match is new.
    write_article(&session, 4, "Now there is gas.");
    index(&session);
    let page = session.run(&["alert", "run", "gas", "--archive", "archive"]).status(0);
    assert!(
        page.stdout.starts_with("gas: 1 article new, gas\n\n 1. 2022-01-04"),
        "{}",
        page.stdout
    );
    assert_eq!(news(&session), [told("gas", &[]), told("oil", &[])]);
}

#[test]
fn what_could_not_be_written_is_told_again() {
    let session = session_with_alerts();
    session.shell("morgue alert run --archive archive > /dev/full").status(2);
    assert_eq!(news(&session), [told("gas", &["1.txt"]), told("oil", &[])]);
    write_article(&session, 5, "Gas again.");
    index(&session);
    session.shell("morgue alert run --archive archive > /dev/full").status(2);
    assert_eq!(news(&session)[0], told("gas", &["5.txt"]));
}

#[test]
fn a_killed_run_loses_nothing() {
    let session = session_with_alerts();
    for wait in 0..30 {
        write_article(&session, 6 + wait % 20, &format!("Gas of kind {wait}."));
        index(&session);
        let mut child = session
            .command(env!("CARGO_BIN_EXE_morgue"))
            .args(["alert", "run", "--archive", "archive"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        for _ in 0..wait * 500 {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let written = String::from_utf8(output.stdout).unwrap();
        let path = format!("{}.txt", 6 + wait % 20);
        let is_told = written.contains(&path);
        let again = news(&session);
        let told_again = again[0].1.contains(&path);
        // Articles that were told under the same path before are known.
        assert!(is_told || told_again || wait >= 20, "{wait}: {written} {again:?}");
    }
}

#[test]
fn searches_are_listed_replaced_and_removed() {
    let session = session_with_alerts();
    let at = ["--archive", "archive"];
    session
        .run(&["alert", "list", at[0], at[1]])
        .status(0)
        .stdout("gas: gas (0 told)\noil: oil --from 2022 (1 told)\n");
    for line in session.run(&["alert", "list", at[0], at[1], "--format", "jsonl"]).json_lines() {
        assert_eq!(faults("alert.v1.schema.json", &line), [""; 0]);
    }
    session
        .run(&["alert", "add", "gas", "gas or oil", at[0], at[1]])
        .status(2)
        .stderr("error: there is a saved search `gas` already\nhint: `--replace` replaces it\n");
    session.run(&["alert", "add", "gas", "gas or oil", "--replace", at[0], at[1]]).status(0);
    assert_eq!(news(&session)[0], told("gas", &["2.txt", "1.txt"]));
    session.run(&["alert", "add", "bad", "(gas", at[0], at[1]]).status(2);
    session
        .run(&["alert", "remove", "nobody", at[0], at[1]])
        .status(2)
        .stderr("error: there is no saved search `nobody`\nhint: there are `gas`, `oil`\n");
    session.run(&["alert", "remove", "gas", "oil", at[0], at[1]]).status(0).stdout("").stderr("");
    session
        .run(&["alert", "list", at[0], at[1]])
        .status(1)
        .stdout("")
        .stderr("there are no saved searches\n");
}

#[test]
fn news_come_as_a_feed_and_from_an_index_that_nobody_may_write() {
    let session = session_with_alerts();
    let before: Vec<_> = fs::read_dir(session.path("archive/.morgue"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let feed = session.run(&["alert", "run", "--archive", "archive", "--format", "atom"]).status(0);
    assert!(feed.stdout.contains("<title>Report 1</title>"), "{}", feed.stdout);
    assert!(feed.stdout.contains("<category term=\"gas\"/>"), "{}", feed.stdout);
    let after: Vec<_> = fs::read_dir(session.path("archive/.morgue"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(before, after);
    // The state lies with the user, or where it is told to.
    assert!(session.path(".local/share/morgue/alerts").is_dir());
    let elsewhere = ["--archive", "archive", "--alerts", "mine.json"];
    session.run(&[&["alert", "add", "mine", "oil"], &elsewhere[..]].concat()).status(0);
    let page = session.run(&[&["alert", "run"], &elsewhere[..]].concat()).status(0);
    assert!(page.stdout.starts_with("mine: 1 article new"), "{}", page.stdout);
}
