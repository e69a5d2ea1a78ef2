//! An index that followed an archive through its changes answers as one made of the archive as it is.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;
use morgue::engine::LocalEngine;
use morgue::index::Layout;
use morgue::output::json;
use morgue::pipeline::{self, RunOptions, Silent};
use morgue::query::{self, ParseOptions};
use morgue::search::{EntityRequest, SearchEngine, SearchRequest, Sort};
use proptest::prelude::*;

/// What may happen to an archive between two runs.
#[derive(Clone, Debug)]
enum Change {
    Write {
        file: usize,
        text: Vec<usize>,
        day: u32,
    },
    /// A page as a scraper keeps it: its text between lines of which some stand on other pages too.
    Scrape {
        file: usize,
        text: Vec<usize>,
        litter: Vec<usize>,
    },
    Remove {
        file: usize,
    },
    Rename {
        from: usize,
        to: usize,
    },
    Touch {
        file: usize,
    },
}

const WORDS: &[&str] = &[
    "security",
    "guarantees",
    "guarantee",
    "talks",
    "Lavrov",
    "NATO",
    "Geneva",
    "gas",
    "pipeline",
    "Stoltenberg",
    "sanctions",
    "minister",
    "treaty",
    "Ukraine",
    "troops",
    "border",
    "response",
];

/// Lines that pages of one outlet may have around their articles.
const LITTER: &[&str] = &[
    "Weather and traffic",
    "The gardener answers your questions about roses this week.",
    "Crossword of the day",
];

const QUERIES: &[&str] = &[
    "weather",
    "gardener",
    "crossword security",
    "",
    "security",
    "security guarantees",
    "security guarantees talks",
    "\"security guarantees\"",
    "gas OR pipeline OR treaty OR troops",
    "talks NOT nato",
    "title:security",
    "person:lavrov",
    "date:2022-01",
    "missing",
];

fn change() -> impl Strategy<Value = Change> {
    let text = prop::collection::vec(0..WORDS.len(), 3..30);
    let litter = prop::collection::vec(0..LITTER.len(), 0..3);
    prop_oneof![
        4 => (0..8usize, text.clone(), litter)
            .prop_map(|(file, text, litter)| Change::Scrape { file, text, litter }),
        4 => (0..8usize, text, 1..29u32)
            .prop_map(|(file, text, day)| Change::Write { file, text, day }),
        1 => (0..8usize).prop_map(|file| Change::Remove { file }),
        1 => (0..8usize, 0..8usize).prop_map(|(from, to)| Change::Rename { from, to }),
        1 => (0..8usize).prop_map(|file| Change::Touch { file }),
    ]
}

fn path(archive: &Path, file: usize) -> std::path::PathBuf {
    archive.join(format!("d{}/story-{file}.txt", file % 3))
}

fn apply(archive: &Path, change: &Change) {
    match change {
        Change::Write { file, text, day } => {
            let words: Vec<&str> = text.iter().map(|&word| WORDS[word]).collect();
            let (title, body) = words.split_at(words.len().min(4));
            let article = format!(
                "-- {}\n-- By  Ann Writer\n-- Tue Jan {day}, 2022 6:15pm EDT\n-- http://example.org/{file}\n\n{}.\n\n{}.\n",
                title.join(" "),
                body.join(" "),
                words.join(" ")
            );
            let path = path(archive, *file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, article).unwrap();
        }
        Change::Scrape { file, text, litter } => {
            let words: Vec<&str> = text.iter().map(|&word| WORDS[word]).collect();
            let litter: Vec<&str> = litter.iter().map(|&line| LITTER[line]).collect();
            let text = format!(
                "A headline on {}\n\n{}\n\nIt said that {} of the {file}th kind.\n\n{}\n",
                words[0],
                litter.join("\n\n"),
                words.join(" "),
                litter.join("\n\n"),
            );
            let path = path(archive, *file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Change::Remove { file } => drop(fs::remove_file(path(archive, *file))),
        Change::Rename { from, to } => {
            let to = path(archive, *to);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            drop(fs::rename(path(archive, *from), to));
        }
        Change::Touch { file } => {
            if let Ok(file) = fs::File::options().append(true).open(path(archive, *file)) {
                let time = std::time::SystemTime::UNIX_EPOCH
                    + std::time::Duration::from_secs(1_700_000_000);
                file.set_modified(time).unwrap();
            }
        }
    }
}

fn index(archive: &Path, index: &Path, threads: usize) -> pipeline::IndexReport {
    let options = RunOptions {
        threads: NonZeroUsize::new(threads).unwrap(),
        memory: 32 << 20,
        ..RunOptions::new(archive, index)
    };
    pipeline::run(&options, &mut Silent).unwrap()
}

/// Returns the answers to a set of questions, as bytes.
fn answers(index: &Path) -> BTreeMap<String, String> {
    let engine = LocalEngine::open(&Layout::new(index)).unwrap();
    let options = ParseOptions::new(NaiveDate::from_ymd_opt(2022, 2, 1).unwrap());
    let mut answers = BTreeMap::new();
    for text in QUERIES {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let query = query::parse(text, &options).unwrap();
            let request =
                SearchRequest { sort, limit: 20, count_clauses: true, ..SearchRequest::new(query) };
            let mut json = Vec::new();
            json::write_response(&mut json, &engine.search(&request).unwrap()).unwrap();
            answers.insert(format!("{text} {sort:?}"), String::from_utf8(json).unwrap());
        }
    }
    let entities = engine.entities(&EntityRequest { limit: 500, ..EntityRequest::default() });
    answers.insert("entities".to_owned(), format!("{:?}", entities.unwrap()));
    let mut info = engine.info().unwrap();
    info.index_bytes = 0;
    answers.insert("stats".to_owned(), format!("{info:?}"));
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn following_an_archive_answers_as_a_fresh_index_does(
        runs in prop::collection::vec(prop::collection::vec(change(), 1..6), 1..6)
    ) {
        let home = tempfile::tempdir().unwrap();
        let archive = home.path().join("archive");
        fs::create_dir(&archive).unwrap();
        let followed = home.path().join("followed");
        for (number, changes) in runs.iter().enumerate() {
            changes.iter().for_each(|change| apply(&archive, change));
            index(&archive, &followed, 2);
            let fresh = home.path().join(format!("fresh-{number}"));
            index(&archive, &fresh, 1);
            prop_assert_eq!(answers(&followed), answers(&fresh));
            let again = index(&archive, &followed, 1);
            prop_assert!(!again.committed, "nothing changed, and yet: {:?}", again);
        }
    }
}
