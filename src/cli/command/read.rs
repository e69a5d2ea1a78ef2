//! `morgue read`: prints what would be indexed, without an index.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::config::ConfigArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::extract::ExtractArgs;
use crate::cli::location::{self, Location};
use crate::cli::{messages, terminal};
use crate::index::Layout;
use crate::ingest::{self, Flow, ReadOptions, Record, RepeatedLines, SourceFile, WalkOptions};
use crate::output::json;
use crate::pipeline::{self, Enricher, Recognizer};

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
    pub extract: ExtractArgs,
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
        let index = nearest_index(path);
        let config = args.config.read_options_for(path)?;
        let mut options = ReadOptions { extract: args.extract.mode(), ..config };
        if let Some((_, place)) = &index
            && options.base.is_empty()
        {
            options.base.clone_from(place);
        }
        let files: Vec<_> = ingest::walk(path, &WalkOptions::default()).collect();
        let readable: Vec<&SourceFile> = files.iter().flatten().collect();
        let index = index.as_ref().map(|(layout, _)| layout);
        let repeated = pipeline::repeated_lines(path, &readable, &options, index)?;
        for file in &files {
            match file {
                Ok(file) => printer.read(file, &options, &repeated),
                Err(error) => printer.fail(&messages::with_causes(error)),
            }
            if let Some(error) = printer.broken.take() {
                return Err(error.into());
            }
        }
    }
    printer.out.flush()?;
    Ok(if printer.failed { ExitStatus::Error } else { ExitStatus::Success })
}

/// Returns the index nearest to `path` upwards, and the place of what is read in its archive: empty,
/// or with a `/` at its end.
fn nearest_index(path: &Path) -> Option<(Layout, String)> {
    let path = path.canonicalize().ok()?;
    let start = if path.is_dir() { path.as_path() } else { path.parent()? };
    let Location { index, archive } = location::nearest(start)?;
    let place = start.strip_prefix(archive?).ok()?.components();
    let place = place.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
    Some((Layout::new(&index), place))
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
    fn read(&mut self, file: &SourceFile, options: &ReadOptions, repeated: &RepeatedLines) {
        let mut sink = |record| self.print(record);
        let result = ingest::read_source_learnt(file, options, repeated, &mut sink);
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
