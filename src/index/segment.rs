//! The segment that one thread writes.
//!
//! Tantivy's own way is a queue to threads that write: it bounds the number of documents on their way
//! and not their bytes, and those threads take turns with the ones that make documents on the same
//! cores, so that each finds the caches full of what the other left. Here who makes a document writes
//! it.

use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Segment, TantivyDocument};

use super::document::IndexableArticle;
use super::{Error, IndexWriter};

/// A segment is written out when it comes as close to its memory, in bytes: an article adds less.
const MARGIN: usize = 1_000_000;

/// Takes the articles that one thread adds to an index, see [`IndexWriter::sink`].
pub struct ArticleSink<'index> {
    index: &'index IndexWriter,
    memory: usize,
    open: Option<(Segment, SegmentWriter)>,
}

impl<'index> ArticleSink<'index> {
    pub(super) fn new(index: &'index IndexWriter, memory: usize) -> Self {
        Self { index, memory, open: None }
    }

    /// Adds an article.
    ///
    /// # Errors
    /// Fails where the directory cannot be written.
    pub fn add(&mut self, article: IndexableArticle) -> Result<(), Error> {
        self.index.note_names(article.names);
        let written = self.write(article.document);
        written.map_err(|source| self.index.tantivy_error(source))
    }

    /// Writes out what was added; without it nothing of the last segment is in the next commit.
    ///
    /// # Errors
    /// Fails where the directory cannot be written.
    pub fn finish(mut self) -> Result<(), Error> {
        self.flush().map_err(|source| self.index.tantivy_error(source))
    }

    fn write(&mut self, document: TantivyDocument) -> tantivy::Result<()> {
        let (_, writer) = match &mut self.open {
            Some(open) => open,
            closed => {
                let segment = self.index.tantivy().new_segment();
                self.index.written().insert(segment.id());
                let writer = SegmentWriter::for_segment(self.memory, segment.clone())?;
                closed.insert((segment, writer))
            }
        };
        // Stamps tell what removals are of; those of a run spare what it writes, see `removal`.
        writer.add_document(AddOperation { opstamp: 0, document })?;
        if writer.mem_usage() + MARGIN >= self.memory {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> tantivy::Result<()> {
        let Some((segment, writer)) = self.open.take() else { return Ok(()) };
        let articles = writer.max_doc();
        writer.finalize()?;
        let meta = segment.with_max_doc(articles).meta().clone();
        meta.untrack_temp_docstore();
        self.index.tantivy().add_segment(meta)
    }
}
