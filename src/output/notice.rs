//! What is said beside the hits: how the query was read, and why nothing was found.
//!
//! These are sentences for people, a line each and safe for a terminal; whoever prints them puts
//! them on standard error and decides what stands before them.

use super::number::{counted, grouped};
use super::sanitize;
use crate::search::{ClauseCount, SearchResponse, Suggestion};

/// The query that all articles match, in canonical spelling.
const EVERYTHING: &str = "*";

/// Returns what a reader of the hits should know, the most useful first.
pub fn notices(response: &SearchResponse) -> Vec<String> {
    let mut said = Vec::new();
    if response.total == 0 {
        said.push(no_hits(&response.query));
        said.extend(blame(response));
    } else if !response.clauses.is_empty() {
        said.push(how_it_was_read(response));
    }
    said.extend(response.suggestions.iter().filter_map(did_you_mean));
    said.extend(undated(response));
    said.extend(response.notes.iter().cloned());
    said.iter().map(|sentence| sanitize::line(sentence)).collect()
}

fn no_hits(query: &str) -> String {
    if query == EVERYTHING {
        return "the index holds no article".to_owned();
    }
    format!("no article matches `{query}`")
}

/// Says how the query was read, and how many articles each part of it matches.
fn how_it_was_read(response: &SearchResponse) -> String {
    format!("read as `{}`; matching by itself: {}", response.query, parts(&response.clauses))
}

fn parts(clauses: &[ClauseCount]) -> String {
    let part = |clause: &ClauseCount| format!("`{}` {}", clause.clause, grouped(clause.articles));
    clauses.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// Says which clauses match nothing, or else that each matches something alone. Words for which
/// there are suggestions are left to those.
fn blame(response: &SearchResponse) -> Vec<String> {
    let clauses = &response.clauses;
    if clauses.len() < 2 {
        return Vec::new();
    }
    if clauses.iter().all(|clause| clause.articles > 0) {
        let parts = parts(clauses);
        return vec![format!("each part matches articles, but none matches all: {parts}")];
    }
    let is_suggested =
        |clause: &ClauseCount| response.suggestions.iter().any(|known| known.word == clause.clause);
    clauses
        .iter()
        .filter(|clause| clause.articles == 0 && !is_suggested(clause))
        .map(|clause| format!("`{}` matches no article by itself", clause.clause))
        .collect()
}

/// Returns the question whether one of the near spellings was meant; `None` where there are none.
pub fn did_you_mean(suggestion: &Suggestion) -> Option<String> {
    let near: Vec<String> = suggestion.near.iter().map(|word| format!("`{word}`")).collect();
    let (last, others) = near.split_last()?;
    let list = match others {
        [] => last.clone(),
        _ => format!("{} or {last}", others.join(", ")),
    };
    Some(format!("`{}` occurs nowhere; did you mean {list}?", suggestion.word))
}

fn undated(response: &SearchResponse) -> Option<String> {
    let undated = response.undated.filter(|undated| *undated > 0)?;
    let (one, many) = (
        "article matches all but the date: it has none",
        "articles match all but the date: they have none",
    );
    Some(counted(undated, one, many))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(clause: &str, articles: u64) -> ClauseCount {
        ClauseCount { clause: clause.to_owned(), articles }
    }

    #[test]
    fn an_empty_answer_names_the_clause_that_killed_it() {
        let response = SearchResponse {
            query: "zelenski AND talks".to_owned(),
            clauses: vec![clause("zelenski", 0), clause("talks", 1200), clause("outlet:nobody", 0)],
            suggestions: vec![Suggestion {
                word: "zelenski".to_owned(),
                near: vec!["zelensky".to_owned(), "zelenskiy".to_owned()],
            }],
            undated: Some(1412),
            ..SearchResponse::default()
        };
        assert_eq!(
            notices(&response),
            [
                "no article matches `zelenski AND talks`",
                "`outlet:nobody` matches no article by itself",
                "`zelenski` occurs nowhere; did you mean `zelensky` or `zelenskiy`?",
                "1,412 articles match all but the date: they have none",
            ]
        );
    }

    #[test]
    fn an_empty_answer_of_full_clauses_says_so() {
        let response = SearchResponse {
            query: "oil AND opera".to_owned(),
            clauses: vec![clause("oil", 1200), clause("opera", 3)],
            ..SearchResponse::default()
        };
        assert_eq!(
            notices(&response)[1],
            "each part matches articles, but none matches all: `oil` 1,200, `opera` 3"
        );
    }

    #[test]
    fn counted_clauses_of_a_full_answer_say_how_it_was_read() {
        let response = SearchResponse {
            total: 2,
            query: "oil AND gas".to_owned(),
            clauses: vec![clause("oil", 1200), clause("gas", 3)],
            ..SearchResponse::default()
        };
        assert_eq!(
            notices(&response),
            ["read as `oil AND gas`; matching by itself: `oil` 1,200, `gas` 3"]
        );
    }

    #[test]
    fn notes_of_a_full_answer_are_safe_to_show() {
        let response = SearchResponse {
            total: 1,
            notes: vec!["read as `\u{1b}[2J`".to_owned()],
            undated: Some(0),
            ..SearchResponse::default()
        };
        assert_eq!(notices(&response), ["read as `\\x1b[2J`"]);
    }
}
