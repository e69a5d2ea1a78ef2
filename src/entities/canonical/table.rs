//! The table of canonical names: groups of merged names, each under the name that it is shown by.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::merge::{MergedName, Merger};
use super::spelling::without_official_form;
use crate::article::{EntityKind, EntityRow, FormRow, MergeReason, NameCount, NameTable};
use crate::entities::authority::Authority;
use crate::entities::gazetteer::Gazetteer;
use crate::text::LetterCase;

/// Returns the table of the distinct names of an archive.
///
/// The order of the names changes nothing; a name that comes twice counts for both. 100,000 names
/// take a few tenths of a second. Entities have as names, besides those that occur, the aliases that
/// authority files and the built-in lists give them.
pub fn canonical_names(
    names: impl IntoIterator<Item = NameCount>,
    authority: &Authority,
) -> NameTable {
    let mut merger = Merger::new(names, authority);
    merger.run();
    let groups = named_groups(&merger, authority);
    let entities: Vec<EntityRow> = groups
        .iter()
        .map(|group| EntityRow {
            kind: group.kind,
            name: group.name.clone(),
            identifiers: group.identifiers(authority),
        })
        .collect();
    NameTable::new(&entities, form_rows(&merger, &groups, authority))
}

fn form_rows(merger: &Merger<'_>, groups: &[NamedGroup], authority: &Authority) -> Vec<FormRow> {
    let row = |name: &MergedName, entity| FormRow {
        kind: name.kind,
        name: name.name.clone(),
        count: name.count,
        entity,
        reason: name.reason,
        through: merger.names[name.through].name.clone(),
    };
    let mut rows: Vec<FormRow> = Vec::with_capacity(merger.names.len());
    for (entity, group) in (0..).zip(groups) {
        rows.extend(group.members.iter().map(|at| row(&merger.names[*at], Some(entity))));
    }
    rows.extend(merger.names.iter().filter(|name| name.hidden).map(|name| row(name, None)));
    let mut taken: FxHashSet<(EntityKind, &str)> =
        merger.names.iter().map(|name| (name.kind, name.name.as_str())).collect();
    for (entity, group) in (0..).zip(groups) {
        for (name, reason) in group.aliases(authority) {
            // An alias may be a name that occurs, or an alias of two entities.
            if taken.insert((group.kind, name)) {
                rows.push(FormRow {
                    kind: group.kind,
                    name: name.to_owned(),
                    count: 0,
                    entity: Some(entity),
                    reason,
                    through: merger.names[group.stands].name.clone(),
                });
            }
        }
    }
    rows
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
    fn identifiers(&self, authority: &Authority) -> Vec<(String, String)> {
        let entity = self.entity.map(|entity| &authority.entities[entity]);
        let pairs = entity.into_iter().flat_map(|entity| &entity.identifiers);
        pairs.map(|(scheme, value)| (scheme.clone(), value.clone())).collect()
    }

    /// Returns the canonical name and the aliases that authority files and the built-in lists give.
    fn aliases<'names>(
        &'names self,
        authority: &'names Authority,
    ) -> impl Iterator<Item = (&'names str, MergeReason)> {
        let of_user = self.entity.map(|entity| &authority.entities[entity]);
        let own = if of_user.is_some() { MergeReason::Authority } else { MergeReason::Listed };
        let users = of_user.into_iter().flat_map(|entity| &entity.aliases);
        let users = users.map(|alias| (alias.as_str(), MergeReason::Authority));
        let listed = Gazetteer::get().aliases_of(&self.name, self.kind);
        let listed = listed.map(|alias| (alias, MergeReason::Listed));
        [(self.name.as_str(), own)].into_iter().chain(users).chain(listed)
    }
}

/// Returns the groups in order of kind and canonical name.
fn named_groups(merger: &Merger<'_>, authority: &Authority) -> Vec<NamedGroup> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
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
            let name = of_user
                .map_or_else(|| best_name(merger, kind, &members), |entity| entity.name.clone());
            NamedGroup { kind, name, members, entity, stands }
        })
        .collect();
    groups.sort_by(|one, other| {
        (one.kind, &one.name, one.stands).cmp(&(other.kind, &other.name, other.stands))
    });
    groups
}

/// Returns the name to show for a group: that of the lists; else the commonest, of people one with a
/// first name, of countries not the official form, rather not in capitals or small letters only; of several the longest, then the first in order.
fn best_name(merger: &Merger<'_>, kind: EntityKind, members: &[usize]) -> String {
    let commonest = members.iter().map(|at| &merger.names[*at]).max_by_key(|name| name.count);
    let others = members.iter().map(|at| &merger.names[*at]);
    if let Some(listed) = commonest.into_iter().chain(others).find_map(|name| name.listed.clone()) {
        return listed;
    }
    let worth = |at: &&usize| {
        let name = &merger.names[**at];
        let full = kind != EntityKind::Person || name.folded.contains(' ');
        let odd_case = match LetterCase::of(&name.name) {
            LetterCase::All => name.folded.contains(' '),
            LetterCase::Lower => name.name.is_ascii(),
            _ => false,
        };
        let official = kind == EntityKind::Place && without_official_form(&name.folded).is_some();
        let order = std::cmp::Reverse(**at);
        (full && !official, !odd_case, name.count, name.name.len(), order)
    };
    members.iter().max_by_key(worth).map(|at| merger.names[*at].name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::authority::{AuthorityEntity, NeverMerge, NotAnEntity};
    use EntityKind::{Organization, Person, Place};
    use proptest::prelude::*;

    use crate::article::{EntityId, Standing};

    fn entity(table: &NameTable, kind: EntityKind, name: &str) -> EntityId {
        match table.standing(kind, name) {
            Standing::Entity(entity) => entity,
            standing => panic!("{name} is {standing:?}"),
        }
    }

    fn names(list: &[(EntityKind, &str, u64)]) -> Vec<NameCount> {
        list.iter()
            .map(|(kind, name, count)| NameCount {
                kind: *kind,
                name: (*name).into(),
                count: *count,
            })
            .collect()
    }

    fn table(list: &[(EntityKind, &str, u64)]) -> NameTable {
        canonical_names(names(list), &Authority::default())
    }

    /// Returns the canonical names of a kind.
    fn canonical(table: &NameTable, kind: EntityKind) -> Vec<&str> {
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
    fn a_name_of_another_kind_brings_no_other_names_along() {
        let table = table(&[
            (Person, "Henry Paulson", 200),
            (Person, "Paulson", 40),
            (Organization, "Paulson", 3),
            (Organization, "Paulson & Co.", 9),
            (Organization, "Apple", 90),
            (Person, "Apple", 2),
        ]);
        assert_eq!(canonical(&table, Person), ["Henry Paulson"]);
        assert_eq!(canonical(&table, Organization), ["Apple", "Paulson & Co."]);
    }

    #[test]
    fn companies_taken_for_people_are_companies() {
        let table = table(&[
            (Person, "Alcan", 57),
            (Organization, "Alcan Inc.", 43),
            (Person, "Stifel Nicolaus", 48),
            (Organization, "Stifel Nicolaus & Co.", 2),
            (Person, "Charles Schwab", 30),
            (Organization, "Charles Schwab Corp.", 90),
            (Person, "Anna Johnson", 30),
            (Person, "Peter Johnson", 30),
            (Person, "Johnson", 9),
            (Organization, "Johnson Inc.", 8),
        ]);
        assert_eq!(
            canonical(&table, Person),
            ["Anna Johnson", "Charles Schwab", "Johnson", "Peter Johnson"]
        );
        assert_eq!(
            canonical(&table, Organization),
            ["Alcan", "Charles Schwab Corp.", "Johnson Inc.", "Stifel Nicolaus"]
        );
        let reasons = |name| table.forms(entity(&table, Person, name)).map(|form| form.reason);
        assert!(reasons("Alcan").any(|reason| reason == MergeReason::OtherKind));
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
        let bush = entity(&table, Person, "Bush");
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
        let table = canonical_names(
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
        let lavrov = entity(&table, Place, "Sergei Lavrov");
        assert_eq!(table.kind(lavrov), Person);
        assert_eq!(table.identifiers(lavrov).collect::<Vec<_>>(), [("wikidata", "Q58217")]);
        assert_eq!(table.standing(Person, "the minister"), Standing::Entity(lavrov));
        assert_eq!(table.standing(Organization, "Leave a Reply"), Standing::NoEntity);
    }

    #[test]
    fn listed_entities_have_their_aliases() {
        let table = table(&[(Place, "United States", 3)]);
        let states = entity(&table, Place, "USA");
        assert_eq!(table.name(states), "United States");
        assert_eq!(table.occurring().count(), 1);
    }

    proptest! {
        #[test]
        fn order_changes_nothing(
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
            let one = canonical_names(all(&list), &Authority::default());
            list.sort_by_key(|(kind, name, count)| {
                (count ^ seed, name.len() as u64 ^ seed, kind ^ 1, name.clone())
            });
            let other = canonical_names(all(&list), &Authority::default());
            prop_assert_eq!(one.as_bytes(), other.as_bytes());
            for (kind, name, _) in &list {
                let standing = one.standing(EntityKind::ALL[*kind], name);
                prop_assert!(matches!(standing, Standing::Entity(_)));
            }
        }
    }
}
