//! The names and words known from the start: places, organizations, first names, surnames,
//! demonyms and common words. Where the lists come from is said in `docs/entities.md`.
//!
//! Names are compared by the folded form of their words, so "Bogotá" is found as "Bogota" and
//! "U.S." as "US"; how a name must be capitalised is the taggers' business. The case that
//! surprises: an acronym of the lists ("US", "WHO") is one only where it is written in capitals.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::lexicon::{Piece, pieces, word_key};
use crate::article::EntityKind;
use crate::text::LetterCase;

/// Every list, with the classes that its names belong to. In the lists of the first group a line
/// is one entity: the name shown, then its other names, separated by " = ".
const ALIAS_LISTS: &[(&str, EntityKind, Classes)] = &[
    (include_str!("data/places.txt"), EntityKind::Place, Classes::PLACE),
    (include_str!("data/country-names.txt"), EntityKind::Place, Classes::COUNTRY),
    (include_str!("data/city-names.txt"), EntityKind::Place, Classes::LARGE_CITY),
    (include_str!("data/organizations.txt"), EntityKind::Organization, Classes::ORGANIZATION),
];

/// The lists with one name a line.
const NAME_LISTS: &[(&str, Classes)] = &[
    (include_str!("data/countries.txt"), Classes::COUNTRY),
    (include_str!("data/regions.txt"), Classes::REGION),
    (include_str!("data/cities-large.txt"), Classes::LARGE_CITY),
    (include_str!("data/cities-small.txt"), Classes::SMALL_CITY),
    (include_str!("data/demonyms.txt"), Classes::DEMONYM),
    (include_str!("data/first-names.txt"), Classes::FIRST_NAME),
    (include_str!("data/surnames.txt"), Classes::SURNAME),
    (include_str!("data/common-words.txt"), Classes::COMMON),
];

/// What is known of a sequence of words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// The lists that hold exactly this sequence.
    classes: Classes,
    /// The position in the table of shown names, from 1; 0 for none.
    shown: u32,
    /// Whether a longer name begins with this sequence.
    pub(crate) goes_on: bool,
    /// The classes that it has only when written in capitals: "us" and "who" are no names.
    capitals_only: Classes,
}

impl Entry {
    /// Returns the classes of the sequence, given whether it is written in capitals.
    pub(crate) fn classes(self, in_capitals: bool) -> Classes {
        if in_capitals { self.classes } else { self.classes.without(self.capitals_only) }
    }
}

/// The lists, ready to be looked up by the keys of words.
pub(crate) struct Gazetteer {
    entries: FxHashMap<u64, Entry>,
    shown: Vec<&'static str>,
    /// The lines of the lists of aliases, by the kind and the name that they show.
    lines: FxHashMap<(EntityKind, &'static str), &'static str>,
}

/// The key of no words, to which [`extend`] adds one after the other.
pub(crate) const EMPTY: u64 = 0;

/// Returns the key of a sequence followed by one more word.
pub(crate) fn extend(sequence: u64, word: u64) -> u64 {
    (sequence.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::build);

impl Gazetteer {
    /// Returns the lists of the program, read on first use (about 20 ms).
    pub(crate) fn get() -> &'static Self {
        &GAZETTEER
    }

    /// Returns what is known of a sequence of words.
    pub(crate) fn entry(&self, sequence: u64) -> Option<Entry> {
        self.entries.get(&sequence).copied()
    }

    /// Returns the name under which the entity of an entry is shown, where the lists say so.
    pub(crate) fn shown_name(&self, entry: Entry) -> Option<&'static str> {
        let position = (entry.shown as usize).checked_sub(1)?;
        self.shown.get(position).copied()
    }

    /// Returns all names of the place or organization that the lists show under this one.
    pub(crate) fn aliases_of(
        &self,
        shown: &str,
        kind: EntityKind,
    ) -> impl Iterator<Item = &'static str> + use<> {
        let line = self.lines.get(&(kind, shown)).copied().unwrap_or_default();
        line.split(" = ").filter(|name| !name.is_empty())
    }

    /// Returns the classes of a whole name, and the name under which its entity is shown.
    pub(crate) fn find(&self, name: &str) -> Option<(Classes, Option<&'static str>)> {
        let key = pieces(name).fold(EMPTY, |key, piece| extend(key, word_key(piece.text)));
        let entry = self.entry(key)?;
        let classes = entry.classes(LetterCase::of(name) == LetterCase::All);
        let shown = self.shown_name(entry).filter(|_| classes.has(Classes::ANY_NAME));
        Some((classes, shown))
    }

    /// Returns the name under which the lists show a place or an organization.
    pub(crate) fn shown_for(&self, name: &str, kind: EntityKind) -> Option<&'static str> {
        let wanted = match kind {
            EntityKind::Person => return None,
            EntityKind::Organization => Classes::ORGANIZATION,
            EntityKind::Place => Classes::ANY_PLACE,
        };
        let (classes, shown) = self.find(name)?;
        shown.filter(|_| classes.has(wanted))
    }

    fn build() -> Self {
        let capacity = NAME_LISTS.iter().map(|(list, _)| list.len() / 8).sum();
        let mut built = Self {
            entries: FxHashMap::with_capacity_and_hasher(capacity, Default::default()),
            shown: Vec::new(),
            lines: FxHashMap::default(),
        };
        for (list, kind, classes) in ALIAS_LISTS {
            for line in lines(list) {
                built.add_aliases(line, *kind, *classes);
            }
        }
        for (list, classes) in NAME_LISTS {
            for name in lines(list) {
                built.add(name, *classes, 0);
            }
        }
        built
    }

    fn add_aliases(&mut self, line: &'static str, kind: EntityKind, classes: Classes) {
        let shown = line.split(" = ").next().unwrap_or(line);
        self.lines.entry((kind, shown)).or_insert(line);
        self.shown.push(shown);
        let position = u32::try_from(self.shown.len()).expect("the lists are short");
        for name in line.split(" = ") {
            self.add(name, classes, position);
        }
    }

    fn add(&mut self, name: &str, classes: Classes, shown: u32) {
        let mut key = EMPTY;
        let mut words = pieces(name).peekable();
        while let Some(Piece { text, .. }) = words.next() {
            key = extend(key, word_key(text));
            let entry = self.entries.entry(key).or_default();
            if words.peek().is_some() {
                entry.goes_on = true;
                continue;
            }
            let new = classes.without(entry.classes);
            if LetterCase::of(name) == LetterCase::All {
                entry.capitals_only |= new;
            } else {
                entry.capitals_only = entry.capitals_only.without(classes);
            }
            entry.classes |= classes;
            if entry.shown == 0 {
                entry.shown = shown;
            }
        }
    }
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_folded_words() {
        let gazetteer = Gazetteer::get();
        let cases = [
            ("U.S.", Some("United States")),
            ("USA", Some("United States")),
            ("Bogota", Some("Bogota")),
            ("North Atlantic Alliance", Some("NATO")),
            ("Perú", Some("Peru")),
            ("Südamerika", Some("South America")),
            ("Corea del Sur", Some("South Korea")),
            ("us", None),
            ("Qwxyz", None),
        ];
        for (name, shown) in cases {
            let found = gazetteer.find(name).and_then(|(_, shown)| shown);
            assert_eq!(found, shown, "{name}");
        }
    }

    #[test]
    fn no_name_of_a_place_is_shown_as_two() {
        let lists = [include_str!("data/country-names.txt"), include_str!("data/city-names.txt")];
        for line in lists.into_iter().flat_map(lines) {
            let shown = line.split(" = ").next();
            for name in line.split(" = ") {
                let found = Gazetteer::get().shown_for(name, EntityKind::Place);
                assert_eq!(found, shown, "{name}");
            }
        }
    }

    #[test]
    fn demonyms_are_not_places() {
        let (classes, _) = Gazetteer::get().find("Russian").expect("a demonym");
        assert!(classes.has(Classes::DEMONYM) && !classes.has(Classes::ANY_PLACE));
    }
}
