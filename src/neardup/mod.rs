//! The same story on another page: copies of an article, syndicated, cut or lightly edited.
//!
//! An article is reduced to a [`Sketch`], a sample of its runs of five words, once, when it is
//! indexed. [`Sketch::is_copy_of`] compares two of them, and [`group`] finds the copies among a set
//! of dated articles by their [`Signature`]s. What is compared are words: a translation, or the same
//! news told by another reporter, is no copy.
//!
//! The door is [`group`]. Its promises: the groups depend on the set alone, not on the order it is
//! given in; articles more than [`WINDOW_DAYS`] days apart are in one group only when others
//! between them are; no two groups share an article.

mod compare;
mod days;
mod error;
mod parts;
mod shingle;
mod sketch;
mod standing;
mod texts;
mod union;

pub use compare::{Articles, Mark, SketchedArticle, group};
pub use days::{Days, WINDOW_DAYS};
pub use error::Error;
pub use sketch::{Overlap, Signature, Sketch};
