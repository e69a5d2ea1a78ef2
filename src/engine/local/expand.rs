//! The dictionary of written forms: which of them there are, and which are near a word.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use crate::index::Snapshot;
use crate::query::terms::{TermForms, TermTest};
use crate::search::Error;

use super::engine_error;
use super::statistics::live_articles;

/// How many words a truncated word may stand for.
const MAX_FORMS: usize = 10_000;

/// The written forms in the headlines and bodies of an archive.
pub(super) struct Dictionary<'snapshot> {
    snapshot: &'snapshot Snapshot,
}

impl<'snapshot> Dictionary<'snapshot> {
    pub(super) fn new(snapshot: &'snapshot Snapshot) -> Self {
        Self { snapshot }
    }

    /// Returns the terms of `field` that a truncated, fuzzy or regular expression stands for.
    ///
    /// # Errors
    /// [`Error::Query`] names the limit when there are more than [`MAX_FORMS`].
    pub(super) fn forms(&self, field: Field, wanted: &TermForms) -> Result<Vec<String>, Error> {
        let test = TermTest::new(wanted);
        let prefix = prefix_of(wanted);
        let mut forms = BTreeSet::new();
        for segment in self.snapshot.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).map_err(engine_error)?;
            let range = inverted.terms().range().ge(prefix.as_bytes());
            let mut stream = range.into_stream().map_err(|error| engine_error(error.into()))?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                let Ok(form) = std::str::from_utf8(stream.key()) else { continue };
                if test.matches(form, form) && !forms.contains(form) {
                    forms.insert(form.to_owned());
                }
            }
        }
        if forms.len() > MAX_FORMS {
            return Err(Error::Query {
                clause: format!("`{}`", name_of(wanted)),
                reason: format!(
                    "it stands for {} words, more than the limit of {MAX_FORMS}",
                    forms.len()
                ),
            });
        }
        Ok(forms.into_iter().collect())
    }

    /// Returns the number of articles that hold a written form.
    pub(super) fn articles_with(&self, exact: &str) -> Result<u64, Error> {
        self.count(&Term::from_field_text(self.snapshot.fields().exact, exact))
    }

    fn count(&self, term: &Term) -> Result<u64, Error> {
        live_articles(self.snapshot.searcher(), term).map_err(engine_error)
    }

    /// Tells whether any of these stems occurs.
    pub(super) fn has_any_stem(&self, stems: &[String]) -> Result<bool, Error> {
        let field = self.snapshot.fields().stem;
        for stem in stems {
            if self.count(&Term::from_field_text(field, stem))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the written forms at most `distance` edits (1 or 2) away from `word`, with the number
    /// of articles that hold each; neighbours exchanged are one edit.
    pub(super) fn near(&self, word: &str, distance: u8) -> Result<Vec<(String, u64)>, Error> {
        let field = self.snapshot.fields().exact;
        let term = Term::from_field_text(field, word);
        let fuzzy = FuzzyTermQuery::new(term, distance, true);
        let mut near = BTreeSet::new();
        for segment in self.snapshot.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).map_err(engine_error)?;
            let automaton = fuzzy.automaton().map_err(engine_error)?;
            let mut stream = inverted
                .terms()
                .search(automaton)
                .into_stream()
                .map_err(|error| engine_error(error.into()))?;
            while stream.advance() {
                near.insert(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        let mut counted = Vec::with_capacity(near.len());
        for form in near {
            let articles = self.articles_with(&form)?;
            if articles > 0 {
                counted.push((form, articles));
            }
        }
        Ok(counted)
    }
}

/// Returns the letters that every form begins with.
fn prefix_of(forms: &TermForms) -> &str {
    match forms {
        TermForms::Exact(text) => text,
        TermForms::Wildcard(_, pattern) => pattern.prefix(),
        TermForms::Stems(_) | TermForms::Fuzzy(..) | TermForms::Regex(_) => "",
    }
}

fn name_of(forms: &TermForms) -> &str {
    match forms {
        TermForms::Exact(text) | TermForms::Wildcard(text, _) | TermForms::Fuzzy(text, _) => text,
        TermForms::Regex(pattern) => pattern,
        TermForms::Stems(stems) => stems.first().map_or("", String::as_str),
    }
}
