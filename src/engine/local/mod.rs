//! The embedded engine: searches over an index on this machine, through Tantivy.

#[cfg(test)]
mod agreement_tests;
mod collect;
mod compile;
mod date_filter;
mod excluded;
mod expand;
mod highlight;
mod info;
mod languages;
mod names;
mod near;
mod rank;
mod statistics;
mod suggest;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::collector::Count;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::Field;
use tantivy::{DocAddress, TantivyError};

use crate::article::{Article, ArticleId, EntityKind};
use crate::index::{self, Layout, Snapshot};
use crate::query::plan::Plan;
use crate::query::terms::{NameTest, QueryAnalyzer};
use crate::query::{Filter, NamePattern, Note, NoteLevel, Passage, Presence, QueryAst};
use crate::search::{
    ArchiveInfo, ClauseCount, EntityCount, EntityRequest, Error, Hit, SearchEngine, SearchRequest,
    SearchResponse, Sort,
};

use collect::{BestScores, ByDate, DateOrder};
use compile::{Compiled, Compiler};
use highlight::Highlighter;
use languages::Languages;
use statistics::LiveStatistics;

/// Answers searches over an index directory, as of the commit that was the last when it was opened.
pub struct LocalEngine {
    snapshot: Snapshot,
    languages: Languages,
    /// The names of fields already listed: scanning a dictionary twice would be work done twice.
    names: Mutex<FxHashMap<Field, std::sync::Arc<BTreeMap<String, u64>>>>,
}

/// A hit before its article was read.
struct Found {
    address: DocAddress,
    score: f64,
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

    fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn plan(&self, passage: &Passage) -> Plan {
        Plan::new(passage, &mut QueryAnalyzer::new(self.languages.as_slice()))
    }

    fn entity_field(&self, kind: EntityKind) -> Field {
        let fields = self.snapshot.fields();
        match kind {
            EntityKind::Person => fields.person,
            EntityKind::Organization => fields.organization,
            EntityKind::Place => fields.place,
        }
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
        let count = self.snapshot.searcher().search(query, &Count).map_err(engine_error)?;
        Ok(count as u64)
    }

    fn find(&self, request: &SearchRequest) -> Result<(Vec<Found>, u64), Error> {
        let compiled = Compiler::new(self).compile(&request.query.ast)?;
        let wanted = request.offset.saturating_add(request.limit);
        if request.limit == 0 {
            return Ok((Vec::new(), self.count_query(compiled.query.as_ref())?));
        }
        let (mut found, total) = match request.sort {
            // Without words there is nothing to be relevant to.
            Sort::Relevance if compiled.ranking.leaves.is_empty() => {
                self.by_date(&compiled, wanted, DateOrder::Newest)?
            }
            Sort::Relevance => self.by_relevance(&compiled, wanted)?,
            Sort::Newest => self.by_date(&compiled, wanted, DateOrder::Newest)?,
            Sort::Oldest => self.by_date(&compiled, wanted, DateOrder::Oldest)?,
        };
        found.truncate(wanted);
        found.drain(..request.offset.min(found.len()));
        Ok((found, total))
    }

    fn by_relevance(&self, compiled: &Compiled, wanted: usize) -> Result<(Vec<Found>, u64), Error> {
        let searcher = self.snapshot.searcher();
        let statistics = LiveStatistics::of(&self.snapshot);
        let limit = compiled.ranking.candidates_for(wanted);
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        let weight = compiled.query.weight(scoring).map_err(engine_error)?;
        let best = BestScores { limit };
        let (candidates, total) =
            best.collect(searcher, weight.as_ref(), compiled.counting).map_err(engine_error)?;
        let total = match total {
            Some(total) => total,
            None => self.count_query(compiled.query.as_ref())?,
        };
        let ranked =
            compiled.ranking.rank(searcher, &statistics, &candidates).map_err(engine_error)?;
        let found =
            ranked.iter().map(|ranked| Found { address: ranked.address, score: ranked.score });
        Ok((found.collect(), total))
    }

    fn by_date(
        &self,
        compiled: &Compiled,
        wanted: usize,
        order: DateOrder,
    ) -> Result<(Vec<Found>, u64), Error> {
        let searcher = self.snapshot.searcher();
        let collector = ByDate { limit: wanted, order };
        let dated = searcher.search(compiled.query.as_ref(), &collector).map_err(engine_error)?;
        let found = dated.first.iter().map(|(_, address)| Found { address: *address, score: 0.0 });
        Ok((found.collect(), dated.count))
    }

    fn hits(&self, request: &SearchRequest, found: &[Found]) -> Result<Vec<Hit>, Error> {
        let mut highlighter =
            Highlighter::new(&request.query.ast, self.languages.as_slice(), request.snippets);
        let mut hits = Vec::with_capacity(found.len());
        for found in found {
            let article = self.snapshot.article(found.address).map_err(Error::engine)?;
            hits.push(highlighter.hit(article, found.score));
        }
        Ok(hits)
    }

    /// Returns how many articles match all but the date, and have none; `None` without a date filter.
    fn undated(&self, ast: &QueryAst) -> Result<Option<u64>, Error> {
        let is_date = |clause: &QueryAst| matches!(clause, QueryAst::Filter(Filter::Date(_)));
        let clauses = ast.clauses();
        if !clauses.iter().any(is_date) {
            return Ok(None);
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
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let ast = &request.query.ast;
        let (found, total) = self.find(request)?;
        let needs_clauses = request.count_clauses || total == 0;
        Ok(SearchResponse {
            total,
            hits: self.hits(request, &found)?,
            undated: self.undated(ast)?,
            query: request.query.to_string(),
            clauses: if needs_clauses { self.clause_counts(ast)? } else { Vec::new() },
            suggestions: if total == 0 { suggest::near_spellings(self, ast)? } else { Vec::new() },
            notes: notes(request),
        })
    }

    fn article(&self, id: &str) -> Result<Option<Article>, Error> {
        let ids = info::ids_beginning_with(&self.snapshot, id).map_err(Error::engine)?;
        match ids.as_slice() {
            [] => Ok(None),
            [id] => self.article_at(*id),
            several => Err(Error::AmbiguousId {
                prefix: id.to_owned(),
                ids: several.iter().map(ToString::to_string).collect(),
            }),
        }
    }

    fn info(&self) -> Result<ArchiveInfo, Error> {
        info::archive_info(self)
    }

    fn entities(&self, request: &EntityRequest) -> Result<Vec<EntityCount>, Error> {
        info::entities(self, request)
    }
}

impl LocalEngine {
    fn article_at(&self, id: ArticleId) -> Result<Option<Article>, Error> {
        let address = self.snapshot.find(id).map_err(Error::engine)?;
        let read = |address| self.snapshot.article(address).map_err(Error::engine);
        address.map(read).transpose()
    }
}

/// Returns the notes on how the query was read: all of them to those who ask for an explanation, the
/// surprising ones to everybody.
fn notes(request: &SearchRequest) -> Vec<String> {
    let wanted = |note: &&Note| request.count_clauses || note.level == NoteLevel::Surprise;
    request.query.notes.iter().filter(wanted).map(ToString::to_string).collect()
}

fn engine_error(error: TantivyError) -> Error {
    Error::engine(error)
}
