//! Publication dates that are only as precise as is known, and ranges of days.
//!
//! A date keeps the local day as written: `2006-10-20T18:15:00-04:00` belongs to 20 October
//! whatever the time in Greenwich, and a day is never turned into a guessed midnight.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime};

/// How precisely a publication date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The time of day, to the minute or better.
    Minute,
}

impl DatePrecision {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
        }
    }
}

/// The text is not a publication date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2022, 2022-01, 2022-01-25 or 2022-01-25T18:15:00-04:00")]
pub struct InvalidDate(pub String);

/// When an article was published: a year, a month, a day, or a day with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicationDate {
    /// The first day that the date may mean.
    first_day: NaiveDate,
    precision: DatePrecision,
    time: Option<(NaiveTime, Option<FixedOffset>)>,
}

impl PublicationDate {
    /// Returns the date of a whole year, or `None` for a year outside the calendar.
    pub fn year(year: i32) -> Option<Self> {
        let first_day = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Self { first_day, precision: DatePrecision::Year, time: None })
    }

    /// Returns the date of a whole month (1 to 12), or `None` where there is none.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let first_day = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Self { first_day, precision: DatePrecision::Month, time: None })
    }

    /// Returns the date of a day.
    pub fn day(day: NaiveDate) -> Self {
        Self { first_day: day, precision: DatePrecision::Day, time: None }
    }

    /// Returns the date of a local time whose distance from UTC is not known.
    pub fn local(time: NaiveDateTime) -> Self {
        Self {
            first_day: time.date(),
            precision: DatePrecision::Minute,
            time: Some((time.time(), None)),
        }
    }

    /// Returns the date of an instant; its day is the local one of its offset.
    pub fn instant(instant: DateTime<FixedOffset>) -> Self {
        let local = instant.naive_local();
        Self {
            first_day: local.date(),
            precision: DatePrecision::Minute,
            time: Some((local.time(), Some(*instant.offset()))),
        }
    }

    /// Returns how precisely the date is known.
    pub fn precision(&self) -> DatePrecision {
        self.precision
    }

    /// Returns the first day that the date may mean.
    pub fn first_day(&self) -> NaiveDate {
        self.first_day
    }

    /// Returns the last day that the date may mean.
    pub fn last_day(&self) -> NaiveDate {
        let after = match self.precision {
            DatePrecision::Year => self.first_day.checked_add_months(Months::new(12)),
            DatePrecision::Month => self.first_day.checked_add_months(Months::new(1)),
            DatePrecision::Day | DatePrecision::Minute => return self.first_day,
        };
        after.and_then(|day| day.pred_opt()).unwrap_or(self.first_day)
    }

    /// Returns the local time of day, when known.
    pub fn time(&self) -> Option<NaiveTime> {
        self.time.map(|(time, _)| time)
    }

    /// Returns the distance from UTC, when known.
    pub fn offset(&self) -> Option<FixedOffset> {
        self.time.and_then(|(_, offset)| offset)
    }

    /// Returns the same day without its time.
    pub fn to_day(self) -> Self {
        let precision = self.precision.min(DatePrecision::Day);
        Self { precision, time: None, ..self }
    }

    /// Returns the seconds by which dates are put in order: those from the epoch to the instant,
    /// the offset taken as zero where it is not known and the start where the time is not.
    pub fn sort_key(&self) -> i64 {
        let (time, offset) = self.time.unwrap_or((NaiveTime::MIN, None));
        let local = self.first_day.and_time(time).and_utc().timestamp();
        local - offset.map_or(0, |offset| i64::from(offset.local_minus_utc()))
    }
}

impl fmt::Display for PublicationDate {
    /// Writes ISO 8601, only as precise as the date is known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.first_day;
        match self.precision {
            DatePrecision::Year => return write!(formatter, "{:04}", day.year()),
            DatePrecision::Month => return write!(formatter, "{}", day.format("%Y-%m")),
            DatePrecision::Day | DatePrecision::Minute => {
                write!(formatter, "{}", day.format("%Y-%m-%d"))?
            }
        }
        if let Some((time, offset)) = self.time {
            write!(formatter, "T{}", time.format("%H:%M:%S"))?;
            if let Some(offset) = offset {
                write!(formatter, "{}", IsoOffset(offset))?;
            }
        }
        Ok(())
    }
}

/// Writes `Z` for UTC and `+hh:mm` otherwise.
struct IsoOffset(FixedOffset);

impl fmt::Display for IsoOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.local_minus_utc() == 0 {
            formatter.write_str("Z")
        } else {
            write!(formatter, "{}", self.0)
        }
    }
}

impl FromStr for PublicationDate {
    type Err = InvalidDate;

    /// Reads what [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        parse_iso(text).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

fn parse_iso(text: &str) -> Option<PublicationDate> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(PublicationDate::instant(instant));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S") {
        return Some(PublicationDate::local(local));
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    if parts.first()?.len() != 4 || !parts.iter().all(|part| digits(part)) {
        return None;
    }
    match parts.as_slice() {
        [year] => PublicationDate::year(year.parse().ok()?),
        [year, month] if month.len() == 2 => {
            PublicationDate::month(year.parse().ok()?, month.parse().ok()?)
        }
        [_, month, day] if month.len() == 2 && day.len() == 2 => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(PublicationDate::day)
        }
        _ => None,
    }
}

/// A half-open range of days: from the first on, up to but without `until`.
///
/// One meaning for the command line, the configuration and the query language. An article is in a
/// range only when its whole date is: one dated `2022-01` is in January 2022 but not in its first
/// week, and one without a date is in no range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day in the range; `None` for no beginning.
    pub from: Option<NaiveDate>,
    /// The first day after the range; `None` for no end.
    pub until: Option<NaiveDate>,
}

impl DateRange {
    /// Returns the range of the days that `date` may mean.
    pub fn of(date: &PublicationDate) -> Self {
        let until = date.last_day().checked_add_days(Days::new(1));
        Self { from: Some(date.first_day()), until }
    }

    /// Tells whether the range has neither a beginning nor an end.
    pub fn is_unbounded(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Tells whether every day that `date` may mean is in the range.
    pub fn contains(&self, date: &PublicationDate) -> bool {
        self.from.is_none_or(|from| from <= date.first_day())
            && self.until.is_none_or(|until| date.last_day() < until)
    }

    /// Returns the days that are in both ranges.
    pub fn intersection(self, other: Self) -> Self {
        let from = match (self.from, other.from) {
            (Some(one), Some(two)) => Some(one.max(two)),
            (one, two) => one.or(two),
        };
        let until = match (self.until, other.until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self { from, until }
    }
}
