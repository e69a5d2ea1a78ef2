//! What the commands take and say, on a small archive.

use std::fs;

use crate::harness::Session;
use crate::newsroom::{indexed_newsroom, newsroom};

/// Returns the id of the first hit.
fn first_id(session: &Session, arguments: &[&str]) -> String {
    let found = session.run(&[&["search", "--format", "jsonl"], arguments].concat()).status(0);
    let hit: serde_json::Value =
        serde_json::from_str(found.stdout.lines().next().unwrap()).unwrap();
    hit["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_index_elsewhere_knows_its_archive() {
    let session = newsroom();
    session.run(&["index", "--quiet", "news", "--index", "elsewhere"]).status(0);
    session.remove("news/note.txt");
    let again = session.run(&["index", "--index", "elsewhere"]).status(0);
    assert!(again.stderr.contains("1 file removed"), "{}", again.stderr);
    let id = first_id(&session, &["--index", "elsewhere", "zhanaozen"]);
    let raw = session.run(&["show", "--index", "elsewhere", "--raw", &id]).status(0);
    assert!(raw.stdout.contains(r#""title": "Gas price doubles""#), "{}", raw.stdout);
}

#[test]
fn an_index_elsewhere_follows_its_archive() {
    let session = newsroom();
    session.run(&["index", "--quiet", "news", "--index", "elsewhere"]).status(0);
    fs::rename(session.path("news"), session.path("moved")).unwrap();
    session.run(&["index", "--quiet", "moved", "--index", "elsewhere"]).status(0);
    let id = first_id(&session, &["--index", "elsewhere", "zhanaozen"]);
    session.run(&["show", "--index", "elsewhere", "--raw", &id]).status(0);
}

#[test]
fn the_archive_around_a_directory_is_indexed_without_a_name() {
    let session = indexed_newsroom();
    session.remove("news/note.txt");
    let line = "cd news/2022 && morgue index --dry-run";
    assert_eq!(session.shell(line).status(0).stdout, "remove note.txt\n");
    session.shell("cd news/2022 && morgue index --quiet").status(0).stdout("").stderr("");
    session.run(&["search", "--archive", "news", "--count", "bear"]).status(1).stdout("0\n");
}

#[test]
fn an_index_that_names_no_archive_says_what_to_do() {
    let session = Session::new();
    let refused = session.run(&["index"]).status(2);
    assert!(refused.stderr.contains("hint: `morgue index ARCHIVE`"), "{}", refused.stderr);
    let refused = session.run(&["index", "--index", "nowhere"]).status(2);
    assert!(refused.stderr.contains("there is no index at `nowhere`"), "{}", refused.stderr);
}

#[test]
fn an_index_with_a_damaged_file_is_built_anew() {
    for damaged in ["manifest-1.zst", "names-1.bin", "learnt-1.zst"] {
        let session = indexed_newsroom();
        let path = session.path("news/.morgue/g000001").join(damaged);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let run = session.run(&["index", "news"]).status(0);
        assert!(run.stderr.contains("rebuilt: "), "{damaged}: {}", run.stderr);
        session.run(&["search", "--archive", "news", "--count", "zhanaozen"]).stdout("1\n");
    }
}

#[test]
fn other_settings_read_the_files_again() {
    let session = indexed_newsroom();
    let people = ["entities", "--archive", "news", "--kind", "person"];
    assert!(session.run(&people).status(0).stdout.contains("Sergei Lavrov"));
    session.run(&["index", "--quiet", "--no-entities", "news"]).status(0);
    assert!(!session.run(&people).stdout.contains("Sergei Lavrov"));
    let again = session.run(&["index", "--no-entities", "news"]).status(0);
    assert!(again.stderr.contains("nothing changed"), "{}", again.stderr);
    session.run(&["index", "--quiet", "news"]).status(0);
    assert!(session.run(&people).status(0).stdout.contains("Sergei Lavrov"));
}

#[test]
fn touched_files_are_told_and_not_read() {
    let session = indexed_newsroom();
    let note = fs::read(session.path("news/note.txt")).unwrap();
    session.file("news/note.txt", note);
    let line = ["index", "--dry-run", "news"];
    // Its own time is the only date that a note without one has.
    assert_eq!(session.run(&line).status(0).stdout, "replace note.txt\n");
    session.run(&["index", "--quiet", "news"]).status(0);
    let wire = fs::read(session.path("news/wire.jsonl")).unwrap();
    session.file("news/wire.jsonl", wire);
    assert_eq!(session.run(&line).status(0).stdout, "touch wire.jsonl\n");
    let told = session.run(&["index", "news"]).status(0).stderr;
    assert!(told.contains("1 file touched") && !told.contains("articles read"), "{told}");
}

#[test]
fn scores_are_explained() {
    let session = indexed_newsroom();
    let search = ["search", "--archive", "news", "--explain", "--format", "jsonl"];
    let found = session.run(&[&search[..], &["security guarantees"]].concat()).status(0);
    for line in found.stdout.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let reasons: Vec<&str> =
            hit["explanation"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
        let number = |reason: &str| -> f64 { reason.rsplit(' ').next().unwrap().parse().unwrap() };
        let (score, parts) = reasons.split_first().unwrap();
        assert_eq!(number(score), hit["score"].as_f64().unwrap());
        let sum: f64 = parts.iter().map(|part| number(part)).sum();
        assert!((number(score) - sum).abs() < 0.001, "{reasons:?}");
        assert!(parts.iter().any(|part| part.starts_with("`security` adds")), "{reasons:?}");
    }
    let by_date = [&search[..], &["--sort", "oldest", "security"]].concat();
    let oldest = session.run(&by_date).status(0).stdout;
    assert!(oldest.contains(r#""explanation":["oldest first: nothing is scored"]"#), "{oldest}");
    let table = session.run(&["search", "--archive", "news", "--explain", "harbour"]).status(0);
    assert!(table.stdout.contains("`harbour` adds "), "{}", table.stdout);
    let plain = session.run(&["search", "--archive", "news", "--format", "jsonl", "harbour"]);
    assert!(!plain.status(0).stdout.contains("explanation"));
}

#[test]
fn man_pages_and_completions_name_every_command() {
    let session = Session::new();
    session.run(&["generate", "man", "pages"]).status(0).stdout("").stderr("");
    let help = session.run(&["--help"]).status(0).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').find(|word| !word.is_empty()))
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 10, "{help}");
    for command in &commands {
        let page = fs::read_to_string(session.path(format!("pages/morgue-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = session.run(&["generate", "completions", shell]).status(0).stdout;
        for command in &commands {
            assert!(script.contains(command), "{shell} knows no {command}");
        }
    }
}
