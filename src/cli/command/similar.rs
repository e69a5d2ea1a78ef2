//! `morgue similar`: finds articles like another one.

use anyhow::Context;
use clap::Args;

use super::search::{self, SearchArgs};
use crate::cli::exit::ExitStatus;
use crate::cli::{engine, messages};
use crate::query::Query;
use crate::search::{SearchEngine, similar_query};

/// Find articles like another one
#[derive(Args, Debug)]
#[command(
    about = "Find articles like another one",
    long_about = "Find articles like another one, the most like it first: those that share the \
                  words that tell most of what it is about, frequent in it and rare elsewhere. The \
                  article's copies are left out (`morgue copies` lists them).\n\nID is what `search` \
                  prints, or the beginning of it. QUERY and the filters of `search` narrow what is \
                  looked at; `--format json` shows the words as the query that was asked.",
    after_help = "Examples:\n  morgue similar 5jq2c8\n  morgue similar 5jq2c8 gas --from 2022-01\n  \
                  morgue similar 5jq2c8 --words 40 --facet outlet"
)]
pub(crate) struct SimilarArgs {
    /// The id of the article, or the beginning of it
    #[arg(value_name = "ID")]
    pub id: String,
    /// How many telling words to go by
    #[arg(long, value_name = "N", default_value_t = 25, help_heading = "Query")]
    pub words: usize,
    #[command(flatten)]
    pub search: Box<SearchArgs>,
}

/// Runs the command.
pub(crate) fn run(args: &SimilarArgs) -> anyhow::Result<ExitStatus> {
    args.search.check()?;
    let narrower = args.search.query()?;
    let (engine, _) = engine::open(&args.search.location, args.search.verbosity())?;
    let Some(article) = engine.article(&args.id)? else {
        return Ok(messages::no_article(&args.id));
    };
    let words = engine.telling_words(&article, args.words)?;
    if words.is_empty() {
        messages::say("the article shares no telling word with any other");
        return Ok(ExitStatus::NothingFound);
    }
    let copies =
        engine.copies(article.id.as_str())?.context("the article was there a moment ago")?;
    let except = std::iter::once(article.id).chain(copies.iter().map(|copy| copy.id));
    let query = Query { ast: similar_query(&words, except), notes: narrower.notes };
    search::answer(&args.search, &engine, query.and(narrower.ast))
}
