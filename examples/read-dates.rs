//! Finds when saved pages were published, and says how many pages a second that takes on one core.
//!
//! ```text
//! cargo run --release --example read-dates -- DIRECTORY
//! ```
//!
//! Prints a line for each page under DIRECTORY: its path, the date, and the place that says so. Files
//! are read into memory first, so that the rate is that of parsing a page and finding its date.

#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use morgue::ingest::FileContext;
use morgue::ingest::extract::page;
use walkdir::WalkDir;

fn main() -> Result<()> {
    let Some(directory) = std::env::args().nth(1).map(PathBuf::from) else {
        bail!("which directory?");
    };
    let pages = pages_in(&directory)?;
    let started = Instant::now();
    for (path, html) in &pages {
        let context = FileContext { path: path.clone(), ..FileContext::default() };
        let date = page::read_date(html, &context)
            .with_context(|| format!("cannot read the date of `{path}`"))?;
        match date {
            Some(date) => {
                let evidence = &date.evidence;
                println!("{path}\t{}\t{} {}", date.value, evidence.kind, evidence.detail);
            }
            None => println!("{path}\t-\t"),
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{} pages, {:.0} a second", pages.len(), pages.len() as f64 / seconds);
    Ok(())
}

/// Returns the paths and texts of the pages in a directory, in order.
fn pages_in(directory: &Path) -> Result<Vec<(String, String)>> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(directory).sort_by_file_name() {
        let entry = entry?;
        let is_page = entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "html" || extension == "htm");
        if is_page {
            let bytes = fs::read(entry.path())
                .with_context(|| format!("cannot read `{}`", entry.path().display()))?;
            let path = entry.path().display().to_string();
            pages.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(pages)
}
