//! The distinct names of an archive while it changes: those of the last commit, with the names of
//! added articles and without those of removed ones. So the table of names can be made before the
//! commit that it belongs to, without reading the articles that stay.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::{Error, Snapshot};
use crate::article::{EntityKind, NameCount};

/// The names of one article.
pub(super) type ArticleNames = Vec<(EntityKind, String)>;

type Counts = FxHashMap<(EntityKind, String), u64>;

/// What a writer has changed since the last commit.
#[derive(Default)]
pub(super) struct NameChanges {
    added: Mutex<Counts>,
    /// Files whose articles of the last commit are removed.
    removed: Mutex<Vec<String>>,
}

impl NameChanges {
    /// Counts the names of an article that was added.
    pub(super) fn add(&self, names: ArticleNames) {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            *added.entry(name).or_insert(0) += 1;
        }
    }

    /// Notes that the articles of a file are removed.
    pub(super) fn remove_source(&self, source: &str) {
        let mut removed = self.removed.lock().unwrap_or_else(PoisonError::into_inner);
        removed.push(source.to_owned());
    }

    /// Returns the names after the changes; `before` is the last commit, where there is one.
    pub(super) fn apply(self, before: Option<&Snapshot>) -> Result<Vec<NameCount>, Error> {
        let mut counts = self.added.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut removed = self.removed.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = before {
            for name in before.names().occurring() {
                *counts.entry((name.kind, name.name)).or_insert(0) += name.count;
            }
            removed.sort_unstable();
            removed.dedup();
            for (name, count) in names_of_sources(before, &removed)? {
                if let Some(known) = counts.get_mut(&name) {
                    *known = known.saturating_sub(count);
                }
            }
        }
        let left = counts.into_iter().filter(|(_, count)| *count > 0);
        Ok(left.map(|((kind, name), count)| NameCount { kind, name, count }).collect())
    }
}

/// Returns the names of all articles of these files.
fn names_of_sources(snapshot: &Snapshot, sources: &[String]) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    if sources.is_empty() {
        return Ok(counts);
    }
    let tantivy_error = |source| Error::Tantivy { path: snapshot.path().to_owned(), source };
    for segment in snapshot.searcher().segment_readers() {
        add_names(snapshot, segment, sources, &mut counts).map_err(tantivy_error)?;
    }
    Ok(counts)
}

fn add_names(
    snapshot: &Snapshot,
    segment: &SegmentReader,
    sources: &[String],
    counts: &mut Counts,
) -> tantivy::Result<()> {
    let source_field = snapshot.fields().source;
    let inverted = segment.inverted_index(source_field)?;
    let mut documents = Vec::new();
    for source in sources {
        let term = Term::from_field_text(source_field, source);
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                documents.push(postings.doc());
            }
            postings.advance();
        }
    }
    for kind in EntityKind::ALL {
        let Some(column) = segment.fast_fields().str(kind.as_str())? else { continue };
        let mut by_number: FxHashMap<u64, u64> = FxHashMap::default();
        for document in &documents {
            for number in column.term_ords(*document) {
                *by_number.entry(number).or_insert(0) += 1;
            }
        }
        let mut name = String::new();
        for (number, count) in by_number {
            name.clear();
            if column.ord_to_str(number, &mut name)? {
                *counts.entry((kind, name.clone())).or_insert(0) += count;
            }
        }
    }
    Ok(())
}
