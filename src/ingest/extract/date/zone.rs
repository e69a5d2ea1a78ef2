//! Time zones by name, and their distance from UTC on a day.

use chrono::{Datelike, FixedOffset, NaiveDate, Weekday};

/// A time zone as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Fixed(i32),
    /// A zone of the United States without "standard" or "daylight": its standard minutes east.
    American(i32),
    /// Central European time or a neighbour's without "summer": its standard minutes east.
    European(i32),
}

impl Zone {
    /// Returns the zone of a folded abbreviation such as `edt`.
    pub(super) fn named(name: &str) -> Option<Self> {
        ZONES.iter().find(|(known, _)| *known == name).map(|(_, zone)| *zone)
    }

    /// Returns the distance from UTC on `day`.
    pub(super) fn offset(self, day: NaiveDate) -> Option<FixedOffset> {
        let minutes = match self {
            Self::Fixed(minutes) => minutes,
            Self::American(standard) if is_american_summer(day) => standard + 60,
            Self::European(standard) if is_european_summer(day) => standard + 60,
            Self::American(standard) | Self::European(standard) => standard,
        };
        FixedOffset::east_opt(minutes.checked_mul(60)?)
    }
}

/// Abbreviations in the sense they have in news: `IST` is India's, `BST` Britain's, `CST` Chicago's.
const ZONES: &[(&str, Zone)] = &[
    ("z", Zone::Fixed(0)),
    ("gmt", Zone::Fixed(0)),
    ("utc", Zone::Fixed(0)),
    ("ut", Zone::Fixed(0)),
    ("wet", Zone::European(0)),
    ("west", Zone::Fixed(60)),
    ("bst", Zone::Fixed(60)),
    ("cet", Zone::European(60)),
    ("mez", Zone::European(60)),
    ("mesz", Zone::Fixed(120)),
    ("cest", Zone::Fixed(120)),
    ("sast", Zone::Fixed(120)),
    ("cat", Zone::Fixed(120)),
    ("eet", Zone::European(120)),
    ("eest", Zone::Fixed(180)),
    ("msk", Zone::Fixed(180)),
    ("мск", Zone::Fixed(180)),
    ("trt", Zone::Fixed(180)),
    ("eat", Zone::Fixed(180)),
    ("wat", Zone::Fixed(60)),
    ("msd", Zone::Fixed(240)),
    ("gst", Zone::Fixed(240)),
    ("pkt", Zone::Fixed(300)),
    ("ist", Zone::Fixed(330)),
    ("npt", Zone::Fixed(345)),
    ("ict", Zone::Fixed(420)),
    ("wib", Zone::Fixed(420)),
    ("wita", Zone::Fixed(480)),
    ("wit", Zone::Fixed(540)),
    ("hkt", Zone::Fixed(480)),
    ("sgt", Zone::Fixed(480)),
    ("pht", Zone::Fixed(480)),
    ("myt", Zone::Fixed(480)),
    ("awst", Zone::Fixed(480)),
    ("jst", Zone::Fixed(540)),
    ("kst", Zone::Fixed(540)),
    ("acst", Zone::Fixed(570)),
    ("aest", Zone::Fixed(600)),
    ("acdt", Zone::Fixed(630)),
    ("aedt", Zone::Fixed(660)),
    ("nzst", Zone::Fixed(720)),
    ("nzdt", Zone::Fixed(780)),
    ("nst", Zone::Fixed(-210)),
    ("ndt", Zone::Fixed(-150)),
    ("art", Zone::Fixed(-180)),
    ("brt", Zone::Fixed(-180)),
    ("adt", Zone::Fixed(-180)),
    ("edt", Zone::Fixed(-240)),
    ("est", Zone::Fixed(-300)),
    ("et", Zone::American(-300)),
    ("cdt", Zone::Fixed(-300)),
    ("cst", Zone::Fixed(-360)),
    ("ct", Zone::American(-360)),
    ("mdt", Zone::Fixed(-360)),
    ("mst", Zone::Fixed(-420)),
    ("mt", Zone::American(-420)),
    ("pdt", Zone::Fixed(-420)),
    ("pst", Zone::Fixed(-480)),
    ("pt", Zone::American(-480)),
    ("akdt", Zone::Fixed(-480)),
    ("akst", Zone::Fixed(-540)),
    ("hst", Zone::Fixed(-600)),
];

/// Tells whether clocks in the United States stand an hour ahead on `day`, by the rules of 1967,
/// 1976, 1987 and 2007.
fn is_american_summer(day: NaiveDate) -> bool {
    let (first, last) = match day.year() {
        2007.. => (sunday(day.year(), 3, 2), sunday(day.year(), 11, 1)),
        1987.. => (sunday(day.year(), 4, 1), last_sunday(day.year(), 10)),
        1967.. => (last_sunday(day.year(), 4), last_sunday(day.year(), 10)),
        _ => return false,
    };
    first <= Some(day) && Some(day) < last
}

/// Tells whether clocks in the European Union stand an hour ahead on `day`.
fn is_european_summer(day: NaiveDate) -> bool {
    let end = if day.year() >= 1996 { 10 } else { 9 };
    day.year() >= 1980
        && last_sunday(day.year(), 3) <= Some(day)
        && Some(day) < last_sunday(day.year(), end)
}

fn sunday(year: i32, month: u32, number: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, number)
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    sunday(year, month, 5).or_else(|| sunday(year, month, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_eastern_time_follows_the_clocks() {
        let offset = |year, month, day| {
            let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
            Zone::named("et")
                .and_then(|zone| zone.offset(day))
                .map(|offset| offset.local_minus_utc() / 3600)
        };
        assert_eq!(offset(2022, 1, 25), Some(-5));
        assert_eq!(offset(2022, 7, 4), Some(-4));
        assert_eq!(offset(2006, 3, 20), Some(-5));
        assert_eq!(offset(2007, 3, 20), Some(-4));
    }
}
