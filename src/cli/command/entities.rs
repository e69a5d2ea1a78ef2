//! `morgue entities`: lists the people, organizations and places of an archive.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::article::EntityKind;
use crate::cli::engine;
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::terminal::{self, ColourChoice};
use crate::output::{entities, json};
use crate::search::{EntityRequest, SearchEngine};

/// List the people, organizations and places that articles mention
#[derive(Args, Debug)]
#[command(
    long_about = "List the people, organizations and places that articles mention, with the number \
                  of articles, the commonest first.\n\nWORDS keep the names that hold all of them, \
                  by their beginnings.",
    after_help = "Examples:\n  morgue entities --kind person\n  morgue entities minist --kind org\n  \
                  morgue entities lavrov --format jsonl"
)]
pub(crate) struct EntitiesArgs {
    /// Words of the names
    #[arg(value_name = "WORDS", num_args = 0..)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub location: LocationArgs,
    /// The kind of names
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// How many names to list
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
}

/// A kind of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// People
    Person,
    /// Organizations
    #[value(alias = "organization", alias = "organisation")]
    Org,
    /// Places
    Place,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// JSON Lines, a name a line
    Jsonl,
    /// CSV, a name a row
    Csv,
}

/// Runs the command.
pub(crate) fn run(args: &EntitiesArgs) -> anyhow::Result<ExitStatus> {
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let request = EntityRequest {
        words: args.words.join(" "),
        kind: args.kind.map(Kind::to_entity_kind),
        limit: args.limit,
    };
    let found = engine.entities(&request)?;
    let mut out = terminal::stdout();
    match args.format {
        Format::Table => entities::write_table(&mut out, &found, terminal::look(args.color))?,
        Format::Csv => entities::write_csv(&mut out, &found)?,
        Format::Jsonl => {
            for entity in &found {
                json::write_line(&mut out, &entities::EntityJson::from(entity))?;
            }
        }
    }
    out.flush()?;
    Ok(if found.is_empty() { ExitStatus::NothingFound } else { ExitStatus::Success })
}

impl Kind {
    fn to_entity_kind(self) -> EntityKind {
        match self {
            Self::Person => EntityKind::Person,
            Self::Org => EntityKind::Organization,
            Self::Place => EntityKind::Place,
        }
    }
}
