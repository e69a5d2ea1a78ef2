//! Hits for people to read: rank, date, outlet and title on the first line, below them the
//! passages that match, who is in the article, and what to type to read it.

use std::io::{self, Write};

use super::layout::{StyledText, write_styled};
use super::number::{counted, grouped};
use super::style::{Look, Role, role_of};
use super::wire::count_entities;
use crate::article::{Article, EntityKind};
use crate::search::{Hit, SearchResponse, Snippet};
use crate::text::{Span, join_neighbours};

/// How many names of a kind are shown; the others are counted.
const NAMES_SHOWN: usize = 4;

/// How many copies of a hit are shown; the others are counted.
const COPIES_SHOWN: usize = 4;

/// What a passage begins with, so that two are not read as one.
const PASSAGE_MARK: &str = "› ";

/// Writes the hits of a response, the first of which has rank `first_rank` (from 1), and how many
/// articles match in all. Writes nothing where nothing matches.
pub fn write_table(
    out: &mut dyn Write,
    response: &SearchResponse,
    first_rank: u64,
    look: Look,
) -> io::Result<()> {
    let last_rank = first_rank + response.hits.len() as u64 - u64::from(!response.hits.is_empty());
    let rank_columns = last_rank.to_string().len().max(2);
    for (rank, hit) in (first_rank..).zip(&response.hits) {
        write_hit(out, hit, &format!("{rank:>rank_columns$}. "), look)?;
        writeln!(out)?;
    }
    write_footer(out, response, first_rank, last_rank, look)
}

fn write_hit(out: &mut dyn Write, hit: &Hit, rank: &str, look: Look) -> io::Result<()> {
    let indent = rank.len();
    write_styled(out, rank, Role::Rank, look.colour)?;
    heading(hit, look).write(out, look, indent)?;
    for snippet in &hit.snippets {
        write!(out, "{:indent$}", "")?;
        write_styled(out, PASSAGE_MARK, Role::Quiet, look.colour)?;
        passage(snippet, look).write(out, look, indent + PASSAGE_MARK.chars().count())?;
    }
    let article = &hit.article;
    for line in
        [copies(hit), names(article), address(article)].iter().filter(|line| !line.is_empty())
    {
        write!(out, "{:indent$}", "")?;
        line.write(out, look, indent)?;
    }
    for reason in &hit.explanation {
        write!(out, "{:indent$}", "")?;
        StyledText::of(reason, Role::Quiet).write(out, look, indent)?;
    }
    Ok(())
}

fn heading(hit: &Hit, look: Look) -> StyledText {
    let mut heading = StyledText::default();
    match &hit.article.published {
        Some(date) => heading.push(&date.value.to_day().to_string(), Role::Date),
        None => heading.push("undated", Role::Quiet),
    }
    heading.push("  ", Role::Body);
    if let Some(outlet) = &hit.article.outlet {
        heading.push(outlet.value.as_str(), Role::Outlet);
        heading.push("  ", Role::Body);
    }
    match &hit.article.title {
        Some(title) => {
            let matches = join_neighbours(&title.value, &hit.title_highlights);
            let matches = matches.into_iter().map(|span| (span, Role::Match));
            heading.push_marked(&title.value, matches, Role::Title, look.colour);
        }
        None => heading.push("(no headline)", Role::Quiet),
    }
    heading
}

fn passage(snippet: &Snippet, look: Look) -> StyledText {
    let mut passage = StyledText::default();
    if snippet.cut_before {
        passage.push("… ", Role::Quiet);
    }
    let matches = join_neighbours(&snippet.text, &snippet.highlights);
    let matches: Vec<(Span, Role)> = matches.into_iter().map(|span| (span, Role::Match)).collect();
    passage.push_marked(&snippet.text, matches, Role::Body, look.colour);
    if snippet.cut_after {
        passage.push(" …", Role::Quiet);
    }
    passage
}

/// Returns the line of copies, with their dates and outlets; empty where there are none.
fn copies(hit: &Hit) -> StyledText {
    let mut line = StyledText::default();
    let count = hit.copies.len();
    if count == 0 {
        return line;
    }
    line.push(&format!("+{}", counted(count as u64, "copy", "copies")), Role::Quiet);
    for (place, copy) in hit.copies.iter().take(COPIES_SHOWN).enumerate() {
        line.push(if place == 0 { ": " } else { ", " }, Role::Quiet);
        match copy.published {
            Some(date) => line.push(&date.to_day().to_string(), Role::Date),
            None => line.push("undated", Role::Quiet),
        }
        if let Some(outlet) = &copy.outlet {
            line.push(" ", Role::Quiet);
            line.push(outlet.as_str(), Role::Outlet);
        }
    }
    if count > COPIES_SHOWN {
        line.push(", …", Role::Quiet);
    }
    line
}

/// Returns the line of names, kind by kind; empty where the article mentions nobody.
fn names(article: &Article) -> StyledText {
    let entities = count_entities(&article.mentions);
    let mut line = StyledText::default();
    for kind in EntityKind::ALL {
        let of_kind = || entities.iter().filter(move |(of, _, _)| *of == kind);
        let count = of_kind().count();
        for (position, (_, name, _)) in of_kind().take(NAMES_SHOWN).enumerate() {
            let before = match position {
                0 if line.is_empty() => "",
                0 => " · ",
                _ => ", ",
            };
            line.push(before, Role::Quiet);
            line.push(name, role_of(kind));
        }
        if count > NAMES_SHOWN {
            line.push(&format!(" +{}", count - NAMES_SHOWN), Role::Quiet);
        }
    }
    line
}

fn address(article: &Article) -> StyledText {
    StyledText::of(&format!("{}  {}", article.id, article.locator), Role::Quiet)
}

fn write_footer(
    out: &mut dyn Write,
    response: &SearchResponse,
    first_rank: u64,
    last_rank: u64,
    look: Look,
) -> io::Result<()> {
    if response.total == 0 {
        return Ok(());
    }
    let all = response.stories.unwrap_or(response.total);
    let total = total(response);
    let shown = response.hits.len() as u64;
    let text = if first_rank > all {
        format!("{total}, none of them from rank {} on", grouped(first_rank))
    } else if shown == 0 || shown == all {
        total
    } else if shown == 1 {
        format!("{} of {total}", grouped(first_rank))
    } else {
        format!("{}–{} of {total}", grouped(first_rank), grouped(last_rank))
    };
    StyledText::of(&text, Role::Quiet).write(out, look, 0)
}

/// Returns how many articles match, and how many stories these are where they are fewer.
pub(super) fn total(response: &SearchResponse) -> String {
    let articles = counted(response.total, "article", "articles");
    match response.stories {
        Some(stories) if stories < response.total => {
            format!("{} in {articles}", counted(stories, "story", "stories"))
        }
        _ => articles,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Colour;
    use crate::output::sample;

    fn table(response: &SearchResponse, first_rank: u64, look: Look) -> Vec<String> {
        let mut out = Vec::new();
        write_table(&mut out, response, first_rank, look).expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_table_is_readable_without_colour() {
        assert_eq!(
            table(&sample::response(), 1, Look::default()),
            [
                " 1. 2022-01-25  IZ  =Łavrov awaits *security guarantees*\\u{202e}",
                "    › “Łavrov” said on Tuesday that *security guarantees* must be in writing.",
                "    +1 copy: 2022-01-25 Harbour Times",
                "    Sergei Łavrov · NATO · Geneva",
                "    z4pg9yc6qh9jfqcm  2022/iz.zip!0125.jsonl#3",
                "",
                " 2. undated  (no headline)",
                "    › 北约与俄罗斯就安全保障问题举行会谈。",
                "    jpvjswtxp0ewgt96  a.txt",
                "",
                "1–2 of 1,200 stories in 1,234 articles",
            ]
        );
    }

    #[test]
    fn colours_are_written_where_they_are_wanted() {
        let look = Look { colour: Colour::Ansi, width: 100 };
        assert_eq!(
            table(&sample::response(), 9, look),
            [
                "\u{1b}[2m 9. \u{1b}[0m\u{1b}[32m2022-01-25\u{1b}[0m  \u{1b}[36mIZ\u{1b}[0m  \u{1b}[1m=Łavrov awaits \u{1b}[0m\u{1b}[1m\u{1b}[31msecurity guarantees\u{1b}[0m\u{1b}[1m\\u{202e}\u{1b}[0m",
                "    \u{1b}[2m› \u{1b}[0m“Łavrov” said on Tuesday that \u{1b}[1m\u{1b}[31msecurity guarantees\u{1b}[0m must be in writing.",
                "    \u{1b}[2m+1 copy: \u{1b}[0m\u{1b}[32m2022-01-25\u{1b}[0m\u{1b}[2m \u{1b}[0m\u{1b}[36mHarbour Times\u{1b}[0m",
                "    \u{1b}[35mSergei Łavrov\u{1b}[0m\u{1b}[2m · \u{1b}[0m\u{1b}[34mNATO\u{1b}[0m\u{1b}[2m · \u{1b}[0m\u{1b}[32mGeneva\u{1b}[0m",
                "    \u{1b}[2mz4pg9yc6qh9jfqcm  2022/iz.zip!0125.jsonl#3\u{1b}[0m",
                "",
                "\u{1b}[2m10. \u{1b}[0m\u{1b}[2mundated\u{1b}[0m  \u{1b}[2m(no headline)\u{1b}[0m",
                "    \u{1b}[2m› \u{1b}[0m北约与俄罗斯就安全保障问题举行会谈。",
                "    \u{1b}[2mjpvjswtxp0ewgt96  a.txt\u{1b}[0m",
                "",
                "\u{1b}[2m9–10 of 1,200 stories in 1,234 articles\u{1b}[0m",
            ]
        );
    }

    #[test]
    fn an_answer_without_hits_to_show_still_has_a_total() {
        let mut response = sample::response();
        response.hits.clear();
        assert_eq!(table(&response, 1, Look::default()), ["1,200 stories in 1,234 articles"]);
        assert_eq!(
            table(&response, 1235, Look::default()),
            ["1,200 stories in 1,234 articles, none of them from rank 1,235 on"]
        );
    }

    #[test]
    fn nothing_is_written_of_an_empty_answer() {
        assert_eq!(table(&SearchResponse::default(), 1, Look::default()), [""; 0]);
    }
}
