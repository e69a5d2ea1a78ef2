//! The sample corpus as it is read, against the right answers beside it (`docs/sample-corpus.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use morgue::article::{Article, SourceLocator};
use morgue::ingest::{ReadOptions, Record, WalkOptions, read_source, walk};
use serde::Deserialize;

/// What the answers say of one article; what is `None` is not judged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    path: String,
    #[serde(default)]
    members: Vec<String>,
    record: Option<u64>,
    title: String,
    date: Option<String>,
    date_evidence: Option<String>,
    outlet: Option<String>,
    language: String,
    byline: Option<Vec<String>>,
    section: Option<String>,
    url: Option<String>,
    dateline: Option<AnsweredDateline>,
    body_start: String,
    body_end: String,
    paragraphs: Vec<String>,
    words: usize,
    must_not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnsweredDateline {
    place: String,
    agency: Option<String>,
}

impl Answer {
    fn locator(&self) -> SourceLocator {
        SourceLocator {
            path: self.path.clone(),
            members: self.members.clone(),
            record: self.record,
        }
    }
}

fn answers(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/sample-corpus").join(name);
    fs::read_to_string(path).unwrap()
}

fn answered_articles() -> Vec<Answer> {
    answers("articles.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What came out of the corpus, by locator.
#[derive(Default)]
struct Corpus {
    articles: BTreeMap<SourceLocator, Article>,
    /// Places and reasons; a file may be named several times.
    skipped: Vec<(SourceLocator, String)>,
    failed: Vec<(SourceLocator, String)>,
}

impl Corpus {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
        let mut corpus = Self::default();
        for file in walk(&root, &WalkOptions::default()) {
            let mut sink = |record| {
                corpus.take(record);
                ControlFlow::Continue(())
            };
            read_source(&file.unwrap(), &ReadOptions::default(), &mut sink).unwrap();
        }
        corpus
    }

    fn take(&mut self, record: Record) {
        match record {
            Record::Article(article) => {
                let before = self.articles.insert(article.locator.clone(), *article);
                assert!(before.is_none(), "two articles are at one place");
            }
            Record::Skipped { locator, reason } => self.skipped.push((locator, reason.to_string())),
            Record::Failed(error) => {
                let message = error.to_string();
                self.failed.push((error.locator, message));
            }
        }
    }

    /// Returns what became of everything in the file at `path`.
    fn outcomes_of(&self, path: &str) -> String {
        let mut outcomes = String::new();
        for locator in self.articles.keys().filter(|locator| locator.path == path) {
            writeln!(outcomes, "{locator}: article").unwrap();
        }
        for (kind, messages) in [("skipped", &self.skipped), ("failed", &self.failed)] {
            for (locator, message) in messages.iter().filter(|(locator, _)| locator.path == path) {
                writeln!(outcomes, "{locator}: {kind}, {message}").unwrap();
            }
        }
        outcomes
    }
}

/// How often a field is as the answers say.
#[derive(Default)]
struct Scores {
    /// Of each field, how often it was right and how often it was asked for.
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// What was not right, a line each.
    differences: Vec<String>,
}

impl Scores {
    fn compare<T: PartialEq + std::fmt::Debug>(
        &mut self,
        place: &SourceLocator,
        field: &'static str,
        found: T,
        expected: T,
    ) {
        let right = found == expected;
        let difference = || format!("is {found:?} instead of {expected:?}");
        self.count(place, field, right, difference);
    }

    fn count(
        &mut self,
        place: &SourceLocator,
        field: &'static str,
        right: bool,
        difference: impl FnOnce() -> String,
    ) {
        let (rights, asked) = self.counts.entry(field).or_default();
        *asked += 1;
        *rights += usize::from(right);
        if !right {
            self.differences.push(format!("{place}: {field} {}", difference()));
        }
    }

    /// Fails when more of a field is wrong than its entry in `tolerated` says.
    #[track_caller]
    fn expect_wrong(&self, what: &str, tolerated: &[(&str, usize)]) {
        let allowed = |field: &str| {
            let entry = tolerated.iter().find(|(name, _)| *name == field);
            entry.map_or(0, |(_, count)| *count)
        };
        let wrong: Vec<(&str, usize)> = self
            .counts
            .iter()
            .map(|(field, (right, asked))| (*field, asked - right))
            .filter(|(_, count)| *count > 0)
            .collect();
        println!("{what}: {} fields asked, wrong: {wrong:?}", self.counts.len());
        let too_many = wrong.iter().any(|(field, count)| *count > allowed(field));
        assert!(!too_many, "{what}: {wrong:?}\n{}", self.differences.join("\n"));
    }
}

/// What kind of file an article came from: in some there is nothing to go by but the look of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Page,
    ScrapedText,
    /// Files whose format says what is what.
    Format,
}

fn kind_of(locator: &SourceLocator) -> Kind {
    let name = locator.members.last().unwrap_or(&locator.path).to_lowercase();
    let file = name.rsplit('/').next().unwrap_or_default();
    if file.ends_with(".html") || file.ends_with(".htm") || locator.path.starts_with("crawl/") {
        Kind::Page
    } else if file.ends_with(".txt") || !file.contains('.') {
        Kind::ScrapedText
    } else {
        Kind::Format
    }
}

fn compare_fields(answer: &Answer, article: &Article, scores: &mut Scores) {
    let place = &article.locator;
    scores.compare(place, "title", article.title_text(), answer.title.as_str());
    let date = article.published.as_ref();
    let written = date.map(|date| date.value.to_string());
    scores.compare(place, "date", written, answer.date.clone());
    if let (Some(expected), Some(date)) = (&answer.date_evidence, date) {
        let found = date.evidence.kind.as_str();
        scores.compare(place, "date evidence", found, expected.as_str());
    }
    let language = article.language.as_ref().map(|language| language.value.to_string());
    scores.compare(place, "language", language.as_ref(), Some(&answer.language));
    if let Some(expected) = &answer.outlet {
        let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
        scores.compare(place, "outlet", outlet, Some(expected.as_str()));
    }
    if let Some(expected) = &answer.byline {
        let authors = article.byline.as_ref().map_or(&[][..], |byline| &byline.value.authors);
        scores.compare(place, "byline", authors, expected.as_slice());
    }
    if let Some(expected) = &answer.section {
        let section = article.section.as_ref().map(|section| section.value.as_str());
        scores.compare(place, "section", section, Some(expected.as_str()));
    }
    if let Some(expected) = &answer.url {
        let url = article.url.as_ref().map(|url| url.value.as_str());
        scores.compare(place, "url", url, Some(expected.as_str()));
    }
    if let Some(expected) = &answer.dateline {
        let dateline = article.dateline.clone().unwrap_or_default();
        let (found, expected) =
            ((dateline.place, dateline.agency), (expected.place.clone(), expected.agency.clone()));
        scores.compare(place, "dateline", found, (Some(expected.0), expected.1));
    }
}

fn compare_body(answer: &Answer, article: &Article, scores: &mut Scores) {
    let place = &article.locator;
    let body = &article.body;
    let start: String = body.chars().take(60).collect();
    let last: Vec<char> = body.chars().rev().take(60).collect();
    let end: String = last.iter().rev().collect();
    let starts = body.starts_with(&answer.body_start);
    scores.count(place, "body start", starts, || format!("is {start:?}"));
    let ends = body.ends_with(&answer.body_end);
    scores.count(place, "body end", ends, || format!("is {end:?}"));
    let paragraphs: Vec<&str> = body.split("\n\n").collect();
    for opening in &answer.paragraphs {
        let begins = paragraphs.iter().any(|paragraph| paragraph.starts_with(opening));
        scores.count(place, "paragraph", begins, || format!("{opening:?} is missing"));
    }
    for litter in &answer.must_not {
        let clean = !body.contains(litter);
        scores.count(place, "litter", clean, || format!("{litter:?} is in the body"));
    }
    scores.compare(place, "words", body.split_whitespace().count(), answer.words);
}

#[test]
fn every_article_is_read_as_the_answers_say() {
    let corpus = Corpus::read();
    let answers = answered_articles();
    let mut scores: BTreeMap<Kind, Scores> = BTreeMap::new();
    for answer in &answers {
        let locator = answer.locator();
        let scores = scores.entry(kind_of(&locator)).or_default();
        let article = corpus.articles.get(&locator);
        let outcomes =
            || format!("is not read; of the file came\n{}", corpus.outcomes_of(&locator.path));
        scores.count(&locator, "article", article.is_some(), outcomes);
        if let Some(article) = article {
            compare_fields(answer, article, scores);
            compare_body(answer, article, scores);
        }
    }
    let expected: BTreeSet<SourceLocator> = answers.iter().map(Answer::locator).collect();
    for locator in corpus.articles.keys() {
        let known = expected.contains(locator);
        let scores = scores.entry(kind_of(locator)).or_default();
        scores.count(locator, "article", known, || "is none".to_owned());
    }
    scores[&Kind::Format].expect_wrong("files of formats", &[]);
    scores[&Kind::Page].expect_wrong("pages", &[]);
    scores[&Kind::ScrapedText].expect_wrong("scraped texts", TOLERATED_OF_TEXTS);
}

/// What is wrong of scraped texts at most.
const TOLERATED_OF_TEXTS: &[(&str, usize)] = &[("date", 1)];

#[test]
fn what_is_no_article_is_left_out_and_said() {
    let corpus = Corpus::read();
    let mut scores = Scores::default();
    for line in answers("broken.tsv").lines().skip(1) {
        let [path, outcome, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let said = corpus.outcomes_of(path);
        let count = |kind: &str| said.lines().filter(|line| line.contains(kind)).count();
        let counts = (count(": article"), count(": skipped"), count(": failed"));
        let right = match outcome {
            "empty" | "binary" | "no-article" => counts == (0, 1, 0),
            "broken" => counts == (0, 0, 1),
            "skipped" => counts == (0, 0, 0),
            "bad-record" => counts == (2, 0, 1),
            "bad-member" => counts.0 == 2 && counts.1 + counts.2 >= 1,
            _ => panic!("unknown outcome `{outcome}`"),
        };
        let place = SourceLocator::file(path);
        scores.count(&place, "outcome", right, || format!("is not {outcome}:\n{said}"));
    }
    scores.expect_wrong("outcomes", &[]);
}
