//! Lists of people, organizations and places, and what their names are merged of: as a table, JSON,
//! JSON Lines and CSV.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::csv;
use super::layout::{StyledText, write_styled};
use super::number::{counted, grouped};
use super::style::{Look, Role, role_of};
use super::wire::{Suggestion, VERSION};
use crate::article::MergeReason;
use crate::search::{EntityCount, EntityList, EntityName};

/// How many other names of an entity stand beside it in the table.
const NAMES_SHOWN: usize = 3;

/// The columns of a day.
const DAY_COLUMNS: usize = 10;

/// Entities, the commonest first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntitiesJson<'a> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The number of all entities that were asked for.
    pub total: u64,
    /// Where nobody has the name that was asked for: names that are nearly spelled so.
    pub suggestions: Vec<Suggestion<'a>>,
    /// The entities.
    pub entities: Vec<EntityJson<'a>>,
}

/// An entity and the articles that mention it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntityJson<'a> {
    /// What it is.
    #[schemars(extend("enum" = ["person", "organization", "place"]))]
    pub kind: &'static str,
    /// The canonical name.
    pub name: &'a str,
    /// The number of articles that mention it.
    pub articles: u64,
    /// The day of the earliest article that has a date: `2022-01-25`.
    pub first: Option<String>,
    /// The day of the latest.
    pub last: Option<String>,
    /// Identifiers that authority files give, by scheme, such as `wikidata`.
    pub identifiers: BTreeMap<&'a str, &'a str>,
    /// All names of the entity, the commonest first.
    pub names: Vec<NameJson<'a>>,
}

/// One of the names of an entity.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NameJson<'a> {
    /// The name as resolved within the articles.
    pub name: &'a str,
    /// What the articles take it for.
    #[schemars(extend("enum" = ["person", "organization", "place"]))]
    pub kind: &'static str,
    /// The number of articles of the archive that have it; 0 for an alias that occurs in none.
    pub articles: u64,
    /// Why it is a name of this entity.
    #[schemars(extend("enum" = reasons()))]
    pub reason: &'static str,
    /// The name that it was merged with.
    pub merged_with: &'a str,
}

fn reasons() -> Vec<&'static str> {
    MergeReason::ALL.iter().map(|reason| reason.as_str()).collect()
}

impl<'a> From<&'a EntityList> for EntitiesJson<'a> {
    fn from(list: &'a EntityList) -> Self {
        Self {
            version: VERSION,
            total: list.total,
            suggestions: list.suggestions.iter().map(Suggestion::from).collect(),
            entities: list.entities.iter().map(EntityJson::from).collect(),
        }
    }
}

impl<'a> From<&'a EntityCount> for EntityJson<'a> {
    fn from(entity: &'a EntityCount) -> Self {
        let identifiers = entity.identifiers.iter();
        Self {
            kind: entity.kind.as_str(),
            name: &entity.name,
            articles: entity.articles,
            first: entity.dates.map(|(first, _)| first.to_string()),
            last: entity.dates.map(|(_, last)| last.to_string()),
            identifiers: identifiers.map(|(scheme, id)| (scheme.as_str(), id.as_str())).collect(),
            names: entity.names.iter().map(NameJson::from).collect(),
        }
    }
}

impl<'a> From<&'a EntityName> for NameJson<'a> {
    fn from(name: &'a EntityName) -> Self {
        Self {
            name: &name.name,
            kind: name.kind.as_str(),
            articles: name.articles,
            reason: name.reason.as_str(),
            merged_with: &name.through,
        }
    }
}

/// Writes a list for people: how many articles mention an entity, its kind, the first and the last
/// day, its name, and the commonest of its other names.
pub fn write_table(out: &mut dyn Write, entities: &[EntityCount], look: Look) -> io::Result<()> {
    let most = entities.iter().map(|entity| entity.articles).max().unwrap_or(0);
    let digits = grouped(most).len();
    for entity in entities {
        let kind = entity.kind.as_str();
        let day = |date: Option<String>| date.unwrap_or_default();
        let first = day(entity.dates.map(|(first, _)| first.to_string()));
        let last = day(entity.dates.map(|(_, last)| last.to_string()));
        let before = format!(
            "{:>digits$}  {kind:<12}  {first:<DAY_COLUMNS$}  {last:<DAY_COLUMNS$}  ",
            grouped(entity.articles)
        );
        write_styled(out, &before, Role::Quiet, look.colour)?;
        let mut line = StyledText::of(&entity.name, role_of(entity.kind));
        line.push(&others(entity), Role::Quiet);
        line.write(out, look, before.len())?;
    }
    Ok(())
}

/// Returns the other names of an entity that occur, in brackets.
fn others(entity: &EntityCount) -> String {
    let occurs = |name: &&EntityName| name.articles > 0 && name.name != entity.name;
    let mut names: Vec<&str> =
        entity.names.iter().filter(occurs).map(|name| name.name.as_str()).collect();
    names.dedup();
    if names.is_empty() {
        return String::new();
    }
    let more = names.len().saturating_sub(NAMES_SHOWN);
    names.truncate(NAMES_SHOWN);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    format!(" ({}{more})", names.join(", "))
}

/// Writes for people which names were merged into each entity, and why.
pub fn write_explanation(
    out: &mut dyn Write,
    entities: &[EntityCount],
    look: Look,
) -> io::Result<()> {
    for (place, entity) in entities.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        let mut line = StyledText::of(&entity.name, role_of(entity.kind));
        let articles = counted(entity.articles, "article", "articles");
        line.push(&format!(" · {} · {articles}", entity.kind), Role::Quiet);
        line.write(out, look, 0)?;
        for (scheme, id) in &entity.identifiers {
            let line = StyledText::of(&format!("  {scheme} {id}"), Role::Quiet);
            line.write(out, look, 2)?;
        }
        let most = entity.names.iter().map(|name| name.articles).max().unwrap_or(0);
        let digits = grouped(most).len();
        for name in &entity.names {
            write_name(out, entity, name, digits, look)?;
        }
    }
    Ok(())
}

fn write_name(
    out: &mut dyn Write,
    entity: &EntityCount,
    name: &EntityName,
    digits: usize,
    look: Look,
) -> io::Result<()> {
    let before = format!("  {:>digits$}  ", grouped(name.articles));
    write_styled(out, &before, Role::Quiet, look.colour)?;
    let mut line = StyledText::of(&name.name, role_of(name.kind));
    if name.kind != entity.kind {
        line.push(&format!(" (found as {})", name.kind), Role::Quiet);
    }
    let why = match name.reason {
        MergeReason::Own => format!(": {}", name.reason.describe()),
        reason if name.through == name.name => format!(": {}", reason.describe()),
        reason => format!(": merged with {}, since {}", name.through, reason.describe()),
    };
    line.push(&why, Role::Quiet);
    line.write(out, look, before.len())
}

/// Writes a list as CSV, with a row of names first.
pub fn write_csv(out: &mut dyn Write, entities: &[EntityCount]) -> io::Result<()> {
    let header = ["kind", "name", "articles", "first", "last", "other_names", "identifiers"];
    csv::write_row(out, header.map(str::to_owned).into_iter())?;
    for entity in entities {
        let others = entity.names.iter().filter(|name| name.name != entity.name);
        let others: Vec<&str> = others.map(|name| name.name.as_str()).collect();
        let identifiers: Vec<String> =
            entity.identifiers.iter().map(|(scheme, id)| format!("{scheme}={id}")).collect();
        let row = [
            entity.kind.as_str().to_owned(),
            csv::cell(Some(&entity.name)),
            entity.articles.to_string(),
            entity.dates.map(|(first, _)| first.to_string()).unwrap_or_default(),
            entity.dates.map(|(_, last)| last.to_string()).unwrap_or_default(),
            csv::cell(Some(&others.join("; "))),
            csv::cell(Some(&identifiers.join("; "))),
        ];
        csv::write_row(out, row.into_iter())?;
    }
    Ok(())
}
