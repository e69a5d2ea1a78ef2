//! What is added to an article between reading and indexing: its entities and its sketch.

use crate::article::{Article, ArticleTokens};
use crate::entities::{Recognizer, Scratch, TaggingError};
use crate::index::{CopyMarks, DocumentBuilder, Fields, IndexableArticle, Problem, ProblemKind};
use crate::neardup::Sketch;

use super::error::with_causes;

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
    /// others look at too, and whether mentions could be looked for. Where they could not, the
    /// article is as good as without a recognizer.
    pub fn enrich(&mut self, article: &mut Article) -> (ArticleTokens, Result<(), TaggingError>) {
        let words = ArticleTokens::of(article.title_text(), &article.body);
        let found = match self.recognizer {
            Some(recognizer) => recognizer.enrich(article, &words, &mut self.scratch),
            None => Ok(()),
        };
        (words, found)
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

    /// Adds what was found in an article to it; returns its words, and what kept its names from being
    /// found.
    pub(super) fn enrich(&mut self, article: &mut Article) -> (ArticleTokens, Option<Problem>) {
        let (words, found) = self.enricher.enrich(article);
        let problem = found.err().map(|error| Problem {
            place: article.locator.to_string(),
            kind: ProblemKind::Failed,
            reason: with_causes(&error),
        });
        (words, problem)
    }

    /// Returns the document of an article with these words.
    pub(super) fn document(
        &mut self,
        article: &Article,
        words: &ArticleTokens,
    ) -> IndexableArticle {
        let sketch = Sketch::of_words(words.body.words(&article.body));
        let marks = CopyMarks { sketch: sketch.to_numbers(), keys: sketch.signature().to_keys() };
        self.builder.build(article, words, &marks)
    }
}
