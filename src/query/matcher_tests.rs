//! The matcher against what an analyst expects, and against a naive evaluator.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::query::filter::edits;
use crate::query::random::{article, random_query, random_text};
use crate::query::{
    Near, Order, ParseOptions, Passage, Phrase, Proximity, Slot, Term, TextField, Within, Word,
    parse,
};
use crate::text::{paragraphs, sentences, words};

fn options() -> ParseOptions {
    ParseOptions::new(NaiveDate::from_ymd_opt(2022, 2, 16).unwrap())
}

fn matcher(query: &str) -> Matcher {
    Matcher::new(&parse(query, &options()).unwrap().ast, &[Language::ENGLISH])
}

/// Returns the highlighted stretches of headline and body, or `None` where the query does not match.
fn found(query: &str, title: &str, body: &str) -> Option<Vec<String>> {
    let article = article("2022/01/a.txt", title, body);
    let mut matcher = matcher(query);
    if !matcher.matches(&article) {
        return None;
    }
    let Highlights { title: in_title, body: in_body } = matcher.highlights(&article);
    let titles = in_title.iter().map(|span| span.of(title).to_owned());
    Some(titles.chain(in_body.iter().map(|span| span.of(body).to_owned())).collect())
}

const TITLE: &str = "Russia's Demands to NATO";

const BODY: &str = "Moscow wants security guarantees from the U.S. and NATO. \
    The security of Europe is a guarantee of peace, Fox-IT said.\n\n\
    Guarantees alone are not security. AIDS aids turkeys in Turkey.\n\n\
    The bank of the bank said security, security.";

/// For each query what is highlighted, joined by `|`; `-` for no match.
#[test]
fn matches_and_highlights_exactly() {
    let cases = [
        ("\"security guarantees\"", "security guarantees"),
        (
            "security guarantees",
            "security|guarantees|security|guarantee|Guarantees|security|security|security",
        ),
        ("\"{security guarantee}\"", "security guarantees"),
        ("=guarantee", "guarantee"),
        ("guarantee~1 AND =guarantees", "guarantees|guarantee|Guarantees"),
        ("russia", "Russia's"),
        ("us", "U.S."),
        ("u.s.", "U.S."),
        ("fox-it", "Fox-IT"),
        ("\"fox it\"", "Fox-IT"),
        ("it", "IT"),
        ("nato", "NATO|NATO"),
        ("title:nato", "NATO"),
        ("body:nato", "NATO"),
        ("title:moscow", "-"),
        ("lead:turkey", "turkeys|Turkey"),
        ("lead:bank", "-"),
        ("hlead:demands", "Demands"),
        ("first3(security)", "security"),
        ("first2(security)", "-"),
        ("atleast6(security)", "-"),
        ("atleast5(security)", "security|security|security|security|security"),
        ("atleast2(nato)", "NATO|NATO"),
        ("caps(turkey)", "Turkey"),
        ("nocaps(turkey)", "turkeys"),
        ("allcaps(aids)", "AIDS"),
        ("caps(aids)", "AIDS"),
        ("nocaps(aids)", "aids"),
        ("security w/1 guarantees", "security|guarantees"),
        ("security w/5 guarantees", "security|guarantees|security|guarantee|Guarantees|security"),
        ("guarantees pre/5 security", "Guarantees|security"),
        ("security w/s peace", "security|peace"),
        ("moscow w/s peace", "-"),
        ("moscow w/p peace", "Moscow|peace"),
        ("moscow w/p alone", "-"),
        ("peace w/4 guarantees", "guarantee|peace|Guarantees"),
        ("said w/1 guarantees", "said|Guarantees"),
        ("\"said guarantees\"", "-"),
        ("security not w/2 guarantees", "security|security|security|security"),
        ("peace not w/s security", "-"),
        ("bank w/3 bank", "bank|bank"),
        ("bank w/2 bank", "-"),
        ("\"bank bank\"", "-"),
        ("\"bank bank\"~2", "bank|bank"),
        ("\"security security\"", "security, security"),
        ("\"marvin marvin\"~1", "-"),
        ("moscow w/2 wants w/1 security", "Moscow|wants|security"),
        ("(moscow w/2 security) w/1 wants", "Moscow|wants|security"),
        ("\"guarantees security\"~2", "security|guarantees"),
        ("\"guarantees security\"~1", "-"),
        ("\"security * europe\"", "security|Europe"),
        ("\"security (guarantees|of)\"", "security guarantees|security of"),
        ("\"(security guarantees|guarantees) from\"", "security guarantees from"),
        ("guarant*", "guarantees|guarantee|Guarantees"),
        ("guarante?", "guarantee"),
        ("guarante$1", "guarantee"),
        ("/turk.*/", "turkeys|Turkey"),
        ("nato NOT moscow", "-"),
        ("nato NOT kyiv", "NATO|NATO"),
        ("nato AND NOT kyiv", "NATO|NATO"),
        ("NOT kyiv", ""),
        ("kyiv OR (nato AND kyiv) OR moscow", "Moscow"),
        ("nato OR NOT moscow", "NATO|NATO"),
        ("nato (kyiv OR *)", "NATO|NATO"),
        ("\"nato moscow\"", "-"),
        ("nato w/1 moscow", "-"),
        ("has:title", ""),
        ("has:date", "-"),
        ("words>30 moscow", "Moscow"),
        ("path:2022/01 moscow", "Moscow"),
    ];
    for (query, expected) in cases {
        let found = found(query, TITLE, BODY).map_or("-".to_owned(), |found| found.join("|"));
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn scripts_without_spaces_and_long_words_are_found() {
    let long = "x".repeat(300);
    let body = format!("北约今天开会。{long} 会议");
    for query in ["北约", "开会", "今天", "会", "\"北约今天\"", "北约 w/3 开会", &long]
    {
        assert!(found(query, "", &body).is_some(), "{query}");
    }
    assert_eq!(found("约会", "", &body), None);
    assert_eq!(found("北约", "", &body).unwrap(), ["北约"]);
}

/// A word of a text, seen without any index.
#[derive(Clone, Debug)]
struct Seen {
    text: String,
    exact: String,
    stem: String,
    is_ideographic: bool,
    paragraph: usize,
    sentence: usize,
    in_title: bool,
    number: usize,
}

/// Returns the exact form and the English stem of a word.
fn forms(word: &str) -> (String, String) {
    thread_local! {
        static ENGLISH: std::cell::RefCell<Analyzer> = Analyzer::new(Language::ENGLISH).into();
    }
    ENGLISH.with_borrow_mut(|english| {
        let (exact, stem) = english.terms(word);
        (exact.to_owned(), stem.to_owned())
    })
}

fn is_whole_match(pattern: &str, exact: &str) -> bool {
    thread_local! {
        static COMPILED: std::cell::RefCell<FxHashMap<String, regex::Regex>> = Default::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let regex = compiled.entry(pattern.to_owned());
        let compile = || regex::Regex::new(&format!("^(?:{pattern})$")).unwrap();
        regex.or_insert_with(compile).is_match(exact)
    })
}

fn see(text: &str, in_title: bool) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let with_words: Vec<Span> =
        paragraphs(text).filter(|span| words(span.of(text)).next().is_some()).collect();
    for (number, word) in words(text).enumerate() {
        let place = |spans: &[Span]| spans.iter().position(|span| span.contains(word.span));
        let (exact, stem) = forms(word.text);
        seen.push(Seen {
            text: word.text.to_owned(),
            exact,
            stem,
            is_ideographic: word.kind == crate::text::WordKind::Ideographic,
            paragraph: if in_title { 0 } else { place(&with_words).unwrap() },
            sentence: if in_title { 0 } else { place(&sentences(text)).unwrap() },
            in_title,
            number,
        });
    }
    seen
}

/// A way in which a passage matches: its first and last part, and all its words, by number.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    head: (usize, usize),
    tail: (usize, usize),
    words: BTreeSet<usize>,
}

/// Tries everything, in one text.
struct Naive<'a> {
    text: &'a [Seen],
}

impl Naive<'_> {
    fn is(&self, at: usize, term: &Term, scope: Scope) -> bool {
        let word = &self.text[at];
        let case = LetterCase::of(&word.text);
        let in_case = match scope.case {
            None => true,
            Some(CaseRule::Initial) => case == LetterCase::Initial || case == LetterCase::All,
            Some(CaseRule::All) => case == LetterCase::All,
            Some(CaseRule::None) => case == LetterCase::Lower,
        };
        let in_field = match scope.field {
            TextField::Anywhere => true,
            TextField::Title => word.in_title,
            TextField::Body => !word.in_title,
            TextField::Lead => !word.in_title && word.paragraph < 2,
            TextField::TitleOrLead => word.in_title || word.paragraph < 2,
        };
        let is_early = scope.first.is_none_or(|count| word.number < count as usize);
        let is_term = match term {
            Term::Stem(text) if word.is_ideographic => forms(text).0 == word.exact,
            Term::Stem(text) => forms(text).1 == word.stem,
            Term::Exact(text) => forms(text).0 == word.exact,
            Term::Wildcard(pattern) => is_whole_match(&pattern.to_regex(), &word.exact),
            Term::Fuzzy { word: typed, distance } => {
                edits(&forms(typed).0, &word.exact) <= usize::from(*distance)
            }
            Term::Regex(pattern) => is_whole_match(pattern, &word.exact),
        };
        in_case && in_field && is_early && is_term
    }

    /// Returns every way in which slots fill the words from `start` on: the end and the words.
    fn fill(&self, slots: &[Slot], scope: Scope, start: usize) -> Vec<(usize, BTreeSet<usize>)> {
        let Some((slot, rest)) = slots.split_first() else { return vec![(start, BTreeSet::new())] };
        if start >= self.text.len() {
            return Vec::new();
        }
        let firsts: Vec<(usize, BTreeSet<usize>)> = match slot {
            Slot::Any => vec![(start + 1, BTreeSet::new())],
            Slot::Term(term) if self.is(start, term, scope) => {
                vec![(start + 1, BTreeSet::from([start]))]
            }
            Slot::Term(_) => Vec::new(),
            Slot::Group(alternatives) => {
                alternatives.iter().flat_map(|slots| self.fill(slots, scope, start)).collect()
            }
        };
        let mut filled = Vec::new();
        for (next, own) in firsts {
            for (end, mut words) in self.fill(rest, scope, next) {
                words.extend(&own);
                filled.push((end, words));
            }
        }
        filled
    }

    fn in_one_paragraph(&self, start: usize, end: usize) -> bool {
        self.text[start].paragraph == self.text[end].paragraph
    }

    fn side_by_side(&self, slots: &[Slot], scope: Scope) -> Vec<Way> {
        let mut ways = Vec::new();
        for start in 0..self.text.len() {
            for (end, words) in self.fill(slots, scope, start) {
                if end > start && self.in_one_paragraph(start, end - 1) {
                    ways.push(Way { head: (start, end - 1), tail: (start, end - 1), words });
                }
            }
        }
        ways
    }

    /// Assigns words to slots in every way.
    fn sloppy(&self, slots: &[Slot], slop: u32, scope: Scope) -> Vec<Way> {
        let mut assignments: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        for (offset, slot) in slots.iter().enumerate() {
            if *slot == Slot::Any {
                continue;
            }
            let mut longer = Vec::new();
            for assignment in &assignments {
                for at in 0..self.text.len() {
                    let is_used = assignment.iter().any(|(_, used)| *used == at);
                    let fits = self.fill(std::slice::from_ref(slot), scope, at);
                    if !is_used && !fits.is_empty() {
                        let mut more = assignment.clone();
                        more.push((offset, at));
                        longer.push(more);
                    }
                }
            }
            assignments = longer;
        }
        let mut ways = Vec::new();
        for assignment in assignments {
            let moved = |(offset, at): &(usize, usize)| *at as i64 - *offset as i64;
            let least = assignment.iter().map(moved).min().unwrap();
            let most = assignment.iter().map(moved).max().unwrap();
            let words: BTreeSet<usize> = assignment.iter().map(|(_, at)| *at).collect();
            let (start, end) = (*words.first().unwrap(), *words.last().unwrap());
            // Moves are counted in words, but never from one paragraph to another.
            if most - least <= i64::from(slop) && self.in_one_paragraph(start, end) {
                ways.push(Way { head: (start, start), tail: (end, end), words });
            }
        }
        ways
    }

    fn ways(&self, passage: &Passage) -> Vec<Way> {
        match passage {
            Passage::Word(Word { term: Term::Stem(text), scope }) => {
                let slots: Vec<Slot> =
                    words(text).map(|word| Slot::Term(Term::Stem(word.text.to_owned()))).collect();
                self.side_by_side(&slots, *scope)
            }
            Passage::Word(word) => self.side_by_side(&[Slot::Term(word.term.clone())], word.scope),
            Passage::Phrase(Phrase { slots, slop: None, scope }) => {
                self.side_by_side(slots, *scope)
            }
            Passage::Phrase(Phrase { slots, slop: Some(slop), scope }) => {
                self.sloppy(slots, *slop, *scope)
            }
            Passage::AnyOf(branches) => {
                branches.iter().flat_map(|branch| self.ways(branch)).collect()
            }
            Passage::Near(near) => self.near(near),
        }
    }

    fn near(&self, near: &Near) -> Vec<Way> {
        let (lefts, rights) = (self.ways(&near.left), self.ways(&near.right));
        let mut ways = Vec::new();
        for left in &lefts {
            let close = |right: &&Way| {
                let disjoint = if near.relation.negative {
                    (left.head, left.tail) != (right.head, right.tail)
                } else {
                    gap(left, right).is_some()
                };
                disjoint && self.is_near(left, right, near.relation)
            };
            let close: Vec<&Way> = rights.iter().filter(close).collect();
            if near.relation.negative {
                if close.is_empty() {
                    ways.push(left.clone());
                }
                continue;
            }
            for right in close {
                let head = if left.head.0 < right.head.0 { left.head } else { right.head };
                let tail = if left.tail.1 > right.tail.1 { left.tail } else { right.tail };
                ways.push(Way { head, tail, words: &left.words | &right.words });
            }
        }
        ways
    }

    fn is_near(&self, left: &Way, right: &Way, relation: Proximity) -> bool {
        if relation.order == Order::LeftFirst && left.tail.1 >= right.head.0 {
            return false;
        }
        let start = &self.text[left.head.0.min(right.head.0)];
        let end = &self.text[left.tail.1.max(right.tail.1)];
        match relation.within {
            Within::Sentence => start.sentence == end.sentence,
            Within::Paragraph => start.paragraph == end.paragraph,
            Within::Words(count) if relation.order == Order::LeftFirst => {
                right.head.0 - left.tail.1 <= count as usize
            }
            Within::Words(count) => gap(left, right).is_none_or(|gap| gap <= count as usize),
        }
    }
}

/// Returns the smallest distance between the first and last parts of two ways; `None` where parts
/// share a word.
fn gap(left: &Way, right: &Way) -> Option<usize> {
    let mut smallest = usize::MAX;
    for one in [left.head, left.tail] {
        for two in [right.head, right.tail] {
            if one.0 <= two.1 && two.0 <= one.1 {
                return None;
            }
            smallest = smallest.min(if one.1 < two.0 { two.0 - one.1 } else { one.0 - two.1 });
        }
    }
    Some(smallest)
}

fn most_apart(ways: &[Way]) -> usize {
    let mut stretches: Vec<(usize, usize)> =
        ways.iter().map(|way| (way.tail.1, way.head.0)).collect();
    stretches.sort_unstable();
    let mut free_from = 0;
    let mut count = 0;
    for (end, start) in stretches {
        if start >= free_from {
            count += 1;
            free_from = end + 1;
        }
    }
    count
}

fn naive_holds(ast: &QueryAst, texts: &[Vec<Seen>; 2]) -> bool {
    let ways = |passage: &Passage| texts.each_ref().map(|text| Naive { text }.ways(passage));
    match ast {
        QueryAst::Everything => true,
        QueryAst::Text(passage) => ways(passage).iter().any(|ways| !ways.is_empty()),
        QueryAst::AtLeast { count, passage } => {
            let found: usize = ways(passage).iter().map(|ways| most_apart(ways)).sum();
            found >= *count as usize
        }
        QueryAst::Filter(_) => true,
        QueryAst::Not(inner) => !naive_holds(inner, texts),
        QueryAst::And(branches) => branches.iter().all(|branch| naive_holds(branch, texts)),
        QueryAst::Or(branches) => branches.iter().any(|branch| naive_holds(branch, texts)),
    }
}

/// Collects the words by which a query that holds matches, as pairs of text and number.
fn naive_marks(ast: &QueryAst, texts: &[Vec<Seen>; 2], marks: &mut BTreeSet<(usize, usize)>) {
    if !naive_holds(ast, texts) {
        return;
    }
    match ast {
        QueryAst::Text(passage) | QueryAst::AtLeast { passage, .. } => {
            for (number, text) in texts.iter().enumerate() {
                for way in (Naive { text }).ways(passage) {
                    marks.extend(way.words.iter().map(|word| (number, *word)));
                }
            }
        }
        QueryAst::And(branches) | QueryAst::Or(branches) => {
            branches.iter().for_each(|branch| naive_marks(branch, texts, marks));
        }
        QueryAst::Everything | QueryAst::Filter(_) | QueryAst::Not(_) => {}
    }
}

fn words_in(spans: &[Span], text: &str, number: usize) -> BTreeSet<(usize, usize)> {
    let inside = |span: Span| spans.iter().any(|outer| outer.contains(span));
    let numbered = words(text).enumerate().filter(|(_, word)| inside(word.span));
    numbered.map(|(at, _)| (number, at)).collect()
}

/// Tells whether every proximity can have both sides in one text, as the parser makes sure.
fn is_wellformed(ast: &QueryAst) -> bool {
    let mut wellformed = true;
    ast.passages(&mut |passage, _| wellformed &= can_match(passage));
    wellformed
}

fn can_match(passage: &Passage) -> bool {
    match passage {
        Passage::Word(_) | Passage::Phrase(_) => true,
        Passage::AnyOf(branches) => branches.iter().all(can_match),
        Passage::Near(near) => {
            passage.field().is_some() && can_match(&near.left) && can_match(&near.right)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_matcher_agrees_with_trying_everything(
        ast in random_query(), title in random_text(), body in random_text()
    ) {
        let title = title.replace('\n', " ");
        let texts = [see(&title, true), see(&body, false)];
        let article = article("2022/01/a.txt", &title, &body);
        let mut matcher = Matcher::new(&ast, &[Language::ENGLISH]);
        let holds = naive_holds(&ast, &texts);
        prop_assert_eq!(matcher.matches(&article), holds, "{}", ast);
        if holds {
            let mut expected = BTreeSet::new();
            naive_marks(&ast, &texts, &mut expected);
            let highlights = matcher.highlights(&article);
            let mut marked = words_in(&highlights.title, &title, 0);
            marked.extend(words_in(&highlights.body, &body, 1));
            prop_assert_eq!(marked, expected, "{}", ast);
        }
    }

    #[test]
    fn random_trees_are_read_back(ast in random_query()) {
        prop_assume!(is_wellformed(&ast));
        let printed = ast.to_string();
        let again = parse(&printed, &options());
        let again = again.map(|again| again.ast).map_err(|error| error.to_string());
        prop_assert_eq!(again, Ok(flattened(ast)), "{}", printed);
    }
}

/// Brings a tree made at random into the normal form that the parser makes.
fn flattened(ast: QueryAst) -> QueryAst {
    match ast {
        QueryAst::Text(Passage::AnyOf(branches)) => {
            QueryAst::any(branches.into_iter().map(|branch| flattened(QueryAst::Text(branch))))
        }
        QueryAst::Text(passage) => QueryAst::Text(flattened_passage(passage)),
        QueryAst::AtLeast { count, passage } => {
            QueryAst::AtLeast { count, passage: flattened_passage(passage) }
        }
        QueryAst::Not(inner) => flattened(*inner).negated(),
        QueryAst::And(branches) => QueryAst::all(branches.into_iter().map(flattened)),
        QueryAst::Or(branches) => QueryAst::any(branches.into_iter().map(flattened)),
        other => other,
    }
}

fn flattened_passage(passage: Passage) -> Passage {
    match passage {
        Passage::AnyOf(branches) => {
            let mut flat = Vec::new();
            for branch in branches {
                match flattened_passage(branch) {
                    Passage::AnyOf(inner) => flat.extend(inner),
                    other => flat.push(other),
                }
            }
            Passage::AnyOf(flat)
        }
        Passage::Near(near) => Passage::Near(Box::new(Near {
            left: flattened_passage(near.left),
            right: flattened_passage(near.right),
            relation: near.relation,
        })),
        other => other,
    }
}
