//! The answer to a search.

use super::{Cursor, Facet, Timeline};
use crate::article::{Article, ArticleId, Outlet, PublicationDate, SourceLocator};
use crate::text::Span;

/// What an engine answers to a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResponse {
    /// The number of articles that match, exactly.
    pub total: u64,
    /// The number of different stories among them, where copies are folded: the number of hits.
    pub stories: Option<u64>,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// The place after the last of them, where more follow.
    pub next: Option<Cursor>,
    /// The values of the fields asked for, in the order asked for.
    pub facets: Vec<Facet>,
    /// The hits over time, where asked for.
    pub timeline: Option<Timeline>,
    /// Where the request filters by date: the number of articles that match all of it but have no
    /// date, and so are not among the hits.
    pub undated: Option<u64>,
    /// The query as it was read, in canonical spelling.
    pub query: String,
    /// How many articles each clause of the query matches; empty unless asked for or needed.
    pub clauses: Vec<ClauseCount>,
    /// For words that occur nowhere: near spellings that do.
    pub suggestions: Vec<Suggestion>,
    /// What the reader of the query should know: how it was read, what was expanded.
    pub notes: Vec<String>,
}

/// An article that matches, with the places that do.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: Article,
    /// How well it matches; greater is better, and 0 where nothing was ranked.
    pub score: f64,
    /// The stretches of the headline that match, in bytes of it, in order.
    pub title_highlights: Vec<Span>,
    /// The stretches of the body that match.
    pub body_highlights: Vec<Span>,
    /// The passages of the body that hold the best matches, in the order of the body. Where nothing
    /// in the body matches, the beginning of it.
    pub snippets: Vec<Snippet>,
    /// The other hits that are copies of it, in order of date.
    pub copies: Vec<FoldedCopy>,
    /// Why it stands where it stands, a sentence a reason; empty unless asked for.
    pub explanation: Vec<String>,
}

/// A copy of a hit: where else the story was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldedCopy {
    /// The article's id.
    pub id: ArticleId,
    /// Where in the archive it came from.
    pub locator: SourceLocator,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<PublicationDate>,
    /// The publication.
    pub outlet: Option<Outlet>,
    /// Its address.
    pub url: Option<String>,
}

impl From<Article> for FoldedCopy {
    fn from(article: Article) -> Self {
        Self {
            id: article.id,
            locator: article.locator,
            title: article.title.map(|title| title.value),
            published: article.published.map(|published| published.value),
            outlet: article.outlet.map(|outlet| outlet.value),
            url: article.url.map(|url| url.value),
        }
    }
}

/// A passage of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, exactly as it stands in the body.
    pub text: String,
    /// Where the passage stands in the body, in bytes.
    pub span: Span,
    /// The stretches that match, in bytes of the passage, in order and without overlaps.
    pub highlights: Vec<Span>,
    /// Whether the passage begins inside a sentence.
    pub cut_before: bool,
    /// Whether it ends inside a sentence.
    pub cut_after: bool,
}

/// A part of a query and the number of articles that it matches by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCount {
    /// The clause in canonical spelling.
    pub clause: String,
    /// The number of articles it matches.
    pub articles: u64,
}

/// A word that occurs nowhere, with spellings near it that do, the nearest and commonest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The word as typed.
    pub word: String,
    /// What occurs instead.
    pub near: Vec<String>,
}
