//! The weights of the trained tagger, and the compact file that they come in.
//!
//! The file holds, compressed with Zstandard: the scores of label pairs, then the features in order
//! of their hashes, each as the distance to the one before, a mask of the labels that it scores, and
//! a byte for each of them.

use super::super::error::ModelError;
use super::features::Feature;
use super::label::{LABELS, NAMED_LABELS, Row, may_follow};

/// Opens every file of weights; the number changes with the format or the features.
const MAGIC: &[u8; 8] = b"mrgNER01";

/// The most that a file of weights may unpack to.
const MOST_BYTES: usize = 64 << 20;

/// The score of a pair of labels that may not follow each other.
pub(crate) const FORBIDDEN: i32 = -1_000_000;

/// The weights of one feature.
pub(crate) type Weights = [i8; NAMED_LABELS];

/// The scores of one label after another.
pub(crate) type Transitions = [[i32; LABELS]; LABELS];

/// A trained model.
pub(crate) struct Model {
    /// The scores of label pairs, first label first.
    pub(crate) transitions: Transitions,
    table: Table,
}

/// Features and their weights, by open addressing.
///
/// Half of the features that are looked up are not there. A bit for each of them tells most of these
/// apart without a look at the slots, which the caches of a processor do not hold.
struct Table {
    /// Feature and position of its weights; the position is `u32::MAX` where a slot is free.
    slots: Vec<(Feature, u32)>,
    weights: Vec<Weights>,
    /// Which features may be there, by their lowest bits.
    present: Vec<u64>,
}

/// The position of the weights of features that are not there, all 0.
const NO_WEIGHTS: u32 = 0;

/// The number of bits for each feature of a table.
const BITS_PER_FEATURE: usize = 8;

impl Table {
    fn with_capacity(features: usize) -> Self {
        let slots = (features * 2).next_power_of_two().max(16);
        let bits = (features * BITS_PER_FEATURE).next_power_of_two().max(64);
        Self {
            slots: vec![(0, u32::MAX); slots],
            weights: vec![[0; NAMED_LABELS]],
            present: vec![0; bits / 64],
        }
    }

    fn may_have(&self, feature: Feature) -> bool {
        let (word, bit) = self.bit(feature);
        self.present[word] & bit != 0
    }

    /// Returns the word of `present` and the bit in it that stand for a feature.
    fn bit(&self, feature: Feature) -> (usize, u64) {
        ((feature >> 6) as usize & (self.present.len() - 1), 1 << (feature & 63))
    }

    fn insert(&mut self, feature: Feature, weights: Weights) {
        let mask = self.slots.len() - 1;
        let mut slot = feature as usize & mask;
        while self.slots[slot].1 != u32::MAX {
            slot = (slot + 1) & mask;
        }
        let position = u32::try_from(self.weights.len()).expect("a model is far smaller");
        self.slots[slot] = (feature, position);
        let (word, bit) = self.bit(feature);
        self.present[word] |= bit;
        self.weights.push(weights);
    }

    /// Returns the position of the weights of a feature; one that is not there has the position of
    /// the weights that are all 0.
    fn position(&self, feature: Feature) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = feature as usize & mask;
        loop {
            let (there, position) = self.slots[slot];
            if position == u32::MAX {
                return NO_WEIGHTS;
            }
            if there == feature {
                return position;
            }
            slot = (slot + 1) & mask;
        }
    }
}

impl Model {
    /// Adds the weights of the features to the scores of the labels, and leaves of the features what
    /// it needed for that.
    ///
    /// Each look into the table is a step of its own for all features, so that the processor waits
    /// for memory once a step and not once a feature.
    pub(crate) fn add(&self, features: &mut Vec<Feature>, scores: &mut Row) {
        let mut kept = 0;
        for at in 0..features.len() {
            let feature = features[at];
            features[kept] = feature;
            kept += usize::from(self.table.may_have(feature));
        }
        features.truncate(kept);
        for feature in features.iter_mut() {
            *feature = self.table.position(*feature);
        }
        for position in features.iter() {
            for (score, weight) in scores.iter_mut().zip(&self.table.weights[*position as usize]) {
                *score += i16::from(*weight);
            }
        }
    }

    /// Returns the model in a file of weights.
    pub(crate) fn from_bytes(file: &[u8]) -> Result<Self, ModelError> {
        let packed = file.strip_prefix(MAGIC).ok_or(ModelError::WrongFormat)?;
        let bytes = zstd::bulk::decompress(packed, MOST_BYTES)
            .map_err(|source| ModelError::Damaged { source })?;
        let mut input = Input { bytes: &bytes };
        let mut transitions = forbidden_pairs();
        for score in transitions.iter_mut().flatten() {
            let written = i32::from(i16::from_le_bytes([input.byte()?, input.byte()?]));
            if *score != FORBIDDEN {
                *score = written;
            }
        }
        let count = input.number()? as usize;
        let mut table = Table::with_capacity(count.min(MOST_BYTES / 4));
        let mut feature: Feature = 0;
        for _ in 0..count {
            feature = feature.wrapping_add(input.number()?);
            let mask = u16::from_le_bytes([input.byte()?, input.byte()?]);
            let mut weights = [0; NAMED_LABELS];
            for (label, weight) in weights.iter_mut().enumerate() {
                if mask & (1 << label) != 0 {
                    *weight = input.byte()?.cast_signed();
                }
            }
            table.insert(feature, weights);
        }
        Ok(Self { transitions, table })
    }

    /// Returns the file of weights for these features, which are put in order; the same features
    /// always give the same bytes.
    pub(crate) fn to_bytes(
        transitions: &Transitions,
        features: &mut [(Feature, Weights)],
    ) -> Result<Vec<u8>, ModelError> {
        features.sort_unstable_by_key(|(feature, _)| *feature);
        let mut bytes = Vec::new();
        for score in transitions.iter().flatten() {
            let score = (*score).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            bytes.extend(score.to_le_bytes());
        }
        write_number(features.len() as u32, &mut bytes);
        let mut last = 0;
        for (feature, weights) in features.iter() {
            write_number(feature - last, &mut bytes);
            last = *feature;
            let mask = weights
                .iter()
                .enumerate()
                .fold(0_u16, |mask, (label, weight)| mask | u16::from(*weight != 0) << label);
            bytes.extend(mask.to_le_bytes());
            bytes.extend(weights.iter().filter(|weight| **weight != 0).map(|w| w.cast_unsigned()));
        }
        let packed =
            zstd::bulk::compress(&bytes, 19).map_err(|source| ModelError::Damaged { source })?;
        Ok([MAGIC.as_slice(), &packed].concat())
    }
}

/// Returns scores of 0 for the pairs that may follow each other and [`FORBIDDEN`] for the others.
pub(crate) fn forbidden_pairs() -> Transitions {
    let mut transitions = [[0; LABELS]; LABELS];
    for (label, row) in transitions.iter_mut().enumerate() {
        for (next, score) in row.iter_mut().enumerate() {
            if !may_follow(label as u8, next as u8) {
                *score = FORBIDDEN;
            }
        }
    }
    transitions
}

struct Input<'bytes> {
    bytes: &'bytes [u8],
}

impl Input<'_> {
    fn byte(&mut self) -> Result<u8, ModelError> {
        let (first, rest) = self.bytes.split_first().ok_or(ModelError::Truncated)?;
        self.bytes = rest;
        Ok(*first)
    }

    /// Reads a number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Result<u32, ModelError> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ModelError::Truncated)
    }
}

fn write_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_weights_round_trip() {
        let mut features = vec![(7, [3; NAMED_LABELS]), (5, [0; NAMED_LABELS])];
        features[1].1[4] = -9;
        let mut transitions = forbidden_pairs();
        transitions[16][0] = 12;
        let bytes = Model::to_bytes(&transitions, &mut features).expect("memory");
        let model = Model::from_bytes(&bytes).expect("a model");
        assert_eq!(model.transitions, transitions);
        let mut scores = [0; NAMED_LABELS];
        model.add(&mut vec![5, 7, 9], &mut scores);
        assert_eq!((scores[0], scores[4]), (3, -6));
    }

    #[test]
    fn damaged_files_are_refused() {
        assert!(Model::from_bytes(b"").is_err());
        let bytes = Model::to_bytes(&forbidden_pairs(), &mut [(1, [1; NAMED_LABELS])]);
        let bytes = bytes.expect("memory");
        for length in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
        }
    }
}
