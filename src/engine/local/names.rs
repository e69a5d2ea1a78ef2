//! Names as the index holds them: which of them a pattern means, and how many articles have each.

use std::collections::BTreeMap;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Term};

use crate::index::{Error, Snapshot};

/// Returns the distinct names of a field, with the number of articles that have each.
pub(super) fn counts(snapshot: &Snapshot, field: Field) -> Result<BTreeMap<String, u64>, Error> {
    let mut counts = BTreeMap::new();
    let tantivy_error = |source| Error::Tantivy { path: snapshot.path().to_owned(), source };
    for segment in snapshot.searcher().segment_readers() {
        let inverted = segment.inverted_index(field).map_err(tantivy_error)?;
        let mut terms = inverted.terms().stream().map_err(|error| tantivy_error(error.into()))?;
        while terms.advance() {
            let name = String::from_utf8_lossy(terms.key()).into_owned();
            let articles = match segment.alive_bitset() {
                None => u64::from(terms.value().doc_freq),
                Some(alive) => {
                    let term = Term::from_field_text(field, &name);
                    let postings = inverted
                        .read_postings(&term, IndexRecordOption::Basic)
                        .map_err(|error| tantivy_error(error.into()))?;
                    postings.map_or(0, |mut postings| u64::from(postings.count(alive)))
                }
            };
            if articles > 0 {
                *counts.entry(name).or_insert(0) += articles;
            }
        }
    }
    Ok(counts)
}
