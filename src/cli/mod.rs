//! The command line: arguments, messages, exit statuses. What is worth a test of its own lives in
//! the rooms below.

mod alerts;
mod args;
mod choices;
mod clock;
mod command;
mod config;
mod engine;
mod exit;
mod extract;
mod kwic;
mod location;
mod messages;
mod progress;
mod queries;
mod report;
mod schema;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use command::{
    alert, batch, compare, copies, entities, generate, help, index, read, search, show, similar,
    stats,
};
pub use exit::ExitStatus;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    match run(&arguments.command) {
        Ok(status) => status.into(),
        // Who stops reading has seen enough.
        Err(error) if messages::is_broken_pipe(&error) => ExitStatus::Success.into(),
        Err(error) => {
            messages::error(&error);
            ExitStatus::of(&error).into()
        }
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    // Nobody is left to be told when the stream is closed.
    let _ = error.print();
    if error.use_stderr() { ExitStatus::Error.into() } else { ExitStatus::Success.into() }
}

fn run(command: &Command) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Index(args) => index::run(args),
        Command::Search(args) => search::run(args),
        Command::Show(args) => show::run(args),
        Command::Copies(args) => copies::run(args),
        Command::Similar(args) => similar::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Batch(args) => batch::run(args),
        Command::Alert(args) => alert::run(args),
        Command::Read(args) => read::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Entities(args) => entities::run(args),
        Command::Generate(args) => generate::run(args),
        Command::Help(args) => help::run(args),
    }
}
