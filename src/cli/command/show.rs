//! `morgue show`: prints one article.

use std::io::Write;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::article::SourceLocator;
use crate::cli::config::ConfigArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::location::{Location, LocationArgs};
use crate::cli::progress::Verbosity;
use crate::cli::terminal::{self, ColourChoice};
use crate::cli::{engine, messages};
use crate::ingest::{self, SourceFile};
use crate::output::{self, Matches, json};
use crate::search::SearchEngine;

/// Show one article
#[derive(Args, Debug)]
#[command(
    long_about = "Show one article, with the reasons for its date, headline and names.\n\nID is what \
                  `search` prints, or the beginning of it. `--raw` prints the bytes of its record as \
                  they lie in the archive, page litter and all.",
    after_help = "Examples:\n  morgue show 5jq2c8\n  morgue show 5jq2c8 --format json | jq .evidence\n  \
                  morgue show 5jq2c8 --raw | less"
)]
pub(crate) struct ShowArgs {
    /// The id of the article, or the beginning of it
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub location: LocationArgs,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM", conflicts_with = "raw")]
    pub format: Format,
    /// Print the bytes of the record as they lie in the archive
    #[arg(long)]
    pub raw: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
}

/// The form of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One line of JSON
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<ExitStatus> {
    let (engine, place) = engine::open(&args.location, Verbosity::Normal)?;
    let Some(article) = engine.article(&args.id)? else {
        return Ok(messages::no_article(&args.id));
    };
    let mut out = terminal::stdout();
    if args.raw {
        out.write_all(&raw_record(&article.locator, &place, &args.config)?)?;
    } else {
        match args.format {
            Format::Json => json::write_article(&mut out, &article)?,
            Format::Text => {
                let look = terminal::look(args.color);
                output::write_article(&mut out, &article, Matches::default(), look)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitStatus::Success)
}

fn raw_record(
    locator: &SourceLocator,
    place: &Location,
    config: &ConfigArgs,
) -> anyhow::Result<Vec<u8>> {
    let archive = place
        .archive
        .as_ref()
        .context("the index does not say where its archive is\nhint: `--archive DIR` does")?;
    let absolute = ingest::locate(archive, &locator.path);
    let file = SourceFile::at(&absolute, locator.path.as_str())?;
    Ok(ingest::read_record_bytes(&file, locator, &config.read_options(archive)?)?)
}
