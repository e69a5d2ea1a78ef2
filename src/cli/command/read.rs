//! `morgue read`: prints what would be indexed, without an index.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::cli::config::ConfigArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::{messages, terminal};
use crate::ingest::{self, Flow, ReadOptions, Record, SourceFile, WalkOptions};
use crate::output::json;
use crate::pipeline::{Enricher, Recognizer};

/// Print articles as they would be indexed, as JSON Lines
#[derive(Args, Debug)]
#[command(
    long_about = "Print articles as they would be indexed, as JSON Lines of \
                  schema/article.v1.schema.json, without an index.\n\nShows why a date or a name came \
                  out as it did, and converts any format that is read to JSON. What gives no article \
                  is named on standard error with the reason; the status is 2 when something could \
                  not be read, and what could be read is printed all the same.",
    after_help = "Examples:\n  morgue read article.html | jq .date,.evidence.date\n  \
                  morgue read ~/archive/2022 > articles.jsonl"
)]
pub(crate) struct ReadArgs {
    /// Files or directories
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Leave people, organizations and places alone
    #[arg(long)]
    pub no_entities: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Runs the command.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<ExitStatus> {
    let recognizer = (!args.no_entities).then(Recognizer::new);
    let mut printer = Printer {
        enricher: Enricher::new(recognizer.as_ref()),
        out: Box::new(terminal::stdout()),
        quiet: args.quiet,
        failed: false,
        broken: None,
    };
    for path in &args.paths {
        let options = args.config.read_options_for(path)?;
        for file in ingest::walk(path, &WalkOptions::default()) {
            match file {
                Ok(file) => printer.read(&file, &options),
                Err(error) => printer.fail(&messages::with_causes(&error)),
            }
            if let Some(error) = printer.broken.take() {
                return Err(error.into());
            }
        }
    }
    printer.out.flush()?;
    Ok(if printer.failed { ExitStatus::Error } else { ExitStatus::Success })
}

struct Printer<'run> {
    enricher: Enricher<'run>,
    out: Box<dyn Write>,
    quiet: bool,
    failed: bool,
    /// Why nothing more can be printed.
    broken: Option<std::io::Error>,
}

impl Printer<'_> {
    fn read(&mut self, file: &SourceFile, options: &ReadOptions) {
        let result = ingest::read_source(file, options, &mut |record| self.print(record));
        if let Err(error) = result {
            self.fail(&messages::with_causes(&error));
        }
    }

    /// Prints what came of a record; stops when nothing more can be printed.
    fn print(&mut self, record: Record) -> Flow {
        match record {
            Record::Article(mut article) => {
                self.enricher.enrich(&mut article);
                if let Err(error) = json::write_article(&mut self.out, &article) {
                    self.broken.get_or_insert(error);
                }
            }
            Record::Skipped { locator, reason } => {
                if !self.quiet {
                    messages::warning(&format!("skipped `{locator}`: {reason}"));
                }
            }
            Record::Failed(error) => self.fail(&messages::with_causes(&error)),
        }
        if self.broken.is_some() { Flow::Break(()) } else { Flow::Continue(()) }
    }

    fn fail(&mut self, message: &str) {
        self.failed = true;
        messages::error(&anyhow::anyhow!("{message}"));
    }
}
