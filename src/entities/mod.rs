//! People, organizations and places: from a text to mentions, from mentions to entities.
//!
//! The door is [`Recognizer`]: it cuts an article into tokens, has a [`Tagger`] find the names, and
//! resolves the names within the article, so that a later "Lavrov" is Sergei Lavrov and "the OSCE" the
//! organization that was introduced with it. Promises: every mention lies on character boundaries of
//! its text, mentions do not overlap and come in order, and the same article gives the same mentions
//! whatever was read before it. Nothing here touches the index or the network.

mod casing;
mod classes;
mod document;
mod gazetteer;
mod lexicon;
mod memory;
mod recognizer;
mod resolve;
mod rules;
mod tagger;

pub use document::Document;
pub use memory::Memory;
pub use recognizer::{Recognizer, Scratch};
pub use rules::RuleTagger;
pub use tagger::{Name, Tagger};
