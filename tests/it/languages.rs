//! Scraped, wrapped and saved pages in languages of many scripts: the menu above an article, the buttons,
//! notices and teasers around it and the readers below it go, and its fields are found.
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

    /// Returns the lines of the page, as a scraper keeps them.
    fn scraped(&self) -> String {
        let parts = ["above", "title", "fields", "body", "below"];
        parts.iter().flat_map(|part| self.values(part)).collect::<Vec<_>>().join("\n")
    }

    /// Returns the page as a text browser writes it, its headline and its paragraphs wrapped.
    fn wrapped(&self) -> String {
        let wrapped = |part: &str| -> String {
            self.values(part).iter().map(|text| wrap(text).join("\n") + "\n\n").collect()
        };
        let parts = ["title", "fields", "body", "below"];
        let menu: String = self.values("above").iter().map(|line| format!("* {line}\n")).collect();
        menu + "\n" + &parts.map(wrapped).concat()
    }

    /// Returns the page as a browser saves it, with nothing that states its fields.
    fn saved(&self) -> String {
        let each = |part: &str, open: &str, close: &str| -> String {
            self.values(part).iter().map(|line| format!("{open}{line}{close}\n")).collect()
        };
        format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{} - Portal</title>\
             </head><body><ul>{}</ul><div><h1>{}</h1>{}<div>{}</div></div><div>{}</div></body></html>",
            self.values("language")[0],
            self.values("title")[0],
            each("above", "<li><a href=\"/\">", "</a></li>"),
            self.values("title")[0],
            each("fields", "<div>", "</div>"),
            each("body", "<p>", "</p>"),
            each("below", "<div><a href=\"/\">", "</a></div>"),
        )
    }

    /// Returns how what is read of a `file` that holds the page differs from what is right.
    fn faults(&self, name: &str, file: String) -> Vec<String> {
        let session = Session::new();
        session.file(format!("a/{name}"), file);
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
                format!("{name} in {language}, {field}: found\n{found}\nrather than\n{right}")
            })
            .collect()
    }
}

/// Wraps a text at 44 columns, before words or, in Chinese and Japanese, before letters.
fn wrap(text: &str) -> Vec<String> {
    const COLUMNS: usize = 44;
    let is_wide = |letter: char| letter >= '\u{2e80}';
    let is_unspaced = text.chars().filter(|letter| is_wide(*letter)).count() * 4 > text.len();
    let columns = |text: &str| -> usize {
        text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
    };
    let pieces: Vec<&str> = if is_unspaced && !text.contains(' ') {
        text.split_inclusive(|letter: char| !"。、，".contains(letter)).collect()
    } else {
        text.split_inclusive(' ').collect()
    };
    let mut lines = vec![String::new()];
    for piece in pieces {
        let line = lines.last_mut().expect("there is one");
        if columns(line) + columns(piece.trim_end()) > COLUMNS && !"。、，".contains(piece) {
            lines.push(piece.to_owned());
        } else {
            line.push_str(piece);
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn pages_of_many_languages_are_read() {
    let pages = include_str!("languages.txt").split("\n\n").map(Page::of);
    let faults: Vec<String> = pages
        .flat_map(|page| {
            [
                page.faults("page.txt", page.scraped()),
                page.faults("wrapped.txt", page.wrapped()),
                page.faults("page.html", page.saved()),
            ]
        })
        .flatten()
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
