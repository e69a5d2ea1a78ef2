//! Which names of an archive are one entity: a table, made at a commit and read by every search.
//!
//! Articles keep the names that were resolved within them; this says what entity each of those
//! names belongs to, what the entity is called, and why. Nothing is decided here. The table is flat
//! (a few long strings and arrays), so that a search of a few milliseconds can read the table of a
//! hundred thousand names first. The case that surprises: a name that the table does not have, as in
//! an index whose entities were never looked for, stands for itself.

use std::ops::Range;

use memchr::memmem;

use super::EntityKind;
use crate::text::{Analyzer, Language, words};

/// Opens every stored table; the number changes with its form.
const MAGIC: &[u8; 8] = b"mrgNAM02";

/// Stands for the entity of a name that is none.
const NO_ENTITY: u32 = u32::MAX;

/// The number of an entity in its table. Entities are numbered by kind and canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A distinct name of an archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameCount {
    /// The kind of entity it was found to name.
    pub kind: EntityKind,
    /// The name as resolved within its articles.
    pub name: String,
    /// The number of articles that have it.
    pub count: u64,
}

/// Why a name belongs to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum MergeReason {
    /// It is the name that the others were merged with.
    Own,
    /// An authority file says so.
    Authority,
    /// It differs in case, accents or marks only.
    Folded,
    /// The lists of the program give it as another name.
    Listed,
    /// It is another spelling or transliteration.
    Spelling,
    /// It is the official form of the name of a country.
    OfficialForm,
    /// It says what kind of company it is, or leaves that out.
    CompanyEnding,
    /// It leaves out a middle name or writes its initial only.
    MiddleName,
    /// It has a short form of the first name.
    ShortForm,
    /// It has the initial of the first name only.
    Initial,
    /// It is the surname alone, and nobody else in the archive of that surname comes near.
    Surname,
    /// It is an acronym of the name, and of no other in the archive.
    Acronym,
    /// It is the same name, taken for another kind of entity in a few articles.
    OtherKind,
}

impl MergeReason {
    /// Every reason, in the order of their numbers.
    pub const ALL: [Self; 13] = [
        Self::Own,
        Self::Authority,
        Self::Folded,
        Self::Listed,
        Self::Spelling,
        Self::OfficialForm,
        Self::CompanyEnding,
        Self::MiddleName,
        Self::ShortForm,
        Self::Initial,
        Self::Surname,
        Self::Acronym,
        Self::OtherKind,
    ];

    /// Returns the word that stands for the reason in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Authority => "authority",
            Self::Folded => "folded",
            Self::Listed => "listed",
            Self::Spelling => "spelling",
            Self::OfficialForm => "official-form",
            Self::CompanyEnding => "company-ending",
            Self::MiddleName => "middle-name",
            Self::ShortForm => "short-form",
            Self::Initial => "initial",
            Self::Surname => "surname",
            Self::Acronym => "acronym",
            Self::OtherKind => "other-kind",
        }
    }

    /// Returns the reason in words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Own => "the name that the others were merged with",
            Self::Authority => "an authority file says so",
            Self::Folded => "it differs in case, accents or marks only",
            Self::Listed => "the built-in lists give it as another name",
            Self::Spelling => "it is another spelling or transliteration",
            Self::OfficialForm => "it is the official form of the country's name",
            Self::CompanyEnding => "only the kind of company is added or left out",
            Self::MiddleName => "only a middle name is added, left out or shortened",
            Self::ShortForm => "it has a short form of the first name",
            Self::Initial => "it has the initial of the first name only",
            Self::Surname => "it is the surname alone, and hardly anyone else here has it",
            Self::Acronym => "it is the acronym of this name and of no other here",
            Self::OtherKind => "the same name is far more often taken for this kind",
        }
    }
}

/// A stored table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a table of names that this version reads, or a damaged one")]
pub struct NameTableError;

/// An entity on its way into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// What it is.
    pub kind: EntityKind,
    /// Its canonical name.
    pub name: String,
    /// Identifiers by scheme, in order.
    pub identifiers: Vec<(String, String)>,
}

/// A name on its way into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    /// The kind that it has in the articles.
    pub kind: EntityKind,
    /// The name as it stands in the articles.
    pub name: String,
    /// The number of articles that have it; 0 for an alias that occurs in none.
    pub count: u64,
    /// The place of its entity among the rows of entities; `None` for a name that is no entity.
    pub entity: Option<u32>,
    /// Why it belongs to the entity.
    pub reason: MergeReason,
    /// The name through which it came to the entity; itself for [`MergeReason::Own`].
    pub through: String,
}

/// One of the names of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityForm<'table> {
    /// The kind that it has in the articles.
    pub kind: EntityKind,
    /// The name as it stands in the articles.
    pub name: &'table str,
    /// The number of articles that have it; 0 for an alias that occurs in none.
    pub count: u64,
    /// Why it belongs to the entity.
    pub reason: MergeReason,
    /// The name through which it came to the entity; itself for [`MergeReason::Own`].
    pub through: &'table str,
}

/// Which names of an archive are one entity, and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTable {
    /// The names in order of kind and name.
    forms: Strings,
    kinds: Vec<u8>,
    counts: Vec<u32>,
    /// The exact forms of the words of each name, a space between them.
    folded: Strings,
    entities: Vec<u32>,
    reasons: Vec<u8>,
    through: Strings,
    /// The canonical name of each entity.
    canonical: Strings,
    entity_kinds: Vec<u8>,
    /// The identifiers of each entity: `scheme=value`, one a line.
    identifiers: Strings,
    /// The names by entity, and where those of each entity start.
    by_entity: Vec<u32>,
    entity_starts: Vec<u32>,
}

impl NameTable {
    /// Returns the table of these entities and names.
    ///
    /// Entities must come in the order in which they are to be numbered; names come in any order,
    /// each once for a kind.
    pub fn new(entities: &[EntityRow], mut forms: Vec<FormRow>) -> Self {
        forms.sort_unstable_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        forms.dedup_by(|one, other| (one.kind, &one.name) == (other.kind, &other.name));
        let mut table = Self::default();
        for entity in entities {
            table.canonical.push(&entity.name);
            table.entity_kinds.push(entity.kind as u8);
            let lines = entity.identifiers.iter();
            let lines: String =
                lines.map(|(scheme, value)| format!("{scheme}={value}\n")).collect();
            table.identifiers.push(&lines);
        }
        let mut analyzer = Analyzer::new(Language::ENGLISH);
        for form in &forms {
            debug_assert!(form.entity.is_none_or(|entity| (entity as usize) < entities.len()));
            table.forms.push(&form.name);
            table.kinds.push(form.kind as u8);
            table.counts.push(u32::try_from(form.count).unwrap_or(u32::MAX));
            table.folded.push(&folded(&form.name, &mut analyzer));
            table.entities.push(form.entity.unwrap_or(NO_ENTITY));
            table.reasons.push(form.reason as u8);
            table.through.push(&form.through);
        }
        table.index_by_entity();
        table
    }

    fn index_by_entity(&mut self) {
        let mut forms: Vec<u32> = (0..self.forms.len() as u32).collect();
        forms.retain(|form| self.entities[*form as usize] != NO_ENTITY);
        forms.sort_by_key(|form| self.entities[*form as usize]);
        self.entity_starts = (0..=self.canonical.len() as u32)
            .map(|entity| {
                forms.partition_point(|form| self.entities[*form as usize] < entity) as u32
            })
            .collect();
        self.by_entity = forms;
    }

    /// Returns the entity that a name of this kind belongs to; `None` for a name that the table does
    /// not have or that is no entity.
    pub fn entity_of(&self, kind: EntityKind, name: &str) -> Option<EntityId> {
        self.entity_number(self.form_of(kind, name)?)
    }

    /// Tells whether a user says that a name of this kind is no entity.
    pub fn is_no_entity(&self, kind: EntityKind, name: &str) -> bool {
        self.form_of(kind, name).is_some_and(|form| self.entities[form] == NO_ENTITY)
    }

    /// Returns the number of entities.
    pub fn len(&self) -> usize {
        self.canonical.len()
    }

    /// Tells whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the canonical name of an entity of this table.
    pub fn name(&self, entity: EntityId) -> &str {
        self.canonical.get(entity.0 as usize)
    }

    /// Returns the kind of an entity of this table.
    pub fn kind(&self, entity: EntityId) -> EntityKind {
        kind_of(self.entity_kinds[entity.0 as usize])
    }

    /// Returns the identifiers of an entity, as scheme and value.
    pub fn identifiers(&self, entity: EntityId) -> impl Iterator<Item = (&str, &str)> {
        self.identifiers.get(entity.0 as usize).lines().filter_map(|line| line.split_once('='))
    }

    /// Returns the names of an entity, in order of kind and name.
    pub fn forms(&self, entity: EntityId) -> impl Iterator<Item = EntityForm<'_>> {
        let place = entity.0 as usize;
        let range = self.entity_starts[place] as usize..self.entity_starts[place + 1] as usize;
        self.by_entity[range].iter().map(|form| self.form(*form as usize))
    }

    /// Returns all entities in order.
    pub fn iter(&self) -> impl Iterator<Item = EntityId> {
        (0..self.canonical.len()).map(|place| EntityId(place as u32))
    }

    /// Returns the names of a kind, in order, with the entity of each; `None` for one that is none.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = (&str, Option<EntityId>)> + '_ {
        let start = self.kinds.partition_point(|other| *other < kind as u8);
        let end = self.kinds.partition_point(|other| *other <= kind as u8);
        (start..end).map(|form| (self.forms.get(form), self.entity_number(form)))
    }

    /// Returns the names that articles have, those that are no entities among them, with the number
    /// of articles of each.
    pub fn occurring(&self) -> impl Iterator<Item = NameCount> + '_ {
        let forms = (0..self.forms.len()).map(|form| self.form(form));
        forms.filter(|form| form.count > 0).map(|form| NameCount {
            kind: form.kind,
            name: form.name.to_owned(),
            count: form.count,
        })
    }

    /// Calls `found` with the folded words of each name (exact forms as [`Analyzer`] makes them, a
    /// space between two) and its entity; only of names that hold `literal`, where one is given.
    pub fn for_each_folded(&self, literal: Option<&str>, mut found: impl FnMut(&str, EntityId)) {
        let Some(literal) = literal.filter(|literal| !literal.is_empty()) else {
            for form in 0..self.forms.len() {
                if let Some(entity) = self.entity_number(form) {
                    found(self.folded.get(form), entity);
                }
            }
            return;
        };
        let mut last = usize::MAX;
        for at in memmem::find_iter(self.folded.text.as_bytes(), literal) {
            let form = self.folded.ends.partition_point(|end| *end as usize <= at);
            if form != last {
                last = form;
                if let Some(entity) = self.entity_number(form) {
                    found(self.folded.get(form), entity);
                }
            }
        }
    }

    fn form(&self, form: usize) -> EntityForm<'_> {
        EntityForm {
            kind: kind_of(self.kinds[form]),
            name: self.forms.get(form),
            count: u64::from(self.counts[form]),
            reason: MergeReason::ALL[usize::from(self.reasons[form])],
            through: self.through.get(form),
        }
    }

    fn form_of(&self, kind: EntityKind, name: &str) -> Option<usize> {
        let wanted = (kind as u8, name);
        let (mut low, mut high) = (0, self.forms.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match (self.kinds[middle], self.forms.get(middle)).cmp(&wanted) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn entity_number(&self, form: usize) -> Option<EntityId> {
        let entity = self.entities[form];
        (entity != NO_ENTITY).then_some(EntityId(entity))
    }

    /// Returns the table as bytes; equal tables give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let strings =
            [&self.forms, &self.folded, &self.through, &self.canonical, &self.identifiers];
        for strings in strings {
            write_bytes(strings.text.as_bytes(), &mut bytes);
            write_numbers(&strings.ends, &mut bytes);
        }
        for small in [&self.kinds, &self.reasons, &self.entity_kinds] {
            write_bytes(small, &mut bytes);
        }
        for numbers in [&self.counts, &self.entities, &self.by_entity, &self.entity_starts] {
            write_numbers(numbers, &mut bytes);
        }
        bytes
    }

    /// Reads what [`NameTable::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are not such a table, or one that does not hold together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NameTableError> {
        let mut input = Input(bytes.strip_prefix(MAGIC).ok_or(NameTableError)?);
        let [forms, folded, through, canonical, identifiers] = input.array(Input::strings)?;
        let [kinds, reasons, entity_kinds] =
            input.array(|input| input.bytes().map(<[u8]>::to_vec))?;
        let [counts, entities, by_entity, entity_starts] = input.array(Input::numbers)?;
        let table = Self {
            forms,
            kinds,
            counts,
            folded,
            entities,
            reasons,
            through,
            canonical,
            entity_kinds,
            identifiers,
            by_entity,
            entity_starts,
        };
        if input.0.is_empty() && table.holds_together() { Ok(table) } else { Err(NameTableError) }
    }

    fn holds_together(&self) -> bool {
        let (forms, entities) = (self.forms.len(), self.canonical.len());
        let below = |numbers: &[u32], limit: usize| numbers.iter().all(|n| (*n as usize) < limit);
        self.kinds.len() == forms
            && self.counts.len() == forms
            && self.folded.len() == forms
            && self.entities.len() == forms
            && self.reasons.len() == forms
            && self.through.len() == forms
            && self.entity_kinds.len() == entities
            && self.identifiers.len() == entities
            && (self.entity_starts.len() == entities + 1 || self.forms == Strings::default())
            && self.entity_starts.is_sorted()
            && self.kinds.is_sorted()
            && below(&self.entity_starts, self.by_entity.len() + 1)
            && below(&self.by_entity, forms)
            && self.entities.iter().all(|n| *n == NO_ENTITY || (*n as usize) < entities)
            && self.kinds.iter().chain(&self.entity_kinds).all(|kind| usize::from(*kind) < 3)
            && self.reasons.iter().all(|reason| usize::from(*reason) < MergeReason::ALL.len())
    }
}

/// Returns the exact forms of the words of a name, a space between them.
fn folded(name: &str, analyzer: &mut Analyzer) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in words(name) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(analyzer.terms(word.text).0);
    }
    folded
}

fn kind_of(number: u8) -> EntityKind {
    EntityKind::ALL[usize::from(number)]
}

/// Many strings in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(u32::try_from(self.text.len()).expect("names are far less than 4 GiB"));
    }

    fn get(&self, place: usize) -> &str {
        &self.text[self.range(place)]
    }

    fn range(&self, place: usize) -> Range<usize> {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[place] as usize
    }
}

fn write_bytes(written: &[u8], bytes: &mut Vec<u8>) {
    bytes.extend((written.len() as u64).to_le_bytes());
    bytes.extend(written);
}

fn write_numbers(numbers: &[u32], bytes: &mut Vec<u8>) {
    bytes.extend((numbers.len() as u64 * 4).to_le_bytes());
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

struct Input<'bytes>(&'bytes [u8]);

impl<'bytes> Input<'bytes> {
    fn bytes(&mut self) -> Result<&'bytes [u8], NameTableError> {
        let (length, rest) = self.0.split_first_chunk().ok_or(NameTableError)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| NameTableError)?;
        let (taken, rest) = rest.split_at_checked(length).ok_or(NameTableError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn numbers(&mut self) -> Result<Vec<u32>, NameTableError> {
        let (numbers, rest) = self.bytes()?.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(NameTableError);
        }
        Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn strings(&mut self) -> Result<Strings, NameTableError> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| NameTableError)?.to_owned();
        let ends = self.numbers()?;
        let whole = ends.last().map_or(text.is_empty(), |end| *end as usize == text.len());
        let sound = ends.is_sorted() && ends.iter().all(|end| text.is_char_boundary(*end as usize));
        if whole && sound { Ok(Strings { text, ends }) } else { Err(NameTableError) }
    }

    fn array<T, const N: usize>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, NameTableError>,
    ) -> Result<[T; N], NameTableError> {
        let mut items = Vec::with_capacity(N);
        for _ in 0..N {
            items.push(read(self)?);
        }
        items.try_into().map_err(|_| NameTableError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let lavrov = table.entity_of(Place, "Sergei Lavrov").expect("an entity");
        assert_eq!((table.kind(lavrov), table.name(lavrov)), (Person, "Sergei Lavrov"));
        assert_eq!(table.identifiers(lavrov).collect::<Vec<_>>(), [("wikidata", "Q58217")]);
        assert_eq!(table.forms(lavrov).map(|form| form.count).collect::<Vec<_>>(), [3, 1]);
        assert!(table.is_no_entity(Person, "Leave a Reply"));
        assert_eq!(table.entity_of(Person, "Leave a Reply"), None);
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
            assert_eq!(NameTable::from_bytes(&table.to_bytes()).as_ref(), Ok(&table));
        }
    }

    proptest! {
        #[test]
        fn damaged_tables_are_refused(cut in 0..400_usize, flip in 0..400_usize) {
            let bytes = table().to_bytes();
            let cut = cut.min(bytes.len() - 1);
            prop_assert!(NameTable::from_bytes(&bytes[..cut]).is_err());
            let mut flipped = bytes.clone();
            flipped[flip % bytes.len()] ^= 0x81;
            // Whatever it reads as, using it must not panic.
            if let Ok(table) = NameTable::from_bytes(&flipped) {
                table.iter().for_each(|entity| { table.forms(entity).count(); });
                table.for_each_folded(Some("lavrov"), |_, _| ());
            }
        }
    }
}
