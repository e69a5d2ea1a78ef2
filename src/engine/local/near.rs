//! Passages as Tantivy queries: proximity, truncation, capitals, the lead, counts.
//!
//! What a passage means is decided by [`crate::query::Plan`], the same for an index and for a text.
//! Here its terms become postings: a plain boolean query over them gives the articles that may match,
//! and the positions of the terms in each of these decide. Sentences, paragraphs and capitals are
//! read from the field `marks`, and only for the articles in which they make a difference.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    AllQuery, BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, TermSetQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use crate::index::{BODY_START, Fields};
use crate::query::plan::{Node, Plan, PlannedSlot};
use crate::query::positions::Layout;
use crate::query::terms::TermForms;
use crate::query::{CaseRule, LEAD_PARAGRAPHS, NamePattern, Passage, Phrase, Scope, Slot, Word};
use crate::search::Error;

use super::LocalEngine;
use super::expand::Dictionary;

/// BM25's constants, those of Tantivy.
const K1: Score = 1.2;
const B: Score = 0.75;

/// Matches the articles in which a passage stands.
#[derive(Clone)]
pub(super) struct PassageQuery {
    inner: Arc<Inner>,
}

struct Inner {
    plan: Plan,
    /// The index terms of each term of the plan.
    terms: Vec<Vec<Term>>,
    fields: Fields,
    /// Whether the positions are those of headline and body, or of a single line.
    is_text: bool,
    /// How many matches that do not overlap an article must hold.
    at_least: u32,
}

impl PassageQuery {
    /// Returns the query for a passage in headline and body.
    ///
    /// # Errors
    /// When a truncated word stands for more forms than the limit.
    pub(super) fn new(engine: &LocalEngine, passage: &Passage) -> Result<Self, Error> {
        Self::at_least(engine, passage, 1)
    }

    /// Returns the query for a passage that stands in an article at least so many times.
    pub(super) fn at_least(
        engine: &LocalEngine,
        passage: &Passage,
        count: u32,
    ) -> Result<Self, Error> {
        let plan = engine.plan(passage);
        let fields = engine.snapshot().fields();
        let terms = expand(engine, &plan, fields.stem, fields.exact)?;
        Ok(Self { inner: Arc::new(Inner { plan, terms, fields, is_text: true, at_least: count }) })
    }

    /// Returns the query for words side by side in a line such as a byline.
    pub(super) fn in_line(
        engine: &LocalEngine,
        field: Field,
        pattern: &NamePattern,
    ) -> Result<Self, Error> {
        let scope = Scope::default();
        let passage = match pattern.slots.as_slice() {
            [Slot::Term(term)] => Passage::Word(Word { term: term.clone(), scope }),
            slots => Passage::Phrase(Phrase { slots: slots.to_vec(), slop: None, scope }),
        };
        let plan = engine.plan(&passage);
        let fields = engine.snapshot().fields();
        let terms = expand(engine, &plan, field, field)?;
        Ok(Self { inner: Arc::new(Inner { plan, terms, fields, is_text: false, at_least: 1 }) })
    }
}

/// Returns the index terms of each term of a plan.
fn expand(
    engine: &LocalEngine,
    plan: &Plan,
    stem: Field,
    exact: Field,
) -> Result<Vec<Vec<Term>>, Error> {
    let dictionary = Dictionary::new(engine.snapshot());
    let expand = |forms: &TermForms| {
        Ok(match forms {
            TermForms::Stems(stems) => {
                stems.iter().map(|text| Term::from_field_text(stem, text)).collect()
            }
            TermForms::Exact(text) => vec![Term::from_field_text(exact, text)],
            other => {
                let forms = dictionary.forms(exact, other)?;
                forms.iter().map(|text| Term::from_field_text(exact, text)).collect()
            }
        })
    };
    plan.terms.iter().map(|term| expand(&term.forms)).collect()
}

impl fmt::Debug for PassageQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("PassageQuery").field(&self.inner.plan).finish()
    }
}

impl Query for PassageQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let candidates = self.inner.candidates(&self.inner.plan.root);
        let candidates =
            candidates.weight(EnableScoring::disabled_from_schema(scoring.schema()))?;
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } if self.inner.is_text => {
                Some(self.inner.bm25(statistics_provider)?)
            }
            _ => None,
        };
        Ok(Box::new(PassageWeight { inner: Arc::clone(&self.inner), candidates, bm25 }))
    }
}

impl Inner {
    /// Returns a query for the articles that may match: those that hold the words, wherever.
    fn candidates(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::Term(term) => self.holds_any(&[*term]),
            Node::Phrase(slots) => self.holds_slots(slots),
            Node::Sloppy(slots, _) => {
                all(slots.iter().map(|(_, terms)| self.holds_any(terms)).collect())
            }
            Node::AnyOf(branches) => {
                any(branches.iter().map(|branch| self.candidates(branch)).collect())
            }
            Node::Near(left, _, relation) if relation.negative => self.candidates(left),
            Node::Near(left, right, _) => all(vec![self.candidates(left), self.candidates(right)]),
        }
    }

    fn holds_slots(&self, slots: &[PlannedSlot]) -> Box<dyn Query> {
        let queries = slots.iter().filter_map(|slot| match slot {
            PlannedSlot::Any => None,
            PlannedSlot::Term(term) => Some(self.holds_any(&[*term])),
            PlannedSlot::Group(alternatives) => {
                Some(any(alternatives.iter().map(|slots| self.holds_slots(slots)).collect()))
            }
        });
        all(queries.collect())
    }

    fn holds_any(&self, terms: &[usize]) -> Box<dyn Query> {
        let mut index_terms: Vec<Term> =
            terms.iter().flat_map(|term| self.terms[*term].iter().cloned()).collect();
        match index_terms.len() {
            1 => {
                let term = index_terms.swap_remove(0);
                Box::new(tantivy::query::TermQuery::new(term, IndexRecordOption::Basic))
            }
            _ => Box::new(TermSetQuery::new(index_terms)),
        }
    }

    /// Returns the weight of a passage: the sum of those of its terms, as of a phrase.
    fn bm25(
        &self,
        statistics: &dyn tantivy::query::Bm25StatisticsProvider,
    ) -> tantivy::Result<Bm25> {
        let articles = statistics.total_num_docs()?;
        let mut idf = 0.0;
        for terms in &self.terms {
            let mut frequency = 0;
            for term in terms {
                frequency += statistics.doc_freq(term)?;
            }
            let frequency = frequency.min(articles) as Score;
            idf += (1.0 + (articles as Score - frequency + 0.5) / (frequency + 0.5)).ln();
        }
        let tokens = statistics.total_num_tokens(self.fields.exact)?;
        Ok(Bm25 { weight: idf * (1.0 + K1), average_length: tokens as Score / articles as Score })
    }
}

fn all(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(AllQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::new(
            queries.into_iter().map(|query| (Occur::Must, query)).collect(),
        )),
    }
}

fn any(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
}

#[derive(Clone, Copy)]
struct Bm25 {
    weight: Score,
    average_length: Score,
}

impl Bm25 {
    fn score(&self, length: u32, count: u32) -> Score {
        let count = count as Score;
        let norm = K1 * (1.0 - B + B * length as Score / self.average_length);
        self.weight * count / (count + norm)
    }
}

struct PassageWeight {
    inner: Arc<Inner>,
    candidates: Box<dyn Weight>,
    bm25: Option<Bm25>,
}

impl Weight for PassageWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let lengths = match self.bm25 {
            Some(_) => Some(reader.get_fieldnorms_reader(self.inner.fields.exact)?),
            None => None,
        };
        let mut scorer = PassageScorer {
            candidates: self.candidates.scorer(reader, 1.0)?,
            places: Places::open(&self.inner, reader)?,
            inner: Arc::clone(&self.inner),
            bm25: self.bm25,
            lengths,
            boost,
        };
        scorer.find_match();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() != doc {
            let reason = format!("document {doc} does not match the passage");
            return Err(TantivyError::InvalidArgument(reason));
        }
        Ok(Explanation::new("BM25 of the passage", scorer.score()))
    }
}

/// Goes through the articles of a segment in which a passage stands.
struct PassageScorer {
    inner: Arc<Inner>,
    candidates: Box<dyn Scorer>,
    places: Places,
    bm25: Option<Bm25>,
    lengths: Option<FieldNormReader>,
    boost: Score,
}

impl PassageScorer {
    /// Goes on from the current candidate to the first that matches.
    fn find_match(&mut self) {
        while self.candidates.doc() != TERMINATED {
            self.places.go_to(&self.inner, self.candidates.doc());
            if self.is_match() {
                return;
            }
            self.candidates.advance();
        }
    }

    fn is_match(&self) -> bool {
        let positions = &self.places.positions;
        match self.inner.at_least {
            1 => self.inner.plan.is_match(positions, &self.places.layout),
            count => self.inner.plan.count(positions, &self.places.layout) >= count,
        }
    }
}

impl DocSet for PassageScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.find_match();
        self.candidates.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.find_match();
        }
        self.candidates.doc()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        // Positions are what is costly.
        self.candidates.cost().saturating_mul(8)
    }
}

impl Scorer for PassageScorer {
    fn score(&mut self) -> Score {
        let (Some(bm25), Some(lengths)) = (&self.bm25, &self.lengths) else { return 0.0 };
        let count = self.inner.plan.count(&self.places.positions, &self.places.layout);
        self.boost * bm25.score(lengths.fieldnorm(self.candidates.doc()), count)
    }
}

/// Where the terms of a passage stand in the current article.
struct Places {
    postings: Vec<Vec<SegmentPostings>>,
    /// The sorted positions of each term, where its scope allows.
    positions: Vec<Vec<u32>>,
    layout: DocLayout,
}

impl Places {
    fn open(inner: &Inner, reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(inner.terms.len());
        for terms in &inner.terms {
            let mut of_term = Vec::with_capacity(terms.len());
            for term in terms {
                let inverted = reader.inverted_index(term.field())?;
                let option = IndexRecordOption::WithFreqsAndPositions;
                of_term.extend(inverted.read_postings(term, option)?);
            }
            postings.push(of_term);
        }
        let positions = vec![Vec::new(); postings.len()];
        let layout = DocLayout::open(inner, reader)?;
        Ok(Self { postings, positions, layout })
    }

    fn go_to(&mut self, inner: &Inner, doc: DocId) {
        self.layout.go_to(doc);
        for (number, of_term) in self.postings.iter_mut().enumerate() {
            let found = &mut self.positions[number];
            found.clear();
            for postings in of_term.iter_mut() {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.append_positions_with_offset(0, found);
                }
            }
            if of_term.len() > 1 {
                found.sort_unstable();
            }
            // The words of a headline stand several times at their positions.
            found.dedup();
            self.layout.keep_in_scope(&inner.plan.terms[number].scope, found);
        }
    }
}

/// What the positions of the current article mean; its marks are read when they are asked for.
struct DocLayout {
    is_text: bool,
    doc: Cell<DocId>,
    sentence: Marks,
    paragraph: Marks,
    initial: Marks,
    capitals: Marks,
    mixed: Marks,
}

/// The positions of one mark.
struct Marks {
    postings: RefCell<Option<SegmentPostings>>,
    positions: OnceCell<Vec<u32>>,
}

impl Marks {
    fn open(field: Field, mark: &str, reader: &SegmentReader) -> tantivy::Result<Self> {
        let term = Term::from_field_text(field, mark);
        let inverted = reader.inverted_index(field)?;
        let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Self { postings: RefCell::new(postings), positions: OnceCell::new() })
    }

    fn of(&self, doc: DocId) -> &[u32] {
        self.positions.get_or_init(|| {
            let mut positions = Vec::new();
            if let Some(postings) = self.postings.borrow_mut().as_mut() {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(&mut positions);
                }
            }
            positions
        })
    }
}

impl DocLayout {
    fn open(inner: &Inner, reader: &SegmentReader) -> tantivy::Result<Self> {
        let marks = |mark| Marks::open(inner.fields.marks, mark, reader);
        Ok(Self {
            is_text: inner.is_text,
            doc: Cell::new(TERMINATED),
            sentence: marks("s")?,
            paragraph: marks("p")?,
            initial: marks("c")?,
            capitals: marks("a")?,
            mixed: marks("m")?,
        })
    }

    fn go_to(&mut self, doc: DocId) {
        self.doc.set(doc);
        for marks in [
            &mut self.sentence,
            &mut self.paragraph,
            &mut self.initial,
            &mut self.capitals,
            &mut self.mixed,
        ] {
            marks.positions.take();
        }
    }

    /// Leaves only the positions that a scope allows.
    fn keep_in_scope(&self, scope: &Scope, positions: &mut Vec<u32>) {
        if !self.is_text || *scope == Scope::default() {
            return;
        }
        let lead_end = scope.field.is_lead_only().then(|| self.lead_end());
        positions.retain(|&position| {
            let in_field = if position < BODY_START {
                scope.field.has_title()
            } else {
                scope.field.has_body() && lead_end.is_none_or(|end| position < end)
            };
            in_field
                && scope.first.is_none_or(|first| self.word_number(position) < first)
                && scope.case.is_none_or(|case| self.has_case(case, position))
        });
    }

    /// Returns the position of the first word after the lead.
    fn lead_end(&self) -> u32 {
        let paragraphs = self.paragraph.of(self.doc.get());
        let body = paragraphs.partition_point(|&start| start < BODY_START);
        paragraphs.get(body + LEAD_PARAGRAPHS as usize).copied().unwrap_or(u32::MAX)
    }

    /// Returns how many words of the same text stand before a position.
    fn word_number(&self, position: u32) -> u32 {
        if position < BODY_START {
            return position;
        }
        let paragraphs = self.paragraph.of(self.doc.get());
        let body = paragraphs.partition_point(|&start| start < BODY_START);
        let until = paragraphs.partition_point(|&start| start <= position);
        let breaks = until.saturating_sub(body + 1);
        position - BODY_START - u32::try_from(breaks).unwrap_or(u32::MAX)
    }

    fn has_case(&self, case: CaseRule, position: u32) -> bool {
        let has = |marks: &Marks| marks.of(self.doc.get()).binary_search(&position).is_ok();
        match case {
            CaseRule::Initial => has(&self.initial) || has(&self.capitals),
            CaseRule::All => has(&self.capitals),
            CaseRule::None => !has(&self.initial) && !has(&self.capitals) && !has(&self.mixed),
        }
    }
}

impl Layout for DocLayout {
    fn body_start(&self) -> u32 {
        if self.is_text { BODY_START } else { u32::MAX }
    }

    fn paragraph(&self, position: u32) -> u32 {
        if self.is_text { number_of(self.paragraph.of(self.doc.get()), position) } else { 0 }
    }

    fn sentence(&self, position: u32) -> u32 {
        if !self.is_text || position < BODY_START {
            return 0;
        }
        number_of(self.sentence.of(self.doc.get()), position)
    }
}

/// Returns how many of the sorted `starts` are at `position` or before it.
fn number_of(starts: &[u32], position: u32) -> u32 {
    u32::try_from(starts.partition_point(|&start| start <= position)).unwrap_or(u32::MAX)
}
