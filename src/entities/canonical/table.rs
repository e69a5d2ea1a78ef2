//! The table of canonical names: made at a commit, stored beside it, read by every search.
//!
//! It is flat (a few long strings and arrays), so that a search of a few milliseconds can read the
//! table of a hundred thousand names first.

use std::ops::Range;

use memchr::memmem;

use super::NameCount;
use super::merge::{MergeReason, MergedName, Merger, listed_name};
use super::spelling::{folded_words, skeleton, without_official_form};
use crate::article::EntityKind;
use crate::entities::authority::Authority;
use crate::entities::gazetteer::Gazetteer;
use crate::text::LetterCase;

/// Opens every stored table; the number changes with its form.
const MAGIC: &[u8; 8] = b"mrgNAM01";

/// Stands for the entity of a name that is none.
const NO_ENTITY: u32 = u32::MAX;

/// The number of an entity in its table. Entities are numbered by kind and canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A stored table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a table of canonical names that this version reads, or a damaged one")]
pub struct TableError;

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
pub struct CanonicalTable {
    /// The names in order of kind and name.
    forms: Strings,
    kinds: Vec<u8>,
    counts: Vec<u32>,
    /// The folded words of each name.
    folded: Strings,
    entities: Vec<u32>,
    reasons: Vec<u8>,
    through: Vec<u32>,
    /// The canonical name of each entity.
    canonical: Strings,
    entity_kinds: Vec<u8>,
    /// The identifiers of each entity: `scheme=value`, one a line.
    identifiers: Strings,
    /// The names by entity, and where those of each entity start.
    by_entity: Vec<u32>,
    entity_starts: Vec<u32>,
}

impl CanonicalTable {
    /// Returns the table of the distinct names of an archive.
    ///
    /// The order of the names changes nothing; a name that comes twice counts for both. 100,000 names
    /// take a few tenths of a second.
    pub fn build(names: impl IntoIterator<Item = NameCount>, authority: &Authority) -> Self {
        let mut merger = Merger::new(names, authority);
        merger.run();
        let groups = named_groups(&merger, authority);
        let mut table = Self::default();
        table.add_entities(&merger, &groups, authority);
        table
    }

    /// Returns the entity that a name of this kind belongs to; `None` for a name that the table does
    /// not have or that an authority file says is no entity.
    pub fn entity_of(&self, kind: EntityKind, name: &str) -> Option<EntityId> {
        let form = self.form_of(kind, name)?;
        let entity = self.entities[form];
        (entity != NO_ENTITY).then_some(EntityId(entity))
    }

    /// Tells whether an authority file says that a name of this kind is no entity.
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

    /// Returns the identifiers that authority files give an entity, as scheme and value.
    pub fn identifiers(&self, entity: EntityId) -> impl Iterator<Item = (&str, &str)> {
        self.identifiers.get(entity.0 as usize).lines().filter_map(|line| line.split_once('='))
    }

    /// Returns the names of an entity that the archive or an authority file has, in order of kind and
    /// name.
    pub fn forms(&self, entity: EntityId) -> impl Iterator<Item = EntityForm<'_>> {
        let place = entity.0 as usize;
        let range = self.entity_starts[place] as usize..self.entity_starts[place + 1] as usize;
        self.by_entity[range].iter().map(|form| self.form(*form as usize))
    }

    /// Returns the entities with a name that has these words in this order: `lavrov` and
    /// `Sergei Lavrov` both find Sergei Viktorovich Lavrov. A name of the built-in lists also finds
    /// the entity under the name that the lists show. Where nothing has the words, names that are
    /// spelled otherwise are tried. The entities come in order; `kind` leaves those of other kinds out.
    pub fn matching(&self, kind: Option<EntityKind>, words: &str) -> Vec<EntityId> {
        let folded = folded_words(words);
        let mut found = self.with_words(&folded);
        for listed in [EntityKind::Place, EntityKind::Organization] {
            if let Some(shown) = Gazetteer::get().shown_for(words, listed) {
                found.extend(self.entity_of(listed, shown));
            }
        }
        if found.is_empty() {
            found = self.spelled_alike(&folded);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|entity| kind.is_none_or(|kind| self.kind(*entity) == kind));
        found
    }

    /// Returns all entities in order.
    pub fn iter(&self) -> impl Iterator<Item = EntityId> {
        (0..self.canonical.len()).map(|place| EntityId(place as u32))
    }

    /// Returns the table as bytes; equal tables give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for strings in [&self.forms, &self.folded, &self.canonical, &self.identifiers] {
            write_bytes(strings.text.as_bytes(), &mut bytes);
            write_numbers(&strings.ends, &mut bytes);
        }
        for small in [&self.kinds, &self.reasons, &self.entity_kinds] {
            write_bytes(small, &mut bytes);
        }
        for numbers in self.numbers() {
            write_numbers(numbers, &mut bytes);
        }
        bytes
    }

    /// Reads what [`CanonicalTable::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a table, or one that does not hold together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        let mut input = Input(bytes.strip_prefix(MAGIC).ok_or(TableError)?);
        let [forms, folded, canonical, identifiers] = input.array(Input::strings)?;
        let [kinds, reasons, entity_kinds] =
            input.array(|input| input.bytes().map(<[u8]>::to_vec))?;
        let [counts, entities, through, by_entity, entity_starts] = input.array(Input::numbers)?;
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
        if input.0.is_empty() && table.holds_together() { Ok(table) } else { Err(TableError) }
    }

    fn numbers(&self) -> [&Vec<u32>; 5] {
        [&self.counts, &self.entities, &self.through, &self.by_entity, &self.entity_starts]
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
            && self.entity_starts.len() == entities + 1
            && self.entity_starts.is_sorted()
            && below(&self.entity_starts, self.by_entity.len() + 1)
            && below(&self.by_entity, forms)
            && below(&self.through, forms)
            && self.entities.iter().all(|n| *n == NO_ENTITY || (*n as usize) < entities)
            && self.kinds.iter().chain(&self.entity_kinds).all(|kind| usize::from(*kind) < 3)
            && self.reasons.iter().all(|reason| usize::from(*reason) < MergeReason::ALL.len())
    }

    fn form(&self, form: usize) -> EntityForm<'_> {
        EntityForm {
            kind: kind_of(self.kinds[form]),
            name: self.forms.get(form),
            count: u64::from(self.counts[form]),
            reason: MergeReason::ALL[usize::from(self.reasons[form])],
            through: self.forms.get(self.through[form] as usize),
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

    fn with_words(&self, folded: &str) -> Vec<EntityId> {
        let mut found = Vec::new();
        let Some(first) = folded.split(' ').next().filter(|first| !first.is_empty()) else {
            return found;
        };
        let text = self.folded.text.as_bytes();
        let mut last_form = usize::MAX;
        for at in memmem::find_iter(text, first) {
            let form = self.folded.ends.partition_point(|end| *end as usize <= at);
            if form != last_form && has_words_in_order(self.folded.get(form), folded) {
                last_form = form;
                found.extend(self.entity_number(form));
            }
        }
        found
    }

    fn spelled_alike(&self, folded: &str) -> Vec<EntityId> {
        let wanted = skeletons(folded);
        let forms = 0..self.forms.len();
        forms
            .filter(|form| has_words_in_order(&skeletons(self.folded.get(*form)), &wanted))
            .filter_map(|form| self.entity_number(form))
            .collect()
    }

    fn entity_number(&self, form: usize) -> Option<EntityId> {
        let entity = self.entities[form];
        (entity != NO_ENTITY).then_some(EntityId(entity))
    }

    fn add_entities(&mut self, merger: &Merger<'_>, groups: &[NamedGroup], authority: &Authority) {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (place, name) in merger.names.iter().enumerate() {
            if name.hidden {
                rows.push(Row::of(name, NO_ENTITY, place));
            }
        }
        for (entity, group) in groups.iter().enumerate() {
            let entity = entity as u32;
            self.canonical.push(&group.name);
            self.entity_kinds.push(group.kind as u8);
            self.identifiers.push(&group.identifiers(authority));
            rows.extend(group.members.iter().map(|at| Row::of(&merger.names[*at], entity, *at)));
            rows.extend(group.aliases(merger, authority, entity));
        }
        rows.sort_unstable_by_key(|row| (row.kind, row.name, row.place == usize::MAX, row.entity));
        // An alias may be a name that occurs, or an alias of two entities of other kinds.
        rows.dedup_by_key(|row| (row.kind, row.name));
        let mut place_of = vec![0; merger.names.len()];
        for (place, row) in rows.iter().enumerate() {
            if let Some(at) = place_of.get_mut(row.place) {
                *at = place as u32;
            }
        }
        for (place, row) in rows.iter().enumerate() {
            self.push(row, place_of.get(row.through).copied().unwrap_or(place as u32));
        }
        self.index_by_entity();
    }

    fn push(&mut self, row: &Row<'_>, through: u32) {
        self.forms.push(row.name);
        self.kinds.push(row.kind as u8);
        self.counts.push(u32::try_from(row.count).unwrap_or(u32::MAX));
        self.folded.push(&folded_words(row.name));
        self.entities.push(row.entity);
        self.reasons.push(row.reason as u8);
        self.through.push(through);
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
}

/// A name on its way into the table; `place` and `through` are places among the merged names,
/// `usize::MAX` for an alias that occurs in no article.
struct Row<'names> {
    kind: EntityKind,
    name: &'names str,
    count: u64,
    entity: u32,
    reason: MergeReason,
    place: usize,
    through: usize,
}

impl<'names> Row<'names> {
    fn of(name: &'names MergedName, entity: u32, place: usize) -> Self {
        Self {
            kind: name.kind,
            name: &name.name,
            count: name.count,
            entity,
            reason: name.reason,
            place,
            through: name.through,
        }
    }
}

/// A group of names and what it is called.
struct NamedGroup {
    kind: EntityKind,
    name: String,
    members: Vec<usize>,
    entity: Option<usize>,
    stands: usize,
}

impl NamedGroup {
    fn identifiers(&self, authority: &Authority) -> String {
        let entity = self.entity.map(|entity| &authority.entities[entity]);
        let lines = entity.into_iter().flat_map(|entity| &entity.identifiers);
        lines.map(|(scheme, value)| format!("{scheme}={value}\n")).collect()
    }

    /// Returns the canonical name and the aliases of authority files as names that occur nowhere.
    fn aliases<'names>(
        &'names self,
        merger: &Merger<'names>,
        authority: &'names Authority,
        entity: u32,
    ) -> Vec<Row<'names>> {
        let of_user = self.entity.map(|entity| &authority.entities[entity]);
        let reason = if of_user.is_some() { MergeReason::Authority } else { MergeReason::Listed };
        let aliases = of_user.into_iter().flat_map(|entity| &entity.aliases);
        aliases
            .chain([&self.name])
            .filter(|_| merger.count_of(self.stands) > 0)
            .map(|name| Row {
                kind: self.kind,
                name,
                count: 0,
                entity,
                reason,
                place: usize::MAX,
                through: self.stands,
            })
            .collect()
    }
}

/// Returns the groups in order of kind and canonical name.
fn named_groups(merger: &Merger<'_>, authority: &Authority) -> Vec<NamedGroup> {
    let mut members: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for (at, name) in merger.names.iter().enumerate() {
        if !name.hidden {
            members.entry(merger.group_of(at)).or_default().push(at);
        }
    }
    let mut groups: Vec<NamedGroup> = members
        .into_iter()
        .map(|(stands, members)| {
            let entity = merger.authority_entity(stands);
            let of_user = entity.map(|entity| &authority.entities[entity]);
            let kind = of_user.map_or(merger.names[stands].kind, |entity| entity.kind);
            let name =
                of_user.map_or_else(|| best_name(merger, &members), |entity| entity.name.clone());
            NamedGroup { kind, name, members, entity, stands }
        })
        .collect();
    groups.sort_by(|one, other| {
        (one.kind, &one.name, one.stands).cmp(&(other.kind, &other.name, other.stands))
    });
    groups
}

/// Returns the name to show for a group: that of the lists; else the commonest, of people one with a
/// first name, of countries not the official form, rather not in capitals; of several the longest, then the first in order.
fn best_name(merger: &Merger<'_>, members: &[usize]) -> String {
    let commonest = members.iter().map(|at| &merger.names[*at]).max_by_key(|name| name.count);
    if let Some(listed) = commonest.and_then(listed_name) {
        return listed;
    }
    let listed = members.iter().filter_map(|at| listed_name(&merger.names[*at])).next();
    if let Some(listed) = listed {
        return listed;
    }
    let worth = |at: &&usize| {
        let name = &merger.names[**at];
        let full = name.kind != EntityKind::Person || name.folded.contains(' ');
        let in_capitals =
            name.folded.contains(' ') && LetterCase::of(&name.name) == LetterCase::All;
        let official =
            name.kind == EntityKind::Place && without_official_form(&name.folded).is_some();
        let order = std::cmp::Reverse(**at);
        (full && !official, !in_capitals, name.count, name.name.len(), order)
    };
    members.iter().max_by_key(worth).map(|at| merger.names[*at].name.clone()).unwrap_or_default()
}

/// Tells whether the words of `wanted` stand in `folded` in this order.
fn has_words_in_order(folded: &str, wanted: &str) -> bool {
    let mut words = folded.split(' ');
    wanted.split(' ').all(|wanted| words.any(|word| word == wanted))
}

fn skeletons(folded: &str) -> String {
    folded.split(' ').map(skeleton).collect::<Vec<_>>().join(" ")
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
    fn bytes(&mut self) -> Result<&'bytes [u8], TableError> {
        let (length, rest) = self.0.split_first_chunk().ok_or(TableError)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| TableError)?;
        let (taken, rest) = rest.split_at_checked(length).ok_or(TableError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn numbers(&mut self) -> Result<Vec<u32>, TableError> {
        let (numbers, rest) = self.bytes()?.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(TableError);
        }
        Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn strings(&mut self) -> Result<Strings, TableError> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| TableError)?.to_owned();
        let ends = self.numbers()?;
        let whole = ends.last().map_or(text.is_empty(), |end| *end as usize == text.len());
        let sound = ends.is_sorted() && ends.iter().all(|end| text.is_char_boundary(*end as usize));
        if whole && sound { Ok(Strings { text, ends }) } else { Err(TableError) }
    }

    fn array<T, const N: usize>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, TableError>,
    ) -> Result<[T; N], TableError> {
        let mut items = Vec::with_capacity(N);
        for _ in 0..N {
            items.push(read(self)?);
        }
        items.try_into().map_err(|_| TableError)
    }
}

#[cfg(test)]
mod tests {
    use super::super::NameCount;
    use super::*;
    use crate::entities::authority::{AuthorityEntity, NeverMerge, NotAnEntity};
    use EntityKind::{Organization, Person, Place};
    use proptest::prelude::*;

    fn names(list: &[(EntityKind, &str, u64)]) -> Vec<NameCount> {
        list.iter()
            .map(|(kind, name, count)| NameCount {
                kind: *kind,
                name: (*name).into(),
                count: *count,
            })
            .collect()
    }

    fn table(list: &[(EntityKind, &str, u64)]) -> CanonicalTable {
        CanonicalTable::build(names(list), &Authority::default())
    }

    /// Returns the canonical names of a kind.
    fn canonical(table: &CanonicalTable, kind: EntityKind) -> Vec<&str> {
        table.iter().filter(|e| table.kind(*e) == kind).map(|e| table.name(e)).collect()
    }

    #[test]
    fn spellings_of_one_person_are_one() {
        let table = table(&[
            (Person, "Sergei Lavrov", 40),
            (Person, "Sergey Lavrov", 30),
            (Person, "SERGEI LAVROV", 90),
            (Person, "Lavrov", 9),
            (Person, "Antony Blinken", 5),
            (Person, "Anthony Blinken", 2),
            (Person, "Volodymyr Zelensky", 3),
            (Person, "Volodymyr Zelenskyy", 4),
            (Person, "Volodymyr Zelenskiy", 2),
            (Person, "José Barroso", 1),
            (Person, "Jose Barroso", 2),
        ]);
        assert_eq!(
            canonical(&table, Person),
            ["Antony Blinken", "Jose Barroso", "Sergei Lavrov", "Volodymyr Zelenskyy"]
        );
    }

    #[test]
    fn different_people_with_one_surname_stay_apart() {
        let table = table(&[
            (Person, "George W. Bush", 300),
            (Person, "George Bush", 200),
            (Person, "George H. W. Bush", 4),
            (Person, "Laura Bush", 20),
            (Person, "Bush", 50),
            (Person, "John Smith", 5),
            (Person, "Adam Smith", 4),
            (Person, "Smith", 9),
            (Person, "J. Smith", 1),
        ]);
        assert_eq!(
            canonical(&table, Person),
            [
                "Adam Smith",
                "George H. W. Bush",
                "George W. Bush",
                "John Smith",
                "Laura Bush",
                "Smith"
            ]
        );
        let bush = table.entity_of(Person, "Bush").expect("an entity");
        assert_eq!(table.name(bush), "George W. Bush");
        let reasons: Vec<(&str, MergeReason)> =
            table.forms(bush).map(|form| (form.name, form.reason)).collect();
        assert_eq!(
            reasons,
            [
                ("Bush", MergeReason::Surname),
                ("George Bush", MergeReason::MiddleName),
                ("George W. Bush", MergeReason::Own),
            ]
        );
    }

    #[test]
    fn countries_companies_and_acronyms_are_one() {
        let table = table(&[
            (Place, "US", 4),
            (Place, "U.S.", 5),
            (Place, "USA", 1),
            (Place, "United States", 2),
            (Place, "Poland", 2),
            (Place, "Republic of Poland", 2),
            (Organization, "Boeing", 5),
            (Organization, "Boeing Co.", 9),
            (Organization, "Bureau of Odd Affairs", 3),
            (Organization, "BOA", 2),
            (Organization, "Centre for Tests", 1),
            (Organization, "Center for Tests", 2),
        ]);
        assert_eq!(canonical(&table, Place), ["Poland", "United States"]);
        assert_eq!(
            canonical(&table, Organization),
            ["Boeing", "Bureau of Odd Affairs", "Center for Tests"]
        );
    }

    #[test]
    fn the_users_word_beats_everything() {
        let authority = Authority {
            entities: vec![AuthorityEntity {
                name: "S. V. Lavrov".into(),
                kind: Person,
                aliases: vec!["Sergei Lavrov".into(), "the minister".into()],
                identifiers: [("wikidata".into(), "Q58217".into())].into(),
            }],
            never_merge: vec![NeverMerge {
                names: vec!["Antony Blinken".into(), "Anthony Blinken".into()],
                kind: None,
            }],
            not_entities: vec![NotAnEntity { name: "Leave a Reply".into(), kind: None }],
        };
        let table = CanonicalTable::build(
            names(&[
                (Person, "Sergei Lavrov", 3),
                (Place, "Sergei Lavrov", 1),
                (Person, "Sergey Lavrov", 2),
                (Person, "Antony Blinken", 3),
                (Person, "Anthony Blinken", 3),
                (Organization, "Leave a Reply", 9),
            ]),
            &authority,
        );
        assert_eq!(
            canonical(&table, Person),
            ["Anthony Blinken", "Antony Blinken", "S. V. Lavrov"]
        );
        assert_eq!(table.len(), 3);
        let lavrov = table.entity_of(Place, "Sergei Lavrov").expect("the user's entity");
        assert_eq!(table.kind(lavrov), Person);
        assert_eq!(table.identifiers(lavrov).collect::<Vec<_>>(), [("wikidata", "Q58217")]);
        assert_eq!(table.matching(None, "minister"), [lavrov]);
        assert!(table.is_no_entity(Organization, "Leave a Reply"));
    }

    #[test]
    fn words_in_order_find_entities() {
        let table = table(&[
            (Person, "Sergei Viktorovich Lavrov", 3),
            (Person, "Sergei Ryabkov", 3),
            (Place, "United States", 3),
        ]);
        let found = |words: &str| {
            table.matching(None, words).into_iter().map(|e| table.name(e)).collect::<Vec<_>>()
        };
        assert_eq!(found("lavrov"), ["Sergei Viktorovich Lavrov"]);
        assert_eq!(found("Sergei LAVROV"), ["Sergei Viktorovich Lavrov"]);
        assert_eq!(found("Sergey Lavrov"), ["Sergei Viktorovich Lavrov"]);
        assert_eq!(found("sergei"), ["Sergei Ryabkov", "Sergei Viktorovich Lavrov"]);
        assert_eq!(found("USA"), ["United States"]);
        assert!(
            found("lavrov sergei").is_empty() && found("lav").is_empty() && found("").is_empty()
        );
    }

    proptest! {
        #[test]
        fn order_changes_nothing_and_bytes_round_trip(
            mut list in proptest::collection::vec(
                (0..3_usize, "(George|G\\.|Joe|Joseph|) ?(W\\. |H\\. W\\. |)(Bush|Biden|Bidén|US|U\\.S\\.|Co|)", 1..50_u64),
                0..20,
            ),
            seed in any::<u64>(),
        ) {
            let all = |list: &[(usize, String, u64)]| {
                list.iter().map(|(kind, name, count)| NameCount {
                    kind: EntityKind::ALL[*kind], name: name.clone(), count: *count,
                }).collect::<Vec<_>>()
            };
            let one = CanonicalTable::build(all(&list), &Authority::default());
            list.sort_by_key(|(kind, name, count)| {
                (count ^ seed, name.len() as u64 ^ seed, kind ^ 1, name.clone())
            });
            let other = CanonicalTable::build(all(&list), &Authority::default());
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(CanonicalTable::from_bytes(&one.to_bytes()), Ok(other));
            for (kind, name, _) in &list {
                prop_assert!(one.entity_of(EntityKind::ALL[*kind], name).is_some());
            }
        }

        #[test]
        fn damaged_tables_are_refused(cut in 0..400_usize, flip in 0..400_usize) {
            let bytes = table(&[(Person, "Joe Biden", 3), (Place, "US", 2)]).to_bytes();
            let cut = cut.min(bytes.len() - 1);
            prop_assert!(CanonicalTable::from_bytes(&bytes[..cut]).is_err());
            let mut flipped = bytes.clone();
            flipped[flip % bytes.len()] ^= 0x81;
            // Whatever it reads as, using it must not panic.
            if let Ok(table) = CanonicalTable::from_bytes(&flipped) {
                table.iter().for_each(|entity| { table.forms(entity).count(); });
                table.matching(None, "biden");
            }
        }
    }
}
