//! Matching and highlighting one article: what a query means, word by word.
//!
//! This is the definition that engines agree with. The article's words are tested once each against
//! the terms of the query; where they stand decides the rest (see [`positions`](super::positions)).

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind};
use crate::text::{Analyzer, Language, LetterCase, Span, paragraphs, sentences, words};

use super::ast::{CaseRule, LEAD_PARAGRAPHS, QueryAst, Scope};
use super::filter::{Filter, NameField, Presence};
use super::plan::{Marks, Plan};
use super::positions::Layout;
use super::terms::{NameTest, QueryAnalyzer, TermForms, TermTest};

/// The number of distinct words remembered for each language before they are forgotten.
const REMEMBERED_WORDS: usize = 200_000;

/// Texts have fewer words than one for so many bytes, in scripts with spaces at least.
const BYTES_PER_WORD: usize = 5;

/// A query prepared for matching articles one by one. It remembers the words it has seen, so one for
/// each thread serves many articles.
pub struct Matcher {
    root: Compiled,
    plans: Vec<PlanOfArticle>,
    tests: Tests,
    words: FxHashMap<Language, KnownWords>,
}

/// The stretches of an article that match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    /// Stretches of the headline, in bytes of it, in order and apart.
    pub title: Vec<Span>,
    /// Stretches of the body.
    pub body: Vec<Span>,
}

enum Compiled {
    Everything,
    /// The place of a plan.
    Text(usize),
    AtLeast(u32, usize),
    Filter(FilterTest),
    Not(Box<Compiled>),
    And(Vec<Compiled>),
    Or(Vec<Compiled>),
}

/// A plan, with the numbers that its terms have among the tests.
struct PlanOfArticle {
    plan: Plan,
    tests: Vec<usize>,
}

impl Matcher {
    /// Returns the matcher of a query for an archive in these languages.
    pub fn new(ast: &QueryAst, languages: &[Language]) -> Self {
        let mut compiler = Compiler {
            analyzer: QueryAnalyzer::new(languages),
            plans: Vec::new(),
            tests: Tests::default(),
            numbers: FxHashMap::default(),
        };
        let root = compiler.compile(ast);
        let Compiler { plans, tests, .. } = compiler;
        Self { root, plans, tests, words: FxHashMap::default() }
    }

    /// Tells whether the query matches `article`. Names of entities are those of the article; the
    /// aliases that an archive has for them are not known here.
    pub fn matches(&mut self, article: &Article) -> bool {
        let found = self.read(article);
        holds(&mut self.root, &self.plans, &found, Filters::Of(article)) == Some(true)
    }

    /// Returns what matches in `article`, which the query is known to match: every occurrence of every
    /// part of the query that holds, and nothing for negated parts. Filters are taken to hold.
    pub fn highlights(&mut self, article: &Article) -> Highlights {
        let found = self.read(article);
        let mut marks = Marks::default();
        mark(&mut self.root, &self.plans, &found, &mut marks);
        found.spans(&marks)
    }

    /// Reads the words of an article and notes where those of the query stand.
    fn read<'article>(&mut self, article: &'article Article) -> Found<'article> {
        let language = article.language.as_ref().map_or(Language::ENGLISH, |found| found.value);
        let known = self.words.entry(language).or_insert_with(|| KnownWords::new(language));
        let first_letters = known.first_letters(&self.tests);
        let mut occurrences = vec![Vec::new(); self.tests.count];
        let mut found = Found::of(article, |word, position| {
            if !first_letters.may_begin(word) {
                return;
            }
            let passed = known.tests_of(word, &self.tests);
            if !passed.is_empty() {
                let case = LetterCase::of(word);
                passed.iter().for_each(|test| occurrences[*test as usize].push((position, case)));
            }
        });
        found.occurrences = occurrences;
        found
    }
}

struct Compiler {
    analyzer: QueryAnalyzer,
    plans: Vec<PlanOfArticle>,
    tests: Tests,
    numbers: FxHashMap<TermForms, usize>,
}

impl Compiler {
    fn compile(&mut self, ast: &QueryAst) -> Compiled {
        let mut all = |branches: &[QueryAst]| {
            branches.iter().map(|branch| self.compile(branch)).collect::<Vec<_>>()
        };
        match ast {
            QueryAst::Everything => Compiled::Everything,
            QueryAst::And(branches) => Compiled::And(all(branches)),
            QueryAst::Or(branches) => Compiled::Or(all(branches)),
            QueryAst::Not(inner) => Compiled::Not(Box::new(self.compile(inner))),
            QueryAst::Filter(filter) => Compiled::Filter(FilterTest::new(filter)),
            QueryAst::Text(passage) => {
                let plan = Plan::new(passage, &mut self.analyzer);
                Compiled::Text(self.add(plan))
            }
            QueryAst::AtLeast { count, passage } => {
                let plan = Plan::new(passage, &mut self.analyzer);
                Compiled::AtLeast(*count, self.add(plan))
            }
        }
    }

    fn add(&mut self, plan: Plan) -> usize {
        let number = |forms: &TermForms| {
            if let Some(number) = self.numbers.get(forms) {
                return *number;
            }
            let number = self.tests.add(forms);
            self.numbers.insert(forms.clone(), number);
            number
        };
        let tests = plan.terms.iter().map(|term| &term.forms).map(number).collect();
        self.plans.push(PlanOfArticle { plan, tests });
        self.plans.len() - 1
    }
}

/// The tests of all terms of a query, each once.
#[derive(Default)]
struct Tests {
    count: usize,
    by_stem: FxHashMap<String, Vec<u32>>,
    by_exact: FxHashMap<String, Vec<u32>>,
    others: Vec<(u32, TermTest)>,
    first_letters: FirstLetters,
}

/// The letters of ASCII that the words looked for begin with. Nearly all words of an article begin
/// with others, which is quicker to see than their stems are to find.
#[derive(Clone, Copy, Default)]
struct FirstLetters {
    first: u32,
    /// For each first letter those that come second.
    second: [u32; 26],
}

impl FirstLetters {
    const ALL: Self = Self { first: u32::MAX, second: [u32::MAX; 26] };

    fn add(&mut self, term: &str) {
        let Some(first) = letter(term, 0) else { return };
        self.first |= 1 << first;
        self.second[first] |= match letter(term, 1) {
            Some(second) => 1 << second,
            None if term.len() == 1 => u32::MAX,
            None => 0,
        };
    }

    /// Returns the same for words of which only so many letters are those of their terms.
    fn of_kept(self, letters: usize) -> Self {
        match letters {
            0 => Self::ALL,
            1 => Self { second: [u32::MAX; 26], ..self },
            _ => self,
        }
    }

    /// Tells whether a word may be looked for.
    fn may_begin(&self, word: &str) -> bool {
        let Some(first) = letter(word, 0) else { return true };
        let has = |letters: u32, letter: usize| letters & 1 << letter != 0;
        has(self.first, first)
            && letter(word, 1).is_none_or(|second| has(self.second[first], second))
    }
}

/// Returns the number of a letter of a word in the alphabet; `None` where it is not of ASCII. After
/// the first place, "y" is taken for the "i" that it becomes in inflections.
fn letter(word: &str, place: usize) -> Option<usize> {
    let letter = word.as_bytes().get(place).filter(|letter| letter.is_ascii_alphabetic())?;
    Some(match (place, letter.to_ascii_lowercase()) {
        (1.., b'y') => usize::from(b'i' - b'a'),
        (_, small) => usize::from(small - b'a'),
    })
}

impl Tests {
    fn add(&mut self, forms: &TermForms) -> usize {
        let number = self.count;
        self.count += 1;
        let small = u32::try_from(number).expect("a query has fewer than 2^32 terms");
        match forms {
            TermForms::Stems(stems) => {
                for stem in stems {
                    self.first_letters.add(stem);
                    self.by_stem.entry(stem.clone()).or_default().push(small);
                }
            }
            TermForms::Exact(exact) => {
                self.first_letters.add(exact);
                self.by_exact.entry(exact.clone()).or_default().push(small);
            }
            _ => {
                self.first_letters = FirstLetters::ALL;
                self.others.push((small, TermTest::new(forms)));
            }
        }
        number
    }

    /// Returns the numbers of the tests that a word of these forms passes.
    fn passed(&self, exact: &str, stem: &str) -> Vec<u32> {
        let none = Vec::new();
        let stems = self.by_stem.get(stem).unwrap_or(&none);
        let forms = self.by_exact.get(exact).unwrap_or(&none);
        let others = self.others.iter().filter(|(_, test)| test.matches(exact, stem));
        stems.iter().chain(forms).copied().chain(others.map(|(number, _)| *number)).collect()
    }
}

/// The words of one language that were seen, with the tests they pass.
struct KnownWords {
    analyzer: Analyzer,
    tests: FxHashMap<Box<str>, Box<[u32]>>,
}

impl KnownWords {
    fn new(language: Language) -> Self {
        Self { analyzer: Analyzer::new(language), tests: FxHashMap::default() }
    }

    /// Returns the letters that words which pass a test begin with.
    fn first_letters(&self, tests: &Tests) -> FirstLetters {
        tests.first_letters.of_kept(self.analyzer.kept_letters())
    }

    fn tests_of(&mut self, word: &str, tests: &Tests) -> &[u32] {
        if !self.tests.contains_key(word) {
            if self.tests.len() >= REMEMBERED_WORDS {
                self.tests.clear();
            }
            let (exact, stem) = self.analyzer.terms(word);
            let passed = tests.passed(exact, stem);
            self.tests.insert(word.into(), passed.into());
        }
        &self.tests[word]
    }
}

/// Where the words of a query stand in an article.
struct Found<'article> {
    body_text: &'article str,
    /// The words of the headline, in bytes of it; their positions count from 0.
    title: Vec<Span>,
    /// The words of the body.
    body: Vec<Span>,
    body_positions: Vec<u32>,
    body_start: u32,
    /// The positions at which the paragraphs begin, that of the headline included.
    paragraphs: Vec<u32>,
    /// The positions at which the sentences begin, once they were asked for: few queries do.
    sentences: OnceCell<Vec<u32>>,
    /// For each test the words that pass it.
    occurrences: Vec<Vec<(u32, LetterCase)>>,
}

impl<'article> Found<'article> {
    /// Calls `visit` with each word of an article and its position, in order; returns where they
    /// stand, without any occurrence.
    fn of(article: &'article Article, mut visit: impl FnMut(&'article str, u32)) -> Self {
        let title: Vec<Span> = words(article.title_text())
            .zip(0..)
            .map(|(word, position)| {
                visit(word.text, position);
                word.span
            })
            .collect();
        let title_length =
            u32::try_from(title.len()).expect("a headline has fewer than 2^32 words");
        let body_start = title_length + 1;
        let room = article.body.len() / BYTES_PER_WORD;
        let mut found = Self {
            body_text: &article.body,
            title,
            body: Vec::with_capacity(room),
            body_positions: Vec::with_capacity(room),
            body_start,
            paragraphs: vec![0],
            sentences: OnceCell::new(),
            occurrences: Vec::new(),
        };
        found.read_body(visit);
        found
    }

    fn read_body(&mut self, mut visit: impl FnMut(&'article str, u32)) {
        let mut ends = paragraphs(self.body_text).map(|paragraph| paragraph.end);
        let mut end = 0;
        let mut position = self.body_start;
        for word in words(self.body_text) {
            if end <= word.span.start {
                end = ends.find(|end| *end > word.span.start).unwrap_or(usize::MAX);
                // The break, which the gap before the body already is.
                position += u32::from(!self.body.is_empty());
                self.paragraphs.push(position);
            }
            visit(word.text, position);
            self.body.push(word.span);
            self.body_positions.push(position);
            position += 1;
        }
    }

    fn sentences(&self) -> &[u32] {
        self.sentences.get_or_init(|| {
            let mut starts = vec![0];
            let mut words = self.body.iter().zip(&self.body_positions).peekable();
            for sentence in sentences(self.body_text) {
                let mut inside = || words.next_if(|(word, _)| word.start < sentence.end);
                starts.extend(inside().map(|(_, position)| *position));
                while inside().is_some() {}
            }
            starts
        })
    }

    /// Returns the positions of the words that pass a test within a scope.
    fn positions(&self, test: usize, scope: Scope) -> Vec<u32> {
        let title_end = match scope.first {
            Some(count) => count.min(self.body_start),
            None => self.body_start,
        };
        let first_words_end = scope.first.and_then(|count| self.body_positions.get(count as usize));
        let lead_end = self.paragraphs.get(LEAD_PARAGRAPHS as usize + 1);
        let lead_end = lead_end.filter(|_| scope.field.is_lead_only());
        let body_end =
            first_words_end.into_iter().chain(lead_end).min().copied().unwrap_or(u32::MAX);
        let is_in_scope = |position: u32| {
            if position < self.body_start {
                scope.field.has_title() && position < title_end
            } else {
                scope.field.has_body() && position < body_end
            }
        };
        self.occurrences[test]
            .iter()
            .filter(|(position, case)| is_in_scope(*position) && has_case(*case, scope.case))
            .map(|(position, _)| *position)
            .collect()
    }

    /// Returns the marked stretches as bytes.
    fn spans(&self, marks: &Marks) -> Highlights {
        let mut highlights = Highlights::default();
        for (start, end) in marks.stretches() {
            if start < self.body_start {
                let stretch = self.title[start as usize].cover(self.title[end as usize]);
                highlights.title.push(stretch);
            } else {
                highlights.body.push(self.body_word(start).cover(self.body_word(end)));
            }
        }
        highlights
    }

    fn body_word(&self, position: u32) -> Span {
        let place = self.body_positions.binary_search(&position);
        self.body[place.expect("a marked position is a word's")]
    }
}

fn has_case(case: LetterCase, rule: Option<CaseRule>) -> bool {
    match rule {
        None => true,
        Some(CaseRule::Initial) => matches!(case, LetterCase::Initial | LetterCase::All),
        Some(CaseRule::All) => case == LetterCase::All,
        Some(CaseRule::None) => case == LetterCase::Lower,
    }
}

impl Layout for Found<'_> {
    fn body_start(&self) -> u32 {
        self.body_start
    }

    fn paragraph(&self, position: u32) -> u32 {
        number_of(&self.paragraphs, position)
    }

    fn sentence(&self, position: u32) -> u32 {
        number_of(self.sentences(), position)
    }
}

/// Returns how many of the sorted `starts` are not after `position`.
fn number_of(starts: &[u32], position: u32) -> u32 {
    let count = starts.partition_point(|start| *start <= position);
    u32::try_from(count).expect("there are no more starts than positions")
}

/// How filters are decided.
#[derive(Clone, Copy)]
enum Filters<'a> {
    /// By this article.
    Of(&'a Article),
    /// Not at all.
    Unknown,
}

impl PlanOfArticle {
    fn positions(&self, found: &Found<'_>) -> Vec<Vec<u32>> {
        let scopes = self.plan.terms.iter().map(|term| term.scope);
        self.tests.iter().zip(scopes).map(|(test, scope)| found.positions(*test, scope)).collect()
    }
}

/// Tells whether a part of a query holds; `None` where that hangs on what is not known.
fn holds(
    node: &mut Compiled,
    plans: &[PlanOfArticle],
    found: &Found<'_>,
    filters: Filters<'_>,
) -> Option<bool> {
    match node {
        Compiled::Everything => Some(true),
        Compiled::Text(place) => {
            let plan = &plans[*place];
            Some(plan.plan.is_match(&plan.positions(found), found))
        }
        Compiled::AtLeast(count, place) => {
            let plan = &plans[*place];
            Some(plan.plan.count(&plan.positions(found), found) >= *count)
        }
        Compiled::Filter(filter) => match filters {
            Filters::Of(article) => Some(filter.matches(article)),
            Filters::Unknown => None,
        },
        Compiled::Not(inner) => holds(inner, plans, found, filters).map(|holds| !holds),
        Compiled::And(branches) => {
            let mut all = Some(true);
            for branch in branches {
                match holds(branch, plans, found, filters) {
                    Some(true) => {}
                    Some(false) => return Some(false),
                    None => all = None,
                }
            }
            all
        }
        Compiled::Or(branches) => {
            let mut any = Some(false);
            for branch in branches {
                match holds(branch, plans, found, filters) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => any = None,
                }
            }
            any
        }
    }
}

/// Marks the words of the parts of a query that hold or may hold.
fn mark(node: &mut Compiled, plans: &[PlanOfArticle], found: &Found<'_>, marks: &mut Marks) {
    if holds(node, plans, found, Filters::Unknown) == Some(false) {
        return;
    }
    match node {
        Compiled::Everything | Compiled::Filter(_) | Compiled::Not(_) => {}
        Compiled::Text(place) | Compiled::AtLeast(_, place) => {
            let plan = &plans[*place];
            plan.plan.mark(&plan.positions(found), found, marks);
        }
        Compiled::And(branches) | Compiled::Or(branches) => {
            for branch in branches {
                mark(branch, plans, found, marks);
            }
        }
    }
}

/// A filter prepared for testing articles.
pub struct FilterTest {
    filter: Filter,
    name: Option<NameTest>,
}

impl FilterTest {
    /// Returns the test of a filter.
    pub fn new(filter: &Filter) -> Self {
        let name = match filter {
            Filter::Name { pattern, .. } => Some(NameTest::new(pattern)),
            _ => None,
        };
        Self { filter: filter.clone(), name }
    }

    /// Tells whether `article` has the property.
    pub fn matches(&mut self, article: &Article) -> bool {
        match &self.filter {
            Filter::Date(days) => {
                article.published.as_ref().is_some_and(|date| days.contains(&date.value))
            }
            Filter::WordCount { at_least, at_most } => {
                let count = article.word_count() as u64;
                *at_least <= count && at_most.is_none_or(|most| count <= most)
            }
            Filter::Language(language) => {
                article.language.as_ref().is_some_and(|found| found.value == *language)
            }
            Filter::Id(id) => article.id == *id,
            Filter::Has(presence) => has(article, *presence),
            Filter::Name { field, .. } => {
                let Some(test) = &mut self.name else { return false };
                names(article, *field).iter().any(|name| test.matches(name))
            }
        }
    }
}

fn has(article: &Article, presence: Presence) -> bool {
    match presence {
        Presence::Title => article.title.is_some(),
        Presence::Body => !article.body.is_empty(),
        Presence::Date => article.published.is_some(),
        Presence::Language => article.language.is_some(),
        Presence::Name(field) => !names(article, field).is_empty(),
    }
}

/// Returns the names that an article has in a field.
fn names(article: &Article, field: NameField) -> Vec<String> {
    let one = |name: Option<String>| name.into_iter().collect();
    match field {
        NameField::Byline => one(article.byline.as_ref().map(|line| line.value.to_string())),
        NameField::Dateline => one(article.dateline.as_ref().map(|line| line.text.clone())),
        NameField::Agency => article.agency_names().map(str::to_owned).collect(),
        NameField::Outlet => one(article.outlet.as_ref().map(|outlet| outlet.value.to_string())),
        NameField::Section => one(article.section.as_ref().map(|section| section.value.clone())),
        NameField::Url => one(article.url.as_ref().map(|url| url.value.clone())),
        NameField::Path => {
            let mut path = vec![article.locator.path.clone()];
            path.extend(article.locator.members.iter().cloned());
            vec![path.join("!")]
        }
        NameField::Entity(wanted) => {
            let is_wanted = |kind: EntityKind| wanted.is_none_or(|wanted| wanted == kind);
            let entities = article.entities().into_iter();
            entities.filter(|(kind, _)| is_wanted(*kind)).map(|(_, name)| name.to_owned()).collect()
        }
    }
}

#[cfg(test)]
#[path = "matcher_tests.rs"]
mod tests;
