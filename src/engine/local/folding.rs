//! Which matches are hidden behind a copy that is shown.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocAddress, Searcher};

use crate::index::COPY_KEYS;
use crate::search::{CopyChoice, Error, fold};

use super::engine_error;
use super::matches::{MatchFacts, Matches};

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
        let keys = copy_keys(searcher, matches).map_err(engine_error)?;
        let facts = MatchFacts::of(searcher, matches)?;
        let mut folding = Self::default();
        for (number, story) in (0..).zip(fold(&keys, &facts, representative)?) {
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

fn copy_keys(searcher: &Searcher, matches: &Matches) -> tantivy::Result<Vec<[u64; 4]>> {
    let mut keys = Vec::with_capacity(matches.docs.len());
    for docs in matches.by_segment() {
        let columns = searcher.segment_reader(docs[0].segment_ord).fast_fields();
        let [one, two, three, four] = COPY_KEYS;
        let columns =
            [columns.u64(one)?, columns.u64(two)?, columns.u64(three)?, columns.u64(four)?];
        keys.extend(docs.iter().map(|address| {
            std::array::from_fn(|key| columns[key].first(address.doc_id).unwrap_or_default())
        }));
    }
    Ok(keys)
}
