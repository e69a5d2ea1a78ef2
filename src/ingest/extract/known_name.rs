//! First names and surnames of people: what tells a name that nothing marks from a menu entry, a heading
//! or a kind of story.
//!
//! The lists are those by which entities are found.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::fold;

/// The folded first names.
static FIRST_NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../entities/data/first-names.txt").lines().collect());

/// The folded surnames.
static SURNAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../entities/data/surnames.txt").lines().collect());

/// Tells whether a word is a first name, or several with hyphens between.
pub(super) fn is_first_name(word: &str) -> bool {
    fold(word).split('-').all(|name| FIRST_NAMES.contains(name))
}

/// Tells whether a word is a surname, or has one before or behind a hyphen.
pub(super) fn is_surname(word: &str) -> bool {
    fold(word).split('-').any(|name| SURNAMES.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_several_languages() {
        for name in ["Jane", "JÜRGEN", "Hans-Peter", "Loïc", "Verónica", "Olga"] {
            assert!(is_first_name(name), "{name}");
        }
        for name in ["Smith", "Müller", "Müller-Xyzzy", "Kowalski"] {
            assert!(is_surname(name), "{name}");
        }
        for word in ["News", "Kommentare", "", "-", "Read"] {
            assert!(!is_first_name(word) && !is_surname(word), "{word}");
        }
    }
}
