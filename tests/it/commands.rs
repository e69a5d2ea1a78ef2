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

#[test]
fn what_failed_is_named_before_what_was_left_out() {
    let session = Session::new();
    for number in 0..12 {
        session.file(format!("a/{number:02}.txt"), "");
    }
    session.file("a/zz.json", "{\"title\": \"Cut sh");
    let told = session.run(&["index", "a"]).status(0).stderr;
    let first = told.lines().find(|line| line.starts_with("warning: "));
    assert!(first.is_some_and(|line| line.starts_with("warning: `zz.json`: ")), "{told}");
    assert!(told.contains("and 3 more"), "{told}");
}

#[test]
fn an_index_without_articles_says_so() {
    let session = Session::new();
    session.file("a/empty.txt", "");
    session
        .run(&["index", "a"])
        .status(0)
        .stderr("files: 1 new\nwarning: `empty.txt`: empty\ndone: 1 skipped, 0 articles in all\n");
    session.run(&["search", "--archive", "a"]).status(1).stderr("the index holds no article\n");
    let nobody = "no such person, organization or place is mentioned\n";
    session.run(&["entities", "--archive", "a"]).status(1).stdout("").stderr(nobody);
}

#[test]
fn a_single_file_has_its_index_elsewhere() {
    let session = Session::new();
    session.file("bear.txt", "A bear\n\nSomebody saw a bear near the harbour, and it ate fish.\n");
    session.run(&["index", "bear.txt"]).status(2).stderr(
        "error: `bear.txt` is a file, which has no room for its index\n\
         hint: `--index DIR` says where the index may lie\n",
    );
    session.run(&["index", "--quiet", "bear.txt", "--index", "index"]).status(0);
    let id = first_id(&session, &["--index", "index", "bear"]);
    let raw = session.run(&["show", "--index", "index", "--raw", &id]).status(0);
    assert!(raw.stdout.starts_with("A bear\n"), "{}", raw.stdout);
}

#[cfg(unix)]
#[test]
fn the_record_of_a_file_whose_name_is_no_text_can_be_shown() {
    use std::os::unix::ffi::OsStrExt;

    let session = Session::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    let text = "A bear\n\nSomebody saw a bear near the harbour, and it ate fish.\n";
    session.file(std::path::Path::new("a").join(name), text);
    session.run(&["index", "--quiet", "a"]).status(0);
    let id = first_id(&session, &["--archive", "a", "bear"]);
    session.run(&["show", "--archive", "a", "--raw", &id]).status(0).stdout(text);
}

#[test]
fn what_is_not_there_is_named_once() {
    let session = Session::new();
    session
        .run(&["read", "nowhere"])
        .status(2)
        .stderr("error: cannot list `nowhere`: No such file or directory (os error 2)\n");
}

#[test]
fn switches_that_contradict_each_other_are_refused() {
    let session = indexed_newsroom();
    let id = first_id(&session, &["--archive", "news", "zhanaozen"]);
    for line in [
        &["search", "--kwic", "--count", "gas"][..],
        &["search", "--kwic", "--facet", "outlet", "gas"],
        &["search", "--kwic", "--format", "json", "gas"],
        &["search", "--count", "--timeline", "month", "gas"],
        &["search", "--expand", "--sort", "newest", "gas"],
        &["similar", &id, "--recent", "--sort", "newest"],
    ] {
        let refused = session.run(&[line, &["--archive", "news"]].concat()).status(2).stdout("");
        assert!(refused.stderr.starts_with("error: "), "{}", refused.stderr);
    }
}

#[test]
fn every_option_stands_under_its_own_heading() {
    let session = Session::new();
    let expected = [
        ("compare", "--by", "Options:"),
        ("batch", "--threads", "Options:"),
        ("batch", "--person", "Filters:"),
        ("alert add", "--replace", "Options:"),
        ("alert run", "--representative", "Copies:"),
        ("search", "--timeline", "Views:"),
    ];
    for (command, option, heading) in expected {
        let help = session.shell(&format!("morgue {command} -h")).status(0).stdout;
        let before = help.lines().take_while(|line| !line.trim_start().starts_with(option));
        let above = before.filter(|line| !line.starts_with(' ') && line.ends_with(':')).last();
        assert_eq!(above, Some(heading), "`{option}` of `{command}`");
    }
}

#[test]
fn a_pattern_stands_for_all_its_words_or_is_refused() {
    let session = Session::new();
    let page = |first: usize, count: usize| {
        let words = (first..first + count).map(|number| format!("gas{number:05}"));
        format!("Prices of gas\n\n{}.\n", words.collect::<Vec<_>>().join(" "))
    };
    for number in 0..60 {
        session.file(format!("a/{number}.txt"), page(number * 5, 5));
    }
    session.run(&["index", "--quiet", "a"]).status(0);
    let count = |pattern: &str| {
        let arguments = ["search", "--archive", "a", "--copies", "all", "--count", pattern];
        session.run(&arguments)
    };
    count("gas0*").status(0).stdout("60\n");
    count("/gas00[0-9]+/").status(0).stdout("60\n");
    session.file("a/all.txt", page(10_000, 10_001));
    session.run(&["index", "--quiet", "a"]).status(0);
    let refused = count("gas*").status(2);
    assert!(refused.stderr.contains("more than the limit of 10000"), "{}", refused.stderr);
}
