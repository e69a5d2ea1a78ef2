//! Paragraphs of texts whose lines were broken to a width, or of which every line is one.

/// Lines up to this many letters may have been broken to a width.
const MAX_WIDTH: usize = 100;

/// Returns the text with its paragraphs separated by blank lines and on one line each.
///
/// Where there are blank lines, they say what a paragraph is, unless lines are far too long to
/// have been broken: then each line is one. Without blank lines it is said by indented first lines,
/// or by lines that end well before the width they were broken to.
pub(crate) fn unwrap_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let is_wrapped = width <= MAX_WIDTH;
    let mut paragraphs = String::with_capacity(text.len() + 64);
    let mut before: Option<&str> = None;
    for line in lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        let continues = is_wrapped && before.is_some_and(|before| goes_on(before, line, width));
        if !paragraphs.is_empty() {
            paragraphs.push_str(if continues { " " } else { "\n\n" });
        }
        paragraphs.push_str(line.trim_start());
        before = Some(line);
    }
    paragraphs
}

/// Tells whether `line` goes on with the paragraph that `before` is in.
fn goes_on(before: &str, line: &str, width: usize) -> bool {
    if indentation(line) > indentation(before) + 1 {
        return false;
    }
    let first_word = line.split_whitespace().next().unwrap_or_default();
    let had_room = before.chars().count() + 1 + first_word.chars().count() < width * 4 / 5;
    !(had_room && before.ends_with(['.', '!', '?', '"', '”', ':']))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined_and_indented_ones_open_paragraphs() {
        let text = "The firm said it\nsold a unit.\n    It gave no price for the\nunit.";
        let expected = "The firm said it sold a unit.\n\nIt gave no price for the unit.";
        assert_eq!(unwrap_lines(text), expected);
    }

    #[test]
    fn blank_lines_separate_and_short_lines_end_paragraphs() {
        let text = "One line that is broken\nhere.\n\nTwo.\nThree goes on and on so\nfar.";
        let expected = "One line that is broken here.\n\nTwo.\n\nThree goes on and on so far.";
        assert_eq!(unwrap_lines(text), expected);
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let long = "A sentence that is far too long to have been broken. ".repeat(4);
        let text = format!("{long}\n{long}\nShort.");
        assert_eq!(unwrap_lines(&text).split("\n\n").count(), 3);
    }
}
