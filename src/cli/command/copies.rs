//! `morgue copies`: lists the copies of an article.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::terminal::{self, ColourChoice};
use crate::cli::{engine, messages};
use crate::output::{copies, json, wire};
use crate::search::SearchEngine;

/// List the copies of an article: the same story in other places
#[derive(Args, Debug)]
#[command(
    long_about = "List the copies of an article, in order of date: articles of the same words, \
                  syndicated, cut or lightly edited, that were printed within two weeks of it or of \
                  another copy.\n\nID is what `search` prints, or the beginning of it. Ends with \
                  status 1 where there are none.",
    after_help = "Examples:\n  morgue copies 5jq2c8\n  morgue copies 5jq2c8 --format csv > copies.csv"
)]
pub(crate) struct CopiesArgs {
    /// The id of the article, or the beginning of it
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub location: LocationArgs,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// JSON Lines, a copy a line
    Jsonl,
    /// CSV, a copy a row
    Csv,
}

/// Runs the command.
pub(crate) fn run(args: &CopiesArgs) -> anyhow::Result<ExitStatus> {
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let Some(found) = engine.copies(&args.id)? else {
        return Ok(messages::no_article(&args.id));
    };
    let mut out = terminal::stdout();
    match args.format {
        Format::Table => copies::write_table(&mut out, &found, terminal::look(args.color))?,
        Format::Csv => copies::write_csv(&mut out, &found)?,
        Format::Jsonl => {
            for copy in &found {
                json::write_line(&mut out, &wire::Copy::from(copy))?;
            }
        }
    }
    out.flush()?;
    if found.is_empty() {
        messages::say("the article has no copies");
    }
    Ok(if found.is_empty() { ExitStatus::NothingFound } else { ExitStatus::Success })
}
