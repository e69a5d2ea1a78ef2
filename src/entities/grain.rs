//! Words sorted into kinds, in two grains: what the trained tagger sees of the words around one.

use super::classes::Classes;
use super::lexicon::Shape;

/// The kinds of a word, as numbers that mean nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grain {
    /// Function words stand for themselves, others for their shape and the lists that have them.
    pub(crate) fine: u64,
    /// Words stand for their shape and the more telling lists.
    pub(crate) coarse: u64,
}

impl Grain {
    /// Returns the kinds of a word of this folded form, shape and classes.
    pub(crate) fn of(key: u64, shape: Shape, classes: Classes) -> Self {
        Self { fine: fine(key, shape, classes), coarse: coarse(shape, classes) }
    }
}

/// Makes one number of two, which are not told apart by their order alone.
pub(crate) fn join(one: u64, two: u64) -> u64 {
    (one.rotate_left(21) ^ two).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

fn fine(key: u64, shape: Shape, classes: Classes) -> u64 {
    const LISTS: Classes = Classes::FIRST_NAME
        .or(Classes::SURNAME)
        .or(Classes::DEMONYM)
        .or(Classes::ANY_PLACE)
        .or(Classes::ORGANIZATION)
        .or(Classes::TITLE)
        .or(Classes::HONORIFIC)
        .or(Classes::ORGANIZATION_HEAD)
        .or(Classes::COMPANY_SUFFIX)
        .or(Classes::PLACE_HEAD)
        .or(Classes::CALENDAR)
        .or(Classes::GENERATION)
        .or(Classes::TITLE_MODIFIER)
        .or(Classes::COMMON);
    let function = Classes::FUNCTION.or(Classes::LINK).or(Classes::PARTICLE);
    if shape == Shape::Mark || classes.has(function) {
        return join(key, shape as u64);
    }
    u64::from(classes.bits() & LISTS.bits()) << 8 | shape as u64
}

fn coarse(shape: Shape, classes: Classes) -> u64 {
    let listed = [
        classes.has(Classes::FIRST_NAME),
        classes.has(Classes::SURNAME),
        classes.has(Classes::ANY_PLACE),
        classes.has(Classes::ORGANIZATION),
        classes.has(Classes::TITLE.or(Classes::HONORIFIC)),
        classes.has(Classes::ORGANIZATION_HEAD.or(Classes::COMPANY_SUFFIX)),
        classes.has(Classes::DEMONYM),
        classes.has(Classes::FUNCTION),
    ];
    let bits = listed.iter().fold(0, |bits, is| bits << 1 | u64::from(*is));
    let bits = if shape.is_capitalised() { bits } else { bits & 0b1001 };
    bits << 8 | shape as u64
}
