//! An article as taggers see it: headline and body as one row of numbered words.

use super::casing::Casing;
use super::lexicon::{Lexicon, Look, WordId, WordInfo, pieces_around};
use crate::article::{ArticleTokens, MentionField};
use crate::text::{Span, Tokens};

/// A piece of the text: a word, a clitic or a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    /// The number of its word in the lexicon.
    pub(crate) word: WordId,
    /// What the word looks like.
    pub(crate) look: Look,
}

impl Token {
    /// Returns where the token stands in its field.
    pub(crate) fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// The tokens of an article, together with the texts they were read from.
pub struct Document<'article> {
    title: &'article str,
    body: &'article str,
    tokens: &'article [Token],
    /// The first token of each sentence, and one more number: that of all tokens.
    sentences: &'article [u32],
    /// How each sentence uses capitals.
    casings: &'article [Casing],
    title_tokens: usize,
    lexicon: &'article Lexicon,
}

impl<'article> Document<'article> {
    /// Returns the headline; empty when there is none.
    pub fn title(&self) -> &'article str {
        self.title
    }

    /// Returns the body.
    pub fn body(&self) -> &'article str {
        self.body
    }

    /// Returns the number of tokens of headline and body together.
    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// Returns a token as written.
    pub fn token_text(&self, at: usize) -> &'article str {
        let (field, span) = self.place(at, at + 1);
        span.of(self.field_text(field))
    }

    /// Returns the field and the span of the tokens from `start` up to but without `end`, which
    /// must be of one field and at least one.
    pub fn place(&self, start: usize, end: usize) -> (MentionField, Span) {
        let span = self.tokens[start].span().cover(self.tokens[end - 1].span());
        (self.field(start), span)
    }

    /// Returns the field that a token stands in.
    pub(crate) fn field(&self, at: usize) -> MentionField {
        if at < self.title_tokens { MentionField::Title } else { MentionField::Body }
    }

    /// Returns the text of a field.
    pub(crate) fn field_text(&self, field: MentionField) -> &'article str {
        match field {
            MentionField::Title => self.title,
            MentionField::Body => self.body,
        }
    }

    /// Returns the sentences as ranges of tokens, in order.
    pub fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        self.sentences.windows(2).map(|pair| pair[0] as usize..pair[1] as usize)
    }

    /// Returns the sentences with how each uses capitals.
    pub(crate) fn cased_sentences(
        &self,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, Casing)> + '_ {
        self.sentences().zip(self.casings.iter().copied())
    }

    pub(crate) fn tokens(&self) -> &'article [Token] {
        self.tokens
    }

    pub(crate) fn lexicon(&self) -> &'article Lexicon {
        self.lexicon
    }

    /// Returns the word of a token.
    pub(crate) fn word(&self, at: usize) -> &'article WordInfo {
        self.lexicon.word(self.tokens[at].word)
    }

    /// Returns what the word of a token looks like, without a look at the word itself.
    pub(crate) fn look(&self, at: usize) -> Look {
        self.tokens[at].look
    }

    /// Tells whether white space stands before a token (or nothing at all).
    pub(crate) fn is_spaced(&self, at: usize) -> bool {
        at == 0
            || self.field(at - 1) != self.field(at)
            || self.tokens[at - 1].end != self.tokens[at].start
    }
}

/// The buffers in which articles are cut into tokens, one after the other.
pub(crate) struct Reader {
    lexicon: Lexicon,
    tokens: Vec<Token>,
    sentences: Vec<u32>,
    casings: Vec<Casing>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Self {
            lexicon: Lexicon::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            casings: Vec::new(),
        }
    }

    /// Returns the number of tokens of the article that was read last.
    pub(crate) fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// Cuts headline and body into tokens.
    pub(crate) fn read<'article>(
        &'article mut self,
        title: &'article str,
        body: &'article str,
    ) -> Document<'article> {
        self.read_words(title, body, &ArticleTokens::of(title, body))
    }

    /// Cuts headline and body, whose words are these, into tokens.
    pub(crate) fn read_words<'article>(
        &'article mut self,
        title: &'article str,
        body: &'article str,
        words: &ArticleTokens,
    ) -> Document<'article> {
        self.lexicon.tidy();
        self.tokens.clear();
        self.sentences.clear();
        self.sentences.push(0);
        self.read_field(title, &words.title);
        let title_tokens = self.tokens.len();
        self.read_field(body, &words.body);
        let document = Document {
            title,
            body,
            tokens: &self.tokens,
            sentences: &self.sentences,
            casings: &[],
            title_tokens,
            lexicon: &self.lexicon,
        };
        self.casings.clear();
        let casings = document.sentences().map(|sentence| Casing::of(&document, sentence));
        self.casings.extend(casings);
        Document { casings: &self.casings, ..document }
    }

    fn read_field(&mut self, text: &str, words: &Tokens) {
        let mut sentence_ends = words.sentences.iter().map(|sentence| sentence.end);
        let mut sentence_end = sentence_ends.next().unwrap_or(text.len());
        let words = words.tokens.iter().map(|token| (token.span, token.kind));
        for piece in pieces_around(text, words) {
            while piece.span.start >= sentence_end {
                self.end_sentence();
                sentence_end = sentence_ends.next().unwrap_or(usize::MAX);
            }
            let (word, look) = self.lexicon.id(piece.text, piece.kind);
            let (start, end) = (offset(piece.span.start), offset(piece.span.end));
            self.tokens.push(Token { start, end, word, look });
        }
        self.end_sentence();
    }

    fn end_sentence(&mut self) {
        let tokens = offset(self.tokens.len());
        if self.sentences.last() != Some(&tokens) {
            self.sentences.push(tokens);
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("records are limited to far less than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_body_are_one_row_of_sentences() {
        let mut reader = Reader::new();
        let document = reader.read("Talks end", "They met. Mr. Ito left.\n\nNothing");
        let sentences: Vec<Vec<&str>> = document
            .sentences()
            .map(|range| range.map(|at| document.token_text(at)).collect())
            .collect();
        assert_eq!(
            sentences,
            [
                vec!["Talks", "end"],
                vec!["They", "met", "."],
                vec!["Mr.", "Ito", "left", "."],
                vec!["Nothing"],
            ]
        );
        assert_eq!(document.place(0, 2), (MentionField::Title, Span::new(0, 9)));
        assert_eq!(document.place(2, 3), (MentionField::Body, Span::new(0, 4)));
    }

    #[test]
    fn empty_articles_have_no_sentences() {
        let mut reader = Reader::new();
        assert_eq!(reader.read("", "").sentences().count(), 0);
    }
}
