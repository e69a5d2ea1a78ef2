//! What is learnt of an archive of scraped text: the lines of every file, and for each outlet those
//! that it repeats.
//!
//! The lines of all files are kept, not what follows from them, so that an archive that was followed
//! through its changes is known as well as one that is read at once: what is repeated is computed
//! from the lines of the files as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::extract::line_table::{LineHash, LineTable};

/// The lines of one article of scraped text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLines {
    /// What tells the outlet: its name or host as stated, or else the directory.
    pub outlet: Arc<str>,
    /// The lines, distinct and in order.
    pub lines: Box<[LineHash]>,
}

/// The lines of every file, by its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLines {
    files: BTreeMap<String, Vec<ArticleLines>>,
}

/// The lines that each outlet repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepeatedLines {
    outlets: BTreeMap<Arc<str>, LineTable>,
}

/// The bytes are not what [`FileLines::to_bytes`] wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the lines of files")]
pub struct InvalidFileLines;

/// Names the format of the bytes.
const MAGIC: &[u8; 8] = b"mrgline1";

impl RepeatedLines {
    /// Returns the table of an outlet; `None` where it repeats nothing.
    pub fn of(&self, outlet: &str) -> Option<&LineTable> {
        self.outlets.get(outlet)
    }
}

impl FileLines {
    /// Sets what a file holds; a file without scraped text is left out.
    pub fn insert(&mut self, path: &str, articles: Vec<ArticleLines>) {
        if articles.is_empty() {
            self.files.remove(path);
        } else {
            self.files.insert(path.to_owned(), articles);
        }
    }

    /// Tells whether no file holds scraped text.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Forgets a file.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// Forgets the files whose paths begin with `place`.
    pub fn remove_below(&mut self, place: &str) {
        self.files.retain(|path, _| !path.starts_with(place));
    }

    /// Returns the lines that each outlet repeats.
    pub fn repeated(&self) -> RepeatedLines {
        let mut by_outlet: BTreeMap<&Arc<str>, Vec<&[LineHash]>> = BTreeMap::new();
        for article in self.files.values().flatten() {
            by_outlet.entry(&article.outlet).or_default().push(&article.lines);
        }
        let tables = by_outlet.into_iter().filter_map(|(outlet, articles)| {
            let table = LineTable::of(articles);
            (!table.is_empty()).then(|| (Arc::clone(outlet), table))
        });
        RepeatedLines { outlets: tables.collect() }
    }

    /// Returns the files with an article that reads otherwise by `now` than by `before`.
    pub fn changed(&self, before: &RepeatedLines, now: &RepeatedLines) -> Vec<&str> {
        if before == now {
            return Vec::new();
        }
        let nothing = LineTable::default();
        let is_changed = |article: &ArticleLines| {
            let before = before.of(&article.outlet).unwrap_or(&nothing);
            let now = now.of(&article.outlet).unwrap_or(&nothing);
            now.differs(before, &article.lines)
        };
        let changed = self.files.iter().filter(|(_, articles)| articles.iter().any(is_changed));
        changed.map(|(path, _)| path.as_str()).collect()
    }

    /// Returns the lines as bytes, the same for the same files.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for (path, articles) in &self.files {
            push_text(path, &mut bytes);
            push_length(articles.len(), &mut bytes);
            for article in articles {
                push_text(&article.outlet, &mut bytes);
                push_length(article.lines.len(), &mut bytes);
                article.lines.iter().for_each(|line| bytes.extend(line.0.to_le_bytes()));
            }
        }
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// Fails on anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidFileLines> {
        let mut rest = Bytes(bytes.strip_prefix(MAGIC).ok_or(InvalidFileLines)?);
        let mut outlets: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut files = BTreeMap::new();
        while !rest.0.is_empty() {
            let path = rest.text()?.to_owned();
            let count = rest.length()?;
            let mut articles = Vec::new();
            for _ in 0..count {
                let name = rest.text()?;
                let outlet = match outlets.get(name) {
                    Some(known) => Arc::clone(known),
                    None => Arc::from(name),
                };
                outlets.insert(Arc::clone(&outlet));
                let length = rest.length()?;
                articles.push(ArticleLines { outlet, lines: rest.lines(length)? });
            }
            files.insert(path, articles);
        }
        Ok(Self { files })
    }
}

fn push_length(length: usize, bytes: &mut Vec<u8>) {
    let length = u32::try_from(length).expect("no file has four billion articles or lines");
    bytes.extend(length.to_le_bytes());
}

fn push_text(text: &str, bytes: &mut Vec<u8>) {
    push_length(text.len(), bytes);
    bytes.extend(text.as_bytes());
}

/// Bytes that are being read.
struct Bytes<'bytes>(&'bytes [u8]);

impl<'bytes> Bytes<'bytes> {
    fn take(&mut self, length: usize) -> Result<&'bytes [u8], InvalidFileLines> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(InvalidFileLines)?;
        self.0 = rest;
        Ok(taken)
    }

    fn length(&mut self) -> Result<usize, InvalidFileLines> {
        let bytes = self.take(4)?.try_into().map_err(|_| InvalidFileLines)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn text(&mut self) -> Result<&'bytes str, InvalidFileLines> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| InvalidFileLines)
    }

    fn lines(&mut self, count: usize) -> Result<Box<[LineHash]>, InvalidFileLines> {
        let bytes = self.take(count.checked_mul(4).ok_or(InvalidFileLines)?)?;
        let (lines, _) = bytes.as_chunks::<4>();
        Ok(lines.iter().map(|line| LineHash(u32::from_le_bytes(*line))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::extract::line_table::line_hashes;
    use super::*;
    use proptest::prelude::*;

    fn article(outlet: &str, lines: &[&str]) -> ArticleLines {
        ArticleLines { outlet: outlet.into(), lines: line_hashes(lines.iter().copied()).into() }
    }

    #[test]
    fn files_with_lines_that_are_repeated_now_are_changed() {
        let mut files = FileLines::default();
        for number in 0..3 {
            let story = ["a", "b", "c"][number];
            files.insert(&format!("{number}.txt"), vec![article("x", &["menu", story])]);
        }
        files.insert("other.txt", vec![article("y", &["menu"])]);
        let before = files.repeated();
        assert!(before.of("x").is_some() && before.of("y").is_none());
        files.remove("2.txt");
        let now = files.repeated();
        assert_eq!(files.changed(&before, &now), ["0.txt", "1.txt"]);
        assert!(files.changed(&now, &now).is_empty());
    }

    proptest! {
        #[test]
        fn lines_read_back_as_written(files in proptest::collection::vec(("[a-c/]{1,4}", "[xy]", proptest::collection::vec("[a-d]{1,2}", 0..4)), 0..8)) {
            let mut lines = FileLines::default();
            for (path, outlet, text) in &files {
                let text: Vec<&str> = text.iter().map(String::as_str).collect();
                lines.insert(path, vec![article(outlet, &text), article("z", &text)]);
            }
            prop_assert_eq!(FileLines::from_bytes(&lines.to_bytes()), Ok(lines));
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(0u8..4, 0..40)) {
            let mut all = MAGIC.to_vec();
            all.extend(bytes);
            let _ = FileLines::from_bytes(&all);
        }
    }
}
