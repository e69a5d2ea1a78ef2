//! The labels of tokens: where a name of a kind begins, goes on and ends.
//!
//! The scheme is BILOU (Ratinov and Roth, 2009): beginning, inside and last token of a name, outside
//! any, and unit for a name of one token. Besides the three kinds that come out there is a fourth for
//! other names (nationalities, events, works), which keeps them from being taken for one of the three.

use crate::article::EntityKind;

/// The number of labels other than "outside", which has no weights: its score is 0.
pub(crate) const NAMED_LABELS: usize = 16;

/// The number of all labels.
pub(crate) const LABELS: usize = NAMED_LABELS + 1;

/// The label of a token outside any name.
pub(crate) const OUTSIDE: u8 = 16;

/// The scores that a feature gives to the labels other than "outside".
pub(crate) type Row = [i16; NAMED_LABELS];

/// A kind of names, as the tagger tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NameKind {
    Person,
    Organization,
    Place,
    Other,
}

impl NameKind {
    pub(crate) const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];

    /// Returns the kind that comes out, `None` for other names.
    pub(crate) fn entity_kind(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organization => Some(EntityKind::Organization),
            Self::Place => Some(EntityKind::Place),
            Self::Other => None,
        }
    }
}

/// The part of a name that a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Begin,
    Inside,
    Last,
    Unit,
}

/// Returns the label of a part of a name.
pub(crate) fn label(kind: NameKind, part: Part) -> u8 {
    kind as u8 * 4 + part as u8
}

/// Returns the kind and the part of a label, `None` for "outside".
pub(crate) fn parse(label: u8) -> Option<(NameKind, Part)> {
    const PARTS: [Part; 4] = [Part::Begin, Part::Inside, Part::Last, Part::Unit];
    let kind = *NameKind::ALL.get(usize::from(label / 4))?;
    Some((kind, PARTS[usize::from(label % 4)]))
}

/// Tells whether `next` may follow `label` within a sentence.
pub(crate) fn may_follow(label: u8, next: u8) -> bool {
    let (before, after) = (parse(label), parse(next));
    let open = before.filter(|(_, part)| matches!(part, Part::Begin | Part::Inside));
    let goes_on = after.filter(|(_, part)| matches!(part, Part::Inside | Part::Last));
    match (open, goes_on) {
        (None, None) => true,
        (Some((kind, _)), Some((next_kind, _))) => kind == next_kind,
        _ => false,
    }
}

/// Calls `found` with kind, first token and end of every name that the labels of a stretch spell.
pub(crate) fn names(labels: &[u8], mut found: impl FnMut(NameKind, usize, usize)) {
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        match parse(*label) {
            Some((_, Part::Begin)) => start = at,
            Some((kind, Part::Unit)) => found(kind, at, at + 1),
            Some((kind, Part::Last)) => found(kind, start, at + 1),
            Some((_, Part::Inside)) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for number in 0..NAMED_LABELS as u8 {
            let (kind, part) = parse(number).expect("a named label");
            assert_eq!(label(kind, part), number);
        }
        assert_eq!(parse(OUTSIDE), None);
    }

    #[test]
    fn names_are_never_left_open() {
        let begin = label(NameKind::Place, Part::Begin);
        let last = label(NameKind::Place, Part::Last);
        let other = label(NameKind::Person, Part::Last);
        assert!(
            may_follow(begin, last) && !may_follow(begin, OUTSIDE) && !may_follow(begin, other)
        );
        assert!(may_follow(last, begin) && !may_follow(OUTSIDE, last));
    }

    #[test]
    fn names_are_read_off_labels() {
        let labels = [
            label(NameKind::Place, Part::Unit),
            OUTSIDE,
            label(NameKind::Person, Part::Begin),
            label(NameKind::Person, Part::Last),
        ];
        let mut read = Vec::new();
        names(&labels, |kind, start, end| read.push((kind, start, end)));
        assert_eq!(read, [(NameKind::Place, 0, 1), (NameKind::Person, 2, 4)]);
    }
}
