//! Which matches are hidden behind a copy that is shown.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::index::COPY_KEYS;
use crate::search::{CopyChoice, CopyMark, Error, fold};

use super::collect::{SortColumns, first_values};
use super::matches::{MatchFacts, Matches};
use super::{engine_error, segments};

/// The copies among the matches of a query.
#[derive(Default)]
pub(super) struct Folding {
    /// The matches that are named with another and not shown themselves.
    hidden: FxHashSet<DocAddress>,
    /// For each match that stands for several: the others, in order of date.
    others: FxHashMap<DocAddress, Vec<DocAddress>>,
    /// The number of its story for each match that has copies.
    stories: FxHashMap<DocAddress, u32>,
}

impl Folding {
    /// Finds the copies among the matches; none where all are to be shown.
    pub(super) fn of(
        searcher: &Searcher,
        matches: &Matches,
        choice: CopyChoice,
    ) -> Result<Self, Error> {
        let CopyChoice::Fold(representative) = choice else { return Ok(Self::default()) };
        let marks = copy_marks(searcher, matches).map_err(engine_error)?;
        let facts = MatchFacts::of(searcher, matches)?;
        let mut folding = Self::default();
        for (number, story) in (0..).zip(fold(&marks, &facts, representative)?) {
            let shown = matches.docs[story.shown];
            let others: Vec<DocAddress> =
                story.others.iter().map(|&other| matches.docs[other]).collect();
            folding.stories.insert(shown, number);
            folding.stories.extend(others.iter().map(|other| (*other, number)));
            folding.hidden.extend(&others);
            folding.others.insert(shown, others);
        }
        Ok(folding)
    }

    /// Returns the number of matches that are not shown.
    pub(super) fn hidden_count(&self) -> u64 {
        self.hidden.len() as u64
    }

    /// Tells whether a match is shown.
    pub(super) fn shows(&self, address: DocAddress) -> bool {
        self.hidden.is_empty() || !self.hidden.contains(&address)
    }

    /// Returns the matches that are named with this one.
    pub(super) fn others(&self, shown: DocAddress) -> &[DocAddress] {
        self.others.get(&shown).map_or(&[], Vec::as_slice)
    }

    /// Returns the copies of a match, in order of date.
    pub(super) fn copies_of(&self, address: DocAddress) -> Vec<DocAddress> {
        let story = self.story(address);
        let of_story =
            |(shown, _): &(&DocAddress, _)| story.is_some() && self.story(**shown) == story;
        let Some((&shown, others)) = self.others.iter().find(of_story) else { return Vec::new() };
        let all = std::iter::once(shown).chain(others.iter().copied());
        all.filter(|copy| *copy != address).collect()
    }

    /// Returns the number of the story of a match that has copies.
    pub(super) fn story(&self, address: DocAddress) -> Option<u32> {
        self.stories.get(&address).copied()
    }
}

/// Returns the marks of the matches, in their order.
fn copy_marks(searcher: &Searcher, matches: &Matches) -> tantivy::Result<Vec<CopyMark>> {
    let mut docs_of = vec![&[][..]; searcher.segment_readers().len()];
    for docs in matches.by_segment() {
        docs_of[docs[0].segment_ord as usize] = docs;
    }
    let marks = segments::of_each(searcher, |segment, reader| {
        let docs = docs_of[segment as usize];
        if docs.is_empty() { Ok(Vec::new()) } else { marks_of_segment(reader, docs) }
    })?;
    Ok(marks.concat())
}

fn marks_of_segment(reader: &SegmentReader, docs: &[DocAddress]) -> tantivy::Result<Vec<CopyMark>> {
    let docs: Vec<DocId> = docs.iter().map(|address| address.doc_id).collect();
    let columns = reader.fast_fields();
    let mut marks = vec![CopyMark::default(); docs.len()];
    for (place, name) in COPY_KEYS.into_iter().enumerate() {
        let keys = first_values(&columns.u64(name)?, &docs);
        for (mark, key) in marks.iter_mut().zip(keys) {
            mark.keys[place] = key.unwrap_or_default();
        }
    }
    for (mark, key) in marks.iter_mut().zip(SortColumns::open(reader)?.keys(&docs)) {
        mark.published = key.published;
        mark.order = key.order;
    }
    let first = first_values(&columns.i64("first_day")?, &docs);
    let last = first_values(&columns.i64("last_day")?, &docs);
    // No date that is read is as far off as a day that does not fit.
    let day = |day: i64| day.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    for (mark, days) in marks.iter_mut().zip(first.into_iter().zip(last)) {
        mark.days = days.0.zip(days.1).map(|(first, last)| (day(first), day(last)));
    }
    Ok(marks)
}
