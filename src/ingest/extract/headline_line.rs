//! Which line of a scraped page is the headline of its article.
//!
//! Menus, a share bar and captions stand above the text of a page, and the headline somewhere among
//! them. Each line above the text is scored by what headlines are like: how long they are, how they
//! begin and end, what stands around them, and how much of them the text says again. The weights are
//! those of a logistic regression (the lines of a page compete, one is right) over the pages that
//! `docs/quality.md` counts, rounded; there it says how often the line is right on other pages.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::byline;
use super::date::{self, NumericOrder};
use super::line_class::LineClass;
use super::script::is_ideogram;
use crate::text::{fold, words};

/// The lines above the first paragraph among which the headline is looked for.
const LINES_ABOVE: usize = 100;

/// The longest headline, in bytes.
const LONGEST: usize = 300;

/// Shorter words say little of what a text is about, in letters.
const SHORTEST_TELLING_WORD: usize = 4;

/// The lines of the text that take up the headline first.
const FIRST_LINES: usize = 6;

/// The lines before and after one that are its surroundings.
const AROUND: usize = 4;

/// The lines before and after one in which a path to the page may hold it.
const LINES_TO_PATH: Range<isize> = -30..8;

/// The lines before and after one in which it stands again.
const LINES_TO_TWIN: Range<isize> = -2..3;

/// Lines of so many words and fewer are entries of menus rather than headlines.
const MENU_WORDS: usize = 3;

/// A lead may stand so many lines above the rest of its text, with buttons and captions between.
const LINES_TO_LEAD: usize = 200;

/// The lines above a lead among which its headline is looked for: a byline and a date may lie between.
const LINES_ABOVE_LEAD: usize = 6;

/// How much less a line above a lead may be like a headline than the best above the rest of the text.
const LEAD_ALLOWANCE: f32 = 1.0;

/// The headline of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its line.
    pub line: usize,
    /// The first line of prose below it.
    pub prose: usize,
}

/// Returns the line that is most like the headline of the text in the lines `text` of a page, above it
/// or above prose that is so near that it may be its lead; `None` where no line can be one.
pub fn find(lines: &[&str], classes: &[LineClass], text: &Range<usize>) -> Option<Headline> {
    let is_prose = |at: &usize| classes[*at] == LineClass::Prose;
    let prose = text.clone().find(is_prose)?;
    let leads: Vec<usize> =
        (text.start.saturating_sub(LINES_TO_LEAD)..text.start).filter(is_prose).collect();
    let page = Page::of(lines, classes, leads.first().copied().unwrap_or(prose), prose, text.end);
    let of_text = page.best(prose, LINES_ABOVE)?;
    let is_as_good = |found: &Scored| {
        found.line < found.prose.min(of_text.line) && found.score > of_text.score - LEAD_ALLOWANCE
    };
    let leads =
        leads.iter().filter_map(|lead| page.best(*lead, LINES_ABOVE_LEAD)).filter(is_as_good);
    let best = leads.max_by(|one, two| one.score.total_cmp(&two.score)).unwrap_or(of_text);
    Some(Headline { line: best.line, prose: best.prose })
}

/// A line and how much it is like the headline of the text that begins with the line `prose`.
#[derive(Clone, Copy)]
struct Scored {
    score: f32,
    line: usize,
    prose: usize,
}

/// The lines of a page from the first on that may be its headline.
struct Page<'page> {
    lines: &'page [&'page str],
    classes: &'page [LineClass],
    first: usize,
    /// The words of each line from the first on, folded.
    words: Vec<Vec<String>>,
    /// How many words each of these lines has.
    counts: Vec<usize>,
    /// Whether each of these lines holds a day or a time of day.
    dated: Vec<bool>,
    /// Whether each of these lines opens like a credit.
    credited: Vec<bool>,
    /// The lines that use each telling word, in order.
    used: FxHashMap<String, Vec<usize>>,
    /// How much each of these lines is like a headline whatever the text says; empty until it is weighed.
    likeness: Vec<f32>,
}

impl<'page> Page<'page> {
    /// Returns the lines above the text that begins with the line `prose` and ends at `end`, and above
    /// `lead`, the first that its lead may be.
    fn of(
        lines: &'page [&'page str],
        classes: &'page [LineClass],
        lead: usize,
        prose: usize,
        end: usize,
    ) -> Self {
        let first = prose.saturating_sub(LINES_ABOVE).min(lead.saturating_sub(LINES_ABOVE_LEAD));
        let words: Vec<Vec<String>> = lines[first..end].iter().map(|line| words_of(line)).collect();
        let above = &lines[first..end.min(prose + 1 + AROUND)];
        let mut page = Self {
            dated: above.iter().map(|line| is_dated(line)).collect(),
            credited: above.iter().map(|line| is_credit(line)).collect(),
            used: uses(&words, first, lead),
            counts: words.iter().map(|words| count_of(words)).collect(),
            lines,
            classes,
            first,
            words,
            likeness: Vec::new(),
        };
        // Each lead asks the lines above it again.
        page.likeness = (first..=prose).map(|at| page.likeness(at)).collect();
        page
    }

    /// Returns the line most like the headline of the text that begins with the line `prose`, among so
    /// many `above` it and itself.
    fn best(&self, prose: usize, above: usize) -> Option<Scored> {
        let candidates = prose.saturating_sub(above).max(self.first)..=prose;
        let scored = candidates.filter(|line| self.can_be_headline(*line)).map(|line| Scored {
            score: self.score(line, prose),
            line,
            prose,
        });
        // Of lines that are as good the last: a title may stand above the menu, too.
        scored.max_by(|one, two| one.score.total_cmp(&two.score).then(one.line.cmp(&two.line)))
    }

    fn words(&self, at: usize) -> usize {
        self.counts[at - self.first]
    }

    fn can_be_headline(&self, at: usize) -> bool {
        matches!(self.classes[at], LineClass::Prose | LineClass::Short)
            && self.lines[at].len() <= LONGEST
            && self.words(at) > 0
    }

    /// Returns how much a line is like the headline of the text that begins with the line `prose`.
    fn score(&self, at: usize, prose: usize) -> f32 {
        let fit = self.fit(at, prose);
        self.likeness[at - self.first] + 2.1 * fit.of_words + 2.0 * fit.in_first_lines
    }

    /// Returns how much a line that can be a headline is like one by itself and by what stands around it.
    fn likeness(&self, at: usize) -> f32 {
        if !self.can_be_headline(at) {
            return 0.0;
        }
        self.weighed(at).iter().map(|(weight, value)| weight * value).sum()
    }

    /// Returns what a line is like, each value of 0 to 1 with its weight.
    fn weighed(&self, at: usize) -> [(f32, f32); 24] {
        let line = self.lines[at];
        let count = self.words(at);
        let flag = |is_so: bool| f32::from(u8::from(is_so));
        let bare = line.trim_end_matches(['"', '”', '“', '»', '\'', ')']);
        let share = |part: usize, all: usize| part as f32 / all.max(1) as f32;
        let capitals = line.split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        let before = at.saturating_sub(AROUND).max(self.first)..at;
        let after = at + 1..(at + 1 + AROUND).min(self.first + self.dated.len());
        let short =
            |range: &Range<usize>| range.clone().filter(|at| self.words(*at) <= MENU_WORDS).count();
        let is_dated = |at: usize| self.dated[at - self.first];
        let is_credit = |at: usize| self.credited[at - self.first];
        [
            (-1.4, flag(count == 1)),
            (1.2, flag((4..=6).contains(&count))),
            (1.8, flag((7..=15).contains(&count))),
            (-1.9, flag(count > 25)),
            (-2.7, flag(bare.ends_with('.'))),
            (-1.6, flag(line.ends_with([':', '：']))),
            (-1.6, flag(line.starts_with(char::is_lowercase))),
            (0.5, flag(line.contains([':', '?']) && !line.ends_with(':'))),
            (-1.0, flag(line.contains('('))),
            (-0.8, flag(line.contains(['|', '»', '›', '•', '→']))),
            (-2.1, flag(is_picture_credit(line))),
            (-2.2, share(digits, line.len())),
            (-0.8, share(capitals.count(), line.split_whitespace().count())),
            (-1.1, flag(line.contains(char::is_uppercase) && !line.contains(char::is_lowercase))),
            (-1.6, flag(is_dated(at))),
            (1.6, flag(at == 0)),
            (1.7, share(short(&before), AROUND)),
            (-1.3, share(short(&after), AROUND)),
            (2.4, flag(after.clone().any(is_dated))),
            (1.6, flag(after.clone().any(is_credit))),
            (1.2, flag(before.clone().rev().take(2).any(is_dated))),
            (0.9, flag(after.start < after.end && self.words(after.start) >= 10)),
            (2.2, flag(count >= MENU_WORDS && self.is_part_of_path(at))),
            (1.0, flag(count >= MENU_WORDS && self.is_repeated(at))),
        ]
    }

    /// Returns how much of a line the text says again that begins with the line `prose`.
    fn fit(&self, at: usize, prose: usize) -> Fit {
        let telling = telling_words(&self.words[at - self.first]);
        // The line may be the first of the text itself.
        let text = if at == prose { prose + 1 } else { prose };
        let recurring = |is_met: &dyn Fn(&[usize]) -> bool| {
            let lines = |word: &&&String| {
                self.used.get(**word).is_some_and(|lines| {
                    is_met(&lines[lines.partition_point(|line| *line < text)..])
                })
            };
            telling.iter().filter(lines).count() as f32
        };
        let used = recurring(&|lines| !lines.is_empty());
        let first = recurring(&|lines| lines.first().is_some_and(|at| *at < prose + FIRST_LINES));
        let all = telling.len().max(1) as f32;
        Fit { of_words: (used * used / all).min(MOST_FIT) / MOST_FIT, in_first_lines: first / all }
    }

    /// Tells whether the same line stands right by: pages set their headline twice, for wide screens and
    /// for narrow ones.
    fn is_repeated(&self, at: usize) -> bool {
        let line = &self.words[at - self.first];
        self.near(at, LINES_TO_TWIN).any(|other| other == line)
    }

    /// Tells whether a longer line near by holds the line: the path to the page, "Home » News » Talks go
    /// on", or the name of the page and the site.
    fn is_part_of_path(&self, at: usize) -> bool {
        let line = &self.words[at - self.first];
        self.near(at, LINES_TO_PATH).any(|other| {
            other.len() > line.len() && other.windows(line.len()).any(|part| part == line)
        })
    }

    /// Returns the words of the other lines that are so many `steps` from one.
    fn near(&self, at: usize, steps: Range<isize>) -> impl Iterator<Item = &Vec<String>> {
        let others = steps.filter(|step| *step != 0);
        let others = others.filter_map(move |step| at.checked_add_signed(step));
        others.filter_map(|other| self.words.get(other.checked_sub(self.first)?))
    }
}

/// How much of a line a text says again.
struct Fit {
    /// The square of the telling words that recur over all of them, of [`MOST_FIT`].
    of_words: f32,
    /// The share of the telling words that recur in the first lines.
    in_first_lines: f32,
}

/// A better fit counts no more.
const MOST_FIT: f32 = 4.0;

/// Returns the words of a line, folded; where they are not set apart, each letter with the next.
fn words_of(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for word in words(line) {
        let mut folded = fold(word.text);
        let ideogram = folded.chars().next().filter(|letter| is_ideogram(*letter));
        if let (Some((end, first)), Some(_)) = (before, ideogram)
            && end == word.span.start
        {
            folded.insert(0, first);
        }
        before = ideogram.map(|letter| (word.span.end, letter));
        found.push(folded);
    }
    found
}

/// Returns how many words a line has: two letters are one where words are not set apart.
fn count_of(words: &[String]) -> usize {
    let letters = words.iter().filter(|word| word.starts_with(is_ideogram)).count();
    words.len() - letters + letters.div_ceil(2)
}

/// Returns the distinct words of a line that are long enough to say what it is about.
fn telling_words(line: &[String]) -> Vec<&String> {
    let is_telling = |word: &&String| {
        let shortest = if word.starts_with(is_ideogram) { 2 } else { SHORTEST_TELLING_WORD };
        word.chars().nth(shortest - 1).is_some()
    };
    let mut telling: Vec<&String> = line.iter().filter(is_telling).collect();
    telling.sort_unstable();
    telling.dedup();
    telling
}

/// Returns the lines from `lead` on that use each telling word; `words` are those of each line from
/// `first` on.
fn uses(words: &[Vec<String>], first: usize, lead: usize) -> FxHashMap<String, Vec<usize>> {
    let mut used: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, line) in words.iter().enumerate().skip(lead - first) {
        for word in telling_words(line) {
            used.entry(word.clone()).or_default().push(first + number);
        }
    }
    used
}

/// The longest line, in bytes, that says who wrote an article and when.
const LONGEST_FIELD: usize = 90;

/// Tells whether a short line holds a day or a time of day.
fn is_dated(line: &str) -> bool {
    line.len() <= LONGEST_FIELD
        && (has_clock(line)
            || date::find_first(line, NumericOrder::default())
                .is_some_and(|found| found.day.is_some()))
}

/// Tells whether a line holds a time of day: "10:15".
fn has_clock(line: &str) -> bool {
    line.as_bytes()
        .windows(4)
        .any(|part| matches!(part, [a, b':', c, d] if [a, c, d].iter().all(|x| x.is_ascii_digit())))
}

/// Tells whether a short line opens like a credit.
fn is_credit(line: &str) -> bool {
    const OPENERS: &[&str] =
        &["by", "von", "par", "por", "di", "da", "autor", "autorin", "author", "text", "redaktion"];
    line.len() <= LONGEST_FIELD
        && (byline::is_byline(line)
            || line
                .split(|letter: char| !letter.is_alphabetic())
                .next()
                .is_some_and(|word| OPENERS.contains(&&*word.to_lowercase())))
}

/// Tells whether a line says whose picture one is.
fn is_picture_credit(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["foto", "photo", "©", "getty", "bild:", "image", "quelle"]
        .iter()
        .any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::{line_class, page_lines};

    fn headline<'page>(lines: &[&'page str]) -> Option<&'page str> {
        let classes = line_class::classify_all(lines);
        let text = page_lines::article_range(lines, &classes);
        find(lines, &classes, &text).map(|found| lines[found.line])
    }

    const TEXT: [&str; 2] = [
        "The ferry to the islands will sail twice a day from Monday on, the harbour said, if ice allows.",
        "It had stayed in port for three weeks, and the islands had run out of salt and of patience.",
    ];

    #[test]
    fn a_headline_is_told_from_menus_and_captions() {
        let menu = ["Home", "News", "Sport", "Weather", "Letters to the editor"];
        let header = ["Ferry to the islands sails again", "By Jane Doe", "3 March 2020, 10:15"];
        let caption = ["The ferry in port (photo: Jo Roe)"];
        let all = [&menu[..], &header, &caption, &TEXT].concat();
        assert_eq!(headline(&all), Some("Ferry to the islands sails again"));
    }

    #[test]
    fn a_line_that_the_path_to_the_page_holds_is_its_headline() {
        let lines = ["Crier » News » Out of salt", "Out of salt", "Share", TEXT[0], TEXT[1]];
        assert_eq!(headline(&lines), Some("Out of salt"));
    }

    #[test]
    fn a_headline_is_looked_for_above_the_lead_too() {
        let lead = "The islands wait for salt.";
        let header = ["Ferry to the islands sails again", lead, "By Jane Doe", "3 March 2020"];
        let bar: Vec<String> = (0..120).map(|number| format!("Reader {number}")).collect();
        let bar: Vec<&str> = bar.iter().map(String::as_str).collect();
        let all =
            [&["Home", "News", "Subscribe"], &header[..], &bar, &["Read more"], &TEXT].concat();
        assert_eq!(headline(&all), Some("Ferry to the islands sails again"));
    }

    #[test]
    fn of_two_lines_the_one_that_stands_twice_is_the_headline() {
        let above = ["The harbour at night", "The islands and the sea", "The islands and the sea"];
        let lines = [&above[..], &["Share"], &TEXT].concat();
        assert_eq!(headline(&lines), Some("The islands and the sea"));
        let caption = ["Out of salt and patience", "The islands run out of salt (Roe/AFP)"];
        assert_eq!(headline(&[&caption[..], &["Share"], &TEXT].concat()), Some(caption[0]));
    }

    #[test]
    fn a_page_without_prose_has_none() {
        assert_eq!(headline(&["Home", "News"]), None);
        assert_eq!(headline(&[]), None);
    }
}
