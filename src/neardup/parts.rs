//! Which texts share hashes of their signatures.

use super::days::{Days, WINDOW_DAYS};
use super::texts::{Text, key};

/// The number of texts within two weeks of each other above which a shingle that they share is taken
/// for a standing phrase.
pub(super) const COMMON_SHINGLE: usize = 64;

/// The texts that have a hash in one part of their signatures, by that hash.
pub(super) struct Part {
    /// Hash and number of each text, in order.
    entries: Vec<u64>,
    /// The texts whose hash too many others near in time have.
    pub(super) common: Vec<u32>,
}

impl Part {
    /// Returns the texts by their hashes of part `number`.
    pub(super) fn of(texts: &[Text], number: usize) -> Self {
        let hashes = (0..).zip(texts).map(|(text, of)| (of.signature.hash(number), text));
        let has_hash = |(hash, _): &(u32, u32)| *hash != 0;
        let mut entries: Vec<u64> =
            hashes.filter(has_hash).map(|(hash, text)| key(hash, text)).collect();
        entries.sort_unstable();
        let mut part = Self { entries, common: Vec::new() };
        part.common = part
            .runs()
            .filter(|run| run.len() > COMMON_SHINGLE)
            .flat_map(|run| common(run, texts))
            .collect();
        part
    }

    /// Returns the texts with each hash.
    pub(super) fn runs(&self) -> impl Iterator<Item = &[u64]> {
        self.entries.chunk_by(|one, two| one >> 32 == two >> 32)
    }

    /// Returns the texts with this hash.
    pub(super) fn run(&self, hash: u32) -> &[u64] {
        let start = self.entries.partition_point(|entry| *entry < key(hash, 0));
        let end = self.entries.partition_point(|entry| *entry <= key(hash, u32::MAX));
        &self.entries[start..end]
    }
}

/// Returns the number of the text of an entry.
pub(super) fn text_of(entry: u64) -> usize {
    entry as u32 as usize
}

/// Returns the texts of a run that have too many others near.
///
/// One of a wide date is near to all. First days are in order, so those near to the next text begin
/// no earlier than those near to this one.
fn common(run: &[u64], texts: &[Text]) -> Vec<u32> {
    let days = |entry: &u64| texts[text_of(*entry)].days;
    let (narrow, wide) = run.split_at(run.partition_point(|entry| !days(entry).is_wide()));
    let mut common: Vec<u32> = wide.iter().map(|entry| *entry as u32).collect();
    let (mut start, mut end) = (0, 0);
    for entry in narrow {
        let first = days(entry).first();
        while days(&narrow[start]).first().saturating_add(WINDOW_DAYS) < first {
            start += 1;
        }
        while end < narrow.len() && days(&narrow[end]).first() <= first.saturating_add(WINDOW_DAYS)
        {
            end += 1;
        }
        if end - start + wide.len() > COMMON_SHINGLE {
            common.push(*entry as u32);
        }
    }
    common
}

/// Returns for each text the first that may be near to it; those before are not.
///
/// Whoever is no later than a wide one comes before it, so all may be near to those.
pub(super) fn first_near(texts: &[Text]) -> Vec<u32> {
    let mut start = 0;
    let first_near = |text: &Text| {
        if text.days.is_wide() {
            return 0;
        }
        let earliest = text.days.first().saturating_sub(Days::REACH);
        while texts[start].days.first() < earliest {
            start += 1;
        }
        start as u32
    };
    texts.iter().map(first_near).collect()
}

/// Calls `visit` with each two texts of a run of which the earlier is no earlier than `first_near`
/// has it for the later.
pub(super) fn each_near<E>(
    run: &[u64],
    first_near: &[u32],
    mut visit: impl FnMut(usize, usize) -> Result<(), E>,
) -> Result<(), E> {
    for (place, &entry) in run.iter().enumerate().skip(1) {
        let later = text_of(entry);
        let first = first_near[later] as usize;
        for earlier in run[..place].iter().rev().map(|entry| text_of(*entry)) {
            if earlier < first {
                break;
            }
            visit(earlier, later)?;
        }
    }
    Ok(())
}
