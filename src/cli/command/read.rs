//! `morgue read`: prints what would be indexed, without an index.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::config::{ConfigArgs, Settings};
use crate::cli::exit::ExitStatus;
use crate::cli::extract::ExtractArgs;
use crate::cli::location::{self, Location};
use crate::cli::{messages, terminal};
use crate::index::Layout;
use crate::ingest::{self, Flow, ReadOptions, Record, RepeatedLines, SourceFile, WalkOptions};
use crate::output::json;
use crate::pipeline::{self, Enricher, Recognizer, UserModel};

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
    let said = |path: &PathBuf| args.config.settings_for(path);
    let settings: Vec<Settings> = args.paths.iter().map(said).collect::<anyhow::Result<_>>()?;
    let paths: Vec<(&PathBuf, &Settings)> = args.paths.iter().zip(&settings).collect();
    let mut out = terminal::stdout();
    let mut failed = false;
    for paths in paths.chunk_by(|one, two| one.1.model == two.1.model) {
        let recognizer = args.recognizer(paths[0].1.model.as_ref())?;
        let mut printer = Printer {
            enricher: Enricher::new(recognizer.as_ref()),
            out: &mut out,
            quiet: args.quiet,
            failed: false,
            broken: None,
        };
        for (path, settings) in paths {
            args.read(path, settings, &mut printer)?;
        }
        failed |= printer.failed;
    }
    out.flush()?;
    Ok(if failed { ExitStatus::Error } else { ExitStatus::Success })
}

impl ReadArgs {
    /// Returns what finds people, organizations and places, by a user's model where there is one.
    fn recognizer(&self, model: Option<&UserModel>) -> anyhow::Result<Option<Recognizer>> {
        match model {
            _ if self.no_entities => Ok(None),
            None => Ok(Some(Recognizer::new())),
            Some(model) => Ok(Some(model.recognizer(model.fingerprint()?)?)),
        }
    }

    fn read(
        &self,
        path: &Path,
        settings: &Settings,
        printer: &mut Printer<'_>,
    ) -> anyhow::Result<()> {
        let index = nearest_index(path);
        let mut options = ReadOptions { extract: self.extract.mode(), ..settings.read.clone() };
        if let Some((_, place)) = &index
            && options.base.is_empty()
        {
            options.base.clone_from(place);
        }
        let mut walk = WalkOptions::default();
        walk.excluded.extend(settings.model.iter().flat_map(UserModel::paths));
        let files: Vec<_> = ingest::walk(path, &walk).collect();
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
        Ok(())
    }
}

/// Returns the index nearest to `path` upwards, and the place of what is read in its archive: empty,
/// or with a `/` at its end.
fn nearest_index(path: &Path) -> Option<(Layout, String)> {
    let path = path.canonicalize().ok()?;
    let start = if path.is_dir() { path.as_path() } else { path.parent()? };
    let Location { index, archive } = location::nearest(start)?;
    Some((Layout::new(&index), location::place_in(&archive?, start)))
}

struct Printer<'run> {
    enricher: Enricher<'run>,
    out: &'run mut dyn Write,
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
                let (_, found) = self.enricher.enrich(&mut article);
                if let Err(error) = found {
                    self.fail(&format!("`{}`: {}", article.locator, messages::with_causes(&error)));
                }
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
