//! Concordances: every match with the words around it, a line each.

use super::Hit;
use crate::article::MentionField;
use crate::text::{fold, join_neighbours, words};

/// How the lines of a concordance are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConcordanceOrder {
    /// That of the hits, and within a hit that of the text.
    #[default]
    Text,
    /// By the words before the match, the nearest first.
    Left,
    /// By the words after the match.
    Right,
}

/// A match with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceLine {
    /// Whether it stands in the headline or in the body.
    pub field: MentionField,
    /// Its first character there.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// What stands before it.
    pub left: String,
    /// The match; matches that stand side by side are one.
    pub keyword: String,
    /// What stands after it.
    pub right: String,
}

/// Returns the lines of a hit, in the order of its text, with `width` characters on either side.
pub fn concordance(hit: &Hit, width: usize) -> Vec<ConcordanceLine> {
    let fields = [
        (MentionField::Title, hit.article.title_text(), &hit.title_highlights),
        (MentionField::Body, hit.article.body.as_str(), &hit.body_highlights),
    ];
    let mut lines = Vec::new();
    for (field, text, highlights) in fields {
        let (mut byte, mut character) = (0, 0);
        for span in join_neighbours(text, highlights) {
            let start = character + text[byte..span.start].chars().count();
            let end = start + span.of(text).chars().count();
            (byte, character) = (span.end, end);
            lines.push(ConcordanceLine {
                field,
                start,
                end,
                left: left_of(text, span.start, width),
                keyword: one_line(span.of(text)),
                right: right_of(text, span.end, width),
            });
        }
    }
    lines
}

/// Puts lines in order; those that are equal by it stay in theirs.
pub fn sort_concordance<T>(
    lines: &mut [T],
    order: ConcordanceOrder,
    line_of: impl Fn(&T) -> &ConcordanceLine,
) {
    match order {
        ConcordanceOrder::Text => {}
        ConcordanceOrder::Left => lines.sort_by_cached_key(|line| {
            let line = line_of(line);
            let mut before = folded_words(&line.left);
            before.reverse();
            (before, folded_words(&line.keyword))
        }),
        ConcordanceOrder::Right => lines.sort_by_cached_key(|line| {
            let line = line_of(line);
            (folded_words(&line.right), folded_words(&line.keyword))
        }),
    }
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|word| fold(word.text)).collect()
}

/// Returns the last whole words before `end` that fit.
fn left_of(text: &str, end: usize, width: usize) -> String {
    let before = &text[..end];
    let Some((from, _)) = before.char_indices().rev().take(width).last() else {
        return String::new();
    };
    let is_cut = before[..from].chars().next_back().is_some_and(|letter| !letter.is_whitespace());
    let mut context = &before[from..];
    if is_cut && let Some(space) = context.find(char::is_whitespace) {
        context = &context[space..];
    }
    one_line(context)
}

/// Returns the first whole words from `start` on that fit.
fn right_of(text: &str, start: usize, width: usize) -> String {
    let after = &text[start..];
    let Some((until, next)) = after.char_indices().nth(width) else { return one_line(after) };
    let mut context = &after[..until];
    if !next.is_whitespace()
        && let Some(space) = context.rfind(char::is_whitespace)
    {
        context = &context[..space];
    }
    one_line(context)
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_whole_words_of_one_line() {
        let text = "The ministers spoke of security\n\nguarantees for all.";
        let at = text.find("security").expect("it is there");
        assert_eq!(left_of(text, at, 10), "spoke of");
        assert_eq!(left_of(text, at, 100), "The ministers spoke of");
        assert_eq!(right_of(text, at + 8, 14), "guarantees");
        assert_eq!(right_of(text, at + 8, 100), "guarantees for all.");
    }

    #[test]
    fn lines_are_sorted_by_the_words_next_to_the_match() {
        let line = |left: &str, right: &str| ConcordanceLine {
            field: MentionField::Body,
            start: 0,
            end: 1,
            left: left.to_owned(),
            keyword: "oil".to_owned(),
            right: right.to_owned(),
        };
        let mut lines = [line("a z", "Prices fell"), line("b y", "exports"), line("y", "a")];
        sort_concordance(&mut lines, ConcordanceOrder::Left, |line| line);
        assert_eq!(lines.each_ref().map(|line| line.left.as_str()), ["y", "b y", "a z"]);
        sort_concordance(&mut lines, ConcordanceOrder::Right, |line| line);
        assert_eq!(
            lines.each_ref().map(|line| line.right.as_str()),
            ["a", "exports", "Prices fell"]
        );
    }
}
