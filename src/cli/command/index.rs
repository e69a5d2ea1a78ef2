//! `morgue index`: makes the index of an archive match the archive.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::cli::config::{ConfigArgs, Settings};
use crate::cli::exit::ExitStatus;
use crate::cli::extract::ExtractArgs;
use crate::cli::location::LocationArgs;
use crate::cli::messages;
use crate::cli::progress::{Progress, Verbosity};
use crate::index::{ProblemKind, WriteMode};
use crate::ingest::ReadOptions;
use crate::output::{counted, sanitize};
use crate::pipeline::{self, IndexReport, Plan, ReadReason, RunOptions};

/// How many problems are named on standard error; all of them are in the report.
const NAMED_PROBLEMS: usize = 10;

/// Index an archive, or bring its index up to date
#[derive(Args, Debug)]
#[command(
    long_about = "Index an archive, or bring its index up to date.\n\nReads every article below \
                  ARCHIVE, whatever its format and encoding, and commits them at once. A second run \
                  reads only what changed on disk. Readers keep working meanwhile; a second writer \
                  ends with status 75. What cannot be read is named and skipped.\n\nFiles and \
                  directories that a `.morgueignore` names (in the syntax of .gitignore) are left \
                  out, and so are hidden ones.",
    after_help = "Examples:\n  morgue index ~/archive\n  morgue index                 # the archive around this directory\n  morgue index ~/archive --dry-run\n  \
                  morgue index ~/archive --quiet --report run.json   # for cron"
)]
pub(crate) struct IndexArgs {
    /// The directory of articles
    #[arg(
        value_name = "ARCHIVE",
        long_help = "The directory of articles. By default that of the index which `--index` names, \
                     or else the nearest directory upwards that holds a `.morgue`."
    )]
    pub archive: Option<PathBuf>,
    /// Where the index lies
    #[arg(
        long,
        value_name = "DIR",
        env = "MORGUE_INDEX",
        long_help = "Where the index lies. By default ARCHIVE/.morgue."
    )]
    pub index: Option<PathBuf>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Read all of the archive into a new index, then switch to it
    #[arg(
        long,
        long_help = "Read all of the archive into a new index beside the old one, then \
        switch to it. Readers keep the old one until they open again."
    )]
    pub rebuild: bool,
    /// Write what the run did as JSON, `-` for standard output
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Follow symbolic links
    #[arg(long, overrides_with = "no_follow")]
    pub follow: bool,
    /// Do not follow symbolic links (the default)
    #[arg(long, hide = true)]
    pub no_follow: bool,
    /// Leave people, organizations and places alone
    #[arg(
        long,
        long_help = "Leave people, organizations and places alone: faster, but filters and \
        lists of names have only what the files themselves say."
    )]
    pub no_entities: bool,
    #[command(flatten)]
    pub extract: ExtractArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Say nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Runs the command.
pub(crate) fn run(args: &IndexArgs) -> anyhow::Result<ExitStatus> {
    let options = args.run_options()?;
    if args.dry_run {
        let plan = pipeline::dry_run(&options)?;
        print_plan(&plan)?;
        return Ok(ExitStatus::Success);
    }
    let verbosity = if args.quiet { Verbosity::Quiet } else { Verbosity::Normal };
    let report = pipeline::run(&options, &mut Progress::new(verbosity))?;
    if verbosity == Verbosity::Normal {
        tell(&report);
    }
    if let Some(path) = &args.report {
        write_report(&report, path)?;
    }
    Ok(ExitStatus::Success)
}

/// Builds the index of an archive that has none, for a search that needs one.
pub(crate) fn build(archive: PathBuf, index: PathBuf, verbosity: Verbosity) -> anyhow::Result<()> {
    let Settings { read, authority, model } = ConfigArgs::default().for_run(&archive, &index)?;
    let options = RunOptions { read, authority, model, ..RunOptions::new(archive, index) };
    let report = pipeline::run(&options, &mut Progress::new(verbosity))?;
    if verbosity == Verbosity::Normal {
        tell(&report);
    }
    Ok(())
}

impl IndexArgs {
    fn run_options(&self) -> anyhow::Result<RunOptions> {
        let place = LocationArgs { archive: self.archive.clone(), index: self.index.clone() };
        let (archive, index) = place.resolve_for_update()?;
        let Settings { read, authority, model } = self.config.for_run(&archive, &index)?;
        let read = ReadOptions { extract: self.extract.mode(), ..read };
        let mut options = RunOptions { read, authority, model, ..RunOptions::new(archive, index) };
        options.mode = if self.rebuild { WriteMode::Rebuild } else { WriteMode::Update };
        options.threads = self.threads.unwrap_or(options.threads);
        options.walk.follow_symlinks = self.follow;
        options.entities = !self.no_entities;
        Ok(options)
    }
}

fn print_plan(plan: &Plan) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for planned in &plan.read {
        let word = match planned.reason {
            ReadReason::Added => "add",
            ReadReason::Changed => "replace",
        };
        writeln!(out, "{word} {}", sanitize::line(&planned.file.path))?;
    }
    for path in &plan.removed {
        writeln!(out, "remove {}", sanitize::line(path))?;
    }
    for (path, _) in &plan.touched {
        writeln!(out, "touch {}", sanitize::line(path))?;
    }
    for error in &plan.problems {
        messages::warning(&messages::with_causes(error));
    }
    messages::say(&format!(
        "would add {}, replace {} and remove {} files; {} unchanged",
        plan.count(ReadReason::Added),
        plan.count(ReadReason::Changed),
        plan.removed.len(),
        plan.unchanged + plan.touched.len() as u64
    ));
    Ok(())
}

/// Says on standard error what a run did.
fn tell(report: &IndexReport) {
    if let Some(reason) = &report.rebuilt {
        messages::say(&format!("rebuilt: {reason}"));
    }
    // What is left out on purpose must not hide what could not be read.
    let of_kind = |kind| report.problems.iter().filter(move |problem| problem.kind == kind);
    let problems = of_kind(ProblemKind::Failed).chain(of_kind(ProblemKind::Skipped));
    for problem in problems.take(NAMED_PROBLEMS) {
        messages::warning(&format!("`{}`: {}", problem.place, problem.reason));
    }
    let unnamed = report.problems.len().saturating_sub(NAMED_PROBLEMS);
    if unnamed > 0 {
        messages::say(&format!("and {unnamed} more; `--report FILE` names them all"));
    }
    if !report.committed {
        let articles = counted(report.articles_total, "article", "articles");
        messages::say(&format!("nothing changed; {articles}"));
        return;
    }
    if report.names_merged_anew {
        messages::say("merged the names of people, organizations and places anew");
    }
    let parts = [
        (report.articles_read, "articles read"),
        (report.files_removed, "files removed"),
        (report.files_touched, "files touched"),
        (report.skipped() as u64, "skipped"),
        (report.failed() as u64, "failed"),
    ];
    let told = messages::counts(&parts);
    let separator = if told.is_empty() { "" } else { ", " };
    let total = counted(report.articles_total, "article", "articles");
    messages::say(&format!("done: {told}{separator}{total} in all"));
}

fn write_report(report: &IndexReport, path: &std::path::Path) -> anyhow::Result<()> {
    let mut json = crate::cli::report::to_json(report)?;
    json.push('\n');
    if path.as_os_str() == "-" {
        std::io::stdout().lock().write_all(json.as_bytes())?;
        return Ok(());
    }
    crate::index::write_atomic(path, json.as_bytes())
        .with_context(|| format!("cannot write `{}`", path.display()))
}
