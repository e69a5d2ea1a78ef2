//! What an archive holds, as a table and as JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::layout::{StyledText, write_row};
use super::number::grouped;
use super::style::{Look, Role};
use super::wire::VERSION;
use crate::search::{ArchiveInfo, NameCount};

/// How many outlets and languages a table names.
const NAMED: usize = 10;

/// What an archive holds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct StatsJson<'a> {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
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
#[schemars(deny_unknown_fields)]
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
            version: VERSION,
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
pub fn write_table(out: &mut dyn Write, info: &ArchiveInfo, look: Look) -> io::Result<()> {
    let rows = [
        ("articles", grouped(info.articles)),
        ("words", grouped(info.words)),
        ("dates", dates(info)),
        ("undated", grouped(info.undated)),
        ("outlets", names(&info.outlets, info.without_outlet)),
        ("languages", names(&info.languages, 0)),
        ("files", grouped(info.files)),
        ("left out", format!("{} skipped, {} failed", grouped(info.skipped), grouped(info.failed))),
        ("size", format!("{}, index {}", size(info.source_bytes), size(info.index_bytes))),
    ];
    let mut rows = rows.iter();
    rows.try_for_each(|(label, value)| {
        write_row(out, label, &StyledText::of(value, Role::Body), look)
    })
}

fn dates(info: &ArchiveInfo) -> String {
    match &info.dates {
        Some((first, last)) => format!("{} to {}", first.to_day(), last.to_day()),
        None => "none".to_owned(),
    }
}

/// Returns the commonest names with their numbers, and how many others and how many without.
fn names(counts: &[NameCount], without: u64) -> String {
    let shown = counts.iter().take(NAMED);
    let mut parts: Vec<String> =
        shown.map(|count| format!("{} {}", count.name, grouped(count.articles))).collect();
    match counts.len().saturating_sub(NAMED) {
        0 => {}
        more => parts.push(format!("{} more", grouped(more as u64))),
    }
    if without > 0 {
        parts.push(format!("not known {}", grouped(without)));
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
