//! From written text to the words it looks for: signs of truncation, `~`, and the slots of phrases.

use crate::text::{WordKind, is_word_letter, words};

use super::ast::{Slot, Term};
use super::error::QueryProblem;
use super::lexer::{boost_length, is_text};
use super::limits;
use super::wildcard::{
    ANY_LETTERS, MIN_FIXED_LETTERS, ONE_LETTER, OPTIONAL_LETTER, Wildcard, is_marked,
};

/// How the plain words of a text are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    /// By their stems.
    Stems,
    /// As they are written.
    Exact,
}

/// Which signs count in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// `*`, `?`, a trailing `!` and `$3`.
    All,
    /// `*` only: in addresses the others are plain characters.
    StarOnly,
}

/// Returns `text` with stand-ins for the signs of truncation.
pub(super) fn mark_signs(text: &str, signs: Signs) -> Result<String, QueryProblem> {
    let mut marked = String::with_capacity(text.len());
    for chunk in text.split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        mark_word(word, signs, &mut marked)?;
        marked.push_str(&chunk[word.len()..]);
    }
    Ok(marked)
}

fn mark_word(word: &str, signs: Signs, marked: &mut String) -> Result<(), QueryProblem> {
    let word = match word.rsplit_once('$') {
        Some((letters, digits)) if signs == Signs::All && is_count(letters, digits) => {
            mark_letters(letters, signs, marked);
            let count = digits
                .parse()
                .ok()
                .filter(|count| (1..=limits::MAX_OPTIONAL_LETTERS).contains(count));
            let count: u32 = count.ok_or_else(|| QueryProblem::OutOfBounds {
                typed: word.to_owned(),
                what: "letters",
                least: 1,
                most: limits::MAX_OPTIONAL_LETTERS,
            })?;
            marked.extend((0..count).map(|_| OPTIONAL_LETTER));
            return Ok(());
        }
        _ => word,
    };
    match word.strip_suffix('!') {
        Some(letters) if signs == Signs::All && letters.ends_with(is_word_letter) => {
            mark_letters(letters, signs, marked);
            marked.push(ANY_LETTERS);
        }
        _ => mark_letters(word, signs, marked),
    }
    Ok(())
}

fn is_count(letters: &str, digits: &str) -> bool {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && letters.ends_with(|letter: char| is_word_letter(letter) || matches!(letter, '*' | '?'))
}

fn mark_letters(letters: &str, signs: Signs, marked: &mut String) {
    let has_letters = letters.contains(is_word_letter);
    for letter in letters.chars() {
        marked.push(match letter {
            '*' => ANY_LETTERS,
            // Question marks by themselves are punctuation.
            '?' if signs == Signs::All && has_letters => ONE_LETTER,
            // Who types a stand-in means no sign by it.
            ANY_LETTERS | ONE_LETTER | OPTIONAL_LETTER => ' ',
            other => other,
        });
    }
}

/// Returns the words of a marked text as slots.
pub(super) fn slots(marked: &str, forms: Forms) -> Result<Vec<Slot>, QueryProblem> {
    let mut slots = Vec::new();
    let mut after_ideograph = false;
    for word in words(marked) {
        // A star after a character that is a word by itself adds nothing: `北*` is `北`.
        let touches =
            after_ideograph && marked[..word.span.start].ends_with(|c: char| !c.is_whitespace());
        after_ideograph = word.kind == WordKind::Ideographic;
        if touches && word.text.chars().all(|letter| letter == ANY_LETTERS) {
            continue;
        }
        slots.push(slot(word.text, forms)?);
    }
    Ok(slots)
}

fn slot(word: &str, forms: Forms) -> Result<Slot, QueryProblem> {
    if word.chars().all(|letter| letter == ANY_LETTERS) {
        return Ok(Slot::Any);
    }
    if let Some(pattern) = Wildcard::of_marked_word(word) {
        if pattern.fixed_letters() < MIN_FIXED_LETTERS {
            return Err(QueryProblem::ShortPattern { pattern: pattern.to_string() });
        }
        return Ok(Slot::Term(Term::Wildcard(pattern)));
    }
    Ok(Slot::Term(match forms {
        Forms::Stems => Term::Stem(word.to_owned()),
        Forms::Exact => Term::Exact(word.to_owned()),
    }))
}

/// Returns the slots of the inside of a phrase: words, `{stems}`, `(a|b c)`, `*` and patterns.
pub(super) fn phrase_slots(text: &str) -> Result<Vec<Slot>, QueryProblem> {
    let mut slots_found = Vec::new();
    let mut forms = Forms::Exact;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['{', '}', '(']).unwrap_or(rest.len());
        slots_found.extend(slots(&mark_signs(&rest[..end], Signs::All)?, forms)?);
        rest = &rest[end..];
        match rest.chars().next() {
            Some('{') => forms = Forms::Stems,
            Some('}') => forms = Forms::Exact,
            Some(_) => {
                if let Some(close) = rest.find(')') {
                    slots_found.extend(group(&rest[1..close], forms)?);
                    rest = &rest[close + 1..];
                    continue;
                }
            }
            None => break,
        }
        rest = &rest[1..];
    }
    Ok(slots_found)
}

/// Returns the alternatives of a group of a phrase; one alternative is just its words.
fn group(inside: &str, outer: Forms) -> Result<Vec<Slot>, QueryProblem> {
    let mut alternatives = Vec::new();
    for alternative in inside.split('|') {
        let slots = alternative_slots(alternative, outer)?;
        if slots.is_empty() && inside.contains('|') {
            return Err(QueryProblem::Empty("bars of a group"));
        }
        let at_edge = slots.first() == Some(&Slot::Any) || slots.last() == Some(&Slot::Any);
        if at_edge && inside.contains('|') {
            return Err(QueryProblem::EdgeGap);
        }
        if !alternatives.contains(&slots) {
            alternatives.push(slots);
        }
    }
    if alternatives.len() == 1 {
        return Ok(alternatives.swap_remove(0));
    }
    Ok(vec![Slot::Group(alternatives)])
}

/// Returns the slots of an alternative, in which braces may change the forms of words.
fn alternative_slots(text: &str, outer: Forms) -> Result<Vec<Slot>, QueryProblem> {
    let mut found = Vec::new();
    let mut forms = outer;
    for part in text.split_inclusive(['{', '}']) {
        let plain = part.trim_end_matches(['{', '}']);
        found.extend(slots(&mark_signs(plain, Signs::All)?, forms)?);
        match part.chars().next_back() {
            Some('{') => forms = Forms::Stems,
            Some('}') => forms = outer,
            _ => {}
        }
    }
    Ok(found)
}

/// What a bare word without white space looks for.
pub(super) struct BareWord<'text> {
    /// The text without what follows it.
    pub(super) text: &'text str,
    /// The number of edits after `~`.
    pub(super) distance: Option<u8>,
    /// The `^2` that was cut off.
    pub(super) boost: Option<&'text str>,
}

/// Splits `word~1^2` into its parts.
pub(super) fn split_bare_word(word: &str) -> Result<BareWord<'_>, QueryProblem> {
    let (word, boost) = match word.rfind('^') {
        Some(at)
            if at > 0
                && at + 1 + boost_length(&word[at + 1..]) == word.len()
                && at + 1 < word.len() =>
        {
            (&word[..at], Some(&word[at..]))
        }
        _ => (word, None),
    };
    let plain = BareWord { text: word, distance: None, boost };
    let Some((text, digits)) = word.rsplit_once('~') else { return Ok(plain) };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_number || !text.contains(is_word_letter) {
        return Ok(plain);
    }
    let distance = match digits {
        // Lucene's default.
        "" | "2" => 2,
        "1" => 1,
        _ => {
            let typed = word.to_owned();
            return Err(QueryProblem::OutOfBounds { typed, what: "edits", least: 1, most: 2 });
        }
    };
    Ok(BareWord { text, distance: Some(distance), boost })
}

/// Returns the fuzzy term of `text`, which must be one plain word.
pub(super) fn fuzzy_term(text: &str, distance: u8) -> Result<Term, QueryProblem> {
    let marked = mark_signs(text, Signs::All)?;
    let mut found = words(&marked);
    match (found.next(), found.next()) {
        (Some(word), None) if word.kind == WordKind::Alphabetic && !is_marked(word.text) => {
            Ok(Term::Fuzzy { word: word.text.to_owned(), distance })
        }
        _ => Err(QueryProblem::NotFuzzy { typed: format!("{text}~{distance}") }),
    }
}

/// Returns the stretch of `text` from the first of its words to the last; empty when it has none.
pub(super) fn trim_to_words(text: &str) -> &str {
    let mut found = words(text);
    let Some(first) = found.next() else { return "" };
    let last = found.last().unwrap_or(first);
    &text[first.span.start..last.span.end]
}

/// Tells whether `text`, typed as it is, is looked for as plain text.
pub(super) fn is_plain_text(text: &str) -> bool {
    let is_unsigned = mark_signs(text, Signs::All).is_ok_and(|marked| marked == text);
    let is_bare = split_bare_word(text).is_ok_and(|bare| bare.text == text);
    is_unsigned && is_bare && trim_to_words(text) == text && is_text(text)
}
