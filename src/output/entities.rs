//! Lists of people, organizations and places, as a table, JSON Lines and CSV.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::csv;
use super::layout::{StyledText, write_styled};
use super::notice::grouped;
use super::style::{Look, Role, role_of};
use crate::search::EntityCount;

/// An entity and its number of articles.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntityJson<'a> {
    /// What it is.
    #[schemars(extend("enum" = ["person", "organization", "place"]))]
    pub kind: &'static str,
    /// The name.
    pub name: &'a str,
    /// The number of articles that mention it.
    pub articles: u64,
}

impl<'a> From<&'a EntityCount> for EntityJson<'a> {
    fn from(entity: &'a EntityCount) -> Self {
        Self { kind: entity.kind.as_str(), name: &entity.name, articles: entity.articles }
    }
}

/// Writes a list for people: how many articles mention it, its kind, its name.
pub fn write_table(out: &mut dyn Write, entities: &[EntityCount], look: Look) -> io::Result<()> {
    let most = entities.iter().map(|entity| entity.articles).max().unwrap_or(0);
    let digits = grouped(most).len();
    for entity in entities {
        let kind = entity.kind.as_str();
        let before = format!("{:>digits$}  {kind:<12}  ", grouped(entity.articles));
        write_styled(out, &before, Role::Quiet, look.colour)?;
        StyledText::of(&entity.name, role_of(entity.kind)).write(out, look, before.len())?;
    }
    Ok(())
}

/// Writes a list as CSV, with a row of names first.
pub fn write_csv(out: &mut dyn Write, entities: &[EntityCount]) -> io::Result<()> {
    let header = ["kind", "name", "articles"].map(str::to_owned);
    csv::write_row(out, header.into_iter())?;
    for entity in entities {
        let row = [
            entity.kind.as_str().to_owned(),
            csv::cell(Some(&entity.name)),
            entity.articles.to_string(),
        ];
        csv::write_row(out, row.into_iter())?;
    }
    Ok(())
}
