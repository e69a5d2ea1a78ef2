//! The dates of records: which of two numbers is the day, and whether midnight is a time.
//!
//! One date does not say. `03/04/2022` is told by the other dates of its column, the language and the
//! host, and is believed less where nothing tells it; midnight is how a day alone is exported, unless
//! the column has other times too.

use chrono::NaiveTime;
use serde_json::Value;

use crate::article::{Confidence, PublicationDate};
use crate::ingest::extract::date::{self, NumericOrder};
use crate::text::Language;

/// What the dates of a table tell of one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateHabits {
    has_day_first: bool,
    has_month_first: bool,
    /// Whether some have a time other than midnight.
    has_times: bool,
}

impl DateHabits {
    /// Takes in one of the dates.
    pub(super) fn learn(&mut self, text: &str) {
        match leading_numbers(text) {
            Some((13..=31, 1..=12)) => self.has_day_first = true,
            Some((1..=12, 13..=31)) => self.has_month_first = true,
            _ => {}
        }
        let time = date::parse(text).and_then(|date| date.time());
        self.has_times |= time.is_some_and(|time| time != NaiveTime::MIN);
    }

    /// Returns the order of the numbers, where the dates agree on one.
    fn order(self) -> Option<NumericOrder> {
        match (self.has_day_first, self.has_month_first) {
            (true, false) => Some(NumericOrder::DayFirst),
            (false, true) => Some(NumericOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Returns the two numbers that a text such as `25/01/2022` starts with.
fn leading_numbers(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().splitn(3, ['/', '-']);
    let mut number = || {
        let part = parts.next()?.trim();
        (part.len() <= 2).then(|| part.parse().ok())?
    };
    Some((number()?, number()?))
}

/// What a record says of the place where its date was written.
#[derive(Clone, Debug, Default)]
pub(super) struct WrittenIn<'a> {
    /// The language and region as stated: `en-GB`.
    pub(super) region: Option<String>,
    pub(super) language: Option<Language>,
    pub(super) host: Option<&'a str>,
}

impl WrittenIn<'_> {
    /// Returns the order of numbers there, and whether it is sure.
    fn order(&self) -> (NumericOrder, bool) {
        let order = NumericOrder::of(
            self.language,
            self.region.as_deref().unwrap_or_default(),
            self.host.unwrap_or_default(),
        );
        let region = self.region.as_deref().unwrap_or_default().to_lowercase();
        let host = self.host.unwrap_or_default();
        let is_american = region.ends_with("-us")
            || region.ends_with("_us")
            || [".us", ".gov", ".edu", ".mil"].iter().any(|domain| host.ends_with(domain));
        (order, order == NumericOrder::DayFirst || is_american)
    }
}

/// Returns the date that the text of a field states and how far it can be trusted. `written_in` is asked
/// only where the order of its numbers matters.
pub(super) fn parse<'a>(
    text: &str,
    habits: DateHabits,
    written_in: impl FnOnce() -> WrittenIn<'a>,
) -> Option<(PublicationDate, Confidence)> {
    let (date, confidence) = parse_exactly(text, habits, written_in)?;
    let date = if habits.has_times { date } else { date::without_midnight(date) };
    Some((date, confidence))
}

fn parse_exactly<'a>(
    text: &str,
    habits: DateHabits,
    written_in: impl FnOnce() -> WrittenIn<'a>,
) -> Option<(PublicationDate, Confidence)> {
    if let Ok(number) = text.parse::<f64>()
        && text.contains(['.', 'e', 'E', '-'])
    {
        return Some((date::parse_epoch(number)?, Confidence::High));
    }
    let month_first = date::parse(text)?;
    let day_first = date::parse_in_order(text, NumericOrder::DayFirst)?;
    if month_first == day_first {
        return Some((month_first, Confidence::High));
    }
    let (order, is_sure) = match habits.order() {
        Some(order) => (order, true),
        None => written_in().order(),
    };
    let date = if order == NumericOrder::DayFirst { day_first } else { month_first };
    Some((date, if is_sure { Confidence::High } else { Confidence::Medium }))
}

/// Returns the text of a date, of whatever type it is given as.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            let date = object.get("$date")?;
            text_of(date.get("$numberLong").unwrap_or(date))
        }
        Value::String(text) => Some(text.clone()),
        Value::Array(elements) => elements.iter().find_map(text_of),
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, column: &[&str], written_in: WrittenIn<'_>) -> String {
        let mut habits = DateHabits::default();
        column.iter().for_each(|other| habits.learn(other));
        let (date, confidence) = parse(text, habits, || written_in).unwrap();
        format!("{date} {}", confidence.as_str())
    }

    #[test]
    fn the_order_of_numbers_is_told_by_column_language_and_host() {
        let english = WrittenIn { language: Some(Language::ENGLISH), ..WrittenIn::default() };
        let italian = WrittenIn { language: Language::parse("it"), ..WrittenIn::default() };
        let british = WrittenIn { region: Some("en-GB".to_owned()), ..english.clone() };
        let american = WrittenIn { region: Some("en-US".to_owned()), ..english.clone() };
        let host = |host| WrittenIn { host: Some(host), ..WrittenIn::default() };
        for (column, written_in, expected) in [
            (&[][..], WrittenIn::default(), "2022-05-03 medium"),
            (&[], english.clone(), "2022-05-03 medium"),
            (&[], american, "2022-05-03 high"),
            (&[], british, "2022-03-05 high"),
            (&[], italian, "2022-03-05 high"),
            (&[], host("bbc.co.uk"), "2022-03-05 high"),
            (&[], host("nasa.gov"), "2022-05-03 high"),
            (&["25/03/2022"], english.clone(), "2022-03-05 high"),
            (&["03/25/2022"], host("bbc.co.uk"), "2022-05-03 high"),
            (&["25/03/2022", "03/25/2022"], english, "2022-05-03 medium"),
        ] {
            assert_eq!(read("05/03/2022", column, written_in.clone()), expected, "{written_in:?}");
        }
        assert_eq!(read("25/03/2022", &[], WrittenIn::default()), "2022-03-25 high");
    }

    #[test]
    fn midnight_is_a_time_where_there_are_others() {
        let midnight = "2022-01-25T00:00:00Z";
        assert_eq!(
            read(midnight, &["2022-01-26T00:00:00Z"], WrittenIn::default()),
            "2022-01-25 high"
        );
        assert_eq!(
            read(midnight, &["2022-01-26 18:15"], WrittenIn::default()),
            "2022-01-25T00:00:00Z high"
        );
    }
}
