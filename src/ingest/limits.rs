//! The limits that no record or container may exceed.
//!
//! Exceeding one is an error that names the limit and its value, never a silent cut: whoever reads
//! the report of a run knows which record is missing and what to raise.

use std::fmt;

/// The limits of reading one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that one record (a page, a line of JSON, a row) may have.
    pub max_record_bytes: u64,
    /// The most bytes that a container may give for each byte of it, counted once it gave
    /// [`Limits::UNCHECKED_EXPANSION_BYTES`].
    pub max_expansion_ratio: u64,
    /// The most bytes that all containers of one file may give together.
    pub max_expanded_bytes: u64,
    /// The most containers that may lie in one another, compressions counted.
    pub max_nesting: usize,
}

impl Limits {
    /// Containers that give no more than this are never taken for bombs: small and very
    /// repetitive files are common.
    pub const UNCHECKED_EXPANSION_BYTES: u64 = 64 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record_bytes: 32 << 20,
            max_expansion_ratio: 500,
            max_expanded_bytes: 512 << 30,
            max_nesting: 6,
        }
    }
}

/// A limit that was exceeded, with the value it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitExceeded {
    /// A record has more bytes than allowed.
    #[error("the record is larger than `max_record_bytes` ({})", ByteCount(*.0))]
    RecordBytes(u64),
    /// A container gives too much for its size.
    #[error(
        "the contents are more than `max_expansion_ratio` ({0}) times as large as the container"
    )]
    ExpansionRatio(u64),
    /// The containers of a file give too much.
    #[error("the contents of all containers are larger than `max_expanded_bytes` ({})", ByteCount(*.0))]
    ExpandedBytes(u64),
    /// Containers lie too deep in one another.
    #[error("containers are nested deeper than `max_nesting` ({0})")]
    Nesting(usize),
}

/// A number of bytes for people: the largest binary unit that divides it, or plain bytes.
struct ByteCount(u64);

impl fmt::Display for ByteCount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u32, &str); 3] = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        for (shift, unit) in UNITS {
            if self.0 >= 1 << shift && self.0.trailing_zeros() >= shift {
                return write!(formatter, "{} {unit}", self.0 >> shift);
            }
        }
        write!(formatter, "{} bytes", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_limit_and_its_value() {
        let cases = [
            (
                LimitExceeded::RecordBytes(32 << 20),
                "the record is larger than `max_record_bytes` (32 MiB)",
            ),
            (
                LimitExceeded::RecordBytes(1000),
                "the record is larger than `max_record_bytes` (1000 bytes)",
            ),
            (LimitExceeded::Nesting(6), "containers are nested deeper than `max_nesting` (6)"),
        ];
        for (limit, message) in cases {
            assert_eq!(limit.to_string(), message);
        }
    }
}
