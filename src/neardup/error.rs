//! What can be wrong with a stored sketch.

/// The bytes are not those of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes stop inside a hash.
    #[error("a sketch of {length} bytes is cut short")]
    Length {
        /// The number of bytes.
        length: usize,
    },
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
        level: u8,
    },
}
