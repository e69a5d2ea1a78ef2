//! `morgue stats`: says what an archive holds.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::engine;
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::terminal::{self, ColourChoice};
use crate::output::{json, stats};
use crate::search::SearchEngine;

/// Say what an archive holds
#[derive(Args, Debug)]
#[command(
    long_about = "Say what an archive holds: articles, the dates they cover, those without a date, \
                  outlets, languages, sizes, and what could not be read.",
    after_help = "Examples:\n  morgue stats\n  morgue stats --format json | jq .undated"
)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub location: LocationArgs,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
}

/// The form of the statistics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &StatsArgs) -> anyhow::Result<ExitStatus> {
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let info = engine.info()?;
    let mut out = terminal::stdout();
    match args.format {
        Format::Json => json::write_document(&mut out, &stats::StatsJson::from(&info))?,
        Format::Table => stats::write_table(&mut out, &info, terminal::look(args.color))?,
    }
    out.flush()?;
    Ok(ExitStatus::Success)
}
