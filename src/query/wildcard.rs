//! Truncation: patterns that stand for the written forms of a word.
//!
//! `*` is any number of letters, `?` is one letter, `$3` up to three. A letter here is any character
//! of an exact form (see [`Analyzer`](crate::text::Analyzer)), digits included.

use crate::text::{Analyzer, Language, is_word_letter, words};

/// Letters that no text is written in (for the inscriptions of the Romans). They stand in for the
/// signs while a pattern is cut into words and folded, so that patterns and texts are read alike.
pub(super) const ANY_LETTERS: char = '\u{a7f7}';
pub(super) const ONE_LETTER: char = '\u{a7fb}';
pub(super) const OPTIONAL_LETTER: char = '\u{a7fc}';

/// The fewest fixed letters of a pattern; with fewer it would stand for half the dictionary.
pub(super) const MIN_FIXED_LETTERS: usize = 2;

/// A pattern over the written forms of a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wildcard {
    /// The parts in order; neighbours are never both `Letters`.
    parts: Vec<WildcardPart>,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WildcardPart {
    /// These letters, folded.
    Letters(String),
    /// Any number of letters.
    Any,
    /// Exactly one letter.
    One,
    /// So many letters at most.
    UpTo(u32),
}

impl Wildcard {
    /// Returns the pattern of a word in which stand-ins mark the signs, or `None` when it has none.
    pub(super) fn of_marked_word(word: &str) -> Option<Self> {
        if !is_marked(word) {
            return None;
        }
        let mut analyzer = Analyzer::new(Language::ENGLISH);
        let (folded, _) = analyzer.terms(word);
        let mut parts = Vec::new();
        for letter in folded.chars() {
            let can_be_typed = word.contains(letter) || stands_in_words(letter);
            push_letter(&mut parts, if can_be_typed { letter } else { ANY_LETTERS });
        }
        Some(Self { parts })
    }

    /// Returns the parts in order.
    pub fn parts(&self) -> &[WildcardPart] {
        &self.parts
    }

    /// Returns the letters before the first sign, folded.
    pub fn prefix(&self) -> &str {
        match self.parts.first() {
            Some(WildcardPart::Letters(letters)) => letters,
            _ => "",
        }
    }

    /// Returns the number of letters that are fixed.
    pub(super) fn fixed_letters(&self) -> usize {
        let count = |part: &WildcardPart| match part {
            WildcardPart::Letters(letters) => {
                letters.chars().filter(|letter| letter.is_alphanumeric()).count()
            }
            _ => 0,
        };
        self.parts.iter().map(count).sum()
    }

    /// Tells whether the pattern matches the whole of an exact form.
    ///
    /// Costs at most the length of the form times the number of parts.
    pub fn matches(&self, exact: &str) -> bool {
        let letters: Vec<char> = exact.chars().collect();
        // The number of letters consumed so far, as a set.
        let mut reached = vec![false; letters.len() + 1];
        reached[0] = true;
        for part in &self.parts {
            reached = step(part, &letters, &reached);
        }
        reached[letters.len()]
    }

    /// Returns the pattern as a regular expression over whole exact forms, without anchors.
    pub fn to_regex(&self) -> String {
        let mut pattern = String::new();
        for part in &self.parts {
            match part {
                WildcardPart::Letters(letters) => pattern.push_str(&regex::escape(letters)),
                WildcardPart::Any => pattern.push_str(".*"),
                WildcardPart::One => pattern.push('.'),
                WildcardPart::UpTo(count) => pattern.push_str(&".?".repeat(*count as usize)),
            }
        }
        pattern
    }
}

impl std::fmt::Display for Wildcard {
    /// Writes the pattern as it is typed.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.parts {
            match part {
                WildcardPart::Letters(letters) => formatter.write_str(letters)?,
                WildcardPart::Any => formatter.write_str("*")?,
                WildcardPart::One => formatter.write_str("?")?,
                WildcardPart::UpTo(count) => write!(formatter, "${count}")?,
            }
        }
        Ok(())
    }
}

/// Tells whether stand-ins mark signs in `text`.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains([ANY_LETTERS, ONE_LETTER, OPTIONAL_LETTER])
}

/// Tells whether a character can be typed in the middle of a word. What folding makes of signs may not
/// be: ⑹ becomes (6), and 〹 an ideograph.
fn stands_in_words(letter: char) -> bool {
    if !is_word_letter(letter) {
        return letter == '\'';
    }
    let inside = format!("a{letter}a");
    words(&inside).next().is_some_and(|word| word.text == inside)
}

fn push_letter(parts: &mut Vec<WildcardPart>, letter: char) {
    match (letter, parts.last_mut()) {
        (ANY_LETTERS, Some(WildcardPart::Any)) => {}
        (ANY_LETTERS, _) => parts.push(WildcardPart::Any),
        (ONE_LETTER, _) => parts.push(WildcardPart::One),
        (OPTIONAL_LETTER, Some(WildcardPart::UpTo(count))) => *count += 1,
        (OPTIONAL_LETTER, _) => parts.push(WildcardPart::UpTo(1)),
        (letter, Some(WildcardPart::Letters(letters))) => letters.push(letter),
        (letter, _) => parts.push(WildcardPart::Letters(letter.to_string())),
    }
}

fn step(part: &WildcardPart, letters: &[char], reached: &[bool]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    for at in (0..reached.len()).filter(|at| reached[*at]) {
        match part {
            WildcardPart::Letters(fixed) => {
                let end = at + fixed.chars().count();
                if end < next.len() && fixed.chars().eq(letters[at..end].iter().copied()) {
                    next[end] = true;
                }
            }
            WildcardPart::Any => {
                next[at..].fill(true);
                break;
            }
            WildcardPart::One => {
                if let Some(place) = next.get_mut(at + 1) {
                    *place = true;
                }
            }
            WildcardPart::UpTo(count) => {
                let last = (at + *count as usize).min(next.len() - 1);
                next[at..=last].fill(true);
            }
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(typed: &str) -> Wildcard {
        let marked = typed.replace('*', "\u{a7f7}").replace('?', "\u{a7fb}");
        let marked = marked.replace("$2", "\u{a7fc}\u{a7fc}");
        Wildcard::of_marked_word(&marked).expect("the word has a sign")
    }

    #[test]
    fn signs_stand_for_letters() {
        let cases = [
            ("guarant*", "guarantees", true),
            ("guarant*", "guarant", true),
            ("guarant*", "warrant", false),
            ("*ation", "nation", true),
            ("*ation", "nations", false),
            ("wom?n", "women", true),
            ("wom?n", "womn", false),
            ("guarant$2", "guarantee", true),
            ("guarant$2", "guarant", true),
            ("guarant$2", "guarantees", false),
            ("c*r*t*", "corridor talks", true),
            ("Łó*", "lodz", true),
            ("U.S.*", "usa", true),
        ];
        for (typed, word, matches) in cases {
            let pattern = pattern(typed);
            assert_eq!(pattern.matches(word), matches, "{typed} {word}");
            let regex = format!("^(?:{})$", pattern.to_regex());
            assert_eq!(regex::Regex::new(&regex).unwrap().is_match(word), matches, "{regex}");
        }
    }

    #[test]
    fn patterns_print_as_typed() {
        for typed in ["guarant*", "wom?n", "guarant$2", "*ation", "a*b?c"] {
            assert_eq!(pattern(typed).to_string(), typed);
        }
        assert_eq!(pattern("guarant*").prefix(), "guarant");
        assert_eq!(pattern("a*b?").fixed_letters(), 2);
    }
}
