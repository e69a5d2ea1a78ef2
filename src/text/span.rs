//! Stretches of text, in bytes.

use std::ops::Range;

/// A stretch of a text: from byte `start` up to but without byte `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Returns the span of the bytes from `start` up to but without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span cannot end before it starts");
        Self { start, end }
    }

    /// Returns the number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Tells whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the span moved `by` bytes to the right.
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Returns the bytes as a range, to index a text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the text in the span; `text` must be the one that the span was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// Returns the last character boundary of `text` at or before byte `at`, which is no more than its
/// length.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut boundary = at;
    while !text.is_char_boundary(boundary) {
        boundary -= 1;
    }
    boundary
}

/// Returns the longest beginning of `text` of at most so many `bytes` that cuts no letter.
pub fn beginning(text: &str, bytes: usize) -> &str {
    &text[..floor_boundary(text, bytes.min(text.len()))]
}

/// Joins spans that nothing or only white space parts, so that the words of a phrase are one stretch.
/// They come in order and without overlaps.
pub fn join_neighbours(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last)
                if last.end <= span.start && text[last.end..span.start].trim().is_empty() =>
            {
                last.end = span.end;
            }
            _ => joined.push(*span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_cut_no_letter() {
        for (bytes, expected) in [(0, ""), (1, "a"), (2, "a"), (3, "aé"), (9, "aé")] {
            assert_eq!(beginning("aé", bytes), expected);
        }
    }

    #[test]
    fn neighbours_are_one_stretch() {
        let spans = [(0, 1), (3, 4), (4, 5), (6, 7)].map(|(start, end)| Span::new(start, end));
        assert_eq!(join_neighbours("a\n\nbc,d", &spans), [Span::new(0, 5), Span::new(6, 7)]);
    }
}
