//! The language on one screen, made of examples that a test reads as queries.

use std::fmt::Write as _;

/// Queries that teach the language, by theme: what is typed, and what it finds.
pub const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "words",
        &[
            ("security guarantees", "both words, in any inflection"),
            ("\"security guarantees\"", "side by side, as written; =word for one"),
            ("\"{security guarantee}\"", "side by side, in any inflection"),
            ("\"security * (pact|deal)\"", "a gap of one word, alternatives"),
            ("guarant* wom?n guarant$3", "any letters, one letter, up to three"),
            ("zelensky~1 /zelensk(y|iy)/", "one edit, a regular expression"),
        ],
    ),
    (
        "operators",
        &[
            ("(nato OR otan) ukraine NOT gas", "also or, and, not, -gas; AND before OR"),
            ("nato w/5 ukraine", "5 words apart at most; w/s sentence, w/p"),
            ("nato pre/5 ukraine", "the same, in this order"),
            ("apple not w/3 juice", "some apple without juice that near"),
            ("(\"peace talks\" OR truce) w/9 (gaza w/3 hamas)", "phrases, groups, proximity again"),
            ("atleast5(ukraine)", "five times or more"),
            ("first50(ukraine)", "among the first 50 words"),
            ("caps(apple) allcaps(aids)", "Apple, AIDS; nocaps(x) for small letters"),
        ],
    ),
    (
        "fields",
        &[
            ("title:nato lead:(a OR b)", "headline, first paragraphs; hlead: body:"),
            ("person:\"Sergei Lavrov\"", "by any alias; org: place: entity:"),
            ("outlet:times agency:afp byline:smith", "also section: dateline: url: path: id:"),
            ("lang:en words>1000 has:byline", "language, length, what is known"),
        ],
    ),
    (
        "dates",
        &[
            ("date:2022-01 date:2022-Q1", "also 2022, 2022-01-25, 2022-W04, 1990s"),
            ("date:2021-11..2022-01", "a range; 2021.. and ..2022 are open"),
            ("since:2022 before:2022-06", "since, until include it; after, before not"),
            ("date:30d date:last-month", "also yesterday, this-week, \"5 Jan 2022\""),
        ],
    ),
];

/// Returns the language on one screen: lines of at most 80 columns.
pub fn help() -> String {
    const LEFT: usize = 34;
    let mut text = String::new();
    for (theme, examples) in EXAMPLES {
        let _ = writeln!(text, "{theme}");
        for (query, finds) in *examples {
            if query.len() < LEFT {
                let _ = writeln!(text, "  {query:LEFT$}{finds}");
            } else {
                let _ = writeln!(text, "  {query}\n  {:LEFT$}{finds}", "");
            }
        }
    }
    text.push_str(
        "Quotes make anything text: \"and\", \"same\". --explain shows how a query was read.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{FIELDS, ParseOptions, parse};

    fn is_read(query: &str) -> bool {
        let now = chrono::NaiveDate::from_ymd_opt(2022, 2, 16).unwrap();
        parse(query, &ParseOptions::new(now)).is_ok()
    }

    #[test]
    fn every_example_is_read_and_fits_the_screen() {
        for (query, _) in EXAMPLES.iter().flat_map(|(_, examples)| *examples) {
            assert!(is_read(query), "{query}");
        }
        let text = help();
        assert!(text.lines().count() <= 36, "{}", text.lines().count());
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn the_manual_holds_queries_that_are_read() {
        let manual = include_str!("../../docs/query-language.md");
        let rows = manual.lines().filter(|line| line.starts_with("| `"));
        let mut read = 0;
        for row in rows.take_while(|row| !row.starts_with("| `title:` |")) {
            let row = row.replace("\\|", "\u{0}");
            let left = row.split('|').nth(1).unwrap();
            for query in left.split('`').skip(1).step_by(2) {
                let query = query.replace('\u{0}', "|");
                // What follows "also" are operators by themselves.
                if !query.starts_with('/') || query.len() > 3 {
                    assert!(is_read(&query) || left.contains("(also"), "{query}");
                    read += 1;
                }
            }
        }
        assert!(read > 40, "{read}");
    }

    #[test]
    fn the_grammar_and_the_manual_name_every_field() {
        let grammar = include_str!("../../schema/query.ebnf");
        let manual = include_str!("../../docs/query-language.md");
        for row in FIELDS {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                assert!(grammar.contains(&format!("\"{name}\"")), "{name}");
            }
            assert!(manual.contains(&format!("{}:", row.name)), "{}", row.name);
        }
    }
}
