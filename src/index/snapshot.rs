//! Reading an index as of its last commit, without a lock and without writing anything.

use std::path::{Path, PathBuf};

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use crate::article::{Article, ArticleId, NameTable};

use super::document::article_of;
use super::durable::{Access, GenerationDirectory, directory_size};
use super::generation::Current;
use super::schema::{Fields, schema};
use super::{Error, Layout, Manifest, Totals, analyzer};

/// How often opening is tried when files vanish meanwhile: a writer committed in between.
const ATTEMPTS: usize = 20;

/// An index as of one commit; later commits do not change it.
#[derive(Clone)]
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
    path: PathBuf,
    current: Current,
    names: NameTable,
}

impl Snapshot {
    /// Opens the last commit of an index directory.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none; [`Error::Format`] where it must be rebuilt.
    pub fn open(layout: &Layout) -> Result<Self, Error> {
        let mut attempt = 1;
        loop {
            match Self::try_open(layout) {
                Err(error) if attempt < ATTEMPTS && is_vanished(&error) => attempt += 1,
                result => return result,
            }
        }
    }

    fn try_open(layout: &Layout) -> Result<Self, Error> {
        let current = Current::read(layout)?;
        let tantivy_error = |source| Error::Tantivy { path: current.path.clone(), source };
        let directory =
            GenerationDirectory::open(&current.path, Access::Read).map_err(tantivy_error)?;
        let names = current.names(&directory)?;
        let index = Index::open(directory).map_err(tantivy_error)?;
        analyzer::register(index.tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .num_warming_threads(1)
            .try_into()
            .map_err(tantivy_error)?;
        let (_, fields) = schema();
        let path = layout.root().to_owned();
        Ok(Self { searcher: reader.searcher(), fields, path, current, names })
    }

    /// Returns what Tantivy searches.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the fields.
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// Returns sums over the articles.
    pub fn totals(&self) -> Totals {
        self.current.payload.totals
    }

    /// Returns which names are one entity.
    pub fn names(&self) -> &NameTable {
        &self.names
    }

    /// Returns where the archive was at the commit; `None` where the index lies in it under its
    /// usual name.
    pub fn archive(&self) -> Option<&Path> {
        self.current.payload.archive.as_deref().map(Path::new)
    }

    /// Returns the index directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the number of bytes that the index takes on disk.
    pub fn size(&self) -> Result<u64, Error> {
        directory_size(&self.current.path).map_err(|source| Error::Io {
            action: "read",
            path: self.current.path.clone(),
            source,
        })
    }

    /// Returns the manifest of the commit.
    pub fn manifest(&self) -> Result<Manifest, Error> {
        self.current.manifest()
    }

    /// Returns the article at `address`.
    pub fn article(&self, address: DocAddress) -> Result<Article, Error> {
        let document: TantivyDocument =
            self.searcher.doc(address).map_err(|source| self.tantivy_error(source))?;
        article_of(&document, self.fields).ok_or_else(|| Error::Damaged {
            path: self.current.path.clone(),
            reason: format!("the article stored at {address:?} cannot be read"),
        })
    }

    /// Returns where the article `id` lies, or `None` where there is no such article.
    pub fn find(&self, id: ArticleId) -> Result<Option<DocAddress>, Error> {
        let term = Term::from_field_text(self.fields.id, id.as_str());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .searcher
            .search(&query, &DocSetCollector)
            .map_err(|source| self.tantivy_error(source))?;
        Ok(found.into_iter().next())
    }

    /// Returns the first `limit` distinct terms of `field` that begin with `prefix`; also those of
    /// articles since deleted.
    pub fn terms_beginning_with(
        &self,
        field: Field,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<String>, Error> {
        let mut terms = std::collections::BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted =
                segment.inverted_index(field).map_err(|source| self.tantivy_error(source))?;
            let range = inverted.terms().range().ge(prefix.as_bytes());
            let mut stream =
                range.into_stream().map_err(|source| self.tantivy_error(source.into()))?;
            let mut taken = 0;
            while taken < limit && stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                terms.insert(String::from_utf8_lossy(stream.key()).into_owned());
                taken += 1;
            }
        }
        Ok(terms.into_iter().take(limit).collect())
    }

    fn tantivy_error(&self, source: TantivyError) -> Error {
        Error::Tantivy { path: self.current.path.clone(), source }
    }
}

/// Tells whether a file was gone that a commit named a moment ago.
fn is_vanished(error: &Error) -> bool {
    match error {
        Error::Io { source, .. } => source.kind() == std::io::ErrorKind::NotFound,
        Error::Tantivy { source, .. } => {
            let text = source.to_string();
            matches!(source, TantivyError::OpenReadError(_)) || text.contains("does not exist")
        }
        _ => false,
    }
}
