//! The command line as a whole.

use clap::{Parser, Subcommand};

use super::command::{
    alert, batch, compare, copies, entities, generate, help, index, read, search, show, similar,
    stats,
};

/// Full-text search over news archives
#[derive(Debug, Parser)]
#[command(
    name = "morgue",
    version,
    about,
    long_about = "Full-text search over news archives.\n\nIn a newspaper, the morgue is the archive \
                  of back issues. `morgue` turns a directory of articles, in any format and however \
                  messy, into something that can be questioned: ranked searches with filters by date, \
                  person, organization and place, in milliseconds, without a server.",
    after_help = "Start with:\n  morgue search --archive DIR '\"security guarantees\"'\n\n\
                  Exit status: 0 done, or hits; 1 nothing found; 2 error; 75 another writer holds \
                  the lock.",
    propagate_version = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Index(index::IndexArgs),
    #[command(visible_alias = "query")]
    Search(Box<search::SearchArgs>),
    Show(show::ShowArgs),
    Copies(copies::CopiesArgs),
    Similar(Box<similar::SimilarArgs>),
    Compare(Box<compare::CompareArgs>),
    Batch(Box<batch::BatchArgs>),
    Alert(Box<alert::AlertArgs>),
    Read(read::ReadArgs),
    Stats(stats::StatsArgs),
    Entities(entities::EntitiesArgs),
    Generate(generate::GenerateArgs),
    Help(help::HelpArgs),
}
