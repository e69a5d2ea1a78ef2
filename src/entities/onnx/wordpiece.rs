//! Cutting text into the pieces of words that models of the BERT family read.
//!
//! Text is cut at white space and around marks first, then each part greedily into the longest
//! pieces of the vocabulary, as Google's BERT (Devlin and others, 2019) and Hugging Face's tokenizers
//! do; every piece knows the bytes of the text that it stands for. A special token that is written
//! out in a text, such as "[SEP]", is text like any other.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;
use unicode_normalization::char::decompose_canonical;

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its number in the vocabulary.
    pub(super) id: u32,
    /// Where it stands in the text, in bytes.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// How text is made alike before it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Normalization {
    /// Whether control characters are dropped.
    pub(super) cleans: bool,
    /// Whether each character of Chinese writing is a word.
    pub(super) splits_ideographs: bool,
    /// Whether accents are taken off.
    pub(super) strips_accents: bool,
    /// Whether letters are made small.
    pub(super) lowercases: bool,
}

/// A vocabulary of pieces and how to cut words into them.
pub(super) struct WordPiece {
    /// Pieces that begin words.
    pub(super) first: FxHashMap<Box<str>, u32>,
    /// Pieces that go on with words, without the `##` before them.
    pub(super) further: FxHashMap<Box<str>, u32>,
    /// The number of the piece that stands for words that cannot be cut.
    pub(super) unknown: u32,
    /// The numbers of what stands before and behind every text.
    pub(super) edges: [u32; 2],
    /// The most characters of a word that is cut.
    pub(super) longest_word: usize,
    pub(super) normalization: Normalization,
}

/// The part of a word that is being cut: its characters as they are looked up, and for each of
/// their bytes where the character of the text begins and ends.
#[derive(Default)]
pub(super) struct WordBuffer {
    text: String,
    sources: Vec<(u32, u32)>,
}

/// What a character is to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A part of a word.
    Inside,
    /// A word of its own.
    Alone,
    /// Between words.
    Space,
    /// Nothing at all.
    Dropped,
}

impl WordPiece {
    /// Appends the pieces of `text`, whose first byte is byte `offset` of the whole.
    pub(super) fn cut(
        &self,
        text: &str,
        offset: u32,
        word: &mut WordBuffer,
        pieces: &mut Vec<Piece>,
    ) {
        let mut start = offset;
        for letter in text.chars() {
            let end = start + letter.len_utf8() as u32;
            match self.normalization.role(letter) {
                Role::Inside => self.normalization.append(letter, (start, end), word),
                Role::Alone => {
                    self.end_word(word, pieces);
                    self.normalization.append(letter, (start, end), word);
                    self.end_word(word, pieces);
                }
                Role::Space => self.end_word(word, pieces),
                Role::Dropped => {}
            }
            start = end;
        }
        self.end_word(word, pieces);
    }

    fn end_word(&self, word: &mut WordBuffer, pieces: &mut Vec<Piece>) {
        if word.text.is_empty() {
            return;
        }
        let known = pieces.len();
        let is_cut =
            word.text.chars().count() <= self.longest_word && self.cut_word(word, pieces).is_some();
        if !is_cut {
            pieces.truncate(known);
            pieces.push(word.piece(self.unknown, 0..word.text.len()));
        }
        word.text.clear();
        word.sources.clear();
    }

    /// Appends the pieces of a word; `None` where the vocabulary does not have them all.
    fn cut_word(&self, word: &WordBuffer, pieces: &mut Vec<Piece>) -> Option<()> {
        let mut at = 0;
        while at < word.text.len() {
            let known = if at == 0 { &self.first } else { &self.further };
            let rest = &word.text[at..];
            let ends = rest.char_indices().rev().map(|(from, letter)| from + letter.len_utf8());
            let (length, id) =
                ends.into_iter().find_map(|end| Some((end, *known.get(&rest[..end])?)))?;
            pieces.push(word.piece(id, at..at + length));
            at += length;
        }
        Some(())
    }
}

impl WordBuffer {
    fn piece(&self, id: u32, bytes: Range<usize>) -> Piece {
        Piece { id, start: self.sources[bytes.start].0, end: self.sources[bytes.end - 1].1 }
    }
}

impl Normalization {
    fn role(self, letter: char) -> Role {
        if letter.is_ascii_alphanumeric() {
            Role::Inside
        } else if self.cleans && is_control(letter) {
            Role::Dropped
        } else if letter.is_whitespace() {
            Role::Space
        } else if is_mark(letter) || (self.splits_ideographs && is_ideograph(letter)) {
            Role::Alone
        } else {
            Role::Inside
        }
    }

    fn append(self, letter: char, source: (u32, u32), word: &mut WordBuffer) {
        if !self.strips_accents {
            return self.append_case(letter, source, word);
        }
        decompose_canonical(letter, |part| {
            if part.is_ascii() || !is_accent(part) {
                self.append_case(part, source, word);
            }
        });
    }

    fn append_case(self, letter: char, source: (u32, u32), word: &mut WordBuffer) {
        if self.lowercases {
            word.text.extend(letter.to_lowercase());
        } else {
            word.text.push(letter);
        }
        word.sources.resize(word.text.len(), source);
    }
}

fn is_control(letter: char) -> bool {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| class(r"[\p{Cc}\p{Cf}\p{Co}]"));
    match letter {
        '\t' | '\n' | '\r' => false,
        '\u{fffd}' => true,
        ascii if ascii.is_ascii() => ascii.is_ascii_control(),
        other => is_of(&OTHER, other),
    }
}

fn is_mark(letter: char) -> bool {
    static PUNCTUATION: LazyLock<Regex> = LazyLock::new(|| class(r"\p{P}"));
    if letter.is_ascii() { letter.is_ascii_punctuation() } else { is_of(&PUNCTUATION, letter) }
}

fn is_accent(letter: char) -> bool {
    static NON_SPACING: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Mn}"));
    is_of(&NON_SPACING, letter)
}

fn class(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a class of characters is a pattern")
}

fn is_of(class: &Regex, letter: char) -> bool {
    class.is_match(letter.encode_utf8(&mut [0; 4]))
}

/// Tells whether a character is of the blocks of Unicode that BERT takes for Chinese writing: not
/// the syllables of Japanese and Korean.
fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CASED: Normalization = Normalization {
        cleans: true,
        splits_ideographs: true,
        strips_accents: false,
        lowercases: false,
    };
    const UNCASED: Normalization =
        Normalization { strips_accents: true, lowercases: true, ..CASED };

    /// Returns a vocabulary of these pieces, numbered from 1; 0 is the unknown.
    fn vocabulary(pieces: &str, normalization: Normalization) -> WordPiece {
        let mut first = FxHashMap::default();
        let mut further = FxHashMap::default();
        for (piece, id) in pieces.split_whitespace().zip(1..) {
            match piece.strip_prefix("##") {
                Some(piece) => further.insert(piece.into(), id),
                None => first.insert(piece.into(), id),
            };
        }
        WordPiece { first, further, unknown: 0, edges: [0; 2], longest_word: 12, normalization }
    }

    fn cut(vocabulary: &WordPiece, text: &str) -> Vec<(u32, String)> {
        let mut pieces = Vec::new();
        vocabulary.cut(text, 0, &mut WordBuffer::default(), &mut pieces);
        let text = |piece: &Piece| text[piece.start as usize..piece.end as usize].to_owned();
        pieces.iter().map(|piece| (piece.id, text(piece))).collect()
    }

    fn owned(pieces: &[(u32, &str)]) -> Vec<(u32, String)> {
        pieces.iter().map(|(id, text)| (*id, (*text).to_owned())).collect()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        let vocabulary = vocabulary("St ##o ##ol Stol ##ten ##berg , . ' s [ ]", CASED);
        assert_eq!(
            cut(&vocabulary, "Stoltenberg's, Stool."),
            owned(&[
                (4, "Stol"),
                (5, "ten"),
                (6, "berg"),
                (9, "'"),
                (10, "s"),
                (7, ","),
                (1, "St"),
                (2, "o"),
                (3, "ol"),
                (8, ".")
            ])
        );
        // No piece fits the rest, the word is too long, the case is another: not cut at all.
        assert_eq!(
            cut(&vocabulary, "Stolx Stooooooooool stol [s]"),
            owned(&[
                (0, "Stolx"),
                (0, "Stooooooooool"),
                (0, "stol"),
                (11, "["),
                (10, "s"),
                (12, "]")
            ])
        );
    }

    #[test]
    fn case_and_accents_go_where_the_model_knows_none() {
        let vocabulary = vocabulary("zurich ##er i ##stanbul 北 京 ßa", UNCASED);
        assert_eq!(
            cut(&vocabulary, "ZÜRICHer İstanbul\u{200b} 北京 \u{1e9e}A"),
            owned(&[
                (1, "ZÜRICH"),
                (2, "er"),
                (3, "İ"),
                (4, "stanbul"),
                (5, "北"),
                (6, "京"),
                (7, "\u{1e9e}A")
            ])
        );
    }

    #[test]
    fn what_a_model_need_not_know_is_kept_where_it_does() {
        let keeping = Normalization { cleans: false, splits_ideographs: false, ..CASED };
        let vocabulary = vocabulary("北京 a\u{200b}b", keeping);
        assert_eq!(cut(&vocabulary, "北京 a\u{200b}b"), owned(&[(1, "北京"), (2, "a\u{200b}b")]));
    }

    proptest! {
        #[test]
        fn pieces_lie_on_boundaries_in_order(
            text in "([a-zA-Z]{1,4}|[ .,'’-]|[àéİßǆﬁ]|北|\\u{301}|\\u{200b}|\\PC){0,30}",
            uncased in any::<bool>(),
        ) {
            let normalization = if uncased { UNCASED } else { CASED };
            let vocabulary = vocabulary("a b c e ##a ##b ##c ##e i ##\u{307} ab ##bc . , '", normalization);
            let mut pieces = Vec::new();
            vocabulary.cut(&text, 0, &mut WordBuffer::default(), &mut pieces);
            let mut last = 0;
            for piece in pieces {
                let range = piece.start as usize..piece.end as usize;
                prop_assert!(text.get(range.clone()).is_some_and(|text| !text.trim().is_empty()));
                prop_assert!(last <= range.start, "{:?}", text);
                last = range.start;
            }
        }
    }
}
