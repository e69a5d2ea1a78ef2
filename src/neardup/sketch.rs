//! Sketches: a sample of the shingles of a body, enough to tell copies.
//!
//! A shingle is kept when the low bits of its hash are zero (Broder's "mod m" sampling), so two texts
//! keep the same ones of those they share. How many bits is the *level* of the sketch: a brief keeps
//! every shingle, an ordinary article one in four or eight, a whole page of a newspaper fewer still.
//! Two sketches are compared at the coarser of their levels. A [`Signature`] is eight hashes of a
//! sketch that copies are likely to share: enough to tell which sketches are worth comparing.

use super::Error;
use super::shingle::visit_shingles;
use crate::text;

/// The number of hashes up to which a sketch keeps to a level below [`USUAL_LEVEL`].
const SMALL_SKETCH: usize = 96;

/// The level of an article of ordinary length: one shingle in eight.
const USUAL_LEVEL: u8 = 3;

/// The number of hashes that no sketch exceeds.
const LARGEST_SKETCH: usize = 512;

/// The level at which a hash would have no bits left.
const HIGHEST_LEVEL: u8 = 24;

/// The least share of all their shingles that two copies have in common.
///
/// The same story sent again with a few words changed shares most; a later version with new
/// paragraphs less, and is the same story no longer when it shares under half.
const LEAST_RESEMBLANCE: f32 = 0.45;

/// The least share of the shingles of the shorter that the longer holds, when it is a cut version.
const LEAST_CONTAINMENT: f32 = 0.95;

/// The least number of shingles that two copies share: about a sentence and a half. Standing phrases
/// ("for the full story, see ...") are shorter.
const LEAST_SHARED: usize = 24;

/// The least number of shingles of the samples that two copies share.
const LEAST_SHARED_SAMPLES: usize = 3;

/// The least number of shingles of the samples that a cut version shares: of fewer, all may be
/// shared by chance.
const LEAST_CUT_SAMPLES: usize = 8;

/// A sample of the shingles of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sketch {
    level: u8,
    /// The hashes whose low `level` bits are zero, in rising order, without repetition.
    hashes: Box<[u32]>,
}

/// Eight hashes of a sketch, for finding those that may be copies among many.
///
/// The shingles are dealt into eight parts by their hashes, and of each part the one is taken whose
/// hash has the most low bits of zero: whatever the levels of two sketches, both have it when their
/// texts do. Two texts that share half of their shingles agree in no part once in 250 times. (One
/// permutation hashing: Li, Owen and Zhang, NIPS 2012.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signature([u32; Signature::PARTS]);

impl Signature {
    const PARTS: usize = 8;

    /// Returns the signature as four numbers to be stored; those of a text too short for copies are
    /// all zero.
    pub fn to_keys(self) -> [u64; 4] {
        std::array::from_fn(|key| u64::from(self.0[2 * key]) << 32 | u64::from(self.0[2 * key + 1]))
    }

    /// Returns the signature that these numbers were made of.
    pub fn from_keys(keys: [u64; 4]) -> Self {
        Self(std::array::from_fn(|part| {
            let key = keys[part / 2];
            if part % 2 == 0 { (key >> 32) as u32 } else { key as u32 }
        }))
    }

    /// Returns the hashes of the parts that have one, each once.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied().filter(|&hash| hash != 0)
    }

    /// Tells whether the two texts are worth comparing.
    #[cfg(test)]
    pub(super) fn shares_a_part(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, two)| one == two && *one != 0)
    }
}

/// How much of two texts is the same, told from their sketches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// The number of sampled shingles that both have.
    pub shared: usize,
    /// The share of the shingles of both that both have (Jaccard's coefficient), from 0 to 1.
    pub resemblance: f32,
    /// The share of the shingles of one that the other has, whichever is more, from 0 to 1.
    pub containment: f32,
}

impl Sketch {
    /// Returns the sketch of a body, in one pass over its words.
    pub fn of(body: &str) -> Self {
        Self::of_words(text::words(body).map(|word| word.text))
    }

    /// Returns the sketch of a body whose words are these, for callers that have split it already.
    pub fn of_words<'text>(words: impl Iterator<Item = &'text str>) -> Self {
        let mut sample = Sample::default();
        visit_shingles(words, |hash| sample.insert(hash));
        sample.into_sketch()
    }

    /// Returns the hashes of the sample, in rising order. Copies share some of them.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Returns the signature of the sketch.
    pub fn signature(&self) -> Signature {
        let mut parts = [0u32; Signature::PARTS];
        if self.is_comparable() {
            for &hash in &self.hashes {
                let part = &mut parts[(hash >> 29) as usize];
                if *part == 0 || hash.reverse_bits() < part.reverse_bits() {
                    *part = hash;
                }
            }
        }
        Signature(parts)
    }

    /// Tells whether the body had no five words.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Tells whether the body is long enough for another to be a copy of it.
    fn is_comparable(&self) -> bool {
        self.hashes.len() >= LEAST_SHARED_SAMPLES && self.hashes.len() << self.level >= LEAST_SHARED
    }

    /// Returns the sketch as bytes: the level, then the hashes, each in four bytes from the lowest
    /// on. An empty sketch has none.
    pub fn to_bytes(&self) -> Vec<u8> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut bytes = Vec::with_capacity(1 + self.hashes.len() * 4);
        bytes.push(self.level);
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// When the bytes are cut short or are not those of a sketch.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let Some((&level, rest)) = bytes.split_first() else { return Ok(Self::default()) };
        if level > HIGHEST_LEVEL {
            return Err(Error::Level { level });
        }
        let (words, []) = rest.as_chunks::<4>() else {
            return Err(Error::Length { length: bytes.len() });
        };
        let hashes: Box<[u32]> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let belongs = |position: usize, hash: u32| {
            is_kept(hash, level) && (position == 0 || hashes[position - 1] < hash)
        };
        match (0..hashes.len()).find(|&position| !belongs(position, hashes[position])) {
            Some(position) => Err(Error::Hash { position }),
            None => Ok(Self { level, hashes }),
        }
    }

    /// Returns how much of the two texts is the same.
    pub fn overlap(&self, other: &Self) -> Overlap {
        self.overlap_of(other, shared(&self.hashes, &other.hashes).count())
    }

    /// Tells whether one text is a copy of the other, whenever they were printed.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        self.is_copy_sharing(other, shared(&self.hashes, &other.hashes).count())
    }

    /// Tells the same when what both have of standing phrases does not count.
    pub(super) fn is_copy_but_for(&self, other: &Self, is_standing: impl Fn(u32) -> bool) -> bool {
        let shared = shared(&self.hashes, &other.hashes);
        self.is_copy_sharing(other, shared.filter(|hash| !is_standing(*hash)).count())
    }

    fn is_copy_sharing(&self, other: &Self, shared: usize) -> bool {
        let shares_enough =
            shared >= LEAST_SHARED_SAMPLES && shared << self.level.max(other.level) >= LEAST_SHARED;
        if !shares_enough || !self.is_comparable() || !other.is_comparable() {
            return false;
        }
        let overlap = self.overlap_of(other, shared);
        let is_cut = overlap.containment >= LEAST_CONTAINMENT && shared >= LEAST_CUT_SAMPLES;
        overlap.resemblance >= LEAST_RESEMBLANCE || is_cut
    }

    /// What both keep is kept at either level, so only the rest has to be counted at the coarser.
    fn overlap_of(&self, other: &Self, shared: usize) -> Overlap {
        let level = self.level.max(other.level);
        let (own, others) = (self.count_at(level), other.count_at(level));
        let share = |all: usize| if all == 0 { 0.0 } else { shared as f32 / all as f32 };
        Overlap {
            shared,
            resemblance: share(own + others - shared),
            containment: share(own.min(others)),
        }
    }

    /// Returns the number of hashes that a sketch of `level` keeps.
    fn count_at(&self, level: u8) -> usize {
        if level == self.level {
            return self.hashes.len();
        }
        self.hashes.iter().filter(|&&hash| is_kept(hash, level)).count()
    }
}

fn is_kept(hash: u32, level: u8) -> bool {
    hash.trailing_zeros() >= u32::from(level)
}

/// Returns the hashes in both of two rising sequences.
fn shared<'hashes>(
    one: &'hashes [u32],
    two: &'hashes [u32],
) -> impl Iterator<Item = u32> + 'hashes {
    let (mut left, mut right) = (0, 0);
    std::iter::from_fn(move || {
        while left < one.len() && right < two.len() {
            let (a, b) = (one[left], two[right]);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
            if a == b {
                return Some(a);
            }
        }
        None
    })
}

/// A sample that grows: its level rises whenever it holds more than the level allows.
#[derive(Default)]
struct Sample {
    level: u8,
    hashes: Vec<u32>,
}

impl Sample {
    fn insert(&mut self, hash: u32) {
        if is_kept(hash, self.level) {
            self.hashes.push(hash);
            // Twice the room, since repeated shingles are only removed here.
            if self.hashes.len() >= 2 * Self::room(self.level) {
                self.shrink();
            }
        }
    }

    /// Removes repetitions and raises the level until the sample has room for itself.
    ///
    /// The level depends on the set of shingles only, not on their order: it rises exactly when the
    /// distinct hashes of a level are too many, and those never become fewer.
    fn shrink(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        while self.hashes.len() > Self::room(self.level) && self.level < HIGHEST_LEVEL {
            self.level += 1;
            let level = self.level;
            self.hashes.retain(|&hash| is_kept(hash, level));
        }
    }

    fn room(level: u8) -> usize {
        if level < USUAL_LEVEL { SMALL_SKETCH } else { LARGEST_SKETCH }
    }

    fn into_sketch(mut self) -> Sketch {
        self.shrink();
        let level = if self.hashes.is_empty() { 0 } else { self.level };
        Sketch { level, hashes: self.hashes.into_boxed_slice() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text of `length` words that never repeat.
    fn text_of(from: usize, length: usize) -> String {
        (from..from + length).map(|number| format!("w{number} ")).collect()
    }

    #[test]
    fn a_text_is_a_copy_of_itself_unless_it_is_very_short() {
        for length in [40, 100, 400, 800, 3000, 20_000] {
            let sketch = Sketch::of(&text_of(0, length));
            assert!(sketch.is_copy_of(&sketch), "{length} words");
            assert_eq!(sketch.overlap(&sketch).resemblance, 1.0);
        }
        for length in [0, 4, 5, 20] {
            let sketch = Sketch::of(&text_of(0, length));
            assert_eq!(sketch.signature(), Signature::default(), "{length} words");
            assert!(!sketch.is_copy_of(&sketch), "{length} words");
        }
    }

    #[test]
    fn sizes_stay_within_bounds() {
        for length in [50, 101, 300, 1000, 5000, 50_000] {
            let sketch = Sketch::of(&text_of(0, length));
            assert!(sketch.hashes().len() <= LARGEST_SKETCH, "{length} words");
            assert!(sketch.hashes().len() >= 30, "{length} words: {}", sketch.hashes().len());
        }
    }

    #[test]
    fn a_story_cut_to_a_third_is_a_copy_and_a_shared_paragraph_is_not() {
        let whole = Sketch::of(&text_of(0, 600));
        let cut = Sketch::of(&text_of(0, 200));
        assert!(cut.is_copy_of(&whole) && whole.is_copy_of(&cut));
        let sentence = Sketch::of(&text_of(40, 23));
        assert!(!sentence.is_copy_of(&whole));
        let other = Sketch::of(&(text_of(10_000, 400) + &text_of(0, 200)));
        assert!(!other.is_copy_of(&whole));
    }

    #[test]
    fn repeated_words_do_not_crowd_out_the_rest() {
        let refrain = "la la la la la la ".repeat(5000);
        let sketch = Sketch::of(&(refrain + &text_of(0, 80)));
        assert_eq!(sketch.level, 0);
        assert!(sketch.hashes().len() > 76);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = Sketch::of(&text_of(0, 300)).to_bytes();
        let cut = Sketch::from_bytes(&bytes[..bytes.len() - 1]);
        assert_eq!(cut, Err(Error::Length { length: bytes.len() - 1 }));
        let mut swapped = bytes.clone();
        swapped[1..9].rotate_left(4);
        assert_eq!(Sketch::from_bytes(&swapped), Err(Error::Hash { position: 1 }));
        assert_eq!(Sketch::from_bytes(&[77, 0, 0, 0, 0]), Err(Error::Level { level: 77 }));
        assert_eq!(Sketch::from_bytes(&[3, 1, 0, 0, 0]), Err(Error::Hash { position: 0 }));
    }

    proptest! {
        #[test]
        fn bytes_round_trip(from in 0usize..1000, length in 0usize..2000) {
            let sketch = Sketch::of(&text_of(from, length));
            prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Ok(sketch));
        }

        #[test]
        fn signatures_round_trip_and_copies_of_any_length_agree(length in 30usize..3000) {
            let whole = Sketch::of(&text_of(0, length)).signature();
            prop_assert_eq!(Signature::from_keys(whole.to_keys()), whole);
            let most = Sketch::of(&text_of(0, length - length / 5)).signature();
            prop_assert!(length < 40 || whole.shares_a_part(&most));
        }

        #[test]
        fn any_bytes_are_a_sketch_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(sketch) = Sketch::from_bytes(&bytes)
                && !sketch.is_empty()
            {
                prop_assert_eq!(sketch.to_bytes(), bytes);
            }
        }

        #[test]
        fn comparing_is_symmetric_and_within_bounds(
            start in 0usize..400, one in 0usize..1500, two in 0usize..1500,
        ) {
            let (one, two) = (Sketch::of(&text_of(0, one)), Sketch::of(&text_of(start, two)));
            let overlap = one.overlap(&two);
            prop_assert_eq!(overlap, two.overlap(&one));
            prop_assert_eq!(one.is_copy_of(&two), two.is_copy_of(&one));
            prop_assert!(overlap.resemblance <= overlap.containment && overlap.containment <= 1.0);
        }

        #[test]
        fn the_sample_depends_on_the_set_of_shingles_alone(
            hashes in prop::collection::vec(0u32..5000, 0..3000),
        ) {
            let sketch_of = |hashes: &mut dyn Iterator<Item = u32>| {
                let mut sample = Sample::default();
                hashes.for_each(|hash| sample.insert(hash));
                sample.into_sketch()
            };
            let forwards = sketch_of(&mut hashes.iter().copied());
            let twice_backwards = sketch_of(&mut hashes.iter().rev().chain(&hashes).copied());
            prop_assert_eq!(forwards, twice_backwards);
        }
    }
}
