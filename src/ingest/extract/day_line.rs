//! Which line of a scraped page says when its article was published.
//!
//! One near the headline does, or one in the text or right below it that calls its day the one of the
//! publication, or is a day and nothing else where the text ends. A day of a change comes last.

use super::date::NumericOrder;
use super::date_line::{self, Label};
use super::field_lines::FieldLines;

/// The lines above the end of what is of the article in which a day stands alone.
const LINES_AT_END: usize = 10;

/// Returns the place of the line that dates the article of a page that states its fields in `places`;
/// `None` where no line does.
pub(in crate::ingest) fn find(lines: &[&str], places: &FieldLines) -> Option<usize> {
    let order = NumericOrder::default();
    let far = || places.far.clone();
    let mut end = far().rev().take(LINES_AT_END);
    let is_of = |label: Label| {
        move |at: &usize| {
            date_line::read(lines[*at], order).is_some_and(|found| found.label == label)
        }
    };
    let of_publication = |at: &usize| {
        date_line::beside_headline(lines[*at], order)
            .is_some_and(|found| found.label != Label::Change)
    };
    places
        .near()
        .find(of_publication)
        .or_else(|| far().find(is_of(Label::Publication)))
        .or_else(|| end.find(|at| date_line::is_day_alone(lines[*at])))
        .or_else(|| places.near().find(is_of(Label::Change)))
        .or_else(|| far().find(is_of(Label::Change)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the line that dates a page of three lines above the headline, three below it, and the last
    /// ones of its text.
    fn day<'text>(
        above: &'text str,
        below: &'text str,
        far: [&'text str; 2],
    ) -> Option<&'text str> {
        let lines = ["Home", above, "Share", "A headline", "Menu", below, "Words", far[0], far[1]];
        find(&lines, &FieldLines { below: 4..7, above: 0..3, far: 7..9 }).map(|at| lines[at])
    }

    #[test]
    fn the_line_nearest_to_the_headline_dates_the_page() {
        let [may, june] = ["3 May 2020", "4 June 2020, 10:15"];
        assert_eq!(day(june, may, [june; 2]), Some(may));
        assert_eq!(day(june, "Words", [may; 2]), Some(june));
        let long =
            "12.12.2022 - Lake (Institute of everything that swims and of all boats that sail)";
        assert_eq!(day(june, long, [june; 2]), Some(long));
        let labelled =
            "Published: 3 May 2020 | Comments on what is said here: so far there are none";
        assert_eq!(day(june, labelled, [june; 2]), Some(labelled));
    }

    #[test]
    fn days_far_from_the_headline_are_labelled_or_alone() {
        assert_eq!(
            day("", "", ["Published: 3 May 2020", "4 June 2020"]),
            Some("Published: 3 May 2020")
        );
        assert_eq!(day("", "", ["Tickets from 3 May 2020", "am 4.6.2020"]), Some("am 4.6.2020"));
        assert_eq!(day("", "", ["Tickets from 3 May 2020", "Words"]), None);
        assert_eq!(day("", "", ["Words", "Updated 3 May 2020"]), Some("Updated 3 May 2020"));
        let changed = "Updated 5 June 2020";
        assert_eq!(day("", changed, ["Words", "4 June 2020"]), Some("4 June 2020"));
        assert_eq!(day("", changed, ["Words", "Words"]), Some(changed));
    }
}
