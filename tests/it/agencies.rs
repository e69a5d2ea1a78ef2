//! The news agencies of articles: where they are credited, and how they are asked for.

use serde_json::Value;

use super::harness::Session;

const TEXT: &str =
    "The ministers met in Geneva on Monday, and their talks went on until the night fell.";

/// Files that credit an agency, each in another place, and one that credits none.
fn archive() -> Session {
    let session = Session::new();
    let text = |lines: &[&str]| [&["Talks go on in Geneva"], lines].concat().join("\n");
    let files = [
        ("source.txt", text(&[TEXT, TEXT, TEXT, "Source: Agence France-Presse"])),
        ("brackets.txt", text(&[TEXT, TEXT, TEXT, "So it remains to be seen. (dpa/lno)"])),
        ("above.txt", text(&["REUTERS", TEXT, TEXT, TEXT])),
        ("dateline.txt", text(&[&format!("GENEVA (AP) - {TEXT}"), TEXT, TEXT])),
        ("byline.txt", text(&["By Jane Doe, Associated Press", TEXT, TEXT, TEXT])),
        ("desk.txt", text(&[TEXT, TEXT, "Share", "Quelle: Lake Crier, dpa/AFP", "Leave a Reply"])),
        ("telegram.txt", text(&[&format!("МОСКВА, 25 января. /ТАСС/. {TEXT}"), TEXT, TEXT])),
        ("none.txt", text(&[TEXT, TEXT, TEXT, "She is from Erie (PA)."])),
        (
            "page.html",
            format!(
                "<html><head><title>Talks go on in Geneva</title></head><body><article>\
                 <h1>Talks go on in Geneva</h1><p class=byline>AFP/Lake Crier</p>\
                 <p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
            ),
        ),
    ];
    for (name, content) in files {
        session.file(format!("a/{name}"), content);
    }
    session
}

fn names(article: &Value) -> Vec<&str> {
    article["agencies"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
}

#[test]
fn agencies_are_found_where_articles_credit_them() {
    let read = archive().run(&["read", "--no-entities", "a"]).status(0).json_lines();
    let found: Vec<(&str, Vec<&str>)> =
        read.iter().map(|article| (article["path"].as_str().unwrap(), names(article))).collect();
    assert_eq!(
        found,
        [
            ("above.txt", vec!["Reuters"]),
            ("brackets.txt", vec!["dpa"]),
            ("byline.txt", vec!["AP"]),
            ("dateline.txt", vec!["AP"]),
            ("desk.txt", vec!["dpa", "AFP"]),
            ("none.txt", vec![]),
            ("page.html", vec!["AFP"]),
            ("source.txt", vec!["AFP"]),
            ("telegram.txt", vec!["TASS"]),
        ]
    );
    let field = |path: &str, field: &str| {
        let article = read.iter().find(|article| article["path"] == path).unwrap();
        article[field].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(field("desk.txt", "outlet"), "Lake Crier");
    for path in ["above.txt", "telegram.txt"] {
        assert_eq!(field(path, "body"), [TEXT; 3].join("\n\n"), "{path}");
    }
}

#[test]
fn agencies_are_asked_for_by_any_of_their_names() {
    let session = archive();
    session.run(&["index", "a", "--quiet"]).status(0);
    let found = |arguments: &[&str]| {
        let search =
            ["search", "--archive", "a", "--copies", "all", "--format", "jsonl", "--quiet"];
        let hits = session.run(&[&search[..], arguments].concat()).json_lines();
        let mut paths: Vec<String> =
            hits.iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect();
        paths.sort();
        paths
    };
    let of_afp = ["desk.txt", "page.html", "source.txt"];
    assert_eq!(found(&["agency:afp"]), of_afp);
    assert_eq!(found(&["agency:\"Agence France-Presse\""]), of_afp);
    assert_eq!(found(&["ministers", "--agency", "AFP"]), of_afp);
    assert_eq!(found(&["agency:dpa AND agency:afp"]), ["desk.txt"]);
    assert_eq!(found(&["NOT has:agency"]), ["none.txt"]);
    assert_eq!(
        found(&["ministers", "--agency", "the associated press", "--agency", "reuters"]),
        ["above.txt", "byline.txt", "dateline.txt"]
    );
    let facet = ["search", "--archive", "a", "--quiet", "--format", "json", "ministers"];
    let facet = session.run(&[&facet[..], &["--facet", "agency"]].concat()).status(0).json();
    let values = facet["facets"][0]["values"].as_array().unwrap();
    let counts: Vec<(&str, u64)> = values
        .iter()
        .map(|count| (count["value"].as_str().unwrap(), count["articles"].as_u64().unwrap()))
        .collect();
    assert_eq!(counts, [("AFP", 3), ("AP", 2), ("dpa", 2), ("Reuters", 1), ("TASS", 1)]);
    let hit = ["search", "--archive", "a", "path:brackets.txt", "--format", "jsonl", "--quiet"];
    let hit = session.run(&hit).status(0).json_lines().remove(0);
    let shown = session.run(&["show", "--archive", "a", hit["id"].as_str().unwrap()]).status(0);
    assert!(shown.stdout.contains("agency         dpa  from the text"), "{}", shown.stdout);
}
