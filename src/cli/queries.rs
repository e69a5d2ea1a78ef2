//! Queries with the filters that switches add, for the commands beside `search`.

use chrono::NaiveDate;
use clap::Args;

use crate::query::{self, ParseOptions, Query};

use super::clock::today;
use super::command::search::FilterArgs;
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

impl QueryArgs {
    /// Returns the query `text` with the filters.
    ///
    /// # Errors
    /// When the text is no query, or the value of a switch none of its kind.
    pub(super) fn read(&self, text: &str) -> anyhow::Result<Query> {
        let now = self.now.unwrap_or_else(today);
        let options = ParseOptions { any: self.any, ..ParseOptions::new(now) };
        let query = query::parse(text, &options)
            .map_err(|error| anyhow::anyhow!("{}", messages::query_error(&error)))?;
        Ok(query.and(self.filters.to_ast(now)?))
    }
}
