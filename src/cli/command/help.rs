//! `morgue help`: the help of a command, and the lesson in the query language.

use std::io::Write;

use clap::{Args, CommandFactory};

use crate::cli::args::Arguments;
use crate::cli::exit::ExitStatus;
use crate::cli::terminal;

/// The topic that teaches the query language.
const QUERY_TOPIC: &str = "query";

/// The query language on one screen.
const LESSON: &str = "\
The query language

  gas pipeline               both words, in any form (pipelines), the nearer together the better
  gas or oil, gas not oil    or, not, and, in any case; also || ! && -word +word
  (gas or oil) pipeline      brackets; a mix of and with or gets a note that says how it was read
  \"security guarantees\"      exactly these words, side by side
  \"{security guarantees}\"    side by side, in any form;   =word  exactly this word
  \"security * guarantees\"    any word in between;   \"(gas|oil) price\"  either word

  talks w/5 gas              within 5 words, either way; also near/5
  talks pre/5 gas            in this order
  talks w/s gas, w/p gas     in the same sentence, in the same paragraph
  talks not w/5 gas          talks, with no gas that near
  \"gas talks\"~3             within 3 moves of one another

  guarant*  wom?n  gas$2     any letters, one letter, up to 2 more
  zelensky~1   /gr[ae]y/     one letter off; a regular expression over written forms
  caps(may) allcaps(aids)    by capitals;  nocaps(may)
  atleast3(gas)              three times or more
  first50(gas)  lead(gas)    in the first 50 words, in the first two paragraphs

  title:gas  title:(a or b)  fields: title lead hlead body byline dateline outlet section
  person:lavrov              lang url person org place entity id path
  words>1000   has:date      lengths; whether a field is known

  date:2022  date:2022-01  date:2022-q1  date:2022-w04  date:2022-01-25  date:2022-01..2022-03
  since:2022-01  until:2022-03  after:  before:  date:last-month  date:-30d  date:yesterday

What looks like an operator is a word inside quotes. `--explain` says how a query was read.
";

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
        return Ok(LESSON.to_owned());
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
