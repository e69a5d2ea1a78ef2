//! Reading a table of names where it lies, without a copy.
//!
//! The table is flat (a few long strings and arrays of numbers), and nothing of it is read before it
//! is asked for: a search of a few milliseconds opens the table of an archive of a million names.
//! The price: that a table holds together is only looked at in outline when it is opened. One that
//! was damaged since gives wrong names then, never a panic, and [`NameTable::verify`] finds it.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use memchr::memmem;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::build::table_bytes;
use super::{EntityForm, EntityId, EntityRow, FormRow, MergeReason, NameCount, Standing};
use crate::article::EntityKind;

/// Opens every stored table; the number changes with its form.
pub(super) const MAGIC: &[u8; 8] = b"mrgNAM03";

/// Stands for the entity of a name that is none.
pub(super) const NO_ENTITY: u32 = u32::MAX;

/// Stands in a slot that no name has.
pub(super) const EMPTY_SLOT: u32 = u32::MAX;

/// A stored table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a table of names that this version reads, or a damaged one")]
pub struct NameTableError;

/// Which names of an archive are one entity, and what it is called.
#[derive(Clone)]
pub struct NameTable {
    bytes: Arc<dyn Deref<Target = [u8]> + Send + Sync>,
    /// Where each section lies in the bytes, by the number of the section.
    sections: [(usize, usize); SECTIONS],
}

/// Sections that hold strings; the section after each holds where they end.
const FORMS: usize = 0;
/// The exact forms of the words of each name, a space between them.
const FOLDED: usize = 2;
const THROUGH: usize = 4;
const CANONICAL: usize = 6;
/// The identifiers of each entity: `scheme=value`, one a line.
const IDENTIFIERS: usize = 8;
const KINDS: usize = 10;
const REASONS: usize = 11;
const ENTITY_KINDS: usize = 12;
const COUNTS: usize = 13;
const ENTITIES: usize = 14;
/// The names by entity, and where those of each entity start.
const BY_ENTITY: usize = 15;
const ENTITY_STARTS: usize = 16;
/// The names by the hash of each: an open-addressing table with linear probing.
const SLOTS: usize = 17;
const SECTIONS: usize = 18;

impl NameTable {
    /// Returns the table of these entities and names.
    ///
    /// Entities must come in the order in which they are to be numbered; names come in any order,
    /// each once for a kind.
    pub fn new(entities: &[EntityRow], forms: Vec<FormRow>) -> Self {
        Self::from_bytes(table_bytes(entities, forms)).expect("a table as written here")
    }

    /// Reads a table that [`NameTable::as_bytes`] gave; the bytes are kept and read when needed.
    ///
    /// # Errors
    /// When the bytes are not such a table, or parts of it are missing.
    pub fn from_bytes(
        bytes: impl Deref<Target = [u8]> + Send + Sync + 'static,
    ) -> Result<Self, NameTableError> {
        let sections = sections(&bytes).ok_or(NameTableError)?;
        let table = Self { bytes: Arc::new(bytes), sections };
        if table.is_complete() { Ok(table) } else { Err(NameTableError) }
    }

    /// Returns the table as bytes; equal tables give equal bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads the whole table and tells whether it holds together.
    ///
    /// # Errors
    /// When it does not: its file was damaged.
    pub fn verify(&self) -> Result<(), NameTableError> {
        let below = |section, limit: usize| self.numbers(section).all(|n| (n as usize) < limit);
        let (forms, entities) = (self.form_count(), self.len());
        let kinds = self.section(KINDS);
        let sound = [FORMS, FOLDED, THROUGH, CANONICAL, IDENTIFIERS]
            .into_iter()
            .all(|section| self.strings(section).hold_together())
            && self.numbers(ENTITY_STARTS).is_sorted()
            && kinds.is_sorted()
            && below(ENTITY_STARTS, self.numbers(BY_ENTITY).len() + 1)
            && below(BY_ENTITY, forms)
            && self.numbers(ENTITIES).all(|n| n == NO_ENTITY || (n as usize) < entities)
            && kinds.iter().chain(self.section(ENTITY_KINDS)).all(|kind| usize::from(*kind) < 3)
            && self.section(REASONS).iter().all(|n| usize::from(*n) < MergeReason::ALL.len())
            && (0..forms).all(|form| {
                let name = self.form(form);
                self.form_of(name.kind, name.name) == Some(form)
            });
        if sound { Ok(()) } else { Err(NameTableError) }
    }

    /// Tells whether all sections are as long as they must be.
    fn is_complete(&self) -> bool {
        let (forms, entities) = (self.form_count(), self.len());
        let whole = [COUNTS, ENTITIES, BY_ENTITY, ENTITY_STARTS, SLOTS, FORMS + 1, CANONICAL + 1];
        whole.into_iter().all(|section| self.section(section).len().is_multiple_of(4))
            && [FOLDED, THROUGH].into_iter().all(|section| self.strings(section).len() == forms)
            && self.strings(IDENTIFIERS).len() == entities
            && [KINDS, REASONS].into_iter().all(|section| self.section(section).len() == forms)
            && self.section(ENTITY_KINDS).len() == entities
            && [COUNTS, ENTITIES].into_iter().all(|section| self.numbers(section).len() == forms)
            && self.numbers(ENTITY_STARTS).len() == entities + 1
            && self.numbers(SLOTS).len() == slot_count(forms)
    }

    /// Returns what the table says of a name of this kind.
    pub fn standing(&self, kind: EntityKind, name: &str) -> Standing {
        match self.form_of(kind, name) {
            None => Standing::Unknown,
            Some(form) => self.entity_number(form).map_or(Standing::NoEntity, Standing::Entity),
        }
    }

    /// Returns the number of entities.
    pub fn len(&self) -> usize {
        self.strings(CANONICAL).len()
    }

    /// Tells whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the canonical name of an entity of this table.
    pub fn name(&self, entity: EntityId) -> &str {
        self.strings(CANONICAL).get(entity.0 as usize)
    }

    /// Returns the kind of an entity of this table.
    pub fn kind(&self, entity: EntityId) -> EntityKind {
        self.kind_at(ENTITY_KINDS, entity.0 as usize)
    }

    /// Returns the identifiers of an entity, as scheme and value.
    pub fn identifiers(&self, entity: EntityId) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.strings(IDENTIFIERS).get(entity.0 as usize).lines();
        lines.filter_map(|line| line.split_once('='))
    }

    /// Returns the names of an entity, in order of kind and name.
    pub fn forms(&self, entity: EntityId) -> impl Iterator<Item = EntityForm<'_>> {
        let place = entity.0 as usize;
        let (start, end) =
            (self.number(ENTITY_STARTS, place), self.number(ENTITY_STARTS, place + 1));
        let forms = (start as usize)..(end as usize).min(self.numbers(BY_ENTITY).len());
        forms.map(|at| self.form(self.number(BY_ENTITY, at) as usize))
    }

    /// Returns all entities in order.
    pub fn iter(&self) -> impl Iterator<Item = EntityId> {
        (0..self.len()).map(|place| EntityId(place as u32))
    }

    /// Returns the names of a kind, in order, with the entity of each; `None` for one that is none.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = (&str, Option<EntityId>)> + '_ {
        let kinds = self.section(KINDS);
        let start = kinds.partition_point(|other| *other < kind as u8);
        let end = kinds.partition_point(|other| *other <= kind as u8);
        (start..end).map(|form| (self.strings(FORMS).get(form), self.entity_number(form)))
    }

    /// Returns the names that articles have, those that are no entities among them, with the number
    /// of articles of each.
    pub fn occurring(&self) -> impl Iterator<Item = NameCount> + '_ {
        let forms = (0..self.form_count()).map(|form| self.form(form));
        forms.filter(|form| form.count > 0).map(|form| NameCount {
            kind: form.kind,
            name: form.name.to_owned(),
            count: form.count,
        })
    }

    /// Calls `found` with the folded words of each name (exact forms as
    /// [`Analyzer`](crate::text::Analyzer) makes them, a space between two) and its entity; only of
    /// names that hold `literal`, where one is given.
    pub fn for_each_folded(&self, literal: Option<&str>, mut found: impl FnMut(&str, EntityId)) {
        let folded = self.strings(FOLDED);
        let mut tell = |form| {
            if let Some(entity) = self.entity_number(form) {
                found(folded.get(form), entity);
            }
        };
        let Some(literal) = literal.filter(|literal| !literal.is_empty()) else {
            (0..folded.len()).for_each(tell);
            return;
        };
        let mut last = usize::MAX;
        for at in memmem::find_iter(folded.text, literal) {
            let form = folded.place_at(at);
            if form != last {
                last = form;
                tell(form);
            }
        }
    }

    fn form(&self, form: usize) -> EntityForm<'_> {
        let reason = self.section(REASONS).get(form).copied().unwrap_or_default();
        EntityForm {
            kind: self.kind_at(KINDS, form),
            name: self.strings(FORMS).get(form),
            count: u64::from(self.number(COUNTS, form)),
            reason: *MergeReason::ALL.get(usize::from(reason)).unwrap_or(&MergeReason::Own),
            through: self.strings(THROUGH).get(form),
        }
    }

    fn form_of(&self, kind: EntityKind, name: &str) -> Option<usize> {
        let slots = self.section(SLOTS).as_chunks().0;
        let names = self.strings(FORMS);
        for slot in probed_slots(kind, name, slots.len()) {
            match u32::from_le_bytes(slots[slot]) {
                EMPTY_SLOT => return None,
                form => {
                    let form = form as usize;
                    if names.bytes(form) == name.as_bytes() && self.kind_at(KINDS, form) == kind {
                        return Some(form);
                    }
                }
            }
        }
        None
    }

    fn entity_number(&self, form: usize) -> Option<EntityId> {
        let entity = self.number(ENTITIES, form);
        (entity != NO_ENTITY).then_some(EntityId(entity))
    }

    fn form_count(&self) -> usize {
        self.strings(FORMS).len()
    }

    fn section(&self, section: usize) -> &[u8] {
        let (start, end) = self.sections[section];
        &self.bytes[start..end]
    }

    fn strings(&self, section: usize) -> Strings<'_> {
        let ends = self.section(section + 1).as_chunks().0;
        Strings { text: self.section(section), ends }
    }

    fn numbers(&self, section: usize) -> impl ExactSizeIterator<Item = u32> {
        self.section(section).as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Returns a number of a section; where a damaged table has none, the largest.
    fn number(&self, section: usize, at: usize) -> u32 {
        let numbers = self.section(section).as_chunks().0;
        numbers.get(at).map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes))
    }

    /// Returns a kind of a section; where a damaged table has none, the first.
    fn kind_at(&self, section: usize, at: usize) -> EntityKind {
        let number = self.section(section).get(at).copied().unwrap_or_default();
        *EntityKind::ALL.get(usize::from(number)).unwrap_or(&EntityKind::ALL[0])
    }
}

impl Default for NameTable {
    fn default() -> Self {
        Self::new(&[], Vec::new())
    }
}

impl fmt::Debug for NameTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = (self.form_count(), self.len());
        write!(formatter, "NameTable({} names, {} entities)", counts.0, counts.1)
    }
}

/// Returns the number of slots for so many names: a power of two, so that at most two thirds are
/// taken.
pub(super) fn slot_count(names: usize) -> usize {
    (names + names / 2 + 1).next_power_of_two()
}

/// Returns the slots of `count`, a power of two, in which a name may be, in the order in which they
/// are tried.
pub(super) fn probed_slots(
    kind: EntityKind,
    name: &str,
    count: usize,
) -> impl Iterator<Item = usize> {
    let hash = xxh3_64_with_seed(name.as_bytes(), kind as u64) as usize;
    (0..count).map(move |probe| hash.wrapping_add(probe) & (count - 1))
}

/// Returns where each section starts and ends: before each stands its length in bytes.
fn sections(bytes: &[u8]) -> Option<[(usize, usize); SECTIONS]> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut sections = [(0, 0); SECTIONS];
    for section in &mut sections {
        let (length, after) = rest.split_first_chunk()?;
        let (taken, after) =
            after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let end = bytes.len() - after.len();
        *section = (end - taken.len(), end);
        rest = after;
    }
    rest.is_empty().then_some(sections)
}

/// Many strings in one.
#[derive(Clone, Copy)]
struct Strings<'table> {
    text: &'table [u8],
    ends: &'table [[u8; 4]],
}

impl<'table> Strings<'table> {
    fn len(self) -> usize {
        self.ends.len()
    }

    /// Returns a string; where a damaged table has none, an empty one.
    fn get(self, place: usize) -> &'table str {
        std::str::from_utf8(self.bytes(place)).unwrap_or_default()
    }

    fn bytes(self, place: usize) -> &'table [u8] {
        self.range(place).and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    fn range(self, place: usize) -> Option<Range<usize>> {
        let end = |place: usize| self.ends.get(place).map(|end| u32::from_le_bytes(*end) as usize);
        let start = place.checked_sub(1).map_or(Some(0), end)?;
        Some(start..end(place)?)
    }

    /// Returns the place of the string that holds the byte `at` of the text.
    fn place_at(self, at: usize) -> usize {
        self.ends.partition_point(|end| u32::from_le_bytes(*end) as usize <= at)
    }

    fn hold_together(self) -> bool {
        let whole = (0..self.len()).all(|place| {
            let bytes = self.range(place).and_then(|range| self.text.get(range));
            bytes.is_some_and(|bytes| std::str::from_utf8(bytes).is_ok())
        });
        let last = self.ends.last().map_or(0, |end| u32::from_le_bytes(*end) as usize);
        whole && last == self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{EntityRow, FormRow, MergeReason};
    use EntityKind::{Person, Place};
    use proptest::prelude::*;

    fn table() -> NameTable {
        let entity = |kind, name: &str| EntityRow { kind, name: name.into(), identifiers: vec![] };
        let form = |kind, name: &str, count, entity, reason| FormRow {
            kind,
            name: name.into(),
            count,
            entity,
            reason,
            through: name.into(),
        };
        let lavrov = EntityRow {
            identifiers: vec![("wikidata".into(), "Q58217".into())],
            ..entity(Person, "Sergei Lavrov")
        };
        NameTable::new(
            &[lavrov, entity(Place, "United States")],
            vec![
                form(Place, "U.S.", 5, Some(1), MergeReason::Listed),
                form(Place, "Sergei Lavrov", 1, Some(0), MergeReason::Authority),
                form(Person, "Sergei Lavrov", 3, Some(0), MergeReason::Own),
                form(Person, "Leave a Reply", 2, None, MergeReason::Own),
                form(Place, "USA", 0, Some(1), MergeReason::Listed),
            ],
        )
    }

    #[test]
    fn names_lead_to_entities_and_back() {
        let table = table();
        let Standing::Entity(lavrov) = table.standing(Place, "Sergei Lavrov") else {
            panic!("no entity")
        };
        assert_eq!((table.kind(lavrov), table.name(lavrov)), (Person, "Sergei Lavrov"));
        assert_eq!(table.identifiers(lavrov).collect::<Vec<_>>(), [("wikidata", "Q58217")]);
        assert_eq!(table.forms(lavrov).map(|form| form.count).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(table.standing(Person, "Leave a Reply"), Standing::NoEntity);
        assert_eq!(table.standing(Place, "Leave a Reply"), Standing::Unknown);
        assert_eq!(table.occurring().count(), 4);
    }

    #[test]
    fn names_are_found_by_their_folded_words() {
        let table = table();
        let found = |literal| {
            let mut found = Vec::new();
            table
                .for_each_folded(literal, |words, entity| found.push((words.to_owned(), entity.0)));
            found
        };
        let pairs = |list: &[(&str, u32)]| -> Vec<(String, u32)> {
            list.iter().map(|(words, entity)| ((*words).to_owned(), *entity)).collect()
        };
        assert_eq!(found(Some("lavrov")), pairs(&[("sergei lavrov", 0), ("sergei lavrov", 0)]));
        assert_eq!(found(Some("us")), pairs(&[("us", 1), ("usa", 1)]));
        assert_eq!(found(None).len(), 4);
    }

    #[test]
    fn tables_round_trip() {
        for table in [table(), NameTable::default(), NameTable::new(&[], Vec::new())] {
            let stored = table.as_bytes().to_vec();
            let read = NameTable::from_bytes(stored).expect("a table");
            assert_eq!(read.verify(), Ok(()));
            assert_eq!(read.as_bytes(), table.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn damaged_tables_are_refused(cut in 0..400_usize, flip in 0..400_usize) {
            let bytes = table().as_bytes().to_vec();
            let cut = cut.min(bytes.len() - 1);
            prop_assert!(NameTable::from_bytes(bytes[..cut].to_vec()).is_err());
            let mut flipped = bytes.clone();
            flipped[flip % bytes.len()] ^= 0x81;
            // Whatever it reads as, using it must not panic.
            if let Ok(table) = NameTable::from_bytes(flipped) {
                let _ = table.verify();
                for entity in table.iter() {
                    table.name(entity);
                    table.kind(entity);
                    table.identifiers(entity).count();
                    table.forms(entity).count();
                }
                table.standing(Person, "Sergei Lavrov");
                table.of_kind(Place).count();
                table.occurring().count();
                table.for_each_folded(Some("lavrov"), |_, _| ());
            }
        }
    }
}
