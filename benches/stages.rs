//! How fast the stages of a run are, each alone: `cargo bench --bench stages [-- NAME]`.
//!
//! They read `sample-corpus`, or the archive that `MORGUE_BENCH_ARCHIVE` names, into memory first. Rates
//! are of one core: bytes, words, pages or articles a second.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{env, fs};

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use morgue::article::{Article, ArticleTokens};
use morgue::entities::{Recognizer, Scratch};
use morgue::ingest::extract::page::ExtractMode;
use morgue::ingest::{self, FileContext, ReadOptions, Record, WalkOptions};
use morgue::neardup::{Mark, Sketch, SketchedArticle, group};
use morgue::query::{self, ParseOptions};
use morgue::text::{Analyzer, Language, words};

criterion_group!(stages, text, names, pages, copies, queries);
criterion_main!(stages);

fn text(criterion: &mut Criterion) {
    let articles = articles();
    let bytes: usize = articles.iter().map(|article| article.body.len()).sum();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("words", |bencher| {
        bencher.iter(|| articles.iter().map(|article| words(&article.body).count()).sum::<usize>());
    });
    group.bench_function("terms", |bencher| {
        let mut analyzer = Analyzer::new(Language::ENGLISH);
        bencher.iter(|| {
            for word in articles.iter().flat_map(|article| words(&article.body)) {
                black_box(analyzer.terms(word.text));
            }
        });
    });
}

fn names(criterion: &mut Criterion) {
    let mut articles = articles();
    let recognizer = Recognizer::new();
    let mut scratch = Scratch::default();
    let mut enrich = |article: &mut Article| {
        let tokens = ArticleTokens::of(article.title_text(), &article.body);
        let named = recognizer.enrich(article, &tokens, &mut scratch);
        named.expect("the taggers of the program do not fail");
        scratch.token_count() as u64
    };
    let tokens = articles.iter_mut().map(&mut enrich).sum();
    let mut group = criterion.benchmark_group("entities");
    group.throughput(Throughput::Elements(tokens));
    group.bench_function("tokens", |bencher| {
        bencher.iter(|| articles.iter_mut().map(&mut enrich).sum::<u64>());
    });
}

fn pages(criterion: &mut Criterion) {
    let pages: Vec<(String, Vec<u8>)> = files()
        .filter(
            |(path, _)| matches!(path.extension(), Some(name) if name == "html" || name == "htm"),
        )
        .map(|(path, bytes)| (path.display().to_string(), bytes))
        .collect();
    let mut group = criterion.benchmark_group("pages");
    group.throughput(Throughput::Elements(pages.len() as u64)).sample_size(10);
    for (name, extract) in [("accurate", ExtractMode::Accurate), ("fast", ExtractMode::Fast)] {
        let options = ReadOptions { extract, ..ReadOptions::default() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (path, bytes) in &pages {
                    let context = FileContext { path: path.clone(), ..FileContext::default() };
                    read(context, bytes.clone(), &options, &mut |article| drop(black_box(article)));
                }
            });
        });
    }
}

fn copies(criterion: &mut Criterion) {
    let articles = articles();
    let sketched = |article: &Article| {
        let published = article.published.as_ref().map(|published| published.value);
        SketchedArticle::new(published, Sketch::of(&article.body))
    };
    let sketched: Vec<SketchedArticle> = articles.iter().map(sketched).collect();
    let marks: Vec<Mark> = sketched.iter().map(SketchedArticle::mark).collect();
    let mut bench = criterion.benchmark_group("copies");
    bench.throughput(Throughput::Elements(articles.len() as u64));
    bench.bench_function("sketch", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(Sketch::of(&article.body));
            }
        });
    });
    bench.bench_function("group", |bencher| bencher.iter(|| group(&marks, &sketched)));
}

fn queries(criterion: &mut Criterion) {
    let now = NaiveDate::from_ymd_opt(2022, 1, 1).expect("a day of the calendar");
    let options = ParseOptions::new(now);
    let text = "\"security guarantees\" w/10 (ukrain* OR kyiv) -gas date:2022-01 outlet:reuters";
    criterion.bench_function("query/parse", |bencher| {
        bencher.iter(|| query::parse(black_box(text), &options));
    });
}

/// Returns the articles of the archive, without names.
fn articles() -> Vec<Article> {
    let mut articles = Vec::new();
    for (path, bytes) in files() {
        let context = FileContext { path: path.display().to_string(), ..FileContext::default() };
        read(context, bytes, &ReadOptions::default(), &mut |article| articles.push(article));
    }
    articles
}

fn read(
    context: FileContext,
    bytes: Vec<u8>,
    options: &ReadOptions,
    take: &mut dyn FnMut(Article),
) {
    ingest::read_bytes(context, bytes, options, &mut |record| {
        if let Record::Article(article) = record {
            take(*article);
        }
        ControlFlow::Continue(())
    });
}

/// Returns the files of the archive with their bytes.
fn files() -> impl Iterator<Item = (PathBuf, Vec<u8>)> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let archive = env::var_os("MORGUE_BENCH_ARCHIVE").map_or(sample, PathBuf::from);
    ingest::walk(&archive, &WalkOptions::default()).map(|file| {
        let file = file.expect("the archive can be listed");
        let bytes = fs::read(&file.absolute).expect("its files can be read");
        (PathBuf::from(file.path), bytes)
    })
}
