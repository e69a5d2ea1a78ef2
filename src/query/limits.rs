//! How much a query may ask for. Exceeding a limit is an error that names it, never a silent cut.

/// The length of a query, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// How deeply brackets, fields, functions and proximity may be nested.
pub const MAX_DEPTH: usize = 100;

/// The greatest distance of a proximity, in words.
pub const MAX_DISTANCE: u32 = 1000;

/// The greatest slop of a phrase, in moves.
pub const MAX_SLOP: u32 = 100;

/// The greatest number of optional letters of `word$3`.
pub const MAX_OPTIONAL_LETTERS: u32 = 20;

/// The greatest number of `atleast5(...)`.
pub const MAX_AT_LEAST: u32 = 1000;

/// The greatest number of `first50(...)`.
pub const MAX_FIRST: u32 = 1_000_000;
