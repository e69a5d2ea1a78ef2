//! `morgue batch`: asks many queries in one run.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::cli::choices::{CopyArgs, IntervalArg};
use crate::cli::exit::ExitStatus;
use crate::cli::location::LocationArgs;
use crate::cli::progress::Verbosity;
use crate::cli::queries::QueryArgs;
use crate::cli::{engine, messages, terminal};
use crate::output::batch::{self, Answered};
use crate::search::{SearchEngine, SearchRequest, SearchResponse, SnippetOptions};

/// How many queries are asked before their answers are written.
const AT_ONCE: usize = 256;

/// Ask many queries in one run
#[derive(Args, Debug)]
#[command(
    long_about = "Ask many queries in one run, and write what each finds: its counts, its counts over \
                  time (--timeline), or its first hits (--hits).\n\nFILE holds a query a line; or it \
                  is CSV or TSV with a row of names first, of which `query` is one and `name` may be \
                  another. `-` is standard input. A query that cannot be read or answered is named \
                  in the answer and on standard error, the others are answered all the same, and the \
                  exit status is 2.",
    after_help = "Examples:\n  morgue batch queries.txt > counts.csv\n  morgue batch queries.csv \
                  --timeline month --from 2021 > timelines.csv\n  morgue batch queries.csv --hits 20 \
                  --format jsonl\n  morgue entities --kind person --format csv | sed 1s/name/query/ | \
                  morgue batch -"
)]
pub(crate) struct BatchArgs {
    /// The file of queries, or `-`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub location: LocationArgs,
    #[command(flatten)]
    pub reading: QueryArgs,
    #[command(flatten)]
    pub copies: CopyArgs,
    /// Count the articles of each query over time
    #[arg(long, value_enum, value_name = "PERIOD", conflicts_with = "hits")]
    pub timeline: Option<IntervalArg>,
    /// Write so many hits of each query
    #[arg(long, value_name = "N")]
    pub hits: Option<usize>,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// The form of the answers
    #[arg(long, value_enum, default_value_t, value_name = "FORM", help_heading = "Output")]
    pub format: Format,
}

/// The form of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// CSV, a query (or a period, or a hit) a row
    #[default]
    Csv,
    /// JSON Lines, a query a line
    Jsonl,
}

/// A query of the file.
struct Asked {
    name: String,
    text: String,
}

/// Runs the command.
pub(crate) fn run(args: &BatchArgs) -> anyhow::Result<ExitStatus> {
    let queries = read_queries(&args.file)?;
    let (engine, _) = engine::open(&args.location, Verbosity::Normal)?;
    let mut out = terminal::stdout();
    if args.format == Format::Csv {
        batch::write_csv_header(&mut out, args.form())?;
    }
    let (mut failures, mut found) = (0_u64, 0_u64);
    for chunk in queries.chunks(AT_ONCE) {
        for (asked, answer) in chunk.iter().zip(args.ask_all(&engine, chunk)) {
            match &answer {
                Ok(response) => found += u64::from(response.total > 0),
                Err(error) => {
                    failures += 1;
                    messages::error(&anyhow::anyhow!("`{}`: {error}", asked.name));
                }
            }
            args.write(&mut out, asked, &answer)?;
        }
    }
    out.flush()?;
    Ok(match (failures, found) {
        (0, 0) => ExitStatus::NothingFound,
        (0, _) => ExitStatus::Success,
        _ => ExitStatus::Error,
    })
}

impl BatchArgs {
    fn form(&self) -> batch::Form {
        match (self.timeline, self.hits) {
            (Some(_), _) => batch::Form::Timelines,
            (None, Some(_)) => batch::Form::Hits,
            (None, None) => batch::Form::Counts,
        }
    }

    fn write(
        &self,
        out: &mut dyn Write,
        asked: &Asked,
        answer: &Result<SearchResponse, String>,
    ) -> std::io::Result<()> {
        // What draws the caret is for people; a cell holds the sentence.
        let answer = answer.as_ref().map_err(|error| error.lines().next().unwrap_or_default());
        let answered = Answered { name: &asked.name, query: &asked.text, answer };
        match self.format {
            Format::Csv => batch::write_csv(out, &answered, self.form()),
            Format::Jsonl => batch::write_json(out, &answered),
        }
    }

    /// Asks the queries on several threads, and returns their answers in order.
    fn ask_all(
        &self,
        engine: &dyn SearchEngine,
        queries: &[Asked],
    ) -> Vec<Result<SearchResponse, String>> {
        let next = AtomicUsize::new(0);
        let answers: Mutex<Vec<Option<Result<SearchResponse, String>>>> =
            Mutex::new(queries.iter().map(|_| None).collect());
        let cores = std::thread::available_parallelism();
        let threads = self.threads.or(cores.ok()).map_or(1, NonZeroUsize::get).min(queries.len());
        let work = || {
            while let Some((number, asked)) = {
                let number = next.fetch_add(1, Ordering::Relaxed);
                queries.get(number).map(|asked| (number, asked))
            } {
                let answer = self.ask(engine, asked).map_err(|error| format!("{error:#}"));
                answers.lock().unwrap_or_else(PoisonError::into_inner)[number] = Some(answer);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
        answers.into_iter().flatten().collect()
    }

    fn ask(&self, engine: &dyn SearchEngine, asked: &Asked) -> anyhow::Result<SearchResponse> {
        let request = SearchRequest {
            limit: self.hits.unwrap_or(0),
            copies: self.copies.choice(),
            timeline: self.timeline.map(Into::into),
            snippets: SnippetOptions::default(),
            ..SearchRequest::new(self.reading.read(&asked.text)?)
        };
        Ok(engine.search(&request)?)
    }
}

fn read_queries(path: &Path) -> anyhow::Result<Vec<Asked>> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        text
    } else {
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    match delimiter(text) {
        Some(delimiter) => read_table(text, delimiter)
            .with_context(|| format!("cannot read `{}` as a table", path.display())),
        None => Ok(read_lines(text)),
    }
}

fn read_lines(text: &str) -> Vec<Asked> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Asked { name: line.to_owned(), text: line.to_owned() }).collect()
}

/// Returns what parts the cells, where the first line is a row of names with `query` among them.
fn delimiter(text: &str) -> Option<u8> {
    let first = text.lines().next()?;
    [b',', b'\t', b';'].into_iter().find(|delimiter| {
        let names: Vec<String> = first.split(char::from(*delimiter)).map(column_name).collect();
        names.iter().any(|name| name == "query")
            && (names.len() > 1 || first.trim().starts_with(char::from(b'"')))
    })
}

fn column_name(cell: &str) -> String {
    cell.trim().trim_matches('"').to_ascii_lowercase()
}

fn read_table(text: &str, delimiter: u8) -> anyhow::Result<Vec<Asked>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers()?.iter().map(column_name).collect();
    let place = |wanted: &str| names.iter().position(|name| name == wanted);
    let Some(query) = place("query") else { bail!("no column is called `query`") };
    let name = place("name");
    let mut asked = Vec::new();
    for row in reader.records() {
        let row = row?;
        let text = row.get(query).unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let name =
            name.and_then(|name| row.get(name)).map(str::trim).filter(|name| !name.is_empty());
        asked.push(Asked { name: name.unwrap_or(text).to_owned(), text: text.to_owned() });
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let asked = match delimiter(text) {
            Some(delimiter) => read_table(text, delimiter).expect("the table can be read"),
            None => read_lines(text),
        };
        asked.into_iter().map(|asked| (asked.name, asked.text)).collect()
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn a_line_is_a_query_and_a_table_has_names() {
        assert_eq!(read("gas\n\n \"a, b\" \n"), [pair("gas", "gas"), pair("\"a, b\"", "\"a, b\"")]);
        assert_eq!(
            read("Name,Query\nfuel,gas or oil\n,\"\"\"a, b\"\"\"\nempty,\n"),
            [pair("fuel", "gas or oil"), pair("\"a, b\"", "\"a, b\"")]
        );
        assert_eq!(read("query\tname\ngas\tg\n"), [pair("g", "gas")]);
        // A word that happens to be `query` is one.
        assert_eq!(read("query\ngas\n"), [pair("query", "query"), pair("gas", "gas")]);
    }
}
