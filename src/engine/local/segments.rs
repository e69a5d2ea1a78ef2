//! Doing the same in every segment, at once where that pays.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use tantivy::{Searcher, SegmentOrdinal, SegmentReader};

/// In fewer articles than these, what threads save is not worth starting them.
const PARALLEL_FROM: u64 = 50_000;

/// For fewer hits than these, what threads save is not worth starting them.
const PARALLEL_FROM_HITS: usize = 5_000;

/// Returns what `visit` makes of each segment, in their order.
///
/// # Errors
/// The first error in the order of the segments.
pub(super) fn of_each<T: Send>(
    searcher: &Searcher,
    visit: impl Fn(SegmentOrdinal, &SegmentReader) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let readers = searcher.segment_readers();
    let visit = |number: usize| visit(number as SegmentOrdinal, &readers[number]);
    let threads = match searcher.num_docs() {
        few if few < PARALLEL_FROM => 1,
        _ => processors(),
    };
    in_order(readers.len(), threads, visit).into_iter().collect()
}

/// Does `work`, which is about so many hits, for each number below `count`.
pub(super) fn each_for(hits: usize, count: usize, work: &(dyn Fn(usize) + Sync)) {
    let threads = if hits < PARALLEL_FROM_HITS { 1 } else { processors() };
    in_order(count, threads, work);
}

/// Returns the number of processors for this process. Finding it reads files of the system, which
/// takes longer than a quick search, so it is found once.
fn processors() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| thread::available_parallelism().map_or(1, NonZeroUsize::get))
}

/// Returns what `work` makes of each number below `count`, in their order, done by so many threads.
fn in_order<T: Send>(count: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads.min(count);
    if threads < 2 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    let take = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            let made = work(number);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, made));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take);
        }
        take();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_depend_on_the_threads() {
        for (count, threads) in [(0, 4), (1, 4), (7, 1), (7, 3), (100, 8)] {
            let squares: Vec<usize> = (0..count).map(|number| number * number).collect();
            assert_eq!(in_order(count, threads, |number| number * number), squares);
        }
    }
}
