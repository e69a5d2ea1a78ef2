//! What saved searches have to tell, and what they are.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::layout::StyledText;
use super::style::{Look, Role};
use super::table::{total, write_table as write_hits};
use super::wire;
use crate::search::SearchResponse;

/// A saved search and what is new of it.
pub struct Told {
    /// Its name.
    pub name: String,
    /// The answer with the new articles only.
    pub response: SearchResponse,
}

/// The news of saved searches.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NewsJson<'a> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The searches in the order of their names, also those without news.
    pub alerts: Vec<ToldJson<'a>>,
}

/// What is new of a saved search.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ToldJson<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its query as it was read.
    pub query: &'a str,
    /// How many articles are new.
    pub new: u64,
    /// The new articles, the newest first; copies are named with the one that is shown.
    pub hits: Vec<wire::Hit<'a>>,
}

/// A saved search.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ListedJson<'a> {
    /// Its name.
    pub name: &'a str,
    /// The query as it was typed.
    pub query: &'a str,
    /// Whether any of the bare words do.
    pub any: bool,
    /// The filters, as switches of `search`.
    pub filters: Vec<String>,
    /// How many articles it has told of.
    pub told: usize,
}

impl<'a> From<&'a [Told]> for NewsJson<'a> {
    fn from(told: &'a [Told]) -> Self {
        let told = told.iter().map(|told| ToldJson {
            name: &told.name,
            query: &told.response.query,
            new: told.response.total,
            hits: told.response.hits.iter().map(wire::Hit::from).collect(),
        });
        Self { version: wire::VERSION, alerts: told.collect() }
    }
}

/// Writes the news for people: below the name of each search that has any, its hits.
pub fn write_table(out: &mut dyn Write, told: &[Told], look: Look) -> io::Result<()> {
    let with_news = told.iter().filter(|told| told.response.total > 0);
    for (place, told) in with_news.enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        let mut heading = StyledText::of(&told.name, Role::Title);
        heading.push(&format!(": {} new, ", total(&told.response)), Role::Quiet);
        heading.push(&told.response.query, Role::Body);
        heading.write(out, look, 0)?;
        writeln!(out)?;
        write_hits(out, &told.response, 1, look)?;
    }
    Ok(())
}
