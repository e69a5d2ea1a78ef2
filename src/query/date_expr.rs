//! Dates as a person types them, read into ranges of days.
//!
//! One reading for `date:` and its relatives in a query and for the switches `--from`, `--to` and
//! `--on`. Everything is relative to a day that the caller gives, so nothing here reads a clock. The
//! case that surprises: `30d` is the last thirty days as a range but a single day, thirty days ago,
//! where one bound is asked for.

use std::num::NonZeroU32;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::article::DateRange;

/// Which bound of a range an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateBound {
    /// Within the days that the expression means: `date:`, `--on`.
    In,
    /// From its first day on: `since:`, `date>=`, `--from`.
    Since,
    /// Up to its last day: `until:`, `date<=`, `--to`.
    Until,
    /// From the day after its last day on: `after:`, `date>`.
    After,
    /// Up to the day before its first day: `before:`, `date<`.
    Before,
}

/// The text is not a date, or not one that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing that is understood as a date.
    #[error("`{text}` is not a date")]
    Unknown {
        /// The text as typed.
        text: String,
    },
    /// A date in form, but the calendar has no such day, month or week.
    #[error("the calendar has no `{text}`")]
    NotInCalendar {
        /// The text as typed.
        text: String,
    },
    /// Day and month could be the other way round.
    #[error("`{text}` could be {day_first} or {month_first}")]
    Ambiguous {
        /// The text as typed.
        text: String,
        /// The day when the day comes first.
        day_first: NaiveDate,
        /// The day when the month comes first.
        month_first: NaiveDate,
    },
    /// The range ends before it begins.
    #[error("`{text}` ends on {last}, before it begins on {first}")]
    Reversed {
        /// The text as typed.
        text: String,
        /// The first day of the range.
        first: NaiveDate,
        /// The last day of the range.
        last: NaiveDate,
    },
    /// A bound was asked for that the expression does not have.
    #[error("`{text}` has no {bound} to count from")]
    Open {
        /// The text as typed.
        text: String,
        /// `first day` or `last day`.
        bound: &'static str,
    },
}

impl DateError {
    /// Returns what to type instead.
    pub fn hint(&self) -> String {
        match self {
            Self::Ambiguous { day_first, month_first, .. } => {
                format!("write `{day_first}` or `{month_first}`")
            }
            Self::Reversed { first, last, .. } => format!("write `{last}..{first}`"),
            _ => "write `2022`, `2022-01`, `2022-01-25`, `2022-Q1`, `2022-W04`, \
                  `2022-01..2022-06`, `last-month`, `30d` or `yesterday`"
                .to_owned(),
        }
    }
}

/// Returns the days that `text` stands for as a bound of the given kind, seen from the day `now`.
///
/// # Errors
/// When the text is no date, means no day, or could mean two.
pub fn parse_date(text: &str, bound: DateBound, now: NaiveDate) -> Result<DateRange, DateError> {
    let reader = Reader { now, typed: text.trim() };
    let plain = simplify(reader.typed);
    let days = match reader.expression(&plain, bound) {
        // `last-month` and `5-Jan-2022` join with hyphens what is typed with spaces elsewhere.
        Err(DateError::Unknown { .. }) if plain.contains('-') => {
            reader.expression(&simplify(&plain.replace('-', " ")), bound)?
        }
        days => days?,
    };
    reader.check_order(days)
}

/// Returns the number of days in a span of time such as `30d`, `2 weeks` or `1y`; a number alone is
/// one of days. `None` where the text is no span, or an empty or endless one.
pub fn parse_span(text: &str) -> Option<NonZeroU32> {
    let text = text.trim().to_lowercase();
    let (count, unit) = split_count(&text).unwrap_or((&text, "d"));
    let count: u32 = count.trim_end().parse().ok()?;
    NonZeroU32::new(count.checked_mul(Unit::parse(unit)?.days())?)
}

/// Returns `text` in lower case, with single spaces and plain signs.
fn simplify(text: &str) -> String {
    let text = text.to_lowercase().replace(['–', '—', '−'], "-").replace('…', "..");
    let text = text.replace([',', '_'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an expression without connecting words means.
#[derive(Clone, Copy)]
enum Moment {
    /// The days from the first to the last, both included.
    Period(NaiveDate, NaiveDate),
    /// A day in the past that, where a range is asked for, stands for everything since.
    Ago(NaiveDate),
}

impl Moment {
    fn first(self) -> NaiveDate {
        match self {
            Self::Period(first, _) | Self::Ago(first) => first,
        }
    }

    fn last(self) -> NaiveDate {
        match self {
            Self::Period(_, last) | Self::Ago(last) => last,
        }
    }
}

/// A unit of time that is counted back from now.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "d" | "day" | "days" => Self::Day,
            "w" | "week" | "weeks" | "wk" | "wks" => Self::Week,
            "m" | "mo" | "month" | "months" => Self::Month,
            "q" | "quarter" | "quarters" => Self::Quarter,
            "y" | "yr" | "year" | "years" | "yrs" => Self::Year,
            _ => return None,
        })
    }

    fn before(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Self::Day => day.checked_sub_days(Days::new(u64::from(count))),
            Self::Week => day.checked_sub_days(Days::new(u64::from(count) * 7)),
            Self::Month => day.checked_sub_months(Months::new(count)),
            Self::Quarter => day.checked_sub_months(Months::new(count.checked_mul(3)?)),
            Self::Year => day.checked_sub_months(Months::new(count.checked_mul(12)?)),
        }
    }

    /// Returns the length of the unit in days, of months and years the usual one.
    fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 91,
            Self::Year => 365,
        }
    }

    /// Returns the calendar unit that `day` lies in.
    fn around(self, day: NaiveDate) -> Option<Moment> {
        match self {
            Self::Day => Some(Moment::Period(day, day)),
            Self::Week => {
                let week = day.week(Weekday::Mon);
                Some(Moment::Period(week.checked_first_day()?, week.checked_last_day()?))
            }
            Self::Month => months(day.year(), day.month(), 1),
            Self::Quarter => months(day.year(), day.month0() / 3 * 3 + 1, 3),
            Self::Year => months(day.year(), 1, 12),
        }
    }
}

/// Returns `count` whole months from `month` (1 to 12) of `year` on.
fn months(year: i32, month: u32, count: u32) -> Option<Moment> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(Months::new(count))?.pred_opt()?;
    Some(Moment::Period(first, last))
}

struct Reader<'text> {
    now: NaiveDate,
    typed: &'text str,
}

impl Reader<'_> {
    fn unknown(&self) -> DateError {
        DateError::Unknown { text: self.typed.to_owned() }
    }

    fn not_in_calendar(&self) -> DateError {
        DateError::NotInCalendar { text: self.typed.to_owned() }
    }

    /// Refuses years that cannot be written in four digits, and ranges that hold no day.
    fn check_order(&self, days: DateRange) -> Result<DateRange, DateError> {
        let is_written = |day: NaiveDate| (1..=9999).contains(&day.year());
        if !days.from.into_iter().chain(days.until).all(is_written) {
            return Err(self.not_in_calendar());
        }
        match (days.from, days.until) {
            (Some(first), Some(until)) if until <= first => {
                let last = until.pred_opt().unwrap_or(until);
                Err(DateError::Reversed { text: self.typed.to_owned(), first, last })
            }
            _ => Ok(days),
        }
    }

    /// Reads connecting words and ranges, then single moments.
    fn expression(&self, text: &str, bound: DateBound) -> Result<DateRange, DateError> {
        if let Some(days) = self.range(text)? {
            return self.bound_of_range(days, bound);
        }
        self.bound_of_moment(self.moment(text)?, bound)
    }

    fn bound_of_moment(&self, moment: Moment, bound: DateBound) -> Result<DateRange, DateError> {
        let next = |day: NaiveDate| day.succ_opt().ok_or_else(|| self.not_in_calendar());
        let (from, until) = match (bound, moment) {
            (DateBound::In, Moment::Ago(day)) => (Some(day), Some(next(self.now)?)),
            (DateBound::In, Moment::Period(first, last)) => (Some(first), Some(next(last)?)),
            (DateBound::Since, _) => (Some(moment.first()), None),
            (DateBound::Until, _) => (None, Some(next(moment.last())?)),
            (DateBound::After, _) => (Some(next(moment.last())?), None),
            (DateBound::Before, _) => (None, Some(moment.first())),
        };
        Ok(DateRange { from, until })
    }

    fn bound_of_range(&self, days: DateRange, bound: DateBound) -> Result<DateRange, DateError> {
        let open = |bound| DateError::Open { text: self.typed.to_owned(), bound };
        let first = || days.from.ok_or_else(|| open("first day"));
        let until = || days.until.ok_or_else(|| open("last day"));
        Ok(match bound {
            DateBound::In => days,
            DateBound::Since => DateRange { from: Some(first()?), until: None },
            DateBound::Until => DateRange { from: None, until: Some(until()?) },
            DateBound::After => DateRange { from: Some(until()?), until: None },
            DateBound::Before => DateRange { from: None, until: Some(first()?) },
        })
    }

    /// Reads what has two ends, or one that is named: `a..b`, `from a to b`, `since a`.
    fn range(&self, text: &str) -> Result<Option<DateRange>, DateError> {
        if let Some((one, two)) = text.split_once("..") {
            return self.between(one.trim(), two.trim_start_matches('.').trim()).map(Some);
        }
        const OPENERS: &[(&str, &[&str])] = &[
            ("between ", &[" and "]),
            ("from ", &[" to ", " until ", " till ", " through ", " - "]),
        ];
        for (opener, connectors) in OPENERS {
            let Some(rest) = text.strip_prefix(opener) else { continue };
            if let Some((one, two)) = connectors.iter().find_map(|word| rest.split_once(word)) {
                return self.between(one, two).map(Some);
            }
        }
        const BOUNDS: &[(&str, DateBound)] = &[
            ("since ", DateBound::Since),
            ("from ", DateBound::Since),
            (">=", DateBound::Since),
            ("until ", DateBound::Until),
            ("till ", DateBound::Until),
            ("through ", DateBound::Until),
            ("up to ", DateBound::Until),
            ("<=", DateBound::Until),
            ("after ", DateBound::After),
            (">", DateBound::After),
            ("before ", DateBound::Before),
            ("<", DateBound::Before),
        ];
        for (opener, bound) in BOUNDS {
            if let Some(rest) = text.strip_prefix(opener) {
                return self.bound_of_moment(self.moment(rest.trim())?, *bound).map(Some);
            }
        }
        for connector in [" to ", " until ", " through ", " - "] {
            if let Some((one, two)) = text.split_once(connector) {
                return self.between(one, two).map(Some);
            }
        }
        match text.split_once('-') {
            Some((one, two)) if is_digits(one, 4) && is_digits(two, 4) => {
                self.between(one, two).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn between(&self, one: &str, two: &str) -> Result<DateRange, DateError> {
        let mut days = DateRange::default();
        if !one.is_empty() {
            days.from = Some(self.moment_or_hyphenated(one)?.first());
        }
        if !two.is_empty() {
            let last = self.moment_or_hyphenated(two)?.last();
            days.until = Some(last.succ_opt().ok_or_else(|| self.not_in_calendar())?);
        }
        Ok(days)
    }

    fn moment_or_hyphenated(&self, text: &str) -> Result<Moment, DateError> {
        match self.moment(text) {
            Err(DateError::Unknown { .. }) if text.contains('-') => {
                self.moment(&simplify(&text.replace('-', " ")))
            }
            moment => moment,
        }
    }

    fn moment(&self, text: &str) -> Result<Moment, DateError> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let words = words.strip_prefix(&["the"]).unwrap_or(&words);
        if let Some(found) = self.relative(words) {
            return found;
        }
        match words {
            [word] => self.single(word),
            [day, time] if looks_like_time(time) => self.single(day),
            _ => self.spelled_out(words),
        }
    }

    /// Reads what is counted from now. `None` when it is nothing of the kind.
    fn relative(&self, words: &[&str]) -> Option<Result<Moment, DateError>> {
        let day_before = |count| self.now.checked_sub_days(Days::new(count));
        let day = match words {
            ["today" | "now"] => Some(self.now),
            ["yesterday"] => day_before(1),
            ["day", "before", "yesterday"] => day_before(2),
            ["tomorrow"] => self.now.succ_opt(),
            _ => return self.counted(words),
        };
        Some(day.map(|day| Moment::Period(day, day)).ok_or_else(|| self.not_in_calendar()))
    }

    fn counted(&self, words: &[&str]) -> Option<Result<Moment, DateError>> {
        let moment = match words {
            ["this" | "current", unit] => Unit::parse(unit)?.around(self.now),
            ["last" | "past" | "previous", compact] if split_count(compact).is_some() => {
                let (count, unit) = split_count(compact)?;
                self.ago(count, unit)?
            }
            ["last" | "previous", day] if weekday(day).is_some() => self.recent(weekday(day)?),
            ["last" | "previous", unit] => {
                let unit = Unit::parse(unit)?;
                unit.before(self.now, 1).and_then(|day| unit.around(day))
            }
            ["past", unit] => Unit::parse(unit)?.before(self.now, 1).map(Moment::Ago),
            ["last" | "past" | "previous", count, unit] => self.ago(count, unit)?,
            [count, unit, "ago"] => {
                let day = self.ago(count, unit)??.first();
                Some(Moment::Period(day, day))
            }
            [count, unit] => self.ago(count, unit)?,
            [word] if weekday(word).is_some() => self.recent(weekday(word)?),
            [compact] => {
                let (count, unit) = split_count(compact)?;
                self.ago(count, unit)?
            }
            _ => return None,
        };
        Some(moment.ok_or_else(|| self.not_in_calendar()))
    }

    /// Returns the day `count` units ago; the outer `None` when the words are no count and unit.
    #[expect(clippy::option_option, reason = "not a count, and a count that leaves the calendar")]
    fn ago(&self, count: &str, unit: &str) -> Option<Option<Moment>> {
        let count = match count {
            "a" | "an" | "one" => "1",
            "two" => "2",
            "three" => "3",
            "six" => "6",
            digits => digits.strip_prefix('-').unwrap_or(digits),
        };
        let unit = Unit::parse(unit)?;
        if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let count: Option<u32> = count.parse().ok();
        Some(count.and_then(|count| unit.before(self.now, count)).map(Moment::Ago))
    }

    /// Returns the latest such weekday before today.
    fn recent(&self, weekday: Weekday) -> Option<Moment> {
        let back = (self.now.weekday().days_since(weekday) + 6) % 7 + 1;
        let day = self.now.checked_sub_days(Days::new(u64::from(back)))?;
        Some(Moment::Period(day, day))
    }

    /// Reads a date written without spaces.
    fn single(&self, word: &str) -> Result<Moment, DateError> {
        let word = match word.split_once('t') {
            Some((day, time)) if looks_like_time(time) => day,
            _ => word,
        };
        if let Some(month) = month_number(word) {
            return self.latest_month(month);
        }
        if let Some(decade) = word.strip_suffix('s').filter(|digits| is_digits(digits, 4)) {
            return self.decade(decade);
        }
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        match parts.as_slice() {
            [digits] if is_digits(digits, 8) => {
                self.year_month_day(&digits[..4], &digits[4..6], &digits[6..])
            }
            [digits] if is_digits(digits, 6) => self.year_month(&digits[..4], &digits[4..]),
            [year] if is_digits(year, 4) => self.found(months(number(year) as i32, 1, 12)),
            [glued] if is_digits(glued.get(..4).unwrap_or_default(), 4) => {
                self.part_of_year(&glued[..4], &glued[4..])
            }
            [year, month] if is_digits(year, 4) && is_short(month) => self.year_month(year, month),
            [month, year] if is_short(month) && is_digits(year, 4) => self.year_month(year, month),
            [year, part] if is_digits(year, 4) => self.part_of_year(year, part),
            [year, month, day] if is_digits(year, 4) && is_short(month) && is_short(day) => {
                self.year_month_day(year, month, day)
            }
            [year, week, day] if is_digits(year, 4) && is_short(day) => {
                self.iso_week_day(year, week, day)
            }
            [one, two, year] if is_short(one) && is_short(two) && is_digits(year, 4) => self
                .day_and_month(number(one), number(two), number(year) as i32, word.contains('.')),
            _ => Err(self.unknown()),
        }
    }

    fn found(&self, moment: Option<Moment>) -> Result<Moment, DateError> {
        moment.ok_or_else(|| self.not_in_calendar())
    }

    fn day(&self, year: i32, month: u32, day: u32) -> Result<Moment, DateError> {
        self.found(NaiveDate::from_ymd_opt(year, month, day).map(|day| Moment::Period(day, day)))
    }

    fn decade(&self, year: &str) -> Result<Moment, DateError> {
        let year = number(year) as i32;
        if year % 10 != 0 {
            return Err(self.unknown());
        }
        self.found(months(year, 1, 120))
    }

    fn year_month(&self, year: &str, month: &str) -> Result<Moment, DateError> {
        self.found(months(number(year) as i32, number(month), 1))
    }

    fn year_month_day(&self, year: &str, month: &str, day: &str) -> Result<Moment, DateError> {
        self.day(number(year) as i32, number(month), number(day))
    }

    /// Reads `q1`, `h2` and `w04`.
    fn part_of_year(&self, year: &str, part: &str) -> Result<Moment, DateError> {
        let year = number(year) as i32;
        let Some(digits) = part.get(1..).filter(|digits| is_short(digits)) else {
            return Err(self.unknown());
        };
        let count = number(digits);
        match &part[..1] {
            "q" if (1..=4).contains(&count) => self.found(months(year, count * 3 - 2, 3)),
            "h" if (1..=2).contains(&count) => self.found(months(year, count * 6 - 5, 6)),
            "w" => {
                let monday = NaiveDate::from_isoywd_opt(year, count, Weekday::Mon);
                self.found(monday.and_then(|day| Unit::Week.around(day)))
            }
            "q" | "h" => Err(self.not_in_calendar()),
            _ => Err(self.unknown()),
        }
    }

    fn iso_week_day(&self, year: &str, week: &str, day: &str) -> Result<Moment, DateError> {
        if !week.starts_with('w') {
            return Err(self.unknown());
        }
        let monday = self.part_of_year(year, week)?.first();
        match number(day) {
            day @ 1..=7 => {
                let day = monday.checked_add_days(Days::new(u64::from(day) - 1));
                self.found(day.map(|day| Moment::Period(day, day)))
            }
            _ => Err(self.not_in_calendar()),
        }
    }

    /// Reads day and month in either order; with stops between them the day comes first.
    fn day_and_month(
        &self,
        one: u32,
        two: u32,
        year: i32,
        stops: bool,
    ) -> Result<Moment, DateError> {
        if stops || one == two {
            return self.day(year, two, one);
        }
        let day_first = NaiveDate::from_ymd_opt(year, two, one);
        let month_first = NaiveDate::from_ymd_opt(year, one, two);
        match (day_first, month_first) {
            (Some(day_first), Some(month_first)) => {
                Err(DateError::Ambiguous { text: self.typed.to_owned(), day_first, month_first })
            }
            (day_first, month_first) => {
                self.found(day_first.or(month_first).map(|day| Moment::Period(day, day)))
            }
        }
    }

    /// Reads dates with the month in letters, quarters and weeks, in several words.
    fn spelled_out(&self, words: &[&str]) -> Result<Moment, DateError> {
        let words: Vec<&str> = words.iter().filter(|word| **word != "of").copied().collect();
        let words = match words.as_slice() {
            [day, rest @ ..] if rest.len() > 1 && weekday(day).is_some() => rest,
            all => all,
        };
        match *words {
            [month, year] if is_month(month) && is_digits(year, 4) => {
                self.month_of(month, number(year) as i32)
            }
            [year, month] if is_month(month) && is_digits(year, 4) => {
                self.month_of(month, number(year) as i32)
            }
            [day, month, year] | [month, day, year]
                if is_month(month) && day_number(day).is_some() && is_digits(year, 4) =>
            {
                self.day_of(day, month, number(year) as i32)
            }
            [year, month, day]
                if is_month(month) && day_number(day).is_some() && is_digits(year, 4) =>
            {
                self.day_of(day, month, number(year) as i32)
            }
            [year, month, day] if is_digits(year, 4) && is_short(month) && is_short(day) => {
                self.year_month_day(year, month, day)
            }
            [day, month] | [month, day] if is_month(month) && day_number(day).is_some() => {
                self.latest_day(day, month)
            }
            ["week", week, year] | [year, "week", week] if is_short(week) && is_digits(year, 4) => {
                self.part_of_year(year, &format!("w{week}"))
            }
            [part, year] | [year, part]
                if is_digits(year, 4) && part.starts_with(['q', 'h', 'w']) =>
            {
                self.part_of_year(year, part)
            }
            _ => Err(self.unknown()),
        }
    }

    fn month_of(&self, month: &str, year: i32) -> Result<Moment, DateError> {
        let month = month_number(month).ok_or_else(|| self.unknown())?;
        self.found(months(year, month, 1))
    }

    fn day_of(&self, day: &str, month: &str, year: i32) -> Result<Moment, DateError> {
        let month = month_number(month).ok_or_else(|| self.unknown())?;
        let day = day_number(day).ok_or_else(|| self.unknown())?;
        self.day(year, month, day)
    }

    /// Returns the latest month of this number that has begun.
    fn latest_month(&self, month: u32) -> Result<Moment, DateError> {
        let year = self.now.year() - i32::from(month > self.now.month());
        self.found(months(year, month, 1))
    }

    /// Returns the latest day of this name that is not in the future.
    fn latest_day(&self, day: &str, month: &str) -> Result<Moment, DateError> {
        let this_year = self.day_of(day, month, self.now.year());
        match this_year {
            Ok(moment) if moment.first() <= self.now => Ok(moment),
            _ => self.day_of(day, month, self.now.year() - 1),
        }
    }
}

/// Tells whether `text` is exactly `length` ASCII digits.
fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether `text` is one or two ASCII digits.
fn is_short(text: &str) -> bool {
    is_digits(text, 1) || is_digits(text, 2)
}

/// Returns the number written in at most four ASCII digits, which the caller has checked.
fn number(digits: &str) -> u32 {
    digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit.wrapping_sub(b'0')))
}

/// Splits `30d` into count and unit.
fn split_count(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|letter: char| letter.is_ascii_alphabetic()).filter(|at| *at > 0)?;
    Some(text.split_at(at))
}

fn looks_like_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 4
        && bytes[0].is_ascii_digit()
        && bytes.contains(&b':')
        && bytes.iter().all(|byte| byte.is_ascii_digit() || b":.z+-".contains(byte))
}

fn day_number(word: &str) -> Option<u32> {
    let digits = word
        .strip_suffix("st")
        .or_else(|| word.strip_suffix("nd"))
        .or_else(|| word.strip_suffix("rd"))
        .or_else(|| word.strip_suffix("th"))
        .or_else(|| word.strip_suffix('.'))
        .unwrap_or(word);
    is_short(digits).then(|| number(digits))
}

fn is_month(word: &str) -> bool {
    month_number(word).is_some()
}

fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    name_number(word, &MONTHS, "sept", 9)
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let number = name_number(word, &DAYS, "thurs", 4).or(match word {
        "tues" => Some(2),
        "thur" => Some(4),
        _ => None,
    })?;
    Weekday::try_from(u8::try_from(number - 1).ok()?).ok()
}

/// Returns the number, from 1, of a name written in full, in three letters or as `variant`.
fn name_number(word: &str, names: &[&str], variant: &str, number: u32) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word == variant {
        return Some(number);
    }
    let matches = |name: &&str| **name == *word || name[..3] == *word;
    names.iter().position(matches).and_then(|at| u32::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Wednesday.
    fn now() -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 2, 16).unwrap()
    }

    #[test]
    fn spans_are_counted_in_days() {
        let spans = ["30d", "12", "2 weeks", "6M", "1q", "2y"].map(parse_span);
        assert_eq!(spans, [30, 12, 14, 180, 91, 730].map(NonZeroU32::new));
        for text in ["", "d", "0d", "-3d", "3 parsecs", "1.5y", "99999999y"] {
            assert_eq!(parse_span(text), None, "{text}");
        }
    }

    fn show(days: DateRange) -> String {
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        format!("{}..{}", day(days.from), day(days.until.and_then(|day| day.pred_opt())))
    }

    fn read(text: &str, bound: DateBound) -> String {
        match parse_date(text, bound, now()) {
            Ok(days) => show(days),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn reads_what_a_person_types() {
        let cases = [
            ("2022", "2022-01-01..2022-12-31"),
            ("2022-01", "2022-01-01..2022-01-31"),
            ("2022-1", "2022-01-01..2022-01-31"),
            ("01/2022", "2022-01-01..2022-01-31"),
            ("202201", "2022-01-01..2022-01-31"),
            ("2022-01-05", "2022-01-05..2022-01-05"),
            ("2022/01/05", "2022-01-05..2022-01-05"),
            ("2022-1-5", "2022-01-05..2022-01-05"),
            ("20220105", "2022-01-05..2022-01-05"),
            ("5.1.2022", "2022-01-05..2022-01-05"),
            ("25/01/2022", "2022-01-25..2022-01-25"),
            ("01/25/2022", "2022-01-25..2022-01-25"),
            ("2022-01-05T10:00:00Z", "2022-01-05..2022-01-05"),
            ("2022-01-05 10:00", "2022-01-05..2022-01-05"),
            ("2022-Q1", "2022-01-01..2022-03-31"),
            ("2022Q4", "2022-10-01..2022-12-31"),
            ("Q2 2022", "2022-04-01..2022-06-30"),
            ("2022-H2", "2022-07-01..2022-12-31"),
            ("2022-W04", "2022-01-24..2022-01-30"),
            ("2022W04", "2022-01-24..2022-01-30"),
            ("2022-W04-2", "2022-01-25..2022-01-25"),
            ("week 4 2022", "2022-01-24..2022-01-30"),
            ("week 4 of 2022", "2022-01-24..2022-01-30"),
            ("1990s", "1990-01-01..1999-12-31"),
            ("January 2022", "2022-01-01..2022-01-31"),
            ("Jan. 2022", "2022-01-01..2022-01-31"),
            ("jan-2022", "2022-01-01..2022-01-31"),
            ("2022 January", "2022-01-01..2022-01-31"),
            ("5 Jan 2022", "2022-01-05..2022-01-05"),
            ("5-Jan-2022", "2022-01-05..2022-01-05"),
            ("5th of January, 2022", "2022-01-05..2022-01-05"),
            ("January 5, 2022", "2022-01-05..2022-01-05"),
            ("Jan 5th 2022", "2022-01-05..2022-01-05"),
            ("Tuesday, January 25, 2022", "2022-01-25..2022-01-25"),
            ("Sept 2021", "2021-09-01..2021-09-30"),
            ("January", "2022-01-01..2022-01-31"),
            ("March", "2021-03-01..2021-03-31"),
            ("5 January", "2022-01-05..2022-01-05"),
            ("Dec 24", "2021-12-24..2021-12-24"),
            ("today", "2022-02-16..2022-02-16"),
            ("yesterday", "2022-02-15..2022-02-15"),
            ("the day before yesterday", "2022-02-14..2022-02-14"),
            ("last month", "2022-01-01..2022-01-31"),
            ("last-month", "2022-01-01..2022-01-31"),
            ("Last_Month", "2022-01-01..2022-01-31"),
            ("last week", "2022-02-07..2022-02-13"),
            ("last year", "2021-01-01..2021-12-31"),
            ("last-quarter", "2021-10-01..2021-12-31"),
            ("this month", "2022-02-01..2022-02-28"),
            ("this-week", "2022-02-14..2022-02-20"),
            ("last monday", "2022-02-14..2022-02-14"),
            ("wednesday", "2022-02-09..2022-02-09"),
            ("30d", "2022-01-17..2022-02-16"),
            ("-30d", "2022-01-17..2022-02-16"),
            ("30 days", "2022-01-17..2022-02-16"),
            ("last 30 days", "2022-01-17..2022-02-16"),
            ("last-30-days", "2022-01-17..2022-02-16"),
            ("past 30d", "2022-01-17..2022-02-16"),
            ("2w", "2022-02-02..2022-02-16"),
            ("3m", "2021-11-16..2022-02-16"),
            ("-1y", "2021-02-16..2022-02-16"),
            ("past week", "2022-02-09..2022-02-16"),
            ("2 weeks ago", "2022-02-02..2022-02-02"),
            ("a month ago", "2022-01-16..2022-01-16"),
        ];
        for (text, days) in cases {
            assert_eq!(read(text, DateBound::In), days, "{text}");
        }
    }

    #[test]
    fn reads_ranges_open_at_either_side() {
        let cases = [
            ("2021..2022", "2021-01-01..2022-12-31"),
            ("2021-11..2022-01-25", "2021-11-01..2022-01-25"),
            ("2021..", "2021-01-01.."),
            ("..2021", "..2021-12-31"),
            ("..", ".."),
            ("2019-2021", "2019-01-01..2021-12-31"),
            ("2021 to 2022", "2021-01-01..2022-12-31"),
            ("from 2021 to last month", "2021-01-01..2022-01-31"),
            ("between Nov 2021 and Jan 2022", "2021-11-01..2022-01-31"),
            ("last-month..today", "2022-01-01..2022-02-16"),
            ("30d..yesterday", "2022-01-17..2022-02-15"),
            ("since 2021", "2021-01-01.."),
            ("until 2021", "..2021-12-31"),
            ("after 2020", "2021-01-01.."),
            ("before 2021", "..2020-12-31"),
        ];
        for (text, days) in cases {
            assert_eq!(read(text, DateBound::In), days, "{text}");
        }
    }

    #[test]
    fn bounds_count_from_the_first_or_the_last_day() {
        let cases = [
            ("2022-01", DateBound::Since, "2022-01-01.."),
            ("2022-01", DateBound::Until, "..2022-01-31"),
            ("2022-01", DateBound::After, "2022-02-01.."),
            ("2022-01", DateBound::Before, "..2021-12-31"),
            ("30d", DateBound::Since, "2022-01-17.."),
            ("30d", DateBound::Until, "..2022-01-17"),
            ("2021..2022", DateBound::Since, "2021-01-01.."),
            ("since 2021", DateBound::Since, "2021-01-01.."),
            ("since 2021", DateBound::Until, "`since 2021` has no last day to count from"),
        ];
        for (text, bound, days) in cases {
            assert_eq!(read(text, bound), days, "{text} {bound:?}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("soon", "`soon` is not a date"),
            ("", "`` is not a date"),
            ("2022-02-30", "the calendar has no `2022-02-30`"),
            ("2022-13", "the calendar has no `2022-13`"),
            ("2022-Q5", "the calendar has no `2022-Q5`"),
            ("2022-W54", "the calendar has no `2022-W54`"),
            ("05/01/2022", "`05/01/2022` could be 2022-01-05 or 2022-05-01"),
            ("2022..2021", "`2022..2021` ends on 2021-12-31, before it begins on 2022-01-01"),
            ("99999999999d", "the calendar has no `99999999999d`"),
            ("4294967295y", "the calendar has no `4294967295y`"),
        ];
        for (text, message) in cases {
            assert_eq!(read(text, DateBound::In), message, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-0-9a-zA-Z./ :é,]{0,24}") {
            for bound in [DateBound::In, DateBound::Since, DateBound::After, DateBound::Before] {
                let _ = parse_date(&text, bound, now());
            }
        }

        #[test]
        fn whole_days_and_months_are_read_back(
            year in 1600i32..2400, month in 1u32..=12, day in 1u32..=28
        ) {
            let first = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let range = parse_date(&first.to_string(), DateBound::In, now()).unwrap();
            prop_assert_eq!(range, DateRange { from: Some(first), until: first.succ_opt() });
            let word = first.format("%d %B %Y").to_string();
            prop_assert_eq!(parse_date(&word, DateBound::In, now()).unwrap(), range);
        }
    }
}
