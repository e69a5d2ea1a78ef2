//! The lines that an outlet's pages repeat, learnt from its articles.
//!
//! A menu, a notice or a teaser that no phrase tells stands in many files of one outlet, and a line of
//! an article stands in one, or in a few where the story was copied. A table is made of the lines of
//! all articles at once, so that it is the same whatever order they were read in.

use xxhash_rust::xxh3::xxh3_64;

/// The longest line, in bytes, that can be furniture; a longer one that is repeated shows a copy.
pub(super) const LONGEST_LINE: usize = 400;

/// A line is furniture when at least this many articles hold it ...
const LEAST_ARTICLES: u64 = 3;

/// ... and at least one in this many.
const ONE_IN: u64 = 50;

/// A line without its digits, white space and letter case: `12 comments` and `7 Comments` are one.
///
/// Four bytes, since every line of an archive has one: two lines in a million are taken for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineHash(pub(in crate::ingest) u32);

impl LineHash {
    /// Returns the hash of a line, or `None` for one that has no letters; that of a long line is of its
    /// bytes as they are.
    #[expect(clippy::cast_possible_truncation, reason = "any four bytes of a hash will do")]
    pub fn of(line: &str) -> Option<Self> {
        if line.len() > LONGEST_LINE {
            return Some(Self(xxh3_64(line.as_bytes()) as u32));
        }
        // A letter in lower case takes at most three bytes for each that it took.
        let mut buffer = [0; 3 * LONGEST_LINE];
        let mut length = 0;
        let mut has_letters = false;
        let mut in_number = false;
        for letter in line.chars() {
            if letter.is_ascii_lowercase() || letter.is_ascii_uppercase() {
                buffer[length] = letter.to_ascii_lowercase() as u8;
                length += 1;
                has_letters = true;
                in_number = false;
            } else if letter.is_numeric() {
                buffer[length] = b'0';
                length += usize::from(!in_number);
                in_number = true;
            } else if !letter.is_whitespace() {
                has_letters |= letter.is_alphabetic();
                for lower in letter.to_lowercase() {
                    length += lower.encode_utf8(&mut buffer[length..]).len();
                }
                in_number = false;
            }
        }
        has_letters.then(|| Self(xxh3_64(&buffer[..length]) as u32))
    }
}

/// Returns the distinct hashes of the lines of one article, in order.
pub fn line_hashes<'line>(lines: impl IntoIterator<Item = &'line str>) -> Vec<LineHash> {
    let mut hashes: Vec<LineHash> = lines.into_iter().filter_map(LineHash::of).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The lines that many articles of an outlet hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTable {
    /// In order.
    lines: Vec<LineHash>,
}

impl LineTable {
    /// Returns the table of articles, each given as [`line_hashes`] returns its lines.
    pub fn of<'article>(articles: impl IntoIterator<Item = &'article [LineHash]>) -> Self {
        let mut all = Vec::new();
        let mut articles_count = 0;
        for lines in articles {
            articles_count += 1;
            all.extend_from_slice(lines);
        }
        all.sort_unstable();
        let runs = all.chunk_by(|one, two| one == two);
        let lines = runs.filter(|run| is_often(run.len() as u64, articles_count));
        Self { lines: lines.map(|run| run[0]).collect() }
    }

    /// Tells whether no line is repeated.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Tells whether so many articles hold a line that it is of the page, or of a story that was
    /// copied.
    pub fn is_repeated(&self, line: &str) -> bool {
        !self.is_empty() && LineHash::of(line).is_some_and(|hash| self.holds(hash))
    }

    fn holds(&self, line: LineHash) -> bool {
        self.lines.binary_search(&line).is_ok()
    }

    /// Tells whether an article that holds these lines reads otherwise by another table.
    pub fn differs(&self, other: &Self, lines: &[LineHash]) -> bool {
        lines.iter().any(|line| self.holds(*line) != other.holds(*line))
    }
}

fn is_often(count: u64, articles: u64) -> bool {
    count >= LEAST_ARTICLES && count * ONE_IN >= articles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_in_digits_and_case_are_one() {
        assert_eq!(LineHash::of("12 Comments"), LineHash::of("7  comments"));
        assert_ne!(LineHash::of("Comments"), LineHash::of("7 comments"));
        assert_eq!(LineHash::of("12.30"), None);
        assert_eq!(LineHash::of("Ärger 1"), LineHash::of("ärger 22"));
        assert!(LineHash::of(&"İ".repeat(LONGEST_LINE / 2)).is_some());
        assert!(LineHash::of(&"9Z".repeat(LONGEST_LINE / 2)).is_some());
    }

    #[test]
    fn a_line_of_many_articles_is_repeated() {
        let article = |number: usize| {
            let story = format!("story {}", ["a", "b"][number % 2].repeat(number));
            let rare = if number < 3 { "a teaser" } else { "another line" };
            line_hashes(["Follow us", &story, rare])
        };
        let articles: Vec<Vec<LineHash>> = (0..100).map(article).collect();
        let table = LineTable::of(articles.iter().map(Vec::as_slice));
        assert!(table.is_repeated("follow us"));
        assert!(table.is_repeated("a teaser"));
        assert!(!table.is_repeated("story b"));
        let more: Vec<Vec<LineHash>> = (0..200).map(|at| article(at.min(99))).collect();
        let larger = LineTable::of(more.iter().map(Vec::as_slice));
        assert!(!larger.is_repeated("a teaser"));
        assert!(larger.differs(&table, &line_hashes(["a teaser"])));
        assert!(!larger.differs(&table, &line_hashes(["follow us", "story b"])));
    }
}
