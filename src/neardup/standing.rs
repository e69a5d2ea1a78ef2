//! Standing phrases: what very many articles print round their own text, such as a notice.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Sketch;
use super::parts::{COMMON_SHINGLE, text_of};

/// The most texts that are read to find what those with a common hash share.
const MOST_READ: usize = 4 * COMMON_SHINGLE;

/// The hashes of standing phrases, found when they are asked for.
#[derive(Default)]
pub(super) struct Standing {
    /// By the common hash of signatures that tells of them.
    found: Mutex<FxHashMap<u32, Arc<FxHashSet<u32>>>>,
}

impl Standing {
    /// Returns the hashes that too many of the texts of a run share, whose signatures all have `hash`.
    ///
    /// # Errors
    /// When a sketch cannot be read.
    pub(super) fn with<E>(
        &self,
        hash: u32,
        run: &[u64],
        read: impl Fn(usize, &mut Sketch) -> Result<(), E>,
    ) -> Result<Arc<FxHashSet<u32>>, E> {
        let found = || self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found().get(&hash) {
            return Ok(known.clone());
        }
        let shared = Arc::new(shared_by_many(run, read)?);
        found().insert(hash, shared.clone());
        Ok(shared)
    }
}

/// Returns the hashes that more than [`COMMON_SHINGLE`] of the texts have, of as many texts as are
/// read, which lie at even distances.
fn shared_by_many<E>(
    run: &[u64],
    read: impl Fn(usize, &mut Sketch) -> Result<(), E>,
) -> Result<FxHashSet<u32>, E> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let mut sketch = Sketch::default();
    for &entry in run.iter().step_by(run.len().div_ceil(MOST_READ).max(1)) {
        read(text_of(entry), &mut sketch)?;
        for &hash in sketch.hashes() {
            *counts.entry(hash).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > COMMON_SHINGLE);
    Ok(counts.into_keys().collect())
}
