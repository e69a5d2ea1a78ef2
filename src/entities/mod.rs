//! People, organizations and places: from a text to mentions, from mentions to entities.
//!
//! The door is [`Recognizer`]: it cuts an article into tokens, has a [`Tagger`] find the names, and
//! resolves the names within the article, so that a later "Lavrov" is Sergei Lavrov and "the OSCE" the
//! organization that was introduced with it. Promises: every mention lies on character boundaries of
//! its text, mentions do not overlap and come in order, and the same article gives the same mentions
//! whatever was read before it. Nothing here touches the index or the network.

pub mod authority;
pub mod canonical;
mod casing;
mod classes;
mod company;
mod credits;
mod document;
mod error;
mod gazetteer;
mod grain;
mod lexicon;
mod memory;
#[cfg(feature = "onnx")]
mod onnx;
mod perceptron;
mod recognizer;
mod resolve;
mod rules;
mod tagger;
pub mod training;
mod user_model;

pub use authority::Authority;
pub use canonical::{NAMING_VERSION, canonical_names};
pub use document::Document;
pub use error::{AuthorityError, ModelError, TaggingError, UserModelError};
pub use memory::Memory;
pub use perceptron::PerceptronTagger;
pub use recognizer::{Recognizer, Scratch};
pub use rules::RuleTagger;
pub use tagger::{Name, Tagger};
pub use user_model::UserModel;
