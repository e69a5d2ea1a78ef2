//! Queries and the filters that switches add to them, for every command that asks.

use chrono::NaiveDate;
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::article::EntityKind;
use crate::query::{
    self, DateBound, Field, Filter, NameField, NamePattern, ParseOptions, Query, QueryAst,
};

use super::clock::today;
use super::messages;

/// How queries are read, and the filters that hold for all of them.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct QueryArgs {
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Let any of the bare words do, rather than all
    #[arg(long, help_heading = "Query")]
    pub any: bool,
    /// The day that "yesterday" and "last month" are reckoned from [default: today]
    #[arg(long, value_name = "DATE", help_heading = "Query")]
    pub now: Option<NaiveDate>,
}

/// Filters that stand for the same ones of the query language.
#[derive(Args, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FilterArgs {
    /// Published on this day or later: 2022, 2022-01, "last month", 30d
    #[arg(long, value_name = "DATE", help_heading = "Filters", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Published on this day or earlier; a month or year counts to its end
    #[arg(long, value_name = "DATE", help_heading = "Filters", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Published within this day, week, month, quarter or year
    #[arg(long, value_name = "DATE", help_heading = "Filters", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Mentions this person, organization or place, by name or alias
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub entity: Vec<String>,
    /// Mentions this person
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub person: Vec<String>,
    /// Mentions this organization
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub org: Vec<String>,
    /// Mentions this place
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub place: Vec<String>,
    /// Published by this outlet
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub outlet: Vec<String>,
    /// A report of this news agency, by any of its names
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub agency: Vec<String>,
    /// Written in this language: en, uk ...
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    pub lang: Vec<String>,
}

/// What the text of a query is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The query language.
    Language,
    /// Plain words, which are one phrase.
    Phrase,
}

impl QueryArgs {
    /// Returns the query `text` with the filters.
    ///
    /// # Errors
    /// When the text is no query, or the value of a switch none of its kind.
    pub(super) fn read(&self, text: &str) -> anyhow::Result<Query> {
        self.read_as(text, Form::Language)
    }

    /// Returns the query `text`, which is written in `form`, with the filters.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn read_as(&self, text: &str, form: Form) -> anyhow::Result<Query> {
        let now = self.now.unwrap_or_else(today);
        let options = ParseOptions { now, any: self.any, phrase: form == Form::Phrase };
        let query = query::parse(text, &options)
            .map_err(|error| anyhow::anyhow!("{}", messages::query_error(&error)))?;
        Ok(query.and(self.filters.to_ast(now)?))
    }
}

impl FilterArgs {
    /// Returns the filters as switches, for people to read.
    pub(super) fn switches(&self) -> Vec<String> {
        let single = [("--from", &self.from), ("--to", &self.to), ("--on", &self.on)];
        let single = single.map(|(switch, value)| (switch, value.as_slice()));
        let several: [(&str, &[String]); 7] = [
            ("--entity", &self.entity),
            ("--person", &self.person),
            ("--org", &self.org),
            ("--place", &self.place),
            ("--outlet", &self.outlet),
            ("--agency", &self.agency),
            ("--lang", &self.lang),
        ];
        let all = single.into_iter().chain(several);
        all.flat_map(|(switch, values)| values.iter().map(move |value| format!("{switch} {value}")))
            .collect()
    }

    /// Returns the filters as a query tree.
    ///
    /// # Errors
    /// When a date or language is not one.
    fn to_ast(&self, now: NaiveDate) -> anyhow::Result<QueryAst> {
        let mut filters = Vec::new();
        let conditions = [
            ("--from", self.from.as_slice(), Field::Date(DateBound::Since)),
            ("--to", self.to.as_slice(), Field::Date(DateBound::Until)),
            ("--on", self.on.as_slice(), Field::Date(DateBound::In)),
            ("--entity", &self.entity, entity(None)),
            ("--person", &self.person, entity(Some(EntityKind::Person))),
            ("--org", &self.org, entity(Some(EntityKind::Organization))),
            ("--place", &self.place, entity(Some(EntityKind::Place))),
        ];
        for (switch, values, field) in conditions {
            for value in values {
                filters.push(filter(switch, value, field, now)?.into());
            }
        }
        // An article has one outlet and one language, and few have two agencies: of several that are
        // named, any will do.
        let alternatives = [
            ("--outlet", &self.outlet, Field::Name(NameField::Outlet)),
            ("--agency", &self.agency, Field::Name(NameField::Agency)),
            ("--lang", &self.lang, Field::Language),
        ];
        for (switch, values, field) in alternatives {
            let branches = values.iter().map(|value| filter(switch, value, field, now));
            let branches = branches.collect::<anyhow::Result<Vec<_>>>()?;
            if !branches.is_empty() {
                filters.push(QueryAst::any(branches.into_iter().map(QueryAst::from)));
            }
        }
        Ok(QueryAst::all(filters))
    }
}

fn entity(kind: Option<EntityKind>) -> Field {
    Field::Name(NameField::Entity(kind))
}

/// Reads the value of a switch that stands for a filter.
fn filter(switch: &str, value: &str, field: Field, now: NaiveDate) -> anyhow::Result<Filter> {
    query::parse_filter(field, value, now)
        .map_err(|error| anyhow::anyhow!("`{switch}`: {}", messages::query_error(&error)))
}

/// Returns the names that the value of `--with` stands for.
///
/// # Errors
/// When it is no name.
pub(super) fn name_pattern(name: &str) -> anyhow::Result<NamePattern> {
    // No name depends on what day it is.
    match filter("--with", name, entity(None), NaiveDate::default())? {
        Filter::Name { pattern, .. } => Ok(pattern),
        _ => anyhow::bail!("`--with`: `{name}` is no name"),
    }
}
