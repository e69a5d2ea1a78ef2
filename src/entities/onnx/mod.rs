//! Names by a user's token-classification model, run in tract.
//!
//! The door is [`recognizer`]. An article is cut into the pieces of words that the model reads
//! (`wordpiece`), the network reads these in windows (`windows`, `network`), and the labels that it
//! gives to the first piece of each word make names (`labels`). Only models of the BERT family that
//! cut words by WordPiece are understood; all others are refused when the files are read
//! (`vocabulary`, `files`).

mod files;
mod labels;
mod network;
mod vocabulary;
mod windows;
mod wordpiece;

pub(super) use files::fingerprint;

use files::ModelConfigJson;
use labels::{Label, read_names};
use network::Network;
use windows::windows;
use wordpiece::{Piece, WordBuffer, WordPiece};

use super::document::Document;
use super::error::{TaggingError, UserModelError};
use super::memory::Memory;
use super::recognizer::{BuiltIn, Recognizer};
use super::tagger::{Name, Tagger};
use super::user_model::UserModel;
use crate::text::{Language, Span};

/// The most tokens that are read at once. Attention costs the square of it, and models of this
/// family were trained on no more.
const MOST_TOKENS: usize = 512;

/// The fewest tokens that are worth reading at once.
const FEWEST_TOKENS: usize = 8;

/// The number of a piece that is none.
const NO_PIECE: u32 = u32::MAX;

/// A tagger by a user's model, which leaves articles in other languages than its own to the taggers
/// of the program.
struct OnnxTagger {
    network: Network,
    vocabulary: WordPiece,
    /// What the labels mean, by their numbers.
    labels: Vec<Option<Label>>,
    /// The most pieces that are read at once, without those at the edges.
    capacity: usize,
    /// The languages of its articles; empty for all.
    languages: Vec<Language>,
    built_in: BuiltIn,
}

/// What the tagger reuses from article to article.
#[derive(Default)]
pub(crate) struct OnnxMemory {
    word: WordBuffer,
    pieces: Vec<Piece>,
    /// For each piece, whether it is the first of a token.
    begins: Vec<bool>,
    /// For each token, its first piece.
    first_pieces: Vec<u32>,
    /// For each sentence, the number of pieces up to its end.
    sentence_ends: Vec<usize>,
    /// For each piece, the label it was given.
    labels: Vec<Option<Label>>,
    /// The pieces of the window that is read, and what the network says of them.
    ids: Vec<u32>,
    numbers: Vec<usize>,
}

/// Returns a recognizer that finds names by the model.
///
/// # Errors
/// When the files are not those of a model that can be run, or do not fit one another.
pub(super) fn recognizer(model: &UserModel) -> Result<Recognizer, UserModelError> {
    let config = ModelConfigJson::read(model)?;
    let names = if model.labels.is_empty() { config.labels() } else { model.labels.clone() };
    if names.is_empty() {
        return Err(UserModelError::NoLabels { path: model.directory.join("config.json") });
    }
    let labels: Vec<Option<Label>> = names.iter().map(|name| Label::parse(name)).collect();
    if labels.iter().all(Option::is_none) {
        return Err(UserModelError::NoKnownLabel { path: model.file.clone(), labels: names });
    }
    let capacity = max_tokens(model, &config)? - 2;
    let vocabulary = vocabulary::read(model)?;
    let mut file = files::open_network(model)?;
    let network = Network::new(&mut file, labels.len(), &vocabulary.sample()).map_err(|error| {
        UserModelError::Network { path: model.file.clone(), source: Box::new(error) }
    })?;
    let languages = model.languages.clone();
    let built_in = BuiltIn::default();
    let tagger = OnnxTagger { network, vocabulary, labels, capacity, languages, built_in };
    Ok(Recognizer::with_tagger(Box::new(tagger)))
}

/// Returns the most tokens that the model is given at once.
fn max_tokens(model: &UserModel, config: &ModelConfigJson) -> Result<usize, UserModelError> {
    let limit = config.max_position_embeddings.unwrap_or(MOST_TOKENS).min(MOST_TOKENS);
    let count = model.max_tokens.unwrap_or(limit);
    if !(FEWEST_TOKENS..=limit).contains(&count) {
        return Err(UserModelError::MaxTokens { path: model.file.clone(), count, limit });
    }
    Ok(count)
}

impl Tagger for OnnxTagger {
    fn tag(
        &self,
        document: &Document<'_>,
        language: Option<Language>,
        memory: &mut Memory,
        names: &mut Vec<Name>,
    ) -> Result<(), TaggingError> {
        if !self.reads(language) {
            return self.built_in.tag(document, language, memory, names);
        }
        let memory = &mut memory.onnx;
        self.cut(document, memory);
        self.label(memory).map_err(|error| TaggingError { source: Box::new(error) })?;
        for sentence in document.sentences() {
            let labels = sentence.clone().map(|token| memory.label_of(token));
            read_names(sentence.start, labels, names);
        }
        Ok(())
    }
}

impl OnnxTagger {
    /// Tells whether the model reads articles in this language; of one that is not known, whether it
    /// reads English, as the taggers of the program do.
    fn reads(&self, language: Option<Language>) -> bool {
        let language = language.unwrap_or(Language::ENGLISH);
        self.languages.is_empty() || self.languages.contains(&language)
    }

    /// Cuts the sentences into pieces, and finds the first piece of each token.
    fn cut(&self, document: &Document<'_>, memory: &mut OnnxMemory) {
        memory.clear();
        for sentence in document.sentences() {
            let (field, span) = document.place(sentence.start, sentence.end);
            let text = span.of(document.field_text(field));
            let from = memory.pieces.len();
            let offset = u32::try_from(span.start).expect("records are far smaller than 4 GiB");
            self.vocabulary.cut(text, offset, &mut memory.word, &mut memory.pieces);
            memory.sentence_ends.push(memory.pieces.len());
            memory.begins.resize(memory.pieces.len(), false);
            memory.align(from, sentence.map(|token| document.place(token, token + 1).1));
        }
    }

    /// Has the network label all pieces, window by window.
    fn label(&self, memory: &mut OnnxMemory) -> Result<(), network::NetworkError> {
        let OnnxMemory { pieces, begins, sentence_ends, labels, ids, numbers, .. } = memory;
        for window in windows(sentence_ends, begins, self.capacity) {
            ids.clear();
            ids.push(self.vocabulary.edges[0]);
            ids.extend(pieces[window].iter().map(|piece| piece.id));
            ids.push(self.vocabulary.edges[1]);
            self.network.labels(ids, numbers)?;
            // Those of the two edges are of no use.
            labels.extend(numbers[1..ids.len() - 1].iter().map(|number| self.labels[*number]));
        }
        Ok(())
    }
}

impl OnnxMemory {
    fn clear(&mut self) {
        self.pieces.clear();
        self.begins.clear();
        self.first_pieces.clear();
        self.sentence_ends.clear();
        self.labels.clear();
    }

    /// Notes the first piece of each token of a sentence: the first that begins in it, else one that
    /// reaches into it, else none. The pieces of the sentence begin with the one at `from`.
    fn align(&mut self, from: usize, tokens: impl Iterator<Item = Span>) {
        let mut at = from;
        for token in tokens {
            let starts = |place: usize| self.pieces.get(place).map(|piece| piece.start as usize);
            while self.pieces.get(at).is_some_and(|piece| piece.end as usize <= token.start) {
                at += 1;
            }
            let begins_within = |place| starts(place).is_some_and(|start| start < token.end);
            let reaches_in = starts(at).is_some_and(|start| start < token.start);
            let first = if reaches_in && begins_within(at + 1) { at + 1 } else { at };
            if begins_within(first) {
                self.begins[first] = true;
                self.first_pieces.push(u32::try_from(first).expect("fewer than bytes"));
            } else {
                self.first_pieces.push(NO_PIECE);
            }
        }
    }

    /// Returns the label of a token: that of its first piece.
    fn label_of(&self, token: usize) -> Option<Label> {
        let piece = self.first_pieces[token];
        let label = *self.labels.get(piece as usize)?;
        // Where one piece stands for two tokens, the second goes on with the name.
        let is_shared = token > 0 && self.first_pieces[token - 1] == piece;
        if is_shared { label.map(Label::continued) } else { label }
    }
}
