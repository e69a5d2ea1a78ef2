//! The engine finds what the definition of the language says: its hits, counts and highlights are
//! those of [`Matcher`] over every article, for random queries over a random archive. (That the
//! matcher is right is shown by its own tests, against an evaluator that tries everything.)

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use super::LocalEngine;
use crate::article::{Article, ArticleTokens, EvidenceKind, NameTable, Sourced};
use crate::index::{
    CopyMarks, DocumentBuilder, IndexWriter, Layout, LockedIndex, Manifest, ManifestEntry, Naming,
    WriteMode, WriterOptions,
};
use crate::query::random::{article, random_query, random_text};
use crate::query::{Matcher, ParseOptions, Query, QueryAst, parse};
use crate::search::{CopyChoice, SearchEngine, SearchRequest, Sort};
use crate::text::Language;

/// An archive written in three commits, with articles removed in between, some to be written again.
struct Archive {
    engine: LocalEngine,
    articles: Vec<Article>,
    _directory: TempDir,
}

static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let layout = Layout::new(directory.path().join("index"));
    let articles = random_articles(90);
    let (first, rest) = articles.split_at(30);
    let (second, third) = rest.split_at(30);
    let mut manifest = Manifest::default();
    write(&layout, &mut manifest, first, &[]);
    let again = [&first[5..10], second].concat();
    write(&layout, &mut manifest, &again, &first[..10]);
    write(&layout, &mut manifest, third, &second[20..]);
    let left = first[5..].iter().chain(&second[..20]).chain(third);
    Archive {
        engine: LocalEngine::open(&layout).unwrap(),
        articles: left.cloned().collect(),
        _directory: directory,
    }
});

/// Returns the same articles in every run, so that a failing query can be tried again.
fn random_articles(count: usize) -> Vec<Article> {
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let languages = [None, Some("en"), Some("de"), Some("zh")];
    let make = |number: usize| {
        let mut text = || random_text().new_tree(&mut runner).unwrap().current();
        let (title, body) = (text().replace('\n', " "), [text(), text(), text()].concat());
        let mut made = article(&format!("{number}.txt"), &title, &body);
        let language = languages[number % languages.len()].and_then(Language::parse);
        made.language = language.map(|code| Sourced::new(code, EvidenceKind::Field, ""));
        made
    };
    (0..count).map(make).collect()
}

fn write(layout: &Layout, manifest: &mut Manifest, added: &[Article], removed: &[Article]) {
    let threads = NonZeroUsize::MIN;
    let options = WriterOptions { threads, memory: 16 << 20 };
    let locked = LockedIndex::acquire(layout).unwrap();
    let writer: IndexWriter = locked.writer(WriteMode::Update, options).unwrap();
    let mut builder = DocumentBuilder::new(writer.fields());
    for article in removed {
        writer.remove_source(&article.locator.path).unwrap();
        manifest.files.remove(&article.locator.path);
    }
    // So many segments are merged while removals wait.
    for some in added.chunks(2) {
        let mut sink = writer.sink();
        for article in some {
            let words = ArticleTokens::of(article.title_text(), &article.body);
            let indexable = builder.build(article, &words, &CopyMarks::default());
            let entry = ManifestEntry {
                size: article.body.len() as u64,
                modified: 0,
                hash: article.content_hash,
                dated_by_file: false,
                read_by: 0,
                beside: 0,
                totals: indexable.totals,
                problems: Vec::new(),
            };
            manifest.files.insert(article.locator.path.clone(), entry);
            sink.add(indexable).unwrap();
        }
        sink.finish().unwrap();
    }
    let naming = Naming { fingerprint: 0, table: &|_| NameTable::default() };
    writer.commit(manifest, &naming, &[], None).unwrap();
}

fn request(ast: &QueryAst, sort: Sort, limit: usize) -> SearchRequest {
    let query = Query { ast: ast.clone(), notes: Vec::new() };
    SearchRequest { sort, limit, copies: CopyChoice::All, ..SearchRequest::new(query) }
}

/// Checks that every way to run a query finds the articles that the matcher finds.
fn check(ast: &QueryAst) -> Result<(), TestCaseError> {
    let Archive { engine, articles, .. } = &*ARCHIVE;
    let mut matcher = Matcher::new(ast, engine.languages().as_slice());
    let expected: BTreeSet<&str> = articles
        .iter()
        .filter(|article| matcher.matches(article))
        .map(|article| article.locator.path.as_str())
        .collect();
    for (sort, limit) in [(Sort::Relevance, 1000), (Sort::Newest, 1000), (Sort::Relevance, 1)] {
        let response = engine.search(&request(ast, sort, limit)).unwrap();
        prop_assert_eq!(response.total, expected.len() as u64, "{}", ast);
        let hits: BTreeSet<&str> =
            response.hits.iter().map(|hit| hit.article.locator.path.as_str()).collect();
        prop_assert_eq!(response.hits.len(), expected.len().min(limit), "{}", ast);
        prop_assert!(hits.is_subset(&expected), "{}", ast);
        prop_assert_eq!(hits.len(), response.hits.len(), "{}", ast);
    }
    let counted = engine.search(&request(ast, Sort::Relevance, 0)).unwrap();
    prop_assert_eq!(counted.total, expected.len() as u64, "{}", ast);
    Ok(())
}

#[test]
fn phrases_can_be_excluded() {
    let options = ParseOptions::new(chrono::NaiveDate::default());
    for query in ["NOT title:alpha-beta", "NOT \"alpha beta\"", "delta NOT \"alpha beta\""] {
        check(&parse(query, &options).unwrap().ast).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_engine_finds_what_the_matcher_says(ast in random_query()) {
        check(&ast)?;
    }
}
