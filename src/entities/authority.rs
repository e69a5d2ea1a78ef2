//! Authority files (the librarians' term): a user's word on what entities are called.
//!
//! A file in TOML or CSV lists entities with their kind, other names and identifiers, names that must
//! never be merged, and names that are no entities. What it says beats whatever was found otherwise.
//! Nothing is read from disk here: the caller gives the text and the name by which errors call it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::canonical::folded_words;
use super::error::AuthorityError;
use crate::article::EntityKind;

/// What users say of entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// The entities, in the order of the files.
    pub entities: Vec<AuthorityEntity>,
    /// Groups of names no two of which are the same entity.
    pub never_merge: Vec<NeverMerge>,
    /// Names that are no entities.
    pub not_entities: Vec<NotAnEntity>,
}

/// An entity as a user wants it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorityEntity {
    /// The name to show.
    pub name: String,
    /// What kind of entity it is: person, organization or place.
    #[serde(deserialize_with = "kind")]
    #[schemars(with = "KindWord")]
    pub kind: EntityKind,
    /// Other names of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Identifiers by scheme, such as `wikidata = "Q58217"`.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
}

/// Names no two of which are the same entity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeverMerge {
    /// The names.
    pub names: Vec<String>,
    /// The kind for which this holds; every kind when left out.
    #[serde(default, deserialize_with = "optional_kind")]
    #[schemars(with = "Option<KindWord>")]
    pub kind: Option<EntityKind>,
}

/// A name that is no entity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotAnEntity {
    /// The name.
    pub name: String,
    /// The kind as which it is none; every kind when left out.
    #[serde(default, deserialize_with = "optional_kind")]
    #[schemars(with = "Option<KindWord>")]
    pub kind: Option<EntityKind>,
}

/// An authority file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "An authority file of `morgue`")]
pub struct AuthorityFile {
    /// Entities with their names.
    #[serde(default)]
    pub entity: Vec<AuthorityEntity>,
    /// Names that are never the same entity.
    #[serde(default)]
    pub never_merge: Vec<NeverMerge>,
    /// Names that are no entities.
    #[serde(default)]
    pub not_an_entity: Vec<NotAnEntity>,
}

/// A kind of entities, as written in files.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "it stands in the JSON Schema only")]
enum KindWord {
    Person,
    Organization,
    Place,
}

/// The separator of several aliases or names in a field of a CSV file.
const SEPARATOR: char = '|';

impl Authority {
    /// Reads an authority file in TOML; `file` is what errors call it.
    ///
    /// # Errors
    ///
    /// When it is not TOML, has keys that are not known, or names nothing where a name must be.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, AuthorityError> {
        let read: AuthorityFile = toml::from_str(text).map_err(|source| AuthorityError::Toml {
            file: file.to_owned(),
            source: Box::new(source),
        })?;
        let authority = Self {
            entities: read.entity,
            never_merge: read.never_merge,
            not_entities: read.not_an_entity,
        };
        authority.checked(file)
    }

    /// Reads an authority file in CSV; `file` is what errors call it.
    ///
    /// The first line names the columns: `name` and `kind`, and optionally `aliases` (several are
    /// separated by `|`) and `rule` (`entity` when empty, `never merge`, `not an entity`; for `never
    /// merge` the other names stand under `aliases`). Every other column is a scheme of identifiers.
    ///
    /// # Errors
    ///
    /// When it is not CSV, has no column `name`, or a line has an unknown kind or rule.
    pub fn from_csv(file: &str, text: &str) -> Result<Self, AuthorityError> {
        let not_csv = |source| AuthorityError::Csv { file: file.to_owned(), source };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let columns = reader.headers().map_err(not_csv)?.clone();
        if !columns.iter().any(|column| column.eq_ignore_ascii_case("name")) {
            return Err(AuthorityError::NoNameColumn { file: file.to_owned() });
        }
        let mut authority = Self::default();
        for record in reader.records() {
            let record = record.map_err(not_csv)?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = CsvRow { file, line, columns: &columns, record: &record };
            authority.add_row(&row)?;
        }
        authority.checked(file)
    }

    /// Adds what another file says; where both give a name to an entity, this one's counts.
    pub fn extend(&mut self, other: Self) {
        self.entities.extend(other.entities);
        self.never_merge.extend(other.never_merge);
        self.not_entities.extend(other.not_entities);
    }

    /// Tells whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.never_merge.is_empty() && self.not_entities.is_empty()
    }

    fn add_row(&mut self, row: &CsvRow<'_>) -> Result<(), AuthorityError> {
        let name = row.field("name").to_owned();
        let aliases = row.list("aliases");
        match row.field("rule").to_ascii_lowercase().replace('-', " ").as_str() {
            "" | "entity" => {
                let kind = row.kind()?.ok_or_else(|| row.unknown("kind"))?;
                let identifiers = row.identifiers();
                self.entities.push(AuthorityEntity { name, kind, aliases, identifiers });
            }
            "never merge" => {
                let names = std::iter::once(name).chain(aliases).collect();
                self.never_merge.push(NeverMerge { names, kind: row.kind()? });
            }
            "not an entity" => self.not_entities.push(NotAnEntity { name, kind: row.kind()? }),
            _ => return Err(row.unknown("rule")),
        }
        Ok(())
    }

    /// Returns what was read when every name is one and none is given to two entities of a kind.
    fn checked(self, file: &str) -> Result<Self, AuthorityError> {
        if self.names().any(|name| name.trim().is_empty()) {
            return Err(AuthorityError::EmptyName { file: file.to_owned() });
        }
        let mut owners: BTreeMap<(EntityKind, String), &str> = BTreeMap::new();
        for entity in &self.entities {
            for alias in entity.names() {
                let key = (entity.kind, folded_words(alias));
                if let Some(other) = owners.insert(key, &entity.name)
                    && other != entity.name
                {
                    return Err(AuthorityError::TwoOwners {
                        file: file.to_owned(),
                        alias: alias.to_owned(),
                        entities: [other.to_owned(), entity.name.clone()],
                    });
                }
            }
        }
        Ok(self)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let entities = self.entities.iter().flat_map(AuthorityEntity::names);
        let apart = self.never_merge.iter().flat_map(|group| &group.names).map(String::as_str);
        entities.chain(apart).chain(self.not_entities.iter().map(|not| not.name.as_str()))
    }
}

impl AuthorityEntity {
    /// Returns the name to show and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().chain([&self.name]).map(String::as_str)
    }
}

/// A line of a CSV file.
struct CsvRow<'row> {
    file: &'row str,
    line: u64,
    columns: &'row csv::StringRecord,
    record: &'row csv::StringRecord,
}

impl CsvRow<'_> {
    const COLUMNS: [&'static str; 4] = ["name", "kind", "aliases", "rule"];

    fn field(&self, column: &str) -> &str {
        let place = self.columns.iter().position(|name| name.eq_ignore_ascii_case(column));
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    fn list(&self, column: &str) -> Vec<String> {
        let items = self.field(column).split(SEPARATOR).map(str::trim);
        items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    fn kind(&self) -> Result<Option<EntityKind>, AuthorityError> {
        match self.field("kind") {
            "" => Ok(None),
            word => word.parse().map(Some).map_err(|()| self.unknown("kind")),
        }
    }

    fn identifiers(&self) -> BTreeMap<String, String> {
        let fields = self.columns.iter().zip(self.record);
        fields
            .filter(|(column, value)| {
                !value.is_empty()
                    && !Self::COLUMNS.iter().any(|own| own.eq_ignore_ascii_case(column))
            })
            .map(|(column, value)| (column.to_owned(), value.to_owned()))
            .collect()
    }

    fn unknown(&self, column: &'static str) -> AuthorityError {
        AuthorityError::UnknownWord {
            file: self.file.to_owned(),
            line: self.line,
            column,
            word: self.field(column).to_owned(),
        }
    }
}

fn kind<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<EntityKind, D::Error> {
    let word = String::deserialize(deserializer)?;
    word.parse().map_err(|()| {
        serde::de::Error::custom(format!("`{word}` is not person, organization or place"))
    })
}

fn optional_kind<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<EntityKind>, D::Error> {
    kind(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = r#"
        [[entity]]
        name = "Sergei Lavrov"
        kind = "person"
        aliases = ["Sergey Lavrov"]
        identifiers = { wikidata = "Q58217" }

        [[never_merge]]
        names = ["Laura Bush", "George Bush"]

        [[not_an_entity]]
        name = "Leave a Reply"
        kind = "organization"
    "#;

    const CSV: &str = "name,kind,aliases,rule,wikidata\n\
        Sergei Lavrov,person,Sergey Lavrov,,Q58217\n\
        Laura Bush,,George Bush,never merge,\n\
        Leave a Reply,organization,,not an entity,\n";

    #[test]
    fn both_formats_say_the_same() {
        let from_toml = Authority::from_toml("a.toml", TOML).expect("a good file");
        let from_csv = Authority::from_csv("a.csv", CSV).expect("a good file");
        assert_eq!(from_toml, from_csv);
        assert_eq!(from_toml.entities[0].identifiers["wikidata"], "Q58217");
    }

    #[test]
    fn errors_name_file_and_reason() {
        let cases = [
            ("name,kind\nX,planet\n", "`a.csv`, line 2: `planet` is no kind"),
            ("title,kind\nX,person\n", "`a.csv` has no column `name`"),
            (
                "name,kind,aliases\nX,person,Z\nY,person,z\n",
                "`a.csv` gives `z` to both `X` and `Y`",
            ),
            ("name,kind\n,person\n", "`a.csv` has an entry without a name"),
        ];
        for (text, message) in cases {
            let error = Authority::from_csv("a.csv", text).expect_err(text);
            assert_eq!(error.to_string(), message);
        }
        assert!(Authority::from_toml("a.toml", "[[entitty]]\nname = 'x'").is_err());
    }
}
