//! What is wrong with a query, where, and what to type instead.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use crate::text::Span;

use super::ast::CaseRule;
use super::date_expr::DateError;
use super::limits;

/// A query that cannot be read: the problem, and where in the text it is.
///
/// `Display` writes one line; [`QueryError::render`] draws the query with a caret under the place.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct QueryError {
    /// The text as typed.
    pub query: String,
    /// Where in it the problem is, in bytes on character boundaries.
    pub span: Span,
    /// What is wrong.
    #[source]
    pub problem: Box<QueryProblem>,
}

/// What is wrong with a query.
#[derive(Debug, thiserror::Error)]
pub enum QueryProblem {
    /// The text is too long.
    #[error("the query has {bytes} bytes; at most {} are read", limits::MAX_BYTES)]
    TooLong {
        /// The length of the text.
        bytes: usize,
    },
    /// Brackets, functions or proximity operators are nested too deeply.
    #[error("the query is nested more than {} levels deep", limits::MAX_DEPTH)]
    TooDeep,
    /// A bracket is never closed.
    #[error("the bracket is never closed")]
    UnclosedBracket,
    /// A bracket is closed that was never opened.
    #[error("the bracket was never opened")]
    UnopenedBracket,
    /// A quote is never closed.
    #[error("the quote is never closed")]
    UnclosedQuote,
    /// Brackets or quotes with nothing between them.
    #[error("there is nothing between the {0}")]
    Empty(&'static str),
    /// There is text, but no letter or digit to look for.
    #[error("there is no word to look for")]
    NoWord,
    /// An operator lacks an operand.
    #[error("`{operator}` has nothing on its {side}")]
    MissingOperand {
        /// The operator as typed.
        operator: String,
        /// `left` or `right`.
        side: &'static str,
    },
    /// A field or function lacks what it applies to.
    #[error("`{field}` has no value")]
    MissingValue {
        /// The field or function as typed.
        field: String,
    },
    /// Proximity to something that does not stand anywhere in a text.
    #[error("{what} cannot stand beside `{operator}`")]
    NotAPassage {
        /// What stands there: "a filter", "an AND".
        what: &'static str,
        /// The operator or function.
        operator: String,
    },
    /// The words of a proximity are asked for in different texts.
    #[error("the two sides of `{operator}` can never stand in one text")]
    DifferentFields {
        /// The operator as typed.
        operator: String,
    },
    /// A filter inside a field or function of text.
    #[error("`{filter}` is about whole articles and cannot stand inside `{container}`")]
    FilterInText {
        /// The filter's field.
        filter: String,
        /// The field or function around it.
        container: String,
    },
    /// A field inside another with which it shares nothing.
    #[error("`{inner}` inside `{outer}` can match nothing")]
    FieldConflict {
        /// The inner field.
        inner: String,
        /// The outer field.
        outer: String,
    },
    /// A rule for capitals inside another one.
    #[error("a word cannot be both `{}` and `{}`", case_name(*.inner), case_name(*.outer))]
    CaseConflict {
        /// The inner rule.
        inner: CaseRule,
        /// The outer rule.
        outer: CaseRule,
    },
    /// A pattern with too few fixed letters.
    #[error("`{pattern}` stands for too many words: a pattern needs two fixed letters")]
    ShortPattern {
        /// The pattern as typed.
        pattern: String,
    },
    /// A number of optional letters, words or edits outside its limits.
    #[error("`{typed}` is out of bounds: {what} from {least} to {most}")]
    OutOfBounds {
        /// The number with what it belongs to, as typed.
        typed: String,
        /// What is counted.
        what: &'static str,
        /// The smallest number allowed.
        least: u32,
        /// The greatest number allowed.
        most: u32,
    },
    /// `~` after something that is not one plain word.
    #[error("`{typed}` cannot be fuzzy: `~` takes one plain word")]
    NotFuzzy {
        /// The word as typed.
        typed: String,
    },
    /// `~` after a phrase, without a number.
    #[error("`~` after a phrase needs a number of moves")]
    SlopWithoutNumber,
    /// A gap at the edge of an alternative of a phrase.
    #[error("`*` can only stand between two words of a group")]
    EdgeGap,
    /// A slop on a phrase whose groups hold several words.
    #[error("a group of a phrase with `~` holds single words only")]
    SloppyGroup,
    /// A regular expression that is none.
    #[error("`/{pattern}/` is not a regular expression: {reason}")]
    BadRegex {
        /// The expression as typed.
        pattern: String,
        /// What is wrong, in a line.
        reason: String,
    },
    /// A date that is none.
    #[error(transparent)]
    BadDate(#[from] DateError),
    /// A value that the field does not know.
    #[error("`{value}` is not {expected}")]
    BadValue {
        /// The value as typed.
        value: String,
        /// What the field takes.
        expected: &'static str,
        /// A value that may be meant.
        nearest: Option<&'static str>,
    },
}

impl QueryProblem {
    /// Returns what to type instead, or why it is so.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::TooLong { .. } => {
                "split the query, or put a list of names into fields".to_owned()
            }
            Self::TooDeep => "`a OR b OR c` needs no brackets".to_owned(),
            Self::UnclosedBracket => "add `)`, or put quotes round the text".to_owned(),
            Self::UnopenedBracket => "remove it, or put quotes round the text".to_owned(),
            Self::UnclosedQuote => "add `\"` at the end of the phrase".to_owned(),
            Self::Empty(_) => "an empty query finds everything".to_owned(),
            Self::NoWord => "words are made of letters and digits".to_owned(),
            Self::MissingOperand { operator, .. } => {
                format!("to look for the word, write `\"{}\"`", operator.to_lowercase())
            }
            Self::MissingValue { .. } => "to look for the word, put quotes round it".to_owned(),
            Self::NotAPassage { what: "an AND", .. } => {
                "write `\"a b\"` for a phrase, `(a OR b)` for either, or `(a w/5 b)` for both"
                    .to_owned()
            }
            Self::NotAPassage { .. } => {
                "proximity relates words, phrases, patterns, groups with OR, and proximity"
                    .to_owned()
            }
            Self::DifferentFields { .. } => "use AND to ask for both in one article".to_owned(),
            Self::FilterInText { .. } => "put it outside the brackets".to_owned(),
            Self::FieldConflict { .. } => "ask for them side by side, with AND or OR".to_owned(),
            Self::CaseConflict { .. } => return None,
            Self::ShortPattern { .. } => {
                "give more letters, or `*` alone inside a phrase for any one word".to_owned()
            }
            Self::OutOfBounds { .. } => return None,
            Self::NotFuzzy { .. } => "write `word~1` or `word~2`".to_owned(),
            Self::SlopWithoutNumber => "write `\"a b c\"~5`".to_owned(),
            Self::EdgeGap => "write `\"a * b\"`, or put the `*` outside the group".to_owned(),
            Self::SloppyGroup => "use `w/5` or `pre/5` between phrases".to_owned(),
            Self::BadRegex { .. } => "to look for the text, put quotes round it".to_owned(),
            Self::BadDate(error) => error.hint(),
            Self::BadValue { nearest: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::BadValue { .. } => return None,
        })
    }
}

/// Returns the name of the function that asks for a rule.
pub(super) fn case_name(case: CaseRule) -> &'static str {
    match case {
        CaseRule::Initial => "caps",
        CaseRule::All => "allcaps",
        CaseRule::None => "nocaps",
    }
}

impl QueryError {
    pub(super) fn new(query: &str, span: Span, problem: QueryProblem) -> Self {
        Self { query: query.to_owned(), span, problem: Box::new(problem) }
    }

    /// Returns what to type instead, or why it is so.
    pub fn hint(&self) -> Option<String> {
        self.problem.hint()
    }

    /// Returns the query with a caret under the place, two lines without a line break at the end. Of
    /// a long query, only the neighbourhood is drawn.
    pub fn render(&self) -> String {
        const CONTEXT: usize = 30;
        let start = self.query[..self.span.start].char_indices().rev().nth(CONTEXT);
        let end = self.query[self.span.end..].char_indices().nth(CONTEXT);
        let start = start.map_or(0, |(at, _)| at);
        let end = end.map_or(self.query.len(), |(at, _)| self.span.end + at);
        let mut drawing = String::new();
        let mut lead = 0;
        if start > 0 {
            drawing.push('…');
            lead += 1;
        }
        lead += draw(&self.query[start..self.span.start], &mut drawing);
        let marked = draw(&self.query[self.span.range()], &mut drawing);
        draw(&self.query[self.span.end..end], &mut drawing);
        if end < self.query.len() {
            drawing.push('…');
        }
        let carets = "^".repeat(marked.max(1));
        let _ = write!(drawing, "\n{}{carets}", " ".repeat(lead));
        drawing
    }
}

/// Appends `text` with nothing in it that could move a cursor; returns how many columns it takes.
fn draw(text: &str, drawing: &mut String) -> usize {
    let mut columns = 0;
    for letter in text.chars() {
        let shown = match letter {
            letter if letter.is_whitespace() => ' ',
            letter if is_invisible(letter) => '\u{fffd}',
            letter => letter,
        };
        drawing.push(shown);
        columns += shown.width().unwrap_or(0);
    }
    columns
}

/// Tells whether a character controls the terminal or the direction of writing.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let error =
            QueryError::new("北约 AND (x\ty", Span::new(11, 12), QueryProblem::UnclosedBracket);
        assert_eq!(error.render(), "北约 AND (x y\n         ^");
        assert_eq!(error.to_string(), "the bracket is never closed");
    }

    #[test]
    fn long_queries_are_drawn_in_part_and_safely() {
        let query = format!("{}\u{1b}[31m AND", "word ".repeat(50));
        let at = query.len() - 3;
        let problem = QueryProblem::MissingOperand { operator: "AND".to_owned(), side: "right" };
        let error = QueryError::new(&query, Span::new(at, query.len()), problem);
        let drawing = error.render();
        assert!(drawing.starts_with('…') && drawing.ends_with("^^^"), "{drawing}");
        assert!(!drawing.contains('\u{1b}'));
    }
}
