//! Writing a concordance of the hits of a search.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::article::Article;
use crate::output::{Look, concordance as page, json};
use crate::search::{
    ConcordanceLine, ConcordanceOrder, Hit, SearchEngine, SearchRequest, SearchResponse,
    SnippetOptions, concordance, sort_concordance,
};

use super::command::search::Format;
use super::terminal;

/// How many characters stand on either side of a match.
const CONTEXT: usize = 80;

/// How a concordance is written.
pub(super) struct KwicPage {
    pub order: ConcordanceOrder,
    pub format: Format,
    pub look: Look,
}

/// Writes the matches of the hits, and returns the answer without them.
///
/// In the order of the text lines are written as they come; to be sorted, they are all kept.
pub(super) fn write(
    engine: &dyn SearchEngine,
    request: &SearchRequest,
    page: &KwicPage,
) -> anyhow::Result<SearchResponse> {
    let request = SearchRequest {
        snippets: SnippetOptions { count: 0, ..request.snippets },
        ..request.clone()
    };
    let mut out = terminal::stdout();
    if page.format == Format::Csv {
        page::write_csv_header(&mut out)?;
    }
    let mut articles = Vec::new();
    let mut kept: Vec<(usize, ConcordanceLine)> = Vec::new();
    let mut written = Ok(());
    let response = engine.visit_hits(&request, &mut |hit| {
        let lines = concordance(&hit, CONTEXT);
        if page.order == ConcordanceOrder::Text {
            written =
                lines.iter().try_for_each(|line| page.write_line(&mut out, line, &hit.article));
        } else {
            kept.extend(lines.into_iter().map(|line| (articles.len(), line)));
            articles.push(without_text(hit));
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    sort_concordance(&mut kept, page.order, |(_, line)| line);
    kept.iter()
        .try_for_each(|(article, line)| page.write_line(&mut out, line, &articles[*article]))?;
    out.flush()?;
    Ok(response)
}

impl KwicPage {
    fn write_line(
        &self,
        out: &mut dyn Write,
        line: &ConcordanceLine,
        article: &Article,
    ) -> io::Result<()> {
        let line = page::ConcordanceJson::new(line, article);
        match self.format {
            Format::Csv => page::write_csv_line(out, &line),
            Format::Jsonl => json::write_line(out, &line),
            Format::Table | Format::Json => page::write_line(out, &line, self.look),
        }
    }
}

fn without_text(hit: Hit) -> Article {
    Article { body: String::new(), mentions: Vec::new(), ..hit.article }
}
