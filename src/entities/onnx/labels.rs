//! The labels of a model, and the names that a row of labels marks.
//!
//! Models say where a name begins and ends in several ways: BIO, IOB, BILOU, BIOES, BMES, or not at all.
//! They agree where it matters, so one reading serves all: a name begins where its label says so or
//! where none of its kind is open, and ends where its label says so or another begins.

use crate::article::EntityKind;
use crate::entities::tagger::Name;

/// What a label says of a word that is part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    kind: EntityKind,
    part: Part,
}

/// Which part of a name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The first: a name begins here even right behind another of its kind.
    First,
    /// Any.
    Inside,
    /// The last: what follows is another name.
    Last,
    /// The only one.
    Only,
}

/// The words that models have for the kinds; all others (MISC, DATE, ...) are no names here.
const KINDS: &[(&str, EntityKind)] = &[
    ("PER", EntityKind::Person),
    ("PERS", EntityKind::Person),
    ("PERSON", EntityKind::Person),
    ("ORG", EntityKind::Organization),
    ("ORGANIZATION", EntityKind::Organization),
    ("ORGANISATION", EntityKind::Organization),
    ("CORPORATION", EntityKind::Organization),
    ("COMPANY", EntityKind::Organization),
    ("LOC", EntityKind::Place),
    ("LOCATION", EntityKind::Place),
    ("GPE", EntityKind::Place),
    ("PLACE", EntityKind::Place),
    ("FAC", EntityKind::Place),
    ("FACILITY", EntityKind::Place),
];

impl Label {
    /// Returns what the label called `name` means: `B-PER`, `I_LOC`, `person`. `None` for the label of
    /// what is no name, and for names of other kinds.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (part, kind) = match name.split_once(['-', '_']) {
            Some((part, kind)) => (Part::parse(part)?, kind),
            None => (Part::Inside, name),
        };
        let (_, kind) = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(kind))?;
        Some(Self { kind: *kind, part })
    }

    /// Returns the same inside the name.
    pub(super) fn continued(self) -> Self {
        Self { part: Part::Inside, ..self }
    }
}

impl Part {
    fn parse(letter: &str) -> Option<Self> {
        match letter {
            "B" => Some(Self::First),
            "I" | "M" => Some(Self::Inside),
            "L" | "E" => Some(Self::Last),
            "U" | "S" => Some(Self::Only),
            _ => None,
        }
    }
}

/// Appends the names that the labels of the tokens from `first` on mark; the tokens are those of one
/// sentence.
pub(super) fn read_names(
    first: usize,
    labels: impl Iterator<Item = Option<Label>>,
    names: &mut Vec<Name>,
) {
    let mut open: Option<Name> = None;
    for (at, label) in (first..).zip(labels) {
        let Some(Label { kind, part }) = label else {
            names.extend(open.take());
            continue;
        };
        let begins =
            matches!(part, Part::First | Part::Only) || open.is_none_or(|name| name.kind != kind);
        if begins {
            names.extend(open.take());
        }
        let start = open.map_or(at, |name| name.start);
        open = Some(Name { kind, start, end: at + 1 });
        if matches!(part, Part::Last | Part::Only) {
            names.extend(open.take());
        }
    }
    names.extend(open);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(labels: &str) -> Vec<(EntityKind, usize, usize)> {
        let mut names = Vec::new();
        read_names(10, labels.split(' ').map(Label::parse), &mut names);
        names.iter().map(|name| (name.kind, name.start, name.end)).collect()
    }

    #[test]
    fn all_ways_to_mark_names_are_read() {
        use EntityKind::{Organization, Person, Place};
        let two_people = [(Person, 10, 12), (Person, 12, 13), (Place, 14, 15)];
        for labels in [
            "B-PER I-PER B-PER O B-LOC",
            "I-PER I-PER B-PER O I-LOC",
            "B-PER L-PER U-PER O U-GPE",
            "B-PERSON E-PERSON S-PERSON O S-FAC",
            "B_pers I_pers B_pers O place",
            "I-PER L-PER I-PER B-MISC I-LOC",
        ] {
            assert_eq!(read(labels), two_people, "{labels}");
        }
        assert_eq!(read("PER PER O ORG"), [(Person, 10, 12), (Organization, 13, 14)]);
        assert_eq!(
            read("B-ORG I-PER I-ORG"),
            [(Organization, 10, 11), (Person, 11, 12), (Organization, 12, 13)]
        );
        assert_eq!(read("B-ORG B-MISC I-MISC O"), [(Organization, 10, 11)]);
    }

    #[test]
    fn what_is_no_label_of_a_name_is_none() {
        for name in ["O", "", "B-MISC", "LABEL_1", "X-PER", "-PER", "B-", "DATE", "B", "PER-B"] {
            assert_eq!(Label::parse(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn names_are_in_order_and_apart(
            labels in prop::collection::vec("O|[BILU]-(PER|ORG|LOC|MISC)|PER", 0..30)
        ) {
            let mut names = Vec::new();
            read_names(3, labels.iter().map(|label| Label::parse(label)), &mut names);
            let mut last = 3;
            for name in &names {
                prop_assert!(last <= name.start && name.start < name.end);
                last = name.end;
            }
            prop_assert!(last <= 3 + labels.len());
            let covered: usize = names.iter().map(|name| name.end - name.start).sum();
            let marked = labels.iter().filter(|label| Label::parse(label).is_some()).count();
            prop_assert_eq!(covered, marked);
        }
    }
}
