//! How long queries take, by classes: `cargo bench --bench queries -- [--index DIR] [--queries FILE]
//! [--mode MODE] [--reps N]`.
//!
//! Without an index one of `sample-corpus` is made, without a file the queries of `queries.tsv` beside
//! this program are asked, and without a mode in all of them (see `MODES`). A line of a file is a
//! class, an operator and words, separated by tabs, and then perhaps a first and a last day and a place;
//! the operator is `query` (the words are in the query language), `term`, `and`, `or` or `phrase`. A
//! class is printed as a line: what was asked for, the class, and microseconds within which half and 99
//! of 100 answers came. The lines have the form that the yardstick of other engines prints, so that both can be run in turn over one corpus.
#![expect(clippy::print_stdout, reason = "a benchmark talks to whoever runs it")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use morgue::engine::LocalEngine;
use morgue::index::Layout;
use morgue::pipeline::{self, RunOptions, Silent};
use morgue::query::{self, ParseOptions, Query};
use morgue::search::{CopyChoice, SearchEngine, SearchRequest, SnippetOptions};

/// Answers before those that count.
const WARM_UP: usize = 2;

/// A kind of answer: its name, and the request for it.
type Mode = (&'static str, fn(Query) -> SearchRequest);

const MODES: [Mode; 4] = [
    ("count", |query| SearchRequest { limit: 0, ..every_copy(query) }),
    ("top10+count", |query| SearchRequest { snippets: no_snippets(), ..every_copy(query) }),
    ("top10+snippets", every_copy),
    ("folded+snippets", SearchRequest::new),
];

fn every_copy(query: Query) -> SearchRequest {
    SearchRequest { copies: CopyChoice::All, ..SearchRequest::new(query) }
}

fn no_snippets() -> SnippetOptions {
    SnippetOptions { count: 0, ..SnippetOptions::default() }
}

/// Queries of one class.
struct Class {
    name: String,
    queries: Vec<Query>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir()?;
    let index = match value("--index") {
        Some(index) => PathBuf::from(index),
        None => sample_index(manifest, scratch.path())?,
    };
    let file = value("--queries").map_or_else(|| manifest.join("benches/queries.tsv"), Into::into);
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let repetitions = value("--reps").map_or(Ok(20), |count| count.parse())?;
    let engine = LocalEngine::open(&Layout::new(&index))?;
    println!("docs\t{}", engine.info()?.articles);
    let classes = classes(&text)?;
    let wanted = value("--mode");
    for (mode, request) in MODES.into_iter().filter(|(mode, _)| wanted.is_none_or(|it| it == mode))
    {
        for class in &classes {
            let (mut times, hits) = answer(&engine, class, request, repetitions)?;
            times.sort_unstable();
            let within = |percent: usize| {
                times[(times.len() * percent / 100).min(times.len() - 1)].as_nanos() as f64 / 1e3
            };
            let (half, most) = (within(50), within(99));
            println!("{mode}\t{}\tp50_us\t{half:.1}\tp99_us\t{most:.1}\thits\t{hits}", class.name);
        }
    }
    Ok(())
}

/// Asks every query of a class, several times, and returns how long each answer took and how many
/// articles match all of them together.
fn answer(
    engine: &LocalEngine,
    class: &Class,
    request: fn(Query) -> SearchRequest,
    repetitions: usize,
) -> Result<(Vec<Duration>, u64)> {
    let mut times = Vec::with_capacity(repetitions * class.queries.len());
    let mut hits = 0;
    for repetition in 0..repetitions + WARM_UP {
        hits = 0;
        for query in &class.queries {
            let start = Instant::now();
            hits += engine.search(&request(query.clone()))?.total;
            if repetition >= WARM_UP {
                times.push(start.elapsed());
            }
        }
    }
    Ok((times, hits))
}

fn sample_index(manifest: &Path, scratch: &Path) -> Result<PathBuf> {
    let index = scratch.join("index");
    let options = RunOptions {
        threads: NonZeroUsize::MIN,
        ..RunOptions::new(manifest.join("sample-corpus"), index.clone())
    };
    pipeline::run(&options, &mut Silent)?;
    Ok(index)
}

/// Reads the queries of a file, those of one class side by side.
fn classes(text: &str) -> Result<Vec<Class>> {
    let mut classes: Vec<Class> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let query = read_query(&cells).with_context(|| format!("`{line}`"))?;
        match classes.last_mut().filter(|class| class.name == cells[0]) {
            Some(class) => class.queries.push(query),
            None => classes.push(Class { name: cells[0].to_owned(), queries: vec![query] }),
        }
    }
    Ok(classes)
}

fn read_query(cells: &[&str]) -> Result<Query> {
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    let (operator, words) = (cell(1), cell(2));
    let mut typed = match operator {
        "phrase" => format!("\"{words}\""),
        "or" => words.split(' ').collect::<Vec<_>>().join(" OR "),
        _ => words.to_owned(),
    };
    if operator == "or" {
        typed = format!("({typed})");
    }
    if !cell(3).is_empty() {
        typed.push_str(&format!(" date:{}..{}", cell(3), cell(4)));
    }
    if !cell(5).is_empty() {
        typed.push_str(&format!(" place:\"{}\"", cell(5)));
    }
    let now = NaiveDate::from_ymd_opt(2022, 1, 1).context("a day")?;
    Ok(query::parse(&typed, &ParseOptions::new(now))?)
}
