//! Concordances: the matches one below the other, with what stands around them.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{first_columns, last_columns, write_styled};
use super::style::{Look, Role};
use super::{csv, sanitize};
use crate::article::{Article, MentionField};
use crate::search::ConcordanceLine;

/// How many characters of an id stand in a table: enough for `show`.
const ID_SHOWN: usize = 8;

/// The columns of a date.
const DATE_COLUMNS: usize = 10;

/// A match with the words around it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ConcordanceJson<'a> {
    /// What stands before the match.
    pub left: &'a str,
    /// The match; words that match side by side are one.
    pub keyword: &'a str,
    /// What stands after it.
    pub right: &'a str,
    /// The article's id.
    pub id: &'a str,
    /// When the article was published, ISO 8601.
    pub date: Option<String>,
    /// The publication.
    pub outlet: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// Whether the match stands in the headline or in the body.
    #[schemars(extend("enum" = ["title", "body"]))]
    pub field: &'static str,
    /// The first character of the match there.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
}

impl<'a> ConcordanceJson<'a> {
    /// Returns the form of a line that stands in `article`, whose body is not looked at.
    pub fn new(line: &'a ConcordanceLine, article: &'a Article) -> Self {
        Self {
            left: &line.left,
            keyword: &line.keyword,
            right: &line.right,
            id: article.id.as_str(),
            date: article.published.as_ref().map(|date| date.value.to_string()),
            outlet: article.outlet.as_ref().map(|outlet| outlet.value.as_str()),
            title: article.title.as_ref().map(|title| title.value.as_str()),
            field: match line.field {
                MentionField::Title => "title",
                MentionField::Body => "body",
            },
            start: line.start,
            end: line.end,
        }
    }
}

/// Writes the row of the columns' names.
pub fn write_csv_header(out: &mut dyn Write) -> io::Result<()> {
    let names =
        ["left", "keyword", "right", "date", "outlet", "title", "id", "field", "start", "end"];
    csv::write_row(out, names.map(str::to_owned).into_iter())
}

/// Writes the row of a line.
pub fn write_csv_line(out: &mut dyn Write, line: &ConcordanceJson<'_>) -> io::Result<()> {
    let cells = [
        csv::cell(Some(line.left)),
        csv::cell(Some(line.keyword)),
        csv::cell(Some(line.right)),
        line.date.clone().unwrap_or_default(),
        csv::cell(line.outlet),
        csv::cell(line.title),
        line.id.to_owned(),
        line.field.to_owned(),
        line.start.to_string(),
        line.end.to_string(),
    ];
    csv::write_row(out, cells.into_iter())
}

/// Writes a line for people: id, date, and the match in the middle of the page.
pub fn write_line(out: &mut dyn Write, line: &ConcordanceJson<'_>, look: Look) -> io::Result<()> {
    let date = line.date.as_deref().unwrap_or("undated");
    let date = date.get(..DATE_COLUMNS).unwrap_or(date);
    let room = look.width.saturating_sub(ID_SHOWN + DATE_COLUMNS + 6).max(24);
    let left_columns = room * 2 / 5;
    let left = last_columns(&sanitize::line(line.left), left_columns);
    let keyword = sanitize::line(line.keyword);
    let right_columns = room.saturating_sub(left_columns + 1 + keyword.width());
    let right = first_columns(&sanitize::line(line.right), right_columns);
    write_styled(out, &line.id[..ID_SHOWN], Role::Quiet, look.colour)?;
    write!(out, "  ")?;
    write_styled(out, &format!("{date:DATE_COLUMNS$}"), Role::Date, look.colour)?;
    let gap = left_columns - left.width();
    write!(out, "  {:gap$}{left}  ", "")?;
    write_styled(out, &keyword, Role::Match, look.colour)?;
    // What closes the phrase stands next to it.
    let is_beside = right.chars().next().is_none_or(|first| !first.is_alphanumeric());
    writeln!(out, "{}{right}", if is_beside { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;
    use crate::search::concordance;

    fn lines(write: impl Fn(&mut Vec<u8>, &ConcordanceJson<'_>)) -> Vec<String> {
        let response = sample::response();
        let hit = &response.hits[0];
        let mut out = Vec::new();
        for line in concordance(hit, 60) {
            write(&mut out, &ConcordanceJson::new(&line, &hit.article));
        }
        let text = String::from_utf8(out).expect("only text is written");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn matches_stand_one_below_the_other() {
        let table = lines(|out, line| {
            write_line(out, line, Look::default()).expect("memory can be written");
        });
        assert_eq!(
            table,
            [
                "z4pg9yc6  2022-01-25          =Łavrov awaits  security guarantees\\u{202e}",
                "z4pg9yc6  2022-01-25  ” said on Tuesday that  security guarantees must be in wri",
            ]
        );
    }

    #[test]
    fn a_row_has_its_place_in_characters() {
        let rows = lines(|out, line| write_csv_line(out, line).expect("memory can be written"));
        assert_eq!(
            rows[1],
            "“Łavrov” said on Tuesday that,security guarantees,must be in writing. NATO will answer \
             Łavrov\\x1b[2J soon. The,2022-01-25,IZ,'=Łavrov awaits security guarantees\\u{202e},\
             z4pg9yc6qh9jfqcm,body,30,49"
        );
    }
}
