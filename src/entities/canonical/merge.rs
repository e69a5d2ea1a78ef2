//! Which names of an archive are one entity.
//!
//! Names start apart and are united step by step, from the surest reason to the least sure. Each
//! step looks at groups as the steps before left them and takes them in an order that their names and
//! counts decide, so that the order of input changes nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::spelling::{
    first_name_key, folded_words, full_name_key, organization_key, skeleton,
    without_company_ending, without_official_form,
};
use crate::article::{EntityKind, MergeReason, NameCount};
use crate::entities::authority::Authority;
use crate::entities::classes::Classes;
use crate::entities::gazetteer::Gazetteer;
use crate::text::LetterCase;

/// How many times commoner than all others together somebody must be to be meant by less than the
/// full name.
const DOMINANCE: u64 = 10;

/// How many times commoner one kind of a name must be than another for that to be a mistake.
const KIND_DOMINANCE: u64 = 3;

/// The fewest letters of an acronym that is merged because it fits.
const SHORTEST_ACRONYM: usize = 3;

/// A distinct name while names are merged.
pub(super) struct MergedName {
    pub(super) kind: EntityKind,
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) folded: String,
    /// The name under which the built-in lists show it.
    pub(super) listed: Option<String>,
    /// Why and through which other name it came to its entity.
    pub(super) reason: MergeReason,
    pub(super) through: usize,
    /// Whether an authority file says that it is no entity.
    pub(super) hidden: bool,
}

impl MergedName {
    /// Returns a name apart from all others; `place` is its own among them.
    fn of(place: usize, NameCount { kind, name, count }: NameCount) -> Self {
        Self {
            kind,
            folded: folded_words(&name),
            listed: listed_name(kind, &name),
            name,
            count,
            reason: MergeReason::Own,
            through: place,
            hidden: false,
        }
    }
}

/// All names, and which of them are one.
pub(super) struct Merger<'authority> {
    pub(super) names: Vec<MergedName>,
    groups: Vec<Group>,
    authority: &'authority Authority,
}

/// What is known of a group of names, kept with the name that stands for it.
#[derive(Clone, Default)]
struct Group {
    /// The name that stands for the group that this name is in; itself for one that stands.
    parent: usize,
    count: u64,
    /// The entity of the authority files that the group is.
    entity: Option<usize>,
    /// For groups of names never to be merged: which group, and which name of it.
    apart: Vec<(usize, usize)>,
}

/// Groups of names by what they share, in order.
type Buckets = BTreeMap<String, Vec<usize>>;

impl<'authority> Merger<'authority> {
    /// Returns all names apart from each other, in order of kind and name, each once.
    pub(super) fn new(
        names: impl IntoIterator<Item = NameCount>,
        authority: &'authority Authority,
    ) -> Self {
        let mut counts: Vec<NameCount> = names.into_iter().collect();
        counts.sort_unstable_by(|one, two| (one.kind, &one.name).cmp(&(two.kind, &two.name)));
        counts.dedup_by(|next, kept| {
            let same = (next.kind, &next.name) == (kept.kind, &kept.name);
            kept.count += if same { next.count } else { 0 };
            same
        });
        let names: Vec<MergedName> =
            (0..).zip(counts).map(|(place, name)| MergedName::of(place, name)).collect();
        let groups = names
            .iter()
            .enumerate()
            .map(|(parent, name)| Group { parent, count: name.count, ..Group::default() })
            .collect();
        Self { names, groups, authority }
    }

    /// Merges what belongs together.
    pub(super) fn run(&mut self) {
        self.obey_authority();
        self.unite_alike(MergeReason::Folded, |name| Some(name.folded.clone()));
        self.unite_alike(MergeReason::Listed, |name| name.listed.clone());
        self.unite_alike(MergeReason::Spelling, spelling_key);
        self.unite_official_forms();
        self.unite_companies();
        self.unite_acronyms();
        self.unite_people();
        self.unite_people_with_companies();
        self.unite_kinds();
    }

    /// Returns the name that stands for the group of a name.
    pub(super) fn group_of(&self, name: usize) -> usize {
        let mut at = name;
        while self.groups[at].parent != at {
            at = self.groups[at].parent;
        }
        at
    }

    /// Returns the entity of the authority files that a group is.
    pub(super) fn authority_entity(&self, group: usize) -> Option<usize> {
        self.groups[group].entity
    }

    /// Unites the groups of two names, unless the user says that they are not one; the first in rank
    /// stands for both.
    fn unite(&mut self, one: usize, other: usize, reason: MergeReason) {
        let (one, other) = (self.group_of(one), self.group_of(other));
        let is_in_order = self.rank(one) <= self.rank(other);
        let (keep, join) = if is_in_order { (one, other) } else { (other, one) };
        self.unite_under(keep, join, reason);
    }

    /// Unites the groups of two names, unless the user says that they are not one; the group of the
    /// first stands for both, whatever its rank.
    fn unite_under(&mut self, keep: usize, join: usize, reason: MergeReason) {
        let (keep, join) = (self.group_of(keep), self.group_of(join));
        if keep == join || !self.may_unite(keep, join) {
            return;
        }
        self.names[join].reason = reason;
        self.names[join].through = keep;
        let joined = std::mem::take(&mut self.groups[join]);
        self.groups[join].parent = keep;
        let kept = &mut self.groups[keep];
        kept.count += joined.count;
        kept.entity = kept.entity.or(joined.entity);
        kept.apart.extend(joined.apart);
    }

    fn may_unite(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.groups[one], &self.groups[other]);
        let two_entities =
            one.entity.is_some() && other.entity.is_some() && one.entity != other.entity;
        let kept_apart = one.apart.iter().any(|(group, member)| {
            other.apart.iter().any(|(other_group, other)| group == other_group && member != other)
        });
        !two_entities && !kept_apart
    }

    /// Orders groups: the user's first, then the commonest, then by name.
    fn rank(&self, group: usize) -> (bool, std::cmp::Reverse<u64>, usize) {
        let entity = self.groups[group].entity;
        (entity.is_none(), std::cmp::Reverse(self.groups[group].count), group)
    }

    fn obey_authority(&mut self) {
        let authority = self.authority;
        let mut owners: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
        let mut any_kind: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (place, entity) in authority.entities.iter().enumerate() {
            for name in entity.aliases.iter().chain([&entity.name]) {
                let folded = folded_words(name);
                any_kind.entry(folded.clone()).or_default().push(place);
                owners.entry((entity.kind, folded)).or_insert(place);
            }
        }
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        for at in 0..self.names.len() {
            let name = &self.names[at];
            // A name found as another kind is the entity all the same, if only one has it.
            let others = any_kind.get(&name.folded).map_or(&[][..], Vec::as_slice);
            let only = others.iter().all(|other| *other == others[0]).then(|| others.first());
            let own = owners.get(&(name.kind, name.folded.clone()));
            if let Some(entity) = own.or(only.flatten()) {
                self.groups[at].entity = Some(*entity);
                match first_of.get(entity) {
                    Some(first) => self.unite(*first, at, MergeReason::Authority),
                    None => {
                        first_of.insert(*entity, at);
                    }
                }
            }
        }
        self.keep_apart();
        self.hide();
    }

    fn keep_apart(&mut self) {
        for (group, never) in self.authority.never_merge.iter().enumerate() {
            for (member, name) in never.names.iter().enumerate() {
                let folded = folded_words(name);
                for at in 0..self.names.len() {
                    let found = &self.names[at];
                    let kind = never.kind.is_none_or(|kind| kind == found.kind);
                    if kind && found.folded == folded {
                        let group_of = self.group_of(at);
                        self.groups[group_of].apart.push((group, member));
                    }
                }
            }
        }
    }

    fn hide(&mut self) {
        for not in &self.authority.not_entities {
            let folded = folded_words(&not.name);
            for name in &mut self.names {
                if not.kind.is_none_or(|kind| kind == name.kind) && name.folded == folded {
                    name.hidden = true;
                }
            }
        }
    }

    /// Unites the names of a kind that share a key.
    fn unite_alike(&mut self, reason: MergeReason, key: impl Fn(&MergedName) -> Option<String>) {
        let mut first: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
        for at in 0..self.names.len() {
            let name = &self.names[at];
            let Some(key) = key(name) else { continue };
            if let Some(first) = first.get(&(name.kind, key.clone())) {
                self.unite(*first, at, reason);
            } else {
                first.insert((name.kind, key), at);
            }
        }
    }

    fn by_folded(&self, kind: EntityKind) -> FxHashMap<String, usize> {
        let names = self.names.iter().enumerate().filter(|(_, name)| name.kind == kind);
        names.map(|(at, name)| (name.folded.clone(), at)).collect()
    }

    fn unite_official_forms(&mut self) {
        let places = self.by_folded(EntityKind::Place);
        for at in 0..self.names.len() {
            if self.names[at].kind == EntityKind::Place
                && let Some(short) = without_official_form(&self.names[at].folded)
                && let Some(place) = places.get(short)
            {
                self.unite(*place, at, MergeReason::OfficialForm);
            }
        }
    }

    /// Unites "Boeing Co." with "Boeing". Names that end differently ("Delta Inc", "Delta Ltd") are
    /// united only when the bare name occurs, too.
    fn unite_companies(&mut self) {
        let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
        for at in 0..self.names.len() {
            if self.names[at].kind == EntityKind::Organization {
                by_key.entry(organization_key(&self.names[at].folded)).or_insert(at);
            }
        }
        for at in 0..self.names.len() {
            if self.names[at].kind != EntityKind::Organization {
                continue;
            }
            let key = organization_key(&self.names[at].folded);
            if let Some(bare) = without_company_ending(&key)
                && let Some(company) = by_key.get(bare)
            {
                self.unite(*company, at, MergeReason::CompanyEnding);
            }
        }
    }

    fn unite_acronyms(&mut self) {
        let mut by_initials: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, name) in self.names.iter().enumerate() {
            if name.kind == EntityKind::Organization {
                for initials in initials_of(&name.name) {
                    by_initials.entry(initials).or_default().push(at);
                }
            }
        }
        for at in 0..self.names.len() {
            let name = &self.names[at];
            let is_acronym = name.kind == EntityKind::Organization
                && !name.folded.contains(' ')
                && name.folded.len() >= SHORTEST_ACRONYM
                && LetterCase::of(&name.name) == LetterCase::All
                && name.listed.is_none();
            if !is_acronym {
                continue;
            }
            let Some(long) = by_initials.get(&name.folded) else { continue };
            let groups = self.groups_of(long.iter().copied());
            if let [only] = groups[..] {
                self.unite(only, at, MergeReason::Acronym);
            }
        }
    }

    fn unite_people(&mut self) {
        let people: Vec<PersonName> =
            (0..self.names.len()).filter_map(|at| self.person(at)).collect();
        let mut families: Buckets = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            families.entry(person.surname.clone()).or_default().push(place);
        }
        for family in families.values() {
            let family: Vec<&PersonName> = family.iter().map(|place| &people[*place]).collect();
            self.unite_family(&family);
        }
        self.unite_surnames(&families, &people);
    }

    fn person(&self, at: usize) -> Option<PersonName> {
        let name = &self.names[at];
        (name.kind == EntityKind::Person).then(|| PersonName::of(at, &name.folded)).flatten()
    }

    /// Unites the people of one surname that are one.
    fn unite_family(&mut self, family: &[&PersonName]) {
        let mut by_first: BTreeMap<&str, Vec<&PersonName>> = BTreeMap::new();
        for person in family.iter().filter(|person| !person.has_initial()) {
            by_first.entry(&person.first).or_default().push(person);
        }
        for namesakes in by_first.values() {
            self.unite_namesakes(namesakes);
        }
        self.unite_short_forms(family);
        for person in family.iter().filter(|person| person.has_initial()) {
            let fits: Vec<usize> = family
                .iter()
                .filter(|other| !other.has_initial() && other.first.starts_with(&person.first))
                .filter(|other| may_be_one(&person.middle, &other.middle))
                .map(|other| other.at)
                .collect();
            self.unite_with_dominant(person.at, &fits, MergeReason::Initial);
        }
    }

    /// Unites people with the same first name and surname whose middle names agree.
    fn unite_namesakes(&mut self, namesakes: &[&PersonName]) {
        for (place, person) in namesakes.iter().enumerate() {
            for other in &namesakes[..place] {
                if person.middle == other.middle {
                    self.unite(other.at, person.at, MergeReason::Spelling);
                }
            }
        }
        // Initials before none at all: "George W." may be "George Walker", "George" either.
        let shortened = |person: &&&PersonName| person.middle.iter().any(|name| name.len() == 1);
        let bare = |person: &&&PersonName| person.middle.is_empty();
        for person in namesakes.iter().filter(shortened).chain(namesakes.iter().filter(bare)) {
            let fits: Vec<usize> = namesakes
                .iter()
                .filter(|other| other.middle != person.middle && !other.middle.is_empty())
                .filter(|other| may_be_one(&person.middle, &other.middle))
                .map(|other| other.at)
                .collect();
            self.unite_with_dominant(person.at, &fits, MergeReason::MiddleName);
        }
    }

    /// Unites "Tony" with "Anthony", unless there are several people it could be.
    fn unite_short_forms(&mut self, family: &[&PersonName]) {
        let mut by_full: BTreeMap<&str, Vec<&PersonName>> = BTreeMap::new();
        for person in family.iter().filter(|person| !person.has_initial()) {
            by_full.entry(&person.full_first).or_default().push(person);
        }
        for people in by_full.values() {
            let groups = self.groups_of(people.iter().map(|person| person.at));
            let [one, other] = groups[..] else { continue };
            let merger = &*self;
            let of = |group: usize| {
                people.iter().filter(move |person| merger.group_of(person.at) == group)
            };
            let agree =
                of(one).all(|one| of(other).all(|other| may_be_one(&one.middle, &other.middle)));
            if agree {
                self.unite(one, other, MergeReason::ShortForm);
            }
        }
    }

    /// Returns the groups of these names, each once, the first in rank first.
    fn groups_of(&self, names: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut groups: Vec<usize> = names.into_iter().map(|name| self.group_of(name)).collect();
        groups.sort_unstable_by_key(|group| self.rank(*group));
        groups.dedup();
        groups
    }

    /// Unites a name with the group among `fits` that it can only mean.
    fn unite_with_dominant(&mut self, name: usize, fits: &[usize], reason: MergeReason) {
        let own = self.group_of(name);
        let mut groups = self.groups_of(fits.iter().copied());
        groups.retain(|group| *group != own);
        let Some((main, rest)) = groups.split_first() else { return };
        let others: u64 = rest.iter().map(|group| self.groups[*group].count).sum();
        if self.groups[*main].count >= DOMINANCE * others {
            self.unite(*main, name, reason);
        }
    }

    /// Unites a name that was taken for a person's with the company that has it before its ending:
    /// "Alcan" with "Alcan Inc.", whichever is commoner, as long as nobody is called so.
    fn unite_people_with_companies(&mut self) {
        let mut companies: FxHashMap<String, usize> = FxHashMap::default();
        for (at, name) in self.names.iter().enumerate() {
            if name.kind == EntityKind::Organization
                && let Some(core) = without_company_ending(&organization_key(&name.folded))
            {
                companies.entry(core.to_owned()).or_insert(at);
            }
        }
        let of_surname = self.people_by_surname();
        let is_called_so = |key: &str, company: usize| match key.split_once(' ') {
            Some((first, _)) => is_first_name(first),
            None => {
                let people = of_surname.get(&skeleton(key)).copied().unwrap_or_default();
                people >= self.groups[company].count
            }
        };
        let mut taken = Vec::new();
        for (group, members) in self.members() {
            let name = &self.names[group];
            if name.kind != EntityKind::Person || members.len() > 1 {
                continue;
            }
            let key = organization_key(&name.folded);
            let company = companies.get(&key).map(|company| self.group_of(*company));
            let company = company.filter(|company| !is_called_so(&key, *company));
            taken.extend(company.map(|company| (company, group)));
        }
        for (company, person) in taken {
            self.unite_under(company, person, MergeReason::OtherKind);
        }
    }

    /// Returns in how many articles people of each surname are named in full.
    fn people_by_surname(&self) -> FxHashMap<String, u64> {
        let mut counts: FxHashMap<String, u64> = FxHashMap::default();
        for person in (0..self.names.len()).filter_map(|at| self.person(at)) {
            *counts.entry(person.surname).or_default() += self.names[person.at].count;
        }
        counts
    }

    /// Returns the names of each group.
    fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.names.len() {
            members.entry(self.group_of(at)).or_default().push(at);
        }
        members
    }

    /// Unites a name that was taken for another kind in some articles with the same name of the kind
    /// that it is taken for in most: "Apple" the person with Apple, "Paris" the company with the city.
    ///
    /// It brings no names along that the other has not: "Paulson" may be taken for a company now and
    /// then, and still "Paulson & Co." is not Henry Paulson.
    fn unite_kinds(&mut self) {
        let mut by_name: Buckets = BTreeMap::new();
        for (at, name) in self.names.iter().enumerate() {
            by_name.entry(name.folded.clone()).or_default().push(at);
        }
        let members = self.members();
        for names in by_name.values().filter(|names| names.len() > 1) {
            let groups = self.groups_of(names.iter().copied());
            let Some((main, rest)) = groups.split_first() else { continue };
            for other in rest {
                let dominates =
                    self.groups[*main].count >= KIND_DOMINANCE * self.groups[*other].count;
                if dominates && self.has_all_names(&members[main], &members[other]) {
                    self.unite(*main, *other, MergeReason::OtherKind);
                }
            }
        }
    }

    /// Tells whether each of the other names is, in whatever case and kind, one of these.
    fn has_all_names(&self, names: &[usize], others: &[usize]) -> bool {
        let is_one = |other: &usize| {
            names.iter().any(|name| self.names[*name].folded == self.names[*other].folded)
        };
        others.iter().all(is_one)
    }

    fn unite_surnames(&mut self, families: &Buckets, people: &[PersonName]) {
        for at in 0..self.names.len() {
            let name = &self.names[at];
            if name.kind != EntityKind::Person || name.folded.contains(' ') {
                continue;
            }
            let Some(family) = families.get(&skeleton(&name.folded)) else { continue };
            let fits: Vec<usize> = family.iter().map(|place| people[*place].at).collect();
            self.unite_with_dominant(at, &fits, MergeReason::Surname);
        }
    }
}

/// The parts of the name of a person, in forms that are compared.
struct PersonName {
    at: usize,
    first: String,
    full_first: String,
    middle: Vec<String>,
    surname: String,
}

impl PersonName {
    /// Returns the parts of a name of two words or more.
    fn of(at: usize, folded: &str) -> Option<Self> {
        const GENERATIONS: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];
        let mut words: Vec<&str> = folded.split(' ').collect();
        // "Jr." tells two people apart and so counts as a middle name.
        let generation =
            words.len() > 2 && words.last().is_some_and(|last| GENERATIONS.contains(last));
        if generation {
            words.rotate_right(1);
            words.swap(0, 1);
        }
        let [first, middle @ .., last] = words.as_slice() else { return None };
        Some(Self {
            at,
            first: first_name_key(first),
            full_first: full_name_key(first),
            middle: middle.iter().map(|name| skeleton(name)).collect(),
            surname: skeleton(last),
        })
    }

    fn has_initial(&self) -> bool {
        self.first.chars().count() == 1
    }
}

/// Tells whether two lists of middle names may be of one person: one has none, or they agree but for
/// initials.
fn may_be_one(one: &[String], other: &[String]) -> bool {
    if one.is_empty() || other.is_empty() {
        return true;
    }
    let agree = |(one, other): (&String, &String)| {
        let shortened = one.len() == 1 || other.len() == 1;
        one == other || shortened && one.chars().next() == other.chars().next()
    };
    one.len() == other.len() && one.iter().zip(other).all(agree)
}

/// Tells whether a folded word is a first name, by the lists of the program.
fn is_first_name(folded: &str) -> bool {
    let listed = || Gazetteer::get().find(folded);
    folded.chars().count() == 1
        || listed().is_some_and(|(classes, _)| classes.has(Classes::FIRST_NAME))
}

fn spelling_key(name: &MergedName) -> Option<String> {
    (name.kind == EntityKind::Organization).then(|| organization_key(&name.folded))
}

/// Returns the name that the lists of the program show for a place or an organization; bodies of the
/// United States also by a name that says so ("U.S. Federal Reserve").
fn listed_name(kind: EntityKind, name: &str) -> Option<String> {
    let gazetteer = Gazetteer::get();
    let of_states = || {
        const COUNTRY: [&str; 3] = ["U.S. ", "US ", "United States "];
        let bare = COUNTRY.iter().find_map(|country| name.strip_prefix(country))?;
        gazetteer.shown_for(bare, EntityKind::Organization)
    };
    // Sources that list what an article is about write "usa" and "west-germany".
    let of_code = || {
        let is_code = LetterCase::of(name) == LetterCase::Lower;
        let spelled_out = is_code.then(|| name.replace('-', " ").to_uppercase())?;
        gazetteer.shown_for(&spelled_out, kind)
    };
    let shown = gazetteer.shown_for(name, kind).or_else(of_code);
    let shown = shown.or_else(|| (kind == EntityKind::Organization).then(of_states).flatten());
    shown.map(str::to_owned)
}

/// Returns the initials of a name of three words or more, with and without its small words.
fn initials_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = crate::text::words(name).map(|word| word.text).collect();
    let initials = |words: &mut dyn Iterator<Item = &&str>| {
        words
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let all = initials(&mut words.iter());
    let large = initials(&mut words.iter().filter(|word| word.starts_with(char::is_uppercase)));
    let mut found = vec![all, large];
    found.dedup();
    found.retain(|initials| initials.chars().count() >= SHORTEST_ACRONYM);
    found
}
