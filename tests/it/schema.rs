//! The schemas in `schema/` are those of the types, and what is written is valid by them.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use morgue::article::{
    Article, Confidence, DatePrecision, Evidence, EvidenceKind, PublicationDate, SourceLocator,
    Sourced,
};
use morgue::ingest::Draft;
use morgue::output::json;
use serde_json::{Value, json};

use crate::harness::Session;

/// Set to anything, it makes the test write the schemas instead of comparing them.
const UPDATE: &str = "MORGUE_UPDATE_SCHEMAS";

fn schema_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema")
}

fn read(path: &str) -> Value {
    let text = fs::read_to_string(schema_directory().join(path)).expect("the file is there");
    serde_json::from_str(&text).expect("the file holds JSON")
}

/// Returns what is wrong with `value` by the schema in `file_name`.
pub(crate) fn faults(file_name: &str, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&read(file_name)).expect("the schema is valid");
    let at = |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    validator.iter_errors(value).map(at).collect()
}

#[test]
fn schema_files_are_those_of_the_program() {
    let session = Session::new();
    session.run(&["generate", "schema", "made"]).status(0).stdout("").stderr("");
    let mut names = file_names(&session.path("made"));
    names.sort();
    assert!(names.contains(&"index-report.v1.schema.json".to_owned()), "{names:?}");
    for name in &names {
        let made = fs::read_to_string(session.path("made").join(name)).expect("it was made");
        let path = schema_directory().join(name);
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&path, &made).expect("the schema can be written");
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == made,
            "schema/{name} differs from the types: look at the difference after \
             `{UPDATE}=1 cargo test --test it schema`; a changed form needs a new version"
        );
    }
    let mut stored = file_names(&schema_directory());
    stored.retain(|name| name.ends_with(".schema.json"));
    stored.sort();
    assert_eq!(stored, names, "schema/ holds a schema that the program does not make");
}

fn file_names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("the directory can be read");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("the directory can be read").file_name().to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

#[test]
fn examples_are_valid() {
    for name in ["response", "article"] {
        let example = read(&format!("examples/{name}.v1.json"));
        assert_eq!(faults(&format!("{name}.v1.schema.json"), &example), [""; 0], "{name}");
    }
}

#[test]
fn unknown_and_missing_fields_are_faults() {
    let mut example = read("examples/response.v1.json");
    example["hits"][0]["colour"] = json!("red");
    assert_eq!(faults("response.v1.schema.json", &example).len(), 1);
    let mut example = read("examples/article.v1.json");
    example.as_object_mut().expect("an article is an object").remove("date");
    assert_eq!(faults("article.v1.schema.json", &example).len(), 1);
}

#[test]
fn every_date_and_evidence_is_valid() {
    for date in dates() {
        for evidence in evidence() {
            let precision = date.precision();
            let published = Sourced { value: date, evidence };
            let article = article(published);
            let mut line = Vec::new();
            json::write_article(&mut line, &article).expect("memory can be written");
            let value = serde_json::from_slice(&line).expect("a line is JSON");
            assert_eq!(faults("article.v1.schema.json", &value), [""; 0], "{precision:?}");
        }
    }
}

fn article(published: Sourced<PublicationDate>) -> Article {
    let draft = Draft { published: Some(published), body: "Text.".to_owned(), ..Draft::default() };
    draft.finish(SourceLocator::file("a.txt"), b"Text.")
}

/// Returns a date of every precision.
fn dates() -> Vec<PublicationDate> {
    let day = NaiveDate::from_ymd_opt(2022, 1, 25).expect("a day of the calendar");
    let precisions =
        [DatePrecision::Year, DatePrecision::Month, DatePrecision::Day, DatePrecision::Minute];
    let date_of = |precision| match precision {
        DatePrecision::Year => PublicationDate::year(2022),
        DatePrecision::Month => PublicationDate::month(2022, 1),
        DatePrecision::Day => Some(PublicationDate::day(day)),
        DatePrecision::Minute => day.and_hms_opt(18, 15, 0).map(PublicationDate::local),
    };
    let mut dates: Vec<PublicationDate> = precisions.into_iter().filter_map(date_of).collect();
    let written = ["2022-01-25T18:15:00-04:00", "2022-01-25T18:15:00Z"];
    dates.extend(written.iter().map(|text| text.parse::<PublicationDate>().expect("a date")));
    assert_eq!(dates.len(), 6);
    dates
}

/// Returns evidence of every kind and confidence; a kind that is added makes the match fail.
fn evidence() -> Vec<Evidence> {
    let mut kind = Some(EvidenceKind::Field);
    let mut evidence = Vec::new();
    while let Some(current) = kind {
        for confidence in [Confidence::Low, Confidence::Medium, Confidence::High] {
            evidence.push(Evidence::new(current, "found").with_confidence(confidence));
        }
        kind = match current {
            EvidenceKind::Field => Some(EvidenceKind::Header),
            EvidenceKind::Header => Some(EvidenceKind::JsonLd),
            EvidenceKind::JsonLd => Some(EvidenceKind::Meta),
            EvidenceKind::Meta => Some(EvidenceKind::Markup),
            EvidenceKind::Markup => Some(EvidenceKind::Url),
            EvidenceKind::Url => Some(EvidenceKind::Path),
            EvidenceKind::Path => Some(EvidenceKind::Text),
            EvidenceKind::Text => Some(EvidenceKind::Weekday),
            EvidenceKind::Weekday => Some(EvidenceKind::Inferred),
            EvidenceKind::Inferred => Some(EvidenceKind::Detected),
            EvidenceKind::Detected => None,
        };
    }
    evidence
}
