//! `morgue generate`: man pages, completions and schemas, from the definitions of the commands.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, CommandFactory, Subcommand};
use clap_complete::Shell;

use crate::cli::args::Arguments;
use crate::cli::exit::ExitStatus;
use crate::cli::terminal;

/// Generate man pages, completions and schemas
#[derive(Args, Debug)]
pub(crate) struct GenerateArgs {
    #[command(subcommand)]
    pub what: What,
}

/// What to generate.
#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Man pages, one a command, into a directory
    Man {
        /// The directory; made where there is none
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
    /// Completions for a shell, on standard output
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// JSON Schemas of articles, responses and reports, into a directory
    Schema {
        /// The directory; made where there is none
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
}

/// Runs the command.
pub(crate) fn run(args: &GenerateArgs) -> anyhow::Result<ExitStatus> {
    match &args.what {
        What::Man { directory } => write_man_pages(directory)?,
        What::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "morgue", &mut script);
            let mut out = terminal::stdout();
            out.write_all(&script)?;
            out.flush()?;
        }
        What::Schema { directory } => write_schemas(directory)?,
    }
    Ok(ExitStatus::Success)
}

fn write_man_pages(directory: &Path) -> anyhow::Result<()> {
    create(directory)?;
    // The size of a terminal has no say in a page that is read on another one.
    let command = Arguments::command().term_width(100);
    clap_mangen::generate_to(command, directory)
        .with_context(|| format!("cannot write man pages to `{}`", directory.display()))
}

fn write_schemas(directory: &Path) -> anyhow::Result<()> {
    create(directory)?;
    for (name, schema) in crate::cli::schema::all() {
        let path = directory.join(name);
        std::fs::write(&path, schema)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

fn create(directory: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(directory)
        .with_context(|| format!("cannot create `{}`", directory.display()))
}
