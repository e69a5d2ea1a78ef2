//! The answers to many queries: counts, timelines or hits, a row each, or a line of JSON a query.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{csv, json, wire};
use crate::search::SearchResponse;

/// What is written of each query as CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A row with its counts.
    Counts,
    /// A row for each period.
    Timelines,
    /// A row for each hit.
    Hits,
}

/// A query and what came of it.
pub struct Answered<'a> {
    /// Its name.
    pub name: &'a str,
    /// The query as it was given.
    pub query: &'a str,
    /// The answer, or why there is none.
    pub answer: Result<&'a SearchResponse, &'a str>,
}

/// A query of a batch and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AnsweredJson<'a> {
    /// The name of the query; the query itself where it has none.
    pub name: &'a str,
    /// The query as it was given; the answer says how it was read.
    pub query: &'a str,
    /// Why there is no answer; null where there is one.
    pub error: Option<&'a str>,
    /// The answer; null where there is none.
    pub response: Option<wire::Response<'a>>,
}

/// Writes a query and its answer as a line of JSON.
pub fn write_json(out: &mut dyn Write, answered: &Answered<'_>) -> io::Result<()> {
    let line = AnsweredJson {
        name: answered.name,
        query: answered.query,
        error: answered.answer.err(),
        response: answered.answer.ok().map(wire::Response::from),
    };
    json::write_line(out, &line)
}

/// Writes the row of the columns' names.
pub fn write_csv_header(out: &mut dyn Write, form: Form) -> io::Result<()> {
    let of_form: Vec<&str> = match form {
        Form::Counts => vec!["articles", "stories", "undated"],
        Form::Timelines => vec!["period", "articles", "stories"],
        Form::Hits => std::iter::once("rank").chain(csv::column_names()).collect(),
    };
    let names = ["name", "query"].into_iter().chain(of_form).chain(["error"]);
    csv::write_row(out, names.map(str::to_owned))
}

/// Writes the rows of a query. One that could not be answered has a row with its error.
pub fn write_csv(out: &mut dyn Write, answered: &Answered<'_>, form: Form) -> io::Result<()> {
    let response = match answered.answer {
        Ok(response) => response,
        Err(error) => {
            let empty = match form {
                Form::Counts | Form::Timelines => 3,
                Form::Hits => 1 + csv::column_names().count(),
            };
            return write_row(out, answered, vec![String::new(); empty], error);
        }
    };
    match form {
        Form::Counts => {
            let stories = response.stories.map(|stories| stories.to_string());
            let undated = response.undated.map(|undated| undated.to_string());
            let cells = vec![
                response.total.to_string(),
                stories.unwrap_or_default(),
                undated.unwrap_or_default(),
            ];
            write_row(out, answered, cells, "")
        }
        Form::Timelines => {
            let Some(timeline) = &response.timeline else { return Ok(()) };
            timeline.periods.iter().try_for_each(|period| {
                let cells = vec![
                    timeline.interval.label(period.start),
                    period.articles.to_string(),
                    period.stories.to_string(),
                ];
                write_row(out, answered, cells, "")
            })
        }
        Form::Hits => (1..).zip(&response.hits).try_for_each(|(rank, hit): (u64, _)| {
            let cells = std::iter::once(rank.to_string()).chain(csv::cells(hit)).collect();
            write_row(out, answered, cells, "")
        }),
    }
}

fn write_row(
    out: &mut dyn Write,
    answered: &Answered<'_>,
    cells: Vec<String>,
    error: &str,
) -> io::Result<()> {
    let named = [csv::cell(Some(answered.name)), csv::cell(Some(answered.query))];
    csv::write_row(out, named.into_iter().chain(cells).chain([csv::cell(Some(error))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    fn rows(form: Form) -> Vec<String> {
        let response = sample::response();
        let mut out = Vec::new();
        write_csv_header(&mut out, form).expect("memory can be written");
        for (name, answer) in [("=one", Ok(&response)), ("two", Err("no\nquery"))] {
            let answered = Answered { name, query: "a", answer };
            write_csv(&mut out, &answered, form).expect("memory can be written");
        }
        let text = String::from_utf8(out).expect("only text is written");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_query_has_a_row() {
        assert_eq!(
            rows(Form::Counts),
            [
                "name,query,articles,stories,undated,error",
                "'=one,a,1234,1200,,",
                "two,a,,,,no query",
            ]
        );
    }

    #[test]
    fn all_rows_of_hits_have_as_many_cells() {
        let rows = rows(Form::Hits);
        assert!(
            rows[1].starts_with("'=one,a,1,z4pg9yc6qh9jfqcm,7.1235,2022-01-25,"),
            "{}",
            rows[1]
        );
        assert_eq!(rows.len(), 4);
        let commas = |row: &str| row.matches(',').count();
        assert_eq!(commas(&rows[0]), commas(&rows[3]));
    }
}
