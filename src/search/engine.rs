//! Who answers searches.

use std::ops::ControlFlow;

use crate::article::{Article, EntityKind, MergeReason, PublicationDate};
use crate::query::{NamePattern, Query};

use super::{Error, FoldedCopy, Hit, SearchRequest, SearchResponse, Suggestion};

/// Answers searches over one archive. The same request gives the same set of hits on every engine.
pub trait SearchEngine: Send + Sync {
    /// Answers a search, handing over each hit as soon as it is ready, until `visit` breaks off.
    /// The answer that is returned holds everything but the hits, so that millions of them take no
    /// more memory than one.
    fn visit_hits(
        &self,
        request: &SearchRequest,
        visit: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<SearchResponse, Error>;

    /// Answers a search.
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let mut hits = Vec::new();
        let response = self.visit_hits(request, &mut |hit| {
            hits.push(hit);
            ControlFlow::Continue(())
        })?;
        Ok(SearchResponse { hits, ..response })
    }

    /// Returns the other articles that are copies of the one whose id begins with `id`, in order of
    /// date, or `None` where there is no such article.
    ///
    /// # Errors
    /// [`Error::AmbiguousId`] when several ids begin so.
    fn copies(&self, id: &str) -> Result<Option<Vec<FoldedCopy>>, Error>;

    /// Returns the article whose id begins with `id`, or `None` where there is none.
    ///
    /// # Errors
    /// [`Error::AmbiguousId`] when several ids begin so.
    fn article(&self, id: &str) -> Result<Option<Article>, Error>;

    /// Returns the `limit` words that tell most of what `article` is about, in the order of its text.
    fn telling_words(&self, article: &Article, limit: usize) -> Result<Vec<String>, Error>;

    /// Returns the first 60 bits of the ids of all articles that a query matches
    /// ([`ArticleId::order`]), in rising order: enough to tell later which of them are new.
    ///
    /// [`ArticleId::order`]: crate::article::ArticleId::order
    fn matching(&self, query: &Query) -> Result<Vec<u64>, Error>;

    /// Returns what the archive holds.
    fn info(&self) -> Result<ArchiveInfo, Error>;

    /// Returns the people, organizations and places with the number of articles that mention them.
    fn entities(&self, request: &EntityRequest) -> Result<EntityList, Error>;
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArchiveInfo {
    /// The number of articles.
    pub articles: u64,
    /// The number of words of their bodies.
    pub words: u64,
    /// The earliest and the latest date of publication.
    pub dates: Option<(PublicationDate, PublicationDate)>,
    /// The number of articles without a date.
    pub undated: u64,
    /// The number of articles of each outlet, the largest first.
    pub outlets: Vec<NameCount>,
    /// The number of articles without an outlet.
    pub without_outlet: u64,
    /// The number of articles in each language, the largest first.
    pub languages: Vec<NameCount>,
    /// The number of files the articles came from, and those that gave none.
    pub files: u64,
    /// The bytes of those files.
    pub source_bytes: u64,
    /// The bytes of the index.
    pub index_bytes: u64,
    /// Files and records that were left out on purpose.
    pub skipped: u64,
    /// Files and records that could not be read.
    pub failed: u64,
}

/// A name and the number of articles that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCount {
    /// The name.
    pub name: String,
    /// The number of articles.
    pub articles: u64,
}

/// Which entities to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityRequest {
    /// Words that a name of the entity must hold; all of them, by their beginnings. Empty for every
    /// entity.
    pub words: String,
    /// The kind; `None` for every kind.
    pub kind: Option<EntityKind>,
    /// Only articles that mention each of these count, and these themselves are left out.
    pub with: Vec<NamePattern>,
    /// How many to return at the most.
    pub limit: usize,
}

/// Entities, the commonest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityList {
    /// The entities.
    pub entities: Vec<EntityCount>,
    /// The number of all entities that were asked for.
    pub total: u64,
    /// Names that are nearly spelled like the words, where nobody has these.
    pub suggestions: Vec<Suggestion>,
}

/// An entity and the articles that mention it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityCount {
    /// The kind.
    pub kind: EntityKind,
    /// The canonical name.
    pub name: String,
    /// The number of articles.
    pub articles: u64,
    /// The days of the earliest and the latest article that has a date.
    pub dates: Option<(PublicationDate, PublicationDate)>,
    /// All names of the entity, the commonest first, aliases that occur nowhere last.
    pub names: Vec<EntityName>,
    /// Identifiers of authority files, as scheme and value.
    pub identifiers: Vec<(String, String)>,
}

/// One of the names of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityName {
    /// The kind that it has in the articles.
    pub kind: EntityKind,
    /// The name as resolved within the articles.
    pub name: String,
    /// The number of articles of the archive that have it.
    pub articles: u64,
    /// Why it is a name of this entity.
    pub reason: MergeReason,
    /// The name that it was merged with.
    pub through: String,
}
