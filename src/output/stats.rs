//! What an archive holds, as a table and as JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::sanitize;
use crate::search::{ArchiveInfo, NameCount};

/// How many outlets and languages a table names.
const NAMED: usize = 10;

/// What an archive holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatsJson<'a> {
    /// The version of this form.
    pub version: u32,
    /// The number of articles.
    pub articles: u64,
    /// The number of words of their bodies.
    pub words: u64,
    /// The earliest date of publication, ISO 8601; null where no article has one.
    pub first_date: Option<String>,
    /// The latest date of publication.
    pub last_date: Option<String>,
    /// The number of articles without a date.
    pub undated: u64,
    /// The number of articles without an outlet.
    pub without_outlet: u64,
    /// The number of articles of each outlet, the largest first.
    pub outlets: Vec<CountJson<'a>>,
    /// The number of articles in each language, the largest first.
    pub languages: Vec<CountJson<'a>>,
    /// The number of files of the archive.
    pub files: u64,
    /// Files and records left out on purpose.
    pub skipped: u64,
    /// Files and records that could not be read.
    pub failed: u64,
    /// The bytes of the files.
    pub source_bytes: u64,
    /// The bytes of the index.
    pub index_bytes: u64,
}

/// A name and its number of articles.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CountJson<'a> {
    /// The name.
    pub name: &'a str,
    /// The number of articles.
    pub articles: u64,
}

impl<'a> From<&'a ArchiveInfo> for StatsJson<'a> {
    fn from(info: &'a ArchiveInfo) -> Self {
        let counts = |counts: &'a [NameCount]| {
            counts
                .iter()
                .map(|count| CountJson { name: &count.name, articles: count.articles })
                .collect()
        };
        Self {
            version: 1,
            articles: info.articles,
            words: info.words,
            first_date: info.dates.map(|(first, _)| first.to_string()),
            last_date: info.dates.map(|(_, last)| last.to_string()),
            undated: info.undated,
            without_outlet: info.without_outlet,
            outlets: counts(&info.outlets),
            languages: counts(&info.languages),
            files: info.files,
            skipped: info.skipped,
            failed: info.failed,
            source_bytes: info.source_bytes,
            index_bytes: info.index_bytes,
        }
    }
}

/// Writes the statistics for people.
pub fn write_table(out: &mut dyn Write, info: &ArchiveInfo) -> io::Result<()> {
    let mut row = |label: &str, value: String| writeln!(out, "{label:<12}{value}");
    row("articles", format!("{} ({} words)", info.articles, info.words))?;
    row("dates", dates(info))?;
    row("undated", info.undated.to_string())?;
    row("outlets", names(&info.outlets, info.without_outlet))?;
    row("languages", names(&info.languages, 0))?;
    let left_out = format!("{} skipped, {} failed", info.skipped, info.failed);
    row("files", format!("{} ({left_out})", info.files))?;
    row("archive", size(info.source_bytes))?;
    row("index", size(info.index_bytes))
}

fn dates(info: &ArchiveInfo) -> String {
    match &info.dates {
        Some((first, last)) => format!("{} to {}", first.to_day(), last.to_day()),
        None => "none".to_owned(),
    }
}

fn names(counts: &[NameCount], without: u64) -> String {
    let mut parts: Vec<String> = counts
        .iter()
        .take(NAMED)
        .map(|count| format!("{} {}", sanitize::line(&count.name), count.articles))
        .collect();
    let unnamed = counts.len().saturating_sub(NAMED);
    if unnamed > 0 {
        parts.push(format!("and {unnamed} more"));
    }
    if without > 0 {
        parts.push(format!("none {without}"));
    }
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// Returns a number of bytes in the unit that people use for it.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_decimal_units() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(999_960), "1.0 MB");
        assert_eq!(size(68_000_000), "68.0 MB");
    }
}
