//! Which lines of a scraped page are the article, and which are the page around it.
//!
//! A scraper that keeps a whole page leaves menus, share bars, comment forms and teasers as lines
//! among those of the article. Each line is scored by what it is; the article is the stretch of lines
//! with the highest sum. Lines of furniture inside it go too. A text that is an article alone is left
//! whole: the ends are cut only where furniture is recognised there.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::line_class::{self, LineClass, automaton, word_estimate};
use super::line_table::{LONGEST_LINE, LineTable};
use super::page_phrases::{FORMAL_READER, PAGE_AND_READER, PAGE_MATTERS};

/// Tells of each line whether it is litter that its outlet repeats; those that `states_field` of the
/// article are not, since a byline or a date stands in many files too.
///
/// A text half of whose prose below its first line is repeated is taken for a copied story, or for one
/// of many that are worded alike, and left as it is: to lose an article is worse than to keep litter.
pub fn repeated_litter(
    lines: &[&str],
    classes: &[LineClass],
    table: &LineTable,
    states_field: impl Fn(&str) -> bool,
) -> Vec<bool> {
    let mut is_repeated: Vec<bool> =
        lines.iter().map(|line| table.is_repeated(line) && !states_field(line)).collect();
    let (mut all, mut repeated) = (0, 0);
    for ((line, class), is_repeated) in lines.iter().zip(classes).zip(&is_repeated).skip(1) {
        if *class == LineClass::Prose {
            all += line.len();
            repeated += if *is_repeated { line.len() } else { 0 };
        }
    }
    let is_copy = repeated * 2 >= all;
    for (line, is_repeated) in lines.iter().zip(&mut is_repeated) {
        *is_repeated &= !is_copy && line.len() <= LONGEST_LINE;
    }
    is_repeated
}

/// Returns the lines that are the article: the stretch that reads most like prose.
///
/// Furniture inside the stretch is still in it; `classes` tells it.
pub fn article_range(lines: &[&str], classes: &[LineClass]) -> Range<usize> {
    let is_furniture = |class: &LineClass| class.is_litter();
    let Some(best) = best_run(lines, classes) else { return 0..lines.len() };
    // Short lines at the ends belong to a text without furniture: its headline, its last words.
    let before = &classes[..best.start];
    let start = match before.iter().rposition(is_furniture) {
        Some(last) => last + 1,
        None => 0,
    };
    let best = best.start..end_of_text(lines, classes, best.end);
    let after = &classes[best.end..];
    let end = best.end + after.iter().position(is_furniture).unwrap_or(after.len());
    let start = if best.start - start <= MOST_SHORT_LINES { start } else { best.start };
    // Without furniture, and with no menu above it, a text ends with its tables and lists.
    let is_alone = start == 0 && end == lines.len();
    let below = &lines[best.end..end];
    let is_of_text = below.len() <= MOST_SHORT_LINES && !is_menu(below);
    let end = if is_alone || is_of_text { end } else { best.end };
    start..end
}

/// Tells whether lines are the entries of a menu: several, most of them of few words.
fn is_menu(lines: &[&str]) -> bool {
    const LEAST_ENTRIES: usize = 5;
    let entries = lines.iter().filter(|line| word_estimate(line) < SHORTEST_ITEM - 1).count();
    lines.len() >= LEAST_ENTRIES && entries * 5 >= lines.len() * 4
}

/// Returns where a text ends that goes on behind `end` in what outweighs no gap: in lists and single
/// sentences, and in whole paragraphs behind a box.
fn end_of_text(lines: &[&str], classes: &[LineClass], end: usize) -> usize {
    let mut end = end_of_lists(lines, classes, end);
    while let Some(paragraph) = paragraph_behind_box(lines, classes, end) {
        end = end_of_lists(lines, classes, paragraph + 1);
    }
    end
}

/// Returns the paragraph soon below `end` that is too long for a teaser.
fn paragraph_behind_box(lines: &[&str], classes: &[LineClass], end: usize) -> Option<usize> {
    let ends_page = |at: &usize| matches!(classes[*at], LineClass::Comments | LineClass::LastLine);
    let is_paragraph = |at: &usize| {
        classes[*at] == LineClass::Prose
            && word_estimate(lines[*at]) >= LEAST_PARAGRAPH
            && !is_teaser(lines, classes, *at)
            && !speaks_of_page(lines[*at])
    };
    let below = end..lines.len().min(end + MOST_BOX_LINES + 1);
    below.take_while(|at| !ends_page(at)).find(is_paragraph)
}

/// The least words of a paragraph behind a box: author boxes and pitches have fewer.
const LEAST_PARAGRAPH: usize = 45;

/// The most lines of a box between the last paragraphs of a text.
const MOST_BOX_LINES: usize = 5;

/// Returns how far sentences follow `end` with no more than a heading and longer lines between.
fn end_of_lists(lines: &[&str], classes: &[LineClass], end: usize) -> usize {
    let end = end + announced_items(lines, classes, end);
    let (mut last, mut headings) = (end, 0);
    for (at, line) in lines.iter().enumerate().skip(end) {
        match classes[at] {
            LineClass::Prose if !speaks_of_page(line) => (last, headings) = (at + 1, 0),
            LineClass::Short if line_class::is_signed_sentence(line) => last = at + 1,
            LineClass::Short | LineClass::Aside if word_estimate(line) >= SHORTEST_ITEM => {}
            LineClass::Short | LineClass::Aside if headings == 0 => headings = 1,
            _ => break,
        }
    }
    last
}

/// Returns how many lines follow `end` of a list that a line with a colon announces: the last of the text
/// or the first behind it.
fn announced_items(lines: &[&str], classes: &[LineClass], end: usize) -> usize {
    let announces = |at: usize| lines[at].trim_end().ends_with([':', '：']);
    let is_announced = end > 0 && announces(end - 1)
        || end < lines.len() && classes[end] == LineClass::Short && announces(end);
    if !is_announced {
        return 0;
    }
    let is_item = |at: &usize| {
        classes[*at] == LineClass::Short
            && (announces(*at) || word_estimate(lines[*at]) >= SHORTEST_ANNOUNCED)
    };
    // Few words that announce nothing are a button: "Share this page:".
    let is_text = |at: &usize| !announces(*at) || word_estimate(lines[*at]) >= SHORTEST_ITEM;
    let items = (end..lines.len()).take_while(is_item);
    items.filter(is_text).last().map_or(0, |last| last + 1 - end)
}

/// The least words of an item that a sentence announces.
const SHORTEST_ANNOUNCED: usize = 3;

/// The least words of an item of a list that goes on a text.
const SHORTEST_ITEM: usize = 5;

/// The most lines at an end that are kept although they are not prose.
const MOST_SHORT_LINES: usize = 12;

/// Returns the stretch of lines with the highest sum of scores; `None` where no line is prose.
fn best_run(lines: &[&str], classes: &[LineClass]) -> Option<Range<usize>> {
    let mut best: Option<(f32, Range<usize>)> = None;
    let (mut sum, mut start, mut gap) = (0.0_f32, 0, 0.0_f32);
    let mut in_context = InContext::of(lines, classes);
    for (at, line) in lines.iter().enumerate() {
        // What readers say may be longer than what they say it of. A form for it is at the end of an article
        // however much stands between.
        let is_below_article = sum >= LEAST_ARTICLE;
        let ends_page = match classes[at] {
            LineClass::Comments => {
                is_below_article
                    || best.as_ref().is_some_and(|(most, _)| *most >= LEAST_ARTICLE)
                        && line_class::is_comment_form(line)
            }
            // What follows the last line of a page is hidden until someone asks for it.
            LineClass::LastLine => is_below_article,
            _ => false,
        };
        if ends_page {
            break;
        }
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        let class = in_context.class(at, is_below_article);
        let (own, before) = (score(line, class), gap);
        if class == LineClass::Prose {
            gap = 0.0;
            sum += own;
        } else {
            // A share bar of twenty lines parts the lead from the rest no more than one of ten.
            gap = (gap + own).max(WIDEST_GAP);
            sum += gap - before;
        }
        if sum > 0.0 && best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, start..at + 1));
        }
    }
    best.map(|(_, run)| run)
}

/// What the lines of a page are after what stands above each.
struct InContext<'page> {
    lines: &'page [&'page str],
    classes: &'page [LineClass],
    /// A text without furniture is no page that could have sentences of its own.
    is_page: bool,
    /// Whether a heading of teasers stands above, and no text since.
    is_among_teasers: bool,
}

impl<'page> InContext<'page> {
    fn of(lines: &'page [&'page str], classes: &'page [LineClass]) -> Self {
        Self { lines, classes, is_page: line_class::has_litter(classes), is_among_teasers: false }
    }

    /// Returns the class of line `at`, of which those above it were asked before: sentences that are of
    /// the page, or teasers below an article, are none of a text.
    fn class(&mut self, at: usize, is_below_article: bool) -> LineClass {
        let (lines, classes) = (self.lines, self.classes);
        let class = match classes[at] {
            LineClass::Prose if self.is_page && speaks_of_page(lines[at]) => LineClass::Furniture,
            _ if self.is_among_teasers && is_teaser(lines, classes, at) => LineClass::Short,
            class => class,
        };
        match class {
            LineClass::EndMatter if is_below_article => {
                self.is_among_teasers = heads_teasers(lines, classes, at);
            }
            LineClass::Prose => self.is_among_teasers = false,
            _ => {}
        }
        class
    }
}

/// Tells whether several teasers follow the heading in line `at` and not one paragraph of the text, which
/// goes on behind a box.
fn heads_teasers(lines: &[&str], classes: &[LineClass], at: usize) -> bool {
    const LEAST_TEASERS: usize = 2;
    let ends = |class: &LineClass| matches!(class, LineClass::EndMatter | LineClass::Comments);
    let below = classes[at + 1..].iter().take_while(|class| !ends(class)).count();
    let teasers = (at + 1..=at + below).filter(|at| is_teaser(lines, classes, *at));
    teasers.take(LEAST_TEASERS).count() == LEAST_TEASERS
}

/// Tells whether line `at` is sentences that can be those of a teaser: a title stands above them, nothing
/// goes on below, and they are few.
fn is_teaser(lines: &[&str], classes: &[LineClass], at: usize) -> bool {
    let is_prose = |at: usize| classes.get(at) == Some(&LineClass::Prose);
    let has_title = at > 0 && classes[at - 1] == LineClass::Short;
    is_prose(at) && has_title && !is_prose(at + 1) && word_estimate(lines[at]) <= LONGEST_TEASER
}

/// The longest teaser, in words.
const LONGEST_TEASER: usize = 60;

/// At least one in so many words of a notice is of the page.
const WORDS_A_MATTER: usize = 40;

/// The longest notice, in bytes.
const LONGEST_NOTICE: usize = 900;

/// Tells whether sentences are of the page and to its reader, such as those about cookies and accounts,
/// so that an article is not looked for among them.
fn speaks_of_page(line: &str) -> bool {
    static MATTERS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(PAGE_MATTERS));
    if line.len() > LONGEST_NOTICE {
        return false;
    }
    let lower = line.to_lowercase();
    let begins_word = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let matters = MATTERS.find_iter(&lower).filter(|found| begins_word(found.start())).count();
    let says = |text: &str, words: &[&str]| {
        text.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&word))
    };
    matters * WORDS_A_MATTER >= word_estimate(line).max(1)
        && (says(&lower, PAGE_AND_READER) || says(line, FORMAL_READER))
}

/// What lines between two of prose take off at the most.
const WIDEST_GAP: f32 = -8.0;

/// The least score of a stretch that comments follow which is taken for the article: of three or four
/// paragraphs. Teasers with the number of their comments have less.
const LEAST_ARTICLE: f32 = 6.0;

fn score(line: &str, class: LineClass) -> f32 {
    match class {
        LineClass::Prose => 1.0 + word_estimate(line).min(60) as f32 / 20.0,
        LineClass::Short | LineClass::Aside => -0.6,
        LineClass::Furniture | LineClass::LastLine => -1.6,
        LineClass::EndMatter | LineClass::Comments => -6.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::extract::line_class::classify_all;

    const SENTENCE: &str =
        "The ministers met in Geneva on Monday, and their talks went on until the night.";

    #[test]
    fn sentences_of_the_page_are_not_the_article() {
        let notice = "We use cookies so that this website works as you expect it, and if you agree \
            our partners set cookies as well. You can change what you have chosen at any time.";
        let story = "The browser will refuse the cookies of others from March on, the maker said, and \
            it was not the first to do so.";
        assert!(speaks_of_page(notice));
        assert!(!speaks_of_page(story));
        let others =
            "Viele Spenden kommen später an, weil ihre Zahl wächst und sie geprüft werden.";
        assert!(!speaks_of_page(others));
        assert!(speaks_of_page("Mit Ihrer Spende helfen Sie der Redaktion in diesem Jahr."));
        assert!(speaks_of_page(
            "A você que lê nosso conteúdo agradecemos como a todos os leitores."
        ));
        assert!(!speaks_of_page("Os leitores do jornal viram o porto fechado, disse o ministro."));
        let lines = [notice, notice, "World", "Leave a reply", "A headline", story];
        let classes = classify_all(&lines);
        assert_eq!(best_run(&lines, &classes), Some(5..6));
    }

    #[test]
    fn a_text_goes_on_behind_a_list() {
        let item = "the one for the best set design went to the Olivier";
        let list = [item; 20];
        let end = ["A heading", "The last prize was not given.", "Home", "News", "Leave a reply"];
        let text =
            ["The prizes were given on Sunday, and everybody came who had a hope of one."; 3];
        let lines = [&text[..], &list, &end].concat();
        assert_eq!(article_range(&lines, &classify_all(&lines)), 0..27);
    }

    #[test]
    fn a_text_goes_on_with_the_list_that_its_last_line_announces() {
        let text = [SENTENCE; 4];
        let ports = ["North Harbour, pier two", "The Salt Pans jetty", "Old Town quay"].repeat(3);
        let end = |announcement: &str, items: &[&str]| {
            let lines = [&text[..], &[announcement], items, &["Share", "Home", "News"]].concat();
            article_range(&lines, &classify_all(&lines)).end
        };
        assert_eq!(end("The ferry will call at:", &ports), 14);
        assert_eq!(end("Where the ferry calls now:", &ports[..2]), 7);
        // What announces nothing is a button.
        let buttons = ["Piers:", "Quays:", "Ports:", "Docks:", "Ferries:", "Islands:"];
        assert_eq!(end("Harbours:", &buttons), 4);
    }

    #[test]
    fn teasers_below_their_heading_are_not_the_text() {
        let text = [SENTENCE; 4];
        let teaser = "The harbour was closed when the storm came, and nobody knows for how long.";
        let teasers = ["Related posts", "Harbour", teaser, "Bridge", teaser, "Road", teaser];
        let page = [&text[..], &teasers].concat();
        assert_eq!(best_run(&page, &classify_all(&page)), Some(0..4));
        let in_text = [&text[..], &["Related posts", "Harbour"], &text].concat();
        assert_eq!(best_run(&in_text, &classify_all(&in_text)), Some(0..10));
    }

    #[test]
    fn a_text_goes_on_behind_a_box() {
        let text = [SENTENCE; 4];
        let paragraph = [SENTENCE; 5].join(" ");
        let end = |line: &str| {
            let lines = [&text[..], &["Related", "Storm", "Bridge", line], &["Share"]].concat();
            article_range(&lines, &classify_all(&lines)).end
        };
        assert_eq!(end(&paragraph), 8);
        assert_eq!(end(SENTENCE), 4);
        let signed = [&text[..], &["They will go on in May. (dpa) +++", "World", "Sport", "Share"]];
        let lines = signed.concat();
        assert_eq!(end_of_lists(&lines, &classify_all(&lines), 4), 5);
    }

    #[test]
    fn a_form_for_comments_ends_an_article_far_above() {
        let text = [SENTENCE; 4];
        let bar = ["Share this", "Harbour", "Related", "Bridge", "Storm", "Read more"];
        let end = |line: &str| {
            let page = [&text[..], &bar, &[line], &text, &text].concat();
            best_run(&page, &classify_all(&page)).map(|run| run.end)
        };
        assert_eq!(end("Notify me of new comments by email."), Some(4));
        assert_eq!(end("Comments (35)"), Some(19));
    }

    #[test]
    fn nothing_follows_the_line_that_reserves_the_rights() {
        let text = [SENTENCE; 4];
        for rights in ["Copyright 2020 Crier. All Rights Reserved.", "Tous droits réservés"] {
            let page = [&text[..], &[rights], &text].concat();
            assert_eq!(best_run(&page, &classify_all(&page)), Some(0..4));
        }
        let on_rights = "They spoke of music that is sold with all rights reserved to its label.";
        let story = [&text[..], &[on_rights], &text].concat();
        assert_eq!(best_run(&story, &classify_all(&story)), Some(0..9));
    }

    #[test]
    fn a_menu_below_a_text_is_none_of_its_lists() {
        let text = [SENTENCE; 3];
        let end = |entries: &[&str]| {
            let lines = [&text[..], entries, &["Leave a reply"]].concat();
            article_range(&lines, &classify_all(&lines)).end
        };
        assert_eq!(end(&["Home", "World", "Sport", "Letters", "Weather"]), 3);
        assert_eq!(
            end(&["The best set design:", "the Olivier in London", "the Odeon in Paris"]),
            6
        );
    }

    #[test]
    fn an_article_alone_is_left_whole() {
        let lines = [
            "A headline",
            "The first paragraph says what it is about.",
            "A heading",
            "The last one ends here.",
            "Words",
        ];
        let range = |lines: &[&str]| article_range(lines, &classify_all(lines));
        assert_eq!(range(&lines), 0..5);
        let table: Vec<String> = (0..40).map(|seed| format!("{seed} Jane Doe")).collect();
        let with_table: Vec<&str> =
            lines.into_iter().chain(table.iter().map(String::as_str)).collect();
        assert_eq!(range(&with_table), 0..45);
        let page = [&with_table[..], &["Leave a reply"]].concat();
        assert_eq!(range(&page), 0..4);
        assert_eq!(range(&["Words"]), 0..1);
        assert_eq!(range(&[]), 0..0);
    }
}
