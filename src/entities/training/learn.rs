//! Learning: weights that score the gold labels above all others.
//!
//! A structured averaged perceptron (Collins, 2002) with a margin: the labels that score best, wrong
//! ones helped by a constant, are compared with the gold ones, and the weights of the features where
//! they differ move by one. The weights of the second look (`perceptron/second.rs`) are learnt on
//! labels that models trained on the other documents found, as they will be when tagging.

use rustc_hash::FxHashMap;

use super::gold::GoldDocument;
use crate::entities::document::Reader;
use crate::entities::error::ModelError;
use crate::entities::lexicon::FormId;
use crate::entities::perceptron::Decoder;
use crate::entities::perceptron::features::{FARTHEST, Feature, View, Window, word_features};
use crate::entities::perceptron::label::{LABELS, NAMED_LABELS, NameKind, OUTSIDE, Part, label};
use crate::entities::perceptron::model::{FORBIDDEN, Model, Weights, forbidden_pairs};
use crate::entities::perceptron::second::Tally;

/// How training goes about it.
#[derive(Clone, Copy, Debug)]
pub struct TrainingOptions {
    /// How often the text is gone through.
    pub rounds: usize,
    /// How often a feature must occur to get weights.
    pub least_count: u32,
    /// How much better than any wrong labels the gold ones must score.
    pub margin: f32,
    /// The share of features left out at random each time, from 0 to 1.
    pub dropout: f32,
    /// How many models, each going through the text in another order, are averaged.
    pub models: u64,
    /// In how many parts the text is cut to find labels for the second look.
    pub folds: usize,
    /// Weights whose largest value is smaller than this share of the largest of all are dropped.
    pub least_weight: f32,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self {
            rounds: 12,
            least_count: 1,
            margin: 1.0,
            dropout: 0.1,
            models: 10,
            folds: 5,
            least_weight: 0.1,
        }
    }
}

type FloatRow = [f32; NAMED_LABELS];
type FloatPairs = [[f32; LABELS]; LABELS];

/// A token that could be part of a name.
struct TrainingToken {
    features: std::ops::Range<usize>,
    form: FormId,
    capitalised: bool,
    /// Its gold label; "outside" stands also for other names where those are not marked.
    gold: u8,
}

/// A stretch of tokens that are decided on together.
struct TrainingZone {
    tokens: std::ops::Range<usize>,
    document: usize,
}

/// Gold text as features.
#[derive(Default)]
struct TrainingText {
    features: Vec<u32>,
    tokens: Vec<TrainingToken>,
    zones: Vec<TrainingZone>,
    marks_other: Vec<bool>,
    /// The hash of each numbered feature.
    hashes: Vec<Feature>,
    numbers: FxHashMap<Feature, u32>,
    forms: usize,
}

impl TrainingText {
    fn read(documents: &[GoldDocument]) -> Self {
        let mut text = Self::default();
        let mut reader = Reader::new();
        let mut view = View::default();
        for (number, gold) in documents.iter().enumerate() {
            text.marks_other.push(gold.marks_other);
            text.add(number, gold, &mut reader, &mut view);
        }
        text
    }

    fn add(&mut self, number: usize, gold: &GoldDocument, reader: &mut Reader, view: &mut View) {
        let document = reader.read("", &gold.text);
        view.read(&document);
        let labels = gold_labels(&document, gold);
        let mut hashes = Vec::new();
        for zone in view.zones() {
            let first = self.tokens.len();
            let whole = whole_names(&labels[zone.tokens.clone()]);
            for (at, gold) in zone.tokens.clone().zip(whole) {
                hashes.clear();
                for offset in -FARTHEST..=FARTHEST {
                    let token = at.checked_add_signed(offset as isize);
                    let word = token
                        .filter(|token| zone.sentence.contains(token))
                        .map(|token| document.word(token));
                    word_features(word, offset, &mut hashes);
                }
                let window = Window::around(&document, &zone.sentence, at);
                window.trigram_features(&mut hashes);
                view.features(&document, zone, at, &window, &mut hashes);
                let from = self.features.len();
                for hash in &hashes {
                    let number = self.number(*hash);
                    self.features.push(number);
                }
                let word = document.word(at);
                self.tokens.push(TrainingToken {
                    features: from..self.features.len(),
                    form: word.form,
                    capitalised: word.shape.is_capitalised(),
                    gold,
                });
            }
            self.zones.push(TrainingZone { tokens: first..self.tokens.len(), document: number });
        }
        self.forms = self.forms.max(document.lexicon().form_count());
    }

    fn number(&mut self, hash: Feature) -> u32 {
        let next = u32::try_from(self.hashes.len()).expect("far fewer features");
        *self.numbers.entry(hash).or_insert_with(|| {
            self.hashes.push(hash);
            next
        })
    }

    fn gold_of(&self, zone: &TrainingZone) -> Vec<u8> {
        self.tokens[zone.tokens.clone()].iter().map(|token| token.gold).collect()
    }
}

/// Returns the gold label of each token of a document.
fn gold_labels(document: &crate::entities::Document<'_>, gold: &GoldDocument) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; document.token_count()];
    let mut at = 0;
    for (kind, span) in &gold.names {
        while at < labels.len() && document.place(at, at + 1).1.end <= span.start {
            at += 1;
        }
        let start = at;
        while at < labels.len() && document.place(at, at + 1).1.start < span.end {
            at += 1;
        }
        mark(&mut labels[start..at], *kind);
    }
    labels
}

fn mark(labels: &mut [u8], kind: NameKind) {
    match labels {
        [] => {}
        [unit] => *unit = label(kind, Part::Unit),
        [first, inside @ .., last] => {
            *first = label(kind, Part::Begin);
            inside.fill(label(kind, Part::Inside));
            *last = label(kind, Part::Last);
        }
    }
}

/// Returns the labels of a stretch without those of names that reach beyond it.
fn whole_names(labels: &[u8]) -> Vec<u8> {
    let mut whole = vec![OUTSIDE; labels.len()];
    let mut open = None;
    for (at, number) in labels.iter().enumerate() {
        match crate::entities::perceptron::label::parse(*number) {
            Some((_, Part::Unit)) => whole[at] = *number,
            Some((_, Part::Begin)) => open = Some(at),
            Some((_, Part::Last)) => {
                if let Some(start) = open.take() {
                    whole[start..=at].copy_from_slice(&labels[start..=at]);
                }
            }
            Some((_, Part::Inside)) => {}
            None => open = None,
        }
    }
    whole
}

/// Learnt weights, by the number of the feature.
struct Learnt {
    rows: Vec<FloatRow>,
    pairs: FloatPairs,
}

/// Returns a file of weights learnt from the documents.
///
/// # Errors
///
/// When the weights cannot be compressed.
pub fn train(documents: &[GoldDocument], options: &TrainingOptions) -> Result<Vec<u8>, ModelError> {
    let text = TrainingText::read(documents);
    let all: Vec<usize> = (0..documents.len()).collect();
    let (first, labels) = std::thread::scope(|scope| {
        let labels = scope.spawn(|| labels_of_others(&text, documents.len(), options));
        let first = learn_averaged(&text, &all, options);
        (first, labels.join().expect("training does not panic"))
    });
    let second = learn_second(&text, &first, &labels, options);
    write(&text, &first, &second, options)
}

/// Learns several models of the same documents and averages them.
fn learn_averaged(text: &TrainingText, documents: &[usize], options: &TrainingOptions) -> Learnt {
    let mut sum = learn(text, documents, 0, options);
    for seed in 1..options.models {
        let more = learn(text, documents, seed, options);
        for (row, other) in sum.rows.iter_mut().zip(&more.rows) {
            for (weight, more) in row.iter_mut().zip(other) {
                *weight += more;
            }
        }
        for (weight, more) in sum.pairs.iter_mut().flatten().zip(more.pairs.iter().flatten()) {
            *weight += more;
        }
    }
    let share = 1.0 / options.models.max(1) as f32;
    sum.rows.iter_mut().flatten().for_each(|weight| *weight *= share);
    sum.pairs.iter_mut().flatten().for_each(|weight| *weight *= share);
    sum
}

/// Weights while they are learnt, with the sums from which their average comes.
struct Learner {
    rows: Vec<FloatRow>,
    row_sums: Vec<FloatRow>,
    pairs: FloatPairs,
    pair_sums: FloatPairs,
    step: f32,
}

impl Learner {
    fn new(features: usize) -> Self {
        Self {
            rows: vec![[0.0; NAMED_LABELS]; features],
            row_sums: vec![[0.0; NAMED_LABELS]; features],
            pairs: [[0.0; LABELS]; LABELS],
            pair_sums: [[0.0; LABELS]; LABELS],
            step: 1.0,
        }
    }

    fn scores(&self, features: &[u32]) -> FloatRow {
        let mut scores = [0.0; NAMED_LABELS];
        for feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.rows[*feature as usize]) {
                *score += weight;
            }
        }
        scores
    }

    fn move_row(&mut self, feature: u32, number: u8, by: f32) {
        if let Some(weight) = self.rows[feature as usize].get_mut(usize::from(number)) {
            *weight += by;
            self.row_sums[feature as usize][usize::from(number)] += by * self.step;
        }
    }

    fn move_pair(&mut self, before: u8, next: u8, by: f32) {
        self.pairs[usize::from(before)][usize::from(next)] += by;
        self.pair_sums[usize::from(before)][usize::from(next)] += by * self.step;
    }

    /// Moves the weights from the labels found towards the gold ones.
    fn update(&mut self, features: &[Vec<u32>], gold: &[u8], found: &[u8]) {
        let (mut gold_before, mut found_before) = (OUTSIDE, OUTSIDE);
        for (place, (right, wrong)) in gold.iter().zip(found).enumerate() {
            if right != wrong {
                for feature in &features[place] {
                    self.move_row(*feature, *right, 1.0);
                    self.move_row(*feature, *wrong, -1.0);
                }
            }
            self.move_pair(gold_before, *right, 1.0);
            self.move_pair(found_before, *wrong, -1.0);
            (gold_before, found_before) = (*right, *wrong);
        }
        self.move_pair(gold_before, OUTSIDE, 1.0);
        self.move_pair(found_before, OUTSIDE, -1.0);
    }

    fn average(mut self) -> Learnt {
        let share = 1.0 / self.step;
        let sums = self.row_sums.iter().flatten();
        for (weight, sum) in self.rows.iter_mut().flatten().zip(sums) {
            *weight -= sum * share;
        }
        let sums = self.pair_sums.iter().flatten();
        for (weight, sum) in self.pairs.iter_mut().flatten().zip(sums) {
            *weight -= sum * share;
        }
        Learnt { rows: self.rows, pairs: self.pairs }
    }
}

fn learn(text: &TrainingText, documents: &[usize], seed: u64, options: &TrainingOptions) -> Learnt {
    let wanted = wanted_features(text, documents, options.least_count);
    let mut zones: Vec<&TrainingZone> = zones_of(text, documents);
    let mut learner = Learner::new(text.hashes.len());
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9).wrapping_add(17));
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    let mut features: Vec<Vec<u32>> = Vec::new();
    for _ in 0..options.rounds {
        random.shuffle(&mut zones);
        for zone in &zones {
            features.resize(zone.tokens.len().max(features.len()), Vec::new());
            for (kept, token) in features.iter_mut().zip(&text.tokens[zone.tokens.clone()]) {
                kept.clear();
                kept.extend(text.features[token.features.clone()].iter().copied().filter(
                    |feature| wanted[*feature as usize] && random.fraction() >= options.dropout,
                ));
            }
            let mut scores: Vec<FloatRow> =
                features[..zone.tokens.len()].iter().map(|row| learner.scores(row)).collect();
            let gold = gold_path(text, zone, &scores, &learner.pairs, &mut decoder);
            help_wrong(&mut scores, &gold, options.margin);
            decoder.decode(&scores, &learner.pairs, &mut found);
            if found != gold {
                learner.update(&features, &gold, &found);
            }
            learner.step += 1.0;
        }
    }
    learner.average()
}

/// Returns the gold labels of a stretch; where other names are not marked, the best labels that agree
/// with what is.
fn gold_path(
    text: &TrainingText,
    zone: &TrainingZone,
    scores: &[FloatRow],
    pairs: &FloatPairs,
    decoder: &mut Decoder,
) -> Vec<u8> {
    let gold = text.gold_of(zone);
    if text.marks_other[zone.document] {
        return gold;
    }
    const NEVER: f32 = -1e9;
    let other = label(NameKind::Other, Part::Begin);
    let mut agreeing = scores.to_vec();
    for (row, right) in agreeing.iter_mut().zip(&gold) {
        for (number, score) in row.iter_mut().enumerate() {
            let number = number as u8;
            let agrees = if *right == OUTSIDE { number >= other } else { number == *right };
            if !agrees {
                *score = NEVER;
            } else if *right != OUTSIDE {
                // "Outside" scores 0 always: a marked name must beat it.
                *score += -NEVER;
            }
        }
    }
    let mut path = Vec::new();
    decoder.decode(&agreeing, pairs, &mut path);
    path
}

/// Adds the margin to all labels but the gold ones.
fn help_wrong(scores: &mut [FloatRow], gold: &[u8], margin: f32) {
    for (row, right) in scores.iter_mut().zip(gold) {
        // "Outside" always scores 0: instead of helping it, the gold label is hindered.
        if *right == OUTSIDE {
            row.iter_mut().for_each(|score| *score += margin);
        } else {
            row[usize::from(*right)] -= margin;
        }
    }
}

fn zones_of<'text>(text: &'text TrainingText, documents: &[usize]) -> Vec<&'text TrainingZone> {
    let mut wanted = vec![false; text.marks_other.len()];
    for document in documents {
        wanted[*document] = true;
    }
    text.zones.iter().filter(|zone| wanted[zone.document]).collect()
}

/// Tells for each feature whether it occurs often enough in the documents.
fn wanted_features(text: &TrainingText, documents: &[usize], least: u32) -> Vec<bool> {
    let mut counts = vec![0_u32; text.hashes.len()];
    for zone in zones_of(text, documents) {
        for token in &text.tokens[zone.tokens.clone()] {
            for feature in &text.features[token.features.clone()] {
                counts[*feature as usize] += 1;
            }
        }
    }
    counts.into_iter().map(|count| count >= least).collect()
}

/// Returns labels for all tokens, each found by a model that was trained on other documents.
fn labels_of_others(text: &TrainingText, documents: usize, options: &TrainingOptions) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; text.tokens.len()];
    let single = TrainingOptions { models: 1, ..*options };
    for fold in 0..options.folds {
        let others: Vec<usize> =
            (0..documents).filter(|document| document % options.folds != fold).collect();
        let own: Vec<usize> =
            (0..documents).filter(|document| document % options.folds == fold).collect();
        let learnt = learn(text, &others, fold as u64, &single);
        for zone in zones_of(text, &own) {
            let found = decode(text, zone, &learnt);
            labels[zone.tokens.clone()].copy_from_slice(&found);
        }
    }
    labels
}

fn decode(text: &TrainingText, zone: &TrainingZone, learnt: &Learnt) -> Vec<u8> {
    let scores = scores_of(text, zone, learnt);
    let mut labels = Vec::new();
    Decoder::default().decode(&scores, &learnt.pairs, &mut labels);
    labels
}

fn scores_of(text: &TrainingText, zone: &TrainingZone, learnt: &Learnt) -> Vec<FloatRow> {
    let tokens = &text.tokens[zone.tokens.clone()];
    let row = |token: &TrainingToken| {
        let mut scores = [0.0; NAMED_LABELS];
        for feature in &text.features[token.features.clone()] {
            for (score, weight) in scores.iter_mut().zip(&learnt.rows[*feature as usize]) {
                *score += weight;
            }
        }
        scores
    };
    tokens.iter().map(row).collect()
}

/// The weights of the second look, by hash.
type Second = FxHashMap<Feature, FloatRow>;

/// Learns how the labels of the same word elsewhere change those of the first look.
fn learn_second(
    text: &TrainingText,
    first: &Learnt,
    labels: &[u8],
    options: &TrainingOptions,
) -> Second {
    let mut numbers: FxHashMap<Feature, u32> = FxHashMap::default();
    let mut hashes: Vec<Feature> = Vec::new();
    let features = second_features(text, labels, |hash| {
        *numbers.entry(hash).or_insert_with(|| {
            hashes.push(hash);
            hashes.len() as u32 - 1
        })
    });
    let mut learner = Learner::new(hashes.len());
    learner.pairs = first.pairs;
    let mut zones: Vec<&TrainingZone> = text.zones.iter().collect();
    let mut random = Random(99);
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    for _ in 0..options.rounds.min(6) {
        random.shuffle(&mut zones);
        for zone in &zones {
            let own = &features[zone.tokens.clone()];
            let mut scores = scores_of(text, zone, first);
            for (row, own) in scores.iter_mut().zip(own) {
                for (score, more) in row.iter_mut().zip(learner.scores(own)) {
                    *score += more;
                }
            }
            let gold = gold_path(text, zone, &scores, &first.pairs, &mut decoder);
            help_wrong(&mut scores, &gold, options.margin);
            decoder.decode(&scores, &first.pairs, &mut found);
            if found != gold {
                learner.update(own, &gold, &found);
                learner.pairs = first.pairs;
            }
            learner.step += 1.0;
        }
    }
    let learnt = learner.average();
    hashes.into_iter().zip(learnt.rows).collect()
}

/// Returns the features of the second look for each token.
fn second_features(
    text: &TrainingText,
    labels: &[u8],
    mut number: impl FnMut(Feature) -> u32,
) -> Vec<Vec<u32>> {
    let mut features = vec![Vec::new(); text.tokens.len()];
    let mut tally = Tally::default();
    tally.make_room(text.forms);
    let mut hashes = Vec::new();
    for zones in text.zones.chunk_by(|one, other| one.document == other.document) {
        let tokens = || zones.iter().flat_map(|zone| zone.tokens.clone());
        let capitalised = || tokens().filter(|token| text.tokens[*token].capitalised);
        for token in capitalised() {
            tally.add(text.tokens[token].form, labels[token]);
        }
        for token in capitalised() {
            hashes.clear();
            tally.features(text.tokens[token].form, labels[token], &mut hashes);
            features[token].extend(hashes.iter().map(|hash| number(*hash)));
        }
        for token in tokens() {
            tally.forget(text.tokens[token].form);
        }
    }
    features
}

fn write(
    text: &TrainingText,
    first: &Learnt,
    second: &Second,
    options: &TrainingOptions,
) -> Result<Vec<u8>, ModelError> {
    let rows = || text.hashes.iter().zip(&first.rows).chain(second);
    let largest =
        rows().flat_map(|(_, row)| row).fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let scale = f32::from(i8::MAX) / largest.max(f32::MIN_POSITIVE);
    let mut features: Vec<(Feature, Weights)> = rows()
        .map(|(hash, row)| (*hash, row.map(|weight| (weight * scale).round() as i8)))
        .filter(|(_, row)| {
            let most = row.iter().map(|weight| weight.unsigned_abs()).max().unwrap_or(0);
            f32::from(most) > options.least_weight * f32::from(i8::MAX) && most > 0
        })
        .collect();
    let mut transitions = forbidden_pairs();
    for (score, weight) in transitions.iter_mut().flatten().zip(first.pairs.iter().flatten()) {
        if *score != FORBIDDEN {
            *score = (weight * scale).round() as i32;
        }
    }
    Model::to_bytes(&transitions, &mut features)
}

/// A small generator of pseudo-random numbers (SplitMix64), the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from 0 up to but without 1.
    fn fraction(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
