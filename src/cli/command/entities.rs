//! `morgue entities`: lists the people, organizations and places of an archive, and says which names
//! were merged.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::article::EntityKind;
use crate::cli::engine;
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::messages;
use crate::cli::progress::Verbosity;
use crate::cli::queries::name_pattern;
use crate::cli::terminal::{self, ColourChoice};
use crate::output::{self, entities, json};
use crate::search::{EntityList, EntityRequest, SearchEngine};

/// List the people, organizations and places that articles mention
#[derive(Args, Debug)]
#[command(
    long_about = "List the people, organizations and places that articles mention, the commonest \
                  first: the number of articles, the first and the last day, the name and its \
                  commonest variants.\n\nWORDS keep the entities that have a name which holds all of \
                  them, by their beginnings. `--with NAME` counts only articles that mention NAME: \
                  who appears together with whom. `--explain` says which names were merged into each \
                  entity, and why.\n\nWhere that is wrong, an authority file puts it right: \
                  `authority.toml` or `authority.csv` beside the index directory, read by the next \
                  `morgue index`, which then takes seconds. docs/entities.md teaches their form.",
    after_help = "Examples:\n  morgue entities --kind person\n  morgue entities minist --kind org\n  \
                  morgue entities --with 'Sergei Lavrov' --kind person\n  \
                  morgue entities --explain lavrov\n  morgue entities --format jsonl | jq .name"
)]
pub(crate) struct EntitiesArgs {
    /// Words of the names
    #[arg(value_name = "WORDS", num_args = 0..)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub location: LocationArgs,
    /// The kind of entities
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<Kind>,
    /// Count only articles that mention this person, organization or place too
    #[arg(long, value_name = "NAME")]
    pub with: Vec<String>,
    /// Say which names were merged into each entity, and why
    #[arg(long)]
    pub explain: bool,
    /// How many entities to list
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
}

/// A kind of entities.
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
    /// One JSON document
    Json,
    /// JSON Lines, an entity a line
    Jsonl,
    /// CSV, an entity a row
    Csv,
}

/// Runs the command.
pub(crate) fn run(args: &EntitiesArgs) -> anyhow::Result<ExitStatus> {
    let request = args.request()?;
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let found = engine.entities(&request)?;
    args.write(&found)?;
    Ok(if found.total == 0 { ExitStatus::NothingFound } else { ExitStatus::Success })
}

impl EntitiesArgs {
    fn request(&self) -> anyhow::Result<EntityRequest> {
        let with = self.with.iter().map(|name| name_pattern(name));
        Ok(EntityRequest {
            words: self.words.join(" "),
            kind: self.kind.map(Kind::to_entity_kind),
            with: with.collect::<anyhow::Result<_>>()?,
            limit: self.limit,
        })
    }

    fn write(&self, found: &EntityList) -> anyhow::Result<()> {
        let mut out = terminal::stdout();
        let look = terminal::look(self.color);
        match self.format {
            Format::Table if self.explain => {
                entities::write_explanation(&mut out, &found.entities, look)?;
            }
            Format::Table => entities::write_table(&mut out, &found.entities, look)?,
            Format::Json => {
                json::write_document(&mut out, &entities::EntitiesJson::from(found))?;
            }
            Format::Csv => entities::write_csv(&mut out, &found.entities)?,
            Format::Jsonl => {
                for entity in &found.entities {
                    json::write_line(&mut out, &entities::EntityJson::from(entity))?;
                }
            }
        }
        out.flush()?;
        if self.format == Format::Table {
            if found.total == 0 && found.suggestions.is_empty() {
                messages::say("no such person, organization or place is mentioned");
            }
            for suggestion in &found.suggestions {
                output::did_you_mean(suggestion).iter().for_each(|line| messages::say(line));
            }
            let more = found.total.saturating_sub(found.entities.len() as u64);
            if more > 0 {
                messages::say(&format!("and {more} more; `--limit N` shows so many"));
            }
        }
        Ok(())
    }
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
