//! The pieces that written dates are made of: numbers, words and marks.
//!
//! Digits of any script are numbers, so `٢٥` and `25` read alike; words are folded. Letters and
//! digits are always apart: `10h15` and `20th` are runs of pieces.

use unicode_normalization::char::is_combining_mark;

use crate::text::{Span, fold_into};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of digits.
    Number {
        /// Its value, `u64::MAX` where it has too many digits.
        value: u64,
        /// The number of digits.
        digits: u8,
    },
    /// A run of letters.
    Word,
    /// Any other character.
    Mark(char),
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) span: Span,
    /// Where its folded letters stand in [`Tokens::folded`].
    folded: (u32, u32),
    /// Whether white space precedes it.
    pub(super) spaced: bool,
}

/// The pieces of a text.
pub(super) struct Tokens {
    tokens: Vec<Token>,
    folded: String,
}

impl Tokens {
    /// Returns the pieces of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self { tokens: Vec::new(), folded: String::new() };
        let mut rest = text.char_indices().peekable();
        let mut spaced = true;
        while let Some((start, first)) = rest.next() {
            if first.is_whitespace() || is_invisible(first) {
                spaced |= first.is_whitespace();
                continue;
            }
            let mut end = start + first.len_utf8();
            let class = Class::of(first);
            if class != Class::Mark {
                while let Some(&(at, next)) = rest.peek() {
                    if Class::of(next) != class && !(class == Class::Letter && continues(next)) {
                        break;
                    }
                    end = at + next.len_utf8();
                    rest.next();
                }
            }
            found.push(text, class, Span::new(start, end), spaced);
            spaced = false;
        }
        found
    }

    fn push(&mut self, text: &str, class: Class, span: Span, spaced: bool) {
        let written = span.of(text);
        let folded_start = self.folded.len();
        let kind = match class {
            Class::Digit => number(written),
            Class::Letter => {
                fold_into(written, &mut self.folded);
                Kind::Word
            }
            Class::Mark => Kind::Mark(written.chars().next().unwrap_or(' ')),
        };
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let folded = (position(folded_start), position(self.folded.len()));
        self.tokens.push(Token { kind, span, folded, spaced });
    }

    /// Returns the number of pieces.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the piece at `at`.
    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// Returns value and number of digits of the number at `at`.
    pub(super) fn number(&self, at: usize) -> Option<(u64, u8)> {
        match self.get(at)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// Returns the folded word at `at`.
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        let token = self.get(at)?;
        if token.kind != Kind::Word {
            return None;
        }
        self.folded.get(token.folded.0 as usize..token.folded.1 as usize)
    }

    /// Returns the mark at `at`.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Tells whether white space precedes the piece at `at`; true past the end.
    pub(super) fn spaced(&self, at: usize) -> bool {
        self.get(at).is_none_or(|token| token.spaced)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Mark,
}

impl Class {
    fn of(letter: char) -> Self {
        if letter.is_ascii() {
            return if letter.is_ascii_digit() {
                Self::Digit
            } else if letter.is_ascii_alphabetic() {
                Self::Letter
            } else {
                Self::Mark
            };
        }
        if digit(letter).is_some() {
            Self::Digit
        } else if is_calendar_mark(letter) {
            Self::Mark
        } else if letter.is_alphabetic() {
            Self::Letter
        } else {
            Self::Mark
        }
    }
}

/// The characters that Chinese, Japanese and Korean put after year, month, day, hour and minute.
fn is_calendar_mark(letter: char) -> bool {
    matches!(
        letter,
        '年' | '月'
            | '日'
            | '号'
            | '號'
            | '时'
            | '時'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

fn continues(letter: char) -> bool {
    !letter.is_ascii() && (is_combining_mark(letter) || letter == '\u{200c}')
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns the value of a digit of the scripts that news is dated in.
fn digit(letter: char) -> Option<u64> {
    const ZEROS: [u32; 16] = [
        0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
        0x1040, 0x17e0, 0xff10,
    ];
    let code = u32::from(letter);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .map(|zero| u64::from(code - zero))
}

fn number(written: &str) -> Kind {
    let mut value: u64 = 0;
    let mut digits: u8 = 0;
    for letter in written.chars() {
        let next = digit(letter).unwrap_or(0);
        value = value.checked_mul(10).and_then(|tens| tens.checked_add(next)).unwrap_or(u64::MAX);
        digits = digits.saturating_add(1);
    }
    Kind::Number { value, digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_apart() {
        let tokens = Tokens::of("20th Jänner, 10h15");
        let kinds: Vec<_> =
            (0..tokens.len()).map(|at| tokens.number(at).map(|pair| pair.0)).collect();
        assert_eq!(kinds, [Some(20), None, None, None, Some(10), None, Some(15)]);
        assert_eq!(tokens.word(2), Some("janner"));
    }

    #[test]
    fn digits_of_other_scripts_are_numbers() {
        let tokens = Tokens::of("٢٥ ௨௫ ２５");
        for at in 0..3 {
            assert_eq!(tokens.number(at), Some((25, 2)));
        }
    }
}
