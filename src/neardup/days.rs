//! When articles were printed, as far as copies depend on it.

use chrono::{Datelike, NaiveDate};

use crate::article::PublicationDate;

/// The number of days that may lie between an article and its copy.
pub const WINDOW_DAYS: i32 = 14;

/// The most days that an ordinary date leaves open: those of a month.
const MONTH: i64 = 31;

/// The days on which an article may have been printed, the first and the last, counted from any one
/// day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: i32,
    last: i32,
}

impl Days {
    /// The days of an article without a date.
    pub const ANY: Self = Self { first: i32::MIN, last: i32::MAX };

    /// The most days from the first day of one to the first day of another that it is near to, where
    /// both are narrow.
    pub(super) const REACH: i32 = WINDOW_DAYS + MONTH as i32;

    /// Returns the days from `first` to `last`, both among them.
    pub fn new(first: i32, last: i32) -> Self {
        Self { first, last }
    }

    /// Returns the days that a date may mean.
    pub fn of(published: Option<PublicationDate>) -> Self {
        let number = |day: NaiveDate| day.num_days_from_ce();
        published
            .map_or(Self::ANY, |date| Self::new(number(date.first_day()), number(date.last_day())))
    }

    /// Returns the first day.
    pub(super) fn first(self) -> i32 {
        self.first
    }

    /// Returns the last day.
    pub(super) fn last(self) -> i32 {
        self.last
    }

    /// Returns a number by which narrow dates are in order of their first days, before the wide ones.
    pub(super) fn order_key(self) -> u32 {
        if self.is_wide() { u32::MAX } else { self.first.wrapping_sub(i32::MIN) as u32 }
    }

    /// Tells whether these are more days than those of a month.
    pub(super) fn is_wide(self) -> bool {
        i64::from(self.last) - i64::from(self.first) > MONTH
    }

    /// Returns the days from the first of both to the last of both.
    pub(super) fn cover(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Tells whether one may be a copy of the other.
    pub(super) fn is_near(self, other: Self) -> bool {
        self.first <= other.last.saturating_add(WINDOW_DAYS)
            && other.first <= self.last.saturating_add(WINDOW_DAYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_as_near_as_its_nearest_day() {
        let (month, day) = (Days::new(0, 30), |day| Days::new(day, day));
        assert!(month.is_near(day(-14)) && !month.is_near(day(-15)));
        assert!(month.is_near(day(44)) && !month.is_near(day(45)));
        assert!(Days::ANY.is_near(month) && month.is_near(Days::ANY));
    }

    #[test]
    fn only_what_leaves_more_than_a_month_open_is_wide() {
        assert!(!Days::new(0, 30).is_wide());
        assert!(Days::new(0, 364).is_wide() && Days::ANY.is_wide());
    }
}
