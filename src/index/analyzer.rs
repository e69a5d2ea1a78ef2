//! The terms of an article, encoded for Tantivy.
//!
//! Words are found, folded and stemmed once, in the language of the article, by the threads that
//! read it; what Tantivy's own tokenizers get is a plain list of terms to split. In such a list a
//! space goes on to the next position, a tab stays at the same, a line feed skips one (a paragraph
//! break), and a carriage return goes to [`BODY_START`]. No term holds any of them.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::article::ArticleTokens;
use crate::text::{Analyzer, LetterCase, Token as TextToken, WordKind, words};

use super::schema::{BODY_START, TITLE_WEIGHT};

pub(super) const TERMS_TOKENIZER: &str = "morgue_terms";
pub(super) const MARKS_TOKENIZER: &str = "morgue_marks";

const NEXT: char = ' ';
const SAME: char = '\t';
const BREAK: char = '\n';
const BODY: char = '\r';

/// The number of the headline's words that fit below [`BODY_START`] with a gap before the body.
pub const MAX_TITLE_WORDS: usize = BODY_START as usize - 8;

/// Registers the tokenizers that split what [`EncodedText`] holds.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(TERMS_TOKENIZER, TextAnalyzer::from(TermsTokenizer::default()));
    tokenizers.register(MARKS_TOKENIZER, TextAnalyzer::from(MarksTokenizer::default()));
}

/// The terms of an article's headline and body, as lists for the fields of these names.
#[derive(Clone, Debug, Default)]
pub(super) struct EncodedText {
    pub(super) exact: String,
    pub(super) stem: String,
    pub(super) marks: String,
    pub(super) title: String,
    pub(super) title_stem: String,
    pub(super) body_words: u64,
}

impl EncodedText {
    /// Returns the terms of an article in the language of `analyzer`.
    pub(super) fn of(
        title: &str,
        body: &str,
        words: &ArticleTokens,
        analyzer: &mut Analyzer,
    ) -> Self {
        let mut encoded = Self::default();
        encoded.add_title(title, &words.title.tokens, analyzer);
        for list in [&mut encoded.exact, &mut encoded.stem, &mut encoded.marks] {
            list.reserve(body.len() + body.len() / 4);
            list.push(BODY);
        }
        encoded.add_body(body, &words.body.tokens, analyzer);
        encoded
    }

    fn add_title(&mut self, title: &str, tokens: &[TextToken], analyzer: &mut Analyzer) {
        for (number, token) in tokens.iter().take(MAX_TITLE_WORDS).enumerate() {
            let next_word = joined_word(title, tokens, number);
            let stem_start = self.title_stem.len();
            push_terms(
                token.span.of(title),
                next_word,
                analyzer,
                &mut self.title,
                &mut self.title_stem,
            );
            let stem = self.title_stem[stem_start..].trim_end_matches(NEXT);
            for repeat in 0..TITLE_WEIGHT {
                self.stem.push_str(stem);
                self.stem.push(if repeat + 1 == TITLE_WEIGHT { NEXT } else { SAME });
            }
            self.marks.push(mark(token.case, number == 0, number == 0));
        }
        self.exact.push_str(&self.title);
    }

    fn add_body(&mut self, body: &str, tokens: &[TextToken], analyzer: &mut Analyzer) {
        self.body_words = tokens.len() as u64;
        let mut place = None;
        for (number, token) in tokens.iter().enumerate() {
            let opens_paragraph = place.is_none_or(|(paragraph, _)| paragraph != token.paragraph);
            let opens_sentence = place.is_none_or(|(_, sentence)| sentence != token.sentence);
            if opens_paragraph && number > 0 {
                for list in [&mut self.exact, &mut self.stem, &mut self.marks] {
                    list.push(BREAK);
                }
            }
            place = Some((token.paragraph, token.sentence));
            let next_word = joined_word(body, tokens, number);
            push_terms(token.span.of(body), next_word, analyzer, &mut self.exact, &mut self.stem);
            self.marks.push(mark(token.case, opens_sentence, opens_paragraph));
        }
    }
}

/// Returns the word after the one of this number, where both are characters of a script without
/// spaces and stand side by side.
fn joined_word<'text>(text: &'text str, tokens: &[TextToken], number: usize) -> Option<&'text str> {
    let (word, next) = (tokens.get(number)?, tokens.get(number + 1)?);
    let joined = next.span.start == word.span.end
        && word.kind == WordKind::Ideographic
        && next.kind == WordKind::Ideographic;
    joined.then(|| next.span.of(text))
}

/// Appends the written form and the stem of `word`. A character of a script without spaces has as
/// its stem the pair that it forms with `next_word`: pairs tell words apart there as stems do.
fn push_terms(
    word: &str,
    next_word: Option<&str>,
    analyzer: &mut Analyzer,
    exact: &mut String,
    stem: &mut String,
) {
    let (written, root) = analyzer.terms(word);
    exact.push_str(written);
    exact.push(NEXT);
    stem.push_str(root);
    if let Some(next_word) = next_word {
        stem.push_str(analyzer.terms(next_word).0);
    }
    stem.push(NEXT);
}

/// Returns the terms of a line that is searched by its words only, such as a byline.
pub(super) fn encode_line(line: &str, analyzer: &mut Analyzer) -> String {
    let mut encoded = String::with_capacity(line.len() + 1);
    for word in words(line) {
        encoded.push_str(analyzer.terms(word.text).0);
        encoded.push(NEXT);
    }
    encoded
}

const MARK_BASE: u8 = b'@';
const MARKS: [&str; 5] = ["s", "p", "c", "a", "m"];

/// Returns the letter that stands for the marks of a word: a bit for each of [`MARKS`].
fn mark(case: LetterCase, opens_sentence: bool, opens_paragraph: bool) -> char {
    let case_bit = match case {
        LetterCase::Lower => 0,
        LetterCase::Initial => 4,
        LetterCase::All => 8,
        LetterCase::Mixed => 16,
    };
    let bits = u8::from(opens_sentence) | u8::from(opens_paragraph) << 1 | case_bit;
    char::from(MARK_BASE + bits)
}

#[derive(Clone, Default)]
struct TermsTokenizer {
    token: Token,
}

struct TermsStream<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for TermsTokenizer {
    type TokenStream<'a> = TermsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermsStream<'a> {
        self.token.reset();
        TermsStream { rest: text, position: 0, token: &mut self.token }
    }
}

impl TokenStream for TermsStream<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.rest.as_bytes();
        let mut start = 0;
        while let Some(&byte) = bytes.get(start) {
            match char::from(byte) {
                BREAK => self.position += 1,
                BODY => self.position = BODY_START as usize,
                NEXT => self.position += 1,
                _ => break,
            }
            start += 1;
        }
        let Some(length) = memchr::memchr2(NEXT as u8, SAME as u8, &bytes[start..]) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(&self.rest[start..start + length]);
        self.token.position = self.position;
        let end = start + length;
        if bytes[end] == NEXT as u8 {
            self.position += 1;
        }
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[derive(Clone, Default)]
struct MarksTokenizer {
    token: Token,
}

struct MarksStream<'a> {
    rest: std::slice::Iter<'a, u8>,
    position: usize,
    pending: u8,
    token: &'a mut Token,
}

impl Tokenizer for MarksTokenizer {
    type TokenStream<'a> = MarksStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> MarksStream<'a> {
        self.token.reset();
        MarksStream {
            rest: text.as_bytes().iter(),
            position: 0,
            pending: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for MarksStream<'_> {
    fn advance(&mut self) -> bool {
        while self.pending == 0 {
            let Some(&byte) = self.rest.next() else { return false };
            match char::from(byte) {
                BREAK => self.position += 1,
                BODY => self.position = BODY_START as usize,
                _ => {
                    self.pending = byte - MARK_BASE;
                    self.token.position = self.position;
                    self.position += 1;
                }
            }
        }
        let bit = self.pending.trailing_zeros();
        self.pending &= self.pending - 1;
        self.token.text.clear();
        self.token.text.push_str(MARKS[bit as usize]);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn tokens(tokenizer: impl Tokenizer, text: &str) -> Vec<(usize, String)> {
        let mut analyzer = TextAnalyzer::from(tokenizer);
        let mut stream = analyzer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.clone()));
        }
        found
    }

    fn encoded(title: &str, body: &str) -> EncodedText {
        let words = ArticleTokens::of(title, body);
        EncodedText::of(title, body, &words, &mut Analyzer::new(Language::ENGLISH))
    }

    fn pairs(found: &[(usize, String)]) -> Vec<(usize, &str)> {
        found.iter().map(|(position, text)| (*position, text.as_str())).collect()
    }

    #[test]
    fn bodies_start_at_their_own_position_and_paragraphs_take_one() {
        let text = encoded("New talks", "One two.\n\nThree");
        let exact = tokens(TermsTokenizer::default(), &text.exact);
        assert_eq!(
            pairs(&exact),
            [(0, "new"), (1, "talks"), (128, "one"), (129, "two"), (131, "three")]
        );
        assert_eq!(text.body_words, 3);
    }

    #[test]
    fn stems_share_positions_and_weigh_the_headline() {
        let text = encoded("Talks", "talking");
        let stem = tokens(TermsTokenizer::default(), &text.stem);
        assert_eq!(pairs(&stem), [(0, "talk"), (0, "talk"), (0, "talk"), (128, "talk")]);
        assert_eq!(pairs(&tokens(TermsTokenizer::default(), &text.title_stem)), [(0, "talk")]);
    }

    #[test]
    fn marks_stand_at_the_words_they_mark() {
        let text = encoded("", "NATO met. The iPhone\n\nends");
        let marks = tokens(MarksTokenizer::default(), &text.marks);
        assert_eq!(
            pairs(&marks),
            [
                (128, "s"),
                (128, "p"),
                (128, "a"),
                (130, "s"),
                (130, "c"),
                (131, "m"),
                (133, "s"),
                (133, "p")
            ]
        );
    }

    #[test]
    fn characters_without_spaces_are_words_and_pairs() {
        let text = encoded("", "中国人");
        assert_eq!(
            pairs(&tokens(TermsTokenizer::default(), &text.exact)),
            [(128, "中"), (129, "国"), (130, "人")]
        );
        assert_eq!(
            pairs(&tokens(TermsTokenizer::default(), &text.stem)),
            [(128, "中国"), (129, "国人"), (130, "人")]
        );
    }
}
