//! Languages: paragraphs and sentences of pages whose language is known.
//!
//! A page is in the language that it states, where the words of its whole body say the same and are
//! many; its paragraphs and sentences are then told alone, without the page. Pages quote: what is in
//! another language than its page, or in none, was read and written down in `other_language.tsv`.

use std::collections::{BTreeMap, HashMap};

use morgue::ingest::extract::language::detect;
use morgue::ingest::extract::page::ExtractMode;
use morgue::text::{Language, paragraphs, sentences};
use xxhash_rust::xxh3::xxh3_64;

use super::pages::read_page;
use super::{Count, Row, Scope, gold_pages, report};

/// One in this many pages is scored unless all are.
const STEP: usize = 5;

/// A body of fewer characters does not say its language for sure.
const LEAST_BODY: usize = 1000;

/// The least words of what is called a paragraph, and a sentence, here.
const LEAST_WORDS: [usize; 2] = [30, 8];

#[test]
fn languages_are_told_from_paragraphs_and_sentences() {
    let scope = Scope::asked();
    let Some(pages) = gold_pages() else { return };
    let labels = labels();
    let [mut of_paragraphs, mut of_sentences] = [Tally::default(); 2];
    let mut pages_in: BTreeMap<Language, usize> = BTreeMap::new();
    for (path, _) in scope.of(pages, STEP) {
        let Some(article) = read_page(&path, ExtractMode::Fast) else { continue };
        let Some(language) = article.language.as_ref().map(|language| language.value) else {
            continue;
        };
        if article.body.chars().count() < LEAST_BODY || !is_stated(&path, language) {
            continue;
        }
        *pages_in.entry(language).or_default() += 1;
        for span in paragraphs(&article.body) {
            of_paragraphs.add(span.of(&article.body), language, LEAST_WORDS[0], &labels);
        }
        for span in sentences(&article.body) {
            of_sentences.add(span.of(&article.body), language, LEAST_WORDS[1], &labels);
        }
    }
    println!("pages in each language: {pages_in:?}");
    report(
        "languages",
        scope,
        &[
            Row::share("paragraphs", of_paragraphs.read, [0.999, 0.999]),
            Row::share("sentences", of_sentences.read, [0.991, 0.993]),
            Row::share("paragraphs, as their page says", of_paragraphs.stated, [0.98, 0.992]),
            Row::share("sentences, as their page says", of_sentences.stated, [0.979, 0.986]),
        ],
    );
}

/// Tells whether the page itself says that it is in this language.
fn is_stated(path: &std::path::Path, language: Language) -> bool {
    let html = std::fs::read(path).unwrap();
    let html = String::from_utf8_lossy(&html);
    let Some((_, rest)) = html.split_once("<html") else { return false };
    let tag = rest.split('>').next().unwrap_or_default();
    let Some((_, value)) = tag.split_once("lang=") else { return false };
    let code = value.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next();
    code.and_then(Language::parse) == Some(language)
}

/// What a text is in, as somebody read it; `None` for no language or several.
type Labels = HashMap<u64, Option<Language>>;

fn labels() -> Labels {
    let lines = include_str!("other_language.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let (hash, code) = row.split_once('\t').unwrap();
        (u64::from_str_radix(hash, 16).unwrap(), Language::parse(code))
    })
    .collect()
}

/// How many texts were told right, by the language of the text and by that of its page.
#[derive(Clone, Copy, Default)]
struct Tally {
    read: Count,
    stated: Count,
}

impl Tally {
    fn add(&mut self, text: &str, of_page: Language, least_words: usize, labels: &Labels) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let ideographs = text.chars().filter(|letter| *letter >= '\u{2e80}').count() / 2;
        if words.len() + ideographs < least_words {
            return;
        }
        let found = detect(text, None).map(|found| found.value);
        self.stated.add(found == Some(of_page));
        let label = labels.get(&xxh3_64(words.join(" ").as_bytes()));
        let Some(language) = label.copied().unwrap_or(Some(of_page)) else { return };
        self.read.add(found == Some(language));
        if found != Some(language) && std::env::var_os("MORGUE_QUALITY_SHOW").is_some() {
            println!("{language} taken for {found:?}: {text}");
        }
    }
}
