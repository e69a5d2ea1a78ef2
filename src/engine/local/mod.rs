//! The embedded engine: searches over an index on this machine, through Tantivy.

#[cfg(test)]
mod agreement_tests;
mod collect;
mod compile;
mod date_filter;
mod entities;
mod excluded;
mod expand;
mod explain;
mod feedback;
mod folding;
mod highlight;
mod info;
mod languages;
mod matches;
mod names;
mod near;
mod rank;
mod recency;
mod segments;
mod selection;
mod statistics;
mod suggest;
mod telling;
mod views;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::query::{AllQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::Field;
use tantivy::{DocAddress, TantivyError};

use crate::article::{Article, NameTable};
use crate::index::{self, Layout, Snapshot};
use crate::query::plan::Plan;
use crate::query::terms::{NameTest, QueryAnalyzer};
use crate::query::{Filter, NamePattern, Note, NoteLevel, Passage, Presence, QueryAst};
use crate::search::{
    ArchiveInfo, ClauseCount, CopyChoice, Cursor, EntityList, EntityRequest, Error, Facet,
    FoldedCopy, Hit, Representative, SearchEngine, SearchRequest, SearchResponse, Sort, Timeline,
};

use collect::{Counting, DateOrder, sort_keys};
use compile::{Compiled, Compiler};
use feedback::AddedWord;
use folding::Folding;
use highlight::Highlighter;
use languages::Languages;
use matches::Matches;
use recency::Recency;
use selection::{Found, Order, Selection};
use statistics::LiveStatistics;

/// Answers searches over an index directory, as of the commit that was the last when it was opened.
pub struct LocalEngine {
    snapshot: Snapshot,
    languages: Languages,
    /// The names of fields already listed: scanning a dictionary twice would be work done twice.
    names: Mutex<FxHashMap<Field, std::sync::Arc<BTreeMap<String, u64>>>>,
}

/// What a request finds, before any article is read.
struct Answer {
    found: Vec<Found>,
    /// With an explanation asked for: why each stands where it stands.
    explanations: Vec<Vec<String>>,
    /// With an expansion asked for: the words that the best hits added.
    added: Option<Vec<AddedWord>>,
    total: u64,
    stories: Option<u64>,
    next: Option<Cursor>,
    facets: Vec<Facet>,
    timeline: Option<Timeline>,
    folding: Folding,
}

impl LocalEngine {
    /// Opens the last commit of an index directory.
    pub fn open(layout: &Layout) -> Result<Self, index::Error> {
        let snapshot = Snapshot::open(layout)?;
        // Only languages of articles that are there: the dictionary goes on naming deleted ones.
        let counts = names::counts(&snapshot, snapshot.fields().language)?;
        let languages = Languages::new(counts.keys());
        Ok(Self { snapshot, languages, names: Mutex::default() })
    }

    /// Returns where the archive of the index was when it was indexed; `None` where the index lies in
    /// it under its usual name.
    pub fn archive(&self) -> Option<&std::path::Path> {
        self.snapshot.archive()
    }

    fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn plan(&self, passage: &Passage) -> Plan {
        Plan::new(passage, &mut QueryAnalyzer::new(self.languages.as_slice()))
    }

    /// Returns which names are one entity.
    fn table(&self) -> &NameTable {
        self.snapshot.names()
    }

    /// Returns the distinct names of a field, with the number of articles that have each.
    fn names(&self, field: Field) -> Result<std::sync::Arc<BTreeMap<String, u64>>, Error> {
        let lock = || self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = lock().get(&field) {
            return Ok(std::sync::Arc::clone(names));
        }
        let names = names::counts(&self.snapshot, field).map_err(Error::engine)?;
        let names = std::sync::Arc::new(names);
        lock().insert(field, std::sync::Arc::clone(&names));
        Ok(names)
    }

    /// Returns the names of a field that a pattern means.
    fn names_matching(&self, field: Field, pattern: &NamePattern) -> Result<Vec<String>, Error> {
        let names = self.names(field)?;
        let mut test = NameTest::new(pattern);
        Ok(names.keys().filter(|name| test.matches(name)).cloned().collect())
    }

    /// Returns the number of articles that a tree matches.
    fn count(&self, ast: &QueryAst) -> Result<u64, Error> {
        let query = Compiler::new(self).tree(ast)?;
        self.count_query(query.as_ref())
    }

    fn count_query(&self, query: &dyn Query) -> Result<u64, Error> {
        let searcher = self.snapshot.searcher();
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        let weight = query.weight(scoring).map_err(engine_error)?;
        let counts = if query.is::<TermQuery>() {
            // A segment knows how many articles have a term; no thread is started for that.
            let readers = searcher.segment_readers().iter();
            readers.map(|reader| weight.count(reader)).collect()
        } else {
            segments::of_each(searcher, |_, reader| weight.count(reader))
        };
        Ok(counts.map_err(engine_error)?.into_iter().map(u64::from).sum())
    }

    /// Returns what a request finds, before any article is read.
    fn find(&self, request: &SearchRequest) -> Result<Answer, Error> {
        let searcher = self.snapshot.searcher();
        let mut compiled = Compiler::new(self).compile(&request.query.ast)?;
        let recency = request.recent.map(|half_life| Recency::of(searcher, half_life));
        compiled.ranking.recency = recency.transpose().map_err(engine_error)?;
        let order = match request.sort {
            // Without words there is nothing to be relevant to.
            Sort::Relevance if compiled.ranking.leaves.is_empty() => Order::Date(DateOrder::Newest),
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Date(DateOrder::Newest),
            Sort::Oldest => Order::Date(DateOrder::Oldest),
        };
        let statistics = LiveStatistics::of(&self.snapshot);
        let matches = self.matches(request, &compiled, order, &statistics)?;
        let folding = match &matches {
            Some(matches) => Folding::of(searcher, matches, request.copies)?,
            None => Folding::default(),
        };
        let mut selection = Selection {
            engine: self,
            compiled,
            order,
            matches,
            best: None,
            folding: &folding,
            statistics: &statistics,
        };
        let total = selection.total(request)?;
        let shown = total - folding.hidden_count();
        let added = if request.expand && order == Order::Relevance && request.limit > 0 {
            Some(self.expand(request, &mut selection)?)
        } else {
            None
        };
        let (found, passed_over) = selection.page(request, shown)?;
        let last = passed_over + found.len() as u64;
        let next = found.last().filter(|_| last < shown).map(|found| {
            Cursor::after(request, last, found.score, found.key.published, found.key.order)
        });
        let (facets, timeline) = selection.views(request)?;
        let stories = matches!(request.copies, CopyChoice::Fold(_)).then_some(shown);
        let explanations = if request.explain {
            let ranking = &selection.compiled.ranking;
            explain::explanations(searcher, order, ranking, &statistics, &found)?
        } else {
            Vec::new()
        };
        Ok(Answer { found, explanations, added, total, stories, next, facets, timeline, folding })
    }

    /// Lets a selection rank by the words of its best hits as well, and returns these words.
    fn expand(
        &self,
        request: &SearchRequest,
        selection: &mut Selection<'_>,
    ) -> Result<Vec<AddedWord>, Error> {
        let best = selection.first(feedback::HITS)?;
        let added = feedback::added_words(self, selection.statistics, &best)?;
        feedback::expand(self, &mut selection.compiled, &added);
        selection.best = None;
        // The matches are the same, but not what they score.
        if selection.matches.as_ref().is_some_and(|matches| !matches.scores.is_empty()) {
            selection.matches =
                self.matches(request, &selection.compiled, selection.order, selection.statistics)?;
        }
        Ok(added)
    }

    /// Returns all matches that are not known, unless the best can be found and all be counted
    /// without them.
    fn matches(
        &self,
        request: &SearchRequest,
        compiled: &Compiled,
        order: Order,
        statistics: &LiveStatistics<'_>,
    ) -> Result<Option<Matches>, Error> {
        let has_views = !request.facets.is_empty() || request.timeline.is_some();
        let scores = order == Order::Relevance && request.limit > 0;
        let needs_none = request.limit == 0 || scores && compiled.counting == Counting::Apart;
        if request.copies == CopyChoice::All && !has_views && request.known.is_none() && needs_none
        {
            return Ok(None);
        }
        let searcher = self.snapshot.searcher();
        // What is known is left out of the scored matches; passing over blocks would find it again.
        if scores && (compiled.counting == Counting::Along || request.known.is_some()) {
            let weight = compiled.weight(searcher, statistics).map_err(engine_error)?;
            let matches = Matches::scored(searcher, weight.as_ref())?;
            return self.unknown(request, matches).map(Some);
        }
        let matches = self.all_matches(compiled.query.as_ref())?;
        self.unknown(request, matches).map(Some)
    }

    fn unknown(&self, request: &SearchRequest, matches: Matches) -> Result<Matches, Error> {
        match &request.known {
            Some(known) => matches.without(self.snapshot.searcher(), known).map_err(engine_error),
            None => Ok(matches),
        }
    }

    /// Returns all matches of a query, without scores.
    fn all_matches(&self, query: &dyn Query) -> Result<Matches, Error> {
        let searcher = self.snapshot.searcher();
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        let weight = query.weight(scoring).map_err(engine_error)?;
        Matches::unscored(searcher, weight.as_ref())
    }

    /// Returns how many articles match all but the date, and have none; `None` without a date filter.
    fn undated(&self, ast: &QueryAst) -> Result<Option<u64>, Error> {
        let is_date = |clause: &QueryAst| matches!(clause, QueryAst::Filter(Filter::Date(_)));
        let clauses = ast.clauses();
        if !clauses.iter().any(is_date) {
            return Ok(None);
        }
        let dated = self.count_query(&compile::term(self.snapshot.fields().has, "date"))?;
        if dated == self.snapshot.searcher().num_docs() {
            return Ok(Some(0));
        }
        let others = clauses.iter().filter(|clause| !is_date(clause)).cloned();
        let undated = QueryAst::from(Filter::Has(Presence::Date)).negated();
        self.count(&QueryAst::all(others.chain([undated]))).map(Some)
    }

    fn clause_counts(&self, ast: &QueryAst) -> Result<Vec<ClauseCount>, Error> {
        let count = |clause: &QueryAst| {
            Ok(ClauseCount { clause: clause.to_string(), articles: self.count(clause)? })
        };
        ast.clauses().iter().map(count).collect()
    }
}

impl SearchEngine for LocalEngine {
    fn visit_hits(
        &self,
        request: &SearchRequest,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<SearchResponse, Error> {
        if request.after.is_some_and(|cursor| !cursor.belongs_to(request)) {
            return Err(Error::ForeignCursor);
        }
        let ast = &request.query.ast;
        let answer = self.find(request)?;
        self.read_hits(request, &answer, visit)?;
        let total = answer.total;
        let needs_clauses = request.count_clauses || total == 0;
        Ok(SearchResponse {
            total,
            stories: answer.stories,
            hits: Vec::new(),
            next: answer.next,
            facets: answer.facets,
            timeline: answer.timeline,
            undated: self.undated(ast)?,
            query: request.query.to_string(),
            clauses: if needs_clauses { self.clause_counts(ast)? } else { Vec::new() },
            suggestions: if total == 0 { suggest::near_spellings(self, ast)? } else { Vec::new() },
            notes: notes(request, answer.added.as_deref()),
        })
    }

    fn copies(&self, id: &str) -> Result<Option<Vec<FoldedCopy>>, Error> {
        let Some(address) = self.address_of(id)? else { return Ok(None) };
        let searcher = self.snapshot.searcher();
        let matches = self.all_matches(&AllQuery)?;
        let choice = CopyChoice::Fold(Representative::Earliest);
        let folding = Folding::of(searcher, &matches, choice)?;
        let copies = folding.copies_of(address).into_iter();
        copies.map(|copy| self.folded_copy(copy)).collect::<Result<_, _>>().map(Some)
    }

    fn article(&self, id: &str) -> Result<Option<Article>, Error> {
        self.address_of(id)?.map(|address| self.article_at(address)).transpose()
    }

    fn telling_words(&self, article: &Article, limit: usize) -> Result<Vec<String>, Error> {
        telling::telling_words(self, article, limit)
    }

    fn matching(&self, query: &crate::query::Query) -> Result<Vec<u64>, Error> {
        let compiled = Compiler::new(self).tree(&query.ast)?;
        let matches = self.all_matches(compiled.as_ref())?;
        let searcher = self.snapshot.searcher();
        let keyed = sort_keys(searcher, &matches.docs).map_err(engine_error)?;
        let mut orders: Vec<u64> = keyed.iter().map(|(key, _)| key.order).collect();
        orders.sort_unstable();
        Ok(orders)
    }

    fn info(&self) -> Result<ArchiveInfo, Error> {
        info::archive_info(self)
    }

    fn entities(&self, request: &EntityRequest) -> Result<EntityList, Error> {
        entities::list(self, request)
    }
}

impl LocalEngine {
    /// Reads the articles that were found and hands over the hits.
    fn read_hits(
        &self,
        request: &SearchRequest,
        answer: &Answer,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut highlighter =
            Highlighter::new(&request.query.ast, self.languages.as_slice(), request.snippets);
        for (place, found) in answer.found.iter().enumerate() {
            let article = self.article_at(found.address)?;
            let copies = answer.folding.others(found.address).iter();
            let copies = copies.map(|copy| self.folded_copy(*copy)).collect::<Result<_, _>>()?;
            let explanation = answer.explanations.get(place).cloned().unwrap_or_default();
            let hit = Hit { copies, explanation, ..highlighter.hit(article, found.score) };
            if visit(hit).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn folded_copy(&self, address: DocAddress) -> Result<FoldedCopy, Error> {
        // A copy is named without its names, so they need not be made canonical.
        self.snapshot.article(address).map(FoldedCopy::from).map_err(Error::engine)
    }

    /// Returns the article at an address, with canonical names.
    fn article_at(&self, address: DocAddress) -> Result<Article, Error> {
        let article = self.snapshot.article(address).map_err(Error::engine)?;
        Ok(entities::with_canonical_names(self.table(), article))
    }

    /// Returns where the article lies whose id begins with `id`.
    fn address_of(&self, id: &str) -> Result<Option<DocAddress>, Error> {
        let ids = info::ids_beginning_with(&self.snapshot, id).map_err(Error::engine)?;
        match ids.as_slice() {
            [] => Ok(None),
            [id] => self.snapshot.find(*id).map_err(Error::engine),
            several => Err(Error::AmbiguousId {
                prefix: id.to_owned(),
                ids: several.iter().map(ToString::to_string).collect(),
            }),
        }
    }
}

/// Returns the notes on how the query was read: all of them to those who ask for an explanation, the
/// surprising ones and the words that an expansion `added` to everybody.
fn notes(request: &SearchRequest, added: Option<&[AddedWord]>) -> Vec<String> {
    let wanted = |note: &&Note| request.count_clauses || note.level == NoteLevel::Surprise;
    let notes = request.query.notes.iter().filter(wanted).map(ToString::to_string);
    notes.chain(added.map(feedback::note)).collect()
}

fn engine_error(error: TantivyError) -> Error {
    Error::engine(error)
}
