//! A map from words to small values, made for the words of running text.
//!
//! Whoever reads an archive asks for each of its words, so what counts is how many lines of memory a
//! question touches. A word of up to sixteen bytes, as nearly all are, stands in the table itself.

use rustc_hash::FxHashMap;

/// The number of bytes of a word that stands in the table itself.
const SHORT: usize = 16;

/// A map from words to values.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: FxHashMap<(u64, u64), V>,
    long: FxHashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V: Copy> WordMap<V> {
    /// Returns the value of a word.
    pub fn get(&self, word: &str) -> Option<V> {
        match short_key(word) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Gives a word a value; the value before is gone.
    pub fn insert(&mut self, word: &str, value: V) {
        match short_key(word) {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(word.into(), value),
        };
    }

    /// Forgets all words.
    pub fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }

    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Tells whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Returns the bytes of a short word as numbers, filled up with zeros; `None` for a word that is
/// longer or that ends in a zero itself.
fn short_key(word: &str) -> Option<(u64, u64)> {
    let bytes = word.as_bytes();
    if bytes.len() > SHORT || bytes.last() == Some(&0) {
        return None;
    }
    let (start, end) = bytes.split_at(bytes.len().min(SHORT / 2));
    Some((padded(start), padded(end)))
}

/// Returns up to eight bytes as a number, filled up with zeros. Loads of fixed sizes that overlap are
/// much quicker than a copy of so many bytes.
fn padded(bytes: &[u8]) -> u64 {
    let byte = |place: usize| u64::from(bytes[place]) << (8 * place);
    let four = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => four(first) | four(last) << (8 * (bytes.len() - 4)),
        _ if bytes.is_empty() => 0,
        _ => byte(0) | byte(bytes.len() / 2) | byte(bytes.len() - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn numbers_are_the_bytes(bytes in proptest::collection::vec(0..=u8::MAX, 0..=8)) {
            let mut copy = [0; 8];
            copy[..bytes.len()].copy_from_slice(&bytes);
            prop_assert_eq!(padded(&bytes), u64::from_le_bytes(copy));
        }

        #[test]
        fn words_keep_their_values(words in proptest::collection::vec("[a-c\0é]{0,18}", 0..60)) {
            let mut map = WordMap::default();
            let mut expected = BTreeMap::new();
            for (number, word) in words.iter().enumerate() {
                map.insert(word, number);
                expected.insert(word.as_str(), number);
            }
            prop_assert_eq!(map.len(), expected.len());
            for (word, number) in expected {
                prop_assert_eq!(map.get(word), Some(number));
            }
            prop_assert_eq!(map.get("another word"), None);
        }
    }
}
