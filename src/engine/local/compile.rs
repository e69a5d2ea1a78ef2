//! From the syntax tree to Tantivy's queries.
//!
//! Words become terms of the field `stem`, phrases terms of the field `exact`; a passage that needs
//! more than that (proximity, truncation, capitals, the lead) is left to [`super::near`]. Filters
//! match with a score of 0: what an article is about is decided by its words.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query,
    TermQuery, TermSetQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term as IndexTerm};

use crate::article::EntityKind;
use crate::index::Fields;
use crate::query::{
    Filter, NameField, NamePattern, Passage, Phrase, Presence, QueryAst, Slot, Term, TextField,
    Word,
};
use crate::search::Error;

use super::LocalEngine;
use super::collect::Counting;
use super::date_filter::date_filter;
use super::entities::entities_named;
use super::excluded::Excluded;
use super::languages::IndexWord;
use super::near::PassageQuery;
use super::rank::{RankedLeaf, RankedWord, Ranking};
use super::statistics::LiveStatistics;

/// Of more terms than these, Tantivy marks the articles in a set of bits beforehand; of fewer it goes
/// through their postings side by side, which costs nothing for the articles that are passed over.
const FEW_TERMS: usize = 32;

/// A query as Tantivy runs it, and what its hits are ranked by.
pub(super) struct Compiled {
    pub(super) query: Box<dyn Query>,
    pub(super) ranking: Ranking,
    pub(super) counting: Counting,
}

impl Compiled {
    /// Returns what matches the query and scores its matches.
    pub(super) fn weight(
        &self,
        searcher: &Searcher,
        statistics: &LiveStatistics<'_>,
    ) -> tantivy::Result<Box<dyn Weight>> {
        self.query.weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))
    }
}

/// Compiles queries against one snapshot.
pub(super) struct Compiler<'engine> {
    engine: &'engine LocalEngine,
    fields: Fields,
    /// The passages compiled so far: a query matches and ranks by the same ones, and to expand a
    /// truncated word is to go through a dictionary.
    passages: RefCell<FxHashMap<Passage, Box<dyn Query>>>,
}

impl<'engine> Compiler<'engine> {
    pub(super) fn new(engine: &'engine LocalEngine) -> Self {
        Self { engine, fields: engine.snapshot().fields(), passages: RefCell::default() }
    }

    /// Returns the query for a tree, with what to rank its hits by.
    pub(super) fn compile(&self, ast: &QueryAst) -> Result<Compiled, Error> {
        let query = self.tree(ast)?;
        let mut ranking = Ranking::default();
        self.rank_by(ast, &mut ranking)?;
        let counting = if is_terms_only(ast) { Counting::Apart } else { Counting::Along };
        Ok(Compiled { query, ranking, counting })
    }

    /// Returns the query for a tree.
    pub(super) fn tree(&self, ast: &QueryAst) -> Result<Box<dyn Query>, Error> {
        Ok(match ast {
            QueryAst::Everything => unscored(AllQuery),
            QueryAst::Text(passage) => self.passage(passage)?,
            QueryAst::AtLeast { count, passage } => {
                Box::new(PassageQuery::at_least(self.engine, passage, *count)?)
            }
            QueryAst::Filter(filter) => self.filter(filter)?,
            QueryAst::Not(inner) => {
                let excluded = self.excluded(inner)?;
                boolean(vec![(Occur::Must, unscored(AllQuery)), (Occur::MustNot, excluded)])
            }
            QueryAst::And(branches) => self.and(branches)?,
            QueryAst::Or(branches) => any_of(branches.iter().map(|branch| self.tree(branch)))?,
        })
    }

    fn and(&self, branches: &[QueryAst]) -> Result<Box<dyn Query>, Error> {
        let mut clauses = Vec::with_capacity(branches.len() + 1);
        for branch in branches {
            clauses.push(match branch {
                QueryAst::Not(inner) => (Occur::MustNot, self.excluded(inner)?),
                other => (Occur::Must, self.tree(other)?),
            });
        }
        // Tantivy finds nothing by exclusions alone.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, unscored(AllQuery)));
        }
        Ok(boolean(clauses))
    }

    fn excluded(&self, ast: &QueryAst) -> Result<Box<dyn Query>, Error> {
        Ok(Box::new(Excluded(self.tree(ast)?)))
    }

    fn passage(&self, passage: &Passage) -> Result<Box<dyn Query>, Error> {
        if let Some(query) = self.passages.borrow().get(passage) {
            return Ok(query.box_clone());
        }
        let query = self.new_passage(passage)?;
        self.passages.borrow_mut().insert(passage.clone(), query.box_clone());
        Ok(query)
    }

    fn new_passage(&self, passage: &Passage) -> Result<Box<dyn Query>, Error> {
        let simple = match passage {
            Passage::Word(word) => self.simple_word(word)?,
            Passage::Phrase(phrase) => self.simple_phrase(phrase),
            Passage::AnyOf(branches) => {
                Some(any_of(branches.iter().map(|branch| self.passage(branch)))?)
            }
            Passage::Near(_) => None,
        };
        match simple {
            Some(query) => Ok(query),
            None => Ok(Box::new(PassageQuery::new(self.engine, passage)?)),
        }
    }

    /// Returns the query for a word whose position does not matter.
    fn simple_word(&self, word: &Word) -> Result<Option<Box<dyn Query>>, Error> {
        if word.scope.first.is_some() || word.scope.case.is_some() {
            return Ok(None);
        }
        let (stem_field, exact_field) = match word.scope.field {
            TextField::Anywhere => (self.fields.stem, self.fields.exact),
            TextField::Title => (self.fields.title_stem, self.fields.title),
            TextField::Body | TextField::Lead | TextField::TitleOrLead => return Ok(None),
        };
        Ok(match &word.term {
            Term::Stem(text) => {
                let words = self.engine.languages().words_of(text);
                Some(self.stems(stem_field, exact_field, &words))
            }
            Term::Exact(text) => {
                let words = self.engine.languages().words_of(text);
                Some(exact_phrase(exact_field, words.iter().map(|word| word.exact.as_str())))
            }
            Term::Wildcard(_) | Term::Fuzzy { .. } | Term::Regex(_) => None,
        })
    }

    fn stems(&self, stem: Field, exact: Field, words: &[IndexWord]) -> Box<dyn Query> {
        match words {
            [] => Box::new(EmptyQuery),
            [word] if is_single_ideograph(&word.exact) => {
                exact_phrase(exact, [word.exact.as_str()].into_iter())
            }
            [word] => any_term(stem, &word.stems),
            // The last character of a run is no pair; those before it tell where the run is.
            _ => match ideographic_run(words) {
                Some(pairs) => exact_phrase(stem, pairs.iter().map(String::as_str)),
                None => stem_phrases(stem, words),
            },
        }
    }

    /// Returns the query for a phrase of plain words.
    fn simple_phrase(&self, phrase: &Phrase) -> Option<Box<dyn Query>> {
        if phrase.slop.is_some() || phrase.scope.first.is_some() || phrase.scope.case.is_some() {
            return None;
        }
        let field = match phrase.scope.field {
            TextField::Anywhere => self.fields.exact,
            TextField::Title => self.fields.title,
            _ => return None,
        };
        let mut words = Vec::with_capacity(phrase.slots.len());
        for slot in &phrase.slots {
            let Slot::Term(Term::Exact(text)) = slot else { return None };
            words.extend(self.engine.languages().words_of(text));
        }
        Some(exact_phrase(field, words.iter().map(|word| word.exact.as_str())))
    }

    fn filter(&self, filter: &Filter) -> Result<Box<dyn Query>, Error> {
        let fields = self.fields;
        Ok(match filter {
            Filter::Date(range) => unscored(date_filter(fields, *range)),
            Filter::WordCount { at_least, at_most } => {
                unscored(word_count(fields, *at_least, *at_most))
            }
            Filter::Language(language) => unscored(term(fields.language, language.as_str())),
            Filter::Id(id) => unscored(term(fields.id, id.as_str())),
            Filter::Has(presence) => self.presence(*presence),
            Filter::Name { field, pattern } => match field {
                NameField::Agency => self.names(fields.agency, pattern)?,
                NameField::Outlet => self.names(fields.outlet, pattern)?,
                NameField::Section => self.names(fields.section, pattern)?,
                NameField::Entity(kind) => self.entities(*kind, pattern),
                NameField::Byline => self.line(fields.byline, pattern)?,
                NameField::Dateline => self.line(fields.dateline, pattern)?,
                NameField::Url => self.line(fields.url, pattern)?,
                NameField::Path => self.line(fields.path, pattern)?,
            },
        })
    }

    fn presence(&self, presence: Presence) -> Box<dyn Query> {
        let has = |name: &str| unscored(term(self.fields.has, name));
        match presence {
            Presence::Title => has("title"),
            Presence::Date => has("date"),
            Presence::Body => has("body"),
            Presence::Language => has("language"),
            Presence::Name(NameField::Byline) => has("byline"),
            Presence::Name(NameField::Dateline) => has("dateline"),
            Presence::Name(NameField::Agency) => has("agency"),
            Presence::Name(NameField::Outlet) => has("outlet"),
            Presence::Name(NameField::Section) => has("section"),
            Presence::Name(NameField::Url) => has("url"),
            Presence::Name(NameField::Path) => unscored(AllQuery),
            Presence::Name(NameField::Entity(Some(kind))) => has(kind.as_str()),
            Presence::Name(NameField::Entity(None)) => {
                let kinds = EntityKind::ALL.map(|kind| (Occur::Should, has(kind.as_str())));
                boolean(kinds.into())
            }
        }
    }

    /// Returns the query for articles with any name of an entity that the pattern means.
    fn entities(&self, kind: Option<EntityKind>, pattern: &NamePattern) -> Box<dyn Query> {
        let table = self.engine.table();
        let entities = entities_named(table, kind, pattern);
        let forms = entities.into_iter().flat_map(|entity| table.forms(entity));
        let terms: Vec<IndexTerm> = forms
            .filter(|form| form.count > 0)
            .map(|form| IndexTerm::from_field_text(self.fields.of_entities(form.kind), form.name))
            .collect();
        with_any(terms)
    }

    /// Returns the query for articles with one of the names that the pattern matches.
    fn names(&self, field: Field, pattern: &NamePattern) -> Result<Box<dyn Query>, Error> {
        let names = self.engine.names_matching(field, pattern)?;
        let terms = names.iter().map(|name| IndexTerm::from_field_text(field, name));
        Ok(with_any(terms.collect()))
    }

    /// Returns the query for articles in whose line (byline, address ...) the pattern stands.
    fn line(&self, field: Field, pattern: &NamePattern) -> Result<Box<dyn Query>, Error> {
        Ok(unscored(PassageQuery::in_line(self.engine, field, pattern)?))
    }

    /// Adds the passages that articles are wanted for, and the words that should stand close.
    fn rank_by(&self, ast: &QueryAst, ranking: &mut Ranking) -> Result<(), Error> {
        let mut failure = None;
        ast.passages(&mut |passage, wanted| {
            if !wanted || failure.is_some() {
                return;
            }
            match self.passage(passage) {
                Ok(query) => {
                    let label = QueryAst::Text(passage.clone()).to_string();
                    ranking.leaves.push(RankedLeaf { label, query });
                }
                Err(error) => failure = Some(error),
            }
            if let Passage::Word(word) = passage {
                ranking.words.extend(self.ranked_words(word));
            }
        });
        failure.map_or(Ok(()), Err)
    }

    fn ranked_words(&self, word: &Word) -> Vec<RankedWord> {
        let (Term::Stem(text) | Term::Exact(text)) = &word.term else { return Vec::new() };
        let words = self.engine.languages().words_of(text);
        let terms_of = |word: &IndexWord| {
            let stems = word.stems.iter();
            stems.map(|stem| IndexTerm::from_field_text(self.fields.stem, stem)).collect()
        };
        let ranked =
            |word: &IndexWord| RankedWord { label: word.exact.clone(), terms: terms_of(word) };
        words.iter().map(ranked).collect()
    }
}

/// Tells whether a query is of plain words only: then Tantivy passes over whole blocks of postings
/// whose best score is too low, and counts without looking at scores.
fn is_terms_only(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Text(Passage::Word(word)) => match &word.term {
            Term::Stem(text) | Term::Exact(text) => crate::text::words(text).count() == 1,
            Term::Wildcard(_) | Term::Fuzzy { .. } | Term::Regex(_) => false,
        },
        QueryAst::And(branches) | QueryAst::Or(branches) => branches.iter().all(is_terms_only),
        _ => false,
    }
}

fn is_single_ideograph(exact: &str) -> bool {
    crate::text::words(exact).next().is_some_and(|word| {
        word.kind == crate::text::WordKind::Ideographic && word.text.len() == exact.len()
    })
}

/// Returns the pairs of a run of characters without spaces, or `None` for other words.
fn ideographic_run(words: &[IndexWord]) -> Option<Vec<String>> {
    if !words.iter().all(|word| is_single_ideograph(&word.exact)) {
        return None;
    }
    Some(words[..words.len() - 1].iter().map(|word| word.stems[0].clone()).collect())
}

/// Returns the phrase of the words' stems; where a word has several, any of them.
fn stem_phrases(field: Field, words: &[IndexWord]) -> Box<dyn Query> {
    let mut phrases: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words {
        phrases = phrases
            .iter()
            .flat_map(|phrase| {
                word.stems.iter().map(|stem| {
                    let mut longer = phrase.clone();
                    longer.push(stem);
                    longer
                })
            })
            .collect();
    }
    let shoulds =
        phrases.into_iter().map(|phrase| (Occur::Should, exact_phrase(field, phrase.into_iter())));
    boolean(shoulds.collect())
}

fn any_term(field: Field, texts: &[String]) -> Box<dyn Query> {
    let shoulds = texts.iter().map(|text| (Occur::Should, scored_term(field, text)));
    boolean(shoulds.collect())
}

/// Returns the query for words side by side in a field.
fn exact_phrase<'word>(field: Field, words: impl Iterator<Item = &'word str>) -> Box<dyn Query> {
    let terms: Vec<IndexTerm> = words.map(|word| IndexTerm::from_field_text(field, word)).collect();
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms[0].clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// Returns the query for a term that adds to the score.
pub(super) fn scored_term(field: Field, text: &str) -> Box<dyn Query> {
    let term = IndexTerm::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Returns the query for articles that have a term.
pub(super) fn term(field: Field, text: &str) -> TermQuery {
    TermQuery::new(IndexTerm::from_field_text(field, text), IndexRecordOption::Basic)
}

/// Returns the query for articles with any of the terms, whichever it is.
fn with_any(terms: Vec<IndexTerm>) -> Box<dyn Query> {
    if terms.len() > FEW_TERMS {
        return unscored(TermSetQuery::new(terms));
    }
    let has = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
    let any = boolean(terms.into_iter().map(|term| (Occur::Should, has(term))).collect());
    Box::new(ConstScoreQuery::new(any, 0.0))
}

fn unscored(query: impl Query) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

/// Returns the query for what at least one of the queries matches.
fn any_of(
    queries: impl Iterator<Item = Result<Box<dyn Query>, Error>>,
) -> Result<Box<dyn Query>, Error> {
    let shoulds = queries.map(|query| Ok((Occur::Should, query?)));
    Ok(boolean(shoulds.collect::<Result<_, Error>>()?))
}

/// Returns the query for clauses, without a frame where there is one clause only.
pub(super) fn boolean(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    match clauses.as_slice() {
        [] => Box::new(EmptyQuery),
        [(Occur::Must | Occur::Should, _)] => clauses.swap_remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    }
}

fn word_count(fields: Fields, at_least: u64, at_most: Option<u64>) -> tantivy::query::RangeQuery {
    use std::ops::Bound;
    let bound = |count| Bound::Included(IndexTerm::from_field_u64(fields.words, count));
    tantivy::query::RangeQuery::new(bound(at_least), at_most.map_or(Bound::Unbounded, bound))
}
