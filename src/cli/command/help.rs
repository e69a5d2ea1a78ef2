//! `morgue help`: the help of a command, and the lesson in the query language.

use std::io::Write;

use clap::{Args, CommandFactory};

use crate::cli::args::Arguments;
use crate::cli::exit::ExitStatus;
use crate::cli::terminal;
use crate::query;

/// The topic that teaches the query language.
const QUERY_TOPIC: &str = "query";

/// Explain a command, or `query`: the query language on one screen
#[derive(Args, Debug)]
pub(crate) struct HelpArgs {
    /// A command, or `query`
    #[arg(value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &HelpArgs) -> anyhow::Result<ExitStatus> {
    let text = text_for(args.topic.as_deref())?;
    let mut out = terminal::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitStatus::Success)
}

fn text_for(topic: Option<&str>) -> anyhow::Result<String> {
    let mut command = Arguments::command();
    let Some(topic) = topic else { return Ok(command.render_long_help().to_string()) };
    if topic == QUERY_TOPIC {
        return Ok(query::help());
    }
    command.build();
    match command.find_subcommand_mut(topic) {
        Some(subcommand) => Ok(subcommand.render_long_help().to_string()),
        None => Err(anyhow::anyhow!(
            "there is no help on `{topic}`\nhint: `morgue help` lists the commands; `morgue help query` \
             teaches the query language"
        )),
    }
}
