//! Counting matches by the values of a field and over time.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocAddress, Searcher};

use crate::article::{EntityId, EntityKind, NameTable};
use crate::index::day_of_number;
use crate::search::{Error, Facet, FacetField, FacetValue, Interval, Period, Timeline};

use super::engine_error;
use super::entities::SegmentNames;
use super::folding::Folding;
use super::matches::Matches;

/// How often a value occurs.
#[derive(Default)]
struct Count {
    articles: u64,
    /// The articles among these that have no copies.
    alone: u64,
    /// The stories of the others.
    stories: FxHashSet<u32>,
}

impl Count {
    fn add(&mut self, story: Option<u32>) {
        self.articles += 1;
        match story {
            Some(story) => drop(self.stories.insert(story)),
            None => self.alone += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.articles += other.articles;
        self.alone += other.alone;
        self.stories.extend(other.stories);
    }

    fn stories(&self) -> u64 {
        self.alone + self.stories.len() as u64
    }
}

/// Returns the commonest values of a field among the matches.
pub(super) fn facet(
    searcher: &Searcher,
    table: &NameTable,
    matches: &Matches,
    folding: &Folding,
    field: FacetField,
    limit: usize,
) -> Result<Facet, Error> {
    let (counts, without) = match field {
        FacetField::Date(interval) => count_dates(searcher, matches, folding, interval),
        FacetField::Agency => count_names(searcher, matches, folding, "agency"),
        FacetField::Outlet => count_names(searcher, matches, folding, "outlet"),
        FacetField::Section => count_names(searcher, matches, folding, "section"),
        FacetField::Language => count_names(searcher, matches, folding, "language"),
        FacetField::Entity(kind) => count_entities(searcher, table, matches, folding, kind),
    }
    .map_err(engine_error)?;
    let distinct = counts.len() as u64;
    let mut values: Vec<FacetValue> = counts
        .into_iter()
        .map(|(value, count)| FacetValue {
            value,
            articles: count.articles,
            stories: count.stories(),
        })
        .collect();
    values.sort_unstable_by(|one, two| {
        two.articles.cmp(&one.articles).then_with(|| one.value.cmp(&two.value))
    });
    values.truncate(limit);
    Ok(Facet { field, values, distinct, without })
}

type Counts = FxHashMap<String, Count>;

/// Returns how often each name stands in the column `name`, and how many matches have none there.
fn count_names(
    searcher: &Searcher,
    matches: &Matches,
    folding: &Folding,
    name: &str,
) -> tantivy::Result<(Counts, u64)> {
    let mut counts = Counts::default();
    let mut without = 0;
    for docs in matches.by_segment() {
        let reader = searcher.segment_reader(docs[0].segment_ord);
        let Some(column) = reader.fast_fields().str(name)? else {
            without += docs.len() as u64;
            continue;
        };
        let mut by_ordinal: FxHashMap<u64, Count> = FxHashMap::default();
        for address in docs {
            let story = folding.story(*address);
            let mut has_any = false;
            for ordinal in column.term_ords(address.doc_id) {
                by_ordinal.entry(ordinal).or_default().add(story);
                has_any = true;
            }
            without += u64::from(!has_any);
        }
        let mut by_ordinal: Vec<(u64, Count)> = by_ordinal.into_iter().collect();
        by_ordinal.sort_unstable_by_key(|(ordinal, _)| *ordinal);
        let ordinals: Vec<u64> = by_ordinal.iter().map(|(ordinal, _)| *ordinal).collect();
        let mut segment_counts = by_ordinal.into_iter();
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |value| {
            if let Some((_, count)) = segment_counts.next() {
                let value = String::from_utf8_lossy(value).into_owned();
                counts.entry(value).or_default().merge(count);
            }
        })?;
    }
    Ok((counts, without))
}

/// Returns how often each entity of a kind is mentioned, under its canonical name, and how many matches
/// mention none. Two entities of one name count together.
fn count_entities(
    searcher: &Searcher,
    table: &NameTable,
    matches: &Matches,
    folding: &Folding,
    kind: EntityKind,
) -> tantivy::Result<(Counts, u64)> {
    let mut by_entity: FxHashMap<EntityId, Count> = FxHashMap::default();
    let mut without = 0;
    let mut entities = Vec::new();
    for docs in matches.by_segment() {
        let names = SegmentNames::of(searcher.segment_reader(docs[0].segment_ord), table)?;
        for address in docs {
            names.entities_in(address.doc_id, &mut entities);
            let story = folding.story(*address);
            let mut has_any = false;
            for entity in entities.iter().map(|entity| EntityId(*entity)) {
                if table.kind(entity) == kind {
                    by_entity.entry(entity).or_default().add(story);
                    has_any = true;
                }
            }
            without += u64::from(!has_any);
        }
    }
    let mut counts = Counts::default();
    for (entity, count) in by_entity {
        counts.entry(table.name(entity).to_owned()).or_default().merge(count);
    }
    Ok((counts, without))
}

/// Returns how many matches each period has, and of how many the period is not known.
fn count_dates(
    searcher: &Searcher,
    matches: &Matches,
    folding: &Folding,
    interval: Interval,
) -> tantivy::Result<(Counts, u64)> {
    let mut by_period: FxHashMap<NaiveDate, Count> = FxHashMap::default();
    let mut without = 0;
    visit_dates(searcher, matches, interval, |address, dated| match dated {
        Dated::In(start) => by_period.entry(start).or_default().add(folding.story(address)),
        Dated::Imprecisely | Dated::Never => without += 1,
    })?;
    let counts =
        by_period.into_iter().map(|(start, count)| (interval.label(start), count)).collect();
    Ok((counts, without))
}

/// Returns the matches over time.
pub(super) fn timeline(
    searcher: &Searcher,
    matches: &Matches,
    folding: &Folding,
    interval: Interval,
) -> Result<Timeline, Error> {
    let mut by_period: FxHashMap<NaiveDate, Period> = FxHashMap::default();
    let (mut undated, mut imprecise) = (0, 0);
    visit_dates(searcher, matches, interval, |address, dated| match dated {
        Dated::In(start) => {
            let empty = Period { start, articles: 0, stories: 0 };
            let period = by_period.entry(start).or_insert(empty);
            period.articles += 1;
            period.stories += u64::from(folding.shows(address));
        }
        Dated::Imprecisely => imprecise += 1,
        Dated::Never => undated += 1,
    })
    .map_err(engine_error)?;
    Ok(Timeline::of(interval, by_period.into_values().collect(), undated, imprecise))
}

/// What an article's date says of its period.
enum Dated {
    In(NaiveDate),
    Imprecisely,
    Never,
}

fn visit_dates(
    searcher: &Searcher,
    matches: &Matches,
    interval: Interval,
    mut visit: impl FnMut(DocAddress, Dated),
) -> tantivy::Result<()> {
    // Most days have several articles, and a calendar is slow to ask.
    let mut known: FxHashMap<i64, Option<NaiveDate>> = FxHashMap::default();
    let mut start_of = |day: i64| {
        *known.entry(day).or_insert_with(|| day_of_number(day).map(|date| interval.start_of(date)))
    };
    for docs in matches.by_segment() {
        let columns = searcher.segment_reader(docs[0].segment_ord).fast_fields();
        let (first_day, last_day) = (columns.i64("first_day")?, columns.i64("last_day")?);
        for address in docs {
            let days = first_day.first(address.doc_id).zip(last_day.first(address.doc_id));
            visit(
                *address,
                match days {
                    None => Dated::Never,
                    Some((first, last)) => match (start_of(first), start_of(last)) {
                        (Some(one), Some(two)) if one == two => Dated::In(one),
                        _ => Dated::Imprecisely,
                    },
                },
            );
        }
    }
    Ok(())
}
