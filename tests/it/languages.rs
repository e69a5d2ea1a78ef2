//! Scraped pages in languages of many scripts: the menu above an article, the buttons, notices and
//! teasers around it and the readers below it go, and its fields are found.
//!
//! `languages.txt` has a page a block: what stands above the headline, the headline, what stands below
//! it, the text and what follows it, line by line, and the authors and agencies that are to be found.

use serde_json::Value;

use super::harness::Session;

/// A page by its rows: a name and the values, one for the lines of `body`.
struct Page<'data>(Vec<(&'data str, &'data str)>);

impl<'data> Page<'data> {
    fn of(block: &'data str) -> Self {
        Self(block.lines().map(|row| row.split_once(": ").expect("a row has a name")).collect())
    }

    fn values(&self, name: &str) -> Vec<&'data str> {
        let rows = self.0.iter().filter(|(row, _)| *row == name);
        rows.flat_map(|(_, values)| values.split(" | ")).collect()
    }

    /// Returns how what is read of the page differs from what is right.
    fn faults(&self) -> Vec<String> {
        let parts = ["above", "title", "fields", "body", "below"];
        let lines: Vec<&str> = parts.iter().flat_map(|part| self.values(part)).collect();
        let session = Session::new();
        session.file("a/page.txt", lines.join("\n"));
        let article: Value = session.run(&["read", "--no-entities", "a"]).status(0).json();
        let text = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        let agencies = article["agencies"].as_array().unwrap().iter();
        let agencies: Vec<&str> = agencies.map(|name| name.as_str().unwrap()).collect();
        let language = self.values("language")[0];
        let rows = [
            ("title", text("title"), self.values("title").join("")),
            ("body", text("body"), self.values("body").join("\n\n")),
            ("byline", text("byline"), self.values("byline").join(", ")),
            ("date", text("date").chars().take(10).collect(), "2022-01-25".to_owned()),
            ("language", text("language"), language.to_owned()),
            ("agencies", agencies.join(", "), self.values("agencies").join(", ")),
        ];
        let wrong = rows.into_iter().filter(|(_, found, right)| found != right);
        wrong
            .map(|(field, found, right)| {
                format!("{language}, {field}: found\n{found}\nrather than\n{right}")
            })
            .collect()
    }
}

#[test]
fn pages_of_many_languages_are_read() {
    let pages = include_str!("languages.txt").split("\n\n").map(Page::of);
    let faults: Vec<String> = pages.flat_map(|page| page.faults()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
