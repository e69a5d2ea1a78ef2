//! Queries side by side: how many articles each matches, period by period.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::layout::{StyledText, write_styled};
use super::number::grouped;
use super::style::{Colour, Look, Role};
use super::views::{EMPTY_SHOWN, drawn_bar};
use super::{csv, wire};
use crate::search::{Comparison, Counts};

/// The columns that a count and its bar take at the least.
const NARROWEST: usize = 9;

/// The widest bar.
const WIDEST_BAR: usize = 24;

/// How many articles several queries match over time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ComparisonJson<'a> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub version: u32,
    /// The length of a period.
    #[schemars(extend("enum" = ["day", "week", "month", "quarter", "year"]))]
    pub interval: &'static str,
    /// The queries, in the order asked.
    pub queries: Vec<ComparedJson<'a>>,
    /// The periods from the first to the last article of any query, also those without any.
    pub periods: Vec<ComparedPeriod>,
}

/// One of the queries.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ComparedJson<'a> {
    /// The query as it was read.
    pub query: &'a str,
    /// How many articles match.
    pub total: u64,
    /// How many stories these are; null with `--copies all`.
    pub stories: Option<u64>,
    /// How many of the articles have no date.
    pub undated: u64,
    /// How many have a date that does not tell the period.
    pub imprecise: u64,
}

/// A period, with the counts of each query in their order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ComparedPeriod {
    /// The period, as the query language writes it.
    pub period: String,
    /// How many articles of each query were printed in it.
    pub articles: Vec<u64>,
    /// How many stories; with `--copies all` as many as articles.
    pub stories: Vec<u64>,
}

impl<'a> From<&'a Comparison> for ComparisonJson<'a> {
    fn from(comparison: &'a Comparison) -> Self {
        let interval = comparison.interval;
        Self {
            version: wire::VERSION,
            interval: interval.as_str(),
            queries: comparison
                .queries
                .iter()
                .map(|query| ComparedJson {
                    query: &query.query,
                    total: query.total,
                    stories: query.stories,
                    undated: query.undated,
                    imprecise: query.imprecise,
                })
                .collect(),
            periods: comparison
                .periods
                .iter()
                .map(|(start, counts)| ComparedPeriod {
                    period: interval.label(*start),
                    articles: counts.iter().map(|count| count.articles).collect(),
                    stories: counts.iter().map(|count| count.stories).collect(),
                })
                .collect(),
        }
    }
}

/// Writes a row a period and a column a query, with a row of their names first. Stories are counted
/// where copies are folded.
pub fn write_csv(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let queries = comparison.queries.iter().map(|query| csv::cell(Some(&query.query)));
    let first = comparison.interval.as_str().to_owned();
    csv::write_row(out, std::iter::once(first).chain(queries))?;
    for (start, counts) in &comparison.periods {
        let counts = counts.iter().map(|count| count.stories.to_string());
        csv::write_row(out, std::iter::once(comparison.interval.label(*start)).chain(counts))?;
    }
    Ok(())
}

/// Writes the queries with their letters, and below them a line a period with a column a query.
/// Stories are counted where copies are folded.
pub fn write_table(out: &mut dyn Write, comparison: &Comparison, look: Look) -> io::Result<()> {
    write_queries(out, comparison, look)?;
    if comparison.periods.is_empty() {
        return Ok(());
    }
    let chart = Chart::of(comparison, look);
    chart.write_header(out)?;
    let is_empty = |place: &usize| {
        let counts = comparison.periods.get(*place);
        counts.is_some_and(|(_, counts)| counts.iter().all(|count| count.articles == 0))
    };
    let mut place = 0;
    while let Some((_, counts)) = comparison.periods.get(place) {
        let empty = (place..).take_while(is_empty).count();
        if empty > EMPTY_SHOWN {
            let (first, last) = (&chart.labels[place], &chart.labels[place + empty - 1]);
            let text = format!("{first} to {last}: none\n");
            write_styled(out, &text, Role::Quiet, look.colour)?;
            place += empty;
        } else {
            chart.write_period(out, &chart.labels[place], counts)?;
            place += 1;
        }
    }
    Ok(())
}

/// Writes the queries with their letters and counts.
fn write_queries(out: &mut dyn Write, comparison: &Comparison, look: Look) -> io::Result<()> {
    for (query, letter) in comparison.queries.iter().zip(letters()) {
        write_styled(out, &format!("{letter:>3}  "), Role::Title, look.colour)?;
        let count = grouped(query.stories.unwrap_or(query.total));
        let mut line = StyledText::of(&query.query, Role::Body);
        line.push(&format!("  {count}"), Role::Quiet);
        let undated = query.undated + query.imprecise;
        if undated > 0 {
            let text =
                format!(" ({} without a known {})", grouped(undated), comparison.interval.as_str());
            line.push(&text, Role::Quiet);
        }
        line.write(out, look, 5)?;
    }
    Ok(())
}

/// How the periods are laid out.
struct Chart {
    labels: Vec<String>,
    label_columns: usize,
    queries: usize,
    /// The greatest count.
    most: u64,
    /// The columns of the greatest count.
    digits: usize,
    /// The columns of the longest bar.
    room: usize,
    colour: Colour,
}

impl Chart {
    fn of(comparison: &Comparison, look: Look) -> Self {
        let periods = comparison.periods.iter();
        let labels: Vec<String> =
            periods.map(|(start, _)| comparison.interval.label(*start)).collect();
        let label_columns = labels.iter().map(String::len).max().unwrap_or(0);
        let counts = comparison.periods.iter().flat_map(|(_, counts)| counts);
        let most = counts.map(|count| count.stories).max().unwrap_or(0);
        let digits = grouped(most).len();
        let queries = comparison.queries.len().max(1);
        let columns = (look.width.saturating_sub(label_columns + 2) / queries).max(NARROWEST);
        let room = columns.saturating_sub(digits + 3).min(WIDEST_BAR);
        Self { labels, label_columns, queries, most, digits, room, colour: look.colour }
    }

    /// Returns the columns of a query: a count, a bar and the gap after it.
    fn columns(&self) -> usize {
        self.digits + 3 + self.room
    }

    fn write_header(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { label_columns, digits, .. } = *self;
        let mut header = format!("\n{:label_columns$}  ", "");
        for letter in letters().take(self.queries) {
            let rest = self.columns() - digits;
            header.push_str(&format!("{letter:>digits$}{:rest$}", ""));
        }
        write_styled(out, header.trim_end(), Role::Title, self.colour)?;
        writeln!(out)
    }

    fn write_period(&self, out: &mut dyn Write, label: &str, counts: &[Counts]) -> io::Result<()> {
        write_styled(out, label, Role::Date, self.colour)?;
        let digits = self.digits;
        let mut line = format!("{:gap$}  ", "", gap = self.label_columns - label.len());
        for count in counts {
            let bar = drawn_bar(count.stories, count.stories, self.most, self.room);
            let gap = self.columns().saturating_sub(digits + 1 + bar.chars().count());
            let count = grouped(count.stories);
            line.push_str(&format!("{count:>digits$} {bar}{:gap$}", ""));
        }
        writeln!(out, "{}", line.trim_end())
    }
}

/// Returns A, B ... Z, AA, AB ...
fn letters() -> impl Iterator<Item = String> {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    (0..).map(move |number: usize| match number / 26 {
        0 => letter(number).to_string(),
        more => format!("{}{}", letter(more - 1), letter(number)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Compared, Interval};

    fn comparison() -> Comparison {
        let query = |query: &str, total, undated| Compared {
            query: query.to_owned(),
            total,
            stories: Some(total),
            undated,
            imprecise: 0,
        };
        let counts = |counts: [u64; 2]| {
            counts.map(|count| Counts { articles: count, stories: count }).to_vec()
        };
        let day = |text: &str| text.parse().expect("a day");
        Comparison {
            interval: Interval::Month,
            queries: vec![query("gas", 3, 0), query("=oil", 13, 1)],
            periods: vec![
                (day("2022-01-01"), counts([1, 12])),
                (day("2022-02-01"), counts([0, 0])),
                (day("2022-03-01"), counts([2, 0])),
            ],
        }
    }

    #[test]
    fn queries_stand_side_by_side() {
        let mut out = Vec::new();
        let look = Look { width: 40, ..Look::default() };
        write_table(&mut out, &comparison(), look).expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "  A  gas  3",
                "  B  =oil  13 (1 without a known month)",
                "",
                "          A              B",
                "2022-01   1 ▉           12 ██████████",
                "2022-02   0              0",
                "2022-03   2 █▋           0",
            ]
        );
    }

    #[test]
    fn a_column_a_query() {
        let mut out = Vec::new();
        write_csv(&mut out, &comparison()).expect("memory can be written");
        assert_eq!(
            String::from_utf8(out).expect("only text is written"),
            "month,gas,'=oil\n2022-01,1,12\n2022-02,0,0\n2022-03,2,0\n"
        );
    }
}
