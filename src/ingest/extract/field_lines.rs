//! The lines of a scraped page in which it states what its article is: who wrote it, and when.
//!
//! They stand around the headline, or else in the text and right below it.

use std::ops::Range;

use super::headline_line::Headline;
use super::line_class::LineClass;

/// The lines below the headline in which a field is stated.
const LINES_BELOW: usize = 12;

/// The lines above the headline in which a field is stated.
const LINES_ABOVE: usize = 4;

/// The lines from the first sentences on that a field may stand below.
const LINES_OF_LEAD: usize = 4;

/// The lines below the text in which a field is stated.
const LINES_AFTER_TEXT: usize = 8;

/// Where on a page fields are stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLines {
    /// The lines below the headline.
    pub below: Range<usize>,
    /// The lines right above it.
    pub above: Range<usize>,
    /// The lines of the text after these, and those below it up to comments and links to other articles.
    pub far: Range<usize>,
}

impl FieldLines {
    /// Returns the places on a page of lines of these classes, with the headline and the lines `text` of
    /// its article.
    pub fn of(classes: &[LineClass], headline: &Headline, text: &Range<usize>) -> Self {
        let top = headline.line;
        // A headline that is a sentence is not the first of those below it.
        let is_prose = |at: &usize| classes[*at] == LineClass::Prose;
        let prose = (top + 1..classes.len()).find(is_prose).unwrap_or(headline.prose);
        let first_sentences = prose.max(text.start.min(top + LINES_BELOW));
        let end = end_of_page(classes, text.end).min(text.end + LINES_AFTER_TEXT);
        let last = (first_sentences + LINES_OF_LEAD).min(top + LINES_BELOW);
        let below = top + 1..(last + 1).min(end);
        Self { above: top.saturating_sub(LINES_ABOVE)..top, far: below.end..end, below }
    }

    /// Tells whether a line is one of those around the headline.
    pub fn is_near(&self, at: usize) -> bool {
        self.below.contains(&at) || self.above.contains(&at)
    }

    /// Returns the lines around the headline, those below it first, and of those above the nearest first.
    pub fn near(&self) -> impl Iterator<Item = usize> {
        self.below.clone().chain(self.above.clone().rev())
    }
}

/// Returns where from `start` on the comments or the links to other articles begin.
fn end_of_page(classes: &[LineClass], start: usize) -> usize {
    let ends = |class: &LineClass| matches!(class, LineClass::Comments | LineClass::EndMatter);
    classes[start..].iter().position(ends).map_or(classes.len(), |below| start + below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_around_the_headline_and_up_to_the_comments() {
        let mut classes = [LineClass::Short; 40];
        let headline = Headline { line: 6, prose: 9, lead_above: Vec::new() };
        let places = FieldLines::of(&classes, &headline, &(9..20));
        assert_eq!(places, FieldLines { below: 7..14, above: 2..6, far: 14..28 });
        assert_eq!(places.near().collect::<Vec<_>>(), [7, 8, 9, 10, 11, 12, 13, 5, 4, 3, 2]);
        classes[23] = LineClass::Comments;
        assert_eq!(FieldLines::of(&classes, &headline, &(9..20)).far, 14..23);
        let headline = Headline { line: 0, prose: 1, lead_above: Vec::new() };
        let places = FieldLines::of(&classes[..2], &headline, &(1..2));
        assert_eq!(places, FieldLines { below: 1..2, above: 0..0, far: 2..2 });
    }
}
