//! The copies of an article, as a table and CSV; JSON Lines are those of [`super::wire::Copy`].

use std::io::{self, Write};

use super::layout::{StyledText, write_styled};
use super::style::{Look, Role};
use super::{csv, wire};
use crate::search::FoldedCopy;

/// The columns of a date and the gap after it.
const DATE_COLUMNS: usize = 12;

/// The columns before an id.
const INDENT: usize = 4;

/// Writes a line a copy: date, outlet, headline, id.
pub fn write_table(out: &mut dyn Write, copies: &[FoldedCopy], look: Look) -> io::Result<()> {
    for copy in copies {
        let (date, role) = match copy.published {
            Some(date) => (date.to_day().to_string(), Role::Date),
            None => ("undated".to_owned(), Role::Quiet),
        };
        write_styled(out, &format!("{date:DATE_COLUMNS$}"), role, look.colour)?;
        let mut line = StyledText::default();
        if let Some(outlet) = &copy.outlet {
            line.push(outlet.as_str(), Role::Outlet);
            line.push("  ", Role::Body);
        }
        match &copy.title {
            Some(title) => line.push(title, Role::Title),
            None => line.push("(no headline)", Role::Quiet),
        }
        line.write(out, look, DATE_COLUMNS)?;
        write!(out, "{:INDENT$}", "")?;
        let address = StyledText::of(&format!("{}  {}", copy.id, copy.locator), Role::Quiet);
        address.write(out, look, INDENT)?;
    }
    Ok(())
}

/// Writes a row a copy, with a row of names first.
pub fn write_csv(out: &mut dyn Write, copies: &[FoldedCopy]) -> io::Result<()> {
    let header = ["id", "date", "outlet", "title", "url", "path", "member", "record"];
    csv::write_row(out, header.map(str::to_owned).into_iter())?;
    for copy in copies.iter().map(wire::Copy::from) {
        let cells = [
            copy.id.to_owned(),
            copy.date.unwrap_or_default(),
            csv::cell(copy.outlet),
            csv::cell(copy.title),
            csv::cell(copy.url),
            csv::cell(Some(copy.path)),
            csv::cell(Some(&copy.members.join("!"))),
            copy.record.map(|record| record.to_string()).unwrap_or_default(),
        ];
        csv::write_row(out, cells.into_iter())?;
    }
    Ok(())
}
