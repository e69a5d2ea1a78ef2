//! Names by a user's model, in a build that can run one.

mod tiny_model;

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Outcome, Session};
use tiny_model::TinyNetwork;

/// The labels by their numbers, as `config.json` has them.
const LABELS: [&str; 6] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC"];

/// The pieces with their labels; all others are outside.
const PIECES: &str =
    "Mira:B-PER Quor:I-PER ##vane:O Plim:B-LOC ##stead:O Wib:B-ORG ##ble:O Council:I-ORG";

/// Pieces that are no names, so that they are no unknown words.
const OTHER_PIECES: &str = "the of in met said . , ##s";

const CONFIG: &str = "[entities.model]\npath = \"models/tiny\"\n";

const STORY: &str = "Wibble Council met in Plimstead\n\nMira Quorvane said in Plimstead that the Wibble \
                     Council of Plimstead met. “Zoë Quorvane?” the Council said 👍.\n";

fn tiny(labels: &[(&str, Option<&str>)]) -> (String, TinyNetwork) {
    let number = |label: &str| LABELS.iter().position(|known| *known == label).unwrap();
    let list: Vec<&str> = labels.iter().map(|(piece, _)| *piece).collect();
    let network = TinyNetwork {
        labels: labels.iter().map(|(_, label)| label.map(number)).collect(),
        label_count: LABELS.len(),
        sums_up: false,
    };
    (list.join("\n") + "\n", network)
}

fn labelled() -> Vec<(&'static str, Option<&'static str>)> {
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].into_iter();
    let outside = special.chain(OTHER_PIECES.split(' ')).map(|piece| (piece, Some("O")));
    let names = PIECES.split(' ').map(|piece| piece.split_once(':').unwrap());
    outside.chain(names.map(|(piece, label)| (piece, Some(label)))).collect()
}

fn config_json() -> String {
    let labels: serde_json::Map<String, Value> = LABELS
        .iter()
        .enumerate()
        .map(|(number, label)| (number.to_string(), json!(label)))
        .collect();
    json!({"model_type": "bert", "id2label": labels, "max_position_embeddings": 64}).to_string()
}

/// Returns a session with an archive of one story and a model for it.
fn session() -> Session {
    let session = Session::new();
    let (vocabulary, network) = tiny(&labelled());
    session
        .file("a/talks.txt", STORY)
        .file("a/morgue.toml", CONFIG)
        .file("a/models/tiny/model.onnx", network.to_bytes())
        .file("a/models/tiny/vocab.txt", vocabulary)
        .file("a/models/tiny/config.json", config_json());
    session
}

fn index(session: &Session) -> Outcome {
    session.run(&["index", "a"])
}

/// Returns the entities of the archive as kind and name, the commonest first.
fn entities(session: &Session) -> Vec<(String, String)> {
    let answer = session.run(&["entities", "--archive", "a", "--format", "json"]).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut entities: Vec<(String, String)> = answer["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entity| (text(&entity["kind"]), text(&entity["name"])))
        .collect();
    entities.sort();
    entities
}

fn owned(entities: &[(&str, &str)]) -> Vec<(String, String)> {
    entities.iter().map(|(kind, name)| ((*kind).to_owned(), (*name).to_owned())).collect()
}

#[test]
fn names_are_those_of_the_model() {
    let session = session();
    let _ =
        index(&session).status(0).stderr("files: 1 new\ndone: 1 article read, 1 article in all\n");
    assert_eq!(
        entities(&session),
        owned(&[
            ("organization", "Wibble Council"),
            ("person", "Mira Quorvane"),
            ("place", "Plimstead")
        ])
    );
    let count = |query: &str| session.run(&["search", "--archive", "a", "--count", query]).stdout;
    assert_eq!(count("person:quorvane AND org:wibble AND place:plimstead"), "1\n");
    assert_eq!(count("place:quorvane"), "0\n");

    let article = session.run(&["read", "a"]).status(0).json();
    let body = article["body"].as_str().unwrap();
    let mentions = article["mentions"].as_array().unwrap();
    assert!(mentions.len() >= 5, "{mentions:?}");
    for mention in mentions {
        let at = |end: &str| mention[end].as_u64().unwrap() as usize;
        let text: String = body.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(text, mention["text"].as_str().unwrap());
    }
}

#[test]
fn a_changed_model_reads_again_what_it_reads_and_an_unchanged_one_nothing() {
    let session = session();
    let _ = index(&session).status(0);
    let _ = index(&session).status(0).stderr("nothing changed; 1 article\n");

    let mut labels = labelled();
    labels.iter_mut().find(|(piece, _)| *piece == "Plim").unwrap().1 = Some("B-ORG");
    session.file("a/models/tiny/model.onnx", tiny(&labels).1.to_bytes());
    let _ = index(&session)
        .status(0)
        .stderr("files: 1 changed\ndone: 1 article read, 1 article in all\n");
    let step_by_step = entities(&session);
    assert!(step_by_step.contains(&("organization".to_owned(), "Plimstead".to_owned())));
    let _ = session.run(&["index", "-q", "--rebuild", "a"]).status(0);
    assert_eq!(entities(&session), step_by_step);

    session.file("a/models/tiny/vocab.txt", tiny(&labels).0.replace("Plim\n", "Plam\n"));
    let _ = index(&session)
        .status(0)
        .stderr("files: 1 changed\ndone: 1 article read, 1 article in all\n");
    assert!(!entities(&session).iter().any(|(_, name)| name == "Plimstead"));

    session.remove("a/morgue.toml");
    let _ = index(&session).status(0);
    let built_in = entities(&session);
    assert!(
        !built_in.contains(&("organization".to_owned(), "Plimstead".to_owned())),
        "{built_in:?}"
    );
}

#[test]
fn other_languages_are_left_to_the_taggers_of_the_program() {
    let session = session();
    session.file("a/morgue.toml", format!("{CONFIG}languages = [\"de\"]\n"));
    let with_model = session.run(&["read", "a/talks.txt"]).json();
    session.file("a/morgue.toml", "");
    assert_eq!(session.run(&["read", "a/talks.txt"]).json(), with_model);
    session.file("a/morgue.toml", format!("{CONFIG}languages = [\"de\", \"English\"]\n"));
    assert_ne!(session.run(&["read", "a/talks.txt"]).json(), with_model);
    session.file("a/morgue.toml", format!("{CONFIG}languages = [\"no such\"]\n"));
    let wrong = index(&session);
    assert!(wrong.stderr.contains("`no such` is not a language"), "{}", wrong.stderr);
    let _ = wrong.status(2);
}

#[test]
fn a_text_longer_than_the_model_is_read_in_windows() {
    let session = session();
    let sentence = "Mira Quorvane said the Wibble Council met in Plimstead. ";
    session.file("a/talks.txt", format!("A title\n\n{}", sentence.repeat(40)));
    for max_tokens in ["", "max_tokens = 8\n", "max_tokens = 30\n"] {
        session.file("a/morgue.toml", format!("{CONFIG}{max_tokens}"));
        let article = session.run(&["read", "a/talks.txt"]).json();
        let mentions = article["mentions"].as_array().unwrap();
        assert_eq!(mentions.len(), 3 * 40, "{max_tokens}");
    }
}

#[test]
fn an_article_that_the_model_fails_on_is_indexed_and_named() {
    let session = session();
    let mut labels = labelled();
    labels.insert(4, ("Zor", None));
    let (vocabulary, network) = tiny(&labels);
    session
        .file("a/models/tiny/model.onnx", network.to_bytes())
        .file("a/models/tiny/vocab.txt", vocabulary)
        .file("a/zor.txt", "Zor met Mira\n\nZor said that Mira Quorvane met.\n");
    let run = session.run(&["index", "a", "--report", "run.json"]).status(0);
    let reason = "people, organizations and places cannot be found: the model failed: a score that it \
                  gives is not a number";
    assert_eq!(
        run.stderr,
        format!(
            "files: 2 new\nwarning: `zor.txt`: {reason}\ndone: 2 articles read, 1 failed, 2 articles in all\n"
        )
    );
    let report: Value =
        serde_json::from_str(&fs::read_to_string(session.path("run.json")).unwrap()).unwrap();
    assert_eq!(crate::schema::faults("index-report.v1.schema.json", &report), [""; 0]);
    assert_eq!(report["failed"], 1);
    let search = session.run(&["search", "--archive", "a", "--count", "zor"]);
    assert_eq!(search.stdout, "1\n");
    let person = session.run(&["search", "--archive", "a", "--count", "person:mira"]);
    assert_eq!(person.stdout, "1\n");
    let _ = index(&session).status(0).stderr("nothing changed; 2 articles\n");

    let read = session.run(&["read", "a/zor.txt"]);
    assert!(read.stderr.contains(reason), "{}", read.stderr);
    assert_eq!(read.json()["mentions"], json!([]));
    let _ = read.status(2);
}

#[test]
fn what_is_wrong_with_a_model_is_said() {
    let (vocabulary, network) = tiny(&labelled());
    let bytes = network.to_bytes();
    let summing = TinyNetwork { sums_up: true, ..tiny(&labelled()).1 };
    let cases: [(&str, Vec<u8>, &str, &str); 8] = [
        ("model.onnx", b"no model".to_vec(), "", "a/models/tiny/model.onnx`: "),
        (
            "model.onnx",
            bytes[..bytes.len() / 2].to_vec(),
            "",
            "cannot use the model `a/models/tiny/model.onnx`: ",
        ),
        (
            "model.onnx",
            summing.to_bytes(),
            "",
            "`: for 3 tokens it gives numbers of the shape [1, 6]",
        ),
        (
            "model.onnx",
            Vec::new(),
            "",
            "cannot use the model `a/models/tiny/model.onnx`: it holds no graph",
        ),
        (
            "vocab.txt",
            format!("{vocabulary}one\ntoo\nmany\n").into(),
            "",
            "it knows 20 pieces, and the vocabulary has one of the number 22",
        ),
        (
            "vocab.txt",
            vocabulary.replace("[UNK]", "[OOV]").into(),
            "",
            "the vocabulary `a/models/tiny/vocab.txt` has no `[UNK]`",
        ),
        (
            "config.json",
            b"{}".to_vec(),
            "",
            "`a/models/tiny/config.json` does not say what the labels",
        ),
        (
            "vocab.txt",
            vocabulary.clone().into(),
            "labels = [\"O\", \"B-PER\"]\n",
            "it tells 6 labels apart, but 2 are named",
        ),
    ];
    for (file, content, setting, message) in cases {
        let session = session();
        session
            .file(format!("a/models/tiny/{file}"), content)
            .file("a/morgue.toml", format!("{CONFIG}{setting}"));
        let run = index(&session);
        assert!(run.stderr.contains(message), "{file}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("error: ") && !run.stderr.contains("panicked"),
            "{}",
            run.stderr
        );
        let _ = run.status(2);
    }
    for (setting, message) in [
        (
            "labels = [\"O\", \"B-MISC\"]\n",
            "is that of a person, an organization or a place: O, B-MISC",
        ),
        ("max_tokens = 65\n", "cannot read 65 tokens at once: at least 8 and at most 64"),
        ("file = \"other.onnx\"\n", "cannot read `a/models/tiny/other.onnx`: "),
        ("colour = 1\n", "unknown field `colour`"),
    ] {
        let session = session();
        session.file("a/morgue.toml", format!("{CONFIG}{setting}"));
        let run = index(&session);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        let _ = run.status(2);
    }
}
