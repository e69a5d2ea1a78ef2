//! Which line of a scraped page is the headline of its article.
//!
//! Menus, a share bar and captions stand above the text of a page, and the headline somewhere among
//! them. Each line above the text is scored by what headlines are like: how long they are, how they
//! begin and end, what stands around them, and how much of them the text says again. The weights are
//! those of a logistic regression (the lines of a page compete, one is right) over the pages that
//! `docs/quality.md` counts, rounded; there it says how often the line is right on other pages.

use std::ops::{Range, RangeInclusive};

use rustc_hash::{FxHashMap, FxHashSet};

use super::byline;
use super::date::{self, NumericOrder};
use super::date_line;
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

/// The lines before and after one in which it stands again.
const LINES_TO_TWIN: Range<isize> = -2..3;

/// Lines of so many words and fewer are entries of menus rather than headlines.
const MENU_WORDS: usize = 3;

/// The words of lines that may well be headlines.
const USUAL_WORDS: RangeInclusive<usize> = 4..=22;

/// A lead may stand so many lines above the rest of its text, with buttons and captions between.
const LINES_TO_LEAD: usize = 200;

/// The lines above a lead among which its headline is looked for: a byline and a date may lie between.
const LINES_ABOVE_LEAD: usize = 6;

/// So many sentences may stand above the headline: what a teaser, a notice or a caption says.
const SENTENCES_ABOVE: usize = 2;

/// The lines above a sentence of the text among which such a headline is looked for.
const LINES_ABOVE_SENTENCE: usize = 3;

/// The headline of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its line.
    pub line: usize,
    /// The first line of prose below it.
    pub prose: usize,
    /// The sentences right above it that the text takes up: a lead.
    pub lead_above: Vec<usize>,
}

/// Returns the line that is most like the headline of the text in the lines `text` of a page: above it,
/// above prose that is so near that it may be its lead, or below the first sentences, which may be those
/// of a teaser; `None` where no line can be one.
pub fn find(lines: &[&str], classes: &[LineClass], text: &Range<usize>) -> Option<Headline> {
    let is_prose = |at: &usize| classes[*at] == LineClass::Prose;
    let prose = text.clone().find(is_prose)?;
    let leads = (text.start.saturating_sub(LINES_TO_LEAD)..text.start).filter(is_prose);
    let leads: Vec<usize> = leads.collect();
    let later: Vec<usize> = (prose + 1..text.end).filter(is_prose).take(SENTENCES_ABOVE).collect();
    let lead = leads.first().copied().unwrap_or(prose);
    let last = later.last().copied().unwrap_or(prose);
    let page = Page::of(lines, classes, lead, prose, last, text.end);
    let of_text = page.scored(prose.saturating_sub(LINES_ABOVE)..prose + 1, prose);
    let of_leads = leads
        .iter()
        .flat_map(|lead| page.scored(lead.saturating_sub(LINES_ABOVE_LEAD)..lead + 1, *lead));
    let in_text = later.iter().flat_map(|later| {
        page.scored(later.saturating_sub(LINES_ABOVE_SENTENCE).max(prose + 1)..*later, *later)
    });
    // Of lines that are as good the last: a title may stand above the menu, too.
    let best = of_text
        .chain(of_leads)
        .chain(in_text)
        .max_by(|one, two| one.score.total_cmp(&two.score).then(one.line.cmp(&two.line)))?;
    let lead_above = page.lead_above(best.line, best.prose);
    Some(Headline { line: best.line, prose: best.prose, lead_above })
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
    /// The words of each line from the first on, each by its number.
    words: Vec<Vec<u32>>,
    /// The distinct words of each of these lines that are long enough to say what it is about.
    telling: Vec<Vec<u32>>,
    /// How many words each of these lines has.
    counts: Vec<usize>,
    /// Whether each of these lines holds a day or a time of day.
    dated: Vec<bool>,
    /// Whether each of these lines opens like a credit.
    credited: Vec<bool>,
    /// The lines that use each word as a telling one, in order.
    used: Vec<Vec<usize>>,
    /// How much each of these lines is like a headline whatever the text says; empty until it is weighed.
    likeness: Vec<f32>,
}

impl<'page> Page<'page> {
    /// Returns the lines above the text that begins with the line `prose` and ends at `end`, and above
    /// `lead`, the first that its lead may be, down to the line `last`.
    fn of(
        lines: &'page [&'page str],
        classes: &'page [LineClass],
        lead: usize,
        prose: usize,
        last: usize,
        end: usize,
    ) -> Self {
        let first = prose.saturating_sub(LINES_ABOVE).min(lead.saturating_sub(LINES_ABOVE_LEAD));
        let around = &lines[first..end.min(last + 1 + AROUND)];
        let mut page = Self {
            dated: around.iter().map(|line| is_dated(line)).collect(),
            credited: around.iter().map(|line| is_credit(line)).collect(),
            lines,
            classes,
            first,
            words: Vec::new(),
            telling: Vec::new(),
            used: Vec::new(),
            counts: Vec::new(),
            likeness: Vec::new(),
        };
        page.read_words(end);
        // Each lead asks the lines above it again.
        page.likeness = (first..=last).map(|at| page.likeness(at)).collect();
        page
    }

    /// Numbers the words of the lines up to `end`, and notes which of them use the telling ones.
    fn read_words(&mut self, end: usize) {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for at in self.first..end {
            let words = words_of(self.lines[at]);
            self.counts.push(count_of(&words));
            let mut telling = Vec::new();
            let mut line = Vec::with_capacity(words.len());
            for word in words {
                let is_telling = is_telling(&word);
                let next = numbers.len() as u32;
                let number = *numbers.entry(word).or_insert(next);
                line.push(number);
                if is_telling {
                    telling.push(number);
                }
            }
            telling.sort_unstable();
            telling.dedup();
            self.used.resize_with(numbers.len(), Vec::new);
            for number in &telling {
                self.used[*number as usize].push(at);
            }
            self.words.push(line);
            self.telling.push(telling);
        }
    }

    /// Returns the lines among `candidates` that may be the headline of the text that begins with the
    /// line `prose`.
    fn scored(&self, candidates: Range<usize>, prose: usize) -> impl Iterator<Item = Scored> {
        let candidates = candidates.start.max(self.first)..candidates.end;
        let candidates = candidates.filter(|line| self.can_be_headline(*line));
        candidates.map(move |line| Scored { score: self.score(line, prose), line, prose })
    }

    fn words(&self, at: usize) -> usize {
        self.counts[at - self.first]
    }

    fn can_be_headline(&self, at: usize) -> bool {
        matches!(self.classes[at], LineClass::Prose | LineClass::Short)
            && self.lines[at].len() <= LONGEST
            && self.words(at) > 0
            && !(self.is_around(at)
                && self.dated[at - self.first]
                && date_line::is_one(self.lines[at]))
    }

    /// Returns how much a line is like the headline of the text that begins with the line `prose`.
    fn score(&self, at: usize, prose: usize) -> f32 {
        self.likeness[at - self.first] + sum(&self.weighed_before(at, prose)) + self.loss(at, prose)
    }

    /// Returns how much it speaks against a headline in the line `at`, as a number below zero, that the
    /// sentences right above it would be none of the text that begins with the line `prose`.
    fn loss(&self, at: usize, prose: usize) -> f32 {
        let count: usize = self.sentences_above(at).map(|at| self.words(at)).sum();
        let words = self.sentences_above(at).flat_map(|at| self.telling(at));
        let recurring = words.filter(|word| self.recurs(**word, prose));
        let recurring = recurring.collect::<FxHashSet<_>>().len();
        sum(&[
            (-0.9, (count as f32 / MANY_WORDS).min(1.0)),
            (-1.8, (recurring as f32 / MANY_RECURRING).min(1.0)),
        ])
    }

    /// Returns the sentences right above the headline in the line `at` of which the text that begins with
    /// the line `prose` says half the words again.
    fn lead_above(&self, at: usize, prose: usize) -> Vec<usize> {
        let is_taken_up = |line: &usize| {
            let words = self.telling(*line);
            let recurring = words.iter().filter(|word| self.recurs(**word, prose)).count();
            recurring >= WORDS_OF_LEAD && 2 * recurring >= words.len()
        };
        self.sentences_above(at).filter(is_taken_up).collect()
    }

    /// Returns the sentences right above the line `at`.
    fn sentences_above(&self, at: usize) -> impl Iterator<Item = usize> {
        let above = at.saturating_sub(LINES_LOST).max(self.first)..at;
        above.filter(|at| self.classes[*at] == LineClass::Prose)
    }

    /// Tells whether a word is used from the line `prose` on.
    fn recurs(&self, word: u32, prose: usize) -> bool {
        self.used[word as usize].last().is_some_and(|line| *line >= prose)
    }

    fn telling(&self, at: usize) -> &[u32] {
        &self.telling[at - self.first]
    }

    /// Returns how much a line that can be a headline is like one by itself and by what stands around it.
    fn likeness(&self, at: usize) -> f32 {
        if !self.can_be_headline(at) {
            return 0.0;
        }
        sum(&self.weighed(at))
    }

    /// Returns what a line is like, each value of 0 to 1 with its weight.
    fn weighed(&self, at: usize) -> [(f32, f32); 25] {
        let line = self.lines[at];
        let count = self.words(at);
        let before = at.saturating_sub(AROUND).max(self.first)..at;
        let after = at + 1..(at + 1 + AROUND).min(self.first + self.dated.len());
        let short =
            |range: &Range<usize>| range.clone().filter(|at| self.words(*at) <= MENU_WORDS).count();
        let is_dated = |at: usize| self.is_around(at) && self.dated[at - self.first];
        let is_credit = |at: usize| self.is_around(at) && self.credited[at - self.first];
        let is_dated_above = at > 0 && is_dated(at - 1);
        let is_alone = at > 0
            && self.is_like_headline(at)
            && !self.is_like_headline(at - 1)
            && !is_dated_above
            && (at == self.first || self.words(at - 1) <= 5);
        let is_long = |at: &usize| self.words(*at) >= 5;
        [
            (1.2, flag((4..=6).contains(&count))),
            (1.5, flag((7..=15).contains(&count))),
            (-1.5, flag(count > 25)),
            (-2.2, flag(ends_sentence(line))),
            (-1.5, flag(line.ends_with([':', '：']))),
            (0.8, flag(line.contains(": "))),
            (-1.0, flag(line.starts_with(char::is_lowercase))),
            (-0.7, flag(line.contains(['|', '»', '›', '•', '→']))),
            (-2.4, flag(is_picture_credit(line))),
            (-1.1, flag(self.classes[at] == LineClass::Prose)),
            (0.6, share(short(&before), AROUND)),
            (-1.1, share(short(&after), AROUND)),
            (-1.0, share(before.clone().filter(is_long).count(), AROUND)),
            (-1.2, flag(is_dated(at))),
            (2.3, flag(is_dated_above)),
            (1.9, flag(is_dated(at + 1))),
            (-2.3, flag(is_dated_above && is_dated(at + 1))),
            (0.8, flag(is_dated(at + 2))),
            (1.6, flag(after.clone().any(is_dated))),
            (0.7, flag(is_credit(at + 1))),
            (1.2, flag(after.clone().any(is_credit))),
            (1.2, flag(after.start < after.end && self.words(after.start) >= 10)),
            (2.0, flag(count >= MENU_WORDS && self.is_part_of_other(at))),
            (1.7, flag(count >= MENU_WORDS && self.is_repeated(at))),
            (0.4, flag(is_alone)),
        ]
    }

    /// Returns what a line is like as the headline of the text that begins with the line `prose`, each
    /// value of 0 to 1 with its weight.
    fn weighed_before(&self, at: usize, prose: usize) -> [(f32, f32); 5] {
        let between = at + 1..prose;
        let litter = between.clone().filter(|at| self.classes[*at].is_litter()).count();
        let fit = self.fit(at, prose);
        [
            (0.4, flag(between.clone().next().is_some_and(|at| self.is_like_headline(at)))),
            (-0.7, litter.min(8) as f32 / 8.0),
            (1.8, fit.in_first_lines),
            (2.2, fit.of_lines),
            (1.4, fit.of_rare_words),
        ]
    }

    /// Tells whether what stands around a line was looked at.
    fn is_around(&self, at: usize) -> bool {
        at >= self.first && at < self.first + self.dated.len()
    }

    /// Tells whether a line could well be a headline whatever stands around it.
    fn is_like_headline(&self, at: usize) -> bool {
        let line = self.lines[at];
        self.is_around(at)
            && self.can_be_headline(at)
            && USUAL_WORDS.contains(&self.words(at))
            && !self.dated[at - self.first]
            && !self.credited[at - self.first]
            && !ends_sentence(line)
            && !line.ends_with(':')
            && !is_picture_credit(line)
    }

    /// Returns how much of a line the text says again that begins with the line `prose`.
    fn fit(&self, at: usize, prose: usize) -> Fit {
        // The line may be the first of the text itself.
        let text = if at == prose { prose + 1 } else { prose };
        let telling = self.telling(at);
        let mut fit = Fit::default();
        for lines in telling.iter().map(|word| &self.used[*word as usize]) {
            let (above, below) = lines.split_at(lines.partition_point(|line| *line < text));
            fit.of_lines += below.len().min(MOST_LINES) as f32 / MOST_LINES as f32;
            if !below.is_empty() && above.len() <= FEW_LINES {
                fit.of_rare_words += 1.0;
            }
            if below.first().is_some_and(|line| *line < prose + FIRST_LINES) {
                fit.in_first_lines += 1.0;
            }
        }
        fit.in_first_lines /= telling.len().max(1) as f32;
        fit.of_lines = (fit.of_lines / MOST_WORDS).min(1.0);
        fit.of_rare_words = (fit.of_rare_words / MOST_WORDS).min(1.0);
        fit
    }

    /// Tells whether the same line stands right by: pages set their headline twice, for wide screens and
    /// for narrow ones.
    fn is_repeated(&self, at: usize) -> bool {
        let line = &self.words[at - self.first];
        self.near(at, LINES_TO_TWIN).any(|other| other == line)
    }

    /// Tells whether a longer line holds the line: the path to the page, "Home » News » Talks go on", or
    /// the name of the page and the site.
    fn is_part_of_other(&self, at: usize) -> bool {
        let line = &self.words[at - self.first];
        let used = self.telling(at).iter().map(|word| &self.used[*word as usize]);
        let rarest = used.min_by_key(|lines| lines.len());
        rarest.into_iter().flatten().any(|other| {
            let other = &self.words[other - self.first];
            other.len() > line.len() && other.windows(line.len()).any(|part| part == line)
        })
    }

    /// Returns the words of the other lines that are so many `steps` from one.
    fn near(&self, at: usize, steps: Range<isize>) -> impl Iterator<Item = &Vec<u32>> {
        let others = steps.filter(|step| *step != 0);
        let others = others.filter_map(move |step| at.checked_add_signed(step));
        others.filter_map(|other| self.words.get(other.checked_sub(self.first)?))
    }
}

/// How much of a line a text says again, each value of 0 to 1.
#[derive(Default)]
struct Fit {
    /// The share of the telling words that recur in the first lines.
    in_first_lines: f32,
    /// The lines that each telling word recurs in, of [`MOST_LINES`], summed, of [`MOST_WORDS`].
    of_lines: f32,
    /// The telling words that recur and stand in few lines above the text, of [`MOST_WORDS`].
    of_rare_words: f32,
}

/// A word that recurs in more lines counts no more.
const MOST_LINES: usize = 5;

/// More words that recur count no more.
const MOST_WORDS: f32 = 4.0;

/// The lines above a text that a word of its headline stands in, the headline and the path to it.
const FEW_LINES: usize = 2;

/// The lines above a headline whose sentences would be lost.
const LINES_LOST: usize = 12;

/// The telling words of a lead above the headline that the text must say again.
const WORDS_OF_LEAD: usize = 4;

/// Sentences of more words speak no more against a headline below them.
const MANY_WORDS: f32 = 60.0;

/// Sentences of which the text says more words again speak no more against it.
const MANY_RECURRING: f32 = 10.0;

/// Returns the sum of values, each with its weight.
fn sum(weighed: &[(f32, f32)]) -> f32 {
    weighed.iter().map(|(weight, value)| weight * value).sum()
}

fn share(part: usize, all: usize) -> f32 {
    part as f32 / all.max(1) as f32
}

fn flag(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// Tells whether a line ends with the stop of a sentence, inside quotes or not.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '“', '»', '\'', ')']).ends_with('.')
}

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

/// Tells whether a word is long enough to say what a line is about.
fn is_telling(word: &str) -> bool {
    let shortest = if word.starts_with(is_ideogram) { 2 } else { SHORTEST_TELLING_WORD };
    word.chars().nth(shortest - 1).is_some()
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
    ["foto", "photo", "©", "getty", "bild:", "image", "quelle", "credit:", "credits:"]
        .iter()
        .any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::{line_class, page_lines};

    fn found(lines: &[&str]) -> Option<Headline> {
        let classes = line_class::classify_all(lines);
        let text = page_lines::article_range(lines, &classes);
        find(lines, &classes, &text)
    }

    fn headline<'page>(lines: &[&'page str]) -> Option<&'page str> {
        found(lines).map(|found| lines[found.line])
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
    fn a_teaser_may_stand_above_the_headline() {
        let teaser =
            "Would you like to get our news by mail? Then leave us your address below, please.";
        let header = ["Ferry to the islands sails again", "3 March 2020, 10:15", "By Jane Doe"];
        let all = [&["Home", "News", teaser, "Send"], &header[..], &TEXT].concat();
        assert_eq!(headline(&all), Some(header[0]));
        assert_eq!(found(&all).unwrap().lead_above, Vec::<usize>::new());
    }

    #[test]
    fn a_lead_above_the_headline_is_told_by_what_the_text_says_again() {
        let lead =
            "After three weeks the ferry sails to the islands again, where the salt had run out.";
        let header = ["3 March 2020", "Ferry to the islands sails again", "By Jane Doe"];
        let all = [&["Home", "News", lead], &header[..], &TEXT].concat();
        let found = found(&all).unwrap();
        assert_eq!((all[found.line], found.lead_above), (header[1], vec![2]));
    }

    #[test]
    fn a_page_without_prose_has_none() {
        assert_eq!(headline(&["Home", "News"]), None);
        assert_eq!(headline(&[]), None);
    }
}
