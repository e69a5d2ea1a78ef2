//! Which lines of a page are cards: pictures and teasers, of which a page sets several in a row.
//!
//! A card is sentences with a label right below them: whose picture it is, a link to the rest, the name of
//! the gallery. One alone may be anything; a row of them is none of the text, wherever it stands.

use std::ops::Range;

use super::line_class::{LineClass, has_litter, links_to_rest, word_estimate};
use super::page_phrases::PICTURE_AGENCIES;

/// The least cards of a row.
const LEAST_CARDS: usize = 3;

/// The longest sentences of a card, in words, where no agency stands below.
const LONGEST_CARD: usize = 80;

/// The longest caption, in words, of a picture with its agency.
const LONGEST_CAPTION: usize = 150;

/// The most lines from one card of a row to the next.
const MOST_LINES_BETWEEN: usize = 12;

/// The least words of the name of a gallery.
const SHORTEST_NAME: usize = 4;

/// The most words of a line that is the name of an agency.
const MOST_AGENCY_WORDS: usize = 5;

/// Gives the lines of all rows of cards the class of what stands beside a text, unless the text of the
/// page is cards for the most part.
pub fn set_aside(lines: &[&str], classes: &mut [LineClass]) {
    // A text without furniture is an article alone.
    if !has_litter(classes) {
        return;
    }
    let rows = rows(lines, classes);
    if rows.is_empty() {
        return;
    }
    let is_prose = |at: &usize| classes[*at] == LineClass::Prose;
    let words = |range: Range<usize>| -> usize {
        range.filter(is_prose).map(|at| word_estimate(lines[at])).sum()
    };
    let words_of = |is_named: bool| -> usize {
        let rows = rows.iter().filter(|row| matches!(row.label, Label::Name(_)) == is_named);
        rows.map(|row| words(row.lines.clone())).sum()
    };
    let (named, others) = (words_of(true), words_of(false));
    let text = words(0..lines.len()) - named - others;
    for row in rows {
        let is_beside_text = match row.label {
            Label::Name(_) => named <= text,
            Label::Agency | Label::Link => others <= text * MOST_CARDS,
        };
        if is_beside_text {
            classes[row.lines].fill(LineClass::Aside);
        }
    }
}

/// Cards that are told by an agency or a link may have so many times the words of the text of their page.
const MOST_CARDS: usize = 2;

/// What stands right below the sentences of a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label<'page> {
    /// Whose picture it is.
    Agency,
    /// The link to the rest.
    Link,
    /// The name of the gallery.
    Name(&'page str),
}

/// Returns the rows of cards, from the first title to the last label.
fn rows<'page>(lines: &[&'page str], classes: &[LineClass]) -> Vec<Row<'page>> {
    let mut rows = Vec::new();
    let mut row: Option<Row<'page>> = None;
    for at in (0..lines.len()).filter(|at| classes[*at] == LineClass::Prose) {
        let label = label_below(lines, classes, at);
        match (&mut row, label) {
            (Some(row), Some(label)) if row.goes_on(lines, at, label) => row.add(at),
            (_, label) => {
                rows.extend(row.take().filter(Row::is_long));
                row = label.map(|label| Row::of(classes, at, label));
            }
        }
    }
    rows.extend(row.filter(Row::is_long));
    rows
}

/// Cards with labels of one kind that follow each other.
struct Row<'page> {
    lines: Range<usize>,
    label: Label<'page>,
    cards: usize,
}

impl<'page> Row<'page> {
    /// Returns the row that begins with the card in line `at`, whose title may stand above it.
    fn of(classes: &[LineClass], at: usize, label: Label<'page>) -> Self {
        let has_title = label != Label::Agency && classes[at - 1] == LineClass::Short;
        Self { lines: at - usize::from(has_title)..at + 2, label, cards: 1 }
    }

    fn goes_on(&self, lines: &[&str], at: usize, label: Label<'_>) -> bool {
        let is_same = match (self.label, label) {
            (Label::Agency, Label::Name(name)) => lines[self.lines.clone()].contains(&name),
            (one, other) => one == other,
        };
        is_same && at - self.lines.end < MOST_LINES_BETWEEN
    }

    fn add(&mut self, at: usize) {
        self.lines.end = at + 2;
        self.cards += 1;
    }

    fn is_long(&self) -> bool {
        self.cards >= LEAST_CARDS
    }
}

/// Returns the label below the sentences in line `at` where these may be a card.
fn label_below<'page>(
    lines: &[&'page str],
    classes: &[LineClass],
    at: usize,
) -> Option<Label<'page>> {
    let below = *lines.get(at + 1)?;
    let words = word_estimate(lines[at]);
    if classes[at + 1] == LineClass::Prose || words > LONGEST_CAPTION {
        return None;
    }
    if is_agency(below) {
        return Some(Label::Agency);
    }
    if words > LONGEST_CARD {
        return None;
    }
    let title = lines[..at].last().filter(|_| classes[at - 1] != LineClass::Prose)?;
    if *title == below || !title.contains(char::is_alphabetic) {
        return None;
    }
    if links_to_rest(below) {
        return Some(Label::Link);
    }
    let is_name = word_estimate(below) >= SHORTEST_NAME && !below.ends_with(':');
    is_name.then_some(Label::Name(below))
}

/// Tells whether a line is the name of an agency, or of one by way of another: "AFP via Getty Images".
fn is_agency(line: &str) -> bool {
    if word_estimate(line) > MOST_AGENCY_WORDS {
        return false;
    }
    let lower = line.to_lowercase();
    let is_name = |agency: &&str| {
        lower.strip_suffix(agency).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    // In brackets behind a place "PA" is a state, so these are not among those that end a caption.
    PICTURE_AGENCIES.iter().chain(&["pa", "pa wire"]).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::line_class::classify_all;

    const TEXT: &str =
        "The ministers met in Geneva on Monday, and their talks went on until the night.";
    const CAPTION: &str = "A man walks by the lake in the rain.";

    /// Returns which lines are set aside of a page that ends with a form for comments.
    fn aside(lines: &[&str]) -> Vec<usize> {
        let page = [lines, &["Leave a reply"]].concat();
        let mut classes = classify_all(&page);
        set_aside(&page, &mut classes);
        (0..lines.len()).filter(|at| classes[*at] == LineClass::Aside).collect()
    }

    #[test]
    fn a_gallery_inside_a_text_is_set_aside() {
        let picture = |agency| ["The day in pictures", "1 November", CAPTION, agency];
        let pictures = [picture("PA"), picture("AFP via Getty Images"), picture("Reuters")];
        let page = [&[TEXT, TEXT], &pictures.concat()[..], &[TEXT, TEXT]].concat();
        assert_eq!(aside(&page), (4..14).collect::<Vec<_>>());
        // Fewer pictures may belong to the text.
        let page = [&[TEXT, TEXT], &pictures[..2].concat()[..], &[TEXT, TEXT]].concat();
        assert!(aside(&page).is_empty());
        // A text without furniture is left whole.
        let page = [&[TEXT, TEXT], &pictures.concat()[..], &[TEXT, TEXT]].concat();
        let mut classes = classify_all(&page);
        set_aside(&page, &mut classes);
        assert_eq!(classes, classify_all(&page));
    }

    #[test]
    fn a_gallery_is_told_by_its_name_below_each_picture() {
        let name = "The winter in Geneva: pictures";
        let slide = |title| [title, CAPTION, name];
        let slides = [slide("Rain"), slide("Snow"), slide("The lake")].concat();
        let page = [&[TEXT, TEXT], &slides[..], &[TEXT, TEXT]].concat();
        assert_eq!(aside(&page), (2..11).collect::<Vec<_>>());
    }

    #[test]
    fn teasers_with_links_to_the_rest_are_set_aside() {
        let teaser = |title| [title, "It began with a letter that nobody read.", "Read more »"];
        let teasers = [teaser("Letters"), teaser("Harbour"), teaser("Bridge")].concat();
        let page = [&[TEXT, TEXT, TEXT], &teasers[..]].concat();
        assert_eq!(aside(&page), (3..12).collect::<Vec<_>>());
        // What is teasers alone is a digest.
        assert!(aside(&teasers).is_empty());
    }

    #[test]
    fn paragraphs_between_pictures_of_one_kind_are_of_the_text() {
        let credit = "Screenshot of what he wrote";
        let page = [TEXT, credit, TEXT, credit, TEXT, credit, TEXT, credit, TEXT];
        assert!(aside(&page).is_empty());
        let entry = |number| [number, "Doe J. On lakes. Geneva 2015.", "Article in the library"];
        let entries = [entry("1."), entry("2."), entry("3."), entry("4.")].concat();
        assert!(aside(&[&[TEXT; 6], &entries[..]].concat()).is_empty());
    }
}
