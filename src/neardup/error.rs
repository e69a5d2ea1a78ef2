//! What can be wrong with a stored sketch.

/// The numbers are not those of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The hashes are not those that the rate of the sketch keeps, in rising order.
    #[error("hash {position} of a sketch does not belong there")]
    Hash {
        /// The number of the hash, from 0.
        position: usize,
    },
    /// The rate is none that is ever sampled at.
    #[error("a sketch cannot keep one shingle in 2^{level}")]
    Level {
        /// The power of two.
        level: u32,
    },
}
