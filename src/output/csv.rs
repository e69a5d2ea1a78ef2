//! CSV: a row a hit, for spreadsheets.
//!
//! Lists are joined with `; ` and passages with ` … `. A cell that a spreadsheet would take for a
//! formula gets an apostrophe in front, which spreadsheets hide; control characters and direction
//! overrides become escapes, and line breaks spaces.

use std::io::{self, Write};

use super::{sanitize, wire};
use crate::search::Hit;

/// The name of a column and what stands in it.
type Column = (&'static str, fn(&wire::Hit<'_>) -> String);

/// The columns, in order.
const COLUMNS: &[Column] = &[
    ("id", |hit| hit.fields.id.to_owned()),
    ("score", |hit| hit.score.to_string()),
    ("date", |hit| hit.fields.date.clone().unwrap_or_default()),
    ("date_evidence", |hit| hit.fields.date_evidence.unwrap_or_default().to_owned()),
    ("date_confidence", |hit| hit.fields.date_confidence.unwrap_or_default().to_owned()),
    ("outlet", |hit| cell(hit.fields.outlet)),
    ("title", |hit| cell(hit.fields.title)),
    ("byline", |hit| cell(hit.fields.byline.as_deref())),
    ("section", |hit| cell(hit.fields.section)),
    ("language", |hit| cell(hit.fields.language)),
    ("words", |hit| hit.fields.words.to_string()),
    ("person", |hit| list(&hit.fields.entities.person)),
    ("organization", |hit| list(&hit.fields.entities.organization)),
    ("place", |hit| list(&hit.fields.entities.place)),
    ("snippet", passages),
    ("url", |hit| cell(hit.fields.url)),
    ("path", |hit| cell(Some(hit.fields.path))),
    ("member", |hit| cell(Some(&hit.fields.members.join("!")))),
    ("record", |hit| hit.fields.record.map(|record| record.to_string()).unwrap_or_default()),
    ("copies", |hit| list(&hit.copies.iter().map(|copy| copy.id).collect::<Vec<_>>())),
    ("agencies", |hit| list(&hit.fields.agencies)),
];

/// Writes the row of the columns' names.
pub fn write_header(out: &mut dyn Write) -> io::Result<()> {
    write_row(out, column_names().map(str::to_owned))
}

/// Writes the row of a hit.
pub fn write_hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    write_row(out, cells(hit).into_iter())
}

/// Returns the names of the columns of a hit.
pub(super) fn column_names() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name)
}

/// Returns the cells of a hit, in the order of the columns.
pub(super) fn cells(hit: &Hit) -> Vec<String> {
    let hit = wire::Hit::from(hit);
    COLUMNS.iter().map(|(_, value)| value(&hit)).collect()
}

/// Writes one row, as RFC 4180 has it but for the line ending, which is `\n`.
pub fn write_row(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

/// Returns the text as a cell that no spreadsheet calculates.
pub fn cell(text: Option<&str>) -> String {
    let safe = sanitize::line(text.unwrap_or_default());
    match safe.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{safe}"),
        _ => safe,
    }
}

fn list(names: &[&str]) -> String {
    cell(Some(&names.join("; ")))
}

fn passages(hit: &wire::Hit<'_>) -> String {
    let texts: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text).collect();
    let words: Vec<&str> = texts.iter().flat_map(|text| [*text, "…"]).collect();
    let joined = words[..words.len().saturating_sub(1)].join(" ");
    cell(Some(&joined.split_whitespace().collect::<Vec<_>>().join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn a_row_a_hit_without_formulas_or_escapes() {
        let mut out = Vec::new();
        write_header(&mut out).expect("memory can be written");
        for hit in sample::response().hits {
            write_hit(&mut out, &hit).expect("memory can be written");
        }
        let text = String::from_utf8(out).expect("only text is written");
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "id,score,date,date_evidence,date_confidence,outlet,title,byline,section,language,words,person,organization,place,snippet,url,path,member,record,copies,agencies",
                "z4pg9yc6qh9jfqcm,7.1235,2022-01-25,weekday,medium,IZ,'=Łavrov awaits security guarantees\\u{202e},\"Ann Lee, Bo Ek\",World,en,23,Sergei Łavrov,NATO,Geneva,“Łavrov” said on Tuesday that security guarantees must be in writing.,https://iz.example/1,2022/iz.zip,0125.jsonl,3,g6x5c3vgt2yfqsht,Interfax",
                "jpvjswtxp0ewgt96,0.5,,,,,,,,,17,,,,北约与俄罗斯就安全保障问题举行会谈。,,a.txt,,,,",
            ]
        );
    }

    #[test]
    fn cells_are_never_formulas() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            assert!(cell(Some(text)).starts_with('\''), "{text}");
        }
        assert_eq!(cell(Some("a=b")), "a=b");
    }
}
