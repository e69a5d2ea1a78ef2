//! Questions in plain words, asked with `--any`: "what is known of wings and bodies at high-speed?"
//!
//! Where any word will do, a line of plain words is the sum of them. Its `and`, `or` and `not` are
//! words of the sentence rather than operators, its question marks end sentences, both parts of
//! `high-speed` count for themselves, and the small words that every article holds are left out, with
//! a note that names them. In capitals or as signs the operators stay what they are.

use super::lexer::{Token, TokenKind};
use super::note::Note;

/// Shorter queries are taken as they are typed.
const FEWEST_WORDS: usize = 6;

/// English words that tell no article from another.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "how", "if", "in", "into", "is", "it", "its",
    "no", "not", "of", "on", "or", "same", "should", "such", "that", "the", "their", "then",
    "there", "these", "they", "this", "those", "to", "was", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "will", "with", "would",
];

/// Reads `tokens` as the words of a question where they could be one, and says so in `notes`.
pub(super) fn read_as_words(text: &str, tokens: &mut Vec<Token>, notes: &mut Vec<Note>) {
    let words = tokens.iter().filter(|token| token.is_bare_word()).count();
    let is_plain = |token: &Token| token.is_bare_word() || operator(text, token).is_some();
    if words < FEWEST_WORDS || !tokens.iter().all(is_plain) {
        return;
    }
    let operators: Vec<Note> = tokens.iter().filter_map(|token| operator(text, token)).collect();
    notes.retain(|note| !operators.contains(note));
    let (small, telling): (Vec<Token>, Vec<Token>) =
        tokens.iter().flat_map(|token| parts(text, token)).partition(is_small);
    if telling.is_empty() {
        return;
    }
    if !small.is_empty() {
        notes.push(left_out(&small));
    }
    *tokens = telling;
}

/// Tells whether a word is small; "WHO" and "IT" in capitals are names.
fn is_small(token: &Token) -> bool {
    let TokenKind::Word { text, .. } = &token.kind else { return false };
    !text.chars().skip(1).any(char::is_uppercase)
        && SMALL_WORDS.iter().any(|small| text.eq_ignore_ascii_case(small))
}

fn left_out(small: &[Token]) -> Note {
    let mut named: Vec<String> = Vec::new();
    for token in small {
        if let TokenKind::Word { text, .. } = &token.kind
            && !named.contains(&format!("`{text}`"))
        {
            named.push(format!("`{text}`"));
        }
    }
    Note::surprise(format!(
        "left out of the question, as nearly every article has them: {}; quotes keep a word",
        named.join(", ")
    ))
}

/// Returns the note that the lexer gave on an operator that reads like a word of a sentence.
fn operator(text: &str, token: &Token) -> Option<Note> {
    let name = match (&token.kind, token.span.of(text)) {
        (TokenKind::And, "and") => "AND",
        (TokenKind::Or, "or") => "OR",
        (TokenKind::Not, "not") => "NOT",
        (TokenKind::Near(_), "same") => return Some(Note::same()),
        _ => return None,
    };
    Some(Note::lower_case_operator(token.span.of(text), name))
}

/// Returns the words of one token.
fn parts(text: &str, token: &Token) -> Vec<Token> {
    let typed = match &token.kind {
        TokenKind::Word { text, .. } => text.as_str(),
        _ => token.span.of(text),
    };
    let asked = typed.trim_end_matches('?');
    let typed = if asked.contains(char::is_alphanumeric) { asked } else { typed };
    let word = |part: &str| {
        let kind = TokenKind::Word { text: part.to_owned(), exact: false };
        Token { kind, span: token.span }
    };
    typed.split(['-', '–', '/']).filter(|part| !part.is_empty()).map(word).collect()
}
