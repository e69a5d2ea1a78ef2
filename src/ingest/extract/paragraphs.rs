//! Paragraphs of plain text, however they were put on lines.
//!
//! Scraped text comes with a paragraph on every line, hard-wrapped with blank lines or indents
//! between paragraphs, or with the blank lines lost and only wider gaps left where they stood. What
//! the text shows is used; where it shows nothing, nothing is guessed and the text stays whole.

use std::borrow::Cow;

use super::script::is_unspaced;
use super::wrap::{CLOSERS, Line, Wrap, double_spaces};

/// Returns the paragraphs of `text`; those that were wrapped have their lines joined by one space.
///
/// White space inside a line is left as it is.
pub fn split(text: &str) -> Vec<Cow<'_, str>> {
    let blocks = blocks(text);
    let layout = Layout::of(&blocks);
    let mut found = Vec::new();
    for block in &blocks {
        match layout.wrap {
            Some(wrap) if block.len() > 1 => join_wrapped(block, wrap, layout.gaps, &mut found),
            _ => {
                for line in block {
                    split_at_gaps(line.text, layout.gaps, &mut found);
                }
            }
        }
    }
    found
}

/// Returns the lines between blank lines.
fn blocks(text: &str) -> Vec<Vec<Line<'_>>> {
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    for raw in text.split(['\n', '\r', '\u{c}', '\u{b}', '\u{2028}', '\u{2029}']) {
        let line = Line::of(raw);
        if !line.text.is_empty() {
            block.push(line);
        } else if !block.is_empty() {
            blocks.push(std::mem::take(&mut block));
        }
    }
    if !block.is_empty() {
        blocks.push(block);
    }
    blocks
}

/// How a text was put on lines.
struct Layout {
    wrap: Option<Wrap>,
    gaps: Gaps,
}

/// What two spaces after a sentence mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gaps {
    /// The habit of a typist.
    Sentence,
    /// A paragraph whose line break was lost.
    Paragraph,
}

impl Layout {
    fn of(blocks: &[Vec<Line>]) -> Self {
        let wrap = Wrap::of(blocks);
        Self { wrap, gaps: gaps(blocks, wrap.map(Wrap::width)) }
    }
}

/// Tells what two spaces mean: a lost break where they are rarer than single spaces between
/// sentences, or where they stand in lines wider than the text was wrapped at.
fn gaps(blocks: &[Vec<Line>], wrap: Option<usize>) -> Gaps {
    let (mut single, mut double, mut gap_lines, mut overlong) =
        (0_usize, 0_usize, 0_usize, 0_usize);
    for line in blocks.iter().flatten() {
        let gaps_here = double_spaces(line.text).filter(|at| is_gap(line.text, *at)).count();
        double += gaps_here;
        if gaps_here > 0 {
            gap_lines += 1;
            overlong += usize::from(wrap.is_some_and(|width| line.width > width));
        }
    }
    if double == 0 {
        return Gaps::Sentence;
    }
    for line in blocks.iter().flatten() {
        single += memchr::memchr_iter(b' ', line.text.as_bytes())
            .filter(|at| is_sentence_space(line.text, *at))
            .count();
    }
    if overlong * 3 >= gap_lines || double < single { Gaps::Paragraph } else { Gaps::Sentence }
}

/// Tells whether the single space at `at` stands between two sentences.
fn is_sentence_space(line: &str, at: usize) -> bool {
    let bytes = line.as_bytes();
    at > 0
        && matches!(bytes[at - 1], b'.' | b'?' | b'!' | b'"')
        && bytes.get(at + 1).is_some_and(|next| next.is_ascii_uppercase() || *next == b'"')
        && !ends_in_abbreviation(&line[..at])
}

/// Tells whether the run of spaces from `at` on stands between the end of a sentence and what can
/// begin one.
fn is_gap(line: &str, at: usize) -> bool {
    let before = &line[..at];
    if before.ends_with(' ') {
        return false;
    }
    let spaces = line.len() - at - line[at..].trim_start_matches(' ').len();
    let after = &line[at + spaces..];
    let starts = after.starts_with(|letter: char| {
        letter.is_uppercase() || letter.is_ascii_digit() || matches!(letter, '"' | '“' | '\'' | '«')
    });
    let ends = before.trim_end_matches(CLOSERS).ends_with(['.', '?', '!', '…']);
    // Wire copy sets off the headings, bylines and datelines between paragraphs by five spaces.
    let is_wide = spaces >= 5 || spaces >= 3 && before.ends_with(')');
    starts && (is_wide || ends && !ends_in_abbreviation(before))
}

/// Tells whether the stop at the end belongs to a title or initials: "U.S.", "Mr.", "Gen.".
fn ends_in_abbreviation(before: &str) -> bool {
    let Some(rest) = before.strip_suffix('.') else { return false };
    let word = rest.rsplit([' ', '(', '"', '/']).next().unwrap_or_default();
    let letters = word.chars().count();
    letters <= 1
        || word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Gen"
                | "Sen"
                | "Rep"
                | "Gov"
                | "St"
                | "Lt"
                | "Col"
                | "Prof"
                | "No"
                | "Sgt"
                | "Capt"
        )
}

/// Joins the lines of a block, starting a paragraph at indents, list marks and after short last
/// lines.
fn join_wrapped<'text>(
    block: &[Line<'text>],
    wrap: Wrap,
    gaps: Gaps,
    found: &mut Vec<Cow<'text, str>>,
) {
    let least_indent = block.iter().map(|line| line.indent).min().unwrap_or(0);
    let indented = block.iter().skip(1).filter(|line| line.indent > least_indent + 1).count();
    let indents_open = indented > 0 && indented * 2 <= block.len();
    let mut start = 0;
    for at in 1..=block.len() {
        let ends = at == block.len() || {
            let (line, next) = (&block[at - 1], &block[at]);
            let is_indented =
                indents_open && next.indent > least_indent + 1 && next.indent > line.indent;
            is_indented || is_list_item(next.text) || !wrap.joins(line, next)
        };
        if ends {
            push_joined(&block[start..at], gaps, found);
            start = at;
        }
    }
}

fn is_list_item(line: &str) -> bool {
    line.starts_with(['•', '▪', '●', '‣', '·', '*'])
        || line.starts_with("- ")
        || line.starts_with("– ")
}

fn push_joined<'text>(lines: &[Line<'text>], gaps: Gaps, found: &mut Vec<Cow<'text, str>>) {
    if let [line] = lines {
        return split_at_gaps(line.text, gaps, found);
    }
    let mut joined = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in lines {
        // A word divided by a hyphen keeps it: whether it belongs there cannot be seen.
        let is_parted = !is_divided(&joined, line.text) && !is_unspaced_at(&joined, line.text);
        if !joined.is_empty() && is_parted {
            joined.push(' ');
        }
        joined.push_str(line.text);
    }
    let mut parts = Vec::new();
    split_at_gaps(&joined, gaps, &mut parts);
    found.extend(parts.into_iter().map(|part| Cow::Owned(part.into_owned())));
}

/// Tells whether no space stands between two lines, in a script that sets no words apart.
fn is_unspaced_at(before: &str, after: &str) -> bool {
    before.ends_with(is_unspaced) && after.starts_with(is_unspaced)
}

fn is_divided(before: &str, after: &str) -> bool {
    let mut letters = before.chars().rev();
    letters.next() == Some('-')
        && letters.next().is_some_and(char::is_alphabetic)
        && after.chars().next().is_some_and(char::is_lowercase)
}

fn split_at_gaps<'text>(line: &'text str, gaps: Gaps, found: &mut Vec<Cow<'text, str>>) {
    let mut start = 0;
    for at in double_spaces(line) {
        if at < start || !is_gap(line, at) {
            continue;
        }
        let spaces = line.len() - at - line[at..].trim_start_matches(' ').len();
        if spaces == 2 && gaps == Gaps::Sentence {
            continue;
        }
        found.push(Cow::Borrowed(&line[start..at]));
        start = at + spaces;
    }
    if start < line.len() {
        found.push(Cow::Borrowed(&line[start..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_a_paragraph_unless_wrapped() {
        let text = "A headline of this kind\n\nThe first paragraph is long and says a lot about the talks.\nThe second says more.\nThe third";
        assert_eq!(split(text).len(), 4);
    }

    #[test]
    fn paragraphs_of_one_length_are_not_wrapped() {
        for text in [
            "Talks go on in Geneva\n\
             The ministers met twice on Sunday in the hall by the lake, where nobody was in a hurry.\n\
             They gave no details of what the answer would be, or who would bring it to the others.\n\
             The talks had begun in the winter, and it was the third time that they met by the lake.",
            "北约与俄罗斯举行会谈\n\
             北约秘书长表示，双方在日内瓦的会谈持续到深夜。\n\
             俄罗斯外交部副部长说，莫斯科要求书面保证。\n\
             会谈将于下周继续举行。",
        ] {
            assert_eq!(split(text), text.lines().collect::<Vec<_>>());
        }
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = " The alliance said on Friday that \nit would send its answer to the \nproposals this week. \n\n It gave no details of what the \nanswer would be.";
        let expected = [
            "The alliance said on Friday that it would send its answer to the proposals this week.",
            "It gave no details of what the answer would be.",
        ];
        assert_eq!(split(text), expected);
    }

    #[test]
    fn wrapped_lines_are_joined_among_menus() {
        let menu = "Home\nPolitics\nA list of talks by the lake\nOur weather\nContact\n".repeat(8);
        let text = "The alliance said on Friday that it would send its answer to the
proposals of the neighbours this week, after the talks by the lake had
ended without one. It gave no details of what the answer would be, nor
who would bring it.

Ministers met twice on Sunday, in the hall where the first of the many
treaties about the waters of the lake was signed a century ago. Nobody
was in a hurry.
";
        let found = split_text(&format!("{menu}{text}{menu}"));
        assert_eq!(found.len(), 40 + 2 + 40);
        assert!(found[40].ends_with("nor who would bring it."), "{}", found[40]);
        assert_eq!(found[2], "A list of talks by the lake");
    }

    fn split_text(text: &str) -> Vec<String> {
        split(text).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn gaps_are_lost_breaks_where_lines_run_over() {
        let text = "The alliance said on Friday that \nit would send its answer this \nweek.  \"We are finalizing what we \nwill say,\" he said.  The answer is expected within days if \nall agree.";
        let expected = [
            "The alliance said on Friday that it would send its answer this week.",
            "\"We are finalizing what we will say,\" he said.",
            "The answer is expected within days if all agree.",
        ];
        assert_eq!(split(text), expected);
    }

    #[test]
    fn gaps_are_a_habit_where_every_sentence_has_one() {
        let text = "He came.  He saw.  He won.  He left again.";
        assert_eq!(split(text), [text]);
        let text = "He met U.S.  Secretary Smith. He left. He came.";
        assert_eq!(split(text), [text]);
    }

    #[test]
    fn indents_open_paragraphs() {
        let text = "    Showers continued in the cocoa zone,\nalleviating the drought since early\nJanuary and improving prospects.\n    The dry period means the crop will be\nlate this year.";
        assert_eq!(split(text).len(), 2);
    }

    /// Returns the words of `text` on lines of at most `width` characters.
    fn wrapped(text: &str, width: usize) -> String {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut().filter(|line| line.len() + 1 + word.len() <= width) {
                Some(line) => line.extend([" ", word]),
                None => lines.push(word.to_owned()),
            }
        }
        lines.join("\n")
    }

    // Each paragraph takes three lines and more: fewer tell no width.
    proptest! {
        #[test]
        fn what_a_program_wrapped_is_put_together_again(
            paragraphs in prop::collection::vec("[A-Z][a-z]{2,9}( [a-z]{3,9}){60,80}\\.", 3..6),
            entries in prop::collection::vec("[A-Z][a-z]{2,9}( [a-z]{2,9})?", 20..40),
            width in 60_usize..80,
        ) {
            let texts: Vec<String> = paragraphs.iter().map(|text| wrapped(text, width)).collect();
            let page = format!("{}\n\n{}", entries.join("\n"), texts.join("\n\n"));
            let expected: Vec<String> = entries.into_iter().chain(paragraphs).collect();
            prop_assert_eq!(split_text(&page), expected);
        }

        #[test]
        fn nothing_but_white_space_is_lost(text in "([A-Za-z.\"é-]{1,9}|  ?|\n|\n\n|\t| {5}){0,60}") {
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            let joined: String = split(&text).iter().map(|part| part.as_ref()).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(letters(&joined), letters(&text));
        }
    }
}
