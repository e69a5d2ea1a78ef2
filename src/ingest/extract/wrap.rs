//! How the lines of a text were wrapped: by a program, which fills each as far as its words let it, by hand,
//! or not at all.
//!
//! A page as a text browser writes it has menus and headlines among its paragraphs, which are to stay
//! lines of their own.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::script::{is_caseless, is_ideogram, is_unspaced};

/// Lines longer than this are not wrapped ones.
const WIDEST_WRAP: usize = 132;

/// Lines shorter than this end for another reason: they are headlines, credits, dates.
const NARROWEST_WRAP: usize = 28;

/// Lines at least this wide are no entries of a menu.
const WIDEST_ENTRY: usize = 48;

/// A line without the white space around it.
#[derive(Clone, Copy)]
pub(super) struct Line<'text> {
    pub(super) text: &'text str,
    pub(super) indent: usize,
    /// The number of columns, the indent included: letters of Chinese, Japanese and Korean take two.
    pub(super) width: usize,
}

impl<'text> Line<'text> {
    pub(super) fn of(raw: &'text str) -> Self {
        let text = raw.trim();
        let lead = &raw[..raw.len() - raw.trim_start().len()];
        let indent = lead.chars().map(|letter| if letter == '\t' { 4 } else { 1 }).sum();
        Self { text, indent, width: indent + columns(text) }
    }

    /// Returns the width of the line with the word that opens the next. Where words are not set apart a
    /// line breaks before any letter that is no mark, of which two may follow one another.
    fn width_with_word_of(&self, next: &Self) -> usize {
        let word = next.text.split(' ').next().unwrap_or_default();
        if word.starts_with(is_unspaced) {
            return self.width + 2 * LETTERS_AT_BREAK;
        }
        self.width + 1 + columns(word)
    }

    /// Tells whether the line has no room, in `width` columns, for the word that opens the next.
    fn is_full(&self, next: &Self, width: usize) -> bool {
        self.width <= width && self.width_with_word_of(next) > width
    }

    /// Tells whether the line breaks off in mid-sentence and `next` goes on.
    fn runs_on(&self, next: &Self) -> bool {
        !self.ends_sentence() && !next.opens_sentence()
    }

    /// Tells whether the line breaks off in mid-sentence and `next` may go on: a script without capitals
    /// does not tell, but entries of menus are shorter.
    fn may_run_on(&self, next: &Self) -> bool {
        let is_caseless = next.text.starts_with(is_caseless);
        let widest = if next.text.starts_with(is_unspaced) { NARROWEST_WRAP } else { WIDEST_ENTRY };
        self.runs_on(next) || is_caseless && self.width >= widest && !self.ends_sentence()
    }

    fn ends_sentence(&self) -> bool {
        let stops = ['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।', '۔'];
        self.text.trim_end_matches(CLOSERS).ends_with(stops)
    }

    fn opens_sentence(&self) -> bool {
        let text = self.text.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '«', '„']);
        text.chars().next().is_some_and(|letter| !letter.is_lowercase())
    }
}

/// The letters that a line may be short of where words are not set apart.
const LETTERS_AT_BREAK: usize = 2;

/// Returns the columns that a text takes up on a screen.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|letter| if is_ideogram(letter) { 2 } else { 1 }).sum()
}

/// What may follow the stop of a sentence.
pub(super) const CLOSERS: [char; 9] = ['"', '\'', ')', ']', '”', '’', '»', '」', '』'];

/// How the lines of a text were wrapped.
#[derive(Clone, Copy)]
pub(super) enum Wrap {
    /// To this width, each as full as its words let it be: by a program, which may have put menus and
    /// headlines among them.
    Full(usize),
    /// To about this width: by hand, or wrapped once more.
    Ragged(usize),
}

impl Wrap {
    /// Returns how the lines of a text, which blank lines part into `blocks`, were wrapped; `None` where they
    /// were not.
    pub(super) fn of(blocks: &[Vec<Line<'_>>]) -> Option<Self> {
        let breaks = Breaks::of(blocks);
        let is_wrapped = breaks.are_full() || breaks.are_running();
        let ragged = is_wrapped.then_some(Self::Ragged(breaks.width));
        match ragged {
            Some(_) if !breaks.have_menus() => ragged,
            _ => full_wrap(blocks).or(ragged),
        }
    }

    /// Returns the width, in columns.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Full(width) | Self::Ragged(width) => width,
        }
    }

    /// Tells whether `next` goes on the paragraph of `line`.
    pub(super) fn joins(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        match self {
            Self::Full(width) => {
                line.is_full(next, width) || line.width <= width && line.runs_on(next)
            }
            Self::Ragged(width) => {
                let had_room = line.width_with_word_of(next) + SLACK < width;
                !(had_room && line.ends_sentence() && next.opens_sentence())
            }
        }
    }
}

/// The room, in columns, that a line wrapped by hand leaves besides that for the next word.
const SLACK: usize = 5;

/// The least full lines of a wrapped text that break off in mid-sentence.
const LEAST_RUNNING: usize = 4;

/// The least full lines of a wrapped text that follow another: in a list the next one is short.
const LEAST_IN_ROW: usize = 2;

/// Returns the width to which a program wrapped the lines: of those that end where the next word would
/// not have fitted many break off in mid-sentence and many follow one another.
fn full_wrap(blocks: &[Vec<Line>]) -> Option<Wrap> {
    let counts = full_lines(blocks);
    let (width, most) = (NARROWEST_WRAP..=WIDEST_WRAP)
        .map(|width| (width, counts[width]))
        .max_by_key(|(width, count)| (count.running, count.in_row, std::cmp::Reverse(*width)))?;
    let is_wrapped = most.running >= LEAST_RUNNING
        && most.running * 4 >= most.full
        && most.in_row >= LEAST_IN_ROW
        && most.in_row * 10 >= most.full;
    // An address is not wrapped.
    let lines = blocks.iter().flatten().filter(|line| !line.text.contains("://"));
    let longer = lines.filter(|line| line.width > width).count();
    (is_wrapped && longer <= most.full).then_some(Wrap::Full(width))
}

/// The lines that have no room for the next word, in some width.
#[derive(Clone, Copy, Default)]
struct FullLines {
    full: usize,
    /// Those among them that break off in mid-sentence.
    running: usize,
    /// Those among them that follow another.
    in_row: usize,
}

/// Returns the number of full lines at each width.
fn full_lines(blocks: &[Vec<Line>]) -> [FullLines; WIDEST_WRAP + 1] {
    let mut counts = [FullLines::default(); WIDEST_WRAP + 1];
    for block in blocks {
        let mut before = 0..0;
        for pair in block.windows(2) {
            let (line, next) = (&pair[0], &pair[1]);
            let runs_on = usize::from(line.may_run_on(next));
            let widths = line.width..line.width_with_word_of(next).min(counts.len());
            for width in widths.clone() {
                counts[width].full += 1;
                counts[width].running += runs_on;
                counts[width].in_row += usize::from(before.contains(&width));
            }
            before = widths;
        }
    }
    counts
}

/// How the lines of a text end that others follow at once.
struct Breaks {
    /// The width of the longest line.
    width: usize,
    count: usize,
    /// Those where the next word would not have fitted.
    full: usize,
    /// Those among these that end no sentence.
    open: usize,
    /// Those in mid-sentence.
    running: usize,
    /// Those of short lines that end no sentence and do not go on: in a menu.
    listed: usize,
}

impl Breaks {
    fn of(blocks: &[Vec<Line>]) -> Self {
        let lines = blocks.iter().flatten();
        let unbroken = lines.filter(|line| double_spaces(line.text).next().is_none());
        let width = unbroken.map(|line| line.width).max().unwrap_or(0);
        let mut breaks = Self { width, count: 0, full: 0, open: 0, running: 0, listed: 0 };
        for pair in blocks.iter().flat_map(|block| block.windows(2)) {
            let (line, next) = (&pair[0], &pair[1]);
            let is_long = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&line.width);
            let is_listed =
                line.width < WIDEST_ENTRY && !line.ends_sentence() && next.opens_sentence();
            breaks.count += 1;
            let is_full = line.width_with_word_of(next) > width;
            breaks.full += usize::from(is_full);
            breaks.open += usize::from(is_full && !line.ends_sentence());
            breaks.running += usize::from(is_long && line.runs_on(next));
            breaks.listed += usize::from(is_listed);
        }
        breaks
    }

    /// Tells whether most have no room for the next word, and not because each line is a sentence.
    fn are_full(&self) -> bool {
        self.count > 0
            && self.width <= WIDEST_WRAP
            && self.full * 5 >= self.count * 3
            && self.open * 2 >= self.full
    }

    /// Tells whether many are in mid-sentence.
    fn are_running(&self) -> bool {
        self.count > 0 && self.running * 4 >= self.count
    }

    /// Tells whether menus are among the lines.
    fn have_menus(&self) -> bool {
        self.listed * 10 > self.count
    }
}

/// Returns where two spaces stand side by side.
pub(super) fn double_spaces(line: &str) -> impl Iterator<Item = usize> + '_ {
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));
    FINDER.find_iter(line.as_bytes())
}
