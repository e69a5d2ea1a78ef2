//! What a worker's tagger remembers from one article to the next.

/// Buffers and remembered scores of a tagger; one for each worker.
#[derive(Default)]
pub struct Memory {}
