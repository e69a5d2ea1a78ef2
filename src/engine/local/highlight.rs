//! Where a query matches in the few articles that are shown.
//!
//! The same tree that found an article is evaluated again over its words, by the definition of the
//! language in [`crate::query`]: what is highlighted is exactly what matched.

use crate::article::Article;
use crate::query::{Matcher, QueryAst};
use crate::search::{Hit, SnippetOptions, snippets};
use crate::text::Language;

/// Makes hits of articles.
pub(super) struct Highlighter {
    matcher: Matcher,
    options: SnippetOptions,
}

impl Highlighter {
    pub(super) fn new(ast: &QueryAst, languages: &[Language], options: SnippetOptions) -> Self {
        Self { matcher: Matcher::new(ast, languages), options }
    }

    pub(super) fn hit(&mut self, article: Article, score: f64) -> Hit {
        let matches = self.matcher.highlights(&article);
        let snippets = snippets(&article.body, &matches.body, self.options);
        Hit {
            article,
            score,
            title_highlights: matches.title,
            body_highlights: matches.body,
            snippets,
            copies: Vec::new(),
            explanation: Vec::new(),
        }
    }
}
