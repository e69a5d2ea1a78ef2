//! From the text of a query to its tokens.
//!
//! What a sign means depends on where it stands: `/` opens a regular expression, divides `w/5` or is
//! part of an address. So the lexer knows which field it is in and reads the values of filters whole.
//! What is no sign is text, so that what people paste is looked for rather than refused.

use chrono::NaiveDate;

use crate::text::{Span, is_word_letter};

use super::ast::{CaseRule, Order, Proximity, Within};
use super::date_expr::{DateBound, parse_date};
use super::error::{QueryError, QueryProblem};
use super::filter::{Field, NameField, nearest};
use super::limits;
use super::note::Note;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

impl Token {
    /// Tells whether it is text that nothing was done to: no field, no quotes, no sign before it.
    pub(super) fn is_bare_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word { exact: false, .. })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Near(Proximity),
    /// A field prefix, with the comparison that follows it.
    Field(Field, Comparison),
    /// A function name; an opening bracket follows.
    Function(Function),
    /// Text without white space; escaped signs are already neutral. `=word` is exact.
    Word {
        text: String,
        exact: bool,
    },
    /// The inside of quotes, and the number after `~`.
    Phrase {
        text: String,
        slop: Option<u32>,
    },
    Regex(String),
    /// `*` alone.
    Star,
    /// The value of a filter.
    Value {
        text: String,
        quoted: bool,
    },
}

/// The sign between a field and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Is,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What a word before an opening bracket does with what is in the brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    AtLeast(u32),
    First(u32),
    Case(CaseRule),
}

/// An escaped sign becomes this one, which means nothing and belongs to no word.
const NEUTRAL: char = '_';

/// Returns the tokens of `text`, and what the reader should know about how they were read.
pub(super) fn lex(text: &str, now: NaiveDate) -> Result<(Vec<Token>, Vec<Note>), QueryError> {
    let mut lexer = Lexer {
        text,
        now,
        at: 0,
        tokens: Vec::new(),
        notes: Vec::new(),
        brackets: Vec::new(),
        pending: None,
    };
    while lexer.skip_space() {
        lexer.token()?;
    }
    if let Some(pending) = lexer.pending {
        return Err(lexer.missing_value(pending.1));
    }
    Ok((lexer.tokens, lexer.notes))
}

struct Lexer<'text> {
    text: &'text str,
    now: NaiveDate,
    at: usize,
    tokens: Vec<Token>,
    notes: Vec<Note>,
    /// For every open bracket, the filter whose values are inside.
    brackets: Vec<Option<Field>>,
    /// The field whose value comes next, and where its name stands.
    pending: Option<(Field, Span)>,
}

impl<'text> Lexer<'text> {
    fn rest(&self) -> &'text str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Moves to the next character that is not white space; `false` at the end.
    fn skip_space(&mut self) -> bool {
        let rest = self.rest().trim_start();
        self.at = self.text.len() - rest.len();
        !rest.is_empty()
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, span: Span::new(start, self.at) });
    }

    /// Pushes a token of `length` bytes.
    fn push_sign(&mut self, kind: TokenKind, length: usize) {
        let start = self.at;
        self.at += length;
        self.push(kind, start);
    }

    fn error(&self, start: usize, end: usize, problem: QueryProblem) -> QueryError {
        QueryError::new(self.text, Span::new(start, end), problem)
    }

    fn missing_value(&self, name: Span) -> QueryError {
        let field = name.of(self.text).to_owned();
        self.error(name.start, name.end, QueryProblem::MissingValue { field })
    }

    fn after_operand(&self) -> bool {
        matches!(
            self.tokens.last().map(|token| &token.kind),
            Some(
                TokenKind::Word { .. }
                    | TokenKind::Phrase { .. }
                    | TokenKind::Regex(_)
                    | TokenKind::Star
                    | TokenKind::Close
                    | TokenKind::Value { .. }
            )
        )
    }

    /// Tells whether an operand follows the sign that ends at `end`, after white space.
    fn before_operand(&self, end: usize) -> bool {
        let rest = self.text[end..].trim_start();
        let word = rest.split(|letter: char| ends_word(letter)).next().unwrap_or_default();
        !rest.is_empty() && !rest.starts_with([')', '|']) && connective(word).is_none()
    }

    fn token(&mut self) -> Result<(), QueryError> {
        if let Some((field, name)) = self.pending.take() {
            return self.value_of(field, name);
        }
        match self.brackets.last().copied().flatten() {
            Some(field) => self.token_in_filter(field),
            None => self.token_in_text(),
        }
    }

    fn value_of(&mut self, field: Field, name: Span) -> Result<(), QueryError> {
        let is_text = matches!(field, Field::Text(_));
        match self.peek() {
            Some('(') => {
                self.brackets.push((!is_text).then_some(field));
                self.push_sign(TokenKind::Open, 1);
                Ok(())
            }
            Some(')') | None => Err(self.missing_value(name)),
            Some(_) if is_text => self.operand(),
            Some(_) => self.value(field),
        }
    }

    fn token_in_filter(&mut self, field: Field) -> Result<(), QueryError> {
        if self.bracket() || self.sign_connective() {
            return Ok(());
        }
        let next = self.peek_second();
        match self.peek() {
            Some('!') if next.is_some() => self.push_sign(TokenKind::Not, 1),
            Some('-') if !matches!(field, Field::Date(_)) && next.is_some_and(starts_operand) => {
                self.push_sign(TokenKind::Not, 1);
            }
            _ => {
                let word = self.rest().split(ends_word).next().unwrap_or_default();
                match connective(word) {
                    Some(kind) => self.push_sign(kind, word.len()),
                    None => return self.value(field),
                }
            }
        }
        Ok(())
    }

    fn bracket(&mut self) -> bool {
        match self.peek() {
            Some('(') => {
                self.brackets.push(self.brackets.last().copied().flatten());
                self.push_sign(TokenKind::Open, 1);
            }
            Some(')') => {
                self.brackets.pop();
                self.push_sign(TokenKind::Close, 1);
            }
            _ => return false,
        }
        true
    }

    fn sign_connective(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with('|') {
            let length = rest.len() - rest.trim_start_matches('|').len();
            self.push_sign(TokenKind::Or, length);
        } else if rest.starts_with("&&") {
            self.push_sign(TokenKind::And, 2);
        } else {
            return false;
        }
        true
    }

    fn token_in_text(&mut self) -> Result<(), QueryError> {
        if self.bracket() || self.sign_connective() || self.sign_prefix()? {
            return Ok(());
        }
        if self.peek() == Some('/') && self.after_operand() && self.slash_proximity()? {
            return Ok(());
        }
        self.operand()
    }

    /// Reads `!`, `-`, `+` before an operand, and `+5` between two.
    fn sign_prefix(&mut self) -> Result<bool, QueryError> {
        let next = self.peek_second();
        match self.peek() {
            Some('!') if next != Some('!') && self.before_operand(self.at + 1) => {
                self.push_sign(TokenKind::Not, 1);
            }
            Some('-') if next.is_some_and(starts_operand) => self.push_sign(TokenKind::Not, 1),
            Some('+') if next.is_some_and(starts_operand) => {
                let digits = leading_digits(&self.rest()[1..]);
                let end = self.at + 1 + digits.len();
                let stands_alone = self.text[end..].starts_with(char::is_whitespace);
                if !digits.is_empty()
                    && stands_alone
                    && self.after_operand()
                    && self.before_operand(end)
                {
                    self.push_proximity(self.at, end, digits, Order::LeftFirst, false)?;
                } else {
                    self.push_sign(TokenKind::Plus, 1);
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads `/5`, `/s` and `/p` after an operand.
    fn slash_proximity(&mut self) -> Result<bool, QueryError> {
        let word = self.rest().split(ends_word).next().unwrap_or_default();
        let measure = &word[1..];
        if !is_measure(measure) {
            return Ok(false);
        }
        let (start, end) = (self.at, self.at + word.len());
        self.push_proximity(start, end, measure, Order::Either, false)?;
        Ok(true)
    }

    fn push_proximity(
        &mut self,
        start: usize,
        end: usize,
        measure: &str,
        order: Order,
        negative: bool,
    ) -> Result<(), QueryError> {
        let within = match measure.to_ascii_lowercase().as_str() {
            "s" => Within::Sentence,
            "p" | "same" => Within::Paragraph,
            digits => {
                let most = limits::MAX_DISTANCE;
                let span = Span::new(start, end);
                Within::Words(self.bounded(digits, span, "words", most)?)
            }
        };
        self.at = end;
        self.push(TokenKind::Near(Proximity { within, order, negative }), start);
        Ok(())
    }

    /// Returns the number from 1 to `most` that is written in `digits`.
    fn bounded(
        &self,
        digits: &str,
        span: Span,
        what: &'static str,
        most: u32,
    ) -> Result<u32, QueryError> {
        let number = digits.parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| {
            let typed = span.of(self.text).to_owned();
            let problem = QueryProblem::OutOfBounds { typed, what, least: 1, most };
            self.error(span.start, span.end, problem)
        })
    }

    /// Reads a word, a phrase, a regular expression, or what turns out to be an operator or a field.
    fn operand(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        match self.peek() {
            Some(quote) if opens_quote(quote) => return self.phrase(start),
            Some('=') if self.peek_second().is_some_and(opens_quote) => {
                self.at += 1;
                return self.phrase(start);
            }
            Some('=') if self.peek_second().is_some_and(starts_operand) => {
                self.at += 1;
                let (text, _) = self.word_text();
                self.push(TokenKind::Word { text, exact: true }, start);
                return Ok(());
            }
            Some('/') if self.regex() => return Ok(()),
            _ => {}
        }
        if let Some(length) = everything(self.rest()) {
            self.push_sign(TokenKind::Star, length);
            return Ok(());
        }
        self.word(start)
    }

    fn regex(&mut self) -> bool {
        let Some(pattern) = regex_at(self.rest()) else { return false };
        let pattern_text = pattern.replace("\\/", "/");
        self.push_sign(TokenKind::Regex(pattern_text), pattern.len() + 2);
        true
    }

    fn phrase(&mut self, start: usize) -> Result<(), QueryError> {
        let (text, _) = self.quoted(start)?;
        let slop = self.slop(start)?;
        self.drop_boost();
        self.push(TokenKind::Phrase { text, slop }, start);
        Ok(())
    }

    /// Reads the quoted text from here on, which began at `start`; leaves signs as they are but for
    /// escaped ones.
    fn quoted(&mut self, start: usize) -> Result<(String, Span), QueryError> {
        let opening = self.peek().expect("the caller has seen a quote");
        self.at += opening.len_utf8();
        let inside = self.at;
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            self.at += letter.len_utf8();
            if closes_quote(opening, letter) {
                return Ok((text, Span::new(inside, self.at - letter.len_utf8())));
            }
            if letter == '\\' && self.peek().is_some_and(|next| !is_word_letter(next)) {
                self.at += self.peek().map_or(0, char::len_utf8);
                text.push(NEUTRAL);
            } else {
                text.push(letter);
            }
        }
        Err(self.error(start, inside, QueryProblem::UnclosedQuote))
    }

    /// Reads `~5` after a phrase.
    fn slop(&mut self, start: usize) -> Result<Option<u32>, QueryError> {
        let Some(after) = self.rest().strip_prefix('~') else { return Ok(None) };
        let digits = leading_digits(after);
        let sign = Span::new(self.at, self.at + 1 + digits.len());
        self.at = sign.end;
        if digits.is_empty() {
            return Err(self.error(start, self.at, QueryProblem::SlopWithoutNumber));
        }
        if digits.bytes().all(|digit| digit == b'0') {
            return Ok(None);
        }
        self.bounded(digits, sign, "moves", limits::MAX_SLOP).map(Some)
    }

    /// Leaves out `^2`, by which Lucene weighs a phrase.
    fn drop_boost(&mut self) {
        let Some(after) = self.rest().strip_prefix('^') else { return };
        let length = 1 + boost_length(after);
        if length > 1 {
            self.notes.push(Note::boost(&self.rest()[..length]));
            self.at += length;
        }
    }

    /// Reads text up to white space, a bracket, a quote or a connective sign. Tells whether a sign in
    /// it was escaped.
    fn word_text(&mut self) -> (String, bool) {
        let mut text = String::new();
        let mut escaped = false;
        while let Some(letter) = self.peek() {
            if ends_word(letter) || (letter == '&' && self.peek_second() == Some('&')) {
                break;
            }
            self.at += letter.len_utf8();
            match (letter, self.peek()) {
                ('\\', Some(next)) if !next.is_whitespace() => {
                    escaped = true;
                    self.at += next.len_utf8();
                    text.push(if is_word_letter(next) { next } else { NEUTRAL });
                }
                ('\\', _) => text.push(NEUTRAL),
                _ => text.push(letter),
            }
        }
        (text, escaped)
    }

    fn word(&mut self, start: usize) -> Result<(), QueryError> {
        if self.field_prefix() {
            return Ok(());
        }
        let (text, escaped) = self.word_text();
        if text.is_empty() {
            // A lone `&&` after a field: there is nothing that could be a value.
            self.at += self.peek().map_or(0, char::len_utf8);
            self.push(TokenKind::Word { text: NEUTRAL.to_string(), exact: false }, start);
            return Ok(());
        }
        let is_value = matches!(
            self.tokens.last(),
            Some(Token { kind: TokenKind::Field(Field::Text(_), _), span }) if span.end <= start
        );
        if escaped || is_value {
            self.push(TokenKind::Word { text, exact: false }, start);
            return Ok(());
        }
        if self.peek() == Some('(') && self.function(&text, start)? {
            return Ok(());
        }
        self.keyword_or_text(text, start)
    }

    /// Reads `title:`, `title=`, `title(`, `words>` and `date >=`.
    fn field_prefix(&mut self) -> bool {
        let start = self.at;
        let rest = self.rest();
        let name =
            &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()];
        let Some(field) = Field::named(name) else { return false };
        let after = &rest[name.len()..];
        let ordered = matches!(field, Field::Date(DateBound::In) | Field::WordCount);
        let (comparison, length) = match comparison(after) {
            Some((Comparison::Is, length)) => (Comparison::Is, length),
            Some((comparison, length)) if ordered => (comparison, length),
            _ => {
                let spaced = after.trim_start();
                match comparison(spaced) {
                    Some((comparison, length)) if ordered && comparison != Comparison::Is => {
                        (comparison, after.len() - spaced.len() + length)
                    }
                    _ => return false,
                }
            }
        };
        self.at += name.len() + length;
        if length > 0
            && self.peek().is_some_and(char::is_whitespace)
            && comparison == Comparison::Is
        {
            self.notes.push(Note::spaced_field(&self.text[start..self.at]));
        }
        self.pending = Some((field, Span::new(start, self.at)));
        self.push(TokenKind::Field(field, comparison), start);
        true
    }

    /// Reads the name of a function before an opening bracket.
    fn function(&mut self, name: &str, start: usize) -> Result<bool, QueryError> {
        let lower = name.to_ascii_lowercase();
        let letters = lower.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = &lower[letters.len()..];
        let span = Span::new(start, self.at);
        let function = match (letters, digits.is_empty()) {
            ("atleast", false) => {
                Function::AtLeast(self.bounded(digits, span, "times", limits::MAX_AT_LEAST)?)
            }
            ("first", false) => {
                Function::First(self.bounded(digits, span, "words", limits::MAX_FIRST)?)
            }
            ("caps", true) => Function::Case(CaseRule::Initial),
            ("allcaps", true) => Function::Case(CaseRule::All),
            ("nocaps", true) => Function::Case(CaseRule::None),
            _ => {
                let names = ["atleast", "first", "caps", "allcaps", "nocaps"];
                let near = nearest(letters, names.into_iter()).or_else(|| Field::nearest(&lower));
                if let Some(near) = near {
                    self.notes.push(Note::unknown_function(name, near));
                }
                return Ok(false);
            }
        };
        self.push(TokenKind::Function(function), start);
        Ok(true)
    }

    fn keyword_or_text(&mut self, text: String, start: usize) -> Result<(), QueryError> {
        match connective(&text) {
            Some(TokenKind::Not) => return self.not_or_negative_proximity(start),
            Some(kind) => {
                self.note_lower_case(&text, &kind);
                self.push(kind, start);
                return Ok(());
            }
            None => {}
        }
        if let Some((order, measure)) = proximity_word(&text) {
            let is_word =
                measure == "same" && !(self.after_operand() && self.before_operand(self.at));
            if !is_word {
                if text == "same" {
                    self.notes.push(Note::same());
                }
                return self.push_proximity(start, self.at, measure, order, false);
            }
        }
        self.note_unknown_prefix(&text);
        self.push(TokenKind::Word { text, exact: false }, start);
        Ok(())
    }

    /// Having read `not`: looks whether a proximity operator follows.
    fn not_or_negative_proximity(&mut self, start: usize) -> Result<(), QueryError> {
        let end = self.at;
        let rest = self.rest().trim_start();
        let word = rest.split(ends_word).next().unwrap_or_default();
        let found = match word.strip_prefix('/') {
            Some(measure) if is_measure(measure) => Some((Order::Either, measure)),
            _ => proximity_word(word).filter(|(_, measure)| *measure != "same"),
        };
        if let Some((order, measure)) = found.filter(|_| self.after_operand()) {
            let after = self.text.len() - rest.len() + word.len();
            return self.push_proximity(start, after, measure, order, true);
        }
        self.note_lower_case(&self.text[start..end], &TokenKind::Not);
        self.push(TokenKind::Not, start);
        Ok(())
    }

    /// Notes `not` and `or` in small letters, which may have been meant as words.
    fn note_lower_case(&mut self, typed: &str, kind: &TokenKind) {
        let operator = match kind {
            TokenKind::Not => "NOT",
            TokenKind::Or => "OR",
            _ => return,
        };
        if typed.bytes().all(|letter| letter.is_ascii_lowercase()) {
            self.notes.push(Note::lower_case_operator(typed, operator));
        }
    }

    /// Notes `titel:x`, which is text, when it looks like a field.
    fn note_unknown_prefix(&mut self, text: &str) {
        let Some((prefix, value)) = text.split_once(':') else { return };
        let is_name = prefix.chars().count() > 1 && prefix.chars().all(char::is_alphabetic);
        if is_name && !value.is_empty() && !value.starts_with('/') {
            self.notes.push(Note::unknown_field(prefix, Field::nearest(prefix)));
        }
    }

    /// Reads the value of a filter.
    fn value(&mut self, field: Field) -> Result<(), QueryError> {
        let start = self.at;
        let is_name = matches!(field, Field::Name(name) if !name.is_address());
        match self.peek() {
            Some(quote) if opens_quote(quote) => {
                let (text, _) = self.quoted(start)?;
                self.push(TokenKind::Value { text, quoted: true }, start);
                return Ok(());
            }
            Some('/') if is_name && self.regex() => return Ok(()),
            Some('[' | '{') => {
                if let Some(length) = self.rest().find([']', '}']) {
                    let text = self.rest()[..=length].to_owned();
                    self.push_sign(TokenKind::Value { text, quoted: false }, length + 1);
                    return Ok(());
                }
            }
            _ => {}
        }
        let length = self.value_length(field);
        let text = self.rest()[..length].to_owned();
        self.push_sign(TokenKind::Value { text, quoted: false }, length);
        Ok(())
    }

    /// Returns the length of the unquoted value from here on; at least one character.
    fn value_length(&self, field: Field) -> usize {
        let rest = self.rest();
        let is_address = matches!(field, Field::Name(NameField::Url | NameField::Path));
        let ends = |letter: char| match letter {
            '|' | '(' => !is_address,
            letter => letter.is_whitespace() || letter == ')',
        };
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest.find(ends).unwrap_or(rest.len()).max(first);
        match field {
            Field::Date(bound) => self.date_length(bound, length),
            _ => length,
        }
    }

    /// Returns the length of the longest date that begins with the value of `length` bytes: people
    /// type `date:last month` and `since:5 Jan 2022` without quotes.
    fn date_length(&self, bound: DateBound, length: usize) -> usize {
        let rest = self.rest();
        let reads = |end: usize| parse_date(&rest[..end], bound, self.now).is_ok();
        let starts_with_letter = rest.starts_with(|letter: char| letter.is_alphabetic());
        if reads(length) && !starts_with_letter {
            return length;
        }
        let mut longest = length;
        let mut end = length;
        for _ in 0..4 {
            let Some(after) = rest[end..].strip_prefix(' ') else { break };
            let word = after.split(ends_word).next().unwrap_or_default();
            if word.is_empty() || word.contains(':') || connective(word).is_some() {
                break;
            }
            end += 1 + word.len();
            if reads(end) {
                longest = end;
            }
        }
        longest
    }
}

/// Returns the token of `and`, `or` and `not` in any case.
fn connective(word: &str) -> Option<TokenKind> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is("and") {
        Some(TokenKind::And)
    } else if is("or") {
        Some(TokenKind::Or)
    } else if is("not") {
        Some(TokenKind::Not)
    } else {
        None
    }
}

/// Returns the order and the measure of a proximity operator that is spelled with letters.
fn proximity_word(word: &str) -> Option<(Order, &str)> {
    if word.eq_ignore_ascii_case("same") {
        return Some((Order::Either, "same"));
    }
    /// Name, whether sentences and paragraphs can be asked for, order.
    const NAMES: &[(&str, bool, Order)] = &[
        ("w/", true, Order::Either),
        ("near/", true, Order::Either),
        ("n/", false, Order::Either),
        ("near", false, Order::Either),
        ("pre/", true, Order::LeftFirst),
        ("p/", false, Order::LeftFirst),
        ("onear/", true, Order::LeftFirst),
        ("onear", false, Order::LeftFirst),
        ("adj/", false, Order::LeftFirst),
        ("adj", false, Order::LeftFirst),
    ];
    NAMES.iter().find_map(|(name, boundaries, order)| {
        let head = word.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        let measure = &word[head.len()..];
        let is_count = !measure.is_empty() && leading_digits(measure).len() == measure.len();
        (is_count || (*boundaries && is_measure(measure))).then_some((*order, measure))
    })
}

/// Tells whether `text` is what may follow `w/`.
fn is_measure(text: &str) -> bool {
    let is_count = !text.is_empty() && leading_digits(text).len() == text.len();
    is_count || text.eq_ignore_ascii_case("s") || text.eq_ignore_ascii_case("p")
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

/// Returns the comparison at the start of `text` and its length; `(` is one without length.
fn comparison(text: &str) -> Option<(Comparison, usize)> {
    Some(match text.as_bytes() {
        [b'>', b'=', ..] => (Comparison::AtLeast, 2),
        [b'<', b'=', ..] => (Comparison::AtMost, 2),
        [b'>', ..] => (Comparison::Greater, 1),
        [b'<', ..] => (Comparison::Less, 1),
        [b':' | b'=', ..] => (Comparison::Is, 1),
        [b'(', ..] => (Comparison::Is, 0),
        _ => return None,
    })
}

/// Returns the length of `*`, `**` or `*:*` when it stands alone.
fn everything(text: &str) -> Option<usize> {
    let length = match text.strip_prefix("*:*") {
        Some(_) => 3,
        None => text.len() - text.trim_start_matches('*').len(),
    };
    let stands_alone = text[length..].chars().next().is_none_or(ends_word);
    (length > 0 && stands_alone).then_some(length)
}

/// Returns the inside of `/.../` at the start of `text`, when white space or a bracket follows it.
fn regex_at(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('/')?;
    let mut escaped = false;
    for (at, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => {
                let stands_alone = inside[at + 1..].chars().next().is_none_or(ends_word);
                return (at > 0 && stands_alone).then(|| &inside[..at]);
            }
            letter if letter.is_whitespace() => return None,
            _ => {}
        }
    }
    None
}

/// Returns the length of the number after `^`.
pub(super) fn boost_length(text: &str) -> usize {
    let whole = leading_digits(text).len();
    match text[whole..].strip_prefix('.') {
        Some(fraction) if whole > 0 => match leading_digits(fraction).len() {
            0 => whole,
            digits => whole + 1 + digits,
        },
        _ => whole,
    }
}

/// Tells whether a word of the query ends before this character.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | '|') || opens_quote(letter)
}

/// Tells whether a prefix sign before this character applies to what it opens.
fn starts_operand(letter: char) -> bool {
    is_word_letter(letter)
        || matches!(letter, '(' | '=' | '*' | '?' | '/' | '\\')
        || opens_quote(letter)
}

fn opens_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

fn closes_quote(opening: char, letter: char) -> bool {
    match opening {
        '"' => letter == '"',
        '＂' => letter == '＂',
        '«' => letter == '»',
        '»' => matches!(letter, '«' | '»'),
        _ => matches!(letter, '”' | '“' | '‟' | '"'),
    }
}

/// Tells whether `text`, typed as it is, is one token of text with nothing to remark on.
pub(super) fn is_text(text: &str) -> bool {
    let Ok((tokens, notes)) = lex(text, NaiveDate::MIN) else { return false };
    let plain = TokenKind::Word { text: text.to_owned(), exact: false };
    notes.is_empty() && matches!(tokens.as_slice(), [token] if token.kind == plain)
}
