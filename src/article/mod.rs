//! The vocabulary of the program: plain data about articles, and its invariants.
//!
//! Everything that the rooms above exchange is defined here and nothing is done here: no file is
//! read, nothing is indexed or printed. The door is [`Article`]; the promises are that every
//! [`Span`](crate::text::Span) of an article lies on character boundaries of the text it points
//! into, and that every value that was found rather than given says why in its [`Evidence`].

mod agency;
mod byline;
mod date;
mod dateline;
mod entity;
mod evidence;
mod id;
mod names;
mod outlet;
mod tokens;

use crate::text::Language;

pub use agency::Agency;
pub use byline::Byline;
pub use date::{DatePrecision, DateRange, InvalidDate, PublicationDate};
pub use dateline::Dateline;
pub use entity::{EntityKind, EntityMention, GivenEntity, MentionField};
pub use evidence::{Confidence, Evidence, EvidenceKind, Sourced};
pub use id::{ArticleId, ContentHash, InvalidArticleId, SourceLocator};
pub use names::{
    EntityForm, EntityId, EntityRow, FormRow, MergeReason, NameCount, NameTable, NameTableError,
    Standing,
};
pub use outlet::Outlet;
pub use tokens::ArticleTokens;

/// One article as read from the archive: what is indexed, shown and exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Identifies the article across runs, reindexing and rebuilding.
    pub id: ArticleId,
    /// Changes exactly when the bytes of the article's record do.
    pub content_hash: ContentHash,
    /// Where in the archive the article came from.
    pub locator: SourceLocator,
    /// The headline, without the name of the site.
    pub title: Option<Sourced<String>>,
    /// The text without page litter: UTF-8, NFC, paragraphs separated by one blank line
    /// (`"\n\n"`), no line breaks inside a paragraph, no surrounding white space.
    pub body: String,
    /// When it was published, only as precisely as is known.
    pub published: Option<Sourced<PublicationDate>>,
    /// The place, day and agency that open a wire story.
    pub dateline: Option<Dateline>,
    /// The credit line.
    pub byline: Option<Sourced<Byline>>,
    /// The news agencies whose report it is or that worked on it, such as "Reuters"; one at least.
    pub agencies: Option<Sourced<Vec<Agency>>>,
    /// The publication.
    pub outlet: Option<Sourced<Outlet>>,
    /// The part of the publication, such as "World" or "Sports".
    pub section: Option<Sourced<String>>,
    /// The language of the body.
    pub language: Option<Sourced<Language>>,
    /// The canonical address.
    pub url: Option<Sourced<String>>,
    /// Entities that the source names as what the article is about, in its order: the places of a
    /// Reuters record, the persons of a ninjs one. They are indexed beside those that are mentioned.
    pub given_entities: Vec<GivenEntity>,
    /// Mentions of people, organizations and places in title and body, in order of appearance,
    /// those of the title first. Empty until the article was enriched.
    pub mentions: Vec<EntityMention>,
}

impl Article {
    /// Returns the headline, or the empty string when none was found.
    pub fn title_text(&self) -> &str {
        self.title.as_ref().map_or("", |title| title.value.as_str())
    }

    /// Returns the names of the news agencies whose report it is.
    pub fn agency_names(&self) -> impl Iterator<Item = &str> {
        self.agencies.iter().flat_map(|agencies| &agencies.value).map(Agency::as_str)
    }

    /// Returns the entities that are mentioned, in order of first mention, and after them those
    /// that only the source names; each once.
    pub fn entities(&self) -> Vec<(EntityKind, &str)> {
        let mut seen = rustc_hash::FxHashSet::default();
        let mentioned = self.mentions.iter().map(|mention| (mention.kind, mention.entity.as_str()));
        let given = self.given_entities.iter().map(|given| (given.kind, given.name.as_str()));
        mentioned.chain(given).filter(|entity| seen.insert(*entity)).collect()
    }

    /// Returns the number of words of the body.
    pub fn word_count(&self) -> usize {
        crate::text::words(&self.body).count()
    }
}
