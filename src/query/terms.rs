//! Deciding whether a word of a text is one that a term stands for.
//!
//! A word is tested by its two forms (see [`Analyzer`]): the exact form and the stem in the language
//! of its article. A query does not say in which language it is written, so a plain word of it is
//! stemmed in each language of the archive, and any of these stems will do. A character of a script
//! written without spaces has no stem; it is looked for as it stands.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

use crate::text::{Analyzer, Language, WordKind, fold, words};

use super::ast::{Slot, Term};
use super::filter::NamePattern;
use super::wildcard::Wildcard;

/// The stems and exact forms of the words of queries, for an archive in certain languages.
pub struct QueryAnalyzer {
    analyzers: Vec<Analyzer>,
}

/// What a term looks for, in the forms that words have in an index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TermForms {
    /// Words with one of these stems; sorted, without repetitions, never empty.
    Stems(Vec<String>),
    /// Words with this exact form.
    Exact(String),
    /// Words whose exact form the pattern matches.
    Wildcard(String, Wildcard),
    /// Words whose exact form is at most so many edits away from this one.
    Fuzzy(String, u8),
    /// Words whose whole exact form this regular expression matches, in whatever case.
    Regex(String),
}

impl QueryAnalyzer {
    /// Returns an analyzer for an archive in these languages; English where there is none.
    pub fn new(languages: &[Language]) -> Self {
        let english = [Language::ENGLISH];
        let languages = if languages.is_empty() { &english } else { languages };
        Self { analyzers: languages.iter().map(|language| Analyzer::new(*language)).collect() }
    }

    /// Returns what the term, which stands for one word, looks for.
    pub fn forms(&mut self, term: &Term) -> TermForms {
        match term {
            Term::Stem(word) => self.stems(word),
            Term::Exact(word) => TermForms::Exact(self.exact(word)),
            Term::Wildcard(pattern) => TermForms::Wildcard(pattern.to_string(), pattern.clone()),
            Term::Fuzzy { word, distance } => TermForms::Fuzzy(self.exact(word), *distance),
            Term::Regex(pattern) => TermForms::Regex(pattern.clone()),
        }
    }

    fn stems(&mut self, word: &str) -> TermForms {
        if words(word).any(|word| word.kind == WordKind::Ideographic) {
            return TermForms::Exact(self.exact(word));
        }
        let stems = self.analyzers.iter_mut().map(|analyzer| analyzer.terms(word).1.to_owned());
        let mut stems: Vec<String> = stems.collect();
        stems.sort_unstable();
        stems.dedup();
        TermForms::Stems(stems)
    }

    fn exact(&mut self, word: &str) -> String {
        let analyzer = self.analyzers.first_mut().expect("there is an analyzer at least");
        analyzer.terms(word).0.to_owned()
    }
}

/// Tests words by their forms.
pub struct TermTest(Test);

enum Test {
    Stems(Vec<String>),
    Exact(String),
    Wildcard(Wildcard),
    Fuzzy(DFA),
    Regex(regex::Regex),
    /// A regular expression that is none: no parser makes it, and it matches nothing.
    Nothing,
}

impl TermTest {
    /// Returns the test for what a term looks for.
    pub fn new(forms: &TermForms) -> Self {
        Self(match forms {
            TermForms::Stems(stems) => Test::Stems(stems.clone()),
            TermForms::Exact(exact) => Test::Exact(exact.clone()),
            TermForms::Wildcard(_, pattern) => Test::Wildcard(pattern.clone()),
            TermForms::Fuzzy(word, distance) => Test::Fuzzy(fuzzy_automaton(word, *distance)),
            TermForms::Regex(pattern) => compile_regex(pattern).map_or(Test::Nothing, Test::Regex),
        })
    }

    /// Tells whether the term stands for a word of this exact form and stem.
    pub fn matches(&self, exact: &str, stem: &str) -> bool {
        match &self.0 {
            Test::Stems(stems) => stems.iter().any(|known| known == stem),
            Test::Exact(form) => form == exact,
            Test::Wildcard(pattern) => pattern.matches(exact),
            Test::Fuzzy(automaton) => matches!(automaton.eval(exact), Distance::Exact(_)),
            Test::Regex(regex) => regex.is_match(exact),
            Test::Nothing => false,
        }
    }
}

/// Returns the automaton of the words at most `distance` (1 or 2) edits from `word`, exchanges of
/// neighbours counting once. The tables behind it are built once.
pub fn fuzzy_automaton(word: &str, distance: u8) -> DFA {
    static ONE: LazyLock<LevenshteinAutomatonBuilder> =
        LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> =
        LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    if distance == 1 { ONE.build_dfa(word) } else { TWO.build_dfa(word) }
}

/// Returns the regular expression for whole exact forms; `None` when it is none. Exact forms are
/// folded, so are the letters of the expression that ASCII does not have.
pub fn compile_regex(pattern: &str) -> Option<regex::Regex> {
    let mut folded = String::with_capacity(pattern.len());
    for letter in pattern.chars() {
        if letter.is_ascii() {
            folded.push(letter);
            continue;
        }
        let plain = fold(letter.encode_utf8(&mut [0; 4]));
        // A letter that folds to several would change what `*` or `[...]` applies to.
        let mut letters = plain.chars();
        match (letters.next(), letters.next()) {
            (Some(one), None) => folded.push(one),
            _ => folded.push(letter),
        }
    }
    regex::Regex::new(&format!("^(?i:{folded})$")).ok()
}

/// Tests names, such as those of outlets and people, against a pattern.
pub struct NameTest {
    /// One test for each word; `None` for any word.
    words: Vec<Option<TermTest>>,
    /// The exact form of the longest plain word.
    literal: Option<String>,
    analyzer: Analyzer,
}

impl NameTest {
    /// Returns the test for a pattern.
    pub fn new(pattern: &NamePattern) -> Self {
        let mut analyzer = QueryAnalyzer::new(&[]);
        let forms = |slot: &Slot| match slot {
            Slot::Term(term) => Some(analyzer.forms(term)),
            Slot::Any | Slot::Group(_) => None,
        };
        let forms: Vec<Option<TermForms>> = pattern.slots.iter().map(forms).collect();
        let words = forms.iter().map(|forms| forms.as_ref().map(TermTest::new)).collect();
        let literals = forms.into_iter().filter_map(|forms| match forms {
            Some(TermForms::Exact(exact)) => Some(exact),
            _ => None,
        });
        let literal = literals.max_by_key(String::len);
        Self { words, literal, analyzer: Analyzer::new(Language::ENGLISH) }
    }

    /// Returns a word that is in every name that matches, in its exact form; `None` where the pattern
    /// has no plain word.
    pub fn literal(&self) -> Option<&str> {
        self.literal.as_deref()
    }

    /// Tells whether the words of the pattern stand side by side in a name that is given by the exact
    /// forms of its words, a space between them.
    pub fn matches_folded(&self, folded: &str) -> bool {
        let forms: Vec<&str> = folded.split(' ').collect();
        self.matches_forms(&forms)
    }

    fn matches_forms(&self, forms: &[&str]) -> bool {
        forms.windows(self.words.len().max(1)).any(|window| {
            let mut pairs = window.iter().zip(&self.words);
            pairs.all(|(form, test)| test.as_ref().is_none_or(|test| test.matches(form, form)))
        })
    }

    /// Tells whether the words of the pattern stand side by side in `name`.
    pub fn matches(&mut self, name: &str) -> bool {
        let forms: Vec<String> =
            words(name).map(|word| self.analyzer.terms(word.text).0.to_owned()).collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        self.matches_forms(&forms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::filter::edits;
    use proptest::prelude::*;

    fn name_matches(value: &str, name: &str) -> bool {
        let now = chrono::NaiveDate::default();
        let field = crate::query::Field::named("person").unwrap();
        match crate::query::parse_filter(field, value, now).unwrap() {
            crate::query::Filter::Name { pattern, .. } => NameTest::new(&pattern).matches(name),
            other => panic!("{other} is no name"),
        }
    }

    #[test]
    fn names_match_by_words_side_by_side() {
        let cases = [
            ("lavrov", "Sergei Lavrov", true),
            ("Sergei Lavrov", "Sergei Lavrov", true),
            ("Lavrov Sergei", "Sergei Lavrov", false),
            ("Sergei Lavrov", "Sergei V. Lavrov", false),
            ("Sergei * Lavrov", "Sergei V. Lavrov", true),
            ("lavr", "Sergei Lavrov", false),
            ("lavr*", "Sergei Lavrov", true),
            ("zelensky", "Volodymyr Żelensky", true),
            ("u.s.", "US Senate", true),
        ];
        for (value, name, matches) in cases {
            assert_eq!(name_matches(value, name), matches, "{value} {name}");
        }
    }

    #[test]
    fn plain_words_are_stemmed_in_every_language_of_the_archive() {
        let german = Language::parse("de").unwrap();
        let mut analyzer = QueryAnalyzer::new(&[Language::ENGLISH, german]);
        let forms = analyzer.forms(&Term::Stem("Garantien".to_owned()));
        assert_eq!(forms, TermForms::Stems(vec!["garanti".to_owned(), "garantien".to_owned()]));
        let forms = analyzer.forms(&Term::Stem("北".to_owned()));
        assert_eq!(forms, TermForms::Exact("北".to_owned()));
    }

    #[test]
    fn regular_expressions_match_whole_forms_in_any_case() {
        let regex = compile_regex("Garant(ie|í).*").unwrap();
        assert!(regex.is_match("garantien") && regex.is_match("garantias"));
        assert!(!regex.is_match("ungarantien"));
    }

    proptest! {
        #[test]
        fn fuzzy_words_are_within_their_edits(one in "[abé]{1,6}", two in "[abé]{0,6}") {
            for distance in [1, 2] {
                let test = TermTest::new(&TermForms::Fuzzy(one.clone(), distance));
                let near = edits(&one, &two) <= usize::from(distance);
                prop_assert_eq!(test.matches(&two, &two), near);
            }
        }
    }
}
