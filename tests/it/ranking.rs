//! Ranking: questions in plain words against judgements of what is relevant to them.
//!
//! Measured as trec_eval does: nDCG at 10 with the grades as gains, and mean average precision over
//! the first thousand hits, of the questions that have a judgement.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;
use morgue::engine::LocalEngine;
use morgue::index::Layout;
use morgue::pipeline::{self, RunOptions, Silent};
use morgue::query::{self, ParseOptions};
use morgue::search::{SearchEngine, SearchRequest, SnippetOptions};

use super::gold;

/// How far down the hits precision is averaged.
const DEPTH: usize = 1000;

/// The grades of the relevant articles of each question.
type Judgements = HashMap<String, HashMap<String, u32>>;

/// How well a collection's questions are answered.
struct Quality {
    ndcg: f64,
    average_precision: f64,
}

#[test]
fn questions_find_what_is_relevant() {
    let Some(gold) = gold::set("ranking") else { return };
    // What Lucene reaches with BM25 (k1 1.2, b .75) and its English analysis, through Anserini, and
    // what that reaches with relevance feedback (RM3).
    let quality_of = |ndcg, average_precision| Quality { ndcg, average_precision };
    let floors = [
        ("cranfield", quality_of(0.384, 0.305), quality_of(0.405, 0.332)),
        ("cisi", quality_of(0.371, 0.208), quality_of(0.395, 0.239)),
    ];
    for (name, plain, expanded) in floors {
        let collection = gold.join("ranking").join(name);
        let engine = indexed(&collection);
        for (how, expand, floor) in [("plain", false, plain), ("--expand", true, expanded)] {
            let found = quality(&collection, &engine, expand);
            println!(
                "{name}, {how}: nDCG@10 {:.3} (at least {}), MAP {:.3} (at least {})",
                found.ndcg, floor.ndcg, found.average_precision, floor.average_precision
            );
            assert!(found.ndcg >= floor.ndcg, "{name}, {how}");
            assert!(found.average_precision >= floor.average_precision, "{name}, {how}");
        }
    }
}

/// Returns an engine over the articles of a collection, which outlive their directory.
fn indexed(collection: &Path) -> LocalEngine {
    let archive = tempfile::tempdir().unwrap();
    fs::copy(collection.join("docs.jsonl"), archive.path().join("docs.jsonl")).unwrap();
    let options = RunOptions {
        threads: NonZeroUsize::MIN,
        entities: false,
        ..RunOptions::new(archive.path(), archive.path().join(".morgue"))
    };
    pipeline::run(&options, &mut Silent).unwrap();
    LocalEngine::open(&Layout::new(&options.index)).unwrap()
}

fn quality(collection: &Path, engine: &LocalEngine, expand: bool) -> Quality {
    let ids = ids(collection);
    let judgements = judgements(collection);
    let (mut ndcg_sum, mut precision_sum, mut asked) = (0.0, 0.0, 0);
    for line in fs::read_to_string(collection.join("queries.tsv")).unwrap().lines() {
        let (number, text) = line.split_once('\t').unwrap();
        let Some(relevant) = judgements.get(number) else { continue };
        let found = ask(engine, text, &ids, expand);
        ndcg_sum += ndcg(&found, relevant);
        precision_sum += average_precision(&found, relevant);
        asked += 1;
    }
    let mean = |sum: f64| sum / f64::from(asked);
    Quality { ndcg: mean(ndcg_sum), average_precision: mean(precision_sum) }
}

/// Returns the ids of the articles that a question finds, the best first.
fn ask(engine: &LocalEngine, text: &str, ids: &[String], expand: bool) -> Vec<String> {
    let now = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
    let parse = ParseOptions { any: true, ..ParseOptions::new(now) };
    let query = query::parse(text, &parse).unwrap_or_else(|error| panic!("{text}: {error}"));
    let request = SearchRequest {
        limit: DEPTH,
        expand,
        snippets: SnippetOptions { count: 0, ..SnippetOptions::default() },
        ..SearchRequest::new(query)
    };
    let hits = engine.search(&request).unwrap().hits;
    let record = |hit: &morgue::search::Hit| hit.article.locator.record.unwrap();
    hits.iter().map(|hit| ids[record(hit) as usize - 1].clone()).collect()
}

fn ids(collection: &Path) -> Vec<String> {
    let text = fs::read_to_string(collection.join("docs.jsonl")).unwrap();
    let id = |line: &str| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["id"].as_str().unwrap().to_owned()
    };
    text.lines().map(id).collect()
}

fn judgements(collection: &Path) -> Judgements {
    let mut judgements = Judgements::new();
    for line in fs::read_to_string(collection.join("qrels.txt")).unwrap().lines() {
        let [question, _, article, grade] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("a judgement has four fields: {line}")
        };
        let grade: u32 = grade.parse().unwrap();
        if grade > 0 {
            let of_question = judgements.entry(question.to_owned()).or_default();
            of_question.insert(article.to_owned(), grade);
        }
    }
    judgements
}

fn ndcg(found: &[String], relevant: &HashMap<String, u32>) -> f64 {
    let gain = |(rank, grade): (usize, u32)| f64::from(grade) / (rank as f64 + 2.0).log2();
    let grades = found.iter().take(10).map(|id| relevant.get(id).copied().unwrap_or(0));
    let mut ideal: Vec<u32> = relevant.values().copied().collect();
    ideal.sort_unstable_by(|one, two| two.cmp(one));
    let best: f64 = ideal.into_iter().take(10).enumerate().map(gain).sum();
    grades.enumerate().map(gain).sum::<f64>() / best
}

fn average_precision(found: &[String], relevant: &HashMap<String, u32>) -> f64 {
    let mut hits = 0.0;
    let mut sum = 0.0;
    for (rank, id) in found.iter().enumerate() {
        if relevant.contains_key(id) {
            hits += 1.0;
            sum += hits / (rank as f64 + 1.0);
        }
    }
    sum / relevant.len() as f64
}
