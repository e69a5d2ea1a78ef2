//! `morgue search`: answers a query.

use std::io::Write;
use std::num::NonZeroU32;
use std::ops::ControlFlow;

use clap::{Args, ValueEnum};

use crate::cli::choices::{CopyArgs, ViewArgs};
use crate::cli::engine;
use crate::cli::exit::ExitStatus;
use crate::cli::kwic::{self, KwicPage};
use crate::cli::location::LocationArgs;
use crate::cli::messages;
use crate::cli::progress::Verbosity;
use crate::cli::queries::{Form, QueryArgs};
use crate::cli::terminal::{self, ColourChoice};
use crate::output::{self, csv, json, views};
use crate::query::{self, Query};
use crate::search::{
    ConcordanceOrder, Cursor, SearchEngine, SearchRequest, SearchResponse, SnippetOptions, Sort,
};

/// How many hits are shown unless something else is asked for.
const DEFAULT_LIMIT: usize = 10;

/// Search an archive
#[derive(Args, Debug)]
#[command(
    long_about = "Search an archive.\n\nWithout QUERY every article that the filters let through is \
                  a hit. Words match by stem and all must occur; \"quoted words\" match exactly, \
                  side by side. `morgue help query` teaches the rest: or, not, brackets, fields, \
                  dates, proximity, truncation. A QUERY that begins with a hyphen \
                  goes behind `--`.\n\nEnds with status 0 where there are hits, 1 where \
                  there are none, 2 on an error.",
    after_help = "Examples:\n  morgue search '\"security guarantees\"'\n  morgue search 'gas or oil' \
                  --from 2021-12 --person lavrov\n  morgue search 'title:nato not outlet:tass' \
                  --sort newest --limit 50\n  morgue search --on 2022-01-25 --format jsonl | jq .title"
)]
pub(crate) struct SearchArgs {
    /// What must match, in the language of `morgue help query`
    #[arg(value_name = "QUERY", num_args = 0..)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub location: LocationArgs,
    #[command(flatten)]
    pub reading: QueryArgs,
    /// Take QUERY as one phrase, whatever it holds
    #[arg(long, help_heading = "Query")]
    pub phrase: bool,
    /// The order of hits
    #[arg(long, value_enum, default_value_t, value_name = "ORDER", help_heading = "Hits")]
    pub sort: SortChoice,
    /// Rank by the words that the best hits have in common as well
    #[arg(
        long,
        help_heading = "Hits",
        long_help = "Rank by the words that the best ten hits have in common as well (relevance \
            feedback). What matches is as before; a note names the words."
    )]
    pub expand: bool,
    /// Let newer articles rank higher; the advantage halves every 30d, or another AGE
    #[arg(
        long,
        value_name = "AGE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "30d",
        value_parser = age,
        help_heading = "Hits",
        long_help = "Let newer articles rank higher. The score of the newest article of the archive \
            counts in full, that of a very old one or one without a date by half, and the \
            difference halves with every AGE in between: 30d unless given, as in `--recent=2w`, \
            `--recent=6m` or `--recent=1y`."
    )]
    pub recent: Option<NonZeroU32>,
    /// How many hits to show [default: 10; none with --facet or --timeline]
    #[arg(long, short = 'n', value_name = "N", help_heading = "Hits")]
    pub limit: Option<usize>,
    /// How many hits to pass over
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Hits")]
    pub offset: usize,
    /// Go on after the page that gave this cursor
    #[arg(
        long,
        value_name = "CURSOR",
        help_heading = "Hits",
        conflicts_with = "offset",
        long_help = "Go on after the page that gave this cursor, as `next` of its JSON. Articles \
            that were added or removed meanwhile neither repeat a hit nor leave one out."
    )]
    pub cursor: Option<Cursor>,
    /// Write every hit; as jsonl or csv in little memory
    #[arg(long, help_heading = "Hits", conflicts_with = "limit")]
    pub all: bool,
    #[command(flatten)]
    pub copies: CopyArgs,
    /// How many passages of each hit to show
    #[arg(long, value_name = "N", default_value_t = 3, help_heading = "Hits")]
    pub snippets: usize,
    #[command(flatten)]
    pub views: ViewArgs,
    /// Show every match in its context, a line each, sorted by the words before or after it
    #[arg(
        long,
        value_enum,
        value_name = "ORDER",
        conflicts_with_all = ["count", "facet", "timeline"],
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text",
        help_heading = "Views",
        long_help = "Show every match of the hits in its context, a line each (a concordance). \
            `--kwic=left` sorts the lines by the words before the match, `--kwic=right` by those \
            after it. With --all, of every hit; as a table, jsonl or csv."
    )]
    pub kwic: Option<KwicOrder>,
    /// Show the number of articles only
    #[arg(long, help_heading = "Output", conflicts_with_all = ["facet", "timeline"])]
    pub count: bool,
    /// Say how the query was read, what each part matches and why hits rank as they do
    #[arg(long, help_heading = "Output")]
    pub explain: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM", help_heading = "Output")]
    pub format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", help_heading = "Output")]
    pub color: ColourChoice,
    /// Say nothing but errors on standard error
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortChoice {
    /// The best matches first
    #[default]
    Relevance,
    /// The newest first
    Newest,
    /// The oldest first
    Oldest,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON document
    Json,
    /// JSON Lines, a hit a line
    Jsonl,
    /// CSV, a hit a row
    Csv,
}

/// The order of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum KwicOrder {
    /// As the hits come, and in them as the matches come
    #[default]
    Text,
    /// By the words before the match, the nearest first
    Left,
    /// By the words after the match
    Right,
}

/// Reads how old an article is whose advantage has halved.
fn age(text: &str) -> Result<NonZeroU32, String> {
    query::parse_span(text).ok_or_else(|| "write `30d`, `2w`, `6m` or `1y`".to_owned())
}

/// Runs the command.
///
/// # Errors
/// When the query is none, or the arguments contradict each other, or the index cannot be searched.
pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<ExitStatus> {
    args.check()?;
    let query = args.query()?;
    let (engine, _) = engine::open(&args.location, args.verbosity())?;
    answer(args, &engine, query)
}

/// Asks the engine `query` and writes what the arguments want to know.
pub(super) fn answer(
    args: &SearchArgs,
    engine: &dyn SearchEngine,
    query: Query,
) -> anyhow::Result<ExitStatus> {
    let request = args.request(query);
    let response = if let Some(order) = args.kwic {
        let page =
            KwicPage { order: order.into(), format: args.format, look: terminal::look(args.color) };
        let response = kwic::write(engine, &request, &page)?;
        args.say(&response);
        response
    } else if args.streams() {
        let response = stream(engine, &request, args.format)?;
        args.say(&response);
        response
    } else {
        let response = engine.search(&request)?;
        args.write(&response)?;
        response
    };
    let found = response.total > 0;
    Ok(if found { ExitStatus::Success } else { ExitStatus::NothingFound })
}

impl SearchArgs {
    /// Checks that nothing is asked of relevance where hits come by date, and that there is a form
    /// for what is asked.
    ///
    /// # Errors
    /// When the arguments contradict each other.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let switch = if self.expand { "--expand" } else { "--recent" };
        let judges = self.expand || self.recent.is_some();
        anyhow::ensure!(
            !judges || self.sort == SortChoice::Relevance,
            "`{switch}` is about relevance: it goes with `--sort relevance` only"
        );
        anyhow::ensure!(
            self.kwic.is_none() || self.format != Format::Json,
            "`--kwic` is written as a table, jsonl or csv\nhint: `--format jsonl`"
        );
        Ok(())
    }

    /// Tells whether hits are written as they are read.
    fn streams(&self) -> bool {
        self.all
            && matches!(self.format, Format::Jsonl | Format::Csv)
            && !(self.kwic.is_some() || self.count || self.views.any())
    }

    /// Returns how much is to be said.
    pub(super) fn verbosity(&self) -> Verbosity {
        if self.quiet { Verbosity::Quiet } else { Verbosity::Normal }
    }

    /// Returns the query with the filters of the switches.
    pub(super) fn query(&self) -> anyhow::Result<Query> {
        let form = if self.phrase { Form::Phrase } else { Form::Language };
        self.reading.read_as(&self.query.join(" "), form)
    }

    fn request(&self, query: Query) -> SearchRequest {
        let is_json = self.format == Format::Json;
        SearchRequest {
            sort: match self.sort {
                SortChoice::Relevance => Sort::Relevance,
                SortChoice::Newest => Sort::Newest,
                SortChoice::Oldest => Sort::Oldest,
            },
            expand: self.expand,
            recent: self.recent,
            limit: self.limit(),
            offset: self.offset,
            after: self.cursor,
            copies: match self.streams() {
                true => self.copies.choice_for_stream(),
                false => self.copies.choice(),
            },
            facets: self.views.facets(),
            facet_limit: self.views.facet_limit,
            timeline: self.views.timeline(),
            snippets: SnippetOptions { count: self.snippets, ..SnippetOptions::default() },
            count_clauses: self.explain || is_json,
            explain: self.explain,
            ..SearchRequest::new(query)
        }
    }

    fn limit(&self) -> usize {
        match self.limit {
            _ if self.count => 0,
            _ if self.all => usize::MAX,
            Some(limit) => limit,
            None if self.views.any() => 0,
            None => DEFAULT_LIMIT,
        }
    }

    /// Returns the rank of the first hit that is shown.
    fn first_rank(&self) -> u64 {
        1 + self.cursor.map_or(self.offset as u64, |cursor| cursor.position)
    }

    fn write(&self, response: &SearchResponse) -> anyhow::Result<()> {
        let mut out = terminal::stdout();
        match self.format {
            Format::Json => json::write_response(&mut out, response)?,
            _ if self.count => writeln!(out, "{}", response.total)?,
            Format::Jsonl if self.views.any() => {
                for row in views::rows(response) {
                    json::write_line(&mut out, &row)?;
                }
            }
            Format::Csv if self.views.any() => views::write_csv(&mut out, response)?,
            Format::Jsonl => {
                for hit in &response.hits {
                    json::write_hit(&mut out, hit)?;
                }
            }
            Format::Csv => {
                csv::write_header(&mut out)?;
                for hit in &response.hits {
                    csv::write_hit(&mut out, hit)?;
                }
            }
            Format::Table => {
                let look = terminal::look(self.color);
                if !self.views.any() || !response.hits.is_empty() {
                    output::write_table(&mut out, response, self.first_rank(), look)?;
                }
                if self.views.any() && response.total > 0 {
                    if !response.hits.is_empty() {
                        writeln!(out)?;
                    }
                    views::write_views(&mut out, response, look)?;
                }
            }
        }
        out.flush()?;
        self.say(response);
        Ok(())
    }

    fn say(&self, response: &SearchResponse) {
        if !self.quiet && self.format != Format::Json {
            for notice in output::notices(response) {
                messages::say(&notice);
            }
        }
    }
}

/// Writes the hits as they come.
fn stream(
    engine: &dyn SearchEngine,
    request: &SearchRequest,
    format: Format,
) -> anyhow::Result<SearchResponse> {
    let mut out = terminal::stdout();
    let mut written = Ok(());
    if format == Format::Csv {
        csv::write_header(&mut out)?;
    }
    let response = engine.visit_hits(request, &mut |hit| {
        written = match format {
            Format::Csv => csv::write_hit(&mut out, &hit),
            _ => json::write_hit(&mut out, &hit),
        };
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    out.flush()?;
    Ok(response)
}

impl From<KwicOrder> for ConcordanceOrder {
    fn from(order: KwicOrder) -> Self {
        match order {
            KwicOrder::Text => Self::Text,
            KwicOrder::Left => Self::Left,
            KwicOrder::Right => Self::Right,
        }
    }
}
