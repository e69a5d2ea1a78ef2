//! Headlines typed as a query: "Officials not looking at a freeze" is no wish to be spared it.
//!
//! `not` and `-word` exclude whatever the case, and headlines hold both. A run of plain words that
//! could be a headline therefore excludes with one exception: the article that has just these words,
//! in this order, in its title. The exception is written into the tree, where it can be seen.

use crate::text::Span;

use super::ast::{Passage, QueryAst, Scope, TextField};
use super::lexer::{Token, TokenKind};
use super::note::Note;

/// Shorter queries with a negation are taken for queries only.
const FEWEST_WORDS: usize = 6;

/// Returns how the negation is spelled where `tokens` could be a headline: plain words, enough of
/// them, and at least one `not` in small letters or `-`.
pub(super) fn negation(text: &str, tokens: &[Token]) -> Option<Span> {
    let words = tokens.iter().filter(|token| token.is_bare_word()).count();
    let is_written = |token: &&Token| matches!(token.span.of(text), "not" | "-");
    let are_plain = tokens.iter().all(|token| {
        token.is_bare_word()
            || matches!(token.kind, TokenKind::And | TokenKind::Or | TokenKind::Not)
    });
    if words < FEWEST_WORDS || !are_plain {
        return None;
    }
    let mut negations = tokens.iter().filter(|token| token.kind == TokenKind::Not).peekable();
    let first = negations.peek()?.span;
    negations.all(|token| is_written(&token)).then_some(first)
}

/// Lets every exclusion of `ast` spare the articles whose title has `headline`.
pub(super) fn spare(ast: QueryAst, headline: &Passage) -> QueryAst {
    match ast {
        QueryAst::Not(inner) => {
            QueryAst::all([*inner, QueryAst::Text(headline.clone()).negated()]).negated()
        }
        QueryAst::And(branches) => {
            QueryAst::all(branches.into_iter().map(|branch| spare(branch, headline)))
        }
        QueryAst::Or(branches) => {
            QueryAst::any(branches.into_iter().map(|branch| spare(branch, headline)))
        }
        other => other,
    }
}

/// Where the words of a headline stand.
pub(super) fn scope() -> Scope {
    Scope { field: TextField::Title, ..Scope::default() }
}

/// Returns the note that says so, for a negation spelled as `typed`.
pub(super) fn note(typed: &str) -> Note {
    Note::surprise(format!(
        "`{typed}` excludes what follows it, except from an article with just these words as its \
         headline; `NOT` excludes from that too, quotes round the whole ask for its words as they are"
    ))
}
