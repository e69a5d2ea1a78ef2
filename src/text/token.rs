//! Words: where they begin and end, how they are capitalised, and their numbers in a text.
//!
//! A word is a run of letters, marks and digits. An apostrophe between letters is part of it
//! ("don't", "O'Neill"), so are the stops of dotted initials ("U.S.") and the stops and commas
//! between digits ("1,000.5"); a hyphen is not ("fox-it" is two words). In scripts that are written
//! without spaces (Chinese, Japanese, Korean, Thai and their neighbours) every character is a word.

use std::iter::FusedIterator;

use unicode_normalization::char::is_combining_mark;

use super::{Span, sentence};

/// How the characters of a word belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Letters and digits between spaces.
    Alphabetic,
    /// One character of a script written without spaces.
    Ideographic,
}

/// A word as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'text> {
    /// The word as written.
    pub text: &'text str,
    /// Where it stands.
    pub span: Span,
    /// How its characters belong together.
    pub kind: WordKind,
}

/// Texts have fewer words than one for so many bytes, in scripts with spaces at least.
const BYTES_PER_WORD: usize = 5;

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// No capital letter.
    Lower,
    /// A capital first, not all capitals: "Apple".
    Initial,
    /// Two or more capitals and no small letter: "AIDS", "U.S.".
    All,
    /// Capitals only further on: "iPhone".
    Mixed,
}

impl LetterCase {
    /// Returns the case of a word.
    pub fn of(word: &str) -> Self {
        // As most words of a text in a Latin script are.
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Self::Lower;
        }
        let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
        let Some(first) = letters.next() else { return Self::Lower };
        let (mut upper, mut lower) = (0, 0);
        for letter in letters {
            upper += usize::from(letter.is_uppercase());
            lower += usize::from(letter.is_lowercase());
        }
        match (first.is_uppercase(), upper, lower) {
            (true, 1.., 0) => Self::All,
            (true, ..) => Self::Initial,
            (false, 1.., _) => Self::Mixed,
            (false, 0, _) => Self::Lower,
        }
    }
}

/// Returns the words of `text` in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text in order; made by [`words`].
#[derive(Clone, Debug)]
pub struct Words<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Iterator for Words<'text> {
    type Item = Word<'text>;

    fn next(&mut self) -> Option<Word<'text>> {
        let start = self.skip_to_word()?;
        let (end, kind) = self.word_end(start);
        self.at = end;
        Some(Word { text: &self.text[start..end], span: Span::new(start, end), kind })
    }
}

impl FusedIterator for Words<'_> {}

impl Words<'_> {
    fn skip_to_word(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let byte = bytes[self.at];
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(self.at);
                }
                self.at += 1;
                continue;
            }
            let letter = self.char_at(self.at)?;
            if is_word_letter(letter) {
                return Some(self.at);
            }
            self.at += letter.len_utf8();
        }
        None
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn word_end(&self, start: usize) -> (usize, WordKind) {
        if let Some(end) = self.plain_word_end(start) {
            return (end, WordKind::Alphabetic);
        }
        let first = self.char_at(start).expect("a word starts before the end of its text");
        if is_ideographic(first) {
            return (self.marks_end(start + first.len_utf8()), WordKind::Ideographic);
        }
        if let Some(end) = self.initials_end(start) {
            return (self.possessive_end(end), WordKind::Alphabetic);
        }
        let mut end = self.run_end(start);
        while let Some(next) = self.joined_run(start, end) {
            end = self.run_end(next);
        }
        (end, WordKind::Alphabetic)
    }

    /// Returns the end of a word that is ASCII and cannot be joined to what follows it, as nine in
    /// ten words of a text in a Latin script are, or `None` where the rules have to be looked at.
    fn plain_word_end(&self, start: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[start..];
        let length =
            rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let joins = match &rest[length..] {
            [b'\'' | b'.' | b',', after, ..] => !after.is_ascii() || after.is_ascii_alphanumeric(),
            [after, ..] => !after.is_ascii(),
            [] => false,
        };
        (length > 0 && !joins).then_some(start + length)
    }

    /// Returns the end of the run of letters, marks and digits from `from` on.
    fn run_end(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            if bytes[at].is_ascii() {
                if !bytes[at].is_ascii_alphanumeric() {
                    break;
                }
                at += 1;
                continue;
            }
            let Some(letter) = self.char_at(at) else { break };
            if !continues_word(letter) {
                break;
            }
            at += letter.len_utf8();
        }
        at
    }

    fn marks_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(mark) = self.char_at(at).filter(|mark| is_combining_mark(*mark)) {
            at += mark.len_utf8();
        }
        at
    }

    /// Returns where the run starts that a connector at `end` joins to the word from `start` on.
    fn joined_run(&self, start: usize, end: usize) -> Option<usize> {
        let connector = self.char_at(end)?;
        let next_at = end + connector.len_utf8();
        let next = self.text.get(next_at..)?.chars().next()?;
        let last = self.text[start..end].chars().next_back()?;
        let joins = match connector {
            '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => {
                last.is_alphabetic()
                    && next.is_alphabetic()
                    && is_word_letter(next)
                    && !is_ideographic(next)
            }
            '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        joins.then_some(next_at)
    }

    /// Returns the end of dotted initials, with their last stop: of "U.S." or "U.S".
    fn initials_end(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut count = 0;
        loop {
            let is_initial = |letter: &char| {
                letter.is_alphabetic() && is_word_letter(*letter) && !is_ideographic(*letter)
            };
            let letter = self.char_at(at).filter(is_initial)?;
            let after = at + letter.len_utf8();
            let next = self.char_at(after);
            count += 1;
            if next != Some('.') {
                let goes_on = next.is_some_and(continues_word);
                return (count > 1 && !goes_on).then_some(after);
            }
            at = after + 1;
            let again = self.char_at(at).as_ref().is_some_and(is_initial);
            if !again {
                return (count > 1).then_some(at);
            }
        }
    }

    /// Returns the end of a possessive `'s` that starts at `end`, or `end` where there is none.
    fn possessive_end(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        for possessive in ["'s", "\u{2019}s"] {
            if let Some(after) = rest.strip_prefix(possessive)
                && !after.chars().next().is_some_and(continues_word)
            {
                return end + possessive.len();
            }
        }
        end
    }
}

/// Tells whether a character makes a word. An apostrophe does not by itself, though Unicode has one
/// (U+02BC) among its letters: whoever asks for "tis" means "ʼtis" too.
pub fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() && letter != '\u{2bc}'
}

fn continues_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    (is_word_letter(letter) && !is_ideographic(letter))
        || is_combining_mark(letter)
        || matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Tells whether the character belongs to a script that is written without spaces between words.
fn is_ideographic(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Myanmar
        | '\u{1100}'..='\u{11ff}' // Hangul jamo
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{2e80}'..='\u{2fdf}' // radicals
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' // kana
        | '\u{3100}'..='\u{318f}'
        | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' // Hangul
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' // half-width kana and jamo
        | '\u{20000}'..='\u{323af}')
}

/// A word of a text, numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// How its characters belong together.
    pub kind: WordKind,
    /// How it is capitalised.
    pub case: LetterCase,
    /// The number of its paragraph, from 0.
    pub paragraph: u32,
    /// The number of its sentence, from 0, counted through the whole text.
    pub sentence: u32,
}

/// A text with its words, sentences and paragraphs numbered: what proximity is measured on.
///
/// The distance of two words is the difference of their places in `tokens`.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The words in order.
    pub tokens: Vec<Token>,
    /// Where the sentences stand, as [`sentences`](super::sentences) finds them.
    pub sentences: Vec<Span>,
}

impl Tokens {
    /// Returns the words of `text`.
    pub fn of(text: &str) -> Self {
        let sentences = sentence::sentences(text);
        let mut tokens = Vec::with_capacity(text.len() / BYTES_PER_WORD);
        let mut paragraphs = sentence::paragraphs(text).peekable();
        let mut paragraph = 0;
        let mut all_sentences = sentences.iter().peekable();
        let mut sentence = 0;
        for word in words(text) {
            while paragraphs.next_if(|span| span.end <= word.span.start).is_some() {
                paragraph += 1;
            }
            while all_sentences.next_if(|span| span.end <= word.span.start).is_some() {
                sentence += 1;
            }
            tokens.push(Token {
                span: word.span,
                kind: word.kind,
                case: LetterCase::of(word.text),
                paragraph,
                sentence,
            });
        }
        Self { tokens, sentences }
    }

    /// Returns the words as they stand in `text`, the text that they are of.
    pub fn words<'text>(&self, text: &'text str) -> impl Iterator<Item = &'text str> {
        self.tokens.iter().map(move |token| token.span.of(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn words_keep_apostrophes_initials_and_numbers_whole() {
        assert_eq!(
            split("Don't let the U.S. (or U.S's) pay $1,000.5 to O’Neill, fox-it; 3.5%"),
            [
                "Don't",
                "let",
                "the",
                "U.S.",
                "or",
                "U.S's",
                "pay",
                "1,000.5",
                "to",
                "O’Neill",
                "fox",
                "it",
                "3.5"
            ]
        );
    }

    #[test]
    fn apostrophes_stand_inside_words_only() {
        assert_eq!(
            split("ʼtis the dogsʼ м’яч, oʼclock ’s ʼ.ʼ. a'ʼb"),
            ["tis", "the", "dogs", "м’яч", "oʼclock", "s", "a", "b"]
        );
    }

    #[test]
    fn a_sentence_may_end_in_a_letter() {
        assert_eq!(split("plan B. Then"), ["plan", "B", "Then"]);
        assert_eq!(split("end.Next"), ["end", "Next"]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        assert_eq!(split("NATO北约 ก็ดี"), ["NATO", "北", "约", "ก็", "ดี"]);
        assert_eq!(split("U.S.北约"), ["U.S.", "北", "约"]);
    }

    #[test]
    fn numbers_words_by_sentence_and_paragraph() {
        let numbered = Tokens::of("One two. Three.\n\nFour");
        let places: Vec<_> =
            numbered.tokens.iter().map(|token| (token.paragraph, token.sentence)).collect();
        assert_eq!(places, [(0, 0), (0, 0), (0, 1), (1, 2)]);
    }

    #[test]
    fn letter_case_counts_letters_only() {
        let cases = [
            ("nato", LetterCase::Lower),
            ("Nato", LetterCase::Initial),
            ("NATO", LetterCase::All),
            ("U.S.", LetterCase::All),
            ("A", LetterCase::Initial),
            ("iPhone", LetterCase::Mixed),
            ("G20", LetterCase::Initial),
            ("100", LetterCase::Lower),
        ];
        for (word, case) in cases {
            assert_eq!(LetterCase::of(word), case, "{word}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_to_the_end_of_a_word_is_the_long_one(
            text in "[a-zA-Z0-9éШ.,'’ \u{301}]{1,40}",
        ) {
            let words = words(&text);
            for word in words.clone() {
                let Some(end) = words.plain_word_end(word.span.start) else { continue };
                let start = word.span.start;
                prop_assert_eq!(words.initials_end(start), None);
                prop_assert_eq!(words.run_end(start), end);
                prop_assert_eq!(words.joined_run(start, end), None);
            }
        }

        #[test]
        fn words_lie_on_character_boundaries_in_order(text in "\\PC{0,60}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && !word.text.is_empty());
                prop_assert_eq!(word.span.of(&text), word.text);
                end = word.span.end;
            }
        }
    }
}
