//! The query language: what an analyst types, as a tree that every engine can run.
//!
//! The door is [`parse`]. Its promises, each a test: no text panics or overflows the stack; a query
//! that cannot be read is an error that points at the place and says what to type instead; nothing
//! typed is silently rewritten, dropped or cut (what may surprise is in [`Query::notes`]); and a
//! printed tree is read back as the same tree. The grammar is `schema/query.ebnf`, the manual
//! `docs/query-language.md`. Nothing here knows an index.
//!
//! ```
//! use chrono::NaiveDate;
//! use morgue::query::{ParseOptions, parse};
//!
//! let now = NaiveDate::from_ymd_opt(2022, 2, 16).expect("a day");
//! let query = parse("\"security guarantees\" w/10 ukrain* date:last-month", &ParseOptions::new(now))?;
//! assert_eq!(query.to_string(), "\"security guarantees\" w/10 ukrain* AND date:2022-01");
//! # Ok::<(), morgue::query::QueryError>(())
//! ```

mod ast;
mod date_expr;
mod error;
mod filter;
mod headline;
mod help;
mod lexer;
pub mod limits;
mod matcher;
mod note;
mod parser;
pub mod plan;
pub mod positions;
mod print;
mod question;
#[cfg(test)]
pub(crate) mod random;
mod signs;
pub mod terms;
mod wildcard;

use std::fmt;

use chrono::NaiveDate;

pub use ast::{
    CaseRule, LEAD_PARAGRAPHS, Near, Order, Passage, Phrase, Proximity, QueryAst, Scope, Slot,
    Term, TextField, Within, Word,
};
pub use date_expr::{DateBound, DateError, parse_date, parse_span};
pub use error::{QueryError, QueryProblem};
pub use filter::{FIELDS, Field, FieldInfo, Filter, NameField, NamePattern, Presence};
pub use help::{EXAMPLES, help};
pub use matcher::{FilterTest, Highlights, Matcher};
pub use note::{Note, NoteLevel};
pub use wildcard::{Wildcard, WildcardPart};

/// How a text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// The day that `yesterday` and `30d` are counted from.
    pub now: NaiveDate,
    /// Whether words joined by nothing are alternatives. By default all of them must occur. Filters
    /// and negated words stay conditions, and `+word` makes a word one.
    pub any: bool,
    /// Whether the whole text is the inside of a phrase. By default it is a query.
    pub phrase: bool,
}

impl ParseOptions {
    /// Returns the usual options, seen from the day `now`.
    pub fn new(now: NaiveDate) -> Self {
        Self { now, any: false, phrase: false }
    }
}

/// A query that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What is asked.
    pub ast: QueryAst,
    /// How it was read, where that may surprise.
    pub notes: Vec<Note>,
}

/// Reads a query. A text of nothing but white space asks for every article.
///
/// # Errors
/// When brackets or quotes are not closed, an operator lacks an operand, a value is not of its
/// field's kind, there is no word to look for, or a [limit](limits) is exceeded.
pub fn parse(text: &str, options: &ParseOptions) -> Result<Query, QueryError> {
    parser::parse(text, options)
}

/// Reads the value of a filter field, as a switch such as `--person` gives it: whole, as if it stood
/// in quotes after the field's prefix.
///
/// # Errors
/// When the value is not of the field's kind, or the field is one of text.
pub fn parse_filter(field: Field, value: &str, now: NaiveDate) -> Result<Filter, QueryError> {
    parser::parse_filter(field, value, now)
}

impl Query {
    /// Returns the query that asks for every article.
    pub fn everything() -> Self {
        Self { ast: QueryAst::Everything, notes: Vec::new() }
    }

    /// Returns the query that asks for the same and this besides.
    pub fn and(self, condition: impl Into<QueryAst>) -> Self {
        Self { ast: QueryAst::all([self.ast, condition.into()]), notes: self.notes }
    }

    /// Returns the query that asks for the same and at least one of `filters`; the same query when
    /// there is none.
    pub fn and_any(self, filters: impl IntoIterator<Item = Filter>) -> Self {
        let filters: Vec<QueryAst> = filters.into_iter().map(QueryAst::from).collect();
        if filters.is_empty() { self } else { self.and(QueryAst::any(filters)) }
    }
}

impl fmt::Display for Query {
    /// Writes the query in canonical spelling.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ast.fmt(formatter)
    }
}
