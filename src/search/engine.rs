//! Who answers searches.

use crate::article::{Article, EntityKind, PublicationDate};

use super::{Error, SearchRequest, SearchResponse};

/// Answers searches over one archive. The same request gives the same set of hits on every engine.
pub trait SearchEngine: Send + Sync {
    /// Answers a search.
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error>;

    /// Returns the article whose id begins with `id`, or `None` where there is none.
    ///
    /// # Errors
    /// [`Error::AmbiguousId`] when several ids begin so.
    fn article(&self, id: &str) -> Result<Option<Article>, Error>;

    /// Returns what the archive holds.
    fn info(&self) -> Result<ArchiveInfo, Error>;

    /// Returns the names of people, organizations and places with the number of articles that
    /// mention them.
    fn entities(&self, request: &EntityRequest) -> Result<Vec<EntityCount>, Error>;
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
    /// Words that the name must hold; all of them, by their beginnings. Empty for every name.
    pub words: String,
    /// The kind; `None` for every kind.
    pub kind: Option<EntityKind>,
    /// How many to return at the most.
    pub limit: usize,
}

/// An entity and the number of articles that mention it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityCount {
    /// The kind.
    pub kind: EntityKind,
    /// The name.
    pub name: String,
    /// The number of articles.
    pub articles: u64,
}
