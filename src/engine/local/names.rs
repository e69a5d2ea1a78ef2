//! Names as the index holds them: which of them a pattern means, and how many articles have each.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::schema::Field;

use crate::index::{Error, Snapshot};

use super::statistics::live_articles_in;

/// Returns the distinct names of a field, with the number of articles that have each.
pub(super) fn counts(snapshot: &Snapshot, field: Field) -> Result<BTreeMap<String, u64>, Error> {
    let mut counts = BTreeMap::new();
    let tantivy_error = |source| Error::Tantivy { path: snapshot.path().to_owned(), source };
    for segment in snapshot.searcher().segment_readers() {
        let inverted = segment.inverted_index(field).map_err(tantivy_error)?;
        let mut terms = inverted.terms().stream().map_err(|error| tantivy_error(error.into()))?;
        while terms.advance() {
            let name = String::from_utf8_lossy(terms.key()).into_owned();
            let articles = if segment.has_deletes() {
                let term = Term::from_field_text(field, &name);
                live_articles_in(segment, &term).map_err(tantivy_error)?
            } else {
                u64::from(terms.value().doc_freq)
            };
            if articles > 0 {
                *counts.entry(name).or_insert(0) += articles;
            }
        }
    }
    Ok(counts)
}
