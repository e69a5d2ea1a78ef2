//! The one place that asks what day it is.

use chrono::{Local, NaiveDate};

/// Returns the day of the local calendar; commands take `--now` instead, so that tests need no clock.
pub(super) fn today() -> NaiveDate {
    Local::now().date_naive()
}
