//! `morgue alert`: saved searches that tell what is new.

use std::io::Write;
use std::sync::Arc;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};

use crate::cli::alerts::{Alert, Alerts, AlertsArgs};
use crate::cli::choices::CopyArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::queries::QueryArgs;
use crate::cli::terminal::{self, ColourChoice};
use crate::cli::{engine, messages};
use crate::output::alerts::{self, Told};
use crate::output::{atom, counted, json, sanitize};
use crate::search::{SearchEngine, SearchRequest, SearchResponse, Sort};

/// Save searches, and be told what is new of them
#[derive(Args, Debug)]
#[command(
    long_about = "Save searches, and be told what is new of them.\n\n`morgue alert run` writes the \
                  articles that match a saved search and were not told of by a run before: nothing \
                  where there are none, so that cron mails only news. What was told is remembered \
                  when all of it was written, so a run that is interrupted loses nothing; of two at \
                  once the second ends with status 75.\n\nSaved searches lie in the user's data \
                  directory and not in the archive, whose index may be read-only.",
    after_help = "Examples:\n  morgue alert add gas 'gas w/5 (ukraine or russia)' --lang en\n  morgue \
                  alert list\n  morgue alert run\n  15 6 * * * cd ~/archive && morgue index --quiet . \
                  && morgue alert run   # a crontab's line"
)]
pub(crate) struct AlertArgs {
    #[command(subcommand)]
    pub action: Action,
}

/// What to do with saved searches.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    Add(Box<AddArgs>),
    List(ListArgs),
    Remove(RemoveArgs),
    Run(RunArgs),
}

/// Where the index and the saved searches are.
#[derive(Args, Debug)]
pub(crate) struct PlaceArgs {
    #[command(flatten)]
    location: LocationArgs,
    #[command(flatten)]
    alerts: AlertsArgs,
}

/// Save a search
#[derive(Args, Debug)]
pub(crate) struct AddArgs {
    /// The name of the search
    #[arg(value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub name: String,
    /// What to look for, in the language of `morgue help query`
    #[arg(value_name = "QUERY", num_args = 0..)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(flatten)]
    pub reading: QueryArgs,
    /// Take what matches now as known; the first run tells only of what comes after
    #[arg(long)]
    pub from_now: bool,
    /// Replace a saved search of this name, and what is known of it
    #[arg(long)]
    pub replace: bool,
}

/// List the saved searches
#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: ListFormat,
}

/// Remove saved searches
#[derive(Args, Debug)]
pub(crate) struct RemoveArgs {
    /// The names of the searches
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// Tell what is new since the last run
#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    /// The names of the searches; all of them where none is named
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(flatten)]
    pub copies: CopyArgs,
    /// The form of the news
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub format: RunFormat,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColourChoice,
    /// The day that "yesterday" and "last month" are reckoned from [default: today]
    #[arg(long, value_name = "DATE")]
    pub now: Option<chrono::NaiveDate>,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    #[default]
    Table,
    /// JSON Lines, a search a line
    Jsonl,
}

/// The form of the news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunFormat {
    /// For people, by mail or on a terminal; nothing where there are no news
    #[default]
    Table,
    /// One JSON document
    Json,
    /// A feed for feed readers
    Atom,
}

/// Runs the command.
pub(crate) fn run(args: &AlertArgs) -> anyhow::Result<ExitStatus> {
    match &args.action {
        Action::Add(args) => add(args),
        Action::List(args) => list(args),
        Action::Remove(args) => remove(args),
        Action::Run(args) => tell(args),
    }
}

impl PlaceArgs {
    fn alerts(&self) -> anyhow::Result<Alerts> {
        self.alerts.open(&self.location.resolve()?.index)
    }
}

fn add(args: &AddArgs) -> anyhow::Result<ExitStatus> {
    let text = args.query.join(" ");
    let query = args.reading.read(&text)?;
    let (engine, _) = engine::open(&args.place.location, Verbosity::Normal)?;
    let mut alerts = args.place.alerts()?;
    if alerts.get(&args.name).is_some() && !args.replace {
        anyhow::bail!(
            "there is a saved search `{}` already\nhint: `--replace` replaces it",
            args.name
        );
    }
    let matching = engine.matching(&query)?;
    let count = matching.len();
    let alert = Alert {
        query: text,
        filters: args.reading.filters.clone(),
        any: args.reading.any,
        known: if args.from_now { matching } else { Vec::new() },
    };
    alerts.insert(&args.name, alert);
    alerts.prepare()?.commit()?;
    let articles = counted(count as u64, "article", "articles");
    let what = if args.from_now { "counts as known" } else { "is told by the first run" };
    messages::say(&format!("saved `{}`; what matches now ({articles}) {what}", args.name));
    Ok(ExitStatus::Success)
}

fn list(args: &ListArgs) -> anyhow::Result<ExitStatus> {
    let alerts = args.place.alerts()?;
    let mut out = terminal::stdout();
    let mut any = false;
    for (name, alert) in alerts.iter() {
        any = true;
        let filters = alert.filters.switches();
        match args.format {
            ListFormat::Table => {
                let known = alert.known.len();
                let line = format!("{name}: {} {}", alert.query, filters.join(" "));
                writeln!(out, "{} ({known} told)", sanitize::line(line.trim_end()))?;
            }
            ListFormat::Jsonl => {
                let line = alerts::ListedJson {
                    name,
                    query: &alert.query,
                    any: alert.any,
                    filters,
                    told: alert.known.len(),
                };
                json::write_line(&mut out, &line)?;
            }
        }
    }
    out.flush()?;
    if !any {
        messages::say("there are no saved searches");
    }
    Ok(if any { ExitStatus::Success } else { ExitStatus::NothingFound })
}

fn remove(args: &RemoveArgs) -> anyhow::Result<ExitStatus> {
    let mut alerts = args.place.alerts()?;
    for name in &args.names {
        if !alerts.remove(name) {
            return Err(unknown(name, &alerts));
        }
    }
    alerts.prepare()?.commit()?;
    Ok(ExitStatus::Success)
}

fn unknown(name: &str, alerts: &Alerts) -> anyhow::Error {
    let names: Vec<String> = alerts.iter().map(|(name, _)| format!("`{name}`")).collect();
    if names.is_empty() {
        return anyhow::anyhow!("there is no saved search `{name}`: there are none at all");
    }
    let are = if names.len() == 1 { "is" } else { "are" };
    anyhow::anyhow!("there is no saved search `{name}`\nhint: there {are} {}", names.join(", "))
}

/// Writes the news and remembers them.
///
/// First the new state is written beside the old one, then the news, then the one takes the place of
/// the other. Who is interrupted in between tells the same news again, rather than never.
fn tell(args: &RunArgs) -> anyhow::Result<ExitStatus> {
    let (engine, _) = engine::open(&args.place.location, Verbosity::Normal)?;
    let mut alerts = args.place.alerts()?;
    let all = || alerts.iter().map(|(name, _)| name.to_owned()).collect();
    let names: Vec<String> = if args.names.is_empty() { all() } else { args.names.clone() };
    let mut news = Vec::new();
    let mut status = ExitStatus::Success;
    for name in names {
        let Some(alert) = alerts.get(&name) else { return Err(unknown(&name, &alerts)) };
        match args.news_of(alert, &engine) {
            Ok((new, response)) => {
                alerts.add_known(&name, &new);
                news.push(Told { name, response });
            }
            // The other searches have their news all the same.
            Err(error) => {
                messages::error(&error.context(format!("saved search `{name}`")));
                status = ExitStatus::Error;
            }
        }
    }
    let prepared = alerts.prepare()?;
    let mut page = Vec::new();
    args.write(&mut page, &news)?;
    let mut out = terminal::stdout();
    out.write_all(&page)?;
    out.flush()?;
    prepared.commit()?;
    Ok(status)
}

impl RunArgs {
    /// Returns the articles that are new, and the answer that shows them.
    fn news_of(
        &self,
        alert: &Alert,
        engine: &dyn SearchEngine,
    ) -> anyhow::Result<(Vec<u64>, SearchResponse)> {
        let reading = QueryArgs { filters: alert.filters.clone(), any: alert.any, now: self.now };
        let query = reading.read(&alert.query)?;
        let known = alert.known();
        let mut new = engine.matching(&query)?;
        new.retain(|article| !known.contains(article));
        if new.is_empty() {
            return Ok((
                new,
                SearchResponse { query: query.to_string(), ..SearchResponse::default() },
            ));
        }
        let request = SearchRequest {
            sort: Sort::Newest,
            limit: usize::MAX,
            copies: self.copies.choice(),
            known: Some(Arc::new(known)),
            ..SearchRequest::new(query)
        };
        Ok((new, engine.search(&request)?))
    }

    fn write(&self, out: &mut dyn Write, news: &[Told]) -> anyhow::Result<()> {
        match self.format {
            RunFormat::Table => alerts::write_table(out, news, terminal::look(self.color))?,
            RunFormat::Json => json::write_document(out, &alerts::NewsJson::from(news))?,
            RunFormat::Atom => atom::write_feed(out, news)?,
        }
        Ok(())
    }
}
