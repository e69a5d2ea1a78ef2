//! Styled text, made safe and broken into lines of a width in columns.
//!
//! Widths are those of terminals: a Chinese character takes two columns and a combining mark none.
//! Lines break at white space, and between characters of scripts that are written without it.

use std::io::{self, Write};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::sanitize;
use super::style::{Colour, Look, Role};
use crate::text::Span;

/// The fewest columns that text is broken into, however narrow the page.
const NARROWEST: usize = 16;

/// Text that is safe to write to a terminal, in stretches of one role each.
#[derive(Clone, Debug, Default)]
pub(super) struct StyledText {
    text: String,
    /// Where each stretch ends, and what it is.
    stretches: Vec<(usize, Role)>,
}

impl StyledText {
    /// Appends `text`, made safe.
    pub(super) fn push(&mut self, text: &str, role: Role) {
        sanitize::append(text, &mut self.text);
        match self.stretches.last_mut() {
            Some((end, last)) if *last == role => *end = self.text.len(),
            _ => self.stretches.push((self.text.len(), role)),
        }
    }

    /// Returns a text of one role.
    pub(super) fn of(text: &str, role: Role) -> Self {
        let mut styled = Self::default();
        styled.push(text, role);
        styled
    }

    /// Appends `text` with its stretches at `spans` (in order, without overlaps) in the roles given
    /// with them. Matches are put between asterisks where there are no colours.
    pub(super) fn push_marked(
        &mut self,
        text: &str,
        spans: impl IntoIterator<Item = (Span, Role)>,
        role: Role,
        colour: Colour,
    ) {
        let mark =
            |marked: Role| if marked == Role::Match && colour == Colour::Plain { "*" } else { "" };
        let mut at = 0;
        for (span, marked) in spans {
            self.push(&text[at..span.start], role);
            self.push(mark(marked), marked);
            self.push(span.of(text), marked);
            self.push(mark(marked), marked);
            at = span.end;
        }
        self.push(&text[at..], role);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Writes the text in lines, the first after `indent` columns that are already written and the
    /// others after as many spaces; ends the last line too.
    pub(super) fn write(&self, out: &mut dyn Write, look: Look, indent: usize) -> io::Result<()> {
        let room = look.width.saturating_sub(indent).max(NARROWEST);
        for (number, line) in break_lines(&self.text, room).into_iter().enumerate() {
            if number > 0 {
                write!(out, "{:indent$}", "")?;
            }
            self.write_line(out, line, look.colour)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_line(&self, out: &mut dyn Write, line: Span, colour: Colour) -> io::Result<()> {
        let mut start = 0;
        for (end, role) in &self.stretches {
            let piece =
                Span::new(start.max(line.start), (*end).min(line.end).max(start.max(line.start)));
            start = *end;
            if piece.is_empty() {
                continue;
            }
            write_styled(out, piece.of(&self.text), *role, colour)?;
        }
        Ok(())
    }
}

/// Writes one safe piece of text in the style of its role.
pub(super) fn write_styled(
    out: &mut dyn Write,
    text: &str,
    role: Role,
    colour: Colour,
) -> io::Result<()> {
    let style = role.style();
    if colour == Colour::Plain || style == Style::new() {
        return out.write_all(text.as_bytes());
    }
    write!(out, "{style}{text}{style:#}")
}

/// Returns as much of the beginning of `text` as fits into so many columns.
pub(super) fn first_columns(text: &str, columns: usize) -> String {
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > columns {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.trim_end().to_owned()
}

/// Returns as much of the end of `text` as fits into so many columns.
pub(super) fn last_columns(text: &str, columns: usize) -> String {
    let mut used = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme.width();
        if used > columns {
            break;
        }
        start = at;
    }
    text[start..].trim_start().to_owned()
}

/// The columns of the labels of rows.
const LABEL_COLUMNS: usize = 15;

/// Writes a row of a table of two columns: a label, and a text that may take several lines.
pub(super) fn write_row(
    out: &mut dyn Write,
    label: &str,
    text: &StyledText,
    look: Look,
) -> io::Result<()> {
    write_styled(out, &format!("{label:LABEL_COLUMNS$}"), Role::Quiet, look.colour)?;
    text.write(out, look, LABEL_COLUMNS)
}

/// Returns the lines that `text` is broken into, none wider than `width` columns, without the white
/// space around them; one empty line for a text without letters.
fn break_lines(text: &str, width: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut line = Line::starting_at(0);
    let mut before = "";
    for (at, grapheme) in text.grapheme_indices(true) {
        if may_break_between(before, grapheme) {
            line.break_at = Some((at, line.columns));
        }
        before = grapheme;
        let columns = grapheme.width();
        let is_space = grapheme.chars().all(char::is_whitespace);
        while !is_space && line.columns > 0 && line.columns + columns > width {
            let (end, used) = line.break_at.unwrap_or((at, line.columns));
            lines.push(Span::new(line.start, end));
            line = Line { start: end, columns: line.columns - used, break_at: None };
        }
        if is_space && line.start == at {
            line = Line::starting_at(at + grapheme.len());
            continue;
        }
        line.columns += columns;
    }
    lines.push(Span::new(line.start, text.len()));
    lines.into_iter().map(|line| trimmed(text, line)).collect()
}

/// The line that is being filled.
struct Line {
    start: usize,
    columns: usize,
    /// The last place where it may be broken, and the columns up to there.
    break_at: Option<(usize, usize)>,
}

impl Line {
    fn starting_at(start: usize) -> Self {
        Self { start, columns: 0, break_at: None }
    }
}

fn trimmed(text: &str, line: Span) -> Span {
    let inside = line.of(text);
    let start = line.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

/// Tells whether a line may end after `before` and the next begin with `after`.
fn may_break_between(before: &str, after: &str) -> bool {
    let is_space = |grapheme: &str| grapheme.chars().all(|letter| letter == ' ');
    if before.is_empty() || is_space(after) {
        return false;
    }
    if is_space(before) {
        return true;
    }
    let is_wide = |grapheme: &str| grapheme.width() == 2;
    (is_wide(before) && !opens(before) || is_wide(after)) && !closes(after) && !opens(before)
}

fn opens(grapheme: &str) -> bool {
    matches!(grapheme, "(" | "[" | "“" | "‘" | "«" | "「" | "『" | "（" | "《" | "【" | "*")
}

fn closes(grapheme: &str) -> bool {
    matches!(
        grapheme,
        "," | "."
            | ";"
            | ":"
            | "!"
            | "?"
            | ")"
            | "]"
            | "”"
            | "’"
            | "»"
            | "*"
            | "…"
            | "、"
            | "。"
            | "，"
            | "．"
            | "；"
            | "："
            | "！"
            | "？"
            | "」"
            | "』"
            | "）"
            | "》"
            | "】"
            | "ー"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        break_lines(text, width).into_iter().map(|line| line.of(text)).collect()
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("one  two", 3), ["one", "two"]);
        assert_eq!(lines("", 7), [""]);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut() {
        assert_eq!(lines("a Rindfleisch", 5), ["a", "Rindf", "leisc", "h"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_marks_none() {
        assert_eq!(lines("北约与俄罗斯。", 8), ["北约与俄", "罗斯。"]);
        assert_eq!(lines("北约与俄。罗斯", 8), ["北约与", "俄。罗斯"]);
        assert_eq!(lines("e\u{301}e\u{301} e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    fn written(text: &StyledText, colour: Colour) -> String {
        let mut out = Vec::new();
        text.write(&mut out, Look { colour, width: 20 }, 2).expect("memory can be written");
        String::from_utf8(out).expect("only text is written")
    }

    #[test]
    fn colours_end_with_the_line_and_matches_show_without_colour() {
        let mut text = StyledText::default();
        let phrase = [(Span::new(4, 24), Role::Match)];
        text.push_marked("The security\u{7} guarantees x", phrase, Role::Body, Colour::Ansi);
        assert_eq!(
            written(&text, Colour::Ansi),
            "The \u{1b}[1m\u{1b}[31msecurity\\x07\u{1b}[0m\n  \u{1b}[1m\u{1b}[31mguarantees\u{1b}[0m x\n"
        );
        let mut text = StyledText::default();
        text.push_marked("The security\u{7} guarantees x", phrase, Role::Body, Colour::Plain);
        assert_eq!(written(&text, Colour::Plain), "The *security\\x07\n  guarantees* x\n");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(
            text in "[a-zA-Z é北约，。 \u{301}🙂*]{0,80}", width in 2usize..30,
        ) {
            let broken = lines(&text, width);
            for line in &broken {
                prop_assert!(line.width() <= width, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            prop_assert_eq!(letters(&broken.concat()), letters(&text));
        }
    }
}
