//! What is added to an article between reading and indexing: its entities and its sketch.

use crate::article::{Article, ArticleTokens};
use crate::entities::{Recognizer, Scratch};
use crate::index::{CopyMarks, DocumentBuilder, Fields, IndexableArticle};
use crate::neardup::Sketch;

/// Adds entities and makes documents; one for each thread, since it reuses its buffers.
pub struct Enricher<'run> {
    recognizer: Option<&'run Recognizer>,
    scratch: Scratch,
}

impl<'run> Enricher<'run> {
    /// Returns an enricher; without a recognizer articles get no entities but those that their
    /// sources give.
    pub fn new(recognizer: Option<&'run Recognizer>) -> Self {
        Self { recognizer, scratch: Scratch::default() }
    }

    /// Adds the mentions of people, organizations and places; returns the words of the article, which
    /// others look at too.
    pub fn enrich(&mut self, article: &mut Article) -> ArticleTokens {
        let words = ArticleTokens::of(article.title_text(), &article.body);
        if let Some(recognizer) = self.recognizer {
            recognizer.enrich(article, &words, &mut self.scratch);
        }
        words
    }
}

/// Makes documents of articles; one for each thread.
pub(super) struct Encoder<'run> {
    enricher: Enricher<'run>,
    builder: DocumentBuilder,
}

impl<'run> Encoder<'run> {
    pub(super) fn new(recognizer: Option<&'run Recognizer>, fields: Fields) -> Self {
        Self { enricher: Enricher::new(recognizer), builder: DocumentBuilder::new(fields) }
    }

    pub(super) fn encode(&mut self, mut article: Article) -> IndexableArticle {
        let words = self.enricher.enrich(&mut article);
        let sketch = Sketch::of_words(words.body.words(&article.body));
        let marks = CopyMarks { sketch: sketch.to_bytes(), keys: sketch.signature().to_keys() };
        self.builder.build(&article, &words, &marks)
    }
}
