//! People, organizations and places over the archive: which of them a name means, how many articles
//! mention each and when, and who is mentioned together with whom.
//!
//! Articles hold the names that were resolved within them; the table of the commit says which of
//! those are one entity. Everything here counts articles, never mentions, and counts exactly.

use std::cmp::Reverse;

use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, SegmentReader};

use crate::article::{Article, EntityId, EntityKind, NameTable, PublicationDate, Standing};
use crate::index::day_of_number;
use crate::query::terms::{NameTest, fuzzy_automaton};
use crate::query::{Filter, NameField, NamePattern, QueryAst, Slot, Term};
use crate::search::{EntityCount, EntityList, EntityName, EntityRequest, Error, Suggestion};
use crate::text::{fold, words};

use super::compile::Compiler;
use super::{LocalEngine, engine_error};

/// How many names are offered for one that is nobody's.
const OFFERED: usize = 3;

/// What articles say of one entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The number of articles that mention it.
    pub(super) articles: u64,
    /// The first day of publication of the earliest and of the latest of those that have a date.
    days: Option<(i64, i64)>,
}

impl Tally {
    fn add(&mut self, day: Option<i64>) {
        self.articles += 1;
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    fn dates(&self) -> Option<(PublicationDate, PublicationDate)> {
        let (first, last) = self.days?;
        let date = |day| day_of_number(day).map(PublicationDate::day);
        date(first).zip(date(last))
    }
}

/// Returns the entities of a kind with a name that the pattern means, in order.
pub(super) fn entities_named(
    table: &NameTable,
    kind: Option<EntityKind>,
    pattern: &NamePattern,
) -> Vec<EntityId> {
    let test = NameTest::new(pattern);
    let mut found = Vec::new();
    table.for_each_folded(test.literal(), |folded, entity| {
        if kind.is_none_or(|kind| kind == table.kind(entity)) && test.matches_folded(folded) {
            found.push(entity);
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

/// Puts the canonical names in place of those that were resolved within an article, and leaves out
/// what a user says is no entity.
pub(super) fn with_canonical_names(table: &NameTable, mut article: Article) -> Article {
    let is_kept = |kind: &mut EntityKind, name: &mut String| match table.standing(*kind, name) {
        Standing::Unknown => true,
        Standing::NoEntity => false,
        Standing::Entity(entity) => {
            *kind = table.kind(entity);
            if name != table.name(entity) {
                table.name(entity).clone_into(name);
            }
            true
        }
    };
    article.mentions.retain_mut(|mention| is_kept(&mut mention.kind, &mut mention.entity));
    article.given_entities.retain_mut(|given| is_kept(&mut given.kind, &mut given.name));
    article
}

/// Returns for each entity of the table what the articles that `query` matches say of it.
pub(super) fn tally(engine: &LocalEngine, query: &dyn Query) -> Result<Vec<Tally>, Error> {
    let searcher = engine.snapshot().searcher();
    let mut tallies = vec![Tally::default(); engine.table().len()];
    let weight =
        query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(engine_error)?;
    for segment in searcher.segment_readers() {
        let names = SegmentNames::of(segment, engine.table()).map_err(engine_error)?;
        let days = segment.fast_fields().i64("first_day").map_err(engine_error)?;
        let alive = segment.alive_bitset();
        let mut entities = Vec::new();
        let mut add = |docs: &[DocId]| {
            for doc in docs {
                if alive.is_none_or(|alive| alive.is_alive(*doc)) {
                    names.entities_in(*doc, &mut entities);
                    for entity in &entities {
                        tallies[*entity as usize].add(days.first(*doc));
                    }
                }
            }
        };
        weight.for_each_no_score(segment, &mut add).map_err(engine_error)?;
    }
    Ok(tallies)
}

/// Stands for a name that is no entity.
const NO_ENTITY: u32 = u32::MAX;

/// The names of a segment's articles: for each kind a column of numbers of names, and the entity of
/// each number.
pub(super) struct SegmentNames {
    columns: Vec<(StrColumn, Vec<u32>)>,
}

impl SegmentNames {
    pub(super) fn of(segment: &SegmentReader, table: &NameTable) -> tantivy::Result<Self> {
        let mut columns = Vec::new();
        for kind in EntityKind::ALL {
            let Some(column) = segment.fast_fields().str(kind.as_str())? else { continue };
            let entities = entities_by_number(&column, kind, table)?;
            columns.push((column, entities));
        }
        Ok(Self { columns })
    }

    /// Puts the entities of an article into `entities`, each once.
    pub(super) fn entities_in(&self, doc: DocId, entities: &mut Vec<u32>) {
        entities.clear();
        for (column, by_number) in &self.columns {
            let found = column.term_ords(doc).map(|number| by_number[number as usize]);
            entities.extend(found.filter(|entity| *entity != NO_ENTITY));
        }
        entities.sort_unstable();
        entities.dedup();
    }
}

/// Returns the entity of each name of a column. Names come in the same order here and there, so that
/// one pass over both finds all of them.
fn entities_by_number(
    column: &StrColumn,
    kind: EntityKind,
    table: &NameTable,
) -> tantivy::Result<Vec<u32>> {
    let mut known = table.of_kind(kind).peekable();
    let mut entities = Vec::with_capacity(column.num_terms());
    let mut names = column.dictionary().stream()?;
    while names.advance() {
        while known.next_if(|(name, _)| name.as_bytes() < names.key()).is_some() {}
        let entity = known.next_if(|(name, _)| name.as_bytes() == names.key());
        let entity = entity.and_then(|(_, entity)| entity);
        entities.push(entity.map_or(NO_ENTITY, |EntityId(entity)| entity));
    }
    Ok(entities)
}

/// Answers a request for a list of entities.
pub(super) fn list(engine: &LocalEngine, request: &EntityRequest) -> Result<EntityList, Error> {
    let table = engine.table();
    let with = request.with.iter().map(|pattern| {
        let pattern = pattern.clone();
        Filter::Name { field: NameField::Entity(None), pattern }.into()
    });
    let query = Compiler::new(engine).tree(&QueryAst::all(with))?;
    let tallies = tally(engine, query.as_ref())?;
    let mut is_left_out = vec![false; table.len()];
    for pattern in &request.with {
        for entity in entities_named(table, None, pattern) {
            is_left_out[entity.0 as usize] = true;
        }
    }
    let mut found = named_so(table, request);
    found.retain(|entity| {
        !is_left_out[entity.0 as usize] && tallies[entity.0 as usize].articles > 0
    });
    found.sort_by_key(|entity| (Reverse(tallies[entity.0 as usize].articles), *entity));
    let total = found.len() as u64;
    let suggestions = if total == 0 { suggestions(table, request, &tallies) } else { Vec::new() };
    found.truncate(request.limit);
    let entities =
        found.into_iter().map(|entity| entity_count(table, entity, &tallies[entity.0 as usize]));
    Ok(EntityList { entities: entities.collect(), total, suggestions })
}

fn entity_count(table: &NameTable, entity: EntityId, tally: &Tally) -> EntityCount {
    let mut names: Vec<EntityName> = table
        .forms(entity)
        .map(|form| EntityName {
            kind: form.kind,
            name: form.name.to_owned(),
            articles: form.count,
            reason: form.reason,
            through: form.through.to_owned(),
        })
        .collect();
    names.sort_by_key(|name| Reverse(name.articles));
    let identifiers = table.identifiers(entity);
    EntityCount {
        kind: table.kind(entity),
        name: table.name(entity).to_owned(),
        articles: tally.articles,
        dates: tally.dates(),
        names,
        identifiers: identifiers.map(|(scheme, id)| (scheme.to_owned(), id.to_owned())).collect(),
    }
}

/// Returns the entities of the kind with a name that holds all words that are asked for, by their
/// beginnings.
fn named_so(table: &NameTable, request: &EntityRequest) -> Vec<EntityId> {
    let is_wanted = |entity: &EntityId| request.kind.is_none_or(|kind| kind == table.kind(*entity));
    let wanted: Vec<String> = words(&request.words).map(|word| fold(word.text)).collect();
    if wanted.is_empty() {
        return table.iter().filter(is_wanted).collect();
    }
    let mut found = Vec::new();
    table.for_each_folded(wanted.first().map(String::as_str), |folded, entity| {
        let held =
            |beginning: &String| folded.split(' ').any(|word| word.starts_with(beginning.as_str()));
        if is_wanted(&entity) && wanted.iter().all(held) {
            found.push(entity);
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn suggestions(table: &NameTable, request: &EntityRequest, tallies: &[Tally]) -> Vec<Suggestion> {
    let asked: Vec<&str> = words(&request.words).map(|word| word.text).collect();
    let near = nearest(table, request.kind, &asked, tallies);
    if near.is_empty() {
        return Vec::new();
    }
    vec![Suggestion { word: request.words.clone(), near }]
}

/// Returns canonical names to offer for filters by names that nobody has.
pub(super) fn near_names(engine: &LocalEngine, ast: &QueryAst) -> Result<Vec<Suggestion>, Error> {
    let table = engine.table();
    let mut unknown = Vec::new();
    ast.filters(&mut |filter, wanted| {
        if let (Filter::Name { field: NameField::Entity(kind), pattern }, true) = (filter, wanted)
            && entities_named(table, *kind, pattern).is_empty()
        {
            unknown.push((*kind, plain_words(pattern)));
        }
    });
    if unknown.iter().all(|(_, words)| words.is_empty()) {
        return Ok(Vec::new());
    }
    let tallies = tally(engine, &tantivy::query::AllQuery)?;
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for (kind, words) in unknown {
        let near = nearest(table, kind, &words, &tallies);
        let word = words.join(" ");
        if !near.is_empty() && suggestions.iter().all(|known| known.word != word) {
            suggestions.push(Suggestion { word, near });
        }
    }
    Ok(suggestions)
}

/// Returns the words of a pattern; none when it has others than plain ones.
fn plain_words(pattern: &NamePattern) -> Vec<&str> {
    let plain = |slot| match slot {
        &Slot::Term(Term::Stem(ref text) | Term::Exact(ref text)) => Some(text.as_str()),
        _ => None,
    };
    pattern.slots.iter().map(plain).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Returns the commonest entities with a name that is nearly spelled like these words, side by side.
fn nearest(
    table: &NameTable,
    kind: Option<EntityKind>,
    asked: &[&str],
    tallies: &[Tally],
) -> Vec<String> {
    if asked.is_empty() {
        return Vec::new();
    }
    let automata: Vec<_> = asked
        .iter()
        .map(|word| {
            let folded = fold(word);
            let letters = folded.chars().count();
            let distance = if letters < 6 { 1 } else { 2 };
            (letters >= 3).then(|| fuzzy_automaton(&folded, distance)).ok_or(folded)
        })
        .collect();
    let is_near = |wanted: &Result<levenshtein_automata::DFA, String>, word: &str| match wanted {
        Ok(automaton) => {
            matches!(automaton.eval(word), levenshtein_automata::Distance::Exact(_))
        }
        Err(exact) => exact == word,
    };
    let mut found = Vec::new();
    table.for_each_folded(None, |folded, entity| {
        if kind.is_none_or(|kind| kind == table.kind(entity)) {
            let held: Vec<&str> = folded.split(' ').collect();
            let near = |window: &[&str]| automata.iter().zip(window).all(|(a, w)| is_near(a, w));
            if held.windows(automata.len()).any(near) {
                found.push(entity);
            }
        }
    });
    found.sort_by_key(|entity| (Reverse(tallies[entity.0 as usize].articles), *entity));
    found.dedup();
    found.retain(|entity| tallies[entity.0 as usize].articles > 0);
    let names = found.into_iter().take(OFFERED);
    names.map(|entity| table.name(entity).to_owned()).collect()
}
