//! What a user says of his files in `morgue.toml`, and documents beside files, as runs see them.

use crate::harness::Session;

const TABLE: &str = "tag;zeile;inhalt\n25.01.2022;Die Fähre fährt;Sie fuhr um acht Uhr ab.\n";

const CONFIG: &str = "[[files]]\npath = 'exports/*.csv'\noutlet = 'Der Bote'\nlanguage = 'de'\n\
    [files.fields]\ntitle = 'zeile'\nbody = 'inhalt'\ndate = 'tag'\n";

/// Returns `[title, date, outlet, body]` of each article that `morgue read` prints.
fn read(session: &Session, path: &str) -> Vec<[String; 4]> {
    let lines = session.run(&["read", "--quiet", "--no-entities", path]).json_lines();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let keys = ["title", "date", "outlet", "body"];
    lines.iter().map(|line| keys.map(|key| text(&line[key]))).collect()
}

#[test]
fn morgue_toml_says_which_column_holds_what() {
    let session = Session::new();
    session.file("a/exports/t.csv", TABLE).file("a/morgue.toml", CONFIG);
    let expected = ["Die Fähre fährt", "2022-01-25", "Der Bote", "Sie fuhr um acht Uhr ab."];
    assert_eq!(read(&session, "a"), [expected]);
    assert_eq!(read(&session, "a/exports"), [expected]);
    assert_eq!(read(&session, "a/exports/t.csv"), [expected]);
    session.run(&["index", "--quiet", "a"]).status(0).stdout("").stderr("");
    let found =
        session.run(&["search", "--archive", "a", "--format", "jsonl", "outlet:bote fähre"]);
    assert_eq!(found.json_lines()[0]["path"], "exports/t.csv");
}

#[test]
fn a_changed_configuration_reads_again_what_it_concerns() {
    let session = Session::new();
    session
        .file("a/exports/t.csv", TABLE)
        .file("a/exports/u.csv", "title,text\nA,One.\n")
        .file("a/b.txt", "A headline\n\nSome text that is long enough to be read as text.\n");
    let plan = |changed: &str| {
        session.run(&["index", "--dry-run", "a"]).status(0).stdout(changed);
        session.run(&["index", "--quiet", "a"]).status(0).stderr("");
    };
    plan("add b.txt\nadd exports/t.csv\nadd exports/u.csv\n");
    plan("");
    session.file("a/morgue.toml", CONFIG);
    plan("replace exports/t.csv\nreplace exports/u.csv\n");
    plan("");
    session.file("a/morgue.toml", format!("{CONFIG}[[files]]\npath = '*.txt'\nlanguage = 'fr'\n"));
    plan("replace b.txt\n");
    session.remove("a/morgue.toml");
    plan("replace b.txt\nreplace exports/t.csv\nreplace exports/u.csv\n");
}

#[test]
fn a_configuration_that_cannot_be_used_stops_a_run() {
    let session = Session::new();
    session.file("a/b.txt", "A\n\nText.\n").file("a/morgue.toml", "[fields]\ntitel = 'zeile'\n");
    for command in ["index", "read"] {
        let outcome = session.run(&[command, "a"]).status(2).stdout("");
        assert!(outcome.stderr.contains("cannot use `"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("unknown variant `titel`"), "{}", outcome.stderr);
    }
    session.file("other.toml", "");
    session.run(&["read", "--quiet", "--config", "other.toml", "a"]).status(0);
}

const PAGE: &str = "<alto><TextBlock><TextLine><String CONTENT=\"Fire\"/><String CONTENT=\"at\"/>\
    <String CONTENT=\"sea\"/></TextLine></TextBlock></alto>";

const ISSUE: &str = "<mets LABEL='The Courier (Town), 1916-01-28'><fileSec><fileGrp>\
    <file><FLocat href='0001.xml'/></file><file><FLocat href='0002.xml'/></file></fileGrp></fileSec></mets>";

#[test]
fn mets_documents_name_the_pages_beside_them() {
    let session = Session::new();
    session.file("a/i/0001.xml", PAGE).file("a/i/0002.xml", PAGE).file("a/c.txt", "A\n\nText.\n");
    let plan = |changed: &str| {
        session.run(&["index", "--dry-run", "a"]).status(0).stdout(changed);
        session.run(&["index", "--quiet", "a"]).status(0);
    };
    plan("add c.txt\nadd i/0001.xml\nadd i/0002.xml\n");
    session.file("a/i/mets.xml", ISSUE);
    plan("replace i/0001.xml\nreplace i/0002.xml\nadd i/mets.xml\n");
    let title = "The Courier (Town), 1916-01-28, page 2";
    let page = [title, "1916-01-28", "The Courier (Town)", "Fire at sea"];
    assert_eq!(read(&session, "a/i")[1], page);
    plan("");
    session.remove("a/i/mets.xml");
    plan("replace i/0001.xml\nreplace i/0002.xml\nremove i/mets.xml\n");
}
