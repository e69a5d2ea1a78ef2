//! The trained tagger: a structured averaged perceptron (Collins, 2002) over BILOU labels.
//!
//! Speed comes from looking at each distinct word once: the features of a word at each of five
//! distances are summed up when a worker first meets it, those of three words in a row are remembered
//! for a while, and only what depends on more is looked up token by token, around words that could be
//! names. Everything is integers, so that the same article gives the same names on every machine.

mod decode;
pub(crate) mod features;
pub(crate) mod label;
pub(crate) mod model;
pub(crate) mod second;
mod trigrams;

pub(crate) use decode::Decoder;
use features::{FARTHEST, Feature, OFFSET_COUNT, View, Window, Zone, word_features};
use label::{NAMED_LABELS, OUTSIDE, Row};
use model::Model;
use second::Tally;
use trigrams::{EDGE, Trigrams};

use super::document::Document;
use super::error::{ModelError, TaggingError};
use super::lexicon::WordId;
use super::memory::Memory;
use super::tagger::{Name, Tagger};
use crate::text::Language;

/// The scores of a word at each of the five distances from the token that is decided on.
pub(crate) type WordRows = [Row; OFFSET_COUNT];

/// A tagger by weights that were learnt from labelled text.
pub struct PerceptronTagger {
    model: Model,
    /// The scores of the edge of a sentence at each distance.
    edge: WordRows,
}

/// What the tagger remembers for a worker.
#[derive(Default)]
pub(crate) struct PerceptronMemory {
    generation: u64,
    /// For each word of the lexicon, the place of its rows, from 1; 0 when it was not met yet.
    row_places: Vec<u32>,
    rows: Vec<WordRows>,
    trigrams: Trigrams,
    view: View,
    features: Vec<Feature>,
    scores: Vec<[i32; NAMED_LABELS]>,
    labels: Vec<u8>,
    zone_labels: Vec<u8>,
    tally: Tally,
    decoder: Decoder,
}

impl PerceptronTagger {
    /// Returns the tagger of a file of weights, as the example `train-tagger` writes it.
    ///
    /// # Errors
    ///
    /// When the bytes are no such file, or of another version of it.
    pub fn from_bytes(file: &[u8]) -> Result<Self, ModelError> {
        Ok(Self::with_model(Model::from_bytes(file)?))
    }

    /// Returns the tagger with the weights of the program.
    pub fn built_in() -> Self {
        Self::from_bytes(include_bytes!("../data/tagger.weights"))
            .expect("a test reads the weights that are built in")
    }

    pub(crate) fn with_model(model: Model) -> Self {
        let mut features = Vec::new();
        let edge = rows(|offset| {
            features.clear();
            word_features(None, offset, &mut features);
            sum(&model, &mut features)
        });
        Self { model, edge }
    }

    fn score_zone(&self, document: &Document<'_>, zone: &Zone, memory: &mut PerceptronMemory) {
        for at in zone.tokens.clone() {
            let window = Window::around(document, &zone.sentence, at);
            let mut row = self.trigram_scores(document, zone, at, &window, memory);
            for place in [0, OFFSET_COUNT - 1] {
                add(&mut row, self.word_scores(document, zone, at, place, memory));
            }
            memory.features.clear();
            memory.view.features(document, zone, at, &window, &mut memory.features);
            self.model.add(&mut memory.features, &mut row);
            memory.scores.push(row.map(i32::from));
        }
    }

    /// Returns the scores of a token and its two neighbours, each alone and together.
    fn trigram_scores(
        &self,
        document: &Document<'_>,
        zone: &Zone,
        at: usize,
        window: &Window,
        memory: &mut PerceptronMemory,
    ) -> Row {
        let is_inside = |token: &usize| zone.sentence.contains(token);
        let word = |token: usize| {
            Some(token).filter(is_inside).map_or(EDGE, |token| document.tokens()[token].word)
        };
        let words = [word(at.wrapping_sub(1)), word(at), word(at + 1)];
        if let Some(row) = memory.trigrams.get(words) {
            return row;
        }
        memory.features.clear();
        window.trigram_features(&mut memory.features);
        let mut row = sum(&self.model, &mut memory.features);
        for place in 1..OFFSET_COUNT - 1 {
            add(&mut row, self.word_scores(document, zone, at, place, memory));
        }
        memory.trigrams.insert(words, row);
        row
    }

    /// Returns the scores of the word at one of the five places around a token.
    fn word_scores<'a>(
        &'a self,
        document: &Document<'_>,
        zone: &Zone,
        at: usize,
        place: usize,
        memory: &'a mut PerceptronMemory,
    ) -> &'a Row {
        let token = (at + place).checked_sub(2).filter(|token| zone.sentence.contains(token));
        match token {
            Some(token) => &self.rows_of(document, token, memory)[place],
            None => &self.edge[place],
        }
    }

    fn rows_of<'memory>(
        &self,
        document: &Document<'_>,
        token: usize,
        memory: &'memory mut PerceptronMemory,
    ) -> &'memory WordRows {
        let word: WordId = document.tokens()[token].word;
        let place = &mut memory.row_places[word as usize];
        if *place == 0 {
            let features = &mut memory.features;
            let rows = rows(|offset| {
                features.clear();
                word_features(Some(document.word(token)), offset, features);
                sum(&self.model, features)
            });
            memory.rows.push(rows);
            *place = u32::try_from(memory.rows.len()).expect("the number of words is limited");
        }
        &memory.rows[*place as usize - 1]
    }

    fn look_again(&self, document: &Document<'_>, memory: &mut PerceptronMemory) {
        memory.tally.make_room(document.lexicon().form_count());
        let tokens = || memory.view.zones().iter().flat_map(|zone| zone.tokens.clone());
        for (at, label) in tokens().zip(&memory.labels) {
            let look = document.look(at);
            if look.shape().is_capitalised() {
                memory.tally.add(look.form(), *label);
            }
        }
        for (place, at) in tokens().enumerate() {
            let look = document.look(at);
            if !look.shape().is_capitalised() {
                continue;
            }
            memory.features.clear();
            memory.tally.features(look.form(), memory.labels[place], &mut memory.features);
            let mut row = [0; NAMED_LABELS];
            self.model.add(&mut memory.features, &mut row);
            for (score, more) in memory.scores[place].iter_mut().zip(row) {
                *score += i32::from(more);
            }
        }
        for at in tokens() {
            memory.tally.forget(document.look(at).form());
        }
    }

    fn decode(&self, memory: &mut PerceptronMemory) {
        memory.labels.clear();
        let mut from = 0;
        for zone in memory.view.zones() {
            let to = from + zone.tokens.len();
            let scores = &memory.scores[from..to];
            memory.decoder.decode(scores, &self.model.transitions, &mut memory.zone_labels);
            memory.labels.extend_from_slice(&memory.zone_labels);
            from = to;
        }
    }

    /// Finds the labels of all tokens that could be part of a name.
    fn label(&self, document: &Document<'_>, memory: &mut PerceptronMemory) {
        memory.prepare(document);
        memory.view.read(document);
        for zone in 0..memory.view.zones().len() {
            let zone = memory.view.zones()[zone].clone();
            self.score_zone(document, &zone, memory);
        }
        self.decode(memory);
        self.look_again(document, memory);
        self.decode(memory);
    }
}

impl PerceptronMemory {
    fn prepare(&mut self, document: &Document<'_>) {
        let lexicon = document.lexicon();
        if self.generation != lexicon.generation() {
            self.generation = lexicon.generation();
            self.row_places.clear();
            self.rows.clear();
            self.trigrams.clear();
        }
        self.row_places.resize(lexicon.word_count(), 0);
        self.scores.clear();
        self.labels.clear();
    }
}

impl Tagger for PerceptronTagger {
    fn tag(
        &self,
        document: &Document<'_>,
        _language: Option<Language>,
        memory: &mut Memory,
        names: &mut Vec<Name>,
    ) -> Result<(), TaggingError> {
        let memory = &mut memory.perceptron;
        self.label(document, memory);
        let mut from = 0;
        for zone in memory.view.zones() {
            let to = from + zone.tokens.len();
            let start = zone.tokens.start;
            label::names(&memory.labels[from..to], |kind, first, end| {
                if let Some(kind) = kind.entity_kind() {
                    names.push(Name { kind, start: start + first, end: start + end });
                }
            });
            from = to;
        }
        debug_assert!(memory.labels.iter().all(|label| *label <= OUTSIDE));
        Ok(())
    }
}

fn sum(model: &Model, features: &mut Vec<Feature>) -> Row {
    let mut row = [0; NAMED_LABELS];
    model.add(features, &mut row);
    row
}

fn add(sum: &mut Row, row: &Row) {
    for (score, more) in sum.iter_mut().zip(row) {
        *score += more;
    }
}

/// Makes a row for each distance.
fn rows(mut row: impl FnMut(i32) -> Row) -> WordRows {
    std::array::from_fn(|place| row(place as i32 - FARTHEST))
}

#[cfg(test)]
mod tests {
    use super::super::document::Reader;
    use super::*;

    #[test]
    fn built_in_weights_find_names() {
        let mut reader = Reader::new();
        let text = "Angela Merkel flew from Berlin to Paris, the Foreign Ministry of France said.";
        let document = reader.read("", text);
        let mut names = Vec::new();
        let tagger = PerceptronTagger::built_in();
        tagger.tag(&document, None, &mut Memory::default(), &mut names).unwrap();
        let found: Vec<&str> =
            names.iter().map(|name| document.place(name.start, name.end).1.of(text)).collect();
        assert_eq!(found[..3], ["Angela Merkel", "Berlin", "Paris"]);
    }
}
