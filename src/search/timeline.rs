//! Timelines: how many hits were printed in each day, week, month, quarter or year.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The length of a period. Periods are those of the calendar; weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    /// A day.
    Day,
    /// A week, from Monday on (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

impl Interval {
    /// Returns the name of the interval.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Returns the first day of the period that `day` is in.
    pub fn start_of(self, day: NaiveDate) -> NaiveDate {
        let first_of = |month| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => {
                let past = Days::new(day.weekday().num_days_from_monday().into());
                day.checked_sub_days(past).unwrap_or(day)
            }
            Self::Month => first_of(day.month()),
            Self::Quarter => first_of(day.month0() / 3 * 3 + 1),
            Self::Year => first_of(1),
        }
    }

    /// Returns the first day of the period after the one that begins on `start`; `None` at the end
    /// of the calendar.
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.succ_opt(),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Quarter => start.checked_add_months(Months::new(3)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
    }

    /// Returns the name of the period that begins on `start`, as the query language has it:
    /// `2022-01-25`, `2022-W04`, `2022-01`, `2022-Q1` or `2022`.
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Self::Day => start.format("%Y-%m-%d").to_string(),
            Self::Week => start.format("%G-W%V").to_string(),
            Self::Month => start.format("%Y-%m").to_string(),
            Self::Quarter => format!("{}-Q{}", start.format("%Y"), start.month0() / 3 + 1),
            Self::Year => start.format("%Y").to_string(),
        }
    }
}

/// How the hits of a search are spread over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The length of the periods.
    pub interval: Interval,
    /// The periods from that of the earliest hit to that of the latest, also those without any.
    pub periods: Vec<Period>,
    /// The number of articles without a date.
    pub undated: u64,
    /// The number of articles whose date does not tell the period: of `2022-01` the day is not
    /// known.
    pub imprecise: u64,
}

/// A period and what was printed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The number of articles.
    pub articles: u64,
    /// The number of stories; a story is counted once, when the copy was printed that is shown of
    /// it. The number of articles where copies are not folded.
    pub stories: u64,
}

impl Interval {
    /// Returns what there is for some periods, in order, with an `empty` one for each period between.
    pub(super) fn without_gaps<T>(
        self,
        periods: impl IntoIterator<Item = T>,
        start: impl Fn(&T) -> NaiveDate,
        empty: impl Fn(NaiveDate) -> T,
    ) -> Vec<T> {
        let mut all: Vec<T> = Vec::new();
        for period in periods {
            while let Some(last) = all.last()
                && let Some(next) = self.next(start(last))
                && next < start(&period)
            {
                all.push(empty(next));
            }
            all.push(period);
        }
        all
    }
}

impl Timeline {
    /// Returns the timeline of the periods that have articles, which come in any order but each
    /// once, with the empty ones between them.
    pub fn of(interval: Interval, mut periods: Vec<Period>, undated: u64, imprecise: u64) -> Self {
        periods.sort_unstable_by_key(|period| period.start);
        let empty = |start| Period { start, articles: 0, stories: 0 };
        let periods = interval.without_gaps(periods, |period| period.start, empty);
        Self { interval, periods, undated, imprecise }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn periods_are_those_of_the_calendar() {
        let of = |interval: Interval, text| interval.label(interval.start_of(day(text)));
        assert_eq!(of(Interval::Day, "2022-05-07"), "2022-05-07");
        assert_eq!(of(Interval::Week, "2022-01-02"), "2021-W52");
        assert_eq!(of(Interval::Week, "2022-01-03"), "2022-W01");
        assert_eq!(of(Interval::Month, "2022-05-07"), "2022-05");
        assert_eq!(of(Interval::Quarter, "2022-05-07"), "2022-Q2");
        assert_eq!(of(Interval::Year, "2022-05-07"), "2022");
    }

    #[test]
    fn empty_periods_are_there() {
        let period = |text, articles| Period { start: day(text), articles, stories: articles };
        let timeline = Timeline::of(
            Interval::Month,
            vec![period("2022-03-01", 2), period("2021-12-01", 1)],
            0,
            0,
        );
        assert_eq!(
            timeline.periods,
            [
                period("2021-12-01", 1),
                period("2022-01-01", 0),
                period("2022-02-01", 0),
                period("2022-03-01", 2),
            ]
        );
    }
}
