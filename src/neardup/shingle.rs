//! Shingles: the runs of five words of a text, each as a hash.
//!
//! The hash is of the folded words, so case, diacritics and punctuation make no difference. It is
//! stored with the index and must never change from one machine or version to another, which a test
//! below keeps.

use crate::text::fold_into;

/// The number of words of a shingle.
pub(super) const SHINGLE_WORDS: usize = 5;

/// An odd constant with well spread bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Calls `visit` with the hash of each run of five of the words, in order.
///
/// A hash is the polynomial of the hashes of its words, which is brought up to date with each word
/// rather than computed anew; what is visited is that value mixed, since its low bits alone would
/// depend on the low bits of the words only.
pub(super) fn visit_shingles<'text>(
    words: impl Iterator<Item = &'text str>,
    mut visit: impl FnMut(u32),
) {
    let oldest_weight = SPREAD.wrapping_pow(SHINGLE_WORDS as u32);
    let mut hasher = WordHasher::default();
    let mut last = [0; SHINGLE_WORDS];
    let mut polynomial = 0u64;
    for (position, word) in words.enumerate() {
        let hash = hasher.hash(word);
        let slot = position % SHINGLE_WORDS;
        polynomial = polynomial
            .wrapping_mul(SPREAD)
            .wrapping_add(hash)
            .wrapping_sub(oldest_weight.wrapping_mul(last[slot]));
        last[slot] = hash;
        if position + 1 >= SHINGLE_WORDS {
            visit(mix(polynomial));
        }
    }
}

/// Returns 32 bits of which each depends on all 64 (the finalizer of MurmurHash3).
fn mix(mut value: u64) -> u32 {
    value ^= value >> 33;
    value = value.wrapping_mul(0xff51_afd7_ed55_8ccd);
    value ^= value >> 33;
    value = value.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (value >> 32) as u32
}

/// Hashes folded words without allocating for each.
#[derive(Default)]
struct WordHasher {
    folded: String,
}

impl WordHasher {
    fn hash(&mut self, word: &str) -> u64 {
        if word.is_ascii() {
            return hash_bytes(word.as_bytes(), LOWER_CASE);
        }
        self.folded.clear();
        fold_into(word, &mut self.folded);
        hash_bytes(self.folded.as_bytes(), 0)
    }
}

/// The bit of each byte by which a small ASCII letter differs from a capital; digits and the marks
/// that stand inside words have it too, so setting it folds an ASCII word.
const LOWER_CASE: u64 = 0x2020_2020_2020_2020;

/// Returns a hash of the bytes, with the bits of `set` set in each eight of them.
fn hash_bytes(bytes: &[u8], set: u64) -> u64 {
    let step = |hash: u64, eight: u64| (hash.rotate_left(29) ^ eight).wrapping_mul(SPREAD);
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64;
    for eight in eights {
        hash = step(hash, u64::from_le_bytes(*eight) | set);
    }
    if !rest.is_empty() {
        let last = rest.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
        hash = step(hash, last | set >> (64 - 8 * rest.len()));
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;
    use proptest::prelude::*;

    fn shingles(text: &str) -> Vec<u32> {
        let mut hashes = Vec::new();
        visit_shingles(words(text).map(|word| word.text), |hash| hashes.push(hash));
        hashes
    }

    #[test]
    fn a_text_has_a_shingle_for_each_five_words() {
        assert_eq!(shingles("one two three four").len(), 0);
        assert_eq!(shingles("one two three four five").len(), 1);
        assert_eq!(shingles("one two three four five six seven").len(), 3);
    }

    #[test]
    fn case_diacritics_and_punctuation_make_no_difference() {
        assert_eq!(
            shingles("The ÉLYSÉE Palace, in Paris: guarantees!"),
            shingles("the elysee palace in paris guarantees")
        );
    }

    #[test]
    fn ascii_is_folded_like_the_rest() {
        for word in ["NATO", "Don't", "U.S.", "1,000.5", "Organization2022"] {
            let mut hasher = WordHasher::default();
            assert_eq!(hasher.hash(word), hash_bytes(crate::text::fold(word).as_bytes(), 0));
        }
        assert_eq!(shingles("Elysee a b c d"), shingles("Élysée a b c d"));
    }

    #[test]
    fn the_order_of_words_makes_a_difference() {
        assert_ne!(shingles("a b c d e"), shingles("b a c d e"));
        assert_ne!(shingles("a b c d e"), shingles("e d c b a"));
    }

    #[test]
    fn hashes_are_the_same_on_every_machine() {
        assert_eq!(
            shingles("Russia makes two draft treaties public"),
            STORED,
            "stored sketches would no longer compare"
        );
    }

    const STORED: [u32; 2] = [3_092_354_062, 3_293_547_255];

    proptest! {
        #[test]
        fn a_shingle_depends_on_its_five_words_alone(
            before in "[a-z]{1,8}( [a-z]{1,8}){0,9}",
            shared in "[a-zé]{1,40}( [a-z]{1,8}){4}",
        ) {
            let alone = shingles(&shared);
            let after = shingles(&format!("{before} {shared}"));
            prop_assert_eq!(alone.last(), after.last());
        }
    }
}
