//! Which line of a scraped page names the authors of its article.
//!
//! Nothing marks it: it reads like a credit, or is the name of a person and nothing else between the
//! headline and the text. Where no line near the headline is one, the author may be named behind a label
//! in the text or right below it. Desks come last.

use std::ops::Range;

use super::credit_line;
use super::credit_name::{is_known_person, stands_only_whole};
use super::field_lines::FieldLines;
use super::known_name::is_surname;
use super::line_class::LineClass;
use crate::article::Confidence;

/// The lines above the headline in which nothing but the name stands.
const LINES_TO_NAME_ABOVE: usize = 2;

/// The most authors that lines of one name each give.
const MOST_AUTHORS: usize = 4;

/// The authors of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit<'text> {
    /// Their names.
    pub authors: Vec<String>,
    /// The line that names them, the first of them where each has one.
    pub line: &'text str,
    /// The places of these lines.
    pub at: Range<usize>,
    /// Whether they stand beside the headline, and are no sentences, which would say more than who wrote when.
    pub is_near: bool,
    /// How well these are known to be authors: names without "by" and desks are not.
    pub confidence: Confidence,
}

/// Returns the authors of the article of a page that states its fields in `places`; `None` where no line
/// names any.
pub fn find<'text>(
    lines: &[&'text str],
    classes: &[LineClass],
    places: &FieldLines,
) -> Option<Credit<'text>> {
    let FieldLines { below, far, .. } = places.clone();
    let right_above = places.above.end.saturating_sub(LINES_TO_NAME_ABOVE)..places.above.end;
    let page = Page { lines, classes };
    page.first(places.near(), Confidence::Medium, |at| credit_line::authors(lines[at]))
        .or_else(|| page.first(below.clone(), Confidence::Medium, |at| page.labelled(at)))
        .or_else(|| page.names_alone(below.clone()))
        .or_else(|| page.names_alone(right_above))
        .or_else(|| page.far_credit(far))
        .or_else(|| {
            let desk = |at: usize| credit_line::desk(lines[at]).into_iter().collect();
            page.first(places.near(), Confidence::Low, desk)
        })
}

struct Page<'page, 'text> {
    lines: &'page [&'text str],
    classes: &'page [LineClass],
}

impl<'text> Page<'_, 'text> {
    /// Returns the authors in the first of some lines that names any.
    fn first(
        &self,
        mut candidates: impl Iterator<Item = usize>,
        confidence: Confidence,
        authors: impl Fn(usize) -> Vec<String>,
    ) -> Option<Credit<'text>> {
        candidates.find_map(|at| {
            let authors = authors(at);
            let line = self.lines[at];
            (!authors.is_empty()).then_some(Credit {
                authors,
                line,
                at: at..at + 1,
                is_near: self.classes[at] != LineClass::Prose,
                confidence,
            })
        })
    }

    /// Returns the authors whom a line names behind their label or in the line below it.
    fn labelled(&self, at: usize) -> Vec<String> {
        credit_line::labelled_authors(self.lines[at], self.label_above(at))
    }

    fn label_above(&self, at: usize) -> Option<&'text str> {
        let above = at.checked_sub(1).map(|above| self.lines[above]);
        above.filter(|line| credit_line::is_label_of_author(line))
    }

    /// Returns the authors of the first line far from the headline that says who they are. Words of the text
    /// may stand behind "by": "From Lake Street" need not be an author's.
    fn far_credit(&self, candidates: Range<usize>) -> Option<Credit<'text>> {
        let authors = |at: usize| {
            let mut authors = self.labelled(at);
            let is_labelled =
                || self.label_above(at).is_some() || !credit_line::is_unlabelled(self.lines[at]);
            if !authors.iter().any(|name| is_known_person(name))
                && !authors.is_empty()
                && !is_labelled()
            {
                authors.clear();
            }
            authors
        };
        let credit = self.first(candidates, Confidence::Low, authors)?;
        Some(Credit { is_near: false, ..credit })
    }

    /// Returns the people whose names are lines by themselves: the first of these in `candidates` and
    /// those right below it.
    fn names_alone(&self, mut candidates: Range<usize>) -> Option<Credit<'text>> {
        let first = candidates.find(|at| {
            let name = bare(self.lines[*at]);
            self.classes[*at] == LineClass::Short
                && is_known_person(name)
                && (name.rsplit(' ').next().is_some_and(is_surname)
                    || stands_only_whole(name, self.lines.iter().copied()))
        })?;
        let names = self.lines[first..].iter().map(|line| bare(line));
        let mut authors: Vec<String> = Vec::new();
        let mut end = first;
        for name in names.take(MOST_AUTHORS).take_while(|name| is_known_person(name)) {
            let is_new = |person: &String| !authors.contains(person);
            let people: Vec<String> =
                credit_line::people(name).into_iter().filter(is_new).collect();
            authors.extend(people);
            end += 1;
        }
        let (line, at, confidence) = (self.lines[first], first..end, Confidence::Low);
        (!authors.is_empty()).then_some(Credit { authors, line, at, is_near: true, confidence })
    }
}

/// Returns a line as far as it can be a name: "Jane Doe @jdoe", "Jane Doe | 3 articles".
fn bare(line: &str) -> &str {
    let end = line.find(['|', '•', '·', '@']).filter(|at| line.len() - at <= LONGEST_BESIDE_NAME);
    let name = &line[..end.unwrap_or(line.len())];
    name.trim_end_matches(" .").trim_matches([' ', ',', '-', '–', ':'])
}

/// The most bytes that stand beside a name behind a mark.
const LONGEST_BESIDE_NAME: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::headline_line::Headline;
    use crate::ingest::extract::line_class::classify_all;

    const SENTENCE: &str =
        "The ministers met in Geneva on Monday, and their talks went on until the night.";

    /// Returns the authors of a page that has these lines around its headline and below its text.
    fn authors(above: &[&str], between: &[&str], after: &[&str]) -> Vec<String> {
        let text = [SENTENCE; 3];
        let lines =
            [&["Home", "News"], above, &["A headline of it"], between, &text, after].concat();
        let line = 2 + above.len();
        let prose = line + 1 + between.len();
        let headline = Headline { line, prose, lead_above: Vec::new() };
        let classes = classify_all(&lines);
        let credit =
            find(&lines, &classes, &FieldLines::of(&classes, &headline, &(prose..prose + 3)));
        credit.map(|credit| credit.authors).unwrap_or_default()
    }

    #[test]
    fn a_line_near_the_headline_names_the_author() {
        assert_eq!(authors(&[], &["Share", "By Jane Doe", "Jo Roe"], &[]), ["Jane Doe"]);
        assert_eq!(authors(&["3 May 2020 by Jane Doe"], &["Share"], &[]), ["Jane Doe"]);
        assert_eq!(authors(&[], &["Jane Doe 19.10.2019, 05:00 Uhr"], &[]), ["Jane Doe"]);
        assert_eq!(authors(&[], &["Author", "Jane Doe"], &[]), ["Jane Doe"]);
        assert_eq!(authors(&[], &["Share"], &[]), [""; 0]);
    }

    #[test]
    fn a_name_by_itself_is_the_authors() {
        assert_eq!(
            authors(&[], &["Jane Smith ,", "Peter Jones"], &[]),
            ["Jane Smith", "Peter Jones"]
        );
        assert_eq!(authors(&["Jane Smith"], &["Share"], &[]), ["Jane Smith"]);
        assert_eq!(authors(&[], &["Jane Smith | 3 articles"], &[]), ["Jane Smith"]);
        // Without a known surname it may be any words, the more so where the page has them elsewhere.
        assert_eq!(authors(&[], &["Jane Xyzzyx"], &[]), ["Jane Xyzzyx"]);
        assert_eq!(authors(&[], &["Jane Xyzzyx"], &["More Xyzzyx"]), [""; 0]);
    }

    #[test]
    fn authors_are_named_below_the_text_and_desks_come_last() {
        assert_eq!(authors(&[], &["Share"], &["Autor: Jane Doe", "Comments"]), ["Jane Doe"]);
        assert_eq!(authors(&[], &["Share"], &["Related posts", "By Jane Doe"]), [""; 0]);
        let desk = "Redaktion 1. November 2023";
        assert_eq!(authors(&[], &[desk], &[]), ["Redaktion"]);
        assert_eq!(authors(&[], &[desk], &["Text: Jane Doe"]), ["Jane Doe"]);
    }
}
