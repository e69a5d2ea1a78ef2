//! People, organizations and places: what analysts ask of them, and how right they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::gold;
use crate::harness::Session;
use crate::schema::faults;
use morgue::entities::Recognizer;
use morgue::entities::training::{evaluate_recognizer, read_iob2};

/// The kinds as JSON calls them.
const KINDS: [&str; 3] = ["person", "organization", "place"];

/// The share of names that must be right on news that nothing was trained on, all kinds together.
const LEAST_F1_ON_NEWS_OF_1996: f64 = 0.70;

/// The same on the sample corpus, for canonical names.
const LEAST_F1_ON_SAMPLE_CORPUS: f64 = 0.90;

fn indexed_corpus() -> Session {
    let session = Session::with_sample_corpus();
    session.run(&["index", "--quiet", "sample-corpus"]).status(0).stdout("");
    session
}

fn entities(session: &Session, arguments: &[&str]) -> Value {
    let fixed = ["entities", "--archive", "sample-corpus", "--format", "json", "-n", "100000"];
    let arguments: Vec<&str> = fixed.iter().chain(arguments).copied().collect();
    let answer = session.run(&arguments).json();
    assert_eq!(faults("entities.v1.schema.json", &answer), [""; 0]);
    answer
}

fn names(answer: &Value) -> Vec<&str> {
    let entities = answer["entities"].as_array().unwrap();
    entities.iter().map(|entity| entity["name"].as_str().unwrap()).collect()
}

#[test]
fn spellings_are_one_entity_and_the_reasons_are_told() {
    let session = indexed_corpus();
    let answer = entities(&session, &["zelensky", "--kind", "person"]);
    assert_eq!(names(&answer), ["Volodymyr Zelensky"]);
    let president = &answer["entities"][0];
    let spellings: BTreeMap<&str, &str> = president["names"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| (name["name"].as_str().unwrap(), name["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(spellings["Volodymyr Zelensky"], "own");
    assert_eq!(spellings["Volodymyr Zelenskyy"], "spelling", "{spellings:?}");
    let count = |query: &[&str]| -> u64 {
        let fixed = ["search", "--archive", "sample-corpus", "--count", "-q"];
        let arguments: Vec<&str> = fixed.iter().chain(query).copied().collect();
        session.run(&arguments).stdout.trim().parse().unwrap()
    };
    let articles = president["articles"].as_u64().unwrap();
    assert_eq!(count(&["person:zelenskyy"]), articles);
    assert_eq!(count(&["--person", "Volodymyr Zelensky"]), articles);
    let with_place = count(&["person:zelensky AND place:usa"]);
    assert_eq!(count(&["person:zelensky NOT place:\"United States\""]), articles - with_place);
    let explained = session.run(&[
        "entities",
        "--archive",
        "sample-corpus",
        "--explain",
        "--kind",
        "person",
        "zelenskyy",
    ]);
    let explained = explained.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "merged with Volodymyr Zelensky, since it is another spelling";
    assert!(explained.contains(reason), "{explained}");
}

#[test]
fn entities_are_found_by_a_part_of_any_name_and_counted_beside_each_other() {
    let session = indexed_corpus();
    let answer = entities(&session, &["--with", "Sergei Lavrov", "--kind", "person"]);
    let together = names(&answer);
    assert!(together.contains(&"Antony Blinken"), "{together:?}");
    assert!(!together.contains(&"Sergei Lavrov"), "{together:?}");
    for entity in answer["entities"].as_array().unwrap() {
        let name = entity["name"].as_str().unwrap();
        let both = format!("person:\"Sergei Lavrov\" AND person:\"{name}\"");
        let count = session.run(&["search", "--archive", "sample-corpus", "--count", "-q", &both]);
        let articles = entity["articles"].to_string();
        // A name may be part of a longer one, never the other way round.
        let found: u64 = count.stdout.trim().parse().unwrap();
        assert!(found >= articles.parse().unwrap(), "{both}: {found} {articles}");
        assert!(entity["first"].as_str() <= entity["last"].as_str());
    }
    let answer = entities(&session, &["osce"]);
    assert_eq!(names(&answer), ["Organization for Security and Cooperation in Europe"]);
}

#[test]
fn misspelt_names_are_set_right() {
    let session = indexed_corpus();
    let search = session.run(&["search", "--archive", "sample-corpus", "--person", "lavrow"]);
    assert!(
        search.stderr.contains("`lavrow` occurs nowhere; did you mean `Sergei Lavrov`?"),
        "{}",
        search.stderr
    );
    let _ = search.status(1);
    let list = session.run(&["entities", "--archive", "sample-corpus", "stoltenburg"]);
    let _ = list
        .status(1)
        .stdout("")
        .stderr("`stoltenburg` occurs nowhere; did you mean `Jens Stoltenberg`?\n");
}

const AUTHORITY: &str = r#"
[[entity]]
name = "Volodymyr Oleksandrovych Zelenskyy"
kind = "person"
aliases = ["Volodymyr Zelensky", "the former comedian"]
identifiers = { wikidata = "Q3874799" }

[[never_merge]]
names = ["Vladimir Putin", "Putin"]

[[not_an_entity]]
name = "Pentagon"
"#;

#[test]
fn the_users_word_holds_from_the_next_run_on() {
    let session = indexed_corpus();
    let before = entities(&session, &[]);
    session.file("sample-corpus/authority.toml", AUTHORITY);
    let run = session.run(&["index", "sample-corpus", "--report", "run.json"]).status(0);
    assert!(run.stderr.contains("names of people, organizations and places"), "{}", run.stderr);
    let report: Value =
        serde_json::from_str(&fs::read_to_string(session.path("run.json")).unwrap()).unwrap();
    assert_eq!((&report["articles"]["read"], &report["committed"]), (&0.into(), &true.into()));

    let after = entities(&session, &[]);
    let all = names(&after);
    assert!(
        all.contains(&"Volodymyr Oleksandrovych Zelenskyy") && !all.contains(&"Volodymyr Zelensky")
    );
    assert!(all.contains(&"Vladimir Putin") && all.contains(&"Putin"), "{all:?}");
    assert!(!all.contains(&"Pentagon"));
    let president = entities(&session, &["former comedian"]);
    assert_eq!(president["entities"][0]["identifiers"]["wikidata"], "Q3874799");
    let hits =
        session.run(&["search", "--archive", "sample-corpus", "--format", "jsonl", "-n", "500"]);
    assert!(
        !hits.stdout.contains("\"Volodymyr Zelensky\"") && !hits.stdout.contains("\"Pentagon\"")
    );
    let none = session.run(&["search", "--archive", "sample-corpus", "org:pentagon"]);
    let _ = none.status(1);

    session.file("sample-corpus/names/own.csv", "name,kind,rule\nKremlin,,not an entity\n");
    session.file("sample-corpus/morgue.toml", "[entities]\nauthority = [\"names/own.csv\"]\n");
    let _ = session.run(&["index", "-q", "sample-corpus"]).status(0);
    let step_by_step = entities(&session, &[]);
    assert!(!names(&step_by_step).contains(&"Kremlin"));
    let _ = session.run(&["index", "-q", "--rebuild", "sample-corpus"]).status(0);
    assert_eq!(entities(&session, &[]), step_by_step);

    session
        .remove("sample-corpus/authority.toml")
        .remove("sample-corpus/names/own.csv")
        .remove("sample-corpus/morgue.toml");
    let _ = session.run(&["index", "-q", "sample-corpus"]).status(0);
    assert_eq!(entities(&session, &[]), before, "the archive says what it said");
}

#[test]
fn a_wrong_authority_file_stops_the_run_and_changes_nothing() {
    let session = indexed_corpus();
    let before = entities(&session, &[]);
    session.file("sample-corpus/authority.csv", "name,kind\nLuna,moon\n");
    let run = session.run(&["index", "sample-corpus"]);
    assert!(run.stderr.contains("authority.csv`, line 2: `moon` is no kind"), "{}", run.stderr);
    let _ = run.status(2);
    assert_eq!(entities(&session, &[]), before);
}

/// What the right answers say of the names in one article.
#[derive(Deserialize)]
struct Answer {
    path: String,
    #[serde(default)]
    members: Vec<String>,
    record: Option<u64>,
    person: Vec<Vec<String>>,
    organization: Vec<Vec<String>>,
    place: Vec<Vec<String>>,
    optional: Vec<Vec<String>>,
}

impl Answer {
    fn of_kind(&self, kind: &str) -> &[Vec<String>] {
        match kind {
            "person" => &self.person,
            "organization" => &self.organization,
            _ => &self.place,
        }
    }
}

#[test]
fn canonical_names_in_the_sample_corpus_are_right() {
    let session = indexed_corpus();
    let hits = session
        .run(&["search", "--archive", "sample-corpus", "--format", "jsonl", "-n", "500", "-q"])
        .json_lines();
    let place =
        |value: &Value| (value["path"].clone(), value["members"].clone(), value["record"].clone());
    let hits: Vec<(_, &Value)> = hits.iter().map(|hit| (place(hit), hit)).collect();
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/sample-corpus/entities.jsonl");
    let (mut right, mut found, mut wanted, mut articles) = (0, 0, 0, 0);
    for line in fs::read_to_string(path).unwrap().lines() {
        let answer: Answer = serde_json::from_str(line).unwrap();
        let locator =
            (answer.path.clone().into(), answer.members.clone().into(), answer.record.into());
        let Some((_, hit)) = hits.iter().find(|(place, _)| *place == locator) else { continue };
        articles += 1;
        for kind in KINDS {
            let names = hit["entities"][kind].as_array().unwrap();
            let names: BTreeSet<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
            let accepted =
                |accepted: &Vec<String>| accepted.iter().any(|name| names.contains(name.as_str()));
            let is_known = |lists: &[Vec<String>], name: &str| {
                lists.iter().flatten().any(|known| known == name)
            };
            let missed: Vec<_> =
                answer.of_kind(kind).iter().filter(|names| !accepted(names)).collect();
            let wrong: Vec<_> = names
                .iter()
                .filter(|name| {
                    !is_known(answer.of_kind(kind), name) && !is_known(&answer.optional, name)
                })
                .collect();
            wanted += answer.of_kind(kind).len();
            right += answer.of_kind(kind).len() - missed.len();
            found += answer.of_kind(kind).len() - missed.len() + wrong.len();
            if !missed.is_empty() || !wrong.is_empty() {
                println!(
                    "{} {:?} {kind}: missed {missed:?}, wrong {wrong:?}",
                    answer.path, answer.record
                );
            }
        }
    }
    let f1 = 2.0 * f64::from(right as u32) / f64::from((found + wanted) as u32);
    println!("{articles} articles: {right} right of {found} found and {wanted} wanted, F1 {f1:.3}");
    assert!(articles >= 25, "only {articles} of the articles are read");
    assert!(f1 >= LEAST_F1_ON_SAMPLE_CORPUS, "F1 {f1:.3}");
}

#[test]
fn no_pronoun_and_no_title_is_an_entity() {
    const NEVER: &str = "he she it they we you i his her their who president minister mr mrs ms dr \
        prime-minister chancellor secretary spokesman spokeswoman governor mayor king queen pope \
        monday tuesday wednesday thursday friday saturday sunday january february march april june \
        july august september october november december the this that";
    let session = indexed_corpus();
    let answer = entities(&session, &[]);
    let never: BTreeSet<&str> = NEVER.split_whitespace().collect();
    for name in names(&answer) {
        let folded = name.to_lowercase().replace(' ', "-");
        assert!(!never.contains(folded.trim_end_matches('.')), "{name}");
    }
    assert!(names(&answer).len() > 200);
}

#[test]
fn names_in_news_that_nothing_was_trained_on() {
    let Some(gold) = gold::set("ner") else { return };
    let text = fs::read_to_string(gold.join("ner/eval/conll2003-dev.iob2")).unwrap();
    let documents = read_iob2(&text, true).unwrap();
    let scores = evaluate_recognizer(&Recognizer::new(), &documents).unwrap();
    let f1 = scores.total().f1();
    println!("news of 1996: F1 {f1:.3} {scores:?}");
    assert!(f1 >= LEAST_F1_ON_NEWS_OF_1996, "F1 {f1:.3}");
}
