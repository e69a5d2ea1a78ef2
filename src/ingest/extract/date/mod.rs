//! Publication dates: read from a field, found in a text, completed where the year is missing.
//!
//! Every written form that news uses is read by one grammar (`written`), in some forty languages
//! (`names`), with time zones by name or number (`zone`). A date keeps the local day as written and
//! is never made more precise than it is: `2022-01` stays a month.

mod infer;
mod names;
mod order;
mod token;
mod written;
mod zone;

use chrono::{DateTime, Datelike, FixedOffset, NaiveTime, TimeDelta};

use crate::article::PublicationDate;
use crate::text::{beginning, fold};

pub(in crate::ingest) use infer::{by_weekday, latest_day};
pub use order::NumericOrder;
pub(in crate::ingest) use written::{WrittenDate, find_all, find_first};

/// The bytes of a field in which a date is looked for; what follows is never one.
const FIELD_BYTES: usize = 400;

/// Earlier years are misprints, not news: the first newspaper is of 1605.
const FIRST_YEAR: i32 = 1600;

/// Returns the date that `text`, the value of a date field, states: ISO 8601, RFC 2822, a form that
/// people write, in any of the languages read, a month or year alone, or digits since the epoch.
///
/// Years before 1600 are refused. Of `03/04/2022` the month comes first.
pub fn parse(text: &str) -> Option<PublicationDate> {
    parse_in_order(text, NumericOrder::default())
}

/// Returns the date that `text` states, as [`parse`] does, with the order of numbers given.
pub fn parse_in_order(text: &str, order: NumericOrder) -> Option<PublicationDate> {
    let text = beginning(text.trim(), FIELD_BYTES);
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return parse_digits(text);
    }
    let date = find_first(text, order)?.to_date()?;
    is_plausible(&date).then_some(date)
}

/// Returns the date of a number of seconds, or of milliseconds where it is too large for seconds,
/// since 1970 in UTC.
pub fn parse_epoch(number: f64) -> Option<PublicationDate> {
    // Seconds reach the year 5138 at this limit, milliseconds begin in March 1973.
    const FIRST_MILLISECONDS: f64 = 1e11;
    const FIRST_MICROSECONDS: f64 = 1e14;
    if !number.is_finite() {
        return None;
    }
    let milliseconds = match number.abs() {
        size if size < FIRST_MILLISECONDS => number * 1e3,
        size if size < FIRST_MICROSECONDS => number,
        _ => number / 1e3,
    };
    if milliseconds.abs() > 1e14 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let instant = DateTime::from_timestamp_millis(milliseconds as i64)?;
    let date = PublicationDate::instant(instant.fixed_offset());
    is_plausible(&date).then_some(date)
}

/// Tells whether an article in a file modified then can have been published on `date`: not after
/// the file, by more than a time zone, and not before 1600.
pub fn is_acceptable(date: &PublicationDate, modified: Option<DateTime<FixedOffset>>) -> bool {
    is_plausible(date) && latest_day(modified).is_none_or(|latest| date.first_day() <= latest)
}

/// Returns the day that began at this time, stated in UTC, in Central Europe: what a site there makes of
/// a day without a time when it writes it as an instant, `2022-11-06T23:00:00Z` for 7 November.
pub(in crate::ingest) fn day_begun_in_central_europe(
    date: &PublicationDate,
) -> Option<PublicationDate> {
    let (time, offset) = (date.time()?, date.offset()?);
    let day = date.first_day().succ_opt()?;
    let local = zone::Zone::named("cet")?.offset(day)?;
    let midnight = NaiveTime::MIN - TimeDelta::seconds(local.local_minus_utc().into());
    (offset.local_minus_utc() == 0 && time == midnight).then(|| PublicationDate::day(day))
}

/// Returns the day alone of a date at midnight, which is how a day without a time is exported.
pub(in crate::ingest) fn without_midnight(date: PublicationDate) -> PublicationDate {
    if date.time() == Some(NaiveTime::MIN) { date.to_day() } else { date }
}

/// Reads a field that is digits only: `2022`, `202201`, `20220125`, with a time behind it, or time
/// since the epoch.
fn parse_digits(text: &str) -> Option<PublicationDate> {
    let number: f64 = text.parse().ok()?;
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(part(0, 4)?).ok()?;
    let date = match text.len() {
        4 => PublicationDate::year(year),
        6 => PublicationDate::month(year, part(4, 6)?),
        8 => find_first(text, NumericOrder::default())?.to_date(),
        12 | 14 if (FIRST_YEAR..3000).contains(&year) => {
            let time = format!("{}T{}", &text[..8], &text[8..]);
            find_first(&time, NumericOrder::default())?.to_date()
        }
        9..=16 => return parse_epoch(number),
        _ => None,
    }?;
    is_plausible(&date).then_some(date)
}

fn is_plausible(date: &PublicationDate) -> bool {
    (FIRST_YEAR..3000).contains(&date.first_day().year())
}

/// Tells whether a word names a month or a weekday in full or in short.
pub(in crate::ingest) fn is_name_in_date(word: &str) -> bool {
    let folded = fold(word);
    names::month(&folded).is_some() || names::weekday(&folded).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        parse(text).map(|date| date.to_string())
    }

    #[test]
    fn written_forms_are_read() {
        let cases = [
            ("2022-01-25", "2022-01-25"),
            ("2022-01-25T18:15:00-04:00", "2022-01-25T18:15:00-04:00"),
            ("2022-01-25T18:15:00.123Z", "2022-01-25T18:15:00Z"),
            ("2022-01-25T18:15:00+0100", "2022-01-25T18:15:00+01:00"),
            ("2022-01-25 18:15:00", "2022-01-25T18:15:00"),
            ("2022-01-25 18:15:00 +03", "2022-01-25T18:15:00+03:00"),
            ("20220125", "2022-01-25"),
            ("20220125T101500Z", "2022-01-25T10:15:00Z"),
            ("20220125101500", "2022-01-25T10:15:00"),
            ("2022/01/25", "2022-01-25"),
            ("2022年1月25日 10:15", "2022-01-25T10:15:00"),
            ("令和4年1月25日", "2022-01-25"),
            ("25. januar 2022 kl. 18.05", "2022-01-25T18:05:00"),
            ("25 كانون الثاني/يناير 2022", "2022-01-25"),
            ("2022년 1월 25일", "2022-01-25"),
            ("Tue, 25 Jan 2022 10:00:00 GMT", "2022-01-25T10:00:00Z"),
            ("Tue, 25 Jan 2022 10:00:00 +0000", "2022-01-25T10:00:00Z"),
            ("Fri Oct 20, 2006 6:15pm EDT", "2006-10-20T18:15:00-04:00"),
            ("Tue Jan 25 10:15:00 EST 2022", "2022-01-25T10:15:00-05:00"),
            ("20-OCT-1987 15:01:01.79", "1987-10-20T15:01:01"),
            (" 2-MAR-1987 16:51:43.42", "1987-03-02T16:51:43"),
            ("26-FEB-1987 15:01", "1987-02-26T15:01:00"),
            ("25.01.2022", "2022-01-25"),
            ("25.1.22, 10.15 Uhr", "2022-01-25T10:15:00"),
            ("25 | 01 | 2022", "2022-01-25"),
            ("1/25/2022 5:00 PM", "2022-01-25T17:00:00"),
            ("25/01/2022", "2022-01-25"),
            ("January 25, 2022", "2022-01-25"),
            ("Jan. 25, 2022, 5:30 p.m. ET", "2022-01-25T17:30:00-05:00"),
            ("January 25th, 2022", "2022-01-25"),
            ("25th of January 2022", "2022-01-25"),
            ("Published: 14:25 EST, 25 January 2022", "2022-01-25T14:25:00-05:00"),
            ("25 de enero de 2022", "2022-01-25"),
            ("25 de janeiro de 2022 às 10h15", "2022-01-25T10:15:00"),
            ("le 25 janvier 2022 à 10h15", "2022-01-25T10:15:00"),
            ("1er janvier 2022", "2022-01-01"),
            ("Dienstag, 25. Januar 2022, 10:15 Uhr", "2022-01-25T10:15:00"),
            ("25. tammikuuta 2022", "2022-01-25"),
            ("2022. január 25., kedd", "2022-01-25"),
            ("25 января 2022 г., 10:15 МСК", "2022-01-25T10:15:00+03:00"),
            ("25 січня 2022", "2022-01-25"),
            ("25 stycznia 2022", "2022-01-25"),
            ("25 Ocak 2022 Salı", "2022-01-25"),
            ("25 Ιανουαρίου 2022", "2022-01-25"),
            ("٢٥ يناير ٢٠٢٢", "2022-01-25"),
            ("25 كانون الثاني 2022", "2022-01-25"),
            ("ஜனவரி 25, 2022", "2022-01-25"),
            ("Mar 10, 2019", "2019-03-10"),
            ("Mar. 10, 2019 5:30 p.m.", "2019-03-10T17:30:00"),
            ("Mar 2019", "2019-03"),
            ("mar. 12 mars 2019", "2019-03-12"),
            ("Tue Mar 12, 2019", "2019-03-12"),
            ("Sat, 07 Sep 02 00:00:01 GMT", "2002-09-07T00:00:01Z"),
            ("Thu, 31 Dec 98 23:59:59 EST", "1998-12-31T23:59:59-05:00"),
            ("May 15, 2023 GMT", "2023-05-15"),
            ("08.09.2023-13:11", "2023-09-08T13:11:00"),
            ("Sun 10 Mar 2019 05.00 GMT", "2019-03-10T05:00:00Z"),
            ("2023-03-30 11.12", "2023-03-30T11:12:00"),
            ("10. mars 2019 12.50 kroner", "2019-03-10"),
            ("January 2022", "2022-01"),
            ("2022-01", "2022-01"),
            ("mars 2022", "2022-03"),
            ("2022", "2022"),
            ("1643105400", "2022-01-25T10:10:00Z"),
            ("1643105400000", "2022-01-25T10:10:00Z"),
            ("May 10", ""),
            ("n/a", ""),
            ("2022-02-30", ""),
            ("1.2.3", ""),
            ("0001-01-01T00:00:00Z", ""),
            ("12", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn the_order_of_numbers_can_be_told() {
        let day_first = parse_in_order("03/04/2022", NumericOrder::DayFirst);
        assert_eq!(day_first.map(|date| date.to_string()).as_deref(), Some("2022-04-03"));
        assert_eq!(read("03/04/2022").as_deref(), Some("2022-03-04"));
    }

    #[test]
    fn days_written_as_instants_are_days() {
        let day = |text: &str| {
            let found = day_begun_in_central_europe(&parse(text).expect("a date"));
            found.map(|day| day.to_string()).unwrap_or_default()
        };
        assert_eq!(day("2022-11-06T23:00:00Z"), "2022-11-07");
        assert_eq!(day("2022-07-06T22:00:00Z"), "2022-07-07");
        assert_eq!(day("2022-07-06T23:00:00Z"), "");
        assert_eq!(day("2022-11-06T23:00:00+01:00"), "");
        assert_eq!(day("2022-11-06T22:59:59Z"), "");
    }

    #[test]
    fn dates_of_the_future_are_refused() {
        let modified = DateTime::parse_from_rfc3339("2022-01-25T10:00:00Z").ok();
        let accepted = |text: &str| is_acceptable(&parse(text).expect("a date"), modified);
        assert!(accepted("2022-01-26"));
        assert!(!accepted("2022-01-27"));
        assert!(accepted("2022"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = parse(&text);
            let _ = find_all(&text, NumericOrder::DayFirst);
        }

        #[test]
        fn nothing_like_a_date_panics(
            text in "([0-9]{1,5}|[-/.,:年月日 ']|Jan|mar|de|pm|EST|T|Z|[+]|Tue|كانون|th){0,12}",
        ) {
            for date in find_all(&text, NumericOrder::DayFirst) {
                prop_assert!(text.get(date.span.range()).is_some());
                let _ = date.to_date();
            }
            let _ = parse(&text);
        }

        #[test]
        fn what_is_printed_is_read(days in 0i64..250_000, seconds in 0u32..86_400, offset in -14i32..=14) {
            let day = chrono::NaiveDate::from_ymd_opt(1601, 1, 1).expect("a day") + chrono::Duration::days(days);
            let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).expect("a time");
            let zone = FixedOffset::east_opt(offset * 3600).expect("an offset");
            let instant = day.and_time(time).and_local_timezone(zone).single().expect("one instant");
            for date in [
                PublicationDate::day(day),
                PublicationDate::local(day.and_time(time)),
                PublicationDate::instant(instant),
            ] {
                prop_assert_eq!(parse(&date.to_string()), Some(date));
            }
        }
    }
}
