//! The year of a date that is written without one.
//!
//! The weekday beside it leaves one year in five to seven; of those, the years that the text itself
//! mentions and the age of the file (an article is never younger than its file) tell the right one.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use super::written::WrittenDate;
use crate::article::PublicationDate;

/// The number of years that a file may be younger than its article when only the weekday speaks.
const WEEKDAY_HORIZON: i32 = 40;

/// Returns the date whose year its weekday tells, not after `modified`, nearest to the latest of
/// `years` when any are given and else the latest; `None` without weekday or without a bound.
pub(in crate::ingest) fn by_weekday(
    date: WrittenDate,
    modified: Option<DateTime<FixedOffset>>,
    years: &[i32],
) -> Option<PublicationDate> {
    let weekday = date.weekday?;
    let day = date.day?;
    let latest_day = latest_day(modified);
    let hint = years.iter().copied().max();
    let newest = latest_day.map(|day| day.year()).or(hint.map(|year| year + 1))?;
    let oldest = hint.map_or(newest - WEEKDAY_HORIZON, |hint| hint.min(newest) - 6);
    let mut best: Option<(i32, i32)> = None;
    for year in (oldest..=newest).rev() {
        let Some(candidate) = NaiveDate::from_ymd_opt(year, date.month, day) else { continue };
        if candidate.weekday() != weekday || latest_day.is_some_and(|latest| candidate > latest) {
            continue;
        }
        let distance = hint.map_or(0, |hint| (hint - year).abs());
        if best.is_none_or(|(_, least)| distance < least) {
            best = Some((year, distance));
        }
    }
    best.and_then(|(year, _)| date.in_year(year))
}

/// Returns the last day that something in a file modified then can be dated, or `None` for a file
/// whose time says nothing: archivers write 1970 or 1980 where they know none.
pub(in crate::ingest) fn latest_day(modified: Option<DateTime<FixedOffset>>) -> Option<NaiveDate> {
    let day = modified?.naive_local().date();
    (day.year() > 1980).then(|| day.succ_opt()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::{NumericOrder, find_all};
    use super::*;

    fn infer(text: &str, modified: &str, years: &[i32]) -> Option<String> {
        let date = find_all(text, NumericOrder::MonthFirst).into_iter().next()?;
        let modified = DateTime::parse_from_rfc3339(modified).ok();
        by_weekday(date, modified, years).map(|date| date.to_string())
    }

    #[test]
    fn the_weekday_tells_the_year() {
        let text = "announced on Tuesday, January 25, in an interview";
        assert_eq!(infer(text, "2026-01-01T00:00:00Z", &[]).as_deref(), Some("2022-01-25"));
        assert_eq!(infer(text, "2021-01-01T00:00:00Z", &[]).as_deref(), Some("2011-01-25"));
        assert_eq!(
            infer(text, "2026-01-01T00:00:00Z", &[2004, 2005]).as_deref(),
            Some("2005-01-25")
        );
        assert_eq!(infer(text, "", &[]), None);
    }
}
