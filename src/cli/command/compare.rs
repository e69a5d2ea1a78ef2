//! `morgue compare`: counts several queries over time, side by side.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::choices::{CopyArgs, IntervalArg};
use crate::cli::engine;
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::queries::QueryArgs;
use crate::cli::terminal::{self, ColourChoice};
use crate::output::{comparison, json};
use crate::search::compare;

/// Count several queries over time, side by side
#[derive(Args, Debug)]
#[command(
    long_about = "Count several queries over time, side by side: who was written about when, or \
                  which word took the place of another.\n\nEach QUERY is one argument, in the \
                  language of `morgue help query`; the filters hold for all of them. Periods without \
                  any article are shown. Copies of a story count once, unless `--copies all` says \
                  otherwise.",
    after_help = "Examples:\n  morgue compare gas oil --by month\n  morgue compare 'person:putin' \
                  'person:zelensky' --from 2021-12 --by week\n  morgue compare gas oil --format csv > \
                  gas-or-oil.csv"
)]
pub(crate) struct CompareArgs {
    /// What to count, each in quotes
    #[arg(value_name = "QUERY", required = true)]
    pub queries: Vec<String>,
    #[command(flatten)]
    pub location: LocationArgs,
    #[command(flatten)]
    pub reading: QueryArgs,
    /// The periods in which articles are counted
    #[arg(long, alias = "timeline", value_enum, default_value_t, value_name = "PERIOD")]
    pub by: IntervalArg,
    #[command(flatten)]
    pub copies: CopyArgs,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM", help_heading = "Output")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", help_heading = "Output")]
    pub color: ColourChoice,
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON document
    Json,
    /// CSV, a period a row and a query a column
    Csv,
}

/// Runs the command.
pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<ExitStatus> {
    let queries = args.queries.iter().map(|text| args.reading.read(text));
    let queries = queries.collect::<anyhow::Result<Vec<_>>>()?;
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let found = compare(&engine, queries, args.by.into(), args.copies.choice())?;
    let mut out = terminal::stdout();
    match args.format {
        Format::Table => comparison::write_table(&mut out, &found, terminal::look(args.color))?,
        Format::Csv => comparison::write_csv(&mut out, &found)?,
        Format::Json => json::write_document(&mut out, &comparison::ComparisonJson::from(&found))?,
    }
    out.flush()?;
    let is_empty = found.queries.iter().all(|query| query.total == 0);
    Ok(if is_empty { ExitStatus::NothingFound } else { ExitStatus::Success })
}
