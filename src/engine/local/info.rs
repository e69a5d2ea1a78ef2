//! What an archive holds, and who is mentioned in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::article::{ArticleId, PublicationDate};
use crate::index::{Error as IndexError, ProblemKind, Snapshot, day_of_number};
use crate::search::{ArchiveInfo, Error, NameCount};

use super::LocalEngine;

/// How many ids are named when a beginning of one is ambiguous.
const NAMED_IDS: usize = 5;

/// Returns the ids that begin with `prefix`, no more than are worth naming.
pub(super) fn ids_beginning_with(
    snapshot: &Snapshot,
    prefix: &str,
) -> Result<Vec<ArticleId>, IndexError> {
    let prefix = prefix.to_ascii_lowercase();
    let mut ids = Vec::new();
    for id in snapshot.terms_beginning_with(snapshot.fields().id, &prefix, NAMED_IDS)? {
        // The dictionary goes on naming articles that were deleted since.
        if let Ok(id) = id.parse::<ArticleId>()
            && snapshot.find(id)?.is_some()
        {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Returns what the archive holds.
pub(super) fn archive_info(engine: &LocalEngine) -> Result<ArchiveInfo, Error> {
    let snapshot = engine.snapshot();
    let fields = snapshot.fields();
    let totals = snapshot.totals();
    let manifest = snapshot.manifest().map_err(Error::engine)?;
    let problems = || manifest.files.values().flat_map(|entry| &entry.problems);
    let count = |kind| problems().filter(|problem| problem.kind == kind).count() as u64;
    let outlets = by_count(engine.names(fields.outlet)?.as_ref());
    let with_outlet: u64 = outlets.iter().map(|outlet| outlet.articles).sum();
    let (dates, dated) = dates(snapshot).map_err(Error::engine)?;
    Ok(ArchiveInfo {
        articles: totals.articles,
        words: totals.body_words,
        dates,
        undated: totals.articles - dated,
        without_outlet: totals.articles.saturating_sub(with_outlet),
        outlets,
        languages: by_count(engine.names(fields.language)?.as_ref()),
        files: manifest.files.len() as u64,
        source_bytes: manifest.files.values().map(|entry| entry.size).sum(),
        index_bytes: snapshot.size().map_err(Error::engine)?,
        skipped: count(ProblemKind::Skipped),
        failed: count(ProblemKind::Failed),
    })
}

fn by_count(counts: &BTreeMap<String, u64>) -> Vec<NameCount> {
    let mut sorted: Vec<NameCount> =
        counts.iter().map(|(name, &articles)| NameCount { name: name.clone(), articles }).collect();
    sorted.sort_by_key(|count| Reverse(count.articles));
    sorted
}

/// Returns the earliest and the latest date, and the number of articles that have one.
fn dates(
    snapshot: &Snapshot,
) -> tantivy::Result<(Option<(PublicationDate, PublicationDate)>, u64)> {
    let mut first: Option<(i64, i64)> = None;
    let mut last: Option<(i64, i64)> = None;
    let mut dated = 0;
    for segment in snapshot.searcher().segment_readers() {
        let published = segment.fast_fields().i64("published")?;
        let days = segment.fast_fields().i64("first_day")?;
        for doc in segment.doc_ids_alive() {
            let (Some(seconds), Some(day)) = (published.first(doc), days.first(doc)) else {
                continue;
            };
            dated += 1;
            first = Some(first.map_or((seconds, day), |known| known.min((seconds, day))));
            last = Some(last.map_or((seconds, day), |known| known.max((seconds, day))));
        }
    }
    let day = |(_, day): (i64, i64)| day_of_number(day).map(PublicationDate::day);
    Ok((first.and_then(day).zip(last.and_then(day)), dated))
}
