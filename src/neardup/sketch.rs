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
    hashes: Vec<u32>,
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
    /// The number of parts.
    pub(super) const PARTS: usize = 8;

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

    /// Returns the hash of a part; zero where it has none.
    pub(super) fn hash(&self, part: usize) -> u32 {
        self.0[part]
    }

    /// Tells whether the text is too short to have copies.
    pub(super) fn is_empty(&self) -> bool {
        self.0 == [0; Self::PARTS]
    }

    /// Returns the parts that two texts agree in, as bits.
    pub(super) fn agreement(&self, other: &Self) -> u8 {
        let agrees = |part: usize| self.0[part] == other.0[part] && self.0[part] != 0;
        (0..Self::PARTS).fold(0, |bits, part| bits | u8::from(agrees(part)) << part)
    }

    /// Tells whether all parts have a hash and two texts agree in all of them. Texts that share three
    /// shingles in ten do so once in 15,000 times, so nothing need be compared.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self == other && !self.0.contains(&0)
    }

    /// Returns a number that is the same for the same signature, and rarely for another.
    pub(super) fn digest(&self) -> u32 {
        let mix = |digest: u64, &hash: &u32| {
            (digest.rotate_left(5) ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        (self.0.iter().fold(0, mix) >> 32) as u32
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

    /// Returns the sketch as numbers of two halves, the high one first: the level, then the hashes,
    /// and zero where a half is left. An empty sketch has none.
    pub fn to_numbers(&self) -> Vec<u64> {
        if self.is_empty() {
            return Vec::new();
        }
        let halves = std::iter::once(u32::from(self.level)).chain(self.hashes.iter().copied());
        let halves: Vec<u32> = halves.collect();
        let number = |pair: &[u32]| {
            u64::from(pair[0]) << 32 | u64::from(pair.get(1).copied().unwrap_or_default())
        };
        halves.chunks(2).map(number).collect()
    }

    /// Becomes the sketch that these numbers were made of, in the room that this one has.
    ///
    /// # Errors
    /// When the numbers are not those of a sketch; this one is then empty.
    pub fn read(&mut self, numbers: &[u64]) -> Result<(), Error> {
        self.level = 0;
        self.hashes.clear();
        let Some((&first, rest)) = numbers.split_first() else { return Ok(()) };
        let level = (first >> 32) as u32;
        if level > u32::from(HIGHEST_LEVEL) {
            return Err(Error::Level { level });
        }
        self.level = level as u8;
        self.hashes.resize(2 * numbers.len() - 1, 0);
        self.hashes[0] = first as u32;
        for (pair, number) in self.hashes[1..].chunks_exact_mut(2).zip(rest) {
            pair.copy_from_slice(&[(number >> 32) as u32, *number as u32]);
        }
        // Only the first hash may be zero.
        if !rest.is_empty() && self.hashes.last() == Some(&0) {
            self.hashes.pop();
        }
        if self.is_in_order() {
            return Ok(());
        }
        let position = self.first_misplaced();
        *self = Self::default();
        Err(Error::Hash { position })
    }

    /// Tells whether all hashes belong where they are. Looks at all in any case, which takes a
    /// fraction of the time of looking for the first that does not.
    fn is_in_order(&self) -> bool {
        let bits = self.hashes.iter().fold(0, |bits, hash| bits | hash);
        let rise = |rise: bool, pair: &[u32]| rise & (pair[0] < pair[1]);
        is_kept(bits, self.level) && self.hashes.windows(2).fold(true, rise)
    }

    /// Returns the place of the first hash that the level does not keep, or that does not rise.
    fn first_misplaced(&self) -> usize {
        let is_misplaced = |position: usize| {
            let hash = self.hashes[position];
            !is_kept(hash, self.level) || (position > 0 && self.hashes[position - 1] >= hash)
        };
        (0..self.hashes.len()).find(|&position| is_misplaced(position)).unwrap_or_default()
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
        Sketch { level, hashes: self.hashes }
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

    fn read(numbers: &[u64]) -> Result<Sketch, Error> {
        let mut sketch = Sketch::of(&text_of(7, 90));
        sketch.read(numbers).map(|()| sketch)
    }

    #[test]
    fn damaged_numbers_are_refused() {
        let numbers = Sketch::of(&text_of(0, 300)).to_numbers();
        let mut swapped = numbers.clone();
        swapped[1..3].rotate_left(1);
        assert_eq!(read(&swapped), Err(Error::Hash { position: 3 }));
        assert_eq!(read(&[77 << 32, 0]), Err(Error::Level { level: 77 }));
        assert_eq!(read(&[3 << 32 | 1]), Err(Error::Hash { position: 0 }));
    }

    proptest! {
        #[test]
        fn numbers_round_trip(from in 0usize..1000, length in 0usize..2000) {
            let sketch = Sketch::of(&text_of(from, length));
            prop_assert_eq!(read(&sketch.to_numbers()), Ok(sketch));
        }

        #[test]
        fn signatures_round_trip_and_copies_of_any_length_agree(length in 30usize..3000) {
            let whole = Sketch::of(&text_of(0, length)).signature();
            prop_assert_eq!(Signature::from_keys(whole.to_keys()), whole);
            let most = Sketch::of(&text_of(0, length - length / 5)).signature();
            prop_assert!(length < 40 || whole.agreement(&most) != 0);
        }

        #[test]
        fn any_numbers_are_a_sketch_or_an_error(
            level in 0u64..30, numbers in prop::collection::vec(any::<u64>(), 0..40),
        ) {
            let numbers: Vec<u64> =
                std::iter::once(level << 32).chain(numbers).collect();
            if let Ok(sketch) = read(&numbers) {
                prop_assert_eq!(sketch.to_numbers(), numbers);
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
