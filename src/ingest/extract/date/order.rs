//! Which of two numbers of a date is the day.

use crate::text::Language;

/// Which of two numbers is the day where both could be: `03/04/2022`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumericOrder {
    /// The month first, as in the United States.
    #[default]
    MonthFirst,
    /// The day first, as nearly everywhere else.
    DayFirst,
}

impl NumericOrder {
    /// Returns the order of a text in `language`, from the `region` that its tag names (`en-GB`) and the
    /// `host` that it was published at, each empty where it is not known: the month comes first in
    /// American English only, which a text in an unknown language is taken for.
    pub(in crate::ingest) fn of(language: Option<Language>, region: &str, host: &str) -> Self {
        const ABROAD: &[&str] = &[
            ".uk", ".au", ".in", ".ie", ".nz", ".za", ".de", ".at", ".ch", ".fr", ".eu", ".it",
            ".es",
        ];
        let is_english = language.is_none_or(|language| language == Language::ENGLISH);
        let region = region.to_lowercase();
        let says_other = region.len() > 2 && !region.ends_with("us");
        let is_abroad = ABROAD.iter().any(|domain| host.ends_with(domain));
        if is_english && !says_other && !is_abroad { Self::MonthFirst } else { Self::DayFirst }
    }
}
