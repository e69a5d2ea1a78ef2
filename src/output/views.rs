//! Facets and timelines: bar charts for people, rows of CSV and JSON Lines for programs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{first_columns, write_styled};
use super::number::{counted, grouped};
use super::style::{Look, Role, role_of};
use super::table::total;
use super::{csv, sanitize};
use crate::search::{Facet, FacetField, SearchResponse, Timeline};

/// The widest name of a value; longer ones are cut.
const NAME_COLUMNS: usize = 40;

/// The shortest bar that is worth drawing.
const SHORTEST_BAR: usize = 8;

/// How many empty periods in a row are shown one by one.
pub(super) const EMPTY_SHOWN: usize = 24;

/// A value of a facet, or a period of a timeline, in a list of several views.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ViewRow<'a> {
    /// The field of a facet, or `timeline`.
    #[schemars(extend("enum" = ["agency", "outlet", "person", "organization", "place", "language",
        "section", "year", "quarter", "month", "week", "day", "timeline"]))]
    pub view: &'static str,
    /// The value or period.
    pub value: std::borrow::Cow<'a, str>,
    /// How many articles it has.
    pub articles: u64,
    /// How many stories it has.
    pub stories: u64,
}

/// Returns the rows of all views of a response, facets first.
pub fn rows(response: &SearchResponse) -> Vec<ViewRow<'_>> {
    let mut rows = Vec::new();
    for facet in &response.facets {
        rows.extend(facet.values.iter().map(|value| ViewRow {
            view: facet.field.as_str(),
            value: value.value.as_str().into(),
            articles: value.articles,
            stories: value.stories,
        }));
    }
    if let Some(timeline) = &response.timeline {
        rows.extend(timeline.periods.iter().map(|period| ViewRow {
            view: "timeline",
            value: timeline.interval.label(period.start).into(),
            articles: period.articles,
            stories: period.stories,
        }));
    }
    rows
}

/// Writes the rows of all views as CSV, with a row of names first.
pub fn write_csv(out: &mut dyn Write, response: &SearchResponse) -> io::Result<()> {
    let header = ["view", "value", "articles", "stories"].map(str::to_owned);
    csv::write_row(out, header.into_iter())?;
    for row in rows(response) {
        let cells = [
            row.view.to_owned(),
            csv::cell(Some(&row.value)),
            row.articles.to_string(),
            row.stories.to_string(),
        ];
        csv::write_row(out, cells.into_iter())?;
    }
    Ok(())
}

/// Writes the views of a response for people, and how many articles match where no hits are shown
/// that say so.
pub fn write_views(out: &mut dyn Write, response: &SearchResponse, look: Look) -> io::Result<()> {
    for facet in &response.facets {
        write_facet(out, facet, look)?;
        writeln!(out)?;
    }
    if let Some(timeline) = &response.timeline {
        write_timeline(out, timeline, look)?;
        writeln!(out)?;
    }
    if response.total > 0 && response.hits.is_empty() {
        write_styled(out, &total(response), Role::Quiet, look.colour)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_facet(out: &mut dyn Write, facet: &Facet, look: Look) -> io::Result<()> {
    write_styled(out, facet.field.as_str(), Role::Title, look.colour)?;
    writeln!(out)?;
    let bars: Vec<Bar> = facet
        .values
        .iter()
        .map(|value| Bar {
            label: cut(&sanitize::line(&value.value)),
            articles: value.articles,
            stories: value.stories,
        })
        .collect();
    write_bars(out, &bars, role_of_values(facet.field), look)?;
    let mut rest = Vec::new();
    let more = facet.distinct - facet.values.len() as u64;
    if more > 0 {
        rest.push(counted(more, "more value", "more values"));
    }
    if facet.without > 0 {
        rest.push(counted(facet.without, "article without", "articles without"));
    }
    if !rest.is_empty() {
        write_styled(out, &format!("  {}", rest.join(", ")), Role::Quiet, look.colour)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_timeline(out: &mut dyn Write, timeline: &Timeline, look: Look) -> io::Result<()> {
    let bar = |period: &crate::search::Period| Bar {
        label: timeline.interval.label(period.start),
        articles: period.articles,
        stories: period.stories,
    };
    let bars: Vec<Bar> = timeline.periods.iter().map(bar).collect();
    write_bars(out, &bars, Role::Date, look)?;
    let mut rest = Vec::new();
    if timeline.undated > 0 {
        rest.push(format!("{} undated", grouped(timeline.undated)));
    }
    if timeline.imprecise > 0 {
        let interval = timeline.interval.as_str();
        rest.push(format!("{} without a known {interval}", grouped(timeline.imprecise)));
    }
    if !rest.is_empty() {
        write_styled(out, &rest.join(", "), Role::Quiet, look.colour)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A line of a bar chart.
struct Bar {
    label: String,
    articles: u64,
    /// The number of different stories; the rest of the bar stands for copies and is drawn lighter.
    stories: u64,
}

impl Bar {
    /// Returns the number of articles that are copies, as it is shown.
    fn copies(&self) -> String {
        match self.articles.saturating_sub(self.stories) {
            0 => String::new(),
            copies => format!(" +{}", grouped(copies)),
        }
    }
}

/// Writes a bar chart; long runs of empty bars become a line.
fn write_bars(out: &mut dyn Write, bars: &[Bar], role: Role, look: Look) -> io::Result<()> {
    let widest = |columns: &dyn Fn(&Bar) -> usize| bars.iter().map(columns).max().unwrap_or(0);
    let label_columns = widest(&|bar| bar.label.width());
    let digits = widest(&|bar| grouped(bar.stories).len());
    let copies_columns = widest(&|bar| bar.copies().len());
    let most = bars.iter().map(|bar| bar.articles).max().unwrap_or(0);
    let taken = label_columns + digits + copies_columns + 6;
    let room = look.width.saturating_sub(taken).max(SHORTEST_BAR);
    let mut rest = bars;
    while let Some((bar, others)) = rest.split_first() {
        let empty = rest.iter().take_while(|bar| bar.articles == 0).count();
        if empty > EMPTY_SHOWN {
            let last = &rest[empty - 1].label;
            let text = format!("  {} to {last}: none", bar.label);
            write_styled(out, &text, Role::Quiet, look.colour)?;
            writeln!(out)?;
            rest = &rest[empty..];
            continue;
        }
        write!(out, "  ")?;
        write_styled(out, &bar.label, role, look.colour)?;
        let gap = label_columns - bar.label.width();
        let drawn = drawn_bar(bar.articles, bar.stories, most, room);
        let (stories, copies) = (grouped(bar.stories), bar.copies());
        let line = format!("{:gap$}  {stories:>digits$}{copies:copies_columns$}  {drawn}", "");
        writeln!(out, "{}", line.trim_end())?;
        rest = others;
    }
    Ok(())
}

/// Draws a bar of which the part for `stories` is dark, in eighths of a column, when the longest
/// stands for `most`. A bar that is not empty is always seen.
pub(super) fn drawn_bar(articles: u64, stories: u64, most: u64, room: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = |count: u64| {
        let share = count as f64 / most.max(1) as f64;
        ((share * (room * 8) as f64).round() as usize).max(usize::from(count > 0))
    };
    let (whole, all) = (eighths(stories.min(articles)), eighths(articles));
    let mut drawn = "█".repeat(whole / 8);
    drawn.push_str(PARTS[whole % 8]);
    let columns = whole.div_ceil(8);
    drawn.push_str(&"░".repeat((all / 8).saturating_sub(columns)));
    drawn
}

/// Cuts a name that would push the bars off the page.
fn cut(name: &str) -> String {
    if name.width() <= NAME_COLUMNS {
        return name.to_owned();
    }
    first_columns(name, NAME_COLUMNS - 1) + "…"
}

fn role_of_values(field: FacetField) -> Role {
    match field {
        FacetField::Agency | FacetField::Outlet => Role::Outlet,
        FacetField::Entity(kind) => role_of(kind),
        FacetField::Date(_) => Role::Date,
        FacetField::Language | FacetField::Section => Role::Body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{FacetValue, Interval, Period};

    fn response() -> SearchResponse {
        let value = |value: &str, articles, stories| FacetValue {
            value: value.to_owned(),
            articles,
            stories,
        };
        let period = |start: &str, articles, stories| Period {
            start: start.parse().expect("a day"),
            articles,
            stories,
        };
        let periods = vec![period("2022-01-01", 3, 2), period("2022-03-01", 1200, 1200)];
        SearchResponse {
            total: 1204,
            stories: Some(1202),
            facets: vec![Facet {
                field: FacetField::Outlet,
                values: vec![value("Harbour\u{1b} Times", 8, 6), value("=IZ", 1, 1)],
                distinct: 4,
                without: 1,
            }],
            timeline: Some(Timeline::of(Interval::Month, periods, 1, 0)),
            ..SearchResponse::default()
        }
    }

    #[test]
    fn charts_show_articles_and_how_many_of_them_are_copies() {
        let mut out = Vec::new();
        let look = Look { width: 40, ..Look::default() };
        write_views(&mut out, &response(), look).expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "outlet",
                "  Harbour\\x1b Times  6 +2  █████████▊░░░",
                "  =IZ                1     █▋",
                "  2 more values, 1 article without",
                "",
                "  2022-01      2 +1  ▏",
                "  2022-02      0",
                "  2022-03  1,200     ███████████████████",
                "1 undated",
                "",
                "1,202 stories in 1,204 articles",
            ]
        );
    }

    #[test]
    fn rows_are_safe_for_spreadsheets() {
        let mut out = Vec::new();
        write_csv(&mut out, &response()).expect("memory can be written");
        let text = String::from_utf8(out).expect("only text is written");
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "view,value,articles,stories",
                "outlet,Harbour\\x1b Times,8,6",
                "outlet,'=IZ,1,1",
                "timeline,2022-01,3,2",
                "timeline,2022-02,0,0",
                "timeline,2022-03,1200,1200",
            ]
        );
    }

    #[test]
    fn a_long_silence_takes_a_line() {
        let period =
            |start: &str| Period { start: start.parse().expect("a day"), articles: 1, stories: 1 };
        let periods = vec![period("2020-01-01"), period("2022-04-01")];
        let timeline = Timeline::of(Interval::Month, periods, 0, 2);
        let mut out = Vec::new();
        let look = Look { width: 30, ..Look::default() };
        write_timeline(&mut out, &timeline, look).expect("memory can be written");
        assert_eq!(
            String::from_utf8(out).expect("only text is written"),
            "  2020-01  1  ████████████████\n  2020-02 to 2022-03: none\n  2022-04  1  ████████████████\n\
             2 without a known month\n"
        );
    }
}
